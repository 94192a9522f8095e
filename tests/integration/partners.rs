//! Partners and stations as an offer that people take or leave, what it pays them, and who pays for it.
//!
//! Each direction is held against a wrong twin: the same comparison where the mechanism is switched off.

use super::support::{COUNTIES, counties, last, run, sum, with};
use sim_core::event::Measure;
use sim_core::metrics::ledger::{Account, Item};
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;

/// Twenty-four villages in each of two counties, fifteen months, a tenth of orders; partners are not patient.
fn small(changes: &[(&str, &str)]) -> Scenario {
    let base = [
        ("end", "2015-12-31"),
        ("household_sample", "0.1"),
        ("programme.strategy_pause", "0"),
        ("programme.later_partner_kind", "Shopkeepers"),
        ("partner.patience", "2"),
    ];
    with(with(counties(&[COUNTIES[0], COUNTIES[1]], 24), &base), changes)
}

/// A run whose books close.
fn of(changes: &[(&str, &str)]) -> Simulation {
    let simulation = run(&small(changes));
    assert!(simulation.audit().closes(), "{changes:?}: {:?}", simulation.audit().messages);
    simulation
}

fn paid(simulation: &Simulation, item: Item) -> f64 {
    simulation.counties().map(|county| county.book().ledger().totals().item(item) as f64 / 100.0).sum()
}

/// Of those who were offered a station, the share who refused.
fn refused(simulation: &Simulation) -> f64 {
    let refused = sum(simulation, Measure::Refusals) as f64;
    let screened = sum(simulation, Measure::VillagesScreened) - sum(simulation, Measure::NoApplicant);
    refused / screened.max(1) as f64
}

/// Partners who left, over months at work.
fn left(simulation: &Simulation) -> f64 {
    sum(simulation, Measure::PartnersLeft) as f64 / sum(simulation, Measure::PartnerMonths).max(1) as f64
}

/// The same for people who do not look at money.
const BLIND: (&str, &str) = ("partner.choice_noise", "5.0");

#[test]
fn better_wages_elsewhere_make_more_people_refuse_and_leave() {
    let high = [("partner.shopkeeper_outside", "0.5"), ("partner.returnee_outside", "1.0")];
    let (usual, tempted) = (of(&[]), of(&high));
    assert!(refused(&tempted) > refused(&usual) + 0.2, "{} {}", refused(&tempted), refused(&usual));
    assert!(left(&tempted) > left(&usual), "{} {}", left(&tempted), left(&usual));
    // The wrong twin: who does not compare refuses as often.
    let (usual, tempted) = (of(&[BLIND]), of(&[BLIND, high[0], high[1]]));
    assert!(refused(&tempted) < refused(&usual) + 0.2, "{} {}", refused(&tempted), refused(&usual));
}

#[test]
fn base_pay_wins_and_keeps_partners_and_is_paid_by_the_programme() {
    let hard = ("partner.shopkeeper_outside", "0.3");
    let (without, with_pay) = (of(&[hard]), of(&[hard, ("programme.base_pay", "1000.0")]));
    assert!(refused(&with_pay) < refused(&without) - 0.12, "{} {}", refused(&with_pay), refused(&without));
    assert!(left(&with_pay) < left(&without));
    let months = sum(&with_pay, Measure::PartnerMonths) as f64;
    let grants = 3_000.0 * sum(&with_pay, Measure::StationsOpened) as f64;
    assert!((paid(&with_pay, Item::PartnerBasePay) - grants - 1_000.0 * months).abs() < 1.0);
    let (without, with_pay) = (of(&[hard, BLIND]), of(&[hard, BLIND, ("programme.base_pay", "1000.0")]));
    assert!(refused(&with_pay) > refused(&without) - 0.12, "{} {}", refused(&with_pay), refused(&without));
}

