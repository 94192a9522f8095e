//! Countryside for Python: what the package `countryside` is made of, as the module `countryside._native`.
//!
//! Only what Python cannot do is here; what a notebook sees is written in Python around it
//! (`python/countryside`).
//!
//! 1. `scenario` reads scenarios and changes them; `value` makes Python values of theirs, `fault` errors.
//! 2. `simulation` steps and runs with the interpreter lock released, and stops for Ctrl-C at a window's end.
//! 3. `results` is what a run found; `table` and `column` hand tables to any reader of Arrow without copying.
//! 4. `state` is what a policy sees between two windows; what it decides goes through `simulation`.
//! 5. `sweep` runs many simulations at once.
//!
//! **Copies.** Numbers of a table are moved into Arrow's buffers once, when the results are made, and never
//! copied after that, however often and by whomever they are read. Texts are copied once, for Arrow keeps
//! them end to end.
//!
//! **Rejected.** `pyo3-arrow`, which lags a generation of Arrow behind; the buffer protocol, which the stable
//! ABI has only from Python 3.11 on: arrays come through NumPy's `__array_interface__`, which needs neither
//! NumPy nor a newer Python.

mod arrow;
mod column;
mod fault;
mod files;
mod parameters;
mod results;
mod scenario;
mod simulation;
mod snapshot;
mod state;
mod sweep;
mod table;
mod value;

use pyo3::prelude::*;

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("ScenarioError", py.get_type::<fault::ScenarioError>())?;
    module.add("SimulationError", py.get_type::<fault::SimulationError>())?;
    module.add_class::<fault::PyFault>()?;
    module.add_class::<scenario::PyScenario>()?;
    module.add_class::<simulation::PySimulation>()?;
    module.add_class::<results::PyResults>()?;
    module.add_class::<table::PyTable>()?;
    module.add_class::<column::PyColumn>()?;
    module.add_class::<sweep::PySeries>()?;
    module.add_function(wrap_pyfunction!(scenario::scenarios, module)?)?;
    module.add_function(wrap_pyfunction!(parameters::parameters, module)?)?;
    module.add_function(wrap_pyfunction!(parameters::renamed, module)?)?;
    module.add_function(wrap_pyfunction!(sweep::series, module)?)?;
    module.add_function(wrap_pyfunction!(sweep::ensemble, module)?)?;
    module.add_function(wrap_pyfunction!(sweep::difference, module)?)?;
    module.add_function(wrap_pyfunction!(files::write_folder, module)?)?;
    module.add_function(wrap_pyfunction!(files::guarded, module)?)?;
    module.add_function(wrap_pyfunction!(table::table, module)?)?;
    module.add_function(wrap_pyfunction!(table::restored_table, module)?)?;
    module.add_function(wrap_pyfunction!(table::restored_column, module)?)?;
    Ok(())
}
