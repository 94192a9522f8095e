//! Winners and losers: every village before and after, by size of the change, and households by group.

use crate::run::Run;
use crate::state::State;
use crate::theme::Weight;
use crate::view::{GainBy, Selected};
use crate::work::frame::{GROUPS, Group};
use crate::work::story::Entity;
use egui::{Align2, ComboBox, FontId, Rect, RichText, ScrollArea, Sense, Slider, Stroke, Ui, pos2, vec2};
use std::sync::Arc;

/// Villages drawn in the scatter at most: beyond, every n-th.
const DRAWN: usize = 6_000;

/// The panel's own state: the least change that is shown.
#[derive(Default)]
pub struct PeoplePanel {
    least: f32,
}

impl PeoplePanel {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, state: &mut State) {
        let say = state.say();
        choose(ui, state);
        let after = state.run_of(state.current.id()).cloned();
        let before = state.run_of(state.baseline.id()).cloned();
        let ended = |run: Option<Arc<Run>>| run.filter(|run| run.ending.is_some());
        let (Some(after), Some(before)) = (ended(after), ended(before)) else {
            return super::empty(ui, &waiting(state));
        };
        let unlike = state.unlike(&state.current);
        if !unlike.is_empty() || after.places.len() != before.places.len() {
            super::empty(ui, say.of("people.places"));
            return super::status::unlike(ui, state);
        }
        let values = [values(&before, state.view.gain), values(&after, state.view.gain)];
        let is_same = after.plan == before.plan;
        if is_same {
            ui.label(RichText::new(say.of("people.same")).italics());
        }
        self.counts(ui, state, &values);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let wide = ui.available_width() > 700.0;
            ui.columns(if wide { 2 } else { 1 }, |uis| {
                let (first, rest) = uis.split_at_mut(1);
                self.scatter(&mut first[0], state, &after, &values);
                let ui = rest.first_mut().unwrap_or(&mut first[0]);
                groups(ui, state, &before, &after);
            });
        });
    }

    /// How many gain and how many lose, with the least change that counts.
    fn counts(&mut self, ui: &mut Ui, state: &State, values: &[Vec<f32>; 2]) {
        let say = state.say();
        let changes = || values[0].iter().zip(&values[1]).map(|(before, after)| after - before);
        let most = changes().map(f32::abs).fold(0.0, f32::max);
        ui.horizontal_wrapped(|ui| {
            let gaining = changes().filter(|change| *change > self.least.max(1e-6)).count();
            let losing = changes().filter(|change| *change < -self.least.max(1e-6)).count();
            let palette = state.palette();
            let text = say.with("people.gaining", &[&say.number(gaining as f64)]);
            ui.label(RichText::new(text).color(palette.gain_text()).bold());
            let text = say.with("people.losing", &[&say.number(losing as f64)]);
            ui.label(RichText::new(text).color(palette.loss_text()).bold());
            let rest = values[0].len() - gaining - losing;
            ui.label(say.with("people.same_count", &[&say.number(rest as f64)]));
            let label = ui.label(say.of("people.least"));
            ui.spacing_mut().slider_width = 70.0;
            let slider = Slider::new(&mut self.least, 0.0..=most.max(0.01)).show_value(true).max_decimals(2);
            ui.add(slider).labelled_by(label.id);
        });
    }

    fn scatter(&self, ui: &mut Ui, state: &mut State, run: &Run, values: &[Vec<f32>; 2]) {
        let say = state.say();
        let palette = state.palette();
        let unit = say.unit(state.view.gain.unit());
        ui.label(RichText::new(say.with("people.scatter", &[&unit])).bold());
        let step = values[0].len().div_ceil(DRAWN).max(1);
        let drawn = match step {
            1 => say.of("people.drawn.all").to_owned(),
            _ => say.with("people.drawn", &[&step.to_string()]),
        };
        ui.label(RichText::new(drawn).weak().small());
        let size = vec2(ui.available_width(), (ui.available_width() * 0.85).clamp(200.0, 430.0));
        let (response, painter) = ui.allocate_painter(size, Sense::click());
        let plot =
            Rect::from_min_max(response.rect.min + vec2(44.0, 6.0), response.rect.max - vec2(8.0, 26.0));
        painter.rect_filled(response.rect, 3.0, palette.ground);
        let mut sorted: Vec<f32> =
            values.iter().flatten().copied().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f32::total_cmp);
        let most =
            sorted.get((sorted.len().saturating_sub(1)) * 999 / 1000).copied().unwrap_or(1.0).max(1e-3);
        let at = |before: f32, after: f32| {
            let share = |value: f32| (value / most).clamp(0.0, 1.03);
            pos2(plot.left() + plot.width() * share(before), plot.bottom() - plot.height() * share(after))
        };
        painter.line_segment([at(0.0, 0.0), at(most, most)], Stroke::new(1.5, palette.faint));
        for tick in crate::draw::axis::ticks(0.0, f64::from(most), 5) {
            let along = at(tick as f32, 0.0);
            let up = at(0.0, tick as f32);
            let text = say.tick(tick);
            painter.text(
                along + vec2(0.0, 3.0),
                Align2::CENTER_TOP,
                &text,
                FontId::proportional(11.0),
                palette.faint,
            );
            painter.text(
                up - vec2(4.0, 0.0),
                Align2::RIGHT_CENTER,
                &text,
                FontId::proportional(11.0),
                palette.faint,
            );
        }
        let mut mesh = egui::Mesh::default();
        let mut nearest: Option<(f32, usize)> = None;
        let pointer = response.hover_pos();
        for village in (0..values[0].len()).step_by(step) {
            let (before, after) = (values[0][village], values[1][village]);
            let change = after - before;
            if change.abs() < self.least || !change.is_finite() {
                continue;
            }
            let colour = match () {
                () if change > 1e-6 => palette.gain,
                () if change < -1e-6 => palette.loss,
                () => palette.absent,
            };
            let point = at(before, after);
            mesh.add_colored_rect(Rect::from_center_size(point, vec2(3.0, 3.0)), colour);
            if let Some(pointer) = pointer {
                let distance = pointer.distance(point);
                if distance < 8.0 && nearest.is_none_or(|(least, _)| distance < least) {
                    nearest = Some((distance, village));
                }
            }
        }
        painter.add(mesh);
        let font = FontId::proportional(11.5);
        painter.text(
            plot.right_bottom() + vec2(0.0, -4.0),
            Align2::RIGHT_BOTTOM,
            say.of("people.before"),
            font.clone(),
            palette.faint,
        );
        painter.text(
            plot.left_top() + vec2(4.0, 2.0),
            Align2::LEFT_TOP,
            say.of("people.after"),
            font,
            palette.faint,
        );
        if let Some((_, village)) = nearest {
            let (county, number) = run.places.split(village);
            let is_chinese = state.view.language == crate::text::Language::Chinese;
            let text = format!(
                "{}\n{}\n{}",
                run.places.village_name(county, number, is_chinese),
                run.places.county_name(county, is_chinese),
                say.with(
                    "map.before_now",
                    &[&say.number(f64::from(values[0][village])), &say.number(f64::from(values[1][village]))]
                )
            );
            if response.clicked() {
                state.select(Selected::Entity(Entity::Village(county as u32, number as u16)));
            }
            response.on_hover_text_at_pointer(text);
        }
    }
}

