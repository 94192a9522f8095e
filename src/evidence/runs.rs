//! Runs for evidence: many at once, each kept as it finishes, so that what was interrupted goes on.
//!
//! A finished run is a small file in a folder of the caller's, named by what it was: the run, its seed, and a
//! digest of the scenario, of what was read, and of the model's recorded fingerprints, so that a run of an
//! older model is never taken for one of this one.

use crate::command_error::CommandError;
use crate::interrupt;
use crate::output::file::write_atomically;
use crate::terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sim_core::base::Seed;
use sim_core::scenario::Scenario;
use sim_experiments::ensemble::{Ended, Ensemble, Job};
use sim_experiments::evidence::trace::Trace;
use sim_files::{limits, read as files};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_128;

const FINGERPRINTS: &str = include_str!("../../tests/golden/selftest.ron");
const TEMPLATE: &str = "{bar:30} {pos} of {len} runs  {msg}  {elapsed} passed, about {eta} left";

/// A run to make: its scenario with its seed, and what is read from it.
#[derive(Clone, Debug)]
pub struct WantedRuns {
    /// The run's name.
    pub run: String,
    /// The scenario.
    pub scenario: Scenario,
    /// Series to read.
    pub series: Vec<String>,
    /// Probes to read.
    pub probes: Vec<String>,
}

impl WantedRuns {
    /// A run of a scenario with a seed.
    pub fn new(
        run: &str,
        scenario: &Scenario,
        seed: u64,
        (series, probes): (Vec<String>, Vec<String>),
    ) -> WantedRuns {
        WantedRuns {
            run: run.to_owned(),
            scenario: Scenario { seed: Seed(seed), ..scenario.clone() },
            series,
            probes,
        }
    }

    /// The name of its file, which tells it from every other run.
    pub fn name(&self) -> String {
        let what = format!("{:x} {:?} {:?} {FINGERPRINTS}", self.scenario.hash(), self.series, self.probes);
        let digest = xxh3_128(what.as_bytes()) >> 64;
        format!("{}-{}-{digest:016x}.ron", self.run, self.scenario.seed.0)
    }
}

/// How long runs of each name take.
#[derive(Debug, Default)]
pub struct RunPace {
    taken: BTreeMap<String, Vec<f64>>,
}

impl RunPace {
    fn note(&mut self, run: &str, seconds: f64) {
        self.taken.entry(run.to_owned()).or_default().push(seconds);
    }

    /// The mean of a run \[s\]; none if none was made.
    pub fn seconds(&self, run: &str) -> Option<f64> {
        let taken = self.taken.get(run)?;
        Some(taken.iter().sum::<f64>() / taken.len() as f64)
    }
}

/// Makes all runs that are not in the folder yet, so many at a time, and returns the traces of all in their
/// order; a failed run has none, and is reported. `pace` notes how long each took.
///
/// # Errors
/// If the user stops it, or the folder cannot be written.
pub fn make(
    wanted: &[WantedRuns],
    folder: &Path,
    threads: usize,
    quiet: bool,
    pace: &mut RunPace,
) -> Result<Vec<Option<Trace>>, CommandError> {
    sim_files::folder::make(folder)
        .and_then(|()| sim_files::write::clear_all(folder))
        .map_err(|error| CommandError::writing(folder, &error, None))?;
    let paths: Vec<PathBuf> = wanted.iter().map(|run| folder.join(run.name())).collect();
    let mut traces: Vec<Option<Trace>> = paths.iter().map(|path| read(path)).collect();
    let missing: Vec<usize> = (0..wanted.len()).filter(|&at| traces[at].is_none()).collect();
    let progress = bar(missing.len(), quiet);
    let mut fault = None;
    let where_kept = format!("which are kept in {}; the same command goes on from there", folder.display());
    let given_up = interrupt::gives_up(&format!("stopped with some runs finished, {where_kept}"));
    let ended = Ensemble::new(threads.min(missing.len()).max(1)).cancelled_by(&interrupt::requested).run(
        0..missing.len() as u64,
        |index| {
            let scenario = wanted[missing[index as usize]].scenario.clone();
            Ok(Job { scenario, table: None })
        },
        |index, simulation| {
            let run = &wanted[missing[index as usize]];
            Trace::of(simulation, &run.series, &run.probes)
        },
        |finished| {
            let at = missing[finished.index as usize];
            let _kept = interrupt::keeping();
            progress.inc(1);
            pace.note(&wanted[at].run, finished.seconds);
            progress.set_message(format!("{} took {:.0} s", wanted[at].run, finished.seconds));
            match finished.result {
                Ok(trace) => {
                    fault = keep(&paths[at], &trace).err();
                    traces[at] = Some(trace);
                }
                Err(failure) => terminal::note(&format!(
                    "warning: {} with seed {}: {failure}",
                    wanted[at].run, wanted[at].scenario.seed.0
                )),
            }
            if fault.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        },
    );
    drop(given_up);
    progress.finish_and_clear();
    if let Some(fault) = fault {
        return Err(fault);
    }
    if ended == Ended::Cancelled {
        let done = traces.iter().flatten().count();
        return Err(CommandError::Interrupted(format!(
            "stopped with {done} of {} runs finished, {where_kept}",
            wanted.len()
        )));
    }
    Ok(traces)
}

/// A kept run; none if there is none, or it cannot be read, and is then made again.
fn read(path: &Path) -> Option<Trace> {
    ron::from_str(&files::text(path, limits::TRACE).ok()?).ok()
}

fn keep(path: &Path, trace: &Trace) -> Result<(), CommandError> {
    let text = ron::to_string(trace).map_err(CommandError::run)?;
    write_atomically(path, text.as_bytes()).map_err(|error| CommandError::writing(path, &error, None))
}

fn bar(runs: usize, quiet: bool) -> ProgressBar {
    let target = if quiet || !terminal::shows_progress() {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let bar = ProgressBar::with_draw_target(Some(runs as u64), target);
    if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
        bar.set_style(style.progress_chars("█▌░"));
    }
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}
