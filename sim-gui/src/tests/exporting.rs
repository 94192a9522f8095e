//! What leaves the window: where it goes, that nothing is replaced unasked, and that it says what it rests
//! on.

use super::*;
use crate::draw::scene::Mark;
use crate::export::{self, basis, sheet::Sheet};
use crate::outcome;
use crate::panels::files::save::What;
use egui::OutputCommand;
use std::path::Path;

fn press(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(3);
}

/// A window whose plan differs from its baseline, answered.
fn changed() -> Harness<'static, App> {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    harness.state_mut().state.set("programme.promotion", "300.0");
    harness.step();
    wait_until(&mut harness, "all answers", |state| is_answered(state) && state.waiting() == 0);
    harness
}

fn ask_export(harness: &mut Harness<'_, App>, folder: &Path) {
    harness.state_mut().dialog =
        Some(Dialog::Export { folder: folder.display().to_string(), name: "plan".to_owned(), asked: None });
    harness.run_steps(2);
}

#[test]
fn files_are_told_by_their_whole_path_and_never_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = changed();
    ask_export(&mut harness, folder.path());
    let whole = folder.path().display().to_string();
    harness.get_by_label(&format!("Goes to {whole}"));
    press(&mut harness, "Figures (CSV)");
    let path = folder.path().join("plan.csv");
    assert!(path.is_file() && harness.state().dialog.is_none());
    harness.get_by_label(&format!("Written: {}", path.display()));
    harness.get_by_label("Open the folder");
    // What is there stays until it is said what to do.
    std::fs::write(&path, "mine").unwrap();
    ask_export(&mut harness, folder.path());
    press(&mut harness, "Figures (CSV)");
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    harness.get_by_label(&format!("There already: {}", path.display()));
    press(&mut harness, "Keep both");
    let second = folder.path().join("plan (2).csv");
    harness.get_by_label(&format!("Written: {}", second.display()));
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    assert!(std::fs::read_to_string(&second).unwrap().starts_with("\u{FEFF}outcome,"));
    ask_export(&mut harness, folder.path());
    press(&mut harness, "Figures (CSV)");
    press(&mut harness, "Replace");
    assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(&second).unwrap());
    // The folder is offered again, also for one file.
    let Dialog::Save { path: offered, .. } = Dialog::save(&harness.state().state) else {
        panic!("a dialog to save");
    };
    assert!(Path::new(&offered).starts_with(folder.path()), "{offered}");
}

#[test]
fn charts_go_into_a_file_each_and_are_asked_about_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = changed();
    let names = harness.state().state.view.charts.clone();
    for _ in 0..2 {
        ask_export(&mut harness, folder.path());
        press(&mut harness, "Charts (SVG)");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), names.len());
    press(&mut harness, "Keep both");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2 * names.len());
    for name in names {
        assert!(folder.path().join(format!("plan_{name} (2).svg")).is_file());
    }
}

#[test]
fn every_chart_has_a_menu_by_button_keyboard_and_the_other_mouse_button() {
    let mut harness = changed();
    let title = outcome::named("stations_open").unwrap().title(harness.state().state.say());
    let menu = format!("Menu: {title}");
    let copied = |harness: &Harness<'_, App>| {
        let commands = &harness.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    };
    harness.get_by_label(&menu).click();
    harness.run_steps(2);
    harness.get_by_label("Copy the data (CSV)").click();
    let found = (0..4).find_map(|_| {
        harness.step();
        copied(&harness)
    });
    let lines: Vec<String> = found.unwrap().lines().map(str::to_owned).collect();
    assert!(lines[0].starts_with("outcome,unit,plan,month") && lines.len() > 10);
    assert!(lines[1..].iter().all(|line| line.starts_with("stations_open,")), "this chart only");
    // By keyboard.
    harness.run_steps(3);
    harness.get_by_label(&menu).focus();
    harness.run_steps(2);
    assert!(harness.get_by_label(&menu).is_focused());
    harness.key_press(egui::Key::Enter);
    harness.run_steps(3);
    harness.get_by_label("Save the picture (SVG) …").click();
    harness.run_steps(3);
    let content = |harness: &Harness<'_, App>| match &harness.state().dialog {
        Some(Dialog::Save { path, what: What::Content(content) }) => (path.clone(), content.clone()),
        other => panic!("{other:?}"),
    };
    let (path, svg) = content(&harness);
    assert!(path.ends_with("_stations_open.svg") && svg.starts_with(b"<svg"), "{path}");
    harness.state_mut().dialog = None;
    harness.run_steps(2);
    // With the other mouse button on the picture.
    harness.get_by_label(&format!("Chart: {title}")).click_secondary();
    harness.run_steps(3);
    harness.get_by_label("Save the picture (PNG) …").click();
    harness.run_steps(3);
    let (path, png) = content(&harness);
    assert!(path.ends_with("_stations_open.png") && png.starts_with(b"\x89PNG"), "{path}");
    harness.state_mut().dialog = None;
    harness.run_steps(2);
    press(&mut harness, &menu);
    press(&mut harness, "What it means, and how it is modelled");
    let shown = harness.state().state.selected.clone();
    assert_eq!(shown, Selected::Outcome("stations_open".to_owned()));
}

