//! What the model's benchmarks share: simulations of built-in scenarios with changes.

// Each benchmark is a program of its own and uses a part of this.
#![allow(dead_code)]

use sim_core::base::Delay;
use sim_core::scenario::{BuiltinSource, load};
use sim_core::simulation::{Simulation, Threads};
use std::time::{Duration, Instant};

/// A built-in scenario with changes, built and not yet run. Ends the benchmark if it is faulty.
pub fn built(name: &str, changes: &[(&str, String)], threads: Threads) -> Simulation {
    let changes: Vec<_> = changes.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect();
    let scenario = load(&BuiltinSource, name, &changes);
    let built = scenario.and_then(|scenario| Simulation::build(&scenario, None, threads));
    built.unwrap_or_else(|faults| {
        eprintln!("{faults}");
        std::process::exit(2)
    })
}

/// The places of `counties` counties with so many villages each, every household simulated.
pub fn places(counties: u32, villages: u32) -> Vec<(&'static str, String)> {
    let rule = format!("Rule((min_villages: 150, top: {counties}, rank_by: Random))");
    vec![
        ("places.select", rule),
        ("places.villages_per_county", villages.to_string()),
        ("household_sample", "1.0".to_owned()),
        ("limits.memory", "16384".to_owned()),
        ("report.villages", "Nothing".to_owned()),
    ]
}

/// Runs so many days, or to the end.
pub fn run_days(simulation: &mut Simulation, days: u32) {
    let until = simulation.now() + Delay::days(days);
    while simulation.now() < until && simulation.step() {}
}

/// Time and orders of the next so many days.
pub fn measured_days(simulation: &mut Simulation, days: u32) -> (Duration, u64) {
    let (before, start) = (simulation.orders(), Instant::now());
    run_days(simulation, days);
    (start.elapsed(), simulation.orders() - before)
}

/// Rural households of a simulation.
pub fn households(simulation: &Simulation) -> u64 {
    simulation.setting().atlas.households()
}

/// A duration over a count \[ns\].
pub fn nanoseconds(elapsed: Duration, count: u64) -> f64 {
    elapsed.as_nanos() as f64 / count.max(1) as f64
}

/// Whether this is a real measurement, not a check by `cargo test --benches` that the benchmark starts.
pub fn is_measurement() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}
