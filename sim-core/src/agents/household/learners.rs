//! Who takes the next step towards buying online: a village's households, weighed by what makes them ready.
//!
//! The hazard of a step is the village's hazard ([`Hazards`]) times a weight of the household: its
//! receptiveness, its skill, its phone. The sums of the weights are kept, so that a village's clock ticks
//! about as often as a step is taken. Whole numbers, so that adding and taking away leave nothing behind.
//! Rejected: a bound for every household, thinned at the tick; nine of ten ticks then come to nothing, and
//! they were two fifths of all events of a sampled run.

use super::{Buying, Hazards, Household, Step, ability, distrust, hearing, inexperience, receptiveness};
use crate::base::RandomStream;
use crate::base::factor::BYTE;
use crate::base::random_stream::below;
use crate::market::choice::{AGE_GROUPS, CLASSES};
use crate::params::HouseholdParameters;
use serde::{Deserialize, Serialize};

/// The weight of a household that takes a step at the village's full hazard. The greatest village holds fewer
/// households than would overflow 32 bits.
const FULL: u32 = 1 << 15;

/// Villages of so many records at most are counted through at once; in larger ones a few tries come first.
const FEW: usize = 40;
/// Random picks that are tried before the weights are gone through: a matter of speed.
const TRIES: u32 = 6;

/// Weights by class of households, in parts of the full weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Of hearing: even the least receptive hear something.
    hearing: [u32; CLASSES],
    /// Of trying with help: receptiveness.
    receptive: [u32; CLASSES],
    /// Of what takes ability besides: without and with a phone.
    able: [[u32; CLASSES]; 2],
    /// Of giving up, by good parcels.
    inexperience: [u32; LEVELS],
    /// The same, by trust.
    distrust: [u32; LEVELS],
}

/// What a byte tells apart.
const LEVELS: usize = 1 << 8;

impl Weights {
    /// The weights that follow from parameters.
    pub fn of(p: &HouseholdParameters) -> Weights {
        let part = |weight: f64| (weight * f64::from(FULL) + 0.5) as u32;
        let receptive = |class: usize| receptiveness(p, class as u8);
        Weights {
            hearing: std::array::from_fn(|class| part(hearing(p, receptive(class)))),
            receptive: std::array::from_fn(|class| part(receptive(class))),
            able: [false, true].map(|phone| {
                std::array::from_fn(|class| part(receptive(class) * ability(p, class % AGE_GROUPS, phone)))
            }),
            inexperience: std::array::from_fn(|parcels| part(inexperience(p, parcels as f64))),
            distrust: std::array::from_fn(|trust| part(distrust(p, trust as f64 / BYTE))),
        }
    }

    /// The weight of giving up.
    #[inline]
    fn lapse(&self, household: &Household) -> u32 {
        // Both are at most the full weight, so that their product over it is, too.
        self.inexperience[usize::from(household.good_parcels)] * self.distrust[usize::from(household.trust)]
            / FULL
    }

    /// The part of its weight with a phone that a household has without, where ability counts.
    fn without_phone(&self, household: &Household) -> f64 {
        let class = usize::from(household.class).min(CLASSES - 1);
        let [without, with] = self.able.map(|able| f64::from(able[class]));
        if with > 0.0 { without / with } else { 0.0 }
    }
}

/// Ways to take a step, each with its hazard and its weight.
const WAYS: usize = 10;
const HEAR: usize = 0;
const TRY_ASSISTED: usize = 1;
const TRY_ALONE: usize = 2;
const RETRY_ASSISTED: usize = 3;
const RETRY_ALONE: usize = 4;
const EMANCIPATE: usize = 5;
const LAPSE: usize = 6;
const TRY_ASSISTED_ABLE: usize = 7;
const RETRY_ASSISTED_ABLE: usize = 8;
const RECONSIDER: usize = 9;

const STEPS: [Step; WAYS] = [
    Step::Hear,
    Step::TryAssisted,
    Step::TryAlone,
    Step::TryAssisted,
    Step::TryAlone,
    Step::Emancipate,
    Step::Lapse,
    Step::TryAssisted,
    Step::TryAssisted,
    Step::Reconsider,
];

/// No way.
const NOTHING: (usize, u32) = (HEAR, 0);

/// What a village's households weigh together, by way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learners {
    sums: [u32; WAYS],
    /// Households of a lower phone rank count as having one.
    phones: u8,
}

/// Who takes which step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdoptionStep {
    /// The record, within the village.
    pub record: u16,
    /// The step.
    pub step: Step,
    /// Whether it was weighed as if it had a phone already, and how much of that weight it would have
    /// without.
    pub without_phone: Option<f64>,
}

impl Learners {
    /// The sums over a village's records, of which those below a phone rank have a phone, or will have one by
    /// the next count: who has none yet is refused at the tick.
    pub fn count(households: &[Household], weights: &Weights, phones: u8) -> Learners {
        let mut learners = Learners { sums: [0; WAYS], phones };
        households.iter().for_each(|household| learners.add(household, weights));
        learners
    }

