//! Founding and copying shops: a village's clock, and what a founder sells.

use super::super::county_process::{CountyOutbox, CountyProcess, SLOW, phase};
use super::super::setting::Setting;
use super::super::village::Village;
use crate::agents::shop::{Shop, founding_quality};
use crate::base::{Delay, Money, Month, Product, Purpose, Stream, Time, VillageIndex};
use crate::event::{Cause, Event, Happening, Measure, ShopName};
use crate::market::choice::Delivery;
use crate::metrics::ledger::Item;

/// How many of a village's shops have their founding and closing told, and why: the first ones are its story,
/// the rest is in the series. All of them would fill the memory of a long run.
pub(super) const TOLD: u16 = 10;

/// By whose example a shop is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Example {
    Nobody,
    Village,
    Town,
}

/// Rates of founding in a village \[shops/year\].
#[derive(Clone, Copy, Debug)]
struct FoundingRates {
    unprompted: f64,
    copied_inside: f64,
    copied_outside: f64,
}

impl FoundingRates {
    fn sum(&self) -> f64 {
        self.unprompted + self.copied_inside + self.copied_outside
    }
}

impl CountyProcess {
    /// How fast shops are founded in a village now.
    fn founding_rates(&self, setting: &Setting, now: Time, at: usize) -> FoundingRates {
        let p = &setting.parameters.shop;
        let village = &self.villages[at];
        let place = &self.place(setting).villages[at];
        let able = p.able_share * f64::from(village.households);
        let shops = f64::from(village.shops());
        let free = (able - shops).max(0.0);
        let susceptible = if able > 0.0 { free / able } else { 0.0 };
        let craft = f64::from(place.craft_strength) * (p.craft_effect - 1.0).max(0.0);
        let back = f64::from(village.returned) / f64::from(village.records.max(1));
        let partner = village.open_station().map_or(0.0, |station| station.skill * p.partner_effect);
        let unprompted = free
            * p.founding
            * self.access(setting, now, village)
            * (1.0 + craft)
            * (1.0 + back * (p.city_experience - 1.0))
            * (1.0 + partner)
            + free * self.training(setting, now);
        let own: f64 =
            village.sellers.as_ref().map_or(0.0, |s| s.examples.iter().map(|&e| f64::from(e)).sum());
        let town = self.town_examples[usize::from(place.town)].iter().map(|&e| f64::from(e)).sum::<f64>();
        let villages = f64::from(self.place(setting).towns[usize::from(place.town)].villages.max(2)) - 1.0;
        let reach = p.copying * susceptible * self.access(setting, now, village).min(1.0);
        FoundingRates {
            unprompted,
            copied_inside: reach * p.ties_inside * own,
            copied_outside: reach * (1.0 - p.ties_inside) * (town - own).max(0.0) / villages,
        }
    }

    /// What a seller needs from the outside: a line and a courier, and people who know the internet.
    fn access(&self, setting: &Setting, now: Time, village: &Village) -> f64 {
        let p = &setting.parameters.shop;
        let line = if Month::of(now) >= village.broadband { 1.0 } else { p.access_without_line };
        let courier = match village.delivery {
            Delivery::Village => 1.0,
            Delivery::Town => p.access_town,
            Delivery::Seat => p.access_seat,
        };
        let internet = setting.parameters.world.internet.at(now) / p.access_internet;
        line * courier * internet
    }

    /// Shops founded in a village now \[shops/year\].
    pub(in crate::model) fn founding_rate(&self, setting: &Setting, now: Time, at: usize) -> f64 {
        self.founding_rates(setting, now, at).sum()
    }

    /// Moves a village's founding clock to its present rate.
    pub(in crate::model) fn refresh_founding(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        outbox: &mut CountyOutbox,
    ) {
        let rate = self.founding_rate(setting, now, at);
        if let Some((due, turn)) = self.villages[at].found_clock.look(now, rate, SLOW) {
            let event = Event::Found { village: Self::named(at), turn };
            self.schedule(outbox, due, phase::PEOPLE, at as u32 + 1, event);
        }
    }

    /// A household of a village founds a shop.
    pub(in crate::model) fn founding(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        turn: u32,
        outbox: &mut CountyOutbox,
    ) {
        if !self.villages[at].found_clock.is_current(turn) {
            return;
        }
        if let Some((due, turn)) = self.found(setting, now, at, SLOW) {
            let event = Event::Found { village: Self::named(at), turn };
            self.schedule(outbox, due, phase::PEOPLE, at as u32 + 1, event);
        }
    }

    /// Founds a shop and sets the village's clock to the next. Returns when that is due, and its turn, if it
    /// is within the horizon.
    pub(in crate::model) fn found(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        horizon: Delay,
    ) -> Option<(Time, u32)> {
        let village = &self.villages[at];
        let mut luck = setting.luck(village.owner, Purpose::Founding, u64::from(village.found_clock.luck));
        let rates = self.founding_rates(setting, now, at);
        let u = luck.unit() * rates.sum();
        let (product, example) = if u < rates.copied_inside {
            let examples = village.sellers.as_ref().map_or([0.0; Product::COUNT], |sellers| sellers.examples);
            (self.copied_trade(setting, at, &examples, &mut luck), Example::Village)
        } else if u < rates.copied_inside + rates.copied_outside {
            let town = usize::from(self.place(setting).villages[at].town);
            (self.copied_trade(setting, at, &self.town_examples[town], &mut luck), Example::Town)
        } else {
            (self.own_trade(setting, at, &mut luck), Example::Nobody)
        };
        self.open_shop(setting, now, at, product, example, &mut luck);
        let gap = luck.exponential();
        self.villages[at].found_clock.luck = luck.count() as u32;
        let rate = self.founding_rate(setting, now, at);
        self.villages[at].found_clock.tick(now, gap, rate, horizon)
    }

