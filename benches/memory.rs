//! Memory of a household, all in: 50 counties with 100 villages each and every household, after a year.
//!
//! A program of its own: what the system has given to the process is read from `/proc/self/status`, so that
//! nothing else may have run in it. Elsewhere than on Linux only the simulation's own estimate is printed.

mod common;

use sim_core::simulation::Threads;

/// Counties and villages of each: the programme's, at a twentieth of its size.
const SIZE: (u32, u32) = (50, 100);

/// Resident memory of this process \[bytes\], if the system says.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes << 10)
}

fn main() {
    if !common::is_measurement() {
        return;
    }
    // Reads the geography once, which does not grow with the run.
    drop(common::built("programme_2014", &common::places(1, 1), Threads::Sequential));
    let before = resident();
    let mut simulation =
        common::built("programme_2014", &common::places(SIZE.0, SIZE.1), Threads::Sequential);
    let households = common::households(&simulation);
    println!("{households} households in {} counties", SIZE.0);
    report("built", simulation.bytes(), before, households);
    for quarter in 1..=4 {
        common::run_days(&mut simulation, 91);
        report(&format!("day {}", quarter * 91), simulation.bytes(), before, households);
    }
}

fn report(when: &str, own: usize, before: Option<u64>, households: u64) {
    let each = |bytes: u64| bytes as f64 / households.max(1) as f64;
    let all = match (resident(), before) {
        (Some(now), Some(before)) => format!("{:.1}", each(now.saturating_sub(before))),
        _ => "unknown".to_owned(),
    };
    println!(
        "{when:>8}: {all} bytes a household all in, {:.1} in villages, households and shops",
        each(own as u64)
    );
}