/// Returnees spend their effort on sellers, shopkeepers on buyers; where both spend it alike, more shops come
/// of neither.
#[test]
fn returnees_recruit_sellers_and_shopkeepers_buyers() {
    let shops = |changes: &[(&str, &str)]| {
        // Everybody accepts and stays, so that there are as many stations of either kind, of like skill.
        let alike = [
            ("partner.returnee_outside", "0.001"),
            ("partner.shopkeeper_outside", "0.001"),
            ("partner.returnee_skill", "0.5"),
            ("partner.shopkeeper_skill", "0.5"),
            ("shop.partner_effect", "20.0"),
            ("shop.copying", "0.0"),
            ("shop.entry", "0.02"),
        ];
        let kinds =
            |kind: &'static str| [("programme.partner_kind", kind), ("programme.later_partner_kind", kind)];
        ["Returnees", "Shopkeepers"].map(|kind| {
            let all: Vec<_> = alike.into_iter().chain(kinds(kind)).chain(changes.iter().copied()).collect();
            let simulation = of(&all);
            let buyers = last(&simulation, Measure::Trial) + last(&simulation, Measure::Regular);
            (sum(&simulation, Measure::ShopsOpenedUnprompted), buyers)
        })
    };
    let [returnees, shopkeepers] = shops(&[]);
    assert!(returnees.0 as f64 > 1.2 * shopkeepers.0 as f64, "{returnees:?} {shopkeepers:?}");
    assert!(shopkeepers.1 > returnees.1, "{returnees:?} {shopkeepers:?}");
    let [returnees, shopkeepers] =
        shops(&[("partner.shopkeeper_selling", "0.25"), ("partner.returnee_selling", "0.25")]);
    assert!((returnees.0 as f64) < 1.2 * shopkeepers.0 as f64, "{returnees:?} {shopkeepers:?}");
}

/// Hours of training without trainers train nobody and cost nothing; trainers are paid, taught or not; and
/// those who are too few teach less than they are asked.
#[test]
fn training_needs_trainers_who_are_paid() {
    let hours = |simulation: &Simulation| sum(simulation, Measure::TrainingHours);
    let many = ("programme.training_hours", "80.0");
    let taught = of(&[many]);
    let nobody = of(&[many, ("programme.trainers", "0.0")]);
    let idle = of(&[("programme.training_hours", "0.0"), ("programme.refresher_hours", "0.0")]);
    let few = of(&[many, ("programme.trainers", "0.3")]);
    assert!(hours(&taught) > 1_000 && hours(&nobody) == 0 && hours(&idle) == 0);
    assert!(hours(&few) > 0 && hours(&few) < hours(&taught));
    let wages = |simulation: &Simulation| paid(simulation, Item::TrainerWages);
    assert!(wages(&taught) > 10_000.0 && wages(&nobody) == 0.0 && wages(&idle) == wages(&taught));
    assert_eq!(paid(&nobody, Item::PartnerTraining), 0.0);
    let skill = |simulation: &Simulation| {
        last(simulation, Measure::SkillThousandths) as f64
            / last(simulation, Measure::StationsOpen).max(1) as f64
    };
    assert!(skill(&taught) > skill(&nobody) + 100.0, "{} {}", skill(&taught), skill(&nobody));
}

/// What partners hold is what shops and shelves brought last month and they take home next; nothing stays.
fn pending(simulation: &Simulation) -> f64 {
    let held: i128 =
        simulation.counties().map(|county| county.book().ledger().totals().balance(Account::Partners)).sum();
    held as f64 / 100.0
}

/// Shops that use a partner's help pay for it, and their reputation grows faster; without a fee nobody pays,
/// and without a gain it is worth nothing.
#[test]
fn shops_pay_for_the_help_they_use() {
    let many =
        [("shop.entry", "0.03"), ("partner.sales_help_reach", "1.0"), ("partner.sales_help_fee", "0.05")];
    let run = |more: &[(&str, &str)]| of(&[many.as_slice(), more].concat());
    let (helped, useless) = (run(&[]), run(&[("partner.sales_help_gain", "0.0")]));
    let sales = |simulation: &Simulation| sum(simulation, Measure::ShopSales);
    assert!(paid(&helped, Item::SalesHelp) > 100.0);
    assert!(sales(&helped) > sales(&useless), "{} {}", sales(&helped), sales(&useless));
    let taken = sum(&helped, Measure::PartnerSalesHelp) as f64 / 100.0;
    let waiting = pending(&helped);
    assert!((paid(&helped, Item::SalesHelp) - taken - waiting).abs() < 1.0, "{taken} and {waiting} wait");
    assert_eq!(paid(&run(&[("partner.sales_help_fee", "0.0")]), Item::SalesHelp), 0.0);
}

