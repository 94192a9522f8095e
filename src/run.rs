//! `countryside run`: a scenario, or the rest of one from a checkpoint.

use crate::args::RunArgs;
use crate::checkpoint_file;
use crate::engine::{self, Simulation};
use crate::failure::Failure;
use crate::memory;
use crate::session::{Begun, Session};
use crate::terminal;
use std::path::Path;

/// Runs.
///
/// # Errors
/// If the scenario is wrong, the run fails, or the user stops it.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    match (&args.resume, &args.scenario) {
        (Some(checkpoint), scenario) => resume(args, checkpoint, scenario.as_deref()),
        (None, Some(scenario)) => start(args, scenario),
        (None, None) => Err(Failure::input("name a scenario, or a checkpoint with --resume")),
    }
}

fn start(args: &RunArgs, name: &str) -> Result<(), Failure> {
    let mut loaded = engine::load(name, &args.changes.overrides())?;
    loaded
        .warnings
        .iter()
        .for_each(|warning| terminal::note(&format!("warning: {warning}")));
    let estimate = engine::estimate(&loaded)?;
    memory::check(&loaded.scenario, &estimate, args.execution.memory_limit)?;
    memory::allow(&mut loaded.scenario, &estimate);
    let session = Session::prepare(
        &loaded.scenario,
        loaded.table.as_deref(),
        None,
        &args.execution,
        &args.output,
    )?;
    let (threads, count) = engine::threads(args.execution.threads);
    let simulation = engine::build(&loaded, threads)?;
    session.complete(Begun {
        simulation,
        threads: count,
        resumed_at: None,
    })
}

fn resume(args: &RunArgs, checkpoint: &Path, name: Option<&str>) -> Result<(), Failure> {
    let content = checkpoint_file::load(checkpoint)?;
    let (threads, count) = engine::threads(args.execution.threads);
    let simulation = Simulation::resume(&content, threads)
        .map_err(|reason| checkpoint_file::refusal(checkpoint, reason))?;
    if let Some(name) = name {
        refuse_another_scenario(&simulation, name, checkpoint)?;
    }
    let session = Session::prepare(
        simulation.scenario(),
        simulation.table(),
        None,
        &args.execution,
        &args.output,
    )?;
    let resumed_at = Some(simulation.now());
    session.complete(Begun {
        simulation,
        threads: count,
        resumed_at,
    })
}

/// A checkpoint holds its scenario. One named beside it must be the same.
fn refuse_another_scenario(simulation: &Simulation, name: &str, checkpoint: &Path) -> Result<(), Failure> {
    let named = engine::load(name, &[])?;
    if named.scenario.hash_with(named.table.as_deref()) == simulation.scenario().hash_with(simulation.table())
    {
        return Ok(());
    }
    Err(Failure::input(format!(
        "{}: the checkpoint's scenario ({}) differs from {name}\n  \
         help: leave {name} out to go on as before; to change something from here on, use countryside branch",
        checkpoint.display(),
        simulation.scenario().name,
    )))
}
