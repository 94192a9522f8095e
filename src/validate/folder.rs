//! A validation's folder.

use super::tables;
use crate::args::ValidateArgs;
use crate::command_error::CommandError;
use crate::evidence::own::EvidenceBase;
use crate::evidence::runs::WantedRuns;
use crate::output::manifest::{self, FileEntry, Identity, PROGRAM};
use crate::output::{self, Place};
use crate::recipe;
use crate::version;
use serde::Serialize;
use sim_experiments::evidence::trace::Trace;
use sim_experiments::evidence::verdict::Judged;
use std::collections::BTreeMap;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

#[derive(Serialize)]
struct ValidationManifest {
    program: &'static str,
    kind: &'static str,
    #[serde(flatten)]
    identity: Identity,
    quick: bool,
    runs: usize,
    failed_runs: usize,
    reproduce: String,
    files: Vec<FileEntry>,
}

/// The folder of a validation before its runs.
pub struct ReservedFolder {
    /// Where it will stand.
    place: Place,
    /// What will be in it.
    identity: Identity,
    /// Runs that are wanted.
    runs: usize,
}

/// Takes the place of the folder.
///
/// # Errors
/// If it is taken, or cannot be written.
pub fn reserve(
    out: &Path,
    wanted: &[WantedRuns],
    args: &ValidateArgs,
) -> Result<ReservedFolder, CommandError> {
    let content: String = wanted.iter().map(|run| format!("{}\n", run.name())).collect();
    let identity = Identity {
        version: version::of_results(),
        model: version::of_model(),
        scenario: "validation".to_owned(),
        hash: format!("{:032x}", xxh3_128(content.as_bytes())),
        seed: 1,
        branched_from: None,
    };
    let place = Place::reserve(out, &identity, args.force)?;
    Ok(ReservedFolder { place, identity, runs: wanted.len() })
}

/// Fills the folder.
///
/// # Errors
/// If it cannot be written.
pub fn publish(
    ReservedFolder { place, identity, runs }: &ReservedFolder,
    base: &EvidenceBase,
    judged: &[Judged],
    traces: &BTreeMap<String, Vec<Trace>>,
    args: &ValidateArgs,
) -> Result<(), CommandError> {
    let tables = tables::all(base, judged, traces, args).map_err(CommandError::run)?;
    let finished: usize = traces.values().map(Vec::len).sum();
    place.publish(|folder| {
        let manifest = ValidationManifest {
            program: PROGRAM,
            kind: "validation",
            identity: identity.clone(),
            quick: args.quick,
            runs: *runs,
            failed_runs: runs - finished,
            reproduce: reproduce(args),
            files: output::write_tables(&tables, args.format, folder)?,
        };
        let text = serde_json::to_string_pretty(&manifest).map_err(CommandError::run)?;
        output::write_text(folder, manifest::NAME, "This file.", &format!("{text}\n")).map(drop)
    })
}

fn reproduce(args: &ValidateArgs) -> String {
    let mut command = "countryside validate".to_owned();
    if args.quick {
        command += " --quick";
    }
    if let Some(seeds) = args.seeds {
        command += &format!(" --seeds {seeds}");
    }
    for run in &args.only {
        command += &format!(" --only {}", recipe::quoted(run));
    }
    for (option, path) in [("targets", &args.own.targets), ("facts", &args.own.facts)] {
        // The folder is elsewhere when it is made again.
        let path = path.as_ref().map(|path| sim_files::folder::real(path));
        if let Some(path) = path {
            command += &format!(" --{option} {}", recipe::path(&path));
        }
    }
    for (path, value) in &args.set {
        command += &format!(" --set {}", recipe::quoted(&format!("{path}={value}")));
    }
    // Finished runs are not kept in the folder that is made again.
    command + &recipe::form(args.format) + " --keep ../again.runs --out ../again"
}
