//! Parcels: hub, sorting, trucks, couriers, collection, trust.

use super::super::county_process::{CountyOutbox, CountyProcess, phase};
use super::super::setting::Setting;
use crate::agents::household::Buying;
use crate::base::{Delay, Money, Purpose, Time, VillageIndex};
use crate::event::{Distribution, Event, Goods, Measure, Parcel, Way};
use crate::market::choice::Delivery;
use crate::metrics::ledger::Item;
use crate::params::LogisticsParameters;

/// How long at most a household leaves a courier's parcel \[days\]: where it must be fetched, until there is
/// a way there.
fn courier_span(p: &LogisticsParameters, delivery: Delivery) -> f64 {
    match delivery {
        Delivery::Village => p.courier_wait_village,
        Delivery::Town => p.courier_wait_town * p.pickup_wait,
        Delivery::Seat => p.courier_wait_seat * p.pickup_wait,
    }
}

impl CountyProcess {
    /// A trunk lorry arrives: what villagers ordered at stations is sorted, the rest goes to couriers.
    pub(in crate::model) fn unload_trunk(&mut self, setting: &Setting, now: Time, outbox: &mut CountyOutbox) {
        let mut taken = std::mem::take(&mut self.taken);
        self.trunk.take(now, &mut taken);
        let open = setting.parameters.programme.open_last_mile;
        for parcel in taken.drain(..) {
            let station = self.villages[parcel.village.at()].open_station().is_some();
            match parcel.way() {
                Way::Station => self.sort(setting, now, parcel, outbox),
                Way::Alone if open && station => self.sort(setting, now, parcel, outbox),
                Way::Alone => self.carry_by_courier(setting, now, parcel, outbox),
            }
        }
        self.taken = taken;
    }

    fn sort(&mut self, setting: &Setting, now: Time, parcel: Parcel, outbox: &mut CountyOutbox) {
        let bundle = setting.bundle;
        let (ready, wait) = self.centre.line.sort(now, bundle);
        self.station_parcels += bundle;
        self.book.count(Measure::SortedParcels, i64::from(bundle));
        self.book.count(Measure::SortingWait, i64::from(wait.as_minutes()) * i64::from(bundle));
        let village = &mut self.villages[parcel.village.at()];
        village.waiting.push((ready, parcel));
        match village.station.as_deref().map(|station| usize::from(station.route)) {
            Some(route) => self.schedule_truck(setting, ready, route, outbox),
            None => debug_assert!(false, "a station's parcel without a station"),
        }
    }

    /// Schedules the next round of a route, if none is yet.
    fn schedule_truck(&mut self, setting: &Setting, ready: Time, route: usize, outbox: &mut CountyOutbox) {
        let departure = (setting.parameters.logistics.departure_hour * 60.0) as u32;
        let Some(found) = self.centre.routes.get_mut(route) else {
            return;
        };
        if found.scheduled {
            return;
        }
        found.scheduled = true;
        let earliest = found.earliest;
        let leaves = self.after_pause(ready.max(earliest)).next_at(departure);
        self.schedule(outbox, leaves, phase::TRANSPORT, route as u32, Event::Truck { route: route as u16 });
    }

    /// A truck leaves on its round with what waits, up to its capacity.
    pub(in crate::model) fn drive(
        &mut self,
        setting: &Setting,
        now: Time,
        route: usize,
        outbox: &mut CountyOutbox,
    ) {
        let resumes = self.after_pause(now);
        if resumes > now {
            self.centre.routes[route].scheduled = false;
            return self.schedule_truck(setting, resumes, route, outbox);
        }
        let stops = std::mem::take(&mut self.centre.routes[route].stops);
        let capacity = (setting.parameters.logistics.truck_capacity / setting.bundle).max(1) as usize;
        let stop_time = setting.parameters.logistics.truck_stop;
        let mut load = 0;
        let mut left_behind = false;
        for (order, &stop) in stops.iter().enumerate() {
            let arrival = now
                + Delay::minutes(
                    u32::from(self.villages[usize::from(stop)].to_seat) + stop_time * order as u32,
                );
            let waiting = &self.villages[usize::from(stop)].waiting;
            let ready = waiting.iter().take_while(|(ready, _)| *ready <= now).count();
            let taken = ready.min(capacity - load);
            load += taken;
            left_behind |= taken < waiting.len();
            self.shelve(setting, arrival, usize::from(stop), taken, outbox);
        }
        let parcels = (load as u32) * setting.bundle;
        self.finish_round(setting, now, route, stops, parcels);
        if left_behind {
            self.schedule_truck(setting, now, route, outbox);
        }
    }

