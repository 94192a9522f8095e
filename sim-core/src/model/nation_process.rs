//! The nation: treasury, markets, platforms, central government. Acts at window ends.

use super::setting::Setting;
use crate::agents::platform;
use crate::base::factor::MILLION;
use crate::base::{Fingerprint, Money, Month, Owner, Product, Purpose, Time};
use crate::event::{CountyReport, MarketNews, Message};
use crate::kernel::{EventKey, Outbox, Process};
use crate::market::demand;
use crate::metrics::book::{CountyBook, CountyMonth};
use crate::metrics::ledger::Item;
use crate::policy::government::Government;
use crate::policy::programme::{CountyProspect, Programme, score};
use serde::{Deserialize, Serialize};

type NationOutbox = Outbox<(), Message>;

/// The nation's process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NationProcess {
    programme: Programme,
    government: Government,
    /// Reports of the month, summed in the order of counties.
    sum: CountyReport,
    /// Reports summed so far.
    reports: u32,
    /// Buyers by platform at the last report.
    news: MarketNews,
    book: CountyBook,
    month: Month,
}

/// The month whose demand `market.ordinary_sales` refers to: year, and month of the year.
const BASE: (u16, u8) = (2014, 7);

/// The moment whose demand `market.ordinary_sales` refers to.
fn base_time() -> Time {
    Month::new(BASE.0, BASE.1).start()
}

/// Scale by which village shops' attraction stands for the country's: none below a fifth of the country,
/// where the counties simulated are a small part of their markets rather than a sample of them, and
/// [`crate::market::elsewhere`] tells what the others do.
fn market_scale(setting: &Setting) -> f64 {
    if setting.is_small_part() { 1.0 } else { setting.national_scale }
}

/// What counties know of the markets when the run begins.
pub(super) fn opening_news(setting: &Setting) -> MarketNews {
    news(setting, setting.start, &[0; Product::COUNT], [1, 0, 0])
}

/// What counties know of the markets in the months before the run, when buyers were the programme's
/// platform's: rivals enter with the run.
pub(super) fn earlier_news(setting: &Setting, now: Time, attraction: &[i64; Product::COUNT]) -> MarketNews {
    news(setting, now, attraction, [1, 0, 0])
}

fn news(setting: &Setting, now: Time, attraction: &[i64; Product::COUNT], buyers: [i64; 3]) -> MarketNews {
    let p = &setting.parameters;
    let elsewhere = setting.elsewhere.attraction(now);
    let scale = market_scale(setting);
    let scaled: [i64; Product::COUNT] =
        std::array::from_fn(|at| (attraction[at] as f64 * scale) as i64 + elsewhere[at]);
    let all = buyers.iter().sum::<i64>().max(1) as f64;
    MarketNews {
        unit_sales: demand::unit_sales(&p.market, &scaled, now, base_time()),
        pull: platform::pull(&p.platform, now),
        buyers: buyers.map(|count| count as f64 / all),
    }
}

impl NationProcess {
    /// The nation at the run's start, with what the markets do.
    pub fn new(setting: &Setting, news: MarketNews) -> NationProcess {
        let order = |key: &dyn Fn(usize) -> f64, keep: &dyn Fn(usize) -> bool| {
            let mut counties: Vec<u32> =
                (0..setting.atlas.counties.len()).filter(|&at| keep(at)).map(|at| at as u32).collect();
            let code = |at: u32| setting.atlas.counties[at as usize].code;
            counties
                .sort_by(|&a, &b| key(b as usize).total_cmp(&key(a as usize)).then(code(a).cmp(&code(b))));
            counties
        };
        let p = &setting.parameters.government;
        let wanted = order(&|at| score(&setting.parameters.programme, &prospect(setting, at)), &|_| true);
        let promise = |at: usize| {
            let county = &setting.atlas.counties[at];
            let draw = setting.random_stream(county.owner(), Purpose::Government, 0).unit();
            county.income_ratio * (p.promise_least + p.promise_spread * draw)
        };
        let promising = order(&promise, &|_| true);
        let poor = order(&promise, &|at| setting.atlas.counties[at].poverty_county);
        NationProcess {
            programme: Programme::new(wanted),
            government: Government::new(&setting.parameters.government, promising, poor, setting.start),
            sum: CountyReport::default(),
            reports: 0,
            news,
            book: CountyBook::default(),
            month: Month::of(setting.start),
        }
    }

    /// The nation's own months closed since the last call.
    pub(crate) fn take_closed(&mut self) -> Vec<CountyMonth> {
        self.book.take_closed()
    }

