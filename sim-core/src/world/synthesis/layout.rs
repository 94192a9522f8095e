//! Where towns and villages lie.
//!
//! Towns are spread evenly over the land of their county ([`Land`]), the first of the code list nearest the
//! seat, where the seat's own town and subdistricts stand. A town's villages fill a disc of its share of the
//! county in a sunflower pattern (the n-th at the golden angle and the square root of its share of the area:
//! even spacing for any number), the first near the town's centre, each jittered by a quarter of the spacing;
//! one that would lie outside the county is moved towards the centre. Where a county has no outline, its
//! towns fill a disc of its area around the seat in the same pattern. Rejected: uniform draws, which put
//! villages on top of each other.

use super::draws;
use super::land::Land;
use super::road;
use crate::base::random_stream::unit;
use crate::base::{Seed, math};
use crate::world::county::Town;
use crate::world::county_record::CountyRecord;
use crate::world::distance::{great_circle_km, moved};
use crate::world::setting::Setting;
use crate::world::town_record::TownRecord;

const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;
/// Jitter of a place \[share of the spacing of its like\].
const JITTER: f64 = 0.25;
/// Most towns made up for a county that the town table does not know.
const MOST_TOWNS: u32 = 100;

/// The towns of a county with their places and times to the seat.
pub(super) fn towns(
    record: &CountyRecord,
    known: &[TownRecord],
    setting: &Setting,
    land: &Land,
    seed: Seed,
) -> Vec<Town> {
    let sizes = sizes(record, known);
    let centres = land.centres(record.code, sizes.len(), seed);
    let radius = (setting.area / std::f64::consts::PI).sqrt();
    let turn = draws::town(seed, record.code, sizes.len());
    let count = sizes.len();
    let place = |(index, villages): (usize, u16)| {
        let (longitude, latitude) =
            centres.as_ref().and_then(|centres| centres.get(index)).copied().unwrap_or_else(|| {
                let words = draws::town(seed, record.code, index);
                let (east, north) = spot(index, count, radius, unit(turn[0]), [words[0], words[1]]);
                moved(record.longitude, record.latitude, east, north)
            });
        let distance = great_circle_km(record.longitude, record.latitude, longitude, latitude);
        Town {
            code: known.get(index).map_or(0, |town| town.code),
            name: known
                .get(index)
                .map_or_else(|| format!("{}{}", record.name, index + 1), |t| t.name.clone()),
            longitude: longitude as f32,
            latitude: latitude as f32,
            villages,
            to_seat: road::town_to_seat(distance, record.relief),
        }
    };
    sizes.into_iter().enumerate().map(place).collect()
}

/// How many villages each town has: the table's own numbers; shared in proportion if the county's number
/// differs; equal towns if the table has none.
fn sizes(record: &CountyRecord, known: &[TownRecord]) -> Vec<u16> {
    let total: u32 = known.iter().map(|town| u32::from(town.villages)).sum();
    if total == record.villages {
        return known.iter().map(|town| town.villages).collect();
    }
    let equal = u32::from(record.towns) + u32::from(record.townships);
    let weights: Vec<u32> = if known.is_empty() {
        vec![1; equal.clamp(1, MOST_TOWNS.min(record.villages)) as usize]
    } else {
        known.iter().map(|town| u32::from(town.villages)).collect()
    };
    shared(record.villages, &weights)
}

/// Shares a number in proportion to weights, by differences of rounded running sums.
fn shared(number: u32, weights: &[u32]) -> Vec<u16> {
    let total: u64 = weights.iter().map(|&weight| u64::from(weight)).sum();
    let mut running = 0;
    let mut given = 0;
    let mut share = |&weight: &u32| {
        running += u64::from(weight);
        let upto = (u64::from(number) * running + total / 2) / total.max(1);
        let own = upto - given;
        given = upto;
        own as u16
    };
    weights.iter().map(&mut share).collect()
}

/// The offset \[km east, km north\] of the `index`-th of `count` places in a disc.
pub(super) fn spot(index: usize, count: usize, radius: f64, turn: f64, jitter: [u32; 2]) -> (f64, f64) {
    let count = count.max(1) as f64;
    let distance = radius * ((index as f64 + 0.3) / count).sqrt();
    let angle = std::f64::consts::TAU * turn + GOLDEN_ANGLE * index as f64;
    let spacing = radius * (std::f64::consts::PI / count).sqrt();
    let shake = |word: u32| (2.0 * unit(word) - 1.0) * JITTER * spacing;
    (distance * math::cos(angle) + shake(jitter[0]), distance * math::sin(angle) + shake(jitter[1]))
}
