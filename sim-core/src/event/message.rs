//! What counties and the nation tell each other at window ends.

use super::parcel::PlatformName;
use crate::base::{Money, Product};
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
    /// Nation to county: what the national markets do.
    Market(Box<MarketNews>),
    /// Nation to county: you are a demonstration county, with this grant.
    Demonstration(Money),
}

/// A county's month, for the nation's decisions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CountyReport {
    /// Attraction of the county's shops by trade \[thousandths\].
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
    /// Buyers by platform \[households\].
    pub buyers: [i64; PlatformName::ALL.len()],
}

/// What the national markets do, told to every county once a month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MarketNews {
    /// What a unit of attraction sells \[yuan/month\], by trade.
    pub unit_sales: [f64; Product::COUNT],
    /// Pull of each platform on new buyers, the incumbent's being 1.
    pub pull: [f64; PlatformName::ALL.len()],
    /// Share of the country's rural buyers that each platform holds.
    pub buyers: [f64; PlatformName::ALL.len()],
}
