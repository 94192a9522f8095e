//! The township: whose agent runs each network's franchise, and how agents come, share and leave.

use super::NETWORKS;
use super::arrivals::Arrivals;
use super::round::{Round, Terms, brought};
use crate::base::factor::{DAYS_IN_YEAR, MONTHS_IN_YEAR, TINY};
use crate::params::LogisticsParameters;
use serde::{Deserialize, Serialize};

/// No network: who has no agent.
pub const NOBODY: u8 = u8::MAX;

/// The franchises of a township, and what is agreed among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Township {
    /// For each network, the one whose agent serves it; [`NOBODY`] where it stops at the county seat.
    pub agents: [u8; NETWORKS],
    /// Months of loss in a row, by agent.
    pub lean: [u8; NETWORKS],
    /// Whether one carrier goes round for all networks by contract.
    pub joint: bool,
}

impl Default for Township {
    fn default() -> Township {
        Township { agents: [NOBODY; NETWORKS], lean: [0; NETWORKS], joint: false }
    }
}

impl Township {
    /// Whether what was stored names agents that there are.
    pub(crate) fn is_sound(&self) -> bool {
        self.agents.iter().all(|&agent| agent == NOBODY || usize::from(agent) < NETWORKS)
    }
}

/// What a counter in a township meets in a month.
#[derive(Clone, Copy, Debug)]
pub struct Counter {
    /// Parcels of all networks and the post, the town's own among them \[parcels/day\].
    pub parcels: f64,
    /// What a parcel leaves at the counter \[yuan\].
    pub margin: f64,
    /// Rent and attendance \[yuan/day\].
    pub fixed: f64,
    /// What serving another network costs more \[yuan/day\].
    pub handover: f64,
    /// What each agent's rounds gain \[yuan/day\].
    pub rounds: [f64; NETWORKS],
}

impl Counter {
    /// Of a township with so many parcels a day.
    pub fn of(p: &LogisticsParameters, terms: &Terms, parcels: f64, rounds: [f64; NETWORKS]) -> Counter {
        Counter {
            parcels,
            margin: terms.at_counter(p).max(0.0),
            fixed: Counter::fixed(p, terms),
            handover: p.courier_handover * MONTHS_IN_YEAR / DAYS_IN_YEAR,
            rounds,
        }
    }

    /// Rent and attendance of a counter \[yuan/day\].
    pub fn fixed(p: &LogisticsParameters, terms: &Terms) -> f64 {
        let rent = p.courier_rent * MONTHS_IN_YEAR / DAYS_IN_YEAR;
        rent * terms.hour / p.courier_hour_cost.max(TINY) + p.courier_counter * terms.hour
    }

    /// What such a share of the parcels brings at the counter \[yuan/day\].
    fn brings(&self, share: f64) -> f64 {
        self.parcels * share * self.margin
    }
}

