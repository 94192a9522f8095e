//! `countryside run`: a scenario, or the rest of one from a checkpoint; on one rank or shared by several.

mod ensemble;

use crate::args::RunArgs;
use crate::checkpoint_file;
use crate::collective_check::{collective_check, same_run};
use crate::command_error::CommandError;
use crate::crash::{contained, going_on};
use crate::engine::{self, Simulation};
use crate::memory;
use crate::recipe;
use crate::session::{Begun, Session};
use crate::terminal;
use sim_core::runner::{Communicator, SingleRank};
use std::path::Path;

/// Runs.
///
/// # Errors
/// If the scenario is wrong, the run fails, or the user stops it.
pub fn run(args: &RunArgs) -> Result<(), CommandError> {
    run_on_ranks(args, &mut SingleRank)
}

/// Runs on several ranks, each of which makes this call. The first writes and prints the results, which
/// are those of one rank to the bit.
///
/// # Errors
/// Those of a run on one rank, on every rank the same; ranks that would run different things; more
/// ranks than counties.
pub fn run_on_ranks<C: Communicator>(args: &RunArgs, communicator: &mut C) -> Result<(), CommandError> {
    if let (Some(size), Some(scenario)) = (args.members.ensemble, &args.scenario) {
        if communicator.count() > 1 {
            return Err(CommandError::input(
                "--ensemble: members are runs of their own and share no machine\n  help: give their runs to \
                 many machines with countryside sweep plan",
            ));
        }
        return ensemble::run(args, scenario, size);
    }
    match (&args.resume, &args.scenario) {
        (Some(checkpoint), scenario) => resume(args, checkpoint, scenario.as_deref(), communicator),
        (None, Some(scenario)) => start(args, scenario, communicator),
        (None, None) => Err(CommandError::input("name a scenario, or a checkpoint with --resume")),
    }
}

fn start<C: Communicator>(args: &RunArgs, name: &str, communicator: &mut C) -> Result<(), CommandError> {
    let mut loaded = collective_check(communicator, engine::load(name, &args.changes.overrides()))?;
    same_run(communicator, &loaded.scenario, loaded.table.as_deref(), "from its beginning")?;
    if communicator.rank() == 0 {
        loaded.warnings.iter().for_each(|warning| terminal::note(&format!("warning: {warning}")));
    }
    let estimate = engine::estimate(&loaded)?;
    let needed = estimate.on(communicator.count());
    memory::check(&loaded.scenario, needed, args.execution.memory_limit)?;
    memory::allow(&mut loaded.scenario, needed);
    let (threads, count) = engine::threads(args.execution.threads);
    collective_check(communicator, memory::check_free(&loaded.scenario, needed, count))?;
    let session = Session::prepare(
        &loaded.scenario,
        loaded.table.as_deref(),
        None,
        &args.execution,
        &args.output,
        communicator,
    )?;
    let prepared = collective_check(communicator, engine::prepare(&loaded, threads, communicator.count()))?;
    let begun =
        Begun { simulation: Simulation::begin(prepared, communicator), threads: count, resumed_at: None };
    session.complete(begun, communicator)
}

fn resume<C: Communicator>(
    args: &RunArgs,
    checkpoint: &Path,
    name: Option<&str>,
    communicator: &mut C,
) -> Result<(), CommandError> {
    let (threads, count) = engine::threads(args.execution.threads);
    let limit = args.execution.memory_limit;
    let quiet = communicator.rank() > 0;
    let opened = checkpoint_file::or_previous(checkpoint, quiet, |path| {
        let content = checkpoint_file::allowed(path, limit, communicator.count())?;
        contained(|| Simulation::resume_on_ranks(content, threads, communicator))
            .map_err(|reason| checkpoint_file::refusal(path, reason))?
            .map_err(|reason| checkpoint_file::refusal(path, reason))
    });
    let opened = opened.and_then(|simulation| {
        name.map_or(Ok(()), |name| refuse_another_scenario(&simulation, name, checkpoint))?;
        Ok(simulation)
    });
    let simulation = collective_check(communicator, opened)?;
    let from = format!("from {} on ({})", simulation.now(), simulation.fingerprint());
    same_run(communicator, simulation.scenario(), simulation.table(), &from)?;
    let session = Session::prepare(
        simulation.scenario(),
        simulation.table(),
        recipe::origin_of(&simulation),
        &args.execution,
        &args.output,
        communicator,
    )?;
    let resumed_at = Some(simulation.now());
    let begun = Begun { simulation, threads: count, resumed_at };
    going_on(|| session.complete(begun, communicator))
        .map_err(|reason| checkpoint_file::refusal(checkpoint, reason))?
}

/// A checkpoint holds its scenario. One named beside it must be the same.
fn refuse_another_scenario(
    simulation: &Simulation,
    name: &str,
    checkpoint: &Path,
) -> Result<(), CommandError> {
    let named = engine::load(name, &[])?;
    if named.scenario.hash_with(named.table.as_deref()) == simulation.scenario().hash_with(simulation.table())
    {
        return Ok(());
    }
    Err(CommandError::input(format!(
        "{}: the checkpoint's scenario ({}) differs from {name}\n  help: leave {name} out to go on as \
         before; to change something from here on, use countryside branch",
        checkpoint.display(),
        simulation.scenario().name,
    )))
}
