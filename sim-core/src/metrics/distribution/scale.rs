//! Where the buckets of a histogram lie.
//!
//! Logarithmic scales divide every doubling into equally wide parts, as HdrHistogram does: relative width
//! is bounded, bounds are exact, and a value's bucket is read off the bits of the float, without a logarithm
//! or a table. Evenly spaced logarithms were rejected: they need either, and their bounds are not round
//! numbers.

use serde::{Deserialize, Serialize};

/// Bits of a float's fraction.
const FRACTION: u32 = 52;

/// Fixed buckets.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Scale {
    /// From `first` up, `doublings` times, each doubling in `2^parts_log2` equally wide parts.
    Logarithmic {
        /// The first bound \[unit\], above zero.
        first: f64,
        /// How many doublings, 1 to 64.
        doublings: u32,
        /// Parts per doubling, as a power of two, 0 to 8.
        parts_log2: u32,
    },
    /// Equally wide buckets between two bounds.
    Linear {
        /// The first bound \[unit\].
        first: f64,
        /// The last bound \[unit\], above the first.
        last: f64,
        /// How many buckets, 1 to 65,536.
        buckets: u32,
    },
}

impl Scale {
    /// Delivery time \[hours\]: 1 h to 2,048 h, past 60 days; buckets at most 1/8 of their lower bound wide.
    pub(crate) const DELIVERY_HOURS: Scale = Scale::Logarithmic { first: 1.0, doublings: 11, parts_log2: 3 };
    /// Income or spending of a month \[money of the region\]: 1 to 17 thousand million, as some count in
    /// thousands what others count in ones; buckets at most 1/16 of their lower bound wide.
    pub(crate) const MONTHLY_MONEY: Scale = Scale::Logarithmic { first: 1.0, doublings: 34, parts_log2: 4 };
    /// Income or spending of a year \[money of the region\]: 100 to 215 thousand million; buckets at most
    /// 1/16 of their lower bound wide.
    pub(crate) const YEARLY_MONEY: Scale = Scale::Logarithmic { first: 100.0, doublings: 31, parts_log2: 4 };
    /// A relative change \[share\]: -0.5 to 0.5 in steps of 0.005.
    pub const CHANGE: Scale = Scale::Linear { first: -0.5, last: 0.5, buckets: 200 };

    /// The number of buckets between the first and the last bound.
    pub const fn buckets(self) -> usize {
        match self {
            Scale::Logarithmic { doublings, parts_log2, .. } => (doublings as usize) << parts_log2,
            Scale::Linear { buckets, .. } => buckets as usize,
        }
    }

    /// Whether the fields are within their stated ranges.
    pub(crate) fn is_valid(self) -> bool {
        match self {
            Scale::Logarithmic { first, doublings, parts_log2 } => {
                first > 0.0 && first.is_finite() && (1..=64).contains(&doublings) && parts_log2 <= 8
            }
            Scale::Linear { first, last, buckets } => {
                first < last && (last - first).is_finite() && (1..=65_536).contains(&buckets)
            }
        }
    }

    /// Where a finite value counts: 0 below the first bound, then the buckets, then one from the last bound
    /// on.
    #[inline]
    pub(super) fn slot(self, value: f64) -> usize {
        match self {
            Scale::Logarithmic { first, parts_log2, .. } => {
                let ratio = value / first;
                if ratio < 1.0 {
                    return 0;
                }
                let shift = FRACTION - parts_log2;
                let part = (ratio.to_bits() >> shift) - (1.0_f64.to_bits() >> shift);
                (part as usize).min(self.buckets()) + 1
            }
            Scale::Linear { first, last, buckets } => {
                let part = (value - first) / (last - first) * f64::from(buckets);
                if part < 0.0 { 0 } else { (part as usize).min(buckets as usize) + 1 }
            }
        }
    }

    /// The bounds of a slot \[unit\]: lower inclusive, upper exclusive; open at both ends of the scale.
    pub(super) fn bounds(self, slot: usize) -> (f64, f64) {
        let low = slot.checked_sub(1).map_or(f64::NEG_INFINITY, |bucket| self.bound(bucket));
        let high = if slot > self.buckets() { f64::INFINITY } else { self.bound(slot) };
        (low, high)
    }

    /// The bound numbered `index` \[unit\]: 0 is the first, [`Scale::buckets`] the last; greater is the last.
    pub fn bound(self, index: usize) -> f64 {
        let index = index.min(self.buckets());
        match self {
            Scale::Logarithmic { first, parts_log2, .. } => {
                let shift = FRACTION - parts_log2;
                first * f64::from_bits(((1.0_f64.to_bits() >> shift) + index as u64) << shift)
            }
            Scale::Linear { first, last, buckets } => {
                first + (last - first) * (index as f64 / f64::from(buckets))
            }
        }
    }
}
