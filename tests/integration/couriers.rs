//! Couriers as firms: what makes them come and go, whom they pay, and what a run begins with.

use super::support::{COUNTIES, counties, run, with};
use sim_core::event::Measure;
use sim_core::metrics::ledger::{Account, Item, LedgerMonth};
use sim_core::metrics::outcome::outcome;
use sim_core::scenario::{PlaceSelection, Scenario};
use sim_core::simulation::Simulation;

/// Counties of several provinces before and without the programme, until the end of 2016.
fn without_programme() -> Scenario {
    let mut scenario = counties(&COUNTIES, 40);
    scenario.household_sample = 0.02;
    with(
        scenario,
        &[("end", "2016-12-31"), ("programme.enabled", "false"), ("government.demonstration", "false")],
    )
}

/// An outcome of the run's last month.
fn at_end(simulation: &Simulation, name: &str) -> f64 {
    (outcome(name).unwrap().formula)(simulation.gathered().nation.last().unwrap())
}

fn delivered(changes: &[(&str, &str)]) -> f64 {
    at_end(&run(&with(without_programme(), changes)), "delivered_village_share")
}

/// All months together.
fn paid(months: &[LedgerMonth], item: Item) -> f64 {
    months.iter().map(|month| month.totals.item(item) as f64).sum()
}

/// A subsidy brings couriers to more villages, dear hours to fewer, and joint rounds bring more parcels to
/// the village. The twins: a subsidy that is offered nowhere, and joint rounds that may save anything but
/// never do.
#[test]
fn subsidies_and_joining_bring_couriers_and_dear_hours_keep_them_away() {
    let base = delivered(&[]);
    let everywhere = ("government.courier_target", "Everywhere");
    assert!(delivered(&[everywhere, ("government.courier_subsidy", "2.0")]) > base + 0.05, "{base}");
    let offered_nowhere = delivered(&[("government.courier_subsidy", "2.0")]);
    assert_eq!(offered_nowhere, base, "a subsidy without a target moves nothing");
    // Where networks have agents of their own, most villages are too thin for most of them.
    let handed_over =
        |changes: &[(&str, &str)]| at_end(&run(&with(without_programme(), changes)), "village_parcel_share");
    let parted = ("logistics.courier_own_agent", "0.6");
    let apart = handed_over(&[parted]);
    let joining = [parted, ("government.joint_target", "Everywhere"), ("government.joint_rate", "6.0")];
    let joint = handed_over(&joining);
    assert!(joint > apart + 0.05, "{joint} for {apart}");
    let never = [joining[0], joining[1], joining[2], ("logistics.joint_saving", "1.0")];
    assert!(handed_over(&never) <= apart, "the twin whose rounds never save enough");
    assert!(delivered(&[("logistics.courier_hour_cost", "60.0")]) < base - 0.02, "{base}");
}

/// Within a township, villages nearer to it than its others are visited sooner than farther ones; the twin
/// whose rounds cost nothing on the road does not tell them apart.
#[test]
fn distance_keeps_couriers_away() {
    let apart = |changes: &[(&str, &str)]| {
        let mut scenario = with(without_programme(), changes);
        scenario.places.selection = PlaceSelection::Random { count: 30 };
        let simulation = run(&scenario);
        let mut roads: Vec<(f64, bool)> = Vec::new();
        for (county, place) in simulation.counties().zip(&simulation.setting().atlas.counties) {
            let towns = place.villages.iter().map(|village| village.town);
            let villages: Vec<_> = county.villages().iter().zip(towns).collect();
            for (village, town) in &villages {
                let others: Vec<f64> = (villages.iter().filter(|(_, of)| of == town))
                    .map(|(other, _)| f64::from(other.to_town))
                    .collect();
                let mean = others.iter().sum::<f64>() / others.len() as f64;
                if others.len() > 1 {
                    roads.push((f64::from(village.to_town) / mean, village.rounds.any()));
                }
            }
        }
        roads.sort_by(|one, other| one.0.total_cmp(&other.0));
        let third = roads.len() / 3;
        let share = |villages: &[(f64, bool)]| {
            villages.iter().filter(|(_, visited)| *visited).count() as f64 / villages.len() as f64
        };
        share(&roads[..third]) - share(&roads[roads.len() - third..])
    };
    let (by_road, twin) = (apart(&[]), apart(&[("logistics.courier_detour", "0.0")]));
    assert!(by_road > 0.05 && by_road > 3.0 * twin, "{by_road} and {twin}");
}

/// Nobody begins to serve a village without a cause in the figures: revenue over cost is about 1, and not 10.
#[test]
fn couriers_begin_where_a_round_just_pays() {
    let simulation = run(&without_programme());
    let sum = |measure| simulation.gathered().nation.iter().map(|m| m.value(measure) as f64).sum::<f64>();
    let entries = sum(Measure::CourierEntries);
    let ratio = sum(Measure::CourierEntryRatio) / 1000.0 / entries;
    assert!(entries > 10.0 && (0.8..1.5).contains(&ratio), "{ratio} at {entries} entries");
}

/// What couriers receive and do not pay on is their agents' profit, to the rounding of payments; hours are
/// wages of households, and government pays for what it supports.
#[test]
fn the_couriers_account_closes() {
    let helped = [
        ("government.courier_target", "Everywhere"),
        ("government.joint_target", "Everywhere"),
        ("government.joint_rate", "6.0"),
    ];
    let simulation = run(&with(without_programme(), &helped));
    let months = &simulation.gathered().ledger;
    let left = months.last().unwrap().totals.balance(Account::Couriers) as f64;
    let profit: i64 = simulation.gathered().nation.iter().map(|m| m.value(Measure::CourierProfit)).sum();
    assert!((left - profit as f64).abs() < 100.0 * months.len() as f64, "{left} for {profit}");
    for item in [
        Item::MerchantParcels,
        Item::CourierWages,
        Item::CourierCosts,
        Item::CourierSubsidy,
        Item::JointDelivery,
        Item::ParcelHaulage,
        Item::DropFees,
    ] {
        assert!(paid(months, item) > 0.0, "{item} is never paid");
    }
    assert!(simulation.counties().all(|county| county.income_gap().is_none()));
    let trucks = run(&with(
        without_programme(),
        &[("programme.enabled", "true"), ("programme.open_last_mile", "true")],
    ));
    let fees = paid(&trucks.gathered().ledger, Item::LastMileFees);
    assert!((fees > 0.0) == (trucks.gathered().nation.last().unwrap().value(Measure::StationsOpen) > 0));
}

/// A run begins with couriers where the same rules have them: in its first quarter it gains few more than in
/// a later one. The twin that begins with none would gain all it has.
#[test]
fn a_run_begins_with_couriers_in_their_places() {
    let mut scenario = without_programme();
    scenario.places.selection = PlaceSelection::Random { count: 30 };
    let simulation = run(&scenario);
    let share = |at: usize| {
        let month = &simulation.gathered().nation[at];
        (outcome("delivered_village_share").unwrap().formula)(month)
    };
    // The last quarter has Singles' Day, so it is compared with the same quarter of the next year.
    let [first, next] = [share(2) - share(0), share(14) - share(12)];
    assert!(share(0) > 0.03 && first < next + 0.02, "{first} and {next} of {}", share(0));
    assert!(share(2) > next + 0.02, "the twin");
}
