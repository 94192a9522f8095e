//! How the cost of an order grows with the number of counties, and what a second thread brings.
//!
//! Twelve villages of each county with every household, in the second half year of the roll-out. A program of
//! its own, not criterion's: each figure is a whole run, and what counts are ratios within it. Small runs are
//! repeated with other seeds, and so other counties, until they have taken long enough to be timed.

mod common;

use sim_core::simulation::Threads;
use std::time::Duration;

/// Villages of each county.
const VILLAGES: u32 = 12;
/// Days before the measurement, and of it.
const DAYS: (u32, u32) = (182, 56);
/// Sizes \[counties\].
const SIZES: [u32; 4] = [1, 10, 100, 1000];
/// The shortest time worth measuring.
const ENOUGH: Duration = Duration::from_millis(500);

/// Time of an order \[ns\] on so many threads, and orders measured.
fn cost(counties: u32, threads: Threads) -> (f64, u64) {
    let (mut elapsed, mut orders) = (Duration::ZERO, 0);
    let mut seed = 0;
    while elapsed < ENOUGH && seed < 40 {
        seed += 1;
        let mut changes = common::places(counties, VILLAGES);
        changes.push(("seed", seed.to_string()));
        let mut simulation = common::built("programme_2014", &changes, threads);
        common::run_days(&mut simulation, DAYS.0);
        let (time, count) = common::measured_days(&mut simulation, DAYS.1);
        elapsed += time;
        orders += count;
    }
    (common::nanoseconds(elapsed, orders), orders)
}

fn main() {
    if !common::is_measurement() {
        return;
    }
    println!("{:>9} {:>8} {:>12} {:>10} {:>8}", "counties", "threads", "orders", "ns/order", "ratio");
    let mut first = f64::NAN;
    for counties in SIZES {
        let (cost, orders) = cost(counties, Threads::Sequential);
        first = if first.is_nan() { cost } else { first };
        println!("{counties:>9} {:>8} {orders:>12} {cost:>10.1} {:>8.2}", 1, cost / first);
        if counties == SIZES[SIZES.len() - 1] {
            two_threads(counties, cost);
        }
    }
}

fn two_threads(counties: u32, alone: f64) {
    let (cost, orders) = cost(counties, Threads::Parallel(2));
    println!("{counties:>9} {:>8} {orders:>12} {cost:>10.1} {:>8}", 2, "");
    println!("two threads over one: {:.2} times", alone / cost);
}
