//! Living: incomes by source, cost of living, migration.

use super::Village;
use crate::agents::household::Household;
use crate::agents::shop;
use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::time::EPOCH_YEAR;
use crate::base::{Money, Month, Purpose, RandomStream, Time, math};
use crate::event::Measure;
use crate::metrics::book::CountyBook;
use crate::model::setting::Setting;
use crate::params::{HouseholdParameters, IncomeParameters, Parameters};

/// Income per head at a moment, in yuan a year, by what it depends on.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Incomes {
    /// From farming and small business, for an income ratio of 1.
    pub farm: f64,
    /// From wages near home.
    pub wage: f64,
    /// From transfers.
    pub transfers: f64,
    /// Sent home by one migrant in a year.
    pub remittance: f64,
    /// Exponent of relief for the poorest.
    relief: f64,
    /// Ratio to the mean income below which relief lifts a household.
    relief_below: f64,
}

impl Incomes {
    pub(in crate::model) fn at(p: &IncomeParameters, now: Time) -> Incomes {
        let mean = p.rural_income.at(now);
        let remittance = p.remittance * p.migrant_wage.at(now) * MONTHS_IN_YEAR;
        let sent = p.migrants_per_household * remittance / p.household_size;
        let rest = (mean * (1.0 - p.farm_share - p.wage_share) - sent).max(0.0);
        let years = (now.years() - (p.relief_start - f64::from(EPOCH_YEAR))).clamp(0.0, p.relief_years);
        Incomes {
            farm: mean * p.farm_share,
            wage: mean * p.wage_share,
            transfers: rest,
            remittance,
            relief: 1.0 / (1.0 + p.relief * years),
            relief_below: p.relief_below,
        }
    }

    /// Own income per head of a household with this ratio to the mean, after relief.
    pub(in crate::model) fn own(&self, ratio: f64) -> f64 {
        let mean = self.farm + self.wage + self.transfers;
        let below = self.relief_below;
        if ratio >= below || self.relief >= 1.0 {
            return mean * ratio;
        }
        mean * below * math::pow(ratio / below, self.relief)
    }
}

/// Incomes below the line of relief, tabled once a review and linear between entries: a power for every
/// household would cost more than the rest of the review.
pub(in crate::model) struct Lifted([f64; Lifted::STEPS + 1]);

impl Lifted {
    const STEPS: usize = 60;

    pub(in crate::model) fn of(incomes: &Incomes) -> Lifted {
        Lifted(std::array::from_fn(|step| {
            incomes.own(incomes.relief_below * step as f64 / Lifted::STEPS as f64)
        }))
    }

    fn own(&self, incomes: &Incomes, ratio: f64) -> f64 {
        if ratio >= incomes.relief_below {
            return incomes.own(ratio);
        }
        let at = ratio / incomes.relief_below * Lifted::STEPS as f64;
        let step = (at as usize).min(Lifted::STEPS - 1);
        self.0[step] + (self.0[step + 1] - self.0[step]) * (at - step as f64)
    }
}

/// How a household lives at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Living {
    /// Its village, as a subscript of the county.
    pub village: u16,
    /// Its record, within the village.
    pub record: u16,
    /// Persons registered.
    pub members: u8,
    /// Income per head from all sources \[yuan/year\].
    pub income: f64,
    /// Of it, from shops: its own and wages in others' \[yuan/year\].
    pub from_shops: f64,
    /// How far its retail cost of living has fallen through online ways \[logarithm, 0 or more\].
    pub fall: f64,
    /// What that is worth to the household \[yuan/year\].
    pub saving: f64,
}

/// Income per head of a household, by where it comes from \[yuan/year\].
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct IncomeParts {
    /// Farm, wages near home and transfers, relief included.
    pub own: f64,
    /// Sent by members away.
    pub remittances: f64,
    /// Wages that the village's shops pay, spread over the village.
    pub shop_wages: f64,
    /// From shops of its own.
    pub online_shops: f64,
}

impl IncomeParts {
    fn total(&self) -> f64 {
        self.own + self.remittances + self.shop_wages + self.online_shops
    }
}

