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

/// A column of whole numbers.
fn integer(
    rows: &[Life],
    name: &str,
    unit: Unit,
    definition: &str,
    value: fn(&FollowedShopRow) -> i64,
) -> Column {
    Column::integer(name, unit, definition, rows.iter().map(|row| value(&row.1)).collect::<Vec<_>>())
}

/// A column of words.
fn text(rows: &[Life], name: &str, definition: &str, value: fn(&FollowedShopRow) -> &'static str) -> Column {
    Column::text(name, definition, rows.iter().map(|row| value(&row.1)))
}

/// When, where and which.
fn keys(counties: &[County], rows: &[Life]) -> Vec<Column> {
    let county = |row: &Life| &counties[row.0 as usize];
    let village = |row: &Life| i64::from(county(row).villages[row.1.village.at()].number);
    vec![
        Column::months("month", "The month that ended.", rows.iter().map(|row| row.1.month)),
        Column::text("county", "6-digit code.", rows.iter().map(|row| county(row).code.to_string())),
        Column::integer(
            "village",
            Unit::NONE,
            "Number in the county's full list.",
            rows.iter().map(village).collect::<Vec<_>>(),
        ),
        integer(rows, "shop", Unit::NONE, "Number among those ever opened in the village.", |row| {
            i64::from(row.shop.number)
        }),
        integer(rows, "owner", Unit::NONE, "Household record that runs it.", |row| row.shop.owner.into()),
    ]
}

/// What it is, and what it did in the month.
fn months(rows: &[Life]) -> Vec<Column> {
    let orders = "Orders of customers that were sent in the month.";
    let shared = "Of the sales, those of goods that other shops of the village made for it.";
    vec![
        text(rows, "trade", "What it sells.", |row| row.shop.product.name()),
        text(rows, "stage", "How it produces: home, workshop or factory.", |row| stage(row.shop.stage)),
        text(rows, "platform", "The platform it sells on.", |row| platform(row.shop.platform)),
        integer(rows, "age", unit!(Months), "Months since it opened.", |row| row.shop.age.into()),
        integer(rows, "orders", unit!(Orders), orders, |row| row.orders.into()),
        integer(rows, "sales", unit!(Fen), "Sales of the month, abroad included.", |row| row.sales.fen()),
        integer(rows, "shared", unit!(Fen), shared, |row| row.shared.fen()),
        integer(rows, "profit", unit!(Fen), "Profit of the month, before drawings.", |row| row.profit.fen()),
    ]
}

/// How it stands at the month's end.
fn states(rows: &[Life]) -> Vec<Column> {
    let machines = "Machines for hands, beyond those at home.";
    let closed = "Whether it closed at the month's end.";
    vec![
        integer(rows, "jobs", unit!(Persons), "Owner, family and hired workers.", |row| row.jobs.into()),
        integer(rows, "workers", unit!(Persons), "Hired workers.", |row| row.shop.workers.into()),
        integer(rows, "machines", unit!(Machines), machines, |row| row.shop.machines.into()),
        integer(rows, "cash", unit!(Fen), "Cash at the month's end.", |row| row.shop.cash.fen()),
        integer(rows, "debt", unit!(Fen), "Debt at the month's end.", |row| row.shop.debt.fen()),
        Column::real(
            "reputation",
            unit!(Ratio),
            "Reputation, an ordinary shop's being 1.",
            rows.iter().map(|row| f64::from(row.1.shop.reputation)),
        ),
        integer(rows, "closed", unit!(ZeroOrOne), closed, |row| row.closed.into()),
    ]
}

pub(super) fn followed(simulation: &Simulation) -> Result<Table, TableError> {
    let counties = &simulation.setting().atlas.counties;
    let rows = &simulation.gathered().shop_lives;
    let imitators = rows.iter().map(|row| copied_by(&counties[row.0 as usize], &row.1));
    let copied = Column::text(
        "copied_by",
        "Shops that opened in the month in imitation of it: number of the village, slash, of the shop.",
        imitators,
    );
    let columns = keys(counties, rows).into_iter().chain(months(rows)).chain(states(rows)).chain([copied]);
    Table::new(
        "followed_shop",
        "A few shops followed through their lives, month by month: the first to open in some counties, and \
         the next one for each that closes.",
        columns.collect(),
    )
}
