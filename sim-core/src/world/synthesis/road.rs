//! Roads and the minutes they take.
//!
//! **Classes.** The share of villages with a hardened road at year's end, from the transport ministry's
//! yearly reports (2005: 53 %, 2010: 81.7 %, 2015: 94.5 %, 2020: 100 %; grade M) and the third agricultural
//! census (2016: 96.6 % concrete or asphalt on the road into the village, 2.3 % gravel; grade M), linear
//! between. Two thirds of the rest are gravel. Which villages: those of least hardship, with some chance.
//!
//! **Minutes.** Straight distance, times a detour that grows with relief, over a speed that falls with relief
//! and class. Speeds are set so that 78 % of towns are within an hour of the county seat (third agricultural
//! census 2016); a test holds this.

use crate::base::Date;
use crate::base::factor::{MINUTES_IN_HOUR, MONTHS_IN_YEAR};
use crate::params::Schedule;
use crate::world::village::RoadClass;

/// Share of unpaved villages that have gravel.
const GRAVEL_SHARE: f64 = 2.0 / 3.0;

/// Speed between town and seat on flat land \[km/h\].
const TOWN_SPEED: f64 = 61.0;
/// Minutes that any trip between town and seat takes besides the road.
const TOWN_START: f64 = 5.0;
/// Speed between village and town on flat land, by class \[km/h\].
const SPEED: [f64; 3] = [10.0, 18.0, 32.0];
/// Minutes that any trip from a village takes besides the road.
const VILLAGE_START: f64 = 3.0;

/// Shares of villages by class on a date.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoadClasses {
    paved: f64,
}

impl RoadClasses {
    /// The national shares on a date, by a path of the share with a hardened road.
    pub(super) fn on(path: &Schedule, date: Date) -> RoadClasses {
        let points: Vec<(f64, f64)> =
            path.points().iter().map(|&(at, share)| (year_end(at), share)).collect();
        RoadClasses { paved: interpolated(&points, year_end(date)) }
    }

    /// The class of the village that stands at this rank of hardship, 0 best to 1 worst.
    pub(super) fn class(self, rank: f64) -> RoadClass {
        if rank < self.paved {
            RoadClass::Paved
        } else if rank < self.paved + (1.0 - self.paved) * GRAVEL_SHARE {
            RoadClass::Gravel
        } else {
            RoadClass::Dirt
        }
    }
}

/// A date in years, whole at a year's end.
fn year_end(date: Date) -> f64 {
    let months = f64::from(date.month_of_year()) - 1.0 + f64::from(date.day_of_month()) / 31.0;
    f64::from(date.year()) - 1.0 + months / MONTHS_IN_YEAR
}

/// The value at `x` of a line through points, level beyond its ends.
fn interpolated(points: &[(f64, f64)], x: f64) -> f64 {
    let mut last = points.first().copied().unwrap_or((x, 0.0));
    for &(at, value) in points {
        if x < at {
            let share = ((x - last.0) / (at - last.0).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
            return last.1 + (value - last.1) * share;
        }
        last = (at, value);
    }
    last.1
}

/// Minutes between a town and its county's seat.
pub(super) fn town_to_seat(distance: f64, relief: f64) -> u16 {
    whole(TOWN_START + minutes(distance, relief, TOWN_SPEED))
}

/// Minutes from a village to its town's centre.
pub(super) fn village_to_town(distance: f64, relief: f64, class: RoadClass) -> u16 {
    whole(VILLAGE_START + minutes(distance, relief, SPEED[class as usize]))
}

/// Minutes from a village to the county seat: through the town or straight, whichever is shorter.
pub(super) fn village_to_seat(
    to_town: u16,
    town_to_seat: u16,
    distance: f64,
    relief: f64,
    class: RoadClass,
) -> u16 {
    let straight = VILLAGE_START + minutes(distance, relief, SPEED[class as usize]);
    whole(straight).min(to_town.saturating_add(town_to_seat))
}

/// Road minutes over a straight distance \[km\] at a flat-land speed \[km/h\].
fn minutes(distance: f64, relief: f64, speed: f64) -> f64 {
    let steep = (relief / 200.0).min(2.0);
    distance * (1.25 + 0.25 * steep) * (1.0 + 0.25 * steep) * MINUTES_IN_HOUR / speed
}

fn whole(minutes: f64) -> u16 {
    (minutes + 0.5) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_follow_the_reports() {
        let path = crate::params::WorldParameters::default().paved;
        let paved =
            |year, month, day| Date::new(year, month, day).map(|date| RoadClasses::on(&path, date).paved);
        assert_eq!(paved(2010, 12, 31), Some(0.817));
        assert_eq!(paved(2016, 12, 31), Some(0.966));
        assert_eq!(paved(2000, 1, 1), Some(0.40));
        assert_eq!(paved(2500, 1, 1), Some(1.0));
    }

    #[test]
    fn worse_roads_and_steeper_land_take_longer() {
        let time = |relief, class| village_to_town(10.0, relief, class);
        assert!(time(0.0, RoadClass::Paved) < time(0.0, RoadClass::Gravel));
        assert!(time(0.0, RoadClass::Gravel) < time(0.0, RoadClass::Dirt));
        assert!(time(0.0, RoadClass::Paved) < time(300.0, RoadClass::Paved));
    }

    #[test]
    fn the_way_to_the_seat_is_the_shorter_one() {
        assert_eq!(village_to_seat(10, 20, 1000.0, 0.0, RoadClass::Paved), 30);
        assert!(village_to_seat(10, 200, 5.0, 0.0, RoadClass::Paved) < 20);
        assert_eq!(village_to_seat(u16::MAX, u16::MAX, 1e9, 5000.0, RoadClass::Dirt), u16::MAX);
    }
}
