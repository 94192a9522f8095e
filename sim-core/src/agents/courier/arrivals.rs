//! Where the parcels of a village end, and how long they take from the county seat.

use super::round::INTERVALS;
use crate::market::choice::{Delivery, Reached};
use crate::params::LogisticsParameters;
use serde::{Deserialize, Serialize};

/// Ways to the village by commercial networks: one for each interval of visits.
pub const COMMERCIAL_WAYS: usize = INTERVALS.len();
/// The post's way, among the shares.
const POST: usize = COMMERCIAL_WAYS;
/// To the township, among the shares.
const TOWN: usize = POST + 1;

/// Shares of a village's self-service parcels by the way they come, from the quickest on: to the village by
/// commercial networks that visit daily, every second and every third day, by post, to the township; the
/// rest waits at the county seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Arrivals {
    shares: [f32; TOWN + 1],
}

impl Arrivals {
    /// Nothing but what the post carries.
    pub fn by_post(p: &LogisticsParameters) -> Arrivals {
        let mut arrivals = Arrivals::default();
        arrivals.shares[POST] = p.post_share as f32;
        arrivals
    }

    /// Everything to the village, daily.
    pub fn daily() -> Arrivals {
        let mut arrivals = Arrivals::default();
        arrivals.shares[0] = 1.0;
        arrivals
    }

    /// A network's share comes to the village, so many days between visits.
    pub fn add_visits(&mut self, interval: u8, share: f64) {
        let at = usize::from(interval).clamp(1, COMMERCIAL_WAYS) - 1;
        self.shares[at] += share as f32;
    }

    /// A network's share waits in the township.
    pub fn add_town(&mut self, share: f64) {
        self.shares[TOWN] += share as f32;
    }

    /// Share that comes to the village by commercial networks.
    pub fn commercial(&self) -> f64 {
        self.shares[..COMMERCIAL_WAYS].iter().map(|&share| f64::from(share)).sum()
    }

    /// Share that comes by post.
    pub fn post(&self) -> f64 {
        f64::from(self.shares[POST])
    }

    /// Share that waits in the township.
    pub fn town(&self) -> f64 {
        f64::from(self.shares[TOWN])
    }

    /// Shares of parcels by where they end.
    pub fn reached(&self) -> Reached {
        Reached { village: self.commercial() + self.post(), town: self.town() }
    }

    /// The nearest place to which commercial networks bring parcels.
    pub fn nearest(&self) -> Delivery {
        if self.commercial() > 0.0 {
            Delivery::Village
        } else if self.town() > 0.0 {
            Delivery::Town
        } else {
            Delivery::Seat
        }
    }

    /// Days from the county seat to the household, of the parcel at this quantile \[0 to 1\]: one number
    /// decides its way, and on it how long it waits for the next visit, or for somebody to fetch it.
    #[inline]
    pub fn days(&self, p: &LogisticsParameters, quantile: f64) -> f64 {
        let mut below = 0.0;
        for (at, &share) in self.shares.iter().enumerate() {
            let share = f64::from(share);
            if quantile < below + share {
                let within = (quantile - below) / share;
                if at == TOWN {
                    return p.courier_town + p.courier_wait_town * p.pickup_wait * within;
                }
                let interval = if at == POST { p.post_interval } else { INTERVALS[at] };
                let wait = p.courier_wait_village + interval - 1.0;
                return p.courier_town + p.courier_village + wait * within;
            }
            below += share;
        }
        let seat = 1.0 - below;
        let within = if seat > 0.0 { ((quantile - below) / seat).clamp(0.0, 1.0) } else { 0.0 };
        p.courier_wait_seat * p.pickup_wait * within
    }

    /// Mean of those days over all parcels.
    pub fn mean_days(&self, p: &LogisticsParameters) -> f64 {
        let wait = p.courier_wait_village / 2.0;
        let village = (self.commercial() + self.post()) * (p.courier_town + p.courier_village + wait);
        let visits = (self.commercial() + self.post()) * self.mean_wait(p);
        let town = self.town() * (p.courier_town + p.courier_wait_town * p.pickup_wait / 2.0);
        village + visits + town + self.reached().seat() * p.courier_wait_seat * p.pickup_wait / 2.0
    }

    /// Mean days until the next visit, of parcels that come to the village.
    pub fn mean_wait(&self, p: &LogisticsParameters) -> f64 {
        let village = self.commercial() + self.post();
        if village <= 0.0 {
            return 0.0;
        }
        let wait = |at: usize| if at == POST { p.post_interval } else { INTERVALS[at] } - 1.0;
        let sum: f64 = (0..=POST).map(|at| f64::from(self.shares[at]) * wait(at) / 2.0).sum();
        sum / village
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A quarter daily, a quarter every third day, three tenths in town, the rest at the seat.
    fn mixed() -> Arrivals {
        let mut arrivals = Arrivals::default();
        arrivals.add_visits(1, 0.25);
        arrivals.add_visits(3, 0.25);
        arrivals.add_town(0.3);
        arrivals
    }

    /// Over all quantiles: each way has its share, and waits half its longest wait in the mean. By hand, with
    /// a day to town, 0.6 on and 0.5 in the village: 0.25 x (1.6 + 0.25) + 0.25 x (1.6 + 1.25) + 0.3 x
    /// (1 + 2.5)
    /// + 0.2 x 3.75 = 2.975 days.
    #[test]
    fn one_number_decides_the_way_and_the_wait() {
        let p = LogisticsParameters {
            courier_town: 1.0,
            courier_village: 0.6,
            courier_wait_village: 0.5,
            pickup_wait: 2.5,
            courier_wait_town: 2.0,
            courier_wait_seat: 3.0,
            ..LogisticsParameters::default()
        };
        let n = 100_000;
        let sum: f64 = (0..n).map(|at| mixed().days(&p, (f64::from(at) + 0.5) / f64::from(n))).sum();
        assert!((sum / f64::from(n) - 2.975).abs() < 1e-3, "{}", sum / f64::from(n));
        assert!((mixed().mean_days(&p) - 2.975).abs() < 1e-6);
        assert!((mixed().mean_wait(&p) - 0.5).abs() < 1e-6);
        assert_eq!(mixed().nearest(), Delivery::Village);
        assert!((mixed().reached().seat() - 0.2).abs() < 1e-6);
    }

    #[test]
    fn all_at_the_seat_is_as_before_any_courier() {
        let p = LogisticsParameters::default();
        let longest = p.courier_wait_seat * p.pickup_wait;
        assert!((Arrivals::default().days(&p, 1.0) - longest).abs() < 1e-12);
        assert!((Arrivals::daily().days(&p, 1.0)).is_finite());
        assert_eq!(Arrivals::by_post(&p).nearest(), Delivery::Seat);
    }
}
