//! What is conserved: money to the fen, parcels to the piece, people, shops, stations; and time goes one way.

use super::support::{COUNTIES, build, codes_of, counties, since_start, with};
use sim_core::agents::partner::StationState;
use sim_core::base::{Product, Time};
use sim_core::event::{Episode, Happening, Measure};
use sim_core::metrics::ledger::{self, Account, Item};
use sim_core::model::CountyProcess;
use sim_core::params::HouseholdParameters;
use sim_core::scenario::{PlaceSelection, Scenario, builtin};
use sim_core::simulation::Simulation;

/// A built-in scenario cut down to four counties of six villages and two or three years, with its own levers.
fn shortened(name: &str) -> Scenario {
    let mut scenario = Scenario::builtin(name).unwrap();
    scenario.places.selection = match scenario.places.region.is_home() {
        true => codes_of(&COUNTIES[..4]),
        false => PlaceSelection::Random { count: 4 },
    };
    scenario.places.villages_per_county = Some(6);
    // Support that ends has to end, and loans have to go bad in shops that are dear to run.
    if name == "public_measures" {
        scenario.parameters.shop.fixed_cost = 1_500.0;
    }
    let years = if matches!(name, "support_ends" | "public_measures") { 3 } else { 2 };
    let months = format!("{}-{:02}-28", scenario.start.year() + years, scenario.start.month_of_year());
    scenario.end = scenario.end.min(months.parse().unwrap());
    // A smaller sample than this would be no order at all in so few villages.
    scenario.household_sample = scenario.household_sample.max(0.05);
    // Incomes are held against the ledger whenever households are reviewed: every month.
    scenario.report.household_interval = 1;
    // Shops are rare in so few villages: more of them, so that the checks have something to check.
    scenario.parameters.shop.entry = 0.02;
    // And townships with more than one agent, whose rounds could be joined.
    scenario.parameters.logistics.courier_own_agent = 0.6;
    // As are demonstration counties in so few.
    scenario.parameters.government.demonstration_scale = 10.0;
    scenario
}

/// Money: the ledger's own check, and the sum of accounts once more by hand.
fn money_closes(county: &CountyProcess) {
    let totals = county.book().ledger().totals();
    ledger::check(&totals).unwrap_or_else(|faults| panic!("{faults:?}"));
    let sum: i128 = Account::ALL.into_iter().map(|account| totals.balance(account)).sum();
    assert_eq!(sum, 0, "all accounts together");
}

/// Parcels by three counts: the county's, the measures', and those that are somewhere.
fn parcels_close(simulation: &Simulation, at: usize, county: &CountyProcess) {
    let flow = |measure| since_start(simulation, at, measure);
    let sent = flow(Measure::ParcelsSent);
    let ended = flow(Measure::ParcelsDelivered) + flow(Measure::ParcelsReturned) + flow(Measure::ParcelsLost);
    assert_eq!((sent, ended), (county.parcels().sent, county.parcels().ended));
    assert_eq!(
        sent - ended,
        county.parcels_in_transit(simulation.setting()),
        "sent less ended is on the way"
    );
    let ways = flow(Measure::StationOrders) + flow(Measure::SelfServiceOrders) + flow(Measure::RivalOrders);
    let goods = flow(Measure::ConsumerOrders) + flow(Measure::DurableOrders) + flow(Measure::FarmInputOrders);
    assert_eq!((ways, goods), (sent, sent), "every order has one way, one kind of goods and one parcel");
}

fn shops_are_counted(simulation: &Simulation, at: usize, county: &CountyProcess, before: i64) {
    let shops = county.shops().count() as i64;
    let sellers = || county.villages().iter().filter_map(|village| village.sellers.as_deref());
    assert_eq!(
        shops,
        sellers().flat_map(|sellers| sellers.trades).map(i64::from).sum::<i64>(),
        "shops by village"
    );
    for product in Product::ALL {
        let by_village: i64 = sellers().map(|sellers| i64::from(sellers.trades[product.at()])).sum();
        let by_shop = county.shops().filter(|shop| shop.product == product).count() as i64;
        assert_eq!(by_village, by_shop, "shops of {}", product.name());
    }
    let flow = |measure| since_start(simulation, at, measure);
    let lived =
        flow(Measure::ShopsOpenedUnprompted) + flow(Measure::ShopsCopied) - flow(Measure::ShopsClosed);
    assert_eq!(shops, before + lived, "opened less closed");
}

