//! Known answers of queueing theory, by processes written on the kernel.
//!
//! Seeds are fixed, tolerances follow from theory at alpha = 1e-6 (4.892 standard errors, two-sided), nothing
//! is retried, and each test has a twin, biased by 2 %, that must fail.

use sim_core::base::random_stream::{Purpose, RandomStream, Seed};
use sim_core::base::{Delay, Fingerprint, Owner, Time, math};
use sim_core::kernel::{BucketQueue, EventKey, Outbox, Process, Simulator};
use std::collections::VecDeque;

/// Standard errors at alpha = 1e-6, two-sided.
const Z: f64 = 4.892;
/// Mean time between arrivals \[minutes\], long so that whole minutes are fine enough.
const GAP: f64 = 2_000.0;
/// Mean service time \[minutes\]: the server is busy half of the time.
const SERVICE: f64 = 1_000.0;

/// The shape of service times.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Law {
    Exponential,
    Fixed,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    Arrival,
    Departure,
}

/// One server, first come first served, with its own statistics in whole minutes.
struct Server {
    law: Law,
    gap: f64,
    service: f64,
    arrivals: RandomStream,
    services: RandomStream,
    count: u32,
    /// Arrival times of those in the system, the one in service first.
    present: VecDeque<Time>,
    last: Time,
    gaps: Vec<u32>,
    /// Integral of the number in the system \[customer minutes\].
    area: u64,
    /// Time in the system of those who have left \[minutes\].
    sojourn: u64,
    /// Time before service of those who have begun it \[minutes\].
    waited: u64,
    begun: u64,
    changed: Time,
}

impl Server {
    fn new(law: Law, gap: f64, service: f64, seed: u64) -> Server {
        let stream = |owner| RandomStream::new(Seed(seed), Owner::other(owner), Purpose::Test, 0);
        Server {
            law,
            gap,
            service,
            arrivals: stream(1),
            services: stream(2),
            count: 0,
            present: VecDeque::new(),
            last: Time::START,
            gaps: Vec::new(),
            area: 0,
            sojourn: 0,
            waited: 0,
            begun: 0,
            changed: Time::START,
        }
    }

    fn schedule(&mut self, now: Time, after: u32, event: Event, outbox: &mut Outbox<Event, ()>) {
        self.count += 1;
        outbox.schedule(EventKey::new(now + Delay::minutes(after), 0, 0, self.count), event);
    }

    fn arrive(&mut self, now: Time, outbox: &mut Outbox<Event, ()>) {
        self.gaps.push(now.since(self.last).as_minutes());
        self.last = now;
        let gap = self.gap * self.arrivals.exponential();
        let gap = self.arrivals.round(gap);
        self.schedule(now, gap, Event::Arrival, outbox);
        self.present.push_back(now);
        if self.present.len() == 1 {
            self.begin(now, outbox);
        }
    }

    fn begin(&mut self, now: Time, outbox: &mut Outbox<Event, ()>) {
        let Some(&arrival) = self.present.front() else {
            return;
        };
        self.waited += u64::from(now.since(arrival).as_minutes());
        self.begun += 1;
        let service = match self.law {
            Law::Exponential => self.service * self.services.exponential(),
            Law::Fixed => self.service,
        };
        let service = self.services.round(service);
        self.schedule(now, service, Event::Departure, outbox);
    }

    /// Counts the time since the last change for everyone present.
    fn count_area(&mut self, now: Time) {
        self.area += self.present.len() as u64 * u64::from(now.since(self.changed).as_minutes());
        self.changed = now;
    }

    fn mean_wait(&self) -> f64 {
        self.waited as f64 / self.begun as f64
    }
}

impl Process for Server {
    type Context = ();
    type Event = Event;
    type Message = ();

    fn receive(&mut self, _: &(), _now: Time, _from: u32, _message: &(), _outbox: &mut Outbox<Event, ()>) {}

    fn handle(&mut self, _: &(), key: EventKey, event: Event, outbox: &mut Outbox<Event, ()>) {
        let now = key.time();
        self.count_area(now);
        match event {
            Event::Arrival => self.arrive(now, outbox),
            Event::Departure => {
                let arrival = self.present.pop_front().expect("someone to leave");
                self.sojourn += u64::from(now.since(arrival).as_minutes());
                self.begin(now, outbox);
            }
        }
    }

    fn close_window(&mut self, _: &(), end: Time, _outbox: &mut Outbox<Event, ()>) {
        self.count_area(end);
    }

