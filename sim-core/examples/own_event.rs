//! A crate of your own beside the model: an event that the model does not know, a payment, a decision, and
//! an outcome made of both. Inspectors visit every county once a quarter, on a day drawn for it; a visit is
//! paid by the open station, and where stations are idle their partners get refresher courses from the next
//! day on, which the model carries out and books:
//!
//! ```text
//! cargo run --release -p sim-core --example own_event
//! ```
//!
//! Nothing here is known to `sim-core`: copy it to a crate that depends on `sim-core` and begin from there.
//! What a crate can do is look at a run between two windows, and decide levers for the next day on. What
//! happens within villages, minute by minute, is the model's own.

use sim_core::base::{
    CountyCode, Delay, Fingerprint, Money, Month, Owner, Purpose, RandomStream, Seed, Time,
};
use sim_core::event::Measure;
use sim_core::kernel::{EventKey, HeapQueue, Outbox, Process, Simulator};
use sim_core::metrics::area::AreaMonth;
use sim_core::scenario::{BuiltinSource, Scenario, load};
use sim_core::simulation::{Simulation, Threads};
use std::error::Error;
use std::io::{Write, stdout};

/// What an inspection of an open station costs \[fen\].
const FEE: i64 = 12_000;

/// Orders of a month by the open station below which it is called idle.
const IDLE: f64 = 60.0;

/// Months between two visits of a county.
const INTERVAL: u16 = 3;

/// Draws of this crate's own: no stream of the model is touched.
const OWN_SEED: u64 = 0x0069_6e73_7065_6374;

/// The event: an inspector comes to a county.
#[derive(Clone, Copy, Debug)]
struct Visit {
    county: u32,
}

/// The payment, as it stands in the inspectors' own book.
#[derive(Clone, Copy, Debug)]
struct Fee {
    time: Time,
    county: u32,
    amount: Money,
}

/// What inspectors find of counties, as it was when the window began.
struct Findings {
    seed: Seed,
    codes: Vec<CountyCode>,
    /// The last closed month of each county; none before the first.
    months: Vec<Option<AreaMonth>>,
}

impl Findings {
    fn of(simulation: &Simulation) -> Findings {
        let counties = &simulation.setting().atlas.counties;
        let gathered = &simulation.gathered().counties;
        Findings {
            seed: simulation.scenario().seed,
            codes: counties.iter().map(|county| county.code).collect(),
            months: (0..counties.len()).map(|at| gathered.get(at)?.last().cloned()).collect(),
        }
    }

    /// A moment in the quarter that begins with a month, drawn for the county.
    fn next(&self, county: u32, from: Month) -> Time {
        let owner = Owner::county(self.codes[county as usize]);
        let seed = Seed(self.seed.0 ^ OWN_SEED);
        let mut stream = RandomStream::new(seed, owner, Purpose::Test, u64::from(from.0));
        from.start() + Delay::days(stream.below(28 * u32::from(INTERVAL))) + Delay::minutes(9 * 60)
    }
}

/// The inspectors: a process of their own.
#[derive(Debug, Default)]
struct Inspections {
    fees: Vec<Fee>,
    /// Counties in which stations were found idle, in the order of visits.
    idle: Vec<u32>,
    visits: u32,
}

impl Process for Inspections {
    type Context = Findings;
    type Event = Visit;
    type Message = ();

    fn receive(&mut self, _: &Findings, _: Time, _: u32, (): &(), _: &mut Outbox<Visit, ()>) {}

    fn handle(&mut self, found: &Findings, key: EventKey, visit: Visit, outbox: &mut Outbox<Visit, ()>) {
        if let Some(month) = &found.months[visit.county as usize] {
            let stations = month.value(Measure::StationsOpen);
            let amount = Money::from_fen(FEE * stations);
            self.fees.push(Fee { time: key.time(), county: visit.county, amount });
            if stations > 0 && month.real(Measure::StationOrders) < IDLE * stations as f64 {
                self.idle.push(visit.county);
            }
        }
        self.visits += 1;
        let next = found.next(visit.county, Month(Month::of(key.time()).0 / INTERVAL * INTERVAL + INTERVAL));
        outbox.schedule(EventKey::new(next, 0, visit.county, self.visits), visit);
    }

