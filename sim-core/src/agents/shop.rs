//! Shops: households that sell online; quality, growth, hiring, failure.
//!
//! A shop's month is worked out once, at the month's end, from the national market's price of attraction. The
//! founder's talent, the county's industry and the village's craft make quality; quality makes reputation;
//! reputation and the cluster make attraction; attraction sells. Nothing says that a village shall take off:
//! it does where shops earn more than their founders could elsewhere, and are copied faster than they close.

use crate::base::factor::{BYTE, MONTHS_IN_YEAR};
use crate::base::{Money, Product, RandomStream, math};
use crate::event::{PlatformName, ShopName};
use crate::params::{MarketParameters, ShopParameters};
use serde::{Deserialize, Serialize};

/// Quality at most, an ordinary shop's being 1: what single precision adds up without loss.
const MOST_QUALITY: f64 = 1e4;
/// Distance at least between the success that is copied and that from which it is copied fully.
const LEAST_STEP: f64 = 0.01;

/// How a shop produces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Stage {
    /// At home, by the family.
    Home,
    /// In a workshop with hired hands.
    Workshop,
    /// In a factory.
    Factory,
}

/// A shop.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shop {
    /// Cash at hand \[fen\].
    pub cash: Money,
    /// Debt \[fen\].
    pub debt: Money,
    /// Quality of what it sells, 1 being ordinary in the country.
    pub quality: f32,
    /// Reputation earned, approaching quality.
    pub reputation: f32,
    /// Smoothed profit over the outside wage.
    pub success: f32,
    /// Household record of the owner, within its village.
    pub owner: u16,
    /// Village.
    pub village: u16,
    /// Its number among all shops ever opened in the village, which keys its random stream.
    pub number: u16,
    /// Hired workers.
    pub workers: u16,
    /// Months since it opened.
    pub age: u16,
    /// Trade.
    pub product: Product,
    /// How it produces.
    pub stage: Stage,
    /// Platform.
    pub platform: PlatformName,
    /// Whether it exports.
    pub exports: bool,
    /// Months in which demand exceeded capacity.
    pub pressed_months: u8,
    /// Months of disappointment.
    pub lean_months: u8,
    /// Months without cash.
    pub broke_months: u8,
    /// How far last month's sales used what the family can handle \[1/255\].
    busy: u8,
}

/// What surrounds a shop this month.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// What a unit of attraction sells on the shop's platform \[yuan/month\].
    pub unit_sales: f64,
    /// Shops of the trade in the village.
    pub neighbours: f64,
    /// Shops of the trade in the county, besides.
    pub county: f64,
    /// Season of the trade over the yearly mean.
    pub season: f64,
    /// Price of sending a parcel \[yuan\].
    pub parcel_price: f64,
    /// Wage of a hired worker \[yuan/month\].
    pub wage: f64,
    /// What the owner could earn elsewhere \[yuan/month\].
    pub outside_wage: f64,
    /// Fee of the platform, subsidy subtracted \[share of sales\].
    pub fee: f64,
    /// Public credit that may be drawn \[yuan\], and its interest \[per year\].
    pub credit: Option<(f64, f64)>,
    /// Share of investments paid by rent support.
    pub rent_support: f64,
    /// Gain in quality by marks \[share\].
    pub mark: f64,
    /// Hazard of beginning to export \[per month\].
    pub export_start: f64,
    /// Workers that can still be hired in the village and township.
    pub labour: u32,
}

/// What a shop did in a month, in money that changed hands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ShopMonth {
    /// Sales at home.
    pub sales: Money,
    /// Sales abroad.
    pub exports: Money,
    /// Goods and materials.
    pub inputs: Money,
    /// Platform fees.
    pub fees: Money,
    /// Carriage.
    pub carriage: Money,
    /// Parcels sent.
    pub parcels: u32,
    /// Wages of hired workers.
    pub wages: Money,
    /// What the family takes home.
    pub drawings: Money,
    /// Interest.
    pub interest: Money,
    /// Loan taken.
    pub loan: Money,
    /// Loan repaid.
    pub repaid: Money,
    /// Investment in premises and machines, rent support included.
    pub investment: Money,
    /// Part of it paid by rent support.
    pub rent_support: Money,
    /// Own money put in, when cash ran out.
    pub capital: Money,
    /// Profit before drawings.
    pub profit: Money,
    /// Whether it grew to a next stage.
    pub grew: bool,
}

