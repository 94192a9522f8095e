//! Living in a county: incomes by source, poverty, cost of living, migration.

use super::super::accounts::accrued;
use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::{Hands, Living, LivingTerms, Village, local_wage};
use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::{Money, Time, math};
use crate::event::{Distribution, Event, Measure};
use crate::market::season;
use crate::metrics::ledger::{IncomeSource, Item, income_gap};

/// What is paid to households by the month, at a rate that nobody's decision of the month changes.
const REGULAR: [(IncomeSource, Item); 5] = [
    (IncomeSource::Rents, Item::ShopRent),
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
        let part = self.month.part(now);
        let firms = self.paid_by_firms();
        self.divide_time(&terms);
        self.work_for_firms(firms.yuan() / part, local_wage(&setting.parameters, now));
        let trade = self.trade_of_farms(setting, &terms, part);
        let online = self.bought_online().yuan() / part;
        let orders: f64 = self.villages.iter().map(|village| village.order_rate).sum();
        let mut yearly = [0.0; IncomeSource::COUNT];
        let (mut migrants, mut people, mut counters) = (0, 0, 0);
        let (mut taken, mut gains, mut spent) = (0.0, 0.0, [0.0; 3]);
        let mut shelves = [Money::ZERO; 2];
        let mut dropped = 0.0;
        for village in &mut self.villages {
            village.takings.close(self.month.month(), part);
            let (businesses, mut received) = (village.takings.year(), village.received(&terms));
            let income = businesses + received.iter().sum::<f64>();
            // Who orders how much of what the county bought online is told by their rates.
            let share = if orders > 0.0 { village.order_rate / orders } else { 0.0 };
            let shops = village.spend_offline(&terms, income, online * share);
            counters += i64::from(village.counters);
            let shelf = village.sell_from_shelf(&setting.parameters.programme, shops[1], part);
            shelves.iter_mut().zip(shelf).for_each(|(sum, part)| *sum += part);
            spent.iter_mut().zip(shops).for_each(|(sum, part)| *sum += part);
            taken += businesses;
            gains += village.input_saving * MONTHS_IN_YEAR + village.produce_year();
            dropped += village.drop_fees;
            received[IncomeSource::VillageShops.at()] = village.keepers_income * MONTHS_IN_YEAR;
            yearly.iter_mut().zip(received).for_each(|(sum, part)| *sum += part);
            migrants += village.scaled(village.migrants);
            people += village.scaled(village.members);
        }
        let book = &mut self.accounts.book;
        let monthly = |yuan: f64| accrued(Money::from_yuan(yuan), part);
        for (source, item) in REGULAR {
            let paid = if item == Item::OutsideWages { firms } else { Money::ZERO };
            let sum = monthly(yearly[source.at()] / MONTHS_IN_YEAR) - paid;
            book.pay(item, sum.max(Money::ZERO));
        }
        let farms = monthly((yearly[IncomeSource::Farm.at()] - gains) / MONTHS_IN_YEAR);
        book.pay(Item::FarmIncome, farms + trade.saved_costs - trade.sold_online);
        let [inside, _, town] = spent.map(monthly);
        book.pay(Item::SelectStoreSales, shelves[0]);
        book.pay(Item::SelectStoreGoods, shelves[1]);
        let dropped = monthly(dropped);
        let earned = monthly(yearly[IncomeSource::VillageShops.at()] / MONTHS_IN_YEAR).min(inside + dropped);
        book.pay(Item::VillageShopSpending, inside);
        book.pay(Item::VillageShopIncome, earned);
        book.pay(Item::DropFees, dropped);
        book.pay(Item::VillageShopGoods, inside + dropped - earned);
        book.pay(Item::TownShopSpending, town);
        self.note_incomes(&yearly, taken);
        let book = &mut self.accounts.book;
        book.stock(Measure::VillageShops, counters);
        book.stock(Measure::MigrantsAway, migrants);
        book.stock(Measure::People, people);
    }

    /// Writes down incomes by source, and what businesses of their own brought \[yuan/year\].
    fn note_incomes(&mut self, yearly: &[f64; IncomeSource::COUNT], taken: f64) {
        let of = |source: IncomeSource| yearly[source.at()];
        for (measure, yuan) in [
            (
                Measure::IncomeFarm,
                of(IncomeSource::Farm) + of(IncomeSource::VillageShops) + of(IncomeSource::Rents),
            ),
            (Measure::IncomeWage, of(IncomeSource::Wages)),
            (Measure::IncomeTransfers, of(IncomeSource::Transfers) + of(IncomeSource::Relief)),
            (Measure::IncomeRemittances, of(IncomeSource::Remittances)),
            (Measure::IncomeOnline, of(IncomeSource::ShopWages) + taken),
        ] {
            self.accounts.book.stock(measure, Money::from_yuan(yuan).fen());
        }
    }

    /// What households bought online in the open month to live on, farm inputs aside.
    fn bought_online(&self) -> Money {
        let book = &self.accounts.book;
        let online = [Measure::StationValue, Measure::SelfServiceValue, Measure::RivalValue];
        let all = Money::from_fen(online.iter().map(|&measure| book.value(measure)).sum());
        all - book.ledger().open(Item::FarmInputPurchase)
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

    /// What firms of the county other than shops paid in wages in the open month: all wages near home that
    /// are in the book before those of other employers are.
    fn paid_by_firms(&self) -> Money {
        Money::from_fen(self.accounts.book.ledger().income(IncomeSource::Wages) as i64)
    }

    /// Firms other than shops take people of all villages, in proportion to the time that is left, for so
    /// much a month at this wage. Where hands of shops have taken all of it, they work for firms besides.
    fn work_for_firms(&mut self, monthly: f64, wage: f64) {
        if monthly <= 0.0 {
            return;
        }
        let free: f64 = self.villages.iter().map(Village::still_free).sum();
        if free > 0.0 {
            let part = (monthly / wage.max(1.0) / free).min(1.0);
            self.villages.iter_mut().for_each(|village| village.work_for_firms(part, monthly / free));
            return;
        }
        let all: f64 = self.villages.iter().map(Village::at_home).sum();
        self.villages
            .iter_mut()
            .for_each(|village| village.work_besides(monthly / all.max(f64::MIN_POSITIVE)));
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
        // Harvests are lived on for a year.
        let gains = |of: fn(&Village) -> f64| self.villages.iter().map(of).sum::<f64>();
        let farm = &mut month[IncomeSource::Farm.at()];
        *farm += gains(Village::produce_month) - gains(Village::produce_year) / MONTHS_IN_YEAR * part;
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

    /// The first pause of a year: migrants come home or stay, others leave, and everybody is a year older.
    pub(in crate::model) fn spring(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        self.migrate(setting, now);
        self.villages.iter_mut().for_each(|village| village.age(setting, now));
        let next = season::homecoming_after(&setting.parameters.world, now);
        agenda.schedule(next, phase::CALENDAR, 0, Event::Spring);
    }

    /// People of every village come home or leave.
    pub(super) fn migrate(&mut self, setting: &Setting, now: Time) {
        for village in &mut self.villages {
            village.migrate(setting, now, &mut self.accounts.book);
        }
    }
}
