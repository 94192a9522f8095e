//! What a sweep will take, from its cheapest run, one in the middle and its dearest, each tried for some
//! seconds.
//!
//! Rejected: one run alone, which says nothing of a design over samples, places or years. What a run takes
//! between those tried grows with its size.

use super::batch;
use super::sizes::Sizes;
use crate::args::experiment::WorkArgs;
use crate::command_error::CommandError;
use crate::processor::Stopwatch;
use crate::terminal;
use crate::text::number::{bytes, count, duration, of};
use sim_core::simulation::{Simulation, Threads};
use sim_experiments::plan::RunPlan;
use sim_experiments::record::{Record, Values, encode};

/// The longest that a run is tried \[seconds\].
const LONGEST: f64 = 4.0;

/// A run that was tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TriedRun {
    /// Its work by arithmetic.
    work: f64,
    /// Time on one thread, to its end \[seconds\].
    seconds: f64,
    /// Disk for its piece \[bytes\].
    bytes: f64,
    /// The share of it that was tried.
    share: f64,
}

/// What runs took, or would have taken.
#[derive(Clone, Debug)]
pub struct Measured {
    sizes: Sizes,
    /// Runs that were tried, the cheapest first.
    tried: Vec<TriedRun>,
    /// The most memory that this process has held, and a task with one run at a time will \[bytes\]; at
    /// least the largest run's estimate.
    pub peak: u64,
}

/// Tries the cheapest run of a design, one in the middle and the dearest.
///
/// # Errors
/// If none of them has a sound scenario.
pub fn measure(plan: &RunPlan) -> Result<Measured, CommandError> {
    let sizes = Sizes::of(plan)?;
    let (mut tried, mut refused) = (Vec::new(), None);
    for point in sizes.corners() {
        match attempt(plan, point, sizes.work(point)) {
            Ok(run) => tried.push(run),
            Err(failure) => {
                refused.get_or_insert(failure);
            }
        }
    }
    if let (Some(failure), true) = (refused, tried.is_empty()) {
        return Err(failure);
    }
    Ok(Measured { peak: peak().unwrap_or(0).max(sizes.memory()), sizes, tried })
}

fn attempt(plan: &RunPlan, point: usize, work: f64) -> Result<TriedRun, CommandError> {
    let number = point as u64 * plan.experiment().runs_at_point();
    let job = plan.job(number).map_err(CommandError::input)?;
    let clock = Stopwatch::start();
    let mut simulation = Simulation::build(&job.scenario, job.table.as_deref(), Threads::Sequential)
        .map_err(CommandError::input)?;
    let built = clock.seconds();
    while simulation.step() && clock.wall() < LONGEST {}
    let stepped = clock.seconds() - built;
    let whole = simulation.end().since(simulation.start()).as_days();
    let share = simulation.now().since(simulation.start()).as_days() / whole.max(1.0);
    let record = Record {
        run: 0,
        result: Ok(Values::of(&simulation, &plan.experiment().outcomes)),
        seconds: 0.0,
        events: 0,
    };
    let piece = encode(&[record], 0).map_err(CommandError::run)?.len() as f64;
    Ok(TriedRun { work, seconds: built + stepped / share.max(1e-3), bytes: piece / share.max(1e-3), share })
}

impl Measured {
    /// The time of all runs on one processor \[seconds\].
    pub fn all(&self, plan: &RunPlan) -> f64 {
        let points = 0..plan.points();
        let each = points.map(|point| between(&self.tried, self.sizes.work(point), mean));
        each.sum::<f64>() * plan.experiment().runs_at_point() as f64
    }

    /// The time of the largest of a plan's shards on one processor, with the longest of runs that are equal
    /// by arithmetic \[seconds\].
    pub fn largest_shard(&self, plan: &RunPlan) -> f64 {
        let shards = u64::from(plan.stored().shards);
        let mut sums = vec![0.0; shards as usize];
        for run in 0..plan.runs() {
            let work = self.sizes.work(plan.run(run).point);
            sums[(run % shards) as usize] += between(&self.tried, work, longest);
        }
        sums.into_iter().fold(0.0, f64::max)
    }

