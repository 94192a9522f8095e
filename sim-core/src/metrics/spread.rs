//! What is kept of a distribution.

use super::distribution::Histogram;
use serde::{Deserialize, Serialize};

/// What is kept of a distribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Values counted.
    pub count: u64,
    /// Mean; not-a-number without values, like the quantiles.
    pub mean: f32,
    /// 10th percentile.
    pub p10: f32,
    /// Median.
    pub p50: f32,
    /// 90th percentile.
    pub p90: f32,
    /// 99th percentile.
    pub p99: f32,
}

impl Spread {
    /// The figures of a histogram.
    pub fn of(histogram: &Histogram) -> Spread {
        let quantiles = histogram.quantiles([0.10, 0.50, 0.90, 0.99]);
        let [p10, p50, p90, p99] = quantiles.unwrap_or([f64::NAN; 4]).map(|value| value as f32);
        Spread {
            count: histogram.count(),
            mean: histogram.mean().unwrap_or(f64::NAN) as f32,
            p10,
            p50,
            p90,
            p99,
        }
    }
}