impl Township {
    /// The agents that serve anybody, in order of networks.
    pub fn carriers(&self) -> impl Iterator<Item = usize> + '_ {
        (0..NETWORKS).filter(|&agent| self.agents.contains(&(agent as u8)))
    }

    /// What part of the parcels an agent has.
    pub fn share(&self, agent: usize, shares: &[f64; NETWORKS]) -> f64 {
        let own = self.agents.iter().zip(shares).filter(|(of, _)| usize::from(**of) == agent);
        own.map(|(_, share)| share).sum()
    }

    /// A month has passed: agents that lost money for long give up, networks find agents.
    pub fn review(&mut self, p: &LogisticsParameters, counter: &Counter, shares: &[f64; NETWORKS]) {
        self.give_up(p, counter, shares);
        self.find_agents(p, counter, shares);
        if !self.joint {
            self.part(p, counter, shares);
        }
    }

    /// The agent with most parcels, other than this one.
    fn largest(&self, but: Option<usize>, shares: &[f64; NETWORKS]) -> Option<usize> {
        let others = self.carriers().filter(|&agent| Some(agent) != but);
        others.fold(None, |best: Option<usize>, agent| match best {
            Some(best) if self.share(best, shares) >= self.share(agent, shares) => Some(best),
            _ => Some(agent),
        })
    }

    /// Agents whose account has been in the red for too long hand over to another's, or leave.
    fn give_up(&mut self, p: &LogisticsParameters, counter: &Counter, shares: &[f64; NETWORKS]) {
        for agent in 0..NETWORKS {
            if !self.agents.contains(&(agent as u8)) {
                self.lean[agent] = 0;
                continue;
            }
            let networks = self.agents.iter().filter(|&&of| usize::from(of) == agent).count() as f64;
            let account = counter.brings(self.share(agent, shares)) + counter.rounds[agent].max(0.0)
                - counter.fixed
                - counter.handover * (networks - 1.0);
            self.lean[agent] = if account < 0.0 { self.lean[agent].saturating_add(1) } else { 0 };
            if u32::from(self.lean[agent]) >= p.courier_lean_months {
                let heir = self.largest(Some(agent), shares);
                self.serve(|of| usize::from(of) == agent, heir.map_or(NOBODY, |heir| heir as u8));
                self.lean[agent] = 0;
                // Whoever takes over begins anew.
                if let Some(heir) = heir {
                    self.lean[heir] = 0;
                }
            }
        }
    }

    /// Gives the networks served by some agent to another.
    fn serve(&mut self, from: impl Fn(u8) -> bool, to: u8) {
        self.agents.iter_mut().filter(|of| from(**of)).for_each(|of| *of = to);
    }

    /// Networks without an agent turn to the largest there is, or together try one.
    fn find_agents(&mut self, p: &LogisticsParameters, counter: &Counter, shares: &[f64; NETWORKS]) {
        let active = |network: usize| shares[network] > 0.0;
        match self.largest(None, shares) {
            Some(agent) => {
                for network in (0..NETWORKS).filter(|&network| active(network)) {
                    let pays = counter.brings(shares[network]) > counter.handover;
                    if self.agents[network] == NOBODY && pays {
                        self.agents[network] = agent as u8;
                    }
                }
            }
            None => {
                let count = (0..NETWORKS).filter(|&network| active(network)).count() as f64;
                let cost = counter.fixed + counter.handover * (count - 1.0).max(0.0);
                if count > 0.0 && counter.brings(shares.iter().sum()) > p.courier_entry * cost {
                    for network in (0..NETWORKS).filter(|&network| active(network)) {
                        self.agents[network] = 0;
                    }
                }
            }
        }
    }

    /// A network whose own counter pays well parts from another's agent; one a month.
    fn part(&mut self, p: &LogisticsParameters, counter: &Counter, shares: &[f64; NETWORKS]) {
        let parts = (0..NETWORKS).find(|&network| {
            let of = self.agents[network];
            of != NOBODY
                && usize::from(of) != network
                && counter.brings(shares[network]) > p.courier_own_agent * counter.fixed
        });
        if let Some(network) = parts {
            self.agents[network] = network as u8;
        }
    }

    /// One carrier goes round for all who are here, by contract; the largest agent's.
    pub fn join(&mut self, shares: &[f64; NETWORKS]) {
        if let Some(agent) = self.largest(None, shares) {
            self.joint = true;
            self.serve(|of| of != NOBODY, agent as u8);
        }
    }
}

/// What joining saves, of what it costs apart \[share\]; of nothing, nothing.
pub fn saving(joint: f64, apart: f64, cost: f64) -> f64 {
    if cost > 0.0 { (joint - apart) / cost } else { 0.0 }
}

/// How often each agent visits a village.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounds {
    /// Days between visits, by agent; 0 for none.
    pub intervals: [u8; NETWORKS],
    /// Months in a row in which an agent's visits did not pay.
    pub lean: [u8; NETWORKS],
}

impl Rounds {
    /// An agent decides, by the round that earns most. Returns whether it begins (true) or gives up (false).
    pub fn decide(&mut self, p: &LogisticsParameters, agent: usize, round: &Round) -> Option<bool> {
        let ratio = round.ratio();
        if self.intervals[agent] == 0 {
            let begins = ratio >= p.courier_entry;
            self.lean[agent] = 0;
            if begins {
                self.intervals[agent] = round.interval;
            }
            return begins.then_some(true);
        }
        self.lean[agent] = if ratio < p.courier_exit { self.lean[agent].saturating_add(1) } else { 0 };
        if u32::from(self.lean[agent]) >= p.courier_lean_months {
            self.stop(agent);
            return Some(false);
        }
        self.intervals[agent] = round.interval;
        None
    }

    /// An agent comes no more.
    pub fn stop(&mut self, agent: usize) {
        self.intervals[agent] = 0;
        self.lean[agent] = 0;
    }

    /// Where parcels of self-service orders end: of a network whose agent comes more rarely, some are fetched
    /// in the township meanwhile.
    pub fn arrivals(
        &self,
        p: &LogisticsParameters,
        township: &Township,
        shares: &[f64; NETWORKS],
    ) -> Arrivals {
        let mut arrivals = Arrivals::by_post(p);
        for (&agent, &share) in township.agents.iter().zip(shares) {
            if agent == NOBODY || share <= 0.0 {
                continue;
            }
            let interval = self.intervals[usize::from(agent)];
            let brought = if interval > 0 { brought(p, f64::from(interval)) } else { 0.0 };
            if interval > 0 {
                arrivals.add_visits(interval, share * brought);
            }
            arrivals.add_town(share * (1.0 - brought));
        }
        arrivals
    }

