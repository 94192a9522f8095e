//! Who buys online: buyers stay, lapse, return, grow old; who has no way to order is no buyer.

use super::support::{COUNTIES, counties, last, run, seeded, sum, with};
use sim_core::agents::household::Buying;
use sim_core::base::math;
use sim_core::event::Measure;
use sim_core::metrics::area::AreaMonth;
use sim_core::scenario::{PlaceSelection, Scenario};
use sim_core::simulation::Simulation;

/// Six villages in each of forty counties drawn from the whole country, without the programme: in the country
/// it reached one village in fifteen.
fn country(start: &str, end: &str) -> Scenario {
    let mut scenario = Scenario::new("country", start.parse().unwrap(), end.parse().unwrap());
    scenario.household_sample = 0.05;
    scenario.places.selection = PlaceSelection::Random { count: 40 };
    scenario.places.villages_per_county = Some(6);
    scenario.report.household_interval = 12;
    with(scenario, &[("programme.enabled", "false"), ("government.demonstration", "false")])
}

fn buying_share(month: &AreaMonth) -> f64 {
    let value = |measure| month.value(measure) as f64;
    (value(Measure::Trial) + value(Measure::Regular)) / value(Measure::Households)
}

/// Share of households that buy in the last month of each year.
fn years(simulation: &Simulation) -> Vec<(u16, f64)> {
    let december = |month: &&AreaMonth| month.month.next().year() > month.month.year();
    let months = simulation.gathered().nation.iter();
    months.filter(december).map(|month| (month.month.year(), buying_share(month))).collect()
}

/// With every input as it was in 2014, the share of buyers never falls by more than two points from its peak
/// in fifteen years.
fn falls_from_its_peak(changes: &[(&str, &str)]) -> f64 {
    let held = with(
        country("2014-10-01", "2029-09-30"),
        &[
            ("world.internet", "[(\"2003-01-01\", 2.0), (\"2014-10-01\", 29.0)]"),
            ("world.smartphone", "[(\"2009-12-31\", 0.05), (\"2014-10-01\", 0.75)]"),
            ("income.rural_income", "[(\"2014-01-01\", 10489.0)]"),
            ("income.migrant_wage", "[(\"2014-01-01\", 2864.0)]"),
            ("household.variety_growth", "0.0"),
        ],
    );
    let simulation = run(&with(held, changes));
    let (mut peak, mut fall) = (0.0f64, 0.0f64);
    for month in &simulation.gathered().nation {
        peak = peak.max(buying_share(month));
        fall = fall.max(peak - buying_share(month));
    }
    fall
}

#[test]
fn with_inputs_held_the_share_of_buyers_does_not_fall_in_fifteen_years() {
    let fall = falls_from_its_peak(&[]);
    assert!(fall < 0.02, "falls by {fall}");
    // Once the hazard of giving up knows no experience and hardly anybody returns, buying dies out.
    let twin = falls_from_its_peak(&[("household.lapse_orders", "1000.0"), ("household.return_ease", "0.1")]);
    assert!(twin > 0.02, "a twin without experience falls by {twin} only");
}

/// CNNIC's rural internet users who shop (`data/facts/buying_series.csv`): to 2015 fitted, the last a test.
const SHOPPERS: [(u16, f64); 4] = [(2011, 0.384), (2014, 0.433), (2015, 0.474), (2024, 0.767)];

/// Households in which somebody buys, as internet users who do: both by the same rule, that each of the
/// adults does so on his own.
#[test]
fn with_inputs_continued_buyers_follow_the_published_series() {
    let internet = "[(\"2009-12-31\", 15.0), (\"2011-12-31\", 20.7), (\"2013-12-31\", 28.1), \
        (\"2014-12-31\", 28.8), (\"2015-12-31\", 31.6), (\"2016-12-31\", 33.1), (\"2017-12-31\", 35.4), \
        (\"2018-12-31\", 38.4), (\"2020-03-15\", 46.2), (\"2020-12-31\", 55.9), (\"2021-12-31\", 57.6), \
        (\"2022-12-31\", 61.9), (\"2023-12-31\", 66.5), (\"2024-12-31\", 67.4)]";
    let scenario = with(country("2010-01-01", "2024-12-31"), &[("world.internet", internet)]);
    let simulation = run(&scenario);
    let (world, household) = (&scenario.parameters.world, &scenario.parameters.household);
    let shares = years(&simulation);
    for (year, published) in SHOPPERS {
        let share = shares.iter().find(|(known, _)| *known == year).unwrap().1;
        let persons = 1.0 - math::pow(1.0 - share, 1.0 / household.adults_online);
        let end = format!("{year}-12-31").parse::<sim_core::base::Date>().unwrap().midnight();
        let shoppers = persons / (world.internet.at(end) / 100.0);
        let apart = shoppers / published - 1.0;
        assert!(apart.abs() < 0.1, "{year}: {shoppers} for {published}");
    }
}

