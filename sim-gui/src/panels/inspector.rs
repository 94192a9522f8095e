//! The inspector: the page of what was clicked last: a lever, an outcome, a place, somebody.

use super::{lever_page, outcome_page, story};
use crate::state::State;
use crate::view::Selected;
use egui::{Button, ScrollArea, Ui};

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    ui.horizontal(|ui| {
        let back = ui.add_enabled(!state.trail.is_empty(), Button::new(say.of("inspector.back")));
        if back.clicked() {
            state.back();
        }
        if ui.button(say.of("inspector.close")).clicked() {
            state.view.has_inspector = false;
        }
    });
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.set_width(ui.available_width() - 6.0);
        match state.selected.clone() {
            Selected::Nothing => super::empty(ui, say.of("inspector.empty")),
            Selected::Lever(path) => lever_page::ui(ui, state, &path),
            Selected::Outcome(name) => outcome_page::ui(ui, state, &name),
            Selected::Entity(entity) => story::ui(ui, state, entity),
        }
    });
}
