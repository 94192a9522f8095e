//! From longitude and latitude to pixels.
//!
//! Equirectangular, with degrees of longitude shortened as at the middle of what is shown: plain, and true enough for
//! a background. An equal-area projection was rejected as long as nothing is measured on the map.

use crate::outlines::Ring;
use sim_core::base::math;

/// A stretch of the earth \[degrees\].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Westernmost and easternmost longitude.
    pub longitude: Range,
    /// Southernmost and northernmost latitude.
    pub latitude: Range,
}

type Range = (f32, f32);

fn span(values: impl Iterator<Item = f32>) -> Range {
    let nothing = (f32::INFINITY, f32::NEG_INFINITY);
    values.fold(nothing, |(low, high), value| (low.min(value), high.max(value)))
}

fn union(a: Range, b: Range) -> Range {
    (a.0.min(b.0), a.1.max(b.1))
}

/// Whether a range is smaller than another and has its middle in it.
fn belongs(range: Range, whole: Range) -> bool {
    let middle = (range.0 + range.1) / 2.0;
    range.1 - range.0 < whole.1 - whole.0 && whole.0 < middle && middle < whole.1
}

/// A range with room at both ends, and not too narrow.
fn widened((low, high): Range) -> Range {
    let room = ((high - low) * 0.04).max(0.05);
    (low - room, high + room)
}

impl Bounds {
    /// Around these places with a margin; none if there are no places.
    pub fn around(longitude: &[f32], latitude: &[f32]) -> Option<Bounds> {
        let bounds = Bounds {
            longitude: widened(span(longitude.iter().copied())),
            latitude: widened(span(latitude.iter().copied())),
        };
        bounds.longitude.0.is_finite().then_some(bounds)
    }

    /// With outlines that these bounds would cut off whole: those that are smaller and have their middle inside. A
    /// map of one county does not grow to its province.
    #[must_use]
    pub fn with(self, rings: &[Ring]) -> Bounds {
        let mut bounds = self;
        for ring in rings {
            let longitude = span(ring.iter().map(|place| place.0));
            let latitude = span(ring.iter().map(|place| place.1));
            if belongs(longitude, self.longitude) && belongs(latitude, self.latitude) {
                bounds.longitude = union(bounds.longitude, widened(longitude));
                bounds.latitude = union(bounds.latitude, widened(latitude));
            }
        }
        bounds
    }
}

/// Where places lie in a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// Middle of the picture \[degrees\].
    middle: (f32, f32),
    /// Pixels to a degree, eastward and northward.
    scale: (f32, f32),
    /// Width and height \[pixels\].
    size: (f32, f32),
}

impl Projection {
    /// Fits a stretch of the earth into a picture of so many pixels.
    pub fn fit(bounds: &Bounds, size: [usize; 2]) -> Projection {
        let middle = |range: Range| (range.0 + range.1) / 2.0;
        let middle = (middle(bounds.longitude), middle(bounds.latitude));
        let shortening = math::cos(f64::from(middle.1).to_radians()) as f32;
        let size = (size[0] as f32, size[1] as f32);
        let wide = (bounds.longitude.1 - bounds.longitude.0) * shortening;
        let high = bounds.latitude.1 - bounds.latitude.0;
        let scale = (size.0 / wide).min(size.1 / high);
        Projection {
            middle,
            scale: (scale * shortening, scale),
            size,
        }
    }

    /// The pixel of a place, from the left and from the top; may lie outside the picture.
    pub fn pixel(&self, longitude: f32, latitude: f32) -> (f32, f32) {
        let x = self.size.0 / 2.0 + (longitude - self.middle.0) * self.scale.0;
        let y = self.size.1 / 2.0 - (latitude - self.middle.1) * self.scale.1;
        (x, y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_places_lie_inside_and_north_is_up() {
        let (longitude, latitude) = ([75.0, 131.0, 110.0], [20.0, 50.0, 35.0]);
        let bounds = Bounds::around(&longitude, &latitude).unwrap();
        for size in [[800, 600], [100, 900], [1, 1]] {
            let projection = Projection::fit(&bounds, size);
            let pixels: Vec<_> = longitude
                .iter()
                .zip(&latitude)
                .map(|(&x, &y)| projection.pixel(x, y))
                .collect();
            for &(x, y) in &pixels {
                assert!(
                    (0.0..size[0] as f32).contains(&x) && (0.0..size[1] as f32).contains(&y),
                    "{size:?} {x} {y}"
                );
            }
            assert!(pixels[1].1 < pixels[0].1 && pixels[0].0 < pixels[1].0);
        }
    }

    #[test]
    fn outlines_of_their_size_are_whole_and_larger_ones_are_not() {
        let bounds = Bounds::around(&[100.0, 120.0], &[30.0, 40.0]).unwrap();
        let ring = |longitude: f32, half: f32| -> Ring {
            vec![
                (longitude - half, 39.0),
                (longitude + half, 39.0),
                (longitude, 41.0),
            ]
        };
        assert!(bounds.with(&[ring(119.0, 5.0)]).longitude.1 > 124.0);
        assert!(bounds.with(&[ring(119.0, 5.0)]).latitude.1 > 41.0);
        assert_eq!(bounds.with(&[ring(110.0, 30.0), ring(140.0, 5.0)]), bounds);
    }

    #[test]
    fn one_place_is_shown_in_the_middle_and_none_not_at_all() {
        let bounds = Bounds::around(&[120.0], &[30.0]).unwrap();
        let (x, y) = Projection::fit(&bounds, [200, 100]).pixel(120.0, 30.0);
        assert!((x - 100.0).abs() < 0.01 && (y - 50.0).abs() < 0.01, "{x} {y}");
        assert_eq!(Bounds::around(&[], &[]), None);
    }
}