/// Quality of a new shop: talent, industry, craft, training.
pub(crate) fn entry_quality(p: &ShopParameters, industry: f64, craft: f64, stream: &mut RandomStream) -> f64 {
    let s = p.talent_spread;
    let talent = math::exp(s * stream.normal() - s * s / 2.0);
    talent * math::pow(industry.max(p.industry_least), p.industry_exponent) * (1.0 + p.craft_quality * craft)
}

/// What an owner's family takes home of a month's profit: families live on most of a profit up to what they
/// could earn elsewhere, and reinvest more of a larger one. Nothing of a loss.
pub fn drawings(p: &ShopParameters, profit: Money, outside_wage: Money) -> Money {
    let profit = profit.max(Money::ZERO);
    let modest = outside_wage.min(profit);
    modest.share(p.drawings_modest) + (profit - modest).share(p.drawings_further)
}

impl Shop {
    /// A shop on its first day.
    pub fn opened(
        p: &ShopParameters,
        village: u16,
        number: u16,
        owner: u16,
        product: Product,
        platform: PlatformName,
        quality: f64,
    ) -> Shop {
        Shop {
            cash: Money::from_yuan(p.start_cash),
            debt: Money::ZERO,
            quality: quality.min(MOST_QUALITY) as f32,
            reputation: p.first_reputation as f32 * quality.min(MOST_QUALITY) as f32,
            success: 0.0,
            owner,
            village,
            number,
            workers: 0,
            age: 0,
            product,
            stage: Stage::Home,
            platform,
            exports: false,
            pressed_months: 0,
            lean_months: 0,
            broke_months: 0,
            busy: 0,
        }
    }

    /// How a story names it.
    pub fn name(&self) -> ShopName {
        ShopName { number: self.number, owner: self.owner, product: self.product }
    }

    /// Pull on buyers: reputation, the cluster around, and the crowd of the same in the village.
    pub fn attraction(&self, p: &ShopParameters, neighbours: f64, county: f64, mark: f64) -> f64 {
        let cluster = math::pow(neighbours.max(1.0) + p.county_cluster * county.max(0.0), p.cluster_exponent);
        let crowding = math::pow(neighbours.max(1.0), p.crowding_exponent);
        f64::from(self.reputation) * (1.0 + mark) * cluster / crowding
    }

    /// Sales it can handle \[yuan/month\].
    pub fn capacity(&self, p: &ShopParameters) -> f64 {
        p.home_capacity + f64::from(self.workers) * p.worker_capacity
    }

    /// Family members who work in it: the owner, and a second once that pays.
    pub(crate) fn family_workers(&self, p: &ShopParameters) -> u32 {
        1 + u32::from(self.success > p.second_worker as f32)
    }

    /// Working time of the family in it \[adults\]: by last month's sales, and something always.
    pub(crate) fn family_time(&self, p: &ShopParameters) -> f64 {
        let busy = f64::from(self.busy) / BYTE;
        f64::from(self.family_workers(p)) * (p.owner_time_least + (1.0 - p.owner_time_least) * busy)
    }

    /// Everybody who works in it: family and hired.
    pub fn jobs(&self, p: &ShopParameters) -> u32 {
        u32::from(self.workers) + self.family_workers(p)
    }

    /// Works through a month. Growing decisions come last, for the next month.
    pub fn month(
        &mut self,
        p: &ShopParameters,
        market: &MarketParameters,
        around: &Surroundings,
        stream: &mut RandomStream,
    ) -> ShopMonth {
        let mut month = ShopMonth::default();
        let s = p.demand_spread;
        let fortune = math::exp(s * stream.normal() - s * s / 2.0);
        let attraction = self.attraction(p, around.neighbours, around.county, around.mark);
        let mut demand = around.unit_sales * attraction * around.season * fortune;
        if self.product == Product::FreshProduce {
            demand *= 1.0 - p.perishing_days * market.perishing;
        }
        let abroad = if self.exports { p.export_share } else { 0.0 };
        let capacity = self.capacity(p);
        let sold = (demand * (1.0 + abroad)).min(capacity);
        self.trade(p, around, sold, abroad, &mut month);
        self.invest(p, around, demand * (1.0 + abroad), capacity, &mut month);
        self.learn(p, around, &month, stream);
        month
    }

