//! Making a village and its households at the start.

use super::{Takings, TimeUse, Village};
use crate::agents::buyers::Buyers;
use crate::agents::clock::Clock;
use crate::agents::courier::{Arrivals, Rounds};
use crate::agents::household::learners::Learners;
use crate::agents::household::traits::Traits;
use crate::agents::household::{Background, Hazards, Household, income_at, income_group};
use crate::base::random_stream::block;
use crate::base::{Owner, Purpose, RandomStream, VillageIndex};
use crate::market::choice::{self, Choices, Delivery, Spends};
use crate::model::earlier_buyers::{EarlierBuyers, EarlierPlace};
use crate::model::setting::Setting;
use crate::params::IncomeParameters;
use crate::world;

impl Village {
    /// A village and its households at the run's start. `index` is its place among its county's villages,
    /// `first` the number of household records before it.
    pub(in crate::model) fn settle(
        setting: &Setting,
        county: &world::County,
        index: VillageIndex,
        first: u32,
        earlier: &EarlierBuyers,
    ) -> Village {
        let place = &county.villages[index.at()];
        let p = &setting.parameters.household;
        let background = background(setting, county, place);
        let mut village = empty_village(setting, county, index, first);
        let n = u32::from(Setting::records(place.households, setting.sample));
        let mut residents = Vec::with_capacity(n as usize);
        let mut traits = Vec::with_capacity(n as usize);
        village.buyers = Buyers::among(n as usize);
        let need = choice::need(p, &village.offer(setting, setting.start, 0.0));
        let before = EarlierPlace { need, ..EarlierPlace::of(&setting.parameters.logistics, place) };
        village.arrive(earlier.arrivals(&setting.parameters.logistics, before, setting.start));
        for i in 0..n {
            let mut stream =
                RandomStream::new(setting.world_seed, village.owner.household(i), Purpose::Household, 0);
            let rank = (f64::from(i) + stream.unit()) / f64::from(n);
            let mut household = Household::synthesise(p, &background, rank, &mut stream);
            earlier.apply(p, before, setting.start, &mut household, &mut stream);
            village.counts[household.buying.at()] += 1;
            village.income_base += household.income_ratio() * f64::from(household.members);
            village.members += u32::from(household.members);
            village.migrants += u32::from(household.migrants);
            if household.buying.buys() {
                village.buyers.insert(i as u16, household.sampling_weight(p), household.slot());
            }
            let words = block(setting.world_seed, village.owner.household(i), Purpose::Traits, 0);
            traits.push(Traits::draw(p, over_group(setting, rank), words));
            residents.push(household);
        }
        village.residents = residents.into_boxed_slice();
        village.traits = traits.into_boxed_slice();
        village
    }
}

/// Income of the household at this place in its village's order, over the mean of its third.
fn over_group(setting: &Setting, rank: f64) -> f64 {
    let income = income_at(setting.parameters.income.household_spread, rank);
    income / setting.group_incomes[income_group(rank)]
}

fn background(setting: &Setting, place: &world::County, village: &world::Village) -> Background {
    let income = &setting.parameters.income;
    let p = &setting.parameters.household;
    let hardship = (place.hardship * p.phone_lag_hardship).clamp(-p.phone_lead_most, p.phone_lag_most);
    let richer = (place.income_ratio - 1.0).clamp(p.phone_income_least, p.phone_income_most);
    Background {
        income_ratio: place.income_ratio * f64::from(village.income_ratio),
        income_spread: income.household_spread,
        size: mean_members(income, place),
        national_size: income.household_size,
        migrants: usual_migrants(income, place),
        phone_lead: p.phone_lead_income * richer - hardship,
    }
}

/// Workers that a household of a county usually has away.
fn usual_migrants(income: &IncomeParameters, place: &world::County) -> f64 {
    let relative = income.migrants_poor - income.migrants_income * place.income_ratio;
    income.migrants_per_household * relative.clamp(income.migrants_fewest, income.migrants_most)
}

/// Mean members of a county's households.
fn mean_members(income: &IncomeParameters, place: &world::County) -> f64 {
    let size = (place.household_size / income.census_household_size)
        .clamp(income.household_size_fewest, income.household_size_most);
    income.household_size * size
}

/// Workers that are usually away, for each member of a county's households.
pub(in crate::model) fn migrants_per_member(income: &IncomeParameters, place: &world::County) -> f64 {
    usual_migrants(income, place) / mean_members(income, place)
}

/// A village without households.
fn empty_village(setting: &Setting, county: &world::County, index: VillageIndex, first: u32) -> Village {
    let village = &county.villages[index.at()];
    let owner = Owner::village(county.code, village.number);
    let stream = |purpose: Purpose| RandomStream::new(setting.seed, owner, purpose, 0);
    let gap = |purpose: Purpose| stream(purpose).exponential();
    // Bundles come about evenly; when the run begins, the next is anywhere on its way.
    let order = if setting.bundle == 1 { gap(Purpose::Order) } else { stream(Purpose::Order).unit() };
    Village {
        owner,
        index,
        first,
        residents: Box::default(),
        households: village.households,
        to_town: village.to_town,
        to_seat: village.to_seat,
        broadband: village.broadband,
        delivery: Delivery::Seat,
        arrivals: Arrivals::by_post(&setting.parameters.logistics),
        rounds: Rounds::default(),
        drop_fees: 0.0,
        upgraded: false,
        stale: false,
        counts: [0; 5],
        dependents: [0; 5],
        buyers: Buyers::default(),
        traits: Box::default(),
        choices: Choices::default(),
        spends: Spends::default(),
        order_rate: 0.0,
        need: 1.0,
        hazards: Hazards::default(),
        learners: Learners::default(),
        order_clock: begun(order),
        adoption_clock: begun(gap(Purpose::Learning)),
        entry_clock: begun(gap(Purpose::ShopEntry)),
        self_service_days: setting.parameters.household.first_delivery as f32,
        traffic: super::Traffic::default(),
        days_chosen: [0.0; 2],
        self_service_parcels: 0,
        self_service_last: 0,
        sent_last: 0,
        income_base: 0.0,
        members: 0,
        migrants: 0,
        returned: 0,
        waiting: Vec::new(),
        station: None,
        keepers_income: 0.0,
        counters: 0,
        counter_sales: 0.0,
        input_saving: 0.0,
        produce_gains: None,
        work: TimeUse::default(),
        takings: Takings::default(),
        sellers: None,
    }
}

/// A clock whose block 0 is spent on the first gap.
fn begun(gap: f64) -> Clock {
    let mut clock = Clock::new(gap);
    clock.draws = 1;
    clock
}
