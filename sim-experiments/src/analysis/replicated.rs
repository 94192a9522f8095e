//! An outcome's runs in the rows of a design, with the replicates of each.
//!
//! With replicates, sensitivity is told of the *mean response*: what the outcome is on average over chance.
//! Chance then must count neither as variance nor as an effect, and the mean of r replicates still has one
//! r-th of it. It is taken out by forming every product from two different replicates, whose chance is
//! independent: the covariance of two replicates over points is the variance of the mean response, whether
//! replicates share their seeds between points or not ([`product`]). (That the mean of repetitions biases
//! indices: Mazo, *SIAM/ASA Journal on Uncertainty Quantification* 2021. Rejected: taking off the variance
//! within points, which is right only where points do not share seeds.) Of a single replicate nothing can be
//! taken out: what is told is of single runs.
//!
//! Intervals. Where every point has seeds of its own, a base sample or trajectory is an independent draw of
//! points and of chance at once, and resampling them holds chance already; resampling replicates within them
//! as well would count it twice (Davison and Hinkley 1997, section 3.8). Where points
//! share seeds, all base samples meet the same few draws of chance, of which resampling them knows nothing:
//! the variance between seeds is added, by jackknife over seeds, less what of it base samples hold already
//! ([`Spread::with_seeds`]).

use crate::plan::RunPlan;
use crate::random::permutation;
use crate::statistics::{FEWEST, Summary};
use sim_core::base::RandomStream;
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::responses::{Responses, by_row};

/// Seeds that all points share, below which intervals are of these seeds alone: with four, intervals that
/// hold the variance between them held the truth in 84 % of studies.
pub const FEWEST_SEEDS: usize = FEWEST;
/// Shuffles that tell what of the variance between seeds is chance of single runs.
const SHUFFLES: usize = 8;

/// An outcome's runs, row by row of a design, and within rows by replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct RowRuns {
    /// The values; not-a-number where a run has none.
    pub runs: Vec<f64>,
    /// Replicates of a row.
    pub replicates: usize,
    /// Whether all rows share their seeds.
    pub has_common_seeds: bool,
}

impl RowRuns {
    /// One value a row.
    pub fn single(values: &[f64]) -> RowRuns {
        RowRuns { runs: values.to_vec(), replicates: 1, has_common_seeds: false }
    }

    /// Of an outcome with a policy. Members of an ensemble are no replicates: with them a row has its mean.
    pub fn of(plan: &RunPlan, responses: &Responses, outcome: usize, policy: usize) -> RowRuns {
        if !responses.weights.is_empty() || responses.replicates < 2 {
            return RowRuns::single(&by_row(plan, policy, &responses.by_point(outcome)));
        }
        let replicates = responses.replicates;
        let all = responses.by_run.get(outcome).map_or(&[][..], Vec::as_slice);
        let lacking = vec![f64::NAN; replicates];
        let each = plan.policies().points_by_world(policy);
        let runs = each.flat_map(|point| {
            all.get(point * replicates..(point + 1) * replicates).unwrap_or(&lacking).iter().copied()
        });
        let has_common_seeds = plan.experiment().common_random_numbers;
        RowRuns { runs: runs.collect(), replicates, has_common_seeds }
    }

    /// The first rows of each group of rows.
    pub(super) fn first_of(&self, group: usize, kept: usize) -> RowRuns {
        let groups = self.runs.chunks_exact(group * self.replicates);
        RowRuns { runs: groups.flat_map(|rows| &rows[..kept * self.replicates]).copied().collect(), ..*self }
    }

    /// Whether chance between seeds is in intervals beside what resampling tells.
    pub(super) fn adds_seeds(&self) -> bool {
        self.has_common_seeds && self.replicates >= FEWEST_SEEDS
    }

    /// Without one of the replicates.
    pub(super) fn without(&self, replicate: usize) -> RowRuns {
        let kept = self.runs.iter().enumerate().filter(|(at, _)| at % self.replicates != replicate);
        RowRuns { runs: kept.map(|(_, value)| *value).collect(), replicates: self.replicates - 1, ..*self }
    }

    /// With replicates in another order in each group of rows: what seeds do to all groups alike is gone.
    fn shuffled(&self, group: usize, stream: &mut RandomStream) -> RowRuns {
        let mut runs = Vec::with_capacity(self.runs.len());
        for rows in self.runs.chunks(group * self.replicates) {
            let order = permutation(stream, self.replicates);
            rows.chunks(self.replicates).for_each(|row| runs.extend(order.iter().map(|&at| row[at])));
        }
        RowRuns { runs, ..*self }
    }

    /// The variance of each number of an estimator by jackknife over seeds; and the mean of the same with
    /// replicates in another order in each group of rows.
    pub(super) fn between_seeds(
        &self,
        group: usize,
        stream: &mut RandomStream,
        estimator: impl Fn(&RowRuns) -> Option<Vec<f64>>,
    ) -> Option<Vec<[f64; 2]>> {
        let jackknife = |runs: &RowRuns| -> Option<Vec<f64>> {
            let each: Option<Vec<Vec<f64>>> =
                (0..self.replicates).map(|replicate| estimator(&runs.without(replicate))).collect();
            let each = each?;
            let variance = |at: usize| {
                let deviation =
                    Summary::of(&each.iter().map(|found| found[at]).collect::<Vec<f64>>()).deviation;
                let count = self.replicates as f64;
                deviation * deviation * (count - 1.0) * (count - 1.0) / count
            };
            Some((0..each.first()?.len()).map(variance).collect())
        };
        let found = jackknife(self)?;
        let mut alone = vec![0.0; found.len()];
        for _ in 0..SHUFFLES {
            let other = jackknife(&self.shuffled(group, stream))?;
            alone.iter_mut().zip(other).for_each(|(sum, value)| *sum += value / SHUFFLES as f64);
        }
        Some(found.into_iter().zip(alone).map(|(found, alone)| [found, alone]).collect())
    }
}

/// The product of two quantities that have a value in each replicate: the mean over pairs of different
/// replicates, so that chance does not count; of a single replicate, of its values.
pub(super) fn product(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut count, mut one, mut other, mut same) = (0.0, 0.0, 0.0, 0.0);
    for (a, b) in pairs {
        count += 1.0;
        one += a;
        other += b;
        same += a * b;
    }
    if count < 2.0 { same } else { (one * other - same) / (count * (count - 1.0)) }
}

/// A variance, and how many degrees of freedom it is known by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    pub(super) variance: f64,
    pub(super) freedom: f64,
}

impl Spread {
    /// With the variance between so many seeds, less what of it is chance of single runs and is in this one
    /// already (rows and columns as clusters: Cameron, Gelbach and Miller 2011). Degrees of freedom are
    /// Satterthwaite's.
    pub(super) fn with_seeds(self, [between, alone]: [f64; 2], seeds: usize) -> Spread {
        let variance = self.variance + (between - alone).max(0.0);
        let rough = between * between / (seeds as f64 - 1.0) + self.variance * self.variance / self.freedom;
        if rough > 0.0 { Spread { variance, freedom: variance * variance / rough } } else { self }
    }

    /// Half the width of an interval.
    pub(super) fn margin(self, confidence: f64) -> f64 {
        let t = StudentsT::new(0.0, 1.0, self.freedom);
        t.map_or(f64::NAN, |t| t.inverse_cdf(0.5 + confidence / 2.0)) * self.variance.sqrt()
    }
}
