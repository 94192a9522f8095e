//! Windows over the window: open, save, share, export, help.

pub mod save;

use crate::document;
use crate::export::{self, place};
use crate::state::State;
use crate::theme::Weight;
use egui::{Button, Label, RichText, ScrollArea, TextEdit, Ui};
use save::{SaveKind, What};
use std::path::PathBuf;

/// A window over the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// Opens a scenario file by its path.
    Open {
        /// The path as typed.
        path: String,
    },
    /// Writes a file.
    Save {
        /// The path as typed.
        path: String,
        /// What is written.
        what: What,
    },
    /// Shows the plan as a code, and takes one.
    Share {
        /// The code as shown or pasted.
        code: String,
        /// Why the present plan has no code; empty if it has one.
        refused: String,
    },
    /// Chooses what to export.
    Export {
        /// The folder as typed.
        folder: String,
        /// The beginning of the names as typed.
        name: String,
        /// What was asked for while files of its names were there already.
        asked: Option<SaveKind>,
    },
    /// Lists the keys.
    Help,
    /// Lists the lessons.
    Lessons,
    /// Finds whatever is typed.
    Find {
        /// What is typed.
        typed: String,
        /// The number of the entry that Enter takes.
        at: usize,
    },
}

impl Dialog {
    /// To open a file.
    pub fn open() -> Dialog {
        Dialog::Open { path: "scenarios/".to_owned() }
    }

    /// To save the present plan: as a scenario file unless that cannot hold all of it.
    pub fn save(state: &State) -> Dialog {
        let ending = match state.plans.now().branch {
            None => ".ron".to_owned(),
            Some(_) => format!(".{}", document::ENDING),
        };
        Dialog::Save { path: offered(state, &ending), what: What::Plan }
    }

    /// To save whatever it is, under a name that begins with the plan's.
    pub fn content(state: &State, name: &str, content: Vec<u8>) -> Dialog {
        Dialog::Save { path: offered(state, &format!("_{name}")), what: What::Content(content.into()) }
    }

    /// To share the plan.
    pub fn share(state: &State) -> Dialog {
        let code = document::code(state.plans.now());
        let refused = code.as_ref().err().map(|refusal| refusal.text(state.say()));
        Dialog::Share { code: code.unwrap_or_default(), refused: refused.unwrap_or_default() }
    }

    /// To export.
    pub fn export(state: &State) -> Dialog {
        Dialog::Export {
            folder: save::folder(state).display().to_string(),
            name: place::file_name(&state.plans.now().name()),
            asked: None,
        }
    }

    /// To find something.
    pub fn find() -> Dialog {
        Dialog::Find { typed: String::new(), at: 0 }
    }

    fn title(&self) -> &'static str {
        match self {
            Dialog::Open { .. } => "dialog.open",
            Dialog::Save { .. } => "dialog.save",
            Dialog::Share { .. } => "dialog.share",
            Dialog::Export { .. } => "dialog.export",
            Dialog::Help => "dialog.help",
            Dialog::Lessons => "dialog.lessons",
            Dialog::Find { .. } => "finder.title",
        }
    }
}

/// A file of the plan in the folder where files go.
fn offered(state: &State, end: &str) -> String {
    let name = place::file_name(&state.plans.now().name());
    let path = save::folder(state).join(format!("{name}{end}"));
    path.display().to_string()
}

/// Draws the dialog, if there is one; a picture of the window is asked for by the result, which is where it
/// goes.
pub fn ui(context: &egui::Context, state: &mut State, dialog: &mut Option<Dialog>) -> Option<PathBuf> {
    if matches!(dialog, Some(Dialog::Find { .. })) {
        super::finder::ui(context, state, dialog);
        return None;
    }
    let shown = dialog.as_mut()?;
    let say = state.say();
    let mut is_open = true;
    let mut is_done = false;
    let mut picture = None;
    let is_long = *shown == Dialog::Help;
    let window = egui::Window::new(say.find(shown.title()).unwrap_or_default())
        .id(egui::Id::unique("dialog"))
        .open(&mut is_open)
        .collapsible(false)
        .default_width(520.0)
        .max_height(context.content_rect().height() - 90.0)
        .vscroll(is_long)
        .anchor(egui::Align2::CENTER_CENTER, egui::Vec2::ZERO);
    window.show(context, |ui| {
        is_done = match shown {
            Dialog::Open { path } => open(ui, state, path),
            Dialog::Save { path, what } => save::one(ui, state, path, what),
            Dialog::Share { code, refused } => share(ui, state, code, refused),
            Dialog::Export { folder, name, asked } => {
                save::all(ui, state, (folder, name), asked, &mut picture)
            }
            Dialog::Help => help(ui, state),
            Dialog::Lessons => super::lesson::shelf(ui, state),
            Dialog::Find { .. } => false,
        };
    });
    if !is_open || is_done || context.input(|input| input.key_pressed(egui::Key::Escape)) {
        *dialog = None;
    }
    picture
}

