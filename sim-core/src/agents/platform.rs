//! Platforms: who wins new buyers and sellers, and who stays.

use crate::base::factor::DAYS_IN_YEAR;
use crate::base::{RandomStream, Time, math};
use crate::event::PlatformName;
use crate::params::PlatformParameters;

/// The pull of each platform on new buyers at a moment; the incumbent's is 1 plus its subsidy's worth.
pub(crate) fn pull(p: &PlatformParameters, now: Time) -> [f64; 3] {
    let entered = |date: crate::base::Date| now >= date.midnight();
    let promoters = p.promoter_commission / p.promoter_usual;
    let retailer = if entered(p.retailer_entry) { p.retailer_pull * promoters } else { 0.0 };
    let social = if entered(p.social_entry) {
        let years = now.since(p.social_entry.midnight()).as_days() / DAYS_IN_YEAR;
        (p.social_pull * math::exp(p.social_growth * years)).min(p.social_limit)
    } else {
        0.0
    };
    [1.0 + p.subsidy_pull * p.buyer_subsidy, retailer, social]
}

/// The platform a new buyer takes, in proportion to pull.
pub fn choose(pull: &[f64; 3], stream: &mut RandomStream) -> PlatformName {
    let sum: f64 = pull.iter().sum();
    let mut u = stream.unit() * sum;
    for platform in PlatformName::ALL {
        u -= pull[platform.at()];
        if u < 0.0 {
            return platform;
        }
    }
    PlatformName::Incumbent
}

/// How likely a buyer of so many years' habit is to look at other platforms, over one without a habit.
pub(crate) fn openness(p: &PlatformParameters, habit_years: f64) -> f64 {
    math::exp(-p.buyer_lock_in * habit_years)
}

/// Chance in a month that a seller of this reputation moves to a rival that holds this share of the buyers.
pub(crate) fn seller_moves(p: &PlatformParameters, reputation: f64, rival_buyers: f64) -> f64 {
    p.seller_switching * rival_buyers * math::exp(-p.seller_lock_in * reputation)
}

/// What a platform takes of a seller's sales, less what it gives.
fn cost(p: &PlatformParameters, platform: PlatformName) -> f64 {
    if platform == PlatformName::Incumbent { p.fee - p.seller_subsidy } else { p.rival_fee }
}

/// Where a seller of this reputation moves in a month, if it does: to platforms that take no more of its
/// sales than its own, as their buyers draw it. The incumbent's sellers look at rivals, which are new,
/// whatever they take.
pub(crate) fn seller_target(
    p: &PlatformParameters,
    own: PlatformName,
    reputation: f64,
    buyers: &[f64; 3],
    stream: &mut RandomStream,
) -> Option<PlatformName> {
    let mut u = stream.unit();
    PlatformName::ALL.into_iter().find(|&other| {
        let draws = own == PlatformName::Incumbent || cost(p, other) <= cost(p, own);
        if other != own && draws {
            u -= seller_moves(p, reputation, buyers[other.at()]);
        }
        u < 0.0
    })
}

/// Reach of a seller on a platform that holds this share of the buyers.
pub fn reach(p: &PlatformParameters, share: f64) -> f64 {
    1.0 - p.seller_reach_loss * (1.0 - share.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Date, Owner, Purpose, Seed};

    fn at(date: &str) -> Time {
        date.parse::<Date>().unwrap().midnight()
    }

    #[test]
    fn rivals_pull_only_after_their_entry() {
        let p = PlatformParameters::default();
        assert_eq!(pull(&p, at("2014-06-01")), [1.0, 0.0, 0.0]);
        assert!(pull(&p, at("2015-06-01"))[1] > 0.0 && pull(&p, at("2015-06-01"))[2] == 0.0);
        assert!(pull(&p, at("2018-06-01"))[2] > pull(&p, at("2016-06-01"))[2]);
        assert_eq!(pull(&p, at("2030-01-01"))[2], p.social_limit);
    }

    #[test]
    fn new_buyers_spread_by_pull_and_old_ones_stay() {
        let mut stream = RandomStream::new(Seed(1), Owner::other(2), Purpose::Platform, 0);
        let hits =
            (0..10_000).filter(|_| choose(&[1.0, 0.0, 1.0], &mut stream) == PlatformName::Social).count();
        assert!(hits.abs_diff(5_000) < 250);
        let p = PlatformParameters::default();
        assert!(openness(&p, 0.0) == 1.0 && openness(&p, 3.0) < 0.5);
        assert!(seller_moves(&p, 2.0, 0.5) < seller_moves(&p, 0.1, 0.5) / 5.0);
    }

    /// Sellers leave the incumbent for rivals with buyers; they come back only where it takes no more than
    /// those.
    #[test]
    fn sellers_move_to_buyers_and_back_to_a_cheaper_platform() {
        let dear = PlatformParameters { seller_switching: 1.0, seller_lock_in: 0.0, ..Default::default() };
        let cheap = PlatformParameters { seller_subsidy: dear.fee, ..dear.clone() };
        let to = |p: &PlatformParameters, own, buyers: [f64; 3]| {
            let mut stream = RandomStream::new(Seed(1), Owner::other(2), Purpose::Platform, 0);
            seller_target(p, own, 1.0, &buyers, &mut stream)
        };
        let (incumbent, social) = (PlatformName::Incumbent, PlatformName::Social);
        assert_eq!(to(&dear, incumbent, [0.0, 0.0, 1.0]), Some(social));
        assert_eq!(to(&dear, incumbent, [1.0, 0.0, 0.0]), None);
        assert_eq!(to(&dear, social, [1.0, 0.0, 0.0]), None, "dearer than the rival");
        assert_eq!(to(&cheap, social, [1.0, 0.0, 0.0]), Some(incumbent));
    }
}