    /// The most memory that a run is estimated to need \[bytes\].
    pub fn memory(&self) -> u64 {
        self.sizes.memory()
    }

    /// The least and the greatest time of the runs tried \[seconds\].
    fn range(&self) -> (f64, f64) {
        let seconds = || self.tried.iter().map(|tried| tried.seconds);
        (seconds().fold(f64::INFINITY, f64::min), seconds().fold(0.0, f64::max))
    }

    /// Disk for a run's piece, of the largest tried \[bytes\].
    fn piece(&self) -> f64 {
        self.tried.iter().map(|tried| tried.bytes).fold(0.0, f64::max)
    }
}

fn mean(seconds: &[f64]) -> f64 {
    seconds.iter().sum::<f64>() / seconds.len().max(1) as f64
}

fn longest(seconds: &[f64]) -> f64 {
    seconds.iter().copied().fold(0.0, f64::max)
}

/// Time by work, on straight lines between the runs tried; `of_equals` makes one time of runs with the same
/// work.
fn between(tried: &[TriedRun], work: f64, of_equals: fn(&[f64]) -> f64) -> f64 {
    let time = |work: f64| {
        let equal = tried.iter().filter(|run| run.work == work);
        of_equals(&equal.map(|run| run.seconds).collect::<Vec<f64>>())
    };
    let works = || tried.iter().map(|run| run.work);
    let below = works().filter(|&known| known <= work).reduce(f64::max);
    let above = works().filter(|&known| known >= work).reduce(f64::min);
    match (below, above) {
        (Some(low), Some(high)) if high > low => {
            time(low) + (time(high) - time(low)) * (work - low) / (high - low)
        }
        (Some(end), _) | (None, Some(end)) => time(end),
        (None, None) => 0.0,
    }
}

/// The most memory that this process has held so far \[bytes\].
fn peak() -> Option<u64> {
    let status = sim_files::read::system(std::path::Path::new("/proc/self/status"));
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes << 10)
}

/// Disk for pieces and tables: tables are about as large as their pieces, in Parquet less; a file takes whole
/// blocks until it is packed.
fn disk(plan: &RunPlan, measured: &Measured) -> u64 {
    (plan.runs() as f64 * measured.piece() * 2.0) as u64 + plan.runs().min(256) * 4096 + (64 << 10)
}

/// Refuses what its budget does not allow, if a limit of time or disk could matter.
///
/// # Errors
/// If it would take longer, or more disk.
pub fn refuse_beyond_budget(plan: &RunPlan, work: &WorkArgs) -> Result<(), CommandError> {
    let budget = &plan.experiment().budget;
    // A small sweep without a limit of time is not worth a trial.
    if budget.hours.is_none() && plan.runs() < 1000 {
        return Ok(());
    }
    let batch = batch::batch(plan, work)?;
    let measured = measure(plan)?;
    let (need, limit) = (disk(plan, &measured), budget.disk << 20);
    if need > limit {
        return Err(CommandError::input(format!(
            "{} need about {} of disk, more than the {} that budget.disk allows\n  help: raise budget.disk, \
             or keep fewer outcomes",
            of(plan.runs(), "run", "runs"),
            bytes(need),
            bytes(limit)
        )));
    }
    let seconds = wall(plan, &measured, batch.jobs);
    match budget.hours {
        Some(hours) if seconds > hours * 3600.0 => Err(CommandError::input(format!(
            "{} take about {}, more than the {} that budget.hours allows\n  help: raise budget.hours, or \
             vary less",
            of(plan.runs(), "run", "runs"),
            duration(seconds),
            duration(hours * 3600.0)
        ))),
        _ => Ok(()),
    }
}

/// Time of all runs, so many at a time on processors with nothing else to do \[seconds\].
fn wall(plan: &RunPlan, measured: &Measured, jobs: usize) -> f64 {
    let at_a_time = plan.runs().min(jobs as u64).max(1) as f64;
    (measured.all(plan) / at_a_time).max(measured.range().1)
}

