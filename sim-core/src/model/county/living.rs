//! Living in a county: incomes by source, poverty, cost of living, migration.

use super::super::accounts::accrued;
use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::{Hands, Living, LivingTerms, Village};
use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::{Calendar, Money, Month, Time, math};
use crate::event::{Distribution, Event, Measure};
use crate::metrics::ledger::{IncomeSource, Item, income_gap};

/// What is paid to households by the month, at a rate that nobody's decision of the month changes.
const REGULAR: [(IncomeSource, Item); 5] = [
    (IncomeSource::Farm, Item::FarmIncome),
    (IncomeSource::Wages, Item::OutsideWages),
    (IncomeSource::Transfers, Item::SocialTransfers),
    (IncomeSource::Relief, Item::Relief),
    (IncomeSource::Remittances, Item::Remittances),
];

impl CountyProcess {
    /// The month's incomes: working time is divided, what is regular is paid, and what businesses brought is
    /// added up. Then what is spent of them offline, and what of that keepers of village shops earn.
    pub(in crate::model) fn live(&mut self, setting: &Setting, now: Time) {
        let terms = LivingTerms::at(&setting.parameters, self.place(setting), now);
        self.divide_time(&terms);
        let part = self.month.part(now);
        let online = self.accounts.book.value(Measure::StationValue)
            + self.accounts.book.value(Measure::SelfServiceValue)
            + self.accounts.book.value(Measure::RivalValue);
        let online = Money::from_fen(online).yuan() / part;
        let orders: f64 = self.villages.iter().map(|village| village.order_rate).sum();
        let mut yearly = [0.0; IncomeSource::COUNT];
        let (mut migrants, mut people, mut taken, mut spent) = (0, 0, 0.0, [0.0; 2]);
        for village in &mut self.villages {
            village.takings.close(self.month.month(), part);
            let (businesses, mut received) = (village.takings.year(), village.received(&terms));
            let income = businesses + received.iter().sum::<f64>();
            // Who orders how much of what the county bought online is told by their rates.
            let share = if orders > 0.0 { village.order_rate / orders } else { 0.0 };
            let shops = village.spend_offline(&setting.parameters, income, online * share);
            spent.iter_mut().zip(shops).for_each(|(sum, part)| *sum += part);
            taken += businesses;
            received[IncomeSource::VillageShops.at()] = village.keepers_income * MONTHS_IN_YEAR;
            yearly.iter_mut().zip(received).for_each(|(sum, part)| *sum += part);
            migrants += village.scaled(village.migrants);
            people += village.scaled(village.members);
        }
        let book = &mut self.accounts.book;
        let monthly = |yuan: f64| accrued(Money::from_yuan(yuan), part);
        for (source, item) in REGULAR {
            book.pay(item, monthly(yearly[source.at()] / MONTHS_IN_YEAR));
        }
        let [inside, town] = spent.map(monthly);
        let earned = monthly(yearly[IncomeSource::VillageShops.at()] / MONTHS_IN_YEAR).min(inside);
        book.pay(Item::VillageShopSpending, inside);
        book.pay(Item::VillageShopIncome, earned);
        book.pay(Item::VillageShopGoods, inside - earned);
        book.pay(Item::TownShopSpending, town);
        let of = |source: IncomeSource| yearly[source.at()];
        for (measure, yuan) in [
            (Measure::IncomeFarm, of(IncomeSource::Farm) + of(IncomeSource::VillageShops)),
            (Measure::IncomeWage, of(IncomeSource::Wages)),
            (Measure::IncomeTransfers, of(IncomeSource::Transfers) + of(IncomeSource::Relief)),
            (Measure::IncomeRemittances, of(IncomeSource::Remittances)),
            (Measure::IncomeOnline, of(IncomeSource::ShopWages) + taken),
        ] {
            book.stock(measure, Money::from_yuan(yuan).fen());
        }
        book.stock(Measure::MigrantsAway, migrants);
        book.stock(Measure::People, people);
    }

    /// Divides working time: shops' hands come from their villages first, and then from the county's others.
    pub(in crate::model) fn divide_time(&mut self, terms: &LivingTerms<'_>) {
        let mut county = Hands::default();
        for village in &mut self.villages {
            county += village.divide_time(&terms.work);
        }
        if county.from_others > 0.0 && county.free > 0.0 {
            let part = (county.from_others / county.free).min(1.0);
            let pay = county.paid_to_others / county.free;
            self.villages.iter_mut().for_each(|village| village.commute(part, pay));
        }
    }

    /// Looks at every household: income, poverty, cost of living. Returns their income by source, all
    /// together \[yuan/year\].
    pub(in crate::model) fn review_households(
        &mut self,
        setting: &Setting,
        now: Time,
    ) -> [f64; IncomeSource::COUNT] {
        let line = setting.parameters.income.poverty_line.at(now);
        let better_off = setting.parameters.household.better_off;
        let mut book = std::mem::take(&mut self.accounts.book);
        let mut all = [0.0; IncomeSource::COUNT];
        let (mut poor, mut gainers, mut saving) = (0, 0, 0.0);
        let (mut village_poor, mut village_gainers) = (0, 0);
        self.each_living(setting, now, |village, living| {
            let (weight, income) = (village.weight(), living.income());
            let persons = f64::from(living.members) * weight;
            all.iter_mut().zip(living.sources).for_each(|(sum, part)| *sum += part * persons);
            book.sample(Distribution::HouseholdIncome, income, (persons + 0.5) as u64);
            village_poor += if income < line { u32::from(living.members) } else { 0 };
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
        all
    }

    /// Reviews households at a month's end, and holds their incomes of the month against what the ledger
    /// paid them.
    pub(super) fn review_month(&mut self, setting: &Setting, now: Time) {
        let all = self.review_households(setting, now);
        let part = self.month.part(now);
        let mut month = all.map(|yearly| yearly / MONTHS_IN_YEAR * part);
        for source in [IncomeSource::OwnShops, IncomeSource::Station] {
            let taken = self.villages.iter().map(|village| village.takings.month(source)).sum::<Money>();
            month[source.at()] = taken.yuan();
        }
        let gap = income_gap(self.month.month(), &month, self.accounts.book.ledger());
        self.accounts.income_gap = self.accounts.income_gap.or(gap);
    }

    /// How every household lives at a moment, in order of records, told to `hear` with its village.
    pub fn each_living(&self, setting: &Setting, now: Time, mut hear: impl FnMut(&Village, &Living)) {
        let terms = LivingTerms::at(&setting.parameters, self.place(setting), now);
        for village in &self.villages {
            village.each_living(&terms, |living| hear(village, living));
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
