//! What must follow when a scenario changes: what cannot matter does not, to the bit; what helps does not
//! hurt.
//!
//! Comparisons of outcomes are paired: the two runs of a pair share their seed, and with it all random draws
//! that the change does not touch. "Not worse beyond chance" is a one-sided t-test of the paired differences
//! at 0.1 % over fixed seeds; each has the reversed comparison as its control, which must fail.

use super::support::{
    COUNTIES, assert_same, build, bytes, counties, months_of, orders, run, seeded, sum, trace, with,
};
use sim_core::event::{Distribution, Measure};
use sim_core::params::{Parameters, Tranche};
use sim_core::scenario::{BuiltinSource, MemorySource, Scenario, Source, load};
use sim_core::simulation::Simulation;

/// Seeds of paired comparisons.
const SEEDS: u64 = 14;
/// The 99.9th percentile of Student's t with 13 degrees of freedom.
const T: f64 = 3.852;

/// What a county's villages order and learn, with nothing national to join counties but the markets.
fn apart(scenario: Scenario) -> Scenario {
    with(scenario, &[("programme.enabled", "false"), ("government.demonstration", "false")])
}

fn same_run(a: &Scenario, b: &Scenario, what: &str) {
    assert_same(&trace(build(a)), &trace(build(b)), what);
}

#[test]
fn without_a_budget_there_is_no_station() {
    let nothing = with(counties(&COUNTIES, 5), &[("programme.tranches", "[]")]);
    let simulation = run(&nothing);
    let opened = [Measure::StationsOpened, Measure::VillagesScreened, Measure::StationOrders]
        .map(|m| sum(&simulation, m));
    assert_eq!(opened, [0; 3]);
    assert!(orders(&simulation) > 1_000 && sum(&run(&counties(&COUNTIES, 5)), Measure::StationsOpened) > 10);
}

#[test]
fn more_budget_never_opens_fewer_stations() {
    for seed in 1..=4 {
        // A county commits some 2.3 million yuan: one county, two, four, all.
        let opened = [3.0, 5.0, 10.0, 40.0].map(|millions| {
            let mut scenario = seeded(&counties(&COUNTIES, 5), seed);
            scenario.parameters.programme.tranches = vec![Tranche("2014-10-13".parse().unwrap(), millions)];
            sum(&run(&scenario), Measure::StationsOpened)
        });
        assert!(opened.is_sorted() && opened[0] < opened[3], "seed {seed}: {opened:?}");
    }
}

#[test]
fn a_tranche_split_in_two_is_one() {
    let granted = |parts: &[f64]| {
        let mut scenario = counties(&COUNTIES[..3], 5);
        let tranche = |&millions: &f64| Tranche("2014-10-13".parse().unwrap(), millions);
        scenario.parameters.programme.tranches = parts.iter().map(tranche).collect();
        scenario
    };
    same_run(&granted(&[5.5]), &granted(&[2.0, 3.5]), "a grant in two parts");
}

#[test]
fn a_scenario_that_changes_nothing_is_its_base() {
    let default = Parameters::default().get("household.elasticity").unwrap();
    let child = format!(
        "(base: \"tiny.ron\", name: \"tiny\", household: (elasticity: {default}), end: \"2015-06-30\")"
    );
    let source = MemorySource::of("child.ron", child).with("tiny.ron", BuiltinSource.read("tiny").unwrap());
    let child = load(&source, "child.ron", &[]).unwrap();
    let base = with(Scenario::builtin("tiny").unwrap(), &[("end", "2015-06-30")]);
    assert_eq!(child, base);
    same_run(&child, &base, "a child that changes nothing");
}

/// Every measure that has a start, on everywhere, from after the run's end on.
#[test]
fn measures_after_the_end_are_none() {
    let base = counties(&COUNTIES[..3], 5);
    let mut late = base.clone();
    for measure in ["road", "broadband", "courier", "training", "credit", "rent", "quality", "export"] {
        let changes = [
            (format!("government.{measure}_target"), "Everywhere"),
            (format!("government.{measure}_start"), "2015-10-02"),
        ];
        late = with(late, &changes.each_ref().map(|(path, value)| (path.as_str(), *value)));
    }
    late = with(late, &[("world.shocks", "[(kind: RoadsClosed, start: \"2015-10-02\", weeks: 4)]")]);
    same_run(&base, &late, "measures after the end");
    let early = with(
        base.clone(),
        &[("government.courier_target", "Everywhere"), ("government.courier_subsidy", "20.0")],
    );
    assert_ne!(trace(build(&base)), trace(build(&early)), "the control: in time they matter");
}

