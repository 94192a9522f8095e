//! `countryside compare`: two scenarios, seed by seed.

mod comparison;
mod difference;
mod explain;
mod members;
mod page;
mod pairing;
mod places;
mod store;
mod tables;

use crate::args::EnsembleSize;
use crate::args::experiment::CompareArgs;
use crate::batch::{Batch, End};
use crate::command_error::CommandError;
use crate::engine;
use crate::interrupt;
use crate::members::EnsembleFile;
use crate::terminal;
use crate::text::number::{count, of};
use crate::version;
use comparison::Comparison;
use pairing::Pairing;
use sim_core::base::Seed;
use sim_core::scenario::{Loaded, Scenario};
use sim_core::simulation::Simulation;
use sim_experiments::comparison::{Change, RunObservation, changes, observe, outcomes};
use sim_experiments::ensemble::{Job, JobError};
use sim_experiments::experiment::KeptOutcome;
use std::sync::Arc;

/// A scenario of the comparison: the two, and with `--explain` those between them.
struct Variant {
    scenario: Scenario,
    table: Option<Arc<[u8]>>,
}

/// Compares.
///
/// # Errors
/// If a scenario is wrong, the user stops it, or the tables cannot be written; and after all is written, if
/// runs failed.
pub fn compare(args: &CompareArgs) -> Result<(), CommandError> {
    let loaded =
        [engine::load(&args.first, &overrides(args))?, engine::load(&args.second, &overrides(args))?];
    let warnings = loaded.iter().flat_map(|loaded| &loaded.warnings);
    warnings.for_each(|warning| terminal::note(&format!("warning: {warning}")));
    let changes = changes(&loaded[0].scenario, &loaded[1].scenario);
    let currency = loaded[0].scenario.places.region.currency();
    let outcomes: Vec<KeptOutcome> =
        outcomes().into_iter().map(|outcome| KeptOutcome { currency, ..outcome }).collect();
    let map = places::outcome(&outcomes, &args.map)?;
    let first_seed = args.first_seed.unwrap_or(loaded[0].scenario.seed.0);
    let ensemble = args.members.ensemble.map(|size| Ok((size, crate::members::read(&args.members)?)));
    let ensemble: Option<(EnsembleSize, EnsembleFile)> = ensemble.transpose()?;
    let worlds = |(size, ensemble): &(EnsembleSize, EnsembleFile)| {
        crate::members::worlds(ensemble, size.count(), &[&loaded[0], &loaded[1]])
    };
    let worlds = ensemble.as_ref().map(worlds).transpose()?;
    let pairing = Pairing { first_seed, seeds: args.seeds(), worlds };
    let place = store::reserve(args, &loaded, &pairing)?;
    let variants = variants(&loaded, &changes, args.explain)?;
    let (seen, failures) = run(args, &variants, &pairing, &outcomes)?;
    let comparison = Comparison {
        names: [loaded[0].scenario.name.clone(), loaded[1].scenario.name.clone()],
        pairing,
        region: loaded[0].scenario.places.region.clone(),
        outcomes,
        changes,
        seen,
        failures,
    };
    if comparison.pairs(0, 1).0.is_empty() {
        let first = comparison.failures.first().map_or("", String::as_str);
        return Err(CommandError::run(format!("no pair of runs succeeded: {first}")));
    }
    comparison.failures.iter().for_each(|failure| terminal::note(&format!("warning: {failure}")));
    let folder = place.as_ref().map(|(place, _)| place.path());
    let published = place
        .as_ref()
        .map(|place| store::publish(place, &comparison, &loaded, map, args, ensemble.map(|(_, file)| file)))
        .transpose();
    if args.work.json {
        terminal::print(&page::json(&comparison, map, &version::of_results()))?;
    } else if !args.work.quiet {
        terminal::print(&page::text(&comparison, map, folder.filter(|_| published.is_ok())))?;
    }
    published?;
    whole(&comparison)
}

