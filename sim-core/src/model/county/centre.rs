//! The county centre's month: what is bought, who is paid, and by whom.
//!
//! The programme owns trucks and sorting places, pays the staff and rents the premises. A carrier drives the
//! trucks: its drivers and fuel are its own cost, the subsidy for each parcel its income, and the programme
//! makes up what rounds it promised cost beyond that. Where the programme's support has ended, the carrier
//! runs the centre at its own cost and goes as seldom as ever.

use super::super::accounts::accrued;
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::local_wage;
use crate::agents::equipment::{sorters_for, sorting_hours};
use crate::agents::service_centre::{CentreState, Route, RouteTerms};
use crate::base::factor::MINUTES_IN_HOUR;
use crate::base::{Money, Time};
use crate::event::Measure;
use crate::metrics::ledger::Item;
use crate::params::LogisticsParameters;

/// A driver's pay for a day \[yuan\].
fn day_pay(setting: &Setting, now: Time) -> f64 {
    local_wage(&setting.parameters, now) / setting.parameters.logistics.driver_days
}

impl CountyProcess {
    /// Equips a centre that opens: sorting places, and sorters at them.
    pub(super) fn equip_centre(&mut self, setting: &Setting, now: Time) {
        self.buy_places(setting, setting.parameters.programme.sorting_places);
        self.employ_sorters(setting, now, 0.0);
    }

    /// Pays for the month, or for what of it was simulated: staff, premises, and the carrier for its rounds.
    pub(super) fn settle_centre(&mut self, setting: &Setting, now: Time) {
        if self.programme.centre.state != CentreState::Open {
            return;
        }
        let (p, part) = (&setting.parameters, self.month.part(now));
        let pay = self.staff(setting, now) * p.programme.centre_pay * local_wage(p, now);
        let pay = accrued(Money::from_yuan(pay), part);
        let premises = accrued(Money::from_yuan(p.programme.county_running_cost), part);
        let driven = std::mem::take(&mut self.programme.centre.driven);
        let (drivers, fuel) = driven.cost(&p.logistics, day_pay(setting, now));
        let accounts = &mut self.accounts;
        accounts.book.pay(Item::CourierWages, drivers + driven.brought_home);
        accounts.book.pay(Item::CourierCosts, fuel);
        if setting.supported(now) {
            accounts.run(Item::CountyCentreStaff, pay);
            accounts.run(Item::CountyCentrePremises, premises);
            let support = drivers + fuel - driven.earned;
            accounts.run(Item::RouteSupport, support.max(Money::ZERO));
        } else {
            accounts.book.pay(Item::CourierWages, pay);
            accounts.book.pay(Item::CourierCosts, premises);
        }
    }

    /// People at the centre, drivers and trainers aside.
    fn staff(&self, setting: &Setting, now: Time) -> f64 {
        let p = &setting.parameters;
        let supported = setting.supported(now);
        let shifts = (sorting_hours(p, supported) / p.logistics.sorting_hours).max(1.0);
        let others = if supported { p.programme.centre_staff } else { 0.0 };
        others + f64::from(self.programme.centre.equipment.sorters) * shifts
    }

    /// The month's parcels decide what is bought, who is employed, and when trucks go next month.
    pub(super) fn adapt_centre(&mut self, setting: &Setting, now: Time) {
        if self.programme.centre.state != CentreState::Open {
            return;
        }
        let days = self.month.days(now);
        let per_day = f64::from(std::mem::take(&mut self.transport.station_parcels)) / f64::from(days.max(1));
        self.employ_sorters(setting, now, per_day);
        self.retime_routes(setting, now, days);
        self.buy_trucks(setting, now);
        self.programme.centre.thin_out();
        let staff = (self.staff(setting, now) + 0.5) as i64;
        self.accounts.book.stock(Measure::CentreStaff, staff);
        self.accounts.book.stock(Measure::CentreTrucks, self.programme.centre.equipment.trucks.into());
    }

    fn retime_routes(&mut self, setting: &Setting, now: Time, days: u32) {
        let p = &setting.parameters;
        let supported = setting.supported(now);
        let pay = if supported { p.programme.parcel_subsidy } else { 0.0 };
        // Who waits for a truck that goes every so many days waits for half of them.
        let promised = if supported { 2.0 * p.programme.delivery_target } else { f64::INFINITY };
        let mut routes = std::mem::take(&mut self.programme.centre.routes);
        for route in &mut routes {
            let hours = f64::from(self.round_minutes(&p.logistics, &route.stops)) / MINUTES_IN_HOUR;
            let round_cost = day_pay(setting, now) + hours * p.logistics.truck_hour_cost;
            let waiting: usize =
                route.stops.iter().map(|&stop| self.villages[usize::from(stop)].waiting.len()).sum();
            let waiting = waiting as u32 * setting.bundle;
            if !setting.is_whole() {
                let sent = |&stop: &u16| self.villages[usize::from(stop)].sent_to_station(setting);
                route.sorted = (route.stops.iter().map(sent).sum::<f64>() + 0.5) as u32;
            }
            route.retime(&p.logistics, days, &RouteTerms { promised, round_cost, pay, waiting });
        }
        self.programme.centre.routes = routes;
    }

    /// Time on the road of a round through these villages: to the farthest and back, and between stops.
    pub(super) fn round_minutes(&self, p: &LogisticsParameters, stops: &[u16]) -> u32 {
        let minutes = stops.iter().map(|&stop| u32::from(self.villages[usize::from(stop)].to_seat));
        2 * minutes.max().unwrap_or(0) + p.truck_detour * (stops.len() as u32).saturating_sub(1)
    }

    /// Buys the trucks that routes need: those that were planned, and more where there is money.
    pub(super) fn buy_trucks(&mut self, setting: &Setting, now: Time) {
        let p = &setting.parameters.programme;
        let centre = &mut self.programme.centre;
        let needed = centre.trucks_needed();
        let most = if centre.funded { needed } else { needed.min(p.centre_trucks) };
        let bought = most.saturating_sub(centre.equipment.trucks);
        if bought > 0 && setting.supported(now) {
            centre.equipment.trucks += bought;
            self.accounts.invest(Item::CountyEquipment, Money::from_yuan(p.truck_cost) * i64::from(bought));
        }
    }

    fn buy_places(&mut self, setting: &Setting, places: u32) {
        let owned = &mut self.programme.centre.equipment.places;
        let bought = places.saturating_sub(*owned);
        *owned += bought;
        let price = Money::from_yuan(setting.parameters.programme.sorting_place_cost);
        self.accounts.invest(Item::CountyEquipment, price * i64::from(bought));
    }

    /// Employs the sorters that so many parcels a day ask for, as far as there are places; more places are
    /// bought where there is money.
    fn employ_sorters(&mut self, setting: &Setting, now: Time, parcels: f64) {
        let p = &setting.parameters;
        let supported = setting.supported(now);
        let hours = sorting_hours(p, supported);
        let wanted = sorters_for(&p.logistics, parcels, hours, p.programme.sorting_places);
        if supported && self.programme.centre.funded {
            self.buy_places(setting, wanted);
        }
        let centre = &mut self.programme.centre;
        centre.equipment.sorters = wanted.min(centre.equipment.places.max(1));
        centre.line.staff(&p.logistics, now, centre.equipment.sorters, hours);
    }

    /// The route that serves a village: one of its part of the county with a stop to spare, or a new one.
    pub(in crate::model) fn route_for(&mut self, setting: &Setting, now: Time, village: usize) -> u16 {
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
        self.buy_trucks(setting, now);
        route as u16
    }
}
