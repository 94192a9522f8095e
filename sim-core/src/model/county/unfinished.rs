//! Months of which the run simulates only some days: the first, if the run begins within it, and the last, if
//! it ends within it.
//!
//! Orders and parcels happen at their moments. Shops, partners, incomes and government settle at a month's
//! end, and what they book is then a month's. In an incomplete month it is booked for the days that were
//! simulated: `OpenMonth::part` of the month. In whole months the part is 1, and nothing is changed to
//! the bit.
//!
//! The last month has no end within the run: what is decided at a month's end (who leaves, closes, grows,
//! borrows; roads and lines) is not decided. Its books are closed on a copy, so that a run that goes on from
//! its last moment is the run that never stopped. Rejected: leaving the days out, as results would then tell
//! less than was simulated; settling them as a month, which would sell a month's goods in a day.

use super::super::accounts::accrued;
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use crate::base::{Money, Time};
use crate::metrics::ledger::Item;

impl CountyProcess {
    /// The county with the days since the last month's end closed in its book; the county itself stays as it
    /// is.
    pub(in crate::model) fn unfinished(&self, setting: &Setting, now: Time) -> CountyProcess {
        let own = self.own_setting(setting);
        let setting = own.as_deref().unwrap_or(setting);
        let mut county = self.clone();
        let month = county.month.month();
        county.learn_from_month(setting, now);
        county.count_traffic(setting, now);
        county.accrue_partners(setting, now);
        county.accrue_shops(setting, now);
        county.hold_masterclasses(setting, now);
        county.spend_grant(setting, now);
        county.pay_for_measures(setting, now);
        county.close_couriers(setting, now);
        county.settle_centre(setting, now);
        county.live(setting, now);
        county.review_month(setting, now);
        county.charge_merchants(setting);
        county.take_stock(setting);
        county.write_rows(setting, month);
        county.write_lives(month);
        county.accounts.book.close(month, county.month.days(now));
        county
    }

    /// Demonstration money of the month.
    pub(super) fn spend_grant(&mut self, setting: &Setting, now: Time) {
        let spent = accrued(self.grant.monthly, self.month.part(now)).min(self.grant.left);
        if spent > Money::ZERO {
            self.grant.left -= spent;
            let classes = spent.share(setting.parameters.government.demonstration_training);
            self.accounts.book.pay(Item::PublicTraining, classes);
            self.accounts.book.pay(Item::DemonstrationGrant, spent - classes);
        }
    }
}
