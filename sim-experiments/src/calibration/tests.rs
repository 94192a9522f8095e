use super::emulator::Emulator;
use super::plan::{CalibrationPlan, Plans};
use super::sensitivity::sobol;
use crate::evidence::fault::EvidenceFile;
use crate::evidence::fitted::FittedParameters;
use crate::evidence::targets::{TargetUse, Targets};
use sim_core::base::math;
use sim_core::scenario::BuiltinSource;

mod fit;
mod toy;

fn read(text: &str) -> Result<Plans, String> {
    let file = EvidenceFile { name: "mine.ron", text };
    let plans = Plans::read(&file, &Targets::embedded().unwrap(), &BuiltinSource);
    plans.map_err(|faults| faults.to_string())
}

fn plan(points: u32) -> CalibrationPlan {
    let text = format!(
        "(plans: [(name: \"test\", runs: [(run: \"history\", seeds: 1)], points: {points}, waves: 2,
            parameters: [
            (path: \"shop.copying\", low: 2.0, high: 8.0, log: true),
            (path: \"shop.entry\", low: 0.0001, high: 0.001, log: true),
            (path: \"shop.same_trade\", low: 0.5, high: 1.0),
        ])])"
    );
    read(&text).unwrap().plans.remove(0)
}

/// A function whose first parameter matters most and whose last not at all.
fn known(point: &[f64]) -> f64 {
    3.0 * point[0] + math::sin(4.0 * point[1]) * 0.5
}

#[test]
fn the_shipped_plan_varies_what_is_listed_as_fitted_and_leaves_out_five_figures() {
    let targets = Targets::embedded().unwrap();
    let fitted = FittedParameters::embedded(&targets).unwrap();
    for plan in Plans::embedded(&targets).unwrap().plans {
        for parameter in &plan.parameters {
            assert!(fitted.of(&parameter.path).is_some(), "{} is not in fitted.ron", parameter.path);
        }
        assert!(plan.left_out.len() >= 5 && plan.out_of_time.is_some());
        let figures = plan.figures(&targets);
        for name in &plan.left_out {
            let figure = figures.iter().find(|figure| figure.name == *name).unwrap();
            assert_eq!(figure.role, TargetUse::Fit, "{name} is not fitted, so that it cannot be left out");
        }
    }
}

#[test]
fn faulty_plans_are_refused_with_lines_and_suggestions_all_at_once() {
    let text = "(plans: [(name: \"x\",
 runs: [(run: \"histories\", seeds: 0)],
 points: 3, waves: 1,
 parameters: [
  (path: \"shop.copying\", low: 3.0, high: 2.0),
  (path: \"shop.copyin\", low: 0.0, high: 2.0),
  (path: \"shop.entry\", low: 0.0, high: 2.0, log: true),
  (path: \"programme.enabled\", low: 0.0, high: 1.0)],
 left_out: [\"trial\"])])";
    let fault = read(text).unwrap_err();
    for part in [
        "mine.ron:2: x.runs: `histories`: expected the name of a run of the targets",
        "did you mean `history`?",
        "mine.ron:2: x.seeds: `0`: expected 1 or more",
        "mine.ron:3: x.points: `3`: expected 12 or more for 4 parameters",
        "mine.ron:5: shop.copying.high: `3 to 2`",
        "mine.ron:6: shop.copyin: `shop.copyin`: expected the path of a parameter",
        "did you mean `shop.copying`?",
        "mine.ron:7: shop.entry.low: `0`: expected more than 0",
        "mine.ron:7: shop.entry.high: `2`: expected a number from 0 to 1",
        "mine.ron:8: programme.enabled",
        "mine.ron:9: x.left_out: `trial`",
    ] {
        assert!(fault.contains(part), "{part} in\n{fault}");
    }
    let fault = read("(plans: [(name: \"x\", point: 3)])").unwrap_err();
    assert!(fault.contains("mine.ron:1: `point`") && fault.contains("`points`?"), "{fault}");
}

#[test]
fn first_points_have_one_in_each_strip_and_values_are_written_as_scenarios_take_them() {
    let plan = plan(20);
    let points = plan.first_points();
    for column in 0..3 {
        let mut strips: Vec<usize> = points.iter().map(|point| (point[column] * 20.0) as usize).collect();
        strips.sort_unstable();
        assert_eq!(strips, (0..20).collect::<Vec<_>>());
    }
    let changes = plan.runs[0].changes_at(&plan.parameters, &[0.5, 0.0, 1.0], &[]);
    assert_eq!(changes[0], ("shop.copying".to_owned(), "4.00000".to_owned()));
    assert_eq!(changes[2].1, "1.00000");
    let whole =
        super::plan::Parameter { path: "programme.teams".to_owned(), low: 5.0, high: 15.0, log: false };
    let whole = super::plan::Parameter { path: "programme.later_batch".to_owned(), ..whole };
    assert_eq!(whole.written(0.33), "8");
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
fn an_emulator_of_noise_says_that_it_explains_nothing() {
    let points = plan(40).first_points();
    let mut stream = crate::random::random_stream(5, 1);
    let noise: Vec<f64> = points.iter().map(|_| stream.unit()).collect();
    let emulator = Emulator::fit(&points, &noise).unwrap();
    assert!(emulator.explained < 0.2, "{}", emulator.explained);
    assert!(emulator.covered > 0.8, "{}", emulator.covered);
    let flat = Emulator::fit(&points, &[7.0; 40]).unwrap();
    assert_eq!(flat.explained, 0.0);
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
