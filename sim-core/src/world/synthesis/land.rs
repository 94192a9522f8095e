//! The land of a county, on which its towns and villages are laid out.
//!
//! A county with an outline has that land, as far as 80 km from its seat: in the largest counties of the west
//! the rest is nearly empty. One without (eleven real ones, and what a user's table invents) is taken as a
//! disc of its area around the seat, which may reach into a neighbour or the sea.

use super::draws;
use crate::base::math;
use crate::base::random_stream::unit;
use crate::base::{CountyCode, Seed};
use crate::world::county_record::CountyRecord;
use crate::world::distance::{KM_PER_DEGREE, moved};
use crate::world::outline::{DegreeBox, Outline, Outlines};
use crate::world::setting::MOST_RADIUS;

/// Steps of the evenly spread sequence in both directions (Roberts' R2: powers of the inverse of the plastic
/// number).
const STEPS: (f64, f64) = (0.754_877_666_246_692_7, 0.569_840_290_998_053_3);
/// Points that are tried for each town before a county is taken as a disc.
const MOST_TRIES: usize = 256;
/// How often a village's place is moved towards its town's centre before it is put there.
const MOST_PULLS: u32 = 24;
/// Distance from the town's centre that is left by each of these moves.
const PULL: f64 = 0.85;
const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;

/// The land of one county.
#[derive(Clone, Debug)]
pub(super) struct Land {
    seat: (f64, f64),
    level: f64,
    outline: Option<Outline>,
}

impl Land {
    pub(super) fn of(record: &CountyRecord, outlines: &Outlines) -> Land {
        Land::within(record, outlines.around(record))
    }

    /// A county without an outline.
    #[cfg(test)]
    pub(super) fn disc(record: &CountyRecord) -> Land {
        Land::within(record, None)
    }

    fn within(record: &CountyRecord, outline: Option<Outline>) -> Land {
        let level = math::cos(record.latitude.to_radians()).max(0.05);
        Land { seat: (record.longitude, record.latitude), level, outline }
    }

    /// Whether a point is on this land, once it is stored with single precision; without an outline every
    /// point is.
    pub(super) fn holds(&self, longitude: f64, latitude: f64) -> bool {
        let (longitude, latitude) = (f64::from(longitude as f32), f64::from(latitude as f32));
        let Some(outline) = &self.outline else { return true };
        self.squared_km(longitude, latitude) <= MOST_RADIUS * MOST_RADIUS
            && outline.contains(longitude, latitude)
    }

    /// Squared distance from the seat \[km²\], on a plane that touches the Earth there.
    fn squared_km(&self, longitude: f64, latitude: f64) -> f64 {
        let (east, north) = ((longitude - self.seat.0) * self.level, latitude - self.seat.1);
        (east * east + north * north) * KM_PER_DEGREE * KM_PER_DEGREE
    }

    /// The centres of so many towns, spread evenly over the land from a random start, the nearest to the seat
    /// first; nothing if there is no outline, or hardly any of it is near the seat.
    pub(super) fn centres(&self, code: CountyCode, count: usize, seed: Seed) -> Option<Vec<(f64, f64)>> {
        let outline = self.outline.as_ref()?;
        let words = draws::town(seed, code, count);
        let near = self.bounds(outline.bounds());
        let spread = |start: f64, step: f64, at: usize| {
            let x = start + step * at as f64;
            x - x.floor()
        };
        let point = |at: usize| {
            let east = spread(unit(words[1]), STEPS.0, at) * (near.east - near.west);
            let north = spread(unit(words[2]), STEPS.1, at) * (near.north - near.south);
            (near.west + east, near.south + north)
        };
        let tries = (0..count.saturating_mul(MOST_TRIES)).map(point);
        let held = tries.filter(|&(longitude, latitude)| self.holds(longitude, latitude));
        let mut places: Vec<(f64, (f64, f64))> =
            held.take(count).map(|place| (self.squared_km(place.0, place.1), place)).collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        (places.len() == count).then(|| places.into_iter().map(|(_, place)| place).collect())
    }

    /// What of a box is within reach of the seat.
    fn bounds(&self, all: DegreeBox) -> DegreeBox {
        let reach = MOST_RADIUS / KM_PER_DEGREE;
        let (east, north) = (reach / self.level, reach);
        DegreeBox {
            west: all.west.max(self.seat.0 - east),
            south: all.south.max(self.seat.1 - north),
            east: all.east.min(self.seat.0 + east),
            north: all.north.min(self.seat.1 + north),
        }
    }

    /// The place \[km east, km north\] of a town's centre, moved towards the centre, and around it, until it
    /// is on this land.
    pub(super) fn place(&self, centre: (f64, f64), (east, north): (f64, f64)) -> (f64, f64) {
        let first = moved(centre.0, centre.1, east, north);
        if self.holds(first.0, first.1) {
            return first;
        }
        let mut left = 1.0;
        for pull in 1..=MOST_PULLS {
            left *= PULL;
            let angle = GOLDEN_ANGLE * f64::from(pull);
            let (cos, sin) = (left * math::cos(angle), left * math::sin(angle));
            let place = moved(centre.0, centre.1, cos * east - sin * north, sin * east + cos * north);
            if self.holds(place.0, place.1) {
                return place;
            }
        }
        centre
    }
}
