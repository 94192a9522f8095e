//! Transport: trunk lorries, the hub, trucks, couriers, collection.

use super::super::accounts::Accounts;
use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::{Village, is_late, rounds_behind};
use crate::base::factor::MINUTES_IN_HOUR;
use crate::base::{Delay, Money, Owner, Purpose, Time};
use crate::event::{Distribution, Event, Measure, Parcel, Way};
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
            Some(route) => {
                if let Some(route) = self.programme.centre.routes.get_mut(route) {
                    route.sorted += bundle;
                }
                self.schedule_truck(setting, ready, route, agenda);
            }
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

    /// Trucks leave on a route's round with what waits, up to their capacity: as many as it fills and as the
    /// centre has to spare. Without an idle truck it waits for the next day.
    pub(in crate::model) fn drive(
        &mut self,
        setting: &Setting,
        now: Time,
        route: usize,
        agenda: &mut Agenda<'_>,
    ) {
        let resumes = self.weather.after_pause(now);
        let idle = self.programme.centre.equipment.idle(now);
        if resumes > now || idle == 0 {
            self.programme.centre.routes[route].scheduled = false;
            return self.schedule_truck(setting, resumes, route, agenda);
        }
        let stops = std::mem::take(&mut self.programme.centre.routes[route].stops);
        let p = &setting.parameters.logistics;
        let capacity = (p.truck_capacity / setting.bundle).max(1) as usize;
        let ready = |village: &Village| village.waiting.iter().take_while(|(ready, _)| *ready <= now).count();
        let waits: usize = stops.iter().map(|&stop| ready(&self.villages[usize::from(stop)])).sum();
        let trucks = self.trucks_for(route, waits.div_ceil(capacity) as u32, idle);
        let room = capacity * trucks as usize;
        let mut load = Load::default();
        let mut left_behind = false;
        for (order, &stop) in stops.iter().enumerate() {
            let village = &mut self.villages[usize::from(stop)];
            let minutes = u32::from(village.to_seat) + p.truck_stop * order as u32;
            let taken = ready(village).min(room - load.parcels);
            left_behind |= taken < village.waiting.len();
            let arrives = now + Delay::minutes(minutes);
            let (owner, first) = (village.owner, village.first);
            for (_, parcel) in village.waiting.drain(..taken) {
                // On the station's shelf each parcel waits for its household, unless it is brought home.
                let is_home = is_brought_home(setting, now, owner, first, &parcel);
                let share = if is_home { 0.0 } else { parcel.collection_delay_share() };
                let waits = Delay::from_days(p.collection_max * share);
                load.add(&parcel, is_home);
                self.transport.await_collection(arrives + waits, parcel, agenda);
            }
        }
        self.finish_round(setting, now, route, stops, trucks, &load);
        if left_behind {
            self.schedule_truck(setting, now, route, agenda);
        }
    }

    /// Trucks for a round that could fill so many, of so many that are idle: those of the timetable, and more
    /// where there are more than routes.
    fn trucks_for(&self, route: usize, filled: u32, idle: u32) -> u32 {
        let routes = &self.programme.centre.routes;
        let spare = idle.saturating_sub(routes.len() as u32);
        filled.min(routes[route].trucks.max(spare)).clamp(1, idle)
    }

    /// Books a round: what trucks and drivers did, and what is paid for the parcels.
    fn finish_round(
        &mut self,
        setting: &Setting,
        now: Time,
        route: usize,
        stops: Vec<u16>,
        trucks: u32,
        load: &Load,
    ) {
        let minutes = self.round_minutes(&setting.parameters.logistics, &stops);
        let [parcels, couriers, home] =
            [load.parcels, load.couriers, load.home].map(|count| count as u32 * setting.bundle);
        let rounds = self.rounds_of(setting, now, route, &stops, trucks);
        let centre = &mut self.programme.centre;
        centre.equipment.send(now, trucks);
        centre.driven.truck_days += rounds;
        centre.driven.minutes += u64::from(minutes) * u64::from(rounds);
        centre.routes[route].finish_round(now, stops);
        let book = &mut self.accounts.book;
        book.count(Measure::TruckRounds, i64::from(rounds));
        book.count(Measure::BroughtHome, i64::from(home));
        if !setting.supported(now) {
            return;
        }
        let p = &setting.parameters.programme;
        let each = |yuan: f64, count: u32| Money::from_yuan(yuan) * i64::from(count);
        let subsidy = each(p.parcel_subsidy, parcels);
        let fee = each(p.home_delivery_fee.min(p.home_delivery_cost), home);
        let brought = each(p.home_delivery_cost, home);
        centre.driven.earned += subsidy;
        centre.driven.brought_home += brought;
        book.pay(Item::DeliveryFee, fee);
        self.accounts.run(Item::ParcelSubsidy, subsidy);
        self.accounts.run(Item::HomeDelivery, brought - fee);
        self.accounts.recover(Item::LastMileFees, each(p.last_mile_fee, couriers));
    }

    /// Rounds that so many trucks stand for: in a sample, those of the single parcels behind bundles.
    fn rounds_of(&self, setting: &Setting, now: Time, route: usize, stops: &[u16], trucks: u32) -> u32 {
        if setting.is_whole() {
            return trucks;
        }
        let pace: f64 =
            stops.iter().map(|&stop| self.villages[usize::from(stop)].traffic.station_pace()).sum();
        let behind = rounds_behind(pace, setting.bundle, self.programme.centre.routes[route].interval);
        let count = u64::from(now.minutes()) << 16 | route as u64;
        let mut stream = setting.random_stream(self.place(setting).owner(), Purpose::Traffic, count);
        stream.round(f64::from(trucks) * behind)
    }

    fn carry_by_courier(&mut self, setting: &Setting, now: Time, parcel: Parcel, agenda: &mut Agenda<'_>) {
        let p = &setting.parameters.logistics;
        let arrivals = &self.villages[parcel.village.at()].arrivals;
        let days = arrivals.days(p, parcel.collection_delay_share());
        let start = self.weather.after_pause(now).max(self.weather.strike);
        self.transport.await_collection(start + Delay::from_days(days), parcel, agenda);
    }

    /// Households have collected what was due.
    pub(in crate::model) fn collect(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        let mut collected = std::mem::take(&mut self.transport.collected);
        self.transport.collections.take(now, &mut collected);
        for (time, parcel) in collected.drain(..) {
            let took = time.since(parcel.ordered);
            let goes_back = parcel.is_returned() && !parcel.is_lost();
            if goes_back {
                self.send_back(setting, time, parcel, agenda);
            } else {
                self.transport.count.ended += i64::from(setting.bundle);
            }
            book_delivery(setting, &parcel, took, &mut self.accounts);
            let village = &mut self.villages[parcel.village.at()];
            village.install(setting, now, &parcel, &mut self.accounts);
            village.receive_parcel(setting, now, &parcel, took.as_days(), &self.market.news, agenda);
        }
        self.transport.collected = collected;
    }
}

