//! A comparison as it was made.

use sim_experiments::comparison::{Change, Difference, RunObservation, difference};
use sim_experiments::experiment::KeptOutcome;

/// What a comparison found.
pub struct Comparison {
    /// Names of the two.
    pub names: [String; 2],
    /// The first seed.
    pub first_seed: u64,
    /// Pairs of runs.
    pub seeds: u32,
    /// What was looked at.
    pub outcomes: Vec<KeptOutcome>,
    /// What the two set differently.
    pub changes: Vec<Change>,
    /// What was seen of each variant, by seed; nothing where the run failed.
    pub seen: Vec<Vec<Option<RunObservation>>>,
    /// Runs that failed, with why.
    pub failures: Vec<String>,
}

impl Comparison {
    /// The pairs of runs of two variants of which both succeeded.
    pub fn pairs(&self, first: usize, second: usize) -> (Vec<&RunObservation>, Vec<&RunObservation>) {
        let each = self.seen[first].iter().zip(&self.seen[second]);
        each.filter_map(|(a, b)| Some((a.as_ref()?, b.as_ref()?))).unzip()
    }

    /// What changed in an outcome from a variant to another.
    pub fn difference(&self, first: usize, second: usize, outcome: usize) -> Difference {
        let (a, b) = self.pairs(first, second);
        difference(&a, &b, outcome)
    }

    /// An outcome's values in both scenarios, by seed.
    pub fn values(&self, outcome: usize) -> Vec<(f64, f64)> {
        let (a, b) = self.pairs(0, 1);
        a.iter().zip(&b).map(|(a, b)| (a.number(outcome), b.number(outcome))).collect()
    }

    /// The place of an outcome.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.outcomes.iter().position(|outcome| outcome.name == name)
    }
}
