//! A comparison's folder: its tables, and both scenarios, so that it can be made again from itself.

use super::comparison::Comparison;
use super::pairing::Pairing;
use super::tables;
use crate::args::experiment::CompareArgs;
use crate::command_error::CommandError;
use crate::members::EnsembleFile;
use crate::output::manifest::{self, FileEntry, Identity, PROGRAM};
use crate::output::{self, Place};
use crate::recipe;
use crate::version;
use serde::Serialize;
use sim_core::metrics::table::Table;
use sim_core::scenario::Loaded;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

/// The file of members in the folder.
const MEMBERS: &str = "ensemble.csv";

#[derive(Serialize)]
struct ComparisonManifest {
    program: &'static str,
    kind: &'static str,
    #[serde(flatten)]
    identity: Identity,
    first: String,
    second: String,
    seeds: u32,
    /// Members of the ensemble; none without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<usize>,
    reproduce: String,
    files: Vec<FileEntry>,
}

fn identity(args: &CompareArgs, loaded: &[Loaded; 2], pairing: &Pairing) -> Identity {
    let [a, b] = [&loaded[0].scenario, &loaded[1].scenario];
    let mut content =
        format!("{:032x} {:032x} {} {} {}", a.hash(), b.hash(), pairing.seeds, args.explain, args.map);
    if let Some(worlds) = &pairing.worlds {
        content += &format!(" {worlds:?}");
    }
    Identity {
        version: version::of_results(),
        model: version::of_model(),
        scenario: format!("{} against {}", b.name, a.name),
        hash: format!("{:032x}", xxh3_128(content.as_bytes())),
        seed: pairing.first_seed,
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
    pairing: &Pairing,
) -> Result<Option<(Place, Identity)>, CommandError> {
    let Some(out) = args.out.as_deref() else {
        return Ok(None);
    };
    let identity = identity(args, loaded, pairing);
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
    ensemble: Option<EnsembleFile>,
) -> Result<(), CommandError> {
    let tables: Vec<Table> = tables::all(comparison, map).map_err(CommandError::run)?;
    place.publish(|folder| {
        let mut files = Vec::new();
        for (at, (name, loaded)) in ["first", "second"].into_iter().zip(loaded).enumerate() {
            let worlds = comparison.pairing.worlds.as_ref();
            let open: Vec<&str> =
                worlds.iter().flat_map(|worlds| worlds.changes(0, at)).map(|(path, _)| path).collect();
            files.extend(write_scenario(folder, name, loaded, &open)?);
        }
        if let Some(ensemble) = &ensemble {
            let about = "The ensemble's members, as they were read.";
            files.push(output::write_bytes(folder, MEMBERS, about, &ensemble.bytes)?);
        }
        files.extend(output::write_tables(&tables, args.format, folder)?);
        write_manifest(folder, comparison, args, identity.clone(), files)
    })
}

/// Writes a scenario, every value resolved, and its own table of counties beside it.
fn write_scenario(
    folder: &Path,
    name: &str,
    loaded: &Loaded,
    open: &[&str],
) -> Result<Vec<FileEntry>, CommandError> {
    let mut scenario = loaded.scenario.clone();
    let mut files = Vec::new();
    if let Some(table) = loaded.table.as_deref() {
        let own = scenario.places.keep_as(&format!("{name}_counties")).unwrap_or_default();
        let about = format!("The {name} scenario's own places.");
        files.push(output::write_bytes(folder, &own, &about, table)?);
    }
    let but = if open.is_empty() { "" } else { " but those of the ensemble's members" };
    let about = format!("The {name} scenario as it was run, every value resolved{but}; the seed aside.");
    let text = scenario.resolved_text_without(open);
    files.push(output::write_text(folder, &format!("{name}.ron"), &about, &text)?);
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
        seeds: comparison.pairing.seeds,
        members: comparison.pairing.worlds.as_ref().map(|worlds| worlds.members.len()),
        reproduce: format!(
            "countryside compare first.ron second.ron{} --seeds {} --first-seed {} --map {}{}{} --out \
            ../again",
            args.members.ensemble.map_or_else(String::new, |size| {
                format!(" --ensemble {} --ensemble-file {MEMBERS}", size.text())
            }),
            comparison.pairing.seeds,
            comparison.pairing.first_seed,
            recipe::quoted(&args.map),
            if args.explain { " --explain" } else { "" },
            recipe::form(args.format),
        ),
        files,
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(CommandError::run)?;
    output::write_text(folder, manifest::NAME, "This file.", &format!("{text}\n")).map(drop)
}
