//! The choice among ways of shopping: village shop, trip to town, station, smartphone.
//!
//! Constant elasticity of substitution: a way of price p and variety v has attraction v p^(1-sigma), and the
//! share of its attraction in spending. Prices include what is not money: trip time at the traveller's wage,
//! waiting, hassle (Couture, Faber, Gu & Liu, AER: Insights 2021, with the retail elasticity of Atkin, Faber
//! & Gonzalez-Navarro, JPE 2018). Rejected: a logit over single orders, which would need a separate rule for
//! how much is spent, and has no cost-of-living index of its own.

use super::ways::{GainTerms, OnlineWay, Shops, fetching_time, minute_of_road, time_on_road};
use crate::base::factor::{HUNDREDTH, TINY};
use crate::base::math;
use crate::params::{HouseholdParameters, ProgrammeParameters};

pub use super::ways::attraction;
pub(crate) use super::ways::trip_cost;

/// Groups of income in a village: thirds.
pub const INCOME_GROUPS: usize = 3;
/// Groups of age: heads under 40, 40 to 59, 60 and over.
pub const AGE_GROUPS: usize = 3;
/// Classes of households that choose alike: income group times age group.
pub const CLASSES: usize = INCOME_GROUPS * AGE_GROUPS;

/// Mean income of each income group over the village's mean: the thirds of a log-normal whose logarithm has
/// this standard deviation (`income.household_spread`), poorest first.
///
/// Of a log-normal X = exp(s Z - s^2/2) of mean 1, what lies below the quantile of z is Phi(z - s); a third's
/// mean is three times the difference between its ends.
pub(crate) fn group_incomes(spread: f64) -> [f64; INCOME_GROUPS] {
    let groups = INCOME_GROUPS as f64;
    let below = |group: usize| match group {
        0 => 0.0,
        INCOME_GROUPS => 1.0,
        _ => math::normal_cdf(math::normal_quantile(group as f64 / groups) - spread),
    };
    std::array::from_fn(|group| groups * (below(group + 1) - below(group)))
}

/// Skill with a smartphone, 0 to 1, by age group.
pub(crate) fn group_skill(p: &HouseholdParameters) -> [f64; AGE_GROUPS] {
    [p.skill_young, p.skill_middle, p.skill_old]
}

/// How parcels of self-service orders reach a village.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Delivery {
    /// Only to the county seat.
    Seat,
    /// To the township, where the household fetches them.
    Town,
    /// To the village.
    Village,
}

impl Delivery {
    /// All, from the farthest to the nearest.
    pub const ALL: [Delivery; 3] = [Delivery::Seat, Delivery::Town, Delivery::Village];

    /// How tables write it.
    pub const fn name(self) -> &'static str {
        match self {
            Delivery::Seat => "seat",
            Delivery::Town => "town",
            Delivery::Village => "village",
        }
    }
}

/// Shares of a village's self-service parcels by where they end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reached {
    /// In the village.
    pub village: f64,
    /// In the township; the rest waits at the county seat.
    pub town: f64,
}

impl Reached {
    /// All parcels end in one place.
    pub const fn all(delivery: Delivery) -> Reached {
        match delivery {
            Delivery::Village => Reached { village: 1.0, town: 0.0 },
            Delivery::Town => Reached { village: 0.0, town: 1.0 },
            Delivery::Seat => Reached { village: 0.0, town: 0.0 },
        }
    }

    /// Share that waits at the county seat.
    pub fn seat(&self) -> f64 {
        (1.0 - self.village - self.town).max(0.0)
    }

    /// The mean over parcels of what differs by where they end.
    pub fn mean(&self, village: f64, town: f64, seat: f64) -> f64 {
        self.village * village + self.town * town + self.seat() * seat
    }
}

/// What an open station offers.
#[derive(Clone, Copy, Debug)]
pub struct StationOffer {
    /// The partner's ordering skill, 0 to 1.
    pub skill: f64,
    /// Usual delivery time \[days\].
    pub days: f64,
    /// Gain in attraction from goods on display and from the partner's drive \[share\].
    pub gain: f64,
    /// Service beyond ordering, as households expect it.
    pub service: Service,
}

/// Service at a station beyond ordering: what is brought home, and what is installed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// Share of parcels that are brought home.
    pub home: f64,
    /// What the household pays for one \[yuan\].
    pub home_fee: f64,
    /// Attraction of durables over that without installation.
    pub durables: f64,
}

