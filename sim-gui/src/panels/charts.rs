//! Charts: curves with bands, the baseline as a ghost, kept plans, published figures as dots.

mod menu;

use super::files::Dialog;
use crate::clock::months;
use crate::comparison::Unlike;
use crate::draw::chart::{Chart, Curve};
use crate::draw::legend;
use crate::draw::scene::Scene;
use crate::facts;
use crate::lesson::spot::{self, On};
use crate::outcome::{self, ShownOutcome};
use crate::state::{FINEST, Ready, State};
use crate::theme::{self, Weight, mix};
use crate::view::Selected;
use crate::work::sample::Level;
use crate::work::store::Shown;
use egui::{ComboBox, Rect, RichText, ScrollArea, Sense, Sides, Ui, vec2};

/// Room for the figures beside a chart's title \[points\].
const FIGURES: f32 = 200.0;

/// Draws the panel. What a chart's menu opens over the window is put into `dialog`.
pub fn ui(ui: &mut Ui, state: &mut State, dialog: &mut Option<Dialog>) {
    let names = state.view.charts.clone();
    ui.horizontal_wrapped(|ui| {
        add(ui, state);
        super::status::sample(ui, state);
        super::status::holds(ui, state);
        super::status::unlike(ui, state);
    });
    if names.is_empty() {
        return super::empty(ui, state.say().of("charts.none"));
    }
    if let Some(outcome) = names.iter().find_map(|name| outcome::named(name)) {
        let (chart, is_stale) = chart(state, outcome, 11.0);
        ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = 14.0;
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal_wrapped(|ui| key(ui, state, &chart, is_stale));
        });
    }
    let wide = ui.available_width() > 580.0 && names.len() > 1;
    let columns = if wide { 2 } else { 1 };
    let rows = names.len().div_ceil(columns);
    let gap = ui.spacing().item_spacing.y;
    let height = (ui.available_height() / rows as f32 - gap).clamp(120.0, 460.0);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for row in names.chunks(columns) {
            ui.columns(columns, |uis| {
                for (ui, name) in uis.iter_mut().zip(row) {
                    if let Some(outcome) = outcome::named(name) {
                        one(ui, state, outcome, height, dialog);
                        let rect = ui.min_rect();
                        spot::mark(ui, state, &On::Chart(name.clone()), rect);
                    }
                }
            });
        }
    });
}

/// What the lines stand for, the same in every chart; published figures, if any chart has some.
fn key(ui: &mut Ui, state: &State, chart: &Chart, is_stale: bool) {
    let palette = state.palette();
    let mut chart = chart.clone();
    // The time line says where time stands.
    chart.cursor = None;
    let covered = &state.current.covered;
    let shown = state.view.charts.iter().flat_map(|name| facts::of(name, covered));
    chart.facts = shown.collect();
    for entry in legend::entries(&chart, &palette, is_stale) {
        super::sign(ui, &entry.text, |painter, rect| {
            let mut scene = Scene::default();
            entry.sign.draw(&mut scene, rect);
            scene.paint(painter);
        });
    }
    if state.is_compared() {
        ui.label(RichText::new(state.say().of("charts.chance.mark")).small());
    }
}

/// Chooses another outcome to chart.
fn add(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let response = ComboBox::from_id_salt("add chart")
        .selected_text(say.of("charts.add"))
        .width(110.0)
        .show_ui(ui, |ui| {
            for outcome in outcome::all() {
                let is_shown = state.view.charts.iter().any(|name| name == outcome.name);
                let label = ui
                    .selectable_label(is_shown, outcome.title(say))
                    .on_hover_text(outcome.definition_in(say));
                if label.clicked() {
                    state.view.charts.retain(|name| name != outcome.name);
                    if !is_shown {
                        state.view.charts.push(outcome.name.to_owned());
                    }
                }
            }
        });
    let name = say.of("charts.add");
    response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
}

