//! `countryside check`: every fault of some scenarios, or what they would take.

use crate::args::CheckArgs;
use crate::command_error::CommandError;
use crate::engine;
use crate::memory;
use crate::terminal;
use crate::text::number::{bytes, of};

/// Checks every scenario, sound ones on standard output, faults in the failure.
///
/// # Errors
/// All faults of all scenarios.
pub fn check(args: &CheckArgs) -> Result<(), CommandError> {
    let mut faults = Vec::new();
    for name in &args.scenarios {
        match check_one(name, &args.set) {
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
