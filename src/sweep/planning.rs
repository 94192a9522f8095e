//! `sweep plan`: the runs of an experiment dealt to shards, and the script of an engine.

use super::engine::{Script, Tasks};
use super::pilot::{self, Measured};
use super::{make, planned};
use crate::experiment_args::PlanArgs;
use crate::failure::Failure;
use crate::report::number::{bytes, duration, of};
use crate::terminal;
use sim_experiments::plan::Plan;

/// How long tasks last unless told otherwise \[minutes\].
const MINUTES: u32 = 10;
/// Tasks shorter than this are not worth what an engine spends on each \[seconds\]: Slurm about two seconds, some schedulers of large machines ten.
const SHORT: f64 = 60.0;

/// `sweep plan`.
///
/// # Errors
/// If the experiment is wrong, has fewer runs than shards are asked for, or the folder cannot be made.
pub fn step(args: &PlanArgs) -> Result<(), Failure> {
    let mut plan = planned(&args.experiment, args.shards.unwrap_or(1))?;
    let measured = match (args.engine, args.task_minutes) {
        (None, None) => None,
        _ => Some(pilot::measure(&plan)?),
    };
    if let (Some(measured), None) = (&measured, args.shards) {
        let shards = shards(&plan, measured, args.task_minutes.unwrap_or(MINUTES));
        plan = planned(&args.experiment, shards)?;
    }
    let shards = plan.stored().shards;
    if u64::from(shards) > plan.runs() {
        return Err(Failure::input(format!(
            "--shards {shards}: the experiment has only {}",
            of(plan.runs(), "run", "runs")
        )));
    }
    let tasks = measured.map(|measured| Tasks::of(&plan, &measured));
    let script = match (args.engine, &tasks) {
        (Some(engine), Some(tasks)) => Some(Script::of(engine, tasks, &plan, &args.out)?),
        _ => None,
    };
    let folder = make(
        &args.out,
        plan,
        &args.experiment,
        script.as_ref(),
        args.grow.as_deref(),
    )?;
    let runs = folder.plan.runs();
    if args.json {
        let mut document = serde_json::json!({ "folder": args.out, "runs": runs, "shards": shards, "identity": format!("{:032x}", folder.identity) });
        if let Some(tasks) = &tasks {
            document["task_seconds"] = tasks.seconds.into();
            document["task_memory_bytes"] = tasks.memory.into();
        }
        if let Some(script) = &script {
            document["script"] = args.out.join(script.name).display().to_string().into();
        }
        return terminal::print(&format!("{document:#}\n"));
    }
    terminal::print(&page(args, runs, shards, tasks.as_ref(), script.as_ref()))?;
    if let Some(tasks) = tasks.filter(|tasks| tasks.seconds < SHORT && shards > 1) {
        terminal::note(&format!(
            "note: a task lasts about {}, and engines spend seconds on each: fewer shards, or --task-minutes, cost less",
            duration(tasks.seconds)
        ));
    }
    Ok(())
}

/// As many shards as make a task last so long on one processor.
fn shards(plan: &Plan, measured: &Measured, minutes: u32) -> u32 {
    let seconds = measured.seconds_per_run * plan.runs() as f64;
    let shards = (seconds / (f64::from(minutes) * 60.0)).ceil();
    shards.clamp(1.0, plan.runs().min(1_000_000) as f64) as u32
}

fn page(args: &PlanArgs, runs: u64, shards: u32, tasks: Option<&Tasks>, script: Option<&Script>) -> String {
    let path = args.out.display();
    let each = tasks.map_or_else(String::new, |tasks| {
        format!(
            "; a task takes about {} and {}",
            duration(tasks.seconds),
            bytes(tasks.memory)
        )
    });
    let dealt = of(u64::from(shards), "shard", "shards");
    let mut text = format!("{path}: {} in {dealt}{each}\n\n", of(runs, "run", "runs"));
    match script {
        Some(script) => {
            let start = script.start;
            text += &format!(
                "  {start} {path}/{}        all tasks; again for what was killed: finished runs stay\n",
                script.name
            );
        }
        None => {
            text += &format!(
                "  countryside sweep run {path} --shard 1/{shards}        a task; {shards} in all, in any order, each as often as you like\n"
            );
        }
    }
    text + &format!("  countryside sweep status {path}\n  countryside sweep gather {path}\n")
}
