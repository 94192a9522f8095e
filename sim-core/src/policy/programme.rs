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

/// The programme's state at the centre.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Loss of the last month known \[fen\].
    loss: Money,
    /// Running cost of the last month known \[fen\].
    running: Money,
}

/// What the nation does for the programme at a window's end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Orders {
    /// Money received now.
    pub tranche: Money,
    /// Counties to open.
    pub open: Vec<u32>,
    /// Whether batches are to be held from now on, if that changed.
    pub pause: Option<bool>,
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

    /// What a county's opening commits: the centre, and a station for each candidate.
    pub(crate) fn commitment(p: &ProgrammeParameters) -> Money {
        let station = p.station_cost
            + p.station_grant
            + p.training_hours * p.training_cost
            + p.select_store_share * p.select_store_cost;
        Money::from_yuan(p.county_centre_cost * MILLION + station * f64::from(p.candidates_per_county))
    }

    /// Teams able to open counties at a moment.
    pub fn teams(p: &ProgrammeParameters, now: Time) -> f64 {
        let years = now.since(p.start.midnight()).as_days() / DAYS_IN_YEAR;
        (p.teams * math::exp(p.team_growth * years)).min(p.team_limit)
    }

    /// Loss that the platform bears in a month at a moment \[fen\].
    pub fn loss_bound(p: &ProgrammeParameters, now: Time) -> Money {
        let third = p.start.midnight() + Delay::days(p.loss_bound_years * DAYS_IN_COMMON_YEAR);
        let years = (now.since(third).as_days() / DAYS_IN_YEAR).max(0.0);
        Money::from_yuan(p.loss_bound * MILLION * math::pow(1.0 + p.loss_bound_growth, years))
    }

    /// Decides at a window's end.
    pub fn decide(&mut self, p: &ProgrammeParameters, now: Time, supported: bool) -> Orders {
        let mut orders = Orders { tranche: self.receive(p, now), ..Orders::default() };
        let bound = Programme::loss_bound(p, now);
        let pause = if self.paused { self.loss > bound.share(p.resumption) } else { self.loss > bound };
        if pause != self.paused {
            self.paused = pause;
            orders.pause = Some(pause);
        }
        let commitment = Programme::commitment(p);
        let teams = Programme::teams(p, now);
        while supported && !self.paused && f64::from(self.busy) + 1.0 <= teams && self.may_open(p, commitment)
        {
            let Some(next) = self.waiting.pop() else { break };
            self.committed += commitment;
            self.busy += 1;
            self.opened.push(next);
            orders.open.push(next);
        }
        orders
    }

    /// Whether plan and treasury allow another county: its own cost and a reserve of running cost in hand.
    fn may_open(&self, p: &ProgrammeParameters, commitment: Money) -> bool {
        let planned = self.opened.len() as u32;
        let stations = u64::from(planned) * u64::from(p.candidates_per_county);
        let free = self.funds - self.committed - self.running * p.reserve_months.into();
        planned < p.planned_counties && stations < u64::from(p.planned_stations) && free >= commitment
    }

    fn receive(&mut self, p: &ProgrammeParameters, now: Time) -> Money {
        if !p.enabled {
            return Money::ZERO;
        }
        let mut received = Money::ZERO;
        while let Some(tranche) = p.tranches.get(self.tranches as usize) {
            if tranche.0.midnight() > now {
                break;
            }
            received += Money::from_yuan(tranche.1 * MILLION);
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
    fn no_budget_no_county() {
        let p = ProgrammeParameters { tranches: Vec::new(), ..ProgrammeParameters::default() };
        let mut programme = Programme::new((0..50).collect());
        for month in 0..40 {
            let orders = programme.decide(&p, at("2014-11-01") + Delay::days(30 * month), true);
            assert!(orders.open.is_empty() && orders.tranche == Money::ZERO);
        }
    }

    #[test]
    fn openings_are_limited_by_teams_then_by_money() {
        let now = at("2014-10-20");
        let p = ProgrammeParameters { teams: 5.0, ..ProgrammeParameters::default() };
        let mut programme = Programme::new((0..50).collect());
        assert_eq!(programme.decide(&p, now, true).open, [0, 1, 2, 3, 4]);
        assert!(programme.decide(&p, now, true).open.is_empty(), "all teams are busy");
        programme.team_returns();
        assert_eq!(programme.decide(&p, now, true).open, [5]);
        let poor = ProgrammeParameters { tranches: vec![Tranche("2014-10-13".parse().unwrap(), 5.0)], ..p };
        let mut programme = Programme::new((0..50).collect());
        let affordable = 5e6 / Programme::commitment(&poor).yuan();
        assert_eq!(programme.decide(&poor, now, true).open.len(), affordable as usize);
    }

    #[test]
    fn losses_hold_the_programme_and_their_end_frees_it() {
        let p = ProgrammeParameters::default();
        let mut programme = Programme::new((0..500).collect());
        let now = at("2015-12-01");
        programme.decide(&p, now, true);
        programme.account(&p, Money::from_yuan(1e9), Money::ZERO, Money::ZERO);
        let held = programme.decide(&p, now, true);
        assert_eq!((held.pause, held.open.len()), (Some(true), 0));
        programme.account(&p, Money::from_yuan(1e6), Money::ZERO, Money::ZERO);
        assert_eq!(programme.decide(&p, now, true).pause, Some(false));
    }
}
