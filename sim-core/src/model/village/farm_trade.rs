//! The farm's trade online: what it saves on inputs, and what its produce brings beyond the offline market.
//!
//! Farm income is stated net of costs at the town's prices, for produce sold to traders. Inputs bought online
//! cost less than the town asks; produce that online shops buy brings more than traders pay. Both are kept as
//! what they add to that income: inputs as they are bought in a month, produce for twelve months, since
//! harvests come once a year and a household lives on them all year.

use super::Village;
use super::living::LivingTerms;
use super::work::farm;
use crate::agents::household::Household;
use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::{Money, Month};
use crate::params::Parameters;

/// Farm produce that online shops of a county buy in a month \[yuan, at the farm gate\].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::model) struct Produce {
    /// What shops want.
    pub wanted: f64,
    /// What farms of the shops' own villages sell them.
    pub inside: f64,
    /// What other farms could sell.
    pub free: f64,
}

/// Price of produce at the farm gate offline over that online.
pub(in crate::model) fn offline_price(p: &Parameters) -> f64 {
    p.shop.farm_gate_offline / p.shop.farm_gate_online
}

impl Village {
    /// What a farm of a household yields, over one of the national mean's income, size and working time.
    pub(super) fn farm_size(&self, p: &Parameters, household: &Household, time: f64) -> f64 {
        household.income_ratio() * f64::from(household.members) * farm(&p.income, time)
    }

    /// Whether a household orders farm inputs online.
    pub(super) fn orders_inputs(&self, household: &Household) -> bool {
        household.buying.buys() && (household.self_service || self.open_station().is_some())
    }

    /// What its farms could sell to online shops in a month of this season \[yuan, at the online price\].
    pub(in crate::model) fn produce(&self, terms: &LivingTerms<'_>, season: f64) -> f64 {
        let p = terms.parameters();
        let (farms, _) = self.worked(&p.income);
        let product = terms.farm_income() * farms * self.weight() / MONTHS_IN_YEAR * season;
        product * p.shop.produce_most / offline_price(p)
    }

    /// What its shops want of produce, and its farms can sell them \[yuan/month\].
    pub(in crate::model) fn offer_produce(&self, terms: &LivingTerms<'_>, season: f64) -> Produce {
        let wanted = self.sellers.as_deref().map_or(0.0, |sellers| Money::from_fen(sellers.produce).yuan());
        let can = self.produce(terms, season);
        let inside = wanted.min(can);
        Produce { wanted, inside, free: can - inside }
    }

    /// Its farms have sold so much produce online, in a month of which such a part was simulated
    /// \[yuan/month\].
    pub(in crate::model) fn sell_produce(&mut self, p: &Parameters, month: Month, sold: f64, part: f64) {
        if sold <= 0.0 && self.produce_gains.is_none() {
            return;
        }
        let gains = self.produce_gains.get_or_insert_default();
        let slot = usize::from(month.month_of_year()) - 1;
        gains.month = sold * part * (1.0 - offline_price(p));
        gains.year[slot] = (gains.month + f64::from(gains.year[slot]) * (1.0 - part)) as f32;
        if gains.year.iter().all(|&gain| gain == 0.0) {
            self.produce_gains = None;
        }
    }

    /// What produce sold online brought its farms in the last twelve months beyond the offline market
    /// \[yuan\].
    pub(in crate::model) fn produce_year(&self) -> f64 {
        self.produce_gains
            .as_deref()
            .map_or(0.0, |gains| gains.year.iter().map(|&gain| f64::from(gain)).sum())
    }

    /// The same of the month settled last \[yuan\].
    pub(in crate::model) fn produce_month(&self) -> f64 {
        self.produce_gains.as_deref().map_or(0.0, |gains| gains.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of 100 yuan of produce at half the price that buyers pay, traders at a quarter of it would
    /// have paid 50.
    #[test]
    fn what_traders_would_have_paid() {
        let mut p = Parameters::default();
        (p.shop.farm_gate_online, p.shop.farm_gate_offline) = (0.5, 0.25);
        assert_eq!(100.0 * offline_price(&p), 50.0);
    }
}
