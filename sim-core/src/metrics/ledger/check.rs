//! A second opinion on the ledger: small, and sharing no code with the posting.

use super::{Account, Item, LedgerMonth, Totals};
use crate::base::Month;
use thiserror::Error;

/// What can be wrong with a ledger. Amounts in fen.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// A balance is not what the items say it is.
    #[error("the balance of {account} is {recorded} fen, but its items make {recomputed} fen")]
    Balance {
        /// Whose balance.
        account: Account,
        /// As kept by the postings.
        recorded: i128,
        /// Recomputed from the items.
        recomputed: i128,
    },
    /// The accounts do not sum to zero.
    #[error("all accounts together hold {sum} fen instead of none")]
    Sum {
        /// The sum of all balances.
        sum: i128,
    },
    /// An item's total is below zero, although no payment can be.
    #[error("the total of {item} is {total} fen, below zero")]
    Negative {
        /// Which item.
        item: Item,
        /// Its total.
        total: i128,
    },
    /// The months are not in order.
    #[error("month {month} does not come after the one before it")]
    Order {
        /// The month out of place.
        month: Month,
    },
}

/// Checks sums since the start: balances follow from the items, and all accounts sum to zero.
///
/// # Errors
/// Every fault found, accounts in order.
pub fn check(totals: &Totals) -> Result<(), Vec<LedgerError>> {
    let mut faults = Vec::new();
    for item in Item::ALL {
        let total = totals.item(item);
        if total < 0 {
            faults.push(LedgerError::Negative { item, total });
        }
    }
    for account in Account::ALL {
        let (recorded, recomputed) = (totals.balance(account), recomputed(totals, account));
        if recorded != recomputed {
            faults.push(LedgerError::Balance { account, recorded, recomputed });
        }
    }
    let sum: i128 = Account::ALL.into_iter().map(|account| totals.balance(account)).sum();
    if sum != 0 {
        faults.push(LedgerError::Sum { sum });
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn recomputed(totals: &Totals, account: Account) -> i128 {
    let mut balance = 0;
    for item in Item::ALL {
        if item.to() == account {
            balance += totals.item(item);
        }
        if item.from() == account {
            balance -= totals.item(item);
        }
    }
    balance
}

/// Checks a run's months from the start: each month's closing balances follow from all items so far.
///
/// # Errors
/// The first month with a fault, and its faults.
pub fn check_months(months: &[LedgerMonth]) -> Result<(), (Month, Vec<LedgerError>)> {
    let mut so_far = Totals::default();
    let mut last = None;
    for LedgerMonth { month, totals } in months {
        let month = *month;
        if last.is_some_and(|last| last >= month) {
            return Err((month, vec![LedgerError::Order { month }]));
        }
        last = Some(month);
        for item in Item::ALL {
            so_far.items_mut()[item.at()] += totals.item(item);
        }
        for account in Account::ALL {
            so_far.balances_mut()[account.at()] = totals.balance(account);
        }
        check(&so_far).map_err(|faults| (month, faults))?;
    }
    Ok(())
}
