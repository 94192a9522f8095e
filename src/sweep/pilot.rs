//! What a sweep will take, from one run that is tried for some seconds.

use super::work;
use crate::experiment_args::WorkArgs;
use crate::failure::Failure;
use crate::report::number::{bytes, count, duration, of};
use crate::terminal;
use sim_core::simulation::{Simulation, Threads};
use sim_experiments::plan::Plan;
use sim_experiments::record::{Record, Values, encode};
use std::time::Instant;

/// The longest that a run is tried \[seconds\].
const LONGEST: f64 = 6.0;

/// What a run took, or would have taken.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Time of a run on one thread \[seconds\].
    pub seconds_per_run: f64,
    /// Disk for a run's piece \[bytes\].
    pub bytes_per_run: f64,
    /// Memory that a run is estimated to need \[bytes\].
    pub memory: u64,
    /// The most memory that this process has held, and a task with one run at a time will \[bytes\]; the estimate where the system does not tell.
    pub peak: u64,
    /// The share of the run that was tried.
    pub share: f64,
}

/// Tries the run in the middle of the design.
///
/// # Errors
/// If its scenario is faulty.
pub fn measure(plan: &Plan) -> Result<Measured, Failure> {
    let job = plan.job(plan.runs() / 2).map_err(Failure::input)?;
    let memory = Simulation::estimate(&job.scenario, job.table.as_deref())
        .map_err(Failure::input)?
        .bytes;
    let started = Instant::now();
    let mut simulation = Simulation::build(&job.scenario, job.table.as_deref(), Threads::Sequential)
        .map_err(Failure::input)?;
    let built = started.elapsed().as_secs_f64();
    while simulation.step() && started.elapsed().as_secs_f64() < LONGEST {}
    let stepped = started.elapsed().as_secs_f64() - built;
    let whole = simulation.end().since(simulation.start()).as_days();
    let share = simulation.now().since(simulation.start()).as_days() / whole.max(1.0);
    let record = Record {
        run: 0,
        result: Ok(Values::of(&simulation, &plan.experiment().outcomes)),
        seconds: 0.0,
        events: 0,
    };
    let piece = encode(&[record], 0).map_err(Failure::run)?.len() as f64;
    Ok(Measured {
        seconds_per_run: built + stepped / share.max(1e-3),
        bytes_per_run: piece / share.max(1e-3),
        memory,
        peak: peak().unwrap_or(memory).max(memory),
        share,
    })
}

/// The most memory that this process has held so far \[bytes\].
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes << 10)
}

/// Disk for pieces and tables: tables are about as large as their pieces, in Parquet less; a file takes whole blocks until it is packed.
fn disk(plan: &Plan, measured: &Measured) -> u64 {
    (plan.runs() as f64 * measured.bytes_per_run * 2.0) as u64 + plan.runs().min(256) * 4096 + (64 << 10)
}

/// Refuses what its budget does not allow, if a limit of time or disk could matter.
///
/// # Errors
/// If it would take longer, or more disk.
pub fn refuse_beyond_budget(plan: &Plan, work: &WorkArgs) -> Result<(), Failure> {
    let budget = &plan.experiment().budget;
    // A small sweep without a limit of time is not worth a trial.
    if budget.hours.is_none() && plan.runs() < 1000 {
        return Ok(());
    }
    let batch = work::batch(plan, work)?;
    let measured = measure(plan)?;
    let (need, limit) = (disk(plan, &measured), budget.disk << 20);
    if need > limit {
        return Err(Failure::input(format!(
            "{} need about {} of disk, more than the {} that budget.disk allows\n  help: raise budget.disk, or keep fewer outcomes",
            of(plan.runs(), "run", "runs"),
            bytes(need),
            bytes(limit)
        )));
    }
    let seconds = measured.seconds_per_run * plan.runs() as f64 / batch.jobs as f64;
    match budget.hours {
        Some(hours) if seconds > hours * 3600.0 => Err(Failure::input(format!(
            "{} take about {}, more than the {} that budget.hours allows\n  help: raise budget.hours, or vary less",
            of(plan.runs(), "run", "runs"),
            duration(seconds),
            duration(hours * 3600.0)
        ))),
        _ => Ok(()),
    }
}

/// Says how many runs, how long and how much disk.
///
/// # Errors
/// If the scenario is faulty.
pub fn report(plan: &Plan, work: &WorkArgs) -> Result<(), Failure> {
    let batch = work::batch(plan, work)?;
    let measured = measure(plan)?;
    let seconds = measured.seconds_per_run * plan.runs() as f64 / batch.jobs as f64;
    let (need, memory) = (disk(plan, &measured), measured.memory * batch.jobs as u64);
    if work.json {
        let document = serde_json::json!({
            "points": plan.points(),
            "design_rows": plan.design().len(),
            "replicates": plan.experiment().replicates,
            "runs": plan.runs(),
            "jobs": batch.jobs,
            "seconds_per_run": measured.seconds_per_run,
            "seconds": seconds,
            "disk_bytes": need,
            "memory_bytes": memory,
        });
        return terminal::print(&format!("{document:#}\n"));
    }
    let tried = if measured.share < 0.999 {
        format!(" (from {:.0} % of one)", measured.share * 100.0)
    } else {
        String::new()
    };
    let shared = if plan.shared().is_shared() {
        format!(
            " (of {} of the design, equal ones once)",
            of(plan.design().len() as u64, "row", "rows")
        )
    } else {
        String::new()
    };
    terminal::print(&format!(
        "{}: {}{shared} x {} = {}\n  time     about {} on {}, {} a run{tried}\n  disk     about {}\n  memory   about {}\nNothing was kept.\n",
        plan.experiment().name,
        of(plan.points() as u64, "point", "points"),
        of(u64::from(plan.experiment().replicates), "replicate", "replicates"),
        of(plan.runs(), "run", "runs"),
        duration(seconds),
        of(batch.jobs as u64, "processor", "processors"),
        duration(measured.seconds_per_run),
        bytes(need),
        bytes(memory),
    ))?;
    let limit = plan.experiment().budget.runs;
    if plan.runs() * 10 > limit * 9 {
        terminal::note(&format!("note: budget.runs allows {}", count(limit)));
    }
    Ok(())
}
