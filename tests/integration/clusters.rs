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

/// The more of their ties households have outside their village, the more villages sell. The twin has none:
/// then it is all the same where those ties would lie.
#[test]
fn example_brings_selling_to_more_villages_and_not_without_ties_over_their_borders() {
    let selling = |inside: &str, beyond: &str| {
        // All villages of the counties, some years on; few begin by themselves, so that most follow somebody.
        let by_2017 = [("start", "2017-01-01"), ("end", "2017-01-31"), ("shop.entry", "0.0001")];
        let ties = [("shop.ties_inside", inside), ("shop.ties_beyond", beyond)];
        let mut scenario = with(with(counties(&COAST, 2000), &by_2017), &ties);
        scenario.household_sample = 0.01;
        let simulation = build(&scenario);
        let villages = simulation.counties().flat_map(|county| county.villages());
        villages.filter(|village| village.shop_count() > 0).count() as f64
    };
    let [bound, usual, open] = ["1.0", "0.85", "0.6"].map(|inside| selling(inside, "0.15"));
    assert!(usual > 1.08 * bound, "{usual} villages sell, {bound} where nobody has ties outside");
    assert!(open > 1.05 * usual, "{open} villages sell where ties outside are many, {usual} where few");
    assert_eq!(selling("1.0", "1.0"), bound, "the twin");
    let [town, county] = ["0.0", "1.0"].map(|beyond| selling("0.85", beyond));
    assert!(
        bound < town && town < county,
        "{town} villages sell where ties end at the town, {county} beyond"
    );
}
