//! Finished previews, and which of them a chart shows.

use super::preview::{Key, Record};
use super::sample::Level;
use crate::number::quantile;
use crate::outcome::Outcome;
use crate::text::Say;
use sim_core::base::Month;
use sim_core::metrics::area::AreaMonth;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many previews are kept.
const MOST: usize = 600;

/// Finished previews by what identifies them.
#[derive(Clone, Debug, Default)]
pub struct Store {
    records: BTreeMap<Key, Arc<Record>>,
    /// Plans in order of their last use, the latest last.
    used: Vec<u128>,
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
    pub fn band(&self, say: Say, unit: &str) -> String {
        let [low, high] = [self.at[0], self.at[4]].map(|end| say.amount(end, unit));
        format!("{low} – {high}")
    }
}

/// What lies between the 5th and the 95th percentile of the runs' differences, seed by seed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Range {
    /// Whether no difference at all is among what the runs show.
    pub fn has_nothing(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// The sign before a difference: up, down, or that it may be luck; none of an exact nothing.
    pub fn sign(luck: Option<&Range>, value: f64) -> &'static str {
        match value {
            _ if luck.is_some_and(Range::has_nothing) => "≈",
            more if more > 0.0 => "▲",
            less if less < 0.0 => "▼",
            _ => "",
        }
    }
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
        let key = |seed| Key { plan, level, seed };
        let runs = self.records.range(key(0)..=key(u32::MAX));
        Shown {
            runs: runs.map(|(_, record)| record.clone()).collect(),
        }
    }

    /// The highest level at which there are runs of a plan; of samples, the highest with at least three runs if there
    /// is one, so that the picture gains a band and does not lose it.
    pub fn best(&self, plan: u128) -> Option<Level> {
        let count = |level: Level| self.at(plan, level).runs.len();
        let banded = Level::SAMPLES.into_iter().rev().find(|&level| count(level) >= 3);
        let any = Level::SAMPLES.into_iter().rev().find(|&level| count(level) >= 1);
        banded.or(any)
    }

    /// The plan used last that has runs, other than this one.
    pub fn latest(&self, but: u128) -> Option<u128> {
        let others = self.used.iter().rev().copied().filter(|plan| *plan != but);
        others.into_iter().find(|plan| self.best(*plan).is_some())
    }
}

impl Shown {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// An outcome month by month, over the runs; months in which no run has a value are left out.
    pub fn spread(&self, outcome: &Outcome) -> Vec<Spread> {
        let Some(longest) = self.runs.iter().max_by_key(|run| run.months.len()) else {
            return Vec::new();
        };
        let months = longest.months.iter().enumerate();
        months
            .filter_map(|(at, month)| {
                let runs = self.runs.iter().filter_map(|run| run.months.get(at));
                spread_of(month.month, runs.map(|month| outcome.value(month)))
            })
            .collect()
    }

    /// A figure less that of other runs, seed by seed: both have the same sample and the same luck, so that little but
    /// what was changed tells them apart. None with fewer than three pairs.
    pub fn less(&self, other: &Shown, figure: impl Fn(&Shown) -> Option<Spread>) -> Option<Range> {
        let of = |run: &Arc<Record>| {
            let spread = figure(&Shown {
                runs: vec![run.clone()],
            })?;
            Some(spread.at[2])
        };
        let pair = |run: &Arc<Record>| {
            let twin = other.runs.iter().find(|twin| twin.key.seed == run.key.seed)?;
            Some(of(run)? - of(twin)?)
        };
        let mut values: Vec<f64> = self.runs.iter().filter_map(pair).collect();
        values.sort_by(f64::total_cmp);
        (values.len() >= 3).then(|| Range {
            low: quantile(&values, 0.05),
            high: quantile(&values, 0.95),
        })
    }

    /// The middle and the bands of a figure of each run's last month.
    pub fn last(&self, outcome: &Outcome) -> Option<Spread> {
        let lasts = || self.runs.iter().filter_map(|run| run.months.last());
        let month = lasts().next()?.month;
        spread_of(month, lasts().map(|month| outcome.value(month)))
    }

    /// An outcome over the whole run: the sum of a flow, the last value of anything else.
    pub fn total(&self, outcome: &Outcome) -> Option<Spread> {
        if !outcome.is_flow() {
            return self.last(outcome);
        }
        let month = self.runs.first()?.months.last()?.month;
        let sum = |months: &[AreaMonth]| months.iter().map(|month| outcome.value(month)).sum::<f64>();
        spread_of(month, self.runs.iter().map(|run| sum(&run.months)))
    }
}

fn spread_of(month: Month, values: impl Iterator<Item = f64>) -> Option<Spread> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let at = [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| quantile(&values, share));
    (!values.is_empty()).then_some(Spread { month, at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(plan: u128, level: Level, seed: u32) -> Record {
        Record {
            key: Key { plan, level, seed },
            months: Vec::new(),
            ledger: Vec::new(),
            places: 1.0,
            villages: 1,
        }
    }

    #[test]
    fn the_best_level_has_a_band_if_any_has() {
        let mut store = Store::default();
        assert_eq!(store.best(1), None);
        store.take(record(1, Level::Glance, 0));
        assert_eq!(store.best(1), Some(Level::Glance));
        store.take(record(1, Level::Sketch, 0));
        assert_eq!(store.best(1), Some(Level::Sketch));
        (1..3).for_each(|seed| store.take(record(1, Level::Glance, seed)));
        assert_eq!(store.best(1), Some(Level::Glance));
        (1..3).for_each(|seed| store.take(record(1, Level::Sketch, seed)));
        assert_eq!(store.best(1), Some(Level::Sketch));
        assert_eq!(store.at(1, Level::Sketch).runs.len(), 3);
        assert_eq!(store.best(2), None);
    }

    #[test]
    fn the_store_is_bounded_and_forgets_the_oldest() {
        let mut store = Store::default();
        for plan in 0..700 {
            store.take(record(plan, Level::Glance, 0));
        }
        assert!(store.records.len() <= MOST);
        assert!(store.best(699).is_some() && store.best(0).is_none());
    }
}
