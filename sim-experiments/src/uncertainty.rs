//! What is not known of an outcome: how much of it is luck, and how much is unknown.
//!
//! Every member of an [ensemble](sim_core::members) is run with seeds of its own. The spread of a member's
//! runs is luck: other draws of the same random numbers. The spread of members beyond that is what is
//! unknown about people. Both come from a one-way analysis of variance with random effects (Searle, Casella
//! and McCulloch 1992, chapter 3), here with weights. With weights w that sum to 1, a member's mean m and its
//! runs' variance v over k runs:
//!
//! - luck: the weighted mean of v;
//! - unknown: (Σ w (m - mean)² - Σ w (1 - w) v / k) / (1 - Σ w²), nothing if that is below nothing.
//!
//! With equal weights the second is the textbook's: the variance of the means less luck / k. Both are
//! unbiased but for the cut at nothing. Seeds must differ between members: with common seeds the luck that
//! members share would be missing in both.
//!
//! ```
//! use sim_experiments::uncertainty::{MemberRuns, Uncertainty};
//! let of = |values: [f64; 2]| MemberRuns { weight: 0.5, values: values.to_vec() };
//! let found = Uncertainty::of(&[of([1.0, 3.0]), of([9.0, 11.0])]);
//! assert_eq!((found.mean, found.luck, found.unknown), (6.0, 2.0, 31.0));
//! ```

mod band;
mod holding;
mod member_runs;
#[cfg(test)]
mod tests;

pub use holding::{Holding, holding};
pub use member_runs::MemberRuns;

use crate::statistics::{FEWEST, Summary};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Confidence of intervals, and what bands hold.
pub const CONFIDENCE: f64 = 0.9;

/// What is known of an outcome, and what is not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncertainty {
    /// Mean over members, by their weights, and seeds; not-a-number without values.
    pub mean: f64,
    /// Half the width of the mean's 90 % interval, by Student's distribution over members; not-a-number for
    /// fewer than [`FEWEST`] members.
    pub margin: f64,
    /// The lower end of the band that holds a further member with a further seed in 90 % of cases.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Variance over the seeds of a member; not-a-number if no member has two values.
    pub luck: f64,
    /// Variance over members beyond luck, never below nothing; not-a-number where luck or a second member is.
    pub unknown: f64,
    /// Members with a value.
    pub members: usize,
    /// Values.
    pub values: usize,
}

/// A member's values, summed up.
#[derive(Clone, Copy, Debug)]
struct MemberMean {
    weight: f64,
    mean: f64,
    /// Of its values; not-a-number for fewer than two.
    variance: f64,
    count: f64,
}

impl Uncertainty {
    /// Of an outcome's values by member. Members without a value are left out, and the others' weights
    /// scaled.
    pub fn of(runs: &[MemberRuns]) -> Uncertainty {
        let means = means(runs);
        let mean = mean_over(&means);
        let known: Vec<MemberMean> = means.iter().copied().filter(|one| !one.variance.is_nan()).collect();
        let luck = weighted(&known, |one| one.variance) / weighted(&known, |_| 1.0);
        let between = between(&means, mean, luck);
        let unknown = if between < 0.0 { 0.0 } else { between };
        let band = band::values(runs);
        let effective = band::effective(&band, luck, unknown, means.len());
        let tail = (1.0 - CONFIDENCE) / 2.0;
        Uncertainty {
            mean,
            margin: margin(&means, mean, CONFIDENCE),
            low: band::quantile(&band, effective, tail),
            high: band::quantile(&band, effective, 1.0 - tail),
            luck,
            unknown,
            members: means.len(),
            values: band.len(),
        }
    }

    /// The share of the variance that is unknown, not luck \[0 to 1\]; not-a-number where the two cannot be
    /// told apart or nothing varies.
    pub fn unknown_share(&self) -> f64 {
        self.unknown / (self.luck + self.unknown)
    }

    /// Whether luck and what is unknown can be told apart: some member has two values, and there are two.
    pub fn is_told_apart(&self) -> bool {
        !self.luck.is_nan() && !self.unknown.is_nan()
    }

    /// Whether the mean is other than nothing beyond its interval; never without one.
    pub fn is_sure(&self) -> bool {
        self.mean.abs() > self.margin
    }
}

/// The mean over members by their weights; not-a-number without values.
pub fn mean_of(runs: &[MemberRuns]) -> f64 {
    mean_over(&means(runs))
}

/// The same, and half the width of its interval at another confidence.
pub fn mean_and_margin(runs: &[MemberRuns], confidence: f64) -> (f64, f64) {
    let means = means(runs);
    let mean = mean_over(&means);
    (mean, margin(&means, mean, confidence))
}

fn mean_over(means: &[MemberMean]) -> f64 {
    if means.is_empty() { f64::NAN } else { weighted(means, |one| one.mean) }
}

/// The members that have values, their weights summing to 1.
fn means(runs: &[MemberRuns]) -> Vec<MemberMean> {
    let mut means: Vec<MemberMean> = Vec::new();
    for one in runs {
        let Summary { count, mean, .. } = Summary::of(&one.values);
        if count > 0 {
            let variance = variance(&one.values, mean, count);
            means.push(MemberMean { weight: one.weight, mean, variance, count: count as f64 });
        }
    }
    let sum: f64 = means.iter().map(|one| one.weight).sum();
    means.iter_mut().for_each(|one| one.weight /= sum);
    means
}

/// With n - 1; not-a-number for fewer than two values.
fn variance(values: &[f64], mean: f64, count: usize) -> f64 {
    let present = values.iter().filter(|value| !value.is_nan());
    let squares: f64 = present.map(|value| (value - mean) * (value - mean)).sum();
    if count < 2 { f64::NAN } else { squares / (count - 1) as f64 }
}

fn weighted(means: &[MemberMean], of: impl Fn(&MemberMean) -> f64) -> f64 {
    means.iter().map(|one| one.weight * of(one)).sum()
}

/// The variance of members beyond luck, which chance may take below nothing.
fn between(means: &[MemberMean], mean: f64, luck: f64) -> f64 {
    let squares = weighted(means, |one| (one.mean - mean) * (one.mean - mean));
    let by_luck = weighted(means, |one| {
        let variance = if one.variance.is_nan() { luck } else { one.variance };
        (1.0 - one.weight) * variance / one.count
    });
    let free = 1.0 - weighted(means, |one| one.weight);
    if means.len() < 2 { f64::NAN } else { (squares - by_luck) / free }
}

/// Half the width of the mean's interval: members are independent draws of what is unknown, whatever their
/// runs share. Weights count as so many equal ones as have their Σ w².
fn margin(means: &[MemberMean], mean: f64, confidence: f64) -> f64 {
    if means.len() < FEWEST {
        return f64::NAN;
    }
    let effective = 1.0 / weighted(means, |one| one.weight);
    let squares = weighted(means, |one| one.weight * (one.mean - mean) * (one.mean - mean));
    let error = (squares * effective / (effective - 1.0)).sqrt();
    let t = StudentsT::new(0.0, 1.0, effective - 1.0);
    t.map_or(f64::NAN, |t| t.inverse_cdf(0.5 + confidence / 2.0)) * error
}
