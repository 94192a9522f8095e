//! The county centre: what is bought, who pays, what service does to customers, and the way back of returns.
//! Each test has a twin in which the mechanism is off, and then nothing of it is seen.

use super::support::{COUNTIES, counties, last, orders, run, sum, with};
use sim_core::event::Measure;
use sim_core::metrics::ledger::Item;
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;

/// Two counties of ten villages, eighteen months of programme, incomes held against the books every month.
fn small(changes: &[(&str, &str)]) -> Scenario {
    let base = [("report.household_interval", "1"), ("end", "2016-03-31")];
    with(with(counties(&COUNTIES[..2], 10), &base), changes)
}

fn ran(changes: &[(&str, &str)]) -> Simulation {
    let simulation = run(&small(changes));
    assert!(simulation.audit().closes(), "{changes:?}: {:?}", simulation.audit().messages);
    simulation
}

/// Paid since the start [yuan].
fn paid(simulation: &Simulation, item: Item) -> f64 {
    simulation.counties().map(|county| county.book().ledger().total(item) as f64 / 100.0).sum()
}

/// Usual time from order to collection at open stations [days].
fn usual_days(simulation: &Simulation) -> f64 {
    let stations = simulation.counties().flat_map(|county| county.villages());
    let days: Vec<f64> = stations.filter_map(|v| v.open_station()).map(|s| s.delivery_days).collect();
    days.iter().sum::<f64>() / days.len() as f64
}

/// A day promised against six: parcels wait less, more is ordered, and rounds cost more; half a day brings
/// work in the night on top, and customers hardly more. The twin is a county whose trucks go daily whatever
/// is promised: there a promise of a day or more changes nothing at all.
#[test]
fn a_shorter_promise_costs_more_and_customers_see_it() {
    let promise = |days: &str| {
        // Eighty villages: in twenty, who happens to order moves orders by more than what is promised.
        let promised = [("programme.delivery_target", days), ("programme.parcel_subsidy", "1.0")];
        run(&with(with(counties(&COUNTIES[..4], 20), &[("end", "2016-03-31")]), &promised))
    };
    let [late, next, night] = ["6.0", "1.0", "0.5"].map(promise);
    let (days, stations) = ([&late, &next, &night].map(usual_days), Measure::StationOrders);
    println!("days {days:?}");
    assert!(days[0] > days[1] + 0.5 && days[1] > days[2] + 0.3, "{days:?}");
    let ordered = [&late, &next, &night].map(|s| sum(s, stations));
    println!("orders {ordered:?}");
    assert!(ordered[1] > ordered[0] + ordered[0] / 50 && ordered[2] > ordered[0], "{ordered:?}");
    let rounds = [&late, &next, &night].map(|s| paid(s, Item::RouteSupport) + paid(s, Item::ParcelSubsidy));
    assert!(rounds[0] < rounds[1] && rounds[1] < rounds[2], "{rounds:?}");
    let staff = [&late, &next, &night].map(|s| paid(s, Item::CountyCentreStaff));
    println!("rounds {rounds:?} staff {staff:?}");
    assert!(staff[0] == staff[1] && staff[1] < staff[2], "who works at night is paid: {staff:?}");
    let daily = |days: &str| ran(&[("programme.delivery_target", days), ("logistics.longest_interval", "1")]);
    assert_eq!(daily("6.0").fingerprint(), daily("1.0").fingerprint(), "the twin");
}

/// A treasury that has nothing beyond what openings set aside: no truck beyond the planned one is bought,
/// and parcels wait. The twin has the same needs and money. Trucks of twelve parcels, so that
/// few villages need many.
#[test]
fn without_money_no_truck_is_bought() {
    let trucks = |tranche: &str| {
        ran(&[
            ("programme.tranches", &format!("[(\"2014-10-13\", {tranche})]")),
            ("programme.candidates_per_county", "10"),
            ("programme.centre_trucks", "1"),
            ("logistics.truck_capacity", "12"),
        ])
    };
    let (poor, rich) = (trucks("3.4"), trucks("100.0"));
    assert_eq!(last(&poor, Measure::CentresOpen), 2);
    assert_eq!(last(&rich, Measure::CentresOpen), 2);
    let owned = [&poor, &rich].map(|s| last(s, Measure::CentreTrucks));
    println!("trucks {owned:?} days {:?}", [&poor, &rich].map(usual_days));
    assert!(owned[0] == 2 && owned[1] > 4, "{owned:?}");
    let price = paid(&rich, Item::CountyEquipment) - paid(&poor, Item::CountyEquipment);
    assert_eq!(price, 50_000.0 * (owned[1] - owned[0]) as f64, "each at its price");
    assert!(usual_days(&poor) > usual_days(&rich) + 1.0);
}

