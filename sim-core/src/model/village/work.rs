//! Working time of a village's households: what is left for the farm and for wages near home once members are
//! away, keep shops, run the station, or work in shops as hands.
//!
//! A household's farm and local wages are stated for usual working time: adults less the migrants that are
//! usual in its county. Who works elsewhere is missing: on the farm with the share that labour has in its
//! product, in wages in full. Sums are worked out at a month's end, by expectation: what a shop takes of its
//! owner is shared among the households of the owner's record, and hands come from all households in
//! proportion to their free time, from the shop's village first and then from the county's others. Couriers
//! and the county centre take people of all villages alike.

use super::{TimeUse, Village};
use crate::agents::household::Household;
use crate::agents::partner::working_time;
use crate::base::Money;
use crate::params::{IncomeParameters, Parameters};
use std::ops::AddAssign;

/// The circumstances of working time in a county.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct WorkTerms<'p> {
    p: &'p Parameters,
    /// Adults at home for each member, usually.
    usual: f64,
}

impl<'p> WorkTerms<'p> {
    /// Where so many members of each are away, usually.
    pub(in crate::model) fn of(p: &'p Parameters, migrants_per_member: f64) -> WorkTerms<'p> {
        let least = p.income.working_least;
        WorkTerms { p, usual: (p.income.working_share - migrants_per_member).max(least) }
    }

    /// Time that a household has at home for farm, wages and hands' work, when its own businesses take so
    /// much \[adults\].
    pub(super) fn free(&self, household: &Household, own: f64) -> f64 {
        let adults = self.p.income.working_share * f64::from(household.members);
        (adults - f64::from(household.migrants) - own).max(0.0)
    }

    /// Time over the usual, of so much of a household.
    pub(super) fn ratio(&self, household: &Household, free: f64) -> f64 {
        free / (self.usual * f64::from(household.members.max(1)))
    }
}

/// The farm's product over the usual, with such a part of the usual time.
pub(super) fn farm(p: &IncomeParameters, time: f64) -> f64 {
    1.0 - p.farm_labour + p.farm_labour * time
}

/// Hands that a village's shops employ, and what they are paid.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::model) struct Hands {
    /// From other villages \[adults\].
    pub from_others: f64,
    /// What those are paid \[yuan/month\].
    pub paid_to_others: f64,
    /// Time still free in the village \[adults, all its households\].
    pub free: f64,
}

impl AddAssign for Hands {
    fn add_assign(&mut self, other: Hands) {
        self.from_others += other.from_others;
        self.paid_to_others += other.paid_to_others;
        self.free += other.free;
    }
}

impl Village {
    /// Time that businesses of its own take of each household of a record \[adults\]; empty where there are
    /// none.
    pub(super) fn own_time(&self, p: &Parameters) -> Vec<f32> {
        let station = self.open_station();
        if self.shops().is_empty() && station.is_none() {
            return Vec::new();
        }
        let mut time = vec![0.0; self.residents.len()];
        let mut add = |record: u16, adults: f64| {
            time[usize::from(record)] += (adults / self.weight()) as f32;
        };
        for shop in self.shops() {
            add(shop.owner, shop.family_time(&p.shop));
        }
        if let Some(station) = station {
            add(station.household, working_time(&p.partner, station.kind));
        }
        time
    }

