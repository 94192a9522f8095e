//! Lessons, presenter and tour, as somebody uses them.

use super::*;
use crate::lesson::Presented;
use crate::work::sample::Level;

fn press(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(3);
}

fn answer(harness: &mut Harness<'_, App>, number: &str) {
    harness.state_mut().state.teaching.course.as_mut().unwrap().typed = number.to_owned();
    harness.step();
    press(harness, "Check");
}

#[test]
fn a_lesson_is_taken_checked_and_left() {
    let mut harness = window();
    harness.state_mut().state.answer_with(&[(Level::Preview, 2)]);
    wait_until(&mut harness, "the first answer", is_answered);
    press(&mut harness, "Lessons");
    press(&mut harness, "What a partner earns, and why they leave");
    harness.get_by_label("step 1 of 6");
    press(&mut harness, "Next step");
    press(&mut harness, "Check");
    harness.get_by_label("Type a number, without its unit.");
    answer(&mut harness, "500");
    let is_done = |harness: &Harness<'_, App>| harness.query_by_label("Done.").is_some();
    assert!(!is_done(&harness));
    press(&mut harness, "Hint");
    harness.get_by_label("200 times 100 times 0.04.");
    // The commission is arithmetic: no answer of the model is waited for.
    answer(&mut harness, "800");
    assert!(is_done(&harness));
    press(&mut harness, "Step back");
    harness.get_by_label("step 1 of 6");
    press(&mut harness, "Next step");
    press(&mut harness, "Next step");
    harness.get_by_label("step 3 of 6");
    press(&mut harness, "Show me");
    wait_until(&mut harness, "what the model says", |state| {
        state.teaching.course.as_ref().is_some_and(crate::lesson::Course::is_met)
    });
    assert!(is_done(&harness));
    press(&mut harness, "Leave");
    assert_eq!(*harness.state().state.plans.now(), tiny());
    assert!(harness.state().state.teaching.course.is_none());
}

#[test]
fn a_folder_without_lessons_says_so_in_place() {
    let mut harness = window();
    harness.state_mut().dialog = Some(Dialog::Lessons);
    harness.state_mut().state.teaching.folder = "/no/such/folder".to_owned();
    harness.run_steps(2);
    harness.get_by_label("Open this folder").click_accesskit();
    harness.run_steps(2);
    harness.get_by_label_contains("cannot be opened");
}

#[test]
fn the_presenter_shows_one_chart_and_turns_to_the_next() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    harness.key_press(egui::Key::F5);
    harness.run_steps(3);
    let first = harness.state().state.teaching.presented.clone();
    assert_eq!(first, Some(Presented::Chart("stations_open".to_owned())));
    harness.get_by_label("Next chart").click();
    harness.run_steps(3);
    assert_ne!(harness.state().state.teaching.presented, first);
    harness.get_by_label("Close presenter").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.teaching.presented, None);
}

#[test]
fn the_presenter_turns_to_the_map_with_the_lesson_and_leads_on() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    let lesson = crate::lesson::shipped()[0].clone();
    crate::lesson::begin(&mut harness.state_mut().state, &lesson);
    harness.key_press(egui::Key::F5);
    harness.run_steps(3);
    let shown = |harness: &Harness<'_, App>| harness.state().state.teaching.presented.clone();
    let step = |harness: &Harness<'_, App>| {
        let course = harness.state().state.teaching.course.as_ref();
        course.unwrap().step
    };
    assert_eq!(shown(&harness), Some(Presented::Map));
    // Both the lesson's own panel and the presenter tell the step and lead on; the presenter lies above.
    let upper = |harness: &Harness<'_, App>, label: &str| {
        let nodes = harness.get_all_by_label(label);
        assert_eq!(harness.get_all_by_label(label).count(), 2, "{label}");
        let tops = nodes.map(|node| node.rect().top());
        tops.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0
    };
    upper(&harness, "step 1 of 6");
    let number = upper(&harness, "Next step");
    harness.get_all_by_label("Next step").nth(number).unwrap().click();
    harness.run_steps(3);
    assert_eq!((step(&harness), shown(&harness)), (1, Some(Presented::Map)));
    // The trainer may turn elsewhere; the next step turns to what it is about.
    harness.get_by_label("Next chart").click();
    harness.run_steps(3);
    assert!(matches!(shown(&harness), Some(Presented::Chart(_))));
    let number = upper(&harness, "Skip");
    harness.get_all_by_label("Skip").nth(number).unwrap().click();
    harness.run_steps(3);
    assert_eq!((step(&harness), shown(&harness)), (2, Some(Presented::Map)));
    let number = upper(&harness, "Step back");
    harness.get_all_by_label("Step back").nth(number).unwrap().click();
    harness.run_steps(3);
    assert_eq!(step(&harness), 1);
}

#[test]
fn the_tour_has_five_stops_can_be_skipped_and_comes_again() {
    let mut harness = window();
    harness.run_steps(2);
    assert_eq!(harness.state().state.teaching.tour, None);
    harness.state_mut().dialog = Some(Dialog::Help);
    harness.run_steps(3);
    harness.get_by_label("Take the tour").click();
    harness.run_steps(3);
    for stop in 1..=crate::panels::tour::STOPS {
        harness.get_by_label(&format!("{stop} of 5"));
        let name = if stop == 5 { "Begin" } else { "Go on" };
        harness.get_by_label(name).click();
        harness.run_steps(3);
    }
    assert!(harness.state().state.view.has_seen_tour);
    harness.state_mut().state.teaching.tour = Some(0);
    harness.run_steps(3);
    harness.get_by_label("Skip the tour").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.teaching.tour, None);
}

#[test]
fn show_me_brings_what_it_shows_into_view_and_frames_it() {
    // Low enough that not all levers are seen at once.
    let mut harness = window_of(tiny(), [1280.0, 620.0]);
    wait_until(&mut harness, "the first answer", is_answered);
    let last =
        lever::levers().iter().rfind(|lever| lever.is_top && matches!(lever.kind, LeverKind::Number { .. }));
    let last = last.unwrap();
    let text = format!(
        "(title: (en: \"x\"), summary: (en: \"y\"), minutes: 1, steps: [(title: (en: \"a\"), text: (en: \
         \"b\"), ask: (en: \"c\"), hint: (en: \"d\"), task: Is(\"{0}\", \"{1}\"), solution: [Set(\"{0}\", \
         \"{1}\")])])",
        last.path,
        match &last.kind {
            LeverKind::Number { high, .. } => last.written(*high),
            _ => unreachable!(),
        }
    );
    let lesson = Arc::new(crate::lesson::read("x", &text).unwrap());
    crate::lesson::begin(&mut harness.state_mut().state, &lesson);
    harness.run_steps(3);
    let title = last.title(crate::text::Language::English);
    let slider = |harness: &Harness<'_, App>| {
        let role = egui::accesskit::Role::Slider;
        let mut found = harness.query_all_by_role_and_label(role, title);
        found.next().map(|node| node.rect())
    };
    let panel = |harness: &Harness<'_, App>| harness.state().stop(0);
    assert!(slider(&harness).is_none_or(|rect| !panel(&harness).contains_rect(rect)));
    press(&mut harness, "Show me");
    harness.run_steps(12);
    let rect = slider(&harness).unwrap();
    assert!(panel(&harness).contains_rect(rect), "{rect:?} {:?}", panel(&harness));
    assert!(harness.state().state.teaching.spot.is_some());
    harness.get_by_label("Done.");
}
