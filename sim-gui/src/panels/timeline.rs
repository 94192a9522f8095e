//! The time line: play, pause, step, speed, scrub, loop, branch; festivals and policy changes along it.

use super::status;
use crate::clock::{SPEEDS, months};
use crate::draw::axis;
use crate::run::Run;
use crate::state::State;
use egui::{Align2, Button, ComboBox, FontId, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};
use sim_core::base::{Date, Month};
use sim_core::params::days_in;

/// Years beyond which festivals would crowd the line.
const LONG: usize = 8;

/// An event on the time line: its month, a word for it, and what it is.
struct Sign {
    month: f64,
    label: String,
    text: String,
}

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State) {
    ui.add_space(3.0);
    ui.horizontal_wrapped(|ui| {
        controls(ui, state);
        ui.separator();
        status::recording(ui, state);
    });
    track(ui, state);
    ui.add_space(2.0);
}

fn span(state: &State) -> (f64, f64) {
    state.shown_run().map_or((0.0, 0.0), |(run, _)| run.span())
}

fn controls(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let (first, last) = span(state);
    let has_run = last > first;
    let key = if state.clock.is_playing { say.of("time.pause") } else { say.of("time.play") };
    let play = ui.add_enabled(has_run, Button::new(key).min_size(vec2(58.0, 0.0)));
    if play.on_hover_text(say.of("time.play.hint")).clicked() {
        state.clock.toggle(first, last);
    }
    for (key, hint, by) in [
        (say.of("time.back"), say.of("time.back.hint"), -1.0),
        (say.of("time.step"), say.of("time.step.hint"), 1.0),
    ] {
        if ui.add_enabled(has_run, Button::new(key)).on_hover_text(hint).clicked() {
            state.clock.step(by);
        }
    }
    for (key, to) in [(say.of("time.first"), first), (say.of("time.last"), last)] {
        if ui.add_enabled(has_run, Button::new(key)).clicked() {
            state.clock.seek(to);
        }
    }
    let text = say.with("time.speed", &[&state.clock.speed.to_string()]);
    let combo = ComboBox::from_id_salt("speed").width(110.0).selected_text(text).show_ui(ui, |ui| {
        for speed in SPEEDS {
            let text = say.with("time.speed", &[&speed.to_string()]);
            ui.selectable_value(&mut state.clock.speed, speed, text);
        }
    });
    let name = say.of("time.speed.name");
    combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
    stretch(ui, state, first, last);
    branch(ui, state, has_run);
    if has_run {
        // The time of another plan may lie outside this one's.
        let (_, is_own) = whole_and_own(state);
        let month = Month(state.clock.now.clamp(0.0, 60_000.0) as u16).to_string();
        let text = RichText::new(month).heading();
        ui.label(if is_own { text } else { text.weak() });
        if !is_own {
            ui.label(RichText::new(say.of("charts.stale")).italics());
        }
    }
}

/// First and last month of the present plan, and whether the run that is shown is its own.
fn whole_and_own(state: &State) -> ((f64, f64), bool) {
    let scenario = &state.current.prepared.scenario;
    let whole = (months(scenario.start_time()), months(scenario.end_time()));
    (whole, state.shown_run().is_none_or(|(_, is_own)| is_own))
}

/// The stretch that is played over and over: a year from where time stands.
fn stretch(ui: &mut Ui, state: &mut State, first: f64, last: f64) {
    let say = state.say();
    let mut is_on = state.clock.stretch.is_some();
    let response = ui.add_enabled_ui(last > first, |ui| ui.checkbox(&mut is_on, say.of("time.loop"))).inner;
    if response.on_hover_text(say.of("time.loop.hint")).changed() {
        let from = state.clock.now.min(last - 1.0).max(first);
        state.clock.stretch = is_on.then_some((from, (from + 12.0).min(last)));
    }
}

fn branch(ui: &mut Ui, state: &mut State, has_run: bool) {
    let say = state.say();
    if state.plans.now().branch.is_some() {
        return;
    }
    let response = ui.add_enabled(has_run, Button::new(say.of("time.branch")));
    if response.on_hover_text(say.of("time.branch.hint")).clicked() {
        let month = state.clock.now.round() as u16;
        let mut plan = state.plans.now().clone();
        plan.branch = Date::new(2000 + (month / 12) as i16, (month % 12) as i8 + 1, 1);
        state.plans.change(plan, "branch");
        state.plans.close();
    }
}

