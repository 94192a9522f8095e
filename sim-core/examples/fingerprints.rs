//! The fingerprints that every machine must reproduce, by the library alone: for targets for which the
//! command is not built, such as WebAssembly. `countryside selftest` is the same where there is the command.
//!
//! `cargo run -p sim-core --features parallel --example fingerprints`

use serde::Deserialize;
use sim_core::scenario::{BuiltinSource, load};
use sim_core::simulation::{Simulation, Threads};
use std::error::Error;

/// A small run with a known end.
#[derive(Deserialize)]
struct Known {
    scenario: String,
    changes: Vec<(String, String)>,
    fingerprint: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let known: Vec<Known> = ron::from_str(include_str!("../../tests/golden/selftest.ron"))?;
    let counts: &[usize] = if cfg!(feature = "parallel") { &[1, 3] } else { &[1] };
    let mut differing = 0;
    for row in &known {
        let scenario = load(&BuiltinSource, &row.scenario, &row.changes)?;
        for &count in counts {
            let threads = if count == 1 { Threads::Sequential } else { Threads::Parallel(count) };
            let mut simulation = Simulation::build(&scenario, None, threads)?;
            while simulation.step() {}
            let found = simulation.fingerprint().to_string();
            let verdict = if found == row.fingerprint { "match" } else { "DIFFER" };
            differing += usize::from(found != row.fingerprint);
            println!("{found} {verdict} {} on {count}", row.scenario);
        }
    }
    if differing > 0 {
        return Err(format!("{differing} fingerprints differ from those recorded").into());
    }
    Ok(())
}
