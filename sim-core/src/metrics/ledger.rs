//! A two-sided ledger of money, exact to the fen.
//!
//! Every payment has an item, and an item has a payer and a receiver: nobody can post half a payment. Item
//! totals and account balances are nevertheless kept apart, so that [`check()`] can hold one against the
//! other. Deriving the balances from the items was rejected: the check could then never fail.
//!
//! A county posts into its own [`Ledger`] (64-bit, three adds a payment); provinces and the nation merge
//! [`Totals`] (128-bit). Integer sums do not depend on their order, so threads and grouping cannot change
//! them. Amounts are posted as they count for the whole population: where a household stands for several,
//! whoever posts multiplies first. Balances are flows since the start, not wealth: they may be negative.

mod account;
mod check;
mod income;
mod item;
mod rows;
mod spending;
#[cfg(test)]
mod tests;
mod totals;

pub use account::Account;
pub use check::{LedgerError, check, check_months};
pub use income::{IncomeGap, IncomeSource, income_gap, is_rebate};
pub use item::Item;
pub use rows::{balance_table, item_table};
pub use spending::Payer;
pub use totals::{LedgerMonth, Totals};

use crate::base::{Money, Month, bounded};
use serde::{Deserialize, Serialize};

/// The ledger of one county, or of the nation's own payments \[fen\].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Ledger {
    /// Paid in the open month, by item.
    month: [i64; Item::COUNT],
    /// Received less paid since the start, by account.
    balances: [i64; Account::COUNT],
    /// Paid in all closed months, by item.
    closed: [i128; Item::COUNT],
}

impl Default for Ledger {
    fn default() -> Ledger {
        Ledger { month: [0; Item::COUNT], balances: [0; Account::COUNT], closed: [0; Item::COUNT] }
    }
}

impl Ledger {
    /// An empty ledger.
    pub fn new() -> Ledger {
        Ledger::default()
    }

    /// Records a payment of `amount` (not negative: money that comes back has an item of its own).
    #[inline]
    pub(crate) fn post(&mut self, item: Item, amount: Money) {
        debug_assert!(amount >= Money::ZERO, "{item}: {amount} is below zero");
        let fen = amount.fen();
        // No sound run comes near the bounds. Who forged a checkpoint may: its books then do not close, which
        // is told, where a panic would be taken for a fault of the program.
        let add = |sum: &mut i64, fen: i64| *sum = sum.saturating_add(fen);
        add(&mut self.month[item.at()], fen);
        add(&mut self.balances[item.from().at()], fen.saturating_neg());
        add(&mut self.balances[item.to().at()], fen);
    }

    /// Records a defaulted loan as the System of National Accounts 2008 records a cancelled debt: a transfer
    /// to the debtor and, with it, a repayment. No cash moves, and what shops owe falls.
    pub(crate) fn write_off(&mut self, amount: Money) {
        self.post(Item::CreditForgiven, amount);
        self.post(Item::CreditDefaulted, amount);
    }

    /// What was paid for `item` in the open month.
    pub(crate) const fn in_month(&self, item: Item) -> Money {
        Money::from_fen(self.month[item.at()])
    }

    /// What was paid for `item` since the start \[fen\].
    pub const fn total(&self, item: Item) -> i128 {
        self.closed[item.at()] + self.month[item.at()] as i128
    }

    /// What was paid for `item` in the open month.
    pub const fn open(&self, item: Item) -> Money {
        Money::from_fen(self.month[item.at()])
    }

    /// What `account` received less what it paid since the start.
    pub const fn balance(&self, account: Account) -> Money {
        Money::from_fen(self.balances[account.at()])
    }

    /// All sums since the start, for merging and checking.
    pub fn totals(&self) -> Totals {
        Totals::new(Item::ALL.map(|item| self.total(item)), self.wide_balances())
    }

    /// Ends the month: hands out its payments and the balances, and opens the next.
    pub(crate) fn close_month(&mut self, month: Month) -> LedgerMonth {
        let totals = Totals::new(self.month.map(i128::from), self.wide_balances());
        for (closed, fen) in self.closed.iter_mut().zip(&mut self.month) {
            *closed += i128::from(std::mem::take(fen));
        }
        LedgerMonth { month, totals }
    }

    fn wide_balances(&self) -> [i128; Account::COUNT] {
        self.balances.map(i128::from)
    }
}

/// A ledger as stored: by name, so that it outlives a change in the list of items.
#[derive(Serialize, Deserialize)]
struct Stored {
    /// The open month's payments, and the balances.
    open: Totals,
    /// The closed months' payments.
    closed: Totals,
}

impl From<Ledger> for Stored {
    fn from(ledger: Ledger) -> Stored {
        Stored {
            open: Totals::new(ledger.month.map(i128::from), ledger.wide_balances()),
            closed: Totals::new(ledger.closed, [0; Account::COUNT]),
        }
    }
}

impl TryFrom<Stored> for Ledger {
    type Error = &'static str;

    fn try_from(Stored { open, closed }: Stored) -> Result<Ledger, Self::Error> {
        let believed = |amount: i128| {
            let amount = i64::try_from(amount).ok().filter(|&amount| bounded::is_believed(amount));
            amount.ok_or(bounded::TOO_LARGE)
        };
        let mut ledger = Ledger::default();
        for item in Item::ALL {
            ledger.month[item.at()] = believed(open.item(item))?;
            ledger.closed[item.at()] = closed.item(item);
        }
        for account in Account::ALL {
            ledger.balances[account.at()] = believed(open.balance(account))?;
        }
        Ok(ledger)
    }
}
