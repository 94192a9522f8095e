//! Shops: households that sell online; quality, growth, hiring, failure.
//!
//! A shop's month is worked out once, at the month's end, from the national market's price of attraction. The
//! founder's talent, the county's industry and the village's craft make quality; quality makes reputation;
//! reputation and the cluster make attraction; attraction sells. Nothing says that a village shall take off:
//! it does where shops earn more than their founders could elsewhere, and are copied faster than they close.

mod borrowing;
mod cooperation;
mod credit;
mod plan;
mod premises;
mod surroundings;

pub(crate) use cooperation::share_orders;
pub(crate) use credit::Credit;
pub(crate) use plan::{SharedOrders, ShopPlan};
pub use surroundings::{SalesHelp, Surroundings};

use crate::base::factor::{BYTE, MONTHS_IN_YEAR};
use crate::base::{Money, Product, RandomStream, VillageIndex, math};
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
    /// Machines for hands, beyond what the family has at home.
    pub machines: u16,
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
    /// How far what was made last month, for others too, used what the family can handle \[1/255\].
    busy: u8,
}

/// The most that a stored shop's quality, reputation and success are believed to be; ordinary ones are 1.
const MOST_STORED: f32 = 1e4;

impl Shop {
    /// Whether what was stored is a shop of a village with so many household records.
    pub(crate) fn is_sound(&self, village: VillageIndex, records: u16) -> bool {
        let figures = [self.quality, self.reputation, self.success];
        self.village == village.0
            && self.owner < records
            && figures.iter().all(|figure| figure.is_finite() && figure.abs() <= MOST_STORED)
    }
}

/// What a shop did in a month, in money that changed hands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ShopMonth {
    /// Sales at home.
    pub sales: Money,
    /// Sales abroad.
    pub exports: Money,
    /// Money back for what was damaged, lost or perished on the way.
    pub refunds: Money,
    /// Farm produce, at the farm gate.
    pub produce: Money,
    /// Other goods and materials, and fixed costs.
    pub inputs: Money,
    /// Platform fees.
    pub fees: Money,
    /// Carriage.
    pub carriage: Money,
    /// Parcels sent.
    pub parcels: u32,
    /// Wages of hired workers.
    pub wages: Money,
    /// Pay of the partner who helps with selling.
    pub help: Money,
    /// What the family takes home.
    pub drawings: Money,
    /// Interest.
    pub interest: Money,
    /// Loan taken.
    pub loan: Money,
    /// Part of it taken because cash ran out.
    pub bridged: Money,
    /// What government pays lenders on public credit.
    pub interest_support: Money,
    /// Loan repaid.
    pub repaid: Money,
    /// Investment in premises and machines.
    pub investment: Money,
    /// Rent.
    pub rent: Money,
    /// Part of it paid by rent support.
    pub rent_support: Money,
    /// What government pays an exporter.
    pub export_support: Money,
    /// What the platform gives sellers.
    pub seller_subsidy: Money,
    /// Sales of goods that other shops made for it.
    pub shared: Money,
    /// What it paid them.
    pub paid_to_shops: Money,
    /// What it earned by goods made for other shops.
    pub earned_of_shops: Money,
    /// Own money put in, when cash ran out.
    pub capital: Money,
    /// Profit before drawings.
    pub profit: Money,
    /// Whether it grew to a next stage.
    pub grew: bool,
}

impl ShopMonth {
    /// What came in by trade.
    fn received(&self) -> Money {
        let support = self.rent_support + self.export_support + self.seller_subsidy;
        self.sales + self.exports + self.earned_of_shops + support
    }

    /// What trade cost.
    fn spent(&self) -> Money {
        let goods = self.produce + self.inputs + self.paid_to_shops + self.refunds;
        goods + self.fees + self.carriage + self.wages + self.help + self.rent + self.interest
    }
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
            machines: 0,
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

    /// Family members who work in it: the owner, and a second once that pays.
    pub(crate) fn family_workers(&self, p: &ShopParameters) -> u32 {
        1 + u32::from(self.success > p.second_worker as f32)
    }

    /// Working time of the family in it \[adults\]: by what was made last month, and something always.
    pub(crate) fn family_time(&self, p: &ShopParameters) -> f64 {
        let busy = f64::from(self.busy) / BYTE;
        f64::from(self.family_workers(p)) * (p.owner_time_least + (1.0 - p.owner_time_least) * busy)
    }

