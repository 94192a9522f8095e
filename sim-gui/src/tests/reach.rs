//! Nothing is cut off, and everything can be reached: every panel, page and dialog at the smallest window,
//! every button.

use super::*;
use crate::text::Language;
use egui::{Rect, Shape};

/// The smallest window, and the usual one \[points\].
const SIZES: [[f32; 2]; 2] = [[860.0, 560.0], [1280.0, 800.0]];

/// How far a text may lie beyond its clip: rounding, and the slant of italics \[points\].
const SLACK: f32 = 2.5;

/// Texts of a shape, with where they lie.
pub(super) fn texts(shape: &Shape, found: &mut Vec<(Rect, String)>) {
    match shape {
        Shape::Text(text) => {
            let rect = text.galley.rect.translate(text.pos.to_vec2());
            found.push((rect, text.galley.text().to_owned()));
        }
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, found)),
        _ => {}
    }
}

/// Texts that are cut at their left or right. What lies above or below a list is scrolled to.
fn cut(harness: &Harness<'_, App>) -> Vec<String> {
    let mut cut = Vec::new();
    for clipped in &harness.output().shapes {
        let mut found = Vec::new();
        texts(&clipped.shape, &mut found);
        let clip = clipped.clip_rect;
        let is_seen = |rect: &Rect| clip.y_range().contains(rect.center().y) && clip.width() > 0.0;
        let is_cut = |rect: &Rect| rect.left() < clip.left() - SLACK || rect.right() > clip.right() + SLACK;
        let lost = found.into_iter().filter(|(rect, _)| is_seen(rect) && is_cut(rect));
        cut.extend(lost.map(|(rect, text)| format!("{text:?} at {rect:?} in {clip:?}")));
    }
    cut
}

/// Lines of a shape's texts, with where they lie.
fn lines(shape: &Shape, clip: Rect, found: &mut Vec<(Rect, String)>) {
    match shape {
        Shape::Text(text) => {
            for row in &text.galley.rows {
                let rect = row.rect_without_leading_space().translate(text.pos.to_vec2());
                found.push((rect.intersect(clip), row.text()));
            }
        }
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| lines(shape, clip, found)),
        _ => {}
    }
}

/// Lines of text that are printed over each other. A text over itself is the rim of its letters.
fn overprinted(harness: &Harness<'_, App>) -> Vec<String> {
    let mut found = Vec::new();
    for clipped in &harness.output().shapes {
        lines(&clipped.shape, clipped.clip_rect, &mut found);
    }
    found.retain(|(rect, text)| rect.is_positive() && !text.trim().is_empty());
    let mut over = Vec::new();
    for (at, (rect, text)) in found.iter().enumerate() {
        for (other, below) in &found[..at] {
            let both = rect.intersect(*other);
            // Lines stand as close as their letters' heights allow.
            if both.width() > SLACK && both.height() > 0.3 * rect.height() && text != below {
                over.push(format!("{text:?} at {rect:?} over {below:?} at {other:?}"));
            }
        }
    }
    over
}

#[test]
fn nothing_is_printed_over_anything_else() {
    for (language, size) in
        [(Language::English, SIZES[0]), (Language::Chinese, SIZES[0]), (Language::English, SIZES[1])]
    {
        let mut harness = window_of(tiny(), size);
        wait_until(&mut harness, "the recording", is_recorded);
        harness.state_mut().state.view.language = language;
        harness.state_mut().state.set("government.courier_target", "Everywhere");
        harness.state_mut().state.set("programme.support_end", "\"2015-03-31\"");
        harness.step();
        wait_until(&mut harness, "the other recording", is_recorded);
        harness.state_mut().state.keep();
        for tab in Tab::ALL {
            harness.state_mut().state.view.tab = tab;
            harness.run_steps(4);
            assert_eq!(overprinted(&harness), Vec::<String>::new(), "{tab:?} {language:?} {size:?}");
        }
    }
}

/// No text is cut off, and every control lies within the window from left to right. Tables are wider than
/// small windows, and are scrolled sideways.
fn assert_whole(harness: &Harness<'_, App>, what: &str) {
    let tab = harness.state().state.view.tab;
    if matches!(tab, Tab::Table | Tab::Compare) {
        return;
    }
    assert_eq!(cut(harness), Vec::<String>::new(), "{what}");
    let window = harness.ctx.content_rect();
    let roles = [
        egui::accesskit::Role::Button,
        egui::accesskit::Role::Slider,
        egui::accesskit::Role::CheckBox,
        egui::accesskit::Role::ComboBox,
        egui::accesskit::Role::TextInput,
    ];
    for node in roles.into_iter().flat_map(|role| harness.query_all_by_role(role)) {
        let rect = node.rect();
        let is_inside = rect.left() >= window.left() - SLACK && rect.right() <= window.right() + SLACK;
        assert!(is_inside, "{:?} at {rect:?}: {what}", node.accesskit_node().label());
    }
}

