//! What a change made of an outcome, over pairs of runs.

use super::observation::RunMember;
use crate::statistics::{Summary, correlation};
use crate::uncertainty::{MemberRuns, mean_and_margin, mean_of};
use sim_core::base::Month;
use std::collections::BTreeMap;

/// Confidence of intervals.
pub const CONFIDENCE: f64 = 0.95;

/// What a change made of an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Mean of the first scenario.
    pub first: f64,
    /// Mean of the second.
    pub second: f64,
    /// Mean of the second less the first, seed by seed.
    pub change: f64,
    /// Half the width of the change's interval; not-a-number for fewer than
    /// [`FEWEST`](crate::statistics::FEWEST) pairs.
    pub margin: f64,
    /// Pairs in which both have a value.
    pub pairs: usize,
    /// Correlation of the two over seeds, or over members' means.
    pub correlation: f64,
    /// How many times more runs with independent random numbers would have been needed for the same margin;
    /// not-a-number if nothing varies, infinite never.
    pub saved: f64,
    /// The first month whose change is beyond its interval in it and all that follow, if there is one.
    pub since: Option<Month>,
}

/// Values by member, in the order of their places.
pub fn by_member(values: &[f64], members: &[Option<RunMember>]) -> Vec<MemberRuns> {
    let mut runs: BTreeMap<usize, MemberRuns> = BTreeMap::new();
    for (&value, member) in values.iter().zip(members) {
        let Some(member) = member else { continue };
        let own = runs.entry(member.place);
        own.or_insert(MemberRuns { weight: member.weight, values: Vec::new() }).values.push(value);
    }
    runs.into_values().collect()
}

/// The mean of each member.
pub fn means(runs: &[MemberRuns]) -> Vec<f64> {
    runs.iter().map(|one| Summary::of(&one.values).mean).collect()
}

impl Difference {
    /// Of the outcome's values by seed.
    pub fn of(first: &[f64], second: &[f64]) -> Difference {
        let pairs: Vec<(f64, f64)> = first
            .iter()
            .copied()
            .zip(second.iter().copied())
            .filter(|(a, b)| !a.is_nan() && !b.is_nan())
            .collect();
        let (a, b): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        let changes: Vec<f64> = pairs.iter().map(|(a, b)| b - a).collect();
        let (of_a, of_b, of_change) = (Summary::of(&a), Summary::of(&b), Summary::of(&changes));
        let apart = of_a.deviation * of_a.deviation + of_b.deviation * of_b.deviation;
        let paired = of_change.deviation * of_change.deviation;
        Difference {
            first: of_a.mean,
            second: of_b.mean,
            change: of_change.mean,
            margin: of_change.margin(CONFIDENCE),
            pairs: pairs.len(),
            correlation: correlation(&a, &b),
            saved: if paired > 0.0 { apart / paired } else { f64::NAN },
            since: None,
        }
    }

    /// Of pairs of which each has a member of an ensemble: members are the sample, by their weights and each
    /// with the mean over its seeds. Without members, of the pairs.
    pub fn of_pairs(first: &[f64], second: &[f64], members: &[Option<RunMember>]) -> Difference {
        if members.iter().any(Option::is_none) || members.is_empty() {
            return Difference::of(first, second);
        }
        // A pair of which one is missing is left out on both sides.
        let whole = |a: f64, b: f64, value: f64| if (a + b).is_nan() { f64::NAN } else { value };
        let side = |of: fn(f64, f64) -> f64| {
            let values = first.iter().zip(second).map(|(&a, &b)| whole(a, b, of(a, b)));
            by_member(&values.collect::<Vec<f64>>(), members)
        };
        let sides = [side(|a, _| a), side(|_, b| b), side(|a, b| b - a)];
        let [a, b, _] = sides.each_ref().map(|runs| means(runs));
        let (first, second) = (mean_of(&sides[0]), mean_of(&sides[1]));
        let (change, margin) = mean_and_margin(&sides[2], CONFIDENCE);
        Difference {
            first,
            second,
            change,
            margin,
            pairs: sides[2].iter().flat_map(|one| &one.values).filter(|value| !value.is_nan()).count(),
            ..Difference::of(&a, &b)
        }
    }

    /// Whether the change is beyond its interval; never without one.
    pub fn is_sure(&self) -> bool {
        self.change.abs() > self.margin
    }

    /// Whether every pair changed by the same.
    pub fn is_constant(&self) -> bool {
        self.margin == 0.0
    }
}
