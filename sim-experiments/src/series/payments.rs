//! Series of the nation's payments.

use super::kind::SeriesKind;
use sim_core::metrics::ledger::{Account, Item, LedgerMonth, Payer};

/// The payments that a name means.
pub(super) fn named(name: &str) -> Option<SeriesKind> {
    let account = |name: &str| Account::ALL.into_iter().find(|account| account.name() == name);
    if let Some(payer) = Payer::named(name) {
        return Some(SeriesKind::SpentBy(payer));
    }
    if let Some(rest) = name.strip_prefix("paid_by_") {
        return account(rest).map(SeriesKind::PaidBy);
    }
    if let Some(rest) = name.strip_prefix("paid_to_") {
        return account(rest).map(SeriesKind::PaidTo);
    }
    Item::named(name.strip_prefix("paid_for_")?).map(SeriesKind::PaidFor)
}

/// All names.
pub(super) fn names() -> impl Iterator<Item = String> {
    let by = Account::ALL.into_iter().map(|account| format!("paid_by_{}", account.name()));
    let to = Account::ALL.into_iter().map(|account| format!("paid_to_{}", account.name()));
    let items = Item::ALL.into_iter().map(|item| format!("paid_for_{}", item.name()));
    let spent = Payer::ALL.into_iter().map(|payer| payer.series().to_owned());
    by.chain(to).chain(items).chain(spent)
}

/// What was paid in a month \[yuan\]; not-a-number for a series that is none of payments.
pub(super) fn paid(kind: SeriesKind, month: &LedgerMonth) -> f64 {
    let fen = match kind {
        SeriesKind::PaidBy(account) => month.totals.paid_by(account),
        SeriesKind::PaidTo(account) => month.totals.received_by(account),
        SeriesKind::PaidFor(item) => month.totals.item(item),
        SeriesKind::SpentBy(payer) => month.totals.spent_by(payer),
        SeriesKind::Measure(_) | SeriesKind::Outcome(_) | SeriesKind::Village(_) => return f64::NAN,
    };
    fen as f64 / 100.0
}
