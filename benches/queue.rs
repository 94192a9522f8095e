//! The hold model: pop one event, push one later, at a constant length of the queue.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sim_core::base::random_stream::{Purpose, RandomStream, Seed};
use sim_core::base::{Delay, Owner, Time};
use sim_core::kernel::{BucketQueue, EventKey, HeapQueue, Queue};
use std::time::Duration;

/// Holds in one measured batch.
const HOLDS: u32 = 10_000;
/// Mean delay of an event \[minutes\]: a day and a half, like a step of a parcel's way.
const MEAN: f64 = 1.5 * 1440.0;

/// A queue of constant length.
struct Hold<Q> {
    queue: Q,
    delays: Vec<Delay>,
    count: u32,
}

impl<Q: Queue<u32>> Hold<Q> {
    fn new(len: u32) -> Hold<Q> {
        let mut stream = RandomStream::new(Seed(1), Owner::NATION, Purpose::Test, 0);
        let delays: Vec<Delay> =
            (0..HOLDS).map(|_| Delay::minutes((stream.exponential() * MEAN) as u32)).collect();
        let mut queue = Q::starting_at(Time::START);
        for count in 0..len {
            let time = Time::START + Delay::minutes((stream.exponential() * MEAN) as u32);
            queue.push(EventKey::new(time, 0, count & 0xFF_FFFF, count), count);
        }
        let mut hold = Hold { queue, delays, count: len };
        // Every event once, so that the memory is in its steady state.
        (0..2 * len / HOLDS).for_each(|_| hold.batch());
        hold
    }

    fn batch(&mut self) {
        for &delay in &self.delays {
            if let Some((key, event)) = self.queue.pop_before(Time::END) {
                self.count = self.count.wrapping_add(1);
                let key = EventKey::new(key.time() + delay, 0, key.source(), self.count);
                self.queue.push(key, event);
            }
        }
    }
}

fn hold<Q: Queue<u32>>(criterion: &mut Criterion, name: &str) {
    let mut group = criterion.benchmark_group("hold");
    group.throughput(Throughput::Elements(u64::from(HOLDS)));
    for len in [100, 10_000, 1_000_000] {
        let mut hold = Hold::<Q>::new(len);
        group.bench_function(BenchmarkId::new(name, len), |bencher| {
            bencher.iter(|| hold.batch());
        });
    }
}

fn all(criterion: &mut Criterion) {
    hold::<HeapQueue<u32>>(criterion, "heap");
    hold::<BucketQueue<u32>>(criterion, "bucket");
}

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2)).sample_size(20);
    targets = all
}
criterion_main!(benches);
