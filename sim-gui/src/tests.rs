//! The window without a window: panels drawn, levers moved, buttons pressed, answers waited for.

mod chinese;
mod claims;
mod comparing;
mod exporting;
mod faults;
mod hands;
mod holding;
mod keeping;
mod measures;
mod painter;
mod pictures;
pub mod plans;
mod reach;
mod regions;
mod shapes;
mod table;
mod teaching;

use crate::app::App;
use crate::lever::{self, LeverKind};
use crate::panels::files::Dialog;
use crate::plan::Plan;
use crate::state::State;
use crate::theme::Theme;
use crate::view::{Selected, Tab, View};
use crate::work::story::Entity;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use sim_core::base::Fingerprint;
use sim_core::simulation::{Simulation, Threads};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longest wait for an answer, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

fn tiny() -> Plan {
    Plan::of("tiny").with("end", "\"2015-06-30\"")
}

fn window_of(plan: Plan, size: [f32; 2]) -> Harness<'static, App> {
    let state = State::new(plan, View::default(), 2, Arc::new(|| ()));
    let app = App::new(state, None);
    Harness::builder()
        .with_size(egui::vec2(size[0], size[1]))
        .with_max_steps(50)
        .build_ui_state(|ui, app: &mut App| app.show(ui), app)
}

fn window() -> Harness<'static, App> {
    window_of(tiny(), [1280.0, 800.0])
}

fn wait_until(harness: &mut Harness<'_, App>, what: &str, met: impl Fn(&State) -> bool) {
    let since = Instant::now();
    while !met(&harness.state().state) {
        assert!(since.elapsed() < PATIENCE, "waited too long for {what}");
        std::thread::sleep(Duration::from_millis(3));
        harness.step();
    }
    harness.step();
}

fn is_recorded(state: &State) -> bool {
    state.run_of(state.current.id()).is_some_and(|run| run.ending.is_some())
}

fn is_answered(state: &State) -> bool {
    state.level().is_some()
}

fn headless(plan: &Plan) -> Fingerprint {
    let scenario = plan.prepare().unwrap().scenario;
    let mut simulation = Simulation::build(&scenario, None, Threads::Sequential).unwrap();
    while simulation.step() {}
    simulation.fingerprint()
}

fn fingerprint(state: &State) -> Option<Fingerprint> {
    let run = state.run_of(state.current.id())?;
    Some(run.ending.as_ref()?.fingerprint)
}

#[test]
fn a_run_in_the_window_is_the_run_without_one() {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    let state = &harness.state().state;
    assert_eq!(fingerprint(state), Some(headless(&tiny())));
    // Not equal by being blind: another seed is another run.
    assert_ne!(fingerprint(state), Some(headless(&tiny().with("seed", "2"))));
    let run = state.run_of(state.current.id()).unwrap();
    assert_eq!((run.months.len(), run.places.len()), (9, 5));
    assert!(run.frames.len() >= 9, "{}", run.frames.len());
}

#[test]
fn a_branch_in_the_window_is_the_branch_without_one() {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    let state = &mut harness.state_mut().state;
    state.clock.seek(14.0 * 12.0 + 12.0);
    harness.step();
    harness.get_by_label("Branch here").click();
    harness.step();
    harness.get_by_label("Changes hold from 2015-01-01 on.");
    harness.state_mut().state.set("programme.promotion", "900.0");
    let id = harness.state().state.current.id();
    wait_until(&mut harness, "the branch", |state| state.current.id() != id && is_recorded(state));
    let plan = harness.state().state.plans.now().clone();
    let mut simulation =
        Simulation::build(&plan.prepare().unwrap().scenario, None, Threads::Sequential).unwrap();
    let later = plan.prepare().unwrap().later.unwrap();
    while simulation.now() < later.time {
        simulation.step();
    }
    let bytes = simulation.checkpoint().unwrap();
    let mut branch = Simulation::branch(&bytes, &later.changes, Threads::Sequential).unwrap();
    while branch.step() {}
    assert_eq!(fingerprint(&harness.state().state), Some(branch.fingerprint()));
    harness.get_by_label("From the start instead").click();
    harness.step();
    assert_eq!(harness.state().state.plans.now().branch, None);
}

#[test]
fn every_lever_moves_to_both_ends_and_back_and_is_accepted() {
    let mut harness = window();
    let before = harness.state().state.plans.now().clone();
    for lever in lever::levers() {
        let ends: Vec<String> = match &lever.kind {
            LeverKind::Number { low, high, .. } => vec![lever.written(*low), lever.written(*high)],
            LeverKind::Flag => vec!["true".to_owned(), "false".to_owned()],
            LeverKind::Choice(names) => names.iter().map(|name| (*name).to_owned()).collect(),
            LeverKind::Day => vec!["\"2014-10-01\"".to_owned(), "\"2999-12-31\"".to_owned()],
            LeverKind::Factor => [0.0, 3.0]
                .into_iter()
                .filter_map(|factor| lever::multiplied(&lever.row.default, factor))
                .collect(),
            LeverKind::Written => vec![lever.row.default.clone()],
        };
        assert!(!ends.is_empty(), "{}", lever.path);
        for end in ends {
            harness.state_mut().state.set(&lever.path, &end);
            harness.state_mut().state.plans.close();
            harness.step();
            let faults = &harness.state().state.faults;
            // What remains are fields that contradict each other, told by name.
            assert!(
                faults.iter().all(|fault| !fault.message.to_string().is_empty() && !fault.path.is_empty()),
                "{} = {end}: {faults:?}",
                lever.path
            );
        }
        harness.state_mut().state.reset(&lever.path);
        harness.step();
        // Lever by lever, because steps that lie far behind are forgotten.
        let state = &mut harness.state_mut().state;
        assert_eq!(*state.plans.now(), before, "{}", lever.path);
        while state.plans.can_undo() {
            state.plans.undo();
        }
        assert_eq!(*state.plans.now(), before, "{} undone", lever.path);
    }
}

