//! Tables of a sweep's runs: the same, byte for byte, whatever shards made them and in whatever order.

use super::folder::Folder;
use super::pieces::{PieceIndex, Pieces};
use super::sources::readable;
use crate::args::Format;
use crate::args::experiment::GatherArgs;
use crate::command_error::CommandError;
use crate::output::file::{sync_folder, write_atomically};
use crate::output::manifest::{FileEntry, NAME, PROGRAM};
use crate::output::{dictionary, write_parts, write_table};
use crate::recipe;
use crate::terminal;
use crate::text::number::{count, of};
use crate::version;
use serde::Serialize;
use sim_core::metrics::table::{Table, TableError};
use sim_experiments::plan::RunPlan;
use sim_experiments::record::Record;
use sim_experiments::tables;
use sim_files::folder;
use sim_files::write::{clear_all, fresh_folder};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

/// Runs of a part of the table of runs.
const PART: usize = 1 << 14;

/// What `manifest.json` of a sweep says.
#[derive(Clone, Debug, Serialize)]
pub struct SweepManifest {
    program: &'static str,
    version: String,
    model: String,
    kind: &'static str,
    /// The experiment's name.
    pub experiment: String,
    question: String,
    /// Digest of the plan: two folders of one identity hold the same experiment.
    identity: String,
    design: &'static str,
    points: usize,
    replicates: u32,
    /// Members of the ensemble that every point is run with; none without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<usize>,
    /// Runs planned.
    pub runs: u64,
    /// Runs done well.
    pub done: u64,
    /// Runs that failed.
    pub failed: u64,
    /// Runs that are missing.
    pub missing: u64,
    /// Time of all finished runs on their threads \[seconds\]; another in every sweep.
    pub run_seconds: f64,
    reproduce: String,
    /// The files.
    pub files: Vec<FileEntry>,
}

/// `sweep gather`.
///
/// # Errors
/// If runs are missing, or the tables cannot be written.
pub fn step(args: &GatherArgs) -> Result<(), CommandError> {
    let folder = Folder::open(&args.folder)?;
    let _lock = super::lock::SweepLock::exclusive(&folder.path, "gather", "gathering")?;
    let manifest = gather(&folder, args.format, args.partial)?;
    if args.json {
        let text = serde_json::to_string_pretty(&manifest).map_err(CommandError::run)?;
        return terminal::print(&format!("{text}\n"));
    }
    let names: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    let more = match manifest.missing + manifest.failed {
        0 => String::new(),
        _ => format!(" ({} failed, {} missing)", count(manifest.failed), count(manifest.missing)),
    };
    terminal::print(&format!(
        "{}: {} of {}{more}\n  {}\n",
        args.folder.display(),
        count(manifest.done),
        of(manifest.runs, "run", "runs"),
        names.join(", ")
    ))
}

/// Makes the tables and the manifest.
///
/// # Errors
/// If runs are missing and not `partial`, or the tables cannot be written; old ones are then untouched.
pub fn gather(folder: &Folder, format: Format, partial: bool) -> Result<SweepManifest, CommandError> {
    let pieces = folder.pieces();
    let index = pieces.index()?;
    let missing = folder.plan.runs() - index.runs.len() as u64;
    if missing > 0 && !partial {
        return Err(incomplete(folder, &index, missing));
    }
    folder::clear(&folder.path, OsStr::new(UNFINISHED))
        .and_then(|()| clear_all(&folder.path))
        .map_err(|error| CommandError::writing(&folder.path, &error, None))?;
    let fault = |error: io::Error| CommandError::writing(&folder.path, &error, Some(index.bytes));
    let fresh = fresh_folder(&folder.path, OsStr::new(UNFINISHED)).map_err(fault)?;
    let named = |failure: CommandError| failure.naming(fresh.path(), &folder.path);
    let files = write(&folder.plan, pieces, &index, format, fresh.path()).map_err(named)?;
    for file in &files {
        folder::rename(&fresh.path().join(&file.name), &folder.path.join(&file.name)).map_err(fault)?;
    }
    let manifest = manifest(folder, &index, missing, format, files);
    let text = serde_json::to_string_pretty(&manifest).map_err(CommandError::run)?;
    write_atomically(&folder.path.join(NAME), format!("{text}\n").as_bytes()).map_err(fault)?;
    sync_folder(&folder.path).map_err(fault)?;
    Ok(manifest)
}

/// How folders of tables begin that are being written. Who gathers holds the lock, so that one which is there
/// before is what a killed process left.
const UNFINISHED: &str = ".gather-";

fn incomplete(folder: &Folder, index: &PieceIndex, missing: u64) -> CommandError {
    let plan = &folder.plan;
    let shards = plan.stored().shards;
    let lacking: Vec<u32> =
        (0..shards).filter(|&shard| plan.of_shard(shard).any(|run| !index.runs.contains_key(&run))).collect();
    let named: Vec<String> = lacking.iter().take(8).map(|shard| format!("{}/{shards}", shard + 1)).collect();
    let more = if lacking.len() > named.len() { " ..." } else { "" };
    CommandError::run(format!(
        "{}: {} of {} are missing, of {} {}{more}\n  help: countryside sweep run {} [--shard I/N] runs what \
         is missing; --partial makes tables without them",
        folder.path.display(),
        count(missing),
        of(plan.runs(), "run", "runs"),
        if lacking.len() == 1 { "shard" } else { "shards" },
        named.join(", "),
        recipe::path(&folder.path),
    ))
}

