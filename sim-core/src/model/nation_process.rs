//! The nation: treasury, markets, platforms, central government. Acts at window ends.

use super::accounts::accrued;
use super::nation_rules::{Decision, NationFigures, NationRules};
use super::setting::Setting;
use crate::agents::platform;
use crate::base::factor::MILLION;
use crate::base::{Delay, Fingerprint, Money, Month, Owner, Product, Purpose, Time};
use crate::event::{CountyReport, MarketNews, Message};
use crate::kernel::{EventKey, Outbox, Process};
use crate::market::demand;
use crate::metrics::book::{CountyBook, CountyMonth};
use crate::metrics::ledger::Item;
use crate::params::CountyRule;
use crate::policy::government::Government;
use crate::policy::programme::{CountyProspect, Programme, learnt, score};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

type NationOutbox = Outbox<(), Message>;

/// The nation's process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NationProcess {
    programme: Programme,
    /// The rule by which the counties that wait are ordered.
    ranked_by: CountyRule,
    government: Government,
    rules: NationRules,
    /// Reports of the month, summed in the order of counties.
    sum: CountyReport,
    /// Reports summed so far.
    reports: u32,
    /// Buyers by platform at the last report.
    news: MarketNews,
    /// Paid for analytics in the months closed since the last reports.
    analytics: Money,
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
        insight: 0.0,
    }
}

impl NationProcess {
    /// Whether what was stored is about the counties and rules of the run, and no later than a moment.
    pub(super) fn is_sound(&self, setting: &Setting, now: Time) -> bool {
        let counties = setting.atlas.counties.len() as u32;
        // Months are closed at window ends, the one that a moment begins among them.
        let months = self.month <= Month::of(now) && self.month >= Month::of(setting.start);
        let lists = self.programme.is_sound(counties) && self.government.is_sound(counties);
        months && lists && self.rules.is_sound(setting)
    }

    /// The nation at the run's start, with what the markets do.
    pub fn new(setting: &Setting, news: MarketNews) -> NationProcess {
        let p = &setting.parameters.government;
        let promise = |at: usize| {
            let county = &setting.atlas.counties[at];
            let draw = setting.random_stream(county.owner(), Purpose::Government, 0).unit();
            county.income_ratio * (p.promise_least + p.promise_spread * draw)
        };
        let promising = order(setting, &promise, &|_| true);
        let poor = order(setting, &promise, &|at| setting.atlas.counties[at].poverty_county);
        NationProcess {
            programme: Programme::new(ranked(setting)),
            ranked_by: setting.parameters.programme.county_rule,
            rules: NationRules::default(),
            government: Government::new(&setting.parameters.government, promising, poor, setting.start),
            sum: CountyReport::default(),
            reports: 0,
            news,
            analytics: Money::ZERO,
            book: CountyBook::default(),
            month: Month::of(setting.start),
        }
    }

    /// The nation's own months closed since the last call.
    pub(crate) fn take_closed(&mut self) -> Vec<CountyMonth> {
        self.book.take_closed()
    }

    /// The nation's own payments in the days since the last month's end, as a month of those days until
    /// `now`; the book stays as it is.
    pub fn unfinished(&self, setting: &Setting, now: Time) -> Vec<CountyMonth> {
        let begun = setting.start.max(self.month.start());
        let mut book = self.book.clone();
        book.pay(Item::Analytics, self.analytics_of(setting, now));
        book.close(self.month, now.day() - begun.day());
        book.take_closed()
    }

    /// What analytics cost in the open month until a moment: by the days on which they are paid for.
    fn analytics_of(&self, setting: &Setting, until: Time) -> Money {
        let held = self.own_setting(setting, until - Delay::minutes(1));
        let own = held.as_deref().unwrap_or(setting);
        let (from, end) = own.support;
        let begun = setting.start.max(self.month.start());
        let days = until.min(end).day().saturating_sub(begun.max(from).day());
        let cost = own.parameters.programme.analytics_cost * MILLION;
        if cost <= 0.0 || days == 0 {
            return Money::ZERO;
        }
        accrued(Money::from_yuan(cost), f64::from(days) / f64::from(self.month.days()))
    }

    /// The programme's state.
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// What rules decided since the last call.
    pub(crate) fn take_decisions(&mut self) -> Vec<Decision> {
        self.rules.take_decisions()
    }

    fn add(&mut self, setting: &Setting, county: u32, report: &CountyReport) {
        self.rules.add(setting, county as usize, report);
        let sum = &mut self.sum;
        sum.attraction.iter_mut().zip(report.attraction).for_each(|(sum, part)| *sum += part);
        sum.buyers.iter_mut().zip(report.buyers).for_each(|(sum, part)| *sum += part);
        sum.running_cost += report.running_cost;
        sum.investment += report.investment;
        sum.station_value += report.station_value;
        sum.platform_value += report.platform_value;
        sum.stations += report.stations;
        sum.closed += report.closed;
        self.reports += 1;
    }

    /// Takes in the month's reports and tells every county what the markets do.
    fn take_reports(&mut self, setting: &Setting, now: Time, outbox: &mut NationOutbox) {
        let sum = std::mem::take(&mut self.sum);
        self.reports = 0;
        let p = &setting.parameters.programme;
        let analytics = std::mem::take(&mut self.analytics);
        self.programme.account(p, sum.running_cost + analytics, sum.investment, sum.station_value);
        let insight = learnt(p, self.news.insight, analytics, sum.platform_value);
        self.news = MarketNews { insight, ..news(setting, now, &sum.attraction, sum.buyers) };
        for county in 0..setting.atlas.counties.len() as u32 {
            outbox.send(county, Message::Market(Box::new(self.news.clone())));
        }
    }

