//! `countryside optimise`: the plan that buys most.
//!
//! Every evaluation is a run with a number, kept as a piece in the folder as in a sweep. The search asks the
//! same again when it is told the same, so that going on after a kill finds its runs there and costs nothing.

mod found;
mod page;
mod store;

use crate::args::experiment::{OptimiseArgs, WorkArgs};
use crate::batch::{Batch, End};
use crate::command_error::CommandError;
use crate::interrupt;
use crate::recipe;
use crate::sweep::{self, ExperimentFiles, Folder, Pieces};
use crate::terminal;
use crate::text::number::of;
use crate::version;
use found::{SearchResult, set};
use sim_core::simulation::Simulation;
use sim_experiments::ensemble::JobError;
use sim_experiments::experiment::{Experiment, FactorSetting, Search, usual};
use sim_experiments::optimisation::{Finalist, Searching, verdicts};
use sim_experiments::plan::{RunPlan, seed};
use sim_experiments::record::{Record, Values};
use sim_experiments::statistics::Summary;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// Bootstrap samples of a verdict.
const RESAMPLES: usize = 1000;
/// Numbers of the finalists' runs begin here, far above those of the search.
const FRESH: u64 = 1 << 40;

/// Searches.
///
/// # Errors
/// If the experiment is wrong, somebody is at work in the folder, the disk is full, or the user stops it.
pub fn optimise(args: &OptimiseArgs) -> Result<(), CommandError> {
    let (mut experiment, sources) = ExperimentFiles::read(&args.experiment)?;
    let Some(search) = experiment.search.clone() else {
        return Err(CommandError::input(format!(
            "{}: it has a design, not a search: countryside sweep {} --out DIR",
            args.experiment,
            recipe::file_word(&args.experiment)
        )));
    };
    let names = wanted(&mut experiment, &search)?;
    let plan = RunPlan::new(experiment, &version::of_sweeps(), 1)
        .map_err(|reason| CommandError::input(format!("{}: {reason}", args.experiment)))?;
    refuse_beyond_budget(&plan, &search)?;
    let folder = if args.resume && args.out.exists() {
        sweep::reopened(&args.out, &plan)?
    } else {
        Folder::create(&args.out, plan, &sources, None, None)?
    };
    let _lock = folder.lock_all("searching")?;
    folder.pieces().clear_unfinished()?;
    interrupt::listen();
    let mut bench = Bench::new(&folder, &search, &args.work, again(args, &args.out))?;
    let found = bench.search(names)?;
    bench.writer.pack()?;
    let files = store::write(&folder, &found, &search, args.format)?;
    if args.work.json {
        return terminal::print(&page::json(&folder, &found, &search));
    }
    if args.work.quiet {
        return Ok(());
    }
    terminal::print(&page::text(&folder, &found, &search, &files))
}

fn again(args: &OptimiseArgs, out: &Path) -> String {
    format!(
        "countryside optimise {} --out {} --resume",
        recipe::file_word(&args.experiment),
        recipe::path(out)
    )
}

/// Makes the experiment keep the goals and bounds first, whatever else it keeps. Returns their names.
fn wanted(experiment: &mut Experiment, search: &Search) -> Result<Vec<String>, CommandError> {
    let goals = search.goals.iter().map(|goal| &goal.outcome);
    let names: Vec<String> = goals.chain(search.bounds.iter().map(|bound| &bound.outcome)).cloned().collect();
    let mut kept = Vec::new();
    for name in &names {
        let known =
            kept.iter().any(|outcome: &sim_experiments::experiment::KeptOutcome| outcome.name == *name);
        if !known {
            // An outcome that the experiment keeps under that name is the one that is meant.
            let own = experiment.outcomes.iter().find(|outcome| outcome.name == *name);
            let own = own.filter(|outcome| outcome.kept.is_number()).cloned().or_else(|| usual(name));
            kept.push(own.ok_or_else(|| CommandError::input(format!("there is no outcome `{name}`")))?);
        }
    }
    let others: Vec<_> = experiment
        .outcomes
        .iter()
        .filter(|outcome| !kept.iter().any(|own| own.name == outcome.name))
        .cloned()
        .collect();
    experiment.outcomes = kept.into_iter().chain(others).collect();
    Ok(names)
}

