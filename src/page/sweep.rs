//! The page of a sweep: its outcomes over all runs, what mattered, how sure the months are, what failed.

mod effects;

use super::axis::Axis;
use super::chart::{Chart, Layer};
use super::folder::Folder;
use super::histogram;
use super::provenance;
use super::quantiles::Sorted;
use super::series::{Line, Series};
use super::shell::{Page, Section, cell, table};
use super::unit::{Unit, capitalised, meaning, text_at, texts, words};
use crate::failure::Failure;
use crate::report::number::{compact, count, duration, of};
use maud::{Markup, html};
use serde_json::Value;
use sim_core::metrics::table::{Column, ColumnData, Table};
use sim_experiments::statistics::correlation;
use std::collections::BTreeMap;

/// Outcomes of which distributions are drawn, at most.
const OUTCOMES: usize = 12;
/// Outcomes and factors that are drawn against each other, at most.
const DRAWN: (usize, usize) = (3, 9);
/// Points of a chart, at most: more would be a blot.
const POINTS: usize = 1500;
/// Rows of months that are read, at most.
const ROWS: usize = 20_000_000;
/// Failed runs that are listed.
const LISTED: usize = 20;

/// An outcome of a sweep.
struct Outcome<'a> {
    name: &'a str,
    unit: Unit,
    definition: String,
    /// Values of the runs that have one, as shown, by row.
    values: Vec<f64>,
}

/// The page.
///
/// # Errors
/// If a file of the folder is damaged or missing, or a chart cannot be drawn.
pub fn page(folder: &mut Folder) -> Result<Page, Failure> {
    let runs = folder.table("runs", &|_| true)?.ok_or_else(|| {
        Failure::input(format!(
            "{}: its table of runs is missing\n  help: `countryside sweep gather {}` makes it",
            folder.path().display(),
            folder.path().display()
        ))
    })?;
    let outcomes = outcomes(&runs);
    let factors: Vec<&Column> = runs
        .columns
        .iter()
        .filter(|column| column.definition.starts_with("Factor"))
        .collect();
    let units: Vec<(&str, Unit)> = outcomes
        .iter()
        .map(|outcome| (outcome.name, outcome.unit.clone()))
        .collect();
    let mut sections = Vec::new();
    let mut add = |id, title, body: Option<Markup>| {
        if let Some(body) = body {
            sections.push(Section { id, title, body });
        }
    };
    add(
        "figures",
        "Outcomes over all runs",
        Some(figures(&outcomes, &runs)),
    );
    add("effects", "What mattered", effects::section(folder, &units)?);
    add(
        "factors",
        "Outcomes against factors",
        against(&outcomes, &factors)?,
    );
    add("distributions", "Distributions", distributions(&outcomes)?);
    add("months", "Month by month", months(folder)?);
    add("failures", "Runs that failed", failures(folder)?);
    add("experiment", "The experiment", experiment(folder)?);
    let told = [("version", "Version"), ("identity", "Digest of the plan")];
    let about = "The same experiment and version give the same tables, byte for byte, on one machine or many. In a shell:";
    add(
        "again",
        "How to make it again",
        Some(provenance::of_folder(folder, &told, about)),
    );
    warn(folder);
    Ok(Page {
        kind: "Sweep",
        title: folder.said("experiment"),
        question: folder.said("question"),
        facts: facts(folder, factors.len()),
        warnings: Vec::new(),
        sections,
    })
}

fn number(folder: &Folder, name: &str) -> u64 {
    folder.manifest().get(name).and_then(Value::as_u64).unwrap_or(0)
}

fn facts(folder: &Folder, factors: usize) -> Vec<String> {
    let seconds = folder
        .manifest()
        .get("run_seconds")
        .and_then(Value::as_f64)
        .unwrap_or(0.0);
    vec![
        format!("design: {}", words(&folder.said("design"))),
        of(factors as u64, "factor", "factors"),
        of(number(folder, "points"), "point", "points"),
        of(number(folder, "replicates"), "replicate each", "replicates each"),
        format!(
            "{} done of {}",
            count(number(folder, "done")),
            of(number(folder, "runs"), "run", "runs")
        ),
        format!("{} of computing", duration(seconds)),
    ]
}