    fn trade(
        &mut self,
        p: &ShopParameters,
        around: &Surroundings,
        sold: f64,
        abroad: f64,
        month: &mut ShopMonth,
    ) {
        self.busy = (BYTE * (sold / p.home_capacity).min(1.0)) as u8;
        let total = Money::from_yuan(sold);
        month.exports = total.share(abroad / (1.0 + abroad));
        month.sales = total - month.exports;
        month.parcels = (sold / p.parcel_value) as u32;
        month.inputs = total.share(p.input_share) + Money::from_yuan(p.fixed_cost);
        month.fees = total.share(around.fee.max(0.0));
        month.carriage = Money::from_yuan(around.parcel_price) * i64::from(month.parcels);
        month.wages = Money::from_yuan(around.wage * f64::from(self.workers));
        let rate = around.credit.map_or(p.interest, |(_, rate)| rate);
        month.interest = self.debt.share(rate / MONTHS_IN_YEAR);
        month.profit = total - month.inputs - month.fees - month.carriage - month.wages - month.interest;
        self.cash += month.profit;
        month.drawings = drawings(p, month.profit, Money::from_yuan(around.outside_wage));
        self.cash -= month.drawings;
        if self.cash < Money::ZERO {
            self.broke_months = self.broke_months.saturating_add(1);
            month.capital = -self.cash;
            self.cash = Money::ZERO;
        } else {
            self.broke_months = 0;
        }
        month.repaid = self.debt.share(p.repayment).min(self.cash);
        self.debt -= month.repaid;
        self.cash -= month.repaid;
    }

    fn invest(
        &mut self,
        p: &ShopParameters,
        around: &Surroundings,
        demand: f64,
        capacity: f64,
        month: &mut ShopMonth,
    ) {
        let pressed = demand > capacity * p.growth_pressure;
        self.pressed_months = if pressed { self.pressed_months.saturating_add(1) } else { 0 };
        // Rounding down kept shops that outgrew the family at the family's capacity until a whole worker's
        // output was rejected.
        let needed =
            ((demand - p.home_capacity) / p.worker_capacity + (1.0 - p.hiring_threshold)).max(0.0) as u32;
        if u32::from(self.workers) > needed + 1 {
            self.workers -= 1;
        }
        if u32::from(self.pressed_months) < p.growth_months || month.profit <= Money::ZERO {
            return;
        }
        // Hiring takes time.
        let step = ((f64::from(self.workers) * p.hiring_step) as u32 + 1)
            .min(needed.saturating_sub(self.workers.into()))
            .min(around.labour);
        let workers = u32::from(self.workers) + step;
        let (stage, cost) = match self.stage {
            Stage::Home if workers >= p.workshop_workers => (Stage::Workshop, p.workshop_cost),
            Stage::Workshop if workers >= p.factory_workers => (Stage::Factory, p.factory_cost),
            stage => (stage, 0.0),
        };
        if stage == self.stage || self.pay_for_growth(p, around, cost, month) {
            month.grew = stage != self.stage;
            self.stage = stage;
            self.workers = workers.min(u16::MAX.into()) as u16;
        }
    }

    /// Pays for a new stage from cash and credit, if they suffice.
    fn pay_for_growth(
        &mut self,
        p: &ShopParameters,
        around: &Surroundings,
        cost: f64,
        month: &mut ShopMonth,
    ) -> bool {
        let cost = Money::from_yuan(cost);
        let support = cost.share(around.rent_support);
        let own = cost - support;
        let bank = (month.sales + month.exports).share(p.credit_months * p.bank_credit);
        let public = around.credit.map_or(Money::ZERO, |(line, _)| Money::from_yuan(line));
        let free_credit = bank.max(public) - self.debt;
        let loan = (own - self.cash).max(Money::ZERO);
        if loan > free_credit.max(Money::ZERO) {
            return false;
        }
        self.debt += loan;
        self.cash = self.cash + loan - own;
        month.loan = loan;
        month.investment = cost;
        month.rent_support = support;
        true
    }

