//! The synthesised countryside has the published marginals, and a place's random draws are its own.
//!
//! Tolerances of the marginals are those to which the constants were set, not statistical errors: with
//! 480,000 villages the sampling error of a share is below 0.1 points.

mod choices;
mod economy;

use sim_core::base::{Date, Month, Product, Seed, math};
use sim_core::params::WorldParameters;
use sim_core::world::{Atlas, AtlasRequest, County, Geography, RoadClass, Selection, Village};
use std::sync::OnceLock;

fn request(selection: Selection, villages_per_county: Option<u32>) -> AtlasRequest {
    AtlasRequest {
        selection,
        villages_per_county,
        seed: Seed(20_141_013),
        start: Date::new(2016, 12, 31).unwrap(),
        broadband: WorldParameters::default().broadband,
        paved: WorldParameters::default().paved,
    }
}

fn build(request: &AtlasRequest) -> Atlas {
    Atlas::build(Geography::embedded(), request).unwrap()
}

/// The whole country at the end of 2016.
fn nation() -> &'static Atlas {
    static NATION: OnceLock<Atlas> = OnceLock::new();
    NATION.get_or_init(|| build(&request(Selection::All, None)))
}

fn villages(atlas: &Atlas) -> impl Iterator<Item = (&County, &Village)> {
    atlas.counties.iter().flat_map(|county| county.villages.iter().map(move |village| (county, village)))
}

/// The share of the nation's villages for which something holds.
fn share(of: impl Fn(&Village) -> bool) -> f64 {
    let count = villages(nation()).filter(|(_, village)| of(village)).count();
    count as f64 / nation().villages() as f64
}

fn assert_near(value: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((value - expected).abs() <= tolerance, "{what}: {value}, expected {expected} within {tolerance}");
}

/// The third agricultural census has 386 farm households a village (2016); the tables here, of the 2020
/// census, give 380: 184 million households in 483,525 villages.
#[test]
fn households_per_village_are_those_of_the_censuses() {
    let mean = nation().households() as f64 / nation().villages() as f64;
    assert_near(mean, 386.0, 0.05 * 386.0, "households per village");
    assert_near(mean, 380.6, 1.0, "households per village");
    assert!(villages(nation()).all(|(_, village)| village.households >= 20));
}

#[test]
fn every_province_has_its_rural_people_and_its_income() {
    let geography = Geography::embedded();
    let people = |county: &County| county.households() as f64 * county.household_size;
    let national = geography.provinces().iter().map(|p| p.rural_people * p.rural_income).sum::<f64>()
        / geography.provinces().iter().map(|p| p.rural_people).sum::<f64>();
    for (index, province) in geography.provinces().iter().enumerate() {
        let members = || nation().counties.iter().filter(|county| usize::from(county.province) == index);
        let sum: f64 = members().map(people).sum();
        assert_near(sum / province.rural_people, 1.0, 0.02, &province.name_en);
        let mean = |of: &dyn Fn(&County) -> f64| members().map(|c| people(c) * of(c)).sum::<f64>() / sum;
        let income = mean(&|c| c.income_ratio) * national;
        assert_near(income / province.rural_income, 1.0, 0.01, &province.name_en);
        assert_near(mean(&|c| c.schooling), province.schooling, 0.05, &province.name_en);
        assert_near(mean(&|c| c.share_over_65), province.share_over_65, 0.005, &province.name_en);
        assert_near(mean(&|c| c.farm_employment), province.farm_employment, 0.01, &province.name_en);
    }
}

/// 831 poor counties in the table of provinces, and as many here: Tibet's 74 are in the county table.
#[test]
fn every_province_has_its_number_of_poor_counties() {
    let poor = nation().counties.iter().filter(|county| county.poverty_county);
    assert_eq!(poor.count(), 831);
    let income = |poor: bool| {
        let members = || nation().counties.iter().filter(|county| county.poverty_county == poor);
        members().map(|county| county.income_ratio).sum::<f64>() / members().count() as f64
    };
    assert!(income(true) < 0.85 * income(false), "{} {}", income(true), income(false));
}

#[test]
fn towns_have_exactly_the_villages_of_their_table() {
    let geography = Geography::embedded();
    let mut towns = 0;
    for county in &nation().counties {
        for (at, town) in county.towns.iter().enumerate() {
            let own = county.villages.iter().filter(|village| usize::from(village.town) == at).count();
            assert_eq!(own, usize::from(town.villages), "{}", town.name);
        }
        let known = geography.towns_of(county.code);
        towns += known.len();
        if !known.is_empty() {
            let table = known.iter().map(|town| (town.code, town.villages));
            assert!(table.eq(county.towns.iter().map(|town| (town.code, town.villages))));
        }
        assert!(county.villages.iter().enumerate().all(|(at, village)| usize::from(village.number) == at));
    }
    assert_eq!(towns, geography.towns().len());
    let villages: u64 = geography.counties().iter().map(|county| u64::from(county.villages)).sum();
    assert_eq!(nation().villages(), villages);
}

/// Third agricultural census: 78 % of townships within an hour of the county seat.
#[test]
fn towns_are_as_far_from_the_seat_as_the_census_says() {
    let minutes = || nation().counties.iter().flat_map(|county| county.towns.iter().map(|town| town.to_seat));
    let within = minutes().filter(|&minutes| minutes <= 60).count() as f64 / minutes().count() as f64;
    assert_near(within, 0.78, 0.01, "towns within an hour");
}

