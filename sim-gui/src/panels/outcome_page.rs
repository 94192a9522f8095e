//! The page of an outcome: definition, unit, values now, published figures, equations and assumptions behind it.

use super::part;
use crate::facts;
use crate::model_text;
use crate::number::{short, signed};
use crate::outcome;
use crate::state::State;
use egui::{Label, RichText, Ui};

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State, name: &str) {
    let say = state.say();
    let Some(outcome) = outcome::named(name) else {
        return;
    };
    ui.heading(outcome.title(say));
    ui.add(Label::new(outcome.definition).wrap());
    part(ui, say.of("page.unit"), say.unit(outcome.unit));
    if let Some(level) = state.level() {
        let now = state.shown(state.current.id(), level).total(outcome);
        let before = state.shown(state.baseline.id(), level).total(outcome);
        if let (Some(now), Some(before)) = (now, before) {
            ui.add_space(6.0);
            let what = if outcome.is_flow() {
                say.of("page.sum")
            } else {
                say.of("page.end")
            };
            ui.label(RichText::new(what).strong());
            let band = format!("{} – {}", short(now.at[0]), short(now.at[4]));
            ui.label(say.with("page.now", &[&short(now.at[2]), &band]));
            ui.label(say.with("page.before", &[&short(before.at[2])]));
            ui.label(say.with("page.difference", &[&signed(now.at[2] - before.at[2])]));
        }
    }
    let facts = facts::of(name, state.current.extent.is_whole_country());
    if !facts.is_empty() {
        ui.add_space(6.0);
        ui.label(RichText::new(say.of("page.published")).strong());
        for fact in facts {
            ui.add(Label::new(format!("{}  {}  {}", fact.date, short(fact.value), fact.source)).wrap());
        }
    }
    ui.add_space(6.0);
    let charts = &mut state.view.charts;
    let is_shown = charts.iter().any(|known| known == name);
    let key = if is_shown {
        say.of("page.unchart")
    } else {
        say.of("page.chart")
    };
    if ui.button(key).clicked() {
        charts.retain(|known| known != name);
        if !is_shown {
            charts.push(name.to_owned());
        }
    }
    ui.separator();
    ui.label(RichText::new(say.of("page.modelled")).strong());
    let sections = model_text::about(name);
    if sections.is_empty() {
        ui.label(say.of("page.no_section"));
    }
    for section in sections {
        ui.collapsing(section.title, |ui| ui.add(Label::new(section.text).wrap()));
    }
}