/// Says how many runs, how long and how much disk.
///
/// # Errors
/// If the scenario is faulty.
pub fn report(plan: &RunPlan, work: &WorkArgs) -> Result<(), CommandError> {
    let batch = batch::batch(plan, work)?;
    let measured = measure(plan)?;
    let seconds = wall(plan, &measured, batch.jobs);
    let (least, most) = measured.range();
    let (need, memory) = (disk(plan, &measured), measured.memory() * plan.runs().min(batch.jobs as u64));
    if work.json {
        let document = serde_json::json!({
            "points": plan.points(),
            "design_rows": plan.design().len(),
            "members": plan.experiment().members(),
            "replicates": plan.experiment().replicates,
            "runs": plan.runs(),
            "jobs": batch.jobs,
            "seconds_per_run": measured.all(plan) / plan.runs().max(1) as f64,
            "seconds_of_cheapest": least,
            "seconds_of_dearest": most,
            "seconds": seconds,
            "disk_bytes": need,
            "memory_bytes": memory,
        });
        return terminal::print(&format!("{document:#}\n"));
    }
    let shared = if plan.shared().is_shared() {
        format!(" (of {} of the design, equal ones once)", of(plan.design().len() as u64, "row", "rows"))
    } else {
        String::new()
    };
    let members = plan.experiment().worlds.as_ref().map_or_else(String::new, |worlds| {
        format!(" x {}", of(worlds.members.len() as u64, "member", "members"))
    });
    terminal::print(&format!(
        "{}: {}{shared}{members} x {} = {}\n  time     about {} on {} with nothing else to do; {}\n  \
         disk     about {}\n  memory   about {}\nNothing was kept.\n",
        plan.experiment().name,
        of(plan.points() as u64, "point", "points"),
        of(u64::from(plan.experiment().replicates), "replicate", "replicates"),
        of(plan.runs(), "run", "runs"),
        duration(seconds),
        of(batch.jobs as u64, "processor", "processors"),
        tried(&measured),
        bytes(need),
        bytes(memory),
    ))?;
    let limit = plan.experiment().budget.runs;
    if plan.runs() * 10 > limit * 9 {
        terminal::note(&format!("note: budget.runs allows {}", count(limit)));
    }
    Ok(())
}

/// What the runs tried took.
fn tried(measured: &Measured) -> String {
    let (least, most) = measured.range();
    let parts = measured.tried.iter().map(|run| run.share);
    let share = parts.fold(1.0, f64::min);
    let part = if share < 0.999 { format!(", of one only {:.0} %", share * 100.0) } else { String::new() };
    match measured.tried.len() {
        1 => format!("{} a run (one was tried{part})", duration(most)),
        2 => format!("{} to {} a run (two were tried{part})", duration(least), duration(most)),
        _ => format!(
            "{} to {} a run (the cheapest, one in the middle and the dearest were tried{part})",
            duration(least),
            duration(most)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_grows_with_work_between_the_runs_tried() {
        let tried = |runs: &[(f64, f64)]| -> Vec<TriedRun> {
            runs.iter().map(|&(work, seconds)| TriedRun { work, seconds, bytes: 1.0, share: 1.0 }).collect()
        };
        let runs = tried(&[(1.0, 1.0), (2.0, 3.0), (10.0, 11.0)]);
        let at = |work| between(&runs, work, longest);
        assert_eq!([1.0, 1.5, 2.0, 6.0, 10.0].map(at), [1.0, 2.0, 3.0, 7.0, 11.0]);
        assert_eq!([0.0, 99.0].map(at), [1.0, 11.0], "none is beyond the corners");
        let equal = tried(&[(5.0, 1.0), (5.0, 2.0), (5.0, 6.0)]);
        assert_eq!((between(&equal, 5.0, longest), between(&equal, 5.0, mean)), (6.0, 3.0));
        assert_eq!(between(&[], 1.0, mean), 0.0);
    }
}
