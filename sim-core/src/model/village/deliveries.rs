//! What a parcel that has arrived means for its household and its village.

use super::Village;
use crate::agents::household::Buying;
use crate::base::{Money, Purpose, Time};
use crate::event::{Goods, MarketNews, Measure, Parcel, Way};
use crate::market::choice::Delivery;
use crate::metrics::ledger::Item;
use crate::model::accounts::Accounts;
use crate::model::agenda::Agenda;
use crate::model::setting::Setting;
use crate::params::LogisticsParameters;

/// How long at most a household leaves a courier's parcel \[days\]: where it must be fetched, until there is
/// a way there.
pub(in crate::model) fn courier_span(p: &LogisticsParameters, delivery: Delivery) -> f64 {
    match delivery {
        Delivery::Village => p.courier_wait_village,
        Delivery::Town => p.courier_wait_town * p.pickup_wait,
        Delivery::Seat => p.courier_wait_seat * p.pickup_wait,
    }
}

/// Whether a parcel that took so many days came too late for its household.
pub(in crate::model) fn is_late(p: &LogisticsParameters, days: f64) -> bool {
    days > p.patience
}

impl Village {
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
        let next = self.teach(setting, parcel, days);
        self.remember_delivery(setting, parcel, days);
        if let Some(next) = next {
            let record = self.record_of(parcel);
            match next {
                Buying::Lapsed => self.lose_trust(setting, now, record, news),
                _ => self.change_buying(setting, now, record, next),
            }
            self.retime_orders(setting, now, false, agenda);
            self.refresh_hazards(setting, now);
            self.retime_adoption(now, agenda);
        }
    }

    /// The programme installs some of the durables that arrive at the station; each is drawn by itself.
    pub(in crate::model) fn install(
        &self,
        setting: &Setting,
        now: Time,
        parcel: &Parcel,
        accounts: &mut Accounts,
    ) {
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
            accounts.book.count(Measure::DurablesInstalled, bundle);
            accounts.run(Item::InstallationSupport, cost);
        }
    }

    /// The record that ordered a parcel.
    fn record_of(&self, parcel: &Parcel) -> u16 {
        (parcel.household.0 - self.first) as u16
    }

    /// What a parcel teaches its household: the state it moves to, if it moves. In a sample it stands for
    /// several of each household of the record: the others were each lost and fetched by a random stream of
    /// their own, for it is runs of bad parcels that cost trust.
    fn teach(&mut self, setting: &Setting, parcel: &Parcel, days: f64) -> Option<Buying> {
        let p = &setting.parameters.household;
        let record = self.record_of(parcel);
        let household = &mut self.residents[usize::from(record)];
        let held = household.sampling_weight(p);
        self.learners.remove(household, &setting.weights);
        let taught = self.learn_from(setting, parcel, days);
        let household = &self.residents[usize::from(record)];
        self.learners.add(household, &setting.weights);
        // With experience it orders more.
        let more = household.sampling_weight(p) - held;
        if more > 0 {
            self.buyers.insert(record, more, household.slot());
            self.update_rates();
        }
        taught
    }

    /// What the parcels of a bundle teach the record that ordered them.
    fn learn_from(&mut self, setting: &Setting, parcel: &Parcel, days: f64) -> Option<Buying> {
        let p = &setting.parameters;
        let others = self.parcels_each(setting.bundle) - 1;
        let record = self.record_of(parcel);
        let owner = self.owner.household(u32::from(record));
        let household = &mut self.residents[usize::from(record)];
        let mut taught =
            household.learn_from_parcel(&p.household, !is_late(&p.logistics, days) && !parcel.is_lost());
        if others == 0 {
            return taught;
        }
        let span = match parcel.way() {
            Way::Station => p.logistics.collection_max,
            Way::SelfService => courier_span(&p.logistics, self.delivery),
        };
        let ordered = u64::from(parcel.ordered.minutes());
        let mut stream = setting.random_stream(owner, Purpose::Parcel, ordered);
        for _ in 0..others {
            let sooner = stream.unit() - parcel.collection_delay_share();
            let late = is_late(&p.logistics, days + span * sooner);
            let good = !late && !stream.chance(p.logistics.damage);
            let next = household.learn_from_parcel(&p.household, good);
            if taught != Some(Buying::Lapsed) {
                taught = next.or(taught);
            }
        }
        taught
    }

    /// The usual delivery time follows parcels, and choices follow it once it has moved half a day.
    fn remember_delivery(&mut self, setting: &Setting, parcel: &Parcel, days: f64) {
        let weight = setting.parameters.household.delivery_memory;
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
