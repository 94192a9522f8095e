//! Incomes of households are the money in the books: what the ledger pays them, by source, less what they put
//! into businesses of their own.

use super::support::{COUNTIES, codes_of, counties, last, orders, run, with};
use sim_core::event::Measure;
use sim_core::metrics::ledger::{IncomeSource, Item, Totals, income_gap};
use sim_core::model::Living;
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;

/// Three counties in which shops are many, every household looked at every month.
fn small(changes: &[(&str, &str)]) -> Scenario {
    let base = [("report.household_interval", "1"), ("shop.entry", "0.02")];
    with(with(counties(&COUNTIES[..3], 6), &base), changes)
}

/// Payments since the start, of all counties.
fn totals(simulation: &Simulation) -> Vec<Totals> {
    simulation.counties().map(|county| county.book().ledger().totals()).collect()
}

fn paid(simulation: &Simulation, item: Item) -> f64 {
    totals(simulation).iter().map(|totals| totals.item(item) as f64 / 100.0).sum()
}

/// What all households have from a source as they are reviewed at the end [yuan/year].
fn yearly(simulation: &Simulation, part: impl Fn(&Living) -> f64) -> f64 {
    let mut sum = 0.0;
    for county in simulation.counties() {
        county.each_living(simulation.setting(), simulation.now(), |village, living| {
            sum += part(living) * f64::from(living.members) * village.weight();
        });
    }
    sum
}

/// A run of twelve months: what households live on in a year of it is what the ledger paid in the year, for
/// owners and partners to the yuan. The wrong twin forgets what owners put in.
#[test]
fn a_year_s_takings_are_what_the_ledger_paid_in_the_year() {
    let simulation = run(&small(&[("shop.history", "2014-10-01")]));
    let ledger = |source| totals(&simulation).iter().map(|t| t.income(source) as f64 / 100.0).sum::<f64>();
    for source in [IncomeSource::OwnShops, IncomeSource::Station] {
        let living = yearly(&simulation, |living| living.sources[source.at()]);
        let apart = (living - ledger(source)).abs();
        assert!(apart < 1.0 + 1e-5 * living.abs(), "{}: {living} and {}", source.name(), ledger(source));
        assert!(living != 0.0);
    }
    let drawn = paid(&simulation, Item::OwnerDrawings);
    let put_in = paid(&simulation, Item::FounderCapital);
    let living = yearly(&simulation, |living| living.sources[IncomeSource::OwnShops.at()]);
    assert!(put_in > 1_000.0 && (living - drawn).abs() > 1_000.0, "the twin: {living} and {drawn}");
}

/// The control of the identity: every payment to households alone is missed where they do not have it.
#[test]
fn a_payment_that_reaches_no_household_is_noticed() {
    let simulation = run(&small(&[]));
    assert!(simulation.audit().closes(), "{:?}", simulation.audit().messages);
    let county = simulation.counties().next().unwrap();
    // Nothing has been paid in the month that has just begun: households that have anything are noticed.
    let nothing = [0.0; IncomeSource::COUNT];
    let month = county.book().ledger();
    assert_eq!(income_gap(simulation.start().date().month(), &nothing, month), None);
    for source in IncomeSource::ALL {
        let mut households = nothing;
        households[source.at()] = 2.0;
        let gap = income_gap(simulation.start().date().month(), &households, month).unwrap();
        assert_eq!((gap.source, gap.households, gap.ledger), (source, 2.0, 0.0));
    }
}

/// Government pays what relief lifts the poorest by: with it poverty is lower and its bill higher, without it
/// nothing is paid.
#[test]
fn relief_is_paid_by_government_and_lifts_the_poor() {
    let (with_relief, without) = (run(&small(&[])), run(&small(&[("income.relief", "0.0")])));
    assert_eq!(paid(&without, Item::Relief), 0.0);
    let bill = paid(&with_relief, Item::Relief);
    assert!(bill > 0.0);
    assert!(last(&with_relief, Measure::Poor) < last(&without, Measure::Poor));
    // Relief grows within the year, so that at its end it is somewhat above the bill of the year.
    let lifted = yearly(&with_relief, |living| living.sources[IncomeSource::Relief.at()]);
    assert!(bill < lifted && lifted < 1.5 * bill, "{lifted} and {bill}");
    let transfers = |s: &Simulation| paid(s, Item::SocialTransfers);
    assert_eq!(transfers(&with_relief), transfers(&without), "pensions are as they were");
}

