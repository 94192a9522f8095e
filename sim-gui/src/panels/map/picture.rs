//! The map's picture: drawn anew only when view, layer or data have changed.

use super::{Drawn, Fixed, MapPanel, overlay};
use crate::map::camera::Camera;
use crate::map::layer::{Scale, county_values};
use crate::map::near;
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
        let is_own = run.plan == state.current.id();
        let other = state
            .recorded_baseline()
            .filter(|other| state.view.is_difference && is_own && other.places.len() == run.places.len());
        // The same month of both: while the baseline is being recorded, its last one is an earlier one.
        let other_at = other.and_then(|other| Some((other.plan, other.frame_beside(&run.frames[number])?)));
        let key = Drawn {
            plan: run.plan,
            frame: number,
            other: other_at,
            layer: state.view.layer.clone(),
            camera: camera.scaled(pixels),
            size,
            outlines: state.view.map.outlines,
            // Few villages are drawn one by one, over the picture.
            villages: state.view.map.villages && near::villages(&run.places, camera, view).is_none(),
            theme: state.view.theme,
        };
        if self.drawn.as_ref() == Some(&key) {
            return;
        }
        let data = |drawn: &Drawn| (drawn.plan, drawn.frame, drawn.other, drawn.layer.clone());
        if self.drawn.as_ref().map(data) != Some(data(&key)) {
            self.evaluate(state, run, number, other.map(|other| &**other).zip(other_at));
        }
        let region = run.places.atlas.region.as_deref().filter(|_| key.outlines);
        let rings = region.map(rings).unwrap_or_default();
        let picture = Picture {
            size,
            camera: key.camera,
            longitude: &run.places.longitude,
            latitude: &run.places.latitude,
            values: &self.values,
            scale: self.scale.unwrap_or(Scale::Class),
            palette: state.palette(),
            rings: &rings,
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
        self.fix(state, run);
        let Some((other, (_, at))) = other else {
            self.scale = Some(match &self.fixed {
                Some(fixed) if !layer.is_class() => fixed.scale,
                _ => layer.scale(&values),
            });
            self.values = Arc::new(values);
            return;
        };
        let before = layer.values(&other.places, &other.frames[at]);
        // Where one of them has no value, as a partner's income without a station, there is no difference.
        let differences: Vec<f32> = values.iter().zip(&before).map(|(now, then)| now - then).collect();
        self.scale = Some(Scale::of_differences(&differences));
        self.values = Arc::new(differences);
        self.before = Arc::new(before);
    }

    /// The scale by which a run is shown.
    #[cfg(test)]
    pub fn scale_of(&mut self, state: &State, run: &Run) -> Option<Scale> {
        self.fix(state, run);
        self.fixed.as_ref().map(|fixed| fixed.scale)
    }

    /// A scale that changes neither while time plays nor from plan to plan: that of the last frames of all
    /// runs that are recorded over these places, the baseline's among them. It is kept until one of them
    /// has a later frame.
    fn fix(&mut self, state: &State, run: &Run) {
        let layer = &state.view.layer;
        let beside = state.runs.iter().map(|run| &**run);
        let beside =
            beside.filter(|other| other.places.len() == run.places.len() && !other.frames.is_empty());
        let shown: Vec<&Run> = beside.collect();
        let runs: Vec<(u128, usize)> = shown.iter().map(|run| (run.plan, run.frames.len())).collect();
        if self.fixed.as_ref().is_some_and(|fixed| (&fixed.runs, &fixed.layer) == (&runs, layer)) {
            return;
        }
        let lasts = || shown.iter().filter_map(|run| Some((&run.places, run.frames.last()?)));
        let values: Vec<f32> = lasts().flat_map(|(places, frame)| layer.values(places, frame)).collect();
        let outcome = overlay::disc(layer);
        let discs = lasts().flat_map(|(_, frame)| outcome.map(|outcome| county_values(outcome, frame)));
        let discs = discs.flatten().filter(|value| value.is_finite());
        self.fixed = Some(Fixed {
            scale: layer.scale(&values),
            disc: discs.fold(1e-9, f32::max),
            runs,
            layer: layer.clone(),
        });
    }
}
