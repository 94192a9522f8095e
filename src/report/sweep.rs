//! The page of a sweep: its outcomes over all runs, what mattered, how sure the months are, what failed.

mod against;
mod effects;
mod members;
mod outcome;
mod policies;

use super::folder::ResultFolder;
use super::histogram;
use super::provenance;
use super::quantiles::Sorted;
use super::series::{Band, Line, MonthlyChart};
use super::shell::{Page, Section, cell, table};
use super::unit::{ShownUnit, capitalised, meaning, text_at, texts, words};
use crate::command_error::CommandError;
use crate::text::number::{compact, count, duration, of};
use maud::{Markup, html};
use outcome::SweptOutcome;
use serde_json::Value;
use sim_core::metrics::table::{Column, Table};
use std::collections::BTreeMap;

/// Outcomes of which distributions are drawn, at most.
const OUTCOMES: usize = 12;
/// Rows of months that are read, at most.
const ROWS: usize = 20_000_000;
/// Failed runs that are listed.
const LISTED: usize = 20;

/// Whether points are drawn from distributions, or runs differ only in their random draws, so that quantiles
/// over runs mean something, or chosen.
fn is_drawn(folder: &ResultFolder) -> bool {
    let design = folder.manifest_text("design");
    ["LatinHypercube", "Sobol", "Saltelli", "Replicates"].contains(&design.as_str())
}

/// The page.
///
/// # Errors
/// If a file of the folder is damaged or missing, or a chart cannot be drawn.
pub fn page(folder: &mut ResultFolder) -> Result<Page, CommandError> {
    let runs = folder.table("runs", &|_| true)?.ok_or_else(|| {
        CommandError::input(format!(
            "{}: its table of runs is missing\n  help: `countryside sweep gather {}` makes it",
            folder.path().display(),
            folder.path().display()
        ))
    })?;
    let outcomes = outcomes(&runs);
    let drawn = is_drawn(folder);
    let factors: Vec<&Column> =
        runs.columns.iter().filter(|column| column.definition.starts_with("Factor")).collect();
    let units: Vec<(&str, ShownUnit)> =
        outcomes.iter().map(|outcome| (outcome.name, outcome.unit.clone())).collect();
    let mut sections = Vec::new();
    let mut add = |id, title, body: Option<Markup>| {
        if let Some(body) = body {
            sections.push(Section { id, title, body });
        }
    };
    add("figures", "Outcomes over all runs", Some(figures(&outcomes, &runs, drawn)));
    let (points, replicates) = (number(folder, "points"), number(folder, "replicates"));
    let unknown = members::section(&runs, &outcomes, points, replicates);
    add("unknown", "What is unknown, told from luck", unknown);
    add("policies", "Policies against each other", policies::section(folder, &units)?);
    add("effects", "What mattered", effects::section(folder, &units)?);
    add("factors", "Outcomes against factors", against::section(&outcomes, &factors, drawn)?);
    add("distributions", "Distributions", distributions(&outcomes)?);
    add("months", "Month by month", months(folder, drawn)?);
    add("failures", "Runs that failed", failures(folder)?);
    add("experiment", "The experiment", experiment(folder)?);
    let details = [("version", "Version"), ("identity", "Digest of the plan")];
    let about = "The same experiment and version give the same tables, byte for byte, on one machine or \
                 many. In a shell:";
    add("again", "How to make it again", Some(provenance::of_folder(folder, &details, about)));
    warn(folder);
    Ok(Page {
        kind: "Sweep",
        title: folder.manifest_text("experiment"),
        question: folder.manifest_text("question"),
        facts: facts(folder, factors.len()),
        warnings: Vec::new(),
        sections,
    })
}

fn number(folder: &ResultFolder, name: &str) -> u64 {
    folder.manifest().get(name).and_then(Value::as_u64).unwrap_or(0)
}

fn facts(folder: &ResultFolder, factors: usize) -> Vec<String> {
    let seconds = folder.manifest().get("run_seconds").and_then(Value::as_f64).unwrap_or(0.0);
    let members = number(folder, "members");
    let mut facts = vec![
        format!("design: {}", words(&folder.manifest_text("design"))),
        of(factors as u64, "factor", "factors"),
        of(number(folder, "points"), "point", "points"),
        of(number(folder, "replicates"), "replicate each", "replicates each"),
        format!("{} done of {}", count(number(folder, "done")), of(number(folder, "runs"), "run", "runs")),
        format!("{} of computing", duration(seconds)),
    ];
    if members > 0 {
        facts.insert(3, of(members, "member of an ensemble", "members of an ensemble"));
    }
    facts
}

