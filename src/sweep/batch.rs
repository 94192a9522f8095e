//! How many of a plan's runs are made at once, and within which budget.

use super::sizes::Sizes;
use crate::args::experiment::WorkArgs;
use crate::batch::Batch;
use crate::command_error::CommandError;
use sim_experiments::plan::RunPlan;
use std::time::{Duration, Instant};

/// How to run on behalf of a plan.
pub fn batch(plan: &RunPlan, work: &WorkArgs) -> Result<Batch, CommandError> {
    let budget = &plan.experiment().budget;
    let mut batch = Batch::new(work.jobs, work.quiet || work.json);
    batch.longest = budget.seconds_per_run.map(Duration::from_secs);
    batch.deadline = budget.hours.map(|hours| Instant::now() + Duration::from_secs_f64(hours * 3600.0));
    let at_a_time = batch.jobs.min(usize::try_from(plan.runs()).unwrap_or(usize::MAX));
    batch.jobs = at_a_time.max(1);
    batch.check_memory(plan.base_scenario(), Sizes::of(plan)?.memory())?;
    Ok(batch)
}
