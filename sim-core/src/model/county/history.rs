//! A county's months of selling before the run.

use super::super::accounts::Accounts;
use super::super::agenda::HALF_YEAR;
use super::super::county_process::CountyProcess;
use super::super::earlier_buyers::EarlierBuyers;
use super::super::setting::Setting;
use crate::base::{Delay, Month, Product, Time};
use crate::event::MarketNews;
use crate::market::season;

impl CountyProcess {
    /// Works through a month in which nobody acts but sellers and, on the day of coming home, migrants: who
    /// comes back from the city opens shops. Returns the attraction of the county's shops by trade
    /// \[thousandths\].
    pub(in crate::model) fn earlier_month(
        &mut self,
        setting: &Setting,
        earlier: &EarlierBuyers,
        month: Month,
        news: &MarketNews,
    ) -> [i64; Product::COUNT] {
        self.market.news.clone_from(news);
        self.month.start = month.start();
        let end = month.next().start();
        self.earlier_couriers(setting, earlier, month.start());
        self.earlier_entries(setting, month, end);
        let homecoming = season::homecoming(&setting.parameters.world, month.year());
        if let Some(day) = homecoming.filter(|&day| Month::of(day) == month) {
            self.migrate(setting, day);
        }
        self.shops_month(setting, end);
        for village in &mut self.villages {
            village.takings.close(month, 1.0);
            village.takings.begin();
        }
        self.accounts.report.attraction
    }

    /// Opens the shops that are due before `end`. Clocks are looked at as often as in the run: monthly where
    /// somebody sells, elsewhere twice a year.
    fn earlier_entries(&mut self, setting: &Setting, month: Month, end: Time) {
        let turn = usize::from(month.0 % HALF_YEAR);
        for at in 0..self.villages.len() {
            let training = self.training(setting, month.start());
            let around = self.market.entry_conditions(setting, self.index, training);
            let village = &mut self.villages[at];
            village.sent_last = 0;
            if village.entry_clock.rate() == 0.0
                || village.sellers.is_some()
                || at % usize::from(HALF_YEAR) == turn
            {
                let rate = village.entry_rate(setting, month.start(), &around);
                village.entry_clock.update(month.start(), rate, Delay::ZERO);
            }
            while self.villages[at].entry_clock.due() < end {
                let due = self.villages[at].entry_clock.due();
                self.open_shop(setting, due, at, Delay::ZERO);
            }
        }
    }

    /// Leaves the county as it stands at the run's start, with an empty book: what was earned and paid before
    /// is not the run's.
    pub(in crate::model) fn end_history(
        &mut self,
        setting: &Setting,
        earlier: &EarlierBuyers,
        news: &MarketNews,
    ) {
        let start = setting.start;
        self.earlier_couriers(setting, earlier, start);
        self.earlier_entries(setting, Month::of(start), start);
        self.market.news.clone_from(news);
        self.month.start = start;
        self.villages.iter_mut().for_each(|village| village.takings.begin());
        self.accounts = Accounts::default();
        self.chronicle.shop_lives.clear();
    }
}
