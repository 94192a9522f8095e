//! A comparison as it was made.

use super::pairing::Pairing;
use sim_core::region::Region;
use sim_experiments::comparison::{Change, Difference, RunObservation, by_member, difference, members};
use sim_experiments::experiment::KeptOutcome;
use sim_experiments::statistics::Summary;
use sim_experiments::uncertainty::{Holding, MemberRuns, Uncertainty, holding};
use std::sync::Arc;

/// What a comparison found.
pub struct Comparison {
    /// Names of the two.
    pub names: [String; 2],
    /// Which pairs of runs were made.
    pub pairing: Pairing,
    /// The region in which the first lies.
    pub region: Arc<Region>,
    /// What was looked at.
    pub outcomes: Vec<KeptOutcome>,
    /// What the two set differently.
    pub changes: Vec<Change>,
    /// What was seen of each variant, by pair; nothing where the run failed.
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

    /// An outcome's values in both scenarios, by pair; over an ensemble by member, times its weight, so that
    /// sums are what weighted sums would be.
    pub fn values(&self, outcome: usize) -> Vec<(f64, f64)> {
        let (a, b) = self.pairs(0, 1);
        let pairs: Vec<(f64, f64)> =
            a.iter().zip(&b).map(|(a, b)| (a.number(outcome), b.number(outcome))).collect();
        if self.pairing.members() == 0 {
            return pairs;
        }
        let members = members(&a);
        // A pair of which one is missing is left out on both sides.
        let whole = |pair: &(f64, f64), value: f64| if (pair.0 + pair.1).is_nan() { f64::NAN } else { value };
        let side = |of: fn(&(f64, f64)) -> f64| {
            by_member(&pairs.iter().map(|pair| whole(pair, of(pair))).collect::<Vec<f64>>(), &members)
        };
        let (first, second) = (side(|pair| pair.0), side(|pair| pair.1));
        let many = first.len() as f64;
        let mean = |one: &MemberRuns| Summary::of(&one.values).mean * one.weight * many;
        first.iter().zip(&second).map(|(a, b)| (mean(a), mean(b))).collect()
    }

    /// What is unknown of an outcome's change from the first scenario to the second, and in how many members
    /// it has which sign.
    pub fn over_members(&self, outcome: usize) -> (Uncertainty, Holding) {
        let (a, b) = self.pairs(0, 1);
        let changes: Vec<f64> =
            a.iter().zip(&b).map(|(a, b)| b.number(outcome) - a.number(outcome)).collect();
        let runs = by_member(&changes, &members(&a));
        (Uncertainty::of(&runs), holding(&runs))
    }

    /// The place of an outcome.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.outcomes.iter().position(|outcome| outcome.name == name)
    }
}
