//! History matching: waves of points, what is not ruled out, and where to simulate next.

use super::emulated::{Emulated, expected, within};
use super::figure::FitFigure;
use super::parameter::Parameter;
use super::sampling::{SampledSet, SubsetSampling};
use std::cmp::Ordering;

/// Implausibility up to which a point stays: Pukelsheim's three standard deviations.
pub const CUT: f64 = 3.0;
/// Standard deviations up to which the last two waves are drawn: two are a tolerance. In many dimensions
/// nearly all of what is not ruled out lies close to its edge, where some figure is nearly three deviations
/// away and little noise takes the simulation beyond; and far from what is known, where emulators are not
/// sure of anything.
const CLOSE: f64 = 2.0;
/// Points of the set that is not ruled out.
pub const POPULATION: usize = 2_000;
const PURPOSE: u32 = 901;

/// The numbers of each point of a wave, whose number it is handed, or why there are none.
pub type PointSimulator<'a, E> = &'a mut dyn FnMut(u32, &[Vec<f64>]) -> Result<Vec<Vec<f64>>, E>;

/// How much is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaveSizes {
    /// Points of a wave.
    pub points: usize,
    /// Waves.
    pub waves: u32,
}

/// What was simulated.
#[derive(Clone, Debug, Default)]
pub struct SimulatedPoints {
    /// Points of the unit cube, wave after wave.
    pub points: Vec<Vec<f64>>,
    /// The wave of each, from 1.
    pub waves: Vec<u32>,
    /// The numbers of each: the figures, then whatever else is read. Means over seeds; not-a-number where the
    /// runs have none.
    pub values: Vec<Vec<f64>>,
}

impl SimulatedPoints {
    /// A number at each point.
    pub fn column(&self, at: usize) -> Vec<f64> {
        self.values.iter().map(|row| row.get(at).copied().unwrap_or(f64::NAN)).collect()
    }

    /// The points of the first waves.
    #[must_use]
    pub fn until(&self, wave: u32) -> SimulatedPoints {
        let count = self.waves.iter().take_while(|&&of| of <= wave).count();
        SimulatedPoints {
            points: self.points[..count].to_vec(),
            waves: self.waves[..count].to_vec(),
            values: self.values[..count].to_vec(),
        }
    }
}

/// What waves of history matching found.
#[derive(Clone, Debug, Default)]
pub struct MatchedHistory {
    /// What was simulated.
    pub simulated: SimulatedPoints,
    /// All figures that can be emulated, from all points, in the order of figures; those that are there to
    /// test too.
    pub emulated: Vec<Emulated>,
    /// The set that is not ruled out after each wave.
    pub sets: Vec<SampledSet>,
}

impl MatchedHistory {
    /// What rules out: figures to be fitted whose emulators explain enough.
    pub fn ruling(&self) -> Vec<&Emulated> {
        ruling(&self.emulated)
    }

    /// The set that is not ruled out after the last wave.
    pub fn set(&self) -> Option<&SampledSet> {
        self.sets.last()
    }
}

/// Emulates all figures.
pub fn emulate(figures: &[FitFigure], simulated: &SimulatedPoints) -> Vec<Emulated> {
    let one = |(at, figure)| Emulated::new(figure, &simulated.points, &simulated.column(at));
    figures.iter().enumerate().filter_map(one).collect()
}

/// Those of some that may rule out: figures to be fitted whose emulators explain enough.
pub fn ruling(emulated: &[Emulated]) -> Vec<&Emulated> {
    emulated.iter().filter(|one| one.figure.is_fit() && one.is_usable()).collect()
}

/// What is not ruled out by some figures. `seed` changes which points of it are found.
pub fn not_ruled_out(dimensions: usize, ruling: &[&Emulated], population: usize, seed: u64) -> SampledSet {
    let sampling = SubsetSampling { dimensions, population, limit: CUT, seed, purpose: PURPOSE };
    sampling.sample(&|point: &[f64], level: f64| within(ruling, point, level))
}

