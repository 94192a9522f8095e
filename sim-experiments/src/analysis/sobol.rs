//! Sobol's sensitivity indices from Saltelli's scheme, with bootstrap intervals.
//!
//! The first index is the share of the outcome's variance that would go if the factor were known; the total
//! one is the share that would stay if all others were. There is one estimator of each, named in
//! [`ESTIMATOR`]: of the first Saltelli's (*Computer Physics Communications* 181, 2010, table 2 b), of
//! the total one Jansen's (1999; there f). Taking for each factor the one of several estimators with the
//! narrower interval was rejected: an interval that is chosen for being narrow holds the truth less often
//! than it says. Outcomes are centred first, so that a large mean does not spoil them.
//!
//! With replicates, indices are of the mean response (`analysis/replicated.rs`): every product is of
//! two different replicates, and a factor that does nothing has indices of nothing. Without, chance that is
//! not the same at all points counts as variance that no factor explains, and as part of every total index.
//!
//! Intervals are percentiles of bootstrap samples of base samples. Where base samples are independent they
//! hold the truth about as often as they say (tested below, and with chance in `coverage`); a Sobol sequence
//! errs less than independent samples do, so that with it they hold the truth more often. Where replicates
//! share seeds between points, intervals are widened about the estimate by the variance between seeds.

use super::replicated::{RowRuns, Spread, product};
use crate::design::of_a_sample;
use crate::random::{random_stream, resampled};
use crate::statistics::{Summary, quantile_of_sorted};

const PURPOSE: u32 = 4;

/// The estimators, as they are named wherever indices are told.
pub const ESTIMATOR: &str =
    "Saltelli's estimator of 2010 for first-order indices, Jansen's of 1999 for total ones";

/// Base samples below which no interval is told: resamples of fewer hold the truth less often than they
/// should.
pub const FEWEST: usize = 32;

/// An estimate with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndexEstimate {
    /// The estimate.
    pub value: f64,
    /// The interval's lower end; not-a-number if there is too little for an interval.
    pub low: f64,
    /// The interval's upper end; not-a-number likewise.
    pub high: f64,
}

/// A factor's indices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// First-order index.
    pub first: IndexEstimate,
    /// Total index.
    pub total: IndexEstimate,
}

/// The indices of every factor from outcomes in the order of
/// [`Method::Saltelli`](crate::experiment::Method::Saltelli): for each base sample A, B, and A with each
/// factor from B. Base samples with a missing outcome are left out whole. Intervals are percentiles of
/// `resamples` bootstrap samples at the given confidence (0.95); fewer than [`FEWEST`] base samples have
/// none.
///
/// Nothing if fewer than two base samples are whole or the outcome does not vary (beyond chance).
pub fn indices(outcomes: &RowRuns, factors: usize, resamples: usize, confidence: f64) -> Option<Vec<Index>> {
    let samples = BaseSamples::of(outcomes, of_a_sample(factors, false))?;
    let both = |samples: &BaseSamples, chosen: &[usize]| {
        let found = samples.point(chosen, factors)?;
        Some(found.indices.iter().flat_map(|indices| [indices.first, indices.total]).collect())
    };
    let found = samples.estimates(PURPOSE, resamples, confidence, both)?;
    Some(found.chunks_exact(2).map(|pair| Index { first: pair[0], total: pair[1] }).collect())
}

/// Base samples that are whole: what estimators and their bootstrap intervals start from.
pub(super) struct BaseSamples {
    /// Outcomes of each, in the order of the scheme.
    values: RowRuns,
    /// Rows of a base sample.
    size: usize,
    /// The mean of both independent samples in each replicate, by which outcomes are centred.
    centres: Vec<f64>,
}

impl BaseSamples {
    /// Of outcomes, so many rows of a base sample; nothing if fewer than two are whole.
    pub(super) fn of(outcomes: &RowRuns, size: usize) -> Option<BaseSamples> {
        let blocks = outcomes.runs.chunks_exact(size * outcomes.replicates);
        let whole = blocks.filter(|block| is_whole(block)).flatten().copied().collect();
        let samples = BaseSamples::of_whole(RowRuns { runs: whole, ..*outcomes }, size);
        (samples.count() >= 2).then_some(samples)
    }

