//! Search for the plan that buys most: levers, goals, bounds, noise.
//!
//! 1. A Sobol sequence over the levers shows the lie of the land.
//! 2. CMA-ES (the crate `cmaes`) goes on from the best: it ranks plans instead of measuring slopes, which
//!    bears noise. For two goals it starts once for each of some weights between them (augmented Chebyshev),
//!    which finds frontiers of any shape.
//! 3. The finalists, who look best partly by chance, are run again with fresh seeds; only these runs are
//!    reported.
//!
//! The search asks for whole generations and is told their outcomes, so that the ensemble runs them at once.
//! It is a pure function of what it was told: told again after a kill, it asks the same again.

mod bounds;
mod finalists;
mod generation;
#[cfg(test)]
mod tests;

pub use finalists::{Finalist, FinalistVerdict, Standing, verdicts};

use crate::design::Design;
use crate::experiment::{Factor, Goal, Method, Search};
use bounds::worst_excess;
use generation::Strategy;

/// A plan that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Unit coordinates of the levers.
    pub units: Vec<f64>,
    /// Mean outcomes of the goals, then of the bounds, in their order; not-a-number if a run failed.
    pub outcomes: Vec<f64>,
}

/// A search under way.
#[derive(Clone, Debug)]
pub struct Searching {
    levers: usize,
    search: Search,
    tried: Vec<Tried>,
    start: Vec<Vec<f64>>,
    strategy: Option<(usize, Strategy)>,
}

/// Weights of the first goal, for two; the ends first, because they bound the frontier.
const WEIGHTS: [f64; 5] = [1.0, 0.0, 0.5, 0.75, 0.25];

impl Searching {
    /// A search over levers.
    ///
    /// # Errors
    /// If there are more levers than a Sobol sequence has dimensions.
    pub fn new(search: &Search, levers: &[Factor]) -> Result<Searching, String> {
        let count = levers.len();
        let first = (search.plans as usize / 3).max(4).min(search.plans as usize);
        let method = Method::Sobol { samples: first as u32, seed: 0 };
        let design = Design::new(&method, levers)?;
        let start = (0..design.len()).filter_map(|point| design.units(point).map(<[f64]>::to_vec));
        Ok(Searching {
            levers: count,
            search: search.clone(),
            tried: Vec::new(),
            start: start.collect(),
            strategy: None,
        })
    }

    /// The plans that are to be tried next; none when the search is over.
    pub fn ask(&mut self) -> Vec<Vec<f64>> {
        let left = (self.search.plans as usize).saturating_sub(self.tried.len());
        if self.tried.is_empty() {
            return self.start.clone();
        }
        if left == 0 {
            return Vec::new();
        }
        let stage = self.stage();
        if self.strategy.as_ref().is_none_or(|(running, _)| *running != stage) {
            let best = self.best(self.weight(stage));
            self.strategy = Some((stage, Strategy::new(best, stage as u64 + 1)));
        }
        let Some((_, strategy)) = &mut self.strategy else {
            return Vec::new();
        };
        let mut asked = strategy.ask();
        asked.truncate(left);
        asked
    }

    /// Tells the outcomes of the plans that were asked for, in their order: of the goals, then of the bounds.
    pub fn record(&mut self, asked: Vec<Vec<f64>>, outcomes: Vec<Vec<f64>>) {
        let is_start = self.tried.is_empty();
        let results = asked.into_iter().zip(outcomes);
        let fresh: Vec<Tried> = results.map(|(units, outcomes)| Tried { units, outcomes }).collect();
        self.tried.extend(fresh.iter().cloned());
        if is_start {
            return;
        }
        let scales = self.scales();
        let weight = self.strategy.as_ref().map_or(1.0, |(stage, _)| self.weight(*stage));
        let merits: Vec<(Vec<f64>, f64)> = fresh
            .into_iter()
            .map(|one| {
                let merit = merit(&one.outcomes, &self.search, weight, &scales);
                (one.units, merit)
            })
            .collect();
        if let Some((_, strategy)) = &mut self.strategy {
            strategy.record(merits);
        }
    }

    /// All plans that were tried.
    pub fn tried(&self) -> &[Tried] {
        &self.tried
    }

    /// The levers' number.
    pub fn levers(&self) -> usize {
        self.levers
    }