fn path_field(ui: &mut Ui, name: &str, path: &mut String) -> bool {
    let label = ui.label(name);
    let field = ui.add(TextEdit::singleline(path).desired_width(f32::INFINITY)).labelled_by(label.id);
    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

fn open(ui: &mut Ui, state: &mut State, path: &mut String) -> bool {
    let say = state.say();
    if cfg!(target_arch = "wasm32") {
        ui.add(Label::new(say.of("dialog.open.page")).wrap());
        return false;
    }
    let entered = path_field(ui, say.of("dialog.path"), path);
    ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
        for found in export::scenario_files(path) {
            if ui.selectable_label(*path == found, &found).clicked() {
                *path = found;
            }
        }
    });
    ui.label(RichText::new(say.of("dialog.open.hint")).weak().small());
    if entered || ui.button(say.of("dialog.open.do")).clicked() {
        state.open_named(path.trim());
        return true;
    }
    false
}

fn share(ui: &mut Ui, state: &mut State, code: &mut String, refused: &str) -> bool {
    let say = state.say();
    ui.add(Label::new(say.of("dialog.share.hint")).wrap());
    let field = ui.add(TextEdit::multiline(code).desired_rows(5).desired_width(f32::INFINITY).code_editor());
    let name = say.of("dialog.share");
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    let is_empty = code.trim().is_empty();
    let received = document::of_code(code);
    let message = match &received {
        _ if is_empty => (!refused.is_empty()).then(|| refused.to_owned()),
        Ok(received) => received.warning(say),
        Err(refusal) => Some(refusal.text(say)),
    };
    if let Some(message) = message {
        ui.add(Label::new(RichText::new(message).color(ui.visuals().warn_fg_color)).wrap());
    }
    ui.horizontal(|ui| {
        let copy = ui.add_enabled(!is_empty, Button::new(say.of("dialog.share.copy")));
        if copy.clicked() {
            ui.ctx().copy_text(code.clone());
        }
        let take = ui.add_enabled(received.is_ok(), Button::new(say.of("dialog.share.take")));
        match received {
            Ok(received) if take.clicked() => {
                state.open_received(received);
                true
            }
            _ => false,
        }
    })
    .inner
}

/// Words of the window that are explained, as keys of texts.
const WORDS: [&str; 9] = [
    "words.station",
    "words.partner",
    "words.centre",
    "words.baseline",
    "words.run",
    "words.sample",
    "words.recording",
    "words.gain",
    "words.taobao",
];

fn help(ui: &mut Ui, state: &mut State) -> bool {
    let say = state.say();
    let is_done = tour(ui, state);
    ScrollArea::vertical().max_height(430.0).show(ui, |ui| {
        egui::Grid::new("keys").num_columns(2).striped(true).show(ui, |ui| {
            for (keys, key) in crate::keys::SHEET {
                let keys = say.find(&format!("key.{keys}")).unwrap_or(keys);
                ui.label(RichText::new(keys).monospace().bold());
                ui.label(say.find(key).unwrap_or(key));
                ui.end_row();
            }
        });
        ui.add_space(8.0);
        ui.label(RichText::new(say.of("words.title")).bold());
        for key in WORDS {
            ui.add(egui::Label::new(format!("• {}", say.find(key).unwrap_or(key))).wrap());
        }
        ui.add_space(8.0);
        speed(ui, state);
    });
    is_done
}

/// How fast it goes on this machine, for who asks.
fn speed(ui: &mut Ui, state: &State) {
    let say = state.say();
    if let Some(last) = state.latency.answers.last() {
        let text = say.with("status.answer", &[&format!("{last:.0}")]);
        ui.label(RichText::new(text).small().weak());
    }
    let mut frames: Vec<f64> = state.latency.frames.iter().copied().map(f64::from).collect();
    frames.sort_by(f64::total_cmp);
    if let (Some(worst), middle) = (frames.last(), crate::number::quantile(&frames, 0.5)) {
        let figures = [middle, *worst].map(|time| format!("{time:.0}"));
        let text = say.with("help.frames", &[&figures[0], &figures[1], &frames.len().to_string()]);
        ui.label(RichText::new(text).weak().small());
    }
}

/// Begins the tour again; whether it was asked for.
fn tour(ui: &mut Ui, state: &mut State) -> bool {
    let say = state.say();
    let mut is_done = false;
    ui.horizontal(|ui| {
        if ui.button(say.of("tour.again")).clicked() {
            state.teaching.tour = Some(0);
            is_done = true;
        }
        ui.label(RichText::new(say.of("tour.again.hint")).weak());
    });
    is_done
}