fn choose(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    ui.horizontal_wrapped(|ui| {
        ui.label(say.of("people.by"));
        let now = say.find(state.view.gain.key()).unwrap_or_default();
        let combo = ComboBox::from_id_salt("gain by").selected_text(now).width(210.0).show_ui(ui, |ui| {
            for gain in GainBy::ALL {
                let name = say.find(gain.key()).unwrap_or_default();
                ui.selectable_value(&mut state.view.gain, gain, name);
            }
        });
        let name = say.of("people.by");
        combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
        ui.label(RichText::new(say.of("people.note")).weak().small());
    });
}

/// How far the two recordings are, in words.
fn waiting(state: &State) -> String {
    let say = state.say();
    let far = [state.baseline.id(), state.current.id()].map(|plan| {
        let run = state.runs.iter().find(|run| run.plan == plan);
        match run {
            None => say.of("people.not_begun").to_owned(),
            Some(run) if run.ending.is_some() => say.of("status.recorded").to_owned(),
            Some(run) => say.with("people.reached", &[&format!("{:.0}", 100.0 * run.share())]),
        }
    });
    say.with("people.wait", &[&far[0], &far[1]])
}

/// The figure of every village at the end of a run.
fn values(run: &Run, gain: GainBy) -> Vec<f32> {
    let all = 0..run.places.len();
    let (Some(ending), Some(frame)) = (&run.ending, run.frames.last()) else {
        return Vec::new();
    };
    match gain {
        GainBy::Saving => ending.gains.saving.clone(),
        GainBy::Shops => ending.gains.from_shops.clone(),
        GainBy::Partner => all.map(|at| frame.income(at).unwrap_or(0.0)).collect(),
        GainBy::Buyers => all.map(|at| 100.0 * frame.regular(at)).collect(),
    }
}

