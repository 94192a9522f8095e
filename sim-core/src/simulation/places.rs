//! What a run needs before it is built: places, threads, and what is refused of them.

use super::run::Simulation;
use crate::base::CountyCode;
use crate::model::assembly::{self, Estimate, MadePlaces};
use crate::runner::Threads as Runner;
use crate::scenario::{Fault, Faults, Scenario};
use crate::world::{Atlas, Geography, WorldError};

/// On how many threads to run. The number changes how long a run takes, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// The caller's own.
    Sequential,
    /// So many; needs the feature `parallel`, and is sequential without it.
    Parallel(usize),
}

impl Threads {
    pub(super) fn runner(self) -> Result<Runner, Faults> {
        let count = match self {
            Threads::Sequential => 1,
            Threads::Parallel(count) => count,
        };
        Runner::new(count).map_err(|reason| fault("", reason).into())
    }
}

pub(super) fn fault(path: &str, message: impl Into<String>) -> Fault {
    Fault {
        file: "scenario".to_owned(),
        line: 0,
        column: 0,
        path: path.to_owned(),
        value: String::new(),
        message: message.into(),
        suggestion: String::new(),
    }
}

pub(super) fn world_faults(error: &WorldError) -> Faults {
    fault("places.select", error.to_string()).into()
}

/// Reads the table of counties that a scenario brings, or takes the real one.
pub(super) fn geography(scenario: &Scenario, table: Option<&[u8]>) -> Result<Option<Geography>, Faults> {
    let Some(bytes) = table else { return Ok(None) };
    let name = scenario.places.table.as_deref().unwrap_or("table");
    Geography::with_counties(bytes, name).map(Some).map_err(|faults| {
        let faults = faults.into_iter().map(|found| Fault {
            file: found.file.clone(),
            line: u32::try_from(found.line).unwrap_or(u32::MAX),
            column: 1,
            path: found.column.clone(),
            value: found.value.clone(),
            message: found.to_string(),
            suggestion: String::new(),
        });
        Faults(faults.collect())
    })
}

impl Simulation {
    /// What a scenario will take, by arithmetic alone.
    ///
    /// # Errors
    /// If the selection of places is faulty.
    pub fn estimate(scenario: &Scenario, table: Option<&[u8]>) -> Result<Estimate, Faults> {
        let own = geography(scenario, table)?;
        let geography = own.as_ref().unwrap_or_else(|| Geography::embedded());
        assembly::estimate(geography, scenario).map_err(|error| world_faults(&error))
    }

    /// The codes of a scenario's counties, in order, without making them.
    ///
    /// # Errors
    /// If the selection or the table is faulty.
    pub fn codes(scenario: &Scenario, table: Option<&[u8]>) -> Result<Vec<CountyCode>, Faults> {
        let own = geography(scenario, table)?;
        let geography = own.as_ref().unwrap_or_else(|| Geography::embedded());
        Atlas::codes(geography, &assembly::request(scenario)).map_err(|error| world_faults(&error))
    }

    /// Makes a scenario's places alone, for several runs in them.
    ///
    /// # Errors
    /// If the selection is faulty.
    pub fn places(scenario: &Scenario) -> Result<MadePlaces, Faults> {
        MadePlaces::of(Geography::embedded(), scenario).map_err(|error| world_faults(&error))
    }
}
