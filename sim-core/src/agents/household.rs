//! Households: who they are, and how they learn to buy online.
//!
//! A record is 16 bytes, one row for one household, kept together by village: an order touches one household,
//! and a row is one cache line where columns would be eight. Ties are not stored: learning mixes over the
//! village, and copying a shop is drawn by the village's clock.

pub mod learners;
pub mod traits;

use crate::base::factor::{BYTE, THOUSANDTHS};
use crate::base::{RandomStream, math};
use crate::event::{Goods, PlatformName};
use crate::market::choice::{AGE_GROUPS, INCOME_GROUPS, Reached, class, group_skill};
use crate::params::{HouseholdParameters, PlatformParameters};
use serde::{Deserialize, Serialize};

/// How far a household has learnt to buy online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Buying {
    /// Has not heard of it.
    Unaware,
    /// Has heard of it.
    Aware,
    /// Tries it out.
    Trial,
    /// Buys regularly.
    Regular,
    /// Gave it up.
    Lapsed,
}

impl Buying {
    /// All states, in order.
    pub const ALL: [Buying; 5] =
        [Buying::Unaware, Buying::Aware, Buying::Trial, Buying::Regular, Buying::Lapsed];

    /// As a subscript.
    pub const fn at(self) -> usize {
        self as usize
    }

    /// Whether orders are placed in this state.
    pub const fn buys(self) -> bool {
        matches!(self, Buying::Trial | Buying::Regular)
    }
}

/// One household, or the representative of several in a sample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Household {
    /// Income per head, migrants' money aside, over the national mean \[1/1000\].
    income: u16,
    /// Month in which buying became a habit (months since 2000); 0 before.
    pub habit_since: u16,
    /// Age of the head \[years\].
    pub head_age: u8,
    /// Persons registered.
    pub members: u8,
    /// Workers away.
    pub migrants: u8,
    /// Workers who came back from the city for good.
    pub returned: u8,
    /// Weight in the sampler of buyers when buying is a habit: spending, in quarters of the mean household's.
    pub spending_weight: u8,
    /// Trust in online buying, 0 to 255.
    trust: u8,
    /// Experience: good parcels received, up to 255. A lapse does not undo it.
    pub good_parcels: u8,
    /// Rank of getting a smartphone, 0 first to 255 last.
    pub phone_rank: u8,
    /// Class of choice.
    pub class: u8,
    /// Buying state.
    pub buying: Buying,
    /// Platform bought on.
    pub platform: PlatformName,
    /// Whether it can order self_service.
    pub self_service: bool,
}

/// What a village's households have in common when they are made.
#[derive(Clone, Copy, Debug)]
pub struct Background {
    /// Mean income per head over the national mean.
    pub income_ratio: f64,
    /// Spread of income (standard deviation of the logarithm).
    pub income_spread: f64,
    /// Mean number of members.
    pub size: f64,
    /// National mean number of members.
    pub national_size: f64,
    /// Mean number of workers away.
    pub migrants: f64,
    /// How much earlier (positive) phones come than in the nation, in ranks of 0 to 1.
    pub phone_lead: f64,
}

/// Weight of a household of mean spending: how finely spending is resolved in the sampler that orders are
/// drawn from.
pub const MEAN_SPENDING_WEIGHT: f64 = 4.0;
/// Weight of a household at most: six times the mean, in a byte.
const MOST_SPENDING_WEIGHT: u32 = 24;
/// Least and most income over the national mean that is told \[thousandths\]: in two bytes.
const LEAST_INCOME: f64 = 20.0;
const MOST_INCOME: f64 = 65_000.0;
/// Promotion that `household.awareness_promotion` is about \[yuan/month\].
const PER_HUNDRED_YUAN: f64 = 100.0;

