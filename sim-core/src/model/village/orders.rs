//! Orders: the hot path. Two blocks of random numbers, one household, one parcel, no allocation.

use super::Village;
use crate::agents::household::goods;
use crate::base::random_stream::{block, unit};
use crate::base::{HouseholdIndex, Money, Purpose, Time};
use crate::event::{Event, Goods, Measure, Parcel, PlatformName, Way};
use crate::market::choice::Choice;
use crate::metrics::ledger::Item;
use crate::model::accounts::Accounts;
use crate::model::agenda::{Agenda, MONTHLY, phase};
use crate::model::setting::Setting;

/// An order just placed, with the random words that decide what becomes of its parcel.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct PlacedOrder {
    /// The parcel.
    pub parcel: Parcel,
    /// Decides whether it is lost or returned.
    pub fate: u32,
    /// Decides how long it travels, and how late it is collected.
    pub transport_draw: u32,
}

impl Village {
    /// The next order (or bundle), if the tick still counts and somebody orders.
    #[inline]
    pub(in crate::model) fn next_order(
        &mut self,
        setting: &Setting,
        now: Time,
        generation: u32,
        agenda: &mut Agenda<'_>,
    ) -> Option<PlacedOrder> {
        if !self.order_clock.is_current(generation) {
            return None;
        }
        let (seed, owner) = (setting.seed, self.owner);
        let mut draws = self.order_clock.draws;
        let mut draw = || {
            draws += 1;
            block(seed, owner, Purpose::Order, u64::from(draws - 1))
        };
        let [gap, what, basket, transport_draw] = draw();
        let chosen = self.draw_buyer(&mut draw);
        self.order_clock.draws = draws;
        let rate = self.order_rate / f64::from(setting.bundle);
        let gap =
            if setting.bundle == 1 { -crate::base::math::ln(unit(gap)) } else { setting.gaps.draw(gap) };
        let order_time = setting.seasons.order_time(now);
        if let Some((due, generation)) = self.order_clock.tick(order_time, gap, rate, MONTHLY) {
            self.schedule_order(setting, now, due, generation, agenda);
        }
        let (record, choice) = chosen?;
        let platform = self.residents[usize::from(record)].platform;
        let self_service =
            platform != PlatformName::Incumbent || unit(what << 16) >= f64::from(choice.by_station);
        let goods =
            goods(unit(what & 0xFFFF_0000), f64::from(choice.durables), f64::from(choice.farm_inputs));
        let way = if self_service { Way::SelfService } else { Way::Station };
        let value = price(setting, goods, basket);
        let index = HouseholdIndex(self.first + u32::from(record));
        let parcel = Parcel::new(index, self.index, now, value, goods, way, platform);
        // The basket took the upper 12 bits; the rest decide the parcel's fate, independent of goods and way.
        Some(PlacedOrder { parcel, fate: basket << 12, transport_draw })
    }

    /// Draws who orders: by weight, accepted by the household's rate over the highest.
    #[inline]
    pub(super) fn draw_buyer(&self, draw: &mut impl FnMut() -> [u32; 4]) -> Option<(u16, Choice)> {
        if self.order_rate <= 0.0 {
            return None;
        }
        loop {
            let [first, accepts, second, accepts_second] = draw();
            for (word, accepted) in [(first, accepts), (second, accepts_second)] {
                let Some(record) = self.buyers.pick(word) else {
                    break;
                };
                if self.buyers.accepts(record, accepted) {
                    return Some((record, *self.choice_of(&self.residents[usize::from(record)])));
                }
            }
        }
    }

