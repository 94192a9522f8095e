//! Distributions, not only means: histograms that merge exactly.
//!
//! A [`Histogram`] counts values in the fixed buckets of its [`Scale`]. Counts and the sum are integers, so
//! that merging is associative and commutative to the bit. Quantile sketches (t-digest, KLL) were rejected:
//! their answer depends on the order of merging, and so on threads and grouping.

mod scale;
#[cfg(test)]
mod tests;

pub use scale::Scale;

use crate::base::bounded;
use crate::event::HistogramCounts;
use serde::{Deserialize, Serialize};

/// The sum is kept in this fraction of the unit (2^-20), exact to add.
const SUM_STEPS: f64 = 1_048_576.0;

/// A bucket that holds values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Lower bound \[the scale's unit\].
    pub low: f64,
    /// Upper bound \[the scale's unit\].
    pub high: f64,
    /// Values counted.
    pub count: u64,
}

/// A count of values by bucket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Histogram {
    scale: Scale,
    /// Below the first bound, the scale's buckets, from the last bound on.
    counts: Vec<u64>,
    /// Sum of the values \[unit / 2^20\].
    sum: i128,
    /// Least and greatest value; meaningless while there are none.
    extremes: (f64, f64),
    /// Values that were not numbers.
    refused: u64,
}

/// A histogram as stored, before it is known to fit its scale.
#[derive(Deserialize)]
struct Stored {
    scale: Scale,
    counts: Vec<u64>,
    sum: i128,
    extremes: (f64, f64),
    refused: u64,
}

impl TryFrom<Stored> for Histogram {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Histogram, Self::Error> {
        let Stored { scale, counts, sum, extremes, refused } = stored;
        if !scale.is_valid() || counts.len() != scale.buckets() + 2 {
            return Err("the stored histogram does not fit its scale");
        }
        let is_believed = |&count: &u64| count <= bounded::LARGEST as u64 / counts.len() as u64;
        if !(counts.iter().all(is_believed) && is_believed(&refused) && bounded::is_believed_sum(sum)) {
            return Err(bounded::TOO_LARGE);
        }
        Ok(Histogram { scale, counts, sum, extremes, refused })
    }
}

impl Histogram {
    /// An empty histogram.
    pub fn new(scale: Scale) -> Histogram {
        debug_assert!(scale.is_valid(), "{scale:?}");
        let counts = vec![0; scale.buckets() + 2];
        Histogram { scale, counts, sum: 0, extremes: (f64::INFINITY, f64::NEG_INFINITY), refused: 0 }
    }

    /// Counts a value.
    #[inline]
    pub fn record(&mut self, value: f64) {
        self.record_many(value, 1);
    }

    /// Counts a value that stands for so many.
    ///
    /// Not-a-number and infinities are refused: they count in [`Histogram::refused`] only, so that a fault
    /// upstream shows without spoiling the rest.
    #[inline]
    pub(crate) fn record_many(&mut self, value: f64, times: u64) {
        if !value.is_finite() {
            self.refused += times;
            return;
        }
        if times == 0 {
            return;
        }
        if let Some(count) = self.counts.get_mut(self.scale.slot(value)) {
            *count += times;
        }
        self.sum += i128::from(fixed(value)) * i128::from(times);
        self.extremes = (self.extremes.0.min(value), self.extremes.1.max(value));
    }

    /// Adds another histogram's values.
    ///
    /// # Errors
    /// The other's scale, if it is a different one; nothing is added then.
    pub(crate) fn merge(&mut self, other: &Histogram) -> Result<(), Scale> {
        if self.scale != other.scale || self.counts.len() != other.counts.len() {
            return Err(other.scale);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.sum += other.sum;
        self.refused += other.refused;
        let ((low, high), (other_low, other_high)) = (self.extremes, other.extremes);
        self.extremes = (low.min(other_low), high.max(other_high));
        Ok(())
    }

    /// What is counted, without the scale.
    pub(crate) fn counted(&self) -> HistogramCounts {
        HistogramCounts { counts: self.counts.clone(), sum: self.sum, extremes: self.extremes }
    }

    /// A histogram of what was counted on a scale; empty if it does not fit the scale or is not believed.
    pub(crate) fn from_counted(scale: Scale, counted: &HistogramCounts) -> Histogram {
        let HistogramCounts { counts, sum, extremes } = counted.clone();
        let stored = Stored { scale, counts, sum, extremes, refused: 0 };
        Histogram::try_from(stored).unwrap_or_else(|_| Histogram::new(scale))
    }

    /// The scale.
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many values were not-a-number or infinite, and not counted.
    pub const fn refused(&self) -> u64 {
        self.refused
    }

    /// The mean \[the scale's unit\], exact to 2^-21 of the unit; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum as f64 / SUM_STEPS / count as f64)
    }

    /// The buckets that hold values, in order. The open buckets at the ends and any other reach only as far
    /// as the least and the greatest value.
    pub fn filled(&self) -> impl Iterator<Item = Bucket> + '_ {
        let (least, greatest) = self.extremes;
        let bounds = move |slot: usize| {
            let (low, high) = self.scale.bounds(slot);
            (low.max(least), high.min(greatest))
        };
        let filled = self.counts.iter().copied().enumerate().filter(|&(_, count)| count > 0);
        filled.map(move |(slot, count)| {
            let (low, high) = bounds(slot);
            Bucket { low, high, count }
        })
    }

    /// The value \[the scale's unit\] below which a share `p` (0 to 1, clamped) of the values lies, spread
    /// evenly within a bucket; off by less than that bucket's width. `None` without values, or if `p` is not
    /// a number.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if p.is_nan() {
            return None;
        }
        let rank = p.clamp(0.0, 1.0) * self.count() as f64;
        let mut below = 0.0;
        let mut last = None;
        for Bucket { low, high, count } in self.filled() {
            let count = count as f64;
            if below + count >= rank {
                return Some(low + (high - low) * ((rank - below) / count).clamp(0.0, 1.0));
            }
            below += count;
            last = Some(high);
        }
        last
    }

    /// Several quantiles at once, for shares in rising order: as [`Histogram::quantile`] gives them, in one
    /// pass.
    pub fn quantiles<const N: usize>(&self, shares: [f64; N]) -> Option<[f64; N]> {
        let total = self.count();
        if total == 0 || shares.iter().any(|share| share.is_nan()) {
            return None;
        }
        let mut values = [0.0; N];
        let (mut found, mut below) = (0, 0.0);
        for Bucket { low, high, count } in self.filled() {
            let count = count as f64;
            while let Some(share) = shares.get(found) {
                let rank = share.clamp(0.0, 1.0) * total as f64;
                if below + count < rank {
                    break;
                }
                values[found] = low + (high - low) * ((rank - below) / count).clamp(0.0, 1.0);
                found += 1;
            }
            below += count;
            values[found..].fill(high);
        }
        Some(values)
    }
}

/// A value in steps of 2^-20, rounded half away from zero, saturating beyond 8.8e12 units.
fn fixed(value: f64) -> i64 {
    let steps = value * SUM_STEPS;
    (if steps < 0.0 { steps - 0.5 } else { steps + 0.5 }) as i64
}
