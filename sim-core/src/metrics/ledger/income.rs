//! What of the ledger is income of households, by source: the one list by which incomes and books are held
//! against each other.
//!
//! A household's income is what the ledger pays it, less what it pays into businesses of its own. Money back
//! for goods and coupons are no income: they make purchases cheaper.

use super::{Account, Item, Ledger, Totals};
use crate::base::{Money, Month};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares the sources: variant, name, what is received, what is paid for it, definition.
macro_rules! sources {
    ($($variant:ident, $name:literal, [$($gained:ident),*], [$($paid:ident),*], $definition:literal;)+) => {
        /// Where income of households comes from.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum IncomeSource {
            $(#[doc = $definition] $variant,)+
        }

        impl IncomeSource {
            /// All sources, in order.
            pub const ALL: [IncomeSource; IncomeSource::COUNT] = [$(IncomeSource::$variant),+];
            /// How many there are.
            pub const COUNT: usize = [$(IncomeSource::$variant),+].len();

            /// The name used in messages.
            pub const fn name(self) -> &'static str {
                match self { $(IncomeSource::$variant => $name),+ }
            }

            /// What households receive.
            pub const fn received(self) -> &'static [Item] {
                match self { $(IncomeSource::$variant => &[$(Item::$gained),*]),+ }
            }

            /// What households pay for it, which is taken off.
            pub const fn paid(self) -> &'static [Item] {
                match self { $(IncomeSource::$variant => &[$(Item::$paid),*]),+ }
            }
        }
    };
}

sources! {
    Farm, "farming", [FarmIncome, ShopProduce], [FarmInputPurchase],
        "Farming and small business other than shops, less farm inputs bought online.";
    VillageShops, "village shops", [VillageShopIncome], [],
        "What keepers of village shops with a counter earn.";
    Rents, "rents", [ShopRent], [], "Rents of rooms, yards and halls that shops use.";
    Wages, "wages near home", [OutsideWages, CourierWages, CountyCentreStaff, TrainerWages, RivalPromoters],
        [], "Wages near home, those of shops aside.";
    Transfers, "transfers", [SocialTransfers], [], "Pensions and allowances.";
    Relief, "relief", [Relief], [], "Relief for the poorest.";
    Remittances, "money sent home", [Remittances], [], "Money sent home by members away.";
    ShopWages, "wages from village shops", [ShopWages], [], "Wages from shops that sell online.";
    OwnShops, "own shops", [OwnerDrawings], [FounderCapital],
        "What shops of its own bring in, less what is put into them.";
    Station, "the station", [PartnerDrawings], [PartnerCapital],
        "What the partner of a service centre takes home, less own money put into it.";
}

impl IncomeSource {
    /// As a subscript.
    pub const fn at(self) -> usize {
        self as usize
    }

    fn sum(self, of: impl Fn(Item) -> i128) -> i128 {
        let received: i128 = self.received().iter().map(|&item| of(item)).sum();
        received - self.paid().iter().map(|&item| of(item)).sum::<i128>()
    }
}

impl Ledger {
    /// Income of households from a source in the open month \[fen\].
    pub fn income(&self, source: IncomeSource) -> i128 {
        source.sum(|item| i128::from(self.month[item.at()]))
    }
}

impl Totals {
    /// Income of households from a source \[fen\].
    pub fn income(&self, source: IncomeSource) -> i128 {
        source.sum(|item| self.item(item))
    }
}

/// Whether an item that pays households makes purchases cheaper, rather than being income.
pub const fn is_rebate(item: Item) -> bool {
    matches!(item, Item::Refund | Item::BuyerSubsidy)
}

/// Incomes of a month from a source that are not what the ledger paid.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncomeGap {
    /// The month.
    pub month: Month,
    /// The source.
    pub source: IncomeSource,
    /// What all households have from it \[yuan\].
    pub households: f64,
    /// What the ledger paid \[yuan\].
    pub ledger: f64,
}

impl fmt::Display for IncomeGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let IncomeGap { month, source, households, ledger } = self;
        write!(
            f,
            "in {month} households have {households:.2} yuan from {}, but the ledger paid {} {ledger:.2} \
             yuan",
            source.name(),
            Account::Households
        )
    }
}

/// By how much sums may differ through rounding: a part, and an amount \[yuan\].
const ROUNDING: (f64, f64) = (1e-6, 1.0);

/// The first source of which households have another income in the open month \[yuan\] than the ledger paid.
pub fn income_gap(
    month: Month,
    households: &[f64; IncomeSource::COUNT],
    ledger: &Ledger,
) -> Option<IncomeGap> {
    IncomeSource::ALL.into_iter().find_map(|source| {
        let (has, paid) = (households[source.at()], Money::from_fen(ledger.income(source) as i64).yuan());
        let apart = (has - paid).abs() > ROUNDING.0 * paid.abs() + ROUNDING.1;
        (apart || has.is_nan()).then_some(IncomeGap { month, source, households: has, ledger: paid })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_payment_to_households_is_income_once_or_a_rebate() {
        for item in Item::ALL {
            let listed = |of: fn(IncomeSource) -> &'static [Item]| {
                IncomeSource::ALL.into_iter().filter(|&source| of(source).contains(&item)).count()
            };
            let (received, paid) = (listed(IncomeSource::received), listed(IncomeSource::paid));
            let expected = usize::from(item.to() == Account::Households && !is_rebate(item));
            assert_eq!(received, expected, "{item}");
            assert!(paid <= usize::from(item.from() == Account::Households), "{item}");
        }
    }

    /// An owner who takes 300 yuan home and puts 500 in has lost 200, by hand; a yuan and a half that the
    /// ledger paid nobody is noticed.
    #[test]
    fn what_an_owner_puts_in_is_taken_off_and_gaps_are_noticed() {
        let mut ledger = Ledger::new();
        ledger.post(Item::OwnerDrawings, Money::from_yuan(300.0));
        ledger.post(Item::FounderCapital, Money::from_yuan(500.0));
        assert_eq!(ledger.income(IncomeSource::OwnShops), -20_000);
        let mut households = [0.0; IncomeSource::COUNT];
        households[IncomeSource::OwnShops.at()] = -200.0;
        assert_eq!(income_gap(Month(170), &households, &ledger), None);
        households[IncomeSource::Station.at()] = 1.5;
        let gap = income_gap(Month(170), &households, &ledger).unwrap();
        assert_eq!(
            gap.to_string(),
            "in 2014-03 households have 1.50 yuan from the station, but the ledger paid households 0.00 yuan"
        );
        ledger.post(Item::PartnerDrawings, Money::from_yuan(1.5));
        assert_eq!(income_gap(Month(170), &households, &ledger), None);
    }
}