impl Service {
    /// None.
    pub const NONE: Service = Service { home: 0.0, home_fee: 0.0, durables: 1.0 };

    /// What a programme offers.
    pub fn of(p: &HouseholdParameters, programme: &ProgrammeParameters) -> Service {
        let fee = programme.installation * programme.installation_fee.min(programme.installation_cost);
        let dearer = math::pow(1.0 + fee / p.basket_durable, 1.0 - p.elasticity);
        Service {
            home: programme.home_delivery,
            home_fee: programme.home_delivery_fee.min(programme.home_delivery_cost),
            durables: (1.0 + p.installation_gain * programme.installation) * dearer,
        }
    }

    /// How much dearer a parcel is for it, over its price, at an hourly wage: the fee, less the time that
    /// fetching it would take.
    fn price(&self, p: &HouseholdParameters, hourly_wage: f64) -> f64 {
        self.home * (self.home_fee - fetching_time(p, hourly_wage)) / p.basket_consumer
    }
}

/// What a village offers its shoppers.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// Road to the township \[minutes\].
    pub to_town: f64,
    /// Road to the county seat \[minutes\].
    pub to_seat: f64,
    /// The open station, if any.
    pub station: Option<StationOffer>,
    /// Where parcels of self-service orders end.
    pub reached: Reached,
    /// Their usual delivery time \[days\].
    pub self_service_days: f64,
    /// Online variety over that of the base year.
    pub variety: f64,
    /// Price online after the platform's subsidy, over the town's.
    pub online_price: f64,
    /// Mean hourly wage \[yuan\].
    pub hourly_wage: f64,
    /// Income of each income group over the village's mean, poorest first (`group_incomes`).
    pub group_incomes: [f64; INCOME_GROUPS],
    /// Yearly retail spending for one unit of a household's weight \[yuan\].
    pub spending: f64,
}

/// What a class of households chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Choice {
    /// Orders per unit of weight \[orders/year\].
    pub orders: f32,
    /// Part of the orders that go through the station.
    pub by_station: f32,
    /// Part of the orders that are durables.
    pub durables: f32,
    /// Part of the orders that are farm inputs.
    pub farm_inputs: f32,
    /// Share of spending on consumer goods that goes online.
    pub online: f32,
    /// What a household's odds of buying online gain, in logarithm, for skill with a smartphone beyond its
    /// class's.
    pub skill_gain: f32,
    /// The same for the logarithm of its income over its class's.
    pub income_gain: f32,
    /// The same for its way to the station over the village's mean, less 1.
    pub way_gain: f32,
}

impl Choice {
    /// Mean value of an order \[yuan\].
    pub(crate) fn mean_value(&self, p: &HouseholdParameters) -> f64 {
        let (durables, farm) = (f64::from(self.durables), f64::from(self.farm_inputs));
        let consumer = (1.0 - durables - farm) * p.basket_consumer;
        consumer + durables * p.basket_durable + farm * p.basket_farm
    }

    /// Value ordered at the station by a unit of weight \[yuan/year\].
    pub(crate) fn station_value(&self, p: &HouseholdParameters) -> f64 {
        f64::from(self.orders) * f64::from(self.by_station) * self.mean_value(p)
    }

    /// Odds of a household that consumer goods are bought online, its own over its class's in logarithm.
    fn odds(&self, log_odds: f64) -> f64 {
        let online = f64::from(self.online);
        if online <= 0.0 { 0.0 } else { online / (1.0 - online) * math::exp(log_odds) }
    }

    /// Orders of a household for a unit of its weight, its own odds over its class's in logarithm
    /// \[orders/year\].
    pub fn own_orders(&self, p: &HouseholdParameters, spends: &Spends, log_odds: f64) -> f64 {
        let odds = self.odds(log_odds);
        let orders = spends.orders(p, f64::from(self.by_station));
        let share = |gain: f64| gain * odds / (1.0 + gain * odds);
        orders.map(|(most, gain)| most * share(gain)).into_iter().sum()
    }