    /// The same count under other weights.
    #[must_use]
    pub fn again(&self, households: &[Household], weights: &Weights) -> Learners {
        Learners::count(households, weights, self.phones)
    }

    /// The phone rank below which the households of a share have a phone (see [`Household::has_phone`]).
    pub(crate) fn phones_below(share: f64) -> u8 {
        (share * BYTE).ceil().clamp(0.0, BYTE) as u8
    }

    /// The weights of a household, and the ways they count for.
    #[inline]
    fn weigh(&self, household: &Household, weights: &Weights) -> [(usize, u32); 3] {
        // A class beyond the last comes only from a damaged checkpoint, which must not panic.
        let class = usize::from(household.class).min(CLASSES - 1);
        let able = weights.able[usize::from(household.phone_rank < self.phones)][class];
        match household.buying {
            Buying::Unaware => [(HEAR, weights.hearing[class]), NOTHING, NOTHING],
            Buying::Aware => [
                (TRY_ASSISTED, weights.receptive[class].saturating_sub(able)),
                (TRY_ASSISTED_ABLE, able),
                (TRY_ALONE, able),
            ],
            Buying::Trial | Buying::Regular => {
                let other = if household.self_service { (RECONSIDER, FULL) } else { (EMANCIPATE, able) };
                [(LAPSE, weights.lapse(household)), other, NOTHING]
            }
            Buying::Lapsed => [
                (RETRY_ASSISTED, weights.receptive[class].saturating_sub(able)),
                (RETRY_ASSISTED_ABLE, able),
                (RETRY_ALONE, able),
            ],
        }
    }

    /// Counts a household in.
    #[inline]
    pub fn add(&mut self, household: &Household, weights: &Weights) {
        for (way, weight) in self.weigh(household, weights) {
            self.sums[way] += weight;
        }
    }

    /// Counts a household out; it must be as it was when it was counted in.
    #[inline]
    pub fn remove(&mut self, household: &Household, weights: &Weights) {
        for (way, weight) in self.weigh(household, weights) {
            self.sums[way] -= weight;
        }
    }

    /// Steps of all records under these hazards \[steps/year\].
    #[inline]
    pub fn rate(&self, hazards: &Hazards) -> f64 {
        let rates = rates(hazards);
        let sums = self.sums.iter().zip(rates);
        sums.map(|(&sum, rate)| f64::from(sum) * f64::from(rate)).sum::<f64>() / f64::from(FULL)
    }

    /// Draws who takes which step next, of the village's records; nobody if nobody can.
    pub fn draw(
        &self,
        hazards: &Hazards,
        households: &[Household],
        weights: &Weights,
        stream: &mut RandomStream,
    ) -> Option<AdoptionStep> {
        let rates = rates(hazards);
        let mut u = stream.unit() * self.rate(hazards) * f64::from(FULL);
        let mut way = None;
        for next in (0..WAYS).filter(|&next| self.sums[next] > 0 && rates[next] > 0.0) {
            way = Some(next);
            u -= f64::from(self.sums[next]) * f64::from(rates[next]);
            if u < 0.0 {
                break;
            }
        }
        let way = way?;
        let record = self.draw_of(way, households, weights, stream)?;
        let by_phone = matches!(way, TRY_ALONE | RETRY_ALONE | EMANCIPATE)
            && households[record].phone_rank < self.phones;
        Some(AdoptionStep {
            record: record as u16,
            step: STEPS[way],
            without_phone: by_phone.then(|| weights.without_phone(&households[record])),
        })
    }

    /// Draws a record by its weight for a way: by a few tries where there are many, and else by counting
    /// through, which is as fair.
    fn draw_of(
        &self,
        way: usize,
        households: &[Household],
        weights: &Weights,
        stream: &mut RandomStream,
    ) -> Option<usize> {
        let weight = |household: &Household| {
            let parts = self.weigh(household, weights);
            let part = |(own, weight): (usize, u32)| if own == way { weight } else { 0 };
            parts.into_iter().map(part).sum::<u32>()
        };
        for _ in 0..if households.len() > FEW { TRIES } else { 0 } {
            let record = stream.below(households.len() as u32) as usize;
            if stream.below(FULL) < weight(&households[record]) {
                return Some(record);
            }
        }
        let mut left = below(stream.word(), self.sums[way]);
        households.iter().position(|household| {
            let own = weight(household);
            let found = left < own;
            left = left.saturating_sub(own);
            found
        })
    }
}