#[test]
fn every_tab_page_and_theme_is_drawn_at_the_smallest_window() {
    for size in SIZES {
        let mut harness = window_of(tiny(), size);
        wait_until(&mut harness, "the recording", is_recorded);
        harness.state_mut().state.set("programme.promotion", "300.0");
        harness.step();
        wait_until(&mut harness, "the other recording", is_recorded);
        harness.state_mut().state.keep();
        for tab in Tab::ALL {
            for theme in Theme::ALL {
                let state = &mut harness.state_mut().state;
                (state.view.tab, state.view.theme) = (tab, theme);
                harness.run_steps(3);
                assert_whole(&harness, &format!("{tab:?} {theme:?} {size:?}"));
                let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(size[0], size[1]));
                for label in ["Open", "Undo", "Help", "Play", "End"] {
                    let rect = harness.get_by_label(label).rect();
                    assert!(window.contains_rect(rect), "{label} at {rect:?} in {tab:?}, {size:?}");
                }
            }
        }
        for selected in [
            Selected::Lever("programme.teams".to_owned()),
            Selected::Lever("shop.copying".to_owned()),
            Selected::Outcome("stations_open".to_owned()),
            Selected::Entity(Entity::County(0)),
            Selected::Entity(Entity::Village(0, 2)),
            Selected::Entity(Entity::Household(0, 2, 1)),
            Selected::Entity(Entity::Shop(0, 2, 0)),
        ] {
            harness.state_mut().state.select(selected.clone());
            harness.run_steps(3);
            assert_whole(&harness, &format!("{selected:?} {size:?}"));
            if let Selected::Entity(entity) = selected {
                wait_until(&mut harness, "the story", |state| state.story.entity == Some(entity));
                harness.get_by_label("How things stand");
                assert_whole(&harness, &format!("{entity:?} {size:?}"));
            }
        }
        harness.get_by_label("Back").click();
        harness.run_steps(2);
        for dialog in [
            Dialog::open(),
            Dialog::save(&harness.state().state),
            Dialog::share(&harness.state().state),
            Dialog::export(&harness.state().state),
            Dialog::Help,
            Dialog::Lessons,
            Dialog::find(),
        ] {
            let what = format!("{dialog:?} {size:?}");
            harness.state_mut().dialog = Some(dialog);
            harness.run_steps(3);
            assert_whole(&harness, &what);
            harness.key_press(egui::Key::Escape);
            harness.run_steps(2);
            assert_eq!(harness.state().dialog, None);
        }
    }
}

#[test]
fn every_button_can_be_pressed_on_every_tab() {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    for tab in Tab::ALL {
        harness.state_mut().state.view.tab = tab;
        harness.run_steps(2);
        let count = harness.query_all_by_role(egui::accesskit::Role::Button).count();
        assert!(count > 10, "{count} buttons in {tab:?}");
        for number in 0..count {
            let button = harness.query_all_by_role(egui::accesskit::Role::Button).nth(number);
            let Some(button) = button else { continue };
            let label = button.accesskit_node().label();
            assert!(label.is_some_and(|label| !label.is_empty()), "a button without a name in {tab:?}");
            button.click();
            harness.run_steps(2);
            harness.state_mut().dialog = None;
            harness.state_mut().state.view.tab = tab;
            harness.state_mut().state.view.has_inspector = true;
            harness.run_steps(1);
        }
        harness.state_mut().state.open(tiny());
        harness.state_mut().state.kept.clear();
        harness.run_steps(2);
    }
}

#[test]
fn chinese_and_large_text_fit_the_smallest_window() {
    let mut harness = window_of(tiny(), SIZES[0]);
    wait_until(&mut harness, "the recording", is_recorded);
    for (language, scale, size) in [
        (Language::Chinese, 1.0, SIZES[0]),
        (Language::English, 1.5, SIZES[1]),
        // No larger than there is room for.
        (Language::English, 2.0, SIZES[0]),
    ] {
        harness.set_size(size.into());
        let view = &mut harness.state_mut().state.view;
        (view.language, view.scale) = (language, scale);
        for tab in Tab::ALL {
            harness.state_mut().state.view.tab = tab;
            harness.run_steps(4);
            assert_whole(&harness, &format!("{tab:?} {language:?} {scale}"));
        }
    }
}

#[test]
fn a_window_without_threads_answers_and_records_too() {
    let state = State::new(tiny(), View::default(), 0, Arc::new(|| ()));
    let mut harness =
        Harness::builder().build_ui_state(|ui, app: &mut App| app.show(ui), App::new(state, None));
    wait_until(&mut harness, "the first answer", is_answered);
    wait_until(&mut harness, "the recording", is_recorded);
    assert_eq!(fingerprint(&harness.state().state), Some(headless(&tiny())));
    assert!(crate::plan::Plan::first_on_page().prepare().is_ok());
    wait_until(&mut harness, "rest", |state| !state.is_moving());
}

#[test]
fn whatever_the_window_has_is_found_by_typing() {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    for (typed, met) in [
        ("winners", (|state| state.view.tab == Tab::People) as fn(&State) -> bool),
        (
            "training_hours",
            |state| matches!(&state.selected, Selected::Lever(path) if path.ends_with("training_hours")),
        ),
        ("stations open", |state| state.selected == Selected::Outcome("stations_open".to_owned())),
        ("dark", |state| state.view.theme == Theme::Dark),
        ("what a partner", |state| state.teaching.course.is_some()),
    ] {
        harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
        harness.run_steps(2);
        harness.get_by_label("A command, lever, outcome, place, lesson or scenario").type_text(typed);
        harness.run_steps(2);
        harness.key_press(egui::Key::Enter);
        harness.run_steps(2);
        assert_eq!(harness.state().dialog, None, "{typed}");
        assert!(met(&harness.state().state), "{typed}");
    }
}
