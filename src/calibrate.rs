//! `countryside calibrate`: which parameters agree with what was published, which of them the evidence
//! identifies, and what every outcome depends on.

mod fit;
mod report;

use crate::args::CalibrateArgs;
use crate::command_error::CommandError;
use crate::engine;
use crate::evidence::page;
use crate::interrupt;
use crate::terminal;
use fit::{CalibrationFit, Means};
use sim_experiments::calibration::plan::{CalibrationPlan, Plans};
use sim_experiments::evidence::targets::Targets;
use sim_files::{limits, read};

/// Calibrates every plan, or those named.
///
/// # Errors
/// If a plan is faulty, the user stops it, or results cannot be written.
pub fn calibrate(args: &CalibrateArgs) -> Result<(), CommandError> {
    let targets = Targets::embedded().map_err(CommandError::run)?;
    let plans = plans(&targets, args)?;
    interrupt::listen();
    let (_, threads) = engine::threads(args.runs.threads);
    let means = Means { folder: &args.runs.keep, threads, quiet: args.runs.quiet };
    let mut fits = Vec::new();
    for plan in &plans {
        let fit = CalibrationFit::make(plan, &targets, &means)?;
        terminal::print(&report::text(&fit, terminal::width()))?;
        fits.push(fit);
    }
    if let Some(path) = &args.out {
        let (parts, files) = report::page(path, &fits)?;
        page::write(path, &parts, &files)?;
    }
    Ok(())
}

fn plans(targets: &Targets, args: &CalibrateArgs) -> Result<Vec<CalibrationPlan>, CommandError> {
    let plans = match &args.plan {
        None => Plans::embedded(targets).map_err(CommandError::run)?,
        Some(path) => {
            let text =
                read::text(path, limits::WRITTEN).map_err(|error| CommandError::reading(path, &error))?;
            Plans::read(&text, targets)
                .map_err(|fault| CommandError::input(format!("{}: {fault}", path.display())))?
        }
    };
    let known: Vec<String> = plans.plans.iter().map(|plan| plan.name.clone()).collect();
    if let Some(unknown) = args.names.iter().find(|name| !known.contains(name)) {
        return Err(CommandError::input(format!(
            "there is no calibration `{unknown}`\n  help: there are {}",
            known.join(", ")
        )));
    }
    let wanted =
        plans.plans.into_iter().filter(|plan| args.names.is_empty() || args.names.contains(&plan.name));
    let set = |mut plan: CalibrationPlan| {
        plan.points = args.points.unwrap_or(plan.points);
        plan.waves = args.waves.unwrap_or(plan.waves);
        plan.seeds = args.seeds.unwrap_or(plan.seeds);
        plan
    };
    let wanted: Vec<CalibrationPlan> = wanted.map(set).collect();
    for plan in &wanted {
        let least = 2 * plan.parameters.len() as u32 + 4;
        if plan.points < least {
            return Err(CommandError::input(format!(
                "calibration {}: {} points are too few for {} parameters: expected {least} or more",
                plan.name,
                plan.points,
                plan.parameters.len()
            )));
        }
    }
    Ok(wanted)
}
