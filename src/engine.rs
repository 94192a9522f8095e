//! Where the command meets the library: scenarios by file or name, and the simulation.

mod stub;

pub use stub::{Estimate, Headline, Outcome, Simulation, Threads};

use crate::failure::Failure;
use sim_core::scenario::{FileSource, Loaded, MemorySource, Scenario, load_traced};
use std::path::Path;

/// Reads a scenario file, or the built-in scenario of that name if there is no such file, with changes.
///
/// # Errors
/// Every fault of the scenario at once; a name that is neither.
pub fn load(name: &str, changes: &[(String, String)]) -> Result<Loaded, Failure> {
    if Path::new(name).exists() {
        return load_traced(&FileSource, name, changes).map_err(Failure::input);
    }
    builtin(name, changes)
}

/// Reads the built-in scenario of a name, with changes.
///
/// # Errors
/// Every fault of the changes at once; an unknown name.
pub fn builtin(name: &str, changes: &[(String, String)]) -> Result<Loaded, Failure> {
    let scenario = Scenario::builtin(name).ok_or_else(|| unknown(name))?;
    let source = MemorySource::of(name, scenario.resolved_text());
    load_traced(&source, name, changes).map_err(Failure::input)
}

fn unknown(name: &str) -> Failure {
    Failure::input(format!(
        "{name}: there is no such file, and no built-in scenario of that name"
    ))
}

/// The threads asked for, or as many as there are processors.
pub fn threads(asked: Option<u16>) -> (Threads, usize) {
    let here = || std::thread::available_parallelism().map_or(1, usize::from);
    match asked.map_or_else(here, usize::from) {
        0 | 1 => (Threads::Sequential, 1),
        many => (Threads::Parallel(many), many),
    }
}