    fn learn(
        &mut self,
        p: &ShopParameters,
        around: &Surroundings,
        month: &ShopMonth,
        stream: &mut RandomStream,
    ) {
        self.age = self.age.saturating_add(1);
        self.reputation += (p.reputation_speed * f64::from(self.quality - self.reputation)) as f32;
        let ratio = month.profit.yuan() / around.outside_wage.max(1.0);
        self.success += p.success_weight as f32 * (ratio as f32 - self.success);
        if ratio > 1.0 {
            self.quality *= 1.0 + (p.quality_growth / MONTHS_IN_YEAR) as f32;
        }
        let lean = f64::from(self.success) < p.disappointment;
        self.lean_months = if lean { self.lean_months.saturating_add(1) } else { 0 };
        let good = f64::from(self.quality) * (1.0 + around.mark) > p.export_quality;
        if !self.exports && good && stream.chance(around.export_start) {
            self.exports = true;
        }
    }

    /// Whether it closes this month: broke for half a year, or given up after long disappointment.
    pub fn closes(&self, p: &ShopParameters, stream: &mut RandomStream) -> bool {
        let tired = u32::from(self.lean_months) > p.patience;
        self.is_broke(p) || (stream.unit() < p.closing && tired)
    }

    /// Whether it was without cash for so long that it must close.
    pub(crate) fn is_broke(&self, p: &ShopParameters) -> bool {
        u32::from(self.broke_months) >= p.broke_months
    }

    /// How strongly it is copied: nothing below the threshold, full at the limit.
    pub fn imitation_pull(&self, p: &ShopParameters) -> f64 {
        if u32::from(self.age) < p.imitated_from {
            return 0.0;
        }
        let success = f64::from(self.success);
        ((success - p.success_ratio) / (p.success_limit - p.success_ratio).max(LEAST_STEP)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Owner, Purpose, Seed};

    fn around() -> Surroundings {
        Surroundings {
            unit_sales: 5_000.0,
            neighbours: 1.0,
            county: 0.0,
            season: 1.0,
            parcel_price: 6.0,
            wage: 2_000.0,
            outside_wage: 2_800.0,
            fee: 0.02,
            credit: None,
            rent_support: 0.0,
            mark: 0.0,
            export_start: 0.0,
            labour: 100,
        }
    }

    fn shop(quality: f64) -> Shop {
        Shop::opened(
            &ShopParameters::default(),
            0,
            0,
            0,
            Product::Furniture,
            PlatformName::Incumbent,
            quality,
        )
    }

    fn years(shop: &mut Shop, around: &Surroundings, years: u32) -> Vec<ShopMonth> {
        let p = ShopParameters::default();
        let market = MarketParameters::default();
        let mut stream = RandomStream::new(Seed(4), Owner::other(1), Purpose::Selling, 0);
        (0..12 * years).map(|_| shop.month(&p, &market, around, &mut stream)).collect()
    }

    #[test]
    fn a_record_stays_small() {
        assert!(size_of::<Shop>() <= 56, "{}", size_of::<Shop>());
    }

    #[test]
    fn every_fen_that_enters_a_shop_leaves_it_or_stays() {
        let mut shop = shop(8.0);
        let before = shop.cash - shop.debt;
        let months = years(&mut shop, &around(), 8);
        let sum = |f: fn(&ShopMonth) -> Money| months.iter().map(f).sum::<Money>();
        let entered = sum(|m| m.sales + m.exports + m.capital + m.rent_support);
        let left = sum(|m| m.inputs + m.fees + m.carriage + m.wages + m.drawings + m.interest + m.investment);
        assert_eq!(shop.cash - shop.debt - before, entered - left);
        assert!(months.iter().any(|m| m.grew) && shop.workers >= 2, "{shop:?}");
        assert!(shop.cash >= Money::ZERO && shop.debt >= Money::ZERO);
    }

    #[test]
    fn the_able_grow_and_the_poor_give_up() {
        let p = ShopParameters::default();
        let (mut good, mut bad) = (shop(8.0), shop(0.2));
        years(&mut good, &around(), 4);
        years(&mut bad, &around(), 4);
        assert!(good.stage >= Stage::Workshop && good.imitation_pull(&p) > 0.3);
        assert!(bad.imitation_pull(&p) == 0.0 && u32::from(bad.lean_months) > p.patience);
    }

    #[test]
    fn a_cluster_helps_until_its_village_crowds() {
        let p = ShopParameters::default();
        let shop = shop(1.0);
        let alone = shop.attraction(&p, 1.0, 0.0, 0.0);
        assert!(shop.attraction(&p, 1.0, 500.0, 0.0) > alone);
        let crowded = ShopParameters { crowding_exponent: 0.5, ..p };
        assert!(shop.attraction(&crowded, 100.0, 0.0, 0.0) < alone);
    }
}
