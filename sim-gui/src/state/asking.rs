//! What the state asks of the pool and the recorder.

use super::{Ready, State};
use crate::view::Selected;
use crate::work::preview::{Holds, Job, Key};
use crate::work::recorder::RecorderJob;
use crate::work::sample::Level;
use crate::work::story::Story;

impl State {
    pub(super) fn ask_previews(&mut self) {
        let now = (self.current.id(), self.baseline.id(), self.kept.len(), self.is_held, self.store.version);
        if !self.is_dirty
            && (now.0, now.1, now.2, now.3) == (self.wanted.0, self.wanted.1, self.wanted.2, self.wanted.3)
        {
            return;
        }
        self.wanted = now;
        self.is_dirty = false;
        // What is compared is not forgotten for want of room.
        for kept in &self.kept {
            self.store.touch(kept.id());
        }
        self.store.touch(self.baseline.id());
        self.store.touch(self.current.id());
        let holds = self.store.holds;
        let mut jobs: Vec<Job> = Vec::new();
        for &(level, seeds) in self.samples {
            // While a lever is held, only what answers at once.
            if self.is_held && level != Level::Preview {
                break;
            }
            // What is looked at first, then what it is compared with beside the baseline.
            let first = [&self.current, &self.baseline];
            let both = (0..seeds).flat_map(|seed| first.map(|plan| (seed, plan)));
            let kept = (0..seeds).flat_map(|seed| self.kept.iter().map(move |plan| (seed, plan)));
            for (seed, plan) in both.chain(kept) {
                self.add_job(&mut jobs, plan, level, holds, seed);
            }
        }
        if holds == Holds::LuckAndUnknown && !self.is_held {
            self.add_runs_of_luck(&mut jobs);
        }
        self.pool.want(jobs);
    }

    /// Asks for a run that is neither there nor asked for.
    fn add_job(&self, jobs: &mut Vec<Job>, plan: &Ready, level: Level, holds: Holds, seed: u32) {
        let key = Key { plan: plan.id(), level, holds, seed };
        if !self.store.has(&key) && jobs.iter().all(|job| job.key != key) {
            jobs.extend(plan.job(level, holds, seed));
        }
    }

    /// Last, runs of the present plan that differ in their seeds alone, so that luck is told from what is
    /// unknown: at the second level, which costs little, or the first, if that has all villages.
    fn add_runs_of_luck(&self, jobs: &mut Vec<Job>) {
        let has_runs = |level| self.current.job(level, Holds::Luck, 0).is_some();
        let apart = self.samples.iter().take(2).rev().find(|(level, _)| has_runs(*level));
        if let Some(&(level, seeds)) = apart {
            (0..seeds).for_each(|seed| self.add_job(jobs, &self.current, level, Holds::Luck, seed));
        }
    }

    /// Once the present plan is recorded, a baseline that was never at work is recorded too.
    fn ask_baseline(&mut self) {
        let id = self.baseline.id();
        let is_known = self.runs.iter().any(|run| run.plan == id);
        if is_known || id == self.current.id() || self.baseline.is_large() {
            return;
        }
        (self.recording_of, self.is_recording) = (Some(id), true);
        self.again = None;
        self.recorder.record(RecorderJob::of(&self.baseline.prepared));
    }

    pub(super) fn ask_recording(&mut self) {
        self.recorder.give_way(self.is_held || self.pool.is_urgent());
        let id = self.current.id();
        // A state that answers with no samples is at rest, and records nothing either.
        let is_at_rest = self.samples.is_empty();
        if is_at_rest || self.is_held || self.needs_asking() || !self.faults.is_empty() {
            return;
        }
        // Recorded before: recorded again only when somebody there is asked for a story.
        let is_recorded = self.run_of(id).is_some_and(|run| run.ending.is_some());
        let is_at_work = self.recording_of == Some(id);
        if is_recorded && (is_at_work || !matches!(self.selected, Selected::Entity(_))) {
            return self.ask_baseline();
        }
        if is_at_work {
            return;
        }
        let baseline = self.baseline.id();
        // The baseline's first recording is finished before another begins, so that there is something to
        // compare.
        if self.is_recording && self.recording_of == Some(baseline) {
            return;
        }
        // A recording costs seconds: not before the first band is there.
        if self.recording_of.is_some() && self.store.at(id, Level::Preview).runs.len() < 3 {
            return;
        }
        (self.recording_of, self.is_recording) = (Some(id), true);
        // What was told is of another plan.
        self.story = Story::default();
        self.again = is_recorded.then_some(0.0);
        self.runs.retain(|run| run.plan == baseline || run.ending.is_some());
        let known: Vec<u128> = self.kept.iter().map(Ready::id).chain([id, baseline]).collect();
        let over = self.runs.len().saturating_sub(3);
        let mut dropped = 0;
        self.runs.retain(|run| {
            let goes = dropped < over && !known.contains(&run.plan);
            dropped += usize::from(goes);
            !goes
        });
        self.recorder.record(RecorderJob::of(&self.current.prepared));
    }
}
