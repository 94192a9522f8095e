//! What a run found.

use crate::table::PyTable;
use pyo3::prelude::*;
use sim_core::simulation::{Audit, Headline, Simulation};

/// A headline figure: name, unit, definition, value, whether that is a sum over the run, month by month.
type Figure = (&'static str, String, &'static str, f64, bool, Vec<f64>);

/// The results of a run so far.
#[pyclass(frozen, name = "Results", module = "countryside._native")]
pub struct PyResults {
    months: Vec<String>,
    headline: Vec<Headline>,
    tables: Vec<(String, Py<PyTable>)>,
    audit: Audit,
    fingerprint: String,
    scenario: String,
    counts: [u64; 5],
    until: String,
}

impl PyResults {
    /// Gathers them, with the interpreter lock released.
    ///
    /// # Errors
    /// If Arrow refuses a table.
    pub fn of(py: Python<'_>, simulation: &Simulation) -> PyResult<PyResults> {
        let (outcome, tables) = py.detach(|| {
            let mut outcome = simulation.outcome();
            let tables = std::mem::take(&mut outcome.tables).into_iter();
            let tables = tables.map(|table| Ok((table.name.clone(), PyTable::of(table)?)));
            let tables = tables.collect::<PyResult<Vec<_>>>();
            (outcome, tables)
        });
        let tables = tables?.into_iter();
        let atlas = &simulation.setting().atlas;
        Ok(PyResults {
            months: outcome.months.iter().map(ToString::to_string).collect(),
            headline: outcome.headline,
            tables: tables.map(|(name, table)| Ok((name, Py::new(py, table)?))).collect::<PyResult<_>>()?,
            audit: outcome.audit,
            fingerprint: simulation.fingerprint().to_string(),
            scenario: simulation.scenario().resolved_text(),
            counts: [
                atlas.counties.len() as u64,
                atlas.villages(),
                atlas.households(),
                simulation.events(),
                simulation.orders(),
            ],
            until: simulation.now().date().to_string(),
        })
    }
}

#[pymethods]
impl PyResults {
    /// The closed months, like `2014-10`.
    #[getter]
    fn months(&self) -> Vec<String> {
        self.months.clone()
    }

    /// Headline figures of the nation.
    #[getter]
    fn headline(&self) -> Vec<Figure> {
        let each = self.headline.iter();
        each.map(|h| (h.name, h.unit.to_string(), h.definition, h.value, h.is_sum, h.series.clone()))
            .collect()
    }

    /// Tables by name.
    #[getter]
    fn tables(&self, py: Python<'_>) -> Vec<(String, Py<PyTable>)> {
        let each = self.tables.iter();
        each.map(|(name, table)| (name.clone(), table.clone_ref(py))).collect()
    }

    /// What does not balance in the books; nothing if all does.
    #[getter]
    fn imbalance(&self) -> Option<String> {
        (!self.audit.closes()).then(|| self.audit.messages.join("; "))
    }

    /// The 128-bit fingerprint of everything that happened.
    #[getter]
    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The scenario as it was run, as a scenario file.
    #[getter]
    fn scenario(&self) -> &str {
        &self.scenario
    }

    /// Counties, villages, households, events, orders.
    #[getter]
    fn counts(&self) -> [u64; 5] {
        self.counts
    }

    /// The midnight up to which it ran.
    #[getter]
    fn until(&self) -> &str {
        &self.until
    }
}
