//! A run from its first window to its results: what `run` and `branch` share.

mod finished;
mod json;
mod summary;

use crate::args::{ExecutionArgs, OutputArgs};
use crate::checkpoint_file;
use crate::collective_check::collective_check;
use crate::command_error::CommandError;
use crate::drive::{Checkpoints, Shown, drive, keep_last};
use crate::engine::{Outcome, Simulation};
use crate::interrupt;
use crate::output::manifest::{self, Books, Counts, Execution, Identity, Manifest};
use crate::output::{self, Place};
use crate::recipe;
use crate::terminal;
use crate::version;
use finished::FinishedRun;
use sim_core::base::Time;
use sim_core::runner::Communicator;
use sim_core::scenario::Scenario;
use std::path::Path;
use std::time::Instant;

/// A run about to start.
pub struct Session<'a> {
    execution: &'a ExecutionArgs,
    output: &'a OutputArgs,
    identity: Identity,
    place: Option<Place>,
}

/// A run about to be driven to its end, and how it came about.
pub struct Begun {
    /// The simulation.
    pub simulation: Simulation,
    /// Threads that it runs on.
    pub threads: usize,
    /// The moment of the checkpoint that it goes on from, if it does.
    pub resumed_at: Option<Time>,
}

/// A run whose results are written and told, or not.
struct Concluded {
    simulation: Simulation,
    published: Result<(), CommandError>,
    message: Result<(), CommandError>,
}

impl<'a> Session<'a> {
    /// Prepares a run of a scenario: refuses folders that may not be filled, before anything is built.
    /// `table` holds the scenario's own table of counties, if it has one; `branched_from` says at which
    /// moments it branched and from what, if it did.
    ///
    /// # Errors
    /// If the run may not start.
    pub fn prepare(
        scenario: &Scenario,
        table: Option<&[u8]>,
        branched_from: Option<String>,
        execution: &'a ExecutionArgs,
        output: &'a OutputArgs,
        communicator: &mut impl Communicator,
    ) -> Result<Session<'a>, CommandError> {
        // Many are asked at once, and stop together: none of them may end before that.
        if communicator.count() > 1 {
            interrupt::listen_quietly();
        }
        let identity = identity(scenario, table, branched_from);
        let first = communicator.rank() == 0;
        let reserve = || {
            if let Some(checkpoint) = execution.checkpoint.as_deref().filter(|_| first) {
                checkpoint_file::refuse_if_taken(checkpoint, checkpoint_file::owner(&identity))?;
            }
            let out = output.out.as_deref().filter(|_| first);
            out.map(|out| Place::reserve(out, &identity, output.force)).transpose()
        };
        let place = collective_check(communicator, reserve())?;
        Ok(Session { execution, output, identity, place })
    }

    /// Runs to the end and reports.
    ///
    /// # Errors
    /// If the user stops it, results cannot be written, or the books do not close.
    pub fn complete<C: Communicator>(self, begun: Begun, communicator: &mut C) -> Result<(), CommandError> {
        let Begun { mut simulation, threads, resumed_at } = begun;
        let started = Instant::now();
        let first = communicator.rank() == 0;
        let shown =
            Shown { quiet: self.output.quiet || !first, fingerprints: self.output.fingerprints && first };
        if first {
            self.warn_of_idle_checkpoint(&simulation);
        }
        let mut checkpoints = self.checkpoints(&simulation);
        // From here on a stop keeps a checkpoint; while places were made there was nothing to keep.
        if communicator.count() == 1 {
            interrupt::listen();
        }
        drive(&mut simulation, &mut checkpoints, &shown, communicator)?;
        let outcome = simulation.outcome_on_ranks(communicator);
        let execution = Execution {
            machines: communicator.count(),
            threads,
            wall_seconds: started.elapsed().as_secs_f64(),
            resumed_at: resumed_at.map(|time| time.to_string()),
        };
        let mut concluded = Concluded { simulation, published: Ok(()), message: Ok(()) };
        if let Some(outcome) = outcome {
            concluded = self.conclude(concluded.simulation, outcome, execution);
        }
        let Concluded { simulation, published, message } = concluded;
        if let Err(failure) = collective_check(communicator, published) {
            let how = keep_last(&simulation, &checkpoints, communicator);
            return Err(failure.with_help(&how));
        }
        collective_check(communicator, message)
    }

    /// Writes and tells what was found.
    fn conclude(&self, simulation: Simulation, outcome: Outcome, execution: Execution) -> Concluded {
        let manifest = self.manifest(&simulation, &outcome, execution);
        let mut finished = FinishedRun { simulation, outcome, manifest };
        let published = self.publish(&mut finished);
        let message = self.report(&finished, published.is_ok());
        Concluded {
            message: message.and_then(|()| books_close(&finished.outcome)),
            simulation: finished.simulation,
            published,
        }
    }

    /// A day before the run, or after it, has no window's end to keep.
    fn warn_of_idle_checkpoint(&self, simulation: &Simulation) {
        let Some(date) = self.execution.checkpoint_at else {
            return;
        };
        if date.midnight() < simulation.now() || date.midnight() > simulation.end() {
            terminal::note(&format!(
                "warning: --checkpoint-at {date}: no checkpoint is written, for this run goes from {} to {}",
                simulation.now().date(),
                simulation.scenario().end
            ));
        }
    }

    fn checkpoints(&self, simulation: &Simulation) -> Checkpoints {
        let out = self.place.as_ref().map(Place::path);
        Checkpoints::new(
            self.execution,
            out,
            &simulation.scenario().name,
            simulation.now(),
            checkpoint_file::owner(&self.identity),
        )
    }

    fn manifest(&self, simulation: &Simulation, outcome: &Outcome, execution: Execution) -> Manifest {
        let scenario = simulation.scenario();
        let (audit, atlas) = (&outcome.audit, &simulation.setting().atlas);
        let branches = recipe::branches(simulation.earlier(), scenario);
        Manifest {
            program: manifest::PROGRAM.to_owned(),
            identity: self.identity.clone(),
            reproduce: recipe::of_run(&branches, self.output.format),
            branches,
            from: scenario.start.to_string(),
            until: scenario.end.to_string(),
            household_sample: scenario.household_sample,
            fingerprint: simulation.fingerprint().to_string(),
            results: output::content_digest(&outcome.tables).to_string(),
            counts: Counts {
                counties: atlas.counties.len() as u64,
                villages: atlas.villages(),
                households: atlas.households(),
                events: outcome.events,
                orders: outcome.orders,
            },
            audit: Books {
                money_closes: audit.money_closes,
                parcels_close: audit.parcels_close,
                incomes_close: audit.incomes_close,
                messages: audit.messages.clone(),
            },
            warnings: scenario.warnings(),
            execution,
            files: Vec::new(),
        }
    }

    /// Writes the run's folder, if one was asked for.
    fn publish(&self, finished: &mut FinishedRun) -> Result<(), CommandError> {
        let Some(place) = &self.place else { return Ok(()) };
        place.publish(|folder| fill(folder, finished, self.output))
    }

    fn report(&self, finished: &FinishedRun, published: bool) -> Result<(), CommandError> {
        let folder = self.place.as_ref().map(Place::path).filter(|_| published);
        if self.output.json {
            terminal::print(&json::document(finished, folder)?)
        } else if self.output.quiet {
            Ok(())
        } else {
            terminal::print(&summary::text(finished, folder, terminal::width()))
        }
    }
}

