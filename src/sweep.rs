//! `countryside sweep`: an experiment's runs, here on all processors or in shards wherever.
//!
//! There is one way: a plan, pieces, tables. The sweep on one machine plans one shard, runs all, and gathers.

mod engine;
mod folder;
mod gather;
mod grow;
mod lock;
mod pieces;
mod pilot;
mod planning;
mod status;
mod summary;
mod work;

pub use folder::{EXPERIMENT, Folder};
pub use pieces::{Pieces, Writer};

use crate::experiment_args::{ShardArgs, SweepArgs, SweepStep};
use crate::failure::Failure;
use crate::report::number::of;
use crate::terminal;
use crate::version;
use grow::Grown;
use sim_experiments::experiment::{Experiment, load};
use sim_experiments::plan::Plan;
use sim_files::{FileSource, read as files};
use std::path::Path;

/// Runs a sweep, or a step of one.
///
/// # Errors
/// If the experiment is wrong, somebody else is at work in the folder, the disk is full, or the user stops it.
pub fn sweep(args: &SweepArgs) -> Result<(), Failure> {
    match (&args.step, &args.experiment, &args.out) {
        (Some(SweepStep::Plan(args)), ..) => planning::step(args),
        (Some(SweepStep::Run(args)), ..) => run(args),
        (Some(SweepStep::Status(args)), ..) => status::status(args),
        (Some(SweepStep::Retry(args)), ..) => status::retry(args),
        (Some(SweepStep::Gather(args)), ..) => gather::step(args),
        (None, Some(experiment), _) if args.dry_run => pilot::report(&planned(experiment, 1)?, &args.work),
        (None, Some(experiment), Some(out)) => whole(args, experiment, out),
        (None, ..) => Err(Failure::input("name an experiment and a folder with --out")),
    }
}

/// Reads an experiment's file and plans its runs.
///
/// # Errors
/// Every fault of the file.
pub fn planned(path: &str, shards: u32) -> Result<Plan, Failure> {
    let experiment = read(path)?;
    if experiment.search.is_some() {
        let help = format!("it has a search, not a design: countryside optimise {path}");
        return Err(Failure::input(format!("{path}: {help}")));
    }
    Plan::new(experiment, &version::of_sweeps(), shards)
        .map_err(|reason| Failure::input(format!("{path}: {reason}")))
}

/// Reads an experiment's file.
///
/// # Errors
/// Every fault of the file.
pub fn read(path: &str) -> Result<Experiment, Failure> {
    load(&FileSource, path).map_err(Failure::input)
}

fn whole(args: &SweepArgs, experiment: &str, out: &Path) -> Result<(), Failure> {
    let plan = planned(experiment, 1)?;
    let folder = if args.resume && out.exists() {
        reopened_to_sweep(out, &plan, experiment)?
    } else {
        pilot::refuse_beyond_budget(&plan, &args.work)?;
        make(out, plan, experiment, None, args.grow.as_deref())?
    };
    let lock = folder.lock_all("running all")?;
    folder.pieces().clear_unfinished()?;
    let all = 0..folder.plan.runs();
    work::run(
        &folder,
        all.clone(),
        &args.work,
        &format!("countryside sweep {experiment} --out {} --resume", out.display()),
    )?;
    let gathered = gather::gather(&folder, args.format, false)?;
    drop(lock);
    summary::print(&folder, &gathered, &args.work)?;
    work::refuse_failed(&folder, all)
}

/// Makes the folder of an experiment, with the runs that are the same in the folder `from`, if one is named.
///
/// # Errors
/// If its name is taken, it cannot be written, or `from` is no folder of a sweep of this version.
pub fn make(
    out: &Path,
    plan: Plan,
    experiment: &str,
    script: Option<&engine::Script>,
    from: Option<&Path>,
) -> Result<Folder, Failure> {
    let path = Path::new(experiment);
    let written = files::bytes(path, files::WRITTEN).map_err(|error| Failure::reading(path, &error))?;
    let Some(from) = from else {
        return Folder::create(out, plan, &written, script, None);
    };
    let old = Folder::open(from)?;
    let grown = Grown::of(&old, &plan)?;
    let told = grown.told(&plan);
    let folder = Folder::create(out, plan, &written, script, Some(&grown))?;
    terminal::note(&format!("{}: {told}", out.display()));
    Ok(folder)
}

