//! `countryside check`: every fault of some scenarios and experiments, or what they would take.

use crate::args::CheckArgs;
use crate::command_error::CommandError;
use crate::engine;
use crate::memory;
use crate::sweep::ExperimentFiles;
use crate::terminal;
use crate::text::number::{bytes, of};
use crate::version;
use sim_core::scenario::{Source, builtin};
use sim_experiments::experiment::is_experiment;
use sim_experiments::plan::RunPlan;
use sim_files::FileSource;

/// Checks every file, sound ones on standard output, faults in the failure.
///
/// # Errors
/// All faults of all files.
pub fn check(args: &CheckArgs) -> Result<(), CommandError> {
    let mut faults = Vec::new();
    for name in &args.scenarios {
        let checked =
            if is_of_experiment(name) { check_experiment(name, args) } else { check_one(name, &args.set) };
        match checked {
            Ok(line) => terminal::print(&format!("{}\n", terminal::harmless(&line)))?,
            Err(failure) => faults.push(failure.to_string()),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(CommandError::Input(faults.join("\n"))) }
}

fn check_one(name: &str, changes: &[(String, String)]) -> Result<String, CommandError> {
    let loaded = engine::load(name, changes)?;
    loaded.warnings.iter().for_each(|warning| terminal::note(&format!("warning: {warning}")));
    let scenario = &loaded.scenario;
    let estimate = engine::estimate(&loaded)?;
    memory::check(scenario, estimate.bytes, None)?;
    Ok(format!(
        "{name}: sound; {} to {}, {}, {}, about {}, about {} of memory",
        scenario.start,
        scenario.end,
        of(estimate.counties, "county", "counties"),
        of(estimate.villages, "village", "villages"),
        of(estimate.households, "household", "households"),
        bytes(estimate.bytes),
    ))
}

/// Whether a name is that of a file that is meant as an experiment.
fn is_of_experiment(name: &str) -> bool {
    if builtin().iter().any(|(known, _)| *known == name) {
        return false;
    }
    // What cannot be read is told of when it is read as a scenario.
    FileSource.read(name).is_ok_and(|bytes| is_experiment(&String::from_utf8_lossy(&bytes)))
}

fn check_experiment(name: &str, args: &CheckArgs) -> Result<String, CommandError> {
    if !args.set.is_empty() {
        return Err(CommandError::input(format!(
            "{name}: an experiment takes no --set: write it in its `set`"
        )));
    }
    let (experiment, _) = ExperimentFiles::read(name)?;
    let plan = RunPlan::new(experiment, &version::of_sweeps(), 1)
        .map_err(|reason| CommandError::input(format!("{name}: {reason}")))?;
    let experiment = plan.experiment();
    let factors = of(experiment.varied().len() as u64, "factor", "factors");
    let Some(method) = &experiment.method else {
        let plans = experiment.search.as_ref().map_or(0, |search| u64::from(search.plans));
        return Ok(format!("{name}: sound; a search over {factors}, up to {}", of(plans, "plan", "plans")));
    };
    let mut parts = vec![format!("{} of {factors}", method.name())];
    parts.push(of(plan.policies().points(0).len() as u64, "point", "points"));
    if plan.policies().is_crossed() {
        parts.push(of(plan.policies().names().len() as u64, "policy", "policies"));
    }
    if experiment.worlds.is_some() {
        parts.push(of(experiment.members() as u64, "member", "members"));
    }
    parts.push(of(u64::from(experiment.replicates), "replicate", "replicates"));
    Ok(format!("{name}: sound; {}: {}", parts.join(", "), of(plan.runs(), "run", "runs")))
}
