//! The presenter's window: one large chart, and the step of the lesson, for a class that looks at a wall.

use super::charts;
use crate::draw::scene::Scene;
use crate::outcome::{self, Outcome};
use crate::state::State;
use crate::theme::Weight;
use egui::{
    Align, Button, CentralPanel, ComboBox, Key, Label, Layout, RichText, Ui, ViewportBuilder, ViewportId,
};

/// Height of the chart's own text over the usual 11 points.
const TEXT: f32 = 20.0;

/// Opens the window on the first chart, or closes it.
pub fn toggle(state: &mut State) {
    state.teaching.presented = match state.teaching.presented {
        Some(_) => None,
        None => {
            let first = state.view.charts.first().cloned();
            Some(first.unwrap_or_else(|| "stations_open".to_owned()))
        }
    };
}

/// Shows the window while it is open. Where there cannot be a second one, it lies within the first.
pub fn ui(context: &egui::Context, state: &mut State) {
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
        CentralPanel::default().show(ui, |ui| page(ui, state));
    });
}

fn page(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let name = state.teaching.presented.clone().unwrap_or_default();
    let Some(outcome) = outcome::named(&name) else {
        state.teaching.presented = None;
        return;
    };
    let mut next = Some(name);
    ui.horizontal(|ui| controls(ui, state, &mut next));
    lesson(ui, state);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(outcome.title(say)).size(TEXT * 1.6).bold());
        ui.label(RichText::new(outcome.monthly_unit(say)).size(TEXT).weak());
    });
    picture(ui, state, outcome);
    state.teaching.presented = next;
}

/// Chooses the outcome, plays the time, closes the window.
fn controls(ui: &mut Ui, state: &mut State, shown: &mut Option<String>) {
    let say = state.say();
    let names = state.view.charts.clone();
    let at = names.iter().position(|name| Some(name) == shown.as_ref());
    let turn = |by: usize| {
        let count = names.len().max(1);
        names.get((at.unwrap_or(0) + by) % count).cloned()
    };
    if ui
        .add_enabled(names.len() > 1, Button::new(say.of("presenter.before")))
        .clicked()
    {
        *shown = turn(names.len().saturating_sub(1));
    }
    if ui
        .add_enabled(names.len() > 1, Button::new(say.of("presenter.after")))
        .clicked()
    {
        *shown = turn(1);
    }
    let title = shown
        .as_deref()
        .and_then(outcome::named)
        .map(|outcome| outcome.title(say));
    let combo = ComboBox::from_id_salt("presented")
        .width(280.0)
        .selected_text(title.unwrap_or_default())
        .show_ui(ui, |ui| {
            for outcome in outcome::all() {
                ui.selectable_value(shown, Some(outcome.name.to_owned()), outcome.title(say));
            }
        });
    let label = say.of("presenter.outcome");
    combo
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label));
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let is_left =
            ui.input(|input| input.key_pressed(Key::F5)) && ui.ctx().viewport_id() != ViewportId::ROOT;
        if ui.button(say.of("presenter.close")).clicked() || is_left {
            *shown = None;
        }
    });
}

/// The step of the lesson in large letters, if there is one.
fn lesson(ui: &mut Ui, state: &State) {
    let Some(course) = &state.teaching.course else {
        return;
    };
    let Some(step) = course.now() else { return };
    let language = state.view.language;
    ui.add(Label::new(RichText::new(step.title.of(language)).size(TEXT).bold()).wrap());
    let count = course.lesson.steps.len();
    let numbers = [course.step + 1, count].map(|number| number.to_string());
    let number = state.say().with("lesson.step", &[&numbers[0], &numbers[1]]);
    ui.label(RichText::new(number).size(TEXT * 0.7).weak());
    let is_told = course.is_met() && !step.after.en.is_empty();
    let texts = if is_told {
        [&step.after, &step.after]
    } else {
        [&step.text, &step.ask]
    };
    let [text, ask] = texts.map(|text| text.of(language));
    ui.add(Label::new(RichText::new(text).size(TEXT * 0.8)).wrap());
    if !is_told && !ask.is_empty() {
        ui.add(Label::new(RichText::new(ask).size(TEXT)).wrap());
    }
    ui.add_space(6.0);
}

fn picture(ui: &mut Ui, state: &State, outcome: &Outcome) {
    let say = state.say();
    let palette = state.palette();
    let (chart, is_stale) = charts::chart(state, outcome, TEXT);
    for curve in &chart.curves {
        if let Some(last) = curve.points.last() {
            let text = format!("{}: {}", curve.name, say.amount(last.at[2], outcome.unit));
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(egui::vec2(2.4 * TEXT, TEXT), egui::Sense::hover());
                let mut line = Scene::default();
                let ends = vec![rect.left_center(), rect.right_center()];
                line.line(ends, curve.colour, curve.width, curve.dash);
                line.paint(ui.painter());
                ui.label(RichText::new(text).size(TEXT * 0.8));
            });
        }
    }
    if chart.curves.last().is_some_and(|curve| curve.has_band) {
        ui.label(RichText::new(say.of("charts.bands")).size(TEXT * 0.6).weak());
    }
    if is_stale {
        ui.label(RichText::new(say.of("charts.stale")).size(TEXT * 0.8).italics());
    }
    let size = egui::vec2(ui.available_width(), (ui.available_height() - 6.0).max(140.0));
    let (response, painter) = ui.allocate_painter(size, egui::Sense::hover());
    painter.rect_filled(response.rect, 3.0, palette.ground);
    chart.draw(response.rect, &palette).paint(&painter);
    let name = format!("{} {}", say.of("presenter.title"), outcome.title(say));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
}
