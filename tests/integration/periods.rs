//! A run may begin and end on any day: what is told is what was simulated, to the day, and inputs that end
//! before it are named.

use super::support::{run, since_start, sum, with};
use sim_core::event::{Measure, MeasureKind};
use sim_core::metrics::ledger::Item;
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;

fn tiny(changes: &[(&str, &str)]) -> Scenario {
    with(Scenario::builtin("tiny").unwrap(), changes)
}

/// Some villages, so that there is enough of everything, without the programme.
fn villages(start: &str, end: &str) -> Simulation {
    let size = [("places.villages_per_county", "40"), ("programme.enabled", "false")];
    let mut scenario = tiny(&size);
    scenario = with(scenario, &[("end", end), ("start", start)]);
    run(&scenario)
}

/// Paid for an item over the run \[yuan\].
fn paid(simulation: &Simulation, item: Item) -> f64 {
    let fen: i128 = simulation.gathered().ledger.iter().map(|month| month.totals.item(item)).sum();
    fen as f64 / 100.0
}

/// What is paid by the month, whether by rates or by what is settled at its end.
const BY_THE_MONTH: [Item; 5] =
    [Item::FarmIncome, Item::OutsideWages, Item::SocialTransfers, Item::Remittances, Item::TownShopSpending];

#[test]
fn seventeen_days_from_the_ninth_are_seventeen_days_of_everything() {
    let (part, whole) = (villages("2014-12-09", "2014-12-25"), villages("2014-12-01", "2014-12-31"));
    let outcome = part.outcome();
    assert_eq!((outcome.months.len(), outcome.days.as_slice()), (1, &[17][..]));
    for table in ["nation", "province", "county", "village", "followed", "ledger"] {
        let table = outcome.tables.iter().find(|found| found.name == table).unwrap();
        assert!(table.rows() > 0, "{}", table.name);
    }
    for item in BY_THE_MONTH {
        let ratio = paid(&part, item) / paid(&whole, item);
        assert!((ratio / (17.0 / 31.0) - 1.0).abs() < 0.03, "{item:?}: {ratio}");
        // The twin: a month's pay for seventeen days would be as much as the whole's.
        assert!((ratio - 1.0).abs() > 0.4, "{item:?}: {ratio}");
    }
    // Rates are a day's, a month's and a year's, whatever part of a month was run.
    let of = |simulation: &Simulation, name: &str| {
        (sim_core::metrics::outcome::outcome(name).unwrap().formula)(&simulation.gathered().nation[0])
    };
    for (name, tolerance) in
        [("income_per_head", 0.01), ("parcels_per_village_day", 0.1), ("buying_share", 0.05)]
    {
        let ratio = of(&part, name) / of(&whole, name);
        assert!((ratio - 1.0).abs() < tolerance, "{name}: {ratio}");
    }
    assert!(part.audit().closes() && whole.audit().closes(), "{:?}", part.audit());
}

/// A month cut in two: what flows in both parts is what flows in the whole.
#[test]
fn two_parts_of_a_month_are_the_month() {
    let whole = villages("2015-03-01", "2015-03-31");
    let parts = [villages("2015-03-01", "2015-03-11"), villages("2015-03-12", "2015-03-31")];
    let flows = |simulation: &Simulation| {
        let mut flows: Vec<(String, f64)> = BY_THE_MONTH
            .iter()
            .chain(&[Item::VillageShopSpending])
            .map(|&item| (format!("{item:?}"), paid(simulation, item)))
            .collect();
        let orders = sum(simulation, Measure::SelfServiceOrders);
        flows.push(("orders".to_owned(), orders as f64));
        flows
    };
    let (first, second) = (flows(&parts[0]), flows(&parts[1]));
    for ((name, all), (one, other)) in flows(&whole).into_iter().zip(first.into_iter().zip(second)) {
        let ratio = (one.1 + other.1) / all;
        assert!((ratio - 1.0).abs() < if name == "orders" { 0.1 } else { 0.01 }, "{name}: {ratio}");
        assert!((one.1 / all - 11.0 / 31.0).abs() < 0.06, "{name}: {}", one.1 / all);
    }
}