    fn finish_round(&mut self, setting: &Setting, now: Time, route: usize, stops: Vec<u16>, parcels: u32) {
        let route = &mut self.centre.routes[route];
        route.stops = stops;
        route.scheduled = false;
        route.earliest = now + Delay::days(route.interval.saturating_sub(1));
        route.carried += parcels;
        route.rounds += 1;
        self.book.count(Measure::TruckRounds, 1);
        if setting.supported(now) {
            let subsidy = Money::from_yuan(setting.parameters.programme.parcel_subsidy) * i64::from(parcels);
            self.book.pay(Item::ParcelSubsidy, subsidy);
            self.report.running_cost += subsidy;
        }
    }

    /// Puts parcels on a station's shelf; each waits for its household.
    fn shelve(
        &mut self,
        setting: &Setting,
        arrival: Time,
        village: usize,
        count: usize,
        outbox: &mut CountyOutbox,
    ) {
        let longest = setting.parameters.logistics.collection_max;
        let mut waiting = std::mem::take(&mut self.villages[village].waiting);
        for (_, parcel) in waiting.drain(..count) {
            let collected = arrival + Delay::from_days(longest * parcel.wait_share());
            self.await_collection(collected, parcel, outbox);
        }
        self.villages[village].waiting = waiting;
    }

    fn carry_by_courier(&mut self, setting: &Setting, now: Time, parcel: Parcel, outbox: &mut CountyOutbox) {
        let p = &setting.parameters.logistics;
        let leisure = parcel.wait_share();
        let delivery = self.villages[parcel.village.at()].delivery;
        let days = match delivery {
            Delivery::Village => p.courier_town + p.courier_village,
            Delivery::Town => p.courier_town,
            Delivery::Seat => 0.0,
        };
        let days = days + courier_span(p, delivery) * leisure;
        let start = self.after_pause(now).max(self.weather.strike);
        self.await_collection(start + Delay::from_days(days), parcel, outbox);
    }

    fn await_collection(&mut self, due: Time, parcel: Parcel, outbox: &mut CountyOutbox) {
        if let Some(end) = self.collections.add(due, (due, parcel)) {
            self.schedule(outbox, end, phase::COLLECTION, 0, Event::Collection);
        }
    }

    /// Households have collected what was due.
    pub(in crate::model) fn collect(&mut self, setting: &Setting, now: Time, outbox: &mut CountyOutbox) {
        let mut collected = std::mem::take(&mut self.collected);
        self.collections.take(now, &mut collected);
        for (time, parcel) in collected.drain(..) {
            self.deliver(setting, now, time, parcel, outbox);
        }
        self.collected = collected;
    }

    /// The end of a parcel: kept, sent back, or lost; and its lesson.
    fn deliver(
        &mut self,
        setting: &Setting,
        now: Time,
        collected: Time,
        parcel: Parcel,
        outbox: &mut CountyOutbox,
    ) {
        let p = &setting.parameters;
        let bundle = i64::from(setting.bundle);
        let took = collected.since(parcel.ordered);
        let late = took.as_days() > p.logistics.patience;
        let good = !late && !parcel.is_lost();
        let lesson = self.teach(setting, &parcel, took.as_days(), good);
        let distribution = match parcel.way() {
            Way::Station => Distribution::StationDelivery,
            Way::Alone => Distribution::AloneDelivery,
        };
        self.book.sample(distribution, f64::from(took.as_minutes()) / 60.0, bundle as u64);
        self.book.count(Measure::LateParcels, if late { bundle } else { 0 });
        self.end_parcel(&parcel, bundle);
        self.remember_delivery(setting, &parcel, took.as_days());
        self.install(setting, now, &parcel);
        if let Some(next) = lesson {
            let village = parcel.village.at();
            let record = (parcel.household.0 - self.villages[village].first) as u16;
            self.change_buying(setting, now, village, record, next);
            self.retime_orders(setting, now, village, outbox, false);
            self.refresh_hazards(setting, now, village);
            self.retime_lessons(now, village, outbox);
        }
    }

