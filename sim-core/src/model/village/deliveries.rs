//! What a parcel that has arrived means for its household and its village.

use super::Village;
use crate::agents::courier::Arrivals;
use crate::agents::household::{Buying, Household};
use crate::base::{Money, Purpose, Time};
use crate::event::{Goods, MarketNews, Measure, Parcel, Way};
use crate::metrics::ledger::Item;
use crate::model::accounts::Accounts;
use crate::model::agenda::Agenda;
use crate::model::setting::Setting;
use crate::params::LogisticsParameters;

/// How long a parcel travels from the village back to the merchant \[days\]: until the household takes it to
/// where it was fetched, or until the next truck leaves the station; to the county; and on the long haul.
pub(in crate::model) fn way_back(
    p: &LogisticsParameters,
    from: (Way, &Arrivals),
    interval: u32,
    waits: f64,
    haul: f64,
) -> f64 {
    let to_county = match from {
        (Way::Station, _) => f64::from(interval) * waits,
        (Way::SelfService, arrivals) => arrivals.days(p, waits),
    };
    to_county + p.trunk_min + (p.trunk_max - p.trunk_min) * haul
}

/// Whether a parcel that took so many days came too late for its household.
pub(in crate::model) fn is_late(p: &LogisticsParameters, days: f64) -> bool {
    days > p.patience
}

impl Village {
    /// Where parcels of self-service orders end from now on.
    pub(in crate::model) fn arrive(&mut self, arrivals: Arrivals) {
        self.stale |= arrivals != self.arrivals;
        self.delivery = arrivals.nearest();
        self.arrivals = arrivals;
    }

    /// A household has its parcel, so many days after the order: it learns, and the village's usual delivery
    /// time follows.
    pub(in crate::model) fn receive_parcel(
        &mut self,
        setting: &Setting,
        now: Time,
        parcel: &Parcel,
        days: f64,
        news: &MarketNews,
        agenda: &mut Agenda<'_>,
    ) {
        // In a sample households learn at the month's end (`experience.rs`).
        let moved = setting.is_whole() && {
            let good = !is_late(&setting.parameters.logistics, days) && !parcel.is_lost();
            self.learn_from(setting, now, self.record_of(parcel), good, news)
        };
        self.remember_delivery(setting, parcel, days);
        if moved {
            self.follow(setting, now, agenda);
        }
    }

    /// A parcel that was sent back so many days ago has arrived, and the money with it: the trouble costs
    /// trust.
    pub(in crate::model) fn mind_return(
        &mut self,
        setting: &Setting,
        now: Time,
        parcel: &Parcel,
        days: f64,
        news: &MarketNews,
        agenda: &mut Agenda<'_>,
    ) {
        let record = self.record_of(parcel);
        if setting.is_whole() && self.lose_patience(setting, now, record, days, news) {
            self.follow(setting, now, agenda);
        }
    }

    /// A household minds a return that took so many days. Returns whether that moves it to another buying
    /// state.
    fn lose_patience(
        &mut self,
        setting: &Setting,
        now: Time,
        record: u16,
        days: f64,
        news: &MarketNews,
    ) -> bool {
        let p = &setting.parameters;
        let mut household = self.residents[usize::from(record)];
        let next = household.mind_return(&p.household, days / p.logistics.patience);
        self.take_in(setting, record, household);
        self.step_to(setting, now, record, next, news)
    }

    /// A household moves to the state to which its experience brings it. Returns whether that is another.
    pub(super) fn step_to(
        &mut self,
        setting: &Setting,
        now: Time,
        record: u16,
        next: Option<Buying>,
        news: &MarketNews,
    ) -> bool {
        match next {
            None => return false,
            Some(Buying::Lapsed) => self.lose_trust(setting, now, record, news),
            Some(next) => self.change_buying(setting, now, record, next),
        }
        true
    }

    /// The village's clocks follow what its households have learnt.
    pub(super) fn follow(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        self.retime_orders(setting, now, false, agenda);
        self.refresh_hazards(setting, now);
        self.retime_adoption(now, agenda);
    }

