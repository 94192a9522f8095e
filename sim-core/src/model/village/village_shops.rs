//! Village shops with a counter: what is spent in them, who keeps them, and how many there are.
//!
//! Their number follows what is spent in them: one opens where each sells much more than usual, one closes
//! where each sells much less, so that places that prosper get more and places that buy online lose some. The
//! last one stays, as a sideline.

use super::Village;
use super::living::LivingTerms;
use super::spending::{consumer_spending, in_village};
use crate::base::factor::MONTHS_IN_YEAR;
use crate::params::IncomeParameters;

/// How many shops there are after a month in which they usually sold so much together, over what one usually
/// sells.
fn adapt(p: &IncomeParameters, shops: u16, sold: f64) -> u16 {
    let each = sold / f64::from(shops.max(1));
    if each > p.village_shop_opening {
        shops.saturating_add(1)
    } else if each < p.village_shop_closing {
        shops.saturating_sub(1).max(1)
    } else {
        shops
    }
}

impl Village {
    /// Spends a month's retail of a yearly income, less what goes online \[yuan\], in the village's shops,
    /// from the shelf of a select store, and in town. Returns what is spent in each, pays the keepers of the
    /// shops, and lets shops open and close; what couriers pay keepers for keeping parcels is theirs.
    pub(in crate::model) fn spend_offline(
        &mut self,
        terms: &LivingTerms<'_>,
        income: f64,
        online: f64,
    ) -> [f64; 3] {
        let p = terms.parameters();
        let retail = consumer_spending(p, income.max(0.0)) / MONTHS_IN_YEAR;
        let offline = (retail - online).max(0.0);
        let local = offline * in_village(&p.household);
        let shelf = local * self.shelf_share(&p.programme);
        let inside = local - shelf;
        let usual = terms.usual_counter.max(1.0);
        if self.counters == 0 {
            self.counter_sales = inside as f32;
            self.counters = (inside / usual + 0.5).clamp(1.0, f64::from(u16::MAX)) as u16;
        }
        self.counter_sales +=
            (p.income.village_shop_memory * (inside - f64::from(self.counter_sales))) as f32;
        self.counters = adapt(&p.income, self.counters, f64::from(self.counter_sales) / usual);
        self.keepers_income = inside * p.income.village_shop_margin + self.drop_fees;
        [inside, shelf, offline - local]
    }

    /// What a household of a record earns as keeper of a village shop \[yuan/month\]. Keepers are spread
    /// evenly over the records, which stand in order of income; in a sample at least one record keeps a shop.
    pub(super) fn keeper_income(&self, record: u16) -> f64 {
        let records = f64::from(self.records().max(1));
        let keepers = (f64::from(self.counters) / self.weight()).clamp(1.0, records);
        let before = |record: u16| (f64::from(record) * keepers / records + 0.5).floor();
        let all = (keepers + 0.5).floor();
        let keeps = before(record + 1) > before(record);
        if keeps { self.keepers_income / all / self.weight() } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand, in usual sales of one: three shops with 4.2 of them sell 1.4 each and a fourth opens; with
    /// 1.8 they sell 0.6 each and one closes; between, and for the last one, nothing changes.
    #[test]
    fn village_shops_follow_what_is_spent_in_them() {
        let p =
            IncomeParameters { village_shop_opening: 1.25, village_shop_closing: 0.75, ..Default::default() };
        assert_eq!([4.2, 3.0, 1.8].map(|sold| adapt(&p, 3, sold)), [4, 3, 2]);
        assert_eq!(adapt(&p, 1, 0.0), 1);
    }
}