    /// Which weight the search is at: each gets an equal part of what is left after the start.
    fn stage(&self) -> usize {
        if self.search.goals.len() < 2 {
            return 0;
        }
        let rest = (self.search.plans as usize).saturating_sub(self.start.len()).max(1);
        let done = self.tried.len() - self.start.len();
        (done * WEIGHTS.len() / rest).min(WEIGHTS.len() - 1)
    }

    fn weight(&self, stage: usize) -> f64 {
        if self.search.goals.len() < 2 { 1.0 } else { WEIGHTS[stage.min(WEIGHTS.len() - 1)] }
    }

    /// The best plan tried for a weight.
    fn best(&self, weight: f64) -> Vec<f64> {
        let scales = self.scales();
        let value = |one: &Tried| merit(&one.outcomes, &self.search, weight, &scales);
        let best = self.tried.iter().map(|one| (value(one), one));
        let best = best.reduce(|best, next| if next.0 < best.0 { next } else { best });
        best.map_or_else(|| vec![0.5; self.levers], |(_, one)| one.units.clone())
    }

    /// Least and greatest of each goal over the start, so that goals of different units can be weighed.
    fn scales(&self) -> Vec<(f64, f64)> {
        let start = &self.tried[..self.start.len().min(self.tried.len())];
        (0..self.search.goals.len())
            .map(|goal| {
                let values = start.iter().map(|one| one.outcomes[goal]).filter(|value| !value.is_nan());
                values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
            })
            .collect()
    }

    /// The plans that look best and are to be run again: the best for one goal; for two, those that no other
    /// beats in both, the most different first. `is_repeat` says which plans set the same as an earlier
    /// one: these are passed over.
    pub fn finalists(&self, is_repeat: impl Fn(usize) -> bool) -> Vec<usize> {
        let most = self.search.finalists as usize;
        let feasible =
            |one: &Tried| worst_excess(&one.outcomes, &self.search).is_some_and(|excess| excess <= 0.0);
        let mut good: Vec<usize> =
            (0..self.tried.len()).filter(|&at| feasible(&self.tried[at]) && !is_repeat(at)).collect();
        if good.is_empty() {
            good = (0..self.tried.len())
                .filter(|&at| !self.tried[at].outcomes.iter().any(|value| value.is_nan()) && !is_repeat(at))
                .collect();
        }
        let scales = self.scales();
        if self.search.goals.len() < 2 {
            good.sort_by(|&a, &b| {
                let value = |at: usize| merit(&self.tried[at].outcomes, &self.search, 1.0, &scales);
                value(a).total_cmp(&value(b))
            });
            good.truncate(most);
            return good;
        }
        let rows: Vec<Vec<f64>> = good.iter().map(|&at| self.tried[at].outcomes[..2].to_vec()).collect();
        let more: Vec<bool> = self.search.goals.iter().map(|goal| goal.more).collect();
        let unbeaten = crate::analysis::policies::pareto(&rows, &more);
        let mut front: Vec<usize> = good
            .into_iter()
            .zip(unbeaten)
            .filter(|(_, unbeaten)| *unbeaten == Some(true))
            .map(|(at, _)| at)
            .collect();
        front.sort_by(|&a, &b| self.tried[a].outcomes[0].total_cmp(&self.tried[b].outcomes[0]));
        finalists::spread(front, most)
    }
}

/// What CMA-ES makes small: the weighed goals; above all of them plans that break a bound, by how much; above
/// these plans that failed.
fn merit(outcomes: &[f64], search: &Search, weight: f64, scales: &[(f64, f64)]) -> f64 {
    const BROKEN: f64 = 1e6;
    const FAILED: f64 = 1e12;
    match worst_excess(outcomes, search) {
        None => FAILED,
        Some(excess) if excess > 0.0 => BROKEN + excess,
        Some(_) => {
            let shortfall = |(goal, (&value, &(low, high))): (&Goal, (&f64, &(f64, f64)))| {
                let width = if high > low { high - low } else { 1.0 };
                let share = (value - low) / width;
                if goal.more { 1.0 - share } else { share }
            };
            let falls: Vec<f64> =
                search.goals.iter().zip(outcomes.iter().zip(scales)).map(shortfall).collect();
            match falls.as_slice() {
                [one] => *one,
                [first, second] => {
                    let (a, b) = (weight * first, (1.0 - weight) * second);
                    a.max(b) + 0.05 * (a + b) + 0.001 * (first + second)
                }
                _ => FAILED,
            }
        }
    }
}
