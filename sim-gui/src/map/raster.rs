//! The map as a picture, drawn on the CPU.
//!
//! One image costs the same for a thousand villages as for a hundred thousand, and looks the same on any
//! machine; a shape for each village was rejected, because it costs 200 ms a frame at 50,000.

use super::camera::Camera;
use super::layer::Scale;
use super::outlines::Ring;
use crate::theme::{Palette, mix};
use egui::{Color32, ColorImage, Rect, pos2};

/// What is drawn.
#[derive(Clone, Copy)]
pub struct Picture<'p> {
    /// Width and height \[pixels\].
    pub size: [usize; 2],
    /// What is looked at, in pixels.
    pub camera: Camera,
    /// Villages.
    pub longitude: &'p [f32],
    /// Villages.
    pub latitude: &'p [f32],
    /// What their colours show.
    pub values: &'p [f32],
    /// From values to colours.
    pub scale: Scale,
    /// Colours.
    pub palette: Palette,
    /// Province outlines; none if the layer is off.
    pub rings: &'p [Ring],
    /// Whether villages are drawn.
    pub has_villages: bool,
}

/// How much of an outline's colour is laid on at once: neighbours draw the line between them twice.
const INK: f32 = 0.65;

/// The villages that fall on a pixel: where they crowd, a pixel shows whether any has something, or their
/// mean.
#[derive(Clone, Copy, Default)]
struct Pixel {
    sum: f32,
    count: u16,
    known: u16,
}

impl Picture<'_> {
    fn view(&self) -> Rect {
        Rect::from_min_max(pos2(0.0, 0.0), pos2(self.size[0] as f32, self.size[1] as f32))
    }

    /// Half the width of a village's square \[pixels\]: a quarter of the way to its neighbour, some 3 km.
    fn reach(&self) -> i32 {
        let neighbour = self.camera.zoom * 3.0 / 111.2;
        (neighbour / 4.0).clamp(0.0, 6.0) as i32
    }

    /// Draws outlines, and villages upon them.
    pub fn draw(&self) -> ColorImage {
        let mut image = ColorImage::filled(self.size, self.palette.ground);
        for ring in self.rings {
            self.fill(&mut image, ring);
        }
        if self.has_villages {
            let pixels = self.gather();
            for (colour, pixel) in image.pixels.iter_mut().zip(&pixels) {
                if pixel.count > 0 {
                    *colour = self.colour(*pixel);
                }
            }
        }
        for ring in self.rings {
            self.outline(&mut image, ring);
        }
        image
    }

    fn colour(&self, pixel: Pixel) -> Color32 {
        match self.scale {
            Scale::Class => self.scale.colour(&self.palette, pixel.sum),
            _ if pixel.known == 0 => self.palette.absent,
            _ => self.scale.colour(&self.palette, pixel.sum / f32::from(pixel.known)),
        }
    }

    fn gather(&self) -> Vec<Pixel> {
        let mut pixels = vec![Pixel::default(); self.size[0] * self.size[1]];
        let (reach, view) = (self.reach(), self.view());
        let near = view.expand(8.0);
        for ((&longitude, &latitude), &value) in self.longitude.iter().zip(self.latitude).zip(self.values) {
            let at = self.camera.point(view, longitude, latitude);
            if !near.contains(at) {
                continue;
            }
            for down in -reach..=reach {
                for along in -reach..=reach {
                    if let Some(at) = index(self.size, at.x as i32 + along, at.y as i32 + down) {
                        let pixel = &mut pixels[at];
                        pixel.count = pixel.count.saturating_add(1);
                        if value.is_finite() {
                            pixel.sum += value;
                            pixel.known = pixel.known.saturating_add(1);
                        }
                    }
                }
            }
        }
        pixels
    }

    /// Fills a ring with land, line by line.
    fn fill(&self, image: &mut ColorImage, ring: &Ring) {
        let view = self.view();
        let points: Vec<egui::Pos2> =
            ring.iter().map(|place| self.camera.point(view, place.0, place.1)).collect();
        let top = points.iter().map(|point| point.y).fold(f32::INFINITY, f32::min).max(0.0);
        let bottom = points.iter().map(|point| point.y).fold(0.0, f32::max).min(self.size[1] as f32);
        let mut crossings: Vec<f32> = Vec::new();
        for row in top as usize..(bottom.max(0.0) as usize).min(self.size[1]) {
            let y = row as f32 + 0.5;
            crossings.clear();
            for (from, to) in points.iter().zip(points.iter().cycle().skip(1)) {
                if (from.y <= y) != (to.y <= y) {
                    crossings.push(from.x + (y - from.y) / (to.y - from.y) * (to.x - from.x));
                }
            }
            crossings.sort_by(f32::total_cmp);
            for pair in crossings.chunks_exact(2) {
                let left = pair[0].clamp(0.0, self.size[0] as f32) as usize;
                let right = pair[1].clamp(0.0, self.size[0] as f32) as usize;
                image.pixels[row * self.size[0] + left..row * self.size[0] + right].fill(self.palette.land);
            }
        }
    }

    fn outline(&self, image: &mut ColorImage, ring: &Ring) {
        let view = self.view();
        for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let from = self.camera.point(view, from.0, from.1);
            let to = self.camera.point(view, to.0, to.1);
            line(image, (from.x, from.y), (to.x, to.y), self.palette.outline);
        }
    }
}

