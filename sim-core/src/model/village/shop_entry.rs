//! Shop entry: a village's clock, and what an entrant sells.

use super::Village;
use crate::agents::shop::{Shop, entry_quality};
use crate::base::{Delay, Money, Month, Product, Purpose, RandomStream, Time, math};
use crate::event::{Event, Happening, MarketNews, Measure, ShopName};
use crate::market::demand;
use crate::metrics::book::CountyBook;
use crate::metrics::ledger::{IncomeSource, Item};
use crate::model::agenda::{Agenda, SLOW, phase};
use crate::model::setting::Setting;
use crate::params::ShopParameters;
use crate::world::County;

/// Where the shop is that an entrant imitates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Imitated {
    Nobody,
    Village,
    Town,
    County,
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
    /// Imitation pull in the county.
    pub county_pull: &'c ImitationPull,
    /// Villages of the county's towns, whether or not they are in the run.
    pub villages: u16,
    /// Suppliers nearby, over the mean of the country's villages.
    pub suppliers: f64,
    /// Entry by training \[per household able to sell and year\].
    pub training: f64,
}

/// Rates of entry \[shops/year\].
#[derive(Clone, Copy, Debug)]
struct EntryRates {
    unprompted: f64,
    copied_inside: f64,
    copied_in_town: f64,
    copied_in_county: f64,
}

impl EntryRates {
    fn sum(&self) -> f64 {
        self.unprompted + self.copied_inside + self.copied_in_town + self.copied_in_county
    }
}

