//! A chart's own menu: its figures and its picture, to the clipboard or into a file, and the page that
//! explains it.

use crate::export::sheet::Sheet;
use crate::export::{csv_file, series_of};
use crate::outcome::ShownOutcome;
use crate::panels::files::Dialog;
use crate::state::State;
use crate::view::Selected;
use egui::containers::menu::MenuButton;
use egui::{Button, Context, Ui, vec2};
use sim_core::base::Localised;

/// What a chart can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Its figures on the clipboard.
    CopyData,
    /// Its picture on the clipboard.
    CopyPicture,
    /// Its figures in a file.
    SaveData,
    /// Its picture in a file, as lines that stay sharp.
    SaveSvg,
    /// Its picture in a file, as pixels.
    SavePng,
    /// Its page.
    Page,
    /// That it goes away.
    Remove,
}

impl Asked {
    const ALL: [Asked; 7] = [
        Asked::CopyData,
        Asked::CopyPicture,
        Asked::SaveData,
        Asked::SaveSvg,
        Asked::SavePng,
        Asked::Page,
        Asked::Remove,
    ];
}

/// The button that opens the menu. What was chosen.
pub fn button(ui: &mut Ui, state: &State, outcome: &ShownOutcome) -> Option<Asked> {
    let say = state.say();
    let button = Button::new("…").min_size(vec2(22.0, 18.0)).small();
    let (response, chosen) = MenuButton::from_button(button).ui(ui, |ui| entries(ui, state));
    let name = say.with("charts.menu", &[&outcome.title(say)]);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.on_hover_text(say.of("charts.menu.hint"));
    chosen.and_then(|chosen| chosen.inner)
}

/// The entries of the menu. What was chosen.
pub fn entries(ui: &mut Ui, state: &State) -> Option<Asked> {
    let say = state.say();
    let mut chosen = None;
    for asked in Asked::ALL {
        let text = match asked {
            Asked::CopyData => say.of("charts.menu.copy"),
            Asked::CopyPicture => say.of("charts.menu.copy_picture"),
            Asked::SaveData => say.of("charts.menu.data"),
            Asked::SaveSvg => say.of("charts.menu.svg"),
            Asked::SavePng => say.of("charts.menu.png"),
            Asked::Page => say.of("charts.menu.page"),
            Asked::Remove => say.of("charts.menu.remove"),
        };
        if ui.button(text).clicked() {
            chosen = Some(asked);
            ui.close();
        }
    }
    chosen
}

/// Does what was chosen.
pub fn perform(
    context: &Context,
    state: &mut State,
    outcome: &ShownOutcome,
    asked: Asked,
    dialog: &mut Option<Dialog>,
) {
    let say = state.say();
    let title = outcome.title(say);
    let mut save = |state: &State, end: &str, content: Vec<u8>| {
        let name = format!("{}.{end}", outcome.name);
        *dialog = Some(Dialog::content(state, &name, content));
    };
    let data = |state: &State| series_of(state, std::iter::once(outcome));
    match asked {
        Asked::CopyData => {
            context.copy_text(data(state));
            state.notice(say.with("charts.copied", &[&format!("{title} (CSV)")]), false);
        }
        Asked::CopyPicture => {
            context.copy_image(Sheet::of(state, outcome).image());
            state.notice(say.with("charts.copied", &[&title]), false);
        }
        Asked::SaveData => save(state, "csv", csv_file(&data(state))),
        Asked::SaveSvg => save(state, "svg", Sheet::of(state, outcome).svg().into_bytes()),
        Asked::SavePng => match Sheet::of(state, outcome).png() {
            Ok(bytes) => save(state, "png", bytes),
            Err(reason) => state.notice(reason.localised(state.say().speaker()), true),
        },
        Asked::Page => state.select(Selected::Outcome(outcome.name.to_owned())),
        Asked::Remove => state.view.charts.retain(|name| name != outcome.name),
    }
}
