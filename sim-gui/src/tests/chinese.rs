//! In Chinese, all that a person reads is Chinese: every panel, page and dialog is walked, and every text
//! looked at. What hovers is made of the same catalogue, which its own tests hold complete.

use super::*;
use crate::lesson;
use crate::outcome;
use crate::text::{Language, Text};
use std::collections::BTreeSet;

/// So high that few lists hide a text below their end \[points\].
const SIZE: [f32; 2] = [1400.0, 2000.0];

/// What stays in Latin letters: keys, and who is cited.
const STAYS: [&str; 3] = ["Home, End", "Atkin、Faber、Gonzalez-Navarro", "Couture、Faber、Gu、Liu"];

/// How what the toolkit itself tells screen readers begins.
const TOOLKIT: [&str; 2] = ["Close window", "Resize "];

/// Whether a piece of text is a word in Latin letters, rather than a name of the model, a number, a sign or a
/// variable.
fn is_word(piece: &str) -> bool {
    let bare = piece.trim_matches(|letter: char| ",;:.!?\"'()[]".contains(letter));
    bare.len() > 1 && bare.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '\'')
}

/// Most Latin words in a row; Chinese letters end a row.
fn row(text: &str) -> usize {
    let is_own = |letter: char| ('\u{2e80}'..'\u{fffe}').contains(&letter);
    let of_part = |part: &str| -> usize {
        let words: Vec<bool> = part.split_whitespace().map(is_word).collect();
        words.split(|is_word| !is_word).map(<[bool]>::len).max().unwrap_or(0)
    };
    text.split(is_own).map(of_part).max().unwrap_or(0)
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..'\u{a000}').contains(&letter))
}

/// Whether somebody who reads only Chinese is lost: more than three Latin words in a row, or more than one
/// and no Chinese.
fn is_english(text: &str) -> bool {
    let mut text = text.to_owned();
    for stays in STAYS {
        text = text.replace(stays, "");
    }
    match is_chinese(&text) {
        true => row(&text) > 3,
        false => row(&text) > 1,
    }
}

/// Everything that can be read or is read aloud and is not Chinese.
fn english(harness: &Harness<'_, App>) -> BTreeSet<String> {
    let mut found = Vec::new();
    for clipped in &harness.output().shapes {
        reach::texts(&clipped.shape, &mut found);
    }
    let shown = found.into_iter().map(|(_, text)| text);
    let root = harness.root();
    let named = root.children_recursive().flat_map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.placeholder().map(str::to_owned)]
    });
    let texts = shown.chain(named.flatten());
    let is_own = |text: &String| !TOOLKIT.iter().any(|start| text.starts_with(start));
    texts.filter(is_own).filter(|text| is_english(text)).collect()
}

/// A window in Chinese with two plans, recorded.
fn chinese() -> Harness<'static, App> {
    let mut harness = window_of(tiny(), SIZE);
    harness.state_mut().state.view.language = Language::Chinese;
    wait_until(&mut harness, "the recording", is_recorded);
    harness.state_mut().state.set("programme.promotion", "300.0");
    harness.step();
    wait_until(&mut harness, "the other recording", is_recorded);
    harness.state_mut().state.keep();
    harness
}

/// What is not Chinese, and where it was seen.
type Seen = BTreeSet<(String, String)>;

/// Draws the window, and notes what is not Chinese.
fn look(harness: &mut Harness<'static, App>, what: &str, seen: &mut Seen) {
    harness.run_steps(3);
    seen.extend(english(harness).into_iter().map(|text| (text, what.to_owned())));
}

#[test]
fn english_is_told_from_chinese() {
    assert!(is_english("Orders through stations."));
    assert!(is_english("数据：the first three Taobao villages"));
    for text in [
        "服务站",
        "programme.training_hours",
        "2015-06-30",
        "Ctrl+Z",
        "数据：parcel_value_2018",
        "English",
        "= min(programme.teams × y)",
    ] {
        assert!(!is_english(text), "{text}");
    }
}

