//! The month of a station's partner: what it earns by services and goods, is paid and spends.

use super::station::{Recruiting, shelf_cost};
use super::{Traffic, Village};
use crate::agents::household::Buying;
use crate::agents::partner::StationState;
use crate::base::factor::TENTH;
use crate::base::{Money, Purpose, Time};
use crate::event::{Cause, Distribution, Happening, Measure};
use crate::market::choice;
use crate::metrics::book::CountyBook;
use crate::metrics::ledger::{IncomeSource, Item};
use crate::model::accounts::{Accounts, accrued};
use crate::model::chronicle::Chronicle;
use crate::model::open_month::OpenMonth;
use crate::model::setting::Setting;

/// Part of a month for which a station counts as open at least, when its first orders are looked at.
const LEAST_OPEN: f64 = TENTH;

/// A partner's pay for the month, or for the days of it that are simulated, and what it costs to earn.
#[derive(Clone, Copy, Debug)]
struct Pay {
    commission: Money,
    services: Money,
    help: Money,
    base: Money,
    /// Goods sold from the shelf, less what they and the unsold ones cost.
    shelf: Money,
    running: Money,
}

impl Pay {
    /// What is left of it; below zero where costs are more.
    fn total(&self) -> Money {
        self.commission + self.services + self.help + self.base + self.shelf - self.running
    }

    /// What the partner of a station with this traffic takes for the month's pay: the pay, and in a sample
    /// what it is with single orders.
    fn taken(self, setting: &Setting, traffic: &Traffic) -> Pay {
        if setting.bundle == 1 {
            return self;
        }
        let commission = Money::from_yuan(traffic.station_value * setting.parameters.partner.commission);
        Pay { commission, ..self }
    }
}

/// A service without parcel.
pub(super) struct ServiceKind {
    /// Of a household that knows of the station, from a partner of full skill \[services/month\].
    pub rate: f64,
    /// \[yuan\].
    pub fee: f64,
    pub value: f64,
    /// Trips that one saves.
    pub trips: f64,
    /// Road of such a trip, one way \[minutes\].
    pub minutes: f64,
    pub measure: Measure,
}

impl Village {
    /// Settles the partner's month. Returns whether something has changed for the village's households.
    pub(in crate::model) fn settle_partner(
        &mut self,
        setting: &Setting,
        now: Time,
        month: &OpenMonth,
        recruiting: &Recruiting<'_>,
        accounts: &mut Accounts,
        chronicle: &mut Chronicle,
    ) -> bool {
        let setting = setting.of_village(self.index);
        let p = &setting.parameters;
        let pay = self.earn(setting, now, month, &mut accounts.book);
        let taken = pay.taken(setting, &self.traffic);
        let support = self.support(setting);
        let mut stream = setting.random_stream(self.owner, Purpose::Partner, u64::from(now.day()) << 16);
        let Some(station) = self.station.as_deref_mut() else {
            return false;
        };
        station.practise(&p.partner, recruiting.refresher);
        let wage = p.income.migrant_wage.at(now);
        let part = month.part(now);
        // Orders of a station that opened within the month are those of some days.
        let open = f64::from(now.minutes() - station.opened.max(month.start).minutes());
        let open = (open / f64::from(now.minutes() - month.start.minutes())).clamp(LEAST_OPEN, 1.0);
        let whole = taken.total().yuan() + taken.commission.yuan() * (1.0 / open - 1.0);
        let income = (taken.total(), whole / part);
        let leaves = station.settle(&p.partner, income, support, wage, &mut stream);
        self.takings.add(station.household, IncomeSource::Station, pay.total());
        let spent = Spent { part, refresher: recruiting.refresher * part };
        pay_partner(setting, now, &spent, &pay, taken.total(), accounts);
        if leaves {
            station.state = StationState::Vacant;
            station.vacant_months = 0;
            let cause = if station.disappoints(&p.partner) { Cause::LowIncome } else { Cause::OtherReasons };
            accounts.book.count(Measure::PartnersLeft, 1);
            chronicle.record_cause(now, Some(self.index), Happening::PartnerLeft, cause);
        }
        leaves
    }

    /// Pays the partner for the days of an unfinished month; nobody decides whether to stay.
    pub(in crate::model) fn accrue_partner(
        &mut self,
        setting: &Setting,
        now: Time,
        month: &OpenMonth,
        refresher: f64,
        accounts: &mut Accounts,
    ) {
        let setting = setting.of_village(self.index);
        let pay = self.earn(setting, now, month, &mut accounts.book);
        let (part, income) = (month.part(now), pay.taken(setting, &self.traffic).total());
        let spent = Spent { part, refresher: refresher * part };
        pay_partner(setting, now, &spent, &pay, income, accounts);
        if let Some(station) = self.station.as_deref_mut() {
            station.income = Some(income.share(1.0 / part));
            self.takings.add(station.household, IncomeSource::Station, pay.total());
            station.orders_last = station.orders;
        }
    }

