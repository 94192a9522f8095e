//! The platform's programme as the nation runs it: treasury, teams, and which county next.
//!
//! The roll-out is not a curve in the code. Money arrives in tranches; a county is opened when a team is free
//! and the money for its centre and stations can be committed; teams multiply as experienced ones train new
//! ones; and everything holds while the month's running loss exceeds what the platform will bear.

use crate::base::factor::{DAYS_IN_COMMON_YEAR, DAYS_IN_YEAR, MILLION};
use crate::base::{Delay, Money, Time, math};
use crate::params::{CountyRule, ProgrammeParameters};
use serde::{Deserialize, Serialize};

/// A county as the programme's planners see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountyProspect {
    /// Rural households.
    pub households: f64,
    /// Mean income over the national mean.
    pub income_ratio: f64,
    /// Distance to the prefecture and the provincial capital \[km\].
    pub remoteness: f64,
    /// Whether it is a poverty county.
    pub poverty: bool,
    /// Mean road from village to county seat \[minutes\].
    pub to_seat: f64,
    /// A draw of the county's own, uniform on (0, 1).
    pub draw: f64,
}

/// How much the programme wants a county by its rule; larger is sooner.
pub fn score(p: &ProgrammeParameters, county: &CountyProspect) -> f64 {
    match p.county_rule {
        CountyRule::Population => county.households,
        CountyRule::Remoteness => county.remoteness,
        CountyRule::Poverty => f64::from(county.poverty) * p.poverty_weight - county.income_ratio,
        CountyRule::ExpectedOrders => {
            county.households * county.income_ratio * (p.prospect_least + p.prospect_spread * county.draw)
        }
        CountyRule::ReachPerYuan => county.households / (p.reach_minutes + county.to_seat),
        CountyRule::Random => county.draw,
    }
}

/// What merchants have learnt of rural demand, of all there is to learn \[0 to 1\], after a month of so much
/// analytics over orders of so much value: each month it comes nearer to what is paid for, and what nobody
/// pays for is forgotten. The gain follows spending over sales with diminishing returns, so that a million
/// means much to a few counties and little to the country.
pub fn learnt(p: &ProgrammeParameters, before: f64, spent: Money, value: Money) -> f64 {
    let half = value.yuan() * p.analytics_half;
    let goal = if spent > Money::ZERO { spent.yuan() / (spent.yuan() + half) } else { 0.0 };
    before + (goal - before) / f64::from(p.analytics_delay.max(1))
}

/// The programme's state at the centre.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    /// Counties not yet opened, as addresses, next last.
    waiting: Vec<u32>,
    /// Counties being set up or open, in order of opening.
    opened: Vec<u32>,
    /// Tranches received.
    tranches: u32,
    /// Money received less money spent \[fen\].
    funds: Money,
    /// Money promised to counties and not yet spent \[fen\].
    committed: Money,
    /// Teams at work in counties.
    busy: u32,
    /// Whether openings hold because of losses.
    pub paused: bool,
    /// Whether there is money for more equipment of county centres than was planned.
    funded: bool,
    /// Whether support has ended and what was left has gone back.
    wound_up: bool,
    /// Loss of the last month known \[fen\].
    loss: Money,
    /// Running cost of the last month known \[fen\].
    running: Money,
}

impl Programme {
    /// Whether what was stored is about so many counties.
    pub(crate) fn is_sound(&self, counties: u32) -> bool {
        let mut all: Vec<u32> = self.waiting.iter().chain(&self.opened).copied().collect();
        all.sort_unstable();
        let known = all.last().is_none_or(|&last| last < counties);
        known && all.windows(2).all(|pair| pair[0] != pair[1]) && self.busy <= counties
    }
}

/// What the nation does for the programme at a window's end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Orders {
    /// Money received now.
    pub tranche: Money,
    /// Money given back now, support having ended.
    pub returned: Money,
    /// Counties to open.
    pub open: Vec<u32>,
    /// Whether batches are to be held from now on, if that changed.
    pub pause: Option<bool>,
    /// Whether counties may buy more equipment than was planned from now on, if that changed.
    pub funded: Option<bool>,
}

impl Programme {
    /// A programme that will open these counties, in this order (addresses).
    pub fn new(mut order: Vec<u32>) -> Programme {
        order.reverse();
        Programme {
            waiting: order,
            opened: Vec::new(),
            tranches: 0,
            funds: Money::ZERO,
            committed: Money::ZERO,
            busy: 0,
            paused: false,
            funded: true,
            wound_up: false,
            loss: Money::ZERO,
            running: Money::ZERO,
        }
    }

