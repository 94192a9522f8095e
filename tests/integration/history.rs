//! A run that begins in 2014 begins with the shops that a run from 2009 has by then.

use super::support::{COUNTIES, build, counties, last, mean_and_error, run, seeded, with};
use sim_core::base::math::ln;
use sim_core::event::Measure;
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;

/// Seeds; fixed beforehand.
const SEEDS: u64 = 28;

/// Founders a little more frequent than by default: so few counties have too few shops by 2014 to tell chance
/// from a fault.
fn late() -> Scenario {
    let mut scenario = counties(&COUNTIES, 60);
    scenario.household_sample = 0.01;
    scenario.parameters.shop.entry = 0.0005;
    scenario
}

/// The same places from before the first shop until the late run begins.
fn early() -> Scenario {
    with(late(), &[("start", "2009-01-01"), ("end", "2014-09-30")])
}

fn shops(simulation: &Simulation) -> f64 {
    simulation.counties().map(|county| county.shops().count() as f64).sum()
}

fn jobs(simulation: &Simulation) -> f64 {
    let sellers = simulation.counties().flat_map(|county| county.villages());
    let jobs = sellers.filter_map(|village| village.sellers.as_ref().map(|sellers| sellers.jobs));
    f64::from(jobs.sum::<u32>())
}

/// Logarithms of the late run's figure over the early one's, a pair a seed.
fn differences(figure: fn(&Simulation) -> f64, changes: &[(&str, &str)]) -> Vec<f64> {
    let late = with(late(), changes);
    let pair = |seed| {
        let simulated = figure(&run(&seeded(&early(), seed)));
        let remembered = figure(&build(&seeded(&late, seed)));
        ln(remembered.max(1.0) / simulated.max(1.0))
    };
    (1..=SEEDS).map(pair).collect()
}

/// The two use common random numbers. What differs is that the history exchanges with the markets once a
/// month instead of once a week, and that couriers are those of the mean village: a tenth is allowed for
/// that, and four standard errors for chance.
#[test]
fn the_past_of_a_late_run_is_what_an_early_run_goes_through() {
    for (name, figure) in [("shops", shops as fn(&Simulation) -> f64), ("jobs", jobs)] {
        let (mean, error) = mean_and_error(&differences(figure, &[]));
        assert!(
            mean.abs() < 0.1 + 4.0 * error && error < 0.1,
            "{name}: {mean:.3} with a standard error of {error:.3}"
        );
    }
}

/// The control: a history shorter by more than half must not pass.
#[test]
fn a_shorter_past_is_told_apart() {
    let (mean, error) = mean_and_error(&differences(shops, &[("shop.history", "2012-07-01")]));
    assert!(mean.abs() > 0.1 + 4.0 * error, "{mean:.3} with a standard error of {error:.3}");
}

#[test]
fn the_past_is_not_in_the_books() {
    let simulation = build(&late());
    assert!(shops(&simulation) > 0.0);
    for county in simulation.counties() {
        assert_eq!(county.book().value(Measure::ShopSales), 0);
        assert_eq!(county.book().value(Measure::ShopsOpenedUnprompted), 0);
        assert_eq!(county.book().ledger().totals(), Default::default());
    }
}

#[test]
fn without_a_history_a_run_begins_without_shops() {
    let bare = with(late(), &[("shop.history", "2014-10-01")]);
    assert_eq!(shops(&build(&bare)), 0.0);
    let later = with(late(), &[("shop.history", "2020-01-01")]);
    assert_eq!(shops(&build(&later)), 0.0);
    assert!(last(&run(&bare), Measure::Shops) > 0, "they come with time");
}
