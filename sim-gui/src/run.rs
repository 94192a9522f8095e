//! What the window knows of a run, from the news so far.

use crate::worker::{Figures, News, Request, Started, Worker};
use sim_core::base::{Fingerprint, Time};
use sim_core::scenario::Fault;
use sim_core::simulation::Snapshot;

/// Where a run stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// The scenario is being read and its places made.
    Preparing,
    /// It is running, or paused.
    Running,
    /// It has reached its end.
    Ended(Fingerprint),
    /// The scenario is wrong.
    Faulty(Vec<Fault>),
    /// It failed on the way.
    Failed(String),
}

/// A run as the window sees it.
#[derive(Debug)]
pub struct Run {
    worker: Worker,
    /// Where it stands.
    pub phase: Phase,
    /// Whether the user has paused it.
    pub is_paused: bool,
    /// What is fixed; none while it is being prepared.
    pub started: Option<Started>,
    /// The end of the last window.
    pub now: Time,
    /// Orders placed; in a sample, bundles of orders.
    pub orders: u64,
    /// The closed months.
    pub months: Vec<Figures>,
    /// The villages when the last month closed.
    pub villages: Option<Box<Snapshot>>,
    /// Counts changes of `villages`.
    pub version: u64,
}

impl Run {
    /// Starts a run, which calls `wake` whenever there is news.
    pub fn start(request: &Request, wake: impl Fn() + Send + 'static) -> Run {
        Run::of(Worker::start(request.clone(), wake))
    }

    /// A run by this worker.
    pub fn of(worker: Worker) -> Run {
        Run {
            worker,
            phase: Phase::Preparing,
            is_paused: false,
            started: None,
            now: Time::START,
            orders: 0,
            months: Vec::new(),
            villages: None,
            version: 0,
        }
    }

    /// Takes all news that has come.
    pub fn listen(&mut self) {
        while let Some(news) = self.worker.news() {
            self.take(news);
        }
    }

    fn take(&mut self, news: News) {
        match news {
            News::Started(started) => {
                self.now = started.start;
                self.started = Some(*started);
                self.phase = Phase::Running;
            }
            News::Progress(progress) => {
                self.now = progress.now;
                self.orders = progress.orders;
                self.months = progress.months;
                if progress.villages.is_some() {
                    self.villages = progress.villages;
                    self.version += 1;
                }
            }
            News::Ended(fingerprint) => self.phase = Phase::Ended(fingerprint),
            News::Faulty(faults) => self.phase = Phase::Faulty(faults),
            News::Failed(reason) => self.phase = Phase::Failed(reason),
        }
    }

    /// Makes it wait, or go on.
    pub fn pause(&mut self, paused: bool) {
        self.is_paused = paused;
        self.worker.pause(paused);
    }

    /// Whether it can still be paused or go on.
    pub fn is_alive(&self) -> bool {
        matches!(self.phase, Phase::Preparing | Phase::Running)
    }

    /// The share of simulated time that has passed, 0 to 1.
    pub fn share(&self) -> f32 {
        self.started.as_ref().map_or(0.0, |started| {
            let whole = started.end.since(started.start).as_days();
            (self.now.since(started.start).as_days() / whole.max(1.0)).min(1.0) as f32
        })
    }
}
