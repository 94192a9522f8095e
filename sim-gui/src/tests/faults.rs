//! What goes wrong is told in place, and the work stays.

use super::*;

#[test]
fn faults_are_shown_in_place_and_the_work_stays() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    let sound = harness.state().state.current.id();
    harness.state_mut().state.set("household_sample", "7");
    harness.step();
    harness.step();
    harness.get_by_label_contains("This plan cannot run");
    assert!(harness.query_all_by_label_contains("household_sample").count() > 0);
    assert_eq!(harness.state().state.current.id(), sound);
    harness.get_by_label("Back to that plan").click();
    harness.run_steps(2);
    assert!(harness.state().state.faults.is_empty());
    harness.state_mut().state.open(Plan::of("no/such.ron"));
    harness.step();
    assert!(harness.query_all_by_label_contains("no/such.ron").count() > 0);
    assert_eq!(harness.state().state.current.id(), sound);
}

#[test]
fn a_window_opened_on_a_broken_scenario_says_why_and_works() {
    let mut harness = window_of(Plan::of("no/such.ron"), [1280.0, 800.0]);
    harness.step();
    harness.get_by_label_contains("This plan cannot run");
    harness.state_mut().state.open(tiny());
    wait_until(&mut harness, "the answer", is_answered);
}

#[test]
fn what_cannot_be_written_is_told() {
    let mut harness = window();
    harness.state_mut().dialog = Some(Dialog::Save {
        path: "/no/such/folder/x.ron".to_owned(),
        text: None,
    });
    harness.run_steps(3);
    harness.get_by_label("Write this file").click();
    harness.run_steps(2);
    harness.get_by_label_contains("/no/such/folder/x.ron was not written");
    assert!(
        harness.state().dialog.is_some(),
        "the dialog stays for another path"
    );
}

#[test]
fn a_panic_in_the_work_is_told_and_the_window_lives() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    harness.state_mut().state.panic_once();
    wait_until(&mut harness, "the notice", |state| !state.notices.is_empty());
    harness.step();
    harness.get_by_label_contains("a fault in the program");
    harness.get_by_label("OK").click();
    harness.run_steps(2);
    harness.state_mut().state.set("programme.promotion", "200.0");
    harness.step();
    wait_until(&mut harness, "the answer", is_answered);
}
