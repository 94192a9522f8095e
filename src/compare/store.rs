//! A comparison's folder: its tables, and both scenarios, so that it can be made again from itself.

use super::comparison::Comparison;
use super::tables;
use crate::args::experiment::CompareArgs;
use crate::command_error::CommandError;
use crate::output::manifest::{self, FileEntry, Identity, PROGRAM};
use crate::output::{self, Place};
use crate::recipe;
use crate::version;
use serde::Serialize;
use sim_core::metrics::table::Table;
use sim_core::scenario::Loaded;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

#[derive(Serialize)]
struct ComparisonManifest {
    program: &'static str,
    kind: &'static str,
    #[serde(flatten)]
    identity: Identity,
    first: String,
    second: String,
    seeds: u32,
    reproduce: String,
    files: Vec<FileEntry>,
}

fn identity(args: &CompareArgs, loaded: &[Loaded; 2], first_seed: u64) -> Identity {
    let [a, b] = [&loaded[0].scenario, &loaded[1].scenario];
    let content = format!("{:032x} {:032x} {} {} {}", a.hash(), b.hash(), args.seeds, args.explain, args.map);
    Identity {
        version: version::of_results(),
        model: version::of_model(),
        scenario: format!("{} against {}", b.name, a.name),
        hash: format!("{:032x}", xxh3_128(content.as_bytes())),
        seed: first_seed,
        branched_from: None,
    }
}

/// Takes the place of the folder, if one was asked for.
///
/// # Errors
/// If it is taken, or cannot be written.
pub fn reserve(
    args: &CompareArgs,
    loaded: &[Loaded; 2],
    first_seed: u64,
) -> Result<Option<(Place, Identity)>, CommandError> {
    let Some(out) = args.out.as_deref() else {
        return Ok(None);
    };
    let identity = identity(args, loaded, first_seed);
    let place = Place::reserve(out, &identity, args.force)?;
    Ok(Some((place, identity)))
}

/// Fills the folder.
///
/// # Errors
/// If it cannot be written.
pub fn publish(
    (place, identity): &(Place, Identity),
    comparison: &Comparison,
    loaded: &[Loaded; 2],
    map: usize,
    args: &CompareArgs,
) -> Result<(), CommandError> {
    let tables: Vec<Table> = tables::all(comparison, map).map_err(CommandError::run)?;
    place.publish(|folder| {
        let mut files = Vec::new();
        for (name, loaded) in ["first", "second"].into_iter().zip(loaded) {
            files.extend(write_scenario(folder, name, loaded)?);
        }
        files.extend(output::write_tables(&tables, args.format, folder)?);
        write_manifest(folder, comparison, args, identity.clone(), files)
    })
}

/// Writes a scenario, every value resolved, and its own table of counties beside it.
fn write_scenario(folder: &Path, name: &str, loaded: &Loaded) -> Result<Vec<FileEntry>, CommandError> {
    let mut scenario = loaded.scenario.clone();
    let mut files = Vec::new();
    if let Some(table) = loaded.table.as_deref() {
        let own = format!("{name}_counties.csv");
        let about = format!("The {name} scenario's own table of counties.");
        files.push(output::write_bytes(folder, &own, &about, table)?);
        scenario.places.table = Some(own);
    }
    let about = format!("The {name} scenario as it was run, every value resolved; the seed aside.");
    files.push(output::write_text(folder, &format!("{name}.ron"), &about, &scenario.resolved_text())?);
    Ok(files)
}

fn write_manifest(
    folder: &Path,
    comparison: &Comparison,
    args: &CompareArgs,
    identity: Identity,
    files: Vec<FileEntry>,
) -> Result<(), CommandError> {
    let manifest = ComparisonManifest {
        program: PROGRAM,
        kind: "comparison",
        identity,
        first: comparison.names[0].clone(),
        second: comparison.names[1].clone(),
        seeds: comparison.seeds,
        reproduce: format!(
            "countryside compare first.ron second.ron --seeds {} --first-seed {} --map {}{}{} --out ../again",
            comparison.seeds,
            comparison.first_seed,
            recipe::quoted(&args.map),
            if args.explain { " --explain" } else { "" },
            recipe::form(args.format),
        ),
        files,
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(CommandError::run)?;
    output::write_text(folder, manifest::NAME, "This file.", &format!("{text}\n")).map(drop)
}
