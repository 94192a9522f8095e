//! `orders` in plain Rust without any engine, one county at a time: what the work itself costs.
//!
//! - By default (*bucketed*): every step of every parcel is an event, in buckets of an hour that are sorted
//! when their turn comes.
//! - `--heap`: the same events of all counties in one binary heap, as a first version would be.
//! - `--consignments`: parcels that travel together lie in one list for each day, so that only orders are
//! events.

use rand::rngs::SmallRng;
use rand::{Rng, RngExt, SeedableRng};
use std::collections::BinaryHeap;
use workload::{
    ADOPTED, ARRIVES, COLLECTED, DECIDE, HOUSEHOLDS, LEARNING, LEAVES, Options, PATIENCE, RATE, SATISFACTION,
    TO_HUB, Tally, adoption, departure, program,
};

/// Buckets in an hour-wide calendar: a week, longer than any step but decisions.
const BUCKETS: usize = 7 * 24;

#[derive(Clone, Copy)]
struct Household {
    satisfaction: f32,
    adopted: bool,
}

/// A parcel on its way: whose, and when it was ordered.
#[derive(Clone, Copy)]
struct Parcel {
    household: u32,
    ordered: f64,
}

#[derive(Clone, Copy)]
enum Event {
    Order { village: u32 },
    Hub(Parcel),
    Leave { village: u32 },
    Arrive { village: u32 },
    Collect(Parcel),
    Decide { village: u32 },
}

#[derive(Clone, Copy)]
struct Entry {
    day: f64,
    event: Event,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.day == other.day
    }
}
impl Eq for Entry {}
impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Entry {
    /// The greatest is the first to happen.
    fn cmp(&self, other: &Entry) -> std::cmp::Ordering {
        other.day.total_cmp(&self.day)
    }
}

/// A list of future events.
trait List {
    fn push(&mut self, entry: Entry);
    fn pop(&mut self) -> Option<Entry>;
}

impl List for BinaryHeap<Entry> {
    fn push(&mut self, entry: Entry) {
        BinaryHeap::push(self, entry);
    }
    fn pop(&mut self) -> Option<Entry> {
        BinaryHeap::pop(self)
    }
}

/// A calendar of hours; what lies beyond it waits in a heap.
struct Buckets {
    hour: usize,
    open: Vec<Entry>,
    hours: Vec<Vec<Entry>>,
    far: BinaryHeap<Entry>,
    held: usize,
}

impl Buckets {
    fn new() -> Buckets {
        Buckets {
            hour: 0,
            open: Vec::new(),
            hours: vec![Vec::new(); BUCKETS],
            far: BinaryHeap::new(),
            held: 0,
        }
    }

    fn next_hour(&mut self) -> bool {
        if self.held == 0 && self.far.is_empty() {
            return false;
        }
        std::mem::swap(&mut self.open, &mut self.hours[self.hour % BUCKETS]);
        self.hour += 1;
        self.held -= self.open.len();
        let limit = (self.hour + BUCKETS) as f64 / 24.0;
        while self.far.peek().is_some_and(|entry| entry.day < limit) {
            if let Some(entry) = self.far.pop() {
                self.push(entry);
            }
        }
        self.open.sort_unstable();
        true
    }
}

impl List for Buckets {
    #[inline]
    fn push(&mut self, entry: Entry) {
        let hour = (entry.day * 24.0) as usize;
        if hour < self.hour {
            let at = self.open.partition_point(|other| other < &entry);
            self.open.insert(at, entry);
        } else if hour < self.hour + BUCKETS {
            self.hours[hour % BUCKETS].push(entry);
            self.held += 1;
        } else {
            self.far.push(entry);
        }
    }

    #[inline]
    fn pop(&mut self) -> Option<Entry> {
        while self.open.is_empty() {
            if !self.next_hour() {
                return None;
            }
        }
        self.open.pop()
    }
}

/// Some villages.
struct County {
    luck: SmallRng,
    households: Vec<Household>,
    /// Parcels at the hub, by village.
    waiting: Vec<Vec<Parcel>>,
    /// Parcels in trucks, by village.
    loaded: Vec<Vec<Parcel>>,
    tally: Tally,
    days: u32,
}

impl County {
    fn new(villages: u32, days: u32, seed: u64) -> County {
        let count = villages * HOUSEHOLDS;
        let household = |at| Household { satisfaction: SATISFACTION as f32, adopted: at % ADOPTED == 0 };
        County {
            luck: SmallRng::seed_from_u64(seed),
            households: (0..count).map(household).collect(),
            waiting: vec![Vec::new(); villages as usize],
            loaded: vec![Vec::new(); villages as usize],
            tally: Tally::default(),
            days,
        }
    }

    fn villages(&self) -> u32 {
        self.waiting.len() as u32
    }

    fn exponential(&mut self, mean: f64) -> f64 {
        -(1.0 - self.luck.random::<f64>()).ln() * mean
    }

    fn gap(&mut self) -> f64 {
        self.exponential(1.0 / (RATE * f64::from(HOUSEHOLDS)))
    }

    fn begin(&mut self, list: &mut impl List) {
        for village in 0..self.villages() {
            let first = self.gap();
            list.push(Entry { day: first, event: Event::Order { village } });
            list.push(Entry { day: LEAVES, event: Event::Leave { village } });
            list.push(Entry { day: f64::from(DECIDE), event: Event::Decide { village } });
        }
    }

    fn run(&mut self, list: &mut impl List) {
        while let Some(entry) = list.pop() {
            if entry.day >= f64::from(self.days) {
                break;
            }
            self.handle(entry.day, entry.event, list);
        }
        self.tally.adopters = self.households.iter().filter(|household| household.adopted).count() as u64;
    }

