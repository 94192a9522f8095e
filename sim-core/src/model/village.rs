//! The changing state of a village.

use crate::agents::buyers::Buyers;
use crate::agents::clock::Clock;
use crate::agents::household::learners::Learners;
use crate::agents::household::{Hazards, Household};
use crate::agents::partner::Station;
use crate::base::{Month, Owner, Product, Time};
use crate::event::Parcel;
use crate::market::choice::{Choices, Delivery};
use serde::{Deserialize, Serialize};

/// A village as it changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Village {
    /// Whose luck its draws are.
    pub owner: Owner,
    /// Its first household record, within the county.
    pub first: u32,
    /// Household records.
    pub records: u16,
    /// Households they stand for.
    pub households: u16,
    /// Road to the township now \[minutes\].
    pub to_town: u16,
    /// Road to the county seat now \[minutes\].
    pub to_seat: u16,
    /// When broadband comes, policy included.
    pub broadband: Month,
    /// How parcels ordered alone arrive.
    pub delivery: Delivery,
    /// Whether its road was upgraded.
    pub upgraded: bool,
    /// Whether what its households choose must be worked out again.
    pub stale: bool,
    /// Records in each buying state.
    pub counts: [u16; 5],
    /// The urn of buyers.
    pub buyers: Buyers,
    /// What classes choose.
    pub choices: Choices,
    /// The highest order rate among choices of classes that buy.
    pub top_rate: f32,
    /// Orders of all its households \[orders/year\], season aside. Follows buyers and choices.
    pub order_rate: f64,
    /// How much readier to try want of shops within reach makes its households.
    pub need: f32,
    /// What drives learning.
    pub hazards: Hazards,
    /// Who may learn.
    pub learners: Learners,
    /// Next order.
    pub order_clock: Clock,
    /// Next lesson.
    pub learn_clock: Clock,
    /// Next founding of a shop.
    pub found_clock: Clock,
    /// Smoothed time from order to collection, ordered alone \[days\].
    pub alone_days: f32,
    /// Delivery times on which the present choices rest \[days\]: station, alone.
    pub days_chosen: [f32; 2],
    /// Parcels ordered alone in the month so far.
    pub alone_parcels: u32,
    /// Parcels ordered alone last month.
    pub alone_last: u32,
    /// Parcels sent by its shops last month.
    pub sent_last: u32,
    /// Sum over records of income ratio times members.
    pub income_base: f64,
    /// Sum over records of members.
    pub members: u32,
    /// Workers away, of all records.
    pub migrants: u32,
    /// Workers returned, of all records.
    pub returned: u32,
    /// Sorted parcels waiting for the truck, with the time from which they may travel.
    pub waiting: Vec<(Time, Parcel)>,
    /// The station, once a partner has accepted.
    pub station: Option<Box<Station>>,
    /// Its sellers, once there was a shop.
    pub sellers: Option<Box<Sellers>>,
}

/// Reads every line of cache that the events of these villages and their households will need; the number
/// means nothing.
pub fn read_through(villages: &[Village], households: &[Household]) -> u32 {
    let states: u32 = villages.iter().fold(0, |sum, village| sum ^ village.touched());
    // One record in four: a line of cache.
    let lines = households.iter().step_by(4);
    lines.fold(states, |sum, household| sum ^ u32::from(household.members))
}

/// What the shops of a village amount to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sellers {
    /// Shops by trade.
    pub trades: [u16; Product::COUNT],
    /// Strength of example by trade.
    pub examples: [f32; Product::COUNT],
    /// Shops.
    pub shops: u32,
    /// Shops ever founded.
    pub founded: u16,
    /// Hired workers.
    pub workers: u32,
    /// Owners, family and hired workers.
    pub jobs: u32,
    /// Sales of the last twelve months, a slot a calendar month \[fen\].
    pub sales: [i64; 12],
    /// Sales of home shops last month that a partner may have helped \[fen\].
    pub home_sales: i64,
    /// Profits and wages of last month \[fen\].
    pub income: i64,
    /// Whether it meets the rule of a Taobao village.
    pub taobao: bool,
    /// Whether it ever had ten shops, and a workshop.
    pub milestones: [bool; 2],
}

impl Sellers {
    /// Sales of the last twelve months \[fen\].
    pub fn yearly_sales(&self) -> i64 {
        self.sales.iter().sum()
    }

    /// The trade with most shops.
    pub fn main_trade(&self) -> Product {
        let mut best = Product::ALL[0];
        for product in Product::ALL {
            if self.trades[product.at()] > self.trades[best.at()] {
                best = product;
            }
        }
        best
    }
}

impl Village {
    /// Households that a record stands for.
    pub fn weight(&self) -> f64 {
        f64::from(self.households) / f64::from(self.records.max(1))
    }

    /// Parcels that a bundle brings to each household of a record, at least one. A village of few records has
    /// bundles larger than its records, and without this its households would learn too slowly from parcels.
    pub fn parcels_each(&self, bundle: u32) -> u8 {
        let each = bundle * u32::from(self.records) / u32::from(self.households.max(1));
        each.clamp(1, 255) as u8
    }

    /// Households that so many records stand for, to the nearest whole one.
    pub fn scaled(&self, records: u32) -> i64 {
        let records = i64::from(records);
        let all = i64::from(self.records.max(1));
        (records * i64::from(self.households) + all / 2) / all
    }

    /// Works out the rates of orders anew, after buyers or choices have changed.
    pub fn update_rates(&mut self) {
        let (sum, top) = self.buyers.rates(&self.choices);
        self.order_rate = sum * self.weight();
        self.top_rate = top;
    }

    /// Steps that all its records take \[steps/year\].
    pub fn learning_rate(&self) -> f64 {
        self.learners.rate(&self.hazards)
    }

    /// Share of households in a state.
    pub fn share(&self, state: usize) -> f64 {
        f64::from(self.counts[state]) / f64::from(self.records.max(1))
    }

    /// The open station, if there is one.
    pub fn open_station(&self) -> Option<&Station> {
        self.station.as_deref().filter(|station| station.is_open())
    }

    /// Shops in the village.
    pub fn shops(&self) -> u32 {
        self.sellers.as_ref().map_or(0, |sellers| sellers.shops)
    }

    /// Reads every line of cache that the village's events will need; the number means nothing.
    fn touched(&self) -> u32 {
        let choices: f32 = self.choices.iter().map(|pair| pair[0].orders).sum();
        let station = self.station.as_deref().map_or(0, |station| station.orders ^ station.lean_months);
        let clocks = self.order_clock.luck ^ self.learn_clock.luck ^ self.found_clock.luck;
        let ticket =
            u32::from(self.buyers.pick(0).unwrap_or(0)) ^ u32::from(self.buyers.pick(u32::MAX).unwrap_or(0));
        (choices as u32)
            ^ station
            ^ clocks
            ^ ticket
            ^ self.alone_last
            ^ self.members
            ^ (self.waiting.len() as u32)
            ^ (self.hazards.lapse as u32)
    }

    /// Memory held \[bytes\].
    pub fn bytes(&self) -> usize {
        size_of::<Village>()
            + self.buyers.bytes()
            + self.waiting.capacity() * size_of::<(Time, Parcel)>()
            + self.station.as_ref().map_or(0, |_| size_of::<Station>())
            + self.sellers.as_ref().map_or(0, |_| size_of::<Sellers>())
    }
}
