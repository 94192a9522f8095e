//! Writing files: where they go, what is there already, and what came of it.

use super::path_field;
use crate::document;
use crate::export::{self, place};
use crate::lever;
use crate::plan::Plan;
use crate::reason::Reason;
use crate::state::State;
use crate::text::Say;
use crate::theme::Weight;
use egui::{Button, Label, RadioButton, RichText, Ui};
use sim_core::base::Localised;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the dialog for one file writes.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The present plan: as a plan file if the name ends like one, else as a scenario file.
    Plan,
    /// This.
    Content(Arc<[u8]>),
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveKind {
    /// The window as it is, as a picture.
    Window,
    /// Every chart as a picture.
    Charts,
    /// The charts' figures.
    Figures,
    /// A page.
    Page,
}

impl SaveKind {
    const ALL: [SaveKind; 4] = [SaveKind::Window, SaveKind::Charts, SaveKind::Figures, SaveKind::Page];

    fn texts(self, say: Say) -> (&'static str, &'static str) {
        match self {
            SaveKind::Window => (say.of("export.png"), say.of("export.png.hint")),
            SaveKind::Charts => (say.of("export.svg"), say.of("export.svg.hint")),
            SaveKind::Figures => (say.of("export.csv"), say.of("export.csv.hint")),
            SaveKind::Page => (say.of("export.html"), say.of("export.html.hint")),
        }
    }

    /// Its files, of which all begin alike.
    fn names(self, state: &State, name: &str) -> Vec<String> {
        match self {
            SaveKind::Window => vec![format!("{name}.png")],
            SaveKind::Charts => {
                let charts = state.view.charts.iter();
                charts.map(|chart| format!("{name}_{chart}.svg")).collect()
            }
            SaveKind::Figures => vec![format!("{name}.csv")],
            SaveKind::Page => vec![format!("{name}.html")],
        }
    }
}

/// What is done about files that are there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Replace,
    Both,
}

impl Answer {
    /// Where files go then.
    fn paths(self, paths: Vec<PathBuf>) -> Vec<PathBuf> {
        match self {
            Answer::Replace => paths,
            Answer::Both => paths.iter().map(|path| place::beside(path)).collect(),
        }
    }
}

/// Says what is there already, and asks what to do about it.
fn question(ui: &mut Ui, say: Say, taken: &[PathBuf]) -> Option<Answer> {
    let mut answer = None;
    let text = say.with("dialog.taken", &[&listed(taken)]);
    ui.add(Label::new(RichText::new(text).bold()).wrap());
    ui.horizontal_wrapped(|ui| {
        if ui.button(say.of("dialog.replace")).clicked() {
            answer = Some(Answer::Replace);
        }
        let both = ui.button(say.of("dialog.both"));
        let names: Vec<PathBuf> = taken.iter().map(|path| place::beside(path)).collect();
        let hint = say.with("dialog.place", &[&listed(&names)]);
        if both.on_hover_text(hint).clicked() {
            answer = Some(Answer::Both);
        }
    });
    answer
}

/// One path whole; several by their folder, and their names in it.
fn listed(paths: &[PathBuf]) -> String {
    match paths {
        [path] => path.display().to_string(),
        paths => {
            let folder = paths.first().and_then(|path| path.parent());
            let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
            let names: Vec<String> = paths.iter().filter_map(name).collect();
            let folder = folder.map_or_else(String::new, |folder| folder.display().to_string());
            format!("{folder}: {}", names.join(", "))
        }
    }
}

/// The folder in which files are offered: the one that was written to last, as long as it is there, or the
/// user's own.
pub fn folder(state: &State) -> PathBuf {
    let last = Path::new(&state.view.folder);
    match last.is_dir() {
        true => last.to_owned(),
        false => place::folder().to_owned(),
    }
}

