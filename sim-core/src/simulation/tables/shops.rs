//! The table of followed shops.

use super::super::run::Simulation;
use crate::agents::shop::Stage;
use crate::base::Unit;
use crate::base::unit::unit;
use crate::event::PlatformName;
use crate::metrics::table::{Column, Table, TableError};
use crate::model::FollowedShopRow;
use crate::world::County;

/// A month of a followed shop, with its county.
type Life = (u32, FollowedShopRow);

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Home => "home",
        Stage::Workshop => "workshop",
        Stage::Factory => "factory",
    }
}

const fn platform(platform: PlatformName) -> &'static str {
    match platform {
        PlatformName::Incumbent => "incumbent",
        PlatformName::Retailer => "retailer",
        PlatformName::Social => "social",
    }
}

/// Shops that imitated it, as village and number: `12/3 14/1`.
fn copied_by(county: &County, row: &FollowedShopRow) -> String {
    let name = |(village, shop): &(crate::base::VillageIndex, u16)| {
        format!("{}/{shop}", county.villages[village.at()].number)
    };
    row.copied_by.iter().map(name).collect::<Vec<_>>().join(" ")
}

pub(super) fn followed(simulation: &Simulation) -> Result<Table, TableError> {
    let atlas = &simulation.setting().atlas;
    let rows = &simulation.gathered().shop_lives;
    let county = |row: &Life| &atlas.counties[row.0 as usize];
    let integer = |name: &str, unit: Unit, definition: &str, value: &dyn Fn(&FollowedShopRow) -> i64| {
        let values = rows.iter().map(|row| value(&row.1));
        Column::integer(name, unit, definition, values.collect::<Vec<_>>())
    };
    let text = |name: &str, definition: &str, value: &dyn Fn(&FollowedShopRow) -> &'static str| {
        Column::text(name, definition, rows.iter().map(|row| value(&row.1)))
    };
    let columns = vec![
        Column::months("month", "The month that ended.", rows.iter().map(|row| row.1.month)),
        Column::text("county", "6-digit code.", rows.iter().map(|row| county(row).code.to_string())),
        Column::integer(
            "village",
            Unit::NONE,
            "Number in the county's full list.",
            rows.iter()
                .map(|row| i64::from(county(row).villages[row.1.village.at()].number))
                .collect::<Vec<_>>(),
        ),
        integer("shop", Unit::NONE, "Number among those ever opened in the village.", &|row| {
            i64::from(row.shop.number)
        }),
        integer("owner", Unit::NONE, "Household record that runs it.", &|row| i64::from(row.shop.owner)),
        text("trade", "What it sells.", &|row| row.shop.product.name()),
        text("stage", "How it produces: home, workshop or factory.", &|row| stage(row.shop.stage)),
        text("platform", "The platform it sells on.", &|row| platform(row.shop.platform)),
        integer("age", unit!(Months), "Months since it opened.", &|row| i64::from(row.shop.age)),
        integer("orders", unit!(Orders), "Customers' orders sent in the month.", &|row| {
            i64::from(row.orders)
        }),
        integer("sales", unit!(Fen), "Sales of the month, abroad included.", &|row| row.sales.fen()),
        integer(
            "shared",
            unit!(Fen),
            "Of them, goods that other shops of the village made for it.",
            &|row| row.shared.fen(),
        ),
        integer("profit", unit!(Fen), "Profit of the month, before drawings.", &|row| row.profit.fen()),
        integer("jobs", unit!(Persons), "Owner, family and hired workers.", &|row| i64::from(row.jobs)),
        integer("workers", unit!(Persons), "Hired workers.", &|row| i64::from(row.shop.workers)),
        integer("machines", unit!(Machines), "Machines for hands, beyond those at home.", &|row| {
            i64::from(row.shop.machines)
        }),
        integer("cash", unit!(Fen), "Cash at the month's end.", &|row| row.shop.cash.fen()),
        integer("debt", unit!(Fen), "Debt at the month's end.", &|row| row.shop.debt.fen()),
        Column::real(
            "reputation",
            unit!(Ratio),
            "Reputation, an ordinary shop's being 1.",
            rows.iter().map(|row| f64::from(row.1.shop.reputation)),
        ),
        Column::text(
            "copied_by",
            "Shops that opened in the month in imitation of it: number of the village, slash, number of the shop.",
            rows.iter().map(|row| copied_by(county(row), &row.1)),
        ),
        integer("closed", unit!(ZeroOrOne), "Whether it closed at the month's end.", &|row| {
            i64::from(row.closed)
        }),
    ];
    Table::new(
        "followed_shop",
        "A few shops followed through their lives, month by month: the first to open in some counties, and the \
         next one for each that closes.",
        columns,
    )
}
