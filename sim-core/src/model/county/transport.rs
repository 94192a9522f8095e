//! Transport: trunk lorries, the hub, trucks, couriers, collection.

use super::super::accounts::Accounts;
use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::{courier_span, is_late};
use crate::agents::service_centre::Route;
use crate::base::factor::MINUTES_IN_HOUR;
use crate::base::{Delay, Money, Time};
use crate::event::{Distribution, Event, Measure, Parcel, Way};
use crate::market::choice::Delivery;
use crate::metrics::ledger::Item;

impl CountyProcess {
    /// The next order (or bundle) of a village: it is paid for, and its parcel is on the way.
    #[inline]
    pub(in crate::model) fn order(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        generation: u32,
        agenda: &mut Agenda<'_>,
    ) {
        let village = &mut self.villages[at];
        let Some(order) = village.next_order(setting, now, generation, agenda) else {
            return;
        };
        let bundle = i64::from(setting.bundle);
        self.orders += 1;
        self.accounts.book.count(Measure::ParcelsSent, bundle);
        if let Some(trial) = self.programme.trial.as_deref_mut() {
            trial.note(now, &order.parcel, order.parcel.value() * bundle);
        }
        village.pay_for_order(setting, &order.parcel, &mut self.accounts);
        self.transport.send(setting, now, &self.weather, &order, agenda);
    }

    /// A trunk lorry arrives: what villagers ordered at stations is sorted, the rest goes to couriers.
    pub(in crate::model) fn unload_trunk(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        let mut taken = std::mem::take(&mut self.transport.taken);
        self.transport.trunk.take(now, &mut taken);
        for parcel in taken.drain(..) {
            let village = &self.villages[parcel.village.at()];
            if parcel.way() == Way::Station || village.has_open_last_mile(setting) {
                self.sort(setting, now, parcel, agenda);
            } else {
                self.carry_by_courier(setting, now, parcel, agenda);
            }
        }
        self.transport.taken = taken;
    }

    fn sort(&mut self, setting: &Setting, now: Time, parcel: Parcel, agenda: &mut Agenda<'_>) {
        let bundle = setting.bundle;
        let (ready, wait) = self.programme.centre.line.sort(now, bundle);
        self.transport.station_parcels += bundle;
        let book = &mut self.accounts.book;
        book.count(Measure::SortedParcels, i64::from(bundle));
        book.count(Measure::SortingWait, i64::from(wait.as_minutes()) * i64::from(bundle));
        let village = &mut self.villages[parcel.village.at()];
        village.waiting.push((ready, parcel));
        match village.station.as_deref().map(|station| usize::from(station.route)) {
            Some(route) => self.schedule_truck(setting, ready, route, agenda),
            None => debug_assert!(false, "a station's parcel without a station"),
        }
    }

    /// Schedules the next round of a route, if none is yet.
    fn schedule_truck(&mut self, setting: &Setting, ready: Time, route: usize, agenda: &mut Agenda<'_>) {
        let departure = (setting.parameters.logistics.departure_hour * MINUTES_IN_HOUR) as u32;
        let Some(found) = self.programme.centre.routes.get_mut(route) else {
            return;
        };
        if found.scheduled {
            return;
        }
        found.scheduled = true;
        let leaves = self.weather.after_pause(ready.max(found.earliest)).next_at(departure);
        agenda.schedule(leaves, phase::TRANSPORT, route as u32, Event::Truck { route: route as u16 });
    }

    /// A truck leaves on its round with what waits, up to its capacity.
    pub(in crate::model) fn drive(
        &mut self,
        setting: &Setting,
        now: Time,
        route: usize,
        agenda: &mut Agenda<'_>,
    ) {
        let resumes = self.weather.after_pause(now);
        if resumes > now {
            self.programme.centre.routes[route].scheduled = false;
            return self.schedule_truck(setting, resumes, route, agenda);
        }
        let stops = std::mem::take(&mut self.programme.centre.routes[route].stops);
        let p = &setting.parameters.logistics;
        let capacity = (p.truck_capacity / setting.bundle).max(1) as usize;
        let mut load = 0;
        let mut left_behind = false;
        for (order, &stop) in stops.iter().enumerate() {
            let village = &mut self.villages[usize::from(stop)];
            let minutes = u32::from(village.to_seat) + p.truck_stop * order as u32;
            let ready = village.waiting.iter().take_while(|(ready, _)| *ready <= now).count();
            let taken = ready.min(capacity - load);
            load += taken;
            left_behind |= taken < village.waiting.len();
            // On the station's shelf each parcel waits for its household.
            for (_, parcel) in village.waiting.drain(..taken) {
                let waits = Delay::from_days(p.collection_max * parcel.collection_delay_share());
                self.transport.await_collection(now + Delay::minutes(minutes) + waits, parcel, agenda);
            }
        }
        let parcels = (load as u32) * setting.bundle;
        self.programme.centre.routes[route].finish_round(now, stops, parcels);
        pay_for_round(setting, now, parcels, &mut self.accounts);
        if left_behind {
            self.schedule_truck(setting, now, route, agenda);
        }
    }