    #[inline]
    fn handle(&mut self, day: f64, event: Event, list: &mut impl List) {
        match event {
            Event::Order { village } => {
                self.tally.orders += 1;
                let household = village * HOUSEHOLDS + self.luck.random_range(0..HOUSEHOLDS);
                let hub = day + self.luck.random_range(TO_HUB.0..TO_HUB.1);
                list.push(Entry { day: hub, event: Event::Hub(Parcel { household, ordered: day }) });
                let next = day + self.gap();
                list.push(Entry { day: next, event: Event::Order { village } });
            }
            Event::Hub(parcel) => {
                self.tally.hub_arrivals += 1;
                self.waiting[(parcel.household / HOUSEHOLDS) as usize].push(parcel);
            }
            Event::Leave { village } => {
                self.tally.departures += 1;
                let at = village as usize;
                std::mem::swap(&mut self.waiting[at], &mut self.loaded[at]);
                list.push(Entry { day: day + ARRIVES - LEAVES, event: Event::Arrive { village } });
                list.push(Entry { day: day + 1.0, event: Event::Leave { village } });
            }
            Event::Arrive { village } => {
                self.tally.arrivals += 1;
                let mut loaded = std::mem::take(&mut self.loaded[village as usize]);
                for parcel in loaded.drain(..) {
                    let collected = day + self.luck.random_range(0.0..COLLECTED);
                    list.push(Entry { day: collected, event: Event::Collect(parcel) });
                }
                self.loaded[village as usize] = loaded;
            }
            Event::Collect(parcel) => self.collect(day, parcel),
            Event::Decide { village } => {
                self.decide(village);
                list.push(Entry { day: day + f64::from(DECIDE), event: Event::Decide { village } });
            }
        }
    }

    #[inline]
    fn collect(&mut self, day: f64, parcel: Parcel) {
        let delay = day - parcel.ordered;
        self.tally.collections += 1;
        self.tally.delay += delay;
        let household = &mut self.households[parcel.household as usize];
        let pleased = f32::from(u8::from(delay <= PATIENCE));
        household.satisfaction += LEARNING as f32 * (pleased - household.satisfaction);
    }

    fn decide(&mut self, village: u32) {
        let own = &mut self.households[(village * HOUSEHOLDS) as usize..][..HOUSEHOLDS as usize];
        let share = own.iter().filter(|household| household.adopted).count() as f64 / f64::from(HOUSEHOLDS);
        for household in own.iter_mut().filter(|household| !household.adopted) {
            self.tally.decisions += 1;
            household.adopted =
                self.luck.random::<f64>() < adoption(share, f64::from(household.satisfaction));
        }
    }

    /// Day by day with a list of parcels for each day of departure. Only the order of a household's own
    /// parcels within a day is not kept.
    fn run_consignments(&mut self) {
        let villages = self.villages();
        let mean = 1.0 / (RATE * f64::from(HOUSEHOLDS) * f64::from(villages));
        let mut leaving: Vec<Vec<Parcel>> = vec![Vec::new(); 8];
        let mut next = self.exponential(mean);
        for today in 0..self.days {
            if today % DECIDE == 0 && today > 0 {
                (0..villages).for_each(|village| self.decide(village));
            }
            while next < f64::from(today + 1) {
                let household = self.luck.random_range(0..villages * HOUSEHOLDS);
                let hub = next + self.luck.random_range(TO_HUB.0..TO_HUB.1);
                self.tally.orders += 1;
                self.tally.hub_arrivals += u64::from(hub < f64::from(self.days));
                leaving[departure(hub) as usize % 8].push(Parcel { household, ordered: next });
                next += self.exponential(mean);
            }
            self.tally.departures += u64::from(villages);
            self.tally.arrivals += u64::from(villages);
            let mut truck = std::mem::take(&mut leaving[today as usize % 8]);
            for parcel in truck.drain(..) {
                let collected = f64::from(today) + ARRIVES + self.luck.random_range(0.0..COLLECTED);
                self.collect(collected, parcel);
            }
            leaving[today as usize % 8] = truck;
        }
        self.tally.adopters = self.households.iter().filter(|household| household.adopted).count() as u64;
    }
}

fn run(kind: &str, options: &Options) -> Tally {
    let seed = |county: usize| SmallRng::seed_from_u64(options.seed + ((county as u64) << 32)).next_u64();
    if kind == "heap" {
        let mut all = County::new(options.villages, options.days, seed(0));
        let mut heap = BinaryHeap::new();
        all.begin(&mut heap);
        all.run(&mut heap);
        return all.tally;
    }
    let counties = options.counties();
    let one = |(at, &villages): (usize, &u32)| {
        let mut county = County::new(villages, options.days, seed(at));
        if kind == "consignments" {
            county.run_consignments();
        } else {
            let mut buckets = Buckets::new();
            county.begin(&mut buckets);
            county.run(&mut buckets);
        }
        county.tally
    };
    let threads = options.threads.max(1);
    let some = |thread: usize| {
        let mut tally = Tally::default();
        counties.iter().enumerate().skip(thread).step_by(threads).for_each(|county| tally += one(county));
        tally
    };
    std::thread::scope(|scope| {
        let mut tally = Tally::default();
        let handles: Vec<_> = (0..threads)
            .map(|thread| {
                let some = &some;
                scope.spawn(move || some(thread))
            })
            .collect();
        for handle in handles {
            tally += handle.join().expect("no thread panics");
        }
        tally
    })
}

fn main() {
    program(run, "bare");
}