    /// Books an order, and what it earns the station.
    #[inline]
    pub(in crate::model) fn pay_for_order(
        &mut self,
        setting: &Setting,
        parcel: &Parcel,
        accounts: &mut Accounts,
    ) {
        let bundle = i64::from(setting.bundle);
        let value = parcel.value() * bundle;
        let book = &mut accounts.book;
        book.count(
            match parcel.goods() {
                Goods::Consumer => Measure::ConsumerOrders,
                Goods::Durable => Measure::DurableOrders,
                Goods::FarmInput => Measure::FarmInputOrders,
            },
            bundle,
        );
        book.pay(Item::DeliveryFee, Money::from_yuan(setting.parameters.household.delivery_fee) * bundle);
        let (orders, values, item) = match (parcel.way(), parcel.platform()) {
            (Way::Station, _) => (Measure::StationOrders, Measure::StationValue, Item::StationPurchase),
            (Way::SelfService, PlatformName::Incumbent) => {
                (Measure::SelfServiceOrders, Measure::SelfServiceValue, Item::OnlinePurchase)
            }
            (Way::SelfService, _) => (Measure::RivalOrders, Measure::RivalValue, Item::RivalPurchase),
        };
        book.count(orders, bundle);
        book.count(values, value.fen());
        let bought_for_farm = parcel.goods() == Goods::FarmInput;
        book.pay(if bought_for_farm { Item::FarmInputPurchase } else { item }, value);
        match parcel.way() {
            Way::Station => {
                accounts.report.station_value += value;
                if let Some(station) = self.station.as_deref_mut() {
                    let commission = value.share(setting.parameters.partner.commission);
                    station.commission += commission;
                    station.value += value;
                    station.orders += bundle as u32;
                    book.pay(Item::StationCommission, commission);
                }
            }
            Way::SelfService => self.self_service_parcels += bundle as u32,
        }
        if parcel.platform() == PlatformName::Retailer {
            let pay = value.share(setting.parameters.platform.promoter_commission);
            book.pay(Item::RivalPromoters, pay);
        }
        let subsidy = setting.parameters.platform.buyer_subsidy;
        if subsidy > 0.0 && parcel.platform() == PlatformName::Incumbent {
            book.pay(Item::BuyerSubsidy, value.share(subsidy));
        }
    }

    /// Moves the order clock to its present rate. Small changes wait for the next tick unless `all`.
    pub(in crate::model) fn retime_orders(
        &mut self,
        setting: &Setting,
        now: Time,
        all: bool,
        agenda: &mut Agenda<'_>,
    ) {
        self.retime_orders_at(setting, now, setting.seasons.order_time(now), all, agenda);
    }

    /// The same, for a caller who knows the order time.
    pub(in crate::model) fn retime_orders_at(
        &mut self,
        setting: &Setting,
        now: Time,
        order_time: Time,
        all: bool,
        agenda: &mut Agenda<'_>,
    ) {
        if self.buyers.is_empty() && self.order_clock.rate() == 0.0 {
            return;
        }
        let rate = self.order_rate / f64::from(setting.bundle);
        if !all && !self.order_clock.is_stale(rate) {
            return;
        }
        if let Some((due, generation)) = self.order_clock.change(order_time, rate, MONTHLY) {
            self.schedule_order(setting, now, due, generation, agenda);
        }
    }

    /// Schedules the next order, due at an order time.
    #[inline]
    fn schedule_order(
        &self,
        setting: &Setting,
        now: Time,
        due: Time,
        generation: u32,
        agenda: &mut Agenda<'_>,
    ) {
        // Rounding to whole minutes on the way there and back must not lead into the past.
        let due = setting.seasons.wall_time(due).max(now);
        agenda.schedule(due, phase::PEOPLE, self.source(), Event::Order { village: self.index, generation });
    }
}

/// The value of an order of these goods.
#[inline]
fn price(setting: &Setting, goods: Goods, word: u32) -> Money {
    let p = &setting.parameters.household;
    let mean = match goods {
        Goods::Consumer => p.basket_consumer,
        Goods::Durable => p.basket_durable,
        Goods::FarmInput => p.basket_farm,
    };
    Money::from_yuan(mean * setting.baskets.draw(word))
}
