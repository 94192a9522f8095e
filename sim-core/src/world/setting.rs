//! What a county's table row and its neighbours say of its surroundings; free of the seed.
//!
//! **Area.** That of the county's outline. Where there is none: seats are spread over the land they govern,
//! so a county's area is taken as 1.3 times the squared mean distance to the three nearest other seats (a
//! factor that gives the areas of the eastern provinces to about a fifth), no less than a square kilometre
//! per village. Neither is more than a disc of 80 km radius.
//!
//! **Hardship.** One score for height, relief, distance and kind:
//!
//! ```text
//! 0.7 ln(1 + elevation / 300 m) + 0.3 ln(1 + relief / 100 m)
//!     + 0.25 ln(1 + to prefecture / 50 km) + 0.25 ln(1 + to capital / 150 km)
//! ```
//!
//! less 2.25 for districts and 1.05 for county-level cities. Weights are judgement, not estimates.
//!
//! **Poverty counties.** Published here only as counts by province (831 in `provinces.csv`; the official
//! total is 832): in each province the counties with the highest hardship are taken, so which ones are
//! *synthetic*. Against the list itself, about three of four are right. Income is no part of the score,
//! because a county's income here is made from the same hardship.

use super::county_record::{CountyKind, CountyRecord};
use super::distance::{arc_km, chord_squared, unit_vector};
use super::outline::Outlines;
use super::province::Province;
use crate::base::math::ln;

/// A county's surroundings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    /// Area the county is taken to cover \[km²\].
    pub(super) area: f64,
    /// Hardship of the place (see the module's doc); about 0 to 3 for counties, lower for districts.
    pub(super) hardship: f64,
    /// Whether it counts among the poor counties.
    pub(super) poverty: bool,
}

/// Square kilometres of county per squared kilometre of mean distance to the three nearest seats.
const AREA_PER_SPACING: f64 = 1.3;
/// Farthest from the seat that a county's villages are taken to lie \[km\].
pub(super) const MOST_RADIUS: f64 = 80.0;
/// Largest area: a disc of that radius \[km²\].
const MOST_AREA: f64 = 20_106.0;
/// Smallest area: one village \[km²\].
const AREA_PER_VILLAGE: f64 = 1.0;

/// The settings of all counties of a table, in its order.
pub(super) fn settings(
    provinces: &[Province],
    counties: &[CountyRecord],
    outlines: &Outlines,
) -> Vec<Setting> {
    let points: Vec<[f64; 3]> =
        counties.iter().map(|county| unit_vector(county.longitude, county.latitude)).collect();
    let area = |at: usize, county: &CountyRecord| match outlines.around(county) {
        Some(outline) => outline.area().min(MOST_AREA),
        None => area_of(county, spacing(at, &points)),
    };
    let mut settings: Vec<Setting> = counties
        .iter()
        .enumerate()
        .map(|(at, county)| Setting { area: area(at, county), hardship: hardship(county), poverty: false })
        .collect();
    for (index, province) in provinces.iter().enumerate() {
        mark_poverty(&mut settings, counties, index, usize::from(province.poverty_counties));
    }
    settings
}

fn area_of(county: &CountyRecord, spacing: f64) -> f64 {
    let least = AREA_PER_VILLAGE * f64::from(county.villages);
    (AREA_PER_SPACING * spacing * spacing).max(least).min(MOST_AREA)
}

fn hardship(county: &CountyRecord) -> f64 {
    let ease = match county.kind {
        CountyKind::District => 2.25,
        CountyKind::CountyLevelCity => 1.05,
        CountyKind::County | CountyKind::Banner => 0.0,
    };
    let height = 0.7 * ln(1.0 + county.elevation.max(0.0) / 300.0) + 0.3 * ln(1.0 + county.relief / 100.0);
    let distance = 0.25 * (ln(1.0 + county.to_prefecture / 50.0) + ln(1.0 + county.to_capital / 150.0));
    height + distance - ease
}

/// Marks the `count` counties of a province with the greatest hardship, ties by code.
fn mark_poverty(settings: &mut [Setting], counties: &[CountyRecord], province: usize, count: usize) {
    let mut members: Vec<usize> =
        (0..counties.len()).filter(|&at| usize::from(counties[at].province) == province).collect();
    members.sort_by(|&a, &b| {
        settings[b].hardship.total_cmp(&settings[a].hardship).then(counties[a].code.cmp(&counties[b].code))
    });
    for &at in members.iter().take(count) {
        settings[at].poverty = true;
    }
}

/// The mean distance from one to the three nearest other seats \[km\]. With fewer than three others, those
/// there are; alone, 40 km.
fn spacing(at: usize, points: &[[f64; 3]]) -> f64 {
    let Some(&point) = points.get(at) else {
        return 40.0;
    };
    let mut nearest = [f64::INFINITY; 3];
    for (other, place) in points.iter().enumerate() {
        let squared = chord_squared(point, *place);
        if squared < nearest[2] && other != at {
            nearest[2] = squared;
            nearest.sort_by(f64::total_cmp);
        }
    }
    let found = nearest.iter().filter(|squared| squared.is_finite());
    let (sum, count) = found.fold((0.0, 0.0), |(sum, count), &squared| (sum + arc_km(squared), count + 1.0));
    if count > 0.0 { sum / count } else { 40.0 }
}