    /// Fall of the retail cost of living against having no online way, in logarithm. Farm inputs are no part
    /// of living: what they save is income of the farm.
    ///
    /// The online share of each kind of goods follows from that of consumer goods and the kind's attraction;
    /// that of durables also from how much more attractive installation makes them at the station.
    /// `log_odds` are a household's own over its class's.
    pub fn saving(&self, p: &HouseholdParameters, installed: f64, log_odds: f64) -> f64 {
        let odds = self.odds(log_odds);
        if odds <= 0.0 {
            return 0.0;
        }
        let fall = |gain: f64| math::ln(1.0 + gain * odds) / (p.elasticity - 1.0);
        let durables = (p.durables_share / (1.0 - p.farm_inputs_share).max(TINY)).min(1.0);
        let gain = p.durables_online * installed_at_station(installed, f64::from(self.by_station));
        (1.0 - durables) * fall(1.0) + durables * fall(gain)
    }
}

/// What a village's households spend, and what of durables is installed.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Spends {
    /// Yearly retail spending for one unit of a household's weight \[yuan\].
    pub spending: f32,
    /// Attraction of durables at the station over that without installation.
    pub installed: f32,
}

impl Spends {
    /// Where a village offers this.
    pub fn of(offer: &Offer) -> Spends {
        let service = offer.station.map_or(Service::NONE, |station| station.service);
        Spends { spending: offer.spending as f32, installed: service.durables as f32 }
    }

    /// For each kind of goods, the orders of a unit of weight were all bought online \[orders/year\], and its
    /// attraction online over that of consumer goods: consumer goods, durables, farm inputs.
    fn orders(&self, p: &HouseholdParameters, by_station: f64) -> [(f64, f64); 3] {
        let spending = f64::from(self.spending);
        let durables = p.durables_online * installed_at_station(f64::from(self.installed), by_station);
        let consumer_share = 1.0 - p.durables_share - p.farm_inputs_share;
        [
            (spending * consumer_share / p.basket_consumer, 1.0),
            (spending * p.durables_share / p.basket_durable, durables),
            (spending * p.farm_inputs_share / p.basket_farm, p.farm_inputs_online),
        ]
    }
}

/// Choices of every class, for buyers who depend on the station and for those who also use self-service.
pub type Choices = [[Choice; 2]; CLASSES];

/// Least price of a way over the town's: a price that services bring to nothing would attract without end.
const LEAST_PRICE: f64 = HUNDREDTH;

/// The class of a household.
pub const fn class(income_group: usize, age_group: usize) -> usize {
    income_group * AGE_GROUPS + age_group
}

/// Works out the choices of all classes in a village.
pub fn choices(parameters: &HouseholdParameters, offer: &Offer) -> Choices {
    let p = parameters;
    let power = |variety: f64, price: f64| attraction(variety, price, p.elasticity);
    let online = offer.online_price + p.delivery_fee / p.basket_consumer;
    let pickup = offer.reached.mean(0.0, p.pickup_trips * offer.to_town, offer.to_seat);
    let station = |hourly_wage: f64| {
        offer.station.map_or(OnlineWay::NONE, |StationOffer { skill, days, gain, service }| {
            let price = online
                + p.waiting_cost * days
                + p.station_hassle * (1.0 - skill)
                + service.price(p, hourly_wage);
            let price = price.max(LEAST_PRICE);
            OnlineWay { attraction: power(p.station_variety * offer.variety * (1.0 + gain), price), price }
        })
    };
    let spends = Spends::of(offer);
    let home = offer.station.map_or(0.0, |station| station.service.home);
    let like_all = station(offer.hourly_wage);
    let mut choices = Choices::default();
    let mut self_service = [OnlineWay::NONE; AGE_GROUPS];
    for (income, factor) in offer.group_incomes.into_iter().enumerate() {
        let hourly_wage = offer.hourly_wage * factor;
        let minute = minute_of_road(p, hourly_wage);
        let shops = Shops::of(p, offer.to_town, minute);
        let station = if home > 0.0 { station(hourly_wage) } else { like_all };
        let collect = 0.5 * minute * pickup / p.basket_consumer;
        let terms = GainTerms {
            offline: shops.income_gain(p, hourly_wage, offer.to_town),
            fetching: fetching_time(p, hourly_wage) / p.basket_consumer,
            pickup: 0.5 * time_on_road(p, hourly_wage) * pickup / p.basket_consumer,
            home,
        };
        let row = |ways: [OnlineWay; 2]| {
            let choice = choice(p, shops.all(), ways.map(|way| way.attraction), &spends);
            let gains = terms.gains(p, f64::from(choice.by_station), ways);
            Choice {
                skill_gain: gains.skill as f32,
                income_gain: gains.income as f32,
                way_gain: gains.way as f32,
                ..choice
            }
        };
        let without_phone = row([station, OnlineWay::NONE]);
        for (age, skill) in group_skill(p).into_iter().enumerate() {
            // Delivered to the village, age alone decides what it costs to order.
            if pickup > 0.0 || income == 0 {
                let price = online
                    + p.waiting_cost * offer.self_service_days
                    + p.self_service_hassle * (1.0 - skill)
                    + collect;
                let attraction = power(p.self_service_variety * offer.variety, price);
                self_service[age] = OnlineWay { attraction, price };
            }
            choices[class(income, age)] = [without_phone, row([station, self_service[age]])];
        }
    }
    choices
}

