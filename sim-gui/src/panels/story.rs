//! The story of a county, village, household or shop: state, reasons, money, history, links.

use super::table::sheet::ranking;
use crate::draw::scene::Scene;
use crate::outcome;
use crate::state::State;
use crate::text::{Language, Say, in_words};
use crate::theme::Weight;
use crate::view::Selected;
use crate::work::frame::Places;
use crate::work::story::{Entity, Line, Purpose, Story};
use egui::{Align2, Label, RichText, Sense, Ui, pos2, vec2};
use sim_core::base::Money;
use sim_core::event::{Cause, Happening};
use sim_core::model::VillageRow;
use std::sync::Arc;

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State, entity: Entity) {
    let say = state.say();
    let here = state.shown_run().filter(|(run, _)| state.is_here(run));
    let Some(places) = here.map(|(run, _)| run.places.clone()) else {
        return super::empty(ui, say.of("story.wait"));
    };
    heading(ui, state, &places, entity);
    if let Some(share) = state.again {
        let text = say.with("story.again", &[&format!("{:.0}", 100.0 * share)]);
        return super::empty(ui, &text);
    }
    if state.story.entity != Some(entity) {
        return super::empty(ui, say.of("story.wait"));
    }
    if state.recording_of != Some(state.current.id()) {
        ui.label(RichText::new(say.of("story.before")).italics());
    }
    let story = state.story.clone();
    ui.label(RichText::new(say.with("story.told", &[&story.time.date().to_string()])).weak().small());
    lines(ui, say, say.of("story.state"), &story.state);
    lines(ui, say, say.of("story.why"), &story.why);
    money(ui, say, &story);
    if story.rows.len() > 1 {
        ui.add_space(4.0);
        ui.label(RichText::new(say.of("story.rows")).bold());
        rows(ui, state, &story.rows);
    }
    events(ui, state, &story, &places, entity);
    links(ui, state, &story);
}

fn heading(ui: &mut Ui, state: &State, places: &Arc<Places>, entity: Entity) {
    let say = state.say();
    let is_chinese = state.view.language == Language::Chinese;
    let county = entity.county() as usize;
    let name = match entity {
        Entity::County(_) => places.county_name(county, is_chinese),
        Entity::Village(_, village) => places.village_name(county, usize::from(village), is_chinese),
        Entity::Household(_, _, record) => say.with("story.household", &[&(record + 1).to_string()]),
        Entity::Shop(_, _, number) => say.with("story.shop", &[&(number + 1).to_string()]),
    };
    ui.heading(name);
    if let Entity::County(county) = entity {
        rank(ui, state, county as usize);
    } else {
        ui.label(RichText::new(places.county_name(county, is_chinese)).weak());
    }
    let synthetic = match entity {
        Entity::County(_) => say.of("story.synthetic.county"),
        _ => say.of("story.synthetic"),
    };
    ui.add(Label::new(RichText::new(synthetic).small().weak()).wrap());
}

/// Where a county stands by what the table is sorted by.
fn rank(ui: &mut Ui, state: &State, county: usize) {
    let say = state.say();
    let run = state.shown_run().map(|(run, _)| run);
    let outcome = outcome::named(&state.view.table.counties.column);
    let (Some(run), Some(outcome)) = (run, outcome) else {
        return;
    };
    let counties = ranking(state, run, outcome);
    let Some(at) = counties.iter().position(|(other, _)| *other == county) else {
        return;
    };
    let value = format!("{} {}", say.amount(counties[at].1, outcome.unit), say.unit(outcome.unit));
    let (place, all) = ((at + 1).to_string(), counties.len().to_string());
    let title = outcome.title(say);
    let text = match outcome.is_cost() {
        true => say.with("story.rank.least", &[&title, &value, &place, &all]),
        false => say.with("story.rank", &[&title, &value, &place, &all]),
    };
    ui.add(Label::new(RichText::new(text).bold()).wrap());
}

fn filled(say: Say, line: &Line) -> String {
    let mut text = say.find(line.0).unwrap_or(line.0).to_owned();
    for (at, value) in line.1.iter().enumerate() {
        text = text.replace(&format!("{{{at}}}"), &value.text(say));
    }
    text
}

fn lines(ui: &mut Ui, say: Say, title: &str, lines: &[Line]) {
    if lines.is_empty() {
        return;
    }
    ui.add_space(4.0);
    ui.label(RichText::new(title).bold());
    for line in lines {
        ui.add(Label::new(format!("• {}", filled(say, line))).wrap());
    }
}

fn money(ui: &mut Ui, say: Say, story: &Story) {
    if story.money.is_empty() {
        return;
    }
    ui.add_space(4.0);
    let title = match story.entity {
        Some(Entity::County(_)) => say.of("story.money.county"),
        _ => say.of("story.money"),
    };
    ui.label(RichText::new(title).bold());
    for (what, amount) in story.money.iter().filter(|(_, amount)| *amount != 0.0) {
        let what = match what {
            Purpose::Item(item) => say.item(*item),
            Purpose::Other(key) => say.find(key).unwrap_or(key).to_owned(),
        };
        let name = |ui: &mut Ui| ui.add(Label::new(what).wrap());
        let amount = |ui: &mut Ui| ui.label(say.signed(*amount));
        egui::Sides::new().shrink_left().wrap().show(ui, name, amount);
    }
}

