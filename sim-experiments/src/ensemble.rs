//! Many simulations at once, each on one thread.
//!
//! A run on two threads waits for the slower one at the end of every window; two runs on a thread each wait
//! for nobody. So an ensemble gives whole runs to threads. What a run gives depends on its job alone, never
//! on the thread, the order or the company in which it ran.
//!
//! ```
//! use sim_core::scenario::Scenario;
//! use sim_experiments::ensemble::{Ensemble, Job};
//! use std::ops::ControlFlow;
//!
//! let mut base = Scenario::builtin("tiny").ok_or("no such scenario")?;
//! base.set("end", "\"2014-12-31\"").map_err(|faults| faults.to_string())?;
//! let mut orders = Vec::new();
//! Ensemble::new(2).run(
//!     0..3,
//!     |seed| Ok(Job::seeded(&base, seed)),
//!     |_, simulation| simulation.orders(),
//!     |finished| {
//!         orders.push((finished.index, finished.result));
//!         ControlFlow::Continue(())
//!     },
//! );
//! assert!(orders.iter().all(|(_, result)| result.is_ok()) && orders.len() == 3);
//! # Ok::<(), String>(())
//! ```

mod job;
#[cfg(test)]
mod tests;

pub use job::{Job, JobError, Later};

use sim_core::simulation::{Simulation, Threads};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How to run an ensemble.
pub struct Ensemble<'a> {
    threads: NonZeroUsize,
    cancelled: &'a (dyn Fn() -> bool + Sync),
    longest: Option<Duration>,
}

/// A run that has come to its end, or failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished<T> {
    /// Which of the jobs.
    pub index: u64,
    /// What was looked at, or why there is nothing to look at.
    pub result: Result<T, JobError>,
    /// Time it took on its thread \[seconds\].
    pub seconds: f64,
    /// Events handled.
    pub events: u64,
}

/// How an ensemble ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every job was run.
    Complete,
    /// It was stopped: jobs that had not finished gave nothing, and were not handed to the receiver.
    Cancelled,
}

impl Ensemble<'static> {
    /// So many runs at a time; none at all is taken for one.
    pub fn new(threads: usize) -> Ensemble<'static> {
        Ensemble {
            threads: NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN),
            cancelled: &|| false,
            longest: None,
        }
    }
}

impl<'a> Ensemble<'a> {
    /// Stops when this says so; asked at the end of every window of every run.
    #[must_use]
    pub fn cancelled_by<'b>(self, cancelled: &'b (dyn Fn() -> bool + Sync)) -> Ensemble<'b>
    where
        'a: 'b,
    {
        Ensemble { cancelled, ..self }
    }

    /// Gives up a run that has taken longer, as a failure of that run.
    #[must_use]
    pub fn at_most(self, longest: Option<Duration>) -> Ensemble<'a> {
        Ensemble { longest, ..self }
    }

    /// Runs a job for each index.
    ///
    /// - `job` makes the job, on the thread that will run it, so that a million jobs need not exist at once.
    /// - `look` takes from the finished simulation what is wanted; the simulation is dropped then.
    /// - `receive` is called on the caller's thread with each finished run, in the order in which they
    ///   finish. It may stop the ensemble, as when a disk is full.
    ///
    /// An error or a panic in one job is that job's failure; the rest goes on.
    pub fn run<T: Send>(
        &self,
        indices: impl Iterator<Item = u64> + Send,
        job: impl Fn(u64) -> Result<Job, JobError> + Sync,
        look: impl Fn(u64, &Simulation) -> T + Sync,
        receive: impl FnMut(Finished<T>) -> ControlFlow<()>,
    ) -> Ended {
        self.run_branching(indices, |index| Ok((job(index)?, Vec::new())), look, receive)
    }

    /// The same for runs in which something changes on the way, in order of time.
    pub fn run_branching<T: Send>(
        &self,
        indices: impl Iterator<Item = u64> + Send,
        job: impl Fn(u64) -> Result<(Job, Vec<Later>), JobError> + Sync,
        look: impl Fn(u64, &Simulation) -> T + Sync,
        receive: impl FnMut(Finished<T>) -> ControlFlow<()>,
    ) -> Ended {
        let indices = Mutex::new(indices);
        let stopped = AtomicBool::new(false);
        let stop = || stopped.load(Ordering::Relaxed) || (self.cancelled)();
        let next = || {
            let mut indices = indices.lock().unwrap_or_else(PoisonError::into_inner);
            indices.next()
        };
        let work = |results: &SyncSender<Finished<T>>| {
            while !stop() {
                let Some(index) = next() else { return };
                let Some(finished) = self.one(index, &job, &look, &stop) else {
                    return stopped.store(true, Ordering::Relaxed);
                };
                // Nobody receives any more only when the ensemble is being stopped.
                if results.send(finished).is_err() {
                    return;
                }
            }
            stopped.store(true, Ordering::Relaxed);
        };
        thread::scope(|scope| {
            let (sender, results) = sync_channel(self.threads.get());
            for _ in 0..self.threads.get() {
                let (work, sender) = (&work, sender.clone());
                scope.spawn(move || work(&sender));
            }
            drop(sender);
            hand_over(&results, &stopped, receive);
        });
        if stopped.load(Ordering::Relaxed) { Ended::Cancelled } else { Ended::Complete }
    }

    /// Runs one job; nothing if it was stopped.
    fn one<T>(
        &self,
        index: u64,
        job: &impl Fn(u64) -> Result<(Job, Vec<Later>), JobError>,
        look: &impl Fn(u64, &Simulation) -> T,
        stop: &impl Fn() -> bool,
    ) -> Option<Finished<T>> {
        let started = Instant::now();
        let mut events = 0;
        // A simulation that panicked is dropped whole, so nothing broken is seen afterwards.
        let result = catch_unwind(AssertUnwindSafe(|| {
            let (Job { scenario, table }, later) = job(index)?;
            let mut later = later.iter().peekable();
            let mut simulation = Simulation::build(&scenario, table.as_deref(), Threads::Sequential)
                .map_err(|faults| JobError::Refused(faults.to_string()))?;
            loop {
                while let Some(next) = later.next_if(|next| next.at <= simulation.now()) {
                    simulation = next.branched(&simulation)?;
                }
                if !simulation.step() && later.peek().is_none_or(|next| next.at > simulation.now()) {
                    break;
                }
                if stop() {
                    return Ok(None);
                }
                if let Some(longest) = self.longest.filter(|&longest| started.elapsed() > longest) {
                    return Err(JobError::TooLong {
                        reached: simulation.now().date(),
                        allowed: longest.as_secs(),
                    });
                }
            }
            events = simulation.events();
            job::books_close(&simulation)?;
            Ok(Some(look(index, &simulation)))
        }));
        let result = match result {
            Ok(Ok(None)) => return None,
            Ok(Ok(Some(seen))) => Ok(seen),
            Ok(Err(failure)) => Err(failure),
            Err(panic) => Err(JobError::panicked(&*panic)),
        };
        Some(Finished { index, result, seconds: started.elapsed().as_secs_f64(), events })
    }
}

/// Hands finished runs to the receiver until there are no more or it wants no more. What finishes after that
/// is lost, which is what it asked for.
fn hand_over<T>(
    results: &Receiver<Finished<T>>,
    stopped: &AtomicBool,
    mut receive: impl FnMut(Finished<T>) -> ControlFlow<()>,
) {
    let mut open = true;
    for finished in results {
        if open && receive(finished).is_break() {
            open = false;
            stopped.store(true, Ordering::Relaxed);
        }
    }
}