    /// The nation's own payments in the days since the last month's end, as a month of so many days; the book
    /// stays as it is.
    pub fn unfinished(&self, days: u32) -> Vec<CountyMonth> {
        let mut book = self.book.clone();
        book.close(self.month, days);
        book.take_closed()
    }

    /// The programme's state.
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    fn add(&mut self, report: &CountyReport) {
        let sum = &mut self.sum;
        sum.attraction.iter_mut().zip(report.attraction).for_each(|(sum, part)| *sum += part);
        sum.buyers.iter_mut().zip(report.buyers).for_each(|(sum, part)| *sum += part);
        sum.running_cost += report.running_cost;
        sum.investment += report.investment;
        sum.station_value += report.station_value;
        sum.stations += report.stations;
        sum.closed += report.closed;
        self.reports += 1;
    }

    /// Takes in the month's reports and tells every county what the markets do.
    fn take_reports(&mut self, setting: &Setting, now: Time, outbox: &mut NationOutbox) {
        let sum = std::mem::take(&mut self.sum);
        self.reports = 0;
        let p = &setting.parameters.programme;
        let analytics = if setting.pays_for_analytics(now) {
            Money::from_yuan(p.analytics_cost * MILLION)
        } else {
            Money::ZERO
        };
        self.book.pay(Item::Analytics, analytics);
        self.programme.account(p, sum.running_cost + analytics, sum.investment, sum.station_value);
        self.news = news(setting, now, &sum.attraction, sum.buyers);
        for county in 0..setting.atlas.counties.len() as u32 {
            outbox.send(county, Message::Market(Box::new(self.news.clone())));
        }
    }

    fn run_programme(&mut self, setting: &Setting, now: Time, outbox: &mut NationOutbox) {
        let supported = setting.supported(now);
        let orders = self.programme.decide(&setting.parameters.programme, now, supported);
        self.book.pay(Item::Tranche, orders.tranche);
        for county in orders.open {
            outbox.send(county, Message::OpenCentre);
        }
        if let Some(pause) = orders.pause {
            for &county in self.programme.opened() {
                outbox.send(county, Message::Pause(pause));
            }
        }
    }

    fn close_month(&mut self, setting: &Setting, now: Time) {
        while self.month.next().start() <= now {
            let begun = setting.start.max(self.month.start());
            let days = self.month.next().start().day() - begun.day();
            self.book.close(self.month, days);
            self.month = self.month.next();
        }
    }
}

fn prospect(setting: &Setting, at: usize) -> CountyProspect {
    let county = &setting.atlas.counties[at];
    let villages = county.villages.len().max(1) as f64;
    CountyProspect {
        households: county.households() as f64,
        income_ratio: county.income_ratio,
        remoteness: county.to_prefecture + county.to_capital,
        poverty: county.poverty_county,
        to_seat: county.villages.iter().map(|village| f64::from(village.to_seat)).sum::<f64>() / villages,
        draw: setting.random_stream(Owner::county(county.code), Purpose::Programme, 0).unit(),
    }
}

impl Process for NationProcess {
    type Context = Setting;
    type Event = ();
    type Message = Message;

    fn receive(
        &mut self,
        _setting: &Setting,
        _now: Time,
        _from: u32,
        message: &Message,
        _outbox: &mut NationOutbox,
    ) {
        match message {
            Message::Report(report) => self.add(report),
            Message::CentreOpened => self.programme.team_returns(),
            other => debug_assert!(false, "{other:?} is for counties"),
        }
    }

    fn handle(&mut self, _setting: &Setting, _key: EventKey, _event: (), _outbox: &mut NationOutbox) {}

    fn close_window(&mut self, setting: &Setting, end: Time, outbox: &mut NationOutbox) {
        self.close_month(setting, end);
        if self.reports > 0 {
            self.take_reports(setting, end, outbox);
        }
        self.run_programme(setting, end, outbox);
        let scale = setting.county_scale;
        for (county, grant) in self.government.decide(&setting.parameters.government, end, scale) {
            outbox.send(county, Message::Demonstration(grant));
        }
    }

    fn kind(_event: &()) -> u32 {
        0
    }

    fn digest(&self, fingerprint: &mut Fingerprint) {
        fingerprint.mix(self.programme.funds().fen() as u64);
        fingerprint.mix(self.programme.opened().len() as u64);
        self.news.unit_sales.iter().for_each(|&sales| fingerprint.mix_float(sales));
        self.book.digest(fingerprint);
    }
}