    /// Counties set up or open.
    pub fn opened(&self) -> &[u32] {
        &self.opened
    }

    /// Money at hand \[fen\]; negative when more was spent than received.
    pub(crate) fn funds(&self) -> Money {
        self.funds
    }

    /// Loss of the last month known \[fen\].
    pub(crate) fn loss(&self) -> Money {
        self.loss
    }

    /// Orders the counties that wait by another rule: `order` has all, first first.
    pub(crate) fn rank_anew(&mut self, order: &[u32]) {
        let waits = |county: &&u32| self.waiting.contains(county);
        self.waiting = order.iter().rev().filter(waits).copied().collect();
    }

    /// A team has finished its county.
    pub(crate) fn team_returns(&mut self) {
        self.busy = self.busy.saturating_sub(1);
    }

    /// Takes note of a month's spending and of the loss it means.
    pub fn account(&mut self, p: &ProgrammeParameters, running: Money, investment: Money, value: Money) {
        self.funds -= running + investment;
        self.committed -= investment.min(self.committed);
        self.running = running;
        self.loss = running - value.share(p.margin_on_orders);
    }

    /// What a county's opening commits: the centre, its trucks and sorting places, and a station for each
    /// candidate.
    pub(crate) fn commitment(p: &ProgrammeParameters) -> Money {
        let station = p.station_cost
            + p.station_grant
            + p.training_hours * p.training_cost
            + p.select_store_share * p.select_store_cost;
        let equipment =
            p.truck_cost * f64::from(p.centre_trucks) + p.sorting_place_cost * f64::from(p.sorting_places);
        let centre = p.county_centre_cost * MILLION + equipment;
        Money::from_yuan(centre + station * f64::from(p.candidates_per_county))
    }

    /// Teams able to open counties at a moment.
    pub fn teams(p: &ProgrammeParameters, now: Time) -> f64 {
        let years = now.since(p.start.midnight()).as_days() / DAYS_IN_YEAR;
        p.scale * (p.teams * math::exp(p.team_growth * years)).min(p.team_limit)
    }

    /// Loss that the platform bears in a month at a moment \[fen\].
    pub fn loss_bound(p: &ProgrammeParameters, now: Time) -> Money {
        let third = p.start.midnight() + Delay::days(p.loss_bound_years * DAYS_IN_COMMON_YEAR);
        let years = (now.since(third).as_days() / DAYS_IN_YEAR).max(0.0);
        let growth = math::pow(1.0 + p.loss_bound_growth, years);
        Money::from_yuan(p.scale * p.loss_bound * MILLION * growth)
    }

    /// Decides at a window's end. `supported` says in which counties (addresses) the programme runs.
    pub fn decide(&mut self, p: &ProgrammeParameters, now: Time, supported: &dyn Fn(u32) -> bool) -> Orders {
        let tranche = self.receive(p, now);
        let mut orders = Orders { tranche, returned: self.wind_up(p, now), ..Orders::default() };
        let bound = Programme::loss_bound(p, now);
        let lossy = if self.paused { self.loss > bound.share(p.resumption) } else { self.loss > bound };
        let pause = p.hold || lossy;
        if pause != self.paused {
            self.paused = pause;
            orders.pause = Some(pause);
        }
        let commitment = Programme::commitment(p);
        let teams = Programme::teams(p, now);
        // Teams are whole, and half of one is idle in the mean; of a part of the programme, that part of it.
        let next_team = 0.5 * (1.0 + p.scale.min(1.0));
        while !self.paused && f64::from(self.busy) + next_team <= teams && self.may_open(p, commitment) {
            let Some(next) = self.next(supported) else { break };
            self.committed += commitment;
            self.busy += 1;
            self.opened.push(next);
            orders.open.push(next);
        }
        let funded = self.free(p) > Money::ZERO;
        if funded != self.funded {
            self.funded = funded;
            orders.funded = Some(funded);
        }
        orders
    }

    /// Takes out the first of the counties that wait in which the programme runs.
    fn next(&mut self, supported: &dyn Fn(u32) -> bool) -> Option<u32> {
        let at = self.waiting.iter().rposition(|&county| supported(county))?;
        Some(self.waiting.remove(at))
    }

    /// Whether plan and treasury allow another county: its own cost and a reserve of running cost in hand.
    fn may_open(&self, p: &ProgrammeParameters, commitment: Money) -> bool {
        let planned = self.opened.len() as u32;
        let stations = f64::from(planned) * f64::from(p.candidates_per_county);
        let counties_left = f64::from(planned) < p.scale * f64::from(p.planned_counties);
        let stations_left = stations < p.scale * f64::from(p.planned_stations);
        counties_left && stations_left && self.free(p) >= commitment
    }

