//! What a plan costs, and whose account it is paid from: the one definition for pages, comparisons, the
//! window and Python.
//!
//! Not every payment of an account is spending on a plan. What is handed on (a tranche to the programme, a
//! bill to the company that issued it) would be counted twice, and pensions are paid under every plan alike.
//! What is left is each payer's spending; the sum over payers is what all of them spent together, each
//! payment once.

use super::{Account, Item, Totals};

/// Who pays for a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payer {
    /// The programme's treasury.
    Programme,
    /// The platform that runs the programme, beside what it gives to the programme.
    Platform,
    /// Central and local government.
    Government,
    /// The three together.
    Together,
}

impl Payer {
    /// All payers, in the order of pages; the sum last.
    pub const ALL: [Payer; 4] = [Payer::Programme, Payer::Platform, Payer::Government, Payer::Together];

    /// The name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Payer::Programme => "programme",
            Payer::Platform => "platform",
            Payer::Government => "government",
            Payer::Together => "all",
        }
    }

    /// The name of its column, series and headline figure: `spent_by_programme`.
    pub const fn series(self) -> &'static str {
        match self {
            Payer::Programme => "spent_by_programme",
            Payer::Platform => "spent_by_platform",
            Payer::Government => "spent_by_government",
            Payer::Together => "spent_by_all",
        }
    }

    /// What counts as its spending, in a sentence.
    pub const fn definition(self) -> &'static str {
        match self {
            Payer::Programme => {
                "Spent by the programme: centres, stations, partners' base pay, training, promotion, \
                 carriage; not what it gives back."
            }
            Payer::Platform => {
                "Spent by the platform beside its tranches: commission and fees passed on to partners, \
                 subsidies to buyers and sellers; not bills passed on."
            }
            Payer::Government => {
                "Spent by government on measures and grants; not pensions, allowances and relief, which it \
                 pays under every plan."
            }
            Payer::Together => "Spent by programme, platform and government together, each payment once.",
        }
    }

    /// The payer of this series, if there is one.
    pub fn named(series: &str) -> Option<Payer> {
        Payer::ALL.into_iter().find(|payer| payer.series() == series)
    }

    /// The payer whose spending a payment from this account is.
    pub const fn of(account: Account) -> Option<Payer> {
        match account {
            Account::Programme => Some(Payer::Programme),
            Account::Platform => Some(Payer::Platform),
            Account::Government => Some(Payer::Government),
            _ => None,
        }
    }

    /// Whether a payment for the item is this payer's spending.
    pub fn spends(self, item: Item) -> bool {
        let passed_on = matches!(
            item,
            Item::Tranche
                | Item::TrancheReturned
                | Item::BillSettlement
                | Item::SocialTransfers
                | Item::Relief
        );
        let payer = Payer::of(item.from());
        !passed_on && payer.is_some() && (self == Payer::Together || payer == Some(self))
    }
}

impl Totals {
    /// What a payer spent \[fen\].
    pub fn spent_by(&self, payer: Payer) -> i128 {
        self.sum_where(|item| payer.spends(item))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Ledger;
    use super::*;
    use crate::base::Money;

    #[test]
    fn every_payment_of_a_payer_is_spent_once_or_handed_on() {
        let mut ledger = Ledger::new();
        for (at, item) in Item::ALL.into_iter().enumerate() {
            ledger.post(item, Money::from_fen(1 << (at % 20)));
        }
        let totals = ledger.totals();
        let parts = [Payer::Programme, Payer::Platform, Payer::Government];
        let sum: i128 = parts.into_iter().map(|payer| totals.spent_by(payer)).sum();
        assert_eq!(sum, totals.spent_by(Payer::Together));
        let handed_on = [
            (Account::Programme, vec![Item::TrancheReturned]),
            (Account::Platform, vec![Item::Tranche, Item::BillSettlement]),
            (Account::Government, vec![Item::SocialTransfers, Item::Relief]),
        ];
        for (account, items) in handed_on {
            let payer = Payer::of(account).unwrap();
            let rest: i128 = items.iter().map(|&item| totals.item(item)).sum();
            assert_eq!(totals.spent_by(payer) + rest, totals.paid_by(account), "{account}");
        }
    }

    #[test]
    fn the_platform_s_commission_and_subsidies_are_costs() {
        for item in
            [Item::PartnerCommission, Item::PartnerServiceFees, Item::BuyerSubsidy, Item::SellerSubsidy]
        {
            assert!(Payer::Platform.spends(item) && Payer::Together.spends(item), "{item}");
            assert!(!Payer::Programme.spends(item), "{item}");
        }
        assert!(!Payer::Together.spends(Item::RivalPromoters));
    }

    #[test]
    fn series_name_their_payers() {
        for payer in Payer::ALL {
            assert_eq!(Payer::named(payer.series()), Some(payer));
            assert!(payer.series().ends_with(payer.name()) && payer.definition().ends_with('.'));
        }
    }
}
