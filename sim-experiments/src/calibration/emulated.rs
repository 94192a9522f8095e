//! Figures with emulators: how implausible a point is, and how far what was simulated is.
//!
//! Half of a target's tolerance counts as one standard deviation, on the side on which the prediction lies;
//! with it add the emulator's own variance and that of seeds. Beyond a bound without a figure, a tenth of it
//! (on a logarithmic scale: 0.1) counts as one. The same standardised distances weigh the members of an
//! ensemble.

use super::emulator::Emulator;
use super::figure::FitFigure;
use crate::evidence::fitted::OF_A_SERIES;
use sim_core::base::math;
use std::collections::BTreeMap;

/// An emulator that explains less of the variance of left-out points is not used to rule out.
pub const LEAST_EXPLAINED: f64 = 0.2;
/// Standard deviations in a tolerance.
const DEVIATIONS: f64 = 2.0;
/// What is below this share of a figure is far too little, however far below: so that a number that is
/// nothing at some points has a logarithm, and emulators are not spent on how little is too little.
const LEAST_SHARE: f64 = 0.05;
/// What counts as a standard deviation beyond a bound without a figure, over the bound.
const BEYOND: f64 = 0.1;

/// An emulated figure.
#[derive(Clone, Debug)]
pub struct Emulated {
    /// The figure.
    pub figure: FitFigure,
    /// Its emulator.
    pub emulator: Emulator,
    /// Where logarithms are emulated, the number that stands for all below it.
    floor: Option<f64>,
}

/// How a number stands to a figure, on the emulator's scale.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Gap {
    /// How far it is from it.
    way: f64,
    /// What of this counts as one standard deviation.
    deviation: f64,
}

/// An emulator of values: of their logarithms, if all are above nothing.
pub fn emulator_of(points: &[Vec<f64>], values: &[f64]) -> Option<Emulator> {
    let is_positive = values.iter().all(|&value| value > 0.0 || value.is_nan());
    let scale = |&value: &f64| if is_positive { math::ln(value) } else { value };
    Emulator::fit(points, &values.iter().map(scale).collect::<Vec<f64>>())
}

impl Emulated {
    /// Emulates a figure from its values at points; nothing if there are too few.
    pub fn new(figure: &FitFigure, points: &[Vec<f64>], values: &[f64]) -> Option<Emulated> {
        // A figure that is nothing has no logarithm, and neither has a number that may be below.
        let has_log = figure.middle() > 0.0 && values.iter().all(|&value| value >= 0.0 || value.is_nan());
        let floor = has_log.then_some(LEAST_SHARE * figure.middle());
        let scaled: Vec<f64> = values.iter().map(|&value| scaled(value, floor)).collect();
        Some(Emulated { figure: figure.clone(), emulator: Emulator::fit(points, &scaled)?, floor })
    }

    /// The same simulations held against another figure.
    #[must_use]
    pub fn against(&self, figure: FitFigure) -> Emulated {
        Emulated { figure, ..self.clone() }
    }

    /// Whether the emulator explains enough to rule out by it.
    pub fn is_usable(&self) -> bool {
        self.emulator.explained >= LEAST_EXPLAINED
    }

    /// Standard deviations between the prediction at a point and the figure.
    pub fn implausibility(&self, point: &[f64]) -> f64 {
        let (mean, variance) = self.emulator.predict(point);
        self.standardised(mean, variance)
    }

    /// The least that the implausibility can be, from the mean alone, which is quick.
    fn least_implausibility(&self, point: &[f64]) -> f64 {
        self.standardised(self.emulator.mean(point), self.emulator.greatest_variance())
    }

    /// Standard deviations between what is expected at a point and the figure, as if the emulator were sure:
    /// of seeds and tolerance alone. Where it is not sure, hardly any figure is implausible.
    pub fn expected(&self, point: &[f64]) -> f64 {
        self.standardised(self.emulator.mean(point), 0.0)
    }

