//! History matching: what is not ruled out, and where to simulate next.

use super::emulator::Emulator;
use super::plan::CalibrationPlan;
use crate::evidence::facts;
use crate::evidence::targets::Target;
use crate::random::random_stream;
use sim_core::base::math;

/// Implausibility up to which a point stays: Pukelsheim's three standard deviations.
pub const CUT: f64 = 3.0;
/// Points of the unit cube that are tried against the emulators.
const TRIED: usize = 20_000;
const PURPOSE: u32 = 901;

/// An emulated target.
#[derive(Clone, Debug)]
pub struct Emulated<'a> {
    /// The target.
    pub target: &'a Target,
    /// Its emulator.
    pub emulator: Emulator,
    /// Whether logarithms are emulated: of numbers that are positive throughout.
    pub log: bool,
    /// What is accepted, on the emulator's scale.
    bounds: (f64, f64),
}

impl<'a> Emulated<'a> {
    /// Emulates a target from its values at points; nothing if it cannot be.
    pub fn new(target: &'a Target, points: &[Vec<f64>], values: &[f64]) -> Option<Emulated<'a>> {
        let log = values.iter().all(|&value| value > 0.0 || value.is_nan());
        let scaled: Vec<f64> =
            values.iter().map(|&value| if log { math::ln(value) } else { value }).collect();
        let published = target.fact.as_ref().and_then(|fact| facts::published(fact).ok());
        let (low, high) = target.accept?.bounds(published.as_ref());
        let bounds = if log { (math::ln(low.max(0.0)), math::ln(high)) } else { (low, high) };
        let emulator = Emulator::fit(points, &scaled)?;
        Some(Emulated { target, emulator, log, bounds })
    }

    /// Standard deviations between the prediction at a point and what is accepted. The bounds count as two
    /// standard deviations from the middle; beyond a bound without an opposite one, a tenth (on a
    /// logarithmic scale) counts as one.
    pub fn implausibility(&self, point: &[f64]) -> f64 {
        let (mean, variance) = self.emulator.predict(point);
        let (low, high) = self.bounds;
        let (distance, tolerance) = match (low.is_finite(), high.is_finite()) {
            (true, true) => ((mean - 0.5 * (low + high)).abs(), 0.25 * (high - low)),
            (true, false) => ((low - mean).max(0.0), self.tenth(low)),
            (false, true) => ((mean - high).max(0.0), self.tenth(high)),
            (false, false) => (0.0, 1.0),
        };
        distance / (variance + tolerance * tolerance).sqrt().max(1e-12)
    }

    fn tenth(&self, bound: f64) -> f64 {
        if self.log { 0.1 } else { 0.1 * bound.abs().max(1e-9) }
    }
}

/// The greatest implausibility of any target at a point.
pub fn implausibility(emulated: &[Emulated], point: &[f64]) -> f64 {
    emulated.iter().map(|one| one.implausibility(point)).fold(0.0, f64::max)
}

/// The set that is not ruled out, as points drawn evenly from it.
#[derive(Clone, Debug)]
pub struct NotRuledOut {
    /// The points.
    pub points: Vec<Vec<f64>>,
    /// The share of the ranges' volume that it takes.
    pub share: f64,
}

/// Tries points all over the ranges. `wave` changes which.
pub fn not_ruled_out(plan: &CalibrationPlan, emulated: &[Emulated], wave: u64) -> NotRuledOut {
    let dimensions = plan.parameters.len();
    let mut stream = random_stream(wave, PURPOSE);
    let points: Vec<Vec<f64>> = (0..TRIED)
        .map(|_| (0..dimensions).map(|_| stream.unit()).collect::<Vec<f64>>())
        .filter(|point| implausibility(emulated, point) < CUT)
        .collect();
    let share = points.len() as f64 / TRIED as f64;
    NotRuledOut { points, share }
}

/// Points of the next wave: of those that are not ruled out the ones that lie far from what was simulated and
/// from each other.
pub fn next_points(
    plan: &CalibrationPlan,
    not_ruled_out: &NotRuledOut,
    simulated: &[Vec<f64>],
) -> Vec<Vec<f64>> {
    let distance = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let candidates: Vec<&Vec<f64>> = not_ruled_out.points.iter().take(2000).collect();
    let nearest = |point: &&Vec<f64>| {
        simulated.iter().map(|known| distance(known, point)).fold(f64::INFINITY, f64::min)
    };
    let mut gaps: Vec<f64> = candidates.iter().map(nearest).collect();
    let mut chosen: Vec<Vec<f64>> = Vec::new();
    while chosen.len() < (plan.points as usize).min(candidates.len()) {
        let Some(farthest) = (0..gaps.len()).max_by(|&a, &b| gaps[a].total_cmp(&gaps[b])) else {
            break;
        };
        let point = candidates[farthest].clone();
        for (gap, candidate) in gaps.iter_mut().zip(&candidates) {
            *gap = gap.min(distance(&point, candidate));
        }
        gaps[farthest] = -1.0;
        chosen.push(point);
    }
    chosen
}

/// What the set that is not ruled out says of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Identified {
    /// 5 %, 50 % and 95 % quantile of its values that are not ruled out.
    pub quantiles: [f64; 3],
    /// Spread of its shares, not ruled out, of the range over that of even ones: 1 says nothing was learnt.
    pub shrinkage: f64,
}

impl Identified {
    /// In a word.
    pub fn word(&self) -> &'static str {
        match self.shrinkage {
            share if share < 0.5 => "identified",
            share if share < 0.85 => "partly",
            _ => "not identified",
        }
    }
}

/// What the set that is not ruled out says of each parameter; nothing if it is empty.
pub fn identified(plan: &CalibrationPlan, not_ruled_out: &NotRuledOut) -> Vec<Identified> {
    let count = not_ruled_out.points.len();
    if count == 0 {
        return Vec::new();
    }
    let parameters = plan.parameters.iter().enumerate();
    let one = |(at, parameter): (usize, &super::plan::Parameter)| {
        let mut shares: Vec<f64> = not_ruled_out.points.iter().map(|point| point[at]).collect();
        shares.sort_by(f64::total_cmp);
        let mean = shares.iter().sum::<f64>() / count as f64;
        let variance = shares.iter().map(|share| (share - mean) * (share - mean)).sum::<f64>() / count as f64;
        let quantile = |share: f64| parameter.at(shares[(share * (count - 1) as f64).round() as usize]);
        Identified { quantiles: [0.05, 0.5, 0.95].map(quantile), shrinkage: (variance * 12.0).sqrt() }
    };
    parameters.map(one).collect()
}
