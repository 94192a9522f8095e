//! Orders: the hot path. Two blocks of luck, one household, one parcel, no allocation.

use super::super::county_process::{CountyOutbox, CountyProcess, MONTHLY, phase};
use super::super::setting::Setting;
use crate::agents::household::goods;
use crate::agents::platform;
use crate::base::stream::{block, unit};
use crate::base::{Delay, HouseholdIndex, Money, Purpose, Time, VillageIndex};
use crate::event::{Event, Goods, Measure, Parcel, PlatformName, Way};
use crate::metrics::ledger::Item;

impl CountyProcess {
    /// The next order (or bundle) of a village.
    pub(in crate::model) fn order(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        turn: u32,
        outbox: &mut CountyOutbox,
    ) {
        let seed = setting.seed;
        let village = &mut self.villages[at];
        if !village.order_clock.is_current(turn) {
            return;
        }
        let owner = village.owner;
        let mut luck = village.order_clock.luck;
        let mut draw = || {
            luck += 1;
            block(seed, owner, Purpose::Order, u64::from(luck - 1))
        };
        let [gap, what, basket, journey] = draw();
        let mut chosen = None;
        while chosen.is_none() && village.top_rate > 0.0 {
            let words = draw();
            for pair in [[words[0], words[1]], [words[2], words[3]]] {
                let Some(record) = village.buyers.pick(pair[0]) else {
                    break;
                };
                let household = &self.households[village.first as usize + usize::from(record)];
                let choice = village.choices[usize::from(household.class)][usize::from(household.alone)];
                if unit(pair[1]) * f64::from(village.top_rate) < f64::from(choice.orders) {
                    chosen = Some((record, choice));
                    break;
                }
            }
        }
        village.order_clock.luck = luck;
        let rate = village.order_rate / f64::from(setting.bundle);
        let gap =
            if setting.bundle == 1 { -crate::base::math::ln(unit(gap)) } else { setting.gaps.draw(gap) };
        let order_time = setting.seasons.order_time(now);
        if let Some((due, turn)) = village.order_clock.tick(order_time, gap, rate, MONTHLY) {
            self.schedule_order(setting, now, at, due, turn, outbox);
        }
        let Some((record, choice)) = chosen else { return };
        let index = HouseholdIndex(self.villages[at].first + u32::from(record));
        let platform = self.households[index.at()].platform;
        let alone = platform != PlatformName::Incumbent || unit(what << 16) >= f64::from(choice.by_station);
        let goods =
            goods(unit(what & 0xFFFF_0000), f64::from(choice.durables), f64::from(choice.farm_inputs));
        let way = if alone { Way::Alone } else { Way::Station };
        let value = self.price(setting, goods, basket);
        let parcel = Parcel::new(index, VillageIndex(at as u16), now, value, goods, way, platform);
        // The basket took the upper 12 bits; the rest decide the parcel's fate, independent of goods and way.
        self.send(setting, now, parcel, basket << 12, journey, outbox);
    }

    /// The value of an order of these goods.
    fn price(&self, setting: &Setting, goods: Goods, word: u32) -> Money {
        let p = &setting.parameters.household;
        let mean = match goods {
            Goods::Consumer => p.basket_consumer,
            Goods::Durable => p.basket_durable,
            Goods::FarmInput => p.basket_farm,
        };
        Money::from_yuan(mean * setting.baskets.draw(word))
    }

    /// Pays for an order and puts its parcel on the way.
    fn send(
        &mut self,
        setting: &Setting,
        now: Time,
        parcel: Parcel,
        fate: u32,
        journey: u32,
        outbox: &mut CountyOutbox,
    ) {
        let p = &setting.parameters.logistics;
        let bundle = i64::from(setting.bundle);
        let fate = unit(fate);
        let lost = fate < p.damage;
        let returned =
            parcel.goods() == Goods::Consumer && fate < p.damage + (1.0 - p.damage) * p.returns && !lost;
        let parcel = parcel.fated(lost, returned, journey as u8);
        let haul = p.trunk_min + (p.trunk_max - p.trunk_min) * unit(journey & 0xFFFF_FF00);
        let due = self.after_pause(now + Delay::from_days(haul));
        self.orders += 1;
        self.parcels.sent += bundle;
        self.book.count(Measure::ParcelsSent, bundle);
        self.pay_for_order(setting, now, &parcel, bundle);
        if let Some(end) = self.trunk.add(due, parcel) {
            self.schedule(outbox, end, phase::TRANSPORT, 0, Event::Trunk);
        }
    }

