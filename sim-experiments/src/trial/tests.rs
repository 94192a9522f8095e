use super::*;
use crate::ensemble::{Ensemble, Job};
use sim_core::scenario::Scenario;
use std::ops::ControlFlow;

/// A trial in two small counties, with changes.
fn panel(changes: &[(&str, &str)]) -> Panel {
    let mut scenario = Scenario::builtin("trial").unwrap();
    let small = [
        ("places.select", "Codes([340323, 520425])"),
        ("places.villages_per_county", "30"),
        ("programme.candidates_per_county", "24"),
        ("trial.survey_villages", "40"),
        ("trial.control_villages", "16"),
        ("household_sample", "0.1"),
        ("programme.second_screening", "true"),
        ("trial.late_openings", "5"),
        ("start", "\"2015-09-01\""),
    ];
    for (path, value) in small.iter().chain(changes) {
        scenario.set(path, value).unwrap();
    }
    let mut found = None;
    Ensemble::new(1).run(
        1..2,
        |seed| Ok(Job::seeded(&scenario, seed)),
        |_, simulation| Panel::of(simulation),
        |finished| {
            found = Some(finished.result.unwrap());
            ControlFlow::Continue(())
        },
    );
    found.unwrap()
}

#[test]
fn the_panel_is_the_design() {
    let panel = panel(&[]);
    let (assigned, control) = (panel.arm(true), panel.arm(false));
    assert_eq!((assigned.villages, control.villages), (24, 16));
    assert_eq!(assigned.households, 24 * 28);
    assert!(assigned.found < assigned.households && control.found < control.households);
    assert!(assigned.opened > assigned.villages / 2, "{assigned:?}");
    assert!(control.opened <= panel.let_in(), "{control:?}: only those let in may open");
    let near = panel.households.iter().filter(|household| household.before.near).count();
    assert_eq!(near, (24 + 16) * 14);
    let untouched =
        |household: &PanelHousehold| !household.before.ever_at_station && !household.before.station_opened;
    assert!(panel.households.iter().all(untouched), "nothing opens before the baseline");
}

#[test]
fn stations_are_used_where_they_open_and_nowhere_else() {
    let panel = panel(&[]);
    for (household, after) in panel.pairs() {
        if !household.opened {
            assert_eq!(after.spending.station_orders, 0);
            assert!(!after.ever_at_station);
        }
        assert!(after.cost_of_living <= 0.0 && after.income.total() > 0.0);
    }
    let analysis = analyse(&panel);
    let used = analysis.effect("station_ever").unwrap().intended.clone().unwrap();
    assert!(used.t().unwrap() > 2.0, "{used:?}");
    let first = analysis.first_stage.clone().unwrap();
    assert!(first.estimate.coefficient > 0.5 && first.f > 10.0);
    // Two-stage least squares with one instrument is the effect of assignment over the first stage, almost:
    // the baseline of this outcome is zero for everybody.
    let treated = analysis.effect("station_ever").unwrap().treated.clone().unwrap();
    assert!((treated.coefficient - used.coefficient / first.estimate.coefficient).abs() < 1e-6);
    assert!(analysis.warnings.iter().any(|text| text.contains("sample")), "{:?}", analysis.warnings);
}

#[test]
fn a_trial_of_nothing_finds_nothing_and_says_so() {
    let panel = panel(&[("programme.enabled", "false")]);
    let analysis = analyse(&panel);
    assert_eq!((analysis.assigned.opened, analysis.control.opened), (0, 0));
    assert!(analysis.effects.iter().all(|effect| effect.treated.is_err()));
    let used = analysis.effect("station_ever").unwrap().intended.clone().unwrap();
    assert_eq!((used.coefficient, used.error), (0.0, None));
    let income = analysis.effect("income").unwrap().intended.clone().unwrap();
    assert!(income.p().unwrap() > 0.001, "arms differ by chance only: {income:?}");
}

#[test]
fn few_villages_are_warned_of() {
    let few = panel(&[("trial.survey_villages", "12"), ("trial.control_villages", "4")]);
    let warnings = analyse(&few).warnings;
    assert!(warnings.iter().any(|text| text.contains("12 villages are few clusters")), "{warnings:?}");
    assert!(warnings.iter().any(|text| text.contains("only 4 control villages")), "{warnings:?}");
    let empty = analyse(&Panel::default());
    assert!(empty.effects.iter().all(|effect| effect.intended.is_err()));
}

#[test]
fn recurrences_count_seeds() {
    let estimate =
        |coefficient| crate::econometrics::Estimate { coefficient, error: Some(1.0), freedom: 99.0 };
    let recurrence = Recurrence::of(&[estimate(3.0), estimate(-1.0), estimate(1.0)]);
    assert_eq!((recurrence.seeds, recurrence.found, recurrence.positive), (3, 1, 2));
    assert_eq!((recurrence.mean, recurrence.deviation, recurrence.error), (1.0, 2.0, 1.0));
}
