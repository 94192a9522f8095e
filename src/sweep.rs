//! `countryside sweep`: an experiment's runs, here on all processors or in shards wherever.
//!
//! There is one way: a plan, pieces, tables. The sweep on one machine plans one shard, runs all, and gathers.

mod batch;
mod engine;
mod folder;
mod gather;
mod grow;
mod lock;
mod names;
mod opening;
mod pieces;
mod pilot;
mod planning;
mod replan;
mod sizes;
mod sources;
mod status;
mod summary;
mod work;

pub use batch::batch;
pub use folder::Folder;
pub use opening::reopened;
pub use pieces::{Pieces, Writer};
pub use sources::{ExperimentFiles, readable};
pub use work::refuse_failed;

use crate::args::Format;
use crate::args::experiment::{ShardArgs, SweepArgs, SweepStep, WorkArgs};
use crate::command_error::CommandError;
use crate::recipe;
use crate::text::number::of;
use opening::{make, planned, reopened_to_sweep};
use sim_experiments::plan::RunPlan;
use std::path::Path;

/// Runs a sweep, or a step of one.
///
/// # Errors
/// If the experiment is wrong, somebody else is at work in the folder, the disk is full, or the user stops
/// it.
pub fn sweep(args: &SweepArgs) -> Result<(), CommandError> {
    match (&args.step, &args.experiment, &args.out) {
        (Some(SweepStep::Plan(args)), ..) => planning::step(args),
        (Some(SweepStep::Run(args)), ..) => run(args),
        (Some(SweepStep::Status(args)), ..) => status::status(args),
        (Some(SweepStep::Retry(args)), ..) => status::retry(args),
        (Some(SweepStep::Gather(args)), ..) => gather::step(args),
        (None, Some(experiment), _) if args.dry_run => pilot::report(&planned(experiment, 1)?.0, &args.work),
        (None, Some(experiment), Some(out)) => whole(args, experiment, out),
        (None, ..) => Err(CommandError::input("name an experiment and a folder with --out")),
    }
}

fn whole(args: &SweepArgs, experiment: &str, out: &Path) -> Result<(), CommandError> {
    let (plan, sources) = planned(experiment, 1)?;
    let folder = if args.resume && out.exists() {
        reopened_to_sweep(out, &plan, experiment)?
    } else {
        pilot::refuse_beyond_budget(&plan, &args.work)?;
        make(out, plan, &sources, None, args.grow.as_deref())?
    };
    let lock = folder.lock_all("running all")?;
    folder.pieces().clear_unfinished()?;
    let all = 0..folder.plan.runs();
    work::run(
        &folder,
        all.clone(),
        &args.work,
        &format!("countryside sweep {} --out {} --resume", recipe::file_word(experiment), recipe::path(out)),
    )?;
    let gathered = gather::gather(&folder, args.format, false)?;
    drop(lock);
    summary::print(&folder, &gathered, &args.work)?;
    work::refuse_failed(&folder, all)
}

/// Runs a plan that was made here, in a folder that keeps it with its tables; goes on with the same one that
/// was begun there. `again` is the command that goes on.
///
/// # Errors
/// As for [`sweep`]; runs that failed are left to [`refuse_failed`].
pub fn in_folder(
    plan: RunPlan,
    files: &ExperimentFiles,
    out: &Path,
    work: &WorkArgs,
    format: Format,
    again: &str,
) -> Result<Folder, CommandError> {
    let folder = if out.exists() { reopened(out, &plan)? } else { make(out, plan, files, None, None)? };
    let _lock = folder.lock_all("running all")?;
    folder.pieces().clear_unfinished()?;
    work::run(&folder, 0..folder.plan.runs(), work, again)?;
    gather::gather(&folder, format, false)?;
    Ok(folder)
}

fn run(args: &ShardArgs) -> Result<(), CommandError> {
    let folder = Folder::open(&args.folder)?;
    let shards = folder.plan.stored().shards;
    let (path, word) = (args.folder.display(), recipe::path(&args.folder));
    let own = match args.shard {
        None => {
            let _lock = folder.lock_all("running all")?;
            folder.pieces().clear_unfinished()?;
            let all = 0..folder.plan.runs();
            work::run(&folder, all.clone(), &args.work, &format!("countryside sweep run {word}"))?;
            all.collect::<Vec<u64>>()
        }
        Some((_, count)) if count != shards => {
            return Err(CommandError::input(format!(
                "{path}: was planned with {}, not {count}",
                of(u64::from(shards), "shard", "shards")
            )));
        }
        Some((shard, _)) => {
            let _locks = folder.lock_shard(shard)?;
            let again = format!("countryside sweep run {word} --shard {}/{shards}", shard + 1);
            work::run(&folder, folder.plan.of_shard(shard), &args.work, &again)?;
            folder.plan.of_shard(shard).collect()
        }
    };
    if !args.work.quiet {
        status::print(&folder, args.work.json)?;
    }
    work::refuse_failed(&folder, own.into_iter())
}