    /// Everybody who works in it: family and hired.
    pub fn jobs(&self, p: &ShopParameters) -> u32 {
        u32::from(self.workers) + self.family_workers(p)
    }

    /// What buyers ask of it in a month, and what it can make.
    pub(crate) fn plan(
        &self,
        p: &ShopParameters,
        around: &Surroundings,
        stream: &mut RandomStream,
    ) -> ShopPlan {
        let s = p.demand_spread;
        let fortune = math::exp(s * stream.normal() - s * s / 2.0);
        let attraction = self.attraction(p, around.neighbours, around.county, around.mark);
        let demand = around.unit_sales * attraction * around.season * fortune;
        let abroad = if self.exports { p.export_share } else { 0.0 };
        ShopPlan { demand: demand * (1.0 + abroad), abroad, capacity: self.capacity(p) }
    }

    /// Works through a month as planned, sharing orders. Growing decisions come last, for the next month.
    pub(crate) fn month(
        &mut self,
        p: &ShopParameters,
        market: &MarketParameters,
        around: &Surroundings,
        (plan, shared): (&ShopPlan, &SharedOrders),
        stream: &mut RandomStream,
    ) -> ShopMonth {
        let mut month = ShopMonth::default();
        self.sell(p, around, (plan, shared), self.spoilt(p, market, around), &mut month);
        let credit = Credit::of(p, around, month.sales + month.exports);
        self.settle(p, around, &credit, &mut month);
        self.invest(p, around, plan, &credit, &mut month);
        self.learn(p, around, &month, stream);
        month
    }

    /// Share of what it sells that buyers get back for: damaged or lost, and of fresh produce what perishes.
    fn spoilt(&self, p: &ShopParameters, market: &MarketParameters, around: &Surroundings) -> f64 {
        let fresh = self.product == Product::FreshProduce;
        let perished = if fresh { p.perishing_days * market.perishing } else { 0.0 };
        (around.lost + perished).min(1.0)
    }

    /// Sells what it makes and what others make for it.
    fn sell(
        &mut self,
        p: &ShopParameters,
        around: &Surroundings,
        (plan, shared): (&ShopPlan, &SharedOrders),
        spoilt: f64,
        month: &mut ShopMonth,
    ) {
        let made = plan.made() + shared.taken;
        self.busy = (BYTE * (made / p.home_capacity).min(1.0)) as u8;
        let sold = plan.made() + shared.given;
        let (total, made) = (Money::from_yuan(sold), Money::from_yuan(made));
        month.exports = total.share(plan.abroad / (1.0 + plan.abroad));
        month.sales = total - month.exports;
        month.shared = Money::from_yuan(shared.given);
        (month.paid_to_shops, month.earned_of_shops) = (shared.paid, shared.earned);
        month.parcels = (sold / p.parcel_value) as u32;
        month.refunds = total.share(spoilt);
        // What is grown is bought of farms, and packed; the rest is made of materials or bought for resale.
        let grown = self.product.is_farm_produce();
        month.produce = if grown { made.share(p.farm_gate_online) } else { Money::ZERO };
        let materials = if grown { p.packing_share } else { p.input_share };
        month.inputs = made.share(materials) + Money::from_yuan(p.fixed_cost);
        month.fees = total.share(around.fee);
        month.carriage = Money::from_yuan(around.parcel_price) * i64::from(month.parcels);
        month.wages = Money::from_yuan(around.wage * f64::from(self.workers));
        month.help = total.share(around.help.map_or(0.0, |help| help.fee));
        month.rent = Money::from_yuan(self.rent(p) * around.rent_index);
    }

    /// Pays what the month costs, and its debts, as far as there is money.
    fn settle(&mut self, p: &ShopParameters, around: &Surroundings, credit: &Credit, month: &mut ShopMonth) {
        month.interest = credit.interest(self.debt);
        month.interest_support = credit.interest_support(self.debt);
        let supported = |share: f64, applies: bool| if applies { share } else { 0.0 };
        month.rent_support = month.rent.share(supported(around.rent_support, self.has_rent_support(p)));
        month.export_support = Money::from_yuan(supported(around.export_support, self.exports));
        month.seller_subsidy = (month.sales + month.exports).share(around.seller_subsidy);
        month.profit = month.received() - month.spent();
        self.cash += month.profit;
        month.drawings = drawings(p, month.profit, Money::from_yuan(around.outside_wage));
        self.cash -= month.drawings;
        self.bridge(p, credit, month);
        month.repaid = self.debt.share(p.repayment).min(self.cash);
        self.debt -= month.repaid;
        self.cash -= month.repaid;
    }