#[test]
fn roads_are_paved_as_the_reports_say() {
    assert_near(share(|village| village.road == RoadClass::Paved), 0.966, 0.01, "paved, end of 2016");
    let mut early = request(Selection::All, None);
    early.start = Date::new(2010, 12, 31).unwrap();
    let atlas = build(&early);
    let paved = villages(&atlas).filter(|(_, village)| village.road == RoadClass::Paved).count();
    assert_near(paved as f64 / atlas.villages() as f64, 0.817, 0.02, "paved, end of 2010");
}

#[test]
fn broadband_reaches_villages_on_the_stated_path_and_the_remote_last() {
    for (year, expected) in [(2008, 0.44), (2012, 0.75), (2016, 0.899), (2020, 0.99)] {
        let reached = share(|village| village.broadband <= Month((year - 2000) * 12 + 11));
        assert_near(reached, expected, 0.02, "villages with a line");
    }
    let mean = |remote: bool| {
        let of = || villages(nation()).filter(|(county, _)| (county.hardship > 1.5) == remote);
        of().map(|(_, village)| f64::from(village.broadband.0)).sum::<f64>() / of().count() as f64
    };
    assert!(mean(true) > mean(false) + 12.0, "{} {}", mean(true), mean(false));
}

#[test]
fn readiness_for_parcels_is_a_national_rank() {
    for tenth in 0..10 {
        let (low, high) = (tenth as f32 / 10.0, (tenth + 1) as f32 / 10.0);
        let within = share(|village| (low..high).contains(&village.delivery_rank));
        assert_near(within, 0.1, 0.02, "share of a tenth of the ranks");
    }
}

#[test]
fn incomes_of_villages_average_to_their_county() {
    for county in &nation().counties {
        let of = |village: &Village| f64::from(village.households) * f64::from(village.income_ratio);
        let mean = county.villages.iter().map(of).sum::<f64>() / county.households() as f64;
        assert_near(mean, 1.0, 1e-4, &county.name_en);
    }
}

/// The logarithm of a base, less its mean over the counties.
fn log_bases(product: Product) -> Vec<f64> {
    let logs: Vec<f64> =
        nation().counties.iter().map(|county| math::ln(f64::from(county.industry[product.at()]))).collect();
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    logs.into_iter().map(|log| log - mean).collect()
}

/// Neighbours in the list of codes share a prefecture nine times in ten; the control compares counties far
/// apart. Its standard error is 2735^-0.5, about 0.02.
#[test]
fn industry_is_heavy_tailed_and_clusters_in_prefectures() {
    for product in Product::ALL {
        let base = |county: &County| f64::from(county.industry[product.at()]);
        let mean = nation().counties.iter().map(base).sum::<f64>() / nation().counties.len() as f64;
        assert_near(mean, 1.0, 0.25, product.name());
        let deep = nation().counties.iter().filter(|county| base(county) > 5.0).count();
        assert!((20..150).contains(&deep), "{product}: {deep} deeply specialised");
        let logs = log_bases(product);
        let variance: f64 = logs.iter().map(|log| log * log).sum();
        let correlation = |apart: usize| {
            let far = logs.iter().cycle().skip(apart);
            logs.iter().zip(far).map(|(a, b)| a * b).sum::<f64>() / variance
        };
        assert!(correlation(1) > 0.3, "{product}: {}", correlation(1));
        assert!(correlation(1300).abs() < 0.15, "{product}: {}", correlation(1300));
    }
}

#[test]
fn crafts_follow_industry() {
    assert_near(share(|village| village.craft.is_some()), 0.10, 0.02, "villages with a craft");
    let base = |county: &County, product: Product| f64::from(county.industry[product.at()]);
    let crafts =
        || villages(nation()).filter_map(|(county, village)| Some((base(county, village.craft?), village)));
    let mean = crafts().map(|(base, _)| base).sum::<f64>() / crafts().count() as f64;
    assert!(mean > 2.0, "crafts stand where the base is strong: {mean}");
    let strength = crafts().map(|(_, v)| f64::from(v.craft_strength)).sum::<f64>() / crafts().count() as f64;
    assert_near(strength, 1.0, 0.03, "strength of a craft");
    assert!(villages(nation()).all(|(_, village)| village.craft.is_some() == (village.craft_strength > 0.0)));
}

/// The nearest other village of the same town is neither on top nor beyond the next town; median spacing is a
/// few kilometres (the programme kept candidates 2.5 km apart where feasible).
#[test]
fn villages_are_plausibly_spaced() {
    let mut spacings: Vec<f64> = Vec::new();
    for county in nation().counties.iter().step_by(50) {
        for village in &county.villages {
            let others = county.villages.iter().filter(|other| other.number != village.number);
            let distance = |other: &Village| {
                let [a, b, c, d] = [village.longitude, village.latitude, other.longitude, other.latitude];
                sim_core::world::distance::great_circle_km(a.into(), b.into(), c.into(), d.into())
            };
            spacings.extend(others.map(distance).min_by(f64::total_cmp));
        }
    }
    spacings.sort_by(f64::total_cmp);
    let median = spacings[spacings.len() / 2];
    assert!((1.0..4.0).contains(&median), "median spacing {median} km");
    assert!(
        spacings[spacings.len() / 100] > 0.1,
        "one in a hundred at {} km",
        spacings[spacings.len() / 100]
    );
}
