//! Scenarios: read from files, built-in names or Python's dictionaries, and changed without being touched.

use crate::fault::{PyFault, scenario_error};
use crate::value;
use pyo3::prelude::*;
use sim_core::base::FileError;
use sim_core::scenario::{
    Advice, BuiltinSource, InputError, InputErrors, Loaded, Scenario, Source, builtin, load_with_places,
};
use sim_core::simulation::{RealPlaces, Simulation};
use sim_files::FileSource;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

/// What a scenario made of a dictionary is called where a file would be named.
pub const DICTIONARY: &str = "dict";

/// Files by name, as they were when they were first read.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a scenario was made of: its file, the content of all files, changes.
type State = (String, Vec<(String, Vec<u8>)>, Vec<(String, String)>);

/// Reads files once: a scenario stays what it was when it was loaded, though its files change, and can be
/// sent to another machine.
struct Remembered {
    files: RefCell<Files>,
    builtin: bool,
}

impl Remembered {
    fn once(
        &self,
        path: &str,
        read: impl FnOnce() -> Result<Vec<u8>, FileError>,
    ) -> Result<Vec<u8>, FileError> {
        if let Some(bytes) = self.files.borrow().get(path) {
            return Ok(bytes.clone());
        }
        let bytes = match BuiltinSource.read(path) {
            Ok(bytes) if self.builtin => bytes,
            _ => read()?,
        };
        self.files.borrow_mut().insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }
}

impl Source for Remembered {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.once(path, || FileSource.read(path))
    }

    fn read_beside(&self, folder: &str, inside: &str) -> Result<Vec<u8>, FileError> {
        self.once(&format!("{folder}{inside}"), || FileSource.read_beside(folder, inside))
    }
}

/// A sound scenario with how it was made. It never changes: changes give another one.
#[pyclass(frozen, name = "Scenario", module = "countryside._native")]
pub struct PyScenario {
    path: String,
    files: Files,
    changes: Vec<(String, String)>,
    pub loaded: Loaded,
}

/// Names of the built-in scenarios with their questions, from the smallest on.
#[pyfunction]
pub fn scenarios() -> Vec<(&'static str, String)> {
    let each = builtin().iter();
    each.filter_map(|(name, _)| Some((*name, Scenario::builtin(name)?.question))).collect()
}

impl PyScenario {
    fn read(
        path: String,
        files: Files,
        is_builtin: bool,
        changes: Vec<(String, String)>,
    ) -> Result<PyScenario, InputErrors> {
        let source = Remembered { files: RefCell::new(files), builtin: is_builtin };
        let loaded = load_with_places(&source, &path, &changes, &RealPlaces)?;
        Ok(PyScenario { path, files: source.files.into_inner(), changes, loaded })
    }

    /// The scenario with changes (path, value in RON) over those made before.
    ///
    /// # Errors
    /// All faults at once; changes are numbered from 1.
    pub fn changed(&self, changes: &[(String, String)]) -> Result<Loaded, InputErrors> {
        self.with(changes).map(|scenario| scenario.loaded)
    }

    fn with(&self, changes: &[(String, String)]) -> Result<PyScenario, InputErrors> {
        let replaced = |path: &str| changes.iter().any(|(other, _)| other == path);
        let kept = self.changes.iter().filter(|(path, _)| !replaced(path)).cloned();
        // New ones first, so that a fault of the third of them is called the third. Order means nothing else,
        // for no path is there twice.
        let all: Vec<_> = changes.iter().cloned().chain(kept).collect();
        PyScenario::read(self.path.clone(), self.files.clone(), false, all)
    }

    /// Faults found after loading name a field only; this adds where it was written.
    pub fn located(&self, faults: InputErrors) -> InputErrors {
        let origins = &self.loaded.origins;
        let located = |fault: InputError| match origins.of(&fault.path) {
            Some(_) if fault.line == 0 => origins.fault(&fault.path, fault.message, fault.suggestion),
            _ => fault,
        };
        InputErrors(faults.0.into_iter().map(located).collect())
    }
}