fn index(size: [usize; 2], x: i32, y: i32) -> Option<usize> {
    let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
    (x < size[0] && y < size[1]).then_some(y * size[0] + x)
}

fn line(image: &mut ColorImage, from: (f32, f32), to: (f32, f32), colour: Color32) {
    let (wide, high) = (to.0 - from.0, to.1 - from.1);
    // A line far outside, of a map of one county, would take many steps for nothing.
    let outside = |a: f32, b: f32, end: usize| a.max(b) < 0.0 || a.min(b) > end as f32;
    if outside(from.0, to.0, image.size[0]) || outside(from.1, to.1, image.size[1]) {
        return;
    }
    let is_steep = high.abs() > wide.abs();
    let steps = wide.abs().max(high.abs()).ceil().clamp(1.0, 20_000.0);
    for step in 0..steps as i32 {
        let part = step as f32 / steps;
        let (x, y) = (from.0 + wide * part, from.1 + high * part);
        // The two pixels beside the line share its colour, so that it has no steps.
        let (along, across) = if is_steep { (y, x) } else { (x, y) };
        let rest = across - across.floor();
        for (across, share) in [(across.floor(), 1.0 - rest), (across.floor() + 1.0, rest)] {
            let (x, y) = if is_steep { (across, along) } else { (along, across) };
            if let Some(at) = index(image.size, x.floor() as i32, y.floor() as i32) {
                image.pixels[at] = mix(image.pixels[at], colour, share * INK);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;
    use egui::vec2;

    const SIZE: [usize; 2] = [40, 40];

    fn picture(values: &[f32], scale: Scale, rings: &[Ring]) -> ColorImage {
        let longitude = vec![110.0; values.len()];
        let latitude = vec![30.0; values.len()];
        Picture {
            size: SIZE,
            camera: Camera::fit(&[109.0, 111.0], &[29.0, 31.0], vec2(40.0, 40.0)),
            longitude: &longitude,
            latitude: &latitude,
            values,
            scale,
            palette: Palette::of(Theme::Light),
            rings,
            has_villages: true,
        }
        .draw()
    }

    #[test]
    fn a_pixel_shows_what_is_among_its_villages() {
        let palette = Palette::of(Theme::Light);
        let middle = |values: &[f32], scale| picture(values, scale, &[]).pixels[20 * SIZE[0] + 20];
        assert_eq!(middle(&[0.0, 0.0], Scale::Class), palette.absent);
        assert_eq!(middle(&[0.0, 1.0, 0.0], Scale::Class), palette.present);
        assert_eq!(middle(&[0.0, 0.5], Scale::Even(0.0, 0.5)), palette.scale(0.5));
        assert_eq!(middle(&[f32::NAN, 0.5], Scale::Even(0.0, 0.5)), palette.scale(1.0));
        assert_eq!(middle(&[f32::NAN], Scale::Even(0.0, 0.5)), palette.absent);
        assert_eq!(middle(&[], Scale::Class), palette.ground);
    }

    #[test]
    fn land_is_filled_and_outlined_where_it_crosses_the_picture() {
        let palette = Palette::of(Theme::Light);
        let painted = |ring: Ring, colour| {
            let image = picture(&[], Scale::Class, &[ring]);
            image.pixels.iter().filter(|&&pixel| pixel == colour).count()
        };
        let across = vec![(90.0, 20.0), (130.0, 20.0), (130.0, 30.0), (90.0, 30.0)];
        let image = picture(&[], Scale::Class, std::slice::from_ref(&across));
        let plain = [palette.land, palette.ground];
        let lines = image.pixels.iter().filter(|pixel| !plain.contains(pixel)).count();
        assert!((30..=80).contains(&lines), "{lines}");
        assert!((600..=1000).contains(&painted(across, palette.land)));
        let elsewhere = vec![(10.0, 10.0), (20.0, 10.0), (20.0, 20.0)];
        assert_eq!(painted(elsewhere, palette.land), 0);
    }
}