    /// Works out what time its households have, where that may have changed, and employs hands of its own.
    pub(in crate::model) fn divide_time(&mut self, terms: &WorkTerms<'_>) -> Hands {
        let active = !self.shops().is_empty() || self.station.is_some();
        if active || !self.work.known {
            let own = self.own_time(terms.p);
            let (mut able, mut free) = (0.0, 0.0);
            for (record, household) in self.residents.iter().enumerate() {
                let time = terms.free(household, own.get(record).map_or(0.0, |&time| f64::from(time)));
                free += time;
                able += household.income_ratio() * time / terms.usual;
            }
            // What shops and the station take ends with them: then it must be worked out once more.
            self.work = TimeUse { able, free, known: !active, ..TimeUse::default() };
        }
        let all = self.work.free * self.weight();
        let (workers, wages) = self.sellers.as_deref().map_or((0.0, 0.0), |sellers| {
            (f64::from(sellers.workers), Money::from_fen(sellers.wages).yuan())
        });
        let inside = workers.min(terms.p.shop.hands_inside * all);
        let part = if workers > 0.0 { inside / workers } else { 1.0 };
        self.work.hands = if all > 0.0 { inside / all } else { 0.0 };
        self.work.shop_wages = wages * part;
        self.work.firm_wages = 0.0;
        Hands { from_others: workers - inside, paid_to_others: wages * (1.0 - part), free: all - inside }
    }

    /// Takes hands for shops of other villages: such a part of the time that is still free, paid so much for
    /// each adult.
    pub(in crate::model) fn commute(&mut self, part: f64, pay: f64) {
        self.work.shop_wages += self.still_free() * pay;
        self.work.hands = 1.0 - (1.0 - self.work.hands) * (1.0 - part);
    }

    /// Takes people for firms of the county other than shops, as hands are taken.
    pub(in crate::model) fn work_for_firms(&mut self, part: f64, pay: f64) {
        self.work.firm_wages += self.still_free() * pay;
        self.work.hands = 1.0 - (1.0 - self.work.hands) * (1.0 - part);
    }

    /// Its people work for firms of the county beside all that they do, for so much a month and adult at
    /// home.
    pub(in crate::model) fn work_besides(&mut self, pay: f64) {
        self.work.firm_wages += self.at_home() * pay;
    }

    /// Time at home that its own businesses leave \[adults, all its households\].
    pub(in crate::model) fn at_home(&self) -> f64 {
        self.work.free * self.weight()
    }

    /// Time for farm and wages that nobody has taken yet \[adults, all its households\].
    pub(in crate::model) fn still_free(&self) -> f64 {
        self.at_home() * (1.0 - self.work.hands)
    }

    /// Its farms' product and its time for wages: sums over records of income ratio and members, each by what
    /// is left of usual working time.
    pub(super) fn worked(&self, p: &IncomeParameters) -> (f64, f64) {
        let left = self.work.able * (1.0 - self.work.hands);
        ((1.0 - p.farm_labour) * self.income_base + p.farm_labour * left, left)
    }

    /// Notes that members have come or gone, or parameters changed.
    pub(super) fn forget_time(&mut self) {
        self.work.known = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::household::Background;
    use crate::base::{Owner, Purpose, RandomStream, Seed};

    /// By hand: four members of whom 2.8 are of working age, one away, in a county where 0.2 of each member
    /// are: 1.8 of 2.0 adults at home. Half an adult in a shop leaves 1.3 of them, and the farm
    /// 1 - 0.4 x 0.35.
    #[test]
    fn working_time_of_a_household_by_hand() {
        let p = Parameters::default();
        let terms = WorkTerms::of(&p, 0.2);
        let village = Background {
            income_ratio: 1.0,
            income_spread: 0.7,
            size: 4.0,
            national_size: 3.6,
            migrants: 0.8,
            phone_lead: 0.0,
        };
        let mut stream = RandomStream::new(Seed(1), Owner::other(1), Purpose::Household, 0);
        let mut household = Household::synthesise(&p.household, &village, 0.5, &mut stream);
        (household.members, household.migrants) = (4, 1);
        let at_home = |own: f64| terms.ratio(&household, terms.free(&household, own));
        assert!((at_home(0.0) - 0.9).abs() < 1e-9);
        assert!((at_home(0.5) - 0.65).abs() < 1e-9);
        assert!((farm(&p.income, at_home(0.5)) - 0.86).abs() < 1e-9);
        assert_eq!(at_home(5.0), 0.0, "nobody works less than not at all");
    }
}