/// A name that is neither a file's nor a built-in scenario's, with what there is.
fn nothing(name: &str, faults: InputErrors) -> InputErrors {
    let known: Vec<String> = builtin().iter().map(|(name, _)| (*name).to_owned()).collect();
    let add = |mut fault: InputError| {
        if fault.path.is_empty() && fault.line == 0 && fault.file == name {
            fault.suggestion = match fault.suggestion {
                Advice::IsBuiltin { name } => Advice::IsBuiltinOf { name, known: known.clone() },
                _ => Advice::Builtins { known: known.clone() },
            };
        }
        fault
    };
    InputErrors(faults.0.into_iter().map(add).collect())
}

#[pymethods]
impl PyScenario {
    /// A scenario file, or the built-in scenario of that name if there is no such file.
    #[staticmethod]
    fn load(py: Python<'_>, name: &str, changes: Vec<(String, String)>) -> PyResult<PyScenario> {
        let is_known = builtin().iter().any(|(known, _)| *known == name);
        // A folder of a built-in scenario's name, as of its results, does not hide the scenario.
        let is_file = Path::new(name).exists() && !(is_known && Path::new(name).is_dir());
        let is_builtin = is_known && !is_file;
        let read = PyScenario::read(name.to_owned(), Files::new(), is_builtin, changes);
        read.map_err(|faults| {
            let known = is_file || is_builtin;
            scenario_error(py, if known { faults } else { nothing(name, faults) })
        })
    }

    /// A scenario of changes over a base, or over the defaults. A base file is looked for from the working
    /// folder on.
    #[staticmethod]
    #[pyo3(signature = (base, changes))]
    fn build(py: Python<'_>, base: Option<&str>, changes: Vec<(String, String)>) -> PyResult<PyScenario> {
        let base = base.map(|base| ("base", value::quoted(base)));
        let text: String = base.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let files = Files::from([(DICTIONARY.to_owned(), format!("({text})").into_bytes())]);
        PyScenario::read(DICTIONARY.to_owned(), files, false, changes)
            .map_err(|faults| scenario_error(py, faults))
    }

    /// The scenario of a state that [`PyScenario::state`] gave, perhaps on another machine.
    #[staticmethod]
    fn restore(
        py: Python<'_>,
        path: String,
        files: Vec<(String, Vec<u8>)>,
        changes: Vec<(String, String)>,
    ) -> PyResult<PyScenario> {
        PyScenario::read(path, files.into_iter().collect(), false, changes)
            .map_err(|faults| scenario_error(py, faults))
    }

    /// Everything that it was made of.
    fn state(&self) -> State {
        let files = self.files.iter();
        let files = files.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        (self.path.clone(), files, self.changes.clone())
    }

    /// The scenario with changes (path, value in RON).
    fn with_changes(&self, py: Python<'_>, changes: Vec<(String, String)>) -> PyResult<PyScenario> {
        self.with(&changes).map_err(|faults| scenario_error(py, faults))
    }

    /// The changes over the file: path, value in RON.
    #[getter]
    fn changes(&self) -> Vec<(String, String)> {
        self.changes.clone()
    }

    /// The value at a path; nothing if there is no such path.
    fn get<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let text = self.loaded.scenario.get(path);
        text.map(|text| value::of_ron(py, &text)).transpose()
    }

    /// Where the value at a path was written (file, line, column, text); nothing if it is the default.
    fn origin(&self, path: &str) -> Option<(String, u32, u32, String)> {
        let origin = self.loaded.origins.of(path)?;
        let file = origin.file.replace("--set", "change");
        Some((file, origin.line, origin.column, origin.text.clone()))
    }

    /// What is allowed but probably not meant.
    #[getter]
    fn warnings(&self) -> Vec<PyFault> {
        self.loaded.warnings.iter().cloned().map(PyFault::from).collect()
    }

    /// The whole scenario as a scenario file.
    #[getter]
    fn text(&self) -> String {
        self.loaded.scenario.resolved_text()
    }

    /// A fingerprint of everything that determines results.
    #[getter]
    fn hash(&self) -> String {
        format!("{:032x}", self.loaded.scenario.hash())
    }

    /// What a run will take: counties, villages, households, household records, memory [bytes].
    fn estimate(&self, py: Python<'_>) -> PyResult<(u64, u64, u64, u64, u64)> {
        let loaded = &self.loaded;
        let estimate = Simulation::estimate(&loaded.scenario, loaded.table.as_deref())
            .map_err(|faults| scenario_error(py, self.located(faults)))?;
        Ok((estimate.counties, estimate.villages, estimate.households, estimate.records, estimate.bytes))
    }
}
