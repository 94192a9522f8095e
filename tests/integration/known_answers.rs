//! Known answers that the model's own clocks, hazards and orders must give.
//!
//! Seeds are fixed, tolerances follow from theory at alpha = 1e-6 (4.892 standard errors, two-sided), nothing
//! is retried, and each test has a twin that is wrong on purpose and must fail.

use super::support::{COUNTIES, counties, run, with};
use sim_core::agents::clock::Clock;
use sim_core::agents::household::learners::{Learners, Weights};
use sim_core::agents::household::{Background, Buying, Circumstances, Hazards, Household, Step};
use sim_core::base::time::YEAR;
use sim_core::base::{Delay, Fingerprint, Owner, Purpose, RandomStream, Seed, Time, math};
use sim_core::kernel::{BucketQueue, EventKey, Outbox, Process, Simulator};
use sim_core::market::choice::{Delivery, Reached, class};
use sim_core::params::{HouseholdParameters, PlatformParameters};
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;

/// Standard errors at alpha = 1e-6, two-sided.
const Z: f64 = 4.892;
/// A clock's horizon beyond every run.
const FAR: Delay = Delay::days(300_000);

/// A village whose households only hear of online buying, from the media (p) and from each other (q); who
/// hears, tells from then on. A complete graph: hearing is drawn over the whole village, as in the model.
struct Village {
    parameters: HouseholdParameters,
    households: Vec<Household>,
    informed: usize,
    /// The number of informed at which time is taken.
    goal: usize,
    reached: Option<Time>,
    hazards: Hazards,
    weights: Weights,
    learners: Learners,
    clock: Clock,
    stream: RandomStream,
    count: u32,
}

impl Village {
    fn new(n: usize, seeds: usize, p: f64, q: f64, goal: usize, seed: u64) -> Village {
        let parameters = HouseholdParameters {
            awareness_media: p,
            awareness_neighbours: q,
            awareness_promotion: 0.0,
            lapse: 0.0,
            lapse_experienced: 0.0,
            emancipation: 0.0,
            return_ease: 0.0,
            ..HouseholdParameters::default()
        };
        let background = Background {
            income_ratio: 1.0,
            income_spread: 0.5,
            size: 3.6,
            national_size: 3.6,
            migrants: 0.7,
            phone_lead: 0.0,
        };
        let mut stream = RandomStream::new(Seed(seed), Owner::other(1), Purpose::Test, 0);
        let mut one = Household::synthesise(&parameters, &background, 0.5, &mut stream);
        // The most receptive class hears at the full hazard.
        one.class = class(2, 0) as u8;
        let mut households = vec![one; n];
        households[..seeds].iter_mut().for_each(|household| household.buying = Buying::Regular);
        let clock = Clock::new(stream.exponential());
        let hazards = Hazards::default();
        let weights = Weights::of(&parameters);
        Village {
            learners: Learners::count(&households, &weights, 0),
            weights,
            parameters,
            households,
            informed: seeds,
            goal,
            reached: None,
            hazards,
            clock,
            stream,
            count: 0,
        }
    }

    fn refresh(&mut self) {
        let circumstances = Circumstances {
            internet: 1.0,
            regular: self.informed as f64 / self.households.len() as f64,
            assisted: 0.0,
            promotion: 0.0,
            visits: 0.0,
            skill: 0.0,
            reached: Reached::all(Delivery::Village),
            station: false,
            need: 1.0,
        };
        self.hazards = Hazards::of(&self.parameters, &PlatformParameters::default(), &circumstances);
    }

    /// Steps of all households [per year]; nobody loses the habit here.
    fn rate(&self) -> f64 {
        self.learners.rate(&self.hazards)
    }

    fn schedule(&mut self, due: Option<(Time, u32)>, outbox: &mut Outbox<u32, ()>) {
        if let Some((due, generation)) = due {
            self.count += 1;
            outbox.schedule(EventKey::new(due, 0, 0, self.count), generation);
        }
    }
}

impl Process for Village {
    type Context = ();
    type Event = u32;
    type Message = ();

    fn receive(&mut self, _: &(), now: Time, _from: u32, _message: &(), outbox: &mut Outbox<u32, ()>) {
        self.refresh();
        let rate = self.rate();
        let due = self.clock.change(now, rate, FAR);
        self.schedule(due, outbox);
    }

