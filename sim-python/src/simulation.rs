//! A run under the caller's control.

use crate::fault::{SimulationError, panicked, scenario_error};
use crate::results::PyResults;
use crate::scenario::PyScenario;
use crate::snapshot;
use crate::state;
use crate::sweep::{Looked, Looks};
use crate::table::PyTable;
use crate::value;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use sim_core::base::{Date, Time};
use sim_core::params::Rule;
use sim_core::scenario::{InputErrors, Scenario};
use sim_core::simulation::{BranchError, CheckpointError, Simulation, Threads};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// How often the interpreter is asked for signals and told of progress, at most. Each time may wait for
/// another thread that holds the lock, which gives it away every 5 ms.
const INTERVAL: Duration = Duration::from_millis(50);

/// A simulation; none after it has failed.
#[pyclass(name = "Simulation", module = "countryside._native")]
pub struct PySimulation {
    inner: Option<Simulation>,
    /// The process that made it. A process forked from that has the simulation, but not the threads that it
    /// runs on.
    process: u32,
}

/// So many threads, or as many as there are processors.
fn threads(asked: Option<usize>) -> Threads {
    let here = || std::thread::available_parallelism().map_or(1, usize::from);
    match asked.unwrap_or_else(here) {
        0 | 1 => Threads::Sequential,
        many => Threads::Parallel(many),
    }
}

fn failed() -> PyErr {
    SimulationError::new_err("the simulation has failed before: make another one")
}

impl PySimulation {
    fn new(simulation: Simulation) -> PySimulation {
        PySimulation { inner: Some(simulation), process: std::process::id() }
    }

    fn get(&self) -> PyResult<&Simulation> {
        self.inner.as_ref().ok_or_else(failed)
    }

    /// Refuses work in a forked process, which would wait for threads that are not there.
    fn refuse_forked(&self) -> PyResult<()> {
        if std::process::id() == self.process {
            return Ok(());
        }
        Err(PyRuntimeError::new_err(
            "a Simulation cannot go on in a forked process: its threads stayed in the other one\n  help: \
             make it here, resume its checkpoint() here, or start processes with \
             multiprocessing.get_context(\"spawn\")",
        ))
    }

    /// The simulation, for what may take its threads.
    fn live(&self) -> PyResult<&Simulation> {
        self.refuse_forked()?;
        self.get()
    }
}

/// Reads rules, by the reader of scenarios.
fn read_rules(simulation: &Simulation, rules: &str) -> Result<Vec<Rule>, InputErrors> {
    let scenario = simulation.scenario();
    let mut read = Scenario::new(&scenario.name, scenario.start, scenario.end);
    read.set("rules", rules)?;
    Ok(read.rules)
}

fn checkpoint_error(error: &CheckpointError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymethods]
impl PySimulation {
    /// Makes places, people and processes.
    #[staticmethod]
    #[pyo3(signature = (scenario, threads = None))]
    fn build(py: Python<'_>, scenario: &PyScenario, threads: Option<usize>) -> PyResult<PySimulation> {
        let loaded = &scenario.loaded;
        let threads = self::threads(threads);
        let build = || Simulation::build(&loaded.scenario, loaded.table.as_deref(), threads);
        let built = py.detach(|| catch_unwind(AssertUnwindSafe(build)));
        match built {
            Ok(Ok(simulation)) => Ok(PySimulation::new(simulation)),
            Ok(Err(faults)) => Err(scenario_error(py, scenario.located(faults))),
            Err(panic) => Err(panicked(&*panic)),
        }
    }

