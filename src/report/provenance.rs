//! How to make the results again, and how to know that they are the same.

use super::folder::ResultFolder;
use super::shell::{cell, table};
use crate::output::manifest::{FileEntry, Manifest};
use crate::recipe;
use crate::text::number::{bytes, count, duration};
use maud::{Markup, html};
use serde_json::Value;

/// The section of a run.
pub fn of_run(manifest: &Manifest, folder: &ResultFolder) -> Markup {
    let identity = &manifest.identity;
    let again = again(folder, &manifest.reproduce);
    html! {
        p { "The same scenario, seed and version give the same results to the last bit, on any number of \
            threads. In a shell:" }
        pre { code { (again) } }
        p { "The new folder's " code { "fingerprint" } " and " code { "results" } " in " code {
            "manifest.json" } " must equal these:" }
        dl {
            (entry("Fingerprint of all events and results", &manifest.fingerprint))
            (entry("Digest of all tables", &manifest.results))
            (entry("Version", &identity.version))
            (entry("Scenario", &format!("{} ({})", identity.scenario, identity.hash)))
            (entry("Seed", &identity.seed.to_string()))
            @if let Some(moment) = &identity.branched_from { (entry("Branched from", moment)) }
            @if let Some(moment) = &manifest.execution.resumed_at { (entry("Resumed from a checkpoint at",
                moment)) }
            (entry("Books", books(manifest)))
            (entry("Simulated", &format!("{} events, {} orders one by one", count(manifest.counts.events),
                count(manifest.counts.orders))))
            (entry("Time taken", &format!("{} on {} threads", duration(manifest.execution.wall_seconds),
                manifest.execution.threads)))
            (entry("ResultFolder", &folder.name()))
        }
        (files(&manifest.files))
    }
}

/// The command that makes a folder again, from the folder above it. A folder may come from anybody: what is
/// no plain command of ours is not shown as one.
fn again(folder: &ResultFolder, reproduce: &str) -> String {
    if recipe::is_plain(reproduce) {
        format!("cd {}\n{reproduce}", recipe::file_word(&folder.name()))
    } else {
        "The folder's manifest.json has no command of countryside.".to_owned()
    }
}

fn books(manifest: &Manifest) -> &'static str {
    match (manifest.audit.money_closes, manifest.audit.parcels_close) {
        (true, true) if !manifest.audit.incomes_close => "INCOMES ARE NOT WHAT THE LEDGER PAID",
        (true, true) => "money closes to the fen; incomes are what it paid; every parcel is accounted for",
        (true, false) => "PARCELS ARE NOT ACCOUNTED FOR",
        (false, true) => "MONEY DOES NOT CLOSE",
        (false, false) => "NEITHER MONEY NOR PARCELS CLOSE",
    }
}

/// The section of any other folder: what its manifest says of itself, under the given names.
pub fn of_folder(folder: &ResultFolder, told: &[(&str, &str)], about: &str) -> Markup {
    let manifest = folder.manifest();
    let field = |name: &str| match manifest.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let reproduce = field("reproduce");
    let listed: Vec<FileEntry> = manifest
        .get("files")
        .cloned()
        .and_then(|files| serde_json::from_value(files).ok())
        .unwrap_or_default();
    html! {
        p { (about) }
        pre { code { (again(folder, &reproduce)) } }
        dl {
            @for (name, label) in told { @if !field(name).is_empty() { (entry(label, &field(name))) } }
            (entry("ResultFolder", &folder.name()))
        }
        (files(&listed))
    }
}

fn entry(name: &str, value: &str) -> Markup {
    html! { dt { (name) } dd { code { (value) } } }
}

fn files(files: &[FileEntry]) -> Markup {
    let rows: Vec<Vec<Markup>> = files
        .iter()
        .map(|file| {
            vec![
                html! { code { (file.name) } },
                cell(&file.description),
                cell(file.rows.map_or_else(|| "-".to_owned(), |rows| count(rows as u64))),
                cell(bytes(file.bytes)),
            ]
        })
        .collect();
    html! { @if !rows.is_empty() { (table("Files of the folder", &["file", "what it holds", "rows", "size"],
    2, &rows)) } }
}
