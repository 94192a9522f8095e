//! What moves a lever: a slider, a tick box, a choice, a day, a text.

use super::{prices, unit};
use crate::finger::Finger;
use crate::lever::{self, Lever, LeverKind};
use crate::state::State;
use egui::{ComboBox, DragValue, Id, Response, RichText, Slider, TextEdit, Ui, pos2, vec2};
use sim_core::base::Date;

/// Widths of the field for an exact value, of the named values, and of a day \[points\].
const EXACT: f32 = 60.0;
const NAMED: f32 = 104.0;
const DAY: f32 = 96.0;

/// What moves a lever of its kind.
pub fn mover(ui: &mut Ui, state: &mut State, lever: &Lever, now: &str, before: &str) {
    match &lever.kind {
        LeverKind::Number { low, high, .. } => {
            let prices = prices(state, lever);
            let (low, high) = (low * prices, high * prices);
            let number = now.parse().unwrap_or(low);
            let base = before.parse().unwrap_or(low);
            if let Some(next) = slider(ui, state, lever, number, base, (low, high)) {
                state.set(&lever.path, &lever.written(next));
            }
        }
        LeverKind::Factor => {
            let factor = lever::factor(before, now);
            let next = slider(ui, state, lever, factor, 1.0, (0.0, 3.0));
            if let Some(series) = next.and_then(|next| lever::multiplied(before, next)) {
                state.set(&lever.path, &series);
            }
        }
        LeverKind::Flag => flag(ui, state, lever, now == "true"),
        LeverKind::Choice(names) => choice(ui, state, lever, now, names),
        LeverKind::Day => day(ui, state, lever, now),
        LeverKind::Written => written(ui, state, lever, now),
    }
}

/// A slider with the baseline's tick, exact entry and named values; the new value if it was moved.
fn slider(
    ui: &mut Ui,
    state: &mut State,
    lever: &Lever,
    now: f64,
    base: f64,
    (low, high): (f64, f64),
) -> Option<f64> {
    let say = state.say();
    let is_whole = matches!(lever.kind, LeverKind::Number { is_whole: true, .. });
    let mut value = now;
    let mut next = None;
    ui.horizontal(|ui| {
        // Everything else has a width of its own, so that the row is as wide as the panel and no wider.
        let gap = ui.spacing().item_spacing.x;
        let named = if lever.named.is_some() { NAMED + gap } else { 0.0 };
        ui.spacing_mut().slider_width = (ui.available_width() - EXACT - gap - named).max(40.0);
        let (low, high) = (low.min(now), high.max(now));
        let may_move = state.finger.may_move();
        let mut slider = Slider::from_get_set(low..=high, held_fast(&mut value, may_move)).show_value(false);
        if is_whole {
            slider = slider.step_by(1.0);
        }
        let response = ui.add(slider);
        scroll(ui, state, &response);
        let name = lever.title(say.0);
        response.widget_info(|| egui::WidgetInfo::slider(true, now, name));
        tick(ui, state, &response, (base - low) / (high - low).max(f64::EPSILON));
        hold(state, &response);
        if response.changed() {
            next = Some(value);
        }
        let mut exact = value;
        let speed = (high - low) / 300.0;
        let suffix = if lever.kind == LeverKind::Factor { " ×".to_owned() } else { String::new() };
        let drag = DragValue::from_get_set(held_fast(&mut exact, may_move))
            .speed(speed)
            .suffix(suffix)
            .max_decimals(4);
        let high = ui.spacing().interact_size.y;
        let response = ui.add_sized(vec2(EXACT, high), drag).on_hover_text(say.unit(unit(lever)));
        let exact_name = format!("{} {}", lever.title(say.0), say.of("levers.exact"));
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::SpinButton, true, &exact_name);
            info.value = Some(exact);
            info
        });
        scroll(ui, state, &response);
        hold(state, &response);
        if response.changed() {
            next = Some(exact);
        }
        // Named values of a factor are multiples already.
        let prices = if lever.kind == LeverKind::Factor { 1.0 } else { prices(state, lever) };
        if let Some(named) = lever.named
            && let Some(chosen) =
                named_values(ui, state, lever, value, base, named.map(|value| value * prices))
        {
            next = Some(chosen);
        }
    });
    // Exact entry may leave the slider's ends, never the parameter's range: the reader of scenarios says what
    // is wrong.
    next.filter(|next| next.is_finite() && *next != now)
}