/// The one rule of household income: what it depends on beyond the household, looked up once for a village.
/// The review of all households, the window and a trial's survey work with it.
pub(in crate::model) struct VillageIncomes<'v> {
    village: &'v Village,
    /// Sources of income at the moment.
    pub incomes: Incomes,
    shop_wages: f64,
    drawings: Vec<f32>,
}

impl VillageIncomes<'_> {
    /// Of a village at a moment.
    pub(in crate::model) fn at<'v>(village: &'v Village, p: &Parameters, now: Time) -> VillageIncomes<'v> {
        VillageIncomes {
            village,
            incomes: Incomes::at(&p.income, now),
            shop_wages: village.shop_wages(p, now),
            drawings: village.drawings(p, now),
        }
    }

    /// Of a record's households, whose own income per head is known.
    pub(in crate::model) fn of(&self, record: u16, household: &Household, own: f64) -> IncomeParts {
        let members = f64::from(household.members.max(1));
        let drawn = self.drawings.get(usize::from(record)).map_or(0.0, |&sum| f64::from(sum));
        IncomeParts {
            own,
            remittances: self.incomes.remittance * f64::from(household.migrants) / members,
            shop_wages: self.shop_wages,
            online_shops: MONTHS_IN_YEAR * drawn / members / self.village.weight(),
        }
    }
}

/// What is spent on retail of an income \[yuan, as the income\].
pub(in crate::model) fn retail_spending(p: &Parameters, income: f64) -> f64 {
    income * p.income.consumption_share * p.household.retail_share
}

/// What a worker earns near home, which is what an owner could earn elsewhere \[yuan/month\].
pub(in crate::model) fn local_wage(p: &Parameters, now: Time) -> f64 {
    p.income.migrant_wage.at(now) * p.shop.wage_share
}

impl Village {
    /// How every household lives at a moment, in order of records, told to `hear`.
    pub(in crate::model) fn each_living(
        &self,
        p: &Parameters,
        now: Time,
        lifted: &Lifted,
        mut hear: impl FnMut(&Living),
    ) {
        let incomes = VillageIncomes::at(self, p, now);
        for (record, household) in (0..).zip(&self.residents) {
            let own = lifted.own(&incomes.incomes, household.income_ratio());
            let parts = incomes.of(record, household, own);
            let (income, fall) = (parts.total(), self.saving(household, &p.household));
            hear(&Living {
                village: self.index.0,
                record,
                members: household.members,
                income,
                from_shops: parts.shop_wages + parts.online_shops,
                fall,
                saving: fall * retail_spending(p, income * f64::from(household.members)),
            });
        }
    }

    /// Wages that the village's shops pay its people, per head \[yuan/year\].
    fn shop_wages(&self, p: &Parameters, now: Time) -> f64 {
        self.sellers.as_ref().map_or(0.0, |s| f64::from(s.workers)) * local_wage(p, now) * MONTHS_IN_YEAR
            / f64::from(self.members.max(1))
            / self.weight()
    }

    /// What each record's shops bring its households in a month, at their usual profit \[yuan\]; empty
    /// without shops.
    fn drawings(&self, p: &Parameters, now: Time) -> Vec<f32> {
        if self.shops().is_empty() {
            return Vec::new();
        }
        let mut drawings = vec![0.0; self.residents.len()];
        let wage = local_wage(p, now);
        for shop in self.shops() {
            let profit = Money::from_yuan(f64::from(shop.success) * wage);
            let drawn = shop::drawings(&p.shop, profit, Money::from_yuan(wage));
            drawings[usize::from(shop.owner)] += drawn.yuan() as f32;
        }
        drawings
    }

    /// How far a household's retail cost of living has fallen through online ways, in logarithm.
    pub(in crate::model) fn saving(&self, household: &Household, p: &HouseholdParameters) -> f64 {
        let choice = &self.choices[usize::from(household.class)][usize::from(household.self_service)];
        if household.buying.buys() { household.intensity(p) * choice.saving(p) } else { 0.0 }
    }