    fn learn(
        &mut self,
        p: &ShopParameters,
        around: &Surroundings,
        month: &ShopMonth,
        stream: &mut RandomStream,
    ) {
        self.age = self.age.saturating_add(1);
        let speed = p.reputation_speed * around.help.map_or(1.0, |help| 1.0 + help.gain);
        self.reputation += (speed.min(1.0) * f64::from(self.quality - self.reputation)) as f32;
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
        // Firms grow by chance, in proportion to what they are: so that some become large.
        let spread = p.quality_spread / MONTHS_IN_YEAR.sqrt();
        let fortune = math::exp(spread * stream.normal() - spread * spread / 2.0);
        self.quality = (f64::from(self.quality) * fortune).min(MOST_QUALITY) as f32;
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

    pub(super) fn around() -> Surroundings {
        Surroundings {
            unit_sales: 5_000.0,
            neighbours: 1.0,
            county: 0.0,
            season: 1.0,
            parcel_price: 6.0,
            lost: 0.0,
            wage: 2_000.0,
            outside_wage: 2_800.0,
            fee: 0.02,
            seller_subsidy: 0.0,
            platform_credit: 0.0,
            rent_index: 1.0,
            export_support: 0.0,
            credit: None,
            rent_support: 0.0,
            mark: 0.0,
            export_start: 0.0,
            labour: 100,
            help: None,
        }
    }

    pub(super) fn shop(quality: f64) -> Shop {
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
        let mut month = || {
            let plan = shop.plan(&p, around, &mut stream);
            shop.month(&p, &market, around, (&plan, &SharedOrders::default()), &mut stream)
        };
        (0..12 * years).map(|_| month()).collect()
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
        let entered = sum(|m| m.sales + m.exports + m.capital);
        let bought = sum(|m| m.produce + m.inputs + m.fees + m.carriage + m.refunds);
        let left = bought + sum(|m| m.rent + m.wages + m.drawings + m.interest + m.investment);
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

    /// What lenders give keeps a shop of little cash open and its owner's purse shut while the loss lasts, at
    /// interest. The twin without credit is broke after half a year of losses.
    #[test]
    fn credit_reaches_who_is_short_of_cash() {
        let p = ShopParameters { bank_credit: 0.0, ..ShopParameters::default() };
        let poor = Surroundings { unit_sales: 100.0, ..around() };
        let line = Surroundings { credit: Some((50_000.0, 0.045)), ..poor };
        let half_a_year = |around: &Surroundings| {
            let mut shop = Shop { cash: Money::ZERO, ..shop(0.5) };
            let market = MarketParameters::default();
            let mut stream = RandomStream::new(Seed(4), Owner::other(1), Purpose::Selling, 0);
            let mut put_in = Money::ZERO;
            for _ in 0..8 {
                let plan = shop.plan(&p, around, &mut stream);
                put_in +=
                    shop.month(&p, &market, around, (&plan, &SharedOrders::default()), &mut stream).capital;
            }
            (shop.is_broke(&p), shop.debt > Money::ZERO, put_in > Money::ZERO)
        };
        assert_eq!(half_a_year(&line), (false, true, false));
        assert_eq!(half_a_year(&poor), (true, false, true), "the twin");
    }

    /// Rent support pays workshops and young shops a part of their rents; old home shops get none.
    #[test]
    fn rent_support_pays_rents_by_hand() {
        let supported = Surroundings { rent_support: 0.4, rent_index: 1.1, ..around() };
        let rent = |stage, age| {
            let mut shop = Shop { stage, age, ..shop(1.0) };
            let month = years(&mut shop, &supported, 1)[0];
            (month.rent, month.rent_support)
        };
        let yuan = Money::from_yuan;
        assert_eq!(rent(Stage::Home, 0), (yuan(165.0), yuan(66.0)));
        assert_eq!(rent(Stage::Home, 24), (yuan(165.0), Money::ZERO));
        assert_eq!(rent(Stage::Workshop, 24), (yuan(1_100.0), yuan(440.0)));
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