/// What a run from October 2014 takes for granted is what a run from 2010 has made of those years, to a
/// quarter: couriers came there by the same rules, but village by village.
#[test]
fn a_run_begins_with_the_buyers_that_the_years_before_have_made() {
    let simulated = years(&run(&country("2010-01-01", "2014-12-31"))).last().unwrap().1;
    let begun = |changes: &[(&str, &str)]| {
        years(&run(&with(country("2014-10-01", "2014-12-31"), changes))).last().unwrap().1
    };
    assert!((begun(&[]) / simulated - 1.0).abs() < 0.25, "{} for {simulated}", begun(&[]));
    let late = begun(&[("household.buying_since", "2010")]);
    assert!((late / simulated - 1.0).abs() > 0.25, "a twin that begins late has {late} for {simulated}");
}

/// The mean over seeds of the share of buyers at the end of three years, less that with a quarter of parcels
/// lost.
fn lost_to_bad_deliveries(changes: &[(&str, &str)]) -> f64 {
    let scenario =
        with(counties(&COUNTIES[..2], 8), &[("end", "2017-09-30"), ("programme.enabled", "false")]);
    let scenario = with(scenario, changes);
    let share = |scenario: &Scenario| buying_share(run(scenario).gathered().nation.last().unwrap());
    let bad = with(scenario.clone(), &[("logistics.damage", "0.25")]);
    let seeds = 1..=4;
    let sum: f64 = seeds.map(|seed| share(&seeded(&scenario, seed)) - share(&seeded(&bad, seed))).sum();
    sum / 4.0
}

#[test]
fn bad_deliveries_cost_buyers_by_their_trust() {
    let lost = lost_to_bad_deliveries(&[]);
    assert!(lost > 0.01, "{lost}");
    let twin = lost_to_bad_deliveries(&[("household.trust_weight", "0.0")]);
    assert!(twin < lost / 3.0, "a twin whose trust never moves loses {twin} of {lost}");
}

/// When support ends, stations close, and those who ordered through them are buyers no more, until they use
/// self-service.
#[test]
fn who_has_no_way_to_order_is_cut_off_and_no_buyer() {
    let scenario = with(
        counties(&COUNTIES[3..4], 12),
        &[("end", "2017-09-30"), ("programme.support_end", "2016-06-30")],
    );
    let simulation = run(&scenario);
    assert!(sum(&simulation, Measure::StationsClosed) > 0 && last(&simulation, Measure::CutOff) > 0);
    let (mut cut_off, mut buyers) = (0, 0);
    for village in simulation.counties().flat_map(|county| county.villages()) {
        let open = village.open_station().is_some();
        let buys = village.residents.iter().filter(|household| household.buying.buys());
        for household in buys {
            *(if open || household.self_service { &mut buyers } else { &mut cut_off }) += 1;
        }
        assert!(open || village.regular() <= village.counts[Buying::Regular.at()]);
    }
    assert_eq!(last(&simulation, Measure::CutOff), cut_off);
    assert_eq!(last(&simulation, Measure::Trial) + last(&simulation, Measure::Regular), buyers);
}

/// Heads grow old and the next generation takes over: the mean age stays near where it began.
#[test]
fn heads_age_and_the_village_does_not_die_out() {
    let ages = |end: &str| {
        let simulation = run(&with(country("2014-10-01", "2029-09-30"), &[("end", end)]));
        let ages: Vec<f64> = simulation
            .counties()
            .flat_map(|county| county.villages())
            .flat_map(|village| village.residents.iter().map(|household| f64::from(household.head_age)))
            .collect();
        (ages.iter().sum::<f64>() / ages.len() as f64, ages)
    };
    let ((early, before), (late, after)) = (ages("2014-12-31"), ages("2029-09-30"));
    assert!((late - early).abs() < 8.0, "{early} and {late}");
    let older = before.iter().zip(&after).filter(|(before, after)| **after == **before + 15.0).count();
    let heirs = before.iter().zip(&after).filter(|(before, after)| after < before).count();
    assert!(older + heirs > before.len() * 9 / 10 && heirs > before.len() / 10, "{older} {heirs}");
}
