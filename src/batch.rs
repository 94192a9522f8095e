//! Many runs on behalf of a command: threads, memory, progress, Ctrl-C.

use crate::command_error::CommandError;
use crate::interrupt;
use crate::memory;
use crate::terminal;
use crate::text::number::{bytes, of};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;
use sim_experiments::ensemble::{Ended, Ensemble, Finished, Job, JobError};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

const TEMPLATE: &str = "{pos} of {len} runs {bar:30} {percent:>3} %  {msg}";

/// How to run a batch.
pub struct Batch {
    /// Runs at a time.
    pub jobs: usize,
    /// Whether to draw no progress.
    pub quiet: bool,
    /// The longest that the batch may take.
    pub deadline: Option<Instant>,
    /// The longest that a run may take.
    pub longest: Option<Duration>,
}

/// How a batch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All runs are done.
    Complete,
    /// The user stopped it.
    Interrupted,
    /// It took as long as it may.
    OutOfTime,
}

impl Batch {
    /// So many runs at a time, or as many as there are processors.
    pub fn new(jobs: Option<u16>, quiet: bool) -> Batch {
        let here = || std::thread::available_parallelism().map_or(1, usize::from);
        Batch { jobs: jobs.map_or_else(here, usize::from), quiet, deadline: None, longest: None }
    }

    /// Runs a job for each number, of which there are `total`.
    ///
    /// # Errors
    /// What `receive` reports: the batch stops then.
    pub fn run<T: Send>(
        &self,
        total: u64,
        numbers: impl Iterator<Item = u64> + Send,
        job: impl Fn(u64) -> Result<Job, JobError> + Sync,
        look: impl Fn(u64, &Simulation) -> T + Sync,
        mut receive: impl FnMut(Finished<T>) -> Result<(), CommandError>,
    ) -> Result<End, CommandError> {
        let bar = bar(total, self.quiet);
        let started = Instant::now();
        let (mut done, mut failed, mut broken) = (0_u64, 0_u64, None);
        let late = || self.deadline.is_some_and(|deadline| Instant::now() > deadline);
        let stop = || interrupt::requested() || late();
        let ensemble = Ensemble::new(self.jobs).at_most(self.longest);
        let ended = ensemble.cancelled_by(&stop).run(numbers, job, look, |finished| {
            done += 1;
            failed += u64::from(finished.result.is_err());
            show(&bar, started, done, total, failed);
            let _kept = interrupt::keeping();
            match receive(finished) {
                Ok(()) => ControlFlow::Continue(()),
                Err(failure) => {
                    broken = Some(failure);
                    ControlFlow::Break(())
                }
            }
        });
        bar.finish_and_clear();
        match (broken, ended) {
            (Some(failure), _) => Err(failure),
            (None, Ended::Complete) => Ok(End::Complete),
            (None, Ended::Cancelled) if interrupt::requested() => Ok(End::Interrupted),
            (None, Ended::Cancelled) => Ok(End::OutOfTime),
        }
    }

    /// Refuses as many runs at a time as would not fit into memory. `each` is the most that one needs
    /// \[bytes\].
    ///
    /// # Errors
    /// If they would not: what they need, what there is, and how many would fit.
    pub fn check_memory(&self, scenario: &Scenario, each: u64) -> Result<(), CommandError> {
        let needed = each.saturating_mul(self.jobs as u64);
        let Some(there) = memory::free(self.jobs).filter(|there| needed > there.bytes) else {
            return Ok(());
        };
        // Fewer runs at a time also need fewer threads.
        let fits = |jobs: &usize| {
            memory::free(*jobs).is_none_or(|there| each.saturating_mul(*jobs as u64) <= there.bytes)
        };
        let help = match (1..self.jobs).rev().find(fits) {
            Some(jobs) => format!("give --jobs {jobs}, or lower household_sample"),
            None => "not even one fits: lower household_sample or the number of places, or raise the limit"
                .to_owned(),
        };
        Err(CommandError::input(format!(
            "{}: {} at a time are estimated to need {}, and {} are {}\n  help: {help}",
            scenario.name,
            of(self.jobs as u64, "run", "runs"),
            bytes(needed),
            bytes(there.bytes),
            there.what,
        )))
    }
}

fn bar(total: u64, quiet: bool) -> ProgressBar {
    let target = if quiet || !terminal::shows_progress() {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let bar = ProgressBar::with_draw_target(Some(total), target);
    if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
        bar.set_style(style.progress_chars("█▌░"));
    }
    bar.tick();
    bar
}

/// Shows the pace since the start, which is steadier than that of the last runs, and what it means for the
/// rest.
fn show(bar: &ProgressBar, started: Instant, done: u64, total: u64, failed: u64) {
    if bar.is_hidden() {
        return;
    }
    let seconds = started.elapsed().as_secs_f64().max(1e-3);
    let pace = done as f64 / seconds;
    let left = crate::text::number::duration((total - done.min(total)) as f64 / pace);
    let pace = if pace >= 1.0 { format!("{pace:.1} runs/s") } else { format!("{:.1} runs/min", pace * 60.0) };
    bar.set_message(format!("{pace}  {left} left  {failed} failed"));
    bar.set_position(done);
}
