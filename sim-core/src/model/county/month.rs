//! The month's end in a county: everybody settles, and the book closes.

use super::super::agenda::HALF_YEAR;
use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::county_state::FollowedRow;
use super::super::open_month::OpenMonth;
use super::super::setting::{Setting, VillageRows};
use crate::base::time::YEAR;
use crate::base::{Money, Month, Time};
use crate::event::{Event, Measure, Message};
use crate::metrics::ledger::Item;

impl CountyProcess {
    /// Settles the month that ends at `now`, in its last minute. The order is part of the model:
    ///
    /// 1. partners are paid and decide, 2. shops work through their month, 3. government spends, 4. couriers
    ///    decide and the centre's people are paid, 5. incomes and spending are booked, 6. households are
    ///    reviewed now and then, 7. the centre adapts, 8. the book closes and the nation is told, 9. what has
    ///    changed is worked out anew.
    ///
    /// In a sample households learn from the month's parcels before it is settled.
    pub(in crate::model) fn month(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        let month = self.month.month();
        self.learn_from_month(setting, now);
        self.count_traffic(setting, now);
        self.settle_partners(setting, now, agenda);
        self.shops_month(setting, now);
        self.hold_masterclasses(setting, now);
        self.govern(setting, now, agenda);
        self.review_couriers(setting, now);
        self.settle_centre(setting, now);
        self.live(setting, now);
        if is_due(setting, month, setting.reporting.household_interval) {
            self.review_month(setting, now);
        }
        self.adapt_centre(setting, now);
        self.charge_merchants(setting);
        self.take_stock(setting);
        self.write_rows(setting, month);
        self.write_lives(month);
        let book = &self.accounts.book;
        let value = book.value(Measure::StationValue) + book.value(Measure::SelfServiceValue);
        self.accounts.report.platform_value = Money::from_fen(value);
        self.accounts.book.close(month, self.month.days(now));
        if setting.reports_figures {
            self.accounts.report.figures = self.accounts.book.figures().map(Box::new);
        }
        agenda.send(setting.nation(), Message::Report(Box::new(self.accounts.take_report())));
        self.start_month(setting, now, agenda);
    }

    /// What platforms charge merchants on what the county bought online in the month.
    pub(super) fn charge_merchants(&mut self, setting: &Setting) {
        let book = &mut self.accounts.book;
        let fee = setting.parameters.platform.fee;
        let own = book.value(Measure::StationValue) + book.value(Measure::SelfServiceValue);
        book.pay(Item::MerchantFees, Money::from_fen(own).share(fee));
        let rival = Money::from_fen(book.value(Measure::RivalValue));
        book.pay(Item::RivalMerchantFees, rival.share(fee));
    }

    /// What decisions of the month's end see of its orders.
    pub(super) fn count_traffic(&mut self, setting: &Setting, now: Time) {
        let month = &self.month;
        self.villages.iter_mut().for_each(|village| village.count_traffic(setting, month, now));
    }

    /// In a sample households learn from what was delivered in the month; else they have done so.
    pub(super) fn learn_from_month(&mut self, setting: &Setting, now: Time) {
        if setting.is_whole() {
            return;
        }
        let (month, news) = (&self.month, &self.market.news);
        let passed = setting.seasons.order_time(now).since(setting.seasons.order_time(month.start));
        let years = f64::from(passed.as_minutes()) / YEAR;
        for village in &mut self.villages {
            village.learn_from_month(setting, now, month, years, news);
        }
    }

    fn start_month(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        self.month = OpenMonth::beginning(setting, now, self.market.news.insight);
        // Incomes and variety drift: every village is looked at twice a year even if nothing happened.
        let turn = usize::from(Month::of(now).0 % HALF_YEAR);
        let order_time = setting.seasons.order_time(now);
        let training = self.training(setting, now);
        let around = self.market.entry_conditions(setting, self.index, training);
        for (at, village) in self.villages.iter_mut().enumerate() {
            village.begin_month();
            let selling = village.sellers.is_some();
            if village.stale || at % usize::from(HALF_YEAR) == turn {
                village.refresh(setting, now, &self.month, agenda);
            } else {
                village.retime_orders_at(setting, now, order_time, true, agenda);
                if !setting.is_whole() {
                    village.retime_adoption(now, agenda);
                }
            }
            if selling || at % usize::from(HALF_YEAR) == turn {
                village.retime_entry(setting, now, &around, agenda);
            }
        }
        agenda.schedule(OpenMonth::last_minute(Month::of(now)), phase::CLOSING, 0, Event::Month);
    }

    /// Rows of the village table, where the scenario asks for them.
    pub(super) fn write_rows(&mut self, setting: &Setting, month: Month) {
        let reporting = setting.reporting;
        if reporting.villages == VillageRows::Nothing || !is_due(setting, month, reporting.village_interval) {
            return;
        }
        let days = self.month.days(month.next().start().min(setting.end));
        for village in &self.villages {
            let active = village.station.is_some() || !village.shops().is_empty();
            if active || reporting.villages == VillageRows::All {
                self.chronicle.rows.push(village.row(month, days));
            }
        }
    }

    /// Months of followed households.
    pub(super) fn write_lives(&mut self, month: Month) {
        for &record in &self.chronicle.followed {
            let at = self.villages.partition_point(|village| village.first <= record) - 1;
            let village = &self.villages[at];
            let within = (record - village.first) as u16;
            self.chronicle.lives.push(FollowedRow {
                month,
                village: village.index,
                record: within,
                household: village.residents[usize::from(within)],
                shops: village.shops_of(within).count() as u16,
            });
        }
    }
}

/// Whether something done every so many months is due after this month; always due at the run's end.
fn is_due(setting: &Setting, month: Month, interval: u32) -> bool {
    let last = month.next().start() >= setting.end;
    last || u32::from(month.0 + 1) % interval.max(1) == 0
}
