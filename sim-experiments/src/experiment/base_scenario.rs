//! Scenarios as an experiment keeps them: resolved, so that runs need no other file.

use serde::{Deserialize, Serialize};

/// A resolved scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaseScenario {
    /// The name by which it was asked for.
    pub name: String,
    /// Every value of it, as a scenario file.
    pub text: String,
    /// Its own table of counties, as CSV, if it has one.
    pub table: Option<String>,
}