fn manifest(
    folder: &Folder,
    index: &PieceIndex,
    missing: u64,
    format: Format,
    files: Vec<FileEntry>,
) -> SweepManifest {
    let (stored, experiment) = (folder.plan.stored(), folder.plan.experiment());
    SweepManifest {
        program: PROGRAM,
        version: stored.version.clone(),
        model: version::of_model(),
        kind: "sweep",
        experiment: experiment.name.clone(),
        question: experiment.question.clone(),
        identity: format!("{:032x}", folder.identity),
        design: experiment.method.as_ref().map_or("", |method| method.name()),
        points: folder.plan.points(),
        replicates: experiment.replicates,
        members: experiment.worlds.as_ref().map(|worlds| worlds.members.len()),
        runs: folder.plan.runs(),
        done: index.done(),
        failed: index.failed(),
        missing,
        run_seconds: index.runs.values().map(|known| known.seconds).sum(),
        reproduce: recipe::of_sweep(&readable(&folder.path), format),
        files,
    }
}

fn write(
    plan: &RunPlan,
    pieces: &Pieces,
    index: &PieceIndex,
    format: Format,
    folder: &Path,
) -> Result<Vec<FileEntry>, CommandError> {
    let made = |table: Result<Table, TableError>| table.map_err(CommandError::run);
    let like = [made(tables::runs(plan, &[]))?, made(tables::series(plan, &[]))?];
    let need = index.bytes.max(4096);
    let has_series = plan.experiment().outcomes.iter().any(|outcome| !outcome.kept.is_number());
    let runs = parts(pieces, index, PART, |_| 1, |records| tables::runs(plan, records));
    let mut files = vec![write_parts(&like[0], runs, need, format, folder)?];
    if has_series {
        let rows = parts(pieces, index, tables::CHUNK_ROWS, tables::series_rows, |records| {
            tables::series(plan, records)
        });
        files.push(write_parts(&like[1], rows, need, format, folder)?);
    }
    let failed = failed(pieces, index)?;
    let failures = made(tables::failures(&failed))?;
    files.push(write_table(&failures, Format::Csv, folder)?);
    files.push(write_table(&made(tables::outcomes(plan))?, Format::Csv, folder)?);
    let [runs, series] = like;
    let mut known = if has_series { vec![runs, series, failures] } else { vec![runs, failures] };
    if plan.shared().is_shared() {
        let design = made(plan.shared().table())?;
        files.push(write_table(&design, format, folder)?);
        known.push(design);
    }
    files.push(write_table(&dictionary(&known), Format::Csv, folder)?);
    Ok(files)
}

fn failed(pieces: &Pieces, index: &PieceIndex) -> Result<Vec<Record>, CommandError> {
    let mut found = Vec::new();
    let mut reader = RecordReader::new(pieces, index);
    for (&run, _) in index.runs.iter().filter(|(_, known)| known.failed) {
        found.extend(reader.take(run)?);
    }
    Ok(found)
}

/// A table in parts: runs in order until they have `most` rows.
fn parts<'p>(
    pieces: &'p Pieces,
    index: &'p PieceIndex,
    most: usize,
    rows: impl Fn(&Record) -> usize + 'p,
    table: impl Fn(&[Record]) -> Result<Table, TableError> + 'p,
) -> impl Iterator<Item = io::Result<Cow<'static, Table>>> + 'p {
    let mut reader = RecordReader::new(pieces, index);
    let mut numbers = index.runs.keys().copied().peekable();
    std::iter::from_fn(move || {
        numbers.peek()?;
        let (mut records, mut held) = (Vec::new(), 0);
        while held < most {
            let Some(number) = numbers.next() else { break };
            match reader.take(number) {
                Ok(record) => {
                    held += record.as_ref().map_or(0, &rows);
                    records.extend(record);
                }
                Err(failure) => return Some(Err(io::Error::other(failure.to_string()))),
            }
        }
        let made = table(&records).map(Cow::Owned);
        Some(made.map_err(|fault| io::Error::other(fault.to_string())))
    })
}

/// Takes records in the order of their runs; a file is read when its first run is due and forgotten with its
/// last.
pub struct RecordReader<'p> {
    pieces: &'p Pieces,
    index: &'p PieceIndex,
    open: BTreeMap<u64, (usize, Record)>,
    read: Vec<bool>,
}

impl<'p> RecordReader<'p> {
    /// A reader of what an index lists.
    pub fn new(pieces: &'p Pieces, index: &'p PieceIndex) -> RecordReader<'p> {
        RecordReader { pieces, index, open: BTreeMap::new(), read: vec![false; index.files.len()] }
    }

    /// The record of a run; nothing if there is none.
    ///
    /// # Errors
    /// If its file cannot be read.
    pub fn take(&mut self, run: u64) -> Result<Option<Record>, CommandError> {
        let Some(known) = self.index.runs.get(&run) else {
            return Ok(None);
        };
        if !self.read.get(known.file).copied().unwrap_or(true) {
            for record in self.pieces.read(&self.index.files[known.file])? {
                let is_due = self.index.runs.get(&record.run).is_some_and(|own| own.file == known.file);
                if is_due && record.run >= run {
                    self.open.insert(record.run, (known.file, record));
                }
            }
            self.read[known.file] = true;
        }
        Ok(self.open.remove(&run).map(|(_, record)| record))
    }
}
