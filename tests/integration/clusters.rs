//! Shops arise where suppliers were before the internet, and example carries them over village and town
//! borders.

use super::support::{build, counties, with};
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;

/// Jiangyin, Yiwu, Nan'an and Huadu: industrial counties of the coast.
const COAST: [u32; 4] = [320_281, 330_782, 350_583, 440_114];
/// Pingjiang, Lingshan, Sinan and Jingchuan: counties of the interior.
const INTERIOR: [u32; 4] = [430_626, 450_721, 520_624, 620_821];

/// What is alike in all provinces, as far as suppliers go.
const ALIKE: [(&str, &str); 6] = [
    ("shop.suppliers_rural_industry", "0.0"),
    ("shop.suppliers_exports", "0.0"),
    ("shop.suppliers_own", "0.0"),
    ("shop.suppliers_near", "0.0"),
    ("shop.suppliers_market", "0.0"),
    ("shop.suppliers_port", "0.0"),
];

/// Places as they are by the middle of 2014, with nothing but their years of selling behind them.
fn by_2014(codes: &[u32]) -> Scenario {
    let mut scenario = with(counties(codes, 60), &[("start", "2014-07-01"), ("end", "2014-07-31")]);
    scenario.household_sample = 0.01;
    scenario
}

fn opened(simulation: &Simulation) -> f64 {
    let villages = simulation.counties().flat_map(|county| county.villages());
    villages.filter_map(|village| village.sellers.as_ref()).map(|sellers| f64::from(sellers.opened)).sum()
}

#[test]
fn shops_arise_on_the_industrial_coast_and_evenly_where_places_are_alike() {
    let ratio = |changes: &[(&str, &str)]| {
        let shops = |codes: &[u32]| opened(&build(&with(by_2014(codes), changes)));
        shops(&COAST) / shops(&INTERIOR).max(1.0)
    };
    let (real, alike) = (ratio(&[]), ratio(&ALIKE));
    assert!(real > 6.0, "{real:.1} times as many shops were opened on the coast");
    assert!(alike < real / 3.0, "{alike:.1} times as many where suppliers are alike");
}

#[test]
fn example_brings_selling_to_more_villages_and_not_without_ties_over_their_borders() {
    let selling = |changes: &[(&str, &str)]| {
        let simulation = build(&with(by_2014(&COAST), changes));
        let villages = simulation.counties().flat_map(|county| county.villages());
        villages.filter(|village| village.shop_count() > 0).count() as f64
    };
    // Few come by themselves; what they earn is copied.
    let easy = [("shop.entry", "0.00005"), ("market.ordinary_sales", "6000.0")];
    let with_easy = |more: (&'static str, &'static str)| selling(&[easy[0], easy[1], more]);
    let (real, bound) = (selling(&easy), with_easy(("shop.ties_inside", "1.0")));
    let town = with_easy(("shop.ties_beyond", "0.0"));
    assert!(real > 1.3 * bound, "{real} villages sell, {bound} where nobody has ties outside");
    assert!(town > bound, "{town} villages sell with ties in the town alone, {bound} without");
}