/// Waves of history matching. `simulate` gives the numbers of each point of a wave: the figures in their
/// order, then whatever else is read; it is handed the wave and its points. The first waves lie far from what
/// is known, the next is drawn evenly from what is not ruled out, the last but one from what is close to all
/// figures, or not known well, and the last, from which members are taken, from what is expected to be close.
///
/// # Errors
/// Whatever `simulate` says.
pub fn match_history<E>(
    sizes: WaveSizes,
    figures: &[FitFigure],
    first: Vec<Vec<f64>>,
    simulate: PointSimulator<'_, E>,
) -> Result<MatchedHistory, E> {
    let mut found = MatchedHistory::default();
    let dimensions = first.first().map_or(0, Vec::len);
    let mut next = first;
    for wave in 1..=sizes.waves {
        let values = simulate(wave, &next)?;
        found.simulated.waves.extend(next.iter().map(|_| wave));
        found.simulated.points.append(&mut next);
        found.simulated.values.extend(values);
        found.emulated = emulate(figures, &found.simulated);
        let set = not_ruled_out(dimensions, &found.ruling(), POPULATION, u64::from(wave));
        next = match sizes.waves - wave {
            0 => Vec::new(),
            1 => {
                let mut close = close(dimensions, wave, &|at, level| expected(&found.ruling(), at, level));
                // A walk that stays where it is gives the same point again.
                close.points.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
                close.points.dedup();
                evenly(close.if_enough(sizes.points).unwrap_or(&set), sizes.points)
            }
            2 => {
                let close = close(dimensions, wave, &|at, level| within(&found.ruling(), at, level));
                evenly(close.if_enough(sizes.points).unwrap_or(&set), sizes.points)
            }
            3 => evenly(&set, sizes.points),
            _ => far_apart(&set, sizes.points, &found.simulated.points),
        };
        found.sets.push(set);
        if next.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// Points that are close to all figures by a measure.
fn close(dimensions: usize, wave: u32, measure: &dyn Fn(&[f64], f64) -> Option<f64>) -> SampledSet {
    let seed = u64::from(wave);
    let sampling =
        SubsetSampling { dimensions, population: POPULATION, limit: CLOSE, seed, purpose: PURPOSE };
    sampling.sample(measure)
}

/// So many points of a set, evenly.
fn evenly(set: &SampledSet, count: usize) -> Vec<Vec<f64>> {
    let all = set.points.len();
    let count = count.min(all);
    (0..count).map(|at| set.points[at * all / count].clone()).collect()
}

/// Points of a set that lie far from what was simulated and from each other.
fn far_apart(set: &SampledSet, count: usize, simulated: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let distance = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let candidates = &set.points;
    let nearest =
        |point: &Vec<f64>| simulated.iter().map(|known| distance(known, point)).fold(f64::INFINITY, f64::min);
    let mut gaps: Vec<f64> = candidates.iter().map(nearest).collect();
    let mut chosen: Vec<Vec<f64>> = Vec::new();
    while chosen.len() < count.min(candidates.len()) {
        let Some(farthest) = (0..gaps.len()).max_by(|&a, &b| gaps[a].total_cmp(&gaps[b])) else {
            break;
        };
        let point = candidates[farthest].clone();
        for (gap, candidate) in gaps.iter_mut().zip(candidates) {
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
pub fn identified(parameters: &[Parameter], set: &SampledSet) -> Vec<Identified> {
    let count = set.points.len();
    if count == 0 {
        return Vec::new();
    }
    let one = |(at, parameter): (usize, &Parameter)| {
        let mut shares: Vec<f64> = set.points.iter().map(|point| point[at]).collect();
        shares.sort_by(f64::total_cmp);
        let mean = shares.iter().sum::<f64>() / count as f64;
        let variance = shares.iter().map(|share| (share - mean) * (share - mean)).sum::<f64>() / count as f64;
        let quantile = |share: f64| parameter.at(shares[(share * (count - 1) as f64).round() as usize]);
        Identified { quantiles: [0.05, 0.5, 0.95].map(quantile), shrinkage: (variance * 12.0).sqrt() }
    };
    parameters.iter().enumerate().map(one).collect()
}