/// Nothing is simulated after the last day: what every county has counted stands in the tables, whether the
/// run ends with a month or within one.
#[test]
fn what_was_simulated_stands_in_the_tables() {
    for end in ["2015-05-31", "2015-05-20"] {
        let simulation = run(&tiny(&[("places.villages_per_county", "40"), ("end", end)]));
        let county = simulation.counties().next().unwrap();
        let open = |measure: &&Measure| county.book().value(**measure) != 0;
        let flows = || Measure::ALL.iter().filter(|measure| measure.kind() == MeasureKind::Flow);
        // The control: within a month the county's book is open.
        assert_eq!(flows().any(|measure| open(&measure)), end == "2015-05-20", "{end}");
        for &measure in flows() {
            let told = sum(&simulation, measure);
            assert_eq!(told, since_start(&simulation, 0, measure), "{end}: {}", measure.name());
        }
        assert_eq!(sum(&simulation, Measure::ParcelsSent), county.parcels().sent, "{end}");
        assert!(simulation.gathered().ledger.iter().all(|month| month.month.start() < simulation.end()));
    }
}

/// What the nation pays stands in the tables as well: a tranche of the last day, and a month of analytics by
/// its days.
#[test]
fn the_nation_pays_by_the_day_until_the_last() {
    let pays = |end: &str| {
        let changes = [
            ("programme.tranches", "[(\"2014-10-13\", 5.0), (\"2014-12-10\", 2.0), (\"2014-12-31\", 3.0)]"),
            ("programme.analytics_cost", "31.0"),
            ("programme.start", "2014-10-13"),
        ];
        let simulation = run(&with(tiny(&changes), &[("end", end)]));
        [paid(&simulation, Item::Tranche), paid(&simulation, Item::Analytics)].map(|yuan| yuan / 1e6)
    };
    // From 13 October on: 19 of 31 days, all of November, ten days of December or all of it.
    assert_eq!(pays("2014-12-10").map(|millions| (millions * 1e3 + 0.5) as i64), [7_000, 60_000]);
    assert_eq!(pays("2014-12-31").map(|millions| (millions * 1e3 + 0.5) as i64), [10_000, 81_000]);
}

/// Inputs that end before the run does are level, or grow as the scenario states; either is said.
#[test]
fn inputs_go_on_as_the_scenario_states_and_it_is_said() {
    let month = |changes: &[(&str, &str)]| {
        let late = [("end", "2026-07-31"), ("start", "2026-07-01"), ("programme.enabled", "false")];
        let scenario = tiny(&[late.as_slice(), changes].concat());
        let simulation = run(&scenario);
        let of = |name: &str| {
            let formula = sim_core::metrics::outcome::outcome(name).unwrap().formula;
            formula(&simulation.gathered().nation[0])
        };
        ((of("income_per_head"), of("poverty_rate")), scenario.warnings().join("; "))
    };
    let ((level, poor), said) = month(&[]);
    assert!(said.contains("income.rural_income: ends on 2022-07-01: level from then on"), "{said}");
    let ((grown, _), said) = month(&[("inputs.rural_income", "0.05")]);
    let growth = "income.rural_income: ends on 2022-07-01: from then on it grows by 5.0 % a year";
    assert!(said.contains(growth), "{said}");
    assert!(said.contains("income.migrant_wage: ends on 2022-07-01: level"), "{said}");
    // Four years of 5 % are 1.2155 for the nation; in a county with fewer migrants, whose pay stays level, a
    // little more.
    assert!(grown / level > 1.15 && grown / level < 1.3, "{grown} against {level}");
    let ((same, poorer), _) = month(&[("inputs.poverty_line", "0.4")]);
    assert!((same / level - 1.0).abs() < 1e-9 && poorer > poor, "{same} {level} {poorer} {poor}");
}