fn refuse_beyond_budget(plan: &RunPlan, search: &Search) -> Result<(), CommandError> {
    let experiment = plan.experiment();
    let runs = u64::from(search.plans) * u64::from(experiment.replicates)
        + u64::from(search.finalists + 1) * u64::from(search.fresh_seeds);
    if runs > experiment.budget.runs {
        return Err(CommandError::input(format!(
            "the search has up to {}, more than the {} that budget.runs allows",
            of(runs, "run", "runs"),
            experiment.budget.runs
        )));
    }
    Ok(())
}

/// Where plans are tried.
struct Bench<'f> {
    folder: &'f Folder,
    search: Search,
    batch: Batch,
    known: BTreeMap<u64, Record>,
    writer: sweep::Writer<'f>,
    again: String,
    failed: u64,
}

impl<'f> Bench<'f> {
    fn new(
        folder: &'f Folder,
        search: &Search,
        work: &WorkArgs,
        again: String,
    ) -> Result<Bench<'f>, CommandError> {
        let pieces: &'f Pieces = folder.pieces();
        let index = pieces.index()?;
        let mut known = BTreeMap::new();
        for file in &index.files {
            known.extend(pieces.read(file)?.into_iter().map(|record| (record.run, record)));
        }
        let budget = &folder.plan.experiment().budget;
        let mut batch = Batch::new(work.jobs, work.quiet || work.json);
        batch.longest = budget.seconds_per_run.map(Duration::from_secs);
        batch.deadline = budget.hours.map(|hours| Instant::now() + Duration::from_secs_f64(hours * 3600.0));
        batch.check_memory(folder.plan.base_scenario(), largest(&folder.plan)?)?;
        Ok(Bench { folder, search: search.clone(), batch, known, writer: pieces.writer(), again, failed: 0 })
    }

    /// Searches, and runs the finalists with fresh seeds beside the scenario as it is.
    fn search(&mut self, names: Vec<String>) -> Result<SearchResult, CommandError> {
        let plan = &self.folder.plan;
        let factors = &plan.experiment().factors;
        let mut searching = Searching::new(&self.search, factors).map_err(CommandError::input)?;
        // Levers of lists and whole numbers make equal plans of different points: they are run once.
        let mut known: BTreeMap<Vec<String>, u64> = BTreeMap::new();
        let mut origins: Vec<u64> = Vec::new();
        loop {
            let asked = searching.ask();
            if asked.is_empty() {
                break;
            }
            let settings: Vec<Vec<FactorSetting>> = asked.iter().map(|units| set(plan, units)).collect();
            let first = searching.tried().len();
            for (at, settings) in settings.iter().enumerate() {
                let key = settings.iter().map(FactorSetting::text).collect();
                origins.push(*known.entry(key).or_insert((first + at) as u64));
            }
            let seeds = plan.experiment().replicates;
            let runs = self.run(&settings, first as u64, &origins[first..], seeds, 0)?;
            let outcomes = runs.iter().map(|runs| means(runs, names.len())).collect();
            searching.record(asked, outcomes);
        }
        let chosen = searching.finalists(|at| origins.get(at).is_some_and(|&origin| origin != at as u64));
        let mut settings = vec![vec![FactorSetting::Unchanged; factors.len()]];
        settings.extend(chosen.iter().map(|&at| set(plan, &searching.tried()[at].units)));
        let fresh = self.search.fresh_seeds;
        let first = FRESH / u64::from(fresh) + 1;
        let own: Vec<u64> = (first..first + settings.len() as u64).collect();
        let runs = self.run(&settings, first, &own, fresh, FRESH)?;
        let finalists: Vec<Finalist> = runs.into_iter().map(|runs| Finalist { runs }).collect();
        Ok(SearchResult {
            verdicts: verdicts(&finalists, &self.search, RESAMPLES),
            tried: std::iter::once(None).chain(chosen.into_iter().map(Some)).collect(),
            searching,
            settings,
            finalists,
            names,
            failed: self.failed,
        })
    }

    /// Runs plans with some seeds, the same for all plans: those of the search, or the fresh ones of a
    /// `stream` apart. Those whose runs are known are not run again, nor those whose origin, the first plan
    /// that sets the same, is another. `first` is the number of the first plan. Returns the goals and bounds
    /// by plan and seed.
    fn run(
        &mut self,
        settings: &[Vec<FactorSetting>],
        first: u64,
        origins: &[u64],
        seeds: u32,
        stream: u64,
    ) -> Result<Vec<Vec<Vec<f64>>>, CommandError> {
        let count = u64::from(seeds);
        let total = settings.len() as u64 * count;
        let is_own = |at: u64| origins.get((at / count) as usize) == Some(&(first + at / count));
        let missing: Vec<u64> =
            (0..total).filter(|&at| is_own(at) && !self.known.contains_key(&(first * count + at))).collect();
        if !missing.is_empty() {
            self.make(&missing, settings, first * count, count, stream)?;
        }
        let columns = self.search.goals.len() + self.search.bounds.len();
        let order = self.order();
        let value = |number: u64| match self.known.get(&number).map(|record| &record.result) {
            Some(Ok(values)) => {
                order.iter().map(|&at| values.numbers.get(at).copied().unwrap_or(f64::NAN)).collect()
            }
            _ => vec![f64::NAN; columns],
        };
        Ok(origins
            .iter()
            .map(|origin| (0..count).map(|seed| value(origin * count + seed)).collect())
            .collect())
    }

    /// The places of goals and bounds among the numbers kept: an outcome may be both.
    fn order(&self) -> Vec<usize> {
        let goals = self.search.goals.iter().map(|goal| &goal.outcome);
        let names = goals.chain(self.search.bounds.iter().map(|bound| &bound.outcome));
        let kept: Vec<&str> = sim_experiments::tables::numbers(&self.folder.plan)
            .map(|outcome| outcome.name.as_str())
            .collect();
        names.map(|name| kept.iter().position(|own| own == name).unwrap_or(usize::MAX)).collect()
    }

    fn make(
        &mut self,
        missing: &[u64],
        settings: &[Vec<FactorSetting>],
        first: u64,
        count: u64,
        stream: u64,
    ) -> Result<(), CommandError> {
        let plan = &self.folder.plan;
        let (outcomes, first_seed) = (&plan.experiment().outcomes, plan.experiment().first_seed);
        let (known, writer, failed) = (&mut self.known, &mut self.writer, &mut self.failed);
        let stopped = format!("stopped: finished runs are kept; go on with\n  {}", self.again);
        let given_up = interrupt::gives_up(&stopped);
        let end = self.batch.run(
            missing.len() as u64,
            missing.iter().copied(),
            |number| {
                let settings = settings.get((number / count) as usize);
                let settings =
                    settings.ok_or_else(|| JobError::Refused("there is no such plan".to_owned()))?;
                plan.jobs().job(settings, 0, seed(first_seed, stream, number % count))
            },
            |_, simulation| Values::of(simulation, outcomes),
            |finished| {
                let mut record = Record::from(finished);
                record.run += first;
                *failed += u64::from(record.result.is_err());
                writer.write(record.clone())?;
                known.insert(record.run, record);
                Ok(())
            },
        )?;
        drop(given_up);
        match end {
            End::Complete => Ok(()),
            End::Interrupted => Err(CommandError::Interrupted(stopped)),
            End::OutOfTime => Err(CommandError::run(format!(
                "budget.hours is used up: finished runs are kept; go on with\n  {}",
                self.again
            ))),
        }
    }
}

/// The most memory that a plan needs with its levers at either end \[bytes\].
fn largest(plan: &RunPlan) -> Result<u64, CommandError> {
    let levers = plan.experiment().factors.len();
    let mut most = 0;
    for end in [0.0, 1.0] {
        let settings = set(plan, &vec![end; levers]);
        // What the scenario does not take fails by itself, and is told as a failed run.
        if let Ok(job) = plan.jobs().job(&settings, 0, plan.experiment().first_seed) {
            let estimate = Simulation::estimate(&job.scenario, job.table.as_deref());
            most = most.max(estimate.map_err(CommandError::input)?.bytes);
        }
    }
    Ok(most)
}

/// Means over seeds; not-a-number if one is missing.
fn means(runs: &[Vec<f64>], columns: usize) -> Vec<f64> {
    let mean = |column: usize| {
        let values: Vec<f64> = runs.iter().map(|run| run[column]).collect();
        let whole = values.iter().all(|value| !value.is_nan());
        if whole { Summary::of(&values).mean } else { f64::NAN }
    };
    (0..columns).map(mean).collect()
}
