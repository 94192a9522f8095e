//! Broadband and readiness for parcels: who is reached first.
//!
//! Every village has a *latent* for each: a sum of standardised scores (hardship of county and site, density,
//! county income) and a random draw, itself about standard normal over the nation's villages, so that the
//! normal distribution function turns it into a national rank from 0 (first) to 1 (last). The constants of
//! standardisation were measured on the whole country; a test holds the uniformity. Rejected: ranking the
//! villages of a run, because a village's rank would then depend on what else is selected.
//!
//! **Broadband.** The rank is read off a path of the national share of villages that a fixed line reaches.
//! End 2016 is the third agricultural census (89.9 %, grade M). The rest is judgement between the start of
//! rural lines about 2004 and the ministry's reports of near-complete coverage in 2020 (98 % and more). The
//! ministry's own earlier figures (80 % in 2010, 91 % in 2013, grade M) count villages as reached before
//! their households can order a line, so the path runs below them.
//!
//! **Parcels.** The rank orders villages by hardship and by households per square kilometre, as couriers
//! would.

use crate::base::math::{ln, normal_cdf};
use crate::base::{Date, Month};
use crate::params::Schedule;
use crate::region::Score;
use crate::world::standard::Standard;

/// The score of a site's hardship before it is standardised, by the county's hardship and straight
/// distances to seat and town \[km\].
pub(super) fn site_score(hardship: f64, to_seat: f64, to_town: f64) -> f64 {
    0.7 * hardship + 0.6 * ln(1.0 + to_seat / 10.0) + 0.3 * ln(1.0 + to_town / 3.0)
}

/// What decides how soon a village is reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// Hardship of the site, standardised over the nation's villages.
    pub(super) hardship: f64,
    /// Log households per square kilometre, standardised likewise.
    pub(super) density: f64,
    /// Log county income ratio, standardised likewise.
    pub(super) income: f64,
}

impl Site {
    /// Of a county's hardship, straight distances to seat and town \[km\], households per square kilometre
    /// and the county's income ratio.
    pub(super) fn of(standard: &Standard, hardship: f64, to: [f64; 2], density: f64, income: f64) -> Site {
        let score = |Score(mean, spread): Score, value: f64| (value - mean) / spread;
        Site {
            hardship: score(standard.site, site_score(hardship, to[0], to[1])),
            density: score(standard.density, ln(density)),
            income: score(standard.income, ln(income)),
        }
    }

    /// National rank for roads, 0 to 1, with a standard normal draw.
    pub(super) fn road_rank(self, stream: f64) -> f64 {
        normal_cdf(0.6 * self.hardship + 0.8 * stream)
    }

    /// National rank for broadband.
    pub(super) fn broadband_rank(self, stream: f64) -> f64 {
        normal_cdf((0.6 * self.hardship - 0.3 * self.income + 0.5 * stream) / BROADBAND_SPREAD)
    }

    /// National rank for parcel delivery.
    pub(super) fn delivery_rank(self, stream: f64) -> f64 {
        normal_cdf((0.5 * self.hardship - 0.6 * self.density + 0.3 * stream) / DELIVERY_SPREAD)
    }
}

/// Standard deviations of the sums over the nation's villages.
const BROADBAND_SPREAD: f64 = 0.98;
const DELIVERY_SPREAD: f64 = 1.0;

/// The month in which broadband reaches the village of this national rank, by a path of the share reached;
/// with the last point if the path ends before.
pub(super) fn broadband_month(path: &Schedule, rank: f64) -> Month {
    let mut points = path.points().iter().map(|&(date, share)| (date.month(), share));
    let Some(mut last) = points.next() else { return Date::FIRST.month() };
    if rank < last.1 {
        return last.0;
    }
    for (month, share) in points {
        if rank < share {
            let within = (rank - last.1) / (share - last.1);
            return Month(last.0.0 + 1 + (f64::from(month.0 - last.0.0) * within) as u16);
        }
        last = (month, share);
    }
    last.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::WorldParameters;

    #[test]
    fn the_path_is_read_to_the_month() {
        let path = WorldParameters::default().broadband;
        let broadband_month = |rank| broadband_month(&path, rank);
        assert_eq!(broadband_month(0.0).to_string(), "2004-12");
        assert_eq!(broadband_month(0.0801).to_string(), "2005-01");
        assert_eq!(broadband_month(0.8989).to_string(), "2016-12");
        assert_eq!(broadband_month(0.8991).to_string(), "2017-01");
        assert_eq!(broadband_month(0.9999).to_string(), "2021-12");
        assert_eq!(broadband_month(1.0).to_string(), "2021-12");
    }

    #[test]
    fn hardship_delays_and_density_hastens() {
        let standard =
            Standard { site: Score(1.12, 0.99), density: Score(3.67, 1.16), income: Score(0.0, 0.3) };
        let site = |hardship, density| Site::of(&standard, hardship, [20.0, 4.0], density, 1.0);
        let (easy, hard) = (site(0.0, 50.0), site(2.0, 50.0));
        assert!(easy.broadband_rank(0.0) < hard.broadband_rank(0.0));
        assert!(easy.delivery_rank(0.0) < hard.delivery_rank(0.0));
        assert!(easy.road_rank(0.0) < hard.road_rank(0.0));
        assert!(site(0.0, 200.0).delivery_rank(0.0) < easy.delivery_rank(0.0));
    }
}