fn track(ui: &mut Ui, state: &mut State) {
    let palette = state.palette();
    let (whole, is_own) = whole_and_own(state);
    let (response, painter) = ui.allocate_painter(vec2(ui.available_width(), 50.0), Sense::click_and_drag());
    let rect = response.rect;
    let bar = Rect::from_min_max(rect.min + vec2(10.0, 19.0), rect.max - vec2(10.0, 16.0));
    let x =
        |month: f64| bar.left() + bar.width() * ((month - whole.0) / (whole.1 - whole.0).max(1e-9)) as f32;
    painter.rect_filled(bar, 3.0, palette.grid);
    if let Some((run, _)) = state.shown_run() {
        let reached = months(run.now).clamp(whole.0, whole.1);
        let colour = if is_own { palette.series[0] } else { palette.ghost };
        let done = Rect::from_min_max(bar.min, pos2(x(reached), bar.bottom()));
        painter.rect_filled(done, 3.0, colour.gamma_multiply(0.45));
        openings(&painter, run, (bar, whole), &x, colour);
    }
    if let Some((from, to)) = state.clock.stretch {
        let rect = Rect::from_min_max(pos2(x(from), bar.top() - 3.0), pos2(x(to), bar.bottom() + 3.0));
        painter.rect_stroke(rect, 2.0, Stroke::new(2.0, palette.present), egui::StrokeKind::Inside);
    }
    for (month, label) in axis::months(whole.0, whole.1, bar.width()) {
        let galley = painter.layout_no_wrap(label, FontId::proportional(11.0), palette.faint);
        let room = (rect.left(), rect.right() - galley.size().x);
        let left = (x(month) - galley.size().x / 2.0).clamp(room.0, room.1.max(room.0));
        painter.galley(pos2(left, bar.bottom() + 2.0), galley, palette.faint);
    }
    let signs = signs(state, whole);
    draw_signs(&painter, state, &signs, bar, &x);
    let cursor = x(state.clock.now.clamp(whole.0, whole.1));
    let ink = if is_own { palette.ink } else { palette.ghost };
    painter.vline(cursor, bar.top() - 4.0..=bar.bottom() + 4.0, Stroke::new(2.5, ink));
    painter.circle_filled(pos2(cursor, bar.center().y), 6.0, ink);
    let name = state.say().of("time.line");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, name));
    pointed(state, &response, &signs, bar, whole, &x);
}

/// How many stations opened in each month, as a skyline on the bar: in those months that it has.
fn openings(
    painter: &egui::Painter,
    run: &Run,
    (bar, whole): (Rect, (f64, f64)),
    x: &dyn Fn(f64) -> f32,
    colour: egui::Color32,
) {
    let opened = crate::outcome::named("stations_opened");
    let values: Vec<(f64, f64)> = run
        .months
        .iter()
        .map(|month| (f64::from(month.month.0), opened.map_or(0.0, |outcome| outcome.value(month))))
        .filter(|(month, value)| *month >= whole.0 && *month < whole.1 && value.is_finite())
        .collect();
    let most = values.iter().map(|value| value.1).fold(1.0, f64::max);
    for (month, value) in values {
        let top = bar.bottom() - bar.height() * (value / most) as f32;
        let column = Rect::from_min_max(pos2(x(month), top), pos2(x(month + 0.8), bar.bottom()));
        painter.rect_filled(column, 0.0, colour);
    }
}

fn pointed(
    state: &mut State,
    response: &egui::Response,
    signs: &[Sign],
    bar: Rect,
    whole: (f64, f64),
    x: &dyn Fn(f64) -> f32,
) {
    let Some(pointer) = response.interact_pointer_pos().or(response.hover_pos()) else {
        return;
    };
    let share = f64::from((pointer.x - bar.left()) / bar.width().max(1.0)).clamp(0.0, 1.0);
    let month = whole.0 + share * (whole.1 - whole.0);
    if response.dragged() || response.clicked() {
        state.clock.is_playing = false;
        state.clock.seek(month);
        return;
    }
    let near: Vec<String> = signs
        .iter()
        .filter(|sign| (x(sign.month) - pointer.x).abs() < 7.0)
        .map(|sign| format!("{}  {}", Month(sign.month.max(0.0) as u16), sign.text))
        .collect();
    let text = if near.is_empty() {
        let at = Month(month.max(0.0) as u16);
        let opened = crate::outcome::named("stations_opened").and_then(|opened| {
            let (run, _) = state.shown_run().filter(|(_, is_own)| *is_own)?;
            let found = run.months.iter().find(|known| known.month == at)?;
            Some(state.say().amount(opened.value(found), opened.unit))
        });
        match opened {
            Some(opened) => format!("{at}  {}", state.say().with("time.opened", &[&opened])),
            None => at.to_string(),
        }
    } else {
        near.join("\n")
    };
    response.clone().on_hover_text_at_pointer(text);
}

