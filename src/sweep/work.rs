//! Running what is missing.

use super::Folder;
use crate::batch::{Batch, End};
use crate::experiment_args::WorkArgs;
use crate::failure::Failure;
use crate::interrupt;
use crate::report::number::{count, of};
use crate::terminal;
use sim_core::simulation::Simulation;
use sim_experiments::plan::Plan;
use sim_experiments::record::{Record, Values};
use std::time::{Duration, Instant};

/// How to run on behalf of a plan.
pub fn batch(plan: &Plan, work: &WorkArgs) -> Result<Batch, Failure> {
    let budget = &plan.experiment().budget;
    let mut batch = Batch::new(work.jobs, work.quiet || work.json);
    batch.longest = budget.seconds_per_run.map(Duration::from_secs);
    batch.deadline = budget
        .hours
        .map(|hours| Instant::now() + Duration::from_secs_f64(hours * 3600.0));
    let first = plan.job(0).map_err(Failure::input)?;
    let estimate = Simulation::estimate(&first.scenario, first.table.as_deref()).map_err(Failure::input)?;
    batch.check_memory(&first.scenario, estimate.bytes)?;
    Ok(batch)
}

/// Runs those of some runs that are missing. `again` is the command that goes on.
///
/// # Errors
/// If a run cannot be written, the user stops it, it takes longer than its budget, or every run fails.
pub fn run(
    folder: &Folder,
    runs: impl Iterator<Item = u64> + Send,
    work: &WorkArgs,
    again: &str,
) -> Result<End, Failure> {
    let plan = &folder.plan;
    let batch = batch(plan, work)?;
    let pieces = folder.pieces();
    let known = pieces.index()?.runs;
    let missing: Vec<u64> = runs.filter(|run| !known.contains_key(run)).collect();
    let total = missing.len() as u64;
    if total == 0 {
        return Ok(End::Complete);
    }
    interrupt::listen();
    let outcomes = &plan.experiment().outcomes;
    let mut writer = pieces.writer();
    let (mut written, mut failed) = (0_u64, 0_u64);
    let end = batch.run(
        total,
        missing.into_iter(),
        |number| plan.job(number),
        |_, simulation| Values::of(simulation, outcomes),
        |finished| {
            let record = Record::from(finished);
            failed += u64::from(record.result.is_err());
            writer.write(record)?;
            written += 1;
            Ok(())
        },
    )?;
    writer.pack()?;
    let kept = || {
        format!(
            "{} of {} were finished and are kept",
            count(written),
            of(total, "missing run", "missing runs")
        )
    };
    match end {
        End::Complete if failed > 0 && failed == total => Err(Failure::run(format!(
            "all {} failed; countryside sweep gather {} --partial tells why",
            of(total, "run", "runs"),
            folder.path.display()
        ))),
        End::Complete => {
            if failed > 0 {
                terminal::note(&format!(
                    "warning: {} of {} failed; see failures.csv; countryside sweep retry {} forgets them",
                    count(failed),
                    of(total, "run", "runs"),
                    folder.path.display()
                ));
            }
            Ok(end)
        }
        End::Interrupted => Err(Failure::Interrupted(format!(
            "stopped: {}; go on with\n  {again}",
            kept()
        ))),
        End::OutOfTime => Err(Failure::run(format!(
            "budget.hours is used up: {}; go on with\n  {again}",
            kept()
        ))),
    }
}