/// Select stores take from the village's shops what they sell, and pay for their stock; what stays unsold
/// costs their partners.
#[test]
fn select_stores_sell_stock_that_is_paid_for_and_take_from_village_shops() {
    let all = ("programme.select_store_share", "1.0");
    let (none, stores) = (of(&[]), of(&[all]));
    let wasted = of(&[all, ("programme.select_store_unsold", "0.3")]);
    let sold = |simulation: &Simulation| paid(simulation, Item::SelectStoreSales);
    assert!(sold(&none) == 0.0 && sold(&stores) > 10_000.0);
    assert!(paid(&stores, Item::SelectStoreGoods) > 0.8 * sold(&stores));
    let put_in = |simulation: &Simulation| {
        paid(simulation, Item::PartnerCapital) / paid(simulation, Item::StationOwnCost)
    };
    assert!(put_in(&stores) > 2.4 && put_in(&none) < 1.5, "{} {}", put_in(&stores), put_in(&none));
    assert!(paid(&stores, Item::VillageShopIncome) < paid(&none, Item::VillageShopIncome) - 1_000.0);
    let earned = |simulation: &Simulation| sum(simulation, Measure::PartnerShelf);
    assert!(earned(&stores) > 0 && earned(&wasted) < 0, "{} {}", earned(&stores), earned(&wasted));
    assert!(paid(&stores, Item::StationFitting) > paid(&none, Item::StationFitting));
}

/// Masterclasses open shops where somebody is worth listening to, and the programme pays the seller.
#[test]
fn successful_sellers_teach_and_are_paid() {
    let base = [("shop.entry", "0.02"), ("shop.copying", "0.0"), ("programme.masterclass_effect", "0.2")];
    let run = |more: &[(&str, &str)]| of(&[base.as_slice(), more].concat());
    let (none, classes) = (run(&[]), run(&[("programme.masterclasses", "20.0")]));
    let opened = |simulation: &Simulation| sum(simulation, Measure::ShopsOpenedUnprompted) as f64;
    assert!(opened(&classes) > 1.2 * opened(&none), "{} {}", opened(&classes), opened(&none));
    let (fees, costs) = (paid(&classes, Item::MasterclassFee), paid(&classes, Item::MasterclassCost));
    assert!(fees > 20_000.0 && (costs - 1.5 * fees).abs() < 1.0, "{fees} {costs}");
    assert_eq!(paid(&none, Item::MasterclassFee), 0.0);
    // The wrong twin: nobody sells who could be listened to, and nobody is paid.
    let nobody = run(&[("programme.masterclasses", "20.0"), ("shop.entry", "0.0")]);
    assert_eq!(paid(&nobody, Item::MasterclassFee), 0.0);
}

/// Services save trips, each service by itself.
#[test]
fn bills_top_ups_and_tickets_are_three_services_that_save_trips() {
    let all = of(&[]);
    let no_tickets = of(&[("partner.tickets_per_household", "0.0")]);
    let count = |simulation: &Simulation, measure| sum(simulation, measure);
    for measure in [Measure::Bills, Measure::TopUps, Measure::Tickets] {
        assert!(count(&all, measure) > 0, "{measure:?}");
    }
    let parts: i64 =
        [Measure::Bills, Measure::TopUps, Measure::Tickets].iter().map(|&m| count(&all, m)).sum();
    assert_eq!(parts, count(&all, Measure::Services));
    assert_eq!(count(&no_tickets, Measure::Tickets), 0);
    assert!(count(&no_tickets, Measure::Bills) > 0);
    assert!(count(&no_tickets, Measure::TripCostSaved) < count(&all, Measure::TripCostSaved));
    assert!(count(&all, Measure::TripsSaved) > 0);
}

/// Some stations open late, and some never.
#[test]
fn some_stations_open_late_and_some_never() {
    let (usual, never) =
        (of(&[("programme.falls_through", "0.3")]), of(&[("programme.falls_through", "1.0")]));
    assert!(sum(&usual, Measure::OpeningsFailed) > 0 && sum(&usual, Measure::StationsOpened) > 0);
    assert_eq!(sum(&never, Measure::StationsOpened), 0);
    assert!(
        paid(&never, Item::StationFitting) > 0.0 && paid(&never, Item::StationOwnCost) > 0.0,
        "it is lost"
    );
    let months = |spread: &str| {
        let run = of(&[("programme.setup_spread", spread), ("programme.falls_through", "0.0")]);
        let opened = |month: &sim_core::metrics::area::AreaMonth| month.value(Measure::StationsOpened) > 0;
        run.gathered().nation.iter().filter(|month| opened(month)).count()
    };
    assert!(months("1.0") > months("0.0"));
}
