//! `countryside calibrate`: which parameters agree with what was published, which of them the evidence
//! identifies, what every outcome depends on, and whether the fit stands tests that could fail.

mod fit;
mod points;
mod report;
mod rows;
mod screen;

use crate::args::CalibrateArgs;
use crate::command_error::CommandError;
use crate::engine;
use crate::evidence::own::EvidenceBase;
use crate::evidence::page;
use crate::interrupt;
use crate::output::file::write_atomically;
use crate::terminal;
use fit::CalibrationFit;
use points::Means;
use sim_experiments::calibration::plan::CalibrationPlan;
use std::path::Path;

/// Calibrates every plan, or those named; or screens what they vary.
///
/// # Errors
/// If a plan is faulty, the user stops it, or results cannot be written.
pub fn calibrate(args: &CalibrateArgs) -> Result<(), CommandError> {
    let base = EvidenceBase::read(&args.own)?;
    let plans = plans(&base, args)?;
    interrupt::listen();
    let (_, threads) = engine::threads(args.runs.threads);
    let means = Means { folder: &args.runs.keep, threads, quiet: args.runs.quiet };
    if args.screen {
        for plan in &plans {
            terminal::print(&screen::screen(plan, &base, &means, terminal::width())?)?;
        }
        return Ok(());
    }
    let mut fits = Vec::new();
    for plan in &plans {
        let fit = CalibrationFit::make(plan, &base, usize::from(args.members), &means)?;
        terminal::print(&report::text(&fit, terminal::width()))?;
        fits.push(fit);
    }
    if let Some(path) = &args.out {
        let (parts, files) = report::page(path, &fits)?;
        page::write(path, &parts, &files)?;
    }
    match (&args.ensemble, fits.as_slice()) {
        (Some(path), [fit]) => write_ensemble(path, fit),
        _ => Ok(()),
    }
}

fn write_ensemble(path: &Path, fit: &CalibrationFit) -> Result<(), CommandError> {
    if fit.ensemble.members.is_empty() {
        return Err(CommandError::run(format!(
            "{} is not written: no simulated point of the last wave is within three standard deviations of \
             every figure\n  help: more points or waves, wider ranges, or figures that the model can meet",
            path.display()
        )));
    }
    let text = fit.ensemble.csv(&fit.plan.parameters);
    write_atomically(path, text.as_bytes()).map_err(|error| CommandError::writing(path, &error, None))
}

fn plans(base: &EvidenceBase, args: &CalibrateArgs) -> Result<Vec<CalibrationPlan>, CommandError> {
    let plans = base.plans(args.plan.as_deref())?;
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
        for run in &mut plan.runs {
            run.seeds = args.seeds.unwrap_or(run.seeds);
        }
        plan
    };
    let wanted: Vec<CalibrationPlan> = wanted.map(set).collect();
    if let Some(plan) = wanted.iter().find(|plan| plan.points < plan.fewest_points()) {
        return Err(CommandError::input(format!(
            "calibration {}: {} points are too few for {} parameters: expected {} or more",
            plan.name,
            plan.points,
            plan.parameters.len(),
            plan.fewest_points()
        )));
    }
    if args.ensemble.is_some() && wanted.len() != 1 {
        return Err(CommandError::input(format!(
            "--ensemble is of one calibration\n  help: name one of {}",
            known.join(", ")
        )));
    }
    Ok(wanted)
}
