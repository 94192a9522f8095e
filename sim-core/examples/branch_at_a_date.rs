//! Runs a scenario until a day, and from there on both as it is and with the programme stopped. The two share
//! everything until that day, so that what differs afterwards is what the stop caused:
//!
//! ```text
//! cargo run --release -p sim-core --example branch_at_a_date
//! ```

use sim_core::base::Date;
use sim_core::scenario::{BuiltinSource, load};
use sim_core::simulation::{Simulation, Threads};
use std::error::Error;
use std::io::{Write, stdout};

/// Runs both, and writes what differs.
///
/// # Errors
/// If the scenario, the day or the change is faulty, or the table cannot be written.
pub fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let scenario = load(&BuiltinSource, "tiny", &[])?;
    let day: Date = "2015-10-01".parse()?;
    let mut as_planned = Simulation::build(&scenario, None, Threads::Sequential)?;
    while as_planned.now() < day.midnight() && as_planned.step() {}
    let checkpoint = as_planned.checkpoint()?;
    let stop = [("programme.enabled".to_owned(), "false".to_owned())];
    let mut stopped = Simulation::branch(&checkpoint, &stop, Threads::Sequential)?;
    while as_planned.step() {}
    while stopped.step() {}
    writeln!(out, "{:28} {:>14} {:>14}", "", "as planned", "stopped")?;
    let (as_planned, stopped) = (as_planned.outcome(), stopped.outcome());
    for (one, other) in as_planned.headline.iter().zip(&stopped.headline) {
        if one.value.to_bits() != other.value.to_bits() {
            writeln!(out, "{:28} {:>14.2} {:>14.2}  {}", one.name, one.value, other.value, one.unit)?;
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout().lock())
}
