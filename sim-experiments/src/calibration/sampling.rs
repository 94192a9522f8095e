//! Points of the unit cube that some measure does not exceed, also where they are one in millions.
//!
//! Subset simulation (Au and Beck 2001): points all over the cube; the best fifth are kept, and random walks
//! that never leave what the fifth has in common fill the number up again; and so on, until the limit is
//! reached. The share of the volume is the product of the shares that were kept.

use crate::random::random_stream;
use sim_core::base::{RandomStream, math};

/// What is kept of a population.
const KEPT: f64 = 0.2;
/// Levels after which nothing is taken to be left: one in 240 million.
const LEVELS: usize = 12;
/// Walks step this many standard deviations of what was kept.
const STEP: f64 = 0.8;

/// What is sampled, and how.
#[derive(Clone, Copy, Debug)]
pub struct SubsetSampling {
    /// Dimensions of the cube.
    pub dimensions: usize,
    /// Points of a population; as many are found.
    pub population: usize,
    /// What the measure must stay below.
    pub limit: f64,
    /// Which random numbers.
    pub seed: u64,
    /// Which use of random numbers.
    pub purpose: u32,
}

/// Points within the limit.
#[derive(Clone, Debug, Default)]
pub struct SampledSet {
    /// The points, as if drawn evenly; none if nothing was found.
    pub points: Vec<Vec<f64>>,
    /// The share of the volume; 0 if nothing was found.
    pub share: f64,
}

impl SampledSet {
    /// The set, if it has so many points.
    pub fn if_enough(&self, count: usize) -> Option<&SampledSet> {
        (self.points.len() >= count).then_some(self)
    }
}

impl SubsetSampling {
    /// Samples by a measure: its value at a point, or none if it is above the level that is handed in.
    pub fn sample(&self, measure: &dyn Fn(&[f64], f64) -> Option<f64>) -> SampledSet {
        let mut stream = random_stream(self.seed, self.purpose);
        let even =
            |stream: &mut RandomStream| -> Vec<f64> { (0..self.dimensions).map(|_| stream.unit()).collect() };
        let measured = |point: Vec<f64>| {
            let value = measure(&point, f64::INFINITY).unwrap_or(f64::INFINITY);
            Measured { value, point }
        };
        let mut population: Vec<Measured> =
            (0..self.population).map(|_| measured(even(&mut stream))).collect();
        let mut share = 1.0;
        for _ in 0..LEVELS {
            population.sort_by(|a, b| a.value.total_cmp(&b.value));
            let best = ((KEPT * self.population as f64) as usize).max(1);
            let inside = population.iter().filter(|one| one.value < self.limit).count();
            let kept = inside.max(best);
            let level = population[kept - 1].value;
            population.truncate(kept);
            share *= kept as f64 / self.population as f64;
            let is_done = inside >= best;
            let level = if is_done { self.limit } else { level };
            if !level.is_finite() {
                break;
            }
            self.walk(&mut population, level, measure, &mut stream);
            if is_done {
                let points = population.into_iter().map(|one| one.point).collect();
                return SampledSet { points, share };
            }
        }
        SampledSet::default()
    }

    /// Fills the population up by walks from its members that stay within the level.
    fn walk(
        &self,
        population: &mut Vec<Measured>,
        level: f64,
        measure: &dyn Fn(&[f64], f64) -> Option<f64>,
        stream: &mut RandomStream,
    ) {
        let steps: Vec<f64> = (0..self.dimensions).map(|at| STEP * deviation(population, at)).collect();
        let seeds = population.len();
        while population.len() < self.population {
            // Each walk goes on from its last place.
            let from = population.len() - seeds;
            let mut point = population[from].point.clone();
            // Few coordinates at a time, or hardly any step would stay within.
            let share = (3.0 / self.dimensions as f64).min(1.0);
            for (x, step) in point.iter_mut().zip(&steps) {
                let (moves, size) = (stream.unit() < share, stream.unit());
                if moves {
                    *x = reflected(*x + step * math::normal_quantile(size.clamp(1e-9, 1.0 - 1e-9)));
                }
            }
            let next = match measure(&point, level) {
                Some(value) if value < level => Measured { value, point },
                _ => population[from].clone(),
            };
            population.push(next);
        }
    }
}

#[derive(Clone)]
struct Measured {
    value: f64,
    point: Vec<f64>,
}

fn deviation(population: &[Measured], at: usize) -> f64 {
    let count = population.len() as f64;
    let mean = population.iter().map(|one| one.point[at]).sum::<f64>() / count;
    let squares = population.iter().map(|one| (one.point[at] - mean) * (one.point[at] - mean));
    (squares.sum::<f64>() / count).sqrt().max(1e-3)
}

/// A coordinate back in the cube, as if its walls were mirrors.
fn reflected(x: f64) -> f64 {
    let folded = x.abs() % 2.0;
    if folded > 1.0 { 2.0 - folded } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampling(dimensions: usize) -> SubsetSampling {
        SubsetSampling { dimensions, population: 1500, limit: 1.0, seed: 3, purpose: 77 }
    }

    #[test]
    fn a_share_that_is_known_is_found_also_where_it_is_small() {
        for (dimensions, side) in [(2, 0.5), (4, 0.1), (6, 0.1)] {
            let measure = |point: &[f64], _: f64| {
                Some(point.iter().map(|x| (x - 0.4).abs() / (0.5 * side)).fold(0.0, f64::max))
            };
            let found = sampling(dimensions).sample(&measure);
            let known = (0..dimensions).map(|_| side).product::<f64>();
            assert!((0.5..2.0).contains(&(found.share / known)), "{dimensions}: {} {known}", found.share);
            assert_eq!(found.points.len(), 1500);
            assert!(found.points.iter().all(|point| measure(point, 0.0).unwrap() < 1.0));
            let mean = found.points.iter().map(|point| point[0]).sum::<f64>() / 1500.0;
            assert!((mean - 0.4).abs() < 0.1 * side, "{mean}");
        }
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        let found = sampling(3).sample(&|point: &[f64], _: f64| Some(1.5 + point[0]));
        assert!(found.points.is_empty() && found.share == 0.0);
    }
}
