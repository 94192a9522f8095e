//! What flows through the programme keeps to its parameters: trucks to their capacity, parcels to their fate,
//! money to its tranches, screening to its rounds.

use super::support::{COUNTIES, build, counties, run, since_start, sum as total, with};
use sim_core::event::{Happening, Measure};
use sim_core::metrics::ledger;
use sim_core::params::Tranche;
use std::collections::BTreeMap;

#[test]
fn no_truck_carries_more_than_it_can() {
    const CAPACITY: i64 = 3;
    let scenario = with(
        counties(&COUNTIES[..2], 8),
        &[
            ("logistics.truck_capacity", "3"),
            ("logistics.stations_per_route", "8"),
            ("logistics.longest_interval", "1"),
        ],
    );
    let mut simulation = build(&scenario);
    while simulation.step() {
        for (at, county) in simulation.counties().enumerate() {
            let waiting: usize = county.villages().iter().map(|village| village.waiting.len()).sum();
            let carried = since_start(&simulation, at, Measure::SortedParcels) - waiting as i64;
            let rounds = since_start(&simulation, at, Measure::TruckRounds);
            assert!(carried <= CAPACITY * rounds, "{carried} parcels in {rounds} rounds of {CAPACITY}");
        }
    }
    // The control: trucks are more than half full, so that half the places would not have done.
    let waiting: usize = simulation.counties().flat_map(|c| c.villages()).map(|v| v.waiting.len()).sum();
    let both = |measure| (0..2).map(|at| since_start(&simulation, at, measure)).sum::<i64>();
    let carried = both(Measure::SortedParcels) - waiting as i64;
    assert!(2 * carried > CAPACITY * both(Measure::TruckRounds), "{carried} parcels: too few to tell");
}

#[test]
fn shares_of_parcels_lost_and_sent_back_are_those_of_the_parameters() {
    let scenario = with(counties(&COUNTIES[..3], 10), &[("logistics.damage", "0.02"), ("end", "2015-12-31")]);
    let simulation = run(&scenario);
    let sum = |measure| total(&simulation, measure) as f64;
    let p = &scenario.parameters.logistics;
    // Binomial, five standard errors; parcels in transit at the end are about one in a hundred.
    let close = |seen: f64, of: f64, share: f64| {
        let error = (share * (1.0 - share) / of).sqrt();
        assert!((seen / of - share).abs() < 5.0 * error + 0.02 * share, "{seen} of {of} is not {share}");
    };
    let ended = sum(Measure::ParcelsDelivered) + sum(Measure::ParcelsReturned) + sum(Measure::ParcelsLost);
    close(sum(Measure::ParcelsLost), ended, p.damage);
    let consumer = sum(Measure::ConsumerOrders) * ended / sum(Measure::ParcelsSent);
    close(sum(Measure::ParcelsReturned), consumer, (1.0 - p.damage) * p.returns);
}

#[test]
fn tranches_arrive_in_full() {
    let mut scenario = counties(&COUNTIES[..1], 4);
    scenario.parameters.programme.tranches =
        vec![Tranche("2014-10-13".parse().unwrap(), 3.0), Tranche("2015-03-01".parse().unwrap(), 4.5)];
    let simulation = run(&scenario);
    let paid: i128 = simulation.gathered().ledger.iter().map(|m| m.totals.item(ledger::Item::Tranche)).sum();
    assert_eq!(paid, 750_000_000, "7.5 million yuan in fen");
}

/// "Whoever fails twice is not asked again."
#[test]
fn no_village_is_screened_a_third_time() {
    let scenario =
        with(counties(&COUNTIES[..3], 30), &[("end", "2016-12-31"), ("partner.applicants", "0.5")]);
    let simulation = run(&scenario);
    let mut failures = BTreeMap::new();
    for episode in &simulation.gathered().episodes {
        if matches!(episode.happening, Happening::NoApplicant | Happening::Refused) {
            *failures.entry((episode.county, episode.village)).or_insert(0) += 1;
        }
    }
    let most = failures.values().copied().max().unwrap_or(0);
    assert_eq!(most, 2, "a village is asked so often");
}
