//! The map's picture: drawn anew only when view, layer or data have changed.

use super::{Drawn, Fixed, MapPanel};
use crate::map::camera::Camera;
use crate::map::layer::{Layer, Scale};
use crate::map::outlines::rings;
use crate::map::raster::Picture;
use crate::run::Run;
use crate::state::State;
use egui::{Rect, TextureOptions, Ui};
use std::sync::Arc;

impl MapPanel {
    /// Draws the picture anew if anything it shows has changed.
    pub(super) fn refresh(
        &mut self,
        ui: &Ui,
        state: &State,
        run: &Run,
        number: usize,
        camera: &Camera,
        view: Rect,
    ) {
        let pixels = ui.ctx().pixels_per_point();
        let size = [view.width(), view.height()].map(|length| (length * pixels).round().max(1.0) as usize);
        let other = state.run_of(state.baseline.id()).filter(|other| {
            state.view.is_difference && other.plan != run.plan && other.places.len() == run.places.len()
        });
        let other_at = other.and_then(|other| Some((other.plan, other.frame_at(state.clock.now)?)));
        let key = Drawn {
            plan: run.plan,
            frame: number,
            other: other_at,
            layer: state.view.layer.clone(),
            camera: camera.scaled(pixels),
            size,
            outlines: state.view.map.outlines,
            villages: state.view.map.villages,
            theme: state.view.theme,
        };
        if self.drawn.as_ref() == Some(&key) {
            return;
        }
        let data = |drawn: &Drawn| (drawn.plan, drawn.frame, drawn.other, drawn.layer.clone());
        if self.drawn.as_ref().map(data) != Some(data(&key)) {
            self.evaluate(state, run, number, other.map(|other| &**other).zip(other_at));
        }
        let picture = Picture {
            size,
            camera: key.camera,
            longitude: &run.places.longitude,
            latitude: &run.places.latitude,
            values: &self.values,
            scale: self.scale.unwrap_or(Scale::Class),
            palette: state.palette(),
            rings: if key.outlines { rings() } else { &[] },
            has_villages: key.villages,
        };
        let image = picture.draw();
        match &mut self.texture {
            Some(texture) => texture.set(image, TextureOptions::NEAREST),
            None => self.texture = Some(ui.ctx().load_texture("villages", image, TextureOptions::NEAREST)),
        }
        self.drawn = Some(key);
    }

    fn evaluate(&mut self, state: &State, run: &Run, number: usize, other: Option<(&Run, (u128, usize))>) {
        let layer = &state.view.layer;
        let values = layer.values(&run.places, &run.frames[number]);
        let Some((other, (_, at))) = other else {
            self.scale = Some(self.fixed_scale(layer, run, &values));
            self.values = Arc::new(values);
            return;
        };
        let before = layer.values(&other.places, &other.frames[at]);
        let missing = |value: f32| if value.is_finite() { value } else { 0.0 };
        let differences: Vec<f32> = values
            .iter()
            .zip(&before)
            .map(|(now, then)| missing(*now) - missing(*then))
            .collect();
        self.scale = Some(Scale::of_differences(&differences));
        self.values = Arc::new(differences);
    }

    /// A scale that does not change while time plays: that of the last frame recorded, kept until there is a later one.
    fn fixed_scale(&mut self, layer: &Layer, run: &Run, values: &[f32]) -> Scale {
        let Some(last) = run.frames.last().filter(|_| !layer.is_class()) else {
            return layer.scale(values);
        };
        let (plan, frames) = (run.plan, run.frames.len());
        if let Some(fixed) = &self.fixed
            && (fixed.plan, fixed.frames, &fixed.layer) == (plan, frames, layer)
        {
            return fixed.scale;
        }
        let scale = layer.scale(&layer.values(&run.places, last));
        self.fixed = Some(Fixed {
            plan,
            frames,
            layer: layer.clone(),
            scale,
        });
        scale
    }
}
