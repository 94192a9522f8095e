//! Runs a built-in scenario with one change, and prints its headline figures:
//!
//! ```text
//! cargo run --release -p sim-core --example run_and_print
//! ```

use sim_core::scenario::{BuiltinSource, load};
use sim_core::simulation::{Simulation, Threads};
use std::error::Error;
use std::io::{Write, stdout};

/// Runs, and writes the table.
///
/// # Errors
/// If the scenario or the change is faulty (all faults at once), or the table cannot be written.
pub fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    // Changes are written as in a scenario file: a path, and a value in RON.
    let changes = [("partner.commission".to_owned(), "0.05".to_owned())];
    let scenario = load(&BuiltinSource, "tiny", &changes)?;
    let mut simulation = Simulation::build(&scenario, None, Threads::Sequential)?;
    while simulation.step() {}
    let outcome = simulation.outcome();
    writeln!(out, "{}: {}", scenario.name, scenario.question)?;
    for figure in &outcome.headline {
        writeln!(out, "{:28} {:>14.2}  {}", figure.name, figure.value, figure.unit)?;
    }
    writeln!(out, "money closes: {}", outcome.audit.money_closes)?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout().lock())
}