    /// A year has passed: heads are older, and some households pass to the next generation.
    pub(in crate::model) fn age(&mut self, setting: &Setting, now: Time) {
        let year = u64::from(Month::of(now).year());
        let p = &setting.parameters.household;
        for record in 0..self.records() {
            let mut stream =
                setting.random_stream(self.owner.household(u32::from(record)), Purpose::Succession, year);
            let household = &mut self.residents[usize::from(record)];
            let from = household.slot();
            self.learners.remove(household, &setting.weights);
            household.age(p, &mut stream);
            self.learners.add(household, &setting.weights);
            if household.buying.buys() {
                self.buyers.regroup(household.sampling_weight(p), from, household.slot());
            }
        }
        self.update_rates();
        self.stale = true;
    }

    /// People come home or leave.
    pub(in crate::model) fn migrate(&mut self, setting: &Setting, now: Time, book: &mut CountyBook) {
        let p = &setting.parameters.income;
        let mut stream =
            setting.random_stream(self.owner, Purpose::Migration, u64::from(Month::of(now).year()));
        let sellers = self.sellers.as_deref();
        let jobs = sellers.map_or(0.0, |s| f64::from(s.workers) * setting.parameters.shop.jobs_for_migrants);
        let jobs = jobs / self.weight();
        let home = f64::from(self.migrants) * p.homecoming
            + jobs.min(f64::from(self.migrants)) * p.homecoming_for_work;
        let back = stream.poisson(home).min(self.migrants);
        // Where work is at hand, fewer leave.
        let employed = sellers.map_or(0.0, |s| f64::from(s.jobs)) / f64::from(self.households.max(1));
        let leaving = p.departure * f64::from(self.records()) * (1.0 - employed).max(p.departure_least);
        let away = stream.poisson(leaving);
        let returned =
            self.move_people(back, &mut stream, |household| household.migrants > 0, Household::return_home);
        let left = self.move_people(
            away,
            &mut stream,
            |household| household.migrants + 1 < household.members,
            |household| household.migrants += 1,
        );
        self.migrants = self.migrants + left - returned;
        self.returned += returned;
        book.count(Measure::MigrantsReturned, self.scaled(returned));
        book.count(Measure::MigrantsLeft, self.scaled(left));
    }

    /// Moves somebody of so many households that can; ten tries find one, or nobody moves. Returns how many
    /// did.
    fn move_people(
        &mut self,
        count: u32,
        stream: &mut RandomStream,
        can: impl Fn(&Household) -> bool,
        moves: impl Fn(&mut Household),
    ) -> u32 {
        let records = self.residents.len() as u32;
        let mut moved = 0;
        for _ in 0..count {
            let mut tries = (0..10).map(|_| stream.below(records) as usize);
            if let Some(record) = tries.find(|&record| can(&self.residents[record])) {
                moves(&mut self.residents[record]);
                moved += 1;
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;

    #[test]
    fn sources_of_income_add_up_to_the_published_mean() {
        let p = IncomeParameters::default();
        let now = "2014-07-01".parse::<Date>().unwrap().midnight();
        let incomes = Incomes::at(&p, now);
        let sent = p.migrants_per_household * incomes.remittance / p.household_size;
        let sum = incomes.farm + incomes.wage + incomes.transfers + sent;
        assert!((sum / p.rural_income.at(now) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn tabled_incomes_are_within_a_thousandth() {
        let p = IncomeParameters::default();
        let incomes = Incomes::at(&p, "2018-07-01".parse::<Date>().unwrap().midnight());
        let lifted = Lifted::of(&incomes);
        for thousandths in 60..1000 {
            let ratio = f64::from(thousandths) / 1000.0;
            let exact = incomes.own(ratio);
            assert!((lifted.own(&incomes, ratio) / exact - 1.0).abs() < 1e-3, "{ratio}");
        }
    }

    #[test]
    fn relief_lifts_only_the_poor_and_keeps_their_order() {
        let p = IncomeParameters::default();
        let early = Incomes::at(&p, "2011-07-01".parse::<Date>().unwrap().midnight());
        let late = Incomes::at(&p, "2018-07-01".parse::<Date>().unwrap().midnight());
        let relative = |incomes: &Incomes, ratio: f64| incomes.own(ratio) / incomes.own(1.0);
        assert!((relative(&late, 0.8) - 0.8).abs() < 1e-12);
        assert!((relative(&early, 0.2) - 0.2).abs() < 1e-12);
        assert!(relative(&late, 0.2) > 0.25 && relative(&late, 0.2) < relative(&late, 0.3));
    }
}