    fn standardised(&self, mean: f64, variance: f64) -> f64 {
        let gap = self.gap(mean);
        let spread = variance + self.emulator.noise() + gap.deviation * gap.deviation;
        gap.way / spread.sqrt().max(1e-12)
    }

    /// Standard deviations between a simulated value and the figure; infinite for a value that is none.
    pub fn simulated(&self, value: f64) -> f64 {
        if value.is_nan() {
            return f64::INFINITY;
        }
        self.standardised(self.scaled(value), 0.0)
    }

    /// A number on the emulator's scale.
    pub fn scaled(&self, value: f64) -> f64 {
        scaled(value, self.floor)
    }

    /// A number of the emulator's scale as published.
    pub fn unscaled(&self, value: f64) -> f64 {
        if self.floor.is_some() { math::exp(value) } else { value }
    }

    /// One standard deviation of what was published, on the emulator's scale, about a number.
    pub fn tolerance(&self, value: f64) -> f64 {
        self.gap(value).deviation
    }

    fn gap(&self, value: f64) -> Gap {
        let yardstick = &self.figure.yardstick;
        let (low, high) = (self.edge(yardstick.low), self.edge(yardstick.high));
        if yardstick.reference.is_nan() {
            let (bound, way) = if low.is_finite() { (low, low - value) } else { (high, value - high) };
            let deviation = if self.floor.is_some() { BEYOND } else { BEYOND * bound.abs().max(1e-9) };
            return Gap { way: way.max(0.0), deviation };
        }
        let way = value - self.scaled(yardstick.reference);
        let edge = if way < 0.0 { low } else { high };
        let deviation = (edge - self.scaled(yardstick.reference)).abs() / DEVIATIONS;
        // Nothing is too far on a side without an edge.
        if deviation.is_finite() {
            Gap { way: way.abs(), deviation }
        } else {
            Gap { way: 0.0, deviation: 1.0 }
        }
    }

    fn edge(&self, edge: f64) -> f64 {
        if edge.is_finite() { self.scaled(edge) } else { edge }
    }
}

/// A number on an emulator's scale: its logarithm, not below that of a floor, if there is one. What is not
/// there stays so.
fn scaled(value: f64, floor: Option<f64>) -> f64 {
    match floor {
        Some(floor) if !value.is_nan() => math::ln(value.max(floor)),
        _ => value,
    }
}

/// The greatest implausibility of any figure at a point; none if it is above a level.
pub fn within(emulated: &[&Emulated], point: &[f64], level: f64) -> Option<f64> {
    // First what is quick: most points of a walk are refused by it.
    if emulated.iter().any(|one| one.least_implausibility(point) > level) {
        return None;
    }
    let mut greatest = 0.0_f64;
    for one in emulated {
        greatest = greatest.max(one.implausibility(point));
        if greatest > level {
            return None;
        }
    }
    Some(greatest)
}

/// The greatest distance of any figure at a point from what is [expected](Emulated::expected) there; none if
/// it is above a level.
pub fn expected(emulated: &[&Emulated], point: &[f64], level: f64) -> Option<f64> {
    let distances = emulated.iter().map(|one| one.expected(point));
    Some(distances.fold(0.0, f64::max)).filter(|&distance| distance <= level)
}

/// The greatest implausibility of any figure at a point.
pub fn implausibility(emulated: &[&Emulated], point: &[f64]) -> f64 {
    within(emulated, point, f64::INFINITY).unwrap_or(f64::INFINITY)
}

/// The weight of a point by standardised distances, one for each figure: exp(-1/2 of the sum of their
/// squares). Points of one series are not independent, and count together as two at most.
pub fn weight(emulated: &[&Emulated], distances: &[f64]) -> f64 {
    let mut series: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for (one, distance) in emulated.iter().zip(distances) {
        let sum = series.entry(&one.figure.series).or_default();
        *sum = (sum.0 + distance * distance, sum.1 + 1);
    }
    let sums = series.values().map(|&(sum, count)| sum * count.min(OF_A_SERIES) as f64 / count as f64);
    math::exp(-0.5 * sums.sum::<f64>())
}