    /// Money that is neither promised nor kept for running cost \[fen\].
    fn free(&self, p: &ProgrammeParameters) -> Money {
        self.funds - self.committed - self.running * p.reserve_months.into()
    }

    /// Gives back, once support has ended, what is neither promised nor kept for the bills that still come.
    fn wind_up(&mut self, p: &ProgrammeParameters, now: Time) -> Money {
        if self.wound_up || now < p.support_end.midnight() {
            return Money::ZERO;
        }
        self.wound_up = true;
        let returned = self.free(p).max(Money::ZERO);
        self.funds -= returned;
        returned
    }

    fn receive(&mut self, p: &ProgrammeParameters, now: Time) -> Money {
        if !p.enabled {
            return Money::ZERO;
        }
        let mut received = Money::ZERO;
        while let Some(tranche) = p.tranches.get(self.tranches as usize) {
            // What is due after support has ended is not paid any more.
            if tranche.0.midnight() > now || tranche.0 >= p.support_end {
                break;
            }
            received += Money::from_yuan(p.scale * tranche.1 * MILLION);
            self.tranches += 1;
        }
        self.funds += received;
        received
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;
    use crate::params::Tranche;

    fn at(date: &str) -> Time {
        date.parse::<Date>().unwrap().midnight()
    }

    #[test]
    fn what_analytics_teaches_follows_spending_over_sales_with_diminishing_returns() {
        let p = ProgrammeParameters { analytics_half: 0.01, analytics_delay: 1, ..Default::default() };
        let yuan = Money::from_yuan;
        // By hand: a hundredth of sales gives half, three hundredths three quarters, nothing nothing.
        assert_eq!(learnt(&p, 0.0, yuan(1e6), yuan(1e8)), 0.5);
        assert_eq!(learnt(&p, 0.0, yuan(3e6), yuan(1e8)), 0.75);
        assert_eq!(learnt(&p, 0.0, Money::ZERO, yuan(1e8)), 0.0);
        // One yuan does not buy what a million does.
        assert!(learnt(&p, 0.0, yuan(1.0), yuan(1e8)) < 1e-5);
        // Twice the sales, half of the teaching, nearly; and it takes its time, and is forgotten.
        assert!((learnt(&p, 0.0, yuan(1e6), yuan(2e8)) - 1.0 / 3.0).abs() < 1e-12);
        let slow = ProgrammeParameters { analytics_delay: 12, ..p };
        assert!((learnt(&slow, 0.0, yuan(1e6), yuan(1e8)) - 0.5 / 12.0).abs() < 1e-12);
        assert!((learnt(&slow, 0.5, Money::ZERO, yuan(1e8)) - 0.5 * 11.0 / 12.0).abs() < 1e-12);
    }

    #[test]
    fn a_hold_holds_and_another_rule_of_ranking_ranks_who_waits() {
        let p = ProgrammeParameters { hold: true, teams: 1.0, ..ProgrammeParameters::default() };
        let mut programme = Programme::new((0..5).collect());
        let now = at("2014-10-20");
        let held = programme.decide(&p, now, &|_| true);
        assert_eq!((held.pause, held.open.len()), (Some(true), 0));
        let free = ProgrammeParameters { hold: false, ..p };
        programme.rank_anew(&[3, 1, 4, 0, 2]);
        // The first in the new order is not supported: the second opens, and the first keeps its place.
        let open = programme.decide(&free, now, &|county| county != 3);
        assert_eq!((open.pause, open.open), (Some(false), vec![1]));
        programme.team_returns();
        assert_eq!(programme.decide(&free, now, &|_| true).open, [3]);
    }

    #[test]
    fn no_budget_no_county() {
        let p = ProgrammeParameters { tranches: Vec::new(), ..ProgrammeParameters::default() };
        let mut programme = Programme::new((0..50).collect());
        for month in 0..40 {
            let orders = programme.decide(&p, at("2014-11-01") + Delay::days(30 * month), &|_| true);
            assert!(orders.open.is_empty() && orders.tranche == Money::ZERO);
        }
    }

    /// Twenty million received, and two spent in a month: at the end of support all but six months' cost goes
    /// back, once, and a tranche due later is not paid. The twin that goes on keeps its money and receives
    /// it.
    #[test]
    fn what_is_left_when_support_ends_goes_back() {
        let tranches = ["2014-10-13", "2016-01-01"].map(|day| Tranche(day.parse().unwrap(), 20.0));
        let ends = ProgrammeParameters {
            tranches: tranches.into(),
            support_end: "2015-12-01".parse().unwrap(),
            planned_counties: 0,
            ..ProgrammeParameters::default()
        };
        let goes_on = ProgrammeParameters { support_end: "2999-12-31".parse().unwrap(), ..ends.clone() };
        let millions = |millions: f64| Money::from_yuan(millions * MILLION);
        for (p, returned, left) in [(&ends, 6.0, 12.0), (&goes_on, 0.0, 38.0)] {
            let mut programme = Programme::new(Vec::new());
            let begin = programme.decide(p, at("2014-10-20"), &|_| true);
            assert_eq!((begin.tranche, begin.returned), (millions(20.0), Money::ZERO));
            programme.account(p, millions(2.0), Money::ZERO, Money::ZERO);
            assert_eq!(programme.decide(p, at("2015-12-03"), &|_| false).returned, millions(returned));
            assert_eq!(programme.decide(p, at("2016-02-03"), &|_| false).returned, Money::ZERO);
            assert_eq!(programme.funds(), millions(left));
        }
    }

    #[test]
    fn openings_are_limited_by_teams_then_by_money() {
        let now = at("2014-10-20");
        let p = ProgrammeParameters { teams: 5.0, ..ProgrammeParameters::default() };
        let mut programme = Programme::new((0..50).collect());
        assert_eq!(programme.decide(&p, now, &|_| true).open, [0, 1, 2, 3, 4]);
        assert!(programme.decide(&p, now, &|_| true).open.is_empty(), "all teams are busy");
        programme.team_returns();
        assert_eq!(programme.decide(&p, now, &|_| true).open, [5]);
        let poor = ProgrammeParameters { tranches: vec![Tranche("2014-10-13".parse().unwrap(), 5.0)], ..p };
        let mut programme = Programme::new((0..50).collect());
        let affordable = 5e6 / Programme::commitment(&poor).yuan();
        assert_eq!(programme.decide(&poor, now, &|_| true).open.len(), affordable as usize);
    }

    /// A tenth of a programme with 9.4 teams has 0.94: over all sizes of teams a tenth of its counties are
    /// under way, for 9 of 9.4 are, and one of ten tenths alike is in nine of ten. Money and plan by hand: a
    /// tenth of 1,000 million, of 30 counties 3.
    #[test]
    fn a_part_of_the_programme_is_a_part_of_everything() {
        let now = at("2014-10-13");
        let whole = ProgrammeParameters { team_growth: 0.0, ..ProgrammeParameters::default() };
        let part = ProgrammeParameters { scale: 0.1, ..whole.clone() };
        let busy = |p: &ProgrammeParameters, teams: f64| {
            let p = ProgrammeParameters { teams, ..p.clone() };
            Programme::new((0..50).collect()).decide(&p, now, &|_| true).open.len() as f64
        };
        let mean = |p: &ProgrammeParameters| {
            (0..2_000).map(|at| busy(p, 5.0 + f64::from(at) / 100.0)).sum::<f64>() / 2_000.0
        };
        assert!((mean(&whole) - 14.5).abs() < 0.02, "{}", mean(&whole));
        assert!((mean(&part) / mean(&whole) - 0.1).abs() < 0.002, "{}", mean(&part));
        let mut programme = Programme::new((0..50).collect());
        let planned = ProgrammeParameters { teams: 60.0, planned_counties: 30, ..part };
        let orders = programme.decide(&planned, now, &|_| true);
        assert_eq!((orders.tranche, orders.open.len()), (Money::from_yuan(1e8), 3));
        assert_eq!(Programme::loss_bound(&planned, now), Programme::loss_bound(&whole, now).share(0.1));
    }

    #[test]
    fn losses_hold_the_programme_and_their_end_frees_it() {
        let p = ProgrammeParameters::default();
        let mut programme = Programme::new((0..500).collect());
        let now = at("2015-12-01");
        programme.decide(&p, now, &|_| true);
        programme.account(&p, Money::from_yuan(1e9), Money::ZERO, Money::ZERO);
        let held = programme.decide(&p, now, &|_| true);
        assert_eq!((held.pause, held.open.len()), (Some(true), 0));
        programme.account(&p, Money::from_yuan(1e6), Money::ZERO, Money::ZERO);
        assert_eq!(programme.decide(&p, now, &|_| true).pause, Some(false));
    }
}