/// How much readier than in the township a village's households are to try another way of shopping, for want
/// of shops within reach; of the middle third of incomes, 1 or more.
pub fn need(p: &HouseholdParameters, offer: &Offer) -> f64 {
    let minute = minute_of_road(p, offer.hourly_wage * offer.group_incomes[INCOME_GROUPS / 2]);
    let fall = Shops::of(p, 0.0, minute).all() / Shops::of(p, offer.to_town, minute).all();
    math::pow(fall, p.trial_need)
}

/// Spending, orders and saving from the attractions of offline ways, station and smartphone.
fn choice(
    p: &HouseholdParameters,
    offline: f64,
    [station, self_service]: [f64; 2],
    spends: &Spends,
) -> Choice {
    let (online, by_station) = online_ways(p.online_likeness, station, self_service);
    if online <= 0.0 {
        return Choice::default();
    }
    let share = |gain: f64| gain * online / (offline + gain * online);
    let orders = spends.orders(p, by_station).map(|(most, gain)| most * share(gain));
    let [_, durable_orders, farm_orders] = orders;
    let orders: f64 = orders.into_iter().sum();
    Choice {
        orders: orders as f32,
        by_station: by_station as f32,
        durables: (durable_orders / orders) as f32,
        farm_inputs: (farm_orders / orders) as f32,
        online: share(1.0) as f32,
        ..Choice::default()
    }
}

/// The attraction of durables online over that without installation, where so much of it is bought at the
/// station.
fn installed_at_station(installed: f64, by_station: f64) -> f64 {
    1.0 + (installed - 1.0) * by_station
}

