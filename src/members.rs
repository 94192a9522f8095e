//! The ensemble that a command asks: the one that ships, or a file of the user's.

use crate::args::EnsembleArgs;
use crate::command_error::CommandError;
use crate::terminal;
use crate::text::number::of;
use sim_core::members::{self, Members};
use sim_core::scenario::{Loaded, Source, shown};
use sim_experiments::experiment::{Experiment, Worlds};
use sim_files::FileSource;

/// An ensemble as it was read.
pub struct EnsembleFile {
    /// Its name in messages.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Its members.
    pub members: Members,
}

/// Reads the ensemble's file.
///
/// # Errors
/// Every fault of it.
pub fn read(args: &EnsembleArgs) -> Result<EnsembleFile, CommandError> {
    let (name, bytes) = match &args.ensemble_file {
        Some(path) => {
            let name = path.to_string_lossy().into_owned();
            let bytes = FileSource.read(&name);
            let bytes = bytes.map_err(|reason| {
                CommandError::input(format!("{}: cannot be read: {reason}", shown(&name)))
            })?;
            (name, bytes)
        }
        None => ("the ensemble that ships".to_owned(), members::shipped_text().as_bytes().to_vec()),
    };
    let members = members::read(&name, &bytes).map_err(CommandError::scenario)?;
    Ok(EnsembleFile { name, bytes, members })
}

/// Says which parameters members leave as they are in an experiment.
pub fn note_kept(experiment: &Experiment) {
    let Some(worlds) = &experiment.worlds else { return };
    for (scenario, stated) in experiment.scenarios.iter().zip(&worlds.stated) {
        stated.iter().for_each(|path| note_stated(path, &scenario.name));
    }
    for factor in experiment.factors.iter().filter(|factor| worlds.paths.contains(&factor.path)) {
        let path = &factor.path;
        terminal::note(&format!(
            "note: {path} is varied by the factor `{}`: members leave it as it is",
            factor.name
        ));
    }
}

fn note_stated(path: &str, scenario: &str) {
    terminal::note(&format!("note: {path} is set by {scenario} itself: members leave it as it is"));
}

/// The members that scenarios are run with, each scenario with what it sets itself left as it is; says so.
///
/// # Errors
/// If a scenario does not take a member.
pub fn worlds(
    ensemble: &EnsembleFile,
    count: Option<u32>,
    scenarios: &[&Loaded],
) -> Result<Worlds, CommandError> {
    let origins = scenarios.iter().map(|loaded| &loaded.origins);
    let worlds = Worlds::of(&ensemble.members, count, origins);
    for (at, loaded) in scenarios.iter().enumerate() {
        worlds.check(&loaded.scenario, at).map_err(|fault| {
            CommandError::input(format!("{}: {}: {fault}", shown(&ensemble.name), loaded.scenario.name))
        })?;
        let stated = worlds.stated.get(at).into_iter().flatten();
        stated.for_each(|path| note_stated(path, &loaded.scenario.name));
    }
    if worlds.open(0) == 0 {
        terminal::note(
            "warning: the scenario sets all that members do: they differ in nothing but their seeds",
        );
    }
    if worlds.repeated() > 0 {
        terminal::note(&format!(
            "note: {} more than once, with other seeds each time, for their weight",
            of(worlds.repeated() as u64, "member is taken", "members are taken")
        ));
    }
    Ok(worlds)
}
