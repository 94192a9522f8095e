//! The runs of an experiment: numbered, dealt to shards, each with its job.
//!
//! A run's number is (point × members + member) × replicates + replicate; without an ensemble there is one
//! member, the scenario's own parameters. Rows of the design that are equal are one point, whose
//! runs they share. Everything that a run is follows from the plan and that number, so that any process
//! on any machine can do any run, in any order. A plan is stored as JSON with its scenarios resolved: nothing
//! else is needed.

mod crossing;
mod store;
#[cfg(test)]
mod tests;

pub use crossing::Crossing;
pub use store::{Stored, StoredError};

use crate::design::{self, Design, Shared};
use crate::ensemble::{Job, JobError};
use crate::experiment::value::{Sort, Value};
use crate::experiment::{
    BaseScenario, Experiment, Factor, FactorKind, FactorSetting, Method, RUN_COLUMNS, Worlds,
};
use sim_core::base::Seed;
use sim_core::members::Member;
use sim_core::region::Region;
use sim_core::scenario::{InputErrors, MemorySource, Scenario, load_traced};
use std::collections::BTreeSet;
use std::sync::Arc;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Makes jobs of settings: what a plan, a comparison and a search have in common.
#[derive(Clone, Debug)]
pub struct Jobs {
    factors: Vec<Factor>,
    bases: Vec<Base>,
    worlds: Option<Worlds>,
}

/// A plan, ready to be run.
#[derive(Clone, Debug)]
pub struct RunPlan {
    stored: Stored,
    design: Design,
    shared: Shared,
    jobs: Jobs,
}

/// A scenario, read.
#[derive(Clone, Debug)]
struct Base {
    scenario: Scenario,
    table: Option<Arc<[u8]>>,
}

/// One run of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its number, from 0.
    pub number: u64,
    /// The design's point.
    pub point: usize,
    /// Which of the members that were taken, from 0; 0 without an ensemble.
    pub member: usize,
    /// Which of the runs of that member at that point, from 0.
    pub replicate: u32,
    /// Its seed.
    pub seed: u64,
}

impl RunPlan {
    /// Plans an experiment for a program of some version, whose results are its own.
    ///
    /// # Errors
    /// If it has no design, more runs than its budget allows, a design that leaves listed values untried, or
    /// columns of the same name.
    pub fn new(experiment: Experiment, version: &str, shards: u32) -> Result<RunPlan, String> {
        RunPlan::of(Stored { version: version.to_owned(), shards: shards.max(1), experiment })
    }

    /// The plan that was stored.
    ///
    /// # Errors
    /// As for [`RunPlan::new`].
    pub fn of(stored: Stored) -> Result<RunPlan, String> {
        let experiment = &stored.experiment;
        // A search makes its points as it goes.
        let none = Method::Table { rows: Vec::new() };
        let method = match (&experiment.method, &experiment.search) {
            (Some(method), _) => method,
            (None, Some(_)) => &none,
            (None, None) => return Err("the experiment has no design".to_owned()),
        };
        let runs =
            design::count(method, &experiment.factors).saturating_mul(u128::from(experiment.runs_at_point()));
        if runs > u128::from(experiment.budget.runs) {
            return Err(format!(
                "the design has {} runs, more than the {} that budget.runs allows",
                grouped(runs),
                grouped(u128::from(experiment.budget.runs)),
            ));
        }
        let design = Design::new(method, &experiment.factors)?;
        design::refuse_untried(&design, method, &experiment.factors)?;
        let jobs = Jobs::of(experiment)?;
        // With a random stream of their own, equal points are not equal runs.
        let shared = if experiment.common_random_numbers {
            let own = |factor: &Factor| jobs.scenario().get(&factor.path).map(|text| factor.written(&text));
            let own: Vec<Option<FactorSetting>> = experiment.factors.iter().map(own).collect();
            Shared::of(&design, |row| {
                let settings = design.settings(row, &experiment.factors).into_iter().zip(&own);
                settings
                    .map(|(setting, own)| match (setting, own) {
                        (FactorSetting::Unchanged, Some(own)) => own.clone(),
                        (setting, _) => setting,
                    })
                    .collect()
            })
        } else {
            Shared::none(&design)
        };
        let plan = RunPlan { stored, design, shared, jobs };
        check_names(&plan.stored.experiment)?;
        Ok(plan)
    }

    /// The experiment.
    pub fn experiment(&self) -> &Experiment {
        &self.stored.experiment
    }

    /// As it is stored.
    pub fn stored(&self) -> &Stored {
        &self.stored
    }

    /// The design, row by row.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// Which rows of the design are the same point.
    pub fn shared(&self) -> &Shared {
        &self.shared
    }

