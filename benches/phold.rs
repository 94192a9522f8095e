//! PHOLD: time per event by queue, size and threads.

#[path = "../tests/integration/phold_model.rs"]
mod phold_model;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use phold_model::{Job, Parameters, network};
use sim_core::base::{Delay, Time};
use sim_core::kernel::{BucketQueue, HeapQueue, Queue};
use sim_core::runner::{ThreadRunner, Window};
use std::time::Duration;

/// Mean delay: two days.
const MEAN_DAYS: u32 = 2;

fn parameters(objects: u32, nodes: u32) -> Parameters {
    Parameters {
        seed: 1,
        nodes,
        objects: objects / nodes,
        jobs: 1,
        remote: if nodes > 1 { 0.1 } else { 0.0 },
        delay: f64::from(Delay::days(MEAN_DAYS).as_minutes()),
        start: Time::START,
    }
}

fn phold<Q: Queue<Job> + Send>(criterion: &mut Criterion, name: &str, objects: u32, nodes: u32) {
    let mut group = criterion.benchmark_group(format!("phold-{objects}-objects-{nodes}-nodes"));
    let window = Delay::days(if nodes > 1 { 7 } else { 1 });
    for threads in if nodes > 1 { 1..=2 } else { 1..=1 } {
        let Ok(runner) = ThreadRunner::new(threads) else {
            continue;
        };
        let mut network = network::<Q>(parameters(objects, nodes));
        let mut windows = Window::sequence(Time::START, Time::END, window);
        let handled = |network: &phold_model::PholdNetwork<Q>| -> u64 {
            network.nodes().iter().map(|node| node.simulator().handled()).sum()
        };
        for window in windows.by_ref().take(4) {
            network.step(&(), &runner, window);
        }
        let before = handled(&network);
        for window in windows.by_ref().take(1) {
            network.step(&(), &runner, window);
        }
        group.throughput(Throughput::Elements(handled(&network) - before));
        group.bench_function(BenchmarkId::new(name, format!("{threads}-threads")), |bencher| {
            bencher.iter(|| windows.next().map(|window| network.step(&(), &runner, window)));
        });
    }
}

fn all(criterion: &mut Criterion) {
    for (objects, nodes) in [(16_384, 1), (16_384, 16), (1_048_576, 1), (1_048_576, 1024)] {
        phold::<HeapQueue<Job>>(criterion, "heap", objects, nodes);
        phold::<BucketQueue<Job>>(criterion, "bucket", objects, nodes);
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3)).sample_size(10);
    targets = all
}
criterion_main!(benches);
