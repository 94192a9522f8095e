//! Tests that could fail, on the same simulations: a figure is left out and predicted, later years are
//! predicted from earlier ones, and wrong figures are fitted.
//!
//! A prediction is the distribution of the left-out figure over the points that the other figures do not rule
//! out, weighted by them, with the emulator's variance, that of seeds, and of the tolerance: it predicts what
//! would be *published*. It *holds* if the published figure lies within its interval of 90 %. What the whole
//! ranges give, no figure being fitted, is told beside it: an interval as wide says nothing.

use super::emulated::{Emulated, weight};
use super::figure::FitFigure;
use super::matching::{MatchedHistory, emulate, not_ruled_out, ruling};
use super::sampling::SampledSet;
use crate::random::{permutation, random_stream};
use crate::statistics::quantile_of_sorted;
use sim_core::base::{RandomStream, math};

/// Draws of a prediction for each point of the set.
const DRAWS: usize = 4;
const PURPOSE: u32 = 903;
/// Random numbers of sets are those of waves that no calibration has.
const FIRST_SEED: u64 = 1_000;

/// A figure predicted without it.
#[derive(Clone, Debug, PartialEq)]
pub struct FigurePrediction {
    /// The figure.
    pub figure: FitFigure,
    /// 5 % and 95 % of what would be published, by the other figures; not-a-number if these rule out all.
    pub interval: (f64, f64),
    /// The same over the whole ranges, nothing being fitted.
    pub unfitted: (f64, f64),
    /// Whether the published figure lies in the interval; of a bound, whether some of what is accepted does.
    pub holds: bool,
}

impl FigurePrediction {
    /// Whether the other figures say more of it than the ranges alone: the interval is at most four fifths as
    /// wide.
    pub fn is_sharper(&self) -> bool {
        let width = |(low, high): (f64, f64)| high - low;
        width(self.interval) <= 0.8 * width(self.unfitted)
    }
}

/// How much of the ranges' volume right and wrong figures leave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WrongFigureControl {
    /// What the published figures leave of it, by the emulators of the first wave.
    pub right: f64,
    /// What each set of wrong figures leaves.
    pub wrong: Vec<f64>,
}

impl WrongFigureControl {
    /// How many sets of wrong figures leave as much as the published ones.
    pub fn as_much(&self) -> usize {
        self.wrong.iter().filter(|&&share| share >= self.right).count()
    }

    /// The middle of what they leave.
    pub fn median(&self) -> f64 {
        let mut sorted = self.wrong.clone();
        sorted.sort_by(f64::total_cmp);
        quantile_of_sorted(&sorted, 0.5)
    }

    /// Whether wrong figures are noticed: at most one set in ten leaves as much, and half of the sets leave
    /// at most half as much.
    pub fn is_noticed(&self) -> bool {
        10 * self.as_much() <= self.wrong.len() && self.median() <= 0.5 * self.right
    }
}

/// Refits without figures.
pub struct FigureRefits<'a> {
    /// What was simulated and emulated.
    pub history: &'a MatchedHistory,
    /// Parameters.
    pub dimensions: usize,
    /// Points of each set.
    pub population: usize,
}

impl FigureRefits<'_> {
    /// Each of these figures left out with all of its series, and predicted from the others; those that no
    /// emulator can predict are left away.
    pub fn without(&self, names: &[String]) -> Vec<FigurePrediction> {
        let one = |(at, name): (usize, &String)| {
            let of = self.emulated(name)?;
            let others = self.history.ruling().into_iter();
            let others = others.filter(|one| one.figure.series != of.figure.series).collect::<Vec<_>>();
            Some(self.predicted(&[of], &others, at as u64).swap_remove(0))
        };
        names.iter().enumerate().filter_map(one).collect()
    }

    /// Figures after a year, up to another, predicted from those up to it; those to be tested as well as
    /// those to be fitted.
    pub fn after(&self, year: u16, last: u16) -> Vec<FigurePrediction> {
        let until = |one: &&Emulated| one.figure.year.is_some_and(|of| of <= year);
        let earlier: Vec<&Emulated> = self.history.ruling().into_iter().filter(until).collect();
        let is_later = |one: &&Emulated| one.figure.year.is_some_and(|of| of > year && of <= last);
        let usable = self.history.emulated.iter().filter(|one| one.is_usable());
        let later: Vec<&Emulated> = usable.filter(is_later).collect();
        self.predicted(&later, &earlier, u64::from(year))
    }

    fn emulated(&self, name: &str) -> Option<&Emulated> {
        self.history.emulated.iter().find(|one| one.figure.name == name && one.is_usable())
    }

    fn predicted(&self, of: &[&Emulated], by: &[&Emulated], seed: u64) -> Vec<FigurePrediction> {
        let seed = FIRST_SEED + seed;
        let set = not_ruled_out(self.dimensions, by, self.population, seed);
        let weights: Vec<f64> = set.points.iter().map(|point| weight_of(by, point)).collect();
        let everywhere = not_ruled_out(self.dimensions, &[], self.population, seed);
        let even = vec![1.0; everywhere.points.len()];
        let one = |figure: &&Emulated| {
            let interval = interval(figure, &set, &weights, seed);
            FigurePrediction {
                figure: figure.figure.clone(),
                interval,
                unfitted: self::interval(figure, &everywhere, &even, seed),
                holds: holds(&figure.figure, interval),
            }
        };
        of.iter().map(one).collect()
    }
}

