//! A county's people, households, income, schooling, ages and farm work.
//!
//! Each is the province's published figure, tilted by the county's hardship and a draw of its own, then
//! shifted or scaled so that the mean over the province's counties, weighted by people, is the province's
//! figure again. The spreads are judgement: standard deviations within a province of about 0.18 for log
//! income, 0.3 for log people per village, half a year of schooling, 2 points of over-65s.
//!
//! People per village are the province's rural people (2020 census) over the villages of the real county
//! table: 400 households on the national average. The third agricultural census counted 386 farm households a
//! village in 2016; the censuses define households differently, and the table misses a few villages.

use super::draws;
use crate::base::Seed;
use crate::base::math::exp;
use crate::world::geography::Geography;
use crate::world::province::Province;

/// A county's synthesised figures; units as in [`County`](crate::world::County).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub(super) people: f64,
    pub(super) households: f64,
    pub(super) household_size: f64,
    pub(super) income_ratio: f64,
    pub(super) schooling: f64,
    pub(super) share_over_65: f64,
    pub(super) farm_employment: f64,
}

/// Log income lost per unit of hardship.
const INCOME_PER_HARDSHIP: f64 = 0.12;
/// Log income lost by being a poor county, beyond hardship.
const INCOME_OF_POVERTY: f64 = 0.06;
/// Spread of log income by chance.
const INCOME_SPREAD: f64 = 0.10;
/// Spread of log people per village by chance.
const PEOPLE_SPREAD: f64 = 0.30;
/// Spread of log household size by chance.
const SIZE_SPREAD: f64 = 0.05;
/// Years of schooling lost per unit of hardship, and its spread by chance.
const SCHOOLING: (f64, f64) = (0.25, 0.3);
/// Spread of the share over 65 by chance.
const OVER_65_SPREAD: f64 = 0.02;
/// Farm employment gained per unit of hardship, and its spread by chance, at a share of one half.
const FARMING: (f64, f64) = (0.05, 0.08);

/// The figures of all counties of a geography, in its order.
pub(super) fn figures(geography: &Geography, seed: Seed) -> Vec<Figures> {
    let mut figures = raw(geography, seed);
    let national = national_income(geography.provinces());
    for (index, province) in geography.provinces().iter().enumerate() {
        let counties = geography.counties().iter().zip(&mut figures);
        let members = counties.filter(|(county, _)| usize::from(county.province) == index);
        let mut members: Vec<(f64, &mut Figures)> =
            members.map(|(county, figures)| (f64::from(county.villages), figures)).collect();
        fit(province, province.rural_income / national, &mut members);
    }
    for (county, figures) in geography.counties().iter().zip(&mut figures) {
        if let Some(households) = county.households {
            figures.households = households;
            figures.people = households * figures.household_size;
        }
    }
    figures
}

/// The mean rural income per head over the provinces \[yuan a year\].
fn national_income(provinces: &[Province]) -> f64 {
    let sum = |of: fn(&Province) -> f64| provinces.iter().map(of).sum::<f64>();
    let people = sum(|province| province.rural_people);
    sum(|province| province.rural_people * province.rural_income) / people.max(1.0)
}

/// Relative figures, before they are fitted to the province's; `people` per village.
fn raw(geography: &Geography, seed: Seed) -> Vec<Figures> {
    let counties = geography.counties().iter().zip(geography.settings());
    counties
        .map(|(county, setting)| {
            let z = draws::county_normals(seed, county.code);
            let hardship = setting.hardship;
            let poverty = if setting.poverty { INCOME_OF_POVERTY } else { 0.0 };
            Figures {
                people: exp(PEOPLE_SPREAD * z[0]),
                households: 0.0,
                household_size: exp(SIZE_SPREAD * z[1]),
                income_ratio: exp(INCOME_SPREAD * z[2] - INCOME_PER_HARDSHIP * hardship - poverty),
                schooling: SCHOOLING.1 * z[3] - SCHOOLING.0 * hardship,
                share_over_65: OVER_65_SPREAD * z[4],
                farm_employment: FARMING.0 * hardship + FARMING.1 * z[5],
            }
        })
        .collect()
}

/// Fits the members of a province (villages, figures) to its published figures.
fn fit(province: &Province, income_ratio: f64, members: &mut [(f64, &mut Figures)]) {
    fit_people(province, members);
    let people: f64 = members.iter().map(|(_, figures)| figures.people).sum();
    let mean = |of: fn(&Figures) -> f64| {
        members.iter().map(|(_, figures)| figures.people * of(figures)).sum::<f64>() / people.max(1.0)
    };
    let per_size = mean(|figures| 1.0 / figures.household_size);
    let income = mean(|figures| figures.income_ratio);
    let schooling = mean(|figures| figures.schooling);
    let old = mean(|figures| figures.share_over_65);
    let farming = mean(|figures| figures.farm_employment);
    // A share near 0 or 1 has less room to vary.
    let room = 4.0 * province.farm_employment * (1.0 - province.farm_employment);
    for (_, figures) in members.iter_mut() {
        figures.household_size *= province.household_size * per_size;
        figures.households = figures.people / figures.household_size;
        figures.income_ratio *= income_ratio / income;
        figures.schooling = (province.schooling + figures.schooling - schooling).clamp(0.5, 18.0);
        figures.share_over_65 = (province.share_over_65 + figures.share_over_65 - old).clamp(0.01, 0.6);
        figures.farm_employment =
            (province.farm_employment + room * (figures.farm_employment - farming)).clamp(0.002, 0.95);
    }
}

/// Turns relative people per village into people, so that the mean per village is the province's.
fn fit_people(province: &Province, members: &mut [(f64, &mut Figures)]) {
    let villages: f64 = members.iter().map(|(villages, _)| villages).sum();
    let raw: f64 = members.iter().map(|(villages, figures)| villages * figures.people).sum();
    let per_village = province.rural_people / f64::from(province.villages.max(1));
    for (own, figures) in members.iter_mut() {
        figures.people *= *own * per_village * villages / raw;
    }
}
