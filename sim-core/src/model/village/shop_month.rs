//! The month of a village's shops: what they sell, who moves, closes, and what they make of the village.

use super::Village;
use super::living::local_wage;
use crate::agents::platform;
use crate::agents::shop::{
    SalesHelp, SharedOrders, Shop, ShopMonth, ShopPlan, Stage, Surroundings, share_orders,
};
use crate::base::{Money, Product, Purpose, RandomStream, Time};
use crate::event::{Cause, Distribution, Happening, MarketNews, Measure, PlatformName};
use crate::market::demand;
use crate::metrics::book::CountyBook;
use crate::metrics::ledger::{IncomeSource, Item};
use crate::model::accounts::{Accounts, accrued};
use crate::model::chronicle::Chronicle;
use crate::model::open_month::OpenMonth;
use crate::model::setting::Setting;
use crate::params::ShopParameters;

/// How many of a village's shops have their opening and closing told, and why: the first ones are its story,
/// the rest is in the series. All of them would fill the memory of a long run.
pub(in crate::model) const RECORDED: u16 = 10;

/// What the shops of a county meet in a month, whatever their village.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct ShopConditions<'c> {
    /// The month.
    pub month: &'c OpenMonth,
    /// What the national markets do.
    pub news: &'c MarketNews,
    /// Shops of the county by trade.
    pub trades: &'c [u32; Product::COUNT],
    /// What government adds.
    pub support: Surroundings,
    /// The season of every trade over the yearly mean.
    pub seasons: [f64; Product::COUNT],
}

/// Share of households at work in shops, or with rooms let to them, that `shop.wage_tightness` and
/// `shop.rent_tightness` are about.
const TENTH: f64 = 0.1;

/// What the random numbers of a shop's month are used for.
#[derive(Clone, Copy, Debug)]
enum ShopDraw {
    Month = 0,
    Closing = 1,
    Platform = 2,
}

/// A shop's month, and what it met.
struct WorkedMonth {
    month: ShopMonth,
    around: Surroundings,
}

impl Village {
    /// Works through the month of every shop.
    pub(in crate::model) fn shops_month(
        &mut self,
        setting: &Setting,
        now: Time,
        conditions: &ShopConditions<'_>,
        accounts: &mut Accounts,
        chronicle: &mut Chronicle,
    ) {
        let Some(mut shops) = self.take_shops() else { return };
        let mut sold = 0;
        let months = self.work_shops(setting, now, &mut shops, conditions);
        for (shop, worked) in shops.iter().zip(&months) {
            sold += (worked.month.sales + worked.month.exports).fen();
            if let Some(milestone) = self.note_shop(shop, &worked.month) {
                chronicle.record(now, Some(self.index), milestone);
            }
            chronicle.shop_worked(&setting.parameters.shop, conditions.month.month(), shop, &worked.month);
            let taken = book_shop(setting, shop, worked, conditions.month.part(now), accounts);
            self.takings.add(shop.owner, IncomeSource::OwnShops, taken);
        }
        if let Some(sellers) = self.sellers.as_deref_mut() {
            sellers.sales[usize::from(conditions.month.month().month_of_year()) - 1] = sold;
            sellers.shops = shops;
        }
    }

    /// Books what shops sell in the days of an unfinished month; none grows, borrows or closes.
    pub(in crate::model) fn accrue_shops(
        &mut self,
        setting: &Setting,
        now: Time,
        conditions: &ShopConditions<'_>,
        accounts: &mut Accounts,
        chronicle: &mut Chronicle,
    ) {
        let Some(shops) = self.take_shops() else { return };
        let mut as_if = shops.clone();
        for (shop, mut worked) in shops.iter().zip(self.work_shops(setting, now, &mut as_if, conditions)) {
            worked.month = ShopMonth {
                loan: Money::ZERO,
                capital: worked.month.capital + worked.month.bridged,
                investment: Money::ZERO,
                grew: false,
                ..worked.month
            };
            self.note_shop(shop, &worked.month);
            let part = worked.month.accrued(conditions.month.part(now));
            chronicle.shop_worked(&setting.parameters.shop, conditions.month.month(), shop, &part);
            let taken = book_shop(setting, shop, &worked, conditions.month.part(now), accounts);
            self.takings.add(shop.owner, IncomeSource::OwnShops, taken);
        }
        if let Some(sellers) = self.sellers.as_deref_mut() {
            sellers.shops = shops;
        }
    }

