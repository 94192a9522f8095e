//! County operation centres: sorting with finite capacity, routes of trucks, screening of villages.

use super::equipment::{Driven, Equipment};
use crate::base::factor::{MINUTES_IN_HOUR, SECONDS_IN_HOUR, SECONDS_IN_MINUTE, TINY};
use crate::base::time::DAY;
use crate::base::{Delay, Time};
use crate::params::LogisticsParameters;
use serde::{Deserialize, Serialize};

/// Where a county's centre stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CentreState {
    /// Nobody has asked for one.
    None,
    /// A team sets it up.
    SettingUp,
    /// It works.
    Open,
    /// It was closed.
    Closed,
}

/// Hour at which sorting begins \[minutes past midnight\].
const OPENING: u32 = 6 * 60;

/// A first-in, first-out line of sorters that work some hours a day.
///
/// Kept as the working time at which the line is free (Lindley 1952), so that a parcel costs a few additions
/// and no event. Working time runs only while the hall is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SortingLine {
    /// When the line is free \[working seconds since the epoch\].
    free_at: u64,
    /// Capacity \[parcels/hour\].
    capacity: f64,
    /// Hours of work a day \[minutes\].
    working_day: u32,
}

impl SortingLine {
    /// A free line at which nobody works yet.
    pub fn new(p: &LogisticsParameters) -> SortingLine {
        SortingLine { free_at: 0, capacity: p.sorter_capacity, working_day: minutes_of(p.sorting_hours) }
    }

    /// Capacity of a working day \[parcels/day\].
    pub fn daily_capacity(&self) -> f64 {
        self.capacity * f64::from(self.working_day) / MINUTES_IN_HOUR
    }

    /// So many sorters work so many hours a day from now on. What is in the line stays in it.
    pub(crate) fn staff(&mut self, p: &LogisticsParameters, now: Time, sorters: u32, hours: f64) {
        self.capacity = f64::from(sorters.max(1)) * p.sorter_capacity;
        let working_day = minutes_of(hours);
        if working_day != self.working_day {
            let free = self.wall_time(self.free_at).max(now);
            self.working_day = working_day;
            self.free_at = self.working_seconds(free);
        }
    }

    /// Capacity \[parcels/hour\].
    pub fn capacity(&self) -> f64 {
        self.capacity
    }

    /// Sorts `count` parcels that arrive together at `now`; returns when the last is done and how long the
    /// first had to wait in working time.
    pub fn sort(&mut self, now: Time, count: u32) -> (Time, Delay) {
        let arrival = self.working_seconds(now);
        let start = arrival.max(self.free_at);
        self.free_at = start + (f64::from(count) * SECONDS_IN_HOUR / self.capacity) as u64;
        (self.wall_time(self.free_at), Delay::minutes(((start - arrival) / SECONDS_IN_MINUTE) as u32))
    }

    /// Whether what was stored is a line of sorters who work some hours a day, and free within the time that
    /// can be told.
    pub(crate) fn is_sound(&self) -> bool {
        let latest = u64::from(Time::END.minutes()) * SECONDS_IN_MINUTE;
        let capacity = self.capacity.is_finite() && self.capacity > 0.0;
        capacity && (1..=DAY).contains(&self.working_day) && self.free_at <= latest
    }

    fn opening(&self) -> u32 {
        OPENING.min(DAY - self.working_day)
    }

    fn working_seconds(&self, now: Time) -> u64 {
        let today = now.minute_of_day().saturating_sub(self.opening()).min(self.working_day);
        (u64::from(now.day()) * u64::from(self.working_day) + u64::from(today)) * SECONDS_IN_MINUTE
    }

    fn wall_time(&self, working_seconds: u64) -> Time {
        let minutes = working_seconds.div_ceil(SECONDS_IN_MINUTE);
        let (day, minute) = (minutes / u64::from(self.working_day), minutes % u64::from(self.working_day));
        // A full day's work ends in the evening, not next morning.
        if minute == 0 && day > 0 {
            let evening = (day - 1) * u64::from(DAY) + u64::from(self.opening() + self.working_day);
            return Time::from_minutes(evening.min(u64::from(u32::MAX)) as u32);
        }
        let wall = day * u64::from(DAY) + u64::from(self.opening()) + minute;
        Time::from_minutes(wall.min(u64::from(u32::MAX)) as u32)
    }
}

