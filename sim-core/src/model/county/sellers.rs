//! Shops in a county: founding, copying, the month, the rule of a Taobao village.

use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::Sellers;
use super::founding::TOLD;
use crate::agents::platform;
use crate::agents::shop::{Shop, ShopMonth, Stage, Surroundings};
use crate::base::{Money, Month, Product, Purpose, Stream, Time};
use crate::event::{Cause, Distribution, Happening, Measure, PlatformName};
use crate::market::choice::Delivery;
use crate::market::demand;
use crate::metrics::ledger::Item;

impl CountyProcess {
    /// Works through the month of every shop.
    pub(in crate::model) fn shops_month(&mut self, setting: &Setting, now: Time) {
        let slot = usize::from(Month::of(self.month_start).month_of_year()) - 1;
        for sellers in self.villages.iter_mut().filter_map(|village| village.sellers.as_deref_mut()) {
            sellers.sales[slot] = 0;
            (sellers.home_sales, sellers.income) = (0, 0);
        }
        let mut shops = std::mem::take(&mut self.shops);
        self.report.attraction = [0; Product::COUNT];
        let (support, seasons) = (self.shop_support(setting, now), self.seasons(setting));
        for shop in &mut shops {
            let (month, around) = self.month_of_shop(setting, now, shop, &support, &seasons);
            if let Some(sellers) = self.villages[usize::from(shop.village)].sellers.as_deref_mut() {
                sellers.sales[slot] += (month.sales + month.exports).fen();
            }
            self.note_shop(setting, now, shop, &month, &around);
        }
        shops.retain(|shop| {
            let closes = shop.closes(&setting.parameters.shop, &mut self.shop_luck(setting, shop, 1));
            if closes {
                self.close_shop(setting, now, shop);
            }
            !closes
        });
        self.move_platforms(setting, &mut shops);
        self.shops = shops;
        self.judge_villages(setting, now);
    }

    /// The season of every trade in the open month over the yearly mean.
    pub(super) fn seasons(&self, setting: &Setting) -> [f64; Product::COUNT] {
        let month = Month::of(self.month_start);
        Product::ALL
            .map(|product| demand::season(&setting.parameters.market, product, month) * self.weather.demand)
    }

    /// Works through a shop's month, in its surroundings.
    pub(super) fn month_of_shop(
        &self,
        setting: &Setting,
        now: Time,
        shop: &mut Shop,
        support: &Surroundings,
        seasons: &[f64; Product::COUNT],
    ) -> (ShopMonth, Surroundings) {
        let p = &setting.parameters;
        let around = Surroundings {
            season: seasons[shop.product.at()],
            ..self.surroundings(setting, now, shop, support)
        };
        let mut luck = self.shop_luck(setting, shop, 0);
        let month = shop.month(&p.shop, &p.market, &around, &mut luck);
        (month, around)
    }

    /// A shop's own luck of the month, so that a shop more or less leaves the others' as it is.
    fn shop_luck(&self, setting: &Setting, shop: &Shop, kind: u64) -> Stream {
        let owner = self.villages[usize::from(shop.village)].owner.household(u32::from(shop.number));
        let month = u64::from(Month::of(self.month_start).0);
        setting.luck(owner, Purpose::Selling, month << 2 | kind)
    }

    fn surroundings(
        &self,
        setting: &Setting,
        now: Time,
        shop: &Shop,
        support: &Surroundings,
    ) -> Surroundings {
        let p = &setting.parameters;
        let village = &self.villages[usize::from(shop.village)];
        let sellers = village.sellers.as_deref();
        let neighbours = sellers.map_or(1, |sellers| sellers.trades[shop.product.at()]);
        let employed = sellers.map_or(0, |sellers| sellers.jobs);
        let tightness = f64::from(employed) / f64::from(village.households.max(1)) / 0.1;
        let wage = p.income.migrant_wage.at(now);
        let share = self.news.buyers[shop.platform.at()];
        let remote =
            if village.delivery == Delivery::Village { 0.0 } else { p.logistics.parcel_price_remote };
        Surroundings {
            unit_sales: self.news.unit_sales[shop.product.at()] * platform::reach(&p.platform, share),
            neighbours: f64::from(neighbours),
            county: f64::from(self.trades[shop.product.at()].saturating_sub(neighbours.into())),
            parcel_price: p.logistics.parcel_price + remote,
            wage: wage * p.shop.wage_share * (1.0 + p.shop.wage_tightness * tightness),
            outside_wage: wage * p.shop.wage_share,
            fee: if shop.platform == PlatformName::Incumbent {
                p.platform.fee - p.platform.seller_subsidy
            } else {
                p.platform.rival_fee
            },
            labour: (p.shop.labour_per_household * u32::from(village.households) + p.shop.labour_beyond)
                .saturating_sub(employed),
            ..*support
        }
    }

    /// Notes and books a shop's month: of an incomplete one, what falls on the days that are simulated.
    pub(super) fn note_shop(
        &mut self,
        setting: &Setting,
        now: Time,
        shop: &Shop,
        month: &ShopMonth,
        around: &Surroundings,
    ) {
        let village = &mut self.villages[usize::from(shop.village)];
        let total = month.sales + month.exports;
        if let Some(sellers) = village.sellers.as_deref_mut() {
            sellers.income += (month.drawings + month.wages).fen();
            if shop.stage == Stage::Home {
                sellers.home_sales += total.fen();
            }
            if month.grew && !sellers.milestones[1] {
                sellers.milestones[1] = true;
                self.tell(now, Some(usize::from(shop.village)), Happening::FirstWorkshop(shop.product));
            }
        }
        let p = &setting.parameters.shop;
        let attraction = shop.attraction(p, around.neighbours, around.county, around.mark);
        self.report.attraction[shop.product.at()] += (attraction * demand::ATTRACTION_UNIT) as i64;
        self.villages[usize::from(shop.village)].sent_last += month.parcels;
        self.book.sample(Distribution::ShopSales, total.yuan(), 1);
        let month = &month.accrued(self.part(now));
        self.book.count(Measure::ShopSales, month.sales.fen());
        self.book.count(Measure::ShopExports, month.exports.fen());
        self.book.count(Measure::ShopWages, month.wages.fen());
        self.book.count(Measure::ShopProfits, month.profit.fen());
        self.book.count(Measure::ParcelsOut, i64::from(month.parcels));
        self.pay_for_shop(shop, month);
    }

