//! The files that an experiment was read from, for its folder to keep.
//!
//! A folder from which its experiment cannot be read again is no record: bases and tables of points are kept
//! beside `experiment.ron`, under the paths by which it names them. Where one of these is a name that the
//! folder needs itself, all are in `inputs/`.

use super::names::EXPERIMENT;
use crate::command_error::CommandError;
use sim_core::base::FileError;
use sim_core::scenario::Source;
use sim_experiments::experiment::{Experiment, load};
use sim_files::{FileSource, limits, within};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

/// The folder for files whose names are taken.
const INPUTS: &str = "inputs";
/// What the folder's own files and folders are called, up to the first dot.
const OWN: [&str; 16] = [
    "plan",
    "experiment",
    "pieces",
    "locks",
    "logs",
    "slurm",
    "parallel",
    "manifest",
    "runs",
    "series",
    "failures",
    "outcomes",
    "columns",
    "plans",
    "finalists",
    INPUTS,
];

/// The files of an experiment.
#[derive(Clone, Debug, Default)]
pub struct ExperimentFiles {
    /// The experiment's own.
    written: Vec<u8>,
    /// Its name.
    name: String,
    /// The others, by their paths from its folder.
    beside: BTreeMap<String, Vec<u8>>,
}

/// Files read from the disk, remembered.
#[derive(Default)]
struct Remembered(RefCell<BTreeMap<String, Vec<u8>>>);

impl Source for Remembered {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let bytes = FileSource.read(path)?;
        self.0.borrow_mut().insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }

    fn read_beside(&self, folder: &str, inside: &str) -> Result<Vec<u8>, FileError> {
        let bytes = FileSource.read_beside(folder, inside)?;
        self.0.borrow_mut().insert(format!("{folder}{inside}"), bytes.clone());
        Ok(bytes)
    }
}

impl ExperimentFiles {
    /// The files of an experiment that was made here: its text, and the files that it names.
    pub fn of(written: String, beside: BTreeMap<String, Vec<u8>>) -> ExperimentFiles {
        ExperimentFiles { written: written.into_bytes(), name: EXPERIMENT.to_owned(), beside }
    }

    /// Reads an experiment and remembers its files.
    ///
    /// # Errors
    /// Every fault of the files.
    pub fn read(path: &str) -> Result<(Experiment, ExperimentFiles), CommandError> {
        let source = Remembered::default();
        let experiment = load(&source, path).map_err(CommandError::scenario)?;
        let mut files = source.0.into_inner();
        let written = files.remove(path).unwrap_or_default();
        let (folder, name) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
        let beside = files
            .into_iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(folder)?.to_owned(), bytes)));
        Ok((experiment, ExperimentFiles { written, name: name.to_owned(), beside: beside.collect() }))
    }

    /// The files as the folder keeps them: paths in it and content.
    pub fn kept(&self) -> Vec<(String, &[u8])> {
        let mut kept = vec![(EXPERIMENT.to_owned(), self.written.as_slice())];
        let beside = self.beside.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        if self.beside.keys().any(|path| is_own(path)) {
            let all = beside.chain([(self.name.as_str(), self.written.as_slice())]);
            kept.extend(all.map(|(path, bytes)| (format!("{INPUTS}/{path}"), bytes)));
        } else {
            kept.extend(beside.map(|(path, bytes)| (path.to_owned(), bytes)));
        }
        kept
    }
}

/// Whether a path begins with a name that the folder needs itself.
fn is_own(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let stem = first.split('.').next().unwrap_or_default().to_lowercase();
    stem.is_empty() || stem.starts_with("set-aside-") || OWN.contains(&stem.as_str())
}

/// The experiment's file from which a folder can be made again: its path in the folder.
pub fn readable(folder: &Path) -> String {
    let content = |inside: &str| within::bytes(folder, inside, limits::WRITTEN).ok();
    let written = content(EXPERIMENT);
    let entries = within::list(folder, INPUTS).unwrap_or_default().into_iter();
    let mut paths = entries
        .filter_map(|entry| entry.name.into_string().ok())
        .map(|name| format!("{INPUTS}/{name}"))
        .filter(|path| content(path) == written);
    paths.next().unwrap_or_else(|| EXPERIMENT.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(beside: &[&str]) -> ExperimentFiles {
        ExperimentFiles {
            written: b"(e)".to_vec(),
            name: "e.ron".to_owned(),
            beside: beside.iter().map(|path| ((*path).to_owned(), path.as_bytes().to_vec())).collect(),
        }
    }

    #[test]
    fn files_stand_beside_the_experiment_unless_a_name_is_taken() {
        let paths = |beside: &[&str]| -> Vec<String> {
            let sources = sources(beside);
            sources.kept().into_iter().map(|(path, _)| path).collect()
        };
        assert_eq!(
            paths(&["mine.ron", "tables/points.csv"]),
            ["experiment.ron", "mine.ron", "tables/points.csv"]
        );
        for taken in ["runs.csv", "experiment.ron", "pieces/a.ron", "Plan.json", ".x"] {
            let expected =
                ["experiment.ron".to_owned(), format!("inputs/{taken}"), "inputs/e.ron".to_owned()];
            assert_eq!(paths(&[taken]), expected);
        }
    }
}
