//! Distributions: quantile bands by month, the spread between counties, partners' incomes at the end.

use crate::command_error::CommandError;
use crate::report::folder::ResultFolder;
use crate::report::histogram;
use crate::report::quantiles::Sorted;
use crate::report::series::{Band, Line, MonthlyChart};
use crate::report::unit::{ShownUnit, capitalised, meaning, shown, shown_column, texts, words};
use maud::{Markup, html};
use sim_core::metrics::table::{Column, Table};
use std::collections::BTreeMap;

/// A distribution of which the nation's table has quantiles.
struct Quantiles {
    title: &'static str,
    middle: &'static str,
    low: &'static str,
    high: &'static str,
    band: &'static str,
    about: &'static str,
}

const QUANTILES: [Quantiles; 3] = [
    Quantiles {
        title: "Partners' income",
        middle: "partner_income_p50",
        low: "partner_income_p10",
        high: "partner_income_p90",
        band: "10th to 90th percentile",
        about: "Income of paid partners from all sources.",
    },
    Quantiles {
        title: "Time from order to collection, stations",
        middle: "station_delivery_p50",
        low: "station_delivery_p50",
        high: "station_delivery_p90",
        band: "median to 90th percentile",
        about: "Of parcels ordered through stations.",
    },
    Quantiles {
        title: "Time from order to collection, self-service",
        middle: "self_service_delivery_p50",
        low: "self_service_delivery_p50",
        high: "self_service_delivery_p90",
        band: "median to 90th percentile",
        about: "Of parcels of self-service orders.",
    },
];

/// Outcomes of which the spread between counties is shown.
const BETWEEN: [&str; 5] =
    ["orders_per_open_station", "buying_share", "partner_income_p50", "shops", "income_per_head"];
/// Fewer counties have no quantiles worth the name.
const LEAST_COUNTIES: usize = 10;
/// Fewer partners have no distribution worth the name.
const LEAST_PARTNERS: usize = 20;

/// The section; nothing if there is no distribution.
///
/// # Errors
/// If a table is damaged, or a chart cannot be drawn.
pub fn section(
    folder: &mut ResultFolder,
    nation: &Table,
    months: &[String],
) -> Result<Option<Markup>, CommandError> {
    let mut over_time = Vec::new();
    for series in QUANTILES.iter().filter_map(|one| bands(nation, one)).filter(MonthlyChart::is_eventful) {
        over_time.push(series.figure(months)?);
    }
    let between = between_counties(folder, months)?;
    let partners = partners(folder)?;
    if over_time.is_empty() && between.is_empty() && partners.is_none() {
        return Ok(None);
    }
    Ok(Some(html! {
        @if !over_time.is_empty() { div class="plots" { @for figure in &over_time { (figure) } } }
        @if !between.is_empty() {
            h3 { "Between counties" }
            p { "Each county counts once: half of them lie in the darker band, four fifths in both together."
                }
            div class="plots" { @for figure in &between { (figure) } }
        }
        @if let Some(partners) = &partners { h3 { "Partners at the end" } div class="plots" { (partners) } }
    }))
}

fn bands(nation: &Table, one: &Quantiles) -> Option<MonthlyChart> {
    let middle = nation.column(one.middle)?;
    Some(MonthlyChart {
        title: one.title.to_owned(),
        unit: ShownUnit::of(middle.unit).name,
        definition: one.about.to_owned(),
        lines: vec![Line { name: "median".to_owned(), values: shown_column(nation, one.middle)? }],
        bands: vec![Band::new(one.band, shown_column(nation, one.low)?, shown_column(nation, one.high)?)],
    })
}

fn between_counties(folder: &mut ResultFolder, months: &[String]) -> Result<Vec<Markup>, CommandError> {
    let wanted = |name: &str| name == "month" || name == "county" || BETWEEN.contains(&name);
    let Some(table) = folder.table("county", &wanted)? else {
        return Ok(Vec::new());
    };
    if table.rows() < LEAST_COUNTIES * months.len() {
        return Ok(Vec::new());
    }
    let position: BTreeMap<&str, usize> =
        months.iter().enumerate().map(|(at, month)| (month.as_str(), at)).collect();
    let rows = texts(&table, "month");
    let of_rows: Vec<Option<usize>> = rows.iter().map(|month| position.get(*month).copied()).collect();
    let mut figures = Vec::new();
    for column in BETWEEN.iter().filter_map(|name| table.column(name)) {
        let series = spread(column, &of_rows, months.len());
        if let Some(series) = series.filter(MonthlyChart::is_eventful) {
            figures.push(series.figure(months)?);
        }
    }
    Ok(figures)
}

/// Quantiles over counties, month by month.
fn spread(column: &Column, of_rows: &[Option<usize>], months: usize) -> Option<MonthlyChart> {
    let mut by_month: Vec<Vec<f64>> = vec![Vec::new(); months];
    for (value, month) in shown(column)?.into_iter().zip(of_rows) {
        if let Some(values) = month.and_then(|at| by_month.get_mut(at)).filter(|_| value.is_finite()) {
            values.push(value);
        }
    }
    let by_month: Vec<Sorted> = by_month.into_iter().map(Sorted::of).collect();
    let at = |share: f64| -> Vec<f64> { by_month.iter().map(|values| values.at(share)).collect() };
    Some(MonthlyChart {
        title: format!("{}, by county", capitalised(&words(&column.name))),
        unit: ShownUnit::of(column.unit).name,
        definition: format!("{} Quantiles over counties that have a value.", meaning(&column.definition)),
        lines: vec![Line { name: "median county".to_owned(), values: at(0.5) }],
        bands: vec![Band::new("four fifths", at(0.1), at(0.9)), Band::new("half", at(0.25), at(0.75))],
    })
}

fn partners(folder: &mut ResultFolder) -> Result<Option<Markup>, CommandError> {
    let wanted = |name: &str| ["state", "last_income"].contains(&name);
    let Some(table) = folder.table("partner", &wanted)? else {
        return Ok(None);
    };
    let Some(incomes) = table.column("last_income").and_then(shown) else {
        return Ok(None);
    };
    let states = texts(&table, "state");
    let open: Vec<f64> = incomes
        .into_iter()
        .zip(states)
        .filter(|(_, state)| *state == "open")
        .map(|(income, _)| income)
        .collect();
    if open.len() < LEAST_PARTNERS {
        return Ok(None);
    }
    let unit = table.column("last_income").map_or(sim_core::base::Unit::NONE, |column| column.unit);
    histogram::figure(
        "Income of the last settled month",
        &ShownUnit::of(unit).name,
        "Partners of stations open at the run's end.",
        ("station", "stations"),
        &open,
    )
    .map(Some)
}
