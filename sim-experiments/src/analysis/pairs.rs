//! Second-order indices of Sobol: the share of an outcome's variance that two factors make together and
//! neither alone.
//!
//! Saltelli's estimator of 2002 of what both explain (A with one factor from B, times B with the other from
//! A, less A times B), less the first-order indices of both by the estimator of [`sobol`](super::sobol).
//! Intervals are percentiles of bootstrap samples of base samples. Rejected: the difference of closed indices
//! from two designs, which takes a design for each pair.

use super::replicated::{RowRuns, product};
use super::sobol::{BaseSamples, IndexEstimate};
use crate::design::of_a_sample;

const PURPOSE: u32 = 5;

/// The estimator, as it is named wherever indices are told.
pub const ESTIMATOR: &str = "Saltelli's estimator of 2002 for second-order indices";

/// The index of a pair of factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairIndex {
    /// The factors, as places; the first is the smaller.
    pub factors: [usize; 2],
    /// Second-order index.
    pub second: IndexEstimate,
}

/// The indices of every pair of factors from outcomes in the order of
/// [`Method::Saltelli`](crate::experiment::Method::Saltelli) with `second_order`: for each base sample A, B,
/// A with each factor from B, and B with each factor from A. Base samples with a missing outcome are left
/// out whole. Fewer than [`FEWEST`](super::sobol::FEWEST) base samples have no interval.
///
/// Nothing if fewer than two base samples are whole or the outcome does not vary.
pub fn pairs(
    outcomes: &RowRuns,
    factors: usize,
    resamples: usize,
    confidence: f64,
) -> Option<Vec<PairIndex>> {
    let samples = BaseSamples::of(outcomes, of_a_sample(factors, true))?;
    let of = |samples: &BaseSamples, chosen: &[usize]| point(samples, chosen, factors);
    let found = samples.estimates(PURPOSE, resamples, confidence, of)?;
    Some(places(factors).zip(found).map(|(factors, second)| PairIndex { factors, second }).collect())
}

/// The pairs of so many factors.
fn places(factors: usize) -> impl Iterator<Item = [usize; 2]> {
    (0..factors).flat_map(move |first| (first + 1..factors).map(move |second| [first, second]))
}

/// The indices of every pair from some base samples; nothing if the outcome does not vary.
fn point(samples: &BaseSamples, chosen: &[usize], factors: usize) -> Option<Vec<f64>> {
    let alone = samples.point(chosen, factors)?;
    let second = |[one, other]: [usize; 2]| {
        let both = |&at: &usize| {
            let of = |row: usize| samples.centred(at, row);
            product(of(2 + factors + one).zip(of(2 + other))) - product(of(0).zip(of(1)))
        };
        let closed = chosen.iter().map(both).sum::<f64>() / chosen.len() as f64;
        closed / alone.variance - alone.indices[one].first - alone.indices[other].first
    };
    Some(places(factors).map(second).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::experiment::{Factor, FactorKind, Method};
    use crate::random::random_stream;
    use sim_core::base::math;
    use std::f64::consts::PI;

    fn evaluated(samples: u32, seed: u64, function: impl Fn(&[f64]) -> f64) -> RowRuns {
        let factor = |at: usize| Factor {
            name: format!("x{at}"),
            unit: sim_core::base::Unit::NONE,
            path: format!("x{at}"),
            kind: FactorKind::Range { low: 0.0, high: 1.0, is_log: false, whole: false, levels: 5 },
        };
        let factors: Vec<Factor> = (0..3).map(factor).collect();
        let method = Method::Saltelli { samples, seed, second_order: true };
        let design = Design::new(&method, &factors).unwrap();
        assert_eq!(design.len(), samples as usize * 8);
        let each = (0..design.len()).map(|row| function(design.units(row).unwrap()));
        RowRuns::single(&each.collect::<Vec<f64>>())
    }

    /// Ishigami and Homma (1990), a = 7, b = 0.1: only the first and third factor act together.
    #[test]
    fn ishigami_pairs_are_within_two_hundredths_at_4096_base_samples() {
        let outcomes = evaluated(4096, 0, |units| {
            let x: Vec<f64> = units.iter().map(|unit| PI * (2.0 * unit - 1.0)).collect();
            let (s0, s1) = (math::sin(x[0]), math::sin(x[1]));
            s0 + 7.0 * s1 * s1 + 0.1 * x[2] * x[2] * x[2] * x[2] * s0
        });
        let found = pairs(&outcomes, 3, 100, 0.95).unwrap();
        assert_eq!(found.iter().map(|one| one.factors).collect::<Vec<_>>(), [[0, 1], [0, 2], [1, 2]]);
        for (one, exact) in found.iter().zip([0.0, 0.2437, 0.0]) {
            assert!((one.second.value - exact).abs() < 0.02, "{one:?}, exact {exact}");
            assert!(one.second.low - 0.02 < exact && exact < one.second.high + 0.02, "{one:?}");
        }
    }

    /// 300 intervals of independent base samples: 95 % of them, within four deviations of chance and as much
    /// again for resampling so few.
    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let function = |x: &[f64; 2]| 2.0 * x[0] + x[1] + 1.5 * x[0] * x[1];
        let exact = (2.25 / 9.0) / (4.0 / 3.0 + 1.0 / 3.0 + 2.25 / 9.0);
        let mut stream = random_stream(13, 78);
        let mut holds = 0;
        for _ in 0..300 {
            let block = |_| {
                let [a0, a1, b0, b1] = [(); 4].map(|()| 2.0 * stream.unit() - 1.0);
                [[a0, a1], [b0, b1], [b0, a1], [a0, b1], [a0, b1], [b0, a1]].map(|x| function(&x))
            };
            let outcomes: Vec<f64> = (0..128).flat_map(block).collect();
            let found = pairs(&RowRuns::single(&outcomes), 2, 200, 0.95).unwrap()[0].second;
            holds += usize::from(found.low <= exact && exact <= found.high);
        }
        let share = holds as f64 / 300.0;
        assert!((0.88..=0.99).contains(&share), "{share}");
    }

    #[test]
    fn gaps_are_left_out_few_have_no_interval_and_constants_no_index() {
        let mut outcomes = evaluated(64, 1, |x| x[0] * x[1] + x[2]);
        outcomes.runs[3] = f64::NAN;
        assert!(pairs(&outcomes, 3, 50, 0.95).unwrap()[0].second.low.is_finite());
        let few = pairs(&RowRuns::single(&outcomes.runs[..80]), 3, 50, 0.95).unwrap();
        assert!(few.iter().all(|one| one.second.low.is_nan() && one.second.value.is_finite()));
        assert!(pairs(&RowRuns::single(&[1.5; 80]), 3, 50, 0.95).is_none());
    }
}
