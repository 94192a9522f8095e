//! What a design of clusters can detect.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Two-sided size of tests.
const SIZE: f64 = 0.05;
/// Power that is asked for.
const POWER: f64 = 0.8;

fn square(value: f64) -> f64 {
    value * value
}

fn student(freedom: f64) -> Option<StudentsT> {
    StudentsT::new(0.0, 1.0, freedom).ok()
}

/// The smallest effect that a test of size 5 % finds with power 80 %, for a standard error of the effect.
pub fn minimum_detectable(error: f64, freedom: f64) -> Option<f64> {
    let student = student(freedom)?;
    Some(error * (student.inverse_cdf(1.0 - SIZE / 2.0) + student.inverse_cdf(POWER)))
}

/// The intraclass correlation: the share of variance between clusters, by analysis of variance, at least 0.
/// Nothing without variance or without two members anywhere.
pub fn icc(values: &[f64], clusters: &[u32]) -> Option<f64> {
    let mut sums = std::collections::BTreeMap::<u32, (f64, f64)>::new();
    for (value, cluster) in values.iter().zip(clusters) {
        let sum = sums.entry(*cluster).or_default();
        *sum = (sum.0 + 1.0, sum.1 + value);
    }
    let (count, groups) = (values.len() as f64, sums.len() as f64);
    if groups < 2.0 || count <= groups {
        return None;
    }
    let mean = values.iter().sum::<f64>() / count;
    let between: f64 = sums.values().map(|(n, sum)| n * square(sum / n - mean)).sum();
    let total: f64 = values.iter().map(|value| square(value - mean)).sum();
    let (between, within) = (between / (groups - 1.0), (total - between) / (count - groups));
    let size = (count - sums.values().map(|(n, _)| n * n).sum::<f64>() / count) / (groups - 1.0);
    let spread = between + (size - 1.0) * within;
    (spread > 0.0).then(|| ((between - within) / spread).max(0.0))
}

/// A design: clusters of equal size, some of them assigned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterDesign {
    /// Clusters.
    pub clusters: f64,
    /// Observations in a cluster.
    pub size: f64,
    /// Share of clusters assigned.
    pub assigned: f64,
    /// Standard deviation of the outcome.
    pub deviation: f64,
    /// Its intraclass correlation.
    pub icc: f64,
}

impl ClusterDesign {
    /// Variance of the effect, times the clusters.
    fn variance(&self) -> f64 {
        let within = self.icc + (1.0 - self.icc) / self.size;
        self.deviation * self.deviation * within / (self.assigned * (1.0 - self.assigned))
    }

    /// Standard error of the effect of assignment.
    pub fn error(&self) -> f64 {
        (self.variance() / self.clusters).sqrt()
    }

    /// The smallest effect of assignment that is found with power 80 %.
    pub fn detectable(&self) -> Option<f64> {
        minimum_detectable(self.error(), self.clusters - 1.0)
    }

    /// How many times the variance of the effect is that of as many observations without clusters.
    pub fn effect(&self) -> f64 {
        1.0 + (self.size - 1.0) * self.icc
    }
}
