use super::*;
use crate::base::Date;
use proptest::prelude::*;

fn month(number: u16) -> Month {
    Date::new(2015, 1, 1).map_or(Month(0), |date| Month(date.month().0 + number))
}

fn postings() -> impl Strategy<Value = Vec<(usize, i64)>> {
    prop::collection::vec((0..Item::COUNT, 0..1_000_000_000_i64), 1..200)
}

fn posted(postings: &[(usize, i64)]) -> Ledger {
    let mut ledger = Ledger::new();
    for &(item, fen) in postings {
        ledger.post(Item::ALL[item], Money::from_fen(fen));
    }
    ledger
}

#[test]
fn items_are_distinct_two_sided_and_in_order() {
    for (index, item) in Item::ALL.into_iter().enumerate() {
        assert_eq!(item.at(), index);
        let within = item == Item::ShopSubcontracts;
        assert_eq!(item.from() == item.to(), within, "{item} pays itself");
        assert_eq!(Item::named(item.name()), Some(item), "two items are named {item}");
        assert!(item.definition().ends_with('.'), "{item}");
    }
    for (index, account) in Account::ALL.into_iter().enumerate() {
        assert_eq!(account.at(), index);
        let used = Item::ALL.into_iter().any(|item| item.from() == account || item.to() == account);
        assert!(used, "{account} never pays nor receives");
    }
}

/// A purchase of 100 yuan through a service centre at 4 % commission, worked by hand.
#[test]
fn a_purchase_through_a_service_centre() {
    let mut ledger = Ledger::new();
    ledger.post(Item::StationPurchase, Money::from_yuan(100.0));
    ledger.post(Item::StationCommission, Money::from_yuan(4.0));
    ledger.post(Item::PartnerCommission, Money::from_yuan(4.0));
    ledger.post(Item::MerchantParcels, Money::from_yuan(6.5));
    assert_eq!(ledger.balance(Account::Households), Money::from_yuan(-100.0));
    assert_eq!(ledger.balance(Account::Merchants), Money::from_yuan(89.5));
    assert_eq!(ledger.balance(Account::Platform), Money::ZERO);
    assert_eq!(ledger.balance(Account::Partners), Money::from_yuan(4.0));
    assert_eq!(ledger.totals().paid_by(Account::Merchants), 1_050);
    assert_eq!(ledger.totals().received_by(Account::Merchants), 10_000);
    assert_eq!(check(&ledger.totals()), Ok(()));
}

#[test]
fn a_default_moves_no_cash_and_ends_the_debt() {
    let mut ledger = Ledger::new();
    ledger.post(Item::CreditGranted, Money::from_yuan(50_000.0));
    ledger.post(Item::CreditRepaid, Money::from_yuan(20_000.0));
    let before = ledger.balance(Account::Shops);
    ledger.write_off(Money::from_yuan(30_000.0));
    assert_eq!(ledger.balance(Account::Shops), before);
    let left = ledger.total(Item::CreditGranted) - ledger.total(Item::CreditRepaid);
    assert_eq!(left - ledger.total(Item::CreditDefaulted), 0);
    assert_eq!(ledger.total(Item::CreditForgiven), 3_000_000);
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "below zero")]
fn a_negative_payment_is_refused() {
    Ledger::new().post(Item::Refund, Money::from_fen(-1));
}

#[test]
fn months_out_of_order_are_named() {
    let mut ledger = Ledger::new();
    let months = [ledger.close_month(month(1)), ledger.close_month(month(1))];
    let fault = LedgerError::Order { month: month(1) };
    assert_eq!(check_months(&months), Err((month(1), vec![fault])));
}

#[test]
fn an_unknown_item_in_a_stored_ledger_is_refused() {
    let mut ledger = posted(&[(0, 5)]);
    let _ = ledger.close_month(month(0));
    let mut bytes = postcard::to_stdvec(&ledger).unwrap();
    let name = bytes.windows(7).position(|window| window == b"station").unwrap();
    bytes[name] = b'S';
    assert!(postcard::from_bytes::<Ledger>(&bytes).is_err());
}