impl Household {
    /// Makes a household; its place in its village's order of income, 0 to 1, is `rank`, so that a sample of
    /// any size spreads evenly over incomes.
    pub fn synthesise(
        p: &HouseholdParameters,
        village: &Background,
        rank: f64,
        stream: &mut RandomStream,
    ) -> Household {
        let income = village.income_ratio * income_at(village.income_spread, rank);
        let head_age =
            (p.head_age + p.head_age_spread * stream.normal()).clamp(p.head_age_least, p.head_age_most);
        let age_group = age_group(p, head_age);
        let income_group = income_group(rank);
        let size = village.size + p.size_spread * stream.normal();
        let members = stream.round(size.clamp(1.0, p.size_most)).max(1);
        let migrants = stream.poisson(village.migrants).min(members.saturating_sub(1)).min(p.migrants_most);
        let s = p.spending_spread;
        let taste = math::exp(s * stream.normal() - s * s / 2.0);
        let spending = income * f64::from(members) / village.national_size * taste;
        let phone = stream.unit() - phone_lead(p, age_group) - village.phone_lead;
        Household {
            income: (income * THOUSANDTHS).clamp(LEAST_INCOME, MOST_INCOME) as u16,
            habit_since: 0,
            head_age: head_age as u8,
            members: members as u8,
            migrants: migrants as u8,
            returned: 0,
            spending_weight: stream.round(MEAN_SPENDING_WEIGHT * spending).clamp(1, MOST_SPENDING_WEIGHT)
                as u8,
            trust: first_trust(p),
            good_parcels: 0,
            phone_rank: (phone.clamp(0.0, 1.0) * BYTE) as u8,
            class: class(income_group, age_group) as u8,
            buying: Buying::Unaware,
            platform: PlatformName::Incumbent,
            self_service: false,
        }
    }

    /// Income per head, migrants' money aside, over the national mean.
    pub fn income_ratio(&self) -> f64 {
        f64::from(self.income) / THOUSANDTHS
    }

    /// Trust in online buying, 0 to 1.
    pub fn trust(&self) -> f64 {
        f64::from(self.trust) / BYTE
    }

    /// Age group of the head.
    pub fn age_group(&self) -> usize {
        usize::from(self.class) % AGE_GROUPS
    }

    /// How much it orders with its experience, over what it would with much.
    pub fn intensity(&self, p: &HouseholdParameters) -> f64 {
        let orders = f64::from(self.good_parcels);
        p.trial_intensity + (1.0 - p.trial_intensity) * orders / (orders + p.tenure_orders)
    }

    /// Its weight in the sampler of buyers in its present state.
    pub fn sampling_weight(&self, p: &HouseholdParameters) -> u8 {
        if !self.buying.buys() {
            return 0;
        }
        ((f64::from(self.spending_weight) * self.intensity(p) + 0.5) as u8).max(1)
    }

    /// Whether it buys and needs the station for it.
    pub fn depends_on_station(&self) -> bool {
        self.buying.buys() && !self.self_service
    }

    /// A year has passed: the head is older, or the household passes to the next generation. `stream` is this
    /// household's own of this year.
    ///
    /// The chance of passing on doubles every `succession_doubling` years from old age on, as mortality does
    /// (Gompertz). The new head has the new generation's age, and with it gets a smartphone as much sooner as
    /// the young do; what the household has learnt stays in the family.
    pub(crate) fn age(&mut self, p: &HouseholdParameters, stream: &mut RandomStream) {
        self.head_age = self.head_age.saturating_add(1);
        let old = f64::from(self.head_age) - p.old_age;
        let passes = p.succession * math::exp(old / p.succession_doubling * math::ln(2.0));
        let before = self.age_group();
        if old >= 0.0 && stream.chance(passes.min(1.0)) {
            let heir = p.heir_age + p.heir_age_spread * stream.normal();
            self.head_age = heir.clamp(p.head_age_least, p.old_age) as u8;
            let lead = phone_lead(p, age_group(p, f64::from(self.head_age))) - phone_lead(p, before);
            self.phone_rank = (f64::from(self.phone_rank) - lead * BYTE).clamp(0.0, BYTE) as u8;
        }
        let group = age_group(p, f64::from(self.head_age));
        self.class = class(usize::from(self.class) / AGE_GROUPS, group) as u8;
    }

    /// Whether it has a smartphone when so large a share of households has one.
    pub fn has_phone(&self, share: f64) -> bool {
        f64::from(self.phone_rank) < share * BYTE
    }

