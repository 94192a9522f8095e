//! `countryside trial`: a randomised trial inside the model, run for some seeds and analysed as economists
//! do.

mod document;
mod report;
mod survey;

use crate::args::TrialArgs;
use crate::command_error::CommandError;
use crate::engine;
use crate::interrupt;
use crate::memory;
use crate::terminal;
use sim_core::base::Seed;
use sim_core::scenario::{Loaded, Scenario};
use sim_core::simulation::Simulation;
use sim_experiments::ensemble::{Ended, Ensemble, Job, JobError};
use sim_experiments::trial::{Panel, Replications, analyse};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use survey::TrialRun;

/// Runs and reports.
///
/// # Errors
/// Faults of the scenario, a scenario without a trial, a run that fails, or output that cannot be written.
pub fn trial(args: &TrialArgs) -> Result<(), CommandError> {
    let loaded = engine::load(&args.scenario, &args.changes.overrides())?;
    loaded.warnings.iter().for_each(|warning| terminal::note(&format!("warning: {warning}")));
    let scenario = &loaded.scenario;
    if !scenario.parameters.trial.enabled {
        return Err(CommandError::input(format!(
            "{} has no trial: add --set trial.enabled=true, or run the built-in scenario `trial`",
            scenario.name
        )));
    }
    let (_, threads) = engine::threads(args.threads);
    let at_a_time = threads.min(args.seeds as usize);
    let needed = engine::estimate(&loaded)?.bytes * at_a_time as u64;
    memory::check_free(scenario, needed, at_a_time)?;
    if let Some(path) = &args.survey {
        survey::refuse_existing(path)?;
    }
    interrupt::listen();
    let runs = run(args, &loaded)?;
    if let Some(path) = &args.survey {
        survey::write(path, &runs)?;
    }
    let trials = runs.iter().map(|(&seed, run)| (seed, analyse(&run.panel)));
    let replications = Replications { trials: trials.collect() };
    if args.json {
        terminal::print(&document::json(scenario, &replications)?)
    } else if args.csv {
        terminal::print(&document::csv(&replications)?)
    } else {
        terminal::print(&terminal::harmless(&report::text(scenario, &replications, terminal::width())))
    }
}

/// Runs a trial for each seed.
fn run(args: &TrialArgs, loaded: &Loaded) -> Result<BTreeMap<u64, TrialRun>, CommandError> {
    let scenario = &loaded.scenario;
    let table: Option<Arc<[u8]>> = loaded.table.as_deref().map(Arc::from);
    let first = scenario.seed.0;
    let last = first.checked_add(u64::from(args.seeds)).ok_or_else(|| {
        CommandError::input(format!("seed {first} leaves no room for {} seeds after it", args.seeds))
    })?;
    let job = |seed: u64| Ok(Job { scenario: seeded(scenario, seed), table: table.clone() });
    let wants_answers = args.survey.is_some();
    let look = |_: u64, simulation: &Simulation| -> TrialRun {
        let answers = || simulation.outcome().tables.into_iter().find(|table| table.name == "survey");
        TrialRun { panel: Panel::of(simulation), survey: wants_answers.then(answers).flatten() }
    };
    let mut runs = BTreeMap::new();
    let mut failed: Option<(u64, JobError)> = None;
    let (_, threads) = engine::threads(args.threads);
    let _given_up = interrupt::gives_up("stopped before all trials were made; nothing was written");
    let ended = Ensemble::new(threads.min(args.seeds as usize)).cancelled_by(&interrupt::requested).run(
        first..last,
        job,
        look,
        |finished| match finished.result {
            Ok(run) => {
                runs.insert(finished.index, run);
                if args.seeds > 1 && terminal::shows_progress() {
                    terminal::note(&format!("trial {} of {}", runs.len(), args.seeds));
                }
                ControlFlow::Continue(())
            }
            Err(failure) => {
                failed = Some((finished.index, failure));
                ControlFlow::Break(())
            }
        },
    );
    match failed {
        Some((seed, JobError::Refused(faults))) => Err(CommandError::input(format!("seed {seed}: {faults}"))),
        Some((seed, failure)) => Err(CommandError::run(format!("seed {seed}: {failure}"))),
        None if ended == Ended::Cancelled => Err(CommandError::Interrupted(format!(
            "stopped after {} of {} trials; nothing was written",
            runs.len(),
            args.seeds
        ))),
        None => Ok(runs),
    }
}

fn seeded(scenario: &Scenario, seed: u64) -> Scenario {
    Scenario { seed: Seed(seed), ..scenario.clone() }
}
