//! Making what the tables do not have, from what they have.
//!
//! | module | makes | from |
//! |---|---|---|
//! | `figures` | county people, households, income, schooling, ages, farm work | province figures, hardship |
//! | `industry` | industrial base by product | a draw shared within the prefecture, farm work, income |
//! | `land`, `layout` | where towns and villages lie | outline or area, seat, number of villages |
//! | `road` | road classes and minutes | distances, relief, national paved share at the start |
//! | `connection` | broadband date, readiness for parcels | hardship, distance, density, national shares |
//! | `craft` | craft traditions | industrial base |
//! | `village` | households, incomes and the rest put together | all of these |

mod connection;
mod craft;
mod draws;
mod figures;
mod industry;
mod land;
mod layout;
mod road;
mod scores;
mod village;

use super::county::County;
use super::county_record::CountyRecord;
use super::early_economy::EarlyEconomy;
use super::geography::Geography;
use super::request::AtlasRequest;
use super::setting::Setting;
use crate::base::Seed;
use figures::Figures;
use land::Land;

/// The counties at these positions of the geography, with their villages.
pub(super) fn counties(geography: &Geography, chosen: &[usize], request: &AtlasRequest) -> Vec<County> {
    let figures = figures::figures(geography, request.seed);
    let settings = geography.settings();
    let mut counties = Vec::with_capacity(chosen.len());
    for &at in chosen {
        let (Some(record), Some(setting), Some(figures), Some(&early)) = (
            geography.counties().get(at),
            settings.get(at),
            figures.get(at),
            geography.early_economies().get(at),
        ) else {
            continue;
        };
        let mut county =
            county(geography, record, setting, figures, &Land::of(record, geography.land()), request);
        county.early = early;
        counties.push(county);
    }
    counties
}

/// The expected households of each county of the geography, in its order.
pub(super) fn expected_households(geography: &Geography, seed: Seed) -> Vec<f64> {
    figures::figures(geography, seed).iter().map(|figures| figures.households).collect()
}

fn county(
    geography: &Geography,
    record: &CountyRecord,
    setting: &Setting,
    figures: &Figures,
    land: &Land,
    request: &AtlasRequest,
) -> County {
    let mut county = bare_county(record, setting, figures, request.seed);
    let known = geography.towns_of(record.code);
    county.towns = layout::towns(record, known, setting, land, request.seed);
    let standard = geography.standard(|| scores::standard(geography, geography.scores()));
    village::add_villages(&mut county, land, figures.households, standard, request);
    county
}

/// The county without towns and villages.
fn bare_county(record: &CountyRecord, setting: &Setting, figures: &Figures, seed: Seed) -> County {
    County {
        code: record.code,
        name: record.name.clone(),
        name_en: record.name_en.clone(),
        kind: record.kind,
        province: record.province,
        prefecture: record.prefecture.clone(),
        longitude: record.longitude,
        latitude: record.latitude,
        elevation: record.elevation,
        relief: record.relief,
        to_prefecture: record.to_prefecture,
        to_capital: record.to_capital,
        area: setting.area,
        hardship: setting.hardship,
        poverty_county: setting.poverty,
        income_ratio: figures.income_ratio,
        schooling: figures.schooling,
        share_over_65: figures.share_over_65,
        farm_employment: figures.farm_employment,
        household_size: figures.household_size,
        early: EarlyEconomy::default(),
        industry: industry::industry(record.code, figures, seed),
        towns: Vec::new(),
        villages: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::selection::Selection;
    use super::*;
    use crate::base::Date;
    use crate::params::WorldParameters;

    /// Villages and towns outside their county's outline, and villages in all, in thirty counties from all
    /// over the country.
    fn strays(land: impl Fn(&CountyRecord) -> Land) -> (usize, usize, usize) {
        let geography = Geography::embedded();
        let request = AtlasRequest {
            selection: Selection::All,
            villages_per_county: None,
            seed: Seed(7),
            start: Date::new(2014, 10, 1).unwrap(),
            broadband: WorldParameters::default().broadband,
            paved: WorldParameters::default().paved,
        };
        let figures = figures::figures(geography, request.seed);
        let (mut villages, mut towns, mut all) = (0, 0, 0);
        for at in (0..geography.counties().len()).step_by(90).take(30) {
            let (record, setting) = (&geography.counties()[at], &geography.settings()[at]);
            let outline = Geography::embedded().land().around(record).unwrap();
            let out = |x: f32, y: f32| !outline.contains(f64::from(x), f64::from(y));
            let county = county(geography, record, setting, &figures[at], &land(record), &request);
            villages += county.villages.iter().filter(|v| out(v.longitude, v.latitude)).count();
            towns += county.towns.iter().filter(|t| out(t.longitude, t.latitude)).count();
            all += county.villages.len();
        }
        (villages, towns, all)
    }

    #[test]
    fn every_village_lies_in_its_county() {
        let (villages, towns, all) = strays(|record| Land::of(record, Geography::embedded().land()));
        assert_eq!((villages, towns), (0, 0), "of {all}");
    }

    /// The control of the test above: discs reach beyond the outlines.
    #[test]
    fn discs_would_leave_a_fifth_of_villages_outside() {
        let (villages, towns, all) = strays(Land::disc);
        assert!(5 * villages > all && towns > 0, "{villages} of {all} villages, {towns} towns");
    }

    #[test]
    fn a_county_whose_seat_is_elsewhere_is_a_disc() {
        let mut record = Geography::embedded().counties()[1_000].clone();
        assert!(Geography::embedded().land().around(&record).is_some());
        record.latitude += 3.0;
        assert!(Geography::embedded().land().around(&record).is_none());
        assert!(Land::of(&record, Geography::embedded().land()).centres(record.code, 10, Seed(7)).is_none());
    }
}
