//! `sweep plan`: the runs of an experiment dealt to shards, and the script of an engine.

use super::engine::{Script, Tasks};
use super::opening::{make, planned};
use super::pilot::{self, Measured};
use super::replan::replan;
use crate::args::experiment::PlanArgs;
use crate::command_error::CommandError;
use crate::recipe;
use crate::terminal;
use crate::text::number::{bytes, duration, of};
use sim_experiments::plan::RunPlan;

/// How long tasks last unless told otherwise \[minutes\].
const MINUTES: u32 = 10;
/// Tasks shorter than this are not worth what an engine spends on each \[seconds\]: Slurm about two seconds,
/// some schedulers of large machines ten.
const SHORT: f64 = 60.0;

/// `sweep plan`.
///
/// # Errors
/// If the experiment is wrong, has fewer runs than shards are asked for, or the folder cannot be made.
pub fn step(args: &PlanArgs) -> Result<(), CommandError> {
    let mut limited = false;
    let (mut plan, mut sources) = planned(&args.experiment, args.shards.unwrap_or(1))?;
    refuse_beyond_array(args, args.shards.unwrap_or(1))?;
    let measured = match (args.engine, args.task_minutes) {
        (None, None) => None,
        _ => Some(pilot::measure(&plan)?),
    };
    if let (Some(measured), None) = (&measured, args.shards) {
        let wanted = shards(&plan, measured, args.task_minutes.unwrap_or(MINUTES));
        let shards = wanted.min(args.array_limit().unwrap_or(u32::MAX));
        limited = shards < wanted;
        (plan, sources) = planned(&args.experiment, shards)?;
    }
    let shards = plan.stored().shards;
    if u64::from(shards) > plan.runs() {
        return Err(CommandError::input(format!(
            "--shards {shards}: the experiment has only {}",
            of(plan.runs(), "run", "runs")
        )));
    }
    let processor_seconds = measured.as_ref().map(|measured| measured.all(&plan));
    let tasks = measured.map(|measured| Tasks::of(&plan, &measured));
    let script = match (args.engine, &tasks) {
        (Some(engine), Some(tasks)) => Some(Script::of(engine, tasks, &plan, &args.out)?),
        _ => None,
    };
    let folder = if args.replan {
        replan(&args.out, plan, &sources, script.as_ref())?
    } else {
        make(&args.out, plan, &sources, script.as_ref(), args.grow.as_deref())?
    };
    let runs = folder.plan.runs();
    if args.json {
        let mut document = serde_json::json!({ "folder": args.out, "runs": runs, "shards": shards,
            "identity": format!("{:032x}", folder.identity) });
        if let Some(tasks) = &tasks {
            document["processor_seconds"] = processor_seconds.into();
            document["task_seconds"] = tasks.seconds.into();
            document["task_memory_bytes"] = tasks.memory.into();
        }
        if let Some(script) = &script {
            document["script"] = args.out.join(script.name).display().to_string().into();
        }
        return terminal::print(&format!("{document:#}\n"));
    }
    terminal::print(&page(args, runs, shards, tasks.as_ref(), script.as_ref()))?;
    if let Some(tasks) = &tasks {
        note_lengths(tasks, limited, shards);
    }
    Ok(())
}

/// Notes on tasks that are longer or shorter than was wanted or does good.
fn note_lengths(tasks: &Tasks, limited: bool, shards: u32) {
    if limited {
        terminal::note(&format!(
            "note: most clusters allow {} in an array, so that one takes up to about {}; --array-limit N if \
             yours allows more: scontrol show config | grep MaxArraySize",
            of(u64::from(shards), "task", "tasks"),
            duration(tasks.seconds)
        ));
    }
    if tasks.seconds < SHORT && shards > 1 {
        terminal::note(&format!(
            "note: a task lasts about {}, and engines spend seconds on each: fewer shards, or \
             --task-minutes, cost less",
            duration(tasks.seconds)
        ));
    }
}

/// Refuses more shards than a job array may have tasks: the script would be refused when it is submitted.
fn refuse_beyond_array(args: &PlanArgs, shards: u32) -> Result<(), CommandError> {
    match args.array_limit() {
        Some(limit) if shards > limit => Err(CommandError::input(format!(
            "--shards {shards}: an array of Slurm has at most {} on most clusters\n  help: give --shards \
             {limit}, for longer tasks; or --array-limit {shards} if yours allows as many: scontrol show \
             config | grep MaxArraySize tells one more than the greatest",
            of(u64::from(limit), "task", "tasks")
        ))),
        _ => Ok(()),
    }
}

/// As many shards as make a task last so long on one processor.
fn shards(plan: &RunPlan, measured: &Measured, minutes: u32) -> u32 {
    let seconds = measured.all(plan);
    let shards = (seconds / (f64::from(minutes) * 60.0)).ceil();
    shards.clamp(1.0, plan.runs().min(1_000_000) as f64) as u32
}

fn page(args: &PlanArgs, runs: u64, shards: u32, tasks: Option<&Tasks>, script: Option<&Script>) -> String {
    let (path, word) = (args.out.display(), recipe::path(&args.out));
    let each = tasks.map_or_else(String::new, |tasks| {
        format!("; a task takes up to about {} and {}", duration(tasks.seconds), bytes(tasks.memory))
    });
    let dealt = of(u64::from(shards), "shard", "shards");
    let mut text = format!("{path}: {} in {dealt}{each}\n\n", of(runs, "run", "runs"));
    match script {
        Some(script) => {
            let start = script.start;
            text += &format!(
                "  {start} {}        all tasks; again for what was killed: finished runs stay\n",
                recipe::path(&args.out.join(script.name))
            );
        }
        None => {
            text += &format!(
                "  countryside sweep run {word} --shard 1/{shards}        a task; {shards} in all, in any \
                 order, each as often as you like\n"
            );
        }
    }
    text + &format!("  countryside sweep status {word}\n  countryside sweep gather {word}\n")
}
