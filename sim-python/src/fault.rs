//! What is wrong, as Python's exceptions.

use pyo3::create_exception;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use sim_core::scenario::{InputError, InputErrors};
use sim_files::marked::with_line;
use std::any::Any;

create_exception!(
    countryside,
    ScenarioError,
    PyValueError,
    "A scenario, or a change of one, is not accepted. `faults` lists all that is wrong."
);
create_exception!(
    countryside,
    SimulationError,
    PyRuntimeError,
    "A run failed by a fault of the program, or its books do not close."
);

/// What changes are called where the command would say `--set`.
const CHANGE: &str = "change";

/// One fault of a scenario.
#[pyclass(frozen, get_all, name = "Fault", module = "countryside")]
pub struct PyFault {
    /// The file as it was asked for; `change` for a change made in Python.
    file: String,
    /// The line, from 1, or the number of the change; 0 if the fault is of the file as a whole.
    line: u32,
    /// The column in characters, from 1; 0 if the fault is of the file as a whole.
    column: u32,
    /// The field, as in `household.elasticity`; empty if the fault is of none.
    path: String,
    /// The value as written; empty if there is none.
    value: String,
    /// What is wrong and what was expected.
    message: String,
    /// What to do about it; empty if nothing useful is known.
    suggestion: String,
    /// All of that in words, with the line in question and a marker under the place.
    text: String,
}

#[pymethods]
impl PyFault {
    /// A fault as a pickle has it.
    #[new]
    fn new(words: [String; 6], place: [u32; 2]) -> PyFault {
        let ([file, path, value, message, suggestion, text], [line, column]) = (words, place);
        PyFault { file, line, column, path, value, message, suggestion, text }
    }

    /// What [`PyFault::new`] makes it from: exceptions travel between processes, and take their faults along.
    fn __getnewargs__(&self) -> ([String; 6], [u32; 2]) {
        let words = [&self.file, &self.path, &self.value, &self.message, &self.suggestion, &self.text];
        (words.map(String::clone), [self.line, self.column])
    }

    fn __str__(&self) -> String {
        self.text.clone()
    }

    fn __repr__(&self) -> String {
        format!("<countryside.Fault {}>", self.__str__())
    }
}

impl From<InputError> for PyFault {
    fn from(fault: InputError) -> PyFault {
        let is_change = fault.file == "--set" || fault.file == "value";
        let place = match fault.line {
            line if is_change => format!("{CHANGE} {line}"),
            0 => fault.file.clone(),
            line => format!("{}:{line}:{}", fault.file, fault.column),
        };
        let (message, suggestion) = (fault.message.to_string(), fault.suggestion.to_string());
        let parts = [place.as_str(), fault.path.as_str(), message.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let mut text = parts.join(": ");
        if !suggestion.is_empty() {
            text += &format!("\n  help: {suggestion}");
        }
        PyFault {
            text: with_line(&text, &fault),
            file: if is_change { CHANGE.to_owned() } else { fault.file },
            line: fault.line,
            column: fault.column,
            path: fault.path,
            value: fault.value,
            message,
            suggestion,
        }
    }
}

/// All faults in words, as the exception says them.
pub fn text(faults: &InputErrors) -> String {
    let each = faults.0.iter().cloned().map(|fault| PyFault::from(fault).__str__());
    each.collect::<Vec<_>>().join("\n")
}

/// The exception for faults, with the list of them.
pub fn scenario_error(py: Python<'_>, faults: InputErrors) -> PyErr {
    let error = ScenarioError::new_err(text(&faults));
    let listed = || -> PyResult<()> {
        let list: Vec<Py<PyFault>> =
            faults.0.into_iter().map(|fault| Py::new(py, PyFault::from(fault))).collect::<PyResult<_>>()?;
        error.value(py).setattr("faults", list)
    };
    match listed() {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// The exception for a caught panic.
pub fn panicked(panic: &(dyn Any + Send)) -> PyErr {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    SimulationError::new_err(format!(
        "a fault in the program: {}. Please report this with the scenario and the seed",
        text.unwrap_or("no message")
    ))
}
