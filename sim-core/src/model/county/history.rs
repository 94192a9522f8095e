//! A county's months of selling before the run.

use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use crate::agents::courier::{self, Coverage, Prospect};
use crate::base::{Calendar, Delay, Month, Product, Time};
use crate::event::{CountyReport, MarketNews};
use crate::market::choice::Delivery;
use crate::metrics::book::CountyBook;

impl CountyProcess {
    /// Works through a month in which nobody acts but sellers and, at Spring Festival, migrants: who comes
    /// back from the city founds shops. Returns the attraction of the county's shops by trade
    /// \[thousandths\].
    pub(in crate::model) fn earlier_month(
        &mut self,
        setting: &Setting,
        month: Month,
        news: &MarketNews,
    ) -> [i64; Product::COUNT] {
        self.news.clone_from(news);
        self.month_start = month.start();
        let end = month.next().start();
        self.earlier_couriers(setting, month.start());
        self.earlier_foundings(setting, month, end);
        let festival = Calendar::spring_festival(month.year());
        if Month::of(festival) == month {
            (0..self.villages.len()).for_each(|at| self.migrate(setting, festival, at));
        }
        self.shops_month(setting, end);
        self.report.attraction
    }

    /// Founds what is due before `end`. Clocks are looked at as often as in the run: monthly where somebody
    /// sells, elsewhere twice a year.
    fn earlier_foundings(&mut self, setting: &Setting, month: Month, end: Time) {
        let turn = usize::from(month.0 % 6);
        for at in 0..self.villages.len() {
            let village = &mut self.villages[at];
            village.sent_last = 0;
            if village.found_clock.rate() == 0.0 || village.sellers.is_some() || at % 6 == turn {
                let rate = self.founding_rate(setting, month.start(), at);
                self.villages[at].found_clock.look(month.start(), rate, Delay::ZERO);
            }
            while self.villages[at].found_clock.due() < end {
                let due = self.villages[at].found_clock.due();
                self.found(setting, due, at, Delay::ZERO);
            }
        }
    }

    /// Couriers come as their published spread has it, and to villages whose shops pay for a round.
    fn earlier_couriers(&mut self, setting: &Setting, now: Time) {
        let p = &setting.parameters.logistics;
        let coverage = Coverage::at(p, now.years() - 10.0);
        let cost_ratio = courier::cost_ratio(p, now.years() - 10.0);
        let places = &setting.atlas.counties[self.index.at()].villages;
        for (village, place) in self.villages.iter_mut().zip(places) {
            village.delivery = coverage.reaches(f64::from(place.delivery_rank));
            if village.sent_last > 0 {
                let prospect = Prospect {
                    parcels: f64::from(village.sent_last) / 30.0,
                    to_town: f64::from(village.to_town),
                    subsidy: 0.0,
                    cost_ratio,
                    rank: f64::from(place.delivery_rank),
                };
                if courier::decide(p, &prospect, village.delivery) == Delivery::Village {
                    village.delivery = Delivery::Village;
                }
            }
        }
    }

    /// Leaves the county as it stands at the run's start, with an empty book: what was earned and paid before
    /// is not the run's.
    pub(in crate::model) fn end_history(&mut self, setting: &Setting, news: &MarketNews) {
        let start = setting.start;
        self.earlier_couriers(setting, start);
        self.earlier_foundings(setting, Month::of(start), start);
        self.news.clone_from(news);
        self.month_start = start;
        self.book = CountyBook::default();
        self.report = CountyReport::default();
    }
}
