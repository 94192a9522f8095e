//! What counties and the nation tell each other at window ends.

use super::observation::Distribution;
use super::parcel::PlatformName;
use crate::base::{Money, Month, Product, Time};
use serde::{Deserialize, Serialize};

/// A message between a county and the nation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Message {
    /// County to nation: the month's figures.
    Report(Box<CountyReport>),
    /// County to nation: the centre has opened; its team is free.
    CentreOpened,
    /// Nation to county: set up a county centre and screen villages.
    OpenCentre,
    /// Nation to county: hold further batches, or go on.
    Pause(bool),
    /// Nation to county: whether there is money for more trucks and sorting places than were planned.
    Funded(bool),
    /// Nation to county: what the national markets do.
    Market(Box<MarketNews>),
    /// Nation to county: you are a demonstration county, with this grant.
    Demonstration(Money),
    /// Nation to county: the rules of the scenario that set levers here from now on: since when, and which (a
    /// subscript). They replace those told earlier.
    Levers(Vec<(Time, u16)>),
}

/// A county's month, for the nation's decisions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CountyReport {
    /// Attraction of the county's shops by trade \[thousandths\].
    #[serde(deserialize_with = "crate::base::bounded::amounts")]
    pub attraction: [i64; Product::COUNT],
    /// The programme's running cost in the month: centre, base pay, parcels, training, promotion.
    pub running_cost: Money,
    /// The programme's investment in the month: centre, stations, grants.
    pub investment: Money,
    /// Value of orders through stations.
    pub station_value: Money,
    /// Stations open.
    pub stations: u32,
    /// Stations that left the market in the month.
    pub closed: u32,
    /// Value of all orders on the programme's platform, through stations or by self-service.
    pub platform_value: Money,
    /// Buyers by platform \[households\].
    #[serde(deserialize_with = "crate::base::bounded::amounts")]
    pub buyers: [i64; PlatformName::ALL.len()],
    /// The whole month, if a rule of the scenario asks for it.
    pub figures: Option<Box<MonthFigures>>,
}

/// A county's closed month, as rules look at it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthFigures {
    /// Which month.
    pub month: Month,
    /// Days of it that were simulated.
    pub days: u32,
    /// The measures, in order of [`Measure::ALL`](super::Measure::ALL).
    #[serde(deserialize_with = "super::stored::measures")]
    pub values: Vec<i64>,
    /// The distributions that have news.
    pub counted: Vec<(Distribution, HistogramCounts)>,
}

/// A histogram without its scale, which its distribution says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistogramCounts {
    /// Values by bucket.
    pub counts: Vec<u64>,
    /// Their sum \[unit / 2^20\].
    pub sum: i128,
    /// Least and greatest.
    pub extremes: (f64, f64),
}

/// What the national markets do, told to every county once a month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MarketNews {
    /// What a unit of attraction sells \[yuan/month\], by trade.
    pub unit_sales: [f64; Product::COUNT],
    /// Pull of each platform on new buyers, the incumbent's being 1.
    pub pull: [f64; PlatformName::ALL.len()],
    /// What merchants have learnt of rural demand, of all there is to learn \[0 to 1\].
    pub insight: f64,
    /// Share of the country's rural buyers that each platform holds.
    pub buyers: [f64; PlatformName::ALL.len()],
}
