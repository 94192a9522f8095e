//! Tables of single partners, households and episodes.

use super::super::ending::PartnerRow;
use super::super::run::Simulation;
use crate::agents::household::Buying;
use crate::agents::partner::{Station, StationState};
use crate::base::Unit;
use crate::base::unit::unit;
use crate::base::{Money, Month};
use crate::event::{Cause, PlatformName};
use crate::metrics::table::{Column, Table, TableError};
use crate::model::FollowedRow;
use crate::params::PartnerKind;

const fn state(station: &Station) -> &'static str {
    match station.state {
        StationState::FittingOut => "fitting_out",
        StationState::Open => "open",
        StationState::Vacant => "vacant",
        StationState::Closed => "closed",
    }
}

const fn kind(station: &Station) -> &'static str {
    match station.kind {
        PartnerKind::Returnees => "returnee",
        _ => "shopkeeper",
    }
}

fn opened(station: &Station) -> String {
    if station.state == StationState::FittingOut {
        return String::new();
    }
    station.opened.date().to_string()
}

pub(super) fn partners(rows: &[PartnerRow]) -> Result<Table, TableError> {
    let columns = vec![
        Column::text("county", "6-digit code.", rows.iter().map(|row| row.county.to_string())),
        Column::integer(
            "village",
            Unit::NONE,
            "Number in the county's full list.",
            rows.iter().map(|row| row.village),
        ),
        Column::text(
            "state",
            "Where the station stands at the run's end.",
            rows.iter().map(|row| state(&row.station)),
        ),
        Column::text(
            "partner",
            "Shopkeeper or young returnee; the last one.",
            rows.iter().map(|row| kind(&row.station)),
        ),
        Column::text("opened", "First day open; empty before.", rows.iter().map(|row| opened(&row.station))),
        Column::real("skill", unit!(ZeroToOne), "Ordering skill.", rows.iter().map(|row| row.station.skill)),
        Column::real(
            "drive",
            unit!(Ratio),
            "Drive over an average partner's.",
            rows.iter().map(|row| row.station.drive),
        ),
        Column::optional(
            "usual_income",
            unit!(Fen / Month),
            "Smoothed income: every settled month moves it a quarter of the way. Missing before the \
             partner's first.",
            rows.iter().map(|row| {
                let paid = row.station.income.is_some();
                paid.then(|| Money::from_yuan(row.station.usual_income).fen())
            }),
        ),
        Column::optional(
            "last_income",
            unit!(Fen / Month),
            "Income of the last settled month. Missing before the partner's first.",
            rows.iter().map(|row| row.station.income.map(Money::fen)),
        ),
        Column::integer(
            "lean_months",
            unit!(Months),
            "Months below the outside option.",
            rows.iter().map(|row| row.station.lean_months),
        ),
        Column::real(
            "delivery_days",
            unit!(Days),
            "Usual time from order to collection.",
            rows.iter().map(|row| row.station.delivery_days),
        ),
    ];
    Table::new("partner", "Every station that had a partner, at the run's end.", columns)
}

