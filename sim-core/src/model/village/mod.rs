//! A village as it changes, and what happens in it; one file for each noun.
//!
//! What happens between villages (transport, markets, the programme's centre, government) is the county's
//! (`model/county`), which hands a village what it needs of that.

mod adoption;
mod deliveries;
mod experience;
mod farm_trade;
mod living;
mod orders;
mod pace;
mod produce_gains;
mod row;
mod sellers;
mod shop_entry;
mod shop_month;
mod spending;
mod station;
mod station_pay;
mod synthesis;
mod takings;
mod time_use;
mod traffic;
mod village_shops;
mod work;

pub(super) use deliveries::{is_late, way_back};
pub(super) use farm_trade::{Produce, offline_price};
pub use living::Living;
pub(super) use living::{LivingTerms, VillageIncomes, local_wage};
pub(super) use orders::PlacedOrder;
pub use pace::Traffic;
pub use produce_gains::ProduceGains;
pub use sellers::Sellers;
pub(super) use shop_entry::{EntryConditions, Imitated, ImitationPull, ShopEntry};
pub(super) use shop_month::{RECORDED, ShopConditions};
pub(super) use spending::spending_per_weight;
pub(super) use station::{Recruiting, own_outlay};
pub use takings::Takings;
pub use time_use::TimeUse;
pub(super) use traffic::rounds_behind;
pub(super) use work::Hands;

use super::setting::Setting;
use crate::agents::buyers::{Buyer, Buyers};
use crate::agents::clock::Clock;
use crate::agents::courier::{Arrivals, Rounds};
use crate::agents::household::learners::Learners;
use crate::agents::household::traits::Traits;
use crate::agents::household::{Buying, Hazards, Household};
use crate::agents::partner::Station;
use crate::agents::shop::Shop;
use crate::base::{Month, Owner, Time, VillageIndex};
use crate::event::Parcel;
use crate::market::choice::{Choice, Choices, Delivery, Spends};
use crate::params::HouseholdParameters;
use serde::{Deserialize, Serialize};

/// A village as it changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Village {
    /// The owner of its random streams.
    pub owner: Owner,
    /// Which of its county's.
    pub index: VillageIndex,
    /// Household records before its own in the county: parcels and followed households name records of the
    /// county.
    pub first: u32,
    /// Household records.
    pub residents: Box<[Household]>,
    /// Households they stand for.
    pub households: u16,
    /// Road to the township now \[minutes\].
    pub to_town: u16,
    /// Road to the county seat now \[minutes\].
    pub to_seat: u16,
    /// When broadband comes, policy included.
    pub broadband: Month,
    /// The nearest place to which commercial couriers bring parcels.
    pub delivery: Delivery,
    /// Where parcels of self-service orders end, and how long they take.
    pub arrivals: Arrivals,
    /// How often couriers visit it.
    pub rounds: Rounds,
    /// What couriers pay its shops for keeping parcels \[yuan/month\].
    pub drop_fees: f64,
    /// Whether its road was upgraded.
    pub upgraded: bool,
    /// Whether what its households choose must be worked out again.
    pub stale: bool,
    /// Records in each buying state.
    pub counts: [u16; 5],
    /// Of them, those that buy and need the station for it.
    pub dependents: [u16; 5],
    /// The weighted sampler of buyers.
    pub buyers: Buyers,
    /// What sets each household record apart from its class.
    pub traits: Box<[Traits]>,
    /// What classes choose.
    pub choices: Choices,
    /// What its households spend.
    pub spends: Spends,
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
    /// Next adoption step.
    pub adoption_clock: Clock,
    /// Next entry of a shop.
    pub entry_clock: Clock,
    /// Smoothed time from order to collection of self-service orders \[days\].
    pub self_service_days: f32,
    /// Delivery times on which the present choices rest \[days\]: station, self-service.
    pub days_chosen: [f32; 2],
    /// Parcels of self-service orders in the month so far.
    pub self_service_parcels: u32,
    /// What its households ordered in the month, as decisions at its end see it.
    pub traffic: Traffic,
    /// Parcels of self-service orders last month.
    pub self_service_last: u32,
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
    /// What keepers of its shops with a counter earned last month, all together \[yuan\].
    pub keepers_income: f64,
    /// Shops with a counter; 0 until they are counted for the first time.
    pub counters: u16,
    /// What is usually spent in them, all together \[yuan/month\].
    pub counter_sales: f32,
    /// What farm inputs bought online saved its households last month \[yuan\].
    pub input_saving: f64,
    /// What produce sold online brings its farms, if they ever sold any.
    pub produce_gains: Option<Box<ProduceGains>>,
    /// How their working time is divided.
    pub work: TimeUse,
    /// What its households take home from businesses of their own.
    pub takings: Takings,
    /// Its sellers, once there was a shop.
    pub sellers: Option<Box<Sellers>>,
}