/// A value that a finger changes only when it is known not to scroll.
fn held_fast(value: &mut f64, may_move: bool) -> impl FnMut(Option<f64>) -> f64 {
    move |new| {
        if let Some(new) = new.filter(|_| may_move) {
            *value = new;
        }
        *value
    }
}

/// A finger that came down on a lever and goes up or down takes the page with it.
fn scroll(ui: &Ui, state: &State, response: &Response) {
    if state.finger == Finger::Across && response.dragged() {
        ui.scroll_with_delta(vec2(0.0, ui.input(|input| input.pointer.delta().y)));
    }
}

fn hold(state: &mut State, response: &Response) {
    if !state.finger.may_move() {
        return;
    }
    state.is_held |= response.dragged();
    if response.drag_stopped() || response.lost_focus() {
        state.plans.close();
    }
}

/// A tick where the baseline stands.
fn tick(ui: &Ui, state: &State, response: &Response, share: f64) {
    let rect = response.rect;
    let handle = rect.height() / 2.5;
    let x = rect.left() + handle + (rect.width() - 2.0 * handle) * share.clamp(0.0, 1.0) as f32;
    let stroke = egui::Stroke::new(2.0, state.palette().ghost);
    let ends = [pos2(x, rect.bottom() - 3.0), pos2(x, rect.bottom() + 2.0)];
    ui.painter().line_segment(ends, stroke);
}

fn named_values(
    ui: &mut Ui,
    state: &State,
    lever: &Lever,
    now: f64,
    base: f64,
    named: [f64; 4],
) -> Option<f64> {
    let say = state.say();
    let words = [
        (say.of("levers.status_quo"), base),
        (say.of("levers.low"), named[0]),
        (say.of("levers.medium"), named[1]),
        (say.of("levers.high"), named[2]),
        (say.of("levers.very_high"), named[3]),
    ];
    let near = |value: f64| (value - now).abs() <= 1e-6 * value.abs().max(1.0);
    let word = words.iter().find(|(_, value)| near(*value)).map_or("…", |(word, _)| *word);
    let mut chosen = None;
    let name = format!("{} {}", lever.title(say.0), say.of("levers.named"));
    let combo =
        ComboBox::from_id_salt("named").width(NAMED).truncate().selected_text(word).show_ui(ui, |ui| {
            for (word, value) in words {
                let text = format!("{word}  {}", say.number(value));
                if ui.selectable_label(near(value), text).clicked() {
                    chosen = Some(value);
                }
            }
        });
    combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
    chosen
}

fn flag(ui: &mut Ui, state: &mut State, lever: &Lever, is_on: bool) {
    let say = state.say();
    let mut on = is_on;
    let word = if is_on { say.of("levers.yes") } else { say.of("levers.no") };
    let response = ui.checkbox(&mut on, word);
    let name = lever.title(say.0);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, is_on, name));
    if response.changed() {
        state.set(&lever.path, if on { "true" } else { "false" });
        state.plans.close();
    }
}

fn choice(ui: &mut Ui, state: &mut State, lever: &Lever, now: &str, names: &[&str]) {
    let say = state.say();
    let combo = ComboBox::from_id_salt("choice").selected_text(say.choice(now)).show_ui(ui, |ui| {
        for name in names {
            if ui.selectable_label(*name == now, say.choice(name)).clicked() {
                state.set(&lever.path, name);
                state.plans.close();
            }
        }
    });
    let name = lever.title(say.0);
    combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
}

