//! Scenarios as an experiment keeps them: resolved, so that runs need no other file.

use serde::{Deserialize, Serialize};
use sim_core::scenario::Scenario;

/// A resolved scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaseScenario {
    /// The name by which it was asked for.
    pub name: String,
    /// Every value of it, as a scenario file.
    pub text: String,
    /// The places that it brought: a table of counties, as CSV, or a region, packed.
    pub table: Option<String>,
}

impl BaseScenario {
    /// A scenario with the bytes of the places that it brought.
    pub fn of(scenario: &Scenario, table: Option<&[u8]>) -> BaseScenario {
        let mut kept = scenario.clone();
        // A table keeps its name, by which plans made before know it.
        if kept.places.region_path.is_some() {
            kept.places.keep_as("places");
        }
        BaseScenario {
            name: scenario.name.clone(),
            text: kept.resolved_text(),
            table: table.map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
        }
    }
}