    fn of_whole(values: RowRuns, size: usize) -> BaseSamples {
        let replicates = values.replicates;
        let mut samples = BaseSamples { values, size, centres: Vec::new() };
        let centre = |replicate: usize| {
            let of = |block: usize| {
                let block = samples.block(block);
                block[replicate] + block[replicates + replicate]
            };
            (0..samples.count()).map(of).sum::<f64>() / (2 * samples.count()) as f64
        };
        samples.centres = (0..replicates).map(centre).collect();
        samples
    }

    /// How many.
    fn count(&self) -> usize {
        self.values.runs.len() / (self.size * self.values.replicates)
    }

    fn block(&self, at: usize) -> &[f64] {
        let length = self.size * self.values.replicates;
        &self.values.runs[at * length..(at + 1) * length]
    }

    /// The outcomes of a row of a base sample by replicate, less the centre of each.
    pub(super) fn centred(&self, block: usize, row: usize) -> impl Iterator<Item = f64> + Clone {
        let replicates = self.values.replicates;
        let row = &self.block(block)[row * replicates..(row + 1) * replicates];
        row.iter().zip(&self.centres).map(|(value, centre)| value - centre)
    }

    /// What an estimator gives for all base samples, each number with the percentiles of what it gives for
    /// resamples; without an interval for fewer than [`FEWEST`]. Nothing if the estimator has nothing.
    pub(super) fn estimates(
        &self,
        purpose: u32,
        resamples: usize,
        confidence: f64,
        estimator: impl Fn(&BaseSamples, &[usize]) -> Option<Vec<f64>>,
    ) -> Option<Vec<IndexEstimate>> {
        let all: Vec<usize> = (0..self.count()).collect();
        let estimate = estimator(self, &all)?;
        let mut stream = random_stream(0, purpose);
        let mut samples: Vec<Vec<f64>> = vec![Vec::with_capacity(resamples); estimate.len()];
        for _ in 0..if self.count() < FEWEST { 0 } else { resamples } {
            let drawn: Vec<usize> = resampled(&mut stream, &all).collect();
            let found = estimator(self, &drawn).unwrap_or_default();
            samples.iter_mut().zip(found).for_each(|(sample, value)| sample.push(value));
        }
        let tail = (1.0 - confidence) / 2.0;
        let of = |(value, mut sample): (f64, Vec<f64>)| {
            sample.sort_by(f64::total_cmp);
            let end = |share: f64| quantile_of_sorted(&sample, share);
            (IndexEstimate { value, low: end(tail), high: end(1.0 - tail) }, Summary::of(&sample).deviation)
        };
        let found: Vec<_> = estimate.into_iter().zip(samples).map(of).collect();
        if !self.values.adds_seeds() {
            return Some(found.into_iter().map(|(estimate, _)| estimate).collect());
        }
        let alone = |values: &RowRuns| estimator(&BaseSamples::of_whole(values.clone(), self.size), &all);
        // Where seeds left out leave nothing to tell, no interval is told.
        let unknown = || vec![[f64::NAN; 2]; found.len()];
        let between = self.values.between_seeds(self.size, &mut stream, alone).unwrap_or_else(unknown);
        let widened = |((estimate, deviation), between): ((IndexEstimate, f64), [f64; 2])| {
            let base = Spread { variance: deviation * deviation, freedom: (self.count() - 1) as f64 };
            let whole = base.with_seeds(between, self.values.replicates);
            let stretch = whole.margin(confidence) / base.margin(confidence);
            let end = |end: f64| estimate.value + stretch * (end - estimate.value);
            IndexEstimate { low: end(estimate.low), high: end(estimate.high), ..estimate }
        };
        Some(found.into_iter().zip(between).map(widened).collect())
    }
}

fn is_whole(block: &[f64]) -> bool {
    block.iter().all(|value| !value.is_nan())
}

