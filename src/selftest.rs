//! `countryside selftest`: whether this machine computes the same bits as the one where the fingerprints were
//! recorded.
//!
//! Recorded fingerprints ship inside the program, so that the test needs no files. They change only on
//! purpose: whoever changes results records them anew (`--record`, hidden) and says why in the changelog.

use crate::args::SelftestArgs;
use crate::command_error::CommandError;
use crate::engine;
use crate::output::file::write_atomically;
use crate::terminal;
use crate::text::layout;
use serde::{Deserialize, Serialize};
use std::path::Path;

const RECORDED: &str = include_str!("../tests/golden/selftest.ron");
/// Numbers of threads to try: the caller's own, an even share, and more than there are parts.
const THREADS: [u16; 3] = [1, 2, 5];
const NOTE: &str = "// Fingerprints that every machine must reproduce. Made by `countryside selftest \
                    --record`; change on purpose only.\n";

/// A small run with a known end.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// A built-in scenario.
    scenario: String,
    /// What is changed in it.
    changes: Vec<(String, String)>,
    /// The fingerprint at its end.
    fingerprint: String,
}

/// Compares, or records.
///
/// # Errors
/// If a fingerprint differs, between numbers of threads or from the known one.
pub fn selftest(args: &SelftestArgs) -> Result<(), CommandError> {
    let known: Vec<Known> = ron::from_str(RECORDED).map_err(CommandError::run)?;
    match &args.record {
        Some(path) => record(known, path),
        None => compare(&known),
    }
}

fn compare(known: &[Known]) -> Result<(), CommandError> {
    let mut table = layout::table(terminal::width(), &["Fingerprint", "", "threads", "scenario", "changes"]);
    let mut differing = 0;
    for row in known {
        for threads in THREADS {
            let found = fingerprint(row, threads)?;
            let verdict = if found == row.fingerprint { "match" } else { "DIFFER" };
            differing += usize::from(found != row.fingerprint);
            let changes: Vec<String> =
                row.changes.iter().map(|(path, value)| format!("{path}={value}")).collect();
            table.add_row([&found, verdict, &threads.to_string(), &row.scenario, &changes.join(" ")]);
        }
    }
    terminal::print(&layout::text(&table, ""))?;
    if differing == 0 {
        return terminal::print("This machine computes what was recorded, to the bit.\n");
    }
    Err(CommandError::run(format!(
        "{differing} of {} fingerprints differ from those recorded: results of this machine are not those \
         of others. Please report this with the processor's name",
        known.len() * THREADS.len()
    )))
}

fn record(mut known: Vec<Known>, path: &Path) -> Result<(), CommandError> {
    for row in &mut known {
        let found =
            THREADS.iter().map(|&threads| fingerprint(row, threads)).collect::<Result<Vec<_>, _>>()?;
        let first = found.first().cloned().unwrap_or_default();
        if found.iter().any(|other| *other != first) {
            return Err(CommandError::run(format!("{}: numbers of threads differ: {found:?}", row.scenario)));
        }
        row.fingerprint = first;
    }
    let style = ron::ser::PrettyConfig::new();
    let text = ron::ser::to_string_pretty(&known, style).map_err(CommandError::run)?;
    let text = format!("{NOTE}{text}\n");
    write_atomically(path, text.as_bytes()).map_err(|error| CommandError::writing(path, &error, None))
}

fn fingerprint(row: &Known, threads: u16) -> Result<String, CommandError> {
    let scenario = engine::built_in(&row.scenario, &row.changes)?;
    let (threads, _) = engine::threads(Some(threads));
    let mut simulation = engine::build(&scenario, threads)?;
    while simulation.step() {}
    Ok(simulation.fingerprint().to_string())
}
