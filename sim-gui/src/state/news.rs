//! What the state takes from the pool and the recorder.

use super::State;
use crate::run::Run;
use crate::work::pool::News;
use crate::work::recorder::RecorderNews;
use sim_core::base::Localised;
use std::sync::Arc;

impl State {
    pub(super) fn take_previews(&mut self) -> bool {
        let mut is_new = false;
        while let Some(news) = self.pool.news() {
            is_new = true;
            match news {
                News::Finished(record) => {
                    let plan = record.key.plan;
                    self.store.take(*record);
                    if let Some((_, since)) = self.latency.asked.take_if(|(asked, _)| *asked == plan) {
                        self.latency.answers.push(since.elapsed().as_secs_f32() * 1000.0);
                        let over = self.latency.answers.len().saturating_sub(50);
                        self.latency.answers.drain(..over);
                    }
                }
                News::Failed(key, reason) => {
                    let say = self.say();
                    let level = say.find(key.level.key()).unwrap_or_default();
                    let text = say.with("notice.failed", &[level, &reason.localised(say.speaker())]);
                    self.notice(text, true);
                }
            }
        }
        // What was known before needs no work, and answers at once.
        let id = self.current.id();
        if self.store.best(id).is_some() {
            self.latency.asked.take_if(|(asked, _)| *asked == id);
        }
        is_new
    }

    pub(super) fn take_recordings(&mut self) -> bool {
        let mut is_new = false;
        while let Some(news) = self.recorder.news() {
            is_new = true;
            self.take_recorder_news(news);
        }
        is_new
    }

    fn take_recorder_news(&mut self, news: RecorderNews) {
        match news {
            RecorderNews::Built(plan, places, start, end) => {
                // What was recorded to its end is the same when it is recorded again, and stands: the month
                // that is looked at does not change by itself.
                if self.run_of(plan).is_some_and(|run| run.ending.is_some()) {
                    return;
                }
                self.runs.retain(|run| run.plan != plan);
                self.runs.push(Arc::new(Run::new(plan, *places, start, end)));
            }
            RecorderNews::Reached(plan, now, orders) => {
                if let Some(run) = self.recording_mut(plan) {
                    (run.now, run.orders) = (now, orders);
                } else if self.recording_of == Some(plan) {
                    self.again = self.run_of(plan).map(|run| run.share_at(now));
                }
            }
            RecorderNews::Month(plan, frame, months, episodes) => {
                if let Some(run) = self.recording_mut(plan) {
                    run.frames.push(Arc::from(frame));
                    run.months.extend(months);
                    run.episodes.extend(episodes);
                }
            }
            RecorderNews::Ended(plan, ending) => {
                self.is_recording &= self.recording_of != Some(plan);
                self.again = None;
                for fault in &ending.faults {
                    let text = self.say().with("notice.books", &[&fault.to_string()]);
                    self.notice(text, true);
                }
                if let Some(run) = self.run_mut(plan) {
                    run.ending = Some(Arc::from(ending));
                }
                self.ask_story();
            }
            RecorderNews::Faulty(plan, faults) => {
                self.is_recording &= self.recording_of != Some(plan);
                if plan == self.current.id() {
                    self.faults = faults;
                }
            }
            RecorderNews::Failed(reason) => {
                self.is_recording = false;
                self.again = None;
                self.notice(reason.localised(self.say().speaker()), true);
            }
            RecorderNews::Story(story) => self.story = *story,
        }
    }

    /// A run that has not come to its end.
    fn recording_mut(&mut self, plan: u128) -> Option<&mut Run> {
        self.run_mut(plan).filter(|run| run.ending.is_none())
    }

    fn run_mut(&mut self, plan: u128) -> Option<&mut Run> {
        self.runs.iter_mut().find(|run| run.plan == plan).map(Arc::make_mut)
    }
}