/// Keeps what leaves the window, for people, where pictures are kept.
fn keep(name: &str, content: impl AsRef<[u8]>) {
    if let Some(folder) = std::env::var_os("COUNTRYSIDE_PICTURES") {
        std::fs::write(Path::new(&folder).join(name), content).unwrap();
    }
}

/// Texts of a sheet: where, which part of them stands there, how high, and what.
fn texts(sheet: &Sheet) -> Vec<(egui::Pos2, egui::Align2, f32, String)> {
    let marks = sheet.scene.marks.iter().filter_map(|mark| match mark {
        Mark::Text { at, align, size, text, .. } => Some((*at, *align, *size, text.clone())),
        _ => None,
    });
    marks.collect()
}

#[test]
fn a_chart_that_leaves_says_what_its_marks_are_and_what_it_rests_on() {
    let mut harness = changed();
    wait_until(&mut harness, "the recording", is_recorded);
    let state = &mut harness.state_mut().state;
    state.clock.seek(178.0);
    let outcome = outcome::named("income_per_head").unwrap();
    for language in [crate::text::Language::English, crate::text::Language::Chinese] {
        state.view.language = language;
        let sheet = Sheet::of(state, outcome);
        keep(&format!("70_chart_{language:?}.svg"), sheet.svg());
        keep(&format!("71_chart_{language:?}.png"), sheet.png().unwrap());
        keep(&format!("72_page_{language:?}.html"), export::page(state));
        let message = texts(&sheet);
        // Lines may end anywhere.
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let all: String = message.iter().map(|text| bare(&text.3)).collect();
        let say = state.say();
        let sample = basis::sample(state);
        let month = say.with("charts.cursor", &["2014-11"]);
        let lever = lever::find("programme.promotion").unwrap().title(say.0);
        for part in [
            outcome.title(say).as_str(),
            say.of("charts.plan"),
            say.of("charts.baseline"),
            say.of("charts.bands"),
            month.as_str(),
            lever,
            basis::VERSION,
            &sample.villages.to_string(),
            &sample.whole.to_string(),
            &basis::today().unwrap().to_string(),
        ] {
            assert!(all.contains(&bare(part)), "{part:?} is not in {all}");
        }
        assert!(sample.villages > 0 && sample.runs >= 3);
        // Nothing lies beyond the picture, and the title is clear of the grid.
        for (at, align, size, text) in &message {
            let high = match align.y() {
                egui::Align::Min => at.y + size,
                _ => at.y,
            };
            assert!(at.y >= 0.0 && high <= sheet.size.y && at.x <= sheet.size.x, "{text} at {at:?}");
        }
        let first = &message.iter().find(|text| text.3.contains(&outcome.title(say))).unwrap();
        let grid = sheet.scene.marks.iter().filter_map(|mark| match mark {
            Mark::Line { points, .. } => points.iter().map(|point| point.y).reduce(f32::min),
            _ => None,
        });
        let top = grid.reduce(f32::min).unwrap();
        assert!(first.0.y + first.2 < top, "{} {top}", first.0.y);
    }
    let image = Sheet::of(&harness.state().state, outcome).image();
    assert_eq!(image.size[0], 1520);
}

#[test]
fn the_page_has_money_bands_differences_and_how_to_make_it_again() {
    let harness = changed();
    let state = &harness.state().state;
    let page = export::page(state);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    for part in [
        "What was changed",
        "programme.promotion",
        "300 ",
        "5 % – 95 % of runs",
        "95 % interval",
        "What the programme spent",
        "What it bought",
        "million yuan",
        "countryside run tiny --set",
        "programme.promotion=300.0",
        "countryside report results/plan",
        "countryside2-",
        basis::VERSION,
        &basis::today().unwrap().to_string(),
        "<svg",
        "</section>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // All five villages are no sample, and no preview.
    assert!(!page.contains("preview"));
    assert!(!page.contains("<script") && !page.contains("http://www.w3.org/1999"));
    let title = |item| state.say().item(item);
    assert!(page.contains(&title(sim_core::metrics::ledger::Item::Promotion)));
    // A plan that is its own baseline is not compared with itself.
    let mut alone = window();
    wait_until(&mut alone, "the first answer", is_answered);
    let page = export::page(&alone.state().state);
    assert!(page.contains("Nothing: the plan has every value") && !page.contains("95 % interval"));
}

#[test]
fn two_scenarios_without_an_edit_differ_on_the_page() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    let other = tiny().with("programme.partner_kind", "Returnees");
    harness.state_mut().state.compare_with(&other);
    wait_until(&mut harness, "all answers", |state| state.waiting() == 0);
    let changes = basis::changes(&harness.state().state);
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].path, "programme.partner_kind");
    assert_ne!(changes[0].now, changes[0].was);
}
