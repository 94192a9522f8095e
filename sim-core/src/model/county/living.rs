//! Living: incomes by source, poverty, cost of living, migration.

use super::super::county_process::{CountyOutbox, CountyProcess};
use super::super::setting::Setting;
use super::super::village::Village;
use crate::agents::shop;
use crate::base::time::EPOCH_YEAR;
use crate::base::{Calendar, Money, Month, Purpose, Time, math};
use crate::event::{Distribution, Event, Measure};
use crate::metrics::ledger::Item;
use crate::params::{HouseholdParameters, IncomeParameters};

use super::super::county_process::phase;
use super::unfinished::accrued;

/// Income per head at a moment, in yuan a year, by what it depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Incomes {
    /// From farming and small business, for an income ratio of 1.
    pub(super) farm: f64,
    /// From wages near home.
    pub(super) wage: f64,
    /// From transfers.
    pub(super) transfers: f64,
    /// Sent home by one migrant in a year.
    pub(super) remittance: f64,
    /// Exponent of relief for the poorest.
    relief: f64,
    /// Ratio to the mean income below which relief lifts a household.
    relief_below: f64,
}

impl Incomes {
    pub(super) fn at(p: &IncomeParameters, now: Time) -> Incomes {
        let mean = p.rural_income.at(now);
        let remittance = p.remittance * p.migrant_wage.at(now) * 12.0;
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
    pub(super) fn own(&self, ratio: f64) -> f64 {
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
struct Lifted([f64; Lifted::STEPS + 1]);

impl Lifted {
    const STEPS: usize = 60;

    fn of(incomes: &Incomes) -> Lifted {
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

impl CountyProcess {
    /// The month's incomes and spending that nobody's decision changed.
    pub(in crate::model) fn live(&mut self, setting: &Setting, now: Time) {
        let p = &setting.parameters;
        let incomes = Incomes::at(&p.income, now);
        let (mut base, mut migrants, mut people) = (0.0, 0, 0);
        for village in &self.villages {
            base += village.income_base * village.weight();
            migrants += village.scaled(village.migrants);
            people += village.scaled(village.members);
        }
        let part = self.part(now);
        let monthly = |yearly: f64| Money::from_yuan(yearly * base / 12.0);
        let remittances = Money::from_yuan(incomes.remittance * migrants as f64 / 12.0);
        for (item, amount) in [
            (Item::FarmIncome, monthly(incomes.farm)),
            (Item::OutsideWages, monthly(incomes.wage)),
            (Item::SocialTransfers, monthly(incomes.transfers)),
            (Item::Remittances, remittances),
        ] {
            self.book.pay(item, accrued(amount, part));
        }
        self.book.stock(Measure::IncomeFarm, (monthly(incomes.farm) * 12).fen());
        self.book.stock(Measure::IncomeWage, (monthly(incomes.wage) * 12).fen());
        self.book.stock(Measure::IncomeTransfers, (monthly(incomes.transfers) * 12).fen());
        self.book.stock(Measure::IncomeRemittances, (remittances * 12).fen());
        self.book.stock(Measure::MigrantsAway, migrants);
        self.book.stock(Measure::People, people);
        let online: i64 = (0..self.villages.len()).filter_map(|at| self.sellers(at)).map(|s| s.income).sum();
        let partners =
            self.book.value(Measure::PartnerCommission) + self.book.value(Measure::PartnerServices);
        // What partners earned in the days, as a month's.
        let partners = Money::from_fen(partners);
        let partners = if part < 1.0 { partners.share(1.0 / part) } else { partners };
        self.book.stock(Measure::IncomeOnline, (online + partners.fen()) * 12);
        self.spend_offline(setting, now, base, migrants as f64 * incomes.remittance);
    }

    /// Retail spending that did not go online, between village and town shops.
    fn spend_offline(&mut self, setting: &Setting, now: Time, base: f64, remittances: f64) {
        let p = &setting.parameters;
        let income = p.income.rural_income.at(now) * base + remittances;
        let retail = Money::from_yuan(income * p.income.consumption_share * p.household.retail_share / 12.0);
        let retail = accrued(retail, self.part(now));
        let online = self.book.value(Measure::StationValue)
            + self.book.value(Measure::AloneValue)
            + self.book.value(Measure::RivalValue);
        let offline = (retail - Money::from_fen(online)).max(Money::ZERO);
        // Variety 1 in the village against `town_variety` in town, at like prices.
        let town = offline.share(p.household.town_variety / (1.0 + p.household.town_variety));
        self.book.pay(Item::TownShopSpending, town);
        self.book.pay(Item::VillageShopSpending, offline - town);
    }

    /// Looks at every household: income, poverty, cost of living.
    pub(in crate::model) fn review_households(&mut self, setting: &Setting, now: Time) {
        let line = setting.parameters.income.poverty_line.at(now);
        let better_off = setting.parameters.household.better_off;
        let mut book = std::mem::take(&mut self.book);
        let (mut poor, mut gaining, mut saving) = (0, 0, 0.0);
        let (mut village_poor, mut village_gainers) = (0, 0);
        self.each_living(setting, now, |village, living| {
            let weight = village.weight();
            let people = (f64::from(living.members) * weight + 0.5) as u64;
            book.sample(Distribution::HouseholdIncome, living.income, people);
            village_poor += if living.income < line { u32::from(living.members) } else { 0 };
            let change = if living.fall > 0.0 { math::exp(-living.fall) - 1.0 } else { 0.0 };
            book.sample(Distribution::CostOfLiving, change, (weight + 0.5) as u64);
            village_gainers += u32::from(living.fall >= better_off);
            saving += living.saving * weight;
            if living.record + 1 == village.records {
                poor += village.scaled(village_poor);
                gaining += village.scaled(village_gainers);
                (village_poor, village_gainers) = (0, 0);
            }
        });
        self.book = book;
        self.book.stock(Measure::Poor, poor);
        self.book.stock(Measure::Gaining, gaining);
        self.book.stock(Measure::SavingYuan, saving as i64);
    }

    /// How every household lives at a moment, in order of records, told to `hear` with its village.
    pub fn each_living(&self, setting: &Setting, now: Time, mut hear: impl FnMut(&Village, &Living)) {
        let p = &setting.parameters;
        let incomes = Incomes::at(&p.income, now);
        let retail = p.income.consumption_share * p.household.retail_share;
        let drawings = self.drawings_by_owner(setting);
        let lifted = Lifted::of(&incomes);
        for (at, village) in self.villages.iter().enumerate() {
            let weight = village.weight();
            let wages = self.shop_wages(setting, now, village);
            for record in 0..village.records {
                let index = village.first as usize + usize::from(record);
                let household = &self.households[index];
                let members = f64::from(household.members);
                let own = lifted.own(&incomes, household.income_ratio());
                let sent = incomes.remittance * f64::from(household.migrants) / members;
                let shop = drawings.get(index).map_or(0.0, |d| f64::from(*d));
                let shop = 12.0 * shop / members / weight;
                let income = own + sent + wages + shop;
                let fall = village.saving(household, &p.household);
                let living = Living {
                    village: at as u16,
                    record,
                    members: household.members,
                    income,
                    from_shops: wages + shop,
                    fall,
                    saving: fall * income * members * retail,
                };
                hear(village, &living);
            }
        }
    }

    /// Wages that the village's shops pay its people, per head \[yuan/year\].
    pub(super) fn shop_wages(&self, setting: &Setting, now: Time, village: &Village) -> f64 {
        let p = &setting.parameters;
        village.sellers.as_ref().map_or(0.0, |s| f64::from(s.workers))
            * p.shop.wage_share
            * p.income.migrant_wage.at(now)
            * 12.0
            / f64::from(village.members.max(1))
            / village.weight()
    }

    /// What each record's shops bring its households in a month \[yuan\]; empty without shops.
    pub(super) fn drawings_by_owner(&self, setting: &Setting) -> Vec<f32> {
        if self.shops.is_empty() {
            return Vec::new();
        }
        let mut drawings = vec![0.0; self.households.len()];
        let p = &setting.parameters.shop;
        let wage = setting.parameters.income.migrant_wage.at(self.month_start) * p.wage_share;
        for shop in &self.shops {
            let owner = self.villages[usize::from(shop.village)].first as usize + usize::from(shop.owner);
            let profit = f64::from(shop.success.max(0.0)) * wage;
            drawings[owner] += shop::drawings(p, profit, wage) as f32;
        }
        drawings
    }

    /// Spring Festival: migrants come home or stay, others leave.
    pub(in crate::model) fn spring(&mut self, setting: &Setting, now: Time, outbox: &mut CountyOutbox) {
        for at in 0..self.villages.len() {
            self.migrate(setting, now, at);
        }
        let next = Calendar::spring_festival(Month::of(now).year() + 1);
        self.schedule(outbox, next, phase::CALENDAR, 0, Event::Spring);
    }

    /// People of a village come home or leave.
    pub(in crate::model) fn migrate(&mut self, setting: &Setting, now: Time, at: usize) {
        let p = &setting.parameters.income;
        let village = &self.villages[at];
        let mut luck = setting.luck(village.owner, Purpose::Migration, u64::from(Month::of(now).year()));
        let jobs = village
            .sellers
            .as_ref()
            .map_or(0.0, |sellers| f64::from(sellers.workers) * setting.parameters.shop.jobs_for_migrants);
        let jobs = jobs / village.weight();
        let home = f64::from(village.migrants) * p.homecoming
            + jobs.min(f64::from(village.migrants)) * p.homecoming_for_work;
        let back = luck.poisson(home).min(village.migrants);
        // Where work is at hand, fewer leave.
        let employed = village.sellers.as_ref().map_or(0.0, |s| f64::from(s.jobs))
            / f64::from(village.households.max(1));
        let leaving = p.departure * f64::from(village.records) * (1.0 - employed).max(p.departure_least);
        let away = luck.poisson(leaving);
        let (first, records) = (village.first as usize, u32::from(village.records));
        let mut moved = [0u32; 2];
        for (kind, count) in [(0, back), (1, away)] {
            for _ in 0..count {
                // Ten tries find a household with somebody to come or go, or nobody does.
                let found = (0..10).map(|_| first + luck.below(records) as usize).find(|&record| {
                    let household = &self.households[record];
                    if kind == 0 {
                        household.migrants > 0
                    } else {
                        household.migrants + 1 < household.members
                    }
                });
                let Some(record) = found else { continue };
                let household = &mut self.households[record];
                if kind == 0 {
                    household.migrants -= 1;
                    household.returned = household.returned.saturating_add(1);
                } else {
                    household.migrants += 1;
                }
                moved[kind] += 1;
            }
        }
        let village = &mut self.villages[at];
        village.migrants = village.migrants + moved[1] - moved[0];
        village.returned += moved[0];
        let (returned, left) = (village.scaled(moved[0]), village.scaled(moved[1]));
        self.book.count(Measure::MigrantsReturned, returned);
        self.book.count(Measure::MigrantsLeft, left);
    }
}

impl Village {
    /// How far a household's retail cost of living has fallen through online ways, in logarithm.
    pub(super) fn saving(
        &self,
        household: &crate::agents::household::Household,
        p: &HouseholdParameters,
    ) -> f64 {
        let choice = &self.choices[usize::from(household.class)][usize::from(household.alone)];
        match household.buying {
            crate::agents::household::Buying::Regular => choice.saving(p),
            crate::agents::household::Buying::Trial => p.trial_intensity * choice.saving(p),
            _ => 0.0,
        }
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