    /// How many networks come, by the agents of the township.
    pub fn networks(&self, township: &Township) -> u32 {
        let comes = |&&agent: &&u8| agent != NOBODY && self.intervals[usize::from(agent)] > 0;
        township.agents.iter().filter(comes).count() as u32
    }

    /// Days between visits of the agent that comes most often; 0 where none does.
    pub fn shortest(&self) -> u8 {
        self.intervals.into_iter().filter(|&interval| interval > 0).min().unwrap_or(0)
    }

    /// Whether anybody comes.
    pub fn any(&self) -> bool {
        self.intervals.iter().any(|&interval| interval > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::round::{best_round, tests::stop};
    use super::super::shares;
    use super::*;

    fn terms() -> Terms {
        Terms { hour: 20.0, subsidy: 0.0, sorting: 0.0 }
    }

    /// So many months in a township with so many parcels a day.
    fn after(months: u32, parcels: f64, p: &LogisticsParameters, township: &mut Township) {
        for _ in 0..months {
            let counter = Counter::of(p, &terms(), parcels, [0.0; NETWORKS]);
            township.review(p, &counter, &shares(p));
        }
    }

    #[test]
    fn agents_come_share_part_and_leave_as_parcels_do() {
        let p = LogisticsParameters::default();
        let mut township = Township::default();
        after(6, 1.0, &p, &mut township);
        assert_eq!(township.carriers().count(), 0, "none lives on a parcel a day");
        after(6, 600.0, &p, &mut township);
        assert_eq!(township.carriers().count(), 1, "one serves all");
        assert!(township.agents.iter().all(|&of| of == 0));
        after(12, 20_000.0, &p, &mut township);
        assert_eq!(township.carriers().count(), NETWORKS, "each has its own");
        after(2 * p.courier_lean_months * NETWORKS as u32, 0.5, &p, &mut township);
        assert_eq!(township.carriers().count(), 0, "and none is left");
    }

    /// A loss of a month or two is borne.
    #[test]
    fn months_of_loss_end_a_franchise_and_another_takes_over() {
        let p = LogisticsParameters::default();
        let mut township = Township::default();
        after(24, 20_000.0, &p, &mut township);
        let poor = |township: &mut Township| after(1, 700.0, &p, township);
        for _ in 1..p.courier_lean_months {
            poor(&mut township);
        }
        assert_eq!(township.carriers().count(), NETWORKS);
        poor(&mut township);
        assert_eq!(township.carriers().count(), 1, "the last takes over from the others");
        assert!(township.agents.iter().all(|&of| of != NOBODY));
    }

    /// A village of which each network sees too little is visited once one goes for all.
    #[test]
    fn joined_rounds_pay_where_separate_ones_do_not() {
        let p = LogisticsParameters::default();
        let shares = shares(&p);
        let parcels = 15.0;
        let stop = stop(8.0);
        let separate: f64 = (0..NETWORKS)
            .map(|network| best_round(&p, &terms(), &stop, parcels * shares[network], false).gain().max(0.0))
            .sum();
        let all: f64 = shares.iter().sum();
        let joint = best_round(&p, &terms(), &stop, parcels * all, false);
        assert!(joint.gain() > separate);
        assert!(saving(joint.gain(), separate, joint.cost) > 0.0);
        assert_eq!(saving(1.0, 2.0, 0.0), 0.0);
    }

    #[test]
    fn entry_and_exit_leave_a_gap_between_them() {
        let p = LogisticsParameters::default();
        let round = |ratio: f64| Round { interval: 2, revenue: ratio, cost: 1.0, ..Round::default() };
        let mut rounds = Rounds::default();
        let between = round((p.courier_entry + p.courier_exit) / 2.0);
        assert_eq!(rounds.decide(&p, 0, &between), None);
        assert_eq!(rounds.decide(&p, 0, &round(p.courier_entry + 0.01)), Some(true));
        assert_eq!(rounds.decide(&p, 0, &between), None);
        for _ in 1..p.courier_lean_months {
            assert_eq!(rounds.decide(&p, 0, &round(p.courier_exit - 0.01)), None);
        }
        assert_eq!(rounds.decide(&p, 0, &round(p.courier_exit - 0.01)), Some(false));
        assert!(!rounds.any());
    }
}
