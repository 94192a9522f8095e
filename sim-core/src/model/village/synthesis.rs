//! Making a village and its households at the start.

use super::Village;
use crate::agents::buyers::Buyers;
use crate::agents::clock::Clock;
use crate::agents::courier::Coverage;
use crate::agents::courier::FIRST_YEAR;
use crate::agents::household::learners::Learners;
use crate::agents::household::{
    Background, Buying, Hazards, Household, ability, convenience, hearing, receptiveness,
};
use crate::base::factor::{DAYS_IN_MONTH, MONTHS_IN_YEAR, PER_CENT};
use crate::base::{Owner, Purpose, RandomStream, Time, VillageIndex};
use crate::market::choice::{Choices, Delivery};
use crate::model::setting::Setting;
use crate::params::HouseholdParameters;
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
        for i in 0..n {
            let mut stream = setting.random_stream(village.owner.household(i), Purpose::Household, 0);
            let rank = (f64::from(i) + stream.unit()) / f64::from(n);
            let mut household = Household::synthesise(p, &background, rank, &mut stream);
            earlier.apply(setting, &village, &mut household, &mut stream);
            village.counts[household.buying.at()] += 1;
            village.income_base += household.income_ratio() * f64::from(household.members);
            village.members += u32::from(household.members);
            village.migrants += u32::from(household.migrants);
            if household.buying.buys() {
                village.buyers.insert(
                    i as u16,
                    household.sampling_weight(p.trial_intensity),
                    household.slot(),
                );
            }
            residents.push(household);
        }
        village.residents = residents.into_boxed_slice();
        village
    }
}

fn background(setting: &Setting, place: &world::County, village: &world::Village) -> Background {
    let income = &setting.parameters.income;
    let p = &setting.parameters.household;
    let hardship = (place.hardship * p.phone_lag_hardship).clamp(-p.phone_lead_most, p.phone_lag_most);
    let size = (place.household_size / income.census_household_size)
        .clamp(income.household_size_fewest, income.household_size_most);
    let migrants = (income.migrants_poor - income.migrants_income * place.income_ratio)
        .clamp(income.migrants_fewest, income.migrants_most);
    let richer = (place.income_ratio - 1.0).clamp(p.phone_income_least, p.phone_income_most);
    Background {
        income_ratio: place.income_ratio * f64::from(village.income_ratio),
        income_spread: income.household_spread,
        size: income.household_size * size,
        national_size: income.household_size,
        migrants: income.migrants_per_household * migrants,
        phone_lead: p.phone_lead_income * richer - hardship,
    }
}

/// A village without households.
fn empty_village(setting: &Setting, county: &world::County, index: VillageIndex, first: u32) -> Village {
    let village = &county.villages[index.at()];
    let owner = Owner::village(county.code, village.number);
    let years = setting.start.years_since(FIRST_YEAR);
    let logistics = &setting.parameters.logistics;
    let gap = |purpose: Purpose| RandomStream::new(setting.seed, owner, purpose, 0).exponential();
    let mut village = Village {
        owner,
        index,
        first,
        residents: Box::default(),
        households: village.households,
        to_town: village.to_town,
        to_seat: village.to_seat,
        broadband: village.broadband,
        delivery: Coverage::at(logistics, years).reaches(f64::from(village.delivery_rank)),
        upgraded: false,
        stale: false,
        counts: [0; 5],
        buyers: Buyers::default(),
        choices: Choices::default(),
        top_rate: 0.0,
        order_rate: 0.0,
        need: 1.0,
        hazards: Hazards::default(),
        learners: Learners::default(),
        order_clock: Clock::new(gap(Purpose::Order)),
        adoption_clock: Clock::new(gap(Purpose::Learning)),
        entry_clock: Clock::new(gap(Purpose::ShopEntry)),
        self_service_days: setting.parameters.household.first_delivery as f32,
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
        sellers: None,
    };
    // Block 0 of every clock is spent on the first gap.
    village.order_clock.draws = 1;
    village.adoption_clock.draws = 1;
    village.entry_clock.draws = 1;
    village
}

/// How far online buying had come before the run began.
///
/// A household that can use self-service has had years to hear of it and to try; the run starts from what the
/// same hazards would have made of those years, so that a run from 2014 need not begin in 2003. Approximate:
/// neighbours' influence in those years is left out, and the level is one of the fitted figures' checks.
pub(in crate::model) struct EarlierBuyers {
    /// Years of full internet coverage that have passed, in effect.
    aware_years: f64,
    /// Years in which a household with a phone could have tried.
    trial_years: f64,
    phones: f64,
}

/// Share of households with a phone at the start that trial in earlier years is divided by, at least.
const FEWEST_PHONES: f64 = 0.01;

impl EarlierBuyers {
    pub(in crate::model) fn at(setting: &Setting, start: Time) -> EarlierBuyers {
        let mut years = EarlierBuyers { aware_years: 0.0, trial_years: 0.0, phones: setting.phones(start) };
        let first = setting.parameters.household.buying_since;
        let epoch = crate::base::Month::new(first as u16, 1).start();
        let mut now = epoch;
        let month = crate::base::Delay::days(DAYS_IN_MONTH);
        while now < start {
            years.aware_years += setting.parameters.world.internet.at(now) / PER_CENT / MONTHS_IN_YEAR;
            years.trial_years += setting.phones(now) / years.phones.max(FEWEST_PHONES) / MONTHS_IN_YEAR;
            now += month;
        }
        years
    }

    fn apply(
        &self,
        setting: &Setting,
        village: &Village,
        household: &mut Household,
        stream: &mut RandomStream,
    ) {
        let p = &setting.parameters.household;
        let receptive = receptiveness(p, household.class);
        let passed = |hazard: f64| 1.0 - crate::base::math::exp(-hazard);
        let awareness = p.awareness_media * hearing(p, receptive);
        if !stream.chance(passed(awareness * self.aware_years)) {
            return;
        }
        household.buying = Buying::Aware;
        let lead = village_lead(p, village);
        let able = ability(p, household.age_group(), household.has_phone(self.phones));
        let hazard = p.trial_self_service * lead * able * receptive;
        if stream.chance(passed(hazard * self.trial_years)) {
            household.self_service = true;
            // The share that has not lapsed since: trial at the end would be rare, so a habit is assumed.
            let kept = crate::base::math::exp(-0.5 * p.lapse * self.trial_years);
            household.buying = if stream.chance(kept) { Buying::Regular } else { Buying::Lapsed };
            household.habit_since = crate::base::Month::of(setting.start).0;
        }
    }
}

/// How delivery limited learning in the years before: parcels came to the village for part of them only.
fn village_lead(p: &HouseholdParameters, village: &Village) -> f64 {
    match village.delivery {
        Delivery::Village => p.delivered_years,
        delivery => convenience(p, delivery),
    }
}
