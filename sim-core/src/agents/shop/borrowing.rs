//! A shop that borrows, for want of cash or to grow.

use super::{Credit, Shop, ShopMonth};
use crate::base::Money;
use crate::params::ShopParameters;

impl Shop {
    /// A month that left it without cash: it borrows what lenders give to one that they have not lost hope
    /// in, and the owner puts in the rest.
    pub(super) fn bridge(&mut self, p: &ShopParameters, credit: &Credit, month: &mut ShopMonth) {
        let short = (-self.cash).max(Money::ZERO);
        let hopeful = u32::from(self.lean_months) <= p.patience;
        month.bridged = if hopeful { short.min(credit.free(self.debt)) } else { Money::ZERO };
        month.loan += month.bridged;
        month.capital = short - month.bridged;
        self.debt += month.bridged;
        self.cash += short;
        let broke = month.capital > Money::ZERO;
        self.broke_months = if broke { self.broke_months.saturating_add(1) } else { 0 };
    }

    /// Pays for growth, with a loan where cash is short. Who can is asked before.
    pub(super) fn spend(&mut self, cost: Money, month: &mut ShopMonth) {
        let loan = (cost - self.cash).max(Money::ZERO);
        self.debt += loan;
        self.cash = self.cash + loan - cost;
        month.loan += loan;
        month.investment += cost;
    }
}