/// Shops that lose hurt their owners: dearer fixed costs make owners put money in, which comes off their
/// income, once. The twin that counts drawings alone cannot be below zero.
#[test]
fn losses_of_shops_come_off_their_owners_incomes() {
    let changes = [("shop.fixed_cost", "5000.0"), ("shop.history", "2014-10-01")];
    let (plain, dear) = (run(&small(&changes[1..])), run(&small(&changes)));
    let own = |s: &Simulation| yearly(s, |living| living.sources[IncomeSource::OwnShops.at()]);
    assert!(own(&dear) < own(&plain), "{} and {}", own(&dear), own(&plain));
    assert!(own(&dear) < 0.0, "owners lose");
    assert!(paid(&dear, Item::OwnerDrawings) >= 0.0);
    let mut losers = 0;
    for county in dear.counties() {
        county.each_living(dear.setting(), dear.now(), |_, living| {
            losers += u32::from(living.sources[IncomeSource::OwnShops.at()] < 0.0);
        });
    }
    assert!(losers > 20, "only {losers} households lose by their shops");
}

/// A year without shops before it, with or without shops in it.
fn year(shops: bool, changes: &[(&str, &str)]) -> Simulation {
    let none = [("shop.entry", "0.0"), ("shop.copying", "0.0"), ("government.demonstration", "false")];
    let scenario = small(&[("shop.history", "2014-10-01"), ("programme.enabled", "false")]);
    let scenario = if shops { with(scenario, &none[2..]) } else { with(scenario, &none) };
    run(&with(scenario, changes))
}

/// Who keeps a shop or works in one is missing on the farm and in other work, and the farm less than in
/// proportion. In the limit case of a farm that needs no labour it loses nothing, to the fen: the twin that
/// forgets working time would show the same with labour.
#[test]
fn who_works_in_shops_is_missing_on_the_farm_and_elsewhere() {
    // Farms that trade nothing online.
    let offline = [("household.farm_inputs_online", "0.0"), ("shop.produce_most", "0.0")];
    let slack = [offline[0], offline[1], ("shop.wage_tightness", "0.0")];
    let (none, some) = (year(false, &slack), year(true, &slack));
    let lost = |item: Item| 1.0 - paid(&some, item) / paid(&none, item);
    let (farm, wages) = (lost(Item::FarmIncome), lost(Item::OutsideWages));
    assert!(farm > 0.0005 && wages > farm, "{farm} of farm income and {wages} of wages");
    assert!((farm / wages - 0.4).abs() < 0.02, "labour's share: {farm} and {wages}");
    let idle = [offline[0], offline[1], ("income.farm_labour", "0.0")];
    let (none, some) = (year(false, &idle), year(true, &idle));
    assert_eq!(paid(&none, Item::FarmIncome), paid(&some, Item::FarmIncome), "the limit case");
}

/// More people away: less from farm and work at home, more sent; nothing else pays for it.
#[test]
fn who_is_away_is_missing_on_the_farm_and_sends_money() {
    let (few, many) = (year(false, &[]), year(false, &[("income.departure", "0.3")]));
    for (item, more) in [(Item::FarmIncome, false), (Item::OutsideWages, false), (Item::Remittances, true)] {
        assert_eq!(paid(&many, item) > paid(&few, item), more, "{item}");
    }
    assert_eq!(paid(&many, Item::SocialTransfers), paid(&few, Item::SocialTransfers));
    assert!(few.audit().closes() && many.audit().closes());
}

