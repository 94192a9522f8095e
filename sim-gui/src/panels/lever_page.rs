//! The page of a lever, the same for each: message, what it sets in motion, who gains and who loses, what to
//! notice, how it is modelled, and where its value comes from.

use super::{levers, part};
use crate::lever;
use crate::model_text;
use crate::state::State;
use crate::theme::Weight;
use egui::{Label, RichText, Ui};
use sim_core::scenario::region_defaults;

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State, path: &str) {
    let say = state.say();
    let Some(lever) = lever::find(path) else { return };
    ui.heading(lever.title(say.0));
    ui.add(Label::new(RichText::new(lever.definition.of(say.0)).italics()).wrap());
    ui.add_space(4.0);
    levers::row(ui, state, lever);
    ui.separator();
    let page = &lever.page;
    for (title, text) in [
        (say.of("page.message"), &page.message),
        (say.of("page.dynamics"), &page.dynamics),
        (say.of("page.gains"), &page.gains),
        (say.of("page.loses"), &page.loses),
        (say.of("page.notice"), &page.notice),
    ] {
        part(ui, title, text.of(say.0));
    }
    let row = &lever.row;
    part(ui, say.of("page.unit"), &say.unit(row.unit));
    let region = &state.current.prepared.scenario.places.region;
    let default = region_defaults(region).get(&lever.path).unwrap_or_else(|| row.default.clone());
    part(ui, say.of("page.range"), &say.range(row.range.times(levers::prices(state, lever))));
    part(ui, say.of("page.default"), &default);
    part(ui, say.of("page.source"), say.source(row.source));
    part(ui, say.of("page.field"), &lever.path);
    let sections = model_text::about(row.name);
    if !sections.is_empty() {
        ui.add_space(4.0);
        ui.label(RichText::new(say.of("page.modelled")).bold());
        for section in sections {
            let section = section.in_language(say.0);
            ui.collapsing(section.title, |ui| ui.add(Label::new(section.text).wrap()));
        }
    }
}