    /// The programme installs some of the durables that arrive at the station; each is drawn by itself.
    pub(in crate::model) fn install(
        &self,
        setting: &Setting,
        now: Time,
        parcel: &Parcel,
        accounts: &mut Accounts,
    ) {
        let setting = setting.of_village(self.index);
        let programme = &setting.parameters.programme;
        let arrived = parcel.goods() == Goods::Durable && parcel.way() == Way::Station && !parcel.is_lost();
        if !arrived || !setting.supported(now) {
            return;
        }
        let owner = self.owner.household(u32::from(self.record_of(parcel)));
        let mut draw =
            setting.random_stream(owner, Purpose::Installation, u64::from(parcel.ordered.minutes()));
        if draw.chance(programme.installation) {
            let bundle = i64::from(setting.bundle);
            let cost = Money::from_yuan(programme.installation_cost) * bundle;
            let fee = (Money::from_yuan(programme.installation_fee) * bundle).min(cost);
            accounts.book.count(Measure::DurablesInstalled, bundle);
            accounts.book.pay(Item::InstallationFee, fee);
            accounts.run(Item::InstallationSupport, cost - fee);
        }
    }

    /// The record that ordered a parcel.
    fn record_of(&self, parcel: &Parcel) -> u16 {
        (parcel.household.0 - self.first) as u16
    }

    /// A household learns from a parcel. Returns whether that moves it to another buying state.
    fn learn_from(
        &mut self,
        setting: &Setting,
        now: Time,
        record: u16,
        good: bool,
        news: &MarketNews,
    ) -> bool {
        let next = self.teach(setting, record, good);
        self.step_to(setting, now, record, next, news)
    }

    /// What a parcel teaches its household: the state it moves to, if it moves.
    fn teach(&mut self, setting: &Setting, record: u16, good: bool) -> Option<Buying> {
        let mut household = self.residents[usize::from(record)];
        let taught = household.learn_from_parcel(&setting.parameters.household, good);
        self.take_in(setting, record, household);
        taught
    }

    /// Takes a household in as it is with what it has learnt.
    pub(super) fn take_in(&mut self, setting: &Setting, record: u16, learnt: Household) {
        let p = &setting.parameters.household;
        let household = &mut self.residents[usize::from(record)];
        let before = std::mem::replace(household, learnt);
        self.learners.remove(&before, &setting.weights);
        self.learners.add(&learnt, &setting.weights);
        // With experience it orders more.
        let more = learnt.sampling_weight(p) - before.sampling_weight(p);
        if more > 0 {
            self.buyers.insert(record, more, learnt.slot());
            self.update_rates();
        }
    }

    /// Usual time from order to collection \[days\].
    pub(super) fn usual_days(&self, way: Way) -> f64 {
        match (way, self.station.as_deref()) {
            (Way::Station, Some(station)) => station.delivery_days,
            _ => f64::from(self.self_service_days),
        }
    }

    /// Whether trucks of the programme bring the parcel to the station.
    fn by_truck(&self, setting: &Setting, way: Way) -> bool {
        way == Way::Station || self.has_open_last_mile(setting)
    }

    /// How long the last part of its way takes the parcel at a quantile \[days\]: on the station's shelf, or
    /// from the county seat.
    pub(super) fn last_days(&self, setting: &Setting, way: Way, quantile: f64) -> f64 {
        let p = &setting.parameters.logistics;
        match self.by_truck(setting, way) {
            true => p.collection_max * quantile,
            false => self.arrivals.days(p, quantile),
        }
    }

    /// The mean of that \[days\].
    pub(super) fn mean_last_days(&self, setting: &Setting, way: Way) -> f64 {
        let p = &setting.parameters.logistics;
        match self.by_truck(setting, way) {
            true => p.collection_max / 2.0,
            false => self.arrivals.mean_days(p),
        }
    }

    /// The usual delivery time follows parcels, and choices follow it once it has moved half a day.
    fn remember_delivery(&mut self, setting: &Setting, parcel: &Parcel, days: f64) {
        let weight = setting.delivery_memory;
        // How soon this one household came says nothing of the others of a bundle.
        let days = if setting.bundle == 1 {
            days
        } else {
            let own = self.last_days(setting, parcel.way(), parcel.collection_delay_share());
            (days - own + self.mean_last_days(setting, parcel.way())).max(0.0)
        };
        let moved = match (parcel.way(), self.station.as_deref_mut()) {
            (Way::Station, Some(station)) => {
                station.delivery_days += weight * (days - station.delivery_days);
                station.delivery_days - f64::from(self.days_chosen[0])
            }
            (Way::Station, None) => 0.0,
            (Way::SelfService, _) => {
                self.self_service_days += weight as f32 * (days as f32 - self.self_service_days);
                f64::from(self.self_service_days - self.days_chosen[1])
            }
        };
        self.stale |= moved.abs() > 0.5;
    }
}
