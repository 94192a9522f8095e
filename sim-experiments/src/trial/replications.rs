//! Many trials: how often a finding returns.

use super::Analysis;
use crate::econometrics::Estimate;
use serde::{Deserialize, Serialize};

/// The t from which an effect counts as found.
const FOUND: f64 = 2.0;

/// An effect over many seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recurrence {
    /// Seeds in which it could be estimated.
    pub seeds: u32,
    /// Mean coefficient.
    pub mean: f64,
    /// Standard deviation of coefficients over seeds; what standard errors should be like.
    pub deviation: f64,
    /// Mean standard error.
    pub error: f64,
    /// Seeds with |t| of 2 or more.
    pub found: u32,
    /// Seeds with a coefficient above zero.
    pub positive: u32,
}

/// How often a group's effect differs from the others' in each direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signs {
    /// Seeds in which the group's effect is larger.
    pub larger: u32,
    /// Seeds in which it is smaller.
    pub smaller: u32,
}

/// Analyses of trials that differ by their seed.
#[derive(Clone, Default)]
pub struct Replications {
    /// Seed and analysis, in order of seeds.
    pub trials: Vec<(u64, Analysis)>,
}

impl Recurrence {
    /// Of estimates, one a seed.
    pub fn of(estimates: &[Estimate]) -> Recurrence {
        let count = estimates.len() as f64;
        let mean = estimates.iter().map(|e| e.coefficient).sum::<f64>() / count;
        let squares: f64 = estimates.iter().map(|e| (e.coefficient - mean) * (e.coefficient - mean)).sum();
        let errors: Vec<f64> = estimates.iter().filter_map(|e| e.error).collect();
        let counted =
            |holds: &dyn Fn(&Estimate) -> bool| estimates.iter().filter(|e| holds(e)).count() as u32;
        Recurrence {
            seeds: estimates.len() as u32,
            mean,
            deviation: (squares / (count - 1.0)).sqrt(),
            error: errors.iter().sum::<f64>() / errors.len() as f64,
            found: counted(&|e| e.t().is_some_and(|t| t.abs() >= FOUND)),
            positive: counted(&|e| e.coefficient > 0.0),
        }
    }
}

impl Replications {
    /// The effect of assignment on an outcome.
    pub fn intended(&self, outcome: &str) -> Recurrence {
        let each =
            self.trials.iter().filter_map(|(_, analysis)| analysis.effect(outcome)?.intended.clone().ok());
        Recurrence::of(&each.collect::<Vec<_>>())
    }

    /// The effect of a station on an outcome.
    pub fn treated(&self, outcome: &str) -> Recurrence {
        let each =
            self.trials.iter().filter_map(|(_, analysis)| analysis.effect(outcome)?.treated.clone().ok());
        Recurrence::of(&each.collect::<Vec<_>>())
    }

    /// The first stage.
    pub fn first_stage(&self) -> Recurrence {
        let each =
            self.trials.iter().filter_map(|(_, analysis)| Some(analysis.first_stage.clone().ok()?.estimate));
        Recurrence::of(&each.collect::<Vec<_>>())
    }

    /// The difference between a group's effect on the treated and the others'.
    pub fn difference(&self, outcome: &str, group: &str) -> Recurrence {
        let each = self.trials.iter().filter_map(|(_, analysis)| {
            let mut cells = analysis.groups.iter();
            let cell = cells.find(|cell| cell.outcome.name == outcome && cell.group.name == group)?;
            Some(cell.effect.clone().ok()?.difference)
        });
        Recurrence::of(&each.collect::<Vec<_>>())
    }

    /// The signs of that difference.
    pub fn signs(&self, outcome: &str, group: &str) -> Signs {
        let difference = self.difference(outcome, group);
        Signs { larger: difference.positive, smaller: difference.seeds - difference.positive }
    }
}