/// What a chart of an outcome shows, and whether another plan stands in for the present one.
pub fn chart(state: &State, outcome: &ShownOutcome, text: f32) -> (Chart, bool) {
    let palette = state.palette();
    let say = state.say();
    let level = state.level().or_else(|| state.store.best(state.baseline.id()));
    let level = level.unwrap_or(Level::Preview);
    let scenario = &state.current.prepared.scenario;
    let own = state.shown(state.current.id(), level);
    let is_stale = own.is_empty();
    let mut curves = Vec::new();
    let names = state.names();
    let named = |plan: u128| {
        let name = names.iter().find(|(known, _)| *known == plan);
        name.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let curve = |ready: &Ready, shown: &Shown, colour, width, dash| Curve {
        plan: ready.id(),
        name: named(ready.id()),
        points: shown.spread(outcome),
        colour,
        width,
        dash,
        has_band: false,
        runs: shown.runs.len(),
        villages: (shown.runs.first().map_or(0, |run| run.villages), ready.extent.villages()),
        is_drawn: true,
    };
    // What is not compared says so beside its name.
    let noted = |ready: &Ready, name: String| match state.unlike(ready) {
        unlike if unlike.is_empty() => name,
        unlike => format!("{name} ({})", say.with("unlike.plan", &[&Unlike::list(&unlike, say)])),
    };
    // On one axis with the figures of a county, those of a country say nothing, nor the other way: a plan
    // over other places is named, and not drawn.
    let has_places = |ready: &Ready| ready.extent.has_places_of(&state.current.extent);
    let placed = |ready: &Ready, curve: &mut Curve| {
        if !has_places(ready) {
            curve.is_drawn = false;
            curve.name = format!("{} {}", curve.name, say.of("charts.not_drawn"));
        }
    };
    if state.has_other() {
        let ghost = state.shown_beside(&state.baseline, level);
        let mut ghost = curve(&state.baseline, &ghost, palette.ghost, palette.line * 0.9, 5.0);
        ghost.name = noted(&state.current, format!("{} ({})", say.of("charts.baseline"), ghost.name));
        placed(&state.baseline, &mut ghost);
        curves.push(ghost);
    }
    let drawn = [state.current.id(), state.baseline.id()];
    for (number, kept) in state.kept.iter().enumerate().filter(|(_, kept)| !drawn.contains(&kept.id())) {
        let shown = state.shown_beside(kept, level);
        let colour = palette.series[1 + number % 3];
        let mut curve = curve(kept, &shown, colour, palette.line * 0.8, 2.5 + 2.0 * number as f32);
        curve.name = noted(kept, curve.name);
        placed(kept, &mut curve);
        curves.push(curve);
    }
    let shown = if is_stale { last_shown(state, level) } else { own };
    let colour = if is_stale { mix(palette.ghost, palette.ground, 0.3) } else { palette.series[0] };
    let mut own = curve(&state.current, &shown, colour, palette.line, 0.0);
    own.has_band = shown.runs.len() >= 3 && !is_stale;
    curves.push(own);
    let chart = Chart {
        curves,
        facts: facts::of(outcome.name, &state.current.covered),
        months: (months(scenario.start_time()), months(scenario.end_time())),
        cursor: state.runs.first().map(|_| state.clock.now),
        branch: state.current.plan.branch.map(|day| months(day.midnight())),
        text,
        unit: outcome.unit,
        say,
    };
    (chart, is_stale)
}

/// The runs that stand in while the present plan has none: those of the plan shown before.
fn last_shown(state: &State, level: Level) -> Shown {
    let before = state.previous.as_ref().map(Ready::id);
    before.map_or_else(Shown::default, |plan| state.shown(plan, state.store.best(plan).unwrap_or(level)))
}

/// One chart: its name and value now, its menu, the picture, and what is under the pointer.
pub fn one(ui: &mut Ui, state: &mut State, outcome: &ShownOutcome, height: f32, dialog: &mut Option<Dialog>) {
    let say = state.say();
    let palette = state.palette();
    let (chart, is_stale) = chart(state, outcome, 11.0 * (palette.line / 2.2).clamp(1.0, 1.4));
    let bottom = ui.cursor().top() + height;
    let card = theme::card(&palette).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let title = RichText::new(outcome.title(say)).bold();
        let unit = RichText::new(outcome.monthly_unit(say)).weak().small();
        // Where the unit has no room beside the title, it stands below.
        let wide = |text: &str, size: f32| {
            let font = egui::FontId::proportional(size);
            ui.painter().layout_no_wrap(text.to_owned(), font, palette.ink).size().x
        };
        let taken = wide(&outcome.title(say), 14.0) + wide(&outcome.monthly_unit(say), 11.5);
        let has_room = taken + FIGURES < ui.available_width();
        let title = |ui: &mut Ui| {
            let title = ui.add(egui::Button::new(title).frame(false).truncate());
            if has_room {
                ui.label(unit.clone());
            }
            title
        };
        let right = |ui: &mut Ui| {
            let asked = menu::button(ui, state, outcome);
            figures(ui, state, outcome, is_stale);
            asked
        };
        let (title, asked) = Sides::new().shrink_left().truncate().show(ui, title, right);
        if !has_room {
            ui.label(unit);
        }
        let size = vec2(ui.available_width(), (bottom - ui.cursor().top() - 9.0).max(56.0));
        (title, asked, ui.allocate_painter(size, Sense::click()))
    });
    let (title, mut asked, (response, painter)) = card.inner;
    let hint = format!("{}\n[{}]", outcome.definition_in(say), outcome.monthly_unit(say));
    if title.on_hover_text(hint).clicked() {
        state.select(Selected::Outcome(outcome.name.to_owned()));
    }
    let rect: Rect = response.rect;
    chart.draw(rect, &palette).paint(&painter);
    let name = format!("{} {}", say.of("charts.chart"), outcome.title(say));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
    response.context_menu(|ui| asked = asked.or(menu::entries(ui, state)));
    if let Some(asked) = asked {
        menu::perform(ui.ctx(), state, outcome, asked, dialog);
    }
    let frame = chart.frame(rect);
    if let Some(pointer) = response.hover_pos().filter(|pointer| frame.plot.contains(*pointer)) {
        let month = frame.month(pointer.x);
        painter.vline(pointer.x, frame.plot.y_range(), egui::Stroke::new(1.0, palette.faint));
        let message = chart.readout(month, &outcome.monthly_unit(say));
        response.clone().on_hover_text_at_pointer(message);
        if response.clicked() {
            click(state, &chart, &frame, pointer, month);
        }
    }
}