/// Hands who are not to be had in the village come from the county's other villages and take their pay home.
#[test]
fn hands_come_from_other_villages_when_their_own_has_too_few() {
    // Shops in which the family can do little and hands do much hire early; few shops, so that some villages
    // of a county hire and others do not.
    let hiring = [
        ("shop.home_capacity", "2000.0"),
        ("shop.fixed_cost", "0.0"),
        ("shop.worker_capacity", "6000.0"),
        ("shop.entry", "0.001"),
    ];
    let elsewhere = |inside: &str| {
        let simulation = year(true, &[&hiring[..], &[("shop.hands_inside", inside)]].concat());
        assert!(simulation.audit().closes(), "{:?}", simulation.audit().messages);
        let mut pay = 0.0;
        for county in simulation.counties() {
            county.each_living(simulation.setting(), simulation.now(), |village, living| {
                let hires = village.sellers.as_ref().is_some_and(|sellers| sellers.workers > 0);
                let earned = living.sources[IncomeSource::ShopWages.at()];
                pay += if hires { 0.0 } else { earned * f64::from(living.members) };
            });
        }
        (pay, paid(&simulation, Item::ShopWages))
    };
    let (inside, outside) = (elsewhere("0.9"), elsewhere("0.0"));
    assert!(inside.1 > 0.0 && outside.1 > 0.0, "nobody is employed");
    assert_eq!(inside.0, 0.0);
    assert!(outside.0 > 0.0, "villages without hands of their own earn as hands of others");
}

/// Where shops' hands take all time of a county, those whom firms employ work beside it: the firms' wages are
/// paid, and must reach households. Fenghua sells more online than it has people to make; in the twin with
/// half as many customers there is time left.
#[test]
fn where_hands_take_all_time_wages_of_firms_still_reach_households() {
    let free = |customers: &str| {
        let mut scenario = Scenario::builtin("nation_2009").unwrap();
        scenario.places.selection = codes_of(&[330_213]);
        let changes = [
            ("programme.enabled", "false"),
            ("shop.copying", "6.5"),
            ("shop.cluster_exponent", "0.28"),
            ("shop.entry", "0.0008"),
            ("shop.worker_capacity", "18000.0"),
            ("market.ordinary_sales", customers),
            ("end", "2016-12-31"),
        ];
        let simulation = run(&with(scenario, &changes));
        assert!(simulation.audit().closes(), "{:?}", simulation.audit().messages);
        let last = simulation.gathered().ledger.last().unwrap().totals.clone();
        assert!(last.item(Item::CourierWages) > 0);
        last.item(Item::OutsideWages)
    };
    assert_eq!(free("6500.0"), 0, "hands take all time: nobody is left for other employers");
    assert!(free("2500.0") > 0, "the twin");
}

/// Village shops earn their margin of what is spent in them, by hand 15 %, for one household in a hundred;
/// and lose what goes online.
#[test]
fn village_shops_lose_what_goes_online() {
    let silent = [("world.internet", "[(\"2003-01-01\", 0.0)]")];
    let (online, offline) = (year(false, &[]), year(false, &silent));
    for simulation in [&online, &offline] {
        let (spent, earned) =
            (paid(simulation, Item::VillageShopSpending), paid(simulation, Item::VillageShopIncome));
        // What couriers pay keepers for keeping parcels is theirs besides.
        let kept = paid(simulation, Item::DropFees);
        assert!(((earned - kept) / spent - 0.15).abs() < 1e-6, "{earned} of {spent}");
        assert!((earned + paid(simulation, Item::VillageShopGoods) - spent - kept).abs() < 0.02);
        let keepers = yearly(simulation, |living| {
            let keeps = living.sources[IncomeSource::VillageShops.at()] > 0.0;
            if keeps { 1.0 / f64::from(living.members) } else { 0.0 }
        });
        let households: f64 = yearly(simulation, |living| 1.0 / f64::from(living.members));
        assert!((keepers / households - 0.01).abs() < 0.003, "{keepers} of {households} keep a shop");
    }
    assert!(orders(&online) > 0 && orders(&offline) < orders(&online) / 10);
    let earned = |s: &Simulation| paid(s, Item::VillageShopIncome);
    assert!(earned(&online) < earned(&offline), "{} and {}", earned(&online), earned(&offline));
}

/// Where shops employ many, work of all kinds pays more in the village.
#[test]
fn the_village_s_wage_rises_for_all_where_shops_employ_many() {
    let [none, tight] = ["0.0", "1.0"].map(|tightness| year(true, &[("shop.wage_tightness", tightness)]));
    assert!(paid(&tight, Item::OutsideWages) > paid(&none, Item::OutsideWages));
    let control = ["0.0", "1.0"].map(|tightness| year(false, &[("shop.wage_tightness", tightness)]));
    assert_eq!(paid(&control[0], Item::OutsideWages), paid(&control[1], Item::OutsideWages), "without shops");
}