    fn pay_for_shop(&mut self, shop: &Shop, month: &ShopMonth) {
        let incumbent = shop.platform == PlatformName::Incumbent;
        let sales = if incumbent { Item::ShopSales } else { Item::RivalShopSales };
        let fees = if incumbent { Item::PlatformFees } else { Item::RivalFees };
        let payments = [
            (sales, month.sales),
            (fees, month.fees),
            (Item::Export, month.exports),
            (Item::ShopInputs, month.inputs),
            (Item::ShopParcels, month.carriage),
            (Item::ShopWages, month.wages),
            (Item::OwnerDrawings, month.drawings),
            (Item::Interest, month.interest),
            (Item::CreditGranted, month.loan),
            (Item::CreditRepaid, month.repaid),
            (Item::ShopInvestment, month.investment),
            (Item::RentSupport, month.rent_support),
            (Item::FounderCapital, month.capital),
        ];
        for (item, amount) in payments {
            if amount > Money::ZERO {
                self.book.pay(item, amount);
            }
        }
    }

    fn close_shop(&mut self, setting: &Setting, now: Time, shop: &Shop) {
        self.book.count(Measure::ShopsClosed, 1);
        if shop.number < TOLD {
            let cause = if shop.is_broke(&setting.parameters.shop) { Cause::Broke } else { Cause::GivenUp };
            let at = usize::from(shop.village);
            self.tell_why(now, Some(at), Happening::ShopClosed(shop.name()), cause);
        }
        let paid_back = shop.debt.min(shop.cash);
        self.book.pay(Item::CreditRepaid, paid_back);
        self.book.pay(Item::OwnerDrawings, shop.cash - paid_back);
        if shop.debt > paid_back {
            self.book.ledger_mut().write_off(shop.debt - paid_back);
        }
        self.trades[shop.product.at()] -= 1;
        if let Some(sellers) = self.villages[usize::from(shop.village)].sellers.as_deref_mut() {
            sellers.shops -= 1;
            sellers.trades[shop.product.at()] -= 1;
        }
    }

    /// Some sellers move to where the buyers are; reputation earned holds them back.
    fn move_platforms(&self, setting: &Setting, shops: &mut [Shop]) {
        let p = &setting.parameters.platform;
        let social = self.news.buyers[PlatformName::Social.at()];
        if social <= 0.0 {
            return;
        }
        for shop in shops.iter_mut().filter(|shop| shop.platform == PlatformName::Incumbent) {
            if self.shop_luck(setting, shop, 2).chance(platform::seller_moves(
                p,
                f64::from(shop.reputation),
                social,
            )) {
                shop.platform = PlatformName::Social;
                shop.reputation *= p.reputation_kept as f32;
            }
        }
    }

    /// Sums what the shops of each village amount to, and applies the rule of a Taobao village.
    fn judge_villages(&mut self, setting: &Setting, now: Time) {
        let p = &setting.parameters.shop;
        for sellers in self.villages.iter_mut().filter_map(|village| village.sellers.as_deref_mut()) {
            (sellers.workers, sellers.jobs) = (0, 0);
            sellers.examples = [0.0; Product::COUNT];
        }
        for shop in &self.shops {
            if let Some(sellers) = self.villages[usize::from(shop.village)].sellers.as_deref_mut() {
                sellers.workers += u32::from(shop.workers);
                sellers.jobs += u32::from(shop.workers) + shop.family_workers(p);
                sellers.examples[shop.product.at()] += shop.example(p) as f32;
            }
        }
        self.town_examples.iter_mut().for_each(|examples| *examples = [0.0; Product::COUNT]);
        for at in 0..self.villages.len() {
            let town = usize::from(setting.atlas.counties[self.index.at()].villages[at].town);
            let Some(sellers) = self.villages[at].sellers.as_deref() else {
                continue;
            };
            for (sum, example) in self.town_examples[town].iter_mut().zip(sellers.examples) {
                *sum += example;
            }
            self.judge(setting, now, at);
        }
    }

    fn judge(&mut self, setting: &Setting, now: Time, at: usize) {
        let p = &setting.parameters.shop;
        let village = &mut self.villages[at];
        let households = f64::from(village.households);
        let Some(sellers) = village.sellers.as_deref_mut() else {
            return;
        };
        let enough_sales = Money::from_fen(sellers.yearly_sales()).yuan() >= p.rule_sales * 1e6;
        let many = sellers.shops >= p.rule_shops || f64::from(sellers.shops) >= p.rule_share * households;
        let meets = enough_sales && many;
        let met = std::mem::replace(&mut sellers.taobao, meets);
        let trade = sellers.main_trade();
        if meets && !met {
            self.tell(now, Some(at), Happening::TaobaoVillage(trade));
        } else if met && !meets {
            self.tell(now, Some(at), Happening::RuleLost(trade));
        }
    }

    /// The sellers of a village, if it ever had any.
    pub(in crate::model) fn sellers(&self, at: usize) -> Option<&Sellers> {
        self.villages[at].sellers.as_deref()
    }
}
