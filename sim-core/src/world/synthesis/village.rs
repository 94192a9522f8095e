//! Villages put together.
//!
//! **Households** are log-normal within a county (spread 0.55 of the logarithm, judgement: about what
//! villages of 100 to 1,000 households in one county amount to), scaled so that the county's villages hold
//! the county's households, with at least 20. **Income** varies between villages by a log spread of 0.18 and
//! falls with the distance to the seat; its mean weighted by households is the county's. Both scalings use
//! all villages of the county, whether or not they are in the run.

use super::connection::{Site, broadband_month};
use super::land::Land;
use super::layout::spot;
use super::road::{self, RoadClasses};
use super::{craft, draws};
use crate::base::math::{exp, ln};
use crate::base::random_stream::unit;
use crate::base::{Owner, Seed};
use crate::params::Schedule;
use crate::world::county::{County, Town};
use crate::world::distance::great_circle_km;
use crate::world::request::AtlasRequest;
use crate::world::selection::draw;
use crate::world::standard::Standard;
use crate::world::village::Village;

/// Spread of log households between the villages of a county.
const HOUSEHOLDS_SPREAD: f64 = 0.55;
/// Fewest households of a village.
const LEAST_HOUSEHOLDS: f64 = 20.0;
/// Most households of a village.
const MOST_HOUSEHOLDS: f64 = 60_000.0;
/// Spread of log income between the villages of a county.
const INCOME_SPREAD: f64 = 0.18;
/// Log income lost per log distance to the seat.
const INCOME_PER_DISTANCE: f64 = 0.08;

/// Adds a county's villages, `households` in all, to its towns; of them, those that the request takes.
pub(super) fn add_villages(
    county: &mut County,
    land: &Land,
    households: f64,
    standard: &Standard,
    request: &AtlasRequest,
) {
    let mut villages = all(county, land, households, standard, request);
    fit_incomes(&mut villages);
    if let Some(most) = request.villages_per_county {
        keep(&mut villages, most as usize, |number| draw(request.seed, Owner::village(county.code, number)));
    }
    county.villages = villages;
}

/// All villages of a county, incomes not yet fitted.
fn all(
    county: &County,
    land: &Land,
    households: f64,
    standard: &Standard,
    request: &AtlasRequest,
) -> Vec<Village> {
    let total: usize = county.towns.iter().map(|town| usize::from(town.villages)).sum();
    let mut counts = Households::of(county, total, households, request.seed);
    let maker = Maker {
        county,
        land,
        total,
        mean_density: households / county.area,
        classes: RoadClasses::on(&request.paved, request.start),
        broadband: &request.broadband,
        standard,
        seed: request.seed,
    };
    let mut villages = Vec::with_capacity(total);
    for (index, town) in county.towns.iter().enumerate() {
        for within in 0..town.villages {
            let number = villages.len() as u16;
            villages.push(maker.village(number, index, town, within, counts.next()));
        }
    }
    villages
}

/// Households shared over a county's villages by running sums, so that roundings do not add up.
struct Households {
    weights: std::vec::IntoIter<f64>,
    scale: f64,
    running: f64,
    given: f64,
}

impl Households {
    fn of(county: &County, total: usize, households: f64, seed: Seed) -> Households {
        let weight = |number: usize| {
            let word = draws::village(seed, county.code, number as u16, 0)[0];
            exp(HOUSEHOLDS_SPREAD * draws::normal(word))
        };
        let weights: Vec<f64> = (0..total).map(weight).collect();
        let sum: f64 = weights.iter().sum();
        Households {
            weights: weights.into_iter(),
            scale: households / sum.max(f64::MIN_POSITIVE),
            running: 0.0,
            given: 0.0,
        }
    }

    fn next(&mut self) -> u16 {
        self.running += self.weights.next().unwrap_or(0.0) * self.scale;
        let own = (self.running + 0.5).floor() - self.given;
        let own = own.clamp(LEAST_HOUSEHOLDS, MOST_HOUSEHOLDS);
        self.given += own;
        own as u16
    }
}

