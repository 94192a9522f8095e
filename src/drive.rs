//! Driving a simulation to its end, window by window: progress, checkpoints, Ctrl-C.

use crate::args::ExecutionArgs;
use crate::checkpoint_file;
use crate::engine::Simulation;
use crate::failure::Failure;
use crate::interrupt;
use crate::progress::Progress;
use crate::terminal;
use sim_core::base::{Date, Delay, Time};
use std::path::{Path, PathBuf};

/// When checkpoints are due, and where they go.
#[derive(Debug)]
pub struct Checkpoints {
    path: PathBuf,
    every: Option<Delay>,
    next: Time,
    at: Option<Time>,
}

impl Checkpoints {
    /// As asked for, from a moment on. Without a place of their own they go beside the results' folder, or where
    /// the command was started. Inside the folder was rejected: it comes into being whole, at the end.
    pub fn new(execution: &ExecutionArgs, out: Option<&Path>, name: &str, now: Time) -> Checkpoints {
        let every = execution.checkpoint_every.map(Delay::days);
        Checkpoints {
            path: execution
                .checkpoint
                .clone()
                .unwrap_or_else(|| default_path(out, name)),
            every,
            next: every.map_or(Time::END, |every| now + every),
            at: execution
                .checkpoint_at
                .map(Date::midnight)
                .filter(|&at| at >= now),
        }
    }

    /// Where they go.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether one is due at a window's end; asked once for each.
    fn due(&mut self, now: Time) -> bool {
        let at = self.at.is_some_and(|at| at <= now);
        if at {
            self.at = None;
        }
        let Some(every) = self.every else { return at };
        let periodic = self.next <= now;
        while self.next <= now && self.next < Time::END {
            self.next += every;
        }
        periodic || at
    }
}

fn default_path(out: Option<&Path>, name: &str) -> PathBuf {
    let mut path = out.map_or_else(
        || PathBuf::from(name.replace(' ', "_")),
        |out| out.components().collect(),
    );
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    path.set_file_name(format!("{name}.checkpoint"));
    path
}

/// Runs a simulation to its end.
///
/// A checkpoint that cannot be written is reported and the run goes on: the results are worth more.
///
/// # Errors
/// If the user stops it, with where the checkpoint is.
pub fn drive(simulation: &mut Simulation, checkpoints: &mut Checkpoints, quiet: bool) -> Result<(), Failure> {
    let progress = Progress::over(simulation, quiet);
    loop {
        if interrupt::requested() {
            progress.finish();
            return Err(interrupted(simulation, checkpoints.path()));
        }
        let goes_on = simulation.step();
        progress.show(simulation);
        if checkpoints.due(simulation.now())
            && let Err(failure) = save(simulation, checkpoints.path())
        {
            terminal::note(&format!(
                "warning: no checkpoint at {}: {failure}",
                simulation.now().date()
            ));
        }
        if !goes_on {
            progress.finish();
            return Ok(());
        }
    }
}

fn save(simulation: &Simulation, path: &Path) -> Result<(), Failure> {
    let content = simulation.checkpoint().map_err(Failure::run)?;
    checkpoint_file::save(path, &content)
}

fn interrupted(simulation: &Simulation, path: &Path) -> Failure {
    let now = simulation.now();
    Failure::Interrupted(match save(simulation, path) {
        Ok(()) => format!(
            "stopped at {now}; go on with\n  countryside run --resume {}",
            path.display()
        ),
        Err(failure) => format!("stopped at {now}, without a checkpoint: {failure}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> Time {
        Time::START + Delay::days(day)
    }

    #[test]
    fn checkpoints_are_due_at_the_first_window_end_on_or_after_their_day() {
        let mut plan = Checkpoints {
            path: PathBuf::new(),
            every: Some(Delay::days(10)),
            next: day(10),
            at: Some(day(15)),
        };
        let due: Vec<u32> = (1..8)
            .map(|week| week * 7)
            .filter(|&end| plan.due(day(end)))
            .collect();
        assert_eq!(due, [14, 21, 35, 42]);
    }

    #[test]
    fn checkpoints_stand_beside_the_results() {
        assert_eq!(
            default_path(Some(Path::new("a/b/")), "x"),
            Path::new("a/b.checkpoint")
        );
        assert_eq!(default_path(None, "the plan"), Path::new("the_plan.checkpoint"));
        assert_eq!(default_path(None, "v1.2"), Path::new("v1.2.checkpoint"));
    }
}