impl EntryRates {
    /// Whom an entrant imitates, by a number from 0 to the sum of rates.
    fn whose(&self, u: f64) -> Imitated {
        let mut left = u;
        let copied = [
            (self.copied_inside, Imitated::Village),
            (self.copied_in_town, Imitated::Town),
            (self.copied_in_county, Imitated::County),
        ];
        for (rate, imitated) in copied {
            if left < rate {
                return imitated;
            }
            left -= rate;
        }
        Imitated::Nobody
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
    /// Imitation pull by trade of the shops that an entrant imitates, nothing if it imitates nobody.
    fn pulls_of(&self, around: &EntryConditions<'_>, imitated: Imitated) -> Option<ImitationPull> {
        let own = || self.sellers.as_ref().map_or([0.0; Product::COUNT], |sellers| sellers.imitation_pull);
        let town = || &around.pulls[usize::from(around.county.villages[self.index.at()].town)];
        match imitated {
            Imitated::Nobody => None,
            Imitated::Village => Some(own()),
            Imitated::Town => Some(beyond(town(), &own())),
            Imitated::County => Some(beyond(around.county_pull, town())),
        }
    }

    fn entry_rates(&self, setting: &Setting, now: Time, around: &EntryConditions<'_>) -> EntryRates {
        let p = &setting.parameters.shop;
        let place = &around.county.villages[self.index.at()];
        let able = p.able_share * f64::from(self.households);
        let shops = f64::from(self.shop_count());
        let free = (able - shops).max(0.0);
        let susceptible = if able > 0.0 { free / able } else { 0.0 };
        let craft = f64::from(place.craft_strength) * (p.craft_effect - 1.0).max(0.0);
        let back = f64::from(self.returned) / f64::from(self.records().max(1));
        let partner = p.partner_effect * self.recruits_sellers(&setting.parameters.partner);
        let access = self.access(setting, now);
        let unprompted = free
            * p.entry
            * around.suppliers
            * access
            * (1.0 + craft)
            * (1.0 + back * (p.city_experience - 1.0))
            * (1.0 + partner)
            + free * around.training;
        let own = self.sellers.as_ref().map_or(0.0, |sellers| sum(&sellers.imitation_pull));
        let town = sum(&around.pulls[usize::from(place.town)]);
        let in_town = around.county.towns[usize::from(place.town)].villages;
        let others = |of_place: f64, beyond: f64, villages: u16| {
            impression(p, (of_place - beyond).max(0.0) / f64::from(villages.max(1)))
        };
        let reach = p.copying * susceptible * access.min(1.0);
        let outside = reach * (1.0 - p.ties_inside);
        EntryRates {
            unprompted,
            copied_inside: reach * p.ties_inside * own,
            copied_in_town: outside * (1.0 - p.ties_beyond) * others(town, own, in_town.saturating_sub(1)),
            copied_in_county: outside
                * p.ties_beyond
                * others(sum(around.county_pull), town, around.villages.saturating_sub(in_town)),
        }
    }

    /// What a seller needs from the outside: a line and a courier, and people who know the internet.
    fn access(&self, setting: &Setting, now: Time) -> f64 {
        let p = &setting.parameters.shop;
        let line = if Month::of(now) >= self.broadband { 1.0 } else { p.access_without_line };
        let courier = self.arrivals.reached().mean(1.0, p.access_town, p.access_seat);
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
        let imitated = rates.whose(u);
        let product = match self.pulls_of(around, imitated) {
            Some(pulls) => self.copied_trade(setting, around, &pulls, &mut stream),
            None => self.own_trade(setting, around, &mut stream),
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

    /// The trade of one who copies nobody: what is bought online and made in the county, what its clusters
    /// and markets are known for, what the village has a craft for.
    fn own_trade(
        &self,
        setting: &Setting,
        around: &EntryConditions<'_>,
        stream: &mut RandomStream,
    ) -> Product {
        let p = &setting.parameters.shop;
        let village = &around.county.villages[self.index.at()];
        let demand = demand::shares(&setting.parameters.market);
        let weights = Product::ALL.map(|product| {
            let at = product.at();
            let usual = demand[at] * Product::COUNT as f64 * f64::from(around.county.industry[at]);
            let clusters = p.trade_clusters * f64::from(around.county.early.cluster_trades[at]);
            let craft = if village.craft == Some(product) {
                p.trade_craft * f64::from(village.craft_strength)
            } else {
                0.0
            };
            usual + clusters + craft + p.trade_least
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
        let clusters = f64::from(around.county.early.cluster_trades[product.at()]);
        let industry = f64::from(around.county.industry[product.at()]) + p.cluster_industry * clusters;
        let quality =
            entry_quality(p, industry, craft, stream) * math::pow(around.suppliers, p.suppliers_quality);
        let owner = stream.below(u32::from(self.records())) as u16;
        let platform = crate::agents::platform::choose(&news.pull, stream);
        let number = self.sellers.as_ref().map_or(0, |sellers| sellers.opened);
        Shop::opened(p, self.index.0, number, owner, product, platform, quality)
    }
}

/// What the shops of other villages amount to in the eyes of one who hears of them: more of them impress
/// less.
fn impression(p: &ShopParameters, pull: f64) -> f64 {
    pull / (1.0 + pull / p.impression_most)
}

/// What is left of a place's pull without that of a part of it.
fn beyond(place: &ImitationPull, part: &ImitationPull) -> ImitationPull {
    std::array::from_fn(|at| (place[at] - part[at]).max(0.0))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_elsewhere_impress_less_the_more_there_are() {
        let p = ShopParameters { impression_most: 2.0, ..ShopParameters::default() };
        assert_eq!([0.0, 2.0, 6.0].map(|pull| impression(&p, pull)), [0.0, 1.0, 1.5]);
        // By hand: no pull beyond 2, but in proportion while there is little.
        assert!(impression(&p, 1e9) <= 2.0 && impression(&p, 0.001) > 0.000_999);
    }

    #[test]
    fn an_entrant_imitates_by_the_rates() {
        let rates =
            EntryRates { unprompted: 1.0, copied_inside: 2.0, copied_in_town: 3.0, copied_in_county: 4.0 };
        assert_eq!(rates.sum(), 10.0);
        let whose = [0.5, 2.5, 5.5, 9.5].map(|u| rates.whose(u));
        assert_eq!(whose, [Imitated::Village, Imitated::Town, Imitated::County, Imitated::Nobody]);
    }

    #[test]
    fn what_lies_beyond_a_town_is_the_county_without_it() {
        let (mut county, mut town) = ([0.0; Product::COUNT], [0.0; Product::COUNT]);
        (county[0], town[0], county[1]) = (5.0, 2.0, 1.0);
        let rest = beyond(&county, &town);
        assert_eq!((rest[0], rest[1], rest[2]), (3.0, 1.0, 0.0));
    }
}
