//! A shop's life: credit and rent support reach those who are short, families share orders that are too large
//! for one, shops grow by machines and rooms, and a followed shop has its months in a table.

use super::support::{COUNTIES, counties, last, run, sum, with};
use sim_core::event::Measure;
use sim_core::metrics::ledger::Item;
use sim_core::simulation::Simulation;

/// Two counties for a year in which many shops open; every household looked at every month.
fn year(changes: &[(&str, &str)]) -> Simulation {
    let base = [
        ("report.household_interval", "1"),
        ("shop.history", "2014-10-01"),
        ("shop.entry", "0.05"),
        ("programme.enabled", "false"),
        ("government.demonstration", "false"),
    ];
    let simulation = run(&with(with(counties(&COUNTIES[..2], 5), &base), changes));
    assert!(simulation.audit().closes(), "{:?}", simulation.audit().messages);
    simulation
}

fn paid(simulation: &Simulation, item: Item) -> f64 {
    simulation.counties().map(|county| county.book().ledger().total(item) as f64 / 100.0).sum()
}

/// A line of credit keeps shops open that would close for want of cash, and costs government interest and
/// defaults. The twin of a line of nothing changes nothing but is asked for all the same.
#[test]
fn a_line_of_credit_reaches_shops_that_are_short_of_cash() {
    // Shops begin with little, cost much and have no other credit.
    let poor = [("shop.start_cash", "500.0"), ("shop.bank_credit", "0.0"), ("shop.platform_credit", "0.0")];
    let with_line = |line: &'static str| {
        let lever = [("government.credit_target", "Everywhere"), ("government.credit_line", line)];
        year(&[&poor[..], &lever[..]].concat())
    };
    let (line, twin, none) = (with_line("50000.0"), with_line("0.0"), year(&poor));
    let open = |s: &Simulation| last(s, Measure::Shops);
    assert!(open(&line) > open(&none), "{} shops and {}", open(&line), open(&none));
    assert_eq!(open(&twin), open(&none), "the twin");
    for item in [Item::CreditGranted, Item::InterestSupport] {
        assert!(paid(&line, item) > 0.0 && paid(&twin, item) == 0.0 && paid(&none, item) == 0.0, "{item}");
    }
    assert!(paid(&line, Item::FounderCapital) < paid(&none, Item::FounderCapital), "owners put less in");
    let lent = last(&line, Measure::ShopDebt) as f64 / 100.0;
    let gone = paid(&line, Item::CreditRepaid) + paid(&line, Item::CreditDefaulted);
    assert!((paid(&line, Item::CreditGranted) - gone - lent).abs() < 0.01, "what is lent is owed");
    assert!(paid(&line, Item::CreditGuarantee) <= paid(&line, Item::CreditDefaulted));
}

/// Rents go to households; support pays a part of those of young shops and workshops, and owners keep more.
#[test]
fn rent_support_pays_rents_and_leaves_owners_more() {
    let lever = |share: &'static str| {
        year(&[("government.rent_target", "Everywhere"), ("government.rent_support", share)])
    };
    let (half, twin, none) = (lever("0.5"), lever("0.0"), year(&[]));
    assert!(paid(&none, Item::ShopRent) > 0.0 && paid(&none, Item::RentSupport) == 0.0);
    assert_eq!(paid(&twin, Item::RentSupport), 0.0);
    // Every shop is young in its first year: half of all rents, to the fen for each.
    let (rent, support) = (paid(&half, Item::ShopRent), paid(&half, Item::RentSupport));
    assert!((support / rent - 0.5).abs() < 0.002, "{support} of {rent}");
    let own = |s: &Simulation| paid(s, Item::OwnerDrawings) - paid(s, Item::FounderCapital);
    assert!(own(&half) > own(&none), "{} and {}", own(&half), own(&none));
}

/// Demand that exceeds what a family can make is met by others of the village and trade, who are paid. The
/// twin in which nobody helps sells less, with as much demand.
#[test]
fn families_share_orders_that_are_too_large_for_one() {
    let pressed = [("market.ordinary_sales", "5000.0"), ("shop.growth_months", "60")];
    let (help, none) = (year(&pressed), year(&[&pressed[..], &[("shop.cooperation", "0.0")]].concat()));
    let shared = sum(&help, Measure::ShopShared);
    assert!(shared > 0 && sum(&none, Measure::ShopShared) == 0);
    let sales = |s: &Simulation| sum(s, Measure::ShopSales) + sum(s, Measure::ShopExports);
    assert!(sales(&help) > sales(&none), "{} and {}", sales(&help), sales(&none));
    let paid_to_shops = paid(&help, Item::ShopSubcontracts);
    assert!((paid_to_shops / (shared as f64 / 100.0) - 0.75).abs() < 0.001, "{paid_to_shops} for {shared}");
}

