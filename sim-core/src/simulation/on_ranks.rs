//! One run among several ranks: the same calls on each, and the same bits as on one.
//!
//! Every rank makes all places, which are few bytes, and then only the counties of its share. Counties meet
//! the others in four places, all of which go through [`Communicator`]: the markets before the run (a sum of
//! whole numbers each month), the draw of followed households (a count from each rank), the messages and
//! fingerprints at window ends, and results. The nation (treasury, markets, platforms, government) is a
//! process like any county: it lives on the rank with the last share and speaks by messages. What is gathered
//! is kept by the first rank.
//!
//! A run on one rank is the same code with [`SingleRank`].

use super::ending::Ending;
use super::faults::{fault, world_faults};
use super::outcome::{self, Outcome};
use super::own_places::geography;
use super::places::Threads;
use super::rule_check::check_rules;
use super::run::Simulation;
use crate::base::Month;
use crate::model::assembly::{self, MadePlaces, RunEstimate};
use crate::model::{Gathered, Harvest, Setting};
use crate::runner::{
    CollectiveExchange, Communicator, Network, Shares, SingleRank, ThreadRunner, Window, from_bytes, to_bytes,
};
use crate::scenario::{Advice, InputError, InputErrors, Issue, Scenario};

/// A run that may begin: all that can be refused has been.
pub struct Prepared {
    scenario: Scenario,
    table: Option<Vec<u8>>,
    setting: Setting,
    runner: ThreadRunner,
}

/// Makes the places of a run that so many ranks share, if it fits them.
pub(super) fn prepare(
    scenario: &Scenario,
    table: Option<&[u8]>,
    places: Option<&MadePlaces>,
    threads: Threads,
    ranks: usize,
) -> Result<Prepared, InputErrors> {
    let geography = &*geography(scenario, table)?;
    let estimate = assembly::estimate(geography, scenario).map_err(|error| world_faults(&error))?;
    refuse_if_too_large(scenario, &estimate, ranks)?;
    check_rules(scenario, geography)?;
    let runner = threads.runner()?;
    let places = match places.filter(|places| scenario.places.table.is_none() && places.fit(scenario)) {
        Some(places) => places.clone(),
        None => MadePlaces::of(geography, scenario).map_err(|error| world_faults(&error))?,
    };
    Ok(Prepared {
        setting: assembly::setting(geography, scenario, &places),
        scenario: scenario.clone(),
        table: table.map(<[u8]>::to_vec),
        runner,
    })
}

/// Refuses a run that would not fit, before anything large is allocated.
fn refuse_if_too_large(scenario: &Scenario, estimate: &RunEstimate, ranks: usize) -> Result<(), InputErrors> {
    let limit = u64::from(scenario.limits.memory) << 20;
    let needed = estimate.on(ranks);
    if needed <= limit {
        return Ok(());
    }
    let (needed, limit) = (needed >> 20, scenario.limits.memory);
    let (villages, records) = (estimate.villages, estimate.records);
    let issue = if ranks > 1 {
        Issue::TooLargeEach { needed, ranks, villages, records, limit }
    } else {
        Issue::TooLarge { needed, villages, records, limit }
    };
    Err(InputError { suggestion: Advice::LessMemory, ..fault("limits.memory", issue) }.into())
}

impl Simulation {
    /// Makes places, people and processes. `table` holds the scenario's own table of counties, if it has one.
    ///
    /// # Errors
    /// If the selection or the table is faulty, the run would exceed the scenario's limit of memory, or
    /// threads are refused.
    pub fn build(
        scenario: &Scenario,
        table: Option<&[u8]>,
        threads: Threads,
    ) -> Result<Simulation, InputErrors> {
        Simulation::build_in(scenario, table, None, threads)
    }

    /// The same in places that were made before; regenerated if there are none or they are not the
    /// scenario's.
    ///
    /// # Errors
    /// Those of [`Simulation::build`].
    pub fn build_in(
        scenario: &Scenario,
        table: Option<&[u8]>,
        places: Option<&MadePlaces>,
        threads: Threads,
    ) -> Result<Simulation, InputErrors> {
        let prepared = prepare(scenario, table, places, threads, 1)?;
        Ok(Simulation::begin(prepared, &mut SingleRank))
    }

