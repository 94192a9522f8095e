//! Seasons: months, rushes of shopping festivals, pauses in which nothing is carried.

use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::{Delay, Month, Time};
use crate::params::{MarketParameters, WorldParameters, days_in};

/// Days after a run's end for which seasons are known: orders that are due later are not looked at.
const LOOK_AHEAD: u32 = 366;
/// Years in which the next day of coming home is looked for: dates may lack some.
const YEARS_LOOKED_AHEAD: u16 = 40;
/// Orders over the mean that order time is divided by at least: none come while there are none.
const LEAST_FACTOR: f64 = 1e-6;

/// The rate of orders at a moment, over the yearly mean.
pub fn orders(world: &WorldParameters, now: Time) -> f64 {
    let month = Month::of(now);
    let months = [
        world.orders_january,
        world.orders_february,
        world.orders_march,
        world.orders_april,
        world.orders_may,
        world.orders_june,
        world.orders_july,
        world.orders_august,
        world.orders_september,
        world.orders_october,
        world.orders_november,
        world.orders_december,
    ];
    let mut factor = months[usize::from(month.month_of_year()) - 1];
    if in_festival(world, month.year(), now) {
        factor *= world.festival_strength;
    }
    if paused(world, now) {
        factor *= world.pause_orders;
    }
    factor
}

/// A year with the one before and after, whose festivals may reach into it.
fn around(year: u16) -> std::ops::RangeInclusive<u16> {
    year.saturating_sub(1)..=year.saturating_add(1)
}

/// Rushes of shopping festivals that may touch a year: their beginnings and ends, in order.
fn rushes(world: &WorldParameters, year: u16) -> impl Iterator<Item = (Time, Time)> {
    let days = Delay::days(world.festival_days);
    around(year).flat_map(|year| days_in(&world.festivals, year)).map(move |start| (start, start + days))
}

fn in_festival(world: &WorldParameters, year: u16, now: Time) -> bool {
    rushes(world, year).any(|(start, end)| (start..end).contains(&now))
}

/// Pauses that may touch a year: their beginnings and ends, in order.
fn pauses(world: &WorldParameters, year: u16) -> impl Iterator<Item = (Time, Time)> {
    let (before, length) = (Delay::days(world.pause_before), Delay::days(world.pause_days));
    let days = around(year).flat_map(|year| days_in(&world.pauses, year));
    days.map(move |day| (day - before, day - before + length))
}

/// Whether sorting and driving rest.
pub fn paused(world: &WorldParameters, now: Time) -> bool {
    pauses(world, Month::of(now).year()).any(|(start, end)| (start..end).contains(&now))
}

/// The pause that lasts at `now`, or else the next one: its beginning and end; the end of time if there is
/// none until the end of the next year.
pub(crate) fn pause_after(world: &WorldParameters, now: Time) -> (Time, Time) {
    pauses(world, Month::of(now).year()).find(|&(_, end)| now < end).unwrap_or((Time::END, Time::END))
}

/// The day in a year on which migrants come home and leave: the first pause's.
pub(crate) fn homecoming(world: &WorldParameters, year: u16) -> Option<Time> {
    days_in(&world.pauses, year).next()
}

/// The next such day after a moment; the end of time if there is none.
pub(crate) fn homecoming_after(world: &WorldParameters, now: Time) -> Time {
    let year = Month::of(now).year();
    let mut coming =
        (year..year.saturating_add(YEARS_LOOKED_AHEAD)).filter_map(|year| homecoming(world, year));
    coming.find(|&day| day > now).unwrap_or(Time::END)
}

/// The next moment, strictly after `now`, at which the season changes.
pub(crate) fn next_change(world: &WorldParameters, now: Time) -> Time {
    let month = Month::of(now);
    let stretches = rushes(world, month.year()).chain(pauses(world, month.year()));
    std::iter::once(month.next().start())
        .chain(stretches.flat_map(|(start, end)| [start, end]))
        .filter(|&change| change > now)
        .min()
        .unwrap_or(Time::END)
}

