//! One order's whole life in the model, against the least work that an order could be.
//!
//! The least is a bare loop over as many households: draw the order's moment, pick the household by alias,
//! deliver it in one to three days, and touch the household then. The model's orders are those of `county`
//! with every household, in its second year, and carry everything: choice, parcel, sorting, truck, shelf,
//! trust, money, month ends.

mod common;

use criterion::{Criterion, criterion_group, criterion_main};
use sim_core::base::{Owner, Purpose, RandomStream, Seed};
use sim_core::simulation::{Simulation, Threads};
use std::cell::Cell;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Days of `county` before the measurement: its stations are open, buyers have learnt.
const WARM: u32 = 400;
/// Minutes in a day.
const DAY: u32 = 24 * 60;
/// Days in the calendar of the bare loop: more than the longest delivery.
const CALENDAR: usize = 8;

/// Walker's alias table: an index by weight in constant time.
struct Alias {
    keep: Vec<f32>,
    other: Vec<u32>,
}

impl Alias {
    fn new(weights: &[f64]) -> Alias {
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        let mut keep: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
        let mut other: Vec<u32> = (0..weights.len() as u32).collect();
        let (mut poor, mut rich): (Vec<u32>, Vec<u32>) =
            (0..weights.len() as u32).partition(|&at| keep[at as usize] < 1.0);
        while let (Some(&small), Some(&large)) = (poor.last(), rich.last()) {
            poor.pop();
            other[small as usize] = large;
            keep[large as usize] -= 1.0 - keep[small as usize];
            if keep[large as usize] < 1.0 {
                rich.pop();
                poor.push(large);
            }
        }
        Alias { keep: keep.into_iter().map(|share| share as f32).collect(), other }
    }

    fn pick(&self, stream: &mut RandomStream) -> u32 {
        let at = stream.below(self.keep.len() as u32);
        if (stream.unit() as f32) < self.keep[at as usize] { at } else { self.other[at as usize] }
    }
}

/// What a household of the bare loop holds: 32 bytes, as in the model.
#[derive(Clone, Copy, Default)]
struct Household {
    received: u32,
    last: u32,
    trust: f32,
    _rest: [u32; 5],
}

/// The bare loop.
struct Bare {
    stream: RandomStream,
    alias: Alias,
    households: Vec<Household>,
    calendar: [Vec<(u32, u32)>; CALENDAR],
    now: f64,
    gap: f64,
}

impl Bare {
    /// So many households of unequal weights, with 30 orders a year each.
    fn new(households: u32) -> Bare {
        let mut stream = RandomStream::new(Seed(1), Owner::NATION, Purpose::Test, 0);
        let weights: Vec<f64> = (0..households).map(|_| stream.log_normal(1.0, 0.8)).collect();
        Bare {
            stream,
            alias: Alias::new(&weights),
            households: vec![Household::default(); households as usize],
            calendar: Default::default(),
            now: 0.0,
            gap: 365.25 * f64::from(DAY) / 30.0 / f64::from(households),
        }
    }

    fn order(&mut self) {
        let today = self.now as u32 / DAY;
        self.now += self.gap * self.stream.exponential();
        for day in today..self.now as u32 / DAY {
            self.deliver(day);
        }
        let household = self.alias.pick(&mut self.stream);
        let ordered = self.now as u32;
        let arrives = ordered + DAY + self.stream.below(2 * DAY);
        self.calendar[(arrives / DAY) as usize % CALENDAR].push((household, arrives - ordered));
    }

    fn deliver(&mut self, day: u32) {
        let due = &mut self.calendar[day as usize % CALENDAR];
        for (household, took) in due.drain(..) {
            let household = &mut self.households[household as usize];
            household.received += 1;
            household.last = day;
            let pleased = f32::from(u8::from(took < 2 * DAY));
            household.trust += 0.2 * (pleased - household.trust);
        }
    }
}

/// Time and orders over all samples of a benchmark.
#[derive(Default)]
struct Total(Cell<(Duration, u64)>);

impl Total {
    fn add(&self, elapsed: Duration, orders: u64) {
        let (time, count) = self.0.get();
        self.0.set((time + elapsed, count + orders));
    }

    fn mean(&self) -> f64 {
        let (time, count) = self.0.get();
        common::nanoseconds(time, count)
    }
}

fn warm_county() -> Simulation {
    let mut county =
        common::built("county", &[("report.villages", "Nothing".to_owned())], Threads::Sequential);
    common::run_days(&mut county, WARM);
    county
}

/// Runs at least so many orders of the model; the time of exactly so many.
fn model(county: &mut Simulation, orders: u64, total: &Total) -> Duration {
    let (mut elapsed, mut done) = (Duration::ZERO, 0);
    while done < orders {
        if county.is_done() {
            *county = warm_county();
        }
        let (time, count) = common::measured_days(county, 7);
        elapsed += time;
        done += count;
    }
    total.add(elapsed, done);
    elapsed.mul_f64(orders as f64 / done as f64)
}

fn all(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("order");
    let mut county = warm_county();
    let households = common::households(&county) as u32;
    let (bare, whole) = (Total::default(), Total::default());
    let mut lone = Bare::new(households);
    group.bench_function("bare_loop", |bencher| {
        bencher.iter_custom(|orders| {
            let start = Instant::now();
            (0..orders).for_each(|_| lone.order());
            bare.add(start.elapsed(), orders);
            start.elapsed()
        });
    });
    black_box(&lone.households);
    group.bench_function("model", |bencher| {
        bencher.iter_custom(|orders| model(&mut county, orders, &whole));
    });
    group.finish();
    if common::is_measurement() {
        println!(
            "{households} households: bare loop {:.1} ns, model {:.1} ns an order, ratio {:.2}",
            bare.mean(),
            whole.mean(),
            whole.mean() / bare.mean()
        );
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3)).sample_size(20);
    targets = all
}
criterion_main!(benches);
