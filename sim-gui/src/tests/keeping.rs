//! What was kept is there again, whatever ended the window; what is saved is what is on the screen.

use super::*;
use crate::settings::Settings;
use crate::text::Language;
use std::path::Path;

/// A window that keeps its work at a place, as the program opens it.
fn window_at(place: &Path) -> Harness<'static, App> {
    let remembered = Settings::read(place);
    let first = (tiny(), tiny());
    let mut state = State::resumed(remembered, first, 2, Arc::new(|| ()));
    state.view.has_seen_tour = true;
    let app = App::new(state, Some(place.to_owned()));
    Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_max_steps(50)
        .build_ui_state(|ui, app: &mut App| app.show(ui), app)
}

fn press(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(3);
}

fn keep(harness: &mut Harness<'_, App>, promotion: u32) {
    let state = &mut harness.state_mut().state;
    state.set("programme.promotion", &format!("{promotion}.0"));
    state.plans.close();
    press(harness, "Keep");
}

fn kept(harness: &Harness<'_, App>) -> Vec<Plan> {
    let kept = harness.state().state.kept.iter();
    kept.map(|ready| ready.plan.clone()).collect()
}

#[test]
fn what_was_kept_is_there_again_though_nobody_closed_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("window.ron");
    let own = folder.path().join("own.ron");
    std::fs::write(&own, "(base: \"tiny\", name: \"own\", end: \"2015-06-30\")").unwrap();
    let mut harness = window_at(&place);
    harness.state_mut().state.view.language = Language::Chinese;
    harness.state_mut().state.open_named(&own.to_string_lossy());
    harness.state_mut().state.view.language = Language::English;
    harness.run_steps(2);
    for promotion in [250, 100, 400] {
        keep(&mut harness, promotion);
    }
    let mut plan = harness.state().state.plans.now().clone();
    plan.branch = "2015-03-01".parse().ok();
    plan.set("programme.promotion", "900.0");
    harness.state_mut().state.plans.change(plan, "branch");
    harness.run_steps(2);
    press(&mut harness, "Keep");
    press(&mut harness, "Undo");
    // A moment: plans do not wait for the view.
    harness.step();
    let before = (kept(&harness), harness.state().state.plans.clone());
    assert_eq!(before.0.len(), 4);
    assert!(before.0[3].branch.is_some() && before.1.can_undo() && before.1.can_redo());
    // As after a kill: nothing is closed. The file of the scenario is gone, too.
    std::mem::forget(harness);
    std::fs::remove_file(own).unwrap();
    let harness = window_at(&place);
    let state = &harness.state().state;
    assert_eq!((kept(&harness), state.plans.clone()), before);
    assert!(state.notices.is_empty() && state.faults.is_empty(), "{:?}", state.notices);
}

#[test]
fn the_view_is_kept_a_little_later() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("window.ron");
    let mut harness = window_at(&place);
    harness.state_mut().state.view.language = Language::Chinese;
    harness.run_steps(8);
    assert_eq!(Settings::read(&place).settings.view.language, Language::Chinese);
}

#[test]
fn no_plan_makes_room_for_another_unasked() {
    let mut harness = window();
    let limit = crate::state::KEPT as u32;
    for number in 0..limit {
        keep(&mut harness, 100 + number);
    }
    let before = kept(&harness);
    assert_eq!(before.len(), crate::state::KEPT);
    keep(&mut harness, 900);
    assert_eq!(kept(&harness), before);
    harness.get_by_label_contains("plans are kept already, and none is dropped by itself");
    // One that is kept, or cannot run, is told as well.
    keep(&mut harness, 100);
    harness.get_by_label_contains("is kept already");
    harness.state_mut().state.set("household_sample", "7");
    press(&mut harness, "Keep");
    harness.get_by_label_contains("This plan has errors, so it was not kept");
    assert_eq!(kept(&harness), before);
}

#[test]
fn a_kept_plan_that_cannot_be_read_waits_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("window.ron");
    let good = |value: &str| tiny().with("programme.promotion", value);
    let gone = Plan::of("/no/such/plan.ron");
    let settings = Settings {
        plans: Some(crate::plan::History::new(good("1.0"))),
        baseline: Some(good("2.0")),
        kept: vec![good("3.0"), gone.clone(), good("4.0")],
        ..Settings::default()
    };
    settings.keep(&place).unwrap();
    let mut harness = window_at(&place);
    harness.run_steps(3);
    harness.get_by_label_contains("Plans from last time that cannot be read now");
    assert_eq!(kept(&harness), [good("3.0"), good("4.0")]);
    keep(&mut harness, 5);
    let again = Settings::read(&place).settings.kept;
    assert_eq!(again, [good("3.0"), gone, good("4.0"), good("5.0")]);
}