fn warn(folder: &mut Folder) {
    let missing = number(folder, "missing");
    if missing > 0 {
        let text = of(missing, "run is", "runs are");
        folder.warn(format!(
            "{text} missing: the sweep was gathered before it was done"
        ));
    }
    let failed = number(folder, "failed");
    if failed > 0 {
        folder.warn(format!(
            "{} failed and {} in no figure here",
            of(failed, "run", "runs"),
            if failed == 1 { "is" } else { "are" }
        ));
    }
}

fn outcomes(runs: &Table) -> Vec<Outcome<'_>> {
    // Outcomes follow the fingerprint, the last of the columns that are no outcomes.
    let first = runs
        .columns
        .iter()
        .position(|column| column.name == "fingerprint")
        .map_or(0, |at| at + 1);
    let each = runs.columns.iter().skip(first);
    each.filter_map(|column| {
        Some(Outcome {
            name: &column.name,
            unit: Unit::of(&column.unit),
            definition: meaning(&column.definition),
            values: super::unit::shown(column)?,
        })
    })
    .collect()
}

fn figures(outcomes: &[Outcome<'_>], runs: &Table) -> Markup {
    let header = [
        "outcome [unit]",
        "mean",
        "5 %",
        "median",
        "95 %",
        "least",
        "greatest",
        "runs",
    ];
    let row = |outcome: &Outcome<'_>| {
        let sorted = Sorted::of(outcome.values.iter().copied());
        let mean = sorted.values().iter().sum::<f64>() / sorted.len() as f64;
        let mut row = vec![html! {
            span title=(outcome.definition) { (capitalised(&words(outcome.name))) } " " span class="unit" { "[" (outcome.unit.name) "]" }
        }];
        let shown = [
            mean,
            sorted.at(0.05),
            sorted.at(0.5),
            sorted.at(0.95),
            sorted.at(0.0),
            sorted.at(1.0),
        ];
        row.extend(shown.map(|value| cell(compact(value))));
        row.push(cell(count(sorted.len() as u64)));
        row
    };
    let rows: Vec<Vec<Markup>> = outcomes.iter().map(row).collect();
    html! {
        ul class="cards" { @for outcome in outcomes.iter().take(8) { (card(outcome)) } }
        (table(&format!("Outcomes over {}: points and luck together", of(runs.rows() as u64, "run", "runs")), &header, 1, &rows))
        p class="definition" { "5 %, median and 95 %: quantiles over runs. M: million." }
    }
}

fn card(outcome: &Outcome<'_>) -> Markup {
    let sorted = Sorted::of(outcome.values.iter().copied());
    html! {
        li {
            div class="name" { (capitalised(&words(outcome.name))) ", median" }
            div class="value" { (compact(sorted.at(0.5))) span class="unit" { (outcome.unit.name) } }
            div class="change" { (compact(sorted.at(0.05))) " to " (compact(sorted.at(0.95))) " in nine of ten runs" }
            div class="definition" { (outcome.definition) }
        }
    }
}

