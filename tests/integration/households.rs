//! Households of a class differ: by taste, age, schooling, income and way. What they gain follows from that.

use super::support::{COUNTIES, counties, run, with};
use sim_core::agents::household::{Buying, Household};
use sim_core::simulation::Simulation;
use std::collections::BTreeMap;

/// A regular buyer: who it is, its income over its village's, and what its cost of living has fallen by for
/// its experience, over the mean of its class in its village.
struct Gain {
    household: Household,
    income: f64,
    fall: f64,
}

/// Two counties of thirty villages after a year, without shops: those who use self-service, or who order at
/// the station alone.
fn gains(self_service: bool, changes: &[(&str, &str)]) -> Vec<Gain> {
    let base = [("shop.entry", "0.0"), ("shop.copying", "0.0")];
    let simulation: Simulation = run(&with(with(counties(&COUNTIES[..2], 30), &base), changes));
    let p = &simulation.setting().parameters.household;
    let mut classes: BTreeMap<(usize, u16, u8), Vec<Gain>> = BTreeMap::new();
    for (county, process) in simulation.counties().enumerate() {
        process.each_living(simulation.setting(), simulation.now(), |village, living| {
            let household = village.residents[usize::from(living.record)];
            let buys = household.buying == Buying::Regular && living.fall > 0.0;
            if buys && household.self_service == self_service {
                let income = household.income_ratio() * f64::from(village.members) / village.income_base;
                let fall = living.fall / household.intensity(p);
                let class = classes.entry((county, living.village, household.class)).or_default();
                class.push(Gain { household, income, fall });
            }
        });
    }
    let mut found = Vec::new();
    for class in classes.into_values().filter(|class| class.len() > 1) {
        let usual = mean(class.iter().map(|gain| gain.fall));
        found.extend(class.into_iter().map(|gain| Gain { fall: gain.fall / usual, ..gain }));
    }
    assert!(found.len() > 300, "{} buy regularly", found.len());
    found
}

fn mean(gains: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = gains.fold((0.0, 0.0), |(sum, count), gain| (sum + gain, count + 1.0));
    sum / count
}

/// Standard deviation within classes, over their means.
fn variation(gains: &[Gain]) -> f64 {
    mean(gains.iter().map(|gain| (gain.fall - 1.0) * (gain.fall - 1.0))).sqrt()
}

/// Tastes spread gains. In the twin all have the taste of their class.
#[test]
fn the_more_tastes_differ_the_more_gains_do() {
    let [alike, usual, far] =
        ["0.0", "0.4", "0.8"].map(|spread| variation(&gains(true, &[("household.taste_spread", spread)])));
    println!("variation {alike:.3} {usual:.3} {far:.3}");
    assert!(usual > alike + 0.03 && far > usual + 0.1, "{alike} {usual} {far}");
}

/// Of the households with a head of middle age the younger gain more. In the twin ordering by smartphone is
/// no hassle to anybody.
#[test]
fn within_a_class_the_younger_gain_more() {
    let ratio = |hassle: &str| {
        let gains =
            gains(true, &[("household.self_service_hassle", hassle), ("household.taste_spread", "0.0")]);
        let aged = |from: u8, to: u8| {
            let of_age = gains.iter().filter(|gain| (from..to).contains(&gain.household.head_age));
            mean(of_age.map(|gain| gain.fall))
        };
        aged(40, 50) / aged(50, 60)
    };
    let (usual, twin) = (ratio("0.45"), ratio("0.0"));
    println!("ratio {usual:.3} twin {twin:.3}");
    assert!(usual > 1.08 && (twin - 1.0).abs() < 0.05, "{usual} and {twin}");
}

/// Of those who order at the station the richer half of each third gains more, whose trips to town cost more.
/// In the twin nobody's time is worth anything.
#[test]
fn within_a_third_of_incomes_the_richer_gain_more() {
    let ratio = |worth: &str| {
        let gains =
            gains(false, &[("household.travel_time_value", worth), ("household.taste_spread", "0.0")]);
        let mut thirds: [Vec<&Gain>; 3] = Default::default();
        gains.iter().for_each(|gain| thirds[usize::from(gain.household.class / 3)].push(gain));
        mean(thirds.into_iter().map(|mut third| {
            third.sort_by(|one, other| one.income.total_cmp(&other.income));
            let (poorer, richer) = third.split_at(third.len() / 2);
            mean(richer.iter().map(|gain| gain.fall)) / mean(poorer.iter().map(|gain| gain.fall))
        }))
    };
    let (usual, twin) = (ratio("0.5"), ratio("0.0"));
    println!("ratio {usual:.3} twin {twin:.3}");
    assert!(usual > 1.01 && (twin - 1.0).abs() < 0.008, "{usual} and {twin}");
}
