//! Ways of shopping: what each costs and how much it attracts, and what that is to households who are not as
//! the mean of their class.

use crate::base::factor::MINUTES_IN_HOUR;
use crate::base::math;
use crate::params::HouseholdParameters;

/// The attraction of a way: variety times price to the power 1 - sigma.
pub fn attraction(variety: f64, price: f64, elasticity: f64) -> f64 {
    variety * math::pow(price, 1.0 - elasticity)
}

/// What the time of a trip costs by the minute of road one way, both ways counted, at this hourly wage
/// \[yuan/minute\].
pub(super) fn time_on_road(p: &HouseholdParameters, hourly_wage: f64) -> f64 {
    2.0 * hourly_wage / MINUTES_IN_HOUR * p.travel_time_value
}

/// What the time to fetch a parcel from the village's station is worth, at this hourly wage \[yuan\].
pub(super) fn fetching_time(p: &HouseholdParameters, hourly_wage: f64) -> f64 {
    hourly_wage * p.travel_time_value * p.collection_minutes / MINUTES_IN_HOUR
}

/// What a trip costs by the minute of road one way, both ways counted, at this hourly wage \[yuan/minute\].
pub(super) fn minute_of_road(p: &HouseholdParameters, hourly_wage: f64) -> f64 {
    time_on_road(p, hourly_wage) + 2.0 * p.travel_fare
}

/// What a trip there and back costs, time and fare, so many minutes of road one way \[yuan\].
pub(crate) fn trip_cost(p: &HouseholdParameters, hourly_wage: f64, minutes: f64) -> f64 {
    minute_of_road(p, hourly_wage) * minutes
}

/// The attractions of village shop and township.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shops {
    village: f64,
    town: f64,
    /// Price of the township over that of living there.
    town_price: f64,
}

impl Shops {
    /// So many minutes from the township, at what a trip costs by the minute.
    pub fn of(p: &HouseholdParameters, to_town: f64, minute: f64) -> Shops {
        let village = 1.0 + p.shop_markup + p.shop_markup_per_hour * to_town / MINUTES_IN_HOUR;
        let town_price = 1.0 + minute * to_town / p.trip_basket;
        Shops {
            village: attraction(1.0, village, p.elasticity),
            town: attraction(p.town_variety, town_price, p.elasticity),
            town_price,
        }
    }

    /// Of both together.
    pub fn all(&self) -> f64 {
        self.village + self.town
    }

    /// How fast it falls with the logarithm of income, in logarithm: trips cost the rich more.
    pub fn income_gain(&self, p: &HouseholdParameters, hourly_wage: f64, to_town: f64) -> f64 {
        let time = time_on_road(p, hourly_wage) * to_town / p.trip_basket;
        (p.elasticity - 1.0) * self.town / self.all() * time / self.town_price
    }
}

/// A way of buying online.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnlineWay {
    /// Variety times price to the power 1 less the elasticity.
    pub attraction: f64,
    /// Over the town's.
    pub price: f64,
}

impl OnlineWay {
    /// None there.
    pub const NONE: OnlineWay = OnlineWay { attraction: 0.0, price: 1.0 };
}

/// What gains in odds rest on, in a third of incomes.
#[derive(Clone, Copy, Debug)]
pub(super) struct GainTerms {
    /// Fall of the attraction of shops for the logarithm of income.
    pub offline: f64,
    /// What the time to fetch a parcel from the station is worth, over the price of a parcel.
    pub fetching: f64,
    /// What the time is worth to fetch one from the township or the seat, likewise.
    pub pickup: f64,
    /// Share of parcels that are brought home from the station.
    pub home: f64,
}

/// OddsGains in odds of buying online, in logarithm.
#[derive(Clone, Copy, Debug)]
pub(super) struct OddsGains {
    /// For skill with a smartphone beyond the class's.
    pub skill: f64,
    /// For the logarithm of income over the class's.
    pub income: f64,
    /// For the way to the station over the village's mean, less 1.
    pub way: f64,
}

impl GainTerms {
    /// To the first order: a price counts with elasticity less 1, and a way of buying online with its part of
    /// what is bought online.
    pub fn gains(
        &self,
        p: &HouseholdParameters,
        by_station: f64,
        [station, self_service]: [OnlineWay; 2],
    ) -> OddsGains {
        let counts = [by_station, 1.0 - by_station].map(|part| (p.elasticity - 1.0) * part);
        let fetched = counts[0] * self.fetching / station.price;
        let collected = counts[1] * self.pickup / self_service.price;
        OddsGains {
            skill: counts[1] * p.self_service_hassle / self_service.price,
            income: self.offline + self.home * fetched - collected,
            way: -(1.0 - self.home) * fetched,
        }
    }
}