#[test]
fn what_is_damaged_is_told_in_the_window_and_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("window.ron");
    std::fs::write(&place, "(format: 2, kept: [").unwrap();
    let mut harness = window_at(&place);
    harness.run_steps(3);
    harness.get_by_label_contains("It was moved to");
    let aside = folder.path().join("window-set-aside.ron");
    assert_eq!(std::fs::read_to_string(aside).unwrap(), "(format: 2, kept: [");
    assert!(Settings::read(&place).notices.is_empty(), "a new one is kept from now on");
}

#[test]
fn a_lesson_leaves_undo_and_redo_as_they_were() {
    let mut harness = window();
    keep(&mut harness, 300);
    keep(&mut harness, 400);
    harness.state_mut().state.plans.undo();
    harness.run_steps(2);
    let before = harness.state().state.plans.clone();
    let lesson = crate::lesson::shipped()[0].clone();
    crate::lesson::begin(&mut harness.state_mut().state, &lesson);
    harness.run_steps(2);
    harness.state_mut().state.set("programme.promotion", "700.0");
    harness.run_steps(2);
    crate::lesson::leave(&mut harness.state_mut().state);
    harness.run_steps(2);
    assert_eq!(harness.state().state.plans, before);
}

/// A window with a branched plan.
fn branched() -> Harness<'static, App> {
    let mut plan = tiny();
    plan.branch = "2015-03-01".parse().ok();
    plan.set("programme.promotion", "900.0");
    let mut harness = window_of(plan, [1280.0, 800.0]);
    harness.run_steps(2);
    harness
}

#[test]
fn save_writes_the_branch_with_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = branched();
    let plan = harness.state().state.plans.now().clone();
    let Dialog::Save { path, what } = Dialog::save(&harness.state().state) else {
        panic!("a dialog to save");
    };
    assert!(path.ends_with(".plan"), "{path}");
    let path = folder.path().join("mine.plan").to_string_lossy().into_owned();
    harness.state_mut().dialog = Some(Dialog::Save { path: path.clone(), what });
    harness.run_steps(3);
    press(&mut harness, "Write this file");
    harness.get_by_label(&format!("Written: {path}"));
    let mut other = window();
    other.state_mut().state.open_named(&path);
    other.run_steps(2);
    assert_eq!(*other.state().state.plans.now(), plan);
    assert_eq!(other.state().state.current.id(), harness.state().state.current.id());
}

#[test]
fn what_a_scenario_file_cannot_hold_is_said_before_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = branched();
    let path = folder.path().join("mine.plan").to_string_lossy().into_owned();
    harness.state_mut().dialog = Some(Dialog::Save { path, what: crate::panels::files::save::What::Plan });
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("will be left out").is_none());
    press(&mut harness, "Scenario file (.ron), also for the command");
    let title = lever::title("programme.promotion", Language::English);
    harness.get_by_label_contains(&format!("Changes from 2015-03-01 on will be left out: {title}"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    press(&mut harness, "Write this file");
    let text = std::fs::read_to_string(folder.path().join("mine.ron")).unwrap();
    assert!(!text.contains("900.0"), "{text}");
}

#[test]
fn a_scenario_with_a_table_of_its_own_is_saved_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../regions/china/counties.csv");
    std::fs::copy(table, at("places.csv")).unwrap();
    let text = "(base: \"tiny\", name: \"own\", places: (table: \"places.csv\"))";
    std::fs::write(at("own.ron"), text).unwrap();
    let mut harness = window();
    assert!(harness.state_mut().state.open_named(&at("own.ron").to_string_lossy()));
    harness.run_steps(2);
    let id = harness.state().state.current.id();
    let saved = at("saved").join("mine.ron");
    std::fs::create_dir(at("saved")).unwrap();
    harness.state_mut().dialog = Some(Dialog::Save {
        path: saved.to_string_lossy().into_owned(),
        what: crate::panels::files::save::What::Plan,
    });
    harness.run_steps(3);
    harness.get_by_label_contains("mine.ron, mine_counties.csv");
    press(&mut harness, "Write this file");
    std::fs::remove_file(at("own.ron")).unwrap();
    std::fs::remove_file(at("places.csv")).unwrap();
    assert!(harness.state_mut().state.open_named(&saved.to_string_lossy()));
    harness.run_steps(2);
    assert_eq!(harness.state().state.current.id(), id);
}

#[test]
fn an_old_code_is_taken_over_with_a_warning() {
    let mut harness = window();
    let old = "(base:\"tiny\",edits:[(path:\"seed\",value:\"7\",is_later:false)],branch:None)";
    let code = format!("countryside-{}", crate::plan::own::to_hex(old.as_bytes()));
    harness.state_mut().dialog = Some(Dialog::Share { code, refused: String::new() });
    harness.run_steps(3);
    harness.get_by_label_contains("figures may not be the same");
    press(&mut harness, "Take this plan over");
    assert_eq!(*harness.state().state.plans.now(), Plan::of("tiny").with("seed", "7"));
    harness.get_by_label_contains("figures may not be the same");
}