/// Hours of a day as minutes, at least one.
fn minutes_of(hours: f64) -> u32 {
    ((hours * MINUTES_IN_HOUR) as u32).clamp(1, DAY)
}

/// What a route's timetable depends on beside its parcels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RouteTerms {
    /// Days between rounds that the programme promises, at most.
    pub promised: f64,
    /// What a round costs with one truck \[yuan\].
    pub round_cost: f64,
    /// What the carrier is paid for a parcel \[yuan\].
    pub pay: f64,
    /// Parcels that wait for the route.
    pub waiting: u32,
}

/// A truck's round from the county hub through some stations and back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// The stations it serves, as village subscripts, in order of the round.
    pub stops: Vec<u16>,
    /// Days between rounds.
    pub interval: u32,
    /// Trucks that go on a round together, at the volume of the last month.
    pub trucks: u32,
    /// Parcels sorted for it in the month so far.
    pub sorted: u32,
    /// Rounds driven in the month so far.
    pub rounds: u32,
    /// The earliest next departure.
    pub earliest: Time,
    /// Whether the next round is scheduled.
    pub scheduled: bool,
}

impl Route {
    /// A new route with no stops.
    pub fn new(interval: u32) -> Route {
        Route {
            stops: Vec::new(),
            interval,
            trucks: 1,
            sorted: 0,
            rounds: 0,
            earliest: Time::START,
            scheduled: false,
        }
    }

    /// Trucks have gone round these stops.
    pub(crate) fn finish_round(&mut self, now: Time, stops: Vec<u16>) {
        self.stops = stops;
        self.scheduled = false;
        self.earliest = now + Delay::days(self.interval.saturating_sub(1));
        self.rounds += 1;
    }

    /// Trucks that leave for it on a day, on average.
    pub(crate) fn trucks_a_day(&self) -> f64 {
        f64::from(self.trucks) / f64::from(self.interval.max(1))
    }

    /// Sets the timetable from the month's volume: as often as a round pays the carrier, as often as the
    /// programme promises, and daily at most; with as many trucks as the parcels of a round fill.
    pub(crate) fn retime(&mut self, p: &LogisticsParameters, days: u32, terms: &RouteTerms) {
        let days = f64::from(days.max(1));
        let usual = f64::from(self.sorted) / days;
        // What waits beyond what comes between two rounds is to be gone in as many days.
        let behind = (f64::from(terms.waiting) - usual * f64::from(self.interval)).max(0.0);
        let per_day = usual + behind / days;
        let longest = f64::from(p.longest_interval).min(terms.promised.max(1.0));
        let earned = per_day * terms.pay;
        let pays = if earned > 0.0 { terms.round_cost / earned } else { longest };
        self.interval = (pays.max(1.0).min(longest) + 0.5) as u32;
        let load = per_day * f64::from(self.interval);
        self.trucks = ((load / f64::from(p.truck_capacity)).ceil() as u32).max(1);
        self.sorted = 0;
        self.rounds = 0;
    }
}

/// The county centre.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceCentre {
    /// Where it stands.
    pub state: CentreState,
    /// Its sorters.
    pub line: SortingLine,
    /// Its trucks' rounds.
    pub routes: Vec<Route>,
    /// What it has bought, and whom it employs.
    pub equipment: Equipment,
    /// What its trucks did in the month so far.
    pub driven: Driven,
    /// Whether the treasury has money for more trucks, places and sorters than were planned.
    pub funded: bool,
    /// Villages still to be screened, as subscripts, next last.
    pub candidates: Vec<u16>,
    /// Villages screened without success, to be tried once more.
    pub second_round: Vec<u16>,
    /// Whether the second round has begun, in which whoever fails is not asked again.
    pub is_second_round: bool,
    /// Batches screened.
    pub batches: u32,
    /// Whether the nation holds further batches.
    pub paused: bool,
    /// Whether a batch is scheduled.
    pub batch_scheduled: bool,
}