    fn pay_for_order(&mut self, setting: &Setting, now: Time, parcel: &Parcel, bundle: i64) {
        let value = parcel.value() * bundle;
        let fee = Money::from_yuan(setting.parameters.household.delivery_fee) * bundle;
        if let Some(trial) = self.trial.as_deref_mut() {
            trial.note(now, parcel, value);
        }
        let village = &mut self.villages[parcel.village.at()];
        let measure = match parcel.goods() {
            Goods::Consumer => Measure::ConsumerOrders,
            Goods::Durable => Measure::DurableOrders,
            Goods::FarmInput => Measure::FarmInputOrders,
        };
        self.book.count(measure, bundle);
        self.book.pay(Item::DeliveryFee, fee);
        match (parcel.way(), parcel.platform()) {
            (Way::Station, _) => {
                self.book.count(Measure::StationOrders, bundle);
                self.book.count(Measure::StationValue, value.fen());
                self.book.pay(Item::StationPurchase, value);
                self.report.station_value += value;
                if let Some(station) = village.station.as_deref_mut() {
                    let commission = value.share(setting.parameters.partner.commission);
                    station.commission += commission;
                    station.value += value;
                    station.orders += bundle as u32;
                    self.book.pay(Item::StationCommission, commission);
                }
            }
            (Way::Alone, PlatformName::Incumbent) => {
                village.alone_parcels += bundle as u32;
                self.book.count(Measure::AloneOrders, bundle);
                self.book.count(Measure::AloneValue, value.fen());
                self.book.pay(Item::OnlinePurchase, value);
            }
            (Way::Alone, _) => {
                village.alone_parcels += bundle as u32;
                self.book.count(Measure::RivalOrders, bundle);
                self.book.count(Measure::RivalValue, value.fen());
                self.book.pay(Item::RivalPurchase, value);
            }
        }
        let subsidy = setting.parameters.platform.buyer_subsidy;
        if subsidy > 0.0 && parcel.platform() == PlatformName::Incumbent {
            self.book.pay(Item::BuyerSubsidy, value.share(subsidy));
        }
    }

    /// The first moment from `time` on at which lorries drive.
    #[inline]
    pub(in crate::model) fn after_pause(&self, time: Time) -> Time {
        let (start, end) = self.weather.pause;
        let time = if start <= time && time < end { end } else { time };
        time.max(self.weather.roads_closed)
    }

    /// Moves a village's order clock to its present rate. Small changes wait for the next tick unless `all`.
    pub(in crate::model) fn retime_orders(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        outbox: &mut CountyOutbox,
        all: bool,
    ) {
        let order_time = setting.seasons.order_time(now);
        self.retime_orders_at(setting, now, order_time, at, outbox, all);
    }

    /// The same, for a caller who knows the order time.
    pub(in crate::model) fn retime_orders_at(
        &mut self,
        setting: &Setting,
        now: Time,
        order_time: Time,
        at: usize,
        outbox: &mut CountyOutbox,
        all: bool,
    ) {
        let village = &mut self.villages[at];
        if village.buyers.is_empty() && village.order_clock.rate() == 0.0 {
            return;
        }
        let rate = village.order_rate / f64::from(setting.bundle);
        if !all && !village.order_clock.is_stale(rate) {
            return;
        }
        if let Some((due, turn)) = village.order_clock.change(order_time, rate, MONTHLY) {
            self.schedule_order(setting, now, at, due, turn, outbox);
        }
    }

    /// Schedules a village's next order, due at an order time.
    #[inline]
    fn schedule_order(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        due: Time,
        turn: u32,
        outbox: &mut CountyOutbox,
    ) {
        // Rounding to whole minutes on the way there and back must not lead into the past.
        let due = setting.seasons.wall_time(due).max(now);
        let event = Event::Order { village: VillageIndex(at as u16), turn };
        self.schedule(outbox, due, phase::PEOPLE, at as u32 + 1, event);
    }

    /// The platform a household of this village takes when it begins to order alone.
    pub(in crate::model) fn pick_platform(&self, luck: &mut crate::base::Stream) -> PlatformName {
        platform::choose(&self.news.pull, luck)
    }
}
