//! How far online buying had come before the run began.
//!
//! A run that begins in 2014 does not begin with a country that has never heard of online shopping: it begins
//! with what the same hazards have made of the years since `household.buying_since`. Neighbours matter, and
//! what neighbours did is not known before it is worked out; so a village is first followed in the mean
//! (shares of its households by class, phone and state, quarter by quarter), which gives what everybody in it
//! heard and saw. Each household is then drawn by its own hazards along that path. Villages differ in the
//! path by how soon parcels came, which follows from what a courier's visit costs by the household, and by
//! want of shops; a few of each are worked out, and the nearest serves. Couriers come by the rules of the run
//! (`agents/courier.rs`), for the parcels that these buyers order in the mean, in a
//! township of villages alike. A test holds a run from 2014 against one that was simulated from 2010.
//! Rejected: leaving neighbours out (a third of the buyers of 2014 were missing); simulating the years
//! before, which takes longer than the run itself.

use super::setting::variety;
use super::village::spending_per_weight;
use crate::agents::courier::{
    self, Arrivals, Counter, INTERVALS, NETWORKS, Offered, Round, Rounds, Stop, Terms, Township,
};
use crate::agents::household::MEAN_SPENDING_WEIGHT;
use crate::agents::household::{Buying, Household, ability, convenience, hearing, phone_lead, receptiveness};
use crate::base::factor::{BURDEN_HOUR, BYTE, DAYS_IN_YEAR, PER_CENT};
use crate::base::{Delay, Month, RandomStream, Time, math};
use crate::market::choice::{self, AGE_GROUPS, CLASSES, Delivery, Offer, Reached};
use crate::params::{HouseholdParameters, LogisticsParameters, Parameters};
use crate::world;

/// Steps in a year.
const STEPS: f64 = 4.0;
/// Costs of a courier's visit that are told apart.
const BURDENS: usize = 12;
/// The least of them \[yuan per household\], and each over the one before.
const BURDEN: (f64, f64) = (0.004, 1.5);
/// What a visit to the mean village costs \[yuan per household\]: 9.2 yuan for 330 of them.
const MEAN_BURDEN: f64 = 0.028;
/// Households of a village, and villages of a township, in the mean: 33,496 towns hold about 600,000.
const MEAN_VILLAGE: f64 = 330.0;
const MEAN_TOWN: f64 = 18.0;
/// Roads of the mean village \[minutes to the township, to the county seat\].
const MEAN_ROADS: (f64, f64) = (20.0, 60.0);
/// Months in a step.
const MONTHS_OF_STEP: usize = 3;
/// Degrees of want of shops that are told apart, from 1 on.
const NEEDS: usize = 4;
/// From one to the next.
const NEED_STEP: f64 = 0.5;
/// Quantiles of the time of getting a phone that are told apart within a class.
const PHONES: usize = 4;

/// What everybody in a village heard and saw up to the end of each step, before a household's own weights.
#[derive(Clone, Debug, PartialEq)]
struct Path {
    /// Hazard of hearing, summed.
    heard: Vec<f64>,
    /// Hazard of trying self-service, summed.
    tried: Vec<f64>,
    /// How parcels came.
    arrivals: Vec<Arrivals>,
}

/// How far online buying had come at a run's start, and how.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EarlierBuyers {
    /// Beginnings of the steps.
    steps: Vec<Time>,
    /// Share of households with a phone in each step.
    phones: Vec<f64>,
    /// Paths by rank and want of shops.
    paths: Vec<Path>,
}

/// A household's circumstances that its village gives it.
#[derive(Clone, Copy, Debug)]
pub(super) struct EarlierPlace {
    /// What a courier's visit costs at the wages of 2015 \[yuan per household\].
    pub burden: f64,
    /// How much readier to try want of shops makes.
    pub need: f64,
}

impl EarlierPlace {
    /// A village where shops are near.
    pub(super) fn of(p: &LogisticsParameters, village: &world::Village) -> EarlierPlace {
        let stop = Stop {
            to_town: f64::from(village.to_town),
            rank: f64::from(village.delivery_rank),
            ask: 0.0,
            bus: false,
        };
        let terms = Terms::of(p, p.courier_wage_base, 0.0);
        let visit = stop.visit(p, &terms) * BURDEN_HOUR / p.courier_hour_cost.max(f64::MIN_POSITIVE);
        EarlierPlace { burden: visit / f64::from(village.households.max(1)), need: 1.0 }
    }
}

/// Share of households in which somebody can use self-service for want of nothing but skill, nationally.
pub(super) fn phones(p: &Parameters, now: Time) -> f64 {
    let person = p.world.internet.at(now) / PER_CENT * p.world.smartphone.at(now);
    1.0 - math::pow(1.0 - person, p.household.adults_online)
}