/// The attraction of both ways online together, and the station's part of what is bought in them.
///
/// They lead to the same platform and goods, so that the second adds less variety than another shop would: a
/// nest in the choice, of likeness `k` (the inner elasticity less 1 over the outer less 1), with attraction
/// `(station^k + self_service^k)^(1/k)`: their sum at 1, the better of the two in the limit.
fn online_ways(likeness: f64, station: f64, self_service: f64) -> (f64, f64) {
    let best = station.max(self_service);
    // One way alone is what it is, whatever the likeness.
    if likeness <= 1.0 || station <= 0.0 || self_service <= 0.0 {
        let online = station + self_service;
        return (online, station / online);
    }
    let [station, self_service] = [station, self_service].map(|way| math::pow(way / best, likeness));
    let both = station + self_service;
    (best * math::pow(both, 1.0 / likeness), station / both)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer() -> Offer {
        Offer {
            to_town: 30.0,
            to_seat: 70.0,
            station: Some(StationOffer { skill: 0.5, days: 4.0, gain: 0.0, service: Service::NONE }),
            reached: Reached::all(Delivery::Town),
            self_service_days: 5.0,
            variety: 1.0,
            online_price: 0.88,
            hourly_wage: 12.0,
            group_incomes: group_incomes(0.6),
            spending: 3_000.0,
        }
    }

    /// Against the means of the thirds of a sample laid out evenly over the distribution.
    #[test]
    fn thirds_of_incomes_are_those_of_the_spread() {
        for spread in [0.0, 0.3, 0.7, 1.2] {
            let thirds = group_incomes(spread);
            assert!((thirds.iter().sum::<f64>() / 3.0 - 1.0).abs() < 1e-9, "{spread}: the mean is kept");
            const DRAWN: u32 = 300_000;
            let income = |at: u32| {
                let z = math::normal_quantile((f64::from(at) + 0.5) / f64::from(DRAWN));
                math::exp(spread * z - spread * spread / 2.0)
            };
            for (group, third) in thirds.into_iter().enumerate() {
                let first = group as u32 * (DRAWN / 3);
                let mean = (first..first + DRAWN / 3).map(income).sum::<f64>() / f64::from(DRAWN / 3);
                assert!((third / mean - 1.0).abs() < 1e-3, "{spread}: {third} against {mean}");
            }
        }
        assert_eq!(group_incomes(0.0).map(|third| (third * 1e6).round()), [1e6; 3], "all alike");
    }

    /// The poor find a trip cheaper the poorer they are, so that a wider spread parts their choice of shops
    /// from that of the rich.
    #[test]
    fn a_wider_spread_of_incomes_parts_the_choices_of_poor_and_rich() {
        let p = HouseholdParameters::default();
        let gap = |spread: f64| {
            let offer = Offer { group_incomes: group_incomes(spread), ..offer() };
            let online = |income: usize| choices(&p, &offer)[class(income, 0)][1].online;
            online(INCOME_GROUPS - 1) - online(0)
        };
        assert_eq!(gap(0.0), 0.0);
        assert!(gap(0.4) > 0.0 && gap(0.8) > gap(0.4), "{} {}", gap(0.4), gap(0.8));
    }

    #[test]
    fn shares_follow_the_formula_in_a_case_worked_by_hand() {
        // Elasticity 2: attraction is variety / price. Offline 1/1 + 1/2, online 1/0.5: share 2 / 3.5.
        let p = HouseholdParameters {
            elasticity: 2.0,
            durables_share: 0.0,
            farm_inputs_share: 0.0,
            basket_consumer: 50.0,
            ..HouseholdParameters::default()
        };
        let spends = Spends { spending: 700.0, installed: 1.0 };
        let chosen = choice(&p, 1.5, [2.0, 0.0], &spends);
        assert!((f64::from(chosen.online) - 2.0 / 3.5).abs() < 1e-6);
        assert!((f64::from(chosen.orders) - 700.0 * 2.0 / 3.5 / 50.0).abs() < 1e-5);
        // The index of 1.5 before and 3.5 after: ln(3.5 / 1.5) / (2 - 1).
        assert!((chosen.saving(&p, 1.0, 0.0) - math::ln(3.5 / 1.5)).abs() < 1e-6);
        // Who likes it half as much again has an attraction of 3 online: a share of 3 / 4.5, an index of 4.5.
        let fond = math::ln(1.5);
        let orders = |log_odds: f64| chosen.own_orders(&p, &spends, log_odds);
        assert!((orders(fond) - 700.0 * 3.0 / 4.5 / 50.0).abs() < 1e-4);
        assert!((orders(0.0) - f64::from(chosen.orders)).abs() < 1e-4, "the twin has its class's taste");
        assert!((chosen.saving(&p, 1.0, fond) - math::ln(4.5 / 1.5)).abs() < 1e-5);
    }

    #[test]
    fn alike_ways_add_less_and_the_better_takes_more() {
        let (sum, part) = online_ways(1.0, 1.0, 3.0);
        assert_eq!((sum, part), (4.0, 0.25));
        // Likeness 2: the square root of 1 + 9, and 1 part in 10.
        let (alike, part) = online_ways(2.0, 1.0, 3.0);
        assert!((alike - 10.0_f64.sqrt()).abs() < 1e-12 && (part - 0.1).abs() < 1e-12);
        let (nearly_one, _) = online_ways(50.0, 1.0, 3.0);
        assert!((nearly_one - 3.0).abs() < 1e-6);
        // One way alone is what it is at any likeness.
        for likeness in [1.0, 2.0, 50.0] {
            assert_eq!(online_ways(likeness, 2.0, 0.0), (2.0, 1.0));
        }
        assert_eq!(online_ways(4.0, 0.0, 0.0).0, 0.0);
    }

    #[test]
    fn better_access_never_lowers_online_shares() {
        let p = HouseholdParameters::default();
        let base = choices(&p, &offer());
        let with = |skill, days| Some(StationOffer { skill, days, gain: 0.0, service: Service::NONE });
        let skilled = choices(&p, &Offer { station: with(0.9, 4.0), ..offer() });
        let faster = choices(&p, &Offer { station: with(0.5, 2.0), ..offer() });
        let delivered = choices(&p, &Offer { reached: Reached::all(Delivery::Village), ..offer() });
        for class in 0..CLASSES {
            assert!(skilled[class][0].online > base[class][0].online);
            assert!(faster[class][0].online > base[class][0].online);
            assert!(delivered[class][1].online > base[class][1].online);
            assert!(base[class][1].online > base[class][0].online);
        }
    }

    /// Gains against small differences of the whole choice: skill of the old, and income of the middle third.
    #[test]
    fn gains_in_odds_are_those_of_the_choice() {
        let p = HouseholdParameters::default();
        let odds = |choice: Choice| f64::from(choice.online) / (1.0 - f64::from(choice.online));
        let reached = Reached { village: 0.3, town: 0.5 };
        let service = Service { home: 0.4, ..Service::NONE };
        let station = Some(StationOffer { skill: 0.5, days: 4.0, gain: 0.0, service });
        let offer = Offer { reached, station, ..offer() };
        let base = choices(&p, &offer)[class(1, 2)];
        let skilled = HouseholdParameters { skill_old: p.skill_old + 0.01, ..p.clone() };
        let mut richer = offer;
        richer.group_incomes[1] *= 1.01;
        for column in [0, 1] {
            let gained = |p: &HouseholdParameters, offer: &Offer| {
                math::ln(odds(choices(p, offer)[class(1, 2)][column]) / odds(base[column]))
            };
            let (skill, income) = (gained(&skilled, &offer) / 0.01, gained(&p, &richer) / math::ln(1.01));
            let told = |gain: f32| f64::from(gain);
            assert!((skill - told(base[column].skill_gain)).abs() < 0.02, "{column}: {skill}");
            assert!((income - told(base[column].income_gain)).abs() < 0.02, "{column}: {income}");
        }
        assert!(base[1].skill_gain > 0.1 && base[0].skill_gain == 0.0, "skill is for the smartphone alone");
        assert!(base[0].way_gain < 0.0, "the farther the station, the less is ordered there");
    }

    #[test]
    fn remoter_and_richer_households_buy_more_online() {
        let p = HouseholdParameters::default();
        let near = choices(&p, &Offer { to_town: 5.0, ..offer() });
        let far = choices(&p, &Offer { to_town: 60.0, ..offer() });
        let (poor, rich) = (class(0, 1), class(2, 1));
        assert!(far[poor][0].online > near[poor][0].online);
        assert!(far[rich][0].online > far[poor][0].online);
    }

    #[test]
    fn need_grows_with_the_road_to_town_as_worked_by_hand() {
        // Elasticity 2, shop and town of variety 1, fare alone: shop 1 / (1 + 0.6), town 1 / (1 + 2 x 1 x 60
        // / 100); in the township 1 + 1.
        let p = HouseholdParameters {
            elasticity: 2.0,
            town_variety: 1.0,
            shop_markup: 0.0,
            shop_markup_per_hour: 0.6,
            travel_time_value: 0.0,
            travel_fare: 1.0,
            trip_basket: 100.0,
            trial_need: 3.0,
            ..HouseholdParameters::default()
        };
        let at = |to_town| need(&p, &Offer { to_town, ..offer() });
        let shops = 1.0 / 1.6 + 1.0 / 2.2;
        assert!((at(60.0) - math::pow(2.0 / shops, 3.0)).abs() < 1e-9);
        assert!((at(0.0) - 1.0).abs() < 1e-12);
        assert!(at(30.0) < at(60.0));
    }

    #[test]
    fn ten_times_all_prices_and_incomes_leave_the_quantities() {
        let p = HouseholdParameters::default();
        let tenfold = HouseholdParameters {
            basket_consumer: 10.0 * p.basket_consumer,
            basket_durable: 10.0 * p.basket_durable,
            basket_farm: 10.0 * p.basket_farm,
            delivery_fee: 10.0 * p.delivery_fee,
            trip_basket: 10.0 * p.trip_basket,
            travel_fare: 10.0 * p.travel_fare,
            ..p.clone()
        };
        let rich = Offer { hourly_wage: 120.0, spending: 30_000.0, ..offer() };
        let (one, ten) = (choices(&p, &offer()), choices(&tenfold, &rich));
        for (a, b) in one.iter().flatten().zip(ten.iter().flatten()) {
            assert!((a.orders - b.orders).abs() < 1e-4 * a.orders.max(1e-6));
        }
    }
}