    fn carry_by_courier(&mut self, setting: &Setting, now: Time, parcel: Parcel, agenda: &mut Agenda<'_>) {
        let p = &setting.parameters.logistics;
        let delivery = self.villages[parcel.village.at()].delivery;
        let days = match delivery {
            Delivery::Village => p.courier_town + p.courier_village,
            Delivery::Town => p.courier_town,
            Delivery::Seat => 0.0,
        };
        let days = days + courier_span(p, delivery) * parcel.collection_delay_share();
        let start = self.weather.after_pause(now).max(self.weather.strike);
        self.transport.await_collection(start + Delay::from_days(days), parcel, agenda);
    }

    /// Households have collected what was due.
    pub(in crate::model) fn collect(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        let mut collected = std::mem::take(&mut self.transport.collected);
        self.transport.collections.take(now, &mut collected);
        for (time, parcel) in collected.drain(..) {
            let took = time.since(parcel.ordered);
            self.transport.count.ended += i64::from(setting.bundle);
            book_delivery(setting, &parcel, took, &mut self.accounts);
            let village = &mut self.villages[parcel.village.at()];
            village.install(setting, now, &parcel, &mut self.accounts);
            village.receive_parcel(setting, now, &parcel, took.as_days(), &self.market.news, agenda);
        }
        self.transport.collected = collected;
    }

    /// The route that serves a village: one of its part of the county with a stop to spare, or a new one.
    pub(in crate::model) fn route_for(&mut self, setting: &Setting, village: usize) -> u16 {
        let places = &self.place(setting).villages;
        let town = places[village].town;
        let limit = setting.parameters.logistics.stations_per_route as usize;
        let near = |stop: &u16| places[usize::from(*stop)].town.abs_diff(town);
        let routes = &mut self.programme.centre.routes;
        let found = (0..routes.len())
            .filter(|&route| routes[route].stops.len() < limit)
            .min_by_key(|&route| routes[route].stops.iter().map(near).min().unwrap_or(0));
        let route = found.unwrap_or_else(|| {
            routes.push(Route::new(2));
            routes.len() - 1
        });
        routes[route].stops.push(village as u16);
        route as u16
    }
}

/// Books a truck's round, and what the programme pays for its parcels.
fn pay_for_round(setting: &Setting, now: Time, parcels: u32, accounts: &mut Accounts) {
    accounts.book.count(Measure::TruckRounds, 1);
    if setting.supported(now) {
        let subsidy = Money::from_yuan(setting.parameters.programme.parcel_subsidy) * i64::from(parcels);
        accounts.run(Item::ParcelSubsidy, subsidy);
    }
}

/// Books the end of a parcel: kept, sent back, or lost; late or not.
fn book_delivery(setting: &Setting, parcel: &Parcel, took: Delay, accounts: &mut Accounts) {
    let bundle = i64::from(setting.bundle);
    let value = parcel.value() * bundle;
    let late = is_late(&setting.parameters.logistics, took.as_days());
    let book = &mut accounts.book;
    let distribution = match parcel.way() {
        Way::Station => Distribution::StationDelivery,
        Way::SelfService => Distribution::SelfServiceDelivery,
    };
    book.sample(distribution, f64::from(took.as_minutes()) / MINUTES_IN_HOUR, bundle as u64);
    book.count(Measure::LateParcels, if late { bundle } else { 0 });
    if parcel.is_lost() {
        book.count(Measure::ParcelsLost, bundle);
        book.pay(Item::DamageCompensation, value);
        book.pay(Item::Refund, value);
    } else if parcel.is_returned() {
        book.count(Measure::ParcelsReturned, bundle);
        book.pay(Item::Refund, value);
    } else {
        book.count(Measure::ParcelsDelivered, bundle);
    }
}