fn weight_of(by: &[&Emulated], point: &[f64]) -> f64 {
    let distances: Vec<f64> = by.iter().map(|one| one.implausibility(point)).collect();
    weight(by, &distances)
}

fn holds(figure: &FitFigure, (low, high): (f64, f64)) -> bool {
    let yardstick = &figure.yardstick;
    if yardstick.is_one_sided() {
        return low <= yardstick.high && high >= yardstick.low;
    }
    (low..=high).contains(&yardstick.reference)
}

/// 5 % and 95 % of what would be published, over points with weights.
fn interval(of: &Emulated, set: &SampledSet, weights: &[f64], seed: u64) -> (f64, f64) {
    let mut stream = random_stream(seed, PURPOSE);
    let mut draws: Vec<(f64, f64)> = Vec::new();
    for (point, &weight) in set.points.iter().zip(weights) {
        let (mean, variance) = of.emulator.predict(point);
        let tolerance = tolerance(of);
        let deviation = (variance + of.emulator.noise() + tolerance * tolerance).sqrt();
        draws.extend((0..DRAWS).map(|_| (mean + deviation * normal(&mut stream), weight)));
    }
    draws.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: f64 = draws.iter().map(|draw| draw.1).sum();
    let quantile = |share: f64| {
        let mut sum = 0.0;
        let reached = draws.iter().find(|draw| {
            sum += draw.1;
            sum >= share * all
        });
        reached.map_or(f64::NAN, |draw| of.unscaled(draw.0))
    };
    (quantile(0.05), quantile(0.95))
}

/// One standard deviation of what was published; nothing for a bound, which was not measured.
fn tolerance(of: &Emulated) -> f64 {
    let yardstick = &of.figure.yardstick;
    if yardstick.is_one_sided() {
        return 0.0;
    }
    let edges = [yardstick.low, yardstick.high].map(|edge| of.tolerance(of.scaled(edge)));
    0.5 * (edges[0] + edges[1])
}

fn normal(stream: &mut RandomStream) -> f64 {
    math::normal_quantile(stream.unit().clamp(1e-9, 1.0 - 1e-9))
}

/// The published figures against sets of wrong ones: each figure takes the place, among what was simulated of
/// it in the first wave, that another figure has among its own. Both are held against the emulators of the
/// first wave, whose points fill the ranges evenly.
pub fn wrong_figures(
    figures: &[FitFigure],
    history: &MatchedHistory,
    sets: u64,
    population: usize,
) -> WrongFigureControl {
    let first = history.simulated.until(1);
    let emulated = emulate(figures, &first);
    let right = ruling(&emulated);
    let dimensions = first.points.first().map_or(0, Vec::len);
    let columns: Vec<Vec<f64>> = right.iter().map(|one| sorted(figures, &first.values, one)).collect();
    let places: Vec<f64> =
        right.iter().zip(&columns).map(|(one, column)| place(column, one.figure.middle())).collect();
    let share = |ruling: &[&Emulated], seed: u64| not_ruled_out(dimensions, ruling, population, seed).share;
    let wrong = (1..=sets).map(|set| {
        let order = moved(right.len(), set);
        let wrong: Vec<Emulated> = (0..right.len())
            .map(|at| {
                let instead = quantile_of_sorted(&columns[at], places[order[at]]);
                right[at].against(right[at].figure.had_it_been(instead))
            })
            .collect();
        share(&wrong.iter().collect::<Vec<_>>(), FIRST_SEED + set)
    });
    WrongFigureControl { wrong: wrong.collect(), right: share(&right, FIRST_SEED) }
}

fn sorted(figures: &[FitFigure], values: &[Vec<f64>], of: &Emulated) -> Vec<f64> {
    let at = figures.iter().position(|figure| figure.name == of.figure.name).unwrap_or(0);
    let mut column: Vec<f64> = values.iter().map(|row| row[at]).filter(|value| value.is_finite()).collect();
    column.sort_by(f64::total_cmp);
    column
}

/// The share of sorted values below a number.
fn place(sorted: &[f64], value: f64) -> f64 {
    sorted.iter().filter(|&&known| known < value).count() as f64 / sorted.len().max(1) as f64
}

/// An order in which nothing is in its place; as it is, of fewer than two.
fn moved(count: usize, seed: u64) -> Vec<usize> {
    let mut stream = random_stream(seed, PURPOSE);
    let mut order: Vec<usize> = (0..count).collect();
    while count > 1 && order.iter().enumerate().any(|(at, &other)| at == other) {
        order = permutation(&mut stream, count);
    }
    order
}
