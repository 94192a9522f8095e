//! Farms' trade online: inputs that households order, produce that online shops buy.

use super::super::accounts::accrued;
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::{LivingTerms, Produce, offline_price};
use crate::base::Money;
use crate::market::season;
use crate::metrics::ledger::Item;

/// How what traders pay farms in a month differs from farms without online trade.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct FarmTrade {
    /// Costs that farms no longer have: inputs bought online, at the town's price.
    pub saved_costs: Money,
    /// Produce that went to online shops, at the price that traders pay.
    pub sold_online: Money,
}

impl CountyProcess {
    /// The month's trade of farms online, working time being divided.
    pub(super) fn trade_of_farms(
        &mut self,
        setting: &Setting,
        terms: &LivingTerms<'_>,
        part: f64,
    ) -> FarmTrade {
        let saved_costs = self.buy_inputs(setting, part);
        let sold_online = self.sell_produce(setting, terms, part);
        FarmTrade { saved_costs, sold_online }
    }

    /// Spreads over villages, by order rates, what inputs bought online in the month saved against the town's
    /// price. Returns what they would have cost in the town.
    fn buy_inputs(&mut self, setting: &Setting, part: f64) -> Money {
        let bought = self.accounts.book.ledger().open(Item::FarmInputPurchase);
        let in_town = bought.share(1.0 / setting.parameters.household.online_price);
        let saved = (in_town - bought).yuan() / part;
        let orders: f64 = self.villages.iter().map(|village| village.order_rate).sum();
        let all: f64 = self.villages.iter().map(|village| f64::from(village.households)).sum();
        for village in &mut self.villages {
            // Where nobody orders any more, those who did are not known.
            let share =
                if orders > 0.0 { village.order_rate / orders } else { f64::from(village.households) / all };
            village.input_saving = saved * share;
        }
        in_town
    }

    /// Shops' produce comes from farms of their villages first, then from the county's others, and what those
    /// cannot sell from traders elsewhere. Books what is paid; returns what the produce of farms would have
    /// brought offline.
    fn sell_produce(&mut self, setting: &Setting, terms: &LivingTerms<'_>, part: f64) -> Money {
        let p = &setting.parameters;
        let season = season::harvest(&p.market, self.month.month());
        let offers: Vec<Produce> =
            self.villages.iter().map(|village| village.offer_produce(terms, season)).collect();
        let sum = |of: fn(&Produce) -> f64| offers.iter().map(of).sum::<f64>();
        let (wanted, inside, free) = (sum(|o| o.wanted), sum(|o| o.inside), sum(|o| o.free));
        let taken = if free > 0.0 { ((wanted - inside) / free).clamp(0.0, 1.0) } else { 0.0 };
        let mut sold = 0.0;
        for (village, offer) in self.villages.iter_mut().zip(&offers) {
            let of_village = offer.inside + taken * offer.free;
            village.sell_produce(p, self.month.month(), of_village, part);
            sold += of_village;
        }
        let monthly = |yuan: f64| accrued(Money::from_yuan(yuan), part);
        let of_farms = monthly(sold);
        let book = &mut self.accounts.book;
        book.pay(Item::ShopProduce, of_farms);
        book.pay(Item::ShopInputs, (monthly(wanted) - of_farms).max(Money::ZERO));
        of_farms.share(offline_price(p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand, as farms with and without online trade: who buys for 86 yuan what costs 100 in the town, and
    /// sells for 50 what traders pay 33 for, has 14 and 17 more.
    #[test]
    fn what_a_farm_gains_by_hand() {
        let yuan = Money::from_yuan;
        let trade = FarmTrade { saved_costs: yuan(86.0).share(1.0 / 0.86), sold_online: yuan(33.0) };
        let offline = yuan(1_000.0);
        let farm_income = offline + trade.saved_costs - trade.sold_online;
        assert_eq!(farm_income + yuan(50.0) - yuan(86.0), yuan(1_000.0 + 14.0 + 17.0));
    }
}
