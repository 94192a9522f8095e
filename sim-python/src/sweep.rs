//! Many runs at once.

use crate::fault;
use crate::scenario::PyScenario;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use sim_core::base::Seed;
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;
use sim_experiments::comparison::Difference;
use sim_experiments::ensemble::{Ensemble, Finished, Job, JobError};
use sim_experiments::series::{Level, Reading, Rows, Series, read_series};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// How often the interpreter is asked for signals while runs go on.
const INTERVAL: Duration = Duration::from_millis(50);

/// A series of months, with one number read out of it, or with all of them.
#[pyclass(frozen, get_all, name = "Series", module = "countryside._native")]
pub struct PySeries {
    /// Its name, as in the tables.
    name: String,
    /// Unit of a month's value; of money, yuan.
    unit: String,
    /// What it is.
    definition: String,
    /// Whether its months may be summed.
    is_flow: bool,
}

/// The level of a name.
pub fn level(name: &str) -> PyResult<Level> {
    let found = Level::ALL.iter().find(|(_, level)| level.name() == name);
    let known: Vec<&str> = Level::ALL.iter().map(|(_, level)| level.name()).collect();
    found.map(|(_, level)| *level).ok_or_else(|| {
        PyValueError::new_err(format!("`{name}` is no level: expected one of {}", known.join(", ")))
    })
}

/// The series of a name at a level.
pub fn find(name: &str, level: Level) -> PyResult<Series> {
    let found = match level {
        Level::Village => Series::of_villages(name),
        Level::Nation => Series::named(name),
        Level::Province | Level::County => Series::named(name).filter(|series| !series.is_national()),
    };
    found.ok_or_else(|| {
        let near = Series::advice(name, level).to_string();
        let help = if near.is_empty() {
            format!("there are {}: countryside.series(\"{}\")", Series::names(level).len(), level.name())
        } else {
            near
        };
        PyValueError::new_err(format!("`{name}` is no series of the {}\n  help: {help}", level.name()))
    })
}

impl From<Series> for PySeries {
    fn from(series: Series) -> PySeries {
        PySeries {
            name: series.name(),
            unit: series.unit().to_string(),
            definition: series.definition(),
            is_flow: series.is_flow(),
        }
    }
}

/// All series of a level, or those of some names.
#[pyfunction]
#[pyo3(signature = (level, names = None))]
pub fn series(level: &str, names: Option<Vec<String>>) -> PyResult<Vec<PySeries>> {
    let level = self::level(level)?;
    let names = names.unwrap_or_else(|| Series::names(level));
    let found = names.iter().map(|name| find(name, level).map(PySeries::from));
    found.collect()
}

fn reading(text: &str) -> PyResult<Reading> {
    Ok(match text {
        "end" => Reading::End,
        "total" => Reading::Total,
        "mean" => Reading::Mean,
        "greatest" => Reading::Greatest,
        "least" => Reading::Least,
        date => Reading::At(date.parse().map_err(|_| {
            PyValueError::new_err(format!(
                "`{date}` is no way to read a series: expected end, total, mean, greatest, least or a day \
                 like 2015-12-31"
            ))
        })?),
    })
}

/// What a run gave: index, outcomes, months of series (which, place, month, value), fingerprint, events,
/// seconds; or the sort and text of a failure.
type Row = (u64, Vec<f64>, Vec<(usize, String, String, f64)>, String, u64, f64, Option<(String, String)>);

/// What is looked at in a run.
struct Seen {
    outcomes: Vec<f64>,
    months: Vec<(usize, String, String, f64)>,
    fingerprint: String,
}

/// The same as Python has it: outcomes, months of series, fingerprint, events.
pub type Looked = (Vec<f64>, Vec<(usize, String, String, f64)>, String, u64);

/// What is to be looked at.
pub struct Looks {
    outcomes: Vec<(Series, Reading)>,
    months: Vec<Series>,
    level: Level,
}

impl Looks {
    /// What is to be looked at, by names and ways to read them.
    ///
    /// # Errors
    /// If there is no such series, level or way.
    pub fn of(outcomes: &[(String, String)], months: &[String], level: &str) -> PyResult<Looks> {
        let level = self::level(level)?;
        let outcomes = outcomes.iter().map(|(name, how)| Ok((find(name, Level::Nation)?, reading(how)?)));
        let months = months.iter().map(|name| find(name, level));
        Ok(Looks {
            outcomes: outcomes.collect::<PyResult<_>>()?,
            months: months.collect::<PyResult<_>>()?,
            level,
        })
    }

    /// Looks at a run that Python drives.
    pub fn looked(&self, simulation: &Simulation) -> Looked {
        let Seen { outcomes, months, fingerprint } = self.at(simulation);
        (outcomes, months, fingerprint, simulation.events())
    }

