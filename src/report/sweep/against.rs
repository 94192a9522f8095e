//! Outcomes against factors: points for numbers, quantiles for words such as policies.

use super::outcome::SweptOutcome;
use crate::command_error::CommandError;
use crate::report::axis::Axis;
use crate::report::chart::{Chart, Layer};
use crate::report::quantiles::Sorted;
use crate::report::shell::{cell, table};
use crate::report::unit::{capitalised, words};
use crate::text::number::{compact, count, of};
use maud::{Markup, html};
use sim_core::metrics::table::{Column, ColumnData};
use sim_experiments::statistics::correlation;
use std::collections::BTreeMap;

/// Outcomes and factors that are drawn against each other, at most.
const DRAWN: (usize, usize) = (3, 9);
/// Points of a chart, at most: more would be a blot.
const POINTS: usize = 1500;

/// The section: outcomes against the factors that are numbers, as points; by those that are words, as
/// quantiles.
///
/// # Errors
/// If a chart cannot be drawn.
pub fn section(
    outcomes: &[SweptOutcome<'_>],
    factors: &[&Column],
    drawn: bool,
) -> Result<Option<Markup>, CommandError> {
    let mut parts = Vec::new();
    for outcome in outcomes.iter().take(DRAWN.0) {
        let mut figures = Vec::new();
        let mut ranked: Vec<(f64, &Column, Vec<f64>)> = factors
            .iter()
            .filter_map(|factor| {
                let values = match &factor.data {
                    ColumnData::Real(values) => values.clone(),
                    ColumnData::Integer(values) => values.iter().map(|&value| value as f64).collect(),
                    ColumnData::Text(_) | ColumnData::Flag(_) | ColumnData::Optional(_) => return None,
                };
                Some((rank_correlation(&values, &outcome.values), *factor, values))
            })
            .filter(|(_, _, values)| values.iter().any(|value| Some(value) != values.first()))
            .collect();
        ranked.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        for (rho, factor, values) in ranked.iter().take(DRAWN.1) {
            figures.push(scatter(outcome, factor, values, *rho)?);
        }
        let more = ranked.len().saturating_sub(DRAWN.1);
        let tables: Vec<Markup> =
            factors.iter().filter_map(|factor| by_word(outcome, factor, drawn)).collect();
        if !(figures.is_empty() && tables.is_empty()) {
            parts.push(html! {
                h3 { (capitalised(&words(outcome.name))) " " span class="unit" { "[" (outcome.unit.name) "]" }
                    }
                @for table in &tables { (table) }
                div class="plots" { @for figure in &figures { (figure) } }
                @if more > 0 { p class="note" { (of(more as u64, "factor that goes", "factors that go"))
                    " less with it not drawn." } }
            });
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let rest = outcomes.len().saturating_sub(DRAWN.0);
    Ok(Some(html! {
        p { "Each point is a run. Factors are in the order of how far an outcome goes up or down with them \
            (Spearman's rank correlation)." }
        @for part in &parts { (part) }
        @if rest > 0 { p class="note" { "Drawn for the first " (DRAWN.0) " outcomes of " (outcomes.len()) "."
            } }
    }))
}

fn scatter(
    outcome: &SweptOutcome<'_>,
    factor: &Column,
    values: &[f64],
    rho: f64,
) -> Result<Markup, CommandError> {
    let step = values.len().div_ceil(POINTS).max(1);
    let points: Vec<(f64, f64)> =
        values.iter().copied().zip(outcome.values.iter().copied()).step_by(step).collect();
    let name = words(&factor.name.replace('.', ": "));
    let chart = Chart {
        about: format!("{} against {name}: rank correlation {rho:.2}.", words(outcome.name)),
        across: Axis::spread(values.iter().copied()),
        up: Axis::round(outcome.values.iter().copied()),
        layers: vec![Layer::Dots(0, points)],
        height: Some(150),
    };
    Ok(html! {
        figure class="plot" {
            figcaption { "against " strong { (name) } @if factor.unit != sim_core::base::Unit::NONE {
                " " span class="unit" { "[" (factor.unit) "]" } } }
            (chart.svg()?)
            p class="definition" { "Rank correlation " (format!("{rho:.2}")) ". " (factor.definition)
                @if step > 1 { " Every " (step) "th run drawn." } }
        }
    })
}

/// An outcome by the words of a factor, such as policies: quantiles where points are drawn, else the least
/// and greatest.
fn by_word(outcome: &SweptOutcome<'_>, factor: &Column, drawn: bool) -> Option<Markup> {
    if !matches!(factor.data, ColumnData::Text(_) | ColumnData::Flag(_)) {
        return None;
    }
    let mut groups: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (row, value) in outcome.values.iter().enumerate() {
        groups.entry(factor.data.shown(row)).or_default().push(*value);
    }
    if groups.len() < 2 || groups.len() > 30 {
        return None;
    }
    let mut rows: Vec<(String, Sorted)> =
        groups.into_iter().map(|(text, values)| (text, Sorted::of(values))).collect();
    rows.sort_by(|a, b| b.1.at(0.5).total_cmp(&a.1.at(0.5)));
    let rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|(text, sorted)| {
            let mean = sorted.values().iter().sum::<f64>() / sorted.len() as f64;
            let shown = if drawn {
                [0.05, 0.5, 0.95].map(|share| sorted.at(share))
            } else {
                [sorted.at(0.0), mean, sorted.at(1.0)]
            };
            let shown = shown.map(|value| cell(compact(value)));
            let mut row = vec![cell(text)];
            row.extend(shown);
            row.push(cell(count(sorted.len() as u64)));
            row
        })
        .collect();
    let about =
        format!("{} [{}] by {}", capitalised(&words(outcome.name)), outcome.unit.name, words(&factor.name));
    Some(table(
        &about,
        &if drawn {
            [&factor.name, "5 %", "median", "95 %", "runs"]
        } else {
            [&factor.name, "least", "mean", "greatest", "runs"]
        },
        1,
        &rows,
    ))
}

/// Spearman's: the correlation of ranks, ties sharing theirs; zero if either does not vary.
fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let pairs: Vec<(f64, f64)> =
        a.iter().copied().zip(b.iter().copied()).filter(|(a, b)| a.is_finite() && b.is_finite()).collect();
    let (a, b): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let rho = correlation(&ranks(&a), &ranks(&b));
    if rho.is_finite() { rho } else { 0.0 }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let sorted = Sorted::of(values.iter().copied());
    let sorted = sorted.values();
    let rank = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let upto = sorted.partition_point(|other| other <= value);
        (below + upto) as f64 / 2.0
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_share_ties_and_know_order_only() {
        assert_eq!(ranks(&[10.0, 30.0, 30.0, 20.0]), [0.5, 3.0, 3.0, 1.5]);
        let a = [1.0, 2.0, 3.0, 4.0, f64::NAN];
        assert!((rank_correlation(&a, &[1.0, 8.0, 27.0, 1e9, 5.0]) - 1.0).abs() < 1e-12);
        assert!((rank_correlation(&a, &[4.0, 3.0, 2.0, 1.0, 0.0]) + 1.0).abs() < 1e-12);
        assert_eq!(rank_correlation(&a, &[1.0; 5]), 0.0);
    }
}
