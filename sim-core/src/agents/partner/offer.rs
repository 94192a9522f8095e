//! The offer of a station, as the people whom it is made to see it: what they would earn, and what else they
//! could do with their time.
//!
//! Whoever is offered a station, and whoever has one, weighs it alike. The worth of it is its income, at
//! first what recruiters say of the place and then more and more what partners nearby earn, raised where the
//! village cadres support it. The other side is what the same time would earn elsewhere. What people weigh
//! beside money is noise of logistic distribution. Nothing here says what a partner earns.

use crate::base::factor::{CERTAIN, TINY};
use crate::base::{RandomStream, math};
use crate::market::choice::AGE_GROUPS;
use crate::params::{PartnerKind, PartnerParameters};

/// What partners nearby earn, against what was promised to them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Experience {
    /// Sum of what they earn without base pay \[yuan/month\].
    earned: f64,
    /// Sum of what was promised to them \[yuan/month\].
    promised: f64,
    /// How many.
    partners: u32,
}

impl Experience {
    /// Adds a partner who earns so much, without base pay, and was promised so much \[yuan/month\].
    pub(crate) fn add(&mut self, earned: f64, promised: f64) {
        self.earned += earned;
        self.promised += promised;
        self.partners += 1;
    }

    /// What of a promise people believe: all of it where nobody is known, and the more of what others found
    /// true of theirs the more of them there are.
    pub fn believed(&self, p: &PartnerParameters) -> f64 {
        if self.promised <= 0.0 {
            return 1.0;
        }
        let known = f64::from(self.partners);
        let weight = known / (known + p.expectation_memory);
        1.0 - weight + weight * (self.earned / self.promised).max(0.0)
    }
}

/// An offer to run a station, as recruiters make it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartnerOffer {
    /// Commission and fees that recruiters promise of the place \[yuan/month\].
    pub promised: f64,
    /// Base pay \[yuan/month\].
    pub base_pay: f64,
    /// What the partner puts in at first, less the grant \[yuan\].
    pub outlay: f64,
    /// How far the village cadres support it, 0 to 1.
    pub support: f64,
}

impl PartnerOffer {
    /// Income that candidates expect, when partners nearby have fared so \[yuan/month\].
    pub fn expected(&self, p: &PartnerParameters, nearby: &Experience) -> f64 {
        let place = self.promised * nearby.believed(p);
        self.base_pay + place - p.running_cost - self.outlay / p.expected_stay
    }
}

/// What a month at a station is worth: its income, the more where village cadres support it \[yuan/month\].
pub fn worth(p: &PartnerParameters, income: f64, support: f64) -> f64 {
    income.max(0.0) * (1.0 + p.authority * support)
}

/// Chance that somebody prefers a station of this worth to the outside option \[both yuan/month\].
pub fn preference(p: &PartnerParameters, worth: f64, outside: f64) -> f64 {
    let gap = math::ln(worth.max(LEAST_WORTH) / outside.max(LEAST_WORTH)) / p.choice_noise.max(TINY);
    1.0 / (1.0 + math::exp(-gap.clamp(-CERTAIN, CERTAIN)))
}

/// Worth below which everything is worth the same \[yuan/month\].
const LEAST_WORTH: f64 = 1.0;

/// What the time at the station could earn a candidate otherwise, over the migrant wage: by kind, age (a
/// returnee is young), care duties and chance.
pub(crate) fn outside_share(
    p: &PartnerParameters,
    kind: PartnerKind,
    age_group: usize,
    stream: &mut RandomStream,
) -> f64 {
    let by_age = [1.0, p.outside_middle, p.outside_old];
    let prime = match kind {
        PartnerKind::Returnees => p.returnee_outside,
        _ => p.shopkeeper_outside * by_age[age_group.min(AGE_GROUPS - 1)],
    };
    let care = if stream.chance(p.care_share) { p.care_outside } else { 1.0 };
    let s = p.outside_spread;
    prime * care * math::exp(s * stream.normal() - s * s / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Owner, Purpose, Seed};

    fn offer() -> PartnerOffer {
        PartnerOffer { promised: 500.0, base_pay: 0.0, outlay: 1_800.0, support: 0.0 }
    }

    fn plain() -> PartnerParameters {
        let defaults = PartnerParameters::default();
        PartnerParameters { running_cost: 50.0, expected_stay: 36.0, expectation_memory: 10.0, ..defaults }
    }

    /// By hand: of 500 yuan promised, 50 go for power and 1,800 / 36 for what was put in: 400. Ten partners
    /// nearby who were promised 1,000 each and earn 200 weigh half: 500 x (0.5 + 0.5 x 0.2) = 300, less 100.
    #[test]
    fn what_is_expected_by_hand() {
        let p = plain();
        assert!((offer().expected(&p, &Experience::default()) - 400.0).abs() < 1e-9);
        let mut nearby = Experience::default();
        (0..10).for_each(|_| nearby.add(200.0, 1_000.0));
        assert!((offer().expected(&p, &nearby) - 200.0).abs() < 1e-9);
        let paid = PartnerOffer { base_pay: 600.0, ..offer() };
        assert!((paid.expected(&p, &nearby) - 800.0).abs() < 1e-9);
    }

    /// The limit without noise: accepted from the outside option on, refused below, and half and half at it.
    /// With noise 0.4, twice the outside option is accepted by 1 / (1 + 2^-2.5) = 0.8498.
    #[test]
    fn acceptance_by_hand_and_in_the_limit() {
        let sharp = PartnerParameters { choice_noise: 0.0, ..plain() };
        assert!(preference(&sharp, 301.0, 300.0) > 0.96 && preference(&sharp, 330.0, 300.0) > 1.0 - 1e-9);
        assert!(preference(&sharp, 270.0, 300.0) < 1e-9 && preference(&sharp, -80.0, 300.0) < 1e-9);
        assert!((preference(&sharp, 300.0, 300.0) - 0.5).abs() < 1e-12);
        let p = PartnerParameters { choice_noise: 0.4, ..plain() };
        assert!((preference(&p, 600.0, 300.0) - 0.849_780).abs() < 1e-5);
    }

    #[test]
    fn cadres_support_makes_a_station_worth_more_and_a_loss_worth_nothing() {
        let p = PartnerParameters { authority: 0.5, ..plain() };
        assert_eq!((worth(&p, 400.0, 0.0), worth(&p, 400.0, 1.0)), (400.0, 600.0));
        assert_eq!(worth(&p, -400.0, 1.0), 0.0);
    }

    #[test]
    fn those_who_cannot_leave_and_the_old_ask_for_less_and_returnees_for_more() {
        let mean = |p: &PartnerParameters, kind, age| {
            let mut stream = RandomStream::new(Seed(4), Owner::other(9), Purpose::Test, 0);
            (0..4_000).map(|_| outside_share(p, kind, age, &mut stream)).sum::<f64>() / 4_000.0
        };
        let p = plain();
        let bound = PartnerParameters { care_share: 1.0, ..p.clone() };
        let keeper = mean(&p, PartnerKind::Shopkeepers, 0);
        assert!(mean(&bound, PartnerKind::Shopkeepers, 0) < 0.6 * keeper);
        assert!(mean(&p, PartnerKind::Shopkeepers, 2) < 0.6 * keeper);
        assert!(mean(&p, PartnerKind::Returnees, 0) > 2.5 * keeper);
    }
}
