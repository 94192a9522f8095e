//! What a change made of an outcome, over pairs of runs.

use crate::statistics::{Summary, correlation};
use sim_core::base::Month;

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
    /// Correlation of the two over seeds.
    pub correlation: f64,
    /// How many times more runs with independent random numbers would have been needed for the same margin;
    /// not-a-number if nothing varies, infinite never.
    pub saved: f64,
    /// The first month whose change is beyond its interval in it and all that follow, if there is one.
    pub since: Option<Month>,
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

    /// Whether the change is beyond its interval; never without one.
    pub fn is_sure(&self) -> bool {
        self.change.abs() > self.margin
    }

    /// Whether every pair changed by the same.
    pub fn is_constant(&self) -> bool {
        self.margin == 0.0
    }
}