pub(super) fn episodes(simulation: &Simulation) -> Result<Table, TableError> {
    let atlas = &simulation.setting().atlas;
    let rows = &simulation.gathered().episodes;
    let village = |at: usize| {
        let row = &rows[at];
        row.village.map(|village| i64::from(atlas.counties[row.county.at()].villages[village.at()].number))
    };
    let columns = vec![
        Column::dates("date", "When.", rows.iter().map(|row| row.time.date())),
        Column::months("month", "The month.", rows.iter().map(|row| Month::of(row.time))),
        Column::text(
            "county",
            "6-digit code.",
            rows.iter().map(|row| atlas.counties[row.county.at()].code.to_string()),
        ),
        Column::optional(
            "village",
            Unit::NONE,
            "Number in the county's full list. Missing where it happened to the county.",
            (0..rows.len()).map(village),
        ),
        Column::text("happening", "What happened.", rows.iter().map(|row| row.happening.name())),
        Column::text(
            "trade",
            "The trade concerned, if any.",
            rows.iter().map(|row| row.happening.product().map_or("", |p| p.name())),
        ),
        Column::optional(
            "shop",
            Unit::NONE,
            "Number of the shop concerned among those ever opened in the village. Missing where none is.",
            rows.iter().map(|row| row.happening.shop().map(|shop| i64::from(shop.number))),
        ),
        Column::optional(
            "founder",
            Unit::NONE,
            "Household record that runs it. Missing where no shop is concerned.",
            rows.iter().map(|row| row.happening.shop().map(|shop| i64::from(shop.owner))),
        ),
        Column::text("cause", "Why, where something can be said.", rows.iter().map(|row| row.cause.name())),
        Column::optional(
            "copied_village",
            Unit::NONE,
            "Village of the shop that was copied. Missing where none was.",
            rows.iter().map(|row| match row.cause {
                Cause::Copied { village, .. } => {
                    Some(i64::from(atlas.counties[row.county.at()].villages[village.at()].number))
                }
                _ => None,
            }),
        ),
        Column::optional(
            "copied_shop",
            Unit::NONE,
            "Number of the shop that was copied. Missing where none was.",
            rows.iter().map(|row| match row.cause {
                Cause::Copied { shop, .. } => Some(i64::from(shop)),
                _ => None,
            }),
        ),
    ];
    Table::new("episode", "Rare happenings, one by one.", columns)
}

/// A month of a followed household, with its county.
type Life = (u32, FollowedRow);

pub(super) fn followed(simulation: &Simulation) -> Result<Table, TableError> {
    let atlas = &simulation.setting().atlas;
    let rows = &simulation.gathered().lives;
    let county = |row: &Life| &atlas.counties[row.0 as usize];
    let integer = |name: &str, unit: Unit, definition: &str, value: &dyn Fn(&Life) -> i64| {
        Column::integer(name, unit, definition, rows.iter().map(value).collect::<Vec<_>>())
    };
    let buying = |row: &Life| match row.1.household.buying {
        Buying::Unaware => "unaware",
        Buying::Aware => "aware",
        Buying::Trial => "trial",
        Buying::Regular => "regular",
        Buying::Lapsed => "lapsed",
    };
    let platform = |row: &Life| match row.1.household.platform {
        PlatformName::Incumbent => "incumbent",
        PlatformName::Retailer => "retailer",
        PlatformName::Social => "social",
    };
    let columns = vec![
        Column::months("month", "The month that ended.", rows.iter().map(|row| row.1.month)),
        Column::text("county", "6-digit code.", rows.iter().map(|row| county(row).code.to_string())),
        integer("village", Unit::NONE, "Number in the county's full list.", &|row| {
            i64::from(county(row).villages[row.1.village.at()].number)
        }),
        integer("household", Unit::NONE, "Record within the village.", &|row| i64::from(row.1.record)),
        integer("head_age", unit!(Years), "Age of the head.", &|row| i64::from(row.1.household.head_age)),
        integer("members", unit!(Persons), "Persons registered.", &|row| i64::from(row.1.household.members)),
        Column::real(
            "income_ratio",
            unit!(Ratio),
            "Income per head, migrants' money aside, over the national mean.",
            rows.iter().map(|row| row.1.household.income_ratio()),
        ),
        Column::text("buying", "How far it has learnt to buy online.", rows.iter().map(buying)),
        integer("self_service", unit!(ZeroOrOne), "Whether it can use self-service.", &|row| {
            i64::from(row.1.household.self_service)
        }),
        Column::text("platform", "The platform it buys on.", rows.iter().map(platform)),
        Column::real(
            "trust",
            unit!(ZeroToOne),
            "Trust in online buying.",
            rows.iter().map(|row| row.1.household.trust()),
        ),
        integer("migrants", unit!(Persons), "Workers away.", &|row| i64::from(row.1.household.migrants)),
        integer("shops", unit!(Shops), "Shops of the record.", &|row| i64::from(row.1.shops)),
    ];
    Table::new("followed", "A few households followed through the run, month by month.", columns)
}