/// A click on a kept plan's curve takes it up again; anywhere else it moves the time that is looked at.
fn click(
    state: &mut State,
    chart: &Chart,
    frame: &crate::draw::chart::Frame,
    pointer: egui::Pos2,
    month: f64,
) {
    let clicked = chart.nearest(frame, pointer, 6.0).map(|number| chart.curves[number].plan);
    let mut kept = state.kept.iter();
    let kept = kept.find(|kept| Some(kept.id()) == clicked).map(|kept| kept.plan.clone());
    match kept.filter(|plan| plan != state.plans.now()) {
        Some(plan) => {
            state.plans.change(plan, "kept");
            state.plans.close();
        }
        None => state.clock.seek(month),
    }
}

/// The value at the end, and its difference to the baseline's.
fn figures(ui: &mut Ui, state: &State, outcome: &ShownOutcome, is_stale: bool) {
    let say = state.say();
    let Some(level) = state.level().filter(|_| !is_stale) else {
        // Without a plan before there is nothing that stands in.
        let key = if state.previous.is_some() { "charts.stale" } else { "status.first" };
        ui.label(RichText::new(say.find(key).unwrap_or_default()).italics());
        return;
    };
    let shown = state.shown(state.current.id(), level);
    let now = shown.last(outcome).map_or(f64::NAN, |spread| spread.at[2]);
    // What a preview or a sketch shows still moves, and does not look settled.
    let villages = shown.runs.first().map_or(0, |run| run.villages);
    let is_settled = level == FINEST || villages >= state.current.extent.villages();
    let text = RichText::new(say.amount(now, outcome.unit)).size(15.0);
    ui.label(if is_settled { text.bold() } else { text.weak().italics() });
    if state.is_compared() {
        let compared = state.compared(&state.current, level, |run| run.last(outcome));
        super::difference(ui, state, compared.as_ref(), outcome.unit);
    }
}