    fn close_window(&mut self, _: &Findings, _: Time, _: &mut Outbox<Visit, ()>) {}

    fn kind(_: &Visit) -> u32 {
        0
    }

    fn digest(&self, fingerprint: &mut Fingerprint) {
        self.fees.iter().for_each(|fee| fingerprint.mix(fee.amount.fen() as u64));
    }
}

/// The outcome: what inspections cost by the order through a station \[yuan/order\]; not-a-number without
/// orders.
fn fees_per_order(fees: &[Fee], month: &AreaMonth) -> f64 {
    let in_month = fees.iter().filter(|fee| Month::of(fee.time) == month.month);
    in_month.map(|fee| fee.amount.yuan()).sum::<f64>() / month.real(Measure::StationOrders)
}

/// A run with inspectors: what they were paid, the months, and a fingerprint of both processes.
struct Inspected {
    fees: Vec<Fee>,
    months: Vec<AreaMonth>,
    courses: usize,
    fingerprint: (Fingerprint, Fingerprint),
}

fn inspected(scenario: &Scenario, threads: Threads) -> Result<Inspected, Box<dyn Error>> {
    let mut simulation = Simulation::build(scenario, None, threads)?;
    let start = simulation.start();
    let mut inspectors: Simulator<_, HeapQueue<Visit>> = Simulator::new(Inspections::default(), start);
    let found = Findings::of(&simulation);
    for county in 0..found.codes.len() as u32 {
        let first = found.next(county, Month::of(start).next());
        inspectors.schedule(EventKey::new(first, 0, county, 0), Visit { county });
    }
    let mut courses = 0;
    loop {
        let (from, found) = (simulation.now(), Findings::of(&simulation));
        let more = simulation.step();
        // The inspectors' window is that of the model, which has just run it.
        inspectors.advance(&found, from, simulation.now(), [], |_, ()| {});
        for &county in inspectors.process().idle.get(courses..).unwrap_or_default() {
            decide_courses(&mut simulation, found.codes[county as usize], courses)?;
            courses += 1;
        }
        if !more {
            let fingerprint = (simulation.fingerprint(), inspectors.fingerprint());
            let (fees, months) = (inspectors.process().fees.clone(), simulation.gathered().nation.clone());
            return Ok(Inspected { fees, months, courses, fingerprint });
        }
    }
}

/// The decision: refresher courses in a county from the next day on. A rule is read as of a scenario file.
fn decide_courses(
    simulation: &mut Simulation,
    county: CountyCode,
    number: usize,
) -> Result<(), Box<dyn Error>> {
    let mut read = simulation.scenario().clone();
    let rule = format!(
        "[(name: \"courses {number}\", in: County({county}), set: (programme: (refresher_hours: 16.0)))]"
    );
    read.set("rules", &rule)?;
    Ok(simulation.decide(read.rules)?)
}

/// Runs with inspectors, and writes what they cost month by month.
///
/// # Errors
/// If the scenario or a decision is faulty, or a line cannot be written.
pub fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let few = [("places.select", "Random(count: 6)"), ("places.villages_per_county", "5")];
    let changes = few.map(|(path, value)| (path.to_owned(), value.to_owned()));
    let scenario = load(&BuiltinSource, "tiny", &changes)?;
    let found = inspected(&scenario, Threads::Sequential)?;
    for month in &found.months {
        writeln!(out, "{}: {:.2} yuan by the order", month.month, fees_per_order(&found.fees, month))?;
    }
    let paid: f64 = found.fees.iter().map(|fee| fee.amount.yuan()).sum();
    let counties: std::collections::BTreeSet<u32> = found.fees.iter().map(|fee| fee.county).collect();
    writeln!(out, "{} visits of {} counties, {paid:.0} yuan", found.fees.len(), counties.len())?;
    writeln!(out, "courses decided: {}", found.courses)?;
    let again = inspected(&scenario, Threads::Parallel(2))?;
    writeln!(out, "the same on two threads: {}", again.fingerprint == found.fingerprint)?;
    let mut alone = Simulation::build(&scenario, None, Threads::Sequential)?;
    while alone.step() {}
    writeln!(out, "the same without inspectors: {}", alone.fingerprint() == found.fingerprint.0)?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout().lock())
}