impl ServiceCentre {
    /// No centre yet.
    pub fn new(p: &LogisticsParameters) -> ServiceCentre {
        ServiceCentre {
            state: CentreState::None,
            line: SortingLine::new(p),
            routes: Vec::new(),
            equipment: Equipment::default(),
            driven: Driven::default(),
            funded: true,
            candidates: Vec::new(),
            second_round: Vec::new(),
            is_second_round: false,
            batches: 0,
            paused: false,
            batch_scheduled: false,
        }
    }

    /// Trucks that its routes need, each once a day.
    pub(crate) fn trucks_needed(&self) -> u32 {
        let a_day: f64 = self.routes.iter().map(Route::trucks_a_day).sum();
        // A hair less than a whole number is that number.
        (a_day - TINY).ceil().max(0.0) as u32
    }

    /// Where trucks are fewer than routes need, rounds are as much rarer.
    pub(crate) fn thin_out(&mut self) {
        let (needed, trucks) = (self.trucks_needed(), self.equipment.trucks.max(1));
        if needed > trucks {
            for route in &mut self.routes {
                route.interval = (route.interval * needed).div_ceil(trucks);
            }
        }
    }

    /// The next villages to screen. Once all were screened, those without success are tried a second and last
    /// time.
    pub(crate) fn next_batch(&mut self, first: u32, later: u32) -> Vec<u16> {
        let size = if self.batches == 0 { first } else { later };
        self.batches += 1;
        if self.candidates.is_empty() && !self.is_second_round {
            self.is_second_round = true;
            std::mem::swap(&mut self.candidates, &mut self.second_round);
            self.candidates.reverse();
        }
        let at = self.candidates.len().saturating_sub(size as usize);
        self.candidates.split_off(at).into_iter().rev().collect()
    }

    /// A village was screened without success. It is screened again where there is a second round.
    pub(crate) fn note_failure(&mut self, village: u16, again: bool) {
        if again && !self.is_second_round {
            self.second_round.push(village);
        }
    }

    /// Whether villages remain to be screened.
    pub(crate) fn has_candidates(&self) -> bool {
        !self.candidates.is_empty() || !self.second_round.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Owner, Purpose, RandomStream, Seed};

    fn line(capacity: f64, hours: f64) -> SortingLine {
        let p = LogisticsParameters { sorter_capacity: capacity, sorting_hours: hours, ..Default::default() };
        SortingLine::new(&p)
    }

    #[test]
    fn work_left_in_the_evening_goes_on_in_the_morning() {
        let mut line = line(60.0, 12.0);
        let evening = Time::from_minutes(10 * DAY + 17 * 60 + 59);
        assert_eq!(line.sort(evening, 1).0, Time::from_minutes(10 * DAY + 18 * 60));
        assert_eq!(line.sort(evening, 1).0, Time::from_minutes(11 * DAY + 6 * 60 + 1));
        let night = Time::from_minutes(12 * DAY + 2 * 60);
        assert_eq!(line.sort(night, 30).0, Time::from_minutes(12 * DAY + 6 * 60 + 30));
    }

    /// M/D/1: Poisson arrivals, constant service. Mean wait rho / (2 mu (1 - rho)).
    fn mean_wait(rho: f64) -> f64 {
        let capacity = 60.0;
        let mut line = line(capacity, 24.0);
        let mut stream = RandomStream::new(Seed(11), Owner::other(3), Purpose::Test, 0);
        let (mut now, mut waited) = (0.0_f64, 0.0);
        let n = 200_000;
        // One service is 60 s = 1 minute here; arrivals are kept in minutes, so time is scaled up tenfold.
        line.capacity = capacity / 10.0;
        for _ in 0..n {
            now += stream.exponential() * 10.0 / rho;
            waited += line.sort(Time::from_minutes(now as u32), 1).1.as_minutes() as f64;
        }
        waited / f64::from(n) / 10.0
    }