/// The chance that something has happened by a summed hazard.
fn passed(hazard: f64) -> f64 {
    1.0 - math::exp(-hazard)
}

impl EarlierBuyers {
    /// The years before a run's start.
    pub(super) fn until(p: &Parameters, start: Time) -> EarlierBuyers {
        let step = Delay::from_days(DAYS_IN_YEAR / STEPS);
        let first = Month::new(p.household.buying_since as u16, 1).start();
        let mut steps = Vec::new();
        let mut now = first;
        while now < start {
            steps.push(now);
            now += step;
        }
        let phones: Vec<f64> = steps.iter().map(|&now| phones(p, now)).collect();
        let orders: Vec<f64> = steps.iter().map(|&now| orders(p, now)).collect();
        let path = |at: usize| {
            let burden = BURDEN.0 * math::pow(BURDEN.1, (at / NEEDS) as f64);
            let need = 1.0 + NEED_STEP * (at % NEEDS) as f64;
            Path::of(p, &steps, &phones, &orders, EarlierPlace { burden, need })
        };
        let paths = (0..BURDENS * NEEDS).map(path).collect();
        EarlierBuyers { paths, phones, steps }
    }

    /// The path of the villages most like this.
    fn path(&self, place: EarlierPlace) -> &Path {
        let burden = math::ln(place.burden.max(BURDEN.0) / BURDEN.0) / math::ln(BURDEN.1);
        let burden = ((burden + 0.5) as usize).min(BURDENS - 1);
        let need = (((place.need - 1.0) / NEED_STEP + 0.5) as usize).min(NEEDS - 1);
        &self.paths[burden * NEEDS + need]
    }

    /// How parcels came to a village at a moment before the start, or at it.
    pub(super) fn arrivals(&self, p: &LogisticsParameters, place: EarlierPlace, now: Time) -> Arrivals {
        let step = self.steps.partition_point(|&step| step <= now);
        let path = self.path(place);
        step.checked_sub(1).map_or_else(|| Arrivals::by_post(p), |step| path.arrivals[step])
    }

    /// Draws how far a household has come.
    pub(super) fn apply(
        &self,
        p: &HouseholdParameters,
        place: EarlierPlace,
        start: Time,
        household: &mut Household,
        stream: &mut RandomStream,
    ) {
        let path = self.path(place);
        let steps = path.heard.len();
        let receptive = receptiveness(p, household.class);
        let all =
            |weight: f64, from: f64, path: &[f64]| weight * (path.last().copied().unwrap_or(0.0) - from);
        // When a summed hazard of which so much passed was first reached, given that it was.
        let first = |sum: f64, stream: &mut RandomStream| -math::ln(1.0 - stream.unit() * passed(sum));
        let ear = hearing(p, receptive);
        let hearing = all(ear, 0.0, &path.heard);
        if !stream.chance(passed(hearing)) {
            return;
        }
        household.buying = Buying::Aware;
        let reached = first(hearing, stream);
        let heard = path.heard.partition_point(|&sum| ear * sum < reached);
        // Alone with a phone of its own once it has one, through kin before.
        let phone = self.phones.partition_point(|&share| !household.has_phone(share));
        let [without, with] = [false, true].map(|phone| ability(p, household.age_group(), phone));
        let sum_of = |step: usize| if step == 0 { 0.0 } else { path.tried[step - 1] };
        let from = sum_of(heard.min(steps));
        let between = sum_of(phone.min(steps)).max(from);
        let weight = place.need * receptive;
        let trying =
            |sum: f64| weight * (without * (sum.min(between) - from) + with * (sum - between).max(0.0));
        let hazard = trying(sum_of(steps).max(from));
        if !stream.chance(passed(hazard)) {
            return;
        }
        let reached = first(hazard, stream);
        let tried = path.tried.partition_point(|&sum| sum <= from || trying(sum) < reached).min(steps);
        let since = (steps - tried) as f64 / STEPS;
        // In the years since it gained experience, perhaps gave up, and perhaps came back. Trial at the end
        // would be rare, so that a habit is assumed.
        let back = passed(p.return_ease * (hazard - reached) / 2.0);
        let has_lapsed = stream.chance(passed(lapses(p, since)) * (1.0 - back));
        household.good_parcels = stream.round((p.earlier_orders * since).clamp(1.0, BYTE)) as u8;
        household.buying = if has_lapsed { Buying::Lapsed } else { Buying::Regular };
        household.self_service = !has_lapsed;
        household.trust_fully();
        household.habit_since = Month::of(start).0;
    }
}

/// Lapses that a trusting household would have had in so many years since its first order, in the mean: the
/// integral of the hazard as experience grows.
fn lapses(p: &HouseholdParameters, years: f64) -> f64 {
    let fall = p.earlier_orders / p.lapse_orders;
    let new = if fall > 0.0 { passed(fall * years) / fall } else { years };
    p.lapse_experienced * years + (p.lapse - p.lapse_experienced) * new
}