    fn copied_trade(
        &self,
        setting: &Setting,
        at: usize,
        examples: &[f32; Product::COUNT],
        luck: &mut Stream,
    ) -> Product {
        if luck.chance(setting.parameters.shop.same_trade) {
            weighted(&examples.map(f64::from), luck)
        } else {
            self.own_trade(setting, at, luck)
        }
    }

    /// The trade of one who copies nobody: what the county makes, what the village has a craft for, what
    /// grows.
    fn own_trade(&self, setting: &Setting, at: usize, luck: &mut Stream) -> Product {
        let p = &setting.parameters.shop;
        let place = self.place(setting);
        let village = &place.villages[at];
        let weights = Product::ALL.map(|product| {
            let industry = f64::from(place.industry[product.at()]);
            let craft = if village.craft == Some(product) {
                p.trade_craft * f64::from(village.craft_strength)
            } else {
                0.0
            };
            industry * industry + craft + p.trade_least
        });
        weighted(&weights, luck)
    }

    /// Which shop was the example: drawn by strength of example, those of the trade first, with luck of the
    /// story's own.
    fn example_for(&self, setting: &Setting, at: usize, product: Product, example: Example) -> Cause {
        let p = &setting.parameters.shop;
        let towns = &self.place(setting).villages;
        let is_near = |shop: &&Shop| match example {
            Example::Nobody => false,
            Example::Village => usize::from(shop.village) == at,
            Example::Town => {
                usize::from(shop.village) != at && towns[usize::from(shop.village)].town == towns[at].town
            }
        };
        let near: Vec<(&Shop, f64)> =
            self.shops.iter().filter(is_near).map(|shop| (shop, shop.example(p))).collect();
        let of_trade = |shop: &Shop| shop.product == product;
        let any = near.iter().any(|(shop, strength)| of_trade(shop) && *strength > 0.0);
        let weights = near.iter().map(|(shop, strength)| {
            let counts = !any || of_trade(shop);
            (*shop, if counts { *strength } else { 0.0 })
        });
        let sum: f64 = weights.clone().map(|(_, weight)| weight).sum();
        let village = &self.villages[at];
        let founded = village.sellers.as_ref().map_or(0, |sellers| sellers.founded);
        let mut luck = setting.luck(village.owner, Purpose::Observation, u64::from(founded));
        let mut u = luck.unit() * sum;
        let chosen = weights.into_iter().find(|(_, weight)| {
            u -= weight;
            u < 0.0
        });
        match chosen {
            Some((shop, _)) => Cause::Copied { village: VillageIndex(shop.village), shop: shop.number },
            None if example == Example::Nobody => Cause::Unprompted,
            None => Cause::Unstated,
        }
    }

    fn open_shop(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        product: Product,
        example: Example,
        luck: &mut Stream,
    ) {
        let copied = example != Example::Nobody;
        let p = &setting.parameters.shop;
        let place = &self.place(setting).villages[at];
        let craft = if place.craft == Some(product) { f64::from(place.craft_strength) } else { 0.0 };
        let industry = f64::from(self.place(setting).industry[product.at()]);
        let quality = founding_quality(p, industry, craft, luck);
        let owner = luck.below(u32::from(self.villages[at].records)) as u16;
        let platform = self.pick_platform(luck);
        self.book.pay(Item::FounderCapital, Money::from_yuan(p.start_cash));
        self.book.count(if copied { Measure::ShopsCopied } else { Measure::ShopsFounded }, 1);
        let number = self.villages[at].sellers.as_ref().map_or(0, |sellers| sellers.founded);
        if number < TOLD {
            let cause = self.example_for(setting, at, product, example);
            let shop = ShopName { number, owner, product };
            self.tell_why(now, Some(at), Happening::ShopFounded(shop), cause);
        }
        let sellers = self.villages[at].sellers.get_or_insert_default();
        self.shops.push(Shop::found(p, at as u16, sellers.founded, owner, product, platform, quality));
        sellers.founded = sellers.founded.wrapping_add(1);
        sellers.shops += 1;
        sellers.trades[product.at()] += 1;
        self.trades[product.at()] += 1;
        let (count, ten) = (sellers.shops, &mut sellers.milestones[0]);
        if count == 10 && !*ten {
            *ten = true;
            self.tell(now, Some(at), Happening::TenShops(product));
        } else if count == 1 && !copied {
            self.tell(now, Some(at), Happening::FirstShop(product));
        }
    }
}

/// A trade picked by weight.
fn weighted(weights: &[f64; Product::COUNT], luck: &mut Stream) -> Product {
    let sum: f64 = weights.iter().sum();
    let mut u = luck.unit() * sum;
    for product in Product::ALL {
        u -= weights[product.at()];
        if u < 0.0 {
            return product;
        }
    }
    Product::GeneralGoods
}
