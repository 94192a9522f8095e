//! The farm's trade online: inputs bought cheaper than in the town, produce sold dearer than to traders, in
//! the books of households and of shops alike.

use super::support::{COUNTIES, counties, run, with};
use sim_core::metrics::ledger::{IncomeSource, Item};
use sim_core::simulation::Simulation;

/// Two counties for a year, every household looked at every month; without shops unless they are asked for.
fn year(shops: bool, changes: &[(&str, &str)]) -> Simulation {
    let base = [("report.household_interval", "1"), ("shop.history", "2014-10-01")];
    let entry = if shops { ("shop.entry", "0.03") } else { ("shop.entry", "0.0") };
    let still = [entry, ("government.demonstration", "false"), ("programme.enabled", "false")];
    let scenario = with(with(counties(&COUNTIES[..2], 5), &base), &still);
    let simulation = run(&with(scenario, changes));
    assert!(simulation.audit().closes(), "{:?}", simulation.audit().messages);
    simulation
}

fn paid(simulation: &Simulation, item: Item) -> f64 {
    simulation.counties().map(|county| county.book().ledger().total(item) as f64 / 100.0).sum()
}

fn farming(simulation: &Simulation) -> f64 {
    let farm = |county: &sim_core::model::CountyProcess| {
        county.book().ledger().totals().income(IncomeSource::Farm) as f64 / 100.0
    };
    simulation.counties().map(farm).sum()
}

/// Inputs at 0.86 of the town's price: farms have 14 yuan more for each 86 that they spend, to the yuan, and
/// nothing where they buy none. The twin without a difference in price gains nothing by as many orders.
#[test]
fn inputs_bought_online_save_their_buyers_what_the_town_asks_more() {
    // Farms that need no labour: who carries parcels is missed nowhere.
    let idle = ("income.farm_labour", "0.0");
    let none = year(false, &[idle, ("household.farm_inputs_online", "0.0")]);
    let some = year(false, &[idle]);
    assert_eq!(paid(&none, Item::FarmInputPurchase), 0.0);
    let bought = paid(&some, Item::FarmInputPurchase);
    assert!(bought > 1_000.0, "only {bought} yuan of inputs");
    let gain = farming(&some) - farming(&none);
    assert!((gain - bought * (1.0 / 0.86 - 1.0)).abs() < 2.0, "{gain} of {bought}");
    let alike = year(false, &[idle, ("household.online_price", "1.0")]);
    assert!(paid(&alike, Item::FarmInputPurchase) > 0.0);
    assert!((farming(&alike) - farming(&none)).abs() < 2.0, "the twin");
}

/// Produce that shops buy is paid to households, and is missing in what traders pay them, at traders' price.
/// The twin in which traders pay as much as shops shows farms that gain nothing.
#[test]
fn produce_sold_online_is_the_farm_s_gain_over_the_traders_price() {
    let at = |traders: &str| year(true, &[("shop.farm_gate_offline", traders)]);
    let (cheap, alike) = (at("0.25"), at("0.5"));
    let sold = paid(&cheap, Item::ShopProduce);
    assert!(sold > 10_000.0, "only {sold} yuan of produce");
    assert!((paid(&alike, Item::ShopProduce) - sold).abs() < 1.0, "shops buy alike");
    let missing = paid(&alike, Item::FarmIncome) - paid(&cheap, Item::FarmIncome);
    assert!((missing + sold * 0.5).abs() < 5.0, "traders pay {missing} less for {sold}");
    let gain = farming(&cheap) - farming(&alike);
    assert!((gain - sold * 0.5).abs() < 5.0, "{gain} of {sold}");
    assert!(paid(&cheap, Item::ShopRefund) > 0.0, "nothing perishes or is lost");
}