    /// Takes the shops out for their month, and begins its sums; nothing where nobody ever sold.
    fn take_shops(&mut self) -> Option<Vec<Shop>> {
        let sellers = self.sellers.as_deref_mut()?;
        (sellers.help_paid, sellers.produce, sellers.rents, sellers.wages) = (0, 0, 0, 0);
        Some(std::mem::take(&mut sellers.shops))
    }

    /// The month of all its shops: what each is asked for, what they make for each other, and what comes of
    /// it.
    fn work_shops(
        &self,
        setting: &Setting,
        now: Time,
        shops: &mut [Shop],
        conditions: &ShopConditions<'_>,
    ) -> Vec<WorkedMonth> {
        let p = &setting.parameters;
        let met = |shop: &Shop| {
            let around = self.surroundings(setting, now, shop, conditions);
            (around, self.shop_stream(setting, conditions.month, shop, ShopDraw::Month))
        };
        let mut met: Vec<(Surroundings, RandomStream)> = shops.iter().map(met).collect();
        let plan = |(shop, (around, stream)): (&Shop, &mut (Surroundings, RandomStream))| {
            shop.plan(&p.shop, around, stream)
        };
        let plans: Vec<ShopPlan> = shops.iter().zip(&mut met).map(plan).collect();
        let shared = if plans.iter().any(|plan| plan.over() > 0.0) {
            share_orders(&p.shop, shops, &plans)
        } else {
            vec![SharedOrders::default(); plans.len()]
        };
        let all = shops.iter_mut().zip(met).zip(plans.iter().zip(&shared));
        all.map(|((shop, (around, mut stream)), planned)| {
            let month = shop.month(&p.shop, &p.market, &around, planned, &mut stream);
            WorkedMonth { month, around }
        })
        .collect()
    }

    /// A shop's own random stream of the month, so that a shop more or less leaves the others' as it is.
    fn shop_stream(&self, setting: &Setting, month: &OpenMonth, shop: &Shop, draw: ShopDraw) -> RandomStream {
        let owner = self.owner.household(u32::from(shop.number));
        setting.random_stream(owner, Purpose::Selling, u64::from(month.month().0) << 2 | draw as u64)
    }

    fn surroundings(
        &self,
        setting: &Setting,
        now: Time,
        shop: &Shop,
        conditions: &ShopConditions<'_>,
    ) -> Surroundings {
        let p = &setting.parameters;
        let product = shop.product.at();
        let sellers = self.sellers.as_deref();
        let neighbours = sellers.map_or(1, |sellers| sellers.trades[product]);
        let employed = sellers.map_or(0, |sellers| sellers.jobs);
        let wage = local_wage(p, now) * self.wage_index(&p.shop);
        let share = conditions.news.buyers[shop.platform.at()];
        let incumbent = shop.platform == PlatformName::Incumbent;
        let lends = now >= p.shop.platform_credit_start.midnight();
        let remote = p.logistics.parcel_price_remote * (1.0 - self.arrivals.reached().village);
        Surroundings {
            unit_sales: conditions.news.unit_sales[product] * platform::reach(&p.platform, share),
            neighbours: f64::from(neighbours),
            county: f64::from(conditions.trades[product].saturating_sub(neighbours.into())),
            season: conditions.seasons[product],
            parcel_price: p.logistics.parcel_price + remote,
            lost: p.logistics.damage,
            wage,
            outside_wage: wage,
            fee: if incumbent { p.platform.fee } else { p.platform.rival_fee },
            seller_subsidy: if incumbent { p.platform.seller_subsidy } else { 0.0 },
            platform_credit: if incumbent && lends { p.shop.platform_credit } else { 0.0 },
            rent_index: self.rent_index(&p.shop),
            help: self.sales_help(setting, shop),
            labour: (p.shop.labour_per_household * u32::from(self.households) + p.shop.labour_beyond)
                .saturating_sub(employed),
            ..conditions.support
        }
    }

    /// What the partner's help with selling costs a shop and does for it, if it uses that: home shops do, the
    /// more of them the more skilled the partner is.
    fn sales_help(&self, setting: &Setting, shop: &Shop) -> Option<SalesHelp> {
        let p = &setting.parameters.partner;
        let station = self.open_station().filter(|_| shop.stage == Stage::Home)?;
        let owner = self.owner.household(u32::from(shop.number));
        let inclined = setting.random_stream(owner, Purpose::SalesHelp, 0).unit();
        let uses = inclined < p.sales_help_reach * station.skill;
        uses.then_some(SalesHelp { fee: p.sales_help_fee, gain: p.sales_help_gain })
    }