    fn at(&self, simulation: &Simulation) -> Seen {
        let outcomes = self.outcomes.iter().map(|(series, reading)| {
            let rows = read_series(simulation, *series, Level::Nation);
            let number = |rows: &Rows| reading.read_of(simulation, *series, &rows.months);
            rows.first().map_or(f64::NAN, number)
        });
        let mut months = Vec::new();
        for (at, series) in self.months.iter().enumerate() {
            for rows in read_series(simulation, *series, self.level) {
                let each = rows.months.iter();
                months.extend(each.map(|(month, value)| (at, rows.place.clone(), month.to_string(), *value)));
            }
        }
        Seen { outcomes: outcomes.collect(), months, fingerprint: simulation.fingerprint().to_string() }
    }
}

/// The row of a finished run, by the number it was given.
fn row(index: u64, finished: Finished<Seen>) -> Row {
    let Finished { result, seconds, events, .. } = finished;
    match result {
        Ok(seen) => (index, seen.outcomes, seen.months, seen.fingerprint, events, seconds, None),
        Err(failure) => {
            let failure = (failure.kind().to_owned(), failure.to_string());
            (index, Vec::new(), Vec::new(), String::new(), 0, seconds, Some(failure))
        }
    }
}

/// Runs a scenario many times, so many at a time and each on one thread. `points` are changes (path, value in
/// RON); `runs` are numbers for the rows, each with the point and the seed of the run.
///
/// `receive` gets each run that finishes, in the order in which they do. What it raises, or Ctrl-C, stops all
/// others at the end of their windows.
#[pyfunction]
#[pyo3(signature = (scenario, points, runs, outcomes, months, level, jobs, longest, receive))]
#[allow(clippy::too_many_arguments, reason = "called from one place, in Python, by name")]
pub fn ensemble(
    py: Python<'_>,
    scenario: &PyScenario,
    points: Vec<Vec<(String, String)>>,
    runs: Vec<(u64, usize, u64)>,
    outcomes: Vec<(String, String)>,
    months: Vec<String>,
    level: &str,
    jobs: Option<usize>,
    longest: Option<f64>,
    receive: Py<PyAny>,
) -> PyResult<()> {
    let looks = Looks::of(&outcomes, &months, level)?;
    let longest = longest.map(Duration::try_from_secs_f64).transpose();
    let longest = longest.map_err(|error| PyValueError::new_err(format!("at_most: {error}")))?;
    let jobs = jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let stopped = AtomicBool::new(false);
    if let Some((run, point, _)) = runs.iter().find(|(_, point, _)| *point >= points.len()) {
        return Err(PyValueError::new_err(format!("run {run}: there is no point {point}")));
    }
    let job = |index: u64| {
        let (_, point, seed) = runs[index as usize];
        let changes = &points[point];
        let loaded = scenario.changed(changes).map_err(|faults| JobError::Refused(fault::text(&faults)))?;
        Ok(Job {
            scenario: Scenario { seed: Seed(seed), ..loaded.scenario },
            table: loaded.table.map(Arc::from),
        })
    };
    py.detach(|| {
        let (sender, rows) = channel();
        thread::scope(|scope| {
            // Runs have a thread of their own to report to, so that this one, which Python knows, can look
            // for Ctrl-C.
            scope.spawn(|| {
                let cancelled = || stopped.load(Ordering::Relaxed);
                let indices = 0..runs.len() as u64;
                let ensemble = Ensemble::new(jobs).at_most(longest);
                let sender = sender;
                ensemble.cancelled_by(&cancelled).run(
                    indices,
                    job,
                    |_, simulation| looks.at(simulation),
                    |finished| match sender.send(row(runs[finished.index as usize].0, finished)) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(_) => ControlFlow::Break(()),
                    },
                );
            });
            let received = hand_over(&rows, &receive);
            if received.is_err() {
                stopped.store(true, Ordering::Relaxed);
            }
            received
        })
    })
}

/// Values of two scenarios seed by seed, as the command compares them: both means, mean change with half of
/// its interval, pairs, correlation, and how many times more independent runs would have cost as much.
#[pyfunction]
pub fn difference(first: Vec<f64>, second: Vec<f64>) -> PyResult<(f64, f64, f64, f64, usize, f64, f64)> {
    if first.len() != second.len() {
        return Err(PyValueError::new_err("both need a value for each seed"));
    }
    let Difference { first, second, change, margin, pairs, correlation, saved, .. } =
        Difference::of(&first, &second);
    Ok((first, second, change, margin, pairs, correlation, saved))
}

/// Hands rows to Python until there are no more, or it raises something.
fn hand_over(rows: &Receiver<Row>, receive: &Py<PyAny>) -> PyResult<()> {
    loop {
        match rows.recv_timeout(INTERVAL) {
            Ok(row) => Python::attach(|py| {
                py.check_signals()?;
                receive.call1(py, (row,)).map(drop)
            })?,
            Err(RecvTimeoutError::Timeout) => Python::attach(|py| py.check_signals())?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}