/// Household records in a line of cache, about.
pub(super) const RECORDS_OF_A_LINE: usize = 4;

/// Reads every line of cache that the events of these villages, and of their households, will need; the
/// number means nothing.
pub(super) fn read_through(villages: &[Village], households: bool) -> u32 {
    let states: u32 = villages.iter().fold(0, |sum, village| sum ^ village.touched());
    if !households {
        return states;
    }
    let lines = villages.iter().flat_map(|village| village.residents.iter().step_by(RECORDS_OF_A_LINE));
    lines.fold(states, |sum, household| sum ^ u32::from(household.members))
}

impl Village {
    /// How many household records it has.
    #[inline]
    pub fn records(&self) -> u16 {
        self.residents.len() as u16
    }

    /// The source of its events in their keys: 0 is the county.
    #[inline]
    pub(super) fn source(&self) -> u32 {
        u32::from(self.index.0) + 1
    }

    /// Derives anew what follows from parameters, which may have changed since a checkpoint was written.
    pub(super) fn derive(&mut self, setting: &Setting) {
        self.learners = self.learners.again(&self.residents, &setting.weights);
        self.forget_time();
    }

    /// Households that a record stands for.
    pub fn weight(&self) -> f64 {
        f64::from(self.households) / f64::from(self.records().max(1))
    }

    /// Households that so many records stand for, to the nearest whole one.
    pub fn scaled(&self, records: u32) -> i64 {
        let records = i64::from(records);
        let all = i64::from(self.records().max(1));
        (records * i64::from(self.households) + all / 2) / all
    }

    /// Works out the rates of orders anew, after buyers or choices have changed.
    pub(crate) fn update_rates(&mut self) {
        self.order_rate = self.buyers.rate() * self.weight();
    }

    /// Logarithm of a household's odds of buying online over its class's.
    pub(crate) fn log_odds(&self, p: &HouseholdParameters, record: u16) -> f64 {
        let household = &self.residents[usize::from(record)];
        self.traits[usize::from(record)].log_odds(p, household, self.choice_of(household))
    }

    /// What a household's class chooses, by whether it uses self-service.
    #[inline]
    pub(crate) fn choice_of(&self, household: &Household) -> &Choice {
        &self.choices[usize::from(household.class)][usize::from(household.self_service)]
    }

    /// Orders of a household for a unit of its weight, as it chooses now \[orders/year\].
    fn own_orders(&self, p: &HouseholdParameters, record: u16) -> f64 {
        let choice = self.choice_of(&self.residents[usize::from(record)]);
        choice.own_orders(p, &self.spends, self.log_odds(p, record))
    }

    /// Works out anew how much each buyer orders, after choices have changed.
    pub(crate) fn renew_rates(&mut self, p: &HouseholdParameters) {
        let buyers: Vec<Buyer> = (0..)
            .zip(&self.residents)
            .filter(|(_, household)| household.buying.buys())
            .map(|(record, household)| Buyer {
                household: record,
                count: household.sampling_weight(p),
                slot: household.slot(),
                rate: self.own_orders(p, record),
            })
            .collect();
        self.buyers.set_rates(&buyers);
        self.update_rates();
    }

