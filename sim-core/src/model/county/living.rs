//! Living in a county: incomes by source, poverty, cost of living, migration.

use super::super::accounts::accrued;
use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::{Incomes, Lifted, Living, Village, retail_spending};
use crate::base::factor::{MONTHS, MONTHS_IN_YEAR};
use crate::base::{Calendar, Money, Month, Time, math};
use crate::event::{Distribution, Event, Measure};
use crate::metrics::ledger::Item;

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
        let part = self.month.part(now);
        let monthly = |yearly: f64| Money::from_yuan(yearly * base / MONTHS_IN_YEAR);
        let remittances = Money::from_yuan(incomes.remittance * migrants as f64 / MONTHS_IN_YEAR);
        for (item, amount) in [
            (Item::FarmIncome, monthly(incomes.farm)),
            (Item::OutsideWages, monthly(incomes.wage)),
            (Item::SocialTransfers, monthly(incomes.transfers)),
            (Item::Remittances, remittances),
        ] {
            self.accounts.book.pay(item, accrued(amount, part));
        }
        self.accounts.book.stock(Measure::IncomeFarm, (monthly(incomes.farm) * MONTHS as i64).fen());
        self.accounts.book.stock(Measure::IncomeWage, (monthly(incomes.wage) * MONTHS as i64).fen());
        self.accounts
            .book
            .stock(Measure::IncomeTransfers, (monthly(incomes.transfers) * MONTHS as i64).fen());
        self.accounts.book.stock(Measure::IncomeRemittances, (remittances * MONTHS as i64).fen());
        self.accounts.book.stock(Measure::MigrantsAway, migrants);
        self.accounts.book.stock(Measure::People, people);
        let sellers = self.villages.iter().filter_map(|village| village.sellers.as_deref());
        let online: i64 = sellers.map(|sellers| sellers.income).sum();
        let partners = self.accounts.book.value(Measure::PartnerCommission)
            + self.accounts.book.value(Measure::PartnerServices);
        // What partners earned in the days, as a month's.
        let partners = Money::from_fen(partners);
        let partners = if part < 1.0 { partners.share(1.0 / part) } else { partners };
        self.accounts.book.stock(Measure::IncomeOnline, (online + partners.fen()) * MONTHS as i64);
        self.spend_offline(setting, now, base, migrants as f64 * incomes.remittance);
    }

    /// Retail spending that did not go online, between village and town shops.
    fn spend_offline(&mut self, setting: &Setting, now: Time, base: f64, remittances: f64) {
        let p = &setting.parameters;
        let income = p.income.rural_income.at(now) * base + remittances;
        let retail = Money::from_yuan(retail_spending(p, income) / MONTHS_IN_YEAR);
        let retail = accrued(retail, self.month.part(now));
        let online = self.accounts.book.value(Measure::StationValue)
            + self.accounts.book.value(Measure::SelfServiceValue)
            + self.accounts.book.value(Measure::RivalValue);
        let offline = (retail - Money::from_fen(online)).max(Money::ZERO);
        // Variety 1 in the village against `town_variety` in town, at like prices.
        let town = offline.share(p.household.town_variety / (1.0 + p.household.town_variety));
        self.accounts.book.pay(Item::TownShopSpending, town);
        self.accounts.book.pay(Item::VillageShopSpending, offline - town);
    }

    /// Looks at every household: income, poverty, cost of living.
    pub(in crate::model) fn review_households(&mut self, setting: &Setting, now: Time) {
        let line = setting.parameters.income.poverty_line.at(now);
        let better_off = setting.parameters.household.better_off;
        let mut book = std::mem::take(&mut self.accounts.book);
        let (mut poor, mut gainers, mut saving) = (0, 0, 0.0);
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
            if living.record + 1 == village.records() {
                poor += village.scaled(village_poor);
                gainers += village.scaled(village_gainers);
                (village_poor, village_gainers) = (0, 0);
            }
        });
        self.accounts.book = book;
        self.accounts.book.stock(Measure::Poor, poor);
        self.accounts.book.stock(Measure::BetterOff, gainers);
        self.accounts.book.stock(Measure::SavingYuan, saving as i64);
    }

    /// How every household lives at a moment, in order of records, told to `hear` with its village.
    pub fn each_living(&self, setting: &Setting, now: Time, mut hear: impl FnMut(&Village, &Living)) {
        let p = &setting.parameters;
        let lifted = Lifted::of(&Incomes::at(&p.income, now));
        for village in &self.villages {
            village.each_living(p, now, &lifted, |living| hear(village, living));
        }
    }

    /// Spring Festival: migrants come home or stay, others leave, and everybody is a year older.
    pub(in crate::model) fn spring(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        self.migrate(setting, now);
        self.villages.iter_mut().for_each(|village| village.age(setting, now));
        let next = Calendar::spring_festival(Month::of(now).year() + 1);
        agenda.schedule(next, phase::CALENDAR, 0, Event::Spring);
    }

    /// People of every village come home or leave.
    pub(super) fn migrate(&mut self, setting: &Setting, now: Time) {
        for village in &mut self.villages {
            village.migrate(setting, now, &mut self.accounts.book);
        }
    }
}
