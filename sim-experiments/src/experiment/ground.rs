//! What the readers of an experiment stand on: its folder, its base, the scenario that they make.

use super::base_scenario::BaseScenario;
use super::issue::{ExperimentAdvice, ExperimentExpected, ExperimentIssue};
use sim_core::base::FileError;
use sim_core::scenario::reading::{Node, ValueError, check_path, joined, text, whole_file};
use sim_core::scenario::{
    BuiltinSource, InputErrors, Issue, Origins, Scenario, Source, builtin, load_traced, shown,
};
use sim_core::simulation::Simulation;

/// What factors and policies stand on.
pub(super) struct Ground<'s> {
    /// Where files come from.
    pub source: &'s dyn Source,
    /// The experiment's folder, with its `/`.
    pub folder: String,
    /// The scenario that was named as base.
    pub base: String,
    /// Changes of all runs.
    pub changes: Vec<(String, String)>,
    /// The base with the changes.
    pub scenario: Scenario,
}

/// A file beside an experiment.
pub(super) struct FileBeside {
    /// Its name, as the experiment writes it.
    pub path: String,
    /// Its path from where the experiment's is.
    pub place: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Ground<'_> {
    /// Reads the file of the experiment's folder that a value names.
    pub fn file_beside(&self, node: &Node<'_>) -> Result<FileBeside, ValueError> {
        let path = text(node, ExperimentExpected::TablePath)?;
        check_path(&path).map_err(|fault| ValueError::of(node, fault))?;
        let inside = joined("", &path).ok_or_else(|| ValueError::of(node, ExperimentIssue::TableLeaves))?;
        let bytes = self
            .source
            .read_beside(&self.folder, &inside)
            .map_err(|reason| ValueError::of(node, ExperimentIssue::Unread { file: shown(&path), reason }))?;
        Ok(FileBeside { place: format!("{}{inside}", self.folder), path, bytes })
    }
}

/// A scenario, resolved, and what its files and changes set.
pub(super) struct Resolved {
    /// The scenario.
    pub scenario: Scenario,
    /// As the experiment keeps it.
    pub kept: BaseScenario,
    /// Where its values were written.
    pub origins: Origins,
}

/// The files of an experiment's folder: every one is named by a file in it, its base scenario too.
struct Beside<'s> {
    source: &'s dyn Source,
    folder: &'s str,
}

impl Source for Beside<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        match path.strip_prefix(self.folder) {
            Some(inside) => self.source.read_beside(self.folder, inside),
            None => Err(FileError::Beside),
        }
    }

    fn read_beside(&self, folder: &str, inside: &str) -> Result<Vec<u8>, FileError> {
        self.read(&format!("{folder}{inside}"))
    }
}

/// Reads a scenario by name or path, with changes, and resolves it.
pub(super) fn resolve(
    source: &dyn Source,
    folder: &str,
    name: &str,
    changes: &[(String, String)],
) -> Result<Resolved, InputErrors> {
    let is_builtin = builtin().iter().any(|(known, _)| *known == name);
    let loaded = if is_builtin {
        load_traced(&BuiltinSource, name, changes)?
    } else {
        let inside = check_path(name).map(|()| joined("", name));
        let path = match inside {
            Ok(Some(inside)) => format!("{folder}{inside}"),
            Ok(None) => return Err(outside(name, ExperimentIssue::OutsideFolder.into())),
            Err(reason) => return Err(outside(name, reason)),
        };
        load_traced(&Beside { source, folder }, &path, changes)?
    };
    Simulation::estimate(&loaded.scenario, loaded.table.as_deref())?;
    let kept = BaseScenario::of(&loaded.scenario, loaded.table.as_deref());
    Ok(Resolved { scenario: loaded.scenario, kept, origins: loaded.origins })
}

fn outside(name: &str, reason: Issue) -> InputErrors {
    InputErrors(vec![whole_file(&shown(name), reason, ExperimentAdvice::FileBeside)])
}
