//! The ledger as tables, one row per month and item or account.

use super::{Account, Item, LedgerMonth};
use crate::base::unit::unit;
use crate::metrics::table::{Column, Table, TableError};

/// Payments by month and item, with payer and receiver; items without payments have rows too.
///
/// # Errors
/// [`TableError::TooLarge`] for a sum beyond 64 bits.
pub fn item_table(months: &[LedgerMonth]) -> Result<Table, TableError> {
    let rows = || months.iter().flat_map(|month| Item::ALL.map(|item| (month, item)));
    let text = |name: fn(Item) -> &'static str| rows().map(|(_, item)| name(item)).collect::<Vec<_>>();
    let paid = rows().map(|(month, item)| narrow("paid", month.totals.item(item)));
    Table::new(
        "ledger",
        "Every payment between accounts, summed by month and item.",
        vec![
            Column::months("month", "The month of the payments.", rows().map(|(month, _)| month.month)),
            Column::text("item", "What was paid for.", text(Item::name)),
            Column::text("from", "The account that paid.", text(|item| item.from().name())),
            Column::text("to", "The account that received.", text(|item| item.to().name())),
            Column::integer(
                "paid",
                unit!(Fen),
                "The sum paid in the month.",
                paid.collect::<Result<Vec<_>, _>>()?,
            ),
        ],
    )
}

/// Closing balances by month and account.
///
/// # Errors
/// [`TableError::TooLarge`] for a sum beyond 64 bits.
pub fn balance_table(months: &[LedgerMonth]) -> Result<Table, TableError> {
    let rows = || months.iter().flat_map(|month| Account::ALL.map(|account| (month, account)));
    let names = rows().map(|(_, account)| account.name());
    let held = rows().map(|(month, account)| narrow("balance", month.totals.balance(account)));
    Table::new(
        "balances",
        "What each account received less what it paid, from the start to the month's end; sums to zero.",
        vec![
            Column::months("month", "The month at whose end.", rows().map(|(month, _)| month.month)),
            Column::text("account", "Whose balance.", names),
            Column::integer(
                "balance",
                unit!(Fen),
                "Received less paid.",
                held.collect::<Result<Vec<_>, _>>()?,
            ),
        ],
    )
}

fn narrow(column: &str, fen: i128) -> Result<i64, TableError> {
    i64::try_from(fen).map_err(|_| TableError::TooLarge { column: column.to_owned(), value: fen })
}