/// Outcomes against the factors that are numbers, as points; against those that are words, as means.
fn against(outcomes: &[Outcome<'_>], factors: &[&Column]) -> Result<Option<Markup>, Failure> {
    let mut parts = Vec::new();
    for outcome in outcomes.iter().take(DRAWN.0) {
        let mut figures = Vec::new();
        let mut ranked: Vec<(f64, &Column, Vec<f64>)> = factors
            .iter()
            .filter_map(|factor| {
                let values = match &factor.data {
                    ColumnData::Real(values) => values.clone(),
                    _ => return None,
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
        let tables: Vec<Markup> = factors
            .iter()
            .filter_map(|factor| by_word(outcome, factor))
            .collect();
        if !(figures.is_empty() && tables.is_empty()) {
            parts.push(html! {
                h3 { (capitalised(&words(outcome.name))) " " span class="unit" { "[" (outcome.unit.name) "]" } }
                @for table in &tables { (table) }
                div class="plots" { @for figure in &figures { (figure) } }
                @if more > 0 { p class="note" { (of(more as u64, "factor that goes", "factors that go")) " less with it not drawn." } }
            });
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let rest = outcomes.len().saturating_sub(DRAWN.0);
    Ok(Some(html! {
        p { "Each point is a run. Factors are in the order of how far an outcome goes up or down with them (Spearman's rank correlation)." }
        @for part in &parts { (part) }
        @if rest > 0 { p class="note" { "Drawn for the first " (DRAWN.0) " outcomes of " (outcomes.len()) "." } }
    }))
}

fn scatter(outcome: &Outcome<'_>, factor: &Column, values: &[f64], rho: f64) -> Result<Markup, Failure> {
    let step = values.len().div_ceil(POINTS).max(1);
    let points: Vec<(f64, f64)> = values
        .iter()
        .copied()
        .zip(outcome.values.iter().copied())
        .step_by(step)
        .collect();
    let name = words(&factor.name.replace('.', ": "));
    let chart = Chart {
        about: format!(
            "{} against {name}: rank correlation {rho:.2}.",
            words(outcome.name)
        ),
        across: Axis::spread(values.iter().copied()),
        up: Axis::round(outcome.values.iter().copied()),
        layers: vec![Layer::Dots(0, points)],
        height: Some(150),
    };
    Ok(html! {
        figure class="plot" {
            figcaption { "against " strong { (name) } @if !factor.unit.is_empty() { " " span class="unit" { "[" (factor.unit) "]" } } }
            (chart.svg()?)
            p class="definition" { "Rank correlation " (format!("{rho:.2}")) ". " (factor.definition) @if step > 1 { " Every " (step) "th run drawn." } }
        }
    })
}

/// Means of an outcome by the words of a factor, such as policies.
fn by_word(outcome: &Outcome<'_>, factor: &Column) -> Option<Markup> {
    let ColumnData::Text(texts) = &factor.data else {
        return None;
    };
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (text, value) in texts.iter().zip(&outcome.values) {
        groups.entry(text).or_default().push(*value);
    }
    if groups.len() < 2 || groups.len() > 30 {
        return None;
    }
    let mut rows: Vec<(&str, Sorted)> = groups
        .into_iter()
        .map(|(text, values)| (text, Sorted::of(values)))
        .collect();
    rows.sort_by(|a, b| b.1.at(0.5).total_cmp(&a.1.at(0.5)));
    let rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|(text, sorted)| {
            let shown = [0.05, 0.5, 0.95].map(|share| cell(compact(sorted.at(share))));
            let mut row = vec![cell(text)];
            row.extend(shown);
            row.push(cell(count(sorted.len() as u64)));
            row
        })
        .collect();
    let about = format!(
        "{} [{}] by {}",
        capitalised(&words(outcome.name)),
        outcome.unit.name,
        words(&factor.name)
    );
    Some(table(
        &about,
        &[&factor.name, "5 %", "median", "95 %", "runs"],
        1,
        &rows,
    ))
}

/// Spearman's: the correlation of ranks, ties sharing theirs; zero if either does not vary.
fn rank_correlation(a: &[f64], b: &[f64]) -> f64 {
    let pairs: Vec<(f64, f64)> = a
        .iter()
        .copied()
        .zip(b.iter().copied())
        .filter(|(a, b)| a.is_finite() && b.is_finite())
        .collect();
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

fn distributions(outcomes: &[Outcome<'_>]) -> Result<Option<Markup>, Failure> {
    let mut figures = Vec::new();
    for outcome in outcomes
        .iter()
        .take(OUTCOMES)
        .filter(|outcome| varies(&outcome.values))
    {
        figures.push(histogram::figure(
            &capitalised(&words(outcome.name)),
            &outcome.unit.name,
            &outcome.definition,
            ("run", "runs"),
            &outcome.values,
        )?);
    }
    Ok((!figures.is_empty()).then(|| html! { div class="plots" { @for figure in &figures { (figure) } } }))
}

fn varies(values: &[f64]) -> bool {
    let mut present = values.iter().filter(|value| value.is_finite());
    let first = present.next();
    present.any(|value| Some(value) != first)
}

/// Quantile bands over runs of the series of the nation, month by month.
fn months(folder: &mut Folder) -> Result<Option<Markup>, Failure> {
    let Some(about) = folder.table("outcomes", &|_| true)? else {
        return Ok(None);
    };
    let mut found: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
    let mut rows = 0;
    let wanted = |name: &str| ["series", "level", "month", "value"].contains(&name);
    folder.parts("series", &wanted, &mut |part| {
        rows += part.rows();
        if rows > ROWS {
            return Ok(());
        }
        let text = |name: &str| texts(&part, name);
        let values = part.reals("value").unwrap_or_default();
        let each = text("series")
            .into_iter()
            .zip(text("level"))
            .zip(text("month"))
            .zip(values);
        for (((series, level), month), value) in each {
            if level == "nation" {
                let months = found.entry(series.to_owned()).or_default();
                months.entry(month.to_owned()).or_default().push(*value);
            }
        }
        Ok(())
    })?;
    if rows > ROWS {
        folder.warn(format!(
            "The table of series has more than {} rows; only the first are drawn",
            count(ROWS as u64)
        ));
    }
    let mut figures = Vec::new();
    for (name, months) in found.iter().filter(|(_, months)| months.len() > 1) {
        figures.push(bands(name, months, &about)?);
    }
    Ok((!figures.is_empty()).then(|| {
        html! {
            p { "Bands over runs: half of them lie in the darker band, nine of ten in both together." }
            div class="plots" { @for figure in &figures { (figure) } }
        }
    }))
}

fn bands(name: &str, months: &BTreeMap<String, Vec<f64>>, about: &Table) -> Result<Markup, Failure> {
    let row = texts(about, "outcome").iter().position(|other| *other == name);
    let told = |column: &str| row.map_or("", |row| text_at(about, column, row));
    let unit = Unit::of(told("unit"));
    let sorted: Vec<Sorted> = months
        .values()
        .map(|values| Sorted::of(values.iter().copied()))
        .collect();
    let at = |share: f64| -> Vec<f64> {
        sorted
            .iter()
            .map(|values| values.at(share) * unit.scale)
            .collect()
    };
    let series = Series {
        title: capitalised(&words(name)),
        unit: unit.name.clone(),
        definition: meaning(told("definition")),
        lines: vec![Line {
            name: "median run".to_owned(),
            values: at(0.5),
        }],
        bands: vec![
            ("nine of ten".to_owned(), at(0.05), at(0.95)),
            ("half".to_owned(), at(0.25), at(0.75)),
        ],
    };
    let months: Vec<String> = months.keys().cloned().collect();
    series.figure(&months)
}

fn failures(folder: &mut Folder) -> Result<Option<Markup>, Failure> {
    let Some(failed) = folder
        .table("failures", &|_| true)?
        .filter(|table| table.rows() > 0)
    else {
        return Ok(None);
    };
    let runs = failed.column("run").map(|column| &column.data);
    let row = |at: usize| {
        let run = runs.map_or_else(String::new, |runs| runs.shown(at));
        vec![
            cell(run),
            cell(text_at(&failed, "kind", at)),
            cell(text_at(&failed, "error", at)),
        ]
    };
    let rows: Vec<Vec<Markup>> = (0..failed.rows().min(LISTED)).map(row).collect();
    let more = failed.rows() - rows.len();
    Ok(Some(html! {
        div class="words" { (table("Runs that failed, and why", &["run", "kind", "why"], 3, &rows)) }
        @if more > 0 { p class="note" { (of(more as u64, "more", "more")) " in the table of failures." } }
    }))
}

fn experiment(folder: &mut Folder) -> Result<Option<Markup>, Failure> {
    let text = folder.text("experiment.ron")?;
    Ok(text.map(|text| html! { p { "As it was written:" } pre { code { (text) } } }))
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