/// A part of a village's households that are alike.
#[derive(Clone, Copy, Debug)]
struct Cell {
    class: u8,
    share: f64,
    /// Rank of getting a phone, 0 first to 1 last.
    phone: f64,
    unaware: f64,
    aware: f64,
    /// Buyers without and with experience.
    buyers: [f64; 2],
}

/// The parts of a village at the beginning, when nobody has heard of anything.
fn cells(p: &HouseholdParameters) -> Vec<Cell> {
    let below = |age: f64| math::normal_cdf((age - p.head_age) / p.head_age_spread);
    let (young, old) = (below(p.middle_age), 1.0 - below(p.old_age));
    let ages = [young, 1.0 - young - old, old];
    let cell = |at: usize| {
        let (class, quantile) = (at / PHONES, at % PHONES);
        let age = class % AGE_GROUPS;
        Cell {
            class: class as u8,
            share: ages[age] / (CLASSES / AGE_GROUPS * PHONES) as f64,
            phone: (quantile as f64 + 0.5) / PHONES as f64 - phone_lead(p, age),
            unaware: 1.0,
            aware: 0.0,
            buyers: [0.0; 2],
        }
    };
    (0..CLASSES * PHONES).map(cell).collect()
}

impl Cell {
    /// A step on: hazards of hearing and of trying self-service, before its own weights.
    fn step(&mut self, p: &HouseholdParameters, hearing_hazard: f64, trial: f64, phones: f64) {
        let receptive = receptiveness(p, self.class);
        let part = |hazard: f64| passed(hazard / STEPS);
        let able = ability(p, usize::from(self.class) % AGE_GROUPS, self.phone < phones);
        let trial = trial * able * receptive;
        let lapsed = 1.0 - self.unaware - self.aware - self.buyers[0] - self.buyers[1];
        let hear = self.unaware * part(hearing_hazard * hearing(p, receptive));
        let try_out = self.aware * part(trial);
        let back = lapsed * part(p.return_ease * trial);
        let settle = self.buyers[0] * part(p.earlier_orders / p.lapse_orders);
        let lapse = [self.buyers[0] * part(p.lapse), self.buyers[1] * part(p.lapse_experienced)];
        self.unaware -= hear;
        self.aware += hear - try_out;
        self.buyers[0] += try_out + back - settle - lapse[0].min(self.buyers[0] - settle);
        self.buyers[1] += settle - lapse[1];
    }
}

/// Self-service orders of an experienced buyer in the mean village \[orders/year\].
fn orders(p: &Parameters, now: Time) -> f64 {
    let offer = Offer {
        to_town: MEAN_ROADS.0,
        to_seat: MEAN_ROADS.1,
        station: None,
        reached: Reached::all(Delivery::Town),
        self_service_days: p.household.first_delivery,
        variety: variety(&p.household, now),
        online_price: p.household.online_price,
        group_incomes: choice::group_incomes(p.income.household_spread),
        hourly_wage: p.income.migrant_wage.at(now) / p.household.working_hours,
        spending: spending_per_weight(p, now),
    };
    let choices = choice::choices(&p.household, &offer);
    let sum: f64 = choices.iter().map(|[_, phone]| f64::from(phone.orders)).sum();
    sum / CLASSES as f64 * MEAN_SPENDING_WEIGHT
}

/// Couriers of a village in the mean: its township and their rounds.
#[derive(Clone, Copy, Debug, Default)]
struct MeanCouriers {
    township: Township,
    rounds: Rounds,
}

impl MeanCouriers {
    /// A step on, with so many parcels a day for the village. A visit to it costs so much at the wages of
    /// 2015.
    fn step(&mut self, p: &LogisticsParameters, terms: &Terms, visit: f64, parcels: f64) -> Arrivals {
        let shares = courier::shares(p);
        let visit = visit * terms.hour / BURDEN_HOUR;
        let offered = Offered { visit, parcel: terms.minutes(p.courier_handling), ..Offered::default() };
        let best = |share: f64| {
            let round = |days: f64| courier::by_interval(p, terms, offered, parcels * share, days);
            let rounds = INTERVALS.map(round);
            rounds.into_iter().fold(rounds[0], |best: Round, next| match next.gain() > best.gain() {
                true => next,
                false => best,
            })
        };
        for _ in 0..MONTHS_OF_STEP {
            let rounds: [f64; NETWORKS] = std::array::from_fn(|agent| {
                MEAN_TOWN * best(self.township.share(agent, &shares)).gain().max(0.0)
            });
            let volume = parcels * MEAN_TOWN * (1.0 + p.town_parcels);
            let counter = Counter::of(p, terms, volume, rounds);
            self.township.review(p, &counter, &shares);
            for agent in 0..NETWORKS {
                match self.township.agents.contains(&(agent as u8)) {
                    true => _ = self.rounds.decide(p, agent, &best(self.township.share(agent, &shares))),
                    false => self.rounds.stop(agent),
                }
            }
        }
        self.rounds.arrivals(p, &self.township, &shares)
    }
}

