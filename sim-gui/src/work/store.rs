//! Finished previews, and which of them a chart shows.

use super::preview::{Holds, Key, Record};
use super::sample::Level;
use crate::comparison::{Comparison, LEAST};
use crate::number::quantile;
use crate::outcome::ShownOutcome;
use crate::text::Say;
use sim_core::base::Month;
use sim_core::base::Unit;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many previews are kept.
const MOST: usize = 600;

/// Runs of which a band is drawn, at least.
pub const BAND: usize = 3;

/// Finished previews by what identifies them.
#[derive(Clone, Debug, Default)]
pub struct Store {
    records: BTreeMap<Key, Arc<Record>>,
    /// Plans in order of their last use, the latest last.
    used: Vec<u128>,
    /// What runs that are shown differ in.
    pub holds: Holds,
    /// Counts changes.
    pub version: u64,
}

/// Runs of one plan at one level: what a chart shows.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The runs, one for each seed.
    pub runs: Vec<Arc<Record>>,
}

/// A month of several runs: the middle and the bands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The month.
    pub month: Month,
    /// 5th, 25th, 50th, 75th and 95th percentile of the runs.
    pub at: [f64; 5],
}

impl Spread {
    /// Where nine tenths of the runs lie, in a unit.
    pub fn band(&self, say: Say, unit: Unit) -> String {
        let [low, high] = [self.at[0], self.at[4]].map(|end| say.amount(end, unit));
        format!("{low} – {high}")
    }
}

/// The level to show, by how many runs there are of each: of samples, the highest with enough runs to tell a
/// difference from chance; else the highest with a band; else any, so that the picture gains and does not
/// lose. None if there is no run.
pub fn best(count: impl Fn(Level) -> usize) -> Option<Level> {
    let highest = |least: usize| {
        let mut levels = Level::SAMPLES.into_iter().rev();
        levels.find(|&level| count(level) >= least)
    };
    highest(LEAST).or_else(|| highest(BAND)).or_else(|| highest(1))
}

impl Store {
    /// Takes a finished preview.
    pub fn take(&mut self, record: Record) {
        self.touch(record.key.plan);
        self.records.insert(record.key, Arc::new(record));
        self.version += 1;
        while self.records.len() > MOST && self.used.len() > 1 {
            let oldest = self.used.remove(0);
            self.records.retain(|key, _| key.plan != oldest);
        }
    }

    /// Notes that a plan is of interest.
    pub fn touch(&mut self, plan: u128) {
        self.used.retain(|known| *known != plan);
        self.used.push(plan);
    }

    /// Whether there is this one.
    pub fn has(&self, key: &Key) -> bool {
        self.records.contains_key(key)
    }

    /// The runs of a plan at a level.
    pub fn at(&self, plan: u128, level: Level) -> Shown {
        self.holding(plan, level, self.holds)
    }

    /// The runs of a plan at a level that differ in what is asked for.
    pub fn holding(&self, plan: u128, level: Level, holds: Holds) -> Shown {
        let key = |seed| Key { plan, level, holds, seed };
        let runs = self.records.range(key(0)..=key(u32::MAX));
        Shown { runs: runs.map(|(_, record)| record.clone()).collect() }
    }

    /// The seeds of a plan's runs at a level.
    pub fn seeds(&self, plan: u128, level: Level) -> BTreeSet<u32> {
        self.at(plan, level).runs.iter().map(|run| run.key.seed).collect()
    }

    /// The level at which a plan is shown by itself.
    pub fn best(&self, plan: u128) -> Option<Level> {
        best(|level| self.seeds(plan, level).len())
    }
}

impl Shown {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// An outcome month by month, over the runs; months in which no run has a value are left out.
    pub fn spread(&self, outcome: &ShownOutcome) -> Vec<Spread> {
        let Some(longest) = self.runs.iter().max_by_key(|run| run.months.len()) else {
            return Vec::new();
        };
        let months = longest.months.iter().enumerate();
        months
            .filter_map(|(at, month)| {
                let runs = self.runs.iter().filter_map(|run| run.months.get(at));
                let month = month.month;
                quantiles(runs.map(|month| outcome.value(month))).map(|at| Spread { month, at })
            })
            .collect()
    }

