//! The map's legend.

use super::MapPanel;
use crate::map::layer::{Layer, Scale};
use crate::outcome;
use crate::state::State;
use egui::{Color32, Rect, RichText, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

impl MapPanel {
    /// The legend of the colours, and the way to the same as a list.
    pub(super) fn legend(&self, ui: &mut Ui, state: &mut State) {
        let say = state.say();
        self.colours(ui, state);
        let link = ui.link(RichText::new(say.of("legend.list")).small());
        if link.on_hover_text(say.of("legend.list.hint")).clicked() {
            match state.view.layer.clone() {
                Layer::County(name) => {
                    if let Some(outcome) = outcome::named(&name) {
                        state.view.list_counties(outcome);
                    }
                }
                // Of yes and no, those that have it are wanted; by sales, what stands out comes first.
                Layer::Taobao => state.view.list_villages("", true, &Layer::Sales),
                layer => state.view.list_villages("", false, &layer),
            }
        }
    }

    fn colours(&self, ui: &mut Ui, state: &State) {
        let say = state.say();
        let palette = state.palette();
        let layer = &state.view.layer;
        let Some(scale) = self.scale else { return };
        if state.view.is_difference && state.has_other() && !matches!(scale, Scale::Difference(_)) {
            ui.label(RichText::new(say.of("legend.waiting")).small().strong());
        }
        if scale == Scale::Class {
            let key = if *layer == Layer::Taobao { "legend.taobao" } else { "legend.stations" };
            let with = self.values.iter().filter(|value| **value > 0.0).count();
            swatch(ui, palette.present, &say.with(key, &[&say.number(with as f64)]));
            let without = self.values.len() - with;
            swatch(ui, palette.absent, &say.with("legend.without", &[&say.number(without as f64)]));
            ui.label(RichText::new(say.of("legend.one_run")).small().weak());
            return;
        }

        let [left, _, right] = scale.ends();
        let is_difference = matches!(scale, Scale::Difference(_));
        if scale.is_nothing() {
            return swatch(ui, palette.absent, say.of("legend.nothing"));
        }
        if *layer == Layer::Delivery && !is_difference {
            let levels = [
                say.of("table.delivery.seat"),
                say.of("table.delivery.town"),
                say.of("table.delivery.village"),
            ];
            for (value, text) in [0.0, 1.0, 2.0].into_iter().zip(levels) {
                swatch(ui, scale.colour(&palette, value), text);
            }
            return;
        }
        let [is_below, is_above] = scale.is_exceeded(&self.values);
        let end = |value: f32| match is_difference {
            true => say.change(f64::from(value), layer.unit()),
            false => say.amount(f64::from(value), layer.unit()),
        };
        if let Scale::Ranked(ends) = scale {
            ui.label(RichText::new(end(left)).small());
            for pair in ends.windows(2).filter(|pair| pair[0] < pair[1]) {
                let (rect, _) = ui.allocate_exact_size(vec2(22.0, 13.0), Sense::hover());
                let colour = scale.colour(&palette, pair[1]);
                ui.painter().rect_filled(rect, 0.0, colour);
                ui.label(RichText::new(end(pair[1])).small());
            }
            ui.label(RichText::new(say.unit(layer.unit())).small());
            let ranked = match layer {
                Layer::County(_) => say.of("legend.ranked"),
                _ => say.of("legend.ranked.villages"),
            };
            ui.label(RichText::new(ranked).small().weak());
            swatch(ui, palette.absent, say.of("legend.none"));
            return;
        }
        // What lies beyond an end has its colour, and the end says so.
        let low = if is_below { say.with("legend.or_less", &[&end(left)]) } else { end(left) };
        ui.label(RichText::new(low).small());
        let (rect, _) = ui.allocate_exact_size(vec2(130.0, 13.0), Sense::hover());
        const STEPS: u16 = 48;
        let width = rect.width() / f32::from(STEPS);
        for step in 0..STEPS {
            let share = f32::from(step) / f32::from(STEPS - 1);
            let left = rect.left() + width * f32::from(step);
            let bar = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width + 0.5, rect.bottom()));
            ui.painter().rect_filled(bar, 0.0, scale.colour(&palette, scale.value(share)));
        }
        let unit = match (is_difference, layer) {
            (true, Layer::Delivery) => say.of("legend.delivery.steps").to_owned(),
            _ => say.unit(layer.unit()),
        };
        // After points, as of a difference of shares, the unit says of what they are.
        let is_points = is_difference && layer.unit().is_share();
        let high = match (is_points, unit.is_empty()) {
            (_, true) => end(right),
            (true, false) => say.with("legend.points", &[&end(right), &unit]),
            (false, false) => format!("{} {unit}", end(right)),
        };
        let high = if is_above { say.with("legend.or_more", &[&high]) } else { high };
        ui.label(RichText::new(high).small());
        if is_difference {
            ui.label(RichText::new(say.of("legend.difference")).small());
        }
        let grey = match is_difference {
            true => say.of("legend.none.difference"),
            false => say.of("legend.none"),
        };
        swatch(ui, palette.absent, grey);
    }
}

/// What the marks of the near view stand for.
pub(super) fn near(ui: &mut Ui, state: &State) {
    let say = state.say();
    let palette = state.palette();
    let shown = state.view.map;
    if shown.villages {
        super::super::sign(ui, say.of("legend.near.buyers"), |painter, rect| {
            for (at, share) in [(3.0, 0.1), (10.0, 0.5), (19.0, 1.0)] {
                let middle = rect.left_center() + vec2(at, 0.0);
                painter.circle_filled(middle, 2.0 + 3.0 * share, palette.faint);
            }
        });
        super::super::sign(ui, say.of("legend.near.station"), |painter, rect| {
            let square = Rect::from_center_size(rect.center(), Vec2::splat(12.0));
            painter.rect_stroke(square, 1.0, Stroke::new(2.0, palette.present), StrokeKind::Inside);
        });
        super::super::sign(ui, say.of("layer.taobao"), |painter, rect| {
            painter.circle_stroke(rect.center(), 5.0, Stroke::new(2.5, palette.series[3]));
        });
    }
    if shown.trucks {
        super::super::sign(ui, say.of("legend.near.truck"), |painter, rect| {
            let body = Rect::from_center_size(rect.center(), vec2(13.0, 8.0));
            painter.rect_filled(body, 2.0, palette.series[2]);
            painter.rect_stroke(body, 2.0, Stroke::new(1.0, palette.ink), StrokeKind::Outside);
        });
        super::super::sign(ui, say.of("legend.near.parcel"), |painter, rect| {
            painter.rect_filled(
                Rect::from_center_size(rect.center(), Vec2::splat(5.0)),
                0.5,
                palette.series[1],
            );
        });
    }
    super::super::sign(ui, say.of("legend.near.seat"), |painter, rect| {
        painter.rect_filled(Rect::from_center_size(rect.center(), Vec2::splat(11.0)), 2.0, palette.ink);
    });
}

fn swatch(ui: &mut Ui, colour: Color32, text: &str) {
    super::super::sign(ui, text, |painter, rect| {
        painter.rect_filled(rect.shrink2(vec2(5.0, 0.0)), 2.0, colour);
    });
}
