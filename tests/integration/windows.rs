//! Windows of a day and of a week give the same picture.
//!
//! The window decides when counties and the nation speak: an opening, a pause or the markets' news arrive up
//! to a window later. With a week instead of a day, centres open at most 6 days later of the year that is
//! run, 3 on average; a station's orders of the year are then up to 3 / 300 fewer. The tolerance is that,
//! doubled, and four standard errors of the paired difference.

use super::support::{COUNTIES, counties, last, mean_and_error, orders, run, seeded, sum, with};
use sim_core::event::Measure;
use sim_core::simulation::Simulation;

type Figure = (&'static str, fn(&Simulation) -> f64);

const FIGURES: [Figure; 5] = [
    ("orders", |s| orders(s) as f64),
    ("station orders", |s| sum(s, Measure::StationOrders) as f64),
    ("stations opened", |s| sum(s, Measure::StationsOpened) as f64),
    ("regular buyers", |s| last(s, Measure::Regular) as f64),
    ("services", |s| sum(s, Measure::Services) as f64),
];

/// The relative paired difference of each figure, over seeds: mean and standard error.
fn differences(change: &[(&str, &str)]) -> Vec<(f64, f64)> {
    let base = counties(&COUNTIES[..3], 10);
    let pairs: Vec<(Simulation, Simulation)> = (1..=6)
        .map(|seed| {
            let scenario = seeded(&base, seed);
            (run(&with(scenario.clone(), &[("window_days", "7")])), run(&with(scenario, change)))
        })
        .collect();
    let relative = |figure: fn(&Simulation) -> f64, (week, other): &(Simulation, Simulation)| {
        (figure(other) - figure(week)) / figure(week).max(1.0)
    };
    FIGURES
        .iter()
        .map(|(_, figure)| {
            mean_and_error(&pairs.iter().map(|pair| relative(*figure, pair)).collect::<Vec<_>>())
        })
        .collect()
}

#[test]
fn windows_of_a_day_and_of_a_week_give_the_same_picture() {
    for ((name, _), (mean, error)) in FIGURES.iter().zip(differences(&[("window_days", "1")])) {
        assert!(mean.abs() < 0.02 + 4.0 * error, "{name}: {mean:.4} with standard error {error:.4}");
        assert!(error < 0.05, "{name}: too noisy to tell, {error:.4}");
    }
}

/// The control: a programme that starts two months later is told apart.
#[test]
fn the_tolerance_tells_two_months_apart() {
    let later = differences(&[("programme.start", "2014-12-13")]);
    let (mean, error) = later[1];
    assert!(mean < -(0.02 + 4.0 * error), "{mean:.4} with standard error {error:.4}");
}
