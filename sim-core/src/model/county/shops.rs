//! Shops of a county: which shop an entrant imitates, the month of all, the markets of towns.

use super::super::agenda::{Agenda, SLOW};
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::{Imitated, RECORDED, ShopEntry};
use crate::agents::shop::Shop;
use crate::base::{Delay, Money, Product, Purpose, Time, VillageIndex};
use crate::event::{Cause, Happening, ShopName};
use crate::market::demand;

impl CountyProcess {
    /// A tick of a village's entry clock: a household opens a shop.
    pub(in crate::model) fn enter(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        generation: u32,
        agenda: &mut Agenda<'_>,
    ) {
        if !self.villages[at].entry_clock.is_current(generation) {
            return;
        }
        if let Some(next) = self.open_shop(setting, now, at, SLOW) {
            self.villages[at].schedule_entry(next, agenda);
        }
    }

    /// Opens a shop in a village and sets its clock to the next. Returns when that is due, and its
    /// generation, if it is within the horizon.
    pub(super) fn open_shop(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        horizon: Delay,
    ) -> Option<(Time, u32)> {
        let training = self.training(setting, now);
        let around = self.market.entry_conditions(setting, self.index, training);
        let (news, book) = (&self.market.news, &mut self.accounts.book);
        let entry = self.villages[at].enter(setting, now, horizon, &around, news, book);
        let ShopEntry { shop, imitated, milestone, next } = entry;
        self.market.trades[shop.product.at()] += 1;
        let village = VillageIndex(at as u16);
        if shop.number < RECORDED || self.chronicle.follows_shops() {
            let cause = self.imitated_shop(setting, at, shop, imitated);
            self.chronicle.shop_opened(village, shop.number, cause);
            if shop.number < RECORDED {
                self.chronicle.record_cause(now, Some(village), Happening::ShopOpened(shop), cause);
            }
        }
        if let Some(milestone) = milestone {
            self.chronicle.record(now, Some(village), milestone);
        }
        next
    }

    /// Which shop an entrant imitated: drawn by imitation pull, those of the
    /// trade first, with a random stream of its own.
    fn imitated_shop(&self, setting: &Setting, at: usize, opened: ShopName, imitated: Imitated) -> Cause {
        let p = &setting.parameters.shop;
        let near: Vec<(&Shop, f64)> = self
            .imitable_shops(setting, at, imitated)
            .filter(|shop| usize::from(shop.village) != at || shop.number != opened.number)
            .map(|shop| (shop, shop.imitation_pull(p)))
            .collect();
        let of_trade = |shop: &Shop| shop.product == opened.product;
        let any = near.iter().any(|(shop, strength)| of_trade(shop) && *strength > 0.0);
        let weights = near.iter().map(|(shop, strength)| {
            let counts = !any || of_trade(shop);
            (*shop, if counts { *strength } else { 0.0 })
        });
        let sum: f64 = weights.clone().map(|(_, weight)| weight).sum();
        let owner = self.villages[at].owner;
        let mut stream = setting.random_stream(owner, Purpose::Observation, u64::from(opened.number));
        let mut u = stream.unit() * sum;
        let chosen = weights.into_iter().find(|(_, weight)| {
            u -= weight;
            u < 0.0
        });
        match chosen {
            Some((shop, _)) => Cause::Copied { village: VillageIndex(shop.village), shop: shop.number },
            None if imitated == Imitated::Nobody => Cause::Unprompted,
            None => Cause::Unstated,
        }
    }

    /// The shops that may have been imitated: of the village, of its town's other villages, or of the
    /// county's other towns.
    fn imitable_shops(
        &self,
        setting: &Setting,
        at: usize,
        imitated: Imitated,
    ) -> impl Iterator<Item = &Shop> {
        let places = &self.place(setting).villages;
        let town = places[at].town;
        let counts = move |other: usize| match imitated {
            Imitated::Nobody => false,
            Imitated::Village => other == at,
            Imitated::Town => other != at && places[other].town == town,
            Imitated::County => places[other].town != town,
        };
        let villages = self.villages.iter().enumerate().filter(move |(other, _)| counts(*other));
        villages.flat_map(|(_, village)| village.shops())
    }

    /// Works through the month of every shop.
    pub(in crate::model) fn shops_month(&mut self, setting: &Setting, now: Time) {
        self.accounts.report.attraction = [0; Product::COUNT];
        let (support, seasons) = (self.shop_support(setting, now), self.seasons(setting));
        let line = Money::from_yuan(support.credit.map_or(0.0, |(line, _)| line));
        let conditions = self.market.shop_conditions(&self.month, support, seasons);
        let (accounts, chronicle) = (&mut self.accounts, &mut self.chronicle);
        for village in &mut self.villages {
            village.shops_month(setting, now, &conditions, accounts, chronicle);
        }
        let (month, trades) = (&self.month, &mut self.market.trades);
        for village in &mut self.villages {
            village.close_shops(setting, month, line, trades, &mut accounts.book, chronicle);
            village.move_platforms(setting, month, &self.market.news);
        }
        self.judge_villages(setting, now);
    }

    /// Books what shops sell in the days of an unfinished month.
    pub(super) fn accrue_shops(&mut self, setting: &Setting, now: Time) {
        let (support, seasons) = (self.shop_support(setting, now), self.seasons(setting));
        let conditions = self.market.shop_conditions(&self.month, support, seasons);
        for village in &mut self.villages {
            village.accrue_shops(setting, now, &conditions, &mut self.accounts, &mut self.chronicle);
        }
    }

    fn judge_villages(&mut self, setting: &Setting, now: Time) {
        let places = &self.place(setting).villages;
        let (examples, county) = (&mut self.market.imitation_pull, &mut self.market.county_pull);
        examples.iter_mut().for_each(|examples| *examples = [0.0; Product::COUNT]);
        *county = [0.0; Product::COUNT];
        for (village, place) in self.villages.iter_mut().zip(places) {
            village.judge_shops(setting, now, &mut self.chronicle);
            if let Some(sellers) = village.sellers.as_deref() {
                let sums = &mut examples[usize::from(place.town)];
                sums.iter_mut().zip(sellers.imitation_pull).for_each(|(sum, imitated)| *sum += imitated);
                county.iter_mut().zip(sellers.imitation_pull).for_each(|(sum, imitated)| *sum += imitated);
            }
        }
    }

    /// The season of every trade in the open month over the yearly mean.
    fn seasons(&self, setting: &Setting) -> [f64; Product::COUNT] {
        let month = self.month.month();
        Product::ALL
            .map(|product| demand::season(&setting.parameters.market, product, month) * self.weather.demand)
    }
}