    /// Runs so many windows, or to a day, or until a month closes, or to the end; returns whether there are
    /// more.
    ///
    /// `progress` is called at a window's end, at most twenty times a second, and at the last: date reached,
    /// days done, days in all, events. What it raises ends the call, as Ctrl-C does; the simulation
    /// stands at a window's end and can go on.
    #[pyo3(signature = (windows = None, until = None, progress = None, month = false))]
    fn advance(
        &mut self,
        py: Python<'_>,
        windows: Option<u64>,
        until: Option<&str>,
        progress: Option<Py<PyAny>>,
        month: bool,
    ) -> PyResult<bool> {
        self.refuse_forked()?;
        let until = until.map(str::parse::<Date>).transpose();
        let until = until.map_err(PyValueError::new_err)?.map(Date::midnight);
        let mut simulation = self.inner.take().ok_or_else(failed)?;
        let months = month.then(|| simulation.gathered().nation.len());
        let stops = Stops { windows, until, months };
        // Given back unless a panic has broken it.
        let advanced = py.detach(|| {
            let advanced =
                catch_unwind(AssertUnwindSafe(|| drive(&mut simulation, stops, progress.as_ref())));
            (advanced, simulation)
        });
        match advanced {
            (Ok(outcome), simulation) => {
                self.inner = Some(simulation);
                outcome
            }
            (Err(panic), _) => Err(panicked(&*panic)),
        }
    }

    /// The results so far.
    fn results(&self, py: Python<'_>) -> PyResult<PyResults> {
        PyResults::of(py, self.live()?)
    }

    /// The villages now.
    fn snapshot(&self) -> PyResult<PyTable> {
        snapshot::table(self.live()?)
    }

    /// What counties are.
    fn counties(&self) -> PyResult<PyTable> {
        state::counties(self.live()?)
    }

    /// Stations that had a partner, as they stand.
    fn partners(&self) -> PyResult<PyTable> {
        state::partners(self.live()?)
    }

    /// Shops that are open.
    fn shops(&self) -> PyResult<PyTable> {
        state::shops(self.live()?)
    }

    /// About so many household records.
    fn households(&self, about: usize) -> PyResult<PyTable> {
        state::households(self.live()?, about)
    }

    /// A figure of the last closed month, as the only column of a table.
    fn figure(&self, level: &str, name: &str) -> PyResult<PyTable> {
        state::figure(self.live()?, level, name)
    }

