//! A village's station: the partner's month, visits on the opening day, who comes and who leaves.

use super::Village;
use crate::agents::household::{Buying, ability, convenience, receptiveness};
use crate::agents::partner::{self, StationState};
use crate::base::{Money, Purpose, RandomStream, Time};
use crate::event::{Cause, Distribution, Happening, Measure};
use crate::market::choice::AGE_GROUPS;
use crate::metrics::book::CountyBook;
use crate::metrics::ledger::{IncomeSource, Item};
use crate::model::accounts::{Accounts, accrued};
use crate::model::chronicle::Chronicle;
use crate::model::open_month::OpenMonth;
use crate::model::setting::Setting;
use crate::params::PartnerKind;

/// Households that are looked at for one that can run a station.
const TRIES: u32 = 10;

/// A partner's pay for the month, or for the days of it that are simulated.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Pay {
    commission: Money,
    services: Money,
    help: Money,
    base: Money,
}

impl Pay {
    /// All of it.
    fn total(&self) -> Money {
        self.commission + self.services + self.help + self.base
    }
}

/// Refresher training of a partner in a month \[hours\].
fn refresher_hours(setting: &Setting, now: Time) -> f64 {
    let p = &setting.parameters.programme;
    if setting.supported(now) { p.refresher_hours * (p.trainers / 2.0).min(2.0) } else { 0.0 }
}

impl Village {
    /// Where the station stands, if there ever was one.
    pub(in crate::model) fn station_state(&self) -> Option<StationState> {
        self.station.as_deref().map(|station| station.state)
    }

    /// Settles the partner's month. Returns whether something has changed for the village's households.
    pub(in crate::model) fn settle_partner(
        &mut self,
        setting: &Setting,
        now: Time,
        month: &OpenMonth,
        accounts: &mut Accounts,
        chronicle: &mut Chronicle,
    ) -> bool {
        let p = &setting.parameters;
        let pay = self.earn(setting, now, month, &mut accounts.book);
        let mut stream = setting.random_stream(self.owner, Purpose::Partner, u64::from(now.day()) << 16);
        let Some(station) = self.station.as_deref_mut() else {
            return false;
        };
        let outside = partner::outside_option(&p.partner, station.kind, p.income.migrant_wage.at(now));
        station.practise(&p.partner, refresher_hours(setting, now));
        let leaves = station.settle(&p.partner, pay.total(), outside, &mut stream);
        self.takings.add(station.household, IncomeSource::Station, pay.total());
        pay_partner(setting, now, month.part(now), &pay, accounts);
        if leaves {
            station.state = StationState::Vacant;
            station.vacant_months = 0;
            let cause = if station.disappoints(&p.partner) { Cause::LowIncome } else { Cause::OtherReasons };
            accounts.book.count(Measure::PartnersLeft, 1);
            chronicle.record_cause(now, Some(self.index), Happening::PartnerLeft, cause);
        }
        leaves
    }

    /// Of which record the household is that runs the station: one whose head is not old, where ten tries
    /// find one.
    pub(in crate::model) fn partner_household(&self, stream: &mut RandomStream) -> u16 {
        let records = u32::from(self.records());
        let mut tries = (0..TRIES).map(|_| stream.below(records) as u16);
        let first = tries.next().unwrap_or(0);
        let is_old = |record: u16| self.residents[usize::from(record)].age_group() + 1 == AGE_GROUPS;
        if is_old(first) { tries.find(|&record| !is_old(record)).unwrap_or(first) } else { first }
    }

    /// Pays the partner for the days of an unfinished month; nobody decides whether to stay.
    pub(in crate::model) fn accrue_partner(
        &mut self,
        setting: &Setting,
        now: Time,
        month: &OpenMonth,
        accounts: &mut Accounts,
    ) {
        let pay = self.earn(setting, now, month, &mut accounts.book);
        let part = month.part(now);
        pay_partner(setting, now, part, &pay, accounts);
        if let Some(station) = self.station.as_deref_mut() {
            station.income = Some(pay.total().share(1.0 / part));
            self.takings.add(station.household, IncomeSource::Station, pay.total());
            station.orders_last = station.orders;
        }
    }

    /// What the partner of an open station earns, services being given now.
    fn earn(&self, setting: &Setting, now: Time, month: &OpenMonth, book: &mut CountyBook) -> Pay {
        let part = month.part(now);
        let services = self.serve(setting, month, part, book);
        let help = accrued(self.help_sellers(setting), part);
        let base = if setting.supported(now) {
            accrued(Money::from_yuan(setting.parameters.programme.base_pay), part)
        } else {
            Money::ZERO
        };
        let station = self.station.as_deref();
        Pay { commission: station.map_or(Money::ZERO, |station| station.commission), services, help, base }
    }

    /// Services without parcels in the month: bills, top-ups, tickets. Returns what the partner earns.
    fn serve(&self, setting: &Setting, month: &OpenMonth, part: f64, book: &mut CountyBook) -> Money {
        let p = &setting.parameters.partner;
        let Some(station) = self.open_station() else {
            return Money::ZERO;
        };
        let informed = 1.0 - self.share(Buying::Unaware);
        let mean = p.services_per_household * f64::from(self.households) * informed * station.skill * part;
        let day = u64::from(month.start.day());
        let count = i64::from(setting.random_stream(self.owner, Purpose::Service, day).poisson(mean));
        let value = Money::from_yuan(p.service_value) * count;
        book.count(Measure::Services, count);
        book.pay(Item::BillPayment, value);
        book.pay(Item::BillSettlement, value);
        Money::from_yuan(p.service_fee) * count
    }

