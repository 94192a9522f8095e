//! Samples of 100, 10 and 1 % give the same picture of a county, and of five.
//!
//! Runs are paired: the sample and the whole share their seed, and with it their villages and the programme's
//! draws. The mean of the relative differences over the pairs has a known standard error; the tolerance is
//! 3.5 of it, one false alarm in 200 over the comparisons of a place, and what the shipped table says of such
//! a sample (`data/sample_bias.csv`, measured with more seeds, villages and months): the bias and its
//! interval. If a change of the model makes samples worse than the table says, this fails.

use super::support::{COUNTIES, counties, last, mean_and_error, run, seeded, sum};
use sim_core::event::{Distribution, Measure};
use sim_core::metrics::area::AreaMonth;
use sim_core::metrics::sample_bias;
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

/// An outcome of the shipped table, and its figure.
type Figure = (&'static str, fn(&Simulation) -> f64);

const FIGURES: [Figure; 7] = [
    ("self_service_orders", |s| sum(s, Measure::SelfServiceOrders) as f64),
    ("station_orders", |s| sum(s, Measure::StationOrders) as f64),
    ("partner_income_mean", |s| incomes(s, |spread| spread.mean)),
    ("partner_income_p50", |s| incomes(s, |spread| spread.p50)),
    ("partner_income_p90", |s| incomes(s, |spread| spread.p90)),
    ("buying_share", |s| (last(s, Measure::Trial) + last(s, Measure::Regular)) as f64),
    ("shops", |s| (sum(s, Measure::ShopsOpenedUnprompted) + sum(s, Measure::ShopsCopied)) as f64),
];

/// What the shipped table says that a sample may distort an outcome by, as a share.
fn told(outcome: &str, sample: f64) -> f64 {
    let all = sample_bias::measured();
    let row = all.iter().find(|row| row.outcome == outcome && row.sample == sample).unwrap();
    (row.percent.abs() + row.interval) / 100.0
}

/// The runs of a sample, one for each seed.
fn runs(scenario: &Scenario, sample: f64) -> Vec<Simulation> {
    let mut scenario = scenario.clone();
    scenario.household_sample = sample;
    (1..=PAIRS).map(|seed| run(&seeded(&scenario, seed))).collect()
}

/// Figures whose paired difference is more than noise and the distortion allowed at this sample.
fn differing(whole: &[Simulation], runs: &[Simulation], sample: f64) -> Vec<String> {
    let mut found = Vec::new();
    for (name, figure) in FIGURES {
        let relative = |(whole, sample): (&Simulation, &Simulation)| figure(sample) / figure(whole) - 1.0;
        let differences: Vec<f64> = whole.iter().zip(runs).map(relative).collect();
        let (mean, error) = mean_and_error(&differences);
        println!("{name}: {mean:.4} with standard error {error:.4}");
        // As a part of what the samples show: what is twice as high varies twice as much.
        assert!(error < 0.1 * (1.0 + mean).max(1.0), "{name}: too noisy to tell, {error:.4}");
        if mean.abs() > told(name, sample) + 3.5 * error {
            found.push(format!("{name}: {mean:.4} with standard error {error:.4}"));
        }
    }
    found
}

fn compare(scenario: &Scenario) {
    let whole = runs(scenario, 1.0);
    for sample in [0.1, 0.01] {
        println!("sample {sample}");
        let found = differing(&whole, &runs(scenario, sample), sample);
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

/// The control: a sample that distorted learning, selling and pay by a half is told apart.
#[test]
fn the_tolerance_tells_a_distorted_sample_apart() {
    let scenario = scenario(&COUNTIES[1..2], 60);
    let mut distorted = scenario.clone();
    distorted.parameters.household.persuasion *= 1.5;
    distorted.parameters.household.trial_self_service *= 1.5;
    distorted.parameters.shop.entry *= 1.5;
    distorted.parameters.partner.commission *= 1.5;
    let found = differing(&runs(&scenario, 1.0), &runs(&distorted, 0.1), 0.1);
    for name in ["self_service_orders", "partner_income_mean", "buying_share", "shops"] {
        assert!(found.iter().any(|line| line.starts_with(name)), "{name} is not told apart: {found:?}");
    }
}

/// In the whole, what decisions see of a month's orders is what was counted; and so is what partners earn.
#[test]
fn in_the_whole_decisions_see_what_was_counted() {
    let scenario = scenario(&COUNTIES[1..2], 30);
    let seen = |sample: f64| {
        let mut scenario = scenario.clone();
        scenario.household_sample = sample;
        let simulation = run(&scenario);
        let county = simulation.counties().next().unwrap();
        let partners = county.villages().iter().filter(|village| village.open_station().is_some());
        partners
            .map(|village| {
                let orders = village.station.as_ref().map_or(0, |station| station.orders_last);
                (village.traffic.station_orders, f64::from(orders))
            })
            .collect::<Vec<_>>()
    };
    let whole = seen(1.0);
    assert!(whole.len() > 5 && whole.iter().all(|(seen, counted)| seen == counted), "{whole:?}");
    // In a sample counts are those of bundles, of which a month has none or many; what is seen is as in the
    // whole.
    let sample = seen(0.01);
    assert!(sample.iter().any(|(_, counted)| *counted == 0.0));
    let mean = |all: &[(f64, f64)]| all.iter().map(|(seen, _)| seen).sum::<f64>() / all.len() as f64;
    assert!((mean(&sample) / mean(&whole) - 1.0).abs() < 0.3, "{sample:?} {whole:?}");
    assert!(sample.iter().filter(|(seen, _)| *seen == 0.0).count() * 3 < sample.len(), "{sample:?}");
}