/// A comparison with failed runs is of the pairs that are whole, and says so to scripts, too.
fn whole(comparison: &Comparison) -> Result<(), CommandError> {
    match comparison.failures.len() as u64 {
        0 => Ok(()),
        failed => Err(CommandError::run(format!(
            "{} of {} failed: the comparison is of the {} in which both succeeded",
            count(failed),
            of((comparison.seen.len() * comparison.pairing.len()) as u64, "run", "runs"),
            of(comparison.pairs(0, 1).0.len() as u64, "pair", "pairs"),
        ))),
    }
}

fn overrides(args: &CompareArgs) -> Vec<(String, String)> {
    let mut all = args.set.clone();
    all.extend(args.until.map(crate::args::until));
    all.extend(args.sample.map(|share| ("household_sample".to_owned(), format!("{share:?}"))));
    all
}

/// The two scenarios; to explain, for each change the first with it alone and the second without it.
fn variants(loaded: &[Loaded; 2], changes: &[Change], explain: bool) -> Result<Vec<Variant>, CommandError> {
    let variant = |loaded: &Loaded| Variant {
        scenario: loaded.scenario.clone(),
        table: loaded.table.as_deref().map(Arc::from),
    };
    let mut all = vec![variant(&loaded[0]), variant(&loaded[1])];
    if !explain {
        return Ok(all);
    }
    if changes.len() > explain::MOST {
        return Err(CommandError::input(format!(
            "--explain: the scenarios differ in {} fields, and at most {} can be explained\n  help: compare \
             with one that has some of the changes",
            changes.len(),
            explain::MOST
        )));
    }
    for change in changes {
        for (from, value) in [(0, &change.second), (1, &change.first)] {
            let mut between = variant(&loaded[from]);
            between.scenario.set(&change.path, value).map_err(CommandError::scenario)?;
            all.push(between);
        }
    }
    Ok(all)
}

type Seen = Vec<Vec<Option<RunObservation>>>;

fn run(
    args: &CompareArgs,
    variants: &[Variant],
    pairing: &Pairing,
    outcomes: &[KeptOutcome],
) -> Result<(Seen, Vec<String>), CommandError> {
    let batch = Batch::new(args.work.jobs, args.work.quiet || args.work.json);
    for variant in variants.iter().take(2) {
        let estimate = Simulation::estimate(&variant.scenario, variant.table.as_deref())
            .map_err(CommandError::scenario)?;
        batch.check_memory(&variant.scenario, estimate.bytes)?;
    }
    let count = variants.len() as u64;
    let pairs = pairing.len();
    let total = count * pairs as u64;
    let mut seen: Seen = vec![vec![None; pairs]; variants.len()];
    let mut failures = Vec::new();
    interrupt::listen();
    let stopped = "stopped; nothing was kept";
    let _given_up = interrupt::gives_up(stopped);
    let end = batch.run(
        total,
        0..total,
        |number| {
            let at = (number % count) as usize;
            let variant = &variants[at];
            let mut scenario = variant.scenario.clone();
            let pair = (number / count) as usize;
            scenario.seed = Seed(pairing.seed(pair));
            if let (Some(worlds), Some(member)) = (&pairing.worlds, pairing.member(pair)) {
                worlds
                    .set(&mut scenario, member.place, at)
                    .map_err(|faults| JobError::Refused(faults.to_string()))?;
            }
            Ok(Job { scenario, table: variant.table.clone() })
        },
        |_, simulation| observe(simulation, outcomes),
        |finished| {
            let (variant, seed) = ((finished.index % count) as usize, (finished.index / count) as usize);
            match finished.result {
                Ok(mut observation) => {
                    observation.member = pairing.member(seed);
                    seen[variant][seed] = Some(observation);
                }
                Err(failure) => failures.push(format!(
                    "{} with seed {} failed: {failure}",
                    variants[variant].scenario.name,
                    pairing.seed(seed)
                )),
            }
            Ok(())
        },
    )?;
    failures.sort();
    match end {
        End::Complete => Ok((seen, failures)),
        End::Interrupted | End::OutOfTime => Err(CommandError::Interrupted(stopped.to_owned())),
    }
}
