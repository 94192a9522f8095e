//! `orders` in NeXosim: an actor for each village, which schedules its own events; its executor spreads
//! actors over threads.

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{EventSinkReader, Output, SinkState, event_queue};
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use workload::{
    ADOPTED, ARRIVES, COLLECTED, DECIDE, HOUSEHOLDS, LEARNING, LEAVES, Options, PATIENCE, RATE, SATISFACTION,
    TO_HUB, Tally, adoption, program,
};

const SECONDS: f64 = 86_400.0;

fn days(days: f64) -> Duration {
    // An event must lie in the future.
    Duration::from_secs_f64(days * SECONDS).max(Duration::from_nanos(1))
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Parcel {
    household: u32,
    ordered: f64,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Household {
    satisfaction: f64,
    adopted: bool,
}

/// What a village reports at the end: orders, hub arrivals, departures, arrivals, collections, decisions,
/// adopters; and the sum of delays.
type Report = ([u64; 7], f64);

#[derive(Serialize, Deserialize)]
struct Village {
    report: Output<Report>,
    seed: u64,
    days: u32,
    households: Vec<Household>,
    waiting: Vec<Parcel>,
    loaded: Vec<Parcel>,
    counts: [u64; 7],
    delay: f64,
    #[serde(skip, default = "luck")]
    luck: StdRng,
}

fn luck() -> StdRng {
    StdRng::seed_from_u64(0)
}

#[Model]
impl Village {
    fn new(seed: u64, days: u32, first: u32) -> Village {
        let household =
            |at: u32| Household { satisfaction: SATISFACTION, adopted: (first + at) % ADOPTED == 0 };
        Village {
            report: Output::default(),
            seed,
            days,
            households: (0..HOUSEHOLDS).map(household).collect(),
            waiting: Vec::new(),
            loaded: Vec::new(),
            counts: [0; 7],
            delay: 0.0,
            luck: StdRng::seed_from_u64(seed),
        }
    }

    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.luck = StdRng::seed_from_u64(self.seed);
        self.next_order(cx);
        cx.schedule_event(days(LEAVES), schedulable!(Self::leave), ()).expect("it lies in the future");
        cx.schedule_event(days(f64::from(DECIDE)), schedulable!(Self::decide), ())
            .expect("it lies in the future");
        // A moment before the end, so that the last step reports.
        let end = days(f64::from(self.days)) - Duration::from_nanos(1);
        cx.schedule_event(end, schedulable!(Self::end), ()).expect("it lies in the future");
    }

    fn now(cx: &Context<Self>) -> f64 {
        cx.time().duration_since(MonotonicTime::EPOCH).as_secs_f64() / SECONDS
    }

    fn next_order(&mut self, cx: &Context<Self>) {
        let gap = Exp::new(RATE * f64::from(HOUSEHOLDS)).expect("a positive rate").sample(&mut self.luck);
        cx.schedule_event(days(gap), schedulable!(Self::order), ()).expect("it lies in the future");
    }

    #[nexosim(schedulable)]
    fn order(&mut self, _: (), cx: &Context<Self>) {
        self.counts[0] += 1;
        let parcel = Parcel { household: self.luck.random_range(0..HOUSEHOLDS), ordered: Self::now(cx) };
        let way = self.luck.random_range(TO_HUB.0..TO_HUB.1);
        cx.schedule_event(days(way), schedulable!(Self::reach_hub), parcel).expect("it lies in the future");
        self.next_order(cx);
    }

    #[nexosim(schedulable)]
    fn reach_hub(&mut self, parcel: Parcel) {
        self.counts[1] += 1;
        self.waiting.push(parcel);
    }

    #[nexosim(schedulable)]
    fn leave(&mut self, _: (), cx: &Context<Self>) {
        self.counts[2] += 1;
        std::mem::swap(&mut self.waiting, &mut self.loaded);
        cx.schedule_event(days(ARRIVES - LEAVES), schedulable!(Self::arrive), ())
            .expect("it lies in the future");
        cx.schedule_event(days(1.0), schedulable!(Self::leave), ()).expect("it lies in the future");
    }

    #[nexosim(schedulable)]
    fn arrive(&mut self, _: (), cx: &Context<Self>) {
        self.counts[3] += 1;
        let mut loaded = std::mem::take(&mut self.loaded);
        for parcel in loaded.drain(..) {
            let wait = self.luck.random_range(0.0..COLLECTED);
            cx.schedule_event(days(wait), schedulable!(Self::collect), parcel)
                .expect("it lies in the future");
        }
        self.loaded = loaded;
    }

    #[nexosim(schedulable)]
    fn collect(&mut self, parcel: Parcel, cx: &Context<Self>) {
        let delay = Self::now(cx) - parcel.ordered;
        self.counts[4] += 1;
        self.delay += delay;
        let household = &mut self.households[parcel.household as usize];
        household.satisfaction +=
            LEARNING * (f64::from(u8::from(delay <= PATIENCE)) - household.satisfaction);
    }

    #[nexosim(schedulable)]
    fn decide(&mut self, _: (), cx: &Context<Self>) {
        let adopters = self.households.iter().filter(|household| household.adopted).count();
        let share = adopters as f64 / f64::from(HOUSEHOLDS);
        for household in self.households.iter_mut().filter(|household| !household.adopted) {
            self.counts[5] += 1;
            household.adopted = self.luck.random_bool(adoption(share, household.satisfaction));
        }
        cx.schedule_event(days(f64::from(DECIDE)), schedulable!(Self::decide), ())
            .expect("it lies in the future");
    }

    #[nexosim(schedulable)]
    async fn end(&mut self, _: ()) {
        self.counts[6] = self.households.iter().filter(|household| household.adopted).count() as u64;
        self.report.send((self.counts, self.delay)).await;
    }
}

fn run(_kind: &str, options: &Options) -> Tally {
    let mut bench = SimInit::with_num_threads(options.threads.max(1));
    let (sink, mut reports) = event_queue(SinkState::Enabled);
    for number in 0..options.villages {
        let mut village =
            Village::new(options.seed << 32 | u64::from(number), options.days, number * HOUSEHOLDS);
        village.report.connect_sink(sink.clone());
        bench = bench.add_model(village, Mailbox::new(), "village");
    }
    let mut simulation = bench.init(MonotonicTime::EPOCH).expect("the bench is sound");
    simulation.step_until(days(f64::from(options.days))).expect("no model fails");
    let mut tally = Tally::default();
    while let Some((counts, delay)) = reports.try_read() {
        let [orders, hub_arrivals, departures, arrivals, collections, decisions, adopters] = counts;
        tally +=
            Tally { orders, hub_arrivals, departures, arrivals, collections, decisions, delay, adopters };
    }
    tally
}

fn main() {
    program(run, "nexosim");
}