    /// How many different points.
    pub fn points(&self) -> usize {
        self.shared.len()
    }

    /// How many runs.
    pub fn runs(&self) -> u64 {
        self.points() as u64 * self.experiment().runs_at_point()
    }

    /// The run of a number.
    pub fn run(&self, number: u64) -> Run {
        let experiment = self.experiment();
        let replicates = u64::from(experiment.replicates);
        let (group, replicate) = (number / replicates, number % replicates);
        let members = experiment.members() as u64;
        let (point, member) = (group / members, (group % members) as usize);
        // Policies of one world share its seeds.
        let policies = self.policies().names().len() as u64;
        let apart = if experiment.common_random_numbers { 0 } else { point / policies };
        let first_seed = seed(experiment.first_seed, apart, 0);
        let seed = match experiment.worlds.as_ref().and_then(|worlds| worlds.members.get(member)) {
            Some(member) => member_seed(first_seed, member, replicate),
            None => seed(experiment.first_seed, apart, replicate),
        };
        Run { number, point: point as usize, member, replicate: replicate as u32, seed }
    }

    /// The numbers of a shard's runs, of `shards` from 0: every `shards`-th run, so that slow corners of a
    /// design are shared.
    pub fn of_shard(&self, shard: u32) -> impl Iterator<Item = u64> + use<> {
        (u64::from(shard)..self.runs()).step_by(self.stored.shards as usize)
    }

    /// What each factor is set to at a point.
    pub fn settings(&self, point: usize) -> Vec<FactorSetting> {
        self.of_row(self.shared.row(point))
    }

    /// What each factor is set to in a row of the design.
    pub fn of_row(&self, row: usize) -> Vec<FactorSetting> {
        self.design.settings(row, &self.experiment().factors)
    }

    /// The value of a factor at a setting.
    pub fn value(&self, factor: &Factor, setting: &FactorSetting) -> Value {
        let written = match setting {
            FactorSetting::Policy(at) => return Value::Text(factor.policy(*at).to_owned()),
            FactorSetting::Unchanged if factor.path.is_empty() => return Value::Text("unchanged".to_owned()),
            FactorSetting::Unchanged => self.base_scenario().get(&factor.path).unwrap_or_default(),
            FactorSetting::Number(_) | FactorSetting::Text(_) => setting.text(),
        };
        Value::of(Sort::of(&factor.path), &written)
    }

    /// The same in words.
    pub fn shown(&self, factor: &Factor, setting: &FactorSetting) -> String {
        self.value(factor, setting).to_string()
    }

    /// The experiment's own scenario, with its changes and without factors.
    pub fn base_scenario(&self) -> &Scenario {
        self.jobs.scenario()
    }

    /// The job of a run.
    ///
    /// # Errors
    /// If the scenario does not take the values together.
    pub fn job(&self, number: u64) -> Result<Job, JobError> {
        let run = self.run(number);
        self.jobs.job(&self.settings(run.point), run.member, run.seed)
    }

    /// A digest of all that decides what the runs of a member at a point give, but for their seeds: two plans
    /// may share the runs of one world.
    ///
    /// # Errors
    /// As for [`RunPlan::job`].
    pub fn world(&self, point: usize, member: usize) -> Result<u128, JobError> {
        let job = self.jobs.job(&self.settings(point), member, 0)?;
        let table = job.table.as_deref().map_or(0, xxh3_128);
        let bytes = [job.scenario.hash(), table].map(u128::to_le_bytes).concat();
        Ok(xxh3_128(&bytes))
    }

    /// The member of a run; none without an ensemble.
    pub fn member(&self, run: &Run) -> Option<&Member> {
        self.experiment().worlds.as_ref().and_then(|worlds| worlds.members.get(run.member))
    }

    /// The policies of which each is run at every point of the design.
    pub fn policies(&self) -> Crossing<'_> {
        Crossing::of(&self.experiment().factors, self.shared.points())
    }

    /// Makes jobs of any settings.
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }
}

/// The seed of a replicate at a point; points with common random numbers are all point 0.
///
/// The first of all is `first_seed` itself, so that a single run at each point is the run of `countryside run
/// --seed`. Every other one is a hash of all three: it stays what it is when points or replicates are added,
/// and two experiments whose first seeds are neighbours share none. Rejected: counting on from the first
/// seed, where first seeds 1 and 2 share all but one of their replicates, and where one more replicate
/// changes the seed of every later point.
pub fn seed(first_seed: u64, point: u64, replicate: u64) -> u64 {
    if (point, replicate) == (0, 0) {
        return first_seed;
    }
    let bytes: Vec<u8> =
        [first_seed, point, replicate].iter().flat_map(|number| number.to_le_bytes()).collect();
    // 48 bits: fifteen digits, which spreadsheets and JSON readers keep exactly.
    xxh3_64(&bytes) & ((1 << 48) - 1)
}