    /// The village's wage over what is usual near home: it rises with the share of households at work in
    /// shops.
    pub(super) fn wage_index(&self, p: &ShopParameters) -> f64 {
        let employed = self.sellers.as_deref().map_or(0, |sellers| sellers.jobs);
        1.0 + p.wage_tightness * f64::from(employed) / f64::from(self.households.max(1)) / TENTH
    }

    /// Its rents over those where rooms are not scarce: they rise with the rooms that its shops take.
    fn rent_index(&self, p: &ShopParameters) -> f64 {
        let rooms = self.sellers.as_deref().map_or(0.0, |sellers| f64::from(sellers.rooms));
        1.0 + p.rent_tightness * rooms / f64::from(self.households.max(1)) / TENTH
    }

    /// Adds a shop's month to what the village's shops amount to. Returns what is worth telling of it.
    fn note_shop(&mut self, shop: &Shop, month: &ShopMonth) -> Option<Happening> {
        self.sent_last += month.parcels;
        let sellers = self.sellers.as_deref_mut()?;
        sellers.wages += month.wages.fen();
        sellers.produce += month.produce.fen();
        sellers.help_paid += month.help.fen();
        sellers.rents += month.rent.fen();
        let first = month.grew && !sellers.had_workshop;
        sellers.had_workshop |= first;
        first.then_some(Happening::FirstWorkshop(shop.product))
    }

    /// Closes the shops that give up, of all that the county has by trade; government makes good defaults on
    /// its line of credit.
    pub(in crate::model) fn close_shops(
        &mut self,
        setting: &Setting,
        month: &OpenMonth,
        line: Money,
        trades: &mut [u32; Product::COUNT],
        book: &mut CountyBook,
        chronicle: &mut Chronicle,
    ) {
        let p = &setting.parameters.shop;
        let now = OpenMonth::last_minute(month.month());
        let Some(mut shops) = self.sellers.as_deref_mut().map(|sellers| std::mem::take(&mut sellers.shops))
        else {
            return;
        };
        shops.retain(|shop| {
            if !shop.closes(p, &mut self.shop_stream(setting, month, shop, ShopDraw::Closing)) {
                return true;
            }
            if shop.number < RECORDED {
                let cause = if shop.is_broke(p) { Cause::Broke } else { Cause::GivenUp };
                chronicle.record_cause(now, Some(self.index), Happening::ShopClosed(shop.name()), cause);
            }
            chronicle.shop_closed(shop);
            let left = settle_closed_shop(shop, line, book);
            self.takings.add(shop.owner, IncomeSource::OwnShops, left);
            trades[shop.product.at()] -= 1;
            if let Some(sellers) = self.sellers.as_deref_mut() {
                sellers.trades[shop.product.at()] -= 1;
            }
            false
        });
        if let Some(sellers) = self.sellers.as_deref_mut() {
            sellers.shops = shops;
        }
    }

    /// Some sellers move to where the buyers are; reputation earned holds them back.
    pub(in crate::model) fn move_platforms(
        &mut self,
        setting: &Setting,
        month: &OpenMonth,
        news: &MarketNews,
    ) {
        let p = &setting.parameters.platform;
        if PlatformName::ALL[1..].iter().all(|rival| news.buyers[rival.at()] <= 0.0) {
            return;
        }
        for at in 0..self.shops().len() {
            let shop = self.shops()[at];
            let mut stream = self.shop_stream(setting, month, &shop, ShopDraw::Platform);
            let reputation = f64::from(shop.reputation);
            let target = platform::seller_target(p, shop.platform, reputation, &news.buyers, &mut stream);
            if let (Some(platform), Some(sellers)) = (target, self.sellers.as_deref_mut()) {
                sellers.shops[at].platform = platform;
                sellers.shops[at].reputation *= p.reputation_kept as f32;
            }
        }
    }

    /// Sums what the shops amount to, and applies the rule of a Taobao village.
    pub(in crate::model) fn judge_shops(&mut self, setting: &Setting, now: Time, chronicle: &mut Chronicle) {
        let p = &setting.parameters.shop;
        let Some(sellers) = self.sellers.as_deref_mut() else {
            return;
        };
        sellers.sum_up(p);
        let meets = sellers.meets_rule(p, self.households);
        let met = std::mem::replace(&mut sellers.taobao, meets);
        let trade = sellers.main_trade();
        if meets && !met {
            chronicle.record(now, Some(self.index), Happening::TaobaoVillage(trade));
        } else if met && !meets {
            chronicle.record(now, Some(self.index), Happening::RuleLost(trade));
        }
    }
}

