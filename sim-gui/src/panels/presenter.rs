//! The presenter's window, for a class that looks at a wall: one large chart or the map, and the step of the
//! lesson, with the way on.

use super::charts;
use super::files::Dialog;
use super::lesson as lesson_panel;
use super::map::MapPanel;
use crate::draw::legend::{self, Sign};
use crate::draw::scene::Scene;
use crate::lesson::{Presented, Subject};
use crate::outcome::{self, ShownOutcome};
use crate::state::State;
use crate::theme::Weight;
use egui::{
    Align, Button, CentralPanel, ComboBox, Key, Label, Layout, RichText, ScrollArea, Ui, ViewportBuilder,
    ViewportId, vec2,
};
use sim_core::base::Month;

/// Height of the chart's own text over the usual 11 points.
const TEXT: f32 = 20.0;

/// How much larger the letters of buttons and legends are than in the window.
const LARGER: f32 = 1.4;

/// The part of the height that a step's text takes, at most.
const HEIGHT: f32 = 0.4;

/// Opens the window on what the lesson's step is about, else on the first chart; or closes it.
pub fn toggle(state: &mut State) {
    state.teaching.turned = None;
    state.teaching.presented = match state.teaching.presented {
        Some(_) => None,
        None => Some(first(state)),
    };
}

/// The first of the charts.
fn first(state: &State) -> Presented {
    let first = state.view.charts.first().cloned();
    Presented::Chart(first.unwrap_or_else(|| "stations_open".to_owned()))
}

/// Shows the window while it is open, with a map of its own. Where there cannot be a second one, it lies
/// within the first.
pub fn ui(context: &egui::Context, state: &mut State, map: &mut MapPanel, dialog: &mut Option<Dialog>) {
    if state.teaching.presented.is_none() {
        return;
    }
    let builder = ViewportBuilder::default()
        .with_title(state.say().of("presenter.title"))
        .with_inner_size([1100.0, 720.0])
        .with_min_inner_size([480.0, 320.0]);
    context.show_viewport_immediate(ViewportId::from_hash_of("presenter"), builder, |ui, _class| {
        if ui.input(|input| input.viewport().close_requested()) {
            state.teaching.presented = None;
        }
        CentralPanel::default().show(ui, |ui| page(ui, state, map, dialog));
    });
}

fn page(ui: &mut Ui, state: &mut State, map: &mut MapPanel, dialog: &mut Option<Dialog>) {
    turn(state);
    for font in ui.style_mut().text_styles.values_mut() {
        font.size *= LARGER;
    }
    let mut shown = state.teaching.presented.clone();
    ui.horizontal_wrapped(|ui| controls(ui, state, &mut shown));
    lesson(ui, state, dialog);
    let known = match &shown {
        Some(Presented::Chart(name)) => outcome::named(name).filter(|outcome| outcome.has_series()),
        _ => None,
    };
    match (&shown, known) {
        (Some(Presented::Map), _) => wall(ui, state, map),
        (Some(Presented::Chart(_)), Some(outcome)) => chart(ui, state, outcome),
        _ => shown = None,
    }
    state.teaching.presented = shown;
}

/// Turns to what the lesson's step is about, once when it begins.
fn turn(state: &mut State) {
    let course = state.teaching.course.as_ref();
    let now = course.map(|course| (course.lesson.name.clone(), course.step));
    if now == state.teaching.turned {
        return;
    }
    let subject = course.and_then(|course| course.now()?.subject());
    state.teaching.turned = now;
    let is_chart = matches!(state.teaching.presented, Some(Presented::Chart(_)));
    let shown = match subject {
        Some(Subject::Map) => Presented::Map,
        Some(Subject::Chart(name)) => Presented::Chart(name),
        Some(Subject::Charts) if !is_chart => first(state),
        Some(Subject::Charts) | None => return,
    };
    state.teaching.presented = Some(shown);
}

/// Chooses the map or an outcome, and closes the window.
fn controls(ui: &mut Ui, state: &mut State, shown: &mut Option<Presented>) {
    let say = state.say();
    let charts = state.view.charts.iter().cloned().map(Presented::Chart);
    let all: Vec<Presented> = charts.chain([Presented::Map]).collect();
    let at = all.iter().position(|known| Some(known) == shown.as_ref());
    let turn = |by: usize| all.get((at.unwrap_or(0) + by) % all.len()).cloned();
    let title = |presented: &Presented| match presented {
        Presented::Map => say.of("tab.map").to_owned(),
        Presented::Chart(name) => outcome::named(name).map_or_else(|| name.clone(), |known| known.title(say)),
    };
    if ui.add_enabled(all.len() > 1, Button::new(say.of("presenter.before"))).clicked() {
        *shown = turn(all.len() - 1);
    }
    if ui.add_enabled(all.len() > 1, Button::new(say.of("presenter.after"))).clicked() {
        *shown = turn(1);
    }
    let combo = ComboBox::from_id_salt("presented")
        .width(280.0)
        .selected_text(shown.as_ref().map(title).unwrap_or_default())
        .show_ui(ui, |ui| {
            ui.selectable_value(shown, Some(Presented::Map), say.of("tab.map"));
            for outcome in outcome::all() {
                let chart = Presented::Chart(outcome.name.to_owned());
                ui.selectable_value(shown, Some(chart), outcome.title(say));
            }
        });
    let label = say.of("presenter.outcome");
    combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label));
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let is_left =
            ui.input(|input| input.key_pressed(Key::F5)) && ui.ctx().viewport_id() != ViewportId::ROOT;
        if ui.button(say.of("presenter.close")).clicked() || is_left {
            *shown = None;
        }
    });
}