/// The dialog for one file, or for a scenario with its table. Whether it was written.
pub fn one(ui: &mut Ui, state: &mut State, path: &mut String, what: &What) -> bool {
    let say = state.say();
    let entered = path_field(ui, say.of("dialog.path"), path);
    if *what == What::Plan {
        forms(ui, state, path);
    }
    let target = place::whole(Path::new(path.trim()));
    let targets = match what {
        What::Plan => plan_targets(state.plans.now(), target),
        What::Content(_) => vec![target],
    };
    if cfg!(target_arch = "wasm32") {
        ui.label(RichText::new(say.of("dialog.save.page")).weak().small());
    } else {
        let text = say.with("dialog.place", &[&listed(&targets)]);
        ui.add(Label::new(RichText::new(text).small()).wrap());
    }
    let taken = place::taken(&targets);
    let targets = if taken.is_empty() {
        (entered || ui.button(say.of("dialog.save.do")).clicked()).then_some(targets)
    } else {
        question(ui, say, &taken).map(|answer| answer.paths(targets))
    };
    let Some(targets) = targets else { return false };
    let contents = match what {
        What::Content(content) => Ok(vec![content.to_vec()]),
        What::Plan => plan_contents(state.plans.now(), &targets, say),
    };
    write(state, &targets, contents)
}

/// In which form the plan is written, as the name's ending says; and before anything is written, what that
/// form cannot hold.
fn forms(ui: &mut Ui, state: &State, path: &mut String) {
    let say = state.say();
    let is_plan = document::is_plan_file(path.trim());
    let ron = || "ron".to_owned();
    for (key, ending, is_chosen) in [
        ("dialog.form.scenario", ron(), !is_plan),
        ("dialog.form.plan", document::ENDING.to_owned(), is_plan),
    ] {
        let text = say.find(key).unwrap_or_default();
        if ui.add(RadioButton::new(is_chosen, text)).clicked() && !is_chosen {
            let other = if is_plan { document::ENDING.to_owned() } else { ron() };
            let trimmed = path.trim();
            let stem = trimmed.strip_suffix(&format!(".{other}")).unwrap_or(trimmed);
            *path = format!("{stem}.{ending}");
        }
    }
    let plan = state.plans.now();
    if let Some(day) = plan.branch.filter(|_| !is_plan) {
        let later = plan.edits.iter().filter(|edit| edit.is_later);
        let titles: Vec<String> = later.map(|edit| lever::title(&edit.path, say.0)).collect();
        let text = match titles.is_empty() {
            true => say.with("dialog.form.no_branch", &[&day.to_string()]),
            false => say.with("dialog.form.left_out", &[&day.to_string(), &titles.join(", ")]),
        };
        ui.add(Label::new(RichText::new(text).color(ui.visuals().warn_fg_color)).wrap());
    }
}

/// Where the plan goes: one file, but a scenario that brings a table of counties has it beside it.
fn plan_targets(plan: &Plan, target: PathBuf) -> Vec<PathBuf> {
    let has_table = plan.own.as_ref().is_some_and(|own| own.table.is_some());
    if !has_table || document::is_plan_file(&target.to_string_lossy()) {
        return vec![target];
    }
    let stem = target.file_stem().unwrap_or_default().to_string_lossy();
    let table = target.with_file_name(format!("{}_counties.csv", place::file_name(&stem)));
    vec![target, table]
}

/// What is written there.
fn plan_contents(plan: &Plan, targets: &[PathBuf], say: Say) -> Result<Vec<Vec<u8>>, Reason> {
    let is_plan = targets.first().is_some_and(|target| document::is_plan_file(&target.to_string_lossy()));
    if is_plan {
        let text = document::file(plan).map_err(|refusal| refusal.text(say))?;
        return Ok(vec![text.into_bytes()]);
    }
    let table = targets.get(1).and_then(|table| table.file_name());
    let table = table.map(|name| name.to_string_lossy().into_owned());
    let (text, table) = document::scenario(plan, table.as_deref()).map_err(|faults| {
        let faults: Vec<String> = faults.0.iter().map(|fault| say.fault(fault)).collect();
        faults.join("; ")
    })?;
    Ok(std::iter::once(text.into_bytes()).chain(table).collect())
}