/// Festivals, and the days on which the scenario changes something.
fn signs(state: &State, whole: (f64, f64)) -> Vec<Sign> {
    let say = state.say();
    let scenario = &state.current.prepared.scenario;
    let p = &scenario.parameters;
    let day = |day: Date| months(day.midnight());
    let mut signs: Vec<Sign> = Vec::new();
    let mut add = |month: f64, label: String, text: String| signs.push(Sign { month, label, text });
    if let Some(branch) = state.plans.now().branch {
        add(day(branch), say.of("sign.branch").to_owned(), say.of("sign.branch.text").to_owned());
    }
    // What a programme does happens where there is one.
    let programme = p.programme.enabled;
    for (date, label, text) in [
        (p.programme.start, say.of("sign.start"), say.of("sign.start.text")),
        (p.programme.strategy_change, say.of("sign.kind"), say.of("sign.kind.text")),
        (p.programme.support_end, say.of("sign.end"), say.of("sign.end.text")),
    ] {
        if programme {
            add(day(date), label.to_owned(), text.to_owned());
        }
    }
    for (date, label, text) in [
        (p.platform.retailer_entry, say.of("sign.retailer"), say.of("sign.retailer.text")),
        (p.platform.social_entry, say.of("sign.social"), say.of("sign.social.text")),
    ] {
        add(day(date), label.to_owned(), text.to_owned());
    }
    for shock in &p.world.shocks {
        let kind = say.term(&format!("{:?}", shock.kind));
        let text = say.with("sign.shock", &[&kind, &shock.weeks.to_string()]);
        add(day(shock.start), kind, text);
    }
    for tranche in p.programme.tranches.iter().filter(|_| programme) {
        let text = say.with("sign.tranche", &[&say.number(tranche.1)]);
        add(day(tranche.0), "¥".to_owned(), text);
    }
    let years = scenario.start.year() as u16..=scenario.end.year() as u16;
    // The first region's days have names of their own.
    let (festival, pause) = match scenario.places.region.is_home() {
        true => (["sign.singles", "sign.singles.text"], ["sign.spring", "sign.spring.text"]),
        false => (["sign.festival", "sign.festival.text"], ["sign.pause", "sign.pause.text"]),
    };
    for year in years.clone().filter(|_| years.len() <= LONG) {
        for (days, [name, text]) in [(&p.world.festivals, festival), (&p.world.pauses, pause)] {
            for day in days_in(days, year) {
                add(months(day), say.of(name).to_owned(), say.of(text).to_owned());
            }
        }
    }
    signs.retain(|sign| sign.month > whole.0 && sign.month < whole.1);
    signs
}

/// Ticks of signs, and their words where there is room: what comes first in the list goes first.
fn draw_signs(painter: &egui::Painter, state: &State, signs: &[Sign], bar: Rect, x: &dyn Fn(f64) -> f32) {
    let palette = state.palette();
    let mut taken: Vec<Rect> = Vec::new();
    for sign in signs {
        let at = pos2(x(sign.month), bar.top());
        painter.vline(at.x, bar.top() - 4.0..=bar.bottom(), Stroke::new(1.0, palette.faint));
        let galley = painter.layout_no_wrap(sign.label.clone(), FontId::proportional(10.5), palette.ink);
        let rect = Align2::CENTER_BOTTOM.anchor_size(at - vec2(0.0, 3.0), galley.size());
        let shift = (bar.left() - rect.left()).max(0.0) + (bar.right() - rect.right()).min(0.0);
        let rect = rect.translate(vec2(shift, 0.0));
        if taken.iter().all(|other| !other.expand2(vec2(5.0, 0.0)).intersects(rect)) {
            painter.galley(rect.min, galley, palette.ink);
            taken.push(rect);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;
    use crate::view::View;
    use std::sync::Arc;

    fn texts(plan: Plan) -> Vec<String> {
        let state = State::new(plan, View::default(), 0, Arc::new(|| ()));
        let (whole, _) = whole_and_own(&state);
        signs(&state, whole).into_iter().map(|sign| sign.text).collect()
    }

    #[test]
    fn what_a_programme_does_stands_only_where_there_is_one() {
        let plan = Plan::of("programme_2014");
        let with = texts(plan.clone());
        let without = texts(plan.with("programme.enabled", "false"));
        let is_of_programme = |text: &&String| {
            ["programme starts", "later kind", "Tranche"].iter().any(|part| text.contains(part))
        };
        assert!(with.iter().filter(is_of_programme).count() >= 3, "{with:?}");
        assert_eq!(without.iter().filter(is_of_programme).count(), 0, "{without:?}");
        assert!(without.iter().any(|text| text.contains("retailer")));
    }
}
