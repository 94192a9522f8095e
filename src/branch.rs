//! `countryside branch`: on from a moment with something changed.

use crate::args::BranchArgs;
use crate::checkpoint_file;
use crate::command_error::CommandError;
use crate::crash::{contained, going_on};
use crate::engine::{self, Simulation};
use crate::interrupt;
use crate::memory;
use crate::recipe;
use crate::session::{Begun, Session};
use crate::terminal;
use sim_core::base::{Date, Delay, Time};
use sim_core::runner::SingleRank;
use sim_core::scenario::{Loaded, Scenario};
use sim_core::simulation::{BranchError, changed};

/// Branches from a checkpoint, or from a scenario that is run to a day first.
///
/// # Errors
/// If the checkpoint, the scenario or a change is wrong, the run fails, or the user stops it.
pub fn branch(args: &BranchArgs) -> Result<(), CommandError> {
    match args.at {
        Some(date) => from_scenario(args, date),
        None => from_checkpoint(args),
    }
}

fn from_checkpoint(args: &BranchArgs) -> Result<(), CommandError> {
    let (threads, count) = engine::threads(args.execution.threads);
    let changes = args.changes.overrides();
    let simulation = checkpoint_file::or_previous(&args.from, false, |path| {
        let content = checkpoint_file::allowed(path, args.execution.memory_limit, 1)?;
        let branched = contained(|| Simulation::branch_from(content, &changes, threads))
            .map_err(|reason| checkpoint_file::refusal(path, reason))?;
        match branched {
            Err(BranchError::Checkpoint(reason)) => Err(checkpoint_file::refusal(path, reason)),
            // A refused change is the user's: at the moment of the checkpoint before it might be none.
            other => Ok(other),
        }
    })?
    .map_err(CommandError::input)?;
    let session = Session::prepare(
        simulation.scenario(),
        simulation.table(),
        recipe::origin_of(&simulation),
        &args.execution,
        &args.output,
        &mut SingleRank,
    )?;
    going_on(|| complete(session, simulation, count))
        .map_err(|reason| checkpoint_file::refusal(&args.from, reason))?
}

fn from_scenario(args: &BranchArgs, date: Date) -> Result<(), CommandError> {
    let mut loaded = engine::load(&args.from.to_string_lossy(), &[])?;
    let needed = engine::estimate(&loaded)?.on(1);
    memory::check(&loaded.scenario, needed, args.execution.memory_limit)?;
    memory::allow(&mut loaded.scenario, needed);
    let (threads, count) = engine::threads(args.execution.threads);
    memory::check_free(&loaded.scenario, needed, count)?;
    let (table, changes) = (loaded.table.as_deref(), args.changes.overrides());
    let moment = moment(&loaded.scenario, date)?;
    let after = changed(&loaded.scenario, table, &changes, moment).map_err(CommandError::input)?;
    let session = Session::prepare(
        &after,
        table,
        recipe::origin([(moment, &loaded.scenario)], table),
        &args.execution,
        &args.output,
        &mut SingleRank,
    )?;
    let content = until(&loaded, moment, threads)?;
    let simulation = Simulation::branch(&content, &changes, threads).map_err(CommandError::input)?;
    complete(session, simulation, count)
}

fn complete(session: Session<'_>, simulation: Simulation, threads: usize) -> Result<(), CommandError> {
    for warning in simulation.scenario().warnings() {
        terminal::note(&format!("warning: {warning}"));
    }
    let resumed_at = Some(simulation.now());
    let begun = Begun { simulation, threads, resumed_at };
    session.complete(begun, &mut SingleRank)
}

/// The first end of a window on or after a day, or the run's beginning.
fn moment(scenario: &Scenario, date: Date) -> Result<Time, CommandError> {
    let (start, asked) = (scenario.start.midnight(), date.midnight());
    let end = scenario.end.midnight() + Delay::days(1);
    if asked < start || asked > end {
        return Err(CommandError::input(format!(
            "--at {date}: the run of {} begins on {} and ends on {}\n  help: choose a day of the run",
            scenario.name, scenario.start, scenario.end
        )));
    }
    let window = Delay::days(scenario.window_days);
    let mut moment = start;
    while moment < asked {
        moment += window;
    }
    Ok(moment.min(end))
}

/// A run until a moment, as a checkpoint's content.
fn until(loaded: &Loaded, moment: Time, threads: engine::Threads) -> Result<Vec<u8>, CommandError> {
    interrupt::listen();
    let _given_up = interrupt::gives_up("stopped before the branch; nothing was kept");
    let mut simulation = engine::build(loaded, threads)?;
    while simulation.now() < moment {
        if interrupt::requested() {
            let now = simulation.now();
            return Err(CommandError::Interrupted(format!(
                "stopped at {now}, before the branch; nothing was kept"
            )));
        }
        simulation.step();
    }
    simulation.checkpoint().map_err(CommandError::run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_is_at_the_first_window_end_on_or_after_its_day() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let mut scenario = Scenario::new("short", day("2015-01-01"), day("2015-01-31"));
        scenario.window_days = 7;
        let at = |text: &str| moment(&scenario, day(text)).map(|moment| moment.date().to_string());
        for (asked, expected) in [
            ("2015-01-01", "2015-01-01"),
            ("2015-01-02", "2015-01-08"),
            ("2015-01-08", "2015-01-08"),
            ("2015-01-30", "2015-02-01"),
            ("2015-02-01", "2015-02-01"),
        ] {
            assert_eq!(at(asked).unwrap(), expected, "{asked}");
        }
        for outside in ["2014-12-31", "2015-02-02"] {
            let refused = at(outside).unwrap_err();
            assert!(refused.to_string().contains("begins on 2015-01-01"), "{refused}");
        }
    }
}
