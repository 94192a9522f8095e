//! From longitude and latitude to pixels and back.
//!
//! Equirectangular, with degrees of longitude shortened as in the middle of the country: plain, true enough
//! for a background, and the same at every zoom. An equal-area projection was rejected as long as nothing is
//! measured on the map.

use egui::{Pos2, Rect, Vec2, vec2};
use serde::{Deserialize, Serialize};

/// A degree of longitude over one of latitude, at 34 degrees north.
const SHORTENING: f32 = 0.829;

/// Pixels to a degree of latitude, least and most.
const ZOOM: (f32, f32) = (4.0, 60_000.0);

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    /// Longitude and latitude in the middle \[degrees\].
    pub middle: (f32, f32),
    /// Points to a degree of latitude.
    pub zoom: f32,
}

impl Camera {
    /// Whether it looks at a place on Earth.
    pub fn is_sound(&self) -> bool {
        let (longitude, latitude) = self.middle;
        longitude.abs() <= 360.0 && latitude.abs() <= 90.0 && (ZOOM.0..=ZOOM.1).contains(&self.zoom)
    }

    /// Shows places with a margin in so large a view; the whole country if there are none.
    pub fn fit(longitude: &[f32], latitude: &[f32], size: Vec2) -> Camera {
        let span = |values: &[f32]| {
            let nothing = (f32::INFINITY, f32::NEG_INFINITY);
            let found = values.iter().fold(nothing, |(low, high), &value| (low.min(value), high.max(value)));
            if found.0.is_finite() { found } else { nothing }
        };
        let (mut wide, mut high) = (span(longitude), span(latitude));
        if !wide.0.is_finite() || !high.0.is_finite() {
            (wide, high) = ((73.5, 135.0), (18.0, 53.6));
        }
        // Places all over the country are shown within its outline.
        if wide.1 - wide.0 > 30.0 {
            (wide, high) = ((73.5, 135.0), (18.0, 53.6));
        }
        let room = |(low, high): (f32, f32)| (high - low).max(0.04) * 1.08;
        let zoom = (size.x / (room(wide) * SHORTENING)).min(size.y / room(high));
        Camera {
            middle: ((wide.0 + wide.1) / 2.0, (high.0 + high.1) / 2.0),
            zoom: zoom.clamp(ZOOM.0, ZOOM.1),
        }
    }

    /// The point of a place in a view.
    pub fn point(&self, view: Rect, longitude: f32, latitude: f32) -> Pos2 {
        view.center()
            + vec2(
                (longitude - self.middle.0) * self.zoom * SHORTENING,
                (self.middle.1 - latitude) * self.zoom,
            )
    }

    /// The place at a point of a view: longitude and latitude.
    pub fn place(&self, view: Rect, point: Pos2) -> (f32, f32) {
        let away = point - view.center();
        (self.middle.0 + away.x / (self.zoom * SHORTENING), self.middle.1 - away.y / self.zoom)
    }

    /// Moves what is shown by so many points.
    pub fn pan(&mut self, by: Vec2) {
        self.middle.0 = (self.middle.0 - by.x / (self.zoom * SHORTENING)).clamp(60.0, 150.0);
        self.middle.1 = (self.middle.1 + by.y / self.zoom).clamp(0.0, 65.0);
    }

    /// Zooms by a factor, keeping the place at a point where it is.
    pub fn zoom_at(&mut self, view: Rect, point: Pos2, factor: f32) {
        let before = self.place(view, point);
        self.zoom = (self.zoom * factor).clamp(ZOOM.0, ZOOM.1);
        let after = self.point(view, before.0, before.1);
        self.pan(point - after);
    }

    /// The stretch of the earth in a view: west, east, south, north \[degrees\].
    pub fn bounds(&self, view: Rect) -> [f32; 4] {
        let (west, north) = self.place(view, view.min);
        let (east, south) = self.place(view, view.max);
        [west, east, south, north]
    }

    /// The same camera for a picture of pixels instead of points.
    pub fn scaled(&self, pixels_per_point: f32) -> Camera {
        Camera { zoom: self.zoom * pixels_per_point, ..*self }
    }

    /// A round length for a scale bar: kilometres and points.
    pub fn bar(&self) -> (f32, f32) {
        let per_km = self.zoom / 111.2;
        let steps = [0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
        let km = steps.into_iter().rev().find(|km| km * per_km <= 130.0).unwrap_or(steps[0]);
        (km, km * per_km)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    fn view_of(size: Vec2) -> Rect {
        Rect::from_min_size(pos2(0.0, 0.0), size)
    }

    #[test]
    fn points_and_places_are_inverse_and_north_is_up() {
        let view = view_of(vec2(800.0, 600.0));
        let camera = Camera::fit(&[75.0, 131.0, 110.0], &[20.0, 50.0, 35.0], view.size());
        for (longitude, latitude) in [(75.0, 20.0), (131.0, 50.0)] {
            let point = camera.point(view, longitude, latitude);
            assert!(view.contains(point), "{point:?}");
            let place = camera.place(view, point);
            assert!((place.0 - longitude).abs() < 1e-3 && (place.1 - latitude).abs() < 1e-3);
        }
        assert!(camera.point(view, 100.0, 40.0).y < camera.point(view, 100.0, 30.0).y);
    }

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let view = view_of(vec2(800.0, 600.0));
        let mut camera = Camera::fit(&[], &[], view.size());
        let point = pos2(500.0, 200.0);
        let before = camera.place(view, point);
        camera.zoom_at(view, point, 7.0);
        let after = camera.place(view, point);
        assert!((before.0 - after.0).abs() < 0.01 && (before.1 - after.1).abs() < 0.01);
        let (km, points) = camera.bar();
        assert!(km > 0.0 && (10.0..=130.0).contains(&points));
    }
}