    #[test]
    fn waits_are_those_of_m_d_1() {
        // Service 1 unit, rho 0.7: 0.7 / (2 * 0.3) = 1.1667. With 200,000 customers the standard error,
        // allowing for correlation, is about 0.02; rounding down to whole minutes costs up to 0.05
        // units.
        let wait = mean_wait(0.7);
        assert!((wait - 1.1667).abs() < 0.12, "{wait}");
        // The twin at another load must fail the same test.
        assert!((mean_wait(0.75) - 1.1667).abs() > 0.12);
    }

    /// A round of 150 yuan, 5 yuan a parcel: 30 parcels pay for it. At 2 a day that takes 15 days, which is
    /// longer than the longest interval of 4; at 12 a day two and a half; at 100 a day one truck goes daily;
    /// at 1,300 three do, of 600 parcels each. The twin is paid twice as much, and goes twice as often.
    #[test]
    fn rounds_go_as_often_as_they_pay_and_with_as_many_trucks_as_they_fill() {
        let p = LogisticsParameters::default();
        assert_eq!((p.longest_interval, p.truck_capacity), (4, 600));
        let behind = |per_day: u32, waiting: u32, pay: f64, promised: f64| {
            let mut route = Route::new(1);
            route.sorted = 30 * per_day;
            route.retime(&p, 30, &RouteTerms { promised, round_cost: 150.0, pay, waiting });
            (route.interval, route.trucks)
        };
        let timetable = |per_day: u32, pay: f64, promised: f64| behind(per_day, 0, pay, promised);
        assert_eq!(timetable(2, 5.0, 10.0), (4, 1));
        assert_eq!(timetable(12, 5.0, 10.0), (3, 1));
        assert_eq!(timetable(100, 5.0, 10.0), (1, 1));
        assert_eq!(timetable(1_300, 5.0, 10.0), (1, 3));
        assert_eq!(timetable(12, 10.0, 10.0), (1, 1), "the twin");
        assert_eq!(timetable(2, 5.0, 2.0), (2, 1), "what is promised is driven, whatever it earns");
        assert_eq!(timetable(0, 0.0, 0.2), (1, 1));
        // 18,100 wait, 100 of them since the last round: 600 a day for a month, beside the 100 that come.
        assert_eq!(behind(100, 18_100, 5.0, 10.0), (1, 2));
    }

    /// Four routes of which each goes daily with one truck, and a fifth every second day: five trucks. With
    /// two, every round is two and a half times as rare.
    #[test]
    fn where_trucks_are_lacking_rounds_are_rarer() {
        let p = LogisticsParameters::default();
        let mut centre = ServiceCentre::new(&p);
        centre.routes = vec![Route::new(1), Route::new(1), Route::new(1), Route::new(1), Route::new(2)];
        assert_eq!(centre.trucks_needed(), 5);
        centre.equipment.trucks = 5;
        centre.thin_out();
        assert_eq!(centre.routes[0].interval, 1, "the twin: with five trucks nothing changes");
        centre.equipment.trucks = 2;
        centre.thin_out();
        let intervals: Vec<u32> = centre.routes.iter().map(|route| route.interval).collect();
        assert_eq!(intervals, [3, 3, 3, 3, 5]);
        assert_eq!(centre.trucks_needed(), 2);
    }

    /// A shift in the night doubles a line's day: what arrives at midnight is sorted then, not from six on.
    #[test]
    fn a_night_shift_sorts_at_night_what_comes_at_midnight() {
        let p = LogisticsParameters::default();
        let midnight = Time::from_minutes(10 * DAY);
        let mut line = line(60.0, 12.0);
        line.staff(&p, midnight, 1, 12.0);
        assert_eq!(line.clone().sort(midnight, 30).0, Time::from_minutes(10 * DAY + 6 * 60 + 30));
        line.staff(&p, midnight, 1, 24.0);
        assert_eq!(line.clone().sort(midnight, 30).0, Time::from_minutes(10 * DAY + 30));
        // What the night shift has begun it still finishes.
        line.sort(midnight, 120);
        line.staff(&p, midnight, 2, 12.0);
        assert_eq!(line.sort(midnight, 60).0, Time::from_minutes(10 * DAY + 6 * 60 + 30));
    }
}
