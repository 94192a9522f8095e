use super::emulator::Emulator;
use super::matching::{Emulated, identified, next_points, not_ruled_out};
use super::plan::{CalibrationPlan, Plans};
use super::sensitivity::sobol;
use crate::evidence::targets::Targets;

fn plan(points: u32) -> CalibrationPlan {
    let text = format!(
        "(plans: [(name: \"test\", run: \"nation\", seeds: 1, points: {points}, waves: 2, parameters: [
            (path: \"shop.copying\", low: 2.0, high: 8.0, log: true),
            (path: \"shop.entry\", low: 0.0001, high: 0.001, log: true),
            (path: \"shop.same_trade\", low: 0.5, high: 1.0),
        ])])"
    );
    Plans::read(&text, &Targets::embedded().unwrap()).unwrap().plans.remove(0)
}

/// A function whose first parameter matters most and whose last not at all.
fn known(point: &[f64]) -> f64 {
    3.0 * point[0] + sim_core::base::math::sin(4.0 * point[1]) * 0.5
}

#[test]
fn the_shipped_plans_are_sound() {
    let plans = Plans::embedded(&Targets::embedded().unwrap()).unwrap();
    assert!(!plans.plans.is_empty());
}

#[test]
fn faulty_plans_are_refused() {
    let text = "(plans: [(name: \"x\", run: \"walk\", seeds: 0, points: 3, waves: 1, parameters: [
        (path: \"shop.copying\", low: 3.0, high: 2.0), (path: \"shop.copies\", low: 0.0, high: 2.0, log: \
                true)])])";
    let fault = Plans::read(text, &Targets::embedded().unwrap()).unwrap_err();
    for part in ["3 to 2", "0 to 2", "too few", "no run `walk`", "1 or more"] {
        assert!(fault.contains(part), "{part} in {fault}");
    }
}

#[test]
fn first_points_have_one_in_each_strip() {
    let plan = plan(20);
    let points = plan.first_points();
    for column in 0..3 {
        let mut strips: Vec<usize> = points.iter().map(|point| (point[column] * 20.0) as usize).collect();
        strips.sort_unstable();
        assert_eq!(strips, (0..20).collect::<Vec<_>>());
    }
    let changes = plan.changes_at(&[0.5, 0.0, 1.0]);
    assert_eq!(changes[0], ("shop.copying".to_owned(), "4.00000".to_owned()));
    assert_eq!(changes[2].1, "1.00000");
}

#[test]
fn an_emulator_predicts_what_it_has_not_seen_and_knows_what_it_does_not_know() {
    let points = plan(40).first_points();
    let values: Vec<f64> = points.iter().map(|point| known(point)).collect();
    let emulator = Emulator::fit(&points, &values).unwrap();
    assert!(emulator.explained > 0.98, "{}", emulator.explained);
    for point in [[0.3, 0.6, 0.2], [0.9, 0.1, 0.8]] {
        let (mean, variance) = emulator.predict(&point);
        assert!((mean - known(&point)).abs() < 0.1, "{mean} {}", known(&point));
        assert!((mean - emulator.mean(&point)).abs() < 1e-9 && variance < 0.02);
    }
    assert!(emulator.predict(&[5.0, 5.0, 5.0]).1 > 5.0 * emulator.predict(&[0.5, 0.5, 0.5]).1);
    assert!(Emulator::fit(&points[..5], &values[..5]).is_none(), "too few");
}

#[test]
fn sensitivity_finds_what_matters() {
    let points = plan(60).first_points();
    let values: Vec<f64> = points.iter().map(|point| known(point)).collect();
    let emulator = Emulator::fit(&points, &values).unwrap();
    let found = sobol(&emulator, 3).unwrap();
    // Variances: 9 / 12 = 0.75 of the first; of sin(4 u) / 2 over the unit interval 0.0688 of the second.
    let share = 0.75 / (0.75 + 0.0688);
    let near = |value: f64| (value - share).abs() < 0.08;
    assert!(near(found[0].total.value) && near(found[0].first.value), "{found:?}");
    assert!(found[2].total.value < 0.02 && found[1].total.value > 0.04, "{found:?}");
}

#[test]
fn matching_keeps_what_agrees_and_learns_of_what_matters_only() {
    let targets = Targets::embedded().unwrap();
    let target = targets.target("take_off_growth").unwrap();
    let plan = plan(40);
    let points = plan.first_points();
    // Between 0.7 and 1.8 is where the first parameter is in the middle of its range.
    let values: Vec<f64> = points.iter().map(|point| 0.2 + 2.1 * point[0]).collect();
    let emulated = vec![Emulated::new(target, &points, &values).unwrap()];
    let set = not_ruled_out(&plan, &emulated, 1);
    assert!((0.2..0.9).contains(&set.share), "{}", set.share);
    let learnt = identified(&plan, &set);
    assert!(learnt[0].shrinkage < 0.9 && learnt[1].shrinkage > 0.95, "{learnt:?}");
    let next = next_points(&plan, &set, &points);
    assert_eq!(next.len(), 40);
    assert!(next.iter().all(|point| emulated[0].implausibility(point) < 3.0));
}