#[test]
fn sliders_on_top_move_by_keyboard_and_the_curve_follows() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    let before = harness.state().state.current.id();
    let title = lever::find("programme.training_hours").unwrap().title.en.clone();
    let slider = harness.query_all_by_role_and_label(egui::accesskit::Role::Slider, &title).next();
    slider.expect("a slider by its lever's name").focus();
    harness.step();
    for _ in 0..5 {
        harness.key_press(egui::Key::ArrowRight);
        harness.step();
    }
    assert_ne!(harness.state().state.current.id(), before);
    wait_until(&mut harness, "the answer", |state| is_answered(state) && state.current.id() != before);
    assert!(!harness.state().state.latency.answers.is_empty());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    harness.step();
    harness.step();
    assert!(harness.state().state.plans.can_redo());
}

#[test]
fn two_scenarios_are_compared_though_one_was_never_at_work() {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    let other = tiny().with("programme.partner_kind", "Returnees");
    harness.state_mut().state.compare_with(&other);
    let baseline = harness.state().state.baseline.id();
    assert_ne!(baseline, harness.state().state.current.id());
    let is_ended = |state: &State, id| state.run_of(id).is_some_and(|run| run.ending.is_some());
    wait_until(&mut harness, "the baseline's recording", |state| is_ended(state, baseline));
    // Stories are of the present plan all the same.
    let entity = Entity::Village(0, 1);
    harness.state_mut().state.select(Selected::Entity(entity));
    wait_until(&mut harness, "the story", |state| state.story.entity == Some(entity));
    let state = &harness.state().state;
    assert_eq!(state.recording_of, Some(state.current.id()));
    assert!(is_ended(state, baseline) && is_recorded(state));
    harness.state_mut().state.compare_with(&Plan::of("no/such.ron"));
    let state = &harness.state().state;
    assert_eq!((state.baseline.id(), state.notices.is_empty()), (baseline, false));
}

#[test]
fn stale_curves_say_so_until_the_answer_comes() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    harness.state_mut().state.set("programme.promotion", "300.0");
    harness.step();
    let is_known = is_answered(&harness.state().state);
    let shown = harness.query_all_by_label("previous plan").count();
    assert!(is_known || shown > 0);
    // Curves say it until the answer comes, and the time line until the recording does.
    wait_until(&mut harness, "the answer", |state| is_answered(state) && is_recorded(state));
    assert_eq!(harness.query_all_by_label("previous plan").count(), 0);
}

#[test]
fn time_plays_steps_and_seeks() {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    harness.get_by_label("Start").click();
    harness.run_steps(2);
    let first = harness.state().state.clock.now;
    harness.get_by_label("Play").click();
    harness.run_steps(8);
    harness.get_by_label("Pause").click();
    harness.run_steps(2);
    let stood = harness.state().state.clock.now;
    assert!(stood > first, "{first} {stood}");
    harness.run_steps(3);
    assert_eq!(harness.state().state.clock.now, stood);
    harness.get_by_label(">").click();
    harness.run_steps(2);
    assert!(harness.state().state.clock.now > stood);
    harness.get_by_label("End").click();
    harness.run_steps(2);
    let state = &harness.state().state;
    assert_eq!(state.clock.now, state.shown_run().unwrap().0.span().1);
}

#[test]
fn a_window_at_rest_does_not_repaint() {
    let mut harness = window();
    wait_until(&mut harness, "all work", |state| is_recorded(state) && state.waiting() == 0);
    harness.run();
    let outputs = harness.output().viewport_output.values();
    let delays: Vec<Duration> = outputs.map(|output| output.repaint_delay).collect();
    assert!(!delays.is_empty() && delays.iter().all(|&delay| delay > Duration::from_secs(60)), "{delays:?}");
}

#[test]
fn exports_hold_what_is_shown() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    let state = &harness.state().state;
    let csv = crate::export::series(state);
    assert!(csv.lines().count() > 20 && csv.starts_with("outcome,unit,plan,month"));
    let svgs = crate::export::svgs(state);
    assert_eq!(svgs.len(), state.view.charts.len());
    assert!(svgs.iter().all(|(_, svg)| svg.contains("<polyline")));
}

#[test]
fn the_command_line_names_one_scenario_or_none() {
    let asked = |arguments: &[&str]| crate::asked(arguments.iter().map(|&text| text.to_owned()));
    assert_eq!(asked(&[]), Ok(None));
    assert_eq!(asked(&["tiny"]), Ok(Some("tiny".to_owned())));
    assert_eq!(asked(&["tiny", "county"]), Err(()));
    assert_eq!(asked(&["--help"]), Err(()));
    assert!(Plan::first().prepare().is_ok());
}