fn households_are_counted(county: &CountyProcess, p: &HouseholdParameters) {
    for village in county.villages() {
        let households = &village.residents;
        let mut counts = [0; 5];
        households.iter().for_each(|household| counts[household.buying.at()] += 1);
        assert_eq!(counts, village.counts.map(u32::from), "households by state");
        let mut dependents = [0; 5];
        for household in households {
            dependents[household.buying.at()] += u16::from(household.depends_on_station());
        }
        assert_eq!(dependents, village.dependents, "buyers who need the station");
        let weights: usize = households.iter().map(|h| usize::from(h.sampling_weight(p))).sum();
        assert_eq!(weights, village.buyers.len(), "weights in the sampler");
        let away: u32 = households.iter().map(|household| u32::from(household.migrants)).sum();
        assert_eq!(away, village.migrants, "workers away");
        assert!(
            households.iter().all(|household| household.migrants < household.members),
            "nobody left at home"
        );
    }
}

/// Stations by what has been told of them, and by where they stand.
fn stations_are_counted(simulation: &Simulation, at: usize, county: &CountyProcess) {
    let state = |state| {
        county.villages().iter().filter(|v| v.station.as_ref().is_some_and(|s| s.state == state)).count()
    };
    let episodes_of = |happening| {
        let of_county = |episode: &&Episode| episode.county.at() == at && episode.happening == happening;
        simulation.gathered().episodes.iter().filter(of_county).count()
    };
    let (open, vacant, closed) =
        (state(StationState::Open), state(StationState::Vacant), state(StationState::Closed));
    assert_eq!(open + vacant + closed, episodes_of(Happening::StationOpened), "stations opened");
    assert_eq!(closed, episodes_of(Happening::StationClosed), "stations closed");
    let without = episodes_of(Happening::PartnerLeft)
        - episodes_of(Happening::PartnerReplaced)
        - episodes_of(Happening::StationClosed);
    assert_eq!(vacant, without, "stations vacant");
    let flow = |measure| since_start(simulation, at, measure) as usize;
    assert_eq!(flow(Measure::StationsOpened), episodes_of(Happening::StationOpened));
    assert_eq!(flow(Measure::Refusals), episodes_of(Happening::Refused));
    let failed = flow(Measure::OpeningsFailed);
    assert_eq!(failed, episodes_of(Happening::NeverOpened));
    let screened = flow(Measure::Refusals) + flow(Measure::NoApplicant) + failed + open + vacant + closed;
    assert_eq!(
        flow(Measure::VillagesScreened),
        screened + state(StationState::FittingOut),
        "villages screened"
    );
}

/// Stocks of a closed month that are parts of one whole.
fn stocks_add_up(simulation: &Simulation, records_are_households: bool) {
    for month in simulation.gathered().counties.iter().flatten() {
        let sum = |measures: &[Measure]| measures.iter().map(|&measure| month.value(measure)).sum::<i64>();
        let shops = month.value(Measure::Shops);
        let trades: i64 = Product::ALL.iter().map(|&product| month.value(Measure::shops_of(product))).sum();
        assert_eq!(shops, trades, "{}: shops by trade", month.month);
        assert_eq!(shops, sum(&[Measure::HomeShops, Measure::Workshops, Measure::Factories]));
        assert_eq!(shops, sum(&[Measure::ShopsIncumbent, Measure::ShopsRival]));
        let states = [
            Measure::Unaware,
            Measure::Aware,
            Measure::Trial,
            Measure::Regular,
            Measure::Lapsed,
            Measure::CutOff,
        ];
        let apart = (sum(&states) - month.value(Measure::Households)).abs();
        // Where a record stands for several households, each of seven counts is rounded in each village.
        let rounding = if records_are_households { 0 } else { 7 * month.value(Measure::Villages) / 2 };
        assert!(apart <= rounding, "{}: households by state are {apart} apart", month.month);
    }
}

/// The nation is the sum of its counties, for every measure and month; so are the provinces together.
fn areas_add_up(simulation: &Simulation) {
    let gathered = simulation.gathered();
    for (at, nation) in gathered.nation.iter().enumerate() {
        for &measure in Measure::ALL {
            let counties: i64 = gathered.counties.iter().map(|months| months[at].value(measure)).sum();
            let provinces: i64 = gathered.provinces.values().map(|months| months[at].value(measure)).sum();
            assert_eq!(
                [counties, provinces],
                [nation.value(measure); 2],
                "{} of {}",
                measure.name(),
                nation.month
            );
        }
    }
}

