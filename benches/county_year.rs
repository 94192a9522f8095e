//! One year of one county with every household.

mod common;

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use sim_core::simulation::Threads;
use std::time::Duration;

/// One year \[days\].
const YEAR: u32 = 365;

fn county_year(total: &mut (Duration, u64)) -> Duration {
    let mut county = common::built("county", &[], Threads::Sequential);
    common::run_days(&mut county, YEAR);
    let (elapsed, orders) = common::measured_days(&mut county, YEAR);
    *total = (total.0 + elapsed, total.1 + orders);
    elapsed
}

fn all(criterion: &mut Criterion) {
    let mut total = (Duration::ZERO, 0);
    let mut years = 0;
    let mut group = criterion.benchmark_group("county");
    // One year a sample: the default's growing samples would take a minute.
    group.sampling_mode(SamplingMode::Flat);
    group.bench_function("second_year", |bencher| {
        bencher.iter_custom(|iterations| {
            years += iterations;
            (0..iterations).map(|_| county_year(&mut total)).sum()
        });
    });
    group.finish();
    if common::is_measurement() {
        let (elapsed, orders) = total;
        println!(
            "{} orders a year, {:.1} ns an order",
            orders / years.max(1),
            common::nanoseconds(elapsed, orders)
        );
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_secs(10)).sample_size(10);
    targets = all
}
criterion_main!(benches);