fn rates(hazards: &Hazards) -> [f32; WAYS] {
    [
        hazards.awareness,
        hazards.trial_assisted,
        hazards.trial_self_service,
        hazards.return_ease * hazards.trial_assisted,
        hazards.return_ease * hazards.trial_self_service,
        hazards.emancipation,
        hazards.lapse,
        hazards.trial_assisted_able,
        hazards.return_ease * hazards.trial_assisted_able,
        hazards.reconsideration,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::household::{Background, Circumstances};
    use crate::base::{Owner, Purpose, Seed};
    use crate::market::choice::{Delivery, Reached, group_skill};
    use crate::params::PlatformParameters;

    fn stream() -> RandomStream {
        RandomStream::new(Seed(8), Owner::other(3), Purpose::Test, 0)
    }

    fn village(n: usize) -> Vec<Household> {
        let background = Background {
            income_ratio: 1.0,
            income_spread: 0.58,
            size: 3.6,
            national_size: 3.6,
            migrants: 0.75,
            phone_lead: 0.0,
        };
        let mut stream = stream();
        let mut household = |at: usize| {
            let rank = (at as f64 + 0.5) / n as f64;
            let one = Household::synthesise(&HouseholdParameters::default(), &background, rank, &mut stream);
            let good_parcels = (at % 23) as u8;
            Household { buying: Buying::ALL[at % 5], self_service: at.is_multiple_of(3), good_parcels, ..one }
        };
        (0..n).map(&mut household).collect()
    }

    fn hazards(station: bool) -> Hazards {
        let now = Circumstances {
            internet: 0.3,
            regular: 0.2,
            assisted: 0.5,
            promotion: 200.0,
            visits: 1.5,
            skill: 0.8,
            reached: Reached::all(Delivery::Village),
            station,
            need: 1.0,
        };
        Hazards::of(&HouseholdParameters::default(), &PlatformParameters::default(), &now)
    }

    #[test]
    fn counting_one_by_one_is_counting_all_at_once() {
        let weights = Weights::of(&HouseholdParameters::default());
        let mut households = village(60);
        let mut learners = Learners::count(&households, &weights, 100);
        for (at, household) in households.iter_mut().enumerate() {
            learners.remove(household, &weights);
            household.buying = Buying::ALL[(at + at / 7) % 5];
            household.self_service = at.is_multiple_of(2);
            learners.add(household, &weights);
        }
        assert_eq!(learners, Learners::count(&households, &weights, 100));
    }

    /// In a small village (counted through) and a large one (tried first) each household is drawn in
    /// proportion to its own hazard: worked out here from the model's words, receptiveness, skill and
    /// phone.
    #[test]
    fn each_household_learns_at_its_own_hazard() {
        let p = HouseholdParameters::default();
        let weights = Weights::of(&p);
        for (n, station) in [(30, true), (30, false), (120, true)] {
            let households = village(n);
            let hazards = hazards(station);
            let learners = Learners::count(&households, &weights, 128);
            let expected: Vec<f64> = households.iter().map(|one| hazard(&p, &hazards, one)).collect();
            let sum: f64 = expected.iter().sum();
            assert!((learners.rate(&hazards) / sum - 1.0).abs() < 1e-3);
            let draws = 40_000;
            let mut hits = vec![0u32; n];
            let mut stream = stream();
            for _ in 0..draws {
                let adoption = learners.draw(&hazards, &households, &weights, &mut stream).unwrap();
                hits[usize::from(adoption.record)] += 1;
            }
            for (at, &count) in hits.iter().enumerate() {
                let mean = f64::from(draws) * expected[at] / sum;
                // Binomial: five standard errors, and one for the rounding of weights.
                let wrong = (f64::from(count) - mean).abs() > 5.0 * mean.sqrt() + 1.0;
                assert!(!wrong, "{n}: {count} for {mean}");
            }
        }
    }

    /// Of two households alike, the one that has lapsed tries again `return_ease` times as soon as the one
    /// that never bought tries at all, by whatever way.
    #[test]
    fn the_lapsed_return_by_the_ways_of_first_buyers_and_more_easily() {
        let p = HouseholdParameters::default();
        let weights = Weights::of(&p);
        let one = village(30)[7];
        for (station, phones) in [(true, 0), (true, 255), (false, 0), (false, 255)] {
            let rate = |buying| {
                Learners::count(&[Household { buying, ..one }], &weights, phones).rate(&hazards(station))
            };
            let (first, again) = (rate(Buying::Aware), rate(Buying::Lapsed));
            assert!(first > 0.0 && (again / first - p.return_ease).abs() < 1e-6, "{first} {again}");
        }
    }

    fn hazard(p: &HouseholdParameters, hazards: &Hazards, household: &Household) -> f64 {
        let receptive = receptiveness(p, household.class);
        let phone = f64::from(household.has_phone(128.0 / 255.0));
        let skilled = receptive * p.kin_help.max(group_skill(p)[household.age_group()] * phone);
        let [
            hear,
            assisted,
            self_service,
            again_assisted,
            again_self_service,
            free,
            lapse,
            able,
            again_able,
            reconsider,
        ] = rates(hazards).map(f64::from);
        let lapse =
            lapse * inexperience(p, f64::from(household.good_parcels)) * distrust(p, household.trust());
        match household.buying {
            Buying::Unaware => hear * (0.4 + 0.6 * receptive),
            Buying::Aware => assisted * (receptive - skilled) + (able + self_service) * skilled,
            Buying::Lapsed => {
                again_assisted * (receptive - skilled) + (again_able + again_self_service) * skilled
            }
            Buying::Trial | Buying::Regular if household.self_service => lapse + reconsider,
            Buying::Trial | Buying::Regular => lapse + free * skilled,
        }
    }
}
