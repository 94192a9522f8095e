//! How far a number is from a published figure, in units of the tolerance.
//!
//! There is one definition, for verdicts and screening; calibration takes reference and edges from it, and
//! measures them in standard deviations ([`emulated`](crate::calibration::emulated)):
//!
//! - **Two sides.** The reference is the published figure, of a range its middle; where only what is accepted
//!   is known, that one's middle. The distance is the way from the reference to the number, over the way from
//!   the reference to the edge on the same side: 0 is exact, 1 is the edge, above 1 is missed. A tolerance
//!   that is a factor is measured on a logarithmic scale, so that half and double are as far.
//! - **One side with a figure** (as *at most 9*, published 3): the same on the side of the edge, and 0 on the
//!   other, where nothing is too far.
//! - **One side without a figure** (as *at least 8*): there is nothing to be near. The distance is the number
//!   over the bound, or for *at least* the bound over the number: 0.5 is twice as far inside as needed.

use super::facts::Published;
use serde::{Deserialize, Serialize};
use sim_core::base::math;
use std::fmt;

/// A distance up to which a number counts as near: a third of the tolerance.
pub const NEAR: f64 = 1.0 / 3.0;

/// How near is near enough, of the mean over seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Accept {
    /// Within what is published, itself a range.
    Published,
    /// Within a factor either way.
    Factor(f64),
    /// Within a share either way.
    Within(f64),
    /// Within a number either way, in the target's unit.
    Plus(f64),
    /// Within these, wider than what is published.
    Between(f64, f64),
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
}

impl Accept {
    /// The least and most that is accepted; not-a-number where a figure is needed and there is none.
    pub fn bounds(self, published: Option<&Published>) -> (f64, f64) {
        let (low, high) = published.map_or((f64::NAN, f64::NAN), |figure| (figure.low, figure.high));
        match self {
            Accept::Published => (low, high),
            Accept::Factor(factor) => (low / factor, high * factor),
            Accept::Within(share) => (low * (1.0 - share), high * (1.0 + share)),
            Accept::Plus(width) => (low - width, high + width),
            Accept::Between(low, high) => (low, high),
            Accept::AtLeast(low) => (low, f64::INFINITY),
            Accept::AtMost(high) => (f64::NEG_INFINITY, high),
        }
    }
}

impl fmt::Display for Accept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Accept::Published => write!(f, "as published"),
            Accept::Factor(factor) => write!(f, "within a factor {factor}"),
            Accept::Within(share) => write!(f, "within {:.0} %", 100.0 * share),
            Accept::Plus(width) => write!(f, "within {width} either way"),
            Accept::Between(low, high) => write!(f, "{low} to {high}"),
            Accept::AtLeast(low) => write!(f, "at least {low}"),
            Accept::AtMost(high) => write!(f, "at most {high}"),
        }
    }
}

/// On which scale ways are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YardstickScale {
    /// Differences.
    Linear,
    /// Ratios.
    Logarithmic,
}

/// A published figure with its tolerance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Yardstick {
    /// What numbers are held against; not-a-number for a bound without a figure.
    pub reference: f64,
    /// The least accepted; minus infinity if nothing is too little.
    pub low: f64,
    /// The most accepted; infinity if nothing is too much.
    pub high: f64,
    /// On which scale ways are measured.
    pub scale: YardstickScale,
}

impl Yardstick {
    /// Of a tolerance and a figure.
    pub fn new(accept: Accept, published: Option<&Published>) -> Yardstick {
        let (low, high) = accept.bounds(published);
        let middle = if low.is_finite() && high.is_finite() { 0.5 * (low + high) } else { f64::NAN };
        let reference = published.map_or(middle, Published::middle);
        // A figure outside what is accepted (as of another definition) is no middle of it.
        let reference = if reference < low || reference > high { middle } else { reference };
        let is_factor = matches!(accept, Accept::Factor(_)) && low > 0.0;
        let scale = if is_factor { YardstickScale::Logarithmic } else { YardstickScale::Linear };
        Yardstick { reference, low, high, scale }
    }

    /// Whether only one side is bounded.
    pub fn is_one_sided(&self) -> bool {
        !(self.low.is_finite() && self.high.is_finite())
    }

    /// How far a number is from the reference, in units of the tolerance; with a sign: below the reference is
    /// negative. A bound without a figure has no reference, and its distance no sign. Not-a-number for
    /// not-a-number.
    pub fn position(&self, value: f64) -> f64 {
        if value.is_nan() {
            return value;
        }
        if self.reference.is_nan() {
            return self.share_of_bound(value);
        }
        let way = self.scaled(value) - self.scaled(self.reference);
        let edge = if way < 0.0 { self.low } else { self.high };
        if !edge.is_finite() {
            return 0.0;
        }
        let unit = (self.scaled(edge) - self.scaled(self.reference)).abs();
        match (way == 0.0, unit > 0.0) {
            (true, _) => 0.0,
            (false, true) => way / unit,
            // The figure itself is the edge.
            (false, false) => way.signum() * f64::INFINITY,
        }
    }