    /// Learns from a parcel. Returns the state it moves to, if it moves.
    pub(crate) fn learn_from_parcel(&mut self, p: &HouseholdParameters, good: bool) -> Option<Buying> {
        let target = if good { BYTE } else { 0.0 };
        let trust = f64::from(self.trust);
        self.trust = (trust + p.trust_weight * (target - trust) + 0.5) as u8;
        if good {
            self.good_parcels = self.good_parcels.saturating_add(1);
        }
        if self.buying.buys() && self.trust() < p.lapse_trust {
            return Some(Buying::Lapsed);
        }
        let habit = u32::from(self.good_parcels) >= p.habit_orders && self.trust() > 0.5;
        (self.buying == Buying::Trial && habit).then_some(Buying::Regular)
    }

    /// Minds a return whose money came after so much of a buyer's patience: as bad as a part of a parcel that
    /// was lost, at most. Returns the state it moves to, if it moves.
    pub(crate) fn mind_return(&mut self, p: &HouseholdParameters, waited: f64) -> Option<Buying> {
        let trouble = p.trust_weight * p.return_trouble * waited.clamp(0.0, 1.0);
        self.trust = (f64::from(self.trust) * (1.0 - trouble) + 0.5) as u8;
        (self.buying.buys() && self.trust() < p.lapse_trust).then_some(Buying::Lapsed)
    }

    /// A worker who was away comes home for good.
    pub(crate) fn return_home(&mut self) {
        self.migrants -= 1;
        self.returned = self.returned.saturating_add(1);
    }

    /// Trusts as after many good parcels.
    pub(crate) fn trust_fully(&mut self) {
        self.trust = u8::MAX;
    }

    /// Begins, or begins again, with fair trust: after a lapse, or on another platform.
    pub(crate) fn reset_trust(&mut self, p: &HouseholdParameters) {
        self.trust = first_trust(p);
    }
}

/// The age group of a head.
fn age_group(p: &HouseholdParameters, head_age: f64) -> usize {
    if head_age < p.middle_age { 0 } else { usize::from(head_age >= p.old_age) + 1 }
}

/// How much earlier an age group gets smartphones, as a share of all households.
pub(crate) fn phone_lead(p: &HouseholdParameters, age_group: usize) -> f64 {
    [p.phone_lead_young, 0.0, -p.phone_lag_old][age_group]
}

/// Income at a place in a village's order, 0 to 1, over the village's mean, where incomes have this spread.
pub(crate) fn income_at(spread: f64, rank: f64) -> f64 {
    math::exp(spread * math::normal_quantile(rank) - spread * spread / 2.0)
}

/// The third of incomes of a place in that order.
pub(crate) fn income_group(rank: f64) -> usize {
    ((rank * INCOME_GROUPS as f64) as usize).min(INCOME_GROUPS - 1)
}

/// The trust that buying begins with, as it is kept.
fn first_trust(p: &HouseholdParameters) -> u8 {
    (p.trust_first * BYTE + 0.5) as u8
}

/// What drives learning in a village now, before a household's own weight \[per year\].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hazards {
    /// Hearing of online buying.
    pub awareness: f32,
    /// First trial with the partner's help.
    pub trial_assisted: f32,
    /// The same of a household that could use self-service: only as far as it is inconvenient to.
    pub trial_assisted_able: f32,
    /// First trial of self-service, able in full.
    pub trial_self_service: f32,
    /// How readily the lapsed try again by the same ways, over those who never have.
    pub return_ease: f32,
    /// Learning to use self-service, with a smartphone and full skill; of those who are cut off where there
    /// is no station, as readily as the lapsed.
    pub emancipation: f32,
    /// Giving up, without experience and without trust.
    pub lapse: f32,
    /// Looking at other platforms.
    pub reconsideration: f32,
}

/// The circumstances from which a village's hazards follow.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Share of households with access to the internet.
    pub internet: f64,
    /// Share of households that buy regularly.
    pub regular: f64,
    /// Share of buying that depends on the station; the rest orders self_service.
    pub assisted: f64,
    /// Spending on promotion in the village \[yuan/month\].
    pub promotion: f64,
    /// Visits by the partner \[visits per household and year\]; 0 without an open station.
    pub visits: f64,
    /// The partner's ordering skill, 0 to 1.
    pub skill: f64,
    /// Where parcels of self-service orders end.
    pub reached: Reached,
    /// Whether there is an open station.
    pub station: bool,
    /// How much readier to try want of shops makes (see [`crate::market::choice::need`]).
    pub need: f64,
}

