//! The map as a picture, drawn on the CPU.
//!
//! One image costs the same for a thousand villages as for a hundred thousand, and looks the same on any machine;
//! a shape for each village was rejected, because it costs 200 ms a frame at 50,000.

use crate::outlines::Ring;
use crate::projection::Projection;
use crate::theme::Palette;
use egui::{Color32, ColorImage};
use sim_core::model::VillageView;
use sim_core::simulation::Snapshot;

/// The share of households at which the scale of [`Layer::RegularBuyers`] ends: the same in every run and month, so
/// that pictures compare.
pub const FULL_SHARE: f32 = 0.5;

/// What colours mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layer {
    /// Whether a station is open.
    #[default]
    Stations,
    /// Share of households that buy online regularly.
    RegularBuyers,
}

impl Layer {
    /// All layers.
    pub const ALL: [Layer; 2] = [Layer::Stations, Layer::RegularBuyers];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Stations => "Stations",
            Layer::RegularBuyers => "Regular buyers",
        }
    }

    fn value(self, village: &VillageView) -> f32 {
        match self {
            Layer::Stations => f32::from(u8::from(village.station_open)),
            Layer::RegularBuyers => village.regular_share,
        }
    }

    /// The colour of a pixel from its villages' values.
    fn colour(self, palette: &Palette, pixel: Pixel) -> Color32 {
        match self {
            Layer::Stations if pixel.sum > 0.0 => palette.present,
            Layer::Stations => palette.absent,
            Layer::RegularBuyers => palette.scale(pixel.sum / f32::from(pixel.count) / FULL_SHARE),
        }
    }
}

/// The villages that fall on a pixel: where they crowd, a pixel shows whether any has a station, or their mean share.
#[derive(Clone, Copy, Default)]
struct Pixel {
    sum: f32,
    count: u16,
}

/// Half the width of a village's square \[pixels\], so that few villages are seen and many do not cover each other.
fn reach(size: [usize; 2], villages: usize) -> i32 {
    let room = (size[0] * size[1]) as f32 / villages.max(1) as f32;
    (room.sqrt() / 6.0).clamp(0.0, 5.0) as i32
}

/// Draws outlines, and villages upon them.
pub fn draw(
    size: [usize; 2],
    projection: &Projection,
    snapshot: &Snapshot,
    layer: Layer,
    palette: &Palette,
    rings: &[Ring],
) -> ColorImage {
    let mut image = ColorImage::filled(size, palette.ground);
    rings
        .iter()
        .for_each(|ring| outline(&mut image, projection, ring, palette.outline));
    let pixels = gather(size, projection, snapshot, layer);
    for (colour, pixel) in image.pixels.iter_mut().zip(pixels) {
        if pixel.count > 0 {
            *colour = layer.colour(palette, pixel);
        }
    }
    image
}

fn gather(size: [usize; 2], projection: &Projection, snapshot: &Snapshot, layer: Layer) -> Vec<Pixel> {
    let mut pixels = vec![Pixel::default(); size[0] * size[1]];
    let reach = reach(size, snapshot.state.len());
    let places = snapshot.longitude.iter().zip(&snapshot.latitude);
    for ((&longitude, &latitude), village) in places.zip(&snapshot.state) {
        let (x, y) = projection.pixel(longitude, latitude);
        let value = layer.value(village);
        for down in -reach..=reach {
            for along in -reach..=reach {
                if let Some(at) = index(size, x as i32 + along, y as i32 + down) {
                    pixels[at].sum += value;
                    pixels[at].count = pixels[at].count.saturating_add(1);
                }
            }
        }
    }
    pixels
}

fn index(size: [usize; 2], x: i32, y: i32) -> Option<usize> {
    let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
    (x < size[0] && y < size[1]).then_some(y * size[0] + x)
}

fn outline(image: &mut ColorImage, projection: &Projection, ring: &Ring, colour: Color32) {
    for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let (from, to) = (projection.pixel(from.0, from.1), projection.pixel(to.0, to.1));
        line(image, from, to, colour);
    }
}

fn line(image: &mut ColorImage, from: (f32, f32), to: (f32, f32), colour: Color32) {
    let (wide, high) = (to.0 - from.0, to.1 - from.1);
    // A line far outside, of a map of one county, would take many steps for nothing.
    let outside = |a: f32, b: f32, end: usize| a.max(b) < 0.0 || a.min(b) > end as f32;
    if outside(from.0, to.0, image.size[0]) || outside(from.1, to.1, image.size[1]) {
        return;
    }
    let steps = wide.abs().max(high.abs()).ceil().clamp(1.0, 20_000.0);
    for step in 0..=steps as i32 {
        let part = step as f32 / steps;
        if let Some(at) = index(
            image.size,
            (from.0 + wide * part) as i32,
            (from.1 + high * part) as i32,
        ) {
            image.pixels[at] = colour;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::Bounds;
    use crate::theme::LIGHT;

    const SIZE: [usize; 2] = [40, 40];

    fn village(regular_share: f32, station_open: bool) -> VillageView {
        VillageView {
            regular_share,
            station_open,
            partner_income: 0.0,
            delivery: 0,
            shops: 0,
            yearly_sales: 0.0,
            taobao: false,
        }
    }

    /// Many villages on one spot, so that a village is one pixel: the middle one.
    fn middle(layer: Layer, villages: &[VillageView]) -> Color32 {
        let count = 1000;
        let state: Vec<VillageView> = villages.iter().copied().cycle().take(count).collect();
        let snapshot = Snapshot {
            longitude: vec![110.0; count],
            latitude: vec![30.0; count],
            state,
            ..Snapshot::default()
        };
        let bounds = Bounds::around(&snapshot.longitude, &snapshot.latitude).unwrap();
        let projection = Projection::fit(&bounds, SIZE);
        let image = draw(SIZE, &projection, &snapshot, layer, &LIGHT, &[]);
        assert_eq!(
            image
                .pixels
                .iter()
                .filter(|&&pixel| pixel != LIGHT.ground)
                .count(),
            1
        );
        image.pixels[20 * SIZE[0] + 20]
    }

    #[test]
    fn a_pixel_shows_a_station_among_its_villages() {
        let (without, with) = (village(0.0, false), village(0.0, true));
        assert_eq!(middle(Layer::Stations, &[without]), LIGHT.absent);
        assert_eq!(middle(Layer::Stations, &[without, with, without]), LIGHT.present);
    }

    #[test]
    fn a_pixel_shows_the_mean_share_of_its_villages() {
        let villages = [village(0.0, false), village(FULL_SHARE, true)];
        assert_eq!(middle(Layer::RegularBuyers, &villages), LIGHT.scale(0.5));
        assert_ne!(LIGHT.scale(0.5), LIGHT.scale(0.0));
    }

    #[test]
    fn outlines_are_drawn_where_they_cross_the_picture() {
        let bounds = Bounds::around(&[110.0, 111.0], &[30.0, 31.0]).unwrap();
        let projection = Projection::fit(&bounds, SIZE);
        let painted = |ring: Ring| {
            let image = draw(
                SIZE,
                &projection,
                &Snapshot::default(),
                Layer::Stations,
                &LIGHT,
                &[ring],
            );
            image
                .pixels
                .iter()
                .filter(|&&pixel| pixel == LIGHT.outline)
                .count()
        };
        let across = painted(vec![(90.0, 30.5), (130.0, 30.5), (130.0, 80.0)]);
        assert!((30..=80).contains(&across), "{across}");
        assert_eq!(painted(vec![(10.0, 10.0), (20.0, 10.0), (20.0, 20.0)]), 0);
    }
}