    /// The difference to other runs in a figure, seed by seed; none without a pair.
    pub fn compared(&self, other: &Shown, figure: impl Fn(&Record) -> f64) -> Option<Comparison> {
        let figures = |shown: &Shown| -> Vec<(u32, f64)> {
            let runs = shown.runs.iter();
            runs.map(|run| (run.key.seed, figure(run))).collect()
        };
        Comparison::of(&figures(self), &figures(other))
    }

    /// The middle of a figure of the runs, and the ends of its bands; none if no run has a value.
    pub fn middle(&self, figure: impl Fn(&Record) -> f64) -> Option<[f64; 5]> {
        quantiles(self.runs.iter().map(|run| figure(run)))
    }

    /// The middle of a figure of the runs, those among them that are without end: a dash if the middle is.
    pub fn middle_with(&self, figure: impl Fn(&Record) -> f64) -> f64 {
        let mut values: Vec<f64> = self.runs.iter().map(|run| figure(run)).collect();
        values.retain(|value| !value.is_nan());
        values.sort_by(f64::total_cmp);
        let half = values.len() / 2;
        let middle = match values.get(half.saturating_sub(1)..=half) {
            // Of an even number, the mean of the two in the middle; without end, if one of them is.
            Some([low, high]) if values.len().is_multiple_of(2) => (low + high) / 2.0,
            _ => values.get(half).copied().unwrap_or(f64::NAN),
        };
        if middle.is_finite() { middle } else { f64::NAN }
    }

    /// The middle and the bands of a figure of each run's last month.
    pub fn last(&self, outcome: &ShownOutcome) -> Option<Spread> {
        self.spread_at_end(|run| run.last(outcome))
    }

    /// An outcome over the whole run: the sum of a flow, the last value of anything else.
    pub fn total(&self, outcome: &ShownOutcome) -> Option<Spread> {
        self.spread_at_end(|run| run.total(outcome))
    }

    fn spread_at_end(&self, figure: impl Fn(&Record) -> f64) -> Option<Spread> {
        let month = self.runs.iter().find_map(|run| run.months.last())?.month;
        let at = self.middle(figure)?;
        Some(Spread { month, at })
    }
}

/// The 5th, 25th, 50th, 75th and 95th percentile of those values that there are; none without a value.
fn quantiles(values: impl Iterator<Item = f64>) -> Option<[f64; 5]> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let at = [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| quantile(&values, share));
    (!values.is_empty()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(plan: u128, level: Level, seed: u32) -> Record {
        Record {
            key: Key { plan, level, holds: Holds::default(), seed },
            months: Vec::new(),
            ledger: Vec::new(),
            places: 1.0,
            villages: 1,
            households: 1.0,
        }
    }

    #[test]
    fn the_best_level_has_enough_pairs_or_a_band_if_any_has() {
        let mut store = Store::default();
        assert_eq!(store.best(1), None);
        store.take(record(1, Level::Preview, 0));
        assert_eq!(store.best(1), Some(Level::Preview));
        store.take(record(1, Level::Estimate, 0));
        assert_eq!(store.best(1), Some(Level::Estimate));
        (1..3).for_each(|seed| store.take(record(1, Level::Preview, seed)));
        assert_eq!(store.best(1), Some(Level::Preview));
        (1..3).for_each(|seed| store.take(record(1, Level::Estimate, seed)));
        assert_eq!(store.best(1), Some(Level::Estimate));
        assert_eq!(store.at(1, Level::Estimate).runs.len(), 3);
        // What can be told from chance is not lost to a larger sample that cannot yet.
        (3..8).for_each(|seed| store.take(record(1, Level::Preview, seed)));
        assert_eq!(store.best(1), Some(Level::Preview));
        (3..8).for_each(|seed| store.take(record(1, Level::Estimate, seed)));
        assert_eq!(store.best(1), Some(Level::Estimate));
        assert_eq!(store.best(2), None);
    }

    #[test]
    fn the_store_is_bounded_and_forgets_the_oldest() {
        let mut store = Store::default();
        for plan in 0..700 {
            store.take(record(plan, Level::Preview, 0));
        }
        assert!(store.records.len() <= MOST);
        assert!(store.best(699).is_some() && store.best(0).is_none());
    }
}