/// How delivery limits learning self-service: the hazard over that of a village to which all parcels come.
pub(crate) fn convenience(p: &HouseholdParameters, reached: Reached) -> f64 {
    reached.mean(1.0, p.learning_pickup_town, p.learning_pickup_seat)
}

impl Hazards {
    /// The hazards of a village.
    pub fn of(p: &HouseholdParameters, platform: &PlatformParameters, now: &Circumstances) -> Hazards {
        // Neighbours show what they do themselves.
        let neighbours = p.trial_neighbours * now.regular;
        let helped = if now.station { now.visits * p.persuasion + neighbours * now.assisted } else { 0.0 };
        let awareness = p.awareness_media * now.internet
            + p.awareness_neighbours * now.regular
            + p.awareness_promotion * now.promotion / PER_HUNDRED_YUAN;
        let trial_assisted =
            helped * (p.persuasion_unskilled + (1.0 - p.persuasion_unskilled) * now.skill) * now.need;
        let convenience = convenience(p, now.reached);
        let trial_self_service =
            (p.trial_self_service + neighbours * (1.0 - now.assisted)) * convenience * now.need;
        let emancipation =
            if now.station { p.emancipation * convenience } else { p.return_ease * trial_self_service };
        Hazards {
            awareness: awareness as f32,
            trial_assisted: trial_assisted as f32,
            trial_assisted_able: (trial_assisted * (1.0 - convenience)) as f32,
            trial_self_service: trial_self_service as f32,
            return_ease: p.return_ease as f32,
            emancipation: emancipation as f32,
            lapse: (greatest_lapse(p) * (1.0 + p.lapse_distrust)) as f32,
            reconsideration: platform.reconsideration as f32,
        }
    }
}

/// How well a household of an age group can order without the partner, 0 to 1: itself if it has a smartphone,
/// or through kin and neighbours.
pub(crate) fn ability(p: &HouseholdParameters, age_group: usize, phone: bool) -> f64 {
    let own = if phone { group_skill(p)[age_group] } else { 0.0 };
    own.max(p.kin_help)
}

/// The hazard of giving up of whom experience makes it likeliest, with full trust \[per year\].
fn greatest_lapse(p: &HouseholdParameters) -> f64 {
    p.lapse.max(p.lapse_experienced)
}

/// How much less likely than without any experience a household with so many good parcels is to give up.
pub(crate) fn inexperience(p: &HouseholdParameters, good_parcels: f64) -> f64 {
    let most = greatest_lapse(p);
    if most <= 0.0 {
        return 0.0;
    }
    (p.lapse_experienced + (p.lapse - p.lapse_experienced) * math::exp(-good_parcels / p.lapse_orders)) / most
}

/// How much less likely than without any trust a household of this trust is to give up.
pub(crate) fn distrust(p: &HouseholdParameters, trust: f64) -> f64 {
    (1.0 + p.lapse_distrust * (1.0 - trust)) / (1.0 + p.lapse_distrust)
}

/// How receptive each class is, the most receptive being 1.
pub(crate) fn receptiveness(p: &HouseholdParameters, class: u8) -> f64 {
    let age = [1.0, 1.0 / p.youth_effect.sqrt(), 1.0 / p.youth_effect][usize::from(class) % AGE_GROUPS];
    let income = [1.0 / p.income_effect, 1.0 / p.income_effect.sqrt(), 1.0][usize::from(class) / AGE_GROUPS];
    age * income
}

/// How readily a household of this receptiveness hears of online buying, over the most receptive.
pub fn hearing(p: &HouseholdParameters, receptive: f64) -> f64 {
    p.hearing_least + (1.0 - p.hearing_least) * receptive
}

/// What a household may do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Hear of online buying.
    Hear,
    /// Try, helped by the partner.
    TryAssisted,
    /// Try self-service.
    TryAlone,
    /// Learn to use self-service.
    Emancipate,
    /// Give up.
    Lapse,
    /// Look at other platforms.
    Reconsider,
}

