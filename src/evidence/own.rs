//! What evidence goes by: figures, targets, plans and scenarios that ship, or files of the user's own.

use crate::args::OwnFiguresArgs;
use crate::command_error::CommandError;
use sim_core::base::FileError;
use sim_core::scenario::{BuiltinSource, Source};
use sim_experiments::calibration::plan::Plans;
use sim_experiments::evidence::facts::{FactTable, Facts};
use sim_experiments::evidence::fault::EvidenceFile;
use sim_experiments::evidence::fitted::FittedParameters;
use sim_experiments::evidence::targets::Targets;
use sim_files::{FileSource, limits, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What runs are held against, and where their scenarios are.
pub struct EvidenceBase {
    /// The targets.
    pub targets: Targets,
    /// Which parameters were changed with which figure in view: of the figures that ship.
    pub fitted: FittedParameters,
    /// Whether targets and figures are those that ship.
    pub is_shipped: bool,
    scenarios: EvidenceScenarios,
}

/// Built-in scenarios by name, and files beside the targets.
struct EvidenceScenarios {
    folder: PathBuf,
}

impl EvidenceScenarios {
    fn beside(&self, folder: &str) -> String {
        let path = self.folder.join(folder).display().to_string();
        // Folders end in a stroke, as those that the loader hands in.
        if folder.is_empty() && !path.is_empty() && !path.ends_with('/') { format!("{path}/") } else { path }
    }
}

impl Source for EvidenceScenarios {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if self.folder.as_os_str().is_empty() || Path::new(path).extension().is_none() {
            BuiltinSource.read(path)
        } else {
            FileSource.read(&self.folder.join(path).display().to_string())
        }
    }

    fn read_beside(&self, folder: &str, inside: &str) -> Result<Vec<u8>, FileError> {
        if self.folder.as_os_str().is_empty() {
            return BuiltinSource.read_beside(folder, inside);
        }
        match FileSource.read_beside(&self.beside(folder), inside) {
            Err(FileError::NoSuchFile) => BuiltinSource.read(inside),
            found => found,
        }
    }
}

impl EvidenceBase {
    /// Reads what was asked for, or takes what ships.
    ///
    /// # Errors
    /// If a file cannot be read; every fault of a file at once.
    pub fn read(args: &OwnFiguresArgs) -> Result<EvidenceBase, CommandError> {
        let facts = match &args.facts {
            None => Facts::embedded(),
            Some(folder) => Facts::read(&tables(folder)?),
        };
        let facts = facts.map_err(CommandError::input)?;
        let shipped = Targets::embedded().map_err(CommandError::run)?;
        let fitted = FittedParameters::embedded(&shipped).map_err(CommandError::run)?;
        let is_shipped = args.targets.is_none() && args.facts.is_none();
        let (folder, name, text) = match &args.targets {
            None if is_shipped => {
                let scenarios = EvidenceScenarios { folder: PathBuf::new() };
                return Ok(EvidenceBase { targets: shipped, fitted, is_shipped, scenarios });
            }
            None => (PathBuf::new(), "targets.ron".to_owned(), Targets::shipped().to_owned()),
            Some(path) => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
                (folder, path.display().to_string(), text(path)?)
            }
        };
        let scenarios = EvidenceScenarios { folder };
        let file = EvidenceFile { name: &name, text: &text };
        let targets = Targets::read(&file, &facts, &scenarios).map_err(CommandError::input)?;
        Ok(EvidenceBase { targets, fitted, is_shipped, scenarios })
    }

    /// Where scenarios of runs are read from.
    pub fn scenarios(&self) -> &dyn Source {
        &self.scenarios
    }

    /// The plans of a file, or those that ship.
    ///
    /// # Errors
    /// As for [`read`](EvidenceBase::read).
    pub fn plans(&self, path: Option<&Path>) -> Result<Plans, CommandError> {
        let (name, text) = match path {
            None => ("calibration.ron".to_owned(), Plans::shipped().to_owned()),
            Some(path) => (path.display().to_string(), text(path)?),
        };
        let file = EvidenceFile { name: &name, text: &text };
        let plans = Plans::read(&file, &self.targets, self.scenarios());
        plans.map_err(|faults| match (path, self.is_shipped) {
            // Own targets without a plan of their own.
            (None, false) => CommandError::input(faults)
                .with_help("targets of your own need a plan for their runs: --plan FILE"),
            _ => CommandError::input(faults),
        })
    }
}

/// The tables of a folder.
fn tables(folder: &Path) -> Result<BTreeMap<FactTable, (String, String)>, CommandError> {
    let mut own = BTreeMap::new();
    for table in FactTable::ALL {
        let path = folder.join(table.file());
        if path.exists() {
            own.insert(table, (path.display().to_string(), text(&path)?));
        }
    }
    if own.is_empty() {
        let names: Vec<&str> = FactTable::ALL.map(FactTable::file).to_vec();
        return Err(CommandError::input(format!(
            "{}: there is no table of facts\n  help: expected one or more of {}",
            folder.display(),
            names.join(", ")
        )));
    }
    Ok(own)
}

fn text(path: &Path) -> Result<String, CommandError> {
    read::text(path, limits::WRITTEN).map_err(|error| CommandError::reading(path, &error))
}
