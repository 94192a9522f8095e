//! The window without a window: panels drawn, buttons pressed, a run watched to its end.

use crate::app::App;
use crate::run::{Phase, Run};
use crate::worker::{Line, Request, Worker};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use sim_core::base::Fingerprint;
use sim_core::simulation::{Simulation, Threads};
use std::time::{Duration, Instant};

/// Longest wait for a worker, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

fn tiny() -> Request {
    Request::of("tiny").with("end", "2015-03-31")
}

fn window(request: Request) -> Harness<'static, App> {
    let app = App::new(&egui::Context::default(), request);
    let size = egui::vec2(1280.0, 800.0);
    Harness::builder()
        .with_size(size)
        .build_ui_state(|ui, app: &mut App| app.show(ui), app)
}

fn wait_until(harness: &mut Harness<'_, App>, what: &str, met: impl Fn(&App) -> bool) {
    let since = Instant::now();
    while !met(harness.state()) {
        assert!(
            since.elapsed() < PATIENCE,
            "waited too long for {what}: {:?}",
            harness.state().run.phase
        );
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
    harness.step();
}

fn ended(app: &App) -> bool {
    !app.run.is_alive()
}

fn headless(request: &Request) -> Fingerprint {
    let scenario = request.load().unwrap().scenario;
    let mut simulation = Simulation::build(&scenario, None, Threads::Sequential).unwrap();
    while simulation.step() {}
    simulation.fingerprint()
}

#[test]
fn a_run_in_the_window_is_the_run_without_one() {
    let request = tiny();
    let mut harness = window(request.clone());
    wait_until(&mut harness, "the end", ended);
    assert_eq!(harness.state().run.phase, Phase::Ended(headless(&request)));
    // Not equal by being blind: another seed is another run.
    assert_ne!(
        harness.state().run.phase,
        Phase::Ended(headless(&request.with("seed", "2")))
    );
    harness.get_by_label("Finished");
    harness.get_by_label("tiny");
    harness.get_by_label("Stations open");
    harness.get_by_label("Orders per open station");
    harness.get_by_label("Partner income");
    harness.get_by_label_contains("orders a month");
    harness.get_by_label_contains("yuan a month");
    harness.get_by_label_contains("station open:");
    assert_eq!(harness.state().run.months.len(), 6);
    assert_eq!(
        harness
            .state()
            .run
            .villages
            .as_ref()
            .map(|villages| villages.state.len()),
        Some(5)
    );
}

#[test]
fn a_paused_run_waits_and_ends_the_same() {
    let request = tiny();
    let mut harness = window(request.clone());
    harness.get_by_label("Pause").click();
    harness.step();
    wait_until(&mut harness, "the places", |app| {
        app.run.started.is_some() || ended(app)
    });
    assert!(harness.state().run.is_paused && !ended(harness.state()));
    // One window may have begun before the order came.
    std::thread::sleep(Duration::from_millis(200));
    harness.step();
    let stood = harness.state().run.now;
    std::thread::sleep(Duration::from_millis(200));
    harness.step();
    assert_eq!(harness.state().run.now, stood);
    harness.get_by_label("Paused");
    harness.get_by_label("Play").click();
    harness.step();
    wait_until(&mut harness, "the end", ended);
    assert_eq!(harness.state().run.phase, Phase::Ended(headless(&request)));
}

#[test]
fn restart_takes_the_typed_seed_and_refuses_what_is_none() {
    let request = tiny();
    let mut harness = window(request.clone());
    wait_until(&mut harness, "the end", ended);
    type_seed(&mut harness, "x");
    harness.get_by_label("a seed is a whole number from 0 on");
    harness.get_by_label("Restart").click();
    harness.step();
    harness.step();
    assert!(ended(harness.state()), "a wrong seed must not restart the run");
    type_seed(&mut harness, "\u{8}");
    type_seed(&mut harness, "7");
    harness.get_by_label("Restart").click();
    harness.step();
    wait_until(&mut harness, "the end", ended);
    let seed = harness.state().run.started.as_ref().map(|started| started.seed);
    let typed = seed.unwrap();
    assert!(typed.to_string().contains('7'), "{typed}");
    assert_eq!(
        harness.state().run.phase,
        Phase::Ended(headless(&request.with("seed", &typed.to_string())))
    );
}

/// Types into the field of the seed; a backspace removes what was typed last.
fn type_seed(harness: &mut Harness<'_, App>, text: &str) {
    harness.get_by_role(egui::accesskit::Role::TextInput).focus();
    harness.step();
    match text {
        "\u{8}" => harness.key_press(egui::Key::Backspace),
        text => harness
            .get_by_role(egui::accesskit::Role::TextInput)
            .type_text(text),
    }
    harness.step();
    harness.step();
}

#[test]
fn the_map_has_layers_with_legends() {
    let mut harness = window(tiny());
    wait_until(&mut harness, "the end", ended);
    harness.get_by_label("Regular buyers").click();
    harness.step();
    harness.step();
    harness.get_by_label_contains("buy online regularly");
    harness.get_by_label("50 % or more");
    assert!(harness.query_by_label_contains("station open:").is_none());
}

#[test]
fn panels_keep_their_places_from_frame_to_frame() {
    let mut harness = window(tiny());
    wait_until(&mut harness, "the end", ended);
    harness.run_steps(20);
    let top = |label: &str| harness.get_by_label(label).rect().top();
    assert!(top("tiny") < 30.0 && top("Villages") < 100.0 && top("Stations open") < 100.0);
    assert!((765.0..800.0).contains(&top("Finished")), "{}", top("Finished"));
    assert!(top("Partner income") > 450.0);
}

#[test]
fn faults_are_shown_in_place() {
    let mut harness = window(tiny().with("household_sample", "7").with("programe.pace", "1"));
    wait_until(&mut harness, "the faults", ended);
    harness.get_by_label("This scenario cannot run: 2 faults");
    harness.get_by_label_contains("household_sample");
    harness.get_by_label_contains("programe");
    harness.get_by_label("Cannot start");
}

#[test]
fn a_missing_file_is_named() {
    let mut harness = window(Request::of("no/such.ron"));
    wait_until(&mut harness, "the faults", ended);
    harness.get_by_label_contains("no/such.ron: ");
}

#[test]
fn a_panic_in_the_worker_is_told_and_the_window_lives() {
    let mut harness = window(tiny());
    wait_until(&mut harness, "the end", ended);
    let worker = Worker::spawn(|| (), |_: &Line| panic!("a deliberate fault"));
    harness.state_mut().run = Run::of(worker);
    wait_until(&mut harness, "the failure", ended);
    harness.get_by_label("The run failed");
    harness.get_by_label("a fault in the program: a deliberate fault");
    harness.get_by_label("Restart").click();
    harness.step();
    wait_until(&mut harness, "the end", |app| {
        matches!(app.run.phase, Phase::Ended(_))
    });
}

#[test]
fn a_worker_whose_window_has_gone_ends() {
    let (told, ended) = std::sync::mpsc::channel();
    let worker = Worker::spawn(
        || (),
        move |line| {
            let mut sent = 0;
            while line.send(crate::worker::News::Failed(String::new())).is_ok() {
                sent += 1;
            }
            let _ = told.send(sent);
        },
    );
    drop(worker);
    assert!(ended.recv_timeout(PATIENCE).is_ok());
}

#[test]
fn a_window_at_rest_does_not_repaint() {
    let mut harness = window(tiny());
    wait_until(&mut harness, "the end", ended);
    harness.run();
    let delays: Vec<Duration> = harness
        .output()
        .viewport_output
        .values()
        .map(|output| output.repaint_delay)
        .collect();
    assert!(
        !delays.is_empty() && delays.iter().all(|&delay| delay > Duration::from_secs(60)),
        "{delays:?}"
    );
}

#[test]
fn the_command_line_names_one_scenario_or_none() {
    let request = |arguments: &[&str]| crate::request(arguments.iter().map(|&text| text.to_owned()));
    assert_eq!(request(&[]), Some(Request::quick()));
    assert_eq!(request(&["tiny"]), Some(Request::of("tiny")));
    assert_eq!(request(&["tiny", "county"]), None);
    assert_eq!(request(&["--help"]), None);
    assert!(Request::quick().load().is_ok());
}