/// The seed of a member's replicate. Members have seeds of their own, so that the luck of one is not that of
/// another: with common seeds nobody could tell luck that all share from what they have in common. A member
/// keeps its seeds whichever others are taken with it, and so do its replicates when more are added.
pub fn member_seed(first_seed: u64, member: &Member, replicate: u64) -> u64 {
    // Copies are apart by more than there are replicates.
    seed(first_seed, u64::from(member.number), u64::from(member.copy) << 32 | replicate)
}

impl Jobs {
    /// Reads an experiment's scenarios.
    ///
    /// # Errors
    /// If one is faulty, as after a change of version, or there is none.
    pub fn of(experiment: &Experiment) -> Result<Jobs, String> {
        let bases = experiment.scenarios.iter().map(read);
        let bases: Vec<Base> = bases.collect::<Result<_, _>>().map_err(|faults| faults.to_string())?;
        if bases.is_empty() {
            return Err("the experiment has no scenario".to_owned());
        }
        Ok(Jobs { factors: experiment.factors.clone(), bases, worlds: experiment.worlds.clone() })
    }

    /// The experiment's own scenario, with its changes and without factors.
    pub fn scenario(&self) -> &Scenario {
        // There is at least one, or there would be no jobs.
        &self.bases[0].scenario
    }

    /// The job of settings, one for each factor, a member and a seed. What a scenario sets itself lies over
    /// the member, and what factors set over both.
    ///
    /// # Errors
    /// If the scenario does not take the values together.
    pub fn job(&self, settings: &[FactorSetting], member: usize, seed: u64) -> Result<Job, JobError> {
        let at = self.factors.iter().zip(settings).find_map(policy_scenario).unwrap_or(0);
        let base =
            self.bases.get(at).ok_or_else(|| JobError::Refused("the policy has no scenario".to_owned()))?;
        let mut scenario = base.scenario.clone();
        scenario.seed = Seed(seed);
        let refused = |faults: InputErrors| JobError::Refused(faults.to_string());
        if let Some(worlds) = &self.worlds {
            worlds.set(&mut scenario, member, at).map_err(refused)?;
        }
        for (factor, setting) in self.factors.iter().zip(settings) {
            if !factor.path.is_empty() && *setting != FactorSetting::Unchanged {
                scenario.set(&factor.path, &setting.text()).map_err(refused)?;
            }
        }
        scenario.check().map_err(refused)?;
        Ok(Job { scenario, table: base.table.clone() })
    }
}

/// The scenario of a policy that is set.
fn policy_scenario((factor, setting): (&Factor, &FactorSetting)) -> Option<usize> {
    match (&factor.kind, setting) {
        (FactorKind::Policies { scenarios, .. }, FactorSetting::Policy(at)) => scenarios.get(*at).copied(),
        _ => None,
    }
}

/// Reads a resolved scenario.
fn read(base: &BaseScenario) -> Result<Base, InputErrors> {
    const NAME: &str = "scenario.ron";
    let mut source = MemorySource::of(NAME, base.text.as_bytes());
    if let (Some(table), Some(name)) = (&base.table, places_name(&base.text)) {
        source = source.with(&name, table.as_bytes());
    }
    let loaded = load_traced(&source, NAME, &[])?;
    Ok(Base { scenario: loaded.scenario, table: loaded.table.map(Arc::from) })
}

/// The file of the places that it brought, as a resolved scenario names it.
fn places_name(text: &str) -> Option<String> {
    let named = |field: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(field))?;
        Some(line.trim_end_matches(',').trim_matches('"').to_owned())
    };
    named("region: ").filter(|name| Region::builtin(name).is_none()).or_else(|| named("table: "))
}

/// A count with its thousands apart.
pub(crate) fn grouped(count: u128) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Checks that no two columns of the table of runs have one name.
///
/// # Errors
/// Which name.
fn check_names(experiment: &Experiment) -> Result<(), String> {
    let numbers = experiment.outcomes.iter().filter(|outcome| outcome.kept.is_number());
    let named = experiment.factors.iter().map(|factor| factor.name.as_str());
    let mut names: BTreeSet<&str> = RUN_COLUMNS.into();
    for name in named.chain(numbers.map(|outcome| outcome.name.as_str())) {
        if !names.insert(name) {
            return Err(format!(
                "two columns of the table of runs would be called `{name}`: give one a `name`"
            ));
        }
    }
    Ok(())
}
