//! What a run needs before it is built: places, threads, and what is refused of them.

use super::faults::{fault, world_faults};
use super::own_places::geography;
use super::rule_check::check_rules;
use super::run::Simulation;
use crate::base::{CountyCode, Message};
use crate::model::assembly::{self, MadePlaces, RunEstimate};
use crate::runner::ThreadRunner;
use crate::scenario::{InputErrors, Issue, Scenario};
use crate::world::Atlas;

/// On how many threads to run. The number changes how long a run takes, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// The caller's own.
    Sequential,
    /// So many; needs the feature `parallel`, and is sequential without it.
    Parallel(usize),
}

impl Threads {
    pub(super) fn runner(self) -> Result<ThreadRunner, InputErrors> {
        let count = match self {
            Threads::Sequential => 1,
            Threads::Parallel(count) => count,
        };
        ThreadRunner::new(count).map_err(|why| fault("", Issue::Beyond { what: Message::of(why) }).into())
    }
}

impl Simulation {
    /// What a scenario will take, by arithmetic alone.
    ///
    /// # Errors
    /// If the selection of places is faulty.
    pub fn estimate(scenario: &Scenario, table: Option<&[u8]>) -> Result<RunEstimate, InputErrors> {
        let geography = geography(scenario, table)?;
        check_rules(scenario, &geography)?;
        assembly::estimate(&geography, scenario).map_err(|error| world_faults(&error))
    }

    /// The codes of a scenario's counties, in order, without making them.
    ///
    /// # Errors
    /// If the selection or the table is faulty.
    pub fn codes(scenario: &Scenario, table: Option<&[u8]>) -> Result<Vec<CountyCode>, InputErrors> {
        let geography = geography(scenario, table)?;
        Atlas::codes(&geography, &assembly::request(scenario)).map_err(|error| world_faults(&error))
    }

    /// Makes a scenario's places alone, for several runs in them.
    ///
    /// # Errors
    /// If the selection is faulty.
    pub fn places(scenario: &Scenario) -> Result<MadePlaces, InputErrors> {
        MadePlaces::of(&*geography(scenario, None)?, scenario).map_err(|error| world_faults(&error))
    }
}