/// Steps through a run and checks every county at every window.
fn follow(scenario: &Scenario) -> Simulation {
    let mut simulation = build(scenario);
    let shops = |county: &CountyProcess| county.shops().count() as i64;
    let before_run: Vec<i64> = simulation.counties().map(shops).collect();
    let (mut episodes_of, mut before) = (0, simulation.now());
    loop {
        let more = simulation.step();
        assert!(simulation.now() > before, "time stands still or goes back");
        // The last window includes the minute after the end, in which the last month is settled.
        // The first also hands out what was told of selling before the run.
        let since = if before == simulation.start() {
            scenario.parameters.shop.history.midnight().min(before)
        } else {
            before
        };
        let within = |time: Time| since <= time && time <= simulation.now();
        assert!(simulation.gathered().episodes[episodes_of..].iter().all(|episode| within(episode.time)));
        (episodes_of, before) = (simulation.gathered().episodes.len(), simulation.now());
        for (at, county) in simulation.counties().enumerate() {
            money_closes(county);
            parcels_close(&simulation, at, county);
            shops_are_counted(&simulation, at, county, before_run[at]);
            households_are_counted(county, &scenario.parameters.household);
            stations_are_counted(&simulation, at, county);
        }
        if !more {
            return simulation;
        }
    }
}

#[test]
fn everything_is_conserved_in_every_scenario_at_every_window() {
    let mut paid = [0; Item::COUNT];
    for (name, _) in builtin() {
        println!("{name}");
        let scenario = shortened(name);
        let simulation = follow(&scenario);
        stocks_add_up(&simulation, scenario.household_sample == 1.0);
        areas_add_up(&simulation);
        let outcome = simulation.outcome();
        assert!(outcome.audit.closes(), "{name}: {:?}", outcome.audit.messages);
        let tables: Vec<&str> = outcome.tables.iter().map(|table| table.name.as_str()).collect();
        // A table that holds a value it may not hold is left out.
        let expected = match *name {
            "trial" => 11,
            // Decisions of rules, and how far its target has come.
            "expansion_2018" => 12,
            _ => 10,
        };
        assert_eq!(tables.len(), expected, "{name} has only {tables:?}");
        outcome.tables.iter().for_each(|table| table.check().unwrap());
        for headline in outcome.headline.iter().filter(|headline| headline.is_sum) {
            assert!(headline.series.iter().all(|value| value.is_finite()), "{name}: {}", headline.name);
        }
        assert!(simulation.orders() > 0, "{name}: nothing happened");
        for (sum, item) in paid.iter_mut().zip(Item::ALL) {
            *sum += simulation.gathered().ledger.iter().map(|month| month.totals.item(item)).sum::<i128>();
        }
    }
    let never: Vec<&str> =
        Item::ALL.into_iter().zip(paid).filter(|&(_, sum)| sum == 0).map(|(item, _)| item.name()).collect();
    assert!(never.is_empty(), "paid in no scenario that ships: {never:?}");
}

/// The control: one fen too many is noticed.
#[test]
fn the_check_of_money_notices_one_fen() {
    let mut simulation = build(&shortened("tiny"));
    (0..30).for_each(|_| assert!(simulation.step()));
    let county = simulation.counties().next().unwrap();
    let totals = county.book().ledger().totals();
    let mut text = serde_json::to_value(&totals).unwrap();
    // A list of names and amounts.
    let amount = &mut text["balances"][0][1];
    *amount = (amount.as_i64().unwrap() + 1).into();
    let tampered: ledger::Totals = serde_json::from_value(text).unwrap();
    assert!(
        ledger::check(&totals).is_ok() && ledger::check(&tampered).is_err(),
        "one fen too many is noticed"
    );
}

#[test]
fn people_are_conserved_under_migration() {
    let scenario = with(counties(&COUNTIES[..3], 8), &[("end", "2017-03-31"), ("income.departure", "0.08")]);
    let mut simulation = build(&scenario);
    let away =
        |s: &Simulation| s.counties().flat_map(|c| c.villages()).map(|v| i64::from(v.migrants)).sum::<i64>();
    let people =
        |s: &Simulation| s.counties().flat_map(|c| c.households()).map(|h| i64::from(h.members)).sum::<i64>();
    let (away_at_first, people_at_first) = (away(&simulation), people(&simulation));
    while simulation.step() {
        let flow = |measure| (0..3).map(|at| since_start(&simulation, at, measure)).sum::<i64>();
        let (left, returned) = (flow(Measure::MigrantsLeft), flow(Measure::MigrantsReturned));
        assert_eq!(away(&simulation), away_at_first + left - returned, "{}", simulation.now().date());
        assert_eq!(people(&simulation), people_at_first, "nobody is born, dies or moves");
    }
    let total: i64 = simulation.gathered().nation.iter().map(|m| m.value(Measure::MigrantsLeft)).sum();
    assert!(total > 100, "too few moved to tell: {total}");
}
