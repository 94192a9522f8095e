use super::*;
use crate::ensemble::{Ensemble, Job};
use sim_core::scenario::Scenario;
use std::ops::ControlFlow;

#[test]
fn a_paired_difference_is_students_on_the_pairs() {
    let first = [1.0, 5.0, 9.0, f64::NAN, 2.0, 4.0, 6.0, 8.0, 10.0];
    let second = [2.0, 7.0, 10.0, 3.0, 3.0, 6.0, 7.0, 10.0, 11.0];
    let found = Difference::of(&first, &second);
    assert_eq!((found.pairs, found.first), (8, 5.625));
    // Changes 1, 2, 1, 1, 2, 1, 2, 1: mean 1.375, deviation 0.5175; t with 7 degrees of freedom 2.364624.
    assert!((found.change - 1.375).abs() < 1e-12);
    assert!((found.margin - 2.364_624 * (15.0_f64 / 56.0).sqrt() / 8.0_f64.sqrt()).abs() < 1e-5);
    assert!(found.is_sure() && found.saved > 50.0 && found.correlation > 0.98);
}

#[test]
fn few_pairs_are_never_sure_even_if_they_agree() {
    for pairs in 1..8 {
        let found = Difference::of(&vec![10.0; pairs], &vec![14.0; pairs]);
        assert_eq!((found.change, found.pairs), (4.0, pairs));
        assert!(found.margin.is_nan() && !found.is_sure(), "{found:?}");
        let pairs = vec![(0.0, 1.0); pairs];
        assert!(unit_cost(&pairs, &pairs, 10).is_none());
    }
    let found = Difference::of(&[10.0; 8], &[14.0; 8]);
    assert!(found.is_sure() && found.is_constant());
}

#[test]
fn a_unit_costs_what_it_costs() {
    let cost: Vec<(f64, f64)> = (0..40).map(|at| (0.0, 100.0 + f64::from(at % 5))).collect();
    let gain: Vec<(f64, f64)> = (0..40).map(|at| (10.0, 12.0 + f64::from(at % 3) * 0.1)).collect();
    let found = unit_cost(&cost, &gain, 300).unwrap();
    let exact = 102.0 / (2.0 + 39.0 / 40.0 * 0.1);
    assert!((found.value - exact).abs() < 0.2, "{found:?} {exact}");
    assert!(found.low < found.value && found.value < found.high);
    let nothing: Vec<(f64, f64)> = (0..40).map(|at| (0.0, if at % 2 == 0 { 1.0 } else { -1.0 })).collect();
    assert!(unit_cost(&cost, &nothing, 300).is_none(), "a gain that may be nothing has no price");
}

#[test]
fn changes_are_found_and_luck_is_shared() {
    let mut first = Scenario::builtin("tiny").unwrap();
    first.set("end", "\"2015-06-30\"").unwrap();
    let mut second = first.clone();
    second.set("household.elasticity", "4.2").unwrap();
    second.name = "other".to_owned();
    let found = changes(&first, &second);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].path.as_str(), found[0].second.as_str()), ("household.elasticity", "4.2"));

    let asked = outcomes();
    assert_eq!(asked.len(), NAMES_COUNT);
    let mut seen: Vec<Option<RunObservation>> = vec![None; 12];
    Ensemble::new(2).run(
        0..12,
        |number| Ok(Job::seeded(if number % 2 == 0 { &first } else { &second }, number / 2)),
        |_, simulation| observe(simulation, &asked),
        |finished| {
            seen[finished.index as usize] = finished.result.ok();
            ControlFlow::Continue(())
        },
    );
    let side =
        |which: usize| -> Vec<&RunObservation> { seen.iter().skip(which).step_by(2).flatten().collect() };
    let orders = asked.iter().position(|outcome| outcome.name == "self_service_orders").unwrap();
    let found = difference(&side(0), &side(1), orders);
    assert_eq!(found.pairs, 6);
    assert!(found.saved > 2.0, "common random numbers at least halves the variance: {found:?}");
    assert_eq!(seen[0].as_ref().unwrap().by_county[orders].len(), 1);
    let villages = village_differences(&side(0), &side(1));
    let seen_in_both = |pair: &[Option<RunObservation>]| -> Vec<_> {
        let [a, b] = [0, 1].map(|at| pair[at].as_ref().unwrap());
        let named = |name| b.villages.iter().any(|other| other.name == name);
        a.villages.iter().map(|one| one.name).filter(|&name| named(name)).collect()
    };
    let names: std::collections::BTreeSet<_> = seen.chunks(2).flat_map(seen_in_both).collect();
    assert!(names.len() >= 5 && villages.len() == names.len());
    assert!(
        villages.iter().any(|one| one.differences[0].change != 0.0),
        "buyers differ somewhere: {villages:?}"
    );
    let same = difference(&side(0), &side(0), orders);
    assert!(same.change == 0.0 && same.saved.is_nan() && !same.is_sure());
}

const NAMES_COUNT: usize = 34;