/// Staff are paid what their number comes to, by hand: three or six and three sorters at each of two centres,
/// at seven tenths of the migrant wage. Households have it: what other employers pay is less by it.
#[test]
fn the_pay_of_the_centre_reaches_households() {
    let (few, some) = (ran(&[("programme.centre_staff", "3.0")]), ran(&[]));
    assert_eq!(last(&some, Measure::CentreStaff) - last(&few, Measure::CentreStaff), 6);
    let pay = |s: &Simulation| paid(s, Item::CountyCentreStaff);
    assert!((pay(&some) / pay(&few) - 9.0 / 6.0).abs() < 1e-6, "{} and {}", pay(&some), pay(&few));
    let wages = |s: &Simulation| {
        paid(s, Item::CountyCentreStaff) + paid(s, Item::CourierWages) + paid(s, Item::OutsideWages)
    };
    println!("pay {} {} wages {} {}", pay(&few), pay(&some), wages(&few), wages(&some));
    assert!(wages(&some) != wages(&few) && paid(&some, Item::OutsideWages) < paid(&few, Item::OutsideWages));
}

/// The centre's people screen its villages: one alone is busy for longer than the plan means, and nobody
/// finds no partner. In the twin screening takes no time, and their number moves only the bill.
#[test]
fn the_centre_s_people_set_the_pace_of_screening() {
    let screened = |staff: &str, days: &str| {
        let scenario = counties(&COUNTIES[1..2], 60);
        let simulation = run(&with(
            scenario,
            &[
                ("end", "2015-03-31"),
                ("programme.planned_counties", "1"),
                ("programme.centre_staff", staff),
                ("programme.screening_days", days),
            ],
        ));
        [sum(&simulation, Measure::VillagesScreened), sum(&simulation, Measure::StationsOpened)]
    };
    let [six, one, nobody] = ["6.0", "1.0", "0.0"].map(|staff| screened(staff, "5.6"));
    println!("screened and opened: {six:?} by six, {one:?} by one, {nobody:?} by nobody");
    assert!(one[0] * 3 < six[0] * 2 && one[1] < six[1], "{one:?} {six:?}");
    assert_eq!(nobody, [0, 0]);
    assert_eq!(screened("1.0", "0.0"), screened("6.0", "0.0"), "the twin");
}

/// The cost of premises moves the treasury, and with it the pause for losses and the stations that open. The
/// twin has a bound on losses that is never reached: then only the bill differs.
#[test]
fn dear_premises_stop_the_roll_out() {
    let opened = |cost: &str, bound: &str| {
        ran(&[("programme.county_running_cost", cost), ("programme.loss_bound", bound)])
    };
    let [cheap, dear] = ["36000.0", "300000.0"].map(|cost| opened(cost, "0.2"));
    let stations = |s: &Simulation| sum(s, Measure::StationsOpened);
    println!("stations {} {}", stations(&cheap), stations(&dear));
    assert!(stations(&dear) < stations(&cheap));
    let [cheap, dear] = ["36000.0", "300000.0"].map(|cost| opened(cost, "100.0"));
    assert_eq!(stations(&dear), stations(&cheap), "the twin");
    assert!(paid(&dear, Item::CountyCentrePremises) > 8.0 * paid(&cheap, Item::CountyCentrePremises));
}

