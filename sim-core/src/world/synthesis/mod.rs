//! Making what the tables do not have, from what they have.
//!
//! | module | makes | from |
//! |---|---|---|
//! | `figures` | county people, households, income, schooling, ages, farm work | province figures, hardship |
//! | `industry` | industrial base by product | a draw shared within the prefecture, farm work, income |
//! | `layout` | where towns and villages lie | seat, area, number of villages |
//! | `road` | road classes and minutes | distances, relief, national paved share at the start |
//! | `connection` | broadband date, readiness for parcels | hardship, distance, density, national shares |
//! | `craft` | craft traditions | industrial base |
//! | `village` | households, incomes and the rest put together | all of these |

mod connection;
mod craft;
mod draws;
mod figures;
mod industry;
mod layout;
mod road;
mod village;

use super::county::County;
use super::county_record::CountyRecord;
use super::geography::Geography;
use super::request::AtlasRequest;
use super::setting::Setting;
use crate::base::Seed;
use figures::Figures;

/// The counties at these positions of the geography, with their villages.
pub(super) fn counties(geography: &Geography, chosen: &[usize], request: &AtlasRequest) -> Vec<County> {
    let figures = figures::figures(geography, request.seed);
    let settings = geography.settings();
    let mut counties = Vec::with_capacity(chosen.len());
    for &at in chosen {
        let (Some(record), Some(setting), Some(figures)) =
            (geography.counties().get(at), settings.get(at), figures.get(at))
        else {
            continue;
        };
        counties.push(county(geography, record, setting, figures, request));
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
    request: &AtlasRequest,
) -> County {
    let mut county = bare_county(record, setting, figures, request.seed);
    county.towns = layout::towns(record, geography.towns_of(record.code), setting, request.seed);
    village::add_villages(&mut county, figures.households, request);
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
        industry: industry::industry(record.code, figures, seed),
        towns: Vec::new(),
        villages: Vec::new(),
    }
}