/// What all villages of a county share while they are made.
struct Maker<'a> {
    county: &'a County,
    land: &'a Land,
    total: usize,
    mean_density: f64,
    classes: RoadClasses,
    broadband: &'a Schedule,
    standard: &'a Standard,
    seed: Seed,
}

impl Maker<'_> {
    fn village(&self, number: u16, town_index: usize, town: &Town, within: u16, households: u16) -> Village {
        let county = self.county;
        let words = draws::village(self.seed, county.code, number, 0);
        let more = draws::village(self.seed, county.code, number, 1);
        let (longitude, latitude) = self.place(town_index, town, within, [words[1], words[2]]);
        let to_town =
            great_circle_km(f64::from(town.longitude), f64::from(town.latitude), longitude, latitude);
        let to_seat = great_circle_km(county.longitude, county.latitude, longitude, latitude);
        let mean = self.mean_density * county.area / self.total.max(1) as f64;
        let density = self.mean_density * (f64::from(households) / mean.max(1.0));
        let site = Site::of(
            self.standard,
            county.hardship,
            [to_seat, to_town],
            density.max(1e-3),
            county.income_ratio,
        );
        let road = self.classes.class(site.road_rank(draws::normal(words[3])));
        let minutes = road::village_to_town(to_town, county.relief, road);
        let (craft, craft_strength) = craft::craft(&county.industry, more[3], self.seed, county.code, number);
        Village {
            longitude: longitude as f32,
            latitude: latitude as f32,
            delivery_rank: site.delivery_rank(draws::normal(more[1])) as f32,
            craft_strength,
            income_ratio: exp(
                INCOME_SPREAD * draws::normal(more[2]) - INCOME_PER_DISTANCE * ln(1.0 + to_seat / 10.0)
            ) as f32,
            number,
            town: town_index as u16,
            households,
            to_town: minutes,
            to_seat: road::village_to_seat(minutes, town.to_seat, to_seat, county.relief, road),
            broadband: broadband_month(self.broadband, site.broadband_rank(draws::normal(more[0]))),
            road,
            craft,
        }
    }

    /// Longitude and latitude of the village that is `within`-th of its town.
    fn place(&self, town_index: usize, town: &Town, within: u16, jitter: [u32; 2]) -> (f64, f64) {
        let share = f64::from(town.villages) / self.total.max(1) as f64;
        let radius = (self.county.area * share / std::f64::consts::PI).sqrt();
        let turn = unit(draws::town(self.seed, self.county.code, town_index)[2]);
        let offset = spot(usize::from(within), usize::from(town.villages), radius, turn, jitter);
        self.land.place((f64::from(town.longitude), f64::from(town.latitude)), offset)
    }
}

/// Scales incomes so that their mean weighted by households is 1.
fn fit_incomes(villages: &mut [Village]) {
    let (mut sum, mut weight) = (0.0, 0.0);
    for village in villages.iter() {
        let households = f64::from(village.households);
        sum += households * f64::from(village.income_ratio);
        weight += households;
    }
    if sum > 0.0 {
        let scale = (weight / sum) as f32;
        villages.iter_mut().for_each(|village| village.income_ratio *= scale);
    }
}

/// Keeps the `most` villages with the greatest draws, in order of number.
fn keep(villages: &mut Vec<Village>, most: usize, draw: impl Fn(u16) -> f64) {
    if villages.len() <= most {
        return;
    }
    let mut ranked: Vec<(f64, u16)> = villages.iter().map(|v| (draw(v.number), v.number)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut kept = vec![false; villages.len()];
    for (_, number) in ranked.into_iter().take(most) {
        kept[usize::from(number)] = true;
    }
    villages.retain(|village| kept.get(usize::from(village.number)).copied().unwrap_or(false));
    villages.shrink_to_fit();
}
