//! What the county table says of the economy before 2010 follows from the published figures that ship.

use super::{assert_near, build, nation, request};
use sim_core::base::math;
use sim_core::base::{CountyCode, Product};
use sim_core::world::distance::great_circle_km;
use sim_core::world::{EarlyEconomy, Geography, Selection};
use std::collections::BTreeMap;

/// The rows of a file of `data/facts/`, cells by column.
fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("{}/data/facts/{name}", env!("CARGO_MANIFEST_DIR"));
    let rows = csv::Reader::from_path(path).unwrap().into_deserialize().collect::<Result<_, _>>();
    rows.unwrap()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// Counties with the clusters and markets of the list.
fn clusters() -> BTreeMap<u32, u32> {
    let mut found = BTreeMap::new();
    for row in rows("industrial_base.csv") {
        let counts = ["industrial_cluster", "wholesale_market"].contains(&row["kind"].as_str());
        if let (true, Ok(code)) = (counts, row["code"].parse()) {
            *found.entry(code).or_insert(0) += 1;
        }
    }
    found
}

/// Provinces with the figure of an indicator.
fn provinces(indicator: &str) -> BTreeMap<String, f64> {
    let rows = rows("enterprise_by_province.csv").into_iter();
    rows.filter(|row| row["indicator"] == indicator)
        .map(|row| (row["province"].clone(), number(&row, "value")))
        .collect()
}

#[test]
fn own_figures_are_those_of_the_lists() {
    let geography = Geography::embedded();
    let (clusters, ports) = (clusters(), rows("ports.csv"));
    let (industry, exports) = (provinces("rural_industry_workers_per_1000"), provinces("exports_per_head"));
    for county in &nation().counties {
        let EarlyEconomy { rural_industry, exports: exported, to_port, .. } = county.early;
        assert_eq!(
            county.early.clusters,
            clusters.get(&county.code.0).copied().unwrap_or(0),
            "{}",
            county.code
        );
        let province = &geography.provinces()[usize::from(county.province)];
        // Tibet is in neither table.
        if let (Some(&industry), Some(&exports)) = (industry.get(&province.name), exports.get(&province.name))
        {
            assert_eq!((rural_industry, exported), (industry, exports), "{}", county.code);
        } else {
            assert_eq!(province.code, 54);
        }
        assert_eq!(county.early.municipality, [11, 12, 31, 50].contains(&province.code));
        let port = |port: &BTreeMap<String, String>| {
            great_circle_km(county.longitude, county.latitude, number(port, "lon"), number(port, "lat"))
        };
        let nearest = ports.iter().map(port).fold(f64::INFINITY, f64::min);
        assert_near(to_port, nearest, 0.1, "distance to the nearest port");
    }
    let named: u32 = nation().counties.iter().map(|county| county.early.clusters).sum();
    assert_eq!(named, clusters.values().sum::<u32>());
    let trades = |trade: Product| -> u32 {
        nation().counties.iter().map(|county| u32::from(county.early.cluster_trades[trade.at()])).sum()
    };
    // 56 clusters and markets of clothing in the list, two of them without a county; 15 of toys.
    assert_eq!((trades(Product::Clothing), trades(Product::Toys)), (54, 15));
}

/// What lies around counties, worked out anew for one in forty; the control takes those of another county.
#[test]
fn figures_of_the_surroundings_are_sums_over_places() {
    let clusters = clusters();
    let cities =
        rows("cities.csv").into_iter().filter(|row| row["part_of_larger"] == "0" && row["doubt"].is_empty());
    let cities: Vec<[f64; 3]> =
        cities.map(|row| ["lon", "lat", "population"].map(|c| number(&row, c))).collect();
    let counties = &nation().counties;
    let mut control = 0;
    for (at, county) in counties.iter().enumerate().step_by(40) {
        let to = |east: f64, north: f64| great_circle_km(county.longitude, county.latitude, east, north);
        let others = counties.iter().filter(|other| other.code != county.code);
        let near = others.filter_map(|other| {
            let count = f64::from(*clusters.get(&other.code.0)?);
            Some(count * math::exp(-to(other.longitude, other.latitude) / 50.0))
        });
        let near: f64 = near.sum();
        let market: f64 = cities.iter().map(|&[x, y, people]| people / to(x, y).max(20.0)).sum();
        let right = |early: &EarlyEconomy| {
            (early.clusters_near - near).abs() < 0.001
                && (early.market_potential - market / 1e6).abs() < 0.001
        };
        assert!(right(&county.early), "{}: {near} {market} {:?}", county.code, county.early);
        control += usize::from(right(&counties[(at + 700) % counties.len()].early));
    }
    assert!(control < 3, "{control} counties have another's surroundings");
}

/// A table may leave out these columns: its counties are then neither favoured nor held back.
#[test]
fn a_table_that_is_silent_gets_medians() {
    let real = include_str!("../../../regions/china/counties.csv");
    let cut = |line: &str| line.split(',').take(17).collect::<Vec<_>>().join(",");
    let silent = real.lines().map(cut).collect::<Vec<_>>().join("\n");
    let geography = Geography::embedded().with_counties(silent, "silent.csv").unwrap();
    let atlas = sim_core::world::Atlas::build(&geography, &request(Selection::All, Some(1))).unwrap();
    let of = |value: fn(&EarlyEconomy) -> f64| {
        let mut values: Vec<f64> = nation().counties.iter().map(|county| value(&county.early)).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    for county in &atlas.counties {
        assert_eq!(county.early.rural_industry, of(|early| early.rural_industry));
        assert_eq!(county.early.to_port, of(|early| early.to_port));
        assert_eq!((county.early.clusters, county.early.cluster_trades), (0, [0; Product::COUNT]));
    }
    // The rest of a county is what it was.
    let told = build(&request(Selection::Codes(vec![CountyCode(330_782)]), Some(1)));
    let yiwu = &atlas.counties[atlas.find(CountyCode(330_782)).unwrap().at()];
    assert_eq!(
        (yiwu.area, yiwu.villages.clone()),
        (told.counties[0].area, told.counties[0].villages.clone())
    );
    assert_eq!(told.counties[0].early.clusters, 3);
}
