//! What goes wrong is told in place, and the work stays.

use super::*;
use crate::panels::files::save::What;

#[test]
fn faults_are_shown_in_place_and_the_work_stays() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    let sound = harness.state().state.current.id();
    harness.state_mut().state.set("household_sample", "7");
    harness.step();
    harness.step();
    harness.get_by_label_contains("This plan has one error");
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
    harness.get_by_label_contains("This plan has one error");
    harness.state_mut().state.open(tiny());
    wait_until(&mut harness, "the answer", is_answered);
}

#[test]
fn what_cannot_be_written_is_told() {
    let mut harness = window();
    harness.state_mut().dialog =
        Some(Dialog::Save { path: "/no/such/folder/x.ron".to_owned(), what: What::Plan });
    harness.run_steps(3);
    harness.get_by_label("Write this file").click();
    harness.run_steps(2);
    harness.get_by_label_contains("/no/such/folder/x.ron was not written");
    assert!(harness.state().dialog.is_some(), "the dialog stays for another path");
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

/// Whether this is the process that has a small disk of its own, mounted at `full`.
const SMALL_DISK: &str = "COUNTRYSIDE_TEST_SMALL_DISK";

/// Notes what is skipped, as the command's tests do, for CI to count.
fn skipped(what: &str, why: &str) {
    eprintln!("SKIPPED: {why}");
    if let Some(file) = std::env::var_os("SKIPPED_TESTS") {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file).unwrap();
        std::io::Write::write_all(&mut file, format!("{what}: {why}\n").as_bytes()).unwrap();
    }
}

/// Runs [`on_a_full_disk`] in a process with mounts of its own, one of them a disk of 8 kB.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_the_work_stays() {
    let folder = tempfile::tempdir().unwrap();
    let shell = |script: &str| {
        let mut command = std::process::Command::new("unshare");
        command.args(["-Urm", "sh", "-c", script]).arg(std::env::current_exe().unwrap());
        command.current_dir(folder.path()).env(SMALL_DISK, "1").output()
    };
    let mount = "mkdir -p full && mount -t tmpfs -o size=8k tmpfs full";
    if !shell(mount).is_ok_and(|output| output.status.success()) {
        return skipped("disks", "this system allows no mounts of one's own, so a full disk is not tested");
    }
    let test = "tests::faults::on_a_full_disk";
    let output = shell(&format!("{mount} && \"$0\" --exact {test} --ignored --nocapture")).unwrap();
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && report.contains("1 passed"), "{report}{output:?}");
}

#[test]
#[ignore = "needs a disk of 8 kB: run by a_full_disk_is_told_and_the_work_stays"]
fn on_a_full_disk() {
    assert!(std::env::var_os(SMALL_DISK).is_some());
    std::fs::write("full/plan.ron", "old").unwrap();
    let mut harness = window();
    harness.state_mut().state.set("programme.promotion", "300.0");
    harness.run_steps(2);
    let plan = harness.state().state.plans.now().clone();
    harness.state_mut().dialog = Some(Dialog::Save {
        path: "full/plan.ron".to_owned(),
        what: What::Content("x".repeat(20_000).into_bytes().into()),
    });
    harness.run_steps(3);
    harness.get_by_label("Replace").click();
    harness.run_steps(2);
    harness.get_by_label_contains("No space left on device");
    assert!(harness.state().dialog.is_some(), "the dialog stays for another path");
    assert_eq!(*harness.state().state.plans.now(), plan);
    assert_eq!(std::fs::read("full/plan.ron").unwrap(), b"old");
    assert_eq!(std::fs::read_dir("full").unwrap().count(), 1, "nothing half written stays");
    // The autosave, too, tells and goes on.
    std::fs::write("full/rest", vec![0; 4096]).unwrap();
    let state = State::new(tiny(), View::default(), 0, Arc::new(|| ()));
    let mut app = App::new(state, Some("full/deep/window.ron".into()));
    app.keep();
    let notices = &app.state.notices;
    assert!(notices.iter().any(|notice| notice.text.contains("No space left")), "{notices:?}");
}

#[test]
fn what_is_at_work_is_kept_without_being_asked() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("window.ron");
    let view = View { has_seen_tour: true, ..View::default() };
    let state = State::new(tiny(), view, 2, Arc::new(|| ()));
    let app = App::new(state, Some(place.clone()));
    let mut harness = Harness::builder().build_ui_state(|ui, app: &mut App| app.show(ui), app);
    harness.state_mut().state.set("programme.promotion", "300.0");
    let lesson = crate::lesson::shipped()[0].clone();
    crate::lesson::begin(&mut harness.state_mut().state, &lesson);
    // Each step of the harness is a quarter of a second of the window's clock.
    harness.run_steps(40);
    let kept = crate::settings::Settings::read(&place).settings.plans.unwrap();
    let kept = kept.now().clone();
    assert_eq!(kept.value("programme.promotion"), Some("300.0"), "not the lesson's plan");
    assert_eq!(kept.base, "tiny");
}
