//! Running what is missing.

use super::batch::batch;
use super::folder::Folder;
use super::gather::RecordReader;
use crate::args::experiment::WorkArgs;
use crate::batch::End;
use crate::command_error::CommandError;
use crate::interrupt;
use crate::recipe;
use crate::text::number::{count, of};
use sim_experiments::record::{Record, Values};

/// Runs those of some runs that are missing. `again` is the command that goes on.
///
/// # Errors
/// If a run cannot be written, the user stops it, or it takes longer than its budget. A run that fails is
/// recorded and stops nothing: [`refuse_failed`] tells of it when all is done.
pub fn run(
    folder: &Folder,
    runs: impl Iterator<Item = u64> + Send,
    work: &WorkArgs,
    again: &str,
) -> Result<(), CommandError> {
    let plan = &folder.plan;
    let batch = batch(plan, work)?;
    let pieces = folder.pieces();
    let known = pieces.index()?.runs;
    let missing: Vec<u64> = runs.filter(|run| !known.contains_key(run)).collect();
    let total = missing.len() as u64;
    if total == 0 {
        return Ok(());
    }
    interrupt::listen();
    let outcomes = &plan.experiment().outcomes;
    let mut writer = pieces.writer();
    let mut written = 0_u64;
    let given_up = interrupt::gives_up(&format!("stopped: finished runs are kept; go on with\n  {again}"));
    let end = batch.run(
        total,
        missing.into_iter(),
        |number| plan.job(number),
        |_, simulation| Values::of(simulation, outcomes),
        |finished| {
            let record = Record::from(finished);
            writer.write(record)?;
            written += 1;
            Ok(())
        },
    )?;
    drop(given_up);
    writer.pack()?;
    let kept = || {
        format!(
            "{} of {} were finished and are kept",
            count(written),
            of(total, "missing run", "missing runs")
        )
    };
    match end {
        End::Complete => Ok(()),
        End::Interrupted => {
            Err(CommandError::Interrupted(format!("stopped: {}; go on with\n  {again}", kept())))
        }
        End::OutOfTime => {
            Err(CommandError::run(format!("budget.hours is used up: {}; go on with\n  {again}", kept())))
        }
    }
}

/// Says that some of these runs failed, with the first reason: scripts and cluster engines then see it, while
/// all that was finished is kept.
///
/// # Errors
/// If some did.
pub fn refuse_failed(folder: &Folder, runs: impl Iterator<Item = u64>) -> Result<(), CommandError> {
    let index = folder.pieces().index()?;
    let (mut total, mut failed) = (0_u64, Vec::new());
    for run in runs {
        total += 1;
        if index.runs.get(&run).is_some_and(|known| known.failed) {
            failed.push(run);
        }
    }
    let Some(&first) = failed.first() else {
        return Ok(());
    };
    let record = RecordReader::new(folder.pieces(), &index).take(first)?;
    let why = record.and_then(|record| record.result.err());
    let why = why.map_or_else(String::new, |why| format!("; the first, run {first}: {why}"));
    let many = failed.len() as u64;
    let which = if many == total {
        format!("all {}", of(total, "run", "runs"))
    } else {
        format!("{} of {}", count(many), of(total, "run", "runs"))
    };
    let (path, word) = (folder.path.display(), recipe::path(&folder.path));
    Err(CommandError::run(format!(
        "{path}: {which} failed{why}\n  help: all others are kept; countryside sweep retry {word} forgets \
         the failed ones, so that they can be run again"
    )))
}
