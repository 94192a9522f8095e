//! Credit of shops: who lends, how much at most, and at what price.
//!
//! A shop owes to the cheapest lenders whose limits reach: the public line, a bank, the platform. So its debt
//! is one sum, and what that costs follows from the limits of the month. Rejected: a debt to each lender,
//! which a shop would pay off and take again to owe the cheapest.

use super::Surroundings;
use crate::base::Money;
use crate::base::factor::MONTHS_IN_YEAR;
use crate::params::ShopParameters;

/// Who lends to shops.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Lender {
    /// What it lends at most.
    limit: Money,
    /// Interest \[per year\].
    rate: f64,
    /// Whether it is the public line.
    public: bool,
}

/// The credit that a shop can have in a month, from the cheapest lender to the dearest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Credit {
    lenders: [Lender; 3],
    /// What banks ask, up to which government pays interest on public credit \[per year\].
    usual_rate: f64,
}

impl Credit {
    /// For a shop of such sales a month.
    pub(crate) fn of(p: &ShopParameters, around: &Surroundings, sales: Money) -> Credit {
        let (line, rate) = around.credit.unwrap_or((0.0, p.interest));
        let mut lenders = [
            Lender { limit: Money::from_yuan(line), rate, public: true },
            Lender { limit: sales.share(p.credit_months * p.bank_credit), rate: p.interest, public: false },
            Lender { limit: sales.share(around.platform_credit), rate: p.platform_interest, public: false },
        ];
        lenders.sort_by(|a, b| a.rate.total_cmp(&b.rate));
        Credit { lenders, usual_rate: p.interest }
    }

    /// What a shop of such debt may still borrow.
    pub(crate) fn free(&self, debt: Money) -> Money {
        (self.lenders.iter().map(|lender| lender.limit).sum::<Money>() - debt).max(Money::ZERO)
    }

    /// What of a debt is owed to each lender; what exceeds all limits to the dearest.
    fn owed(&self, debt: Money) -> [Money; 3] {
        let mut left = debt;
        let mut owed = self.lenders.map(|lender| {
            let part = left.min(lender.limit);
            left -= part;
            part
        });
        owed[owed.len() - 1] += left;
        owed
    }

    /// Interest of a month on a debt.
    pub(crate) fn interest(&self, debt: Money) -> Money {
        let parts = self.lenders.iter().zip(self.owed(debt));
        parts.map(|(lender, part)| part.share(lender.rate / MONTHS_IN_YEAR)).sum()
    }

    /// What government pays lenders of it: the public line costs the shop less than a bank would ask.
    pub(crate) fn interest_support(&self, debt: Money) -> Money {
        let parts = self.lenders.iter().zip(self.owed(debt)).filter(|(lender, _)| lender.public);
        let saved = |rate: f64| (self.usual_rate - rate).max(0.0) / MONTHS_IN_YEAR;
        parts.map(|(lender, part)| part.share(saved(lender.rate))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::around;
    use super::*;

    fn yuan(yuan: f64) -> Money {
        Money::from_yuan(yuan)
    }

    /// By hand: 10,000 yuan of sales; a bank at 12 % gives 9,000, the platform at 15 % half a month's sales,
    /// and a public line of 6,000 costs 6 %. A debt of 18,000 is 6,000, 9,000 and 3,000: 30 + 90 + 37.50 yuan
    /// a month, and government pays the other 30 on the public part.
    #[test]
    fn a_debt_is_owed_to_the_cheapest_by_hand() {
        let mut p = ShopParameters::default();
        (p.interest, p.platform_interest, p.bank_credit, p.credit_months) = (0.12, 0.15, 0.3, 3.0);
        let line = Surroundings { credit: Some((6_000.0, 0.06)), platform_credit: 0.5, ..around() };
        let credit = Credit::of(&p, &line, yuan(10_000.0));
        assert_eq!(credit.free(Money::ZERO), yuan(20_000.0));
        assert_eq!(credit.free(yuan(25_000.0)), Money::ZERO);
        assert_eq!(credit.interest(yuan(18_000.0)), yuan(157.5));
        assert_eq!(credit.interest_support(yuan(18_000.0)), yuan(30.0));
        let without = Credit::of(&p, &Surroundings { credit: None, ..line }, yuan(10_000.0));
        assert_eq!(
            (without.free(Money::ZERO), without.interest_support(yuan(9_000.0))),
            (yuan(14_000.0), Money::ZERO)
        );
    }
}
