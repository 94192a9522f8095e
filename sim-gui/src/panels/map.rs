//! The villages on a map: one texture, drawn anew only when the view, the layer or the data change.

use super::grouped;
use crate::outlines::rings;
use crate::projection::{Bounds, Projection};
use crate::raster::{self, FULL_SHARE, Layer};
use crate::run::Run;
use crate::theme::Palette;
use egui::{
    Color32, ColorImage, Pos2, Rect, Response, RichText, Sense, TextureHandle, TextureOptions, Ui, Vec2,
    pos2, vec2,
};
use sim_core::simulation::Snapshot;

/// How near the pointer must be to a village \[points\].
const NEAR: f32 = 8.0;
/// Height kept for the legend \[points\].
const LEGEND: f32 = 30.0;

/// What a picture was drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    version: u64,
    layer: Layer,
    size: [usize; 2],
    palette: Palette,
}

/// The panel's own state.
#[derive(Default)]
pub struct MapPanel {
    layer: Layer,
    texture: Option<TextureHandle>,
    drawn: Option<Key>,
}

impl MapPanel {
    /// Forgets what was drawn, because another run begins.
    pub fn forget(&mut self) {
        self.drawn = None;
    }

    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, run: &Run) {
        ui.horizontal(|ui| {
            ui.label(RichText::new("Villages").strong());
            for layer in Layer::ALL {
                ui.selectable_value(&mut self.layer, layer, layer.name());
            }
        });
        let Some(villages) = run.villages.as_deref() else {
            ui.centered_and_justified(|ui| ui.label("Making places and people ..."));
            return;
        };
        let size = ui.available_size() - vec2(0.0, LEGEND);
        let (response, painter) = ui.allocate_painter(size.max(Vec2::splat(50.0)), Sense::hover());
        let pixels = [response.rect.width(), response.rect.height()];
        let pixels = pixels.map(|length| (length * ui.ctx().pixels_per_point()).round().max(1.0) as usize);
        let palette = Palette::of(ui);
        if let Some(bounds) = Bounds::around(&villages.longitude, &villages.latitude) {
            let projection = Projection::fit(&bounds.with(rings()), pixels);
            let key = Key {
                version: run.version,
                layer: self.layer,
                size: pixels,
                palette,
            };
            self.refresh(ui, key, &projection, villages);
            if let Some(texture) = &self.texture {
                let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
                painter.image(texture.id(), response.rect, whole, Color32::WHITE);
            }
            hover(&response, &projection, run, villages);
        }
        ui.horizontal(|ui| legend(ui, self.layer, &palette, villages));
    }

    fn refresh(&mut self, ui: &Ui, key: Key, projection: &Projection, villages: &Snapshot) {
        if self.drawn == Some(key) {
            return;
        }
        let image: ColorImage =
            raster::draw(key.size, projection, villages, key.layer, &key.palette, rings());
        match &mut self.texture {
            Some(texture) => texture.set(image, TextureOptions::NEAREST),
            None => self.texture = Some(ui.ctx().load_texture("villages", image, TextureOptions::NEAREST)),
        }
        self.drawn = Some(key);
    }
}

fn hover(response: &Response, projection: &Projection, run: &Run, villages: &Snapshot) {
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let scale = response.ctx.pixels_per_point();
    let at = (pointer - response.rect.min) * scale;
    let places = villages.longitude.iter().zip(&villages.latitude);
    let distance = |(&longitude, &latitude): (&f32, &f32)| {
        let (x, y) = projection.pixel(longitude, latitude);
        (vec2(x, y) - at).length_sq()
    };
    let nearest = places
        .map(distance)
        .enumerate()
        .min_by(|a, b| a.1.total_cmp(&b.1));
    let text = nearest
        .filter(|(_, distance)| *distance < NEAR * NEAR * scale * scale)
        .and_then(|(at, _)| about(run, villages, at));
    if let Some(text) = text {
        response.clone().on_hover_text_at_pointer(text);
    }
}

fn about(run: &Run, villages: &Snapshot, at: usize) -> Option<String> {
    let (county, village) = (*villages.county.get(at)?, villages.state.get(at)?);
    let name = run.started.as_ref()?.counties.get(county as usize)?;
    let station = match village.station_open {
        true => format!(
            "station open, partner earns {:.0} yuan a month",
            village.partner_income
        ),
        false => "no station open".to_owned(),
    };
    let share = 100.0 * village.regular_share;
    let shops = match village.shops {
        1 => "1 shop".to_owned(),
        many => format!("{} shops", grouped(u64::from(many))),
    };
    Some(format!(
        "A village of {name}\n{station}\n{share:.0} % of households buy regularly\n{shops}",
    ))
}

fn legend(ui: &mut Ui, layer: Layer, palette: &Palette, villages: &Snapshot) {
    match layer {
        Layer::Stations => {
            let open = villages
                .state
                .iter()
                .filter(|village| village.station_open)
                .count();
            swatch(
                ui,
                palette.present,
                &format!("station open: {} villages", grouped(open as u64)),
            );
            ui.add_space(12.0);
            let without = villages.state.len() - open;
            swatch(
                ui,
                palette.absent,
                &format!("none: {} villages", grouped(without as u64)),
            );
        }
        Layer::RegularBuyers => {
            ui.label("Households that buy online regularly: 0 %");
            gradient(ui, palette);
            ui.label(format!("{:.0} % or more", 100.0 * FULL_SHARE));
        }
    }
}

fn swatch(ui: &mut Ui, colour: Color32, text: &str) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::hover());
    ui.painter().rect_filled(rect, 2.0, colour);
    ui.label(text);
}

fn gradient(ui: &mut Ui, palette: &Palette) {
    const STEPS: u16 = 48;
    let (rect, _) = ui.allocate_exact_size(vec2(160.0, 14.0), Sense::hover());
    let width = rect.width() / f32::from(STEPS);
    for step in 0..STEPS {
        let left = rect.left() + width * f32::from(step);
        let bar = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width + 0.5, rect.bottom()));
        ui.painter()
            .rect_filled(bar, 0.0, palette.scale(f32::from(step) / f32::from(STEPS - 1)));
    }
}
