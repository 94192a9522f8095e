//! What a search found.

use sim_experiments::experiment::FactorSetting;
use sim_experiments::optimisation::{Finalist, FinalistVerdict, Searching, Tried};
use sim_experiments::plan::RunPlan;

/// What a search found.
pub struct SearchResult {
    /// The search's plans, in the order in which they were tried.
    pub searching: Searching,
    /// What each finalist sets; first the scenario as it is.
    pub settings: Vec<Vec<FactorSetting>>,
    /// The plans tried that the finalists are; none for the scenario as it is.
    pub tried: Vec<Option<usize>>,
    /// Their fresh runs.
    pub finalists: Vec<Finalist>,
    /// What these say.
    pub verdicts: Vec<FinalistVerdict>,
    /// The outcomes' names: goals, then bounds.
    pub names: Vec<String>,
    /// Runs that failed.
    pub failed: u64,
}

impl SearchResult {
    /// Plans that were tried and lack a value of some goal or bound.
    pub fn without_value(&self) -> usize {
        let lacks = |one: &&Tried| one.outcomes.iter().any(|value| value.is_nan());
        self.searching.tried().iter().filter(lacks).count()
    }
}

/// What the levers are set to at unit coordinates.
pub fn set(plan: &RunPlan, units: &[f64]) -> Vec<FactorSetting> {
    let levers = plan.experiment().factors.iter();
    // A search goes to the ends of its levers: those of a distribution are cut as in designs that step
    // through it.
    levers.zip(units).map(|(lever, &unit)| lever.at(lever.cut(unit))).collect()
}
