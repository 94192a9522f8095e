//! Where the command meets the library: scenarios by file or name, and the simulation.

pub use sim_core::model::assembly::RunEstimate;
pub use sim_core::simulation::{Headline, Outcome, Prepared, Simulation, Threads};

use crate::command_error::CommandError;
use sim_core::scenario::{BuiltinSource, InputError, InputErrors, Loaded, builtin, load_with_places};
use sim_core::simulation::RealPlaces;
use sim_files::FileSource;
use sim_files::marked;
use std::path::Path;

/// Reads a scenario file, or the built-in scenario of that name if there is no such file, with changes.
///
/// # Errors
/// Every fault of the scenario at once; for a name that is neither, the built-in ones.
pub fn load(name: &str, changes: &[(String, String)]) -> Result<Loaded, CommandError> {
    // A folder of a built-in scenario's name, as of its results, does not hide the scenario.
    let path = Path::new(name);
    if path.exists() && !(path.is_dir() && names().any(|known| known == name)) {
        return load_with_places(&FileSource, name, changes, &RealPlaces).map_err(CommandError::scenario);
    }
    if names().any(|known| known == name) {
        return built_in(name, changes);
    }
    let faults = load_with_places(&FileSource, name, changes, &RealPlaces).err();
    let reason = faults.map_or_else(String::new, |faults| marked::shown(&faults));
    let known: Vec<&str> = names().collect();
    Err(CommandError::input(format!("{reason}\n  built-in scenarios: {}", known.join(", "))))
}

/// Reads the built-in scenario of a name, with changes.
///
/// # Errors
/// Every fault of the changes at once; an unknown name.
pub fn built_in(name: &str, changes: &[(String, String)]) -> Result<Loaded, CommandError> {
    load_with_places(&BuiltinSource, name, changes, &RealPlaces).map_err(CommandError::scenario)
}

/// The names of the built-in scenarios.
fn names() -> impl Iterator<Item = &'static str> {
    builtin().iter().map(|(name, _)| *name)
}

/// What a scenario will take.
///
/// # Errors
/// Faults of its places and tables, where they were written.
pub fn estimate(loaded: &Loaded) -> Result<RunEstimate, CommandError> {
    let estimate = Simulation::estimate(&loaded.scenario, loaded.table.as_deref());
    estimate.map_err(|faults| CommandError::scenario(located(faults, loaded)))
}

/// Builds a scenario's simulation.
///
/// # Errors
/// Faults of its places, tables and size, where they were written.
pub fn build(loaded: &Loaded, threads: Threads) -> Result<Simulation, CommandError> {
    let simulation = Simulation::build(&loaded.scenario, loaded.table.as_deref(), threads);
    simulation.map_err(|faults| CommandError::scenario(located(faults, loaded)))
}

/// All of a scenario's run on so many machines that may be refused.
///
/// # Errors
/// Faults of its places, tables and size, where they were written.
pub fn prepare(loaded: &Loaded, threads: Threads, machines: usize) -> Result<Prepared, CommandError> {
    let prepared = Simulation::prepare(&loaded.scenario, loaded.table.as_deref(), threads, machines);
    prepared.map_err(|faults| CommandError::scenario(located(faults, loaded)))
}

/// Faults found after loading name a field only; this adds where the user wrote it.
fn located(faults: InputErrors, loaded: &Loaded) -> InputErrors {
    let located = |fault: InputError| match loaded.origins.of(&fault.path) {
        Some(_) if fault.line == 0 => loaded.origins.fault(&fault.path, fault.message, fault.suggestion),
        _ => fault,
    };
    InputErrors(faults.0.into_iter().map(located).collect())
}

/// The threads asked for, or as many as there are processors.
pub fn threads(asked: Option<u16>) -> (Threads, usize) {
    let here = || std::thread::available_parallelism().map_or(1, usize::from);
    match asked.map_or_else(here, usize::from) {
        0 | 1 => (Threads::Sequential, 1),
        many => (Threads::Parallel(many), many),
    }
}
