//! `countryside analyse`: what mattered in a sweep.

mod bands;
mod chance;
mod components;
mod effects;
pub mod members;
mod pairs;
mod part;
mod rivals;
mod shapes;
mod worlds;

use crate::args::experiment::AnalyseArgs;
use crate::command_error::CommandError;
use crate::sweep::Folder;
use crate::terminal;
use crate::text::number::{count, of};
use part::{AnalysisPart, Sweep, position};
use serde_json::{Map, Value};
use sim_experiments::analysis::Responses;
use std::path::Path;

pub use part::{number, typed};

/// Outcomes that are told of if none are named.
const MOST: usize = 6;

/// Analyses a sweep.
///
/// # Errors
/// If the folder holds no sweep with finished runs, or an outcome is unknown.
pub fn analyse(args: &AnalyseArgs) -> Result<(), CommandError> {
    let folder = Folder::open(&args.folder)?;
    let responses = responses(&folder)?;
    let all = responses.outcomes.len();
    let chosen = match args.outcome.is_empty() {
        true => (0..all.min(MOST)).collect(),
        false => named(&responses, &args.outcome)?,
    };
    let sweep = Sweep { folder: &folder, responses, chosen };
    let mut parts = vec![bands::part(&sweep, (0..all).collect())];
    parts.extend(effects::part(&sweep));
    parts.extend(pairs::part(&sweep));
    parts.extend(shapes::part(&sweep));
    parts.extend(components::part(&sweep));
    parts.extend(worlds::tree(&sweep));
    if let Some(condition) = &args.fails {
        parts.push(worlds::boxes(&sweep, condition)?);
    }
    parts.extend(rivals::part(&sweep, &args.maximise, &args.minimise)?);
    let (failed, missing) = (sweep.responses.failed, sweep.responses.missing);
    if args.json {
        let mut document = Map::new();
        let warnings: Vec<Value> =
            parts.iter().flat_map(|part| &part.warnings).map(|warning| warning.as_str().into()).collect();
        document.insert("experiment".into(), folder.plan.experiment().name.clone().into());
        document.insert("runs".into(), folder.plan.runs().into());
        document.insert("failed".into(), failed.into());
        document.insert("missing".into(), missing.into());
        document.insert("warnings".into(), warnings.into());
        document.extend(parts.into_iter().map(|part| (part.name.to_owned(), part.value)));
        return terminal::print(&format!("{:#}\n", Value::Object(document)));
    }
    let mut text = left_out(&sweep.responses, folder.plan.runs());
    text.extend(parts.iter().map(|part| part.text.as_str()));
    if args.outcome.is_empty() && all > MOST {
        text += &format!(
            "\nThe first {MOST} of {all} outcomes were told of in full; --outcome NAME chooses others.\n"
        );
    }
    terminal::print(&text)
}

/// Runs that failed or have not been made, in words; empty if there are none.
fn left_out(responses: &Responses, runs: u64) -> String {
    let mut absent = Vec::new();
    if responses.failed > 0 {
        absent.push(format!("{} failed", count(responses.failed)));
    }
    if responses.missing > 0 {
        absent.push(format!("{} not made yet", count(responses.missing)));
    }
    if absent.is_empty() {
        return String::new();
    }
    format!("\nOf {} {}: they have no values and are left out.\n", of(runs, "run", "runs"), absent.join(", "))
}

/// What each factor does to every outcome, as the design allows to tell; nothing for other designs.
///
/// # Errors
/// If the folder holds no sweep of this version with finished runs.
pub fn effects(path: &Path) -> Result<Option<AnalysisPart>, CommandError> {
    let folder = Folder::open(path)?;
    let responses = responses(&folder)?;
    let chosen = (0..responses.outcomes.len().min(MOST)).collect();
    let sweep = Sweep { folder: &folder, responses, chosen };
    Ok(effects::part(&sweep))
}

/// Policies against each other, by the experiment's own goals; nothing for designs that are not crossed with
/// policies.
///
/// # Errors
/// If the folder holds no sweep of this version with finished runs.
pub fn policies(path: &Path) -> Result<Option<AnalysisPart>, CommandError> {
    let folder = Folder::open(path)?;
    if !folder.plan.policies().is_crossed() {
        return Ok(None);
    }
    let responses = responses(&folder)?;
    let chosen = (0..responses.outcomes.len().min(MOST)).collect();
    rivals::part(&Sweep { folder: &folder, responses, chosen }, &[], &[])
}

/// The bands of a sweep's outcomes, for its summary.
///
/// # Errors
/// If the pieces cannot be read.
pub fn bands(folder: &Folder) -> Result<String, CommandError> {
    let responses = responses(folder)?;
    let all = (0..responses.outcomes.len()).collect();
    let sweep = Sweep { folder, responses, chosen: Vec::new() };
    Ok(bands::part(&sweep, all).text)
}

/// Reads the numbers of all finished runs, file by file, without their series.
///
/// # Errors
/// If no run has finished, or a file cannot be read.
pub fn responses(folder: &Folder) -> Result<Responses, CommandError> {
    let pieces = folder.pieces();
    let index = pieces.index()?;
    if index.done() == 0 {
        return Err(CommandError::input(format!("{}: no run has finished yet", folder.path.display())));
    }
    let mut records = Vec::with_capacity(index.runs.len());
    for file in &index.files {
        for mut record in pieces.read(file)? {
            if let Ok(values) = &mut record.result {
                values.rows = Vec::new();
            }
            records.push(record);
        }
    }
    Ok(Responses::of(&folder.plan, &records))
}

fn named(responses: &Responses, names: &[String]) -> Result<Vec<usize>, CommandError> {
    names.iter().map(|name| position(responses, name)).collect()
}