#[test]
fn tables_carry_every_payment_and_close() {
    let mut ledger = posted(&[(0, 5), (3, 70), (Item::COUNT - 1, 900)]);
    let months = [ledger.close_month(month(0)), ledger.close_month(month(1))];
    let items = item_table(&months).unwrap();
    assert_eq!(items.rows(), 2 * Item::COUNT);
    assert_eq!(items.integers("paid").unwrap().iter().sum::<i64>(), 975);
    let balances = balance_table(&months).unwrap();
    assert_eq!(balances.rows(), 2 * Account::COUNT);
    assert_eq!(balances.integers("balance").unwrap().iter().sum::<i64>(), 0);
}

proptest! {
    #[test]
    fn random_payments_close(first in postings(), second in postings()) {
        let mut ledger = posted(&first);
        let mut months = vec![ledger.close_month(month(0))];
        for &(item, fen) in &second {
            ledger.post(Item::ALL[item], Money::from_fen(fen));
        }
        prop_assert_eq!(check(&ledger.totals()), Ok(()));
        months.push(ledger.close_month(month(1)));
        prop_assert_eq!(check_months(&months), Ok(()));
        let all: Vec<_> = first.iter().chain(&second).copied().collect();
        prop_assert_eq!(posted(&all).totals(), ledger.totals());
    }

    /// The negative control: one fen on one side only, in any account or item, at any size of ledger.
    #[test]
    fn a_one_sided_error_is_caught(postings in postings(), place in 0..Account::COUNT + Item::COUNT) {
        // What is paid within an account has both sides there.
        prop_assume!(place != Account::COUNT + Item::ShopSubcontracts.at());
        let mut ledger = posted(&postings);
        match place.checked_sub(Account::COUNT) {
            None => ledger.balances[place] += 1,
            Some(item) => ledger.month[item] += 1,
        }
        let faults = check(&ledger.totals()).unwrap_err();
        prop_assert_eq!(faults.len(), 2, "{:?}", faults);
        let months = [ledger.close_month(month(0))];
        prop_assert_eq!(check_months(&months), Err((month(0), faults)));
    }

    /// Two balances wrong by opposite amounts sum to zero: only the recomputation sees it.
    #[test]
    fn errors_that_cancel_are_caught(postings in postings(), account in 1..Account::COUNT) {
        let mut ledger = posted(&postings);
        ledger.balances[0] += 7;
        ledger.balances[account] -= 7;
        prop_assert_eq!(check(&ledger.totals()).unwrap_err().len(), 2);
    }

    #[test]
    fn merging_counties_in_any_order_is_one_ledger(
        first in postings(), second in postings(), third in postings()
    ) {
        let [a, b, c] = [&first, &second, &third].map(|county| posted(county).totals());
        let (mut left, mut right) = (a.clone(), c);
        left.merge(&b);
        left.merge(&right);
        right.merge(&b);
        right.merge(&a);
        prop_assert_eq!(&left, &right);
        let all: Vec<_> = [first, second, third].concat();
        prop_assert_eq!(posted(&all).totals(), left);
    }

    #[test]
    fn a_stored_ledger_comes_back(first in postings(), second in postings()) {
        let mut ledger = posted(&first);
        let _ = ledger.close_month(month(0));
        for &(item, fen) in &second {
            ledger.post(Item::ALL[item], Money::from_fen(fen));
        }
        let bytes = postcard::to_stdvec(&ledger).unwrap();
        prop_assert_eq!(postcard::from_bytes::<Ledger>(&bytes).unwrap(), ledger);
    }
}

/// As a forged checkpoint has them: what is beyond 64 bits is no panic, and the books do not close.
#[test]
fn amounts_beyond_all_reason_are_told_by_the_check() {
    for (first, second) in [(i64::MAX, 1), (i64::MAX - 5, i64::MAX), (i64::MAX, i64::MAX)] {
        let ledger = posted(&[(Item::StationPurchase.at(), first), (Item::StationPurchase.at(), second)]);
        assert!(check(&ledger.totals()).is_err(), "{first} and {second}");
    }
}