    /// How far a number is from the reference, in units of the tolerance: 0 exact, 1 at the edge, above 1
    /// missed.
    pub fn distance(&self, value: f64) -> f64 {
        self.position(value).abs()
    }

    fn share_of_bound(&self, value: f64) -> f64 {
        let (above, below) = if self.low.is_finite() { (self.low, value) } else { (value, self.high) };
        match (above.max(0.0), below.max(0.0)) {
            (above, below) if below > 0.0 => above / below,
            (0.0, _) => 0.0,
            _ => f64::INFINITY,
        }
    }

    fn scaled(&self, value: f64) -> f64 {
        match self.scale {
            YardstickScale::Linear => value,
            YardstickScale::Logarithmic => math::ln(value.max(0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(low: f64, high: f64) -> Published {
        Published {
            text: String::new(),
            unit: String::new(),
            low,
            high,
            grade: "R".to_owned(),
            source: String::new(),
            note: String::new(),
        }
    }

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-12, "{found} is not {wanted}");
    }

    #[test]
    fn exact_is_nothing_and_the_edge_is_one() {
        let within = Yardstick::new(Accept::Within(0.2), Some(&figure(100.0, 100.0)));
        for (value, distance) in [(100.0, 0.0), (110.0, 0.5), (80.0, 1.0), (120.0, 1.0), (140.0, 2.0)] {
            near(within.distance(value), distance);
        }
        near(within.position(90.0), -0.5);
    }

    #[test]
    fn factors_are_measured_by_logarithm() {
        let factor = Yardstick::new(Accept::Factor(4.0), Some(&figure(100.0, 100.0)));
        for (value, distance) in [(200.0, 0.5), (50.0, 0.5), (400.0, 1.0), (25.0, 1.0), (1600.0, 2.0)] {
            near(factor.distance(value), distance);
        }
        assert_eq!(factor.distance(0.0), f64::INFINITY);
    }

    #[test]
    fn sides_have_their_own_units_and_ranges_their_middle() {
        let between = Yardstick::new(Accept::Between(150.0, 280.0), Some(&figure(190.0, 230.0)));
        near(between.distance(180.0), 0.5);
        near(between.distance(245.0), 0.5);
        let published = Yardstick::new(Accept::Published, Some(&figure(2.0, 6.0)));
        near(published.distance(5.0), 0.5);
        let alone = Yardstick::new(Accept::Between(4.0, 8.0), None);
        near(alone.distance(7.0), 0.5);
    }

    #[test]
    fn one_side_says_how_much_of_the_bound_is_used() {
        let figure = Yardstick::new(Accept::AtMost(9.0), Some(&figure(3.0, 3.0)));
        for (value, distance) in [(0.0, 0.0), (3.0, 0.0), (6.0, 0.5), (9.0, 1.0), (15.0, 2.0)] {
            near(figure.distance(value), distance);
        }
        assert!(figure.is_one_sided());
        let most = Yardstick::new(Accept::AtMost(0.15), None);
        near(most.distance(0.05), 1.0 / 3.0);
        near(most.distance(0.30), 2.0);
        let least = Yardstick::new(Accept::AtLeast(8.0), None);
        near(least.distance(16.0), 0.5);
        near(least.distance(4.0), 2.0);
        assert_eq!(least.distance(0.0), f64::INFINITY);
    }

    #[test]
    fn a_distance_above_one_is_what_lies_outside() {
        let yardsticks = [
            Yardstick::new(Accept::Within(0.15), Some(&figure(1803.0, 1803.0))),
            Yardstick::new(Accept::Factor(1.5), Some(&figure(212.0, 212.0))),
            Yardstick::new(Accept::AtMost(9.0), Some(&figure(3.0, 3.0))),
            Yardstick::new(Accept::AtLeast(8.0), None),
            Yardstick::new(Accept::Between(40.0, 50.0), None),
        ];
        for yardstick in yardsticks {
            for step in 1..4000 {
                let value = f64::from(step) * 0.7;
                let inside = value >= yardstick.low && value <= yardstick.high;
                assert_eq!(yardstick.distance(value) <= 1.0, inside, "{yardstick:?} {value}");
            }
            assert!(yardstick.distance(f64::NAN).is_nan());
        }
    }
}
