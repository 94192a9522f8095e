//! Months of which the run simulates only some days: the first, if the run begins within it, and the last, if
//! it ends within it.
//!
//! Orders and parcels happen at their moments. Shops, partners, incomes and government settle at a month's
//! end, and what they book is then a month's. In an incomplete month it is booked for the days that were
//! simulated: [`CountyProcess::part`] of the month. In whole months the part is 1, and nothing is changed to
//! the bit.
//!
//! The last month has no end within the run: what is decided at a month's end (who leaves, closes, grows,
//! borrows; roads and lines) is not decided. Its books are closed on a copy, so that a run that goes on from
//! its last moment is the run that never stopped. Rejected: leaving the days out, as results would then tell
//! less than was simulated; settling them as a month, which would sell a month's goods in a day.

use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use crate::agents::partner::StationState;
use crate::agents::service_centre::CentreState;
use crate::agents::shop::ShopMonth;
use crate::base::{Money, Month, Time};
use crate::metrics::ledger::Item;

/// What of a month's amount falls on a part of the month; the amount itself, to the bit, for a whole one.
pub(super) fn accrued(amount: Money, part: f64) -> Money {
    if part >= 1.0 { amount } else { amount.share(part) }
}

impl ShopMonth {
    /// What of it falls on a part of the month: all but what happens once, such as an investment.
    pub(super) fn accrued(self, part: f64) -> ShopMonth {
        if part >= 1.0 {
            return self;
        }
        let of = |amount| accrued(amount, part);
        ShopMonth {
            sales: of(self.sales),
            exports: of(self.exports),
            inputs: of(self.inputs),
            fees: of(self.fees),
            carriage: of(self.carriage),
            parcels: (f64::from(self.parcels) * part + 0.5) as u32,
            wages: of(self.wages),
            drawings: of(self.drawings),
            interest: of(self.interest),
            repaid: of(self.repaid),
            capital: of(self.capital),
            profit: of(self.profit),
            ..self
        }
    }
}

impl CountyProcess {
    /// Days of the open month that are simulated until a moment.
    pub(in crate::model) fn days(&self, until: Time) -> u32 {
        until.day() - self.month_start.day()
    }

    /// The part of its calendar month that the open month simulates until a moment \[above 0, to 1\].
    pub(in crate::model) fn part(&self, until: Time) -> f64 {
        f64::from(self.days(until)) / f64::from(Month::of(self.month_start).days())
    }

    /// The county with the days since the last month's end closed in its book; the county itself stays as it
    /// is.
    pub(in crate::model) fn unfinished(&self, setting: &Setting, now: Time) -> CountyProcess {
        let mut county = self.clone();
        let month = Month::of(county.month_start);
        county.accrue_partners(setting, now);
        county.accrue_shops(setting, now);
        county.spend_grant(now);
        county.pay_for_measures(setting, now);
        county.live(setting, now);
        county.review_households(setting, now);
        if county.centre.state == CentreState::Open {
            county.pay_centre(setting, now);
        }
        county.take_stock(setting, now);
        county.write_rows(setting, month);
        county.write_lives(month);
        county.book.close(month, county.days(now));
        county
    }

    /// Pays partners for the days; nobody decides whether to stay.
    fn accrue_partners(&mut self, setting: &Setting, now: Time) {
        for at in 0..self.villages.len() {
            let open = self.villages[at].station.as_deref().map(|station| station.state);
            if open != Some(StationState::Open) {
                continue;
            }
            let pay = self.earn(setting, now, at);
            self.pay_partner(setting, now, &pay);
            let part = self.part(now);
            if let Some(station) = self.villages[at].station.as_deref_mut() {
                station.income = Some(pay.total().share(1.0 / part));
                station.orders_last = station.orders;
            }
        }
    }

    /// Books what shops sell in the days; none grows, borrows or closes.
    fn accrue_shops(&mut self, setting: &Setting, now: Time) {
        for sellers in self.villages.iter_mut().filter_map(|village| village.sellers.as_deref_mut()) {
            (sellers.home_sales, sellers.income) = (0, 0);
        }
        let yearly: Vec<_> = self.sellers_sales().collect();
        let (support, seasons) = (self.shop_support(setting, now), self.seasons(setting));
        for shop in self.shops.clone() {
            let mut as_if = shop;
            let (month, around) = self.month_of_shop(setting, now, &mut as_if, &support, &seasons);
            let month = ShopMonth {
                loan: Money::ZERO,
                investment: Money::ZERO,
                rent_support: Money::ZERO,
                grew: false,
                ..month
            };
            self.note_shop(setting, now, &shop, &month, &around);
        }
        let all = self.villages.iter_mut();
        all.filter_map(|village| village.sellers.as_deref_mut())
            .zip(yearly)
            .for_each(|(sellers, sales)| sellers.sales = sales);
    }

    /// Sales of each village's shops by month of the year.
    fn sellers_sales(&self) -> impl Iterator<Item = [i64; 12]> {
        let all = self.villages.iter();
        all.filter_map(|village| village.sellers.as_deref()).map(|sellers| sellers.sales)
    }

    /// The centre's running cost.
    pub(super) fn pay_centre(&mut self, setting: &Setting, now: Time) {
        if setting.supported(now) {
            let cost = Money::from_yuan(setting.parameters.programme.county_running_cost);
            let cost = accrued(cost, self.part(now));
            self.book.pay(Item::CountyCentreStaff, cost);
            self.report.running_cost += cost;
        }
    }

    /// Demonstration money of the month.
    pub(super) fn spend_grant(&mut self, now: Time) {
        let spent = accrued(self.grant.monthly, self.part(now)).min(self.grant.left);
        if spent > Money::ZERO {
            self.grant.left -= spent;
            self.book.pay(Item::DemonstrationGrant, spent);
        }
    }
}
