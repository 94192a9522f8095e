//! The scenario in words: what it asks, where and when, and what it sets otherwise than the defaults.

use super::folder::ResultFolder;
use super::shell::{cell, table};
use super::unit::capitalised;
use crate::command_error::CommandError;
use crate::engine;
use crate::output::manifest::Manifest;
use crate::text::number::of;
use maud::{Markup, html};
use serde_json::Value;
use sim_core::base::Unit;
use sim_core::base::unit::Sort;
use sim_core::params::{ParameterInfo, Parameters};
use sim_core::scenario::{Scenario, region_catalogue};

/// The scenario's file in a folder.
pub const FILE: &str = "scenario.ron";
/// Values of more characters are folded away.
const LONG: usize = 60;

/// The folder's scenario; nothing, and a warning, if this version cannot read it.
///
/// # Errors
/// If its file cannot be read.
pub fn read(folder: &mut ResultFolder) -> Result<Option<Scenario>, CommandError> {
    if folder.text(FILE)?.is_none() {
        folder.warn(format!("{FILE} is missing, so that the scenario is not told"));
        return Ok(None);
    }
    let path = folder.path().join(FILE);
    match engine::load(&path.display().to_string(), &[]) {
        Ok(loaded) => Ok(Some(loaded.scenario)),
        Err(failure) => {
            let text = failure.to_string();
            let first = text.lines().next().unwrap_or_default();
            folder
                .warn(format!("This version cannot read {FILE}, so that the scenario is not told: {first}"));
            Ok(None)
        }
    }
}

/// The section of a run.
pub fn section(manifest: &Manifest, folder: &ResultFolder, scenario: Option<&Scenario>) -> Markup {
    let Some(scenario) = scenario else {
        return html! { p class="note" { "The folder holds no scenario that this version can read." } };
    };
    html! {
        (sentences(manifest, scenario))
        (branches(folder))
        (changes(scenario))
    }
}

/// What a branched run changed, and from when on: what is said of its scenario is that of its end.
fn branches(folder: &ResultFolder) -> Markup {
    let manifest = folder.manifest();
    let branches = manifest["branches"].as_array().map_or(&[][..], Vec::as_slice);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows: Vec<Vec<Markup>> = branches
        .iter()
        .flat_map(|branch| {
            let changes = branch["changes"].as_array().map_or(&[][..], Vec::as_slice);
            changes.iter().map(move |change| (branch, change))
        })
        .map(|(branch, change)| {
            vec![
                cell(word(&branch["at"])),
                html! { code { (word(&change["path"])) } },
                shown(&word(&change["before"]), Unit::NONE),
                shown(&word(&change["after"]), Unit::NONE),
            ]
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    html! {
        p { "The run branched: what is branches below of the scenario is what held at its end. Until the \
            days \
            below, the values beside them held." }
        div class="words" { (table("What changed on the way", &["from", "what", "until then", "from then on"],
            4, &rows)) }
    }
}

fn sentences(manifest: &Manifest, scenario: &Scenario) -> Markup {
    let counts = &manifest.counts;
    let places = scenario.get("places.select").unwrap_or_default();
    let villages = scenario.places.villages_per_county.map_or_else(
        || "all their villages".to_owned(),
        |most| format!("at most {} each", of(u64::from(most), "village", "villages")),
    );
    html! {
        p {
            "The run goes from " (manifest.from) " to the end of " (manifest.until) ". It takes "
            (of(counts.counties, "county", "counties")) " with " (villages) " (" (of(counts.villages,
                "village", "villages")) ", "
            (of(counts.households, "household", "households")) "), chosen by " code { (places) }
            @if let Some(table) = &scenario.places.table { " from the table " code { (table) } }
            ". Counties and nation exchange messages every " (of(u64::from(scenario.window_days), "day",
                "days"))
            ". All random streams come from seed " (manifest.identity.seed) "."
        }
    }
}

/// What a scenario sets otherwise than the defaults, with units and the sources of the defaults.
pub fn changes(scenario: &Scenario) -> Markup {
    let changed: Vec<(ParameterInfo, String)> = region_catalogue(&scenario.places.region)
        .into_iter()
        .filter_map(|row| {
            let value = scenario.get(&row.path())?;
            (value != row.default).then_some((row, value))
        })
        .collect();
    if changed.is_empty() {
        return html! {
            p { "All parameters of the model have their defaults; " code { "countryside params" }
                " lists them with units and sources." }
        };
    }
    let rows: Vec<Vec<Markup>> = changed.iter().map(|(row, value)| change(row, value)).collect();
    let about = format!(
        "What differs from the defaults: {} of {} parameters",
        changed.len(),
        Parameters::catalogue().len()
    );
    html! {
        div class="words" { (table(&about, &["what", "here", "default", "source of the default"], 4, &rows)) }
        p class="definition" {
            "All other parameters have their defaults; " code { "countryside params" }
                " lists them with units and sources, and " code { (FILE) }
            " has every value."
        }
    }
}

fn change(row: &ParameterInfo, value: &str) -> Vec<Markup> {
    vec![
        html! { (capitalised(row.description)) br; code { (row.path()) } },
        shown(value, row.unit),
        shown(&row.default, row.unit),
        cell(row.source),
    ]
}

/// A value as a scenario file has it, with its unit; one that is long is folded away.
pub fn shown(value: &str, unit: Unit) -> Markup {
    let unit = match unit.quantity.sort() {
        Sort::Word => String::new(),
        Sort::Money | Sort::Share | Sort::Count | Sort::Time | Sort::Number => unit.to_string(),
    };
    if value.chars().count() > LONG {
        let parts = value.matches('(').count();
        return html! { details class="printed" { summary { (of(parts as u64, "entry", "entries")) " [" (unit)
        "]" } code { (value) } } };
    }
    html! { code { (value) } @if !unit.is_empty() { " " span class="unit" { (unit) } } }
}