/// A programme that starts after the end is none, apart from its treasury, which money reaches by its own
/// dates.
#[test]
fn a_programme_after_the_end_is_none() {
    let base = counties(&COUNTIES[..3], 5);
    let [never, late] = [("programme.enabled", "false"), ("programme.start", "2016-01-01")]
        .map(|change| run(&with(base.clone(), &[change])));
    for &code in &COUNTIES[..3] {
        assert_eq!(months_of(&never, code), months_of(&late, code), "{code}");
    }
}

/// A shock in one province leaves counties elsewhere as they were, until the markets bring news of it. Nobody
/// sells here, so that there is none.
#[test]
fn a_shock_leaves_other_provinces_untouched() {
    let calm = with(apart(counties(&COUNTIES, 5)), &[("shop.entry", "0.0"), ("shop.copying", "0.0")]);
    for kind in ["RoadsClosed", "CourierStrike", "DemandSlump"] {
        let shocks =
            format!("[(kind: {kind}, start: \"2014-12-10\", weeks: 5, provinces: [43], strength: 0.5)]");
        let (calm, struck) = (run(&calm), run(&with(calm.clone(), &[("world.shocks", &shocks)])));
        for code in COUNTIES {
            let same = months_of(&calm, code) == months_of(&struck, code);
            let reached = code / 10_000 == 43 && kind != "DemandSlump";
            assert_eq!(same, !reached, "{kind} in province 43 and county {code}");
        }
    }
}

#[test]
fn reporting_changes_nothing_but_the_tables() {
    let base = counties(&COUNTIES[..3], 6);
    let seldom = with(
        base.clone(),
        &[
            ("report.villages", "Nothing"),
            ("report.village_interval", "12"),
            ("report.household_interval", "7"),
        ],
    );
    let (often, seldom) = (run(&with(base, &[("report.household_interval", "1")])), run(&seldom));
    assert_eq!((often.events(), often.orders()), (seldom.events(), seldom.orders()));
    assert_ne!(often.gathered().villages.len(), seldom.gathered().villages.len());
    // What a review of households finds is written down when it is made, and is the tables' business.
    let reviewed = [Measure::Poor, Measure::BetterOff, Measure::SavingYuan];
    for (a, b) in often.gathered().nation.iter().zip(&seldom.gathered().nation) {
        for &measure in Measure::ALL.iter().filter(|measure| !reviewed.contains(measure)) {
            assert_eq!(a.value(measure), b.value(measure), "{} in {}", measure.name(), a.month);
        }
    }
    let last = |simulation: &Simulation| bytes(simulation.gathered().nation.last().unwrap());
    assert_eq!(last(&often), last(&seldom), "the last month is always reviewed");
}

/// All prices, incomes, costs and limits in yuan times a factor.
fn priced(scenario: &Scenario, factor: f64) -> Scenario {
    let mut scenario = scenario.clone();
    let p = &mut scenario.parameters;
    for row in Parameters::catalogue().iter().filter(|row| row.unit.is_money()) {
        let path = row.path();
        if let Ok(value) = p.get(&path).unwrap().parse::<f64>() {
            p.set(&path, &format!("{:?}", value * factor)).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        }
    }
    for series in [
        &mut p.income.rural_income,
        &mut p.income.migrant_wage,
        &mut p.income.poverty_line,
        &mut p.market.online_retail,
    ] {
        *series = series.scaled(factor);
    }
    p.programme.tranches.iter_mut().for_each(|tranche| tranche.1 *= factor);
    // A hazard for each 100 yuan of promotion.
    p.household.awareness_promotion /= factor;
    scenario
}

/// Quantities do not depend on the unit of money. Eight times instead of ten: a power of two leaves every
/// rounding of real numbers as it was. What remains is the rounding of payments to whole fen, which can tip a
/// shop or a partner that stands within a fen of a threshold: hence a tolerance of 0.1 %, and not of none.
#[test]
fn eight_times_all_prices_and_incomes_give_the_same_quantities() {
    let scenario = with(counties(&COUNTIES[..3], 6), &[("shop.entry", "0.01")]);
    let (plain, dear) = (run(&scenario), run(&priced(&scenario, 8.0)));
    let mut seen = 0;
    for &measure in Measure::ALL.iter().filter(|measure| !measure.unit().is_money()) {
        let (a, b) = (sum(&plain, measure), sum(&dear, measure));
        seen += i64::from(a > 0);
        assert!((a - b).abs() as f64 <= 0.001 * a as f64 + 0.5, "{}: {a} and {b}", measure.name());
    }
    assert!(seen > 50, "only {seen} measures are above zero");
    let value = |s: &Simulation| sum(s, Measure::SelfServiceValue) as f64;
    assert!((value(&dear) / value(&plain) - 8.0).abs() < 0.01);
    // The control: prices alone are felt.
    let mut only_prices = scenario.clone();
    only_prices.parameters.household.basket_consumer *= 8.0;
    let fewer = sum(&run(&only_prices), Measure::ConsumerOrders) as f64;
    assert!(fewer < 0.5 * sum(&plain, Measure::ConsumerOrders) as f64);
}