/// Seasons as a clock: *order time* runs as fast as orders come, so that a rate a mean year is constant in
/// it.
///
/// Orders are scheduled in order time and turned into wall time once. Rejected: moving every village's next
/// order at every change of season, which doubled the events of a sampled run.
#[derive(Clone, Debug, PartialEq)]
pub struct Seasons {
    /// Beginnings of stretches of constant season, as wall time.
    walls: Vec<Time>,
    /// The same moments in order time \[minutes\].
    orders: Vec<f64>,
    /// Orders in the stretch over the yearly mean.
    factors: Vec<f64>,
}

impl Seasons {
    /// The seasons from `start` until a year after `end`.
    pub fn new(world: &WorldParameters, start: Time, end: Time) -> Seasons {
        let mut seasons =
            Seasons { walls: vec![start], orders: vec![0.0], factors: vec![orders(world, start)] };
        let last = end + Delay::days(LOOK_AHEAD);
        let (mut now, mut passed) = (start, 0.0);
        while now < last {
            let change = next_change(world, now);
            passed += f64::from(change.since(now).as_minutes()) * orders(world, now);
            now = change;
            seasons.walls.push(now);
            seasons.orders.push(passed);
            seasons.factors.push(orders(world, now));
        }
        seasons
    }

    /// Order time at a moment \[whole minutes since the start\].
    pub(crate) fn order_time(&self, now: Time) -> Time {
        let at = self.walls.partition_point(|&wall| wall <= now).saturating_sub(1);
        let minutes = self.orders[at] + f64::from(now.since(self.walls[at]).as_minutes()) * self.factors[at];
        Time::from_minutes((minutes + 0.5) as u32)
    }

    /// The first moment that is not before an order time.
    pub(crate) fn wall_time(&self, order_time: Time) -> Time {
        if order_time == Time::END {
            return Time::END;
        }
        let minutes = f64::from(order_time.minutes());
        let at = self.orders.partition_point(|&passed| passed <= minutes).saturating_sub(1);
        let past = (minutes - self.orders[at]) / self.factors[at].max(LEAST_FACTOR);
        self.walls[at] + crate::base::Delay::minutes((past + 0.5) as u32)
    }
}

/// The harvest of a month over the yearly mean, for farm produce: one peak in autumn.
pub(crate) fn harvest(market: &MarketParameters, month: Month) -> f64 {
    let angle =
        std::f64::consts::TAU * (f64::from(month.month_of_year()) - market.harvest_peak) / MONTHS_IN_YEAR;
    1.0 + market.harvest_swing * crate::base::math::cos(angle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;

    fn at(date: &str) -> Time {
        date.parse::<Date>().unwrap().midnight()
    }

    #[test]
    fn the_rush_begins_and_ends_on_time() {
        let world = WorldParameters::default();
        assert!(orders(&world, at("2015-11-11")) > 2.5 * orders(&world, at("2015-11-10")));
        assert!(orders(&world, at("2015-11-16")) < 1.2);
        assert!(paused(&world, at("2016-02-08")) && !paused(&world, at("2016-02-14")));
    }

    #[test]
    fn seasons_change_only_where_a_change_is_announced() {
        let world = WorldParameters::default();
        let mut now = at("2014-01-01");
        while now < at("2017-01-01") {
            let change = next_change(&world, now);
            assert!(change > now);
            let before = change - Delay::minutes(1);
            assert_eq!(orders(&world, before), orders(&world, now), "{now} to {before}");
            now = change;
        }
    }

    #[test]
    fn order_time_and_wall_time_are_each_other_s_inverse() {
        let world = WorldParameters::default();
        let seasons = Seasons::new(&world, at("2014-10-01"), at("2016-12-31"));
        let mut now = at("2014-10-01");
        let mut last = Time::START;
        while now < at("2016-12-31") {
            let order_time = seasons.order_time(now);
            assert!(order_time >= last);
            last = order_time;
            let back = seasons.wall_time(order_time);
            assert!(back.minutes().abs_diff(now.minutes()) <= 3, "{now} became {back}");
            now += Delay::minutes(997);
        }
        let year = seasons.order_time(at("2016-01-01")).since(seasons.order_time(at("2015-01-01")));
        assert!((year.as_days() / 365.0 - 1.0).abs() < 0.06, "{}", year.as_days());
    }

    #[test]
    fn harvests_average_to_one_over_the_year() {
        let mean = (0..12).map(|m| harvest(&MarketParameters::default(), Month(m))).sum::<f64>() / 12.0;
        assert!((mean - 1.0).abs() < 1e-12);
    }
}