/// Of outcomes with points for second-order indices, those that the others take.
pub fn without_pairs(outcomes: &RowRuns, factors: usize) -> RowRuns {
    let [all, alone] = [true, false].map(|second_order| of_a_sample(factors, second_order));
    outcomes.first_of(all, alone)
}

/// How many base samples are whole, of how many.
pub fn whole(outcomes: &RowRuns, factors: usize) -> (usize, usize) {
    let blocks = outcomes.runs.chunks_exact(of_a_sample(factors, false) * outcomes.replicates);
    (blocks.clone().filter(|block| is_whole(block)).count(), blocks.count())
}

/// What no true indices can be, as far as three decimals show it: a sign of too few base samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Impossible {
    /// The sum of first-order indices, if it is above 1.
    pub sum: Option<f64>,
    /// Factors whose first-order index is above their total one, by their places.
    pub first_above_total: Vec<usize>,
}

/// What is impossible among indices.
pub fn impossible(indices: &[Index]) -> Impossible {
    let shown = |value: f64| (value * 1000.0).round();
    let sum: f64 = indices.iter().map(|index| index.first.value).sum();
    let above = |index: &Index| shown(index.first.value) > shown(index.total.value);
    Impossible {
        sum: (shown(sum) > 1000.0).then_some(sum),
        first_above_total: (0..indices.len()).filter(|&at| above(&indices[at])).collect(),
    }
}

/// A factor's indices.
#[derive(Clone, Copy, Debug)]
pub(super) struct FirstAndTotal {
    pub(super) first: f64,
    total: f64,
}

/// What some base samples say.
pub(super) struct SampleEstimate {
    pub(super) variance: f64,
    /// By factor.
    pub(super) indices: Vec<FirstAndTotal>,
}