/// A figure of a row.
type Figure = fn(&VillageRow) -> f64;

/// Orders, shops and sales of a village, row by row, as three small curves.
fn rows(ui: &mut Ui, state: &State, rows: &[VillageRow]) {
    let palette = state.palette();
    let say = state.say();
    let figures: [(&str, Figure); 4] = [
        (say.of("story.rows.orders"), |row| f64::from(row.station_orders)),
        (say.of("story.rows.regular"), |row| f64::from(row.regular)),
        (say.of("story.rows.shops"), |row| f64::from(row.shops)),
        (say.of("story.rows.partner"), |row| {
            row.partner_income.map_or(f64::NAN, |fen| Money::from_fen(fen).yuan())
        }),
    ];
    for (number, (name, value)) in figures.into_iter().enumerate() {
        let values: Vec<f64> = rows.iter().map(value).collect();
        let most = values.iter().copied().fold(0.0, f64::max);
        if most <= 0.0 {
            continue;
        }
        let (response, painter) = ui.allocate_painter(vec2(ui.available_width(), 46.0), Sense::hover());
        let rect = response.rect;
        let mut scene = Scene::default();
        let points = values.iter().enumerate().map(|(at, value)| {
            let along = at as f32 / (values.len() - 1).max(1) as f32;
            pos2(
                rect.left() + rect.width() * along,
                rect.bottom() - (rect.height() - 16.0) * (value / most) as f32,
            )
        });
        scene.line(points.collect(), palette.series[number % 4], 2.0, 0.0);
        let now = values.last().copied().unwrap_or(0.0);
        let text = say.with("story.rows.figures", &[name, &say.number(now), &say.number(most)]);
        scene.text(rect.left_top(), Align2::LEFT_TOP, 11.0, palette.faint, text);
        scene.paint(&painter);
    }
}

fn events(ui: &mut Ui, state: &mut State, story: &Story, places: &Places, entity: Entity) {
    let say = state.say();
    if story.events.is_empty() {
        return;
    }
    ui.add_space(4.0);
    ui.label(RichText::new(say.of("story.history")).bold());
    let comma = say.of("story.comma");
    for (time, village, happening, cause) in story.events.iter().take(200) {
        let what = happened(say, *happening);
        let named = |village: u16| {
            let county = entity.county() as usize;
            let is_chinese = state.view.language == Language::Chinese;
            places.village_name(county, usize::from(village), is_chinese)
        };
        let why = because(say, *cause, *village, named).map_or(String::new(), |why| format!("{comma}{why}"));
        let is_elsewhere = matches!(entity, Entity::County(_)) && village.is_some();
        let place = match village.filter(|_| is_elsewhere) {
            Some(village) => format!(
                "{comma}{}",
                places.village_name(
                    entity.county() as usize,
                    usize::from(village),
                    state.view.language == Language::Chinese
                )
            ),
            None => String::new(),
        };
        let text = format!("{}  {what}{why}{place}", time.date());
        let link = ui.add(egui::Button::new(text).frame(false).wrap());
        if link.on_hover_text(say.of("story.history.hint")).clicked() {
            state.clock.seek(crate::clock::months(*time));
        }
    }
}

/// What happened, in words.
fn happened(say: Say, happening: Happening) -> String {
    if let Some(shop) = happening.shop() {
        let key = match happening {
            Happening::ShopOpened(_) => "story.shop.opened",
            _ => "story.shop.gone",
        };
        let number = (shop.number + 1).to_string();
        return say.with(key, &[&number, say.term(shop.product.name()).as_str()]);
    }
    let what = say.find(&format!("happening.{}", happening.name()));
    let what = what.map_or_else(|| in_words(happening.name()), str::to_owned);
    match happening.product() {
        Some(product) => format!("{what} ({})", say.term(product.name())),
        None => what,
    }
}

/// Why, where that is recorded; `named` gives the names of other villages.
fn because(say: Say, cause: Cause, village: Option<u16>, named: impl Fn(u16) -> String) -> Option<String> {
    match cause {
        Cause::Unstated => None,
        Cause::Copied { village: from, shop } => {
            let shop = (shop + 1).to_string();
            Some(match Some(from.0) == village {
                true => say.with("cause.copied", &[&shop]),
                false => say.with("cause.copied.elsewhere", &[&shop, &named(from.0)]),
            })
        }
        cause => say.find(&format!("cause.{}", cause.name())).map(str::to_owned),
    }
}

fn links(ui: &mut Ui, state: &mut State, story: &Story) {
    let say = state.say();
    if story.links.is_empty() {
        return;
    }
    ui.add_space(4.0);
    ui.label(RichText::new(say.of("story.links")).bold());
    for (line, entity) in &story.links {
        if ui.link(filled(say, line)).clicked() {
            state.select(Selected::Entity(*entity));
        }
    }
    if story.unlisted > 0 {
        let text = say.with("story.unlisted", &[&story.unlisted.to_string()]);
        ui.add(Label::new(RichText::new(text).weak().small()).wrap());
    }
}