    /// Looks at the rules of the scenario on the month's reports, and tells counties what is new to them.
    fn look_at_rules(&mut self, setting: &Setting, own: &Setting, now: Time, outbox: &mut NationOutbox) {
        if setting.rules.rules().is_empty() {
            return;
        }
        let p = &own.parameters.programme;
        let nation = NationFigures {
            margin: p.margin_on_orders,
            loss_over_bound: self.programme.loss().yuan() / Programme::loss_bound(p, now).yuan(),
            funds: self.programme.funds().yuan(),
        };
        for county in self.rules.look(setting, now, nation) {
            outbox.send(county as u32, Message::Levers(self.rules.in_county(setting, county)));
        }
    }

    /// The setting that holds for the nation, if it is not the run's.
    fn own_setting(&self, setting: &Setting, now: Time) -> Option<Arc<Setting>> {
        let fired = self.rules.in_nation(setting);
        setting.under(None, &setting.rules.in_nation(&fired, now))
    }

    /// Whether the programme runs in a county.
    fn is_supported(&self, setting: &Setting, nation: &Setting, county: u32, now: Time) -> bool {
        if !setting.rules.decides_support() {
            return nation.supported(now);
        }
        let fired = self.rules.in_county(setting, county as usize);
        let (holding, _) = setting.rules.in_county(county as usize, &fired, now);
        setting.under(None, &holding).as_deref().unwrap_or(setting).supported(now)
    }

    fn run_programme(&mut self, setting: &Setting, own: &Setting, now: Time, outbox: &mut NationOutbox) {
        let p = &own.parameters.programme;
        if p.county_rule != self.ranked_by {
            self.ranked_by = p.county_rule;
            self.programme.rank_anew(&ranked(own));
        }
        let mut programme = std::mem::take(&mut self.programme);
        let orders = programme.decide(p, now, &|county| self.is_supported(setting, own, county, now));
        self.programme = programme;
        self.book.pay(Item::Tranche, orders.tranche);
        self.book.pay(Item::TrancheReturned, orders.returned);
        for county in orders.open {
            outbox.send(county, Message::OpenCentre);
        }
        for &county in self.programme.opened() {
            if let Some(pause) = orders.pause {
                outbox.send(county, Message::Pause(pause));
            }
            if let Some(funded) = orders.funded {
                outbox.send(county, Message::Funded(funded));
            }
        }
    }

    /// Closes the months that are over at a moment.
    fn close_months(&mut self, setting: &Setting, now: Time) {
        while self.month.next().start() <= now {
            let end = self.month.next().start();
            let analytics = self.analytics_of(setting, end);
            self.book.pay(Item::Analytics, analytics);
            self.analytics += analytics;
            self.book.close(self.month, end.day() - setting.start.max(self.month.start()).day());
            self.month = self.month.next();
        }
    }
}

/// The counties that are kept, as addresses, the greatest by a key first; ties by code.
fn order(setting: &Setting, key: &dyn Fn(usize) -> f64, keep: &dyn Fn(usize) -> bool) -> Vec<u32> {
    let mut counties: Vec<u32> =
        (0..setting.atlas.counties.len()).filter(|&at| keep(at)).map(|at| at as u32).collect();
    let code = |at: u32| setting.atlas.counties[at as usize].code;
    counties.sort_by(|&a, &b| key(b as usize).total_cmp(&key(a as usize)).then(code(a).cmp(&code(b))));
    counties
}

/// All counties in the order in which the programme wants them.
fn ranked(setting: &Setting) -> Vec<u32> {
    order(setting, &|at| score(&setting.parameters.programme, &prospect(setting, at)), &|_| true)
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
        setting: &Setting,
        _now: Time,
        from: u32,
        message: &Message,
        _outbox: &mut NationOutbox,
    ) {
        match message {
            Message::Report(report) => self.add(setting, from, report),
            Message::CentreOpened => self.programme.team_returns(),
            other => debug_assert!(false, "{other:?} is for counties"),
        }
    }

    fn handle(&mut self, _setting: &Setting, _key: EventKey, _event: (), _outbox: &mut NationOutbox) {}

    fn close_window(&mut self, setting: &Setting, end: Time, outbox: &mut NationOutbox) {
        // What is done at a window's end is of the month in which the window ends, be it in its last minute.
        self.close_months(setting, end - Delay::minutes(1));
        self.rules.note_days(setting, end);
        let held = self.own_setting(setting, end);
        let mut own = held.as_deref().unwrap_or(setting);
        let holds;
        if self.reports > 0 {
            self.take_reports(own, end, outbox);
            self.look_at_rules(setting, own, end, outbox);
            holds = self.own_setting(setting, end);
            own = holds.as_deref().unwrap_or(setting);
        }
        self.run_programme(setting, own, end, outbox);
        let scale = setting.county_scale;
        for (county, grant) in self.government.decide(&own.parameters.government, end, scale) {
            outbox.send(county, Message::Demonstration(grant));
        }
        self.close_months(setting, end);
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