/// The step of the lesson in large letters, if there is one, and the way to the next.
fn lesson(ui: &mut Ui, state: &mut State, dialog: &mut Option<Dialog>) {
    let say = state.say();
    let Some(course) = &state.teaching.course else {
        return;
    };
    let Some(step) = course.now() else { return };
    let language = state.view.language;
    let count = course.lesson.steps.len();
    let numbers = [course.step + 1, count].map(|number| number.to_string());
    let number = say.with("lesson.step", &[&numbers[0], &numbers[1]]);
    let mut press = None;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(number).size(TEXT * 0.8).weak());
        ui.label(RichText::new(step.title.of(language)).size(TEXT).bold());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            press = lesson_panel::steps(ui, say, course);
        });
    });
    let is_told = course.is_met() && !step.after.en.is_empty();
    let texts = if is_told { [&step.after, &step.after] } else { [&step.text, &step.ask] };
    let [text, ask] = texts.map(|text| text.of(language));
    let room = ui.available_height() * HEIGHT;
    ScrollArea::vertical().id_salt("told").max_height(room).show(ui, |ui| {
        ui.add(Label::new(RichText::new(text).size(TEXT * 0.8)).wrap());
        if !is_told && !ask.is_empty() {
            ui.add(Label::new(RichText::new(ask).size(TEXT)).wrap());
        }
    });
    ui.add_space(6.0);
    if let Some(press) = press {
        lesson_panel::follow(state, dialog, press);
    }
}

/// The map with its legend, and the month that it shows.
fn wall(ui: &mut Ui, state: &mut State, map: &mut MapPanel) {
    let say = state.say();
    ui.horizontal_wrapped(|ui| {
        let title = state.view.layer.title(say);
        ui.label(RichText::new(title).size(TEXT * 1.6).bold());
        if state.shown_run().is_some() {
            let month = Month(state.clock.now.clamp(0.0, 60_000.0) as u16);
            ui.label(RichText::new(month.to_string()).size(TEXT).weak());
        }
    });
    map.picture(ui, state);
}

fn chart(ui: &mut Ui, state: &State, outcome: &ShownOutcome) {
    let say = state.say();
    let palette = state.palette();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(outcome.title(say)).size(TEXT * 1.6).bold());
        ui.label(RichText::new(outcome.monthly_unit(say)).size(TEXT).weak());
    });
    let (chart, is_stale) = charts::chart(state, outcome, TEXT);
    let lasts = chart.curves.iter().rev().map(|curve| curve.points.last());
    let mut lasts = lasts.map(|last| last.map(|last| say.amount(last.at[2], outcome.unit)));
    ui.horizontal_wrapped(|ui| {
        for entry in legend::entries(&chart, &palette, is_stale) {
            let text = match (&entry.sign, lasts.next().flatten()) {
                (Sign::Line { .. }, Some(value)) => format!("{}: {value}", entry.text),
                _ => entry.text.clone(),
            };
            super::sign(ui, &text, |painter, rect| {
                let mut scene = Scene::default();
                entry.sign.draw(&mut scene, rect);
                scene.paint(painter);
            });
        }
        if let Some(level) = state.level().filter(|_| state.is_compared() && !is_stale) {
            let compared = state.compared(&state.current, level, |run| run.last(outcome));
            ui.label(say.of("presenter.difference"));
            super::difference(ui, state, compared.as_ref(), outcome.unit);
        }
        if let Some(note) = super::status::unlike_text(state) {
            ui.label(RichText::new(note).color(ui.visuals().warn_fg_color));
        }
    });
    let size = vec2(ui.available_width(), (ui.available_height() - 6.0).max(140.0));
    let (response, painter) = ui.allocate_painter(size, egui::Sense::hover());
    painter.rect_filled(response.rect, 3.0, palette.ground);
    chart.draw(response.rect, &palette).paint(&painter);
    let name = format!("{} {}", say.of("presenter.title"), outcome.title(say));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
}