fn warn(folder: &mut ResultFolder) {
    let missing = number(folder, "missing");
    if missing > 0 {
        let text = of(missing, "run is", "runs are");
        folder.warn(format!("{text} missing: the sweep was gathered before it was done"));
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

fn outcomes(runs: &Table) -> Vec<SweptOutcome<'_>> {
    // Outcomes follow the fingerprint, the last of the columns that are no outcomes.
    let first = runs.columns.iter().position(|column| column.name == "fingerprint").map_or(0, |at| at + 1);
    let each = runs.columns.iter().skip(first);
    each.filter_map(|column| {
        Some(SweptOutcome {
            name: &column.name,
            unit: ShownUnit::of(column.unit),
            definition: meaning(&column.definition),
            values: super::unit::shown(column)?,
        })
    })
    .collect()
}

fn figures(outcomes: &[SweptOutcome<'_>], runs: &Table, drawn: bool) -> Markup {
    let mut header = vec!["outcome [unit]", "mean"];
    if drawn {
        header.extend(["5 %", "median", "95 %"]);
    }
    header.extend(["least", "greatest", "runs"]);
    let row = |outcome: &SweptOutcome<'_>| {
        let sorted = Sorted::of(outcome.values.iter().copied());
        let mut row = vec![html! {
            span title=(outcome.definition) { (capitalised(&words(outcome.name))) } " " span class="unit" {
                "[" (outcome.unit.name) "]" }
        }];
        let mut shown = vec![mean(&sorted)];
        if drawn {
            shown.extend([0.05, 0.5, 0.95].map(|share| sorted.at(share)));
        }
        shown.extend([sorted.at(0.0), sorted.at(1.0)]);
        row.extend(shown.into_iter().map(|value| cell(compact(value))));
        row.push(cell(count(sorted.len() as u64)));
        row
    };
    let rows: Vec<Vec<Markup>> = outcomes.iter().map(row).collect();
    html! {
        ul class="cards" { @for outcome in outcomes.iter().take(8) { (card(outcome, drawn)) } }
        (table(&format!("Outcomes over {}: points and replicates together", of(runs.rows() as u64, "run",
            "runs")),
            &header, 1, &rows))
        @if drawn { p class="definition" {
            "5 %, median and 95 %: quantiles over runs. Runs: those with a value; the others are left out. \
            M: million." } }
        @else {
            p class="definition" {
                "The design chooses its points and does not draw them, so that quantiles over runs would \
                    mean nothing. "
                "Runs: those with a value; the others are left out. M: million."
            }
        }
    }
}

fn mean(sorted: &Sorted) -> f64 {
    sorted.values().iter().sum::<f64>() / sorted.len() as f64
}

fn card(outcome: &SweptOutcome<'_>, drawn: bool) -> Markup {
    let sorted = Sorted::of(outcome.values.iter().copied());
    let (what, middle, low, high) = if drawn {
        ("median", sorted.at(0.5), sorted.at(0.05), sorted.at(0.95))
    } else {
        ("mean of runs", mean(&sorted), sorted.at(0.0), sorted.at(1.0))
    };
    html! {
        li {
            div class="name" { (capitalised(&words(outcome.name))) ", " (what) }
            div class="value" { (compact(middle)) span class="unit" { (outcome.unit.name) } }
            div class="change" { (compact(low)) " to " (compact(high)) @if drawn { " in nine of ten runs" }
                @else { " in all runs" } }
            div class="definition" { (outcome.definition) }
        }
    }
}

fn distributions(outcomes: &[SweptOutcome<'_>]) -> Result<Option<Markup>, CommandError> {
    let mut figures = Vec::new();
    for outcome in outcomes.iter().take(OUTCOMES).filter(|outcome| varies(&outcome.values)) {
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

/// Bands over runs of the series of the nation, month by month: quantiles where points are drawn, else from
/// the least to the greatest.
fn months(folder: &mut ResultFolder, drawn: bool) -> Result<Option<Markup>, CommandError> {
    let Some(about) = folder.table("outcomes", &|_| true)? else {
        return Ok(None);
    };
    let mut found: BTreeMap<String, BTreeMap<String, Span>> = BTreeMap::new();
    let mut rows = 0;
    let wanted = |name: &str| ["series", "level", "month", "months", "value"].contains(&name);
    folder.parts("series", &wanted, &mut |part| {
        rows += part.rows();
        if rows > ROWS {
            return Ok(());
        }
        let text = |name: &str| texts(&part, name);
        let values = part.reals("value").unwrap_or_default();
        let spans = part.integers("months").unwrap_or_default();
        let each = text("series").into_iter().zip(text("level")).zip(text("month")).zip(values).enumerate();
        for (at, (((series, level), month), value)) in each {
            if level == "nation" {
                let months = found.entry(series.to_owned()).or_default();
                let span = months.entry(month.to_owned()).or_default();
                span.months = span.months.max(spans.get(at).copied().unwrap_or(1));
                span.values.push(*value);
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
    let (mut figures, mut cut) = (Vec::new(), false);
    for (name, spans) in found {
        let (months, short) = whole(spans);
        if months.len() > 1 {
            figures.push(bands(&name, &months, &about, drawn)?);
            cut |= short;
        }
    }
    Ok((!figures.is_empty()).then(|| {
        html! {
            @if cut { p { "A last span that the end of the runs cuts short is not drawn: it is of fewer \
                months than the others." } }
            @if drawn { p { "Bands over runs: half of them lie in the darker band, nine of ten in both \
                together." } }
            @else { p { "The line is the mean of the runs, the band reaches from the least to the greatest: \
                the design chooses its points, so that quantiles over runs would mean nothing." } }
            div class="plots" { @for figure in &figures { (figure) } }
        }
    }))
}

/// The values of a span of months over the runs.
#[derive(Default)]
struct Span {
    /// Of how many months each is.
    months: i64,
    values: Vec<f64>,
}

/// The spans that are as long as the longest, and whether others were left out.
fn whole(spans: BTreeMap<String, Span>) -> (BTreeMap<String, Vec<f64>>, bool) {
    let longest = spans.values().map(|span| span.months).max().unwrap_or(1);
    let all = spans.len();
    let kept: BTreeMap<String, Vec<f64>> = spans
        .into_iter()
        .filter(|(_, span)| span.months == longest)
        .map(|(month, span)| (month, span.values))
        .collect();
    let short = kept.len() < all;
    (kept, short)
}

fn bands(
    name: &str,
    months: &BTreeMap<String, Vec<f64>>,
    about: &Table,
    drawn: bool,
) -> Result<Markup, CommandError> {
    let row = texts(about, "outcome").iter().position(|other| *other == name);
    let details = |column: &str| row.map_or("", |row| text_at(about, column, row));
    let unit = ShownUnit::named(details("unit"));
    let sorted: Vec<Sorted> = months.values().map(|values| Sorted::of(values.iter().copied())).collect();
    let at = |share: f64| -> Vec<f64> { sorted.iter().map(|values| values.at(share) * unit.scale).collect() };
    let series = MonthlyChart {
        title: capitalised(&words(name)),
        unit: unit.name.clone(),
        definition: meaning(details("definition")),
        lines: vec![if drawn {
            Line { name: "median run".to_owned(), values: at(0.5) }
        } else {
            Line {
                name: "mean of runs".to_owned(),
                values: sorted.iter().map(|values| mean(values) * unit.scale).collect(),
            }
        }],
        bands: if drawn {
            vec![Band::new("nine of ten", at(0.05), at(0.95)), Band::new("half", at(0.25), at(0.75))]
        } else {
            vec![Band::new("least to greatest", at(0.0), at(1.0))]
        },
    };
    let months: Vec<String> = months.keys().cloned().collect();
    series.figure(&months)
}

fn failures(folder: &mut ResultFolder) -> Result<Option<Markup>, CommandError> {
    let Some(failed) = folder.table("failures", &|_| true)?.filter(|table| table.rows() > 0) else {
        return Ok(None);
    };
    let runs = failed.column("run").map(|column| &column.data);
    let row = |at: usize| {
        let run = runs.map_or_else(String::new, |runs| runs.shown(at));
        vec![cell(run), cell(text_at(&failed, "kind", at)), cell(text_at(&failed, "error", at))]
    };
    let rows: Vec<Vec<Markup>> = (0..failed.rows().min(LISTED)).map(row).collect();
    let more = failed.rows() - rows.len();
    Ok(Some(html! {
        div class="words" { (table("Runs that failed, and why", &["run", "kind", "why"], 3, &rows)) }
        @if more > 0 { p class="note" { (of(more as u64, "more", "more")) " in the table of failures." } }
    }))
}

fn experiment(folder: &mut ResultFolder) -> Result<Option<Markup>, CommandError> {
    let text = folder.text("experiment.ron")?;
    Ok(text.map(|text| html! { p { "As it was written:" } pre { code { (text) } } }))
}