/// What an order is of, by a random number on (0, 1) and the shares of durables and farm inputs.
#[inline]
pub fn goods(u: f64, durables: f64, farm_inputs: f64) -> Goods {
    if u < durables {
        Goods::Durable
    } else if u < durables + farm_inputs {
        Goods::FarmInput
    } else {
        Goods::Consumer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Owner, Purpose, Seed};
    use crate::market::choice::Delivery;

    fn village() -> Background {
        Background {
            income_ratio: 1.0,
            income_spread: 0.58,
            size: 3.6,
            national_size: 3.6,
            migrants: 0.75,
            phone_lead: 0.0,
        }
    }

    fn household(rank: f64) -> Household {
        let mut stream = RandomStream::new(Seed(1), Owner::other((rank * 1e6) as u64), Purpose::Household, 0);
        Household::synthesise(&HouseholdParameters::default(), &village(), rank, &mut stream)
    }

    #[test]
    fn a_record_stays_within_half_of_its_budget() {
        assert!(size_of::<Household>() <= 16, "{}", size_of::<Household>());
    }

    #[test]
    fn incomes_and_spending_average_to_the_village_s() {
        let n = 3_000;
        let all: Vec<Household> = (0..n).map(|i| household((f64::from(i) + 0.5) / f64::from(n))).collect();
        let mean = |f: &dyn Fn(&Household) -> f64| all.iter().map(f).sum::<f64>() / f64::from(n);
        assert!((mean(&|h| h.income_ratio()) - 1.0).abs() < 0.02);
        // The product of three spread-out factors: standard error about 4 / sqrt(3000) = 0.07; clipping
        // above.
        assert!((mean(&|h| f64::from(h.spending_weight)) - 4.0).abs() < 0.3);
        assert!((mean(&|h| f64::from(h.members)) - 3.6).abs() < 0.15);
    }

    /// 30 % a year without experience, 2 % with much, and at six good parcels 2 + 28 / e = 12.3 %; five times
    /// that without trust.
    #[test]
    fn giving_up_falls_with_experience_and_rises_with_distrust() {
        let p = HouseholdParameters::default();
        let most = f64::from(Hazards::of(&p, &PlatformParameters::default(), &with_station()).lapse);
        let hazard = |parcels: f64, trust: f64| most * inexperience(&p, parcels) * distrust(&p, trust);
        assert!((hazard(0.0, 1.0) - 0.30).abs() < 1e-6);
        assert!((hazard(6.0, 1.0) - (0.02 + 0.28 / core::f64::consts::E)).abs() < 1e-6);
        assert!((hazard(255.0, 1.0) - 0.02).abs() < 1e-6);
        assert!((hazard(255.0, 0.0) - 0.10).abs() < 1e-6);
        let never = HouseholdParameters { lapse: 0.0, lapse_experienced: 0.0, ..p };
        assert_eq!(inexperience(&never, 3.0), 0.0, "nobody gives up, and nothing is divided by nothing");
    }

    /// A quarter at first; half of the way, 0.625, after `tenure_orders` good parcels; never less than
    /// before.
    #[test]
    fn who_has_more_experience_orders_more() {
        let p = HouseholdParameters::default();
        let one = |good_parcels| Household {
            buying: Buying::Regular,
            spending_weight: 16,
            good_parcels,
            ..household(0.5)
        };
        assert_eq!(one(0).sampling_weight(&p), 4);
        assert_eq!(one(25).sampling_weight(&p), 10);
        assert!((0..255).all(|n| one(n).sampling_weight(&p) <= one(n + 1).sampling_weight(&p)));
        assert_eq!(Household { buying: Buying::Lapsed, ..one(99) }.sampling_weight(&p), 0);
    }

    /// Heads of 68 pass on twice as often as heads of 60 (one doubling), heads under 60 never; the next
    /// generation is young, and has smartphones sooner.
    #[test]
    fn heads_age_and_the_next_generation_follows() {
        let p = HouseholdParameters::default();
        let years = 20_000;
        let pass = |age: u8| {
            let old = Household {
                head_age: age - 1,
                class: class(1, age_group(&p, f64::from(age - 1))) as u8,
                ..household(0.5)
            };
            let aged = |year: u32| {
                let mut one = old;
                one.age(
                    &p,
                    &mut RandomStream::new(
                        Seed(3),
                        Owner::other(7),
                        Purpose::Succession,
                        u64::from(year) << 8,
                    ),
                );
                one
            };
            let heirs: Vec<Household> = (0..years).map(aged).filter(|one| one.head_age != age).collect();
            assert!(heirs.iter().all(|heir| heir.head_age < 60 && heir.phone_rank <= old.phone_rank));
            assert!(
                heirs.iter().all(|heir| heir.age_group() < 2 && usize::from(heir.class) / AGE_GROUPS == 1)
            );
            heirs.len() as f64 / f64::from(years)
        };
        assert_eq!(pass(59), 0.0);
        // Binomial, five standard errors.
        assert!((pass(60) - 0.03).abs() < 5.0 * (0.03f64 / f64::from(years)).sqrt());
        assert!((pass(68) - 0.06).abs() < 5.0 * (0.06f64 / f64::from(years)).sqrt());
        let mut one = Household { head_age: 39, class: class(2, 0) as u8, ..household(0.9) };
        one.age(&p, &mut RandomStream::new(Seed(3), Owner::other(7), Purpose::Succession, 0));
        assert_eq!((one.head_age, one.class), (40, class(2, 1) as u8), "middle age");
    }

    #[test]
    fn good_parcels_make_a_habit_and_bad_ones_undo_it() {
        let p = HouseholdParameters::default();
        let mut household = Household { buying: Buying::Trial, ..household(0.5) };
        assert_eq!(household.learn_from_parcel(&p, true), None);
        assert_eq!(household.learn_from_parcel(&p, true), None);
        assert_eq!(household.learn_from_parcel(&p, true), Some(Buying::Regular));
        household.buying = Buying::Regular;
        let lapsed = (0..20).find_map(|_| household.learn_from_parcel(&p, false));
        assert_eq!(lapsed, Some(Buying::Lapsed));
    }

    /// A village with a station whose partner visits nobody, and to which parcels come.
    fn with_station() -> Circumstances {
        Circumstances {
            internet: 0.3,
            regular: 0.5,
            assisted: 1.0,
            promotion: 0.0,
            visits: 0.0,
            skill: 1.0,
            reached: Reached::all(Delivery::Village),
            station: true,
            need: 1.0,
        }
    }

    #[test]
    fn who_could_order_alone_is_persuaded_only_where_that_is_inconvenient() {
        let p = HouseholdParameters::default();
        let hazards = |delivery| {
            let now = Circumstances { visits: 1.0, reached: Reached::all(delivery), ..with_station() };
            Hazards::of(&p, &PlatformParameters::default(), &now)
        };
        let delivered = hazards(Delivery::Village);
        assert_eq!(delivered.trial_assisted_able, 0.0);
        assert!(delivered.trial_assisted > 0.0);
        let fetched = hazards(Delivery::Seat);
        let part = f64::from(fetched.trial_assisted_able / fetched.trial_assisted);
        assert!((part - (1.0 - p.learning_pickup_seat)).abs() < 1e-6);
    }

    #[test]
    fn neighbours_show_what_they_do_themselves() {
        let p = HouseholdParameters::default();
        let hazards = |assisted| {
            let now = Circumstances { assisted, ..with_station() };
            Hazards::of(&p, &PlatformParameters::default(), &now)
        };
        let (station, self_service) = (hazards(1.0), hazards(0.0));
        assert!((f64::from(station.trial_assisted) - 0.5 * p.trial_neighbours).abs() < 1e-6);
        assert_eq!(self_service.trial_assisted, 0.0);
        assert!(
            (f64::from(self_service.trial_self_service - station.trial_self_service)
                - 0.5 * p.trial_neighbours)
                .abs()
                < 1e-6
        );
    }

    #[test]
    fn ability_is_ones_own_or_kin_s() {
        let p = HouseholdParameters::default();
        assert_eq!(ability(&p, 0, true), 0.85);
        assert_eq!(ability(&p, 0, false), p.kin_help);
        assert_eq!(ability(&p, 2, true), p.kin_help);
    }

    #[test]
    fn the_young_and_rich_try_first() {
        let p = HouseholdParameters::default();
        let young_rich = receptiveness(&p, class(2, 0) as u8);
        let old_poor = receptiveness(&p, class(0, 2) as u8);
        assert!((young_rich / old_poor - p.youth_effect * p.income_effect).abs() < 1e-9);
    }
}