    /// Runs one window. Returns whether there is another.
    pub fn step(&mut self) -> bool {
        self.step_on_ranks(&mut SingleRank)
    }

    /// Everything of a run that so many ranks share that can be refused on one of them. They agree that
    /// none has been before any [begins](Simulation::begin): afterwards they would wait for each other
    /// for ever.
    ///
    /// # Errors
    /// Those of [`Simulation::build`], for a limit of memory that holds on each rank; more ranks than
    /// counties.
    pub fn prepare(
        scenario: &Scenario,
        table: Option<&[u8]>,
        threads: Threads,
        ranks: usize,
    ) -> Result<Prepared, InputErrors> {
        let most = Simulation::codes(scenario, table)?.len();
        if ranks > most.max(1) {
            return Err(too_many(ranks, most));
        }
        prepare(scenario, table, None, threads, ranks)
    }

    /// Makes the part of a run that this rank holds. Every rank makes this call, with the same
    /// scenario.
    pub fn begin<C: Communicator>(prepared: Prepared, communicator: &mut C) -> Simulation {
        let setting = prepared.setting;
        let shares = Shares::of(&assembly::weights(&setting), communicator.count());
        let network: Network<_> = assembly::network(&setting, &shares, &prepared.runner, communicator);
        Simulation {
            scenario: prepared.scenario,
            table: prepared.table,
            earlier: Vec::new(),
            fingerprint: network.fingerprint(),
            now: setting.start,
            shares,
            network,
            runner: prepared.runner,
            gathered: Gathered::default(),
            setting,
        }
    }

    /// Runs one window, as every other rank does. Returns whether there is another.
    pub fn step_on_ranks<C: Communicator>(&mut self, communicator: &mut C) -> bool {
        if self.is_done() {
            return false;
        }
        self.gathered.go_on();
        let end = (self.now + self.setting.window).min(self.setting.end);
        let last = end >= self.setting.end;
        let window = Window { start: self.now, end };
        let mut exchange = CollectiveExchange::new(communicator, &self.shares);
        self.fingerprint = self.network.step_with(&self.setting, &self.runner, &mut exchange, window);
        let harvest = Harvest::of(&self.setting, self.network.first(), self.network.nodes_mut());
        self.reap(communicator, harvest, Gathered::take);
        if last && Month::of(self.setting.end).start() < self.setting.end {
            let rest = Harvest::unfinished(&self.setting, self.network.first(), self.network.nodes());
            self.reap(communicator, rest, Gathered::take_unfinished);
        }
        self.now = end;
        !last
    }

    /// Brings what the nodes have closed to the first rank, which takes it in.
    fn reap<C: Communicator>(
        &mut self,
        communicator: &mut C,
        mut harvest: Harvest,
        take: fn(&mut Gathered, &Setting, Harvest),
    ) {
        if communicator.count() > 1 {
            let own = if communicator.rank() == 0 { Vec::new() } else { to_bytes(&harvest) };
            for bytes in communicator.gather(&own).iter().skip(1) {
                harvest.join(from_bytes(bytes));
            }
        }
        if communicator.rank() == 0 {
            take(&mut self.gathered, &self.setting, harvest);
        }
    }

    /// The results so far, on the first rank; nothing on the others. Every rank makes this call.
    pub fn outcome_on_ranks<C: Communicator>(&self, communicator: &mut C) -> Option<Outcome> {
        let mut ending = Ending::of(self);
        if communicator.count() > 1 {
            let own = if communicator.rank() == 0 { Vec::new() } else { to_bytes(&ending) };
            for bytes in communicator.gather(&own).iter().skip(1) {
                ending.join(from_bytes(bytes));
            }
        }
        (communicator.rank() == 0).then(|| outcome::of(self, ending))
    }

    /// How the run's nodes are shared.
    pub fn shares(&self) -> &Shares {
        &self.shares
    }
}

pub(super) fn too_many(ranks: usize, most: usize) -> InputErrors {
    let issue = Issue::TooManyRanks { ranks, counties: most };
    InputError { suggestion: Advice::FewerRanks { most }, ..fault("places.select", issue) }.into()
}
