//! Clicks count however slowly frames come; a finger that swipes over a lever scrolls.

use super::*;
use egui::{Event, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, vec2};

/// A window of which a frame takes so long.
fn slow(seconds: f32) -> Harness<'static, App> {
    let state = State::new(tiny(), View::default(), 2, Arc::new(|| ()));
    let app = App::new(state, None);
    Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_max_steps(50)
        .with_step_dt(seconds)
        .build_ui_state(|ui, app: &mut App| app.show(ui), app)
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// As the window's system tells of a finger: the touch, and the mouse that it moves.
fn touch(harness: &mut Harness<'_, App>, phase: TouchPhase, pos: Pos2) {
    harness.event(Event::Touch { device_id: TouchDeviceId(1), id: TouchId(1), phase, pos, force: None });
    harness.event(Event::PointerMoved(pos));
    match phase {
        TouchPhase::Start => harness.event(button(pos, true)),
        TouchPhase::Move => {}
        TouchPhase::End | TouchPhase::Cancel => {
            harness.event(button(pos, false));
            harness.event(Event::PointerGone);
        }
    }
    harness.step();
}

fn centre(harness: &Harness<'_, App>, label: &str) -> Pos2 {
    harness.get_by_label(label).rect().center()
}

#[test]
fn a_click_counts_however_long_a_frame_takes() {
    for seconds in [0.016, 1.0, 5.0] {
        let mut harness = slow(seconds);
        harness.run_steps(3);
        let at = centre(&harness, "Money");
        for pressed in [true, false] {
            harness.event(Event::PointerMoved(at));
            harness.event(button(at, pressed));
            harness.step();
        }
        harness.step();
        assert_eq!(harness.state().state.view.tab, Tab::Money, "frames of {seconds} s");
        // By a finger, too.
        let at = centre(&harness, "Charts");
        touch(&mut harness, TouchPhase::Start, at);
        touch(&mut harness, TouchPhase::End, at);
        harness.step();
        assert_eq!(harness.state().state.view.tab, Tab::Charts, "frames of {seconds} s");
    }
}

#[test]
fn a_finger_that_lies_still_opens_the_menu() {
    let mut harness = slow(0.1);
    wait_until(&mut harness, "the first answer", is_answered);
    let title = crate::outcome::named("stations_open").unwrap();
    let title = title.title(harness.state().state.say());
    let at = centre(&harness, &format!("Chart: {title}"));
    touch(&mut harness, TouchPhase::Start, at);
    harness.run_steps(15);
    touch(&mut harness, TouchPhase::End, at);
    harness.run_steps(2);
    harness.get_by_label("Copy the data (CSV)");
}

/// The place of a lever's slider, and its value.
fn slider(harness: &Harness<'_, App>, path: &str) -> egui::Rect {
    let title = lever::title(path, crate::text::Language::English);
    let mut found = harness.query_all_by_role_and_label(egui::accesskit::Role::Slider, &title);
    found.next().unwrap().rect()
}

fn swipe(harness: &mut Harness<'_, App>, from: Pos2, by: egui::Vec2) {
    touch(harness, TouchPhase::Start, from);
    for part in 1..=6 {
        touch(harness, TouchPhase::Move, from + by * (part as f32 / 6.0));
    }
    touch(harness, TouchPhase::End, from + by);
    harness.run_steps(2);
}

#[test]
fn a_swipe_over_a_lever_scrolls_and_changes_nothing() {
    let mut harness = slow(0.016);
    harness.run_steps(3);
    let path = "programme.training_hours";
    let before = harness.state().state.plans.now().clone();
    let rect = slider(&harness, path);
    let from = rect.left_center() + vec2(rect.width() * 0.9, 0.0);
    // Up, a little aslant, as thumbs go.
    swipe(&mut harness, from, vec2(-20.0, -150.0));
    assert_eq!(*harness.state().state.plans.now(), before);
    assert!(!harness.state().state.plans.can_undo());
    let after = slider(&harness, path);
    assert!(after.top() < rect.top() - 80.0, "{rect:?} {after:?}");
    // The number beside it, too.
    let title = lever::title(path, crate::text::Language::English);
    let exact = centre(&harness, &format!("{title} exact value"));
    swipe(&mut harness, exact, vec2(5.0, 120.0));
    assert_eq!(*harness.state().state.plans.now(), before);
    assert!(slider(&harness, path).top() > after.top() + 60.0);
}

/// The slider of a day gives only the first of a month.
#[test]
fn a_day_can_be_typed_and_what_is_none_is_said() {
    let mut harness = slow(0.016);
    harness.run_steps(3);
    let path = "programme.support_end";
    let name = format!("{} day", lever::title(path, crate::text::Language::English));
    let value = |harness: &Harness<'_, App>| harness.state().state.plans.now().value(path).map(str::to_owned);
    let type_in = |harness: &mut Harness<'static, App>, text: &str| {
        harness.get_by_label(&name).focus();
        harness.run_steps(2);
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        harness.run_steps(2);
        harness.get_by_label(&name).type_text(text);
        harness.run_steps(2);
        harness.key_press(egui::Key::Enter);
        harness.run_steps(3);
    };
    type_in(&mut harness, "2016-12-31");
    assert_eq!(value(&harness).as_deref(), Some("\"2016-12-31\""));
    let fault = |harness: &Harness<'_, App>| harness.query_by_label_contains("is no day").is_some();
    assert!(!fault(&harness));
    type_in(&mut harness, "2016-13-01");
    harness.get_by_label("2016-13-01 is no day. Type one as 2016-12-31, or never.");
    assert_eq!(value(&harness).as_deref(), Some("\"2016-12-31\""), "the plan keeps its day");
    // What is typed next takes the fault away.
    type_in(&mut harness, "never");
    assert!(!fault(&harness));
    assert_eq!(value(&harness).as_deref(), Some("\"2999-12-31\""));
}

#[test]
fn a_finger_along_a_lever_moves_it_and_so_does_a_tap() {
    let mut harness = slow(0.016);
    harness.run_steps(3);
    let path = "programme.training_hours";
    let value = |harness: &Harness<'_, App>| harness.state().state.plans.now().value(path).map(str::to_owned);
    let rect = slider(&harness, path);
    swipe(&mut harness, rect.center(), vec2(rect.width() * 0.3, 6.0));
    let moved = value(&harness);
    assert!(moved.is_some());
    let at = slider(&harness, path).left_center() + vec2(12.0, 0.0);
    touch(&mut harness, TouchPhase::Start, at);
    assert_eq!(value(&harness), moved, "it may scroll yet");
    touch(&mut harness, TouchPhase::End, at);
    harness.run_steps(2);
    assert!(value(&harness).is_some() && value(&harness) != moved);
    // The mouse moves it at once.
    harness.event(Event::PointerMoved(rect.center()));
    harness.event(button(rect.center(), true));
    let before = value(&harness);
    harness.run_steps(2);
    assert_ne!(value(&harness), before);
    harness.event(button(rect.center(), false));
    harness.run_steps(2);
}