    /// What the partner of an open station earns, services being given now.
    fn earn(&self, setting: &Setting, now: Time, month: &OpenMonth, book: &mut CountyBook) -> Pay {
        let p = &setting.parameters;
        let part = month.part(now);
        let services = self.serve(setting, now, month, part, book);
        let help = self.sellers.as_ref().map_or(0, |sellers| sellers.help_paid);
        let base = if setting.supported(now) { p.programme.base_pay } else { 0.0 };
        let monthly = |yuan: f64| accrued(Money::from_yuan(yuan), part);
        let station = self.station.as_deref();
        let sold = station.map_or(Money::ZERO, |station| station.shelf_sold);
        Pay {
            commission: station.map_or(Money::ZERO, |station| station.commission),
            services,
            help: accrued(Money::from_fen(help), part),
            base: monthly(base),
            shelf: accrued(sold - shelf_cost(&p.programme, sold), part),
            running: monthly(p.partner.running_cost),
        }
    }

    /// Households' services that a partner of this skill gives, over the rate of one household.
    pub(super) fn served(&self, skill: f64) -> f64 {
        f64::from(self.households) * (1.0 - self.share(Buying::Unaware)) * skill
    }

    /// Services without parcels: bills, top-ups, tickets.
    pub(super) fn services(&self, setting: &Setting) -> [ServiceKind; 3] {
        let p = &setting.parameters.partner;
        let to_town = f64::from(self.to_town);
        [
            ServiceKind {
                rate: p.bills_per_household,
                fee: p.bill_fee,
                value: p.bill_value,
                trips: p.bill_trips,
                minutes: to_town,
                measure: Measure::Bills,
            },
            ServiceKind {
                rate: p.topups_per_household,
                fee: p.topup_fee,
                value: p.topup_value,
                trips: p.topup_trips,
                minutes: to_town,
                measure: Measure::TopUps,
            },
            ServiceKind {
                rate: p.tickets_per_household,
                fee: p.ticket_fee,
                value: p.ticket_value,
                trips: p.ticket_trips,
                minutes: f64::from(self.to_seat),
                measure: Measure::Tickets,
            },
        ]
    }

    /// Services without parcels in the month. Returns what the partner earns.
    fn serve(
        &self,
        setting: &Setting,
        now: Time,
        month: &OpenMonth,
        part: f64,
        book: &mut CountyBook,
    ) -> Money {
        let p = &setting.parameters;
        let Some(station) = self.open_station() else {
            return Money::ZERO;
        };
        let served = self.served(station.skill) * part;
        let wage = p.income.migrant_wage.at(now) / p.household.working_hours;
        let mut stream = setting.random_stream(self.owner, Purpose::Service, u64::from(month.start.day()));
        let (mut earned, mut trips, mut saved) = (Money::ZERO, 0.0, 0.0);
        for service in self.services(setting) {
            let count = stream.poisson(service.rate * served);
            let value = Money::from_yuan(service.value) * i64::from(count);
            book.count(Measure::Services, i64::from(count));
            book.count(service.measure, i64::from(count));
            book.pay(Item::BillPayment, value);
            book.pay(Item::BillSettlement, value);
            earned += Money::from_yuan(service.fee) * i64::from(count);
            let avoided = f64::from(count) * service.trips;
            trips += avoided;
            saved += avoided * choice::trip_cost(&p.household, wage, service.minutes);
        }
        book.count(Measure::TripsSaved, (trips + 0.5) as i64);
        book.count(Measure::TripCostSaved, Money::from_yuan(saved).fen());
        earned
    }
}

/// What a month's training depends on.
#[derive(Clone, Copy, Debug)]
struct Spent {
    /// Part of the month that is simulated.
    part: f64,
    /// Refresher training of the partner in it \[hours\].
    refresher: f64,
}

/// Books a partner's pay and what it is taken for, and what the programme spends on the station beside it.
fn pay_partner(
    setting: &Setting,
    now: Time,
    spent: &Spent,
    pay: &Pay,
    income: Money,
    accounts: &mut Accounts,
) {
    let Pay { commission, services, help, base, shelf, running } = *pay;
    let book = &mut accounts.book;
    book.count(Measure::PartnerMonths, 1);
    book.count(Measure::PartnerCommission, commission.fen());
    book.count(Measure::PartnerServices, services.fen());
    book.count(Measure::PartnerSalesHelp, help.fen());
    book.count(Measure::PartnerBasePay, base.fen());
    book.count(Measure::PartnerShelf, shelf.fen());
    book.count(Measure::PartnerCosts, running.fen());
    book.pay(Item::PartnerCommission, commission);
    book.pay(Item::PartnerServiceFees, services);
    book.pay(Item::StationRunningCost, running);
    let total = pay.total();
    book.pay(Item::PartnerDrawings, total.max(Money::ZERO));
    book.pay(Item::PartnerCapital, (-total).max(Money::ZERO));
    // A month's income, also where only some days of it were simulated.
    let income = income.yuan() / spent.part;
    book.sample(Distribution::PartnerIncome, income, 1);
    let above = income > setting.parameters.income.migrant_wage.at(now);
    book.count(Measure::PartnersAboveWage, i64::from(above));
    accounts.run(Item::PartnerBasePay, base);
    if setting.supported(now) {
        support_station(setting, spent, accounts);
    }
}

/// What the programme spends on a station each month beside pay.
fn support_station(setting: &Setting, spent: &Spent, accounts: &mut Accounts) {
    let programme = &setting.parameters.programme;
    accounts.book.count(Measure::TrainingHours, (spent.refresher + 0.5) as i64);
    accounts.run(Item::Promotion, accrued(Money::from_yuan(programme.promotion), spent.part));
    accounts.run(Item::PartnerTraining, Money::from_yuan(spent.refresher * programme.training_cost));
}
