//! Samples of 100, 10 and 1 % give the same picture of a county, and of five.
//!
//! Runs are paired: the sample and the whole share their seed, and with it their villages and the programme's
//! draws. The mean of the relative differences over the pairs has a known standard error; the tolerance is
//! 3.5
//! of it, one false alarm in 200 over the twelve comparisons of a place. To that comes what a sample is known
//! to distort:
//!
//! - A village keeps 24 records at least. Villages of few records differ more from each other in what their
//!   households spend (24 records with a spread of 0.9 add 18 % to a village's), which widens the
//!   distribution of partners' incomes: its 90th percentile may rise by 20 %.
//! - Orders come in bundles. Where a bundle is more than a record's households order until buying is a habit,
//!   the habit comes late: at 1 % a bundle of 100 orders brings ten parcels to each of a record's ten
//!   households, where three would do. Orders and what follows from them may be 12 % fewer, at 10 % (one
//!   parcel each) 5 %.

use super::support::{COUNTIES, counties, last, mean_and_error, orders, run, seeded, sum};
use sim_core::event::{Distribution, Measure};
use sim_core::metrics::area::AreaMonth;
use sim_core::metrics::spread::Spread;
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;

/// Pairs of runs.
const PAIRS: u64 = 16;

fn incomes(simulation: &Simulation, figure: fn(&Spread) -> f32) -> f64 {
    let months: Vec<&AreaMonth> = simulation.gathered().nation.iter().rev().take(6).collect();
    let sum: f64 =
        months.iter().map(|month| f64::from(figure(month.spread(Distribution::PartnerIncome)))).sum();
    sum / months.len() as f64
}

/// Name, what samples of 10 % and of 1 % may distort beside noise, and the figure.
type Figure = (&'static str, [f64; 2], fn(&Simulation) -> f64);

const FIGURES: [Figure; 6] = [
    ("orders", [0.05, 0.12], |s| orders(s) as f64),
    ("station orders", [0.05, 0.12], |s| sum(s, Measure::StationOrders) as f64),
    ("partners' mean income", [0.05, 0.12], |s| incomes(s, |spread| spread.mean)),
    ("partners' 90th percentile of income", [0.2, 0.2], |s| incomes(s, |spread| spread.p90)),
    ("buying households", [0.05, 0.05], |s| (last(s, Measure::Trial) + last(s, Measure::Regular)) as f64),
    ("shops opened", [0.05, 0.05], |s| {
        (sum(s, Measure::ShopsOpenedUnprompted) + sum(s, Measure::ShopsCopied)) as f64
    }),
];

/// The runs of a sample, one for each seed.
fn runs(scenario: &Scenario, sample: f64) -> Vec<Simulation> {
    let mut scenario = scenario.clone();
    scenario.household_sample = sample;
    (1..=PAIRS).map(|seed| run(&seeded(&scenario, seed))).collect()
}

/// Figures whose paired difference is more than noise and the distortion allowed at this sample.
fn differing(whole: &[Simulation], sample: &[Simulation], at: usize) -> Vec<String> {
    let mut found = Vec::new();
    for (name, distortion, figure) in FIGURES {
        let relative = |(whole, sample): (&Simulation, &Simulation)| figure(sample) / figure(whole) - 1.0;
        let differences: Vec<f64> = whole.iter().zip(sample).map(relative).collect();
        let (mean, error) = mean_and_error(&differences);
        println!("{name}: {mean:.4} with standard error {error:.4}");
        assert!(error < 0.08, "{name}: too noisy to tell, {error:.4}");
        if mean.abs() > distortion[at] + 3.5 * error {
            found.push(format!("{name}: {mean:.4} with standard error {error:.4}"));
        }
    }
    found
}

fn compare(scenario: &Scenario) {
    let whole = runs(scenario, 1.0);
    for (at, sample) in [0.1, 0.01].into_iter().enumerate() {
        println!("sample {sample}");
        let found = differing(&whole, &runs(scenario, sample), at);
        assert!(found.is_empty(), "{sample}: {found:?}");
    }
}

fn scenario(codes: &[u32], villages: u32) -> Scenario {
    let mut scenario = counties(codes, villages);
    scenario.parameters.shop.entry = 0.005;
    scenario
}

#[test]
fn samples_of_one_county_give_the_same_picture() {
    compare(&scenario(&COUNTIES[1..2], 60));
}

#[test]
fn samples_of_five_counties_give_the_same_picture() {
    compare(&scenario(&COUNTIES, 15));
}

/// The control: a sample that distorted learning by a half is told apart.
#[test]
fn the_tolerance_tells_a_distorted_sample_apart() {
    let scenario = scenario(&COUNTIES[1..2], 60);
    let mut distorted = scenario.clone();
    distorted.parameters.household.persuasion *= 1.5;
    distorted.parameters.household.trial_self_service *= 1.5;
    distorted.parameters.shop.entry *= 1.5;
    let found = differing(&runs(&scenario, 1.0), &runs(&distorted, 0.1), 0);
    for name in ["orders", "partners' mean income", "buying households", "shops opened"] {
        assert!(found.iter().any(|line| line.starts_with(name)), "{name} is not told apart: {found:?}");
    }
}