impl Path {
    /// Of a village, in the mean.
    fn of(p: &Parameters, steps: &[Time], phones: &[f64], orders: &[f64], place: EarlierPlace) -> Path {
        let (logistics, household) = (&p.logistics, &p.household);
        let mut cells = cells(household);
        let mut path = Path { heard: Vec::new(), tried: Vec::new(), arrivals: Vec::new() };
        let mut couriers = MeanCouriers::default();
        // Half of what a visit costs more by the household is the road, half is that there are fewer of them.
        let households = MEAN_VILLAGE * (MEAN_BURDEN / place.burden).sqrt();
        let (mut heard, mut tried) = (0.0, 0.0);
        for ((&now, &phones), &orders) in steps.iter().zip(phones).zip(orders) {
            let part = |experience: usize| -> f64 {
                cells.iter().map(|cell| cell.share * cell.buyers[experience]).sum()
            };
            let [new, experienced] = [part(0), part(1)];
            let buyers = new + experienced;
            let parcels = (new * household.trial_intensity + experienced) * orders / DAYS_IN_YEAR;
            let terms = Terms::of(logistics, p.income.migrant_wage.at(now), 0.0);
            let arrivals = couriers.step(logistics, &terms, place.burden * households, parcels * households);
            path.arrivals.push(arrivals);
            let hear = household.awareness_media * p.world.internet.at(now) / PER_CENT
                + household.awareness_neighbours * buyers;
            let trial = (household.trial_self_service + household.trial_neighbours * buyers)
                * convenience(household, arrivals.reached());
            for cell in &mut cells {
                cell.step(household, hear, trial * place.need, phones);
            }
            heard += hear / STEPS;
            tried += trial / STEPS;
            path.heard.push(heard);
            path.tried.push(tried);
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::household::Background;
    use crate::base::{Date, Owner, Purpose, Seed};

    fn start() -> Time {
        "2014-10-01".parse::<Date>().unwrap().midnight()
    }

    /// Share of households that buy in villages where a visit costs so much.
    fn share(p: &Parameters, burden: f64) -> f64 {
        let earlier = EarlierBuyers::until(p, start());
        let background = Background {
            income_ratio: 1.0,
            income_spread: p.income.household_spread,
            size: 3.6,
            national_size: 3.6,
            migrants: 0.75,
            phone_lead: 0.0,
        };
        let mut stream = RandomStream::new(Seed(4), Owner::other(1), Purpose::Test, 0);
        let n = 4_000;
        let mut buys = |at: u32| {
            let income = (f64::from(at) + 0.5) / f64::from(n);
            let mut one = Household::synthesise(&p.household, &background, income, &mut stream);
            earlier.apply(&p.household, EarlierPlace { burden, need: 1.0 }, start(), &mut one, &mut stream);
            u32::from(one.buying.buys())
        };
        f64::from((0..n).map(&mut buys).sum::<u32>()) / f64::from(n)
    }

    /// Without neighbours, phones or lapses, and with everybody alike and aware at once, the share that has
    /// tried is 1 - exp(-hazard x years).
    #[test]
    fn alike_households_try_as_by_hand() {
        let mut p = Parameters::default();
        let h = &mut p.household;
        (h.youth_effect, h.income_effect, h.kin_help) = (1.0, 1.0, 1.0);
        (h.skill_young, h.skill_middle, h.skill_old) = (1.0, 1.0, 1.0);
        (h.trial_neighbours, h.awareness_neighbours, h.awareness_media) = (0.0, 0.0, 20.0);
        (h.lapse, h.lapse_experienced, h.trial_self_service) = (0.0, 0.0, 0.05);
        (h.learning_pickup_town, h.learning_pickup_seat, h.buying_since) = (1.0, 1.0, 2004);
        p.world.internet = vec![("2000-01-01".parse().unwrap(), 100.0)].into();
        // 10.75 years, hazard 0.05: 1 - exp(-0.5375) = 0.4158. Four standard errors of 4,000 are 0.031.
        let share = share(&p, 0.03);
        assert!((share - 0.4158).abs() < 0.031, "{share}");
    }

    #[test]
    fn more_buy_where_parcels_came_sooner_and_where_neighbours_show_the_way() {
        let p = Parameters::default();
        let mut alone = p.clone();
        alone.household.trial_neighbours = 0.0;
        let (near, far) = (share(&p, 0.004), share(&p, 0.3));
        assert!(near > far, "{near} {far}");
        assert!(share(&alone, 0.004) < near - 0.02);
    }
}