/// What a round carries \[parcels, in a sample bundles\].
#[derive(Clone, Copy, Debug, Default)]
struct Load {
    /// All of it.
    parcels: usize,
    /// Of it, what was ordered by self-service: couriers' parcels on an open last mile.
    couriers: usize,
    /// Of it, what drivers bring home.
    home: usize,
}

impl Load {
    fn add(&mut self, parcel: &Parcel, is_home: bool) {
        self.parcels += 1;
        self.couriers += usize::from(parcel.way() == Way::SelfService);
        self.home += usize::from(is_home);
    }
}

/// Whether the driver brings a parcel home; each is drawn by itself.
fn is_brought_home(setting: &Setting, now: Time, village: Owner, first: u32, parcel: &Parcel) -> bool {
    let share = setting.parameters.programme.home_delivery;
    if share <= 0.0 || !setting.supported(now) {
        return false;
    }
    let owner = village.household(parcel.household.0 - first);
    let ordered = u64::from(parcel.ordered.minutes());
    setting.random_stream(owner, Purpose::HomeDelivery, ordered).chance(share)
}

/// Books that a parcel was collected: kept, lost, or to be sent back; late or not.
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
    } else if !parcel.is_returned() {
        book.count(Measure::ParcelsDelivered, bundle);
    }
}