    fn handle(&mut self, _: &(), key: EventKey, generation: u32, outbox: &mut Outbox<u32, ()>) {
        let now = key.time();
        if self.reached.is_some() || !self.clock.is_current(generation) {
            return;
        }
        let adoption = self.learners.draw(&self.hazards, &self.households, &self.weights, &mut self.stream);
        if let Some(adoption) = adoption {
            assert_eq!(adoption.step, Step::Hear);
            let household = &mut self.households[usize::from(adoption.record)];
            self.learners.remove(household, &self.weights);
            household.buying = Buying::Regular;
            self.learners.add(household, &self.weights);
            self.informed += 1;
        }
        if self.informed >= self.goal {
            self.reached = Some(now);
        }
        self.refresh();
        let (gap, rate) = (self.stream.exponential(), self.rate());
        let due = self.clock.tick(now, gap, rate, FAR);
        self.schedule(due, outbox);
    }

    fn close_window(&mut self, _: &(), _end: Time, _outbox: &mut Outbox<u32, ()>) {}

    fn kind(_event: &u32) -> u32 {
        0
    }

    fn digest(&self, _fingerprint: &mut Fingerprint) {}
}

/// Mean time until so many are informed, and its standard error [years].
fn spread(n: usize, seeds: usize, [p, q]: [f64; 2], goal: usize, runs: u64) -> (f64, f64) {
    let times: Vec<f64> = (0..runs)
        .map(|seed| {
            let village = Village::new(n, seeds, p, q, goal, seed);
            let mut simulator = Simulator::<Village, BucketQueue<u32>>::new(village, Time::START);
            simulator.advance(&(), Time::START, Time::from_minutes(500 * 525_949), [(0, &())], |_, ()| {});
            simulator.process().reached.unwrap().since(Time::START).as_minutes() as f64 / YEAR
        })
        .collect();
    super::support::mean_and_error(&times)
}

/// The exact mean: a sum of exponential times, each with the rate at that number of informed.
fn exact(n: usize, seeds: usize, [p, q]: [f64; 2], goal: usize) -> f64 {
    let rate = |k: usize| (p + q * k as f64 / n as f64) * (n - k) as f64;
    (seeds..goal).map(|k| 1.0 / rate(k)).sum()
}

/// Whether a mean lies within its error of the exact one; fails if 2 % could not be told.
fn agrees((mean, error): (f64, f64), exact: f64) -> bool {
    assert!(Z * error < 0.013 * exact, "too noisy to tell 2 %: {error} of {exact}");
    (mean - exact).abs() < Z * error
}

/// Susceptible and informed: each of k informed meets a household drawn from all n at rate 1, so that the
/// next hears at rate k (n - k) / n; the time until all have heard is 2 H(n - 1) on average, 10.3548 for n =
/// 100.
#[test]
fn hearing_from_each_other_spreads_as_on_a_complete_graph() {
    let mean = exact(100, 1, [0.0, 1.0], 100);
    assert!((mean - 10.3548).abs() < 1e-4, "{mean}");
    assert!(agrees(spread(100, 1, [0.0, 1.0], 100, 8_000), mean));
    assert!(!agrees(spread(100, 1, [0.0, 1.0 / 1.03], 100, 8_000), mean), "a twin 3 % slower passes");
}

/// Bass (1969) without ties: innovators at p, imitators at q. The published p 0.03 and q 0.38, to half of a
/// village.
#[test]
fn hearing_from_media_and_neighbours_spreads_as_in_bass() {
    let mean = exact(100, 0, [0.03, 0.38], 50);
    assert!(agrees(spread(100, 0, [0.03, 0.38], 50, 8_000), mean));
    assert!(!agrees(spread(100, 0, [0.03 / 1.03, 0.38 / 1.03], 50, 8_000), mean), "a twin 3 % slower passes");
    // In a large village the chain approaches the differential equation: ln((q/p f + 1) / (1 - f)) / (p + q).
    let (p, q, f) = (0.03, 0.38, 0.5);
    let equation = math::ln((q / p * f + 1.0) / (1.0 - f)) / (p + q);
    let large = exact(100_000, 0, [p, q], 50_000);
    assert!((large / equation - 1.0).abs() < 1e-3, "{large} and {equation}");
}