/// Who cannot pay for rooms and machines stays at home: with cheap ones there are workshops and factories,
/// with dear ones none. Machines are bought, and hands in workshops have one each.
#[test]
fn workshops_and_factories_need_rooms_and_machines() {
    let growing = [("market.ordinary_sales", "20000.0"), ("shop.factory_workers", "4")];
    let at = |rooms: &'static str, halls: &'static str| {
        year(&[&growing[..], &[("shop.workshop_cost", rooms), ("shop.factory_cost", halls)]].concat())
    };
    let (cheap, dear) = (at("5000.0", "10000.0"), at("10000000.0", "10000000.0"));
    assert!(last(&cheap, Measure::Workshops) > 0 && last(&cheap, Measure::Factories) > 0);
    assert_eq!(last(&dear, Measure::Workshops) + last(&dear, Measure::Factories), 0);
    assert_eq!(last(&dear, Measure::ShopMachines), 0);
    assert!(paid(&cheap, Item::ShopInvestment) > 5_000.0);
    for shop in cheap.counties().flat_map(|county| county.shops()) {
        assert!(shop.machines == 0 || shop.workers <= shop.machines, "{shop:?}");
    }
}

/// Village shops lose what goes online, and some close; where incomes are higher there are more.
#[test]
fn village_shops_follow_what_is_spent_in_them() {
    let shops = |changes: &[(&str, &str)]| last(&year(changes), Measure::VillageShops);
    let usual = shops(&[]);
    let online =
        shops(&[("household.self_service_variety", "40.0"), ("household.trial_self_service", "15.0")]);
    assert!(online < usual, "{online} of {usual}");
    let few = shops(&[("income.village_shop_customers", "400.0")]);
    assert!(few < usual, "{few} of {usual}");
}

/// Promoters are paid of the retailer's orders and bring it buyers; unpaid they bring none.
#[test]
fn promoters_are_paid_and_recruit() {
    let paid_so = |share: &'static str| {
        year(&[("platform.retailer_entry", "2014-10-01"), ("platform.promoter_commission", share)])
    };
    let (none, some, more) = (paid_so("0.0"), paid_so("0.03"), paid_so("0.12"));
    assert_eq!((paid(&none, Item::RivalPromoters), last(&none, Measure::BuyersRetailer)), (0.0, 0));
    assert!(paid(&some, Item::RivalPromoters) > 0.0);
    assert!(last(&more, Measure::BuyersRetailer) > last(&some, Measure::BuyersRetailer));
    assert!(paid(&more, Item::RivalPromoters) > 2.0 * paid(&some, Item::RivalPromoters));
}

/// A followed shop has a row for each of its months, up to the one in which it closes; who imitated it is
/// named, and the same shops are followed however the run is cut into threads. The twin that follows nobody
/// has no rows.
#[test]
fn a_followed_shop_has_its_months_in_a_table() {
    let lively =
        [("shop.success_ratio", "0.0"), ("shop.copying", "40.0"), ("market.ordinary_sales", "3000.0")];
    let followed = year(&[&lively[..], &[("report.followed", "12")]].concat());
    let rows = &followed.gathered().shop_lives;
    assert!(rows.len() > 30, "only {} months", rows.len());
    let key = |row: &(u32, sim_core::model::FollowedShopRow)| (row.0, row.1.village, row.1.shop.number);
    for (at, row) in rows.iter().enumerate() {
        let next = rows[at + 1..].iter().find(|other| key(other) == key(row));
        if let Some(next) = next {
            assert!(!row.1.closed && next.1.month == row.1.month.next() && next.1.shop.age >= row.1.shop.age);
        }
    }
    assert!(rows.iter().any(|(_, row)| !row.copied_by.is_empty()), "nobody is imitated");
    let nobody = year(&[&lively[..], &[("report.followed", "0")]].concat());
    assert!(nobody.gathered().shop_lives.is_empty());
    assert_eq!(
        sum(&nobody, Measure::ShopSales),
        sum(&followed, Measure::ShopSales),
        "looking changes nothing"
    );
}
