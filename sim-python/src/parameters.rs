//! What can be set: the scenario's own fields and the model's parameters.

use crate::value;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use sim_core::base::Time;
use sim_core::params::{ParameterInfo, Parameters, Range, Role};
use sim_core::scenario::{FIELDS, FieldInfo, Scenario};

/// The catalogue, a dictionary for each.
#[pyfunction]
pub fn parameters(py: Python<'_>) -> PyResult<Vec<Bound<'_, PyDict>>> {
    let epoch = Time::START.date();
    let plain = Scenario::new("", epoch, epoch);
    let own = FIELDS.iter().map(|field| of_field(py, field, &plain));
    own.chain(Parameters::catalogue().iter().map(|info| of_parameter(py, info))).collect()
}

/// What a path, a measure, an outcome or a column is called now, if it was renamed.
#[pyfunction]
pub fn renamed(name: &str) -> Option<&'static str> {
    sim_core::scenario::renamed(name).or_else(|| sim_core::metrics::outcome::renamed(name))
}

/// Fields that every scenario must say, so that they have no default.
const REQUIRED: [&str; 4] = ["name", "question", "start", "end"];

fn of_field<'py>(py: Python<'py>, field: &FieldInfo, plain: &Scenario) -> PyResult<Bound<'py, PyDict>> {
    let row = PyDict::new(py);
    row.set_item("path", field.path)?;
    row.set_item("group", "scenario")?;
    row.set_item("unit", field.unit.to_string())?;
    row.set_item("role", Role::Lever.name())?;
    row.set_item("kind", field.kind.to_string())?;
    row.set_item("low", field.range.map(|range| range.0))?;
    row.set_item("high", field.range.map(|range| range.1).filter(|high| *high < u64::MAX as f64))?;
    let default = plain.get(field.path).filter(|_| !REQUIRED.contains(&field.path));
    row.set_item("default", default.map(|text| value::of_ron(py, &text)).transpose()?)?;
    row.set_item("description", field.description)?;
    row.set_item("source", "the scenario's own")?;
    Ok(row)
}

fn of_parameter<'py>(py: Python<'py>, info: &ParameterInfo) -> PyResult<Bound<'py, PyDict>> {
    let (low, high) = match info.range {
        Range::Between(low, high) => (Some(low), Some(high)),
        Range::Any => (None, None),
    };
    let row = PyDict::new(py);
    row.set_item("path", info.path())?;
    row.set_item("group", info.group)?;
    row.set_item("unit", info.unit.to_string())?;
    row.set_item("role", info.role.name())?;
    row.set_item("kind", info.kind.to_string())?;
    row.set_item("low", low)?;
    row.set_item("high", high)?;
    row.set_item("default", value::of_ron(py, &info.default)?)?;
    row.set_item("description", info.description)?;
    row.set_item("source", info.source)?;
    Ok(row)
}