    /// What the partner earns on the sales of the village's home shops.
    fn help_sellers(&self, setting: &Setting) -> Money {
        let p = &setting.parameters.partner;
        let skill = self.open_station().map_or(0.0, |station| station.skill);
        let sales = self.sellers.as_ref().map_or(0, |sellers| sellers.home_sales);
        Money::from_fen(sales).share(p.sales_help_reach * skill * p.sales_help_fee)
    }

    /// On the opening day half of the village hears of the station, and some try.
    pub(in crate::model) fn opening_day(&mut self, setting: &Setting, now: Time, phones: f64) {
        let p = &setting.parameters.household;
        let skill = self.station.as_ref().map_or(0.0, |station| station.skill);
        let (need, convenience) = (f64::from(self.need), convenience(p, self.delivery));
        let mut stream = setting.random_stream(self.owner, Purpose::Partner, 1);
        for record in 0..self.records() {
            let household = self.residents[usize::from(record)];
            let (comes, persuaded) = (stream.chance(0.5), stream.unit());
            if !comes {
                continue;
            }
            // Who could use self-service is persuaded as far as that is inconvenient, as by visits.
            let able = ability(p, household.age_group(), household.has_phone(phones));
            let willing = receptiveness(p, household.class) * need * (1.0 - able * convenience);
            match household.buying {
                Buying::Unaware => self.change_buying(setting, now, record, Buying::Aware),
                Buying::Aware if persuaded < p.persuasion * willing * (0.5 + skill) => {
                    self.try_out(setting, now, record);
                }
                _ => {}
            }
        }
    }

    /// Seeks a successor of the partner who left, for so long; then the station closes. Returns whether
    /// something has changed for the village's households.
    pub(in crate::model) fn seek_replacement(
        &mut self,
        setting: &Setting,
        now: Time,
        wanted: PartnerKind,
        accounts: &mut Accounts,
        chronicle: &mut Chronicle,
    ) -> bool {
        let (programme, p) = (&setting.parameters.programme, &setting.parameters.partner);
        let supported = setting.supported(now);
        let mut stream =
            setting.random_stream(self.owner, Purpose::Partner, u64::from(now.day()) << 16 | 1 << 15);
        let sought = supported && stream.chance(p.replacement);
        let found = if sought { partner::best_applicant(p, wanted, &mut stream) } else { None };
        let household = self.partner_household(&mut stream);
        let Some(station) = self.station.as_deref_mut() else {
            return false;
        };
        station.vacant_months += 1;
        if let Some(applicant) = found.filter(|a| a.score >= programme.acceptance_score) {
            station.take_over(p, programme, &applicant, household);
            accounts.book.count(Measure::PartnersReplaced, 1);
            chronicle.record(now, Some(self.index), Happening::PartnerReplaced);
            return true;
        }
        if station.vacant_months <= p.replacement_time {
            return false;
        }
        station.state = StationState::Closed;
        accounts.report.closed += 1;
        accounts.book.count(Measure::StationsClosed, 1);
        let cause = if supported { Cause::NoSuccessor } else { Cause::SupportEnded };
        chronicle.record_cause(now, Some(self.index), Happening::StationClosed, cause);
        true
    }
}

/// Books a partner's pay, and what the programme spends on the station beside it.
fn pay_partner(setting: &Setting, now: Time, part: f64, pay: &Pay, accounts: &mut Accounts) {
    let Pay { commission, services, help, base } = *pay;
    let book = &mut accounts.book;
    book.count(Measure::PartnerMonths, 1);
    book.count(Measure::PartnerCommission, commission.fen());
    book.count(Measure::PartnerServices, services.fen());
    book.count(Measure::PartnerSalesHelp, help.fen());
    book.count(Measure::PartnerBasePay, base.fen());
    book.pay(Item::PartnerCommission, commission);
    book.pay(Item::PartnerServiceFees, services);
    book.pay(Item::SalesHelp, help);
    book.pay(Item::PartnerDrawings, pay.total());
    // A month's income, also where only some days of it were simulated.
    let income = pay.total().yuan() / part;
    book.sample(Distribution::PartnerIncome, income, 1);
    let above = income > setting.parameters.income.migrant_wage.at(now);
    book.count(Measure::PartnersAboveWage, i64::from(above));
    accounts.run(Item::PartnerBasePay, base);
    if setting.supported(now) {
        support_station(setting, refresher_hours(setting, now) * part, part, accounts);
    }
}

/// What the programme spends on a station each month beside pay.
fn support_station(setting: &Setting, hours: f64, part: f64, accounts: &mut Accounts) {
    let programme = &setting.parameters.programme;
    accounts.book.count(Measure::TrainingHours, (hours + 0.5) as i64);
    accounts.run(Item::Promotion, accrued(Money::from_yuan(programme.promotion), part));
    accounts.run(Item::PartnerTraining, Money::from_yuan(hours * programme.training_cost));
}
