//! Experiments as files: what is varied, how, how often, and what is kept.
//!
//! An experiment is a RON file, read like a scenario: every fault at once, each with line and column, by the
//! same scanner. Its scenarios are resolved when it is read, so that what runs later, perhaps on other
//! machines, needs no other file.

mod base_scenario;
mod budget;
mod changes;
mod derived;
mod factor;
mod factor_reader;
mod fields;
mod ground;
pub mod issue;
mod load;
mod method;
mod method_reader;
mod names;
mod outcome;
mod outcome_reader;
mod points;
mod policies;
mod search;
mod sources;
#[cfg(test)]
mod tests;
pub mod value;
mod worlds;

pub use base_scenario::BaseScenario;
pub use budget::Budget;
pub use factor::{Factor, FactorKind, FactorSetting, Shape, TAIL, apart};
pub use load::{is_experiment, load};
pub use method::Method;
pub use names::RUN_COLUMNS;
pub use outcome::{Kept, KeptOutcome};
pub use outcome_reader::usual;
pub use search::{Bound, Goal, Search};
pub use worlds::Worlds;

use serde::{Deserialize, Serialize};

/// An experiment as it is used: every field read, every value tried on its scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Experiment {
    /// Its name: 1 to 80 letters, digits, blanks, `_`, `-`, `.`.
    pub name: String,
    /// The question that it answers.
    pub question: String,
    /// Scenarios: first the experiment's own with its changes, then one for each policy.
    pub scenarios: Vec<BaseScenario>,
    /// What is varied.
    pub factors: Vec<Factor>,
    /// How it is varied; a search has none.
    pub method: Option<Method>,
    /// The members of an ensemble with which every point is run; none without an ensemble.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worlds: Option<Worlds>,
    /// Runs at each point, of each member if there are members, with different seeds \[1 to 100,000\].
    pub replicates: u32,
    /// The seed of the first replicate; those of the others are [hashed](crate::plan::seed) from it.
    pub first_seed: u64,
    /// Whether the same replicate has the same seed at every point, so that points use common random numbers.
    pub common_random_numbers: bool,
    /// What is kept of each run.
    pub outcomes: Vec<KeptOutcome>,
    /// What it may take.
    pub budget: Budget,
    /// Outcomes of which more or less is better, by which policies are judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    /// What a search looks for.
    pub search: Option<Search>,
}

impl Experiment {
    /// Runs at each point: replicates, of each member if there are members.
    pub fn runs_at_point(&self) -> u64 {
        self.members() as u64 * u64::from(self.replicates)
    }

    /// The factors that the design varies, without the policies that are all run at each of its points.
    pub fn varied(&self) -> &[Factor] {
        apart(&self.factors).0
    }

    /// How many members every point is run with; 1 without an ensemble.
    pub fn members(&self) -> usize {
        self.worlds.as_ref().map_or(1, |worlds| worlds.members.len())
    }

    /// Its name, with the question if it has one.
    pub fn heading(&self) -> String {
        match self.question.as_str() {
            "" => self.name.clone(),
            question => format!("{}: {question}", self.name),
        }
    }
}
