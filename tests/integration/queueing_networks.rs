//! Known answers of queueing theory for many servers, servers in a row, servers without number, and renewals
//! with rewards, by one process written on the kernel.
//!
//! Each figure is the mean of 32 runs of fixed seeds; its error is estimated from them. The tolerance is 5.88
//! standard errors (Student's t with 31 degrees of freedom at alpha = 1e-6, two-sided). Nothing is retried,
//! and each test has a twin, biased by 2 %, that must fail.

use super::support::mean_and_error;
use sim_core::base::random_stream::{Purpose, RandomStream, Seed};
use sim_core::base::{Delay, Fingerprint, Owner, Time, math};
use sim_core::kernel::{BucketQueue, EventKey, Outbox, Process, Simulator};
use std::collections::VecDeque;

/// Student's t for 31 degrees of freedom at alpha = 1e-6, two-sided.
const T: f64 = 5.88;
/// Runs of each figure.
const RUNS: u64 = 32;
/// Customers of each run, on average.
const CUSTOMERS: f64 = 60_000.0;
/// Mean time between arrivals \[minutes\], long so that whole minutes are fine enough.
const GAP: f64 = 5_000.0;

/// How long a service takes \[minutes\].
#[derive(Clone, Copy, Debug)]
enum Law {
    Exponential(f64),
    /// Log-normal with this mean, and 1 for the deviation of its logarithm.
    LogNormal(f64),
}

impl Law {
    fn draw(self, stream: &mut RandomStream) -> u32 {
        let minutes = match self {
            Law::Exponential(mean) => mean * stream.exponential(),
            Law::LogNormal(mean) => mean * math::exp(stream.normal() - 0.5),
        };
        stream.round(minutes)
    }
}

/// Servers in one place, first come first served.
struct Station {
    servers: usize,
    law: Law,
    busy: usize,
    /// When those who wait came.
    waiting: VecDeque<Time>,
    /// Time before service \[minutes\], and services begun.
    waited: u64,
    begun: u64,
    /// Integral of the number present \[customer minutes\].
    area: u64,
}

#[derive(Clone, Copy, Debug)]
enum Event {
    Arrival,
    Departure(u32),
}

/// Stations in a row: who leaves one goes to the next.
struct Row {
    stations: Vec<Station>,
    stream: RandomStream,
    count: u32,
    changed: Time,
}

impl Row {
    fn schedule(&mut self, now: Time, after: u32, event: Event, outbox: &mut Outbox<Event, ()>) {
        self.count += 1;
        let key = EventKey::new(now + Delay::minutes(after), 0, 0, self.count);
        outbox.schedule(key, event);
    }

    fn enter(&mut self, now: Time, at: u32, outbox: &mut Outbox<Event, ()>) {
        if let Some(station) = self.stations.get_mut(at as usize) {
            station.waiting.push_back(now);
            self.serve(now, at, outbox);
        }
    }

    fn serve(&mut self, now: Time, at: u32, outbox: &mut Outbox<Event, ()>) {
        let station = &mut self.stations[at as usize];
        if station.busy >= station.servers {
            return;
        }
        let Some(came) = station.waiting.pop_front() else {
            return;
        };
        station.busy += 1;
        station.waited += u64::from(now.since(came).as_minutes());
        station.begun += 1;
        let minutes = station.law.draw(&mut self.stream);
        self.schedule(now, minutes, Event::Departure(at), outbox);
    }

    fn count_area(&mut self, now: Time) {
        let passed = u64::from(now.since(self.changed).as_minutes());
        for station in &mut self.stations {
            station.area += (station.busy + station.waiting.len()) as u64 * passed;
        }
        self.changed = now;
    }
}

impl Process for Row {
    type Context = ();
    type Event = Event;
    type Message = ();

    fn receive(&mut self, _: &(), _now: Time, _from: u32, _message: &(), _outbox: &mut Outbox<Event, ()>) {}

    fn handle(&mut self, _: &(), key: EventKey, event: Event, outbox: &mut Outbox<Event, ()>) {
        let now = key.time();
        self.count_area(now);
        match event {
            Event::Arrival => {
                let gap = GAP * self.stream.exponential();
                let gap = self.stream.round(gap);
                self.schedule(now, gap, Event::Arrival, outbox);
                self.enter(now, 0, outbox);
            }
            Event::Departure(at) => {
                self.stations[at as usize].busy -= 1;
                self.serve(now, at, outbox);
                self.enter(now, at + 1, outbox);
            }
        }
    }

    fn close_window(&mut self, _: &(), end: Time, _outbox: &mut Outbox<Event, ()>) {
        self.count_area(end);
    }

    fn kind(event: &Event) -> u32 {
        match event {
            Event::Arrival => 0,
            Event::Departure(at) => 1 + at,
        }
    }

    fn digest(&self, fingerprint: &mut Fingerprint) {
        self.stations.iter().for_each(|station| fingerprint.mix(station.area));
    }
}