    /// Puts a household that begins to buy, or buys another way from now on, into the sampler.
    pub(crate) fn insert_buyer(&mut self, p: &HouseholdParameters, record: u16) {
        let household = &self.residents[usize::from(record)];
        let (weight, slot) = (household.sampling_weight(p), household.slot());
        let is_set = weight == 0 || self.buyers.set_rate(record, self.own_orders(p, record));
        self.buyers.insert(record, weight, slot);
        if is_set { self.update_rates() } else { self.renew_rates(p) }
    }

    /// Steps that all its records take \[steps/year\].
    pub(crate) fn learning_rate(&self) -> f64 {
        self.learners.rate(&self.hazards)
    }

    /// Share of households in a state.
    pub fn share(&self, state: Buying) -> f64 {
        f64::from(self.counts[state.at()]) / f64::from(self.records().max(1))
    }

    /// Records in a state that are cut off: they need the station to order, and it is not open.
    pub fn cut_off(&self, state: Buying) -> u16 {
        if self.open_station().is_some() { 0 } else { self.dependents[state.at()] }
    }

    /// Records that buy regularly, and can.
    pub fn regular(&self) -> u16 {
        self.counts[Buying::Regular.at()] - self.cut_off(Buying::Regular)
    }

    /// Share of households that buy regularly, and can.
    pub fn regular_share(&self) -> f64 {
        f64::from(self.regular()) / f64::from(self.records().max(1))
    }

    /// The open station, if there is one.
    pub fn open_station(&self) -> Option<&Station> {
        self.station.as_deref().filter(|station| station.is_open())
    }

    /// The shops that are open, in order of opening.
    pub fn shops(&self) -> &[Shop] {
        self.sellers.as_deref().map_or(&[], |sellers| &sellers.shops)
    }

    /// Whether the programme's trucks bring all parcels to the station, also those that were ordered by
    /// self-service: couriers hand theirs over where the programme asks for no more than they are paid
    /// for a parcel in the village.
    pub(super) fn has_open_last_mile(&self, setting: &Setting) -> bool {
        let p = &setting.of_village(self.index).parameters;
        let worth_it = p.programme.last_mile_fee <= p.logistics.courier_fee;
        p.programme.open_last_mile && worth_it && self.open_station().is_some()
    }

    /// How many shops are open.
    pub fn shop_count(&self) -> u32 {
        self.shops().len() as u32
    }

    /// The shops of a household record.
    pub fn shops_of(&self, record: u16) -> impl Iterator<Item = &Shop> {
        self.shops().iter().filter(move |shop| shop.owner == record)
    }

    /// Reads every line of cache that the village's events will need; the number means nothing.
    fn touched(&self) -> u32 {
        let choices: f32 = self.choices.iter().map(|pair| pair[0].orders).sum();
        let station = self.station.as_deref().map_or(0, |station| station.orders ^ station.lean_months);
        let clocks = self.order_clock.draws ^ self.adoption_clock.draws ^ self.entry_clock.draws;
        let entry =
            u32::from(self.buyers.pick(0).unwrap_or(0)) ^ u32::from(self.buyers.pick(u32::MAX).unwrap_or(0));
        (choices as u32)
            ^ station
            ^ clocks
            ^ entry
            ^ self.self_service_last
            ^ self.members
            ^ (self.waiting.len() as u32)
            ^ (self.hazards.lapse as u32)
    }

    /// Memory held \[bytes\].
    pub fn bytes(&self) -> usize {
        size_of::<Village>()
            + size_of_val::<[Household]>(&self.residents)
            + size_of_val::<[Traits]>(&self.traits)
            + self.buyers.bytes()
            + self.takings.bytes()
            + self.produce_gains.as_ref().map_or(0, |_| size_of::<ProduceGains>())
            + self.waiting.capacity() * size_of::<(Time, Parcel)>()
            + self.station.as_ref().map_or(0, |_| size_of::<Station>())
            + self.sellers.as_ref().map_or(0, |_| size_of::<Sellers>())
            + self.sellers.as_ref().map_or(0, |sellers| sellers.shops.capacity() * size_of::<Shop>())
    }
}
