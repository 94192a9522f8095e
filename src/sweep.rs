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
mod replan;
mod sizes;
mod sources;
mod status;
mod summary;
mod work;

pub use folder::Folder;
pub use pieces::{Pieces, Writer};
pub use sources::{Sources, readable};

use crate::experiment_args::{ShardArgs, SweepArgs, SweepStep};
use crate::failure::Failure;
use crate::recipe;
use crate::report::number::of;
use crate::terminal;
use crate::version;
use grow::Grown;
use sim_experiments::plan::Plan;
use std::path::Path;

/// Runs a sweep, or a step of one.
///
/// # Errors
/// If the experiment is wrong, somebody else is at work in the folder, the disk is full, or the user stops
/// it.
pub fn sweep(args: &SweepArgs) -> Result<(), Failure> {
    match (&args.step, &args.experiment, &args.out) {
        (Some(SweepStep::Plan(args)), ..) => planning::step(args),
        (Some(SweepStep::Run(args)), ..) => run(args),
        (Some(SweepStep::Status(args)), ..) => status::status(args),
        (Some(SweepStep::Retry(args)), ..) => status::retry(args),
        (Some(SweepStep::Gather(args)), ..) => gather::step(args),
        (None, Some(experiment), _) if args.dry_run => pilot::report(&planned(experiment, 1)?.0, &args.work),
        (None, Some(experiment), Some(out)) => whole(args, experiment, out),
        (None, ..) => Err(Failure::input("name an experiment and a folder with --out")),
    }
}

/// Reads an experiment's file and plans its runs.
///
/// # Errors
/// Every fault of the file.
pub fn planned(path: &str, shards: u32) -> Result<(Plan, Sources), Failure> {
    let (experiment, sources) = Sources::read(path)?;
    if experiment.search.is_some() {
        let help = format!(
            "it has a search, not a design: countryside optimise {} --out DIR",
            recipe::file_word(path)
        );
        return Err(Failure::input(format!("{path}: {help}")));
    }
    let plan = Plan::new(experiment, &version::of_sweeps(), shards)
        .map_err(|reason| Failure::input(format!("{path}: {reason}")))?;
    Ok((plan, sources))
}

fn whole(args: &SweepArgs, experiment: &str, out: &Path) -> Result<(), Failure> {
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

/// Makes the folder of an experiment, with the runs that are the same in the folder `from`, if one is named.
///
/// # Errors
/// If its name is taken, it cannot be written, or `from` is no folder of a sweep of this version.
pub fn make(
    out: &Path,
    plan: Plan,
    sources: &Sources,
    script: Option<&engine::Script>,
    from: Option<&Path>,
) -> Result<Folder, Failure> {
    let Some(from) = from else {
        return Folder::create(out, plan, sources, script, None);
    };
    let old = Folder::open(from)?;
    if old.plan.experiment().search.is_some() {
        return Err(Failure::input(format!(
            "{}: holds a search: its plans are no points of a design, and its runs cannot be kept",
            from.display()
        )));
    }
    let grown = Grown::of(&old, &plan)?;
    let told = grown.told(&plan);
    let folder = Folder::create(out, plan, sources, script, Some(&grown))?;
    terminal::note(&format!("{}: {told}", out.display()));
    Ok(folder)
}

/// Opens the folder of a sweep that was begun; of another experiment it says how to keep the runs that are
/// the same.
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
    let next = std::path::PathBuf::from(format!("{}-2", out.display()));
    Err(Failure::input(format!(
        "{refused}, and keep the runs that are the same: countryside sweep {} --out {} --grow {}\n  {}",
        recipe::file_word(experiment),
        recipe::path(&next),
        recipe::path(out),
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
        "{}: the experiment has changed since it was planned there ({what}): its runs may not stand beside \
         the old ones\n  help: choose another folder for the changed experiment",
        out.display()
    )))
}

/// What differs first between two experiments, in a few words.
fn difference(old: &Plan, new: &Plan) -> String {
    let (old, new) = (old.experiment(), new.experiment());
    let parts = [
        ("name", old.name != new.name),
        ("question", old.question != new.question),
        ("base scenario or `set`", old.scenarios.first() != new.scenarios.first()),
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
    let changed: Vec<&str> = parts.iter().filter(|(_, differs)| *differs).map(|(what, _)| *what).collect();
    if changed.is_empty() { "it was planned by another version".to_owned() } else { changed.join(", ") }
}

fn run(args: &ShardArgs) -> Result<(), Failure> {
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
            return Err(Failure::input(format!(
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
