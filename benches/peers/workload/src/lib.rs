//! The `orders` workload: its numbers, what is counted, and how a program of the comparison is called and
//! measured.
//!
//! Villages of 250 households, a year of continuous time:
//!
//! - A household has adopted or not (at first every 20th has), and a satisfaction `s` = 0.5.
//! - It orders as a Poisson process, 30 a year. The parcel reaches the hub U(1, 3) days later and waits for
//! its village's truck, which
//!   leaves daily at 08:00 with all that waits and arrives at 10:00. Each parcel is collected U(0, 0.5) day
//! later. `x` = 1 if ordered to
//!   collected is at most 3 days; `s += 0.2 (x - s)`.
//! - On days 30, 60, .. 360, in each village: `share` = adopters over households, taken once; each that has
//! not adopted does so with
//!   `p` = 0.01 + 0.2 `share` `s`.
//!
//! Days are numbers from 0.0; programs may round moments to whole minutes.

use cpu_time::ProcessTime;
use std::ops::AddAssign;
use std::time::Instant;

/// Households of a village.
pub const HOUSEHOLDS: u32 = 250;
/// Villages of a county, for engines that know counties.
pub const COUNTY: u32 = 100;
/// Orders of a household \[1/day\].
pub const RATE: f64 = 30.0 / 365.0;
/// Which households have adopted at first: each of this number.
pub const ADOPTED: u32 = 20;
/// Satisfaction at first.
pub const SATISFACTION: f64 = 0.5;
/// When the trucks leave and arrive \[days after midnight\].
pub const LEAVES: f64 = 8.0 / 24.0;
/// See [`LEAVES`].
pub const ARRIVES: f64 = 10.0 / 24.0;
/// Bounds of the way to the hub \[days\].
pub const TO_HUB: (f64, f64) = (1.0, 3.0);
/// The longest that a parcel waits to be collected \[days\].
pub const COLLECTED: f64 = 0.5;
/// The longest delivery that pleases \[days\].
pub const PATIENCE: f64 = 3.0;
/// Weight of a parcel in satisfaction.
pub const LEARNING: f64 = 0.2;
/// Days between decisions, of which the first is after as many.
pub const DECIDE: u32 = 30;

/// Probability with which a household adopts.
pub fn adoption(share: f64, satisfaction: f64) -> f64 {
    0.01 + 0.2 * share * satisfaction
}

/// The first departure at or after a moment \[days\].
pub fn departure(day: f64) -> f64 {
    (day - LEAVES).ceil() + LEAVES
}

/// What happened: logical events, and what is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Orders.
    pub orders: u64,
    /// Parcels that reached a hub.
    pub hub_arrivals: u64,
    /// Trucks that left.
    pub departures: u64,
    /// Trucks that arrived.
    pub arrivals: u64,
    /// Parcels collected.
    pub collections: u64,
    /// Decisions of households that had not adopted.
    pub decisions: u64,
    /// Ordered to collected, over all collected \[days\].
    pub delay: f64,
    /// Households that have adopted at the end.
    pub adopters: u64,
}

impl Tally {
    /// Logical events.
    pub fn events(&self) -> u64 {
        self.orders + self.hub_arrivals + self.departures + self.arrivals + self.collections + self.decisions
    }

    fn json(&self, engine: &str, options: &Options, cpu: f64, wall: f64) -> String {
        let Options { villages, days, threads, seed } = options;
        let Tally { orders, hub_arrivals, departures, arrivals, collections, decisions, delay, adopters } =
            self;
        format!(
            "{{\"engine\": \"{engine}\", \"villages\": {villages}, \"days\": {days}, \"threads\": {threads}, \
                \"seed\": {seed}, \"orders\": {orders}, \
             \"hub_arrivals\": {hub_arrivals}, \"departures\": {departures}, \"arrivals\": {arrivals}, \
                 \"collections\": {collections}, \
             \"decisions\": {decisions}, \"delay\": {}, \"adopters\": {adopters}, \"cpu_seconds\": {cpu}, \
                 \"wall_seconds\": {wall}, \"memory\": {}}}",
            delay / (*collections).max(1) as f64,
            peak()
        )
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.orders += other.orders;
        self.hub_arrivals += other.hub_arrivals;
        self.departures += other.departures;
        self.arrivals += other.arrivals;
        self.collections += other.collections;
        self.decisions += other.decisions;
        self.delay += other.delay;
        self.adopters += other.adopters;
    }
}

/// What a program is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// Villages.
    pub villages: u32,
    /// Length of the run \[days\]; a year is 365.
    pub days: u32,
    /// Threads.
    pub threads: usize,
    /// The seed.
    pub seed: u64,
}

impl Options {
    /// Villages of each county, all but the last with [`COUNTY`].
    pub fn counties(&self) -> Vec<u32> {
        (0..self.villages.div_ceil(COUNTY))
            .map(|county| COUNTY.min(self.villages - county * COUNTY))
            .collect()
    }
}

/// The most memory that this process has held \[bytes\].
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("Linux tells the peak");
    let kibibytes: u64 = line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).expect("a number");
    kibibytes << 10
}

/// The main function of a program: `PROGRAM [--KIND] [VILLAGES [DAYS [THREADS [SEED]]]]`. `run` is chosen by
/// the kind, builds its model and runs it; both are
/// measured, and one line of JSON is printed.
pub fn program(run: impl FnOnce(&str, &Options) -> Tally, engine: &str) {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let kind = match arguments.first().and_then(|first| first.strip_prefix("--")) {
        Some(kind) => {
            let kind = kind.to_owned();
            arguments.remove(0);
            kind
        }
        None => String::new(),
    };
    let number =
        |at: usize, default: u64| arguments.get(at).map_or(default, |text| text.parse().expect("a number"));
    let options = Options {
        villages: number(0, 20) as u32,
        days: number(1, 365) as u32,
        threads: number(2, 1) as usize,
        seed: number(3, 1),
    };
    let (cpu, wall) = (ProcessTime::now(), Instant::now());
    let tally = run(&kind, &options);
    let (cpu, wall) = (cpu.elapsed().as_secs_f64(), wall.elapsed().as_secs_f64());
    let name = if kind.is_empty() { engine.to_owned() } else { format!("{engine}-{kind}") };
    println!("{}", tally.json(&name, &options, cpu, wall));
}