    fn kind(event: &Event) -> u32 {
        *event as u32
    }

    fn digest(&self, fingerprint: &mut Fingerprint) {
        fingerprint.mix(self.area);
    }
}

/// A server after so many customers, on average.
fn run(law: Law, gap: f64, service: f64, customers: u32, seed: u64) -> Simulator<Server, BucketQueue<Event>> {
    let server = Server::new(law, gap, service, seed);
    let mut simulator = Simulator::new(server, Time::START);
    simulator.schedule(EventKey::new(Time::START, 0, 0, 0), Event::Arrival);
    let end = Time::from_minutes((f64::from(customers) * GAP) as u32);
    simulator.advance(&(), Time::START, end, [], |_, ()| ());
    simulator
}

/// The greatest distance between the distribution of the gaps and an exponential one, times the root of
/// their number. A gap of k minutes stands for [k - 1/2, k + 1/2).
fn kolmogorov_smirnov(gaps: &[u32], mean: f64) -> f64 {
    let mut gaps = gaps.to_vec();
    gaps.sort_unstable();
    let n = gaps.len() as f64;
    let below = |gap: u32| gaps.partition_point(|&other| other <= gap) as f64 / n;
    let expected = |gap: u32| 1.0 - math::exp(-(f64::from(gap) + 0.5) / mean);
    let distance = (0..15 * mean as u32).map(|gap| (below(gap) - expected(gap)).abs());
    distance.fold(0.0, f64::max) * n.sqrt()
}

/// Kolmogorov's limit: P(D sqrt(n) > 2.694) = 2 exp(-2 * 2.694^2) = 1e-6.
#[test]
fn gaps_of_poisson_arrivals_are_exponential() {
    let distance = |gap: f64| {
        let simulator = run(Law::Fixed, gap, 0.0, 1_000_000, 20_140);
        kolmogorov_smirnov(&simulator.process().gaps[1..], GAP)
    };
    assert!(distance(GAP) < 2.694, "{}", distance(GAP));
    assert!(distance(GAP * 1.02) > 2.694, "the biased twin");
}

/// Mean wait of M/M/1: rho / (1 - rho) services; its asymptotic variance for one customer is
/// rho (2 + 5 rho - 4 rho^2 + rho^3) / (1 - rho)^4 squared services (Daley 1968; Whitt 1989).
fn expected_and_tolerance(law: Law, customers: f64) -> (f64, f64) {
    let rho = SERVICE / GAP;
    let variance = rho * (2.0 + 5.0 * rho - 4.0 * rho * rho + rho * rho * rho) / math::pow(1.0 - rho, 4.0);
    // Fixed services vary less, so for M/D/1 the same tolerance is wide; its mean is half (Pollaczek,
    // Khinchine).
    let share = if law == Law::Fixed { 0.5 } else { 1.0 };
    let expected = share * rho / (1.0 - rho) * SERVICE;
    (expected, Z * (variance / customers).sqrt() * SERVICE)
}

fn check_mean_wait(law: Law, seed: u64) {
    let customers = 2_000_000;
    let (expected, tolerance) = expected_and_tolerance(law, f64::from(customers));
    let wait = |service| run(law, GAP, service, customers, seed).process().mean_wait();
    let fair = wait(SERVICE);
    assert!((fair - expected).abs() < tolerance, "{fair} is not {expected} +- {tolerance}");
    let biased = wait(SERVICE * 1.02);
    assert!((biased - expected).abs() > tolerance, "the biased twin: {biased}");
}

#[test]
fn mean_wait_with_exponential_services() {
    check_mean_wait(Law::Exponential, 20_141);
}

#[test]
fn mean_wait_with_fixed_services() {
    check_mean_wait(Law::Fixed, 20_142);
}

/// Little's law without expectations: the integral of the number present equals the sum of the times that
/// customers have spent, to the minute.
#[test]
fn littles_law_is_an_exact_identity() {
    for (seed, law) in (1..40).flat_map(|seed| [(seed, Law::Exponential), (seed, Law::Fixed)]) {
        let simulator = run(law, GAP, 1_900.0, 500, seed);
        let (server, end) = (simulator.process(), simulator.now());
        let unfinished = |arrival: &Time| u64::from(end.since(*arrival).as_minutes());
        let present: u64 = server.present.iter().map(unfinished).sum();
        assert_eq!(server.area, server.sojourn + present);
        let biased = server.sojourn as f64 * 1.02 + present as f64;
        assert_ne!(server.area, biased as u64, "the biased twin");
    }
}
