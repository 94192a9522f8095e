//! Where the command meets the library: scenarios by file or name, and the simulation.

mod stub;

pub use stub::{Estimate, Headline, Outcome, Simulation, Threads};

use crate::failure::Failure;
use sim_core::scenario::{BuiltinSource, FileSource, Loaded, builtin, load_traced};
use std::path::Path;

/// Reads a scenario file, or the built-in scenario of that name if there is no such file, with changes.
///
/// # Errors
/// Every fault of the scenario at once; for a name that is neither, the built-in ones.
pub fn load(name: &str, changes: &[(String, String)]) -> Result<Loaded, Failure> {
    if Path::new(name).exists() {
        return load_traced(&FileSource, name, changes).map_err(Failure::input);
    }
    if names().any(|known| known == name) {
        return built_in(name, changes);
    }
    let faults = load_traced(&FileSource, name, changes).err();
    let reason = faults.map_or_else(String::new, |faults| faults.to_string());
    let known: Vec<&str> = names().collect();
    Err(Failure::input(format!(
        "{reason}\n  built-in scenarios: {}",
        known.join(", ")
    )))
}

/// Reads the built-in scenario of a name, with changes.
///
/// # Errors
/// Every fault of the changes at once; an unknown name.
pub fn built_in(name: &str, changes: &[(String, String)]) -> Result<Loaded, Failure> {
    load_traced(&BuiltinSource, name, changes).map_err(Failure::input)
}

/// The names of the built-in scenarios.
fn names() -> impl Iterator<Item = &'static str> {
    builtin().iter().map(|(name, _)| *name)
}

/// The threads asked for, or as many as there are processors.
pub fn threads(asked: Option<u16>) -> (Threads, usize) {
    let here = || std::thread::available_parallelism().map_or(1, usize::from);
    match asked.map_or_else(here, usize::from) {
        0 | 1 => (Threads::Sequential, 1),
        many => (Threads::Parallel(many), many),
    }
}
