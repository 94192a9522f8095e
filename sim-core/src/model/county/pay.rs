//! What partners earn in a month, and what the programme spends on them.

use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::unfinished::accrued;
use crate::agents::household::Buying;
use crate::base::{Money, Purpose, Time};
use crate::event::{Distribution, Measure};
use crate::metrics::ledger::Item;

/// A partner's pay for the month, or for the days of it that are simulated.
pub(super) struct Pay {
    commission: Money,
    services: Money,
    help: Money,
    base: Money,
}

impl Pay {
    /// All of it.
    pub(super) fn total(&self) -> Money {
        self.commission + self.services + self.help + self.base
    }
}

/// Refresher training of a partner in a month \[hours\].
pub(super) fn refresher_hours(setting: &Setting, now: Time) -> f64 {
    let p = &setting.parameters.programme;
    if setting.supported(now) { p.refresher_hours * (p.trainers / 2.0).min(2.0) } else { 0.0 }
}

impl CountyProcess {
    /// What the partner of an open station earns, services being given now.
    pub(super) fn earn(&mut self, setting: &Setting, now: Time, at: usize) -> Pay {
        let services = self.serve(setting, now, at);
        let help = accrued(self.help_sellers(setting, at), self.part(now));
        let base = if setting.supported(now) {
            accrued(Money::from_yuan(setting.parameters.programme.base_pay), self.part(now))
        } else {
            Money::ZERO
        };
        let station = self.villages[at].station.as_deref();
        Pay { commission: station.map_or(Money::ZERO, |station| station.commission), services, help, base }
    }

    /// Books a partner's pay, and what the programme spends on the station beside it.
    pub(super) fn pay_partner(&mut self, setting: &Setting, now: Time, pay: &Pay) {
        let Pay { commission, services, help, base } = *pay;
        self.book.count(Measure::PartnerMonths, 1);
        self.book.count(Measure::PartnerCommission, commission.fen());
        self.book.count(Measure::PartnerServices, services.fen());
        self.book.count(Measure::PartnerSalesHelp, help.fen());
        self.book.count(Measure::PartnerBasePay, base.fen());
        self.book.pay(Item::PartnerCommission, commission);
        self.book.pay(Item::PartnerServiceFees, services);
        self.book.pay(Item::SalesHelp, help);
        self.book.pay(Item::PartnerBasePay, base);
        self.book.pay(Item::PartnerDrawings, commission + services + help + base);
        self.report.running_cost += base;
        let part = self.part(now);
        // A month's income, also where only some days of it were simulated.
        let income = pay.total().yuan() / part;
        self.book.sample(Distribution::PartnerIncome, income, 1);
        let above = income > setting.parameters.income.migrant_wage.at(now);
        self.book.count(Measure::PartnersAboveWage, i64::from(above));
        if setting.supported(now) {
            self.support_station(setting, refresher_hours(setting, now) * part, part);
        }
    }

    /// What the programme spends on a station each month beside pay.
    fn support_station(&mut self, setting: &Setting, hours: f64, part: f64) {
        let programme = &setting.parameters.programme;
        let promotion = accrued(Money::from_yuan(programme.promotion), part);
        let training = Money::from_yuan(hours * programme.training_cost);
        self.book.count(Measure::TrainingHours, (hours + 0.5) as i64);
        self.book.pay(Item::Promotion, promotion);
        self.book.pay(Item::PartnerTraining, training);
        self.report.running_cost += promotion + training;
    }

    /// Services without parcels in the month: bills, top-ups, tickets. Returns what the partner earns.
    fn serve(&mut self, setting: &Setting, now: Time, at: usize) -> Money {
        let p = &setting.parameters.partner;
        let part = self.part(now);
        let village = &self.villages[at];
        let Some(station) = village.open_station() else {
            return Money::ZERO;
        };
        let informed = 1.0 - village.share(Buying::Unaware.at());
        let mean = p.services_per_household * f64::from(village.households) * informed * station.skill * part;
        let month = u64::from(self.month_start.day());
        let count = i64::from(setting.luck(village.owner, Purpose::Service, month).poisson(mean));
        let value = Money::from_yuan(p.service_value) * count;
        self.book.count(Measure::Services, count);
        self.book.pay(Item::BillPayment, value);
        self.book.pay(Item::BillSettlement, value);
        Money::from_yuan(p.service_fee) * count
    }

    /// What the partner earns on the sales of the village's home shops.
    fn help_sellers(&mut self, setting: &Setting, at: usize) -> Money {
        let p = &setting.parameters.partner;
        let village = &self.villages[at];
        let skill = village.open_station().map_or(0.0, |station| station.skill);
        let sales = village.sellers.as_ref().map_or(0, |sellers| sellers.home_sales);
        Money::from_fen(sales).share(p.sales_help_reach * skill * p.sales_help_fee)
    }
}
