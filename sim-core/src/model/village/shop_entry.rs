//! Shop entry: a village's clock, and what an entrant sells.

use super::Village;
use crate::agents::shop::{Shop, entry_quality};
use crate::base::{Delay, Money, Month, Product, Purpose, RandomStream, Time};
use crate::event::{Event, Happening, MarketNews, Measure, ShopName};
use crate::market::choice::Delivery;
use crate::metrics::book::CountyBook;
use crate::metrics::ledger::{IncomeSource, Item};
use crate::model::agenda::{Agenda, SLOW, phase};
use crate::model::setting::Setting;
use crate::world::County;

/// Where the shop is that an entrant imitates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Imitated {
    Nobody,
    Village,
    Town,
}

/// Imitation pull by trade.
pub(in crate::model) type ImitationPull = [f32; Product::COUNT];

/// What entrants meet beyond their village.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct EntryConditions<'c> {
    /// The county.
    pub county: &'c County,
    /// Imitation pull in each town.
    pub pulls: &'c [ImitationPull],
    /// Entry by training \[per household able to sell and year\].
    pub training: f64,
}

/// Rates of entry \[shops/year\].
#[derive(Clone, Copy, Debug)]
struct EntryRates {
    unprompted: f64,
    copied_inside: f64,
    copied_outside: f64,
}

impl EntryRates {
    fn sum(&self) -> f64 {
        self.unprompted + self.copied_inside + self.copied_outside
    }
}

/// A shop that has opened.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct ShopEntry {
    /// Which.
    pub shop: ShopName,
    /// Where the imitated shop is.
    pub imitated: Imitated,
    /// What it means for the village.
    pub milestone: Option<Happening>,
    /// When the next entry is due and its generation, if it is within the horizon.
    pub next: Option<(Time, u32)>,
}

impl Village {
    fn entry_rates(&self, setting: &Setting, now: Time, around: &EntryConditions<'_>) -> EntryRates {
        let p = &setting.parameters.shop;
        let place = &around.county.villages[self.index.at()];
        let able = p.able_share * f64::from(self.households);
        let shops = f64::from(self.shop_count());
        let free = (able - shops).max(0.0);
        let susceptible = if able > 0.0 { free / able } else { 0.0 };
        let craft = f64::from(place.craft_strength) * (p.craft_effect - 1.0).max(0.0);
        let back = f64::from(self.returned) / f64::from(self.records().max(1));
        let partner = self.open_station().map_or(0.0, |station| station.skill * p.partner_effect);
        let access = self.access(setting, now);
        let unprompted = free
            * p.entry
            * access
            * (1.0 + craft)
            * (1.0 + back * (p.city_experience - 1.0))
            * (1.0 + partner)
            + free * around.training;
        let own = self.sellers.as_ref().map_or(0.0, |sellers| sum(&sellers.imitation_pull));
        let town = sum(&around.pulls[usize::from(place.town)]);
        let villages = f64::from(around.county.towns[usize::from(place.town)].villages.max(2)) - 1.0;
        let reach = p.copying * susceptible * access.min(1.0);
        EntryRates {
            unprompted,
            copied_inside: reach * p.ties_inside * own,
            copied_outside: reach * (1.0 - p.ties_inside) * (town - own).max(0.0) / villages,
        }
    }

    /// What a seller needs from the outside: a line and a courier, and people who know the internet.
    fn access(&self, setting: &Setting, now: Time) -> f64 {
        let p = &setting.parameters.shop;
        let line = if Month::of(now) >= self.broadband { 1.0 } else { p.access_without_line };
        let courier = match self.delivery {
            Delivery::Village => 1.0,
            Delivery::Town => p.access_town,
            Delivery::Seat => p.access_seat,
        };
        let internet = setting.parameters.world.internet.at(now) / p.access_internet;
        line * courier * internet
    }

    /// Shops opened now \[shops/year\].
    pub(in crate::model) fn entry_rate(
        &self,
        setting: &Setting,
        now: Time,
        around: &EntryConditions<'_>,
    ) -> f64 {
        self.entry_rates(setting, now, around).sum()
    }

    /// Moves the entry clock to its present rate.
    pub(in crate::model) fn retime_entry(
        &mut self,
        setting: &Setting,
        now: Time,
        around: &EntryConditions<'_>,
        agenda: &mut Agenda<'_>,
    ) {
        let rate = self.entry_rate(setting, now, around);
        if let Some(next) = self.entry_clock.update(now, rate, SLOW) {
            self.schedule_entry(next, agenda);
        }
    }

