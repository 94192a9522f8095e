//! The page of a search: the finalists, how far the search went, and how to make it again.

use super::axis::Axis;
use super::chart::{Chart, Layer};
use super::folder::Folder;
use super::provenance;
use super::shell::{Page, Section, cell, table};
use super::unit::{Unit, capitalised, meaning, shown, words};
use crate::failure::Failure;
use crate::report::number::{compact, of};
use maud::{Markup, html};
use serde_json::Value;
use sim_core::metrics::table::{Column, ColumnData, Table};

/// Rows of a table that are shown.
const ROWS: usize = 60;
/// Columns that are drawn over the search, at most.
const DRAWN: usize = 6;

/// The page.
///
/// # Errors
/// If a file of the folder is damaged or missing, or a chart cannot be drawn.
pub fn page(folder: &mut Folder) -> Result<Page, Failure> {
    let finalists = folder.table("finalists", &|_| true)?.ok_or_else(|| {
        Failure::input(format!(
            "{}: its table of finalists is missing",
            folder.path().display()
        ))
    })?;
    let mut sections = vec![Section {
        id: "finalists",
        title: "The best plans",
        body: html! {
            p { "Each finalist was run anew with seeds that the search had not seen, so that luck in the search does not flatter it." }
            (whole("Finalists, and the scenario as it is (-1): fresh runs only", &finalists))
            (meanings(&finalists))
        },
    }];
    if let Some(plans) = folder.table("plans", &|_| true)? {
        sections.push(Section {
            id: "plans",
            title: "All plans tried",
            body: tried(&plans)?,
        });
    }
    if let Some(text) = folder.text("experiment.ron")? {
        sections.push(Section {
            id: "experiment",
            title: "The experiment",
            body: html! { p { "As it was written:" } pre { code { (text) } } },
        });
    }
    let told = [("version", "Version"), ("identity", "Digest of the plan")];
    let about = "The same experiment and version give the same search. In a shell:";
    sections.push(Section {
        id: "again",
        title: "How to make it again",
        body: provenance::of_folder(folder, &told, about),
    });
    let number = |name: &str| folder.manifest().get(name).and_then(Value::as_u64).unwrap_or(0);
    let facts = vec![
        of(number("plans"), "plan tried", "plans tried"),
        of(
            number("fresh_seeds"),
            "fresh seed a finalist",
            "fresh seeds a finalist",
        ),
    ];
    let failed = number("failed_runs");
    if failed > 0 {
        folder.warn(format!("{} failed", of(failed, "run", "runs")));
    }
    Ok(Page {
        kind: "Search",
        title: folder.said("experiment"),
        question: folder.said("question"),
        facts,
        warnings: Vec::new(),
        sections,
    })
}

/// A table as it is, in shown units.
fn whole(about: &str, all: &Table) -> Markup {
    let named = |column: &Column| match Unit::of(&column.unit).name {
        unit if unit.is_empty() => words(&column.name),
        unit => format!("{} [{unit}]", words(&column.name)),
    };
    let header: Vec<String> = all.columns.iter().map(named).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let row =
        |at: usize| -> Vec<Markup> { all.columns.iter().map(|column| cell(value(column, at))).collect() };
    let rows: Vec<Vec<Markup>> = (0..all.rows().min(ROWS)).map(row).collect();
    table(about, &header, 1, &rows)
}

fn value(column: &Column, at: usize) -> String {
    match (&column.data, shown(column)) {
        (ColumnData::Text(texts), _) => texts.get(at).unwrap_or_default().to_owned(),
        (_, Some(values)) => values.get(at).map_or_else(String::new, |value| compact(*value)),
        (_, None) => String::new(),
    }
}

fn meanings(all: &Table) -> Markup {
    html! {
        details {
            summary { "What the columns mean" }
            dl { @for column in &all.columns { dt { (words(&column.name)) } dd { (meaning(&column.definition)) } } }
        }
    }
}

/// What was tried, in the order of the search.
fn tried(plans: &Table) -> Result<Markup, Failure> {
    let mut figures = Vec::new();
    let real = plans
        .columns
        .iter()
        .filter(|column| matches!(column.data, ColumnData::Real(_)));
    for column in real.take(DRAWN) {
        let values = shown(column).unwrap_or_default();
        let unit = Unit::of(&column.unit).name;
        let name = capitalised(&words(&column.name));
        let chart = Chart {
            about: format!(
                "{name} [{unit}] of {} plans in the order of the search.",
                values.len()
            ),
            across: Axis::spread([0.0, values.len().saturating_sub(1) as f64].into_iter()),
            up: Axis::round(values.iter().copied()),
            layers: vec![Layer::Dots(
                0,
                values
                    .iter()
                    .enumerate()
                    .map(|(at, &value)| (at as f64, value))
                    .collect(),
            )],
            height: Some(150),
        };
        figures.push(html! {
            figure class="plot" {
                figcaption { strong { (name) } @if !unit.is_empty() { " " span class="unit" { "[" (unit) "]" } } }
                (chart.svg()?)
                p class="definition" { "From left to right: plans in the order of the search. " (meaning(&column.definition)) }
            }
        });
    }
    Ok(html! { div class="plots" { @for figure in &figures { (figure) } } })
}