/// The mean of a group's households; not-a-number of a group without one.
fn mean(group: &Group, sum: f64) -> f64 {
    if group.households > 0.0 { sum / group.households } else { f64::NAN }
}

/// Bars by group: the mean change of saving and of income from shops.
fn groups(ui: &mut Ui, state: &State, before: &Run, after: &Run) {
    let say = state.say();
    let palette = state.palette();
    let (Some(before), Some(after)) = (&before.ending, &after.ending) else {
        return;
    };
    let is_shops = state.view.gain == GainBy::Shops;
    let figure = |group: &Group| mean(group, if is_shops { group.from_shops } else { group.saving });
    let rows: Vec<(usize, f64, f64)> = (0..GROUPS.len())
        .map(|at| (at, figure(&before.gains.groups[at]), figure(&after.gains.groups[at])))
        .collect();
    let is_same = !rows.iter().any(|row| (row.1 - row.2).abs() >= 1e-9);
    let key = if is_same { "people.groups.level" } else { "people.groups" };
    ui.label(RichText::new(say.of(key)).bold());
    ui.label(RichText::new(say.of("people.groups.note")).weak().small());
    let shown = |row: &(usize, f64, f64)| if is_same { row.2 } else { row.2 - row.1 };
    let most = rows.iter().map(|row| shown(row).abs()).fold(1e-9, f64::max);
    for row in &rows {
        if [3, 6, 9].contains(&row.0) {
            ui.add_space(5.0);
        }
        let name = say.find(GROUPS[row.0]).unwrap_or(GROUPS[row.0]);
        let (response, painter) = ui.allocate_painter(vec2(ui.available_width(), 20.0), Sense::hover());
        let rect = response.rect;
        let names = 190.0f32.min(rect.width() * 0.5);
        let font = FontId::proportional(12.0);
        painter.text(rect.left_center(), Align2::LEFT_CENTER, name, font.clone(), ui.visuals().text_color());
        let zero = rect.left() + names + (rect.width() - names - 80.0) * if is_same { 0.0 } else { 0.5 };
        let reach = (rect.width() - names - 80.0) * if is_same { 1.0 } else { 0.5 };
        let end = zero + reach * (shown(row) / most) as f32;
        let bar = Rect::from_min_max(
            pos2(zero.min(end), rect.top() + 3.0),
            pos2(zero.max(end), rect.bottom() - 3.0),
        );
        if bar.is_finite() {
            painter.rect_filled(bar, 1.0, if shown(row) >= 0.0 { palette.gain } else { palette.loss });
        }
        painter.vline(zero, rect.y_range(), Stroke::new(1.0, palette.faint));
        let text = if is_same { say.number(shown(row)) } else { say.signed(shown(row)) };
        painter.text(rect.right_center(), Align2::RIGHT_CENTER, text, font, ui.visuals().text_color());
        let hint = say.with("people.group.hint", &[&say.number(row.1), &say.number(row.2)]);
        response.on_hover_text(format!("{name}\n{hint}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_without_a_household_has_no_mean() {
        let empty = Group::default();
        assert!(mean(&empty, 0.0).is_nan());
        assert_eq!(mean(&Group { households: 2.0, ..empty }, 3.0), 1.5);
    }
}
