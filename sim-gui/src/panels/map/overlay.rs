//! What is drawn over the map's picture: names, discs of counties, the near view, the selection, the scale
//! bar.

use super::MapPanel;
use crate::map::camera::Camera;
use crate::map::layer::{Layer, Scale, county_values};
use crate::map::near::{self, Near, Shown};
use crate::outcome::{self, ShownOutcome};
use crate::run::Run;
use crate::state::State;
use crate::view::Selected;
use crate::work::frame::{Frame, Places};
use crate::work::story::Entity;
use egui::{Align2, FontId, Pos2, Rect, Stroke, Vec2, vec2};
use sim_core::unit;

impl MapPanel {
    pub(super) fn overlays(
        &self,
        painter: &egui::Painter,
        state: &State,
        run: &Run,
        number: usize,
        camera: &Camera,
        view: Rect,
    ) {
        credit(painter, state, run, view);
        let palette = state.palette();
        let frame = &run.frames[number];
        if state.view.map.counties {
            self.discs(painter, state, &run.places, frame, camera, view);
        }
        let seen = near::villages(&run.places, camera, view);
        if let Some(seen) = &seen {
            let shown = Shown {
                roads: state.view.map.roads,
                stations: state.view.map.villages,
                trucks: state.view.map.trucks,
            };
            let near = Near {
                view,
                camera: *camera,
                palette,
                places: &run.places,
                frame,
                values: &self.values,
                scale: self.scale.unwrap_or(Scale::Class),
                hour: self.hour,
                is_chinese: state.view.language == crate::text::Language::Chinese,
            };
            near.draw(painter, seen, shown);
        } else if state.view.map.names {
            names(painter, state, &run.places, camera, view);
        }
        if let Selected::Entity(entity) = state.selected
            && let Some(at) = position(&run.places, entity)
        {
            let at = camera.point(view, at.0, at.1);
            painter.circle_stroke(at, 13.0, Stroke::new(2.5, palette.ink));
            painter.circle_stroke(at, 15.5, Stroke::new(1.5, palette.ground));
        }
        let (km, length) = camera.bar();
        let from = view.left_bottom() + vec2(12.0, -12.0);
        painter.line_segment([from, from + vec2(length, 0.0)], Stroke::new(3.0, palette.ink));
        let font = FontId::proportional(11.0);
        painter.text(
            from + vec2(0.0, -4.0),
            Align2::LEFT_BOTTOM,
            format!("{km} {}", state.say().unit(unit!(Kilometres))),
            font,
            palette.ink,
        );
    }

    /// A disc at each county seat, its area by the county's value, for outcomes of counties; by stations
    /// else.
    fn discs(
        &self,
        painter: &egui::Painter,
        state: &State,
        places: &Places,
        frame: &Frame,
        camera: &Camera,
        view: Rect,
    ) {
        let palette = state.palette();
        let Some(outcome) = disc(&state.view.layer) else {
            return;
        };
        let values = county_values(outcome, frame);
        // As the colours, discs have one scale in every month and for every plan.
        let most = self.fixed.as_ref().map_or(1e-9, |fixed| fixed.disc);
        let reach = (camera.zoom * 0.28).clamp(3.0, 26.0);
        for (county, &value) in places.atlas.counties.iter().zip(&values) {
            let at = camera.point(view, county.longitude as f32, county.latitude as f32);
            if value > 0.0 && view.expand(30.0).contains(at) {
                let radius = reach * (value / most).min(1.0).sqrt();
                painter.circle(
                    at,
                    radius,
                    palette.present.gamma_multiply(0.35),
                    Stroke::new(1.0, palette.present),
                );
            }
        }
    }
}

/// The outcome of counties that discs show beside a layer.
pub(super) fn disc(layer: &Layer) -> Option<&'static ShownOutcome> {
    outcome::named(match layer {
        Layer::County(name) => name.as_str(),
        Layer::Shops => "shops",
        Layer::Taobao => "taobao_villages",
        _ => "stations_open",
    })
}

fn position(places: &Places, entity: Entity) -> Option<(f32, f32)> {
    let county = places.atlas.counties.get(entity.county() as usize)?;
    match entity.village() {
        Some(village) => {
            let village = county.villages.get(usize::from(village))?;
            Some((village.longitude, village.latitude))
        }
        None => Some((county.longitude as f32, county.latitude as f32)),
    }
}

/// Names of provinces from afar, of counties from nearer, where there is room.
fn names(painter: &egui::Painter, state: &State, places: &Places, camera: &Camera, view: Rect) {
    let palette = state.palette();
    let is_chinese = state.view.language == crate::text::Language::Chinese;
    let mut taken: Vec<Rect> = Vec::new();
    let mut write = |at: Pos2, text: &str, size: f32| {
        let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(size), palette.ink);
        let rect = Rect::from_center_size(at, galley.size()).expand(3.0);
        if !view.contains_rect(rect) || taken.iter().any(|other| other.intersects(rect)) {
            return;
        }
        taken.push(rect);
        for shift in [vec2(1.0, 0.0), vec2(-1.0, 0.0), vec2(0.0, 1.0), vec2(0.0, -1.0)] {
            painter.galley_with_override_text_color(
                rect.min + Vec2::splat(3.0) + shift,
                galley.clone(),
                palette.ground,
            );
        }
        painter.galley(rect.min + Vec2::splat(3.0), galley, palette.ink);
    };
    if camera.zoom > 90.0 {
        for county in &places.atlas.counties {
            let at = camera.point(view, county.longitude as f32, county.latitude as f32);
            if view.contains(at) {
                painter.rect_filled(Rect::from_center_size(at, Vec2::splat(5.0)), 1.0, palette.ink);
                write(at + vec2(0.0, -10.0), if is_chinese { &county.name } else { &county.name_en }, 11.5);
            }
        }
        return;
    }
    let mut sums = vec![(0.0, 0.0, 0.0); places.atlas.provinces.len()];
    for county in &places.atlas.counties {
        if let Some(sum) = sums.get_mut(usize::from(county.province)) {
            *sum = (sum.0 + county.longitude as f32, sum.1 + county.latitude as f32, sum.2 + 1.0);
        }
    }
    for (province, sum) in places.atlas.provinces.iter().zip(sums) {
        if sum.2 > 0.0 {
            let at = camera.point(view, sum.0 / sum.2, sum.1 / sum.2);
            write(at, if is_chinese { &province.name } else { &province.name_en }, 11.5);
        }
    }
}

/// Names whom the background is from, in the lower right corner, where the region asks for it.
fn credit(painter: &egui::Painter, state: &State, run: &Run, view: Rect) {
    let asked = run.places.atlas.region.as_ref().map_or("", |region| region.manifest.credit.as_str());
    if state.view.map.outlines && !asked.is_empty() {
        let at = view.right_bottom() - egui::vec2(6.0, 4.0);
        painter.text(
            at,
            egui::Align2::RIGHT_BOTTOM,
            asked,
            egui::FontId::proportional(10.5),
            state.palette().faint,
        );
    }
}
