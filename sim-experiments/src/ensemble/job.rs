//! One simulation of an ensemble, and why it may fail.

use serde::{Deserialize, Serialize};
use sim_core::base::{Date, Seed, Time};
use sim_core::scenario::Scenario;
use sim_core::simulation::{Simulation, Threads};
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// One simulation to run.
#[derive(Clone, Debug)]
pub struct Job {
    /// The scenario, with its seed and all changes.
    pub scenario: Scenario,
    /// The scenario's own table of counties, if it has one.
    pub table: Option<Arc<[u8]>>,
}

impl Job {
    /// A scenario without a table of its own, with another seed.
    pub fn seeded(scenario: &Scenario, seed: u64) -> Job {
        let scenario = Scenario { seed: Seed(seed), ..scenario.clone() };
        Job { scenario, table: None }
    }
}

/// What changes in a run on its way: the run branches at a window's end.
#[derive(Clone, Debug, PartialEq)]
pub struct Later {
    /// From the first end of a window at this moment or after it on.
    pub at: Time,
    /// What changes (path, value in RON).
    pub changes: Vec<(String, String)>,
}

impl Later {
    /// The run, going on with the changes.
    pub(super) fn branched(&self, simulation: &Simulation) -> Result<Simulation, JobError> {
        let refused = |reason: String| JobError::Refused(format!("from {} on: {reason}", self.at.date()));
        let bytes = simulation.checkpoint().map_err(|error| refused(error.to_string()))?;
        Simulation::branch(&bytes, &self.changes, Threads::Sequential)
            .map_err(|error| refused(error.to_string()))
    }
}

/// Why a job gave nothing. Its text depends on the job alone, [too long](JobError::TooLong) apart, so
/// that tables of failures are equal wherever they were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobError {
    /// The scenario with its changes is faulty, or does not fit into memory.
    Refused(String),
    /// The program has a fault: the message of the panic.
    Panicked(String),
    /// Money or parcels do not add up, so that the run is not to be trusted.
    Unbalanced(String),
    /// It took longer than was allowed.
    TooLong {
        /// The day that was reached.
        reached: Date,
        /// Time allowed \[seconds\].
        allowed: u64,
    },
}

impl JobError {
    /// The failure that a caught panic means.
    pub(super) fn panicked(panic: &(dyn Any + Send)) -> JobError {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        JobError::Panicked(text.unwrap_or("no message").to_owned())
    }

    /// The sort of failure, in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            JobError::Refused(_) => "refused",
            JobError::Panicked(_) => "panicked",
            JobError::Unbalanced(_) => "unbalanced",
            JobError::TooLong { .. } => "too_long",
        }
    }
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JobError::Refused(faults) => f.write_str(faults),
            JobError::Panicked(message) => write!(f, "a fault in the program: {message}"),
            JobError::Unbalanced(what) => write!(f, "the books do not close: {what}"),
            JobError::TooLong { reached, allowed } => {
                write!(f, "stopped at {reached}: it took longer than the {allowed} s allowed")
            }
        }
    }
}

/// Checks money and parcels of a finished run.
pub(super) fn books_close(simulation: &Simulation) -> Result<(), JobError> {
    let audit = simulation.audit();
    if audit.closes() {
        return Ok(());
    }
    Err(JobError::Unbalanced(audit.messages.join("; ")))
}
