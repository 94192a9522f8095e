//! A county's accounts: the book, and what the nation is told of the month.

use crate::base::Money;
use crate::event::CountyReport;
use crate::metrics::book::CountyBook;
use crate::metrics::ledger::{IncomeGap, Item};
use serde::{Deserialize, Serialize};

/// What has happened and what was paid in a county.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Accounts {
    /// Measures, distributions and payments.
    pub book: CountyBook,
    /// The month's figures for the nation.
    pub report: CountyReport,
    /// The first month in which incomes of households were not what the ledger paid them.
    pub income_gap: Option<IncomeGap>,
}

impl Accounts {
    /// Books an investment of the programme.
    pub(crate) fn invest(&mut self, item: Item, amount: Money) {
        self.book.pay(item, amount);
        self.report.investment += amount;
    }

    /// Books a running cost of the programme.
    pub fn run(&mut self, item: Item, amount: Money) {
        self.book.pay(item, amount);
        self.report.running_cost += amount;
    }

    /// Books what the programme is paid, which its running cost is less.
    pub(crate) fn recover(&mut self, item: Item, amount: Money) {
        self.book.pay(item, amount);
        self.report.running_cost -= amount;
    }

    /// Closes the report, and begins the next with the stocks that go on.
    pub(crate) fn take_report(&mut self) -> CountyReport {
        let report = std::mem::take(&mut self.report);
        self.report.attraction = report.attraction;
        self.report.stations = report.stations;
        report
    }
}

/// What of a month's amount falls on a part of the month; the amount itself, to the bit, for a whole one.
pub(super) fn accrued(amount: Money, part: f64) -> Money {
    if part >= 1.0 { amount } else { amount.share(part) }
}
