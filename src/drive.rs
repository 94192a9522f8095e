//! Driving a simulation to its end, window by window: progress, checkpoints, Ctrl-C.

use crate::args::ExecutionArgs;
use crate::checkpoint_file;
use crate::command_error::CommandError;
use crate::engine::Simulation;
use crate::interrupt;
use crate::progress::Progress;
use crate::recipe;
use crate::terminal;
use sim_core::base::{Date, Delay, Time};
use sim_core::runner::Communicator;
use sim_core::simulation::CheckpointError;
use sim_files::names::beside;
use std::io;
use std::path::{Path, PathBuf};

/// What is shown of a run while it goes on.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// No progress.
    pub quiet: bool,
    /// The fingerprint at every window's end.
    pub fingerprints: bool,
}

/// When checkpoints are due, and where they go.
#[derive(Debug)]
pub struct Checkpoints {
    path: PathBuf,
    owner: u128,
    every: Option<Delay>,
    next: Time,
    at: Option<Time>,
}

impl Checkpoints {
    /// As asked for, from a moment on. Without a place of their own they go beside the results' folder, or
    /// where the command was started. Inside the folder was rejected: it comes into being whole, at the
    /// end.
    pub fn new(
        execution: &ExecutionArgs,
        out: Option<&Path>,
        name: &str,
        now: Time,
        owner: u128,
    ) -> Checkpoints {
        let every = execution.checkpoint_every.map(Delay::days);
        Checkpoints {
            path: execution.checkpoint.clone().unwrap_or_else(|| default_path(out, name)),
            owner,
            every,
            next: every.map_or(Time::END, |every| now + every),
            at: execution.checkpoint_at.map(Date::midnight).filter(|&at| at >= now),
        }
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
    let path = out.map_or_else(|| PathBuf::from(name.replace(' ', "_")), |out| out.components().collect());
    beside(&path, ".checkpoint")
}

/// Runs a simulation to its end, as every rank that shares it does. The first has the clock, the screen
/// and the files; all stop where one of them is asked to.
///
/// A checkpoint that cannot be written is reported and the run goes on: the results are worth more.
///
/// # Errors
/// If the user stops it, with where the checkpoint is.
pub fn drive<C: Communicator>(
    simulation: &mut Simulation,
    checkpoints: &mut Checkpoints,
    shown: &Shown,
    communicator: &mut C,
) -> Result<(), CommandError> {
    let progress = Progress::over(simulation, shown.quiet);
    loop {
        if any(communicator, interrupt::requested()) {
            progress.finish();
            return Err(interrupted(simulation, checkpoints, communicator));
        }
        let goes_on = simulation.step_on_ranks(communicator);
        progress.show(simulation);
        if shown.fingerprints {
            terminal::print(&format!("{} {}\n", simulation.now().date(), simulation.fingerprint()))?;
        }
        let due = communicator.rank() == 0 && checkpoints.due(simulation.now());
        if any(communicator, due)
            && let Err(failure) = save(simulation, &checkpoints.path, checkpoints.owner, communicator)
        {
            terminal::note(&format!("warning: no checkpoint at {}: {failure}", simulation.now().date()));
        }
        if !goes_on {
            progress.finish();
            return Ok(());
        }
    }
}

/// Whether it is so on any rank.
fn any<C: Communicator>(communicator: &mut C, own: bool) -> bool {
    let mut count = [i64::from(own)];
    communicator.sum(&mut count);
    count[0] > 0
}

/// Writes a checkpoint; on the first rank, returns where it is.
fn save<C: Communicator>(
    simulation: &Simulation,
    path: &Path,
    owner: u128,
    communicator: &mut C,
) -> Result<PathBuf, CommandError> {
    if communicator.rank() > 0 {
        let sent = simulation.checkpoint_on_ranks(None, communicator);
        return sent.map(|()| path.to_owned()).map_err(CommandError::run);
    }
    let mut begun = false;
    let saved = checkpoint_file::save(path, owner, |file| {
        begun = true;
        let written = simulation.checkpoint_on_ranks(Some(file), communicator);
        written.map_err(|reason| match reason {
            CheckpointError::Writing(error) => error,
            other => io::Error::other(other.to_string()),
        })
    });
    if !begun && communicator.count() > 1 {
        // The others send whether or not there is a file.
        let _ = simulation.checkpoint_on_ranks(Some(&mut io::sink()), communicator);
    }
    saved
}

fn interrupted<C: Communicator>(
    simulation: &Simulation,
    checkpoints: &Checkpoints,
    communicator: &mut C,
) -> CommandError {
    let now = simulation.now();
    let saved = save(simulation, &checkpoints.path, checkpoints.owner, communicator);
    CommandError::Interrupted(match saved {
        Ok(path) => {
            format!("stopped at {now}; go on with\n  countryside run --resume {}", recipe::path(&path))
        }
        Err(failure) => format!("stopped at {now}, without a checkpoint: {failure}"),
    })
}

/// Keeps the state of a run whose results could not be written, where there is room: with the others, where
/// the command was started, or among temporary files. Every rank makes this call. Says how to go on.
pub fn keep_last<C: Communicator>(
    simulation: &Simulation,
    checkpoints: &Checkpoints,
    communicator: &mut C,
) -> String {
    let name = checkpoints.path.file_name().unwrap_or_default();
    let places = [checkpoints.path.clone(), PathBuf::from(name), std::env::temp_dir().join(name)];
    for place in places {
        let saved = save(simulation, &place, checkpoints.owner, communicator);
        if !any(communicator, saved.is_err()) {
            let path = saved.unwrap_or(place);
            return format!(
                "the run is kept; make room, then write its results with\n  countryside run --resume {} \
                 --out DIR",
                recipe::path(&path)
            );
        }
    }
    let earlier = &checkpoints.path;
    if checkpoint_file::is_own(earlier, checkpoints.owner) {
        return format!(
            "an earlier checkpoint is kept; make room, then go on with\n  countryside run --resume {} --out \
             DIR",
            recipe::path(earlier)
        );
    }
    "there was no room for a checkpoint either: make room, then run it again".to_owned()
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
            owner: 0,
            every: Some(Delay::days(10)),
            next: day(10),
            at: Some(day(15)),
        };
        let due: Vec<u32> = (1..8).map(|week| week * 7).filter(|&end| plan.due(day(end))).collect();
        assert_eq!(due, [14, 21, 35, 42]);
    }

    #[test]
    fn checkpoints_stand_beside_the_results() {
        assert_eq!(default_path(Some(Path::new("a/b/")), "x"), Path::new("a/b.checkpoint"));
        assert_eq!(default_path(None, "the plan"), Path::new("the_plan.checkpoint"));
        assert_eq!(default_path(None, "v1.2"), Path::new("v1.2.checkpoint"));
    }
}