/// Bringing parcels home saves households the way: more is ordered, and it is paid by the programme or by
/// households. The twins: nobody's time is saved, and nothing but the bill and the time on the shelf moves.
#[test]
fn home_delivery_is_seen_by_customers_and_paid_by_name() {
    let home = |share: &str, fee: &str| {
        ran(&[
            ("programme.home_delivery", share),
            ("programme.home_delivery_fee", fee),
            ("household.delivery_fee", "0.0"),
        ])
    };
    let (none, free, charged) = (home("0.0", "0.0"), home("1.0", "0.0"), home("1.0", "2.0"));
    let all = [&none, &free, &charged];
    let ordered = all.map(|s| sum(s, Measure::StationOrders));
    let bills = all.map(|s| [paid(s, Item::HomeDelivery), paid(s, Item::DeliveryFee)]);
    println!("orders {ordered:?} bills {bills:?}");
    assert!(ordered[1] > ordered[0] && ordered[2] < ordered[1], "{ordered:?}");
    assert_eq!(bills[0], [0.0, 0.0], "who does not offer it pays nothing");
    let brought = all.map(|s| sum(s, Measure::BroughtHome) as f64);
    assert_eq!((brought[0], bills[1]), (0.0, [2.0 * brought[1], 0.0]));
    assert_eq!(bills[2], [0.0, 2.0 * brought[2]]);
}

/// Installation makes durables more attractive at stations, and costs the programme or the household. The
/// twin does not care for it.
#[test]
fn installation_is_seen_by_customers_and_paid_by_name() {
    let install = |share: &str, gain: &str, fee: &str| {
        ran(&[
            ("programme.installation", share),
            ("household.installation_gain", gain),
            ("programme.installation_fee", fee),
        ])
    };
    let (none, all) = (install("0.0", "0.3", "0.0"), install("1.0", "0.3", "0.0"));
    let durables = |s: &Simulation| sum(s, Measure::DurableOrders);
    println!("durables {} {}", durables(&none), durables(&all));
    assert!(durables(&all) > durables(&none));
    let bill = |s: &Simulation| [paid(s, Item::InstallationSupport), paid(s, Item::InstallationFee)];
    let installed = sum(&all, Measure::DurablesInstalled) as f64;
    assert_eq!((bill(&none), bill(&all)), ([0.0, 0.0], [40.0 * installed, 0.0]));
    let charged = install("1.0", "0.3", "40.0");
    let installed = sum(&charged, Measure::DurablesInstalled) as f64;
    assert_eq!(bill(&charged), [0.0, 40.0 * installed]);
    assert!(durables(&charged) < durables(&all));
    let (twin, plain) = (install("1.0", "0.0", "0.0"), install("0.0", "0.0", "0.0"));
    assert_eq!(durables(&twin), durables(&plain), "the twin");
}

/// Returns cost trust, orders and carriage, and each ends with its merchant. The twin minds no return: then
/// orders are those of a world without any, to the last.
#[test]
fn returns_cost_trust_time_and_carriage() {
    let returned = |share: &str, trouble: &str| {
        ran(&[("logistics.returns", share), ("household.return_trouble", trouble)])
    };
    let (none, many) = (returned("0.0", "0.5"), returned("0.3", "0.5"));
    let trust = |s: &Simulation| {
        let buyers: Vec<f64> = s
            .counties()
            .flat_map(|c| c.households())
            .filter(|h| h.buying.buys())
            .map(|h| h.trust())
            .collect();
        buyers.iter().sum::<f64>() / buyers.len() as f64
    };
    println!("trust {} {} orders {} {}", trust(&none), trust(&many), orders(&none), orders(&many));
    assert!(trust(&many) < trust(&none) - 0.02, "{} and {}", trust(&many), trust(&none));
    assert!(orders(&many) < orders(&none));
    let back = sum(&many, Measure::ParcelsReturned) as f64;
    let carriage = paid(&many, Item::ReturnCarriage);
    assert_eq!((paid(&none, Item::ReturnCarriage), sum(&none, Measure::ParcelsReturned)), (0.0, 0));
    assert!(back > 0.0 && carriage >= 6.0 * back && carriage <= 12.0 * back, "{carriage} for {back}");
    // What is lost is compensated by who carried it, and refunded.
    assert_eq!(paid(&none, Item::Refund), paid(&none, Item::DamageCompensation));
    assert!(paid(&many, Item::Refund) > 2.0 * paid(&many, Item::DamageCompensation));
    let twin = returned("0.3", "0.0");
    assert_eq!(orders(&twin), orders(&none), "the twin");
}