/// What makes a run of a scenario by this program the same as another one.
fn identity(scenario: &Scenario, table: Option<&[u8]>, branched_from: Option<String>) -> Identity {
    Identity {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: version::of_model(),
        scenario: scenario.name.clone(),
        hash: format!("{:032x}", scenario.hash_with(table)),
        seed: scenario.seed.0,
        branched_from,
    }
}

/// Where a run's folder keeps the places that the scenario brought, but for the ending.
const OWN_PLACES: &str = "own_counties";

/// Fills a run's folder; the manifest last, as it lists the others.
fn fill(folder: &Path, finished: &mut FinishedRun, output: &OutputArgs) -> Result<(), CommandError> {
    let mut scenario = finished.simulation.scenario().clone();
    let mut files = Vec::new();
    if let Some(table) = finished.simulation.table() {
        let name = scenario.places.keep_as(OWN_PLACES).unwrap_or_default();
        let about = "The places that the scenario brought.";
        files.push(output::write_bytes(folder, &name, about, table)?);
    }
    for (held, branch) in finished.simulation.earlier().iter().zip(&finished.manifest.branches) {
        let mut held = held.scenario.clone();
        held.places.keep_as(OWN_PLACES);
        let about = format!("The scenario that held until {}, every value resolved.", branch.at);
        files.push(output::write_text(folder, &branch.before, &about, &held.resolved_text())?);
    }
    let about = "The scenario as it was run, every value resolved.";
    files.push(output::write_text(folder, "scenario.ron", about, &scenario.resolved_text())?);
    files.extend(output::write_tables(&finished.outcome.tables, output.format, folder)?);
    finished.manifest.files = files;
    let text = serde_json::to_string_pretty(&finished.manifest).map_err(CommandError::run)?;
    output::write_text(folder, manifest::NAME, "This file.", &format!("{text}\n")).map(drop)
}

fn books_close(outcome: &Outcome) -> Result<(), CommandError> {
    let audit = &outcome.audit;
    if audit.closes() {
        return Ok(());
    }
    let what = if audit.messages.is_empty() { "no details".to_owned() } else { audit.messages.join("; ") };
    Err(CommandError::run(format!(
        "the books do not close, so the results are not to be trusted: {what}. Please report this with the \
         scenario and the seed"
    )))
}
