//! Small scenarios and short ways to ask a run, shared by the tests of the model.

use sim_core::base::{CountyCode, Date, Fingerprint, Seed, Time};
use sim_core::event::Measure;
use sim_core::metrics::area::AreaMonth;
use sim_core::scenario::{PlaceSelection, Scenario, VillageReport};
use sim_core::simulation::{Simulation, Threads};

/// Counties from five provinces: Tonglu (Zhejiang), Pingjiang (Hunan), Lingshan (Guangxi), Sinan (Guizhou)
/// and Cao (Shandong).
pub const COUNTIES: [u32; 5] = [330_122, 430_626, 450_721, 520_624, 371_721];

/// A scenario of some villages in each of some counties, every household simulated, one year of programme.
pub fn counties(codes: &[u32], villages: u32) -> Scenario {
    let mut scenario = Scenario::new("small", "2014-10-01".parse().unwrap(), "2015-09-30".parse().unwrap());
    scenario.household_sample = 1.0;
    scenario.places.selection = codes_of(codes);
    scenario.places.villages_per_county = Some(villages);
    scenario.report.villages = VillageReport::All;
    scenario.report.village_interval = 1;
    scenario
}

/// The selection of counties with these codes.
pub fn codes_of(codes: &[u32]) -> PlaceSelection {
    PlaceSelection::Codes(codes.iter().map(|&code| CountyCode(code)).collect())
}

/// The scenario with fields set (path, value in RON; dates may go without quotes).
pub fn with(mut scenario: Scenario, changes: &[(&str, &str)]) -> Scenario {
    for (path, value) in changes {
        let is_date = value.parse::<Date>().is_ok();
        let text = if is_date { format!("\"{value}\"") } else { (*value).to_owned() };
        scenario.set(path, &text).unwrap_or_else(|faults| panic!("{path} = {value}: {faults}"));
    }
    scenario
}

/// The scenario with another seed.
pub fn seeded(scenario: &Scenario, seed: u64) -> Scenario {
    Scenario { seed: Seed(seed), ..scenario.clone() }
}

/// The scenario ready to run, on the test's own thread.
pub fn build(scenario: &Scenario) -> Simulation {
    Simulation::build(scenario, None, Threads::Sequential).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A finished run.
pub fn run(scenario: &Scenario) -> Simulation {
    let mut simulation = build(scenario);
    while simulation.step() {}
    simulation
}

/// What a run looked like at the end of each window.
pub type Trace = Vec<(Time, Fingerprint)>;

/// Steps to the end and notes every window's end and fingerprint.
pub fn trace(mut simulation: Simulation) -> Trace {
    let mut trace = Vec::new();
    loop {
        let more = simulation.step();
        trace.push((simulation.now(), simulation.fingerprint()));
        if !more {
            return trace;
        }
    }
}

/// The end of the first window in which two runs differ, if they do.
pub fn first_difference(a: &Trace, b: &Trace) -> Option<Time> {
    let differing = a.iter().zip(b).find(|(a, b)| a != b).map(|(a, _)| a.0);
    differing.or_else(|| (a.len() != b.len()).then(|| a.iter().chain(b).map(|end| end.0).max()).flatten())
}

/// Panics with the first differing window, if there is one.
pub fn assert_same(a: &Trace, b: &Trace, what: &str) {
    assert!(!a.is_empty(), "{what}: nothing was compared");
    if let Some(window) = first_difference(a, b) {
        panic!("{what}: the window that ends on {} differs first", window.date());
    }
}

/// A measure summed over the months of the run.
pub fn sum(simulation: &Simulation, measure: Measure) -> i64 {
    simulation.gathered().nation.iter().map(|month| month.value(measure)).sum()
}

/// A measure of the last month.
pub fn last(simulation: &Simulation, measure: Measure) -> i64 {
    simulation.gathered().nation.last().map_or(0, |month| month.value(measure))
}

/// A measure since the start, in one county: closed months and the open one.
pub fn since_start(simulation: &Simulation, county: usize, measure: Measure) -> i64 {
    assert_eq!(measure.kind(), sim_core::event::MeasureKind::Flow);
    let closed: i64 = simulation.gathered().counties[county].iter().map(|month| month.value(measure)).sum();
    let open = simulation.counties().nth(county).unwrap().book().value(measure);
    // What is open at an end within a month is told already.
    closed + if simulation.gathered().unfinished.is_some() { 0 } else { open }
}

/// All online orders of the run.
pub fn orders(simulation: &Simulation) -> i64 {
    [Measure::StationOrders, Measure::SelfServiceOrders, Measure::RivalOrders]
        .map(|m| sum(simulation, m))
        .iter()
        .sum()
}

/// The months of a county as bytes, so that not-a-number equals itself.
pub fn months_of(simulation: &Simulation, code: u32) -> Vec<Vec<u8>> {
    let found = simulation.setting().atlas.find(CountyCode(code)).unwrap();
    simulation.gathered().counties[found.at()].iter().map(bytes).collect()
}

/// A month as bytes.
pub fn bytes(month: &AreaMonth) -> Vec<u8> {
    postcard::to_stdvec(month).unwrap()
}

/// Mean and standard error of a sample.
pub fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}
