//! Sums of a ledger: per item and per account, wide enough for a nation and a century.

use super::{Account, Item};
use crate::base::{Month, bounded};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Sums of money by item and by account \[fen\].
///
/// 128 bits, so that no number of counties or years overflows. Written as name and amount, so that a stored
/// ledger outlives a change in the list of items; positions were rejected, as a new item would silently
/// shift every amount after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    items: [i128; Item::COUNT],
    balances: [i128; Account::COUNT],
}

/// A month's payments and the balances at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerMonth {
    /// The calendar month.
    pub month: Month,
    /// Items: paid within the month. Balances: received less paid since the start, at the month's end.
    pub totals: Totals,
}

impl Default for Totals {
    fn default() -> Totals {
        Totals { items: [0; Item::COUNT], balances: [0; Account::COUNT] }
    }
}

impl Totals {
    pub(super) const fn new(items: [i128; Item::COUNT], balances: [i128; Account::COUNT]) -> Totals {
        Totals { items, balances }
    }

    /// What was paid for `item` \[fen\].
    pub const fn item(&self, item: Item) -> i128 {
        self.items[item.at()]
    }

    /// What `account` received less what it paid \[fen\].
    pub const fn balance(&self, account: Account) -> i128 {
        self.balances[account.at()]
    }

    /// What `account` paid, over all items \[fen\]. What it spent, without what it handed on, is
    /// [`Totals::spent_by`].
    pub fn paid_by(&self, account: Account) -> i128 {
        self.sum_where(|item| item.from() == account)
    }

    /// What `account` received, over all items \[fen\].
    pub fn received_by(&self, account: Account) -> i128 {
        self.sum_where(|item| item.to() == account)
    }

    pub(super) fn sum_where(&self, chosen: impl Fn(Item) -> bool) -> i128 {
        Item::ALL.into_iter().filter(|&item| chosen(item)).map(|item| self.item(item)).sum()
    }

    /// Adds another place's or another period's sums.
    pub(crate) fn merge(&mut self, other: &Totals) {
        add(&mut self.items, &other.items);
        add(&mut self.balances, &other.balances);
    }

    pub(super) const fn items_mut(&mut self) -> &mut [i128; Item::COUNT] {
        &mut self.items
    }

    pub(super) const fn balances_mut(&mut self) -> &mut [i128; Account::COUNT] {
        &mut self.balances
    }
}

fn add(sums: &mut [i128], others: &[i128]) {
    for (sum, other) in sums.iter_mut().zip(others) {
        *sum += other;
    }
}

/// As stored: what is not zero, by name.
#[derive(Serialize, Deserialize)]
struct Stored {
    items: Vec<(String, i128)>,
    balances: Vec<(String, i128)>,
}

impl Serialize for Totals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = |name: &str, amount: i128| (amount != 0).then(|| (name.to_owned(), amount));
        let items = Item::ALL.into_iter().filter_map(|item| entry(item.name(), self.item(item)));
        let balances =
            Account::ALL.into_iter().filter_map(|account| entry(account.name(), self.balance(account)));
        Stored { items: items.collect(), balances: balances.collect() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Totals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Totals, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        let amounts = stored.items.iter().chain(&stored.balances);
        if !amounts.map(|(_, amount)| *amount).all(bounded::is_believed_sum) {
            return Err(D::Error::custom(bounded::TOO_LARGE));
        }
        let mut totals = Totals::default();
        for (name, amount) in stored.items {
            let item = Item::named(&name).ok_or_else(|| unknown("item", &name))?;
            totals.items[item.at()] = amount;
        }
        for (name, amount) in stored.balances {
            let account = Account::ALL.into_iter().find(|account| account.name() == name);
            totals.balances[account.ok_or_else(|| unknown("account", &name))?.at()] = amount;
        }
        Ok(totals)
    }
}

fn unknown<E: Error>(what: &str, name: &str) -> E {
    E::custom(format_args!("the ledger has no {what} named `{name}`"))
}
