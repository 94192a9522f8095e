//! Generations of CMA-ES, asked for and told.
//!
//! The crate calls a function for one point at a time. Here whole generations are wanted at once, so the
//! strategy is recreated for each and fed all that was recorded before, which takes no time at these
//! sizes; the points of the generation after that are the ones to ask for. Threads that wait inside the
//! function were rejected: the outcome would hang on how they are scheduled.

use cmaes::{CMAESOptions, DVector};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// First step, as a share of a lever's range.
const STEP: f64 = 0.2;

/// A strategy under way.
#[derive(Clone, Debug)]
pub(super) struct Strategy {
    start: Vec<f64>,
    seed: u64,
    population: usize,
    told: BTreeMap<Vec<u64>, f64>,
    asked: Vec<Vec<f64>>,
}

fn key(point: &[f64]) -> Vec<u64> {
    point.iter().map(|value| value.to_bits()).collect()
}

impl Strategy {
    /// A strategy that starts from a plan.
    pub fn new(start: Vec<f64>, seed: u64) -> Strategy {
        let population = 4 + (1..=start.len()).map(|size| 3.0 / size as f64).sum::<f64>() as usize;
        Strategy {
            start,
            seed,
            population: population.next_multiple_of(2),
            told: BTreeMap::new(),
            asked: Vec::new(),
        }
    }

    /// The next generation, within the levers' ranges.
    pub fn ask(&mut self) -> Vec<Vec<f64>> {
        self.asked = self.next_points();
        self.asked.iter().map(|point| point.iter().map(|unit| unit.clamp(0.0, 1.0)).collect()).collect()
    }

    /// What the generation's plans are worth, the less the better. A generation that was cut short is left
    /// untold.
    pub fn record(&mut self, merits: Vec<(Vec<f64>, f64)>) {
        if merits.len() < self.asked.len() {
            return;
        }
        for (point, (_, merit)) in self.asked.iter().zip(merits) {
            // Points beyond a range are worth what its edge is, less for every step beyond, so that the
            // strategy comes back.
            let beyond: f64 = point.iter().map(|unit| (unit - unit.clamp(0.0, 1.0)).abs()).sum();
            self.told.insert(key(point), merit + beyond * (1.0 + merit.abs()));
        }
    }

    /// Leads a new strategy through what was told to its first generation with untold points. One that has
    /// come to its end begins again elsewhere.
    fn next_points(&self) -> Vec<Vec<f64>> {
        let mut seed = self.seed;
        for _ in 0..100 {
            let untold = RefCell::new(Vec::new());
            let value = |point: &DVector<f64>| {
                let known = self.told.get(&key(point.as_slice()));
                if known.is_none() {
                    untold.borrow_mut().push(point.as_slice().to_vec());
                }
                known.copied().unwrap_or(0.0)
            };
            let options =
                CMAESOptions::new(self.start.clone(), STEP).population_size(self.population).seed(seed);
            let Ok(mut strategy) = options.build(value) else {
                return Vec::new();
            };
            loop {
                let ended = strategy.next().is_some();
                if !untold.borrow().is_empty() {
                    break;
                }
                if ended {
                    break;
                }
            }
            let found = untold.borrow().clone();
            if !found.is_empty() {
                return found;
            }
            seed += 1000;
        }
        Vec::new()
    }
}
