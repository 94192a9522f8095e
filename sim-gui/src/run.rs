//! A recorded run, as far as it has come.

use crate::clock::months;
use crate::work::frame::{Frame, Places};
use crate::work::recorder::Ending;
use sim_core::base::Time;
use sim_core::event::Episode;
use sim_core::metrics::area::AreaMonth;
use std::sync::Arc;

/// A recorded run.
#[derive(Clone, Debug)]
pub struct Run {
    /// The plan.
    pub plan: u128,
    /// Its places.
    pub places: Arc<Places>,
    /// First moment.
    pub start: Time,
    /// The moment after the last.
    pub end: Time,
    /// How far it has come.
    pub now: Time,
    /// Orders placed; in a sample, bundles of orders.
    pub orders: u64,
    /// What is kept, in order of time.
    pub frames: Vec<Arc<Frame>>,
    /// The nation's closed months.
    pub months: Vec<AreaMonth>,
    /// What happened, in order of time.
    pub episodes: Vec<Episode>,
    /// What is known at the end; none before it.
    pub ending: Option<Arc<Ending>>,
}

impl Run {
    /// A run whose places have been made.
    pub fn new(plan: u128, places: Places, start: Time, end: Time) -> Run {
        Run {
            plan,
            places: Arc::new(places),
            start,
            end,
            now: start,
            orders: 0,
            frames: Vec::new(),
            months: Vec::new(),
            episodes: Vec::new(),
            ending: None,
        }
    }

    /// The number of the last frame at or before a moment \[months since 2000\].
    pub fn frame_at(&self, month: f64) -> Option<usize> {
        let after = self.frames.partition_point(|frame| months(frame.time) <= month + 1e-6);
        after.checked_sub(1).or_else(|| (!self.frames.is_empty()).then_some(0))
    }

    /// The number of the frame that is of the same time as one of another run; none while the recording has
    /// not come so far.
    pub fn frame_beside(&self, other: &Frame) -> Option<usize> {
        self.frames.iter().position(|frame| frame.time == other.time)
    }

    /// First and last recorded moment \[months since 2000\].
    pub fn span(&self) -> (f64, f64) {
        let last = self.frames.last().map_or(self.start, |frame| frame.time);
        (months(self.start), months(last))
    }

    /// The share of simulated time that has passed, 0 to 1.
    pub fn share(&self) -> f32 {
        self.share_at(self.now)
    }

    /// The share of simulated time that has passed at a time, 0 to 1.
    pub fn share_at(&self, now: Time) -> f32 {
        let whole = self.end.since(self.start).as_days();
        (now.since(self.start).as_days() / whole.max(1.0)).min(1.0) as f32
    }
}
