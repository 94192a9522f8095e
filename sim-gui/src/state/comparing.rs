//! Which runs are shown and compared: at one level, over the seeds that plan and baseline both have.

use super::{Ready, State};
use crate::comparison::{Comparison, Unlike, unlike};
use crate::work::preview::{Holds, Record};
use crate::work::sample::Level;
use crate::work::store::{BAND, Shown, best};
use std::collections::BTreeSet;

impl State {
    /// What keeps a plan from being compared with the baseline; nothing if it can be.
    pub fn unlike(&self, ready: &Ready) -> Vec<Unlike> {
        unlike(ready, &self.baseline)
    }

    /// Whether the present plan is another one than the baseline.
    pub fn has_other(&self) -> bool {
        self.current.id() != self.baseline.id()
    }

    /// Whether the present plan is compared with another one.
    pub fn is_compared(&self) -> bool {
        self.has_other() && self.unlike(&self.current).is_empty()
    }

    /// Seeds of a level that both the present plan and the baseline have run; none if there is nothing to
    /// pair.
    fn pairs(&self, level: Level) -> Option<BTreeSet<u32>> {
        if !self.is_compared() {
            return None;
        }
        let seeds = |plan| self.store.seeds(plan, level);
        let both: BTreeSet<u32> = &seeds(self.current.id()) & &seeds(self.baseline.id());
        (!both.is_empty()).then_some(both)
    }

    /// The seeds over which everything is shown at a level: those of the pairs, as far as kept plans have
    /// them too, so that curves beside each other are over the same counties.
    fn common(&self, level: Level) -> Option<BTreeSet<u32>> {
        let pairs = self.pairs(level)?;
        let kept = self.kept.iter().filter(|kept| self.unlike(kept).is_empty());
        Some(kept.fold(pairs, |common, kept| {
            let both = &common & &self.store.seeds(kept.id(), level);
            if both.is_empty() { common } else { both }
        }))
    }

    /// The runs of a plan at a level that are shown: those over seeds that the plans beside it have, too. A
    /// plan over other places, or of another seed, is shown by all its runs.
    pub fn shown(&self, plan: u128, level: Level) -> Shown {
        let mut shown = self.store.at(plan, level);
        let is_beside = |ready: &&Ready| ready.id() == plan && self.unlike(ready).is_empty();
        let common = self.common(level).filter(|_| self.together().iter().any(is_beside));
        if let Some(common) = common {
            shown.runs.retain(|run| common.contains(&run.key.seed));
        }
        shown
    }

    /// Runs of the present plan that hold luck alone, and those that hold what is unknown as well: at the
    /// finest level that has a band of both.
    pub fn told_apart(&self) -> Option<[Shown; 2]> {
        let both = |level| {
            let holding = |holds| self.store.holding(self.current.id(), level, holds);
            [Holds::Luck, Holds::LuckAndUnknown].map(holding)
        };
        let mut levels = Level::SAMPLES.into_iter().rev().map(both);
        levels.find(|both| both.iter().all(|shown| shown.runs.len() >= BAND))
    }

    /// The level at which charts show the present plan; none before the first answer. Pairs count, where it
    /// is compared.
    pub fn level(&self) -> Option<Level> {
        let paired = best(|level| self.pairs(level).map_or(0, |pairs| pairs.len()));
        paired.or_else(|| self.store.best(self.current.id()))
    }

    /// The level at which a plan is shown beside the present one: the same, so that the two compare; of one
    /// that is not compared, the best that it has by itself.
    pub fn level_beside(&self, ready: &Ready, level: Level) -> Level {
        let is_alone = ready.id() != self.current.id()
            && (!self.unlike(ready).is_empty() || !self.unlike(&self.current).is_empty());
        match is_alone {
            true => self.store.best(ready.id()).unwrap_or(level),
            false => level,
        }
    }

    /// The runs of a plan beside the present one, at its [level](State::level_beside).
    pub fn shown_beside(&self, ready: &Ready, level: Level) -> Shown {
        self.shown(ready.id(), self.level_beside(ready, level))
    }

    /// The difference between a plan and the baseline in a figure of their runs; none if they are not alike,
    /// or have no seed in common.
    pub fn compared(
        &self,
        ready: &Ready,
        level: Level,
        figure: impl Fn(&Record) -> f64,
    ) -> Option<Comparison> {
        if ready.id() == self.baseline.id() || !self.unlike(ready).is_empty() {
            return None;
        }
        let [now, before] = [ready.id(), self.baseline.id()].map(|plan| self.shown(plan, level));
        now.compared(&before, figure)
    }

    /// The recorded run that the present plan's is compared with, moment by moment; none if they are not
    /// alike.
    pub fn recorded_baseline(&self) -> Option<&std::sync::Arc<crate::run::Run>> {
        self.run_of(self.baseline.id()).filter(|_| self.is_compared())
    }

    /// Gives the baseline the places, days, sample and seed of the present plan, so that they can be
    /// compared.
    pub fn align_baseline(&mut self) {
        let scenario = &self.current.prepared.scenario;
        let mut plan = self.baseline.plan.clone();
        let named = [
            "start",
            "end",
            "seed",
            "world_seed",
            "household_sample",
            "places.select",
            "places.villages_per_county",
        ];
        for path in named {
            if let Some(value) = scenario
                .get(path)
                .filter(|value| self.baseline.prepared.scenario.get(path).as_ref() != Some(value))
            {
                plan = plan.with(path, &value);
            }
        }
        self.compare_with(&plan);
    }
}
