//! County operation centres: sorting with finite capacity, routes of trucks, screening of villages.

use crate::base::factor::{MINUTES_IN_HOUR, SECONDS_IN_HOUR, SECONDS_IN_MINUTE};
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
    /// A free line.
    pub fn new(p: &LogisticsParameters) -> SortingLine {
        let working_day = ((p.sorting_hours * MINUTES_IN_HOUR) as u32).clamp(1, DAY);
        SortingLine { free_at: 0, capacity: p.sorting_capacity, working_day }
    }

    /// Capacity \[parcels/hour\].
    pub fn capacity(&self) -> f64 {
        self.capacity
    }

    /// Capacity of a working day \[parcels/day\].
    pub fn daily_capacity(&self) -> f64 {
        self.capacity * f64::from(self.working_day) / MINUTES_IN_HOUR
    }

    /// Adds sorters where volume exceeds the share `threshold` of capacity, which then is `step` times as
    /// large.
    pub(crate) fn adapt(&mut self, parcels_per_day: f64, threshold: f64, step: f64) {
        if parcels_per_day > threshold * self.daily_capacity() {
            self.capacity *= step;
        }
    }

    /// Sorts `count` parcels that arrive together at `now`; returns when the last is done and how long the
    /// first had to wait in working time.
    pub fn sort(&mut self, now: Time, count: u32) -> (Time, Delay) {
        let arrival = self.working_seconds(now);
        let start = arrival.max(self.free_at);
        self.free_at = start + (f64::from(count) * SECONDS_IN_HOUR / self.capacity) as u64;
        (self.wall_time(self.free_at), Delay::minutes(((start - arrival) / SECONDS_IN_MINUTE) as u32))
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

/// A truck's round from the county hub through some stations and back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// The stations it serves, as village subscripts, in order of the round.
    pub stops: Vec<u16>,
    /// Days between rounds.
    pub interval: u32,
    /// Parcels brought in the month so far.
    pub carried: u32,
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
        Route { stops: Vec::new(), interval, carried: 0, rounds: 0, earliest: Time::START, scheduled: false }
    }

    /// A truck has gone round these stops with so many parcels.
    pub(crate) fn finish_round(&mut self, now: Time, stops: Vec<u16>, parcels: u32) {
        self.stops = stops;
        self.scheduled = false;
        self.earliest = now + Delay::days(self.interval.saturating_sub(1));
        self.carried += parcels;
        self.rounds += 1;
    }

    /// Sets the timetable from the month's volume: daily when `daily_volume` parcels come each day, else as
    /// seldom as `longest_interval`.
    pub(crate) fn retime(&mut self, p: &LogisticsParameters, days: u32, target_days: f64) {
        let per_day = f64::from(self.carried) / f64::from(days.max(1));
        let wanted = if per_day > 0.0 { p.daily_volume / per_day } else { f64::from(p.longest_interval) };
        // A promise of next-day delivery keeps a truck from waiting longer than the promise twice over.
        let longest = f64::from(p.longest_interval).min((2.0 * target_days).max(1.0));
        self.interval = (wanted.clamp(1.0, longest) + 0.5) as u32;
        self.carried = 0;
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
            candidates: Vec::new(),
            second_round: Vec::new(),
            is_second_round: false,
            batches: 0,
            paused: false,
            batch_scheduled: false,
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

    /// A village was screened without success.
    pub(crate) fn note_failure(&mut self, village: u16) {
        if !self.is_second_round {
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
        let p =
            LogisticsParameters { sorting_capacity: capacity, sorting_hours: hours, ..Default::default() };
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

    #[test]
    fn thin_routes_run_seldom_and_thick_ones_daily() {
        let p = LogisticsParameters::default();
        let mut route = Route::new(1);
        route.carried = 60;
        route.retime(&p, 30, 10.0);
        assert_eq!(route.interval, 4);
        route.carried = 3_000;
        route.retime(&p, 30, 10.0);
        assert_eq!(route.interval, 1);
    }
}