/// The dialog for all that can be exported. Whether something was.
pub fn all(
    ui: &mut Ui,
    state: &mut State,
    (folder, name): (&mut String, &mut String),
    asked: &mut Option<SaveKind>,
    picture: &mut Option<PathBuf>,
) -> bool {
    let say = state.say();
    if !cfg!(target_arch = "wasm32") {
        let _ = path_field(ui, say.of("dialog.folder"), folder);
    }
    let _ = path_field(ui, say.of("dialog.stem"), name);
    if !cfg!(target_arch = "wasm32") {
        let whole = place::whole(Path::new(folder.trim())).display().to_string();
        let text = say.with("dialog.place", &[&whole]);
        ui.add(Label::new(RichText::new(text).small()).wrap());
    }
    // What is written is what is shown now: later samples replace it.
    ui.horizontal_wrapped(|ui| super::super::status::sample(ui, state));
    let mut is_done = false;
    for kind in SaveKind::ALL {
        let (title, hint) = kind.texts(say);
        let names = kind.names(state, name.trim());
        let paths: Vec<PathBuf> = names.iter().map(|name| place::within(folder, name)).collect();
        let is_clicked = ui
            .horizontal(|ui| {
                let button = ui.add_sized([130.0, 24.0], Button::new(title));
                ui.label(RichText::new(hint).weak());
                button.clicked()
            })
            .inner;
        ui.add(Label::new(RichText::new(names.join(", ")).weak().small()).wrap());
        let taken = place::taken(&paths);
        let targets = if *asked == Some(kind) && !taken.is_empty() {
            question(ui, say, &taken).map(|answer| answer.paths(paths))
        } else if is_clicked && !taken.is_empty() {
            *asked = Some(kind);
            None
        } else {
            is_clicked.then_some(paths)
        };
        is_done |= targets.is_some_and(|targets| export(state, kind, targets, picture));
    }
    is_done
}

/// Writes files of a kind; a picture of the window comes later. Whether it is done.
fn export(state: &mut State, kind: SaveKind, paths: Vec<PathBuf>, picture: &mut Option<PathBuf>) -> bool {
    let contents = match kind {
        SaveKind::Window => {
            *picture = paths.into_iter().next();
            return true;
        }
        SaveKind::Charts => {
            let charts = export::svgs(state).into_iter();
            charts.map(|(_, text)| text.into_bytes()).collect()
        }
        SaveKind::Figures => vec![export::csv_file(&export::series(state))],
        SaveKind::Page => vec![export::page(state).into_bytes()],
    };
    write(state, &paths, Ok(contents))
}

/// Writes files, and says what came of it: all of them are one notice, and so is the first that could not be
/// written. Whether they were written.
pub fn write(state: &mut State, paths: &[PathBuf], contents: Result<Vec<Vec<u8>>, Reason>) -> bool {
    let first = paths.first().cloned().unwrap_or_default();
    let written = contents.map_err(|reason| (first, reason)).and_then(|contents| {
        paths.iter().zip(&contents).try_for_each(|(path, content)| {
            let written = export::write(path, content);
            written.map_err(|reason| (path.clone(), reason))
        })
    });
    match written {
        Ok(()) => {
            announce(state, paths);
            true
        }
        Err((path, reason)) => {
            let path = path.display().to_string();
            let say = state.say();
            let text = say.with("dialog.not_saved", &[&path, &reason.localised(say.speaker())]);
            state.notice(text, true);
            false
        }
    }
}

/// Says where files are, and remembers their folder.
fn announce(state: &mut State, paths: &[PathBuf]) {
    let text = state.say().with("dialog.saved", &[&listed(paths)]);
    state.notice(text, false);
    let folder = paths.first().and_then(|path| path.parent());
    let folder = folder.filter(|folder| folder.is_dir()).map(Path::to_owned);
    if let Some(folder) = &folder {
        state.view.folder = folder.to_string_lossy().into_owned();
    }
    if let Some(notice) = state.notices.last_mut() {
        notice.folder = folder;
    }
}