/// A row of stations (servers, law) after a run, and its length \[minutes\].
fn run(stations: &[(usize, Law)], seed: u64) -> (Simulator<Row, BucketQueue<Event>>, f64) {
    let station = |&(servers, law): &(usize, Law)| Station {
        servers,
        law,
        busy: 0,
        waiting: VecDeque::new(),
        waited: 0,
        begun: 0,
        area: 0,
    };
    let row = Row {
        stations: stations.iter().map(station).collect(),
        stream: RandomStream::new(Seed(seed), Owner::other(3), Purpose::Test, 0),
        count: 0,
        changed: Time::START,
    };
    let mut simulator: Simulator<Row, BucketQueue<Event>> = Simulator::new(row, Time::START);
    simulator.schedule(EventKey::new(Time::START, 0, 0, 0), Event::Arrival);
    let end = Time::from_minutes((CUSTOMERS * GAP) as u32);
    simulator.advance(&(), Time::START, end, [], |_, ()| ());
    (simulator, f64::from(end.minutes()))
}

/// Holds the mean of a figure over all runs against the expected one; the figure takes a seed and a bias.
fn check(name: &str, expected: f64, figure: impl Fn(u64, f64) -> f64) {
    let figures = |bias: f64| -> Vec<f64> { (1..=RUNS).map(|seed| figure(seed, bias)).collect() };
    let (mean, error) = mean_and_error(&figures(1.0));
    assert!((mean - expected).abs() < T * error, "{name}: {mean} is not {expected}; standard error {error}");
    let (mean, error) = mean_and_error(&figures(1.02));
    assert!((mean - expected).abs() > T * error, "{name}: the biased twin: {mean}");
}

/// Erlang's C: the chance that all of `servers` are busy at an offered load.
fn erlang_c(servers: u32, load: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..servers {
        term *= load / f64::from(k);
        sum += term;
    }
    let last = term * load / f64::from(servers) / (1.0 - load / f64::from(servers));
    last / (sum + last)
}

#[test]
fn erlang_c_agrees_with_tables() {
    assert!((erlang_c(1, 0.5) - 0.5).abs() < 1e-12, "one server: its load");
    assert!((erlang_c(2, 1.0) - 1.0 / 3.0).abs() < 1e-12);
    assert!((erlang_c(3, 2.0) - 4.0 / 9.0).abs() < 1e-12);
}

/// M/M/3: the mean wait is C / (3 mu - lambda).
#[test]
fn mean_wait_for_three_servers() {
    let service = 2.0 * GAP;
    let expected = erlang_c(3, 2.0) / (3.0 / service - 1.0 / GAP);
    check("M/M/3", expected, |seed, bias| {
        let (row, _) = run(&[(3, Law::Exponential(service * bias))], seed);
        row.process().stations[0].waited as f64 / row.process().stations[0].begun as f64
    });
}

/// Two queues in a row: what leaves M/M/1 arrives like a Poisson stream (Burke 1956), so that the second,
/// too, holds rho / (1 - rho) customers on average.
#[test]
fn customers_in_a_row_of_two() {
    let (first, second) = (0.4, 0.6);
    let expected = first / (1.0 - first) + second / (1.0 - second);
    check("tandem", expected, |seed, bias| {
        let laws = [first, second].map(|rho| (1, Law::Exponential(rho * GAP * bias)));
        let (row, minutes) = run(&laws, seed);
        row.process().stations.iter().map(|station| station.area as f64 / minutes).sum()
    });
}

/// M/G/infinity: the mean number present is the offered load, whatever the law of services.
#[test]
fn customers_without_a_queue() {
    let load = 7.0;
    check("M/G/infinity", load, |seed, bias| {
        let law = Law::LogNormal(load * GAP * bias);
        let (row, minutes) = run(&[(usize::MAX, law)], seed);
        row.process().stations[0].area as f64 / minutes
    });
}

/// Cycles one after the other; a cycle of T minutes yields T squared.
struct Cycles {
    mean: f64,
    stream: RandomStream,
    last: Time,
    reward: f64,
}

impl Process for Cycles {
    type Context = ();
    type Event = ();
    type Message = ();

    fn receive(&mut self, _: &(), _now: Time, _from: u32, _message: &(), _outbox: &mut Outbox<(), ()>) {}

    fn handle(&mut self, _: &(), key: EventKey, _event: (), outbox: &mut Outbox<(), ()>) {
        let now = key.time();
        let cycle = f64::from(now.since(self.last).as_minutes());
        self.reward += cycle * cycle;
        self.last = now;
        let next = self.mean * self.stream.exponential();
        let next = self.stream.round(next);
        outbox.schedule(EventKey::new(now + Delay::minutes(next), 0, 0, 0), ());
    }

    fn close_window(&mut self, _: &(), _end: Time, _outbox: &mut Outbox<(), ()>) {}

    fn kind(_event: &()) -> u32 {
        0
    }

    fn digest(&self, fingerprint: &mut Fingerprint) {
        fingerprint.mix_float(self.reward);
    }
}

/// Renewal reward: the yield per time is E T^2 / E T, twice the mean for exponential cycles.
#[test]
fn rewards_of_renewals() {
    check("renewal reward", 2.0 * GAP, |seed, bias| {
        let cycles = Cycles {
            mean: GAP * bias,
            stream: RandomStream::new(Seed(seed), Owner::other(4), Purpose::Test, 0),
            last: Time::START,
            reward: 0.0,
        };
        let mut simulator: Simulator<Cycles, BucketQueue<()>> = Simulator::new(cycles, Time::START);
        simulator.schedule(EventKey::new(Time::START, 0, 0, 0), ());
        let end = Time::from_minutes((CUSTOMERS * GAP) as u32);
        simulator.advance(&(), Time::START, end, [], |_, ()| ());
        simulator.process().reward / f64::from(end.minutes())
    });
}