/// Villages in which nobody learns, forgets, or chooses anew: orders come at a rate of village times season.
fn frozen() -> Scenario {
    let mut scenario = counties(&COUNTIES[..2], 40);
    scenario.end = "2016-09-30".parse().unwrap();
    // Buyers there must be: those of the years before the run. Then the net falls silent: nobody joins them.
    with(
        scenario,
        &[
            ("programme.enabled", "false"),
            ("government.demonstration", "false"),
            ("world.internet", "[(\"2003-01-01\", 50.0), (\"2014-10-01\", 50.0), (\"2014-10-02\", 0.0)]"),
            ("household.return_ease", "0.0"),
            ("household.trial_intensity", "1.0"),
            ("household.succession", "0.0"),
            ("household.middle_age", "20.0"),
            ("household.old_age", "90.0"),
            ("household.kin_help", "0.0"),
            ("household.variety_growth", "0.0"),
            ("household.trust_weight", "0.0"),
            ("household.lapse_trust", "0.0"),
            ("household.lapse", "0.0"),
            ("household.lapse_experienced", "0.0"),
            ("household.trial_neighbours", "0.0"),
            ("household.waiting_cost", "0.0"),
            ("shop.entry", "0.0"),
            ("shop.copying", "0.0"),
            ("income.rural_income", "[(\"2014-01-01\", 10000.0)]"),
            ("income.migrant_wage", "[(\"2014-01-01\", 3000.0)]"),
            // Couriers neither come nor go: nothing is to be earned.
            ("logistics.courier_fee", "0.0"),
            ("logistics.courier_entry", "20.0"),
            ("logistics.courier_exit", "0.0"),
        ],
    )
}

/// Orders by village and month.
fn table(simulation: &Simulation) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let mut keys = Vec::new();
    for (county, row) in &simulation.gathered().villages {
        let key = (*county, row.village);
        let at = keys.iter().position(|known| *known == key).unwrap_or_else(|| {
            keys.push(key);
            rows.push(Vec::new());
            rows.len() - 1
        });
        rows[at].push(f64::from(row.self_service_parcels));
    }
    rows
}

/// The chi-squared statistic of independence of rows and columns, standardised. Poisson counts whose rates
/// are products of a village's and a month's follow it whatever the rates.
fn independence(counts: &[Vec<f64>]) -> f64 {
    let counts: Vec<&Vec<f64>> =
        counts.iter().filter(|row| row.iter().sum::<f64>() > 10.0 * row.len() as f64).collect();
    let (rows, columns) = (counts.len(), counts[0].len());
    assert!(rows >= 20 && columns >= 12, "{rows} villages of {columns} months are too few");
    let by_column: Vec<f64> = (0..columns).map(|at| counts.iter().map(|row| row[at]).sum()).collect();
    let all: f64 = by_column.iter().sum();
    let mut statistic = 0.0;
    for row in &counts {
        let of_row: f64 = row.iter().sum();
        for (count, of_column) in row.iter().zip(&by_column) {
            let expected = of_row * of_column / all;
            statistic += (count - expected) * (count - expected) / expected;
        }
    }
    let freedom = ((rows - 1) * (columns - 1)) as f64;
    (statistic - freedom) / (2.0 * freedom).sqrt()
}

#[test]
fn orders_of_a_village_are_poisson() {
    let z = independence(&table(&run(&frozen())));
    assert!(z.abs() < Z, "{z}");
}

/// The twin: bundles of ten, whose gaps are sums of ten, are too regular for Poisson counts.
#[test]
fn bundles_are_not_poisson() {
    let mut scenario = frozen();
    scenario.household_sample = 0.1;
    let bundles: Vec<Vec<f64>> = table(&run(&scenario))
        .into_iter()
        .map(|row| row.into_iter().map(|orders| orders / 10.0).collect())
        .collect();
    let filled: Vec<Vec<f64>> =
        bundles.into_iter().filter(|row| row.iter().sum::<f64>() > 10.0 * row.len() as f64).collect();
    let z = if filled.len() >= 20 { independence(&filled) } else { f64::NEG_INFINITY };
    assert!(z < -Z, "{z}");
}