/// Books a shop's month: of an incomplete one, what falls on the days that are simulated. Returns what the
/// owner takes home, less what the owner puts in.
fn book_shop(
    setting: &Setting,
    shop: &Shop,
    worked: &WorkedMonth,
    part: f64,
    accounts: &mut Accounts,
) -> Money {
    let WorkedMonth { month, around } = worked;
    let attraction = shop.attraction(&setting.parameters.shop, around.neighbours, around.county, around.mark);
    accounts.report.attraction[shop.product.at()] += (attraction * demand::ATTRACTION_UNIT) as i64;
    let book = &mut accounts.book;
    book.sample(Distribution::ShopSales, (month.sales + month.exports).yuan(), 1);
    let month = &month.accrued(part);
    book.count(Measure::ShopSales, month.sales.fen());
    book.count(Measure::ShopExports, month.exports.fen());
    book.count(Measure::ShopShared, month.shared.fen());
    book.count(Measure::ShopWages, month.wages.fen());
    book.count(Measure::ShopProfits, month.profit.fen());
    book.count(Measure::ParcelsOut, i64::from(month.parcels));
    let incumbent = shop.platform == PlatformName::Incumbent;
    let sales = if incumbent { Item::ShopSales } else { Item::RivalShopSales };
    let fees = if incumbent { Item::PlatformFees } else { Item::RivalFees };
    let payments = [
        (sales, month.sales),
        (fees, month.fees),
        (Item::Export, month.exports),
        (Item::ShopRefund, month.refunds),
        (Item::ShopInputs, month.inputs),
        (Item::ShopParcels, month.carriage),
        (Item::ShopWages, month.wages),
        (Item::SalesHelp, month.help),
        (Item::OwnerDrawings, month.drawings),
        (Item::Interest, month.interest),
        (Item::CreditGranted, month.loan),
        (Item::CreditRepaid, month.repaid),
        (Item::ShopInvestment, month.investment),
        (Item::ShopSubcontracts, month.paid_to_shops),
        (Item::RentSupport, month.rent_support),
        (Item::ExportSupport, month.export_support),
        (Item::SellerSubsidy, month.seller_subsidy),
        (Item::InterestSupport, month.interest_support),
        (Item::FounderCapital, month.capital),
    ];
    for (item, amount) in payments {
        if amount > Money::ZERO {
            book.pay(item, amount);
        }
    }
    month.drawings - month.capital
}

/// Books what a shop that closes pays back and leaves to its owner. Returns what it leaves.
fn settle_closed_shop(shop: &Shop, line: Money, book: &mut CountyBook) -> Money {
    book.count(Measure::ShopsClosed, 1);
    let paid_back = shop.debt.min(shop.cash);
    book.pay(Item::CreditRepaid, paid_back);
    book.pay(Item::OwnerDrawings, shop.cash - paid_back);
    if shop.debt > paid_back {
        let defaulted = shop.debt - paid_back;
        book.ledger_mut().write_off(defaulted);
        book.pay(Item::CreditGuarantee, defaulted.min(line));
    }
    shop.cash - paid_back
}

impl ShopMonth {
    /// What of it falls on a part of the month: all but what happens once, such as an investment.
    fn accrued(self, part: f64) -> ShopMonth {
        if part >= 1.0 {
            return self;
        }
        let of = |amount| accrued(amount, part);
        ShopMonth {
            sales: of(self.sales),
            exports: of(self.exports),
            refunds: of(self.refunds),
            produce: of(self.produce),
            inputs: of(self.inputs),
            fees: of(self.fees),
            carriage: of(self.carriage),
            parcels: (f64::from(self.parcels) * part + 0.5) as u32,
            wages: of(self.wages),
            help: of(self.help),
            drawings: of(self.drawings),
            interest: of(self.interest),
            interest_support: of(self.interest_support),
            rent: of(self.rent),
            rent_support: of(self.rent_support),
            export_support: of(self.export_support),
            seller_subsidy: of(self.seller_subsidy),
            shared: of(self.shared),
            paid_to_shops: of(self.paid_to_shops),
            earned_of_shops: of(self.earned_of_shops),
            repaid: of(self.repaid),
            capital: of(self.capital),
            profit: of(self.profit),
            ..self
        }
    }
}
