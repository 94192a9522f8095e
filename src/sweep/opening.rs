//! A sweep's folder, made for an experiment or opened again for the same one.

use super::engine::Script;
use super::folder::Folder;
use super::grow::Grown;
use super::sources::ExperimentFiles;
use crate::command_error::CommandError;
use crate::members;
use crate::recipe;
use crate::terminal;
use crate::version;
use sim_experiments::plan::RunPlan;
use std::path::Path;

/// Reads an experiment's file and plans its runs.
///
/// # Errors
/// Every fault of the file.
pub fn planned(path: &str, shards: u32) -> Result<(RunPlan, ExperimentFiles), CommandError> {
    let (experiment, sources) = ExperimentFiles::read(path)?;
    if experiment.search.is_some() {
        let help = format!(
            "it has a search, not a design: countryside optimise {} --out DIR",
            recipe::file_word(path)
        );
        return Err(CommandError::input(format!("{path}: {help}")));
    }
    members::note_kept(&experiment);
    let plan = RunPlan::new(experiment, &version::of_sweeps(), shards)
        .map_err(|reason| CommandError::input(format!("{path}: {reason}")))?;
    Ok((plan, sources))
}

/// Makes the folder of an experiment, with the runs that are the same in the folder `from`, if one is named.
///
/// # Errors
/// If its name is taken, it cannot be written, or `from` is no folder of a sweep of this version.
pub fn make(
    out: &Path,
    plan: RunPlan,
    sources: &ExperimentFiles,
    script: Option<&Script>,
    from: Option<&Path>,
) -> Result<Folder, CommandError> {
    let Some(from) = from else {
        return Folder::create(out, plan, sources, script, None);
    };
    let old = Folder::open(from)?;
    if old.plan.experiment().search.is_some() {
        return Err(CommandError::input(format!(
            "{}: holds a search: its plans are no points of a design, and its runs cannot be kept",
            from.display()
        )));
    }
    let grown = Grown::of(&old, &plan)?;
    let message = grown.summary(&plan);
    let folder = Folder::create(out, plan, sources, script, Some(&|pieces| grown.carry(pieces)))?;
    terminal::note(&format!("{}: {message}", out.display()));
    Ok(folder)
}

/// Opens the folder of a sweep that was begun; of another experiment it says how to keep the runs that are
/// the same.
pub fn reopened_to_sweep(out: &Path, plan: &RunPlan, experiment: &str) -> Result<Folder, CommandError> {
    let folder = Folder::open(out)?;
    let refused = match reopened(out, plan) {
        Ok(folder) => return Ok(folder),
        Err(refused) => refused,
    };
    let grown = Grown::of(&folder, plan)?;
    if grown.kept() == 0 {
        return Err(CommandError::input(format!("{refused}; {}", grown.summary(plan))));
    }
    let next = std::path::PathBuf::from(format!("{}-2", out.display()));
    Err(CommandError::input(format!(
        "{refused}, and keep the runs that are the same: countryside sweep {} --out {} --grow {}\n  {}",
        recipe::file_word(experiment),
        recipe::path(&next),
        recipe::path(out),
        grown.summary(plan)
    )))
}

/// Opens the folder of an experiment that was begun.
///
/// # Errors
/// If it was another one: what differs.
pub fn reopened(out: &Path, plan: &RunPlan) -> Result<Folder, CommandError> {
    let folder = Folder::open(out)?;
    let asked = plan.stored().identity().map_err(CommandError::run)?;
    if folder.identity == asked {
        return Ok(folder);
    }
    let what = difference(&folder.plan, plan);
    Err(CommandError::input(format!(
        "{}: the experiment has changed since it was planned there ({what}): its runs may not stand beside \
         the old ones\n  help: choose another folder for the changed experiment",
        out.display()
    )))
}

/// What differs first between two experiments, in a few words.
fn difference(old: &RunPlan, new: &RunPlan) -> String {
    let (old, new) = (old.experiment(), new.experiment());
    let parts = [
        ("name", old.name != new.name),
        ("question", old.question != new.question),
        ("base scenario or `set`", old.scenarios.first() != new.scenarios.first()),
        ("policies", old.scenarios != new.scenarios),
        ("factors", old.factors != new.factors),
        ("design", old.method != new.method),
        ("members of the ensemble", old.worlds != new.worlds),
        (
            "replicates or seeds",
            (old.replicates, old.first_seed, old.common_random_numbers)
                != (new.replicates, new.first_seed, new.common_random_numbers),
        ),
        ("outcomes", old.outcomes != new.outcomes),
        ("search", old.search != new.search),
    ];
    let changed: Vec<&str> = parts.iter().filter(|(_, differs)| *differs).map(|(what, _)| *what).collect();
    if changed.is_empty() { "it was planned by another version".to_owned() } else { changed.join(", ") }
}
