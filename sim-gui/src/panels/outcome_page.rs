//! The page of an outcome: definition, unit, values now, published figures, equations and assumptions behind
//! it.

use super::part;
use super::table::sheet::ranking;
use crate::facts;
use crate::map::layer::Layer;
use crate::model_text;
use crate::outcome::{self, ShownOutcome};
use crate::state::State;
use crate::text::Language;
use crate::theme::Weight;
use crate::view::{Selected, Tab};
use crate::work::story::Entity;
use egui::{Label, RichText, Ui};

/// Counties named at either end of the ranking.
const SHOWN: usize = 3;

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State, name: &str) {
    let say = state.say();
    let Some(outcome) = outcome::named(name) else {
        return;
    };
    ui.heading(outcome.title(say));
    ui.add(Label::new(outcome.definition_in(say)).wrap());
    part(ui, say.of("page.unit"), &say.unit(outcome.unit));
    if let Some(level) = state.level() {
        let total = |plan| state.shown(plan, level).total(outcome);
        if let Some(now) = total(state.current.id()) {
            ui.add_space(6.0);
            let what = if outcome.is_flow() { say.of("page.sum") } else { say.of("page.end") };
            ui.label(RichText::new(what).bold());
            let amount = |value: f64| say.amount(value, outcome.unit);
            let band = now.band(say, outcome.unit);
            ui.label(say.with("page.now", &[&amount(now.at[2]), &band]));
            if let Some(bands) = bands_apart(state, outcome) {
                ui.add(Label::new(RichText::new(bands).small()).wrap());
            }
            let before = total(state.baseline.id()).filter(|_| state.is_compared());
            if let Some(before) = before {
                ui.label(say.with("page.before", &[&amount(before.at[2])]));
            }
            if let Some(compared) = state.compared(&state.current, level, |run| run.total(outcome)) {
                let message = super::difference_text(say, &compared, outcome.unit);
                ui.label(say.with("page.difference", &[&message]));
                let certainty = super::certainty(say, &compared, outcome.unit);
                ui.add(Label::new(RichText::new(certainty).small().weak()).wrap());
            }
        }
        super::status::unlike(ui, state);
    }
    published(ui, state, outcome);
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| shown(ui, state, outcome));
    ends(ui, state, outcome);
    ui.separator();
    ui.label(RichText::new(say.of("page.modelled")).bold());
    let sections = model_text::about(name);
    if sections.is_empty() {
        ui.label(say.of("page.no_section"));
    }
    for section in sections {
        let section = section.in_language(say.0);
        ui.collapsing(section.title, |ui| ui.add(Label::new(section.text).wrap()));
    }
}

/// What was published of it, where the plan has its places.
fn published(ui: &mut Ui, state: &State, outcome: &ShownOutcome) {
    let say = state.say();
    let facts = facts::of(outcome.name, &state.current.covered);
    if !facts.is_empty() {
        ui.add_space(6.0);
        ui.label(RichText::new(say.of("page.published")).bold());
        for fact in facts {
            ui.add(
                Label::new(format!(
                    "{}  {}  {}",
                    fact.date,
                    say.amount(fact.value, outcome.unit),
                    say.source(fact.source.trim())
                ))
                .wrap(),
            );
        }
    }
}

/// The band of luck alone beside that of luck and what is unknown, from runs of the same places.
fn bands_apart(state: &State, outcome: &ShownOutcome) -> Option<String> {
    let say = state.say();
    let [luck, both] = state.told_apart()?.map(|shown| shown.total(outcome));
    let [luck, both] = [luck?, both?].map(|spread| spread.band(say, outcome.unit));
    Some(say.with("page.apart", &[&luck, &both]))
}

/// The counties at both ends of the ranking, as recorded.
fn ends(ui: &mut Ui, state: &mut State, outcome: &ShownOutcome) {
    let Some(run) = state.shown_run().map(|(run, _)| run.clone()) else {
        return;
    };
    let say = state.say();
    let counties = ranking(state, &run, outcome);
    let is_chinese = state.view.language == Language::Chinese;
    if counties.len() < 2 * SHOWN {
        return;
    }
    ui.add_space(6.0);
    let (first, last) = match outcome.is_cost() {
        true => (say.of("page.least"), say.of("page.most")),
        false => (say.of("page.most"), say.of("page.least")),
    };
    let low = counties.iter().rev().take(SHOWN);
    let mut chosen = None;
    for (title, part) in [(first, counties.iter().take(SHOWN).collect::<Vec<_>>()), (last, low.collect())] {
        ui.label(RichText::new(title).bold());
        for (county, value) in part {
            let name = run.places.county_name(*county, is_chinese);
            let link = |ui: &mut Ui| ui.link(name).clicked();
            let amount = |ui: &mut Ui| ui.label(say.amount(*value, outcome.unit));
            let (is_clicked, _) = egui::Sides::new().shrink_left().truncate().show(ui, link, amount);
            if is_clicked {
                chosen = Some(Entity::County(*county as u32));
            }
        }
    }
    if let Some(county) = chosen {
        state.select(Selected::Entity(county));
    }
}

/// Where else it can be looked at: in the charts, as a list of counties, on the map.
fn shown(ui: &mut Ui, state: &mut State, outcome: &ShownOutcome) {
    let say = state.say();
    let toggle = |ui: &mut Ui, list: &mut Vec<String>, add: &str, remove: &str| {
        let is_shown = list.iter().any(|known| known == outcome.name);
        if ui.button(if is_shown { remove } else { add }).clicked() {
            list.retain(|known| known != outcome.name);
            if !is_shown {
                list.insert(0, outcome.name.to_owned());
            }
        }
    };
    if outcome.has_series() {
        let charts = &mut state.view.charts;
        toggle(ui, charts, say.of("page.chart"), say.of("page.unchart"));
    }
    if ui.button(say.of("page.table")).clicked() {
        state.view.list_counties(outcome);
    }
    if ui.button(say.of("page.map")).clicked() {
        state.view.layer = Layer::County(outcome.name.to_owned());
        if !matches!(state.view.tab, Tab::Overview | Tab::Map) {
            state.view.tab = Tab::Map;
        }
    }
}