    /// A lever in each county on the first day on which a decision can hold; nothing if there is none of that
    /// path.
    fn lever<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
        let texts = self.live()?.lever(path);
        texts.map(|texts| texts.iter().map(|text| value::of_ron(py, text)).collect()).transpose()
    }

    /// The months that are closed, like `2014-10`.
    #[getter]
    fn months(&self) -> PyResult<Vec<String>> {
        Ok(self.get()?.gathered().nation.iter().map(|month| month.month.to_string()).collect())
    }

    /// The first day on which a decision can hold.
    #[getter]
    fn first_day_of_decisions(&self) -> PyResult<String> {
        Ok(self.get()?.first_day_of_decisions().to_string())
    }

    /// Adds rules (RON) that hold from the next day on.
    fn decide(&mut self, py: Python<'_>, rules: &str) -> PyResult<()> {
        self.refuse_forked()?;
        let simulation = self.inner.as_mut().ok_or_else(failed)?;
        let decided = read_rules(simulation, rules).and_then(|rules| simulation.decide(rules));
        decided.map_err(|faults| scenario_error(py, faults))
    }

    /// Whether rules could be added.
    fn check_decisions(&self, py: Python<'_>, rules: &str) -> PyResult<()> {
        let simulation = self.live()?;
        let checked = read_rules(simulation, rules).and_then(|rules| simulation.check_decisions(&rules));
        checked.map_err(|faults| scenario_error(py, faults))
    }

    /// Outcomes, months of series, fingerprint and events, as a run of a sweep gives them.
    fn looked_at(
        &self,
        outcomes: Vec<(String, String)>,
        months: Vec<String>,
        level: &str,
    ) -> PyResult<Looked> {
        let looks = Looks::of(&outcomes, &months, level)?;
        Ok(looks.looked(self.live()?))
    }

    /// What does not balance in the books; nothing if all does.
    #[getter]
    fn imbalance(&self) -> PyResult<Option<String>> {
        let audit = self.get()?.audit();
        Ok((!audit.closes()).then(|| audit.messages.join("; ")))
    }

    /// The end of the last window, as a day: its midnight.
    #[getter]
    fn now(&self) -> PyResult<String> {
        Ok(self.get()?.now().date().to_string())
    }

    /// The first day.
    #[getter]
    fn start(&self) -> PyResult<String> {
        Ok(self.get()?.start().date().to_string())
    }

    /// The day after the last.
    #[getter]
    fn end(&self) -> PyResult<String> {
        Ok(self.get()?.end().date().to_string())
    }

    /// Whether the end is reached.
    #[getter]
    fn is_done(&self) -> PyResult<bool> {
        Ok(self.get()?.is_done())
    }

    /// Events handled.
    #[getter]
    fn events(&self) -> PyResult<u64> {
        Ok(self.get()?.events())
    }

    /// Orders placed; in a sample, bundles of orders.
    #[getter]
    fn orders(&self) -> PyResult<u64> {
        Ok(self.get()?.orders())
    }

    /// Memory held by villages, households and shops, about [bytes].
    #[getter]
    fn memory(&self) -> PyResult<usize> {
        Ok(self.get()?.bytes())
    }

    /// The fingerprint of everything that has happened.
    #[getter]
    fn fingerprint(&self) -> PyResult<String> {
        Ok(self.get()?.fingerprint().to_string())
    }

    /// The scenario as a scenario file.
    #[getter]
    fn scenario(&self) -> PyResult<String> {
        Ok(self.get()?.scenario().resolved_text())
    }

    /// Everything the run is now.
    fn checkpoint(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        let simulation = self.live()?;
        py.detach(|| simulation.checkpoint()).map_err(|error| checkpoint_error(&error))
    }

    /// Goes on from a checkpoint, with changes (path, value in RON) from then on.
    #[staticmethod]
    #[pyo3(signature = (checkpoint, changes, threads = None))]
    fn resume(
        py: Python<'_>,
        checkpoint: &[u8],
        changes: Vec<(String, String)>,
        threads: Option<usize>,
    ) -> PyResult<PySimulation> {
        let threads = self::threads(threads);
        let branched = py.detach(|| {
            if changes.is_empty() {
                Simulation::resume(checkpoint, threads).map_err(BranchError::from)
            } else {
                Simulation::branch(checkpoint, &changes, threads)
            }
        });
        match branched {
            Ok(simulation) => Ok(PySimulation::new(simulation)),
            Err(BranchError::Change(faults)) => Err(scenario_error(py, faults)),
            Err(error) => Err(PyValueError::new_err(error.to_string())),
        }
    }
}

/// Where to stop before the end: after so many windows, at a moment, when more months are closed than so
/// many.
#[derive(Clone, Copy)]
struct Stops {
    windows: Option<u64>,
    until: Option<Time>,
    months: Option<usize>,
}

/// Runs windows; the interpreter lock is taken only between them, to look for Ctrl-C and to tell of progress.
fn drive(simulation: &mut Simulation, stops: Stops, progress: Option<&Py<PyAny>>) -> PyResult<bool> {
    let mut reported = Instant::now();
    let mut left = stops.windows;
    loop {
        let stops = left == Some(0)
            || stops.until.is_some_and(|until| simulation.now() >= until)
            || stops.months.is_some_and(|months| simulation.gathered().nation.len() > months);
        if simulation.is_done() || stops {
            Python::attach(|py| py.check_signals())?;
            report_progress(simulation, progress)?;
            return Ok(!simulation.is_done());
        }
        simulation.step();
        left = left.map(|left| left - 1);
        if reported.elapsed() >= INTERVAL {
            Python::attach(|py| py.check_signals())?;
            if !simulation.is_done() {
                report_progress(simulation, progress)?;
            }
            reported = Instant::now();
        }
    }
}

fn report_progress(simulation: &Simulation, progress: Option<&Py<PyAny>>) -> PyResult<()> {
    let Some(progress) = progress else { return Ok(()) };
    let days = |time: Time| time.since(simulation.start()).as_days();
    let now = simulation.now();
    let arguments =
        (now.date().to_string(), days(now) as u64, days(simulation.end()) as u64, simulation.events());
    Python::attach(|py| progress.call1(py, arguments)).map(drop)
}