fn day(ui: &mut Ui, state: &mut State, lever: &Lever, now: &str) {
    let say = state.say();
    let Ok(date) = now.trim_matches('"').parse::<Date>() else {
        return;
    };
    let scenario = &state.current.prepared.scenario;
    let (first, last) = (f64::from(scenario.start.month().0), f64::from(scenario.end.month().0) + 1.0);
    let is_never = date.year() > scenario.end.year() + 1;
    let at = if is_never { last } else { f64::from(date.month().0).clamp(first, last) };
    let mut month = at;
    let kept = ["day", "no day"].map(|name| ui.scope_id().with(name));
    ui.horizontal(|ui| {
        let gap = ui.spacing().item_spacing.x;
        ui.spacing_mut().slider_width = (ui.available_width() - DAY - gap).max(40.0);
        let moved = held_fast(&mut month, state.finger.may_move());
        let slider = Slider::from_get_set(first..=last, moved);
        let response = ui.add(slider.step_by(1.0).show_value(false));
        scroll(ui, state, &response);
        let name = lever.title(say.0);
        response.widget_info(|| egui::WidgetInfo::slider(true, at, name));
        hold(state, &response);
        typed_day(ui, state, lever, (date, is_never), kept);
        if response.changed() && month != at {
            ui.data_mut(|data| kept.iter().for_each(|at| data.remove::<String>(*at)));
            let month = month as u16;
            let first = Date::new(2000 + (month / 12) as i16, (month % 12) as i8 + 1, 1);
            let is_last = f64::from(month) >= last;
            let day = if is_last { Date::new(2999, 12, 31) } else { first };
            if let Some(day) = day {
                state.set(&lever.path, &format!("\"{day}\""));
            }
        }
    });
    if let Some(no_day) = ui.data(|data| data.get_temp::<String>(kept[1])) {
        let text = say.with("levers.day.fault", &[&no_day, say.of("levers.never")]);
        ui.label(RichText::new(text).color(ui.visuals().error_fg_color));
    }
}

/// A field for an exact day, set when it is left. What is being typed is kept at the first place, what was
/// typed and is no day at the second.
fn typed_day(
    ui: &mut Ui,
    state: &mut State,
    lever: &Lever,
    (day, is_never): (Date, bool),
    [text_at, fault_at]: [Id; 2],
) {
    let say = state.say();
    let now = if is_never { say.of("levers.never").to_owned() } else { day.to_string() };
    let mut text = ui.data(|data| data.get_temp::<String>(text_at)).unwrap_or_else(|| now.clone());
    let high = ui.spacing().interact_size.y;
    let field = ui.add_sized(vec2(DAY, high), TextEdit::singleline(&mut text));
    let name = format!("{} {}", lever.title(say.0), say.of("levers.day"));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
    if field.changed() {
        ui.data_mut(|data| {
            data.insert_temp(text_at, text.clone());
            data.remove::<String>(fault_at);
        });
    }
    if !field.lost_focus() {
        return;
    }
    let text = text.trim();
    let typed = match text {
        "" => Some(day),
        _ if text == say.of("levers.never") => Date::new(2999, 12, 31),
        _ => text.parse().ok(),
    };
    ui.data_mut(|data| {
        if typed.is_some() {
            data.remove::<String>(text_at);
        } else {
            data.insert_temp(fault_at, text.to_owned());
        }
    });
    if let Some(typed) = typed.filter(|typed| *typed != day && text != now) {
        state.set(&lever.path, &format!("\"{typed}\""));
        state.plans.close();
    }
}

/// A list, as RON, set when the field is left.
fn written(ui: &mut Ui, state: &mut State, lever: &Lever, now: &str) {
    let id = ui.scope_id().with("text");
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| now.to_owned());
    let field =
        ui.add(TextEdit::multiline(&mut text).desired_rows(2).desired_width(f32::INFINITY).code_editor());
    let name = lever.title(state.say().0);
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    if field.has_focus() || field.changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    if field.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        if text != now {
            state.set(&lever.path, text.trim());
            state.plans.close();
        }
    }
}