/// The paired differences of an outcome, changed less base, over the seeds.
fn paired(changes: &[(&str, &str)], outcome: fn(&Simulation) -> f64) -> Vec<f64> {
    let base = counties(&COUNTIES[..3], 8);
    (1..=SEEDS)
        .map(|seed| {
            let base = seeded(&base, seed);
            outcome(&run(&with(base.clone(), changes))) - outcome(&run(&base))
        })
        .collect()
}

/// Whether the differences are below zero beyond chance.
fn is_worse(differences: &[f64]) -> bool {
    let (mean, error) = super::support::mean_and_error(differences);
    mean < -T * error
}

/// The change does not make the outcome (larger is better) worse; and the reverse change does, beyond chance.
fn helps(changes: &[(&str, &str)], outcome: fn(&Simulation) -> f64) {
    let differences = paired(changes, outcome);
    assert!(!is_worse(&differences), "{changes:?} hurt: {differences:?}");
    let reversed: Vec<f64> = differences.iter().map(|difference| -difference).collect();
    assert!(is_worse(&reversed), "the control: {changes:?} cannot be told from nothing: {differences:?}");
}

fn station_days(simulation: &Simulation) -> f64 {
    let month = simulation.gathered().nation.last().unwrap();
    f64::from(month.spread(Distribution::StationDelivery).mean) / 24.0
}

#[test]
fn a_faster_trunk_line_shortens_delivery() {
    helps(&[("logistics.trunk_max", "1.5")], |s| -station_days(s));
}

#[test]
fn daily_trucks_do_not_make_stations_slower() {
    let differences = paired(&[("logistics.longest_interval", "1")], |s| -station_days(s));
    assert!(!is_worse(&differences), "{differences:?}");
}

#[test]
fn faster_delivery_does_not_lose_orders() {
    helps(&[("logistics.trunk_max", "1.5"), ("logistics.pickup_wait", "0.5")], |s| orders(s) as f64);
}

#[test]
fn lower_delivery_fees_bring_orders() {
    helps(&[("household.delivery_fee", "1.0")], |s| sim_core::base::math::ln(orders(s) as f64));
}

#[test]
fn lower_platform_fees_do_not_close_shops() {
    let lower = [("platform.fee", "0.0"), ("platform.rival_fee", "0.0"), ("shop.entry", "0.02")];
    let base = [("shop.entry", "0.02")];
    let profits = |s: &Simulation| sum(s, Measure::ShopProfits) as f64;
    let (lower, base) = (paired(&lower, profits), paired(&base, profits));
    let differences: Vec<f64> = lower.iter().zip(base).map(|(lower, base)| lower - base).collect();
    assert!(!is_worse(&differences), "{differences:?}");
}

#[test]
fn more_training_makes_partners_more_skilled() {
    let skill = |s: &Simulation| {
        sum(s, Measure::SkillThousandths) as f64 / sum(s, Measure::StationsOpen).max(1) as f64
    };
    helps(&[("programme.training_hours", "60.0"), ("programme.trainers", "4.0")], skill);
}

#[test]
fn more_training_does_not_lose_orders_at_stations() {
    let training = [("programme.training_hours", "60.0"), ("programme.trainers", "4.0")];
    let differences = paired(&training, |s| sum(s, Measure::StationOrders) as f64);
    assert!(!is_worse(&differences), "{differences:?}");
}

/// Common random numbers at least halve the variance of a comparison.
#[test]
fn shared_luck_halves_the_variance_of_a_comparison() {
    let fee = [("household.delivery_fee", "3.0")];
    let error = |values: &[f64]| super::support::mean_and_error(values).1;
    let base = counties(&COUNTIES[..3], 8);
    let outcomes = |changes: &[(&str, &str)], first: u64| -> Vec<f64> {
        (first..first + 8).map(|seed| orders(&run(&with(seeded(&base, seed), changes))) as f64).collect()
    };
    let (plain, cheap, others) = (outcomes(&[], 1), outcomes(&fee, 1), outcomes(&fee, 101));
    let difference = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<f64>>();
    let [shared, own] = [&cheap, &others].map(|with_fee| error(&difference(with_fee, &plain)));
    let ratio = (shared * shared) / (own * own);
    assert!(ratio < 0.5, "common random numbers leaves {ratio:.2} of the variance");
}
