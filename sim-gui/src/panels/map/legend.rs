//! The map's legend.

use super::MapPanel;
use crate::map::layer::Scale;
use crate::state::State;
use egui::{Color32, Rect, RichText, Sense, Ui, Vec2, pos2, vec2};

impl MapPanel {
    pub(super) fn legend(&self, ui: &mut Ui, state: &State) {
        let say = state.say();
        let palette = state.palette();
        let layer = &state.view.layer;
        let Some(scale) = self.scale else { return };
        if scale == Scale::Class {
            let with = self.values.iter().filter(|value| **value > 0.0).count();
            swatch(
                ui,
                palette.present,
                &say.with("legend.with", &[&say.number(with as f64)]),
            );
            let without = self.values.len() - with;
            swatch(
                ui,
                palette.absent,
                &say.with("legend.without", &[&say.number(without as f64)]),
            );
            return;
        }
        ui.label(RichText::new(layer.title(say)).small());
        let [left, _, right] = scale.ends();
        ui.label(RichText::new(say.number(f64::from(left))).small());
        let (rect, _) = ui.allocate_exact_size(vec2(130.0, 13.0), Sense::hover());
        const STEPS: u16 = 48;
        let width = rect.width() / f32::from(STEPS);
        for step in 0..STEPS {
            let share = f32::from(step) / f32::from(STEPS - 1);
            let left = rect.left() + width * f32::from(step);
            let bar = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width + 0.5, rect.bottom()));
            ui.painter()
                .rect_filled(bar, 0.0, scale.colour(&palette, scale.value(share)));
        }
        ui.label(RichText::new(format!("{} {}", say.number(f64::from(right)), layer.unit())).small());
        if matches!(scale, Scale::Difference(_)) {
            ui.label(RichText::new(say.of("legend.difference")).small());
        } else {
            swatch(ui, palette.absent, say.of("legend.none"));
        }
    }
}

fn swatch(ui: &mut Ui, colour: Color32, text: &str) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(13.0), Sense::hover());
    ui.painter().rect_filled(rect, 2.0, colour);
    ui.label(RichText::new(text).small());
    ui.add_space(6.0);
}
