//! A small run as a task: each step is a window of simulated time, so that it can be dropped between two.

use super::KnownPlaces;
use super::sample::Level;
use crate::outcome::{ShownOutcome, scaled};
use crate::plan::Later;
use serde::{Deserialize, Serialize};
use sim_core::base::Message;
use sim_core::metrics::area::AreaMonth;
use sim_core::metrics::ledger::LedgerMonth;
use sim_core::scenario::reading::whole_file;
use sim_core::scenario::{Advice, InputErrors, Issue, Scenario};
use sim_core::simulation::{BranchError, Simulation, Threads};
use std::sync::Arc;

/// What the band of a plan's runs holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Holds {
    /// Luck: runs differ in their seeds alone.
    #[default]
    Luck,
    /// Luck and what is unknown: each run has a member of the ensemble as well.
    LuckAndUnknown,
}

/// What identifies a preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The plan.
    pub plan: u128,
    /// How much of it.
    pub level: Level,
    /// What its runs differ in.
    pub holds: Holds,
    /// Which of its seeds.
    pub seed: u32,
}

/// A preview to be made.
#[derive(Clone, Debug)]
pub struct Job {
    /// What identifies it.
    pub key: Key,
    /// The scenario, already made small.
    pub scenario: Arc<Scenario>,
    /// Its own table of counties, if it has one.
    pub table: Option<Arc<Vec<u8>>>,
    /// The branch, if it has one.
    pub later: Option<Later>,
    /// What a village of it stands for.
    pub places: f64,
    /// What a county of it stands for.
    pub counties: f64,
    /// Villages simulated.
    pub villages: u64,
}

/// The results of a preview, counts scaled up to the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What identifies it.
    pub key: Key,
    /// The nation, month by month.
    pub months: Vec<AreaMonth>,
    /// Payments, month by month, of the sample itself.
    pub ledger: Vec<LedgerMonth>,
    /// What a place of the sample stands for.
    pub places: f64,
    /// Villages simulated.
    pub villages: u64,
    /// The share of households whose orders are simulated, 0 to 1.
    pub households: f64,
}

impl Record {
    /// An outcome in its last month; not-a-number where it has no value.
    pub fn last(&self, outcome: &ShownOutcome) -> f64 {
        self.months.last().map_or(f64::NAN, |month| outcome.value(month))
    }

    /// An outcome over the whole run: the sum of a flow, the last value of anything else.
    pub fn total(&self, outcome: &ShownOutcome) -> f64 {
        match outcome.is_flow() && !self.months.is_empty() {
            true => self.months.iter().map(|month| outcome.value(month)).sum(),
            false => self.last(outcome),
        }
    }
}

/// A preview on its way.
pub struct Task {
    job: Job,
    simulation: Option<Simulation>,
    later: Option<Later>,
}

impl Task {
    /// A task that has not begun.
    pub fn new(job: Job) -> Task {
        let later = job.later.clone();
        Task { job, simulation: None, later }
    }

    /// What it is.
    pub fn key(&self) -> Key {
        self.job.key
    }

    /// Builds the run, or runs a window; gives the results at the end.
    ///
    /// # Errors
    /// If the run cannot be built or branched.
    pub fn step(&mut self, known: &KnownPlaces) -> Result<Option<Record>, InputErrors> {
        let Some(simulation) = &mut self.simulation else {
            let table = self.job.table.as_ref().map(|table| table.as_slice());
            self.simulation = Some(known.build(&self.job.scenario, table, Threads::Sequential)?);
            return Ok(None);
        };
        if let Some(later) = self.later.take_if(|later| simulation.now() >= later.time) {
            *simulation = branched(simulation, &later, Threads::Sequential)?;
            return Ok(None);
        }
        if simulation.step() {
            return Ok(None);
        }
        Ok(Some(self.record()))
    }

    fn record(&self) -> Record {
        let gathered = self.simulation.as_ref().map(Simulation::gathered);
        let scale = |month: &AreaMonth| scaled(month, self.job.places, self.job.counties);
        Record {
            key: self.job.key,
            months: gathered.map_or(Vec::new(), |gathered| gathered.nation.iter().map(scale).collect()),
            ledger: gathered.map_or(Vec::new(), |gathered| gathered.ledger.clone()),
            places: self.job.places,
            villages: self.job.villages,
            households: self.job.scenario.household_sample,
        }
    }
}

/// The same run, going on with changes.
///
/// # Errors
/// If a change is faulty or would unmake the past.
pub fn branched(simulation: &Simulation, later: &Later, threads: Threads) -> Result<Simulation, InputErrors> {
    let refused = |error: BranchError| match error {
        BranchError::Change(faults) => faults,
        other => whole_file("branch", Issue::Beyond { what: Message::of(other) }, Advice::Nothing).into(),
    };
    let bytes = simulation.checkpoint().map_err(|error| refused(error.into()))?;
    Simulation::branch(&bytes, &later.changes, threads).map_err(refused)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Extent;
    use super::*;
    use crate::plan::Plan;

    fn run(plan: &Plan) -> Record {
        let prepared = plan.prepare().unwrap();
        let sample = Extent::of(&prepared).unwrap().sample(&prepared, Level::Whole, 0).unwrap();
        let mut task = Task::new(Job {
            key: Key { plan: prepared.id, level: Level::Whole, holds: Holds::Luck, seed: 0 },
            scenario: sample.scenario,
            table: None,
            later: prepared.later,
            places: 1.0,
            counties: 1.0,
            villages: sample.villages,
        });
        let known = KnownPlaces::default();
        loop {
            if let Some(record) = task.step(&known).unwrap() {
                return record;
            }
        }
    }

    #[test]
    fn a_branch_shares_the_past_and_not_the_future() {
        let plan = Plan::of("tiny").with("end", "\"2015-12-31\"");
        let mut branched = plan.clone();
        branched.branch = "2015-06-01".parse().ok();
        branched.set("programme.promotion", "900.0");
        let (before, after) = (run(&plan), run(&branched));
        assert_eq!(before.months.len(), after.months.len());
        // Compared as text: figures without a value are not-a-number, which equals nothing.
        let text = |months: &[AreaMonth]| format!("{months:?}");
        assert!(text(&before.months[..8]) == text(&after.months[..8]));
        assert!(text(&before.months[8..]) != text(&after.months[8..]));
    }
}
