//! What a county centre has bought and how it works: trucks, sorting places, sorters, rounds of the month.
//!
//! Trucks and places are bought for the parcels of a day and stay; sorters are employed and come and go with
//! orders. A truck costs its driver and its fuel on the days on which it drives.

use crate::base::factor::MINUTES_IN_HOUR;
use crate::base::time::DAY;
use crate::base::{Money, Time};
use crate::params::{LogisticsParameters, Parameters};
use serde::{Deserialize, Serialize};

/// Hours of a day: a line that works in the night too stands still in none.
const WHOLE_DAY: f64 = DAY as f64 / MINUTES_IN_HOUR;

/// Hours a day during which a centre sorts: in the night too, where parcels are promised within less than a
/// day.
pub(crate) fn sorting_hours(p: &Parameters, supported: bool) -> f64 {
    let next_day = supported && p.programme.delivery_target < 1.0;
    if next_day { WHOLE_DAY } else { p.logistics.sorting_hours }
}

/// Sorters that so many parcels a day ask for in one shift of a day that is so long; at least so many.
pub(crate) fn sorters_for(p: &LogisticsParameters, parcels: f64, hours: f64, least: u32) -> u32 {
    let each = p.sorter_capacity * hours * p.sorting_expansion;
    ((parcels / each).ceil() as u32).max(least).max(1)
}

/// What a county centre owns, and whom it employs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equipment {
    /// Trucks.
    pub trucks: u32,
    /// Sorting places.
    pub places: u32,
    /// Sorters in a shift, each at a place.
    pub sorters: u32,
    /// The last day on which trucks left.
    day: u32,
    /// Trucks that left on it.
    left: u32,
}

impl Equipment {
    /// Trucks that have not left today.
    pub(crate) fn idle(&self, now: Time) -> u32 {
        if self.day == now.day() { self.trucks.saturating_sub(self.left) } else { self.trucks }
    }

    /// Trucks leave for the day.
    pub(crate) fn send(&mut self, now: Time, trucks: u32) {
        self.left = if self.day == now.day() { self.left + trucks } else { trucks };
        self.day = now.day();
    }
}

/// What trucks did in the month so far, and what that earned the carrier who drives them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Driven {
    /// Trucks times days on which they drove.
    pub truck_days: u32,
    /// Time on the road \[minutes\].
    pub minutes: u64,
    /// Subsidy for parcels.
    pub earned: Money,
    /// Pay of drivers for parcels that they brought home.
    pub brought_home: Money,
}

impl Driven {
    /// What the rounds cost the carrier: drivers' pay and fuel, at this pay for a day.
    pub(crate) fn cost(&self, p: &LogisticsParameters, day_pay: f64) -> (Money, Money) {
        let hours = self.minutes as f64 / MINUTES_IN_HOUR;
        let pay = Money::from_yuan(f64::from(self.truck_days) * day_pay);
        (pay, Money::from_yuan(hours * p.truck_hour_cost))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 320 parcels a day, 60 an hour and sorter, 12 hours, at most 70 % busy: 504 for each sorter. One would
    /// do for them, two for 505; and the night doubles what each does.
    #[test]
    fn sorters_by_hand() {
        let p = LogisticsParameters::default();
        assert_eq!((p.sorter_capacity, p.sorting_hours, p.sorting_expansion), (60.0, 12.0, 0.7));
        assert_eq!(sorters_for(&p, 320.0, 12.0, 1), 1);
        assert_eq!(sorters_for(&p, 505.0, 12.0, 1), 2);
        assert_eq!(sorters_for(&p, 505.0, 24.0, 1), 1);
        assert_eq!(sorters_for(&p, 0.0, 12.0, 3), 3);
    }

    #[test]
    fn a_truck_drives_once_a_day() {
        let mut owned = Equipment { trucks: 2, ..Equipment::default() };
        let morning = Time::from_minutes(100 * DAY + 480);
        owned.send(morning, 1);
        assert_eq!(owned.idle(morning), 1);
        owned.send(morning, 1);
        assert_eq!((owned.idle(morning), owned.idle(Time::from_minutes(101 * DAY))), (0, 2));
    }

    /// 26 days of one truck, 200 minutes each: a month's wage, and 86 h 40 min of 27 yuan.
    #[test]
    fn a_month_of_one_truck_by_hand() {
        let p = LogisticsParameters::default();
        let driven = Driven { truck_days: 26, minutes: 26 * 200, ..Driven::default() };
        let (pay, fuel) = driven.cost(&p, 2_600.0 / p.driver_days);
        assert_eq!((pay.fen(), fuel.fen()), (260_000, 234_000));
    }
}