#[test]
fn every_panel_speaks_chinese() {
    let (mut harness, mut seen) = (chinese(), Seen::new());
    for tab in Tab::ALL {
        harness.state_mut().state.view.tab = tab;
        look(&mut harness, &format!("{tab:?}"), &mut seen);
    }
    harness.state_mut().state.view.table.listed = crate::view::Listed::Villages;
    harness.state_mut().state.view.tab = Tab::Table;
    look(&mut harness, "villages", &mut seen);
    harness.state_mut().state.view.tab = Tab::Charts;
    for entity in
        [Entity::County(0), Entity::Village(0, 2), Entity::Household(0, 2, 1), Entity::Shop(0, 2, 0)]
    {
        harness.state_mut().state.select(Selected::Entity(entity));
        wait_until(&mut harness, "the story", |state| state.story.entity == Some(entity));
        look(&mut harness, &format!("{entity:?}"), &mut seen);
    }
    for group in lever::groups() {
        harness.state_mut().state.lever_search = format!("{}.", group.0);
        look(&mut harness, &format!("levers of {}", group.0), &mut seen);
    }
    harness.state_mut().state.lever_search.clear();
    harness.get_by_label("推广 300 元/月 ▼").click();
    look(&mut harness, "the menu of scenarios", &mut seen);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(2);
    for (path, value) in [("household_sample", "7"), ("programme.teams", "-1.0"), ("end", "\"2013-01-01\"")] {
        harness.state_mut().state.set(path, value);
        look(&mut harness, &format!("{path} = {value}"), &mut seen);
        harness.state_mut().state.plans.undo();
    }
    assert_eq!(seen, Seen::new());
}

#[test]
fn every_dialog_and_the_tour_speak_chinese() {
    let (mut harness, mut seen) = (chinese(), Seen::new());
    let state = &harness.state().state;
    let mut dialogs = vec![
        Dialog::open(),
        Dialog::save(state),
        Dialog::share(state),
        Dialog::export(state),
        Dialog::Help,
        Dialog::Lessons,
    ];
    for typed in ["", "服务站", "培训", "partner", "淘宝", "情景", "1"] {
        dialogs.push(Dialog::Find { typed: typed.to_owned(), at: 0 });
    }
    for dialog in dialogs {
        let what = format!("{dialog:?}");
        harness.state_mut().dialog = Some(dialog);
        look(&mut harness, &what, &mut seen);
    }
    harness.state_mut().dialog = None;
    for stop in 0..crate::panels::tour::STOPS {
        harness.state_mut().state.teaching.tour = Some(stop);
        look(&mut harness, &format!("stop {stop} of the tour"), &mut seen);
    }
    harness.state_mut().state.teaching.tour = None;
    crate::panels::presenter::toggle(&mut harness.state_mut().state);
    look(&mut harness, "the presenter", &mut seen);
    crate::panels::presenter::toggle(&mut harness.state_mut().state);
    lesson::begin(&mut harness.state_mut().state, &lesson::shipped()[2]);
    look(&mut harness, "a lesson", &mut seen);
    harness.get_by_label("下一步").click();
    harness.run_steps(2);
    harness.get_by_label("检查").click();
    look(&mut harness, "a task", &mut seen);
    harness.get_by_label("提示").click();
    look(&mut harness, "a hint", &mut seen);
    assert_eq!(seen, Seen::new());
}

#[test]
fn the_page_of_every_lever_and_outcome_is_chinese() {
    let (mut harness, mut seen) = (window_of(tiny(), SIZE), Seen::new());
    harness.state_mut().state.view.language = Language::Chinese;
    harness.state_mut().state.view.tab = Tab::Money;
    harness.state_mut().state.view.has_levers = false;
    wait_until(&mut harness, "the first answer", is_answered);
    let levers = lever::levers().iter().map(|lever| Selected::Lever(lever.path.clone()));
    let outcomes = outcome::of_counties().map(|outcome| Selected::Outcome(outcome.name.to_owned()));
    for page in levers.chain(outcomes) {
        harness.state_mut().state.select(page.clone());
        look(&mut harness, &format!("{page:?}"), &mut seen);
    }
    assert_eq!(seen, Seen::new());
}

#[test]
fn every_lesson_is_told_in_chinese_from_end_to_end() {
    for lesson in lesson::shipped() {
        let steps = lesson.steps.iter().flat_map(|step| {
            let options = match &step.task {
                lesson::Task::Choice(options, _) => options.iter().collect(),
                _ => Vec::new(),
            };
            [&step.title, &step.text, &step.ask, &step.hint, &step.after].into_iter().chain(options)
        });
        let texts: Vec<&Text> = [&lesson.title, &lesson.summary].into_iter().chain(steps).collect();
        for text in texts.into_iter().filter(|text| !text.en.is_empty()) {
            assert!(is_chinese(&text.zh) || row(&text.en) == 0, "{}: {text:?}", lesson.name);
            assert!(!is_english(&text.zh), "{}: {text:?}", lesson.name);
        }
    }
}
