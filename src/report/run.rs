//! The page of a run.

mod charts;
mod distributions;
mod figures;
mod maps;
mod money;
mod story;

use super::folder::ResultFolder;
use super::provenance;
use super::shell::{Page, Section};
use super::unit::{self, capitalised, texts};
use super::words;
use crate::command_error::CommandError;
use crate::output::manifest::Manifest;
use crate::text::number::of;
use crate::text::sample;
use maud::Markup;

/// The page.
///
/// # Errors
/// If a file of the folder is damaged or missing, or an outcome to be mapped is unknown.
pub fn page(folder: &mut ResultFolder, mapped: &[String]) -> Result<Page, CommandError> {
    let manifest: Manifest = serde_json::from_value(folder.manifest().clone()).map_err(|fault| {
        CommandError::input(format!("{}: its manifest.json is damaged: {fault}", folder.path().display()))
    })?;
    let nation = folder.table("nation", &|_| true)?.filter(|table| table.rows() > 0).ok_or_else(|| {
        CommandError::input(format!(
            "{}: its table of the nation is missing or empty",
            folder.path().display()
        ))
    })?;
    let months: Vec<String> = texts(&nation, "month").into_iter().map(str::to_owned).collect();
    let scenario = words::read(folder)?;
    let mut sections = Vec::new();
    let mut add = |id, title, body: Option<Markup>| {
        if let Some(body) = body {
            sections.push(Section { id, title, body });
        }
    };
    add("figures", "Headline figures", Some(figures::section(&nation, &months)));
    add("charts", "Month by month", Some(charts::section(&nation, &months)?));
    add("map", "On the map", maps::section(folder, mapped)?);
    add("distributions", "Who gets how much", distributions::section(folder, &nation, &months)?);
    add("money", "Money by item", money::section(folder)?);
    add("story", "What happened when", story::section(folder)?);
    add("scenario", "The scenario in words", Some(words::section(&manifest, folder, scenario.as_ref())));
    add("again", "How to make it again", Some(provenance::of_run(&manifest, folder)));
    for warning in &manifest.warnings {
        folder.warn(warning.clone());
    }
    if let Some(told) = sample::distorted(manifest.household_sample, unit::words) {
        folder.warn(capitalised(&told));
    }
    if !manifest.audit.close() {
        let what = manifest.audit.messages.join("; ");
        folder.warn(format!("The books of this run do not close: {what}"));
    }
    Ok(Page {
        kind: "Run",
        title: manifest.identity.scenario.clone(),
        question: scenario.map_or_else(String::new, |scenario| scenario.question),
        facts: facts(&manifest),
        warnings: Vec::new(),
        sections,
    })
}

fn facts(manifest: &Manifest) -> Vec<String> {
    let counts = &manifest.counts;
    let mut facts = vec![
        format!("{} to {}", manifest.from, manifest.until),
        of(counts.counties, "county", "counties"),
        of(counts.villages, "village", "villages"),
        of(counts.households, "household", "households"),
        sample::described(manifest.household_sample),
        format!("seed {}", manifest.identity.seed),
    ];
    facts.extend(manifest.identity.branched_from.as_ref().map(|moment| format!("branched from {moment}")));
    facts
}