/// Opens the folder of a sweep that was begun; of another experiment it says how to keep the runs that are the same.
fn reopened_to_sweep(out: &Path, plan: &Plan, experiment: &str) -> Result<Folder, Failure> {
    let folder = Folder::open(out)?;
    let refused = match reopened(out, plan) {
        Ok(folder) => return Ok(folder),
        Err(refused) => refused,
    };
    let grown = Grown::of(&folder, plan)?;
    if grown.kept() == 0 {
        return Err(Failure::input(format!("{refused}; {}", grown.told(plan))));
    }
    let path = out.display();
    Err(Failure::input(format!(
        "{refused}, and keep the runs that are the same: countryside sweep {experiment} --out {path}-2 --grow {path}\n  {}",
        grown.told(plan)
    )))
}

/// Opens the folder of an experiment that was begun.
///
/// # Errors
/// If it was another one: what differs.
pub fn reopened(out: &Path, plan: &Plan) -> Result<Folder, Failure> {
    let folder = Folder::open(out)?;
    let asked = plan.stored().identity().map_err(Failure::run)?;
    if folder.identity == asked {
        return Ok(folder);
    }
    let what = difference(&folder.plan, plan);
    Err(Failure::input(format!(
        "{}: the experiment has changed since it was planned there ({what}): its runs may not stand beside the old ones\n  \
         help: choose another folder for the changed experiment",
        out.display()
    )))
}

/// What differs first between two experiments, in a few words.
fn difference(old: &Plan, new: &Plan) -> String {
    let (old, new) = (old.experiment(), new.experiment());
    let parts = [
        ("name", old.name != new.name),
        ("question", old.question != new.question),
        (
            "base scenario or `set`",
            old.scenarios.first() != new.scenarios.first(),
        ),
        ("policies", old.scenarios != new.scenarios),
        ("factors", old.factors != new.factors),
        ("design", old.method != new.method),
        (
            "replicates or seeds",
            (old.replicates, old.first_seed, old.common_luck)
                != (new.replicates, new.first_seed, new.common_luck),
        ),
        ("outcomes", old.outcomes != new.outcomes),
        ("search", old.search != new.search),
    ];
    let changed: Vec<&str> = parts
        .iter()
        .filter(|(_, differs)| *differs)
        .map(|(what, _)| *what)
        .collect();
    if changed.is_empty() {
        "it was planned by another version".to_owned()
    } else {
        changed.join(", ")
    }
}

fn run(args: &ShardArgs) -> Result<(), Failure> {
    let folder = Folder::open(&args.folder)?;
    let shards = folder.plan.stored().shards;
    let path = args.folder.display();
    let own = match args.shard {
        None => {
            let _lock = folder.lock_all("running all")?;
            folder.pieces().clear_unfinished()?;
            let all = 0..folder.plan.runs();
            work::run(
                &folder,
                all.clone(),
                &args.work,
                &format!("countryside sweep run {path}"),
            )?;
            all.collect::<Vec<u64>>()
        }
        Some((_, count)) if count != shards => {
            return Err(Failure::input(format!(
                "{path}: was planned with {}, not {count}",
                of(u64::from(shards), "shard", "shards")
            )));
        }
        Some((shard, _)) => {
            let _locks = folder.lock_shard(shard)?;
            let again = format!("countryside sweep run {path} --shard {}/{shards}", shard + 1);
            work::run(&folder, folder.plan.of_shard(shard), &args.work, &again)?;
            folder.plan.of_shard(shard).collect()
        }
    };
    if !args.work.quiet {
        status::print(&folder, args.work.json)?;
    }
    work::refuse_failed(&folder, own.into_iter())
}