impl BaseSamples {
    /// The variance of the outcome and the indices of every factor from some base samples; nothing if the
    /// outcome does not vary.
    pub(super) fn point(&self, chosen: &[usize], factors: usize) -> Option<SampleEstimate> {
        let count = chosen.len() as f64;
        let (mut sum, mut squares) = (vec![0.0; self.values.replicates], 0.0);
        let mut sums = vec![(0.0, 0.0); factors];
        for &at in chosen {
            let (a, b) = (self.centred(at, 0), self.centred(at, 1));
            sum.iter_mut().zip(a.clone().zip(b.clone())).for_each(|(sum, (a, b))| *sum += a + b);
            let square = |values: &mut dyn Iterator<Item = f64>| product(values.map(|value| (value, value)));
            squares += square(&mut a.clone()) + square(&mut b.clone());
            for (factor, sums) in sums.iter_mut().enumerate() {
                let change = self.centred(at, 2 + factor).zip(a.clone()).map(|(mixed, a)| mixed - a);
                sums.0 += product(b.clone().zip(change.clone()));
                sums.1 += square(&mut change.clone());
            }
        }
        let means = sum.iter().map(|sum| sum / (2.0 * count));
        let variance = squares / (2.0 * count) - product(means.map(|mean| (mean, mean)));
        // Below the rounding of the sums, an outcome counts as constant.
        let centre = self.centres[0];
        if variance <= 1e-14 * (centre * centre + squares / (2.0 * count)) {
            return None;
        }
        let of = |(first, total): (f64, f64)| FirstAndTotal {
            first: first / count / variance,
            total: total / (2.0 * count) / variance,
        };
        Some(SampleEstimate { variance, indices: sums.into_iter().map(of).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::experiment::{Factor, FactorKind, Method};
    use sim_core::base::math;
    use std::f64::consts::PI;

    fn factors(count: usize, low: f64, high: f64) -> Vec<Factor> {
        let factor = |at: usize| Factor {
            name: format!("x{at}"),
            unit: sim_core::base::Unit::NONE,
            path: format!("x{at}"),
            kind: FactorKind::Range { low, high, is_log: false, whole: false, levels: 5 },
        };
        (0..count).map(factor).collect()
    }

    fn evaluated(samples: u32, factors: &[Factor], function: impl Fn(&[f64]) -> f64) -> RowRuns {
        let design =
            Design::new(&Method::Saltelli { samples, seed: 0, second_order: false }, factors).unwrap();
        let value = |point: usize| {
            let settings = design.settings(point, factors);
            let values: Vec<f64> = settings.iter().map(|setting| setting.text().parse().unwrap()).collect();
            function(&values)
        };
        RowRuns::single(&(0..design.len()).map(value).collect::<Vec<f64>>())
    }

    fn close(found: &[Index], first: &[f64], total: &[f64], tolerance: f64) {
        for (at, index) in found.iter().enumerate() {
            assert!(
                (index.first.value - first[at]).abs() < tolerance,
                "S{at}: {:?}, exact {}",
                index.first,
                first[at]
            );
            assert!(
                (index.total.value - total[at]).abs() < tolerance,
                "ST{at}: {:?}, exact {}",
                index.total,
                total[at]
            );
            for (estimate, exact) in [(index.first, first[at]), (index.total, total[at])] {
                assert!(estimate.low <= estimate.value && estimate.value <= estimate.high);
                assert!(estimate.low - 0.02 < exact && exact < estimate.high + 0.02, "{estimate:?} {exact}");
            }
        }
    }

    /// Ishigami and Homma (1990), a = 7, b = 0.1: exact variances in closed form.
    #[test]
    fn ishigami_indices_are_within_a_hundredth_at_4096_base_samples() {
        let (a, b) = (7.0, 0.1);
        let outcomes = evaluated(4096, &factors(3, -PI, PI), |x| {
            let (s0, s1) = (math::sin(x[0]), math::sin(x[1]));
            s0 + a * s1 * s1 + b * x[2] * x[2] * x[2] * x[2] * s0
        });
        let (pi4, pi8) = (PI * PI * PI * PI, PI * PI * PI * PI * PI * PI * PI * PI);
        let variance = 0.5 + a * a / 8.0 + b * pi4 / 5.0 + b * b * pi8 / 18.0;
        let v0 = 0.5 * (1.0 + b * pi4 / 5.0) * (1.0 + b * pi4 / 5.0);
        let v02 = 8.0 * b * b * pi8 / 225.0;
        let first = [v0 / variance, a * a / 8.0 / variance, 0.0];
        let total = [(v0 + v02) / variance, a * a / 8.0 / variance, v02 / variance];
        assert!((first[0] - 0.3139).abs() < 1e-4 && (total[2] - 0.2437).abs() < 1e-4, "as published");
        close(&indices(&outcomes, 3, 200, 0.95).unwrap(), &first, &total, 0.01);
    }

    /// Sobol's G: each factor's variance is 1 / 3 / (1 + a)^2.
    #[test]
    fn sobol_g_indices_are_within_two_hundredths_at_2048_base_samples() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let outcomes = evaluated(2048, &factors(8, 0.0, 1.0), |x| {
            x.iter().zip(&a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
        });
        let parts: Vec<f64> = a.iter().map(|a| 1.0 / 3.0 / ((1.0 + a) * (1.0 + a))).collect();
        let all: f64 = parts.iter().map(|part| 1.0 + part).product();
        let first: Vec<f64> = parts.iter().map(|part| part / (all - 1.0)).collect();
        let total: Vec<f64> = parts.iter().map(|part| part * all / (1.0 + part) / (all - 1.0)).collect();
        assert!((first[0] - 0.7165).abs() < 1e-3, "as published");
        close(&indices(&outcomes, 8, 100, 0.95).unwrap(), &first, &total, 0.02);
    }

    #[test]
    fn a_large_mean_does_not_spoil_them() {
        let outcomes = evaluated(512, &factors(2, 0.0, 1.0), |x| 1e6 + 2.0 * x[0] + x[1]);
        close(&indices(&outcomes, 2, 100, 0.95).unwrap(), &[0.8, 0.2], &[0.8, 0.2], 0.02);
    }

    #[test]
    fn missing_blocks_are_left_out_and_constants_have_no_indices() {
        let mut outcomes = evaluated(512, &factors(2, 0.0, 1.0), |x| 2.0 * x[0] + x[1]);
        outcomes.runs[5] = f64::NAN;
        assert!((indices(&outcomes, 2, 10, 0.95).unwrap()[0].total.value - 0.8).abs() < 0.03);
        assert!(indices(&RowRuns::single(&[3.3; 400]), 2, 10, 0.95).is_none());
        assert!(indices(&RowRuns::single(&[f64::NAN; 40]), 2, 10, 0.95).is_none());
    }

    #[test]
    fn few_base_samples_have_no_interval_and_impossible_indices_are_noticed() {
        let outcomes = evaluated(2, &factors(2, 0.0, 1.0), |x| x[0] + 10.0 * x[0] * x[1]);
        let few = indices(&outcomes, 2, 100, 0.95).unwrap();
        assert!(few.iter().all(|index| index.first.low.is_nan() && index.total.high.is_nan()));
        assert!(few[0].first.value.is_finite());
        let index = |first: f64, total: f64| {
            let alone = |value: f64| IndexEstimate { value, low: f64::NAN, high: f64::NAN };
            Index { first: alone(first), total: alone(total) }
        };
        let found = impossible(&[index(0.7, 0.8), index(0.4, 0.3)]);
        assert!((found.sum.unwrap() - 1.1).abs() < 1e-12);
        assert_eq!(found.first_above_total, [1]);
        let fine = impossible(&[index(0.7, 0.8), index(0.3, 0.3001)]);
        assert_eq!((fine.sum, fine.first_above_total), (None, vec![]));
    }

    /// The share of repetitions in which the intervals of first and total indices hold the exact ones.
    fn coverage(samples: usize, is_sequence: bool) -> (f64, f64) {
        // Of x0 + x1 + x0 x1 over -1 to 1, a part that only both together make.
        let function = |x: &[f64]| 2.0 * x[0] + x[1] + 1.5 * x[0] * x[1];
        let variance = 4.0 / 3.0 + 1.0 / 3.0 + 2.25 / 9.0;
        let first = [4.0 / 3.0 / variance, 1.0 / 3.0 / variance];
        let total = first.map(|index| index + 0.25 / variance);
        let (mut of_first, mut of_total) = (0, 0);
        const REPETITIONS: u64 = 200;
        let mut stream = random_stream(11, 77);
        for repetition in 0..REPETITIONS {
            let outcomes: Vec<f64> = if is_sequence {
                let method =
                    Method::Saltelli { samples: samples as u32, seed: repetition + 1, second_order: false };
                let all = factors(2, -1.0, 1.0);
                let design = Design::new(&method, &all).unwrap();
                let rows = (0..design.len()).map(|row| design.units(row).unwrap());
                rows.map(|x| function(&[2.0 * x[0] - 1.0, 2.0 * x[1] - 1.0])).collect()
            } else {
                let mut draw = || 2.0 * stream.unit() - 1.0;
                let block = |_| {
                    let [a0, a1, b0, b1] = [draw(), draw(), draw(), draw()];
                    [[a0, a1], [b0, b1], [b0, a1], [a0, b1]].map(|x| function(&x))
                };
                (0..samples).flat_map(block).collect()
            };
            for (at, index) in indices(&RowRuns::single(&outcomes), 2, 200, 0.95).unwrap().iter().enumerate()
            {
                let holds = |estimate: &IndexEstimate, exact: f64| {
                    u64::from(estimate.low <= exact && exact <= estimate.high)
                };
                of_first += holds(&index.first, first[at]);
                of_total += holds(&index.total, total[at]);
            }
        }
        let share = |count: u64| count as f64 / (2 * REPETITIONS) as f64;
        (share(of_first), share(of_total))
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        // 400 intervals of each: 95 % of them within four deviations of chance, and as much again for
        // resampling so few.
        for samples in [FEWEST, 128, 512] {
            let (first, total) = coverage(samples, false);
            assert!((0.9..=0.99).contains(&first), "first of {samples}: {first}");
            assert!((0.9..=0.99).contains(&total), "total of {samples}: {total}");
        }
        let (first, total) = coverage(128, true);
        assert!(first >= 0.95 && total >= 0.95, "a sequence: {first} and {total}");
    }
}
