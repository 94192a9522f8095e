//! What a place is like, beside what happened in it: columns that stay the same from month to month, so that
//! nobody has to join tables to ask where something happened.

use crate::base::unit::unit;
use crate::metrics::table::Column;
use crate::world::{County, Village};

/// Columns of a county's place, for the counties of a table's rows.
pub(super) fn of_counties<'a>(rows: impl Iterator<Item = &'a County> + Clone) -> Vec<Column> {
    let real = |name: &str, unit, definition: &str, value: fn(&County) -> f64| {
        Column::real(name, unit, definition, rows.clone().map(value))
    };
    vec![
        real("elevation", unit!(Metres), "Height of the land around the seat.", |county| county.elevation),
        real(
            "relief",
            unit!(Metres),
            "Relief around the seat: the standard deviation of heights.",
            |county| county.relief,
        ),
        real(
            "km_to_prefecture",
            unit!(Kilometres),
            "Straight distance to the prefecture's seat.",
            |county| county.to_prefecture,
        ),
        real("km_to_capital", unit!(Kilometres), "Straight distance to the provincial capital.", |county| {
            county.to_capital
        }),
        Column::integer(
            "poverty_county",
            unit!(ZeroOrOne),
            "Whether it is one of the poor counties of 2014 to 2020; synthetic within the province's count.",
            rows.clone().map(|county| i64::from(county.poverty_county)),
        ),
        real(
            "usual_income_ratio",
            unit!(Ratio),
            "Usual income per head over the country's, before anything happens; synthetic.",
            |county| county.income_ratio,
        ),
    ]
}

/// The same of a village's place, and those of its county.
pub(super) fn of_villages<'a>(rows: impl Iterator<Item = (&'a County, &'a Village)> + Clone) -> Vec<Column> {
    let mut columns = vec![
        Column::text(
            "town",
            "9-digit code of its town; 0 for a town that was made up.",
            rows.clone().map(|(county, village)| county.towns[usize::from(village.town)].code.to_string()),
        ),
        Column::real(
            "income_ratio",
            unit!(OfCountyMean),
            "Usual income per head, before anything happens; synthetic.",
            rows.clone().map(|(_, village)| village.income_ratio),
        ),
    ];
    columns.extend(of_counties(rows.map(|(county, _)| county)));
    columns
}