    /// The lesson of a parcel for its household. In a sample it stands for several of each household of the
    /// record: the others were each lost and fetched by luck of their own, for it is runs of bad parcels
    /// that cost trust.
    fn teach(&mut self, setting: &Setting, parcel: &Parcel, days: f64, good: bool) -> Option<Buying> {
        let p = &setting.parameters;
        let village = &self.villages[parcel.village.at()];
        let household = &mut self.households[parcel.household.at()];
        let mut lesson = household.learn_from_parcel(&p.household, good);
        let others = village.parcels_each(setting.bundle) - 1;
        if others == 0 {
            return lesson;
        }
        let span = match parcel.way() {
            Way::Station => p.logistics.collection_max,
            Way::Alone => courier_span(&p.logistics, village.delivery),
        };
        let count = u64::from(parcel.ordered.minutes()) << 32 | u64::from(parcel.household.0);
        let mut luck = setting.luck(village.owner, Purpose::Parcel, count);
        for _ in 0..others {
            let leisure = luck.unit() - parcel.wait_share();
            let late = days + span * leisure > p.logistics.patience;
            let good = !late && !luck.chance(p.logistics.damage);
            let next = household.learn_from_parcel(&p.household, good);
            if lesson != Some(Buying::Lapsed) {
                lesson = next.or(lesson);
            }
        }
        lesson
    }

    fn end_parcel(&mut self, parcel: &Parcel, bundle: i64) {
        let value = parcel.value() * bundle;
        self.parcels.ended += bundle;
        if parcel.is_lost() {
            self.book.count(Measure::ParcelsLost, bundle);
            self.book.pay(Item::DamageCompensation, value);
            self.book.pay(Item::Refund, value);
        } else if parcel.is_returned() {
            self.book.count(Measure::ParcelsReturned, bundle);
            self.book.pay(Item::Refund, value);
        } else {
            self.book.count(Measure::ParcelsDelivered, bundle);
        }
    }

    /// A village's usual delivery time follows its parcels, and choices follow it once it has moved half a
    /// day.
    fn remember_delivery(&mut self, setting: &Setting, parcel: &Parcel, days: f64) {
        let weight = setting.parameters.household.delivery_memory;
        let village = &mut self.villages[parcel.village.at()];
        let moved = match (parcel.way(), village.station.as_deref_mut()) {
            (Way::Station, Some(station)) => {
                station.delivery_days += weight * (days - station.delivery_days);
                station.delivery_days - f64::from(village.days_chosen[0])
            }
            (Way::Station, None) => 0.0,
            (Way::Alone, _) => {
                village.alone_days += weight as f32 * (days as f32 - village.alone_days);
                f64::from(village.alone_days - village.days_chosen[1])
            }
        };
        village.stale |= moved.abs() > 0.5;
    }

    fn install(&mut self, setting: &Setting, now: Time, parcel: &Parcel) {
        let programme = &setting.parameters.programme;
        let installs = parcel.goods() == Goods::Durable
            && parcel.way() == Way::Station
            && setting.supported(now)
            && f64::from(parcel.leisure) < programme.installation * 256.0;
        if installs {
            let bundle = i64::from(setting.bundle);
            let cost = Money::from_yuan(programme.installation_cost) * bundle;
            self.book.count(Measure::DurablesInstalled, bundle);
            self.book.pay(Item::InstallationSupport, cost);
            self.report.running_cost += cost;
        }
    }

    /// The route that serves a village: one of its part of the county with a stop to spare, or a new one.
    pub(in crate::model) fn route_for(&mut self, setting: &Setting, village: usize) -> u16 {
        let p = &setting.parameters.logistics;
        let town = self.place(setting).villages[village].town;
        let limit = p.stations_per_route as usize;
        let near = |stop: &u16| self.place(setting).villages[usize::from(*stop)].town.abs_diff(town);
        let found = (0..self.centre.routes.len())
            .filter(|&route| self.centre.routes[route].stops.len() < limit)
            .min_by_key(|&route| self.centre.routes[route].stops.iter().map(near).min().unwrap_or(0));
        let route = found.unwrap_or_else(|| {
            self.centre.routes.push(crate::agents::service_centre::Route::new(2));
            self.centre.routes.len() - 1
        });
        self.centre.routes[route].stops.push(village as u16);
        route as u16
    }

    /// A village's index as events carry it.
    pub(in crate::model) fn named(village: usize) -> VillageIndex {
        VillageIndex(village as u16)
    }
}