    /// Schedules an entry that is due, by its generation.
    pub(in crate::model) fn schedule_entry(&self, (due, generation): (Time, u32), agenda: &mut Agenda<'_>) {
        agenda.schedule(
            due,
            phase::PEOPLE,
            self.source(),
            Event::EnterMarket { village: self.index, generation },
        );
    }

    /// A household opens a shop, and the clock is set to the next.
    pub(in crate::model) fn enter(
        &mut self,
        setting: &Setting,
        now: Time,
        horizon: Delay,
        around: &EntryConditions<'_>,
        news: &MarketNews,
        book: &mut CountyBook,
    ) -> ShopEntry {
        let mut stream =
            setting.random_stream(self.owner, Purpose::ShopEntry, u64::from(self.entry_clock.draws));
        let rates = self.entry_rates(setting, now, around);
        let u = stream.unit() * rates.sum();
        let (product, imitated) = if u < rates.copied_inside {
            let pulls = self.sellers.as_ref().map_or([0.0; Product::COUNT], |sellers| sellers.imitation_pull);
            (self.copied_trade(setting, around, &pulls, &mut stream), Imitated::Village)
        } else if u < rates.copied_inside + rates.copied_outside {
            let town = usize::from(around.county.villages[self.index.at()].town);
            (self.copied_trade(setting, around, &around.pulls[town], &mut stream), Imitated::Town)
        } else {
            (self.own_trade(setting, around, &mut stream), Imitated::Nobody)
        };
        let shop = self.new_shop(setting, product, around, news, &mut stream);
        let copied = imitated != Imitated::Nobody;
        let capital = Money::from_yuan(setting.parameters.shop.start_cash);
        book.pay(Item::FounderCapital, capital);
        self.takings.add(shop.owner, IncomeSource::OwnShops, -capital);
        book.count(if copied { Measure::ShopsCopied } else { Measure::ShopsOpenedUnprompted }, 1);
        let name = shop.name();
        let milestone = self.sellers.get_or_insert_default().add(shop, copied);
        let gap = stream.exponential();
        self.entry_clock.draws = stream.count() as u32;
        let rate = self.entry_rate(setting, now, around);
        let next = self.entry_clock.tick(now, gap, rate, horizon);
        ShopEntry { shop: name, imitated, milestone, next }
    }

    fn copied_trade(
        &self,
        setting: &Setting,
        around: &EntryConditions<'_>,
        pulls: &ImitationPull,
        stream: &mut RandomStream,
    ) -> Product {
        if stream.chance(setting.parameters.shop.same_trade) {
            weighted(&pulls.map(f64::from), stream)
        } else {
            self.own_trade(setting, around, stream)
        }
    }

    /// The trade of one who copies nobody: what the county makes, what the village has a craft for, what
    /// grows.
    fn own_trade(
        &self,
        setting: &Setting,
        around: &EntryConditions<'_>,
        stream: &mut RandomStream,
    ) -> Product {
        let p = &setting.parameters.shop;
        let village = &around.county.villages[self.index.at()];
        let weights = Product::ALL.map(|product| {
            let industry = f64::from(around.county.industry[product.at()]);
            let craft = if village.craft == Some(product) {
                p.trade_craft * f64::from(village.craft_strength)
            } else {
                0.0
            };
            industry * industry + craft + p.trade_least
        });
        weighted(&weights, stream)
    }

    /// A shop on its first day: its quality, its owner and its platform are drawn.
    fn new_shop(
        &self,
        setting: &Setting,
        product: Product,
        around: &EntryConditions<'_>,
        news: &MarketNews,
        stream: &mut RandomStream,
    ) -> Shop {
        let p = &setting.parameters.shop;
        let place = &around.county.villages[self.index.at()];
        let craft = if place.craft == Some(product) { f64::from(place.craft_strength) } else { 0.0 };
        let industry = f64::from(around.county.industry[product.at()]);
        let quality = entry_quality(p, industry, craft, stream);
        let owner = stream.below(u32::from(self.records())) as u16;
        let platform = crate::agents::platform::choose(&news.pull, stream);
        let number = self.sellers.as_ref().map_or(0, |sellers| sellers.opened);
        Shop::opened(p, self.index.0, number, owner, product, platform, quality)
    }
}

fn sum(pulls: &ImitationPull) -> f64 {
    pulls.iter().map(|&pull| f64::from(pull)).sum()
}

/// A trade picked by weight.
fn weighted(weights: &[f64; Product::COUNT], stream: &mut RandomStream) -> Product {
    let sum: f64 = weights.iter().sum();
    let mut u = stream.unit() * sum;
    for product in Product::ALL {
        u -= weights[product.at()];
        if u < 0.0 {
            return product;
        }
    }
    Product::GeneralGoods
}
