//! Commercial couriers: which villages a round pays for.

use crate::base::factor::{MINUTES_IN_HOUR, TINY};
use crate::base::math;
use crate::market::choice::Delivery;
use crate::params::LogisticsParameters;

/// The year that coverage, pickup and couriers' experience are counted from (`logistics.coverage_2010` and
/// its like).
pub const FIRST_YEAR: u16 = 2010;

/// A village as a courier sees it.
#[derive(Clone, Copy, Debug)]
pub struct Prospect {
    /// Parcels to and from the village that a courier would carry \[parcels/day\].
    pub parcels: f64,
    /// Road to the township \[minutes\].
    pub to_town: f64,
    /// Subsidy \[yuan/parcel\].
    pub subsidy: f64,
    /// Cost of a round over that of 2010: networks grow denser and rounds cheaper (see `cost_ratio`).
    pub cost_ratio: f64,
    /// Readiness of the place, 0 best to 1 worst.
    pub rank: f64,
}

/// Cost of a round over that of 2010, so many years later.
pub(crate) fn cost_ratio(p: &LogisticsParameters, years: f64) -> f64 {
    math::exp(-p.courier_learning * years.max(0.0))
}

/// Revenue of serving a village over its cost. A round goes when a few parcels have gathered, at most daily.
pub fn worth(p: &LogisticsParameters, prospect: &Prospect) -> f64 {
    let minutes = 2.0 * prospect.to_town * p.courier_detour + p.courier_stop;
    let place = p.courier_best_place + p.courier_place_spread * prospect.rank;
    let visit = p.courier_hour_cost * minutes / MINUTES_IN_HOUR * prospect.cost_ratio * place;
    // Couriers come daily at best, and otherwise let parcels gather.
    let visits = (prospect.parcels / p.courier_daily_parcels).clamp(1.0 / p.courier_longest_interval, 1.0);
    let revenue = prospect.parcels * (p.courier_fee + prospect.subsidy);
    revenue / (visits * visit).max(TINY)
}

/// How parcels reach the village next month.
pub fn decide(p: &LogisticsParameters, prospect: &Prospect, now: Delivery) -> Delivery {
    let worth = worth(p, prospect);
    match now {
        Delivery::Village if worth < p.courier_exit => Delivery::Town,
        Delivery::Village => Delivery::Village,
        _ if worth > p.courier_entry => Delivery::Village,
        Delivery::Seat if worth > p.courier_town_entry * p.courier_entry => Delivery::Town,
        other => other,
    }
}

/// How far couriers had come by the published spread, before the run decides for them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// Villages below this rank are served at home.
    village: f64,
    /// Villages below this rank are served in their township.
    town: f64,
}

impl Coverage {
    /// The spread `years` after the beginning of 2010.
    pub fn at(p: &LogisticsParameters, years: f64) -> Coverage {
        let village = (p.coverage_2010 * math::pow(1.0 + p.coverage_growth, years)).min(p.coverage_most);
        let town = (p.pickup_2010 * math::pow(1.0 + p.pickup_growth, years)).min(p.pickup_most);
        Coverage { village, town: village + (1.0 - village) * town }
    }

    /// How parcels reach a village of this rank (0 best to 1 worst).
    pub fn reaches(&self, rank: f64) -> Delivery {
        if rank < self.village {
            Delivery::Village
        } else if rank < self.town {
            Delivery::Town
        } else {
            Delivery::Seat
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prospect() -> Prospect {
        Prospect { parcels: 5.0, to_town: 25.0, subsidy: 0.0, cost_ratio: 0.75, rank: 0.5 }
    }

    #[test]
    fn density_nearness_and_subsidy_bring_couriers() {
        let p = LogisticsParameters::default();
        let base = worth(&p, &prospect());
        assert!(worth(&p, &Prospect { parcels: 10.0, ..prospect() }) > base);
        assert!(worth(&p, &Prospect { to_town: 5.0, ..prospect() }) > base);
        assert!(worth(&p, &Prospect { subsidy: 2.0, ..prospect() }) > base);
        assert!(worth(&p, &Prospect { cost_ratio: 0.6, ..prospect() }) > base);
    }

    #[test]
    fn entry_and_exit_leave_a_gap_between_them() {
        let p = LogisticsParameters::default();
        assert!(p.courier_exit < p.courier_entry);
        let mut middling = prospect();
        middling.parcels = (1..400)
            .map(|tenth| f64::from(tenth) / 10.0)
            .find(|&parcels| {
                let worth = worth(&p, &Prospect { parcels, ..prospect() });
                worth > p.courier_exit && worth < p.courier_entry
            })
            .unwrap();
        assert_eq!(decide(&p, &middling, Delivery::Village), Delivery::Village);
        assert_eq!(decide(&p, &middling, Delivery::Town), Delivery::Town);
    }

    #[test]
    fn coverage_at_the_start_is_the_share_of_ranks() {
        let p = LogisticsParameters::default();
        let served = |years: f64| {
            (0..1000)
                .filter(|&r| Coverage::at(&p, years).reaches(f64::from(r) / 1000.0) == Delivery::Village)
                .count()
        };
        assert_eq!(served(0.0), 30);
        assert!(served(4.75) > 80 && served(4.75) < 95);
    }
}
