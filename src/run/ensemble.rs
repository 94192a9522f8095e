//! `countryside run --ensemble`: a scenario with many sets of parameters, and with several seeds each.
//!
//! The runs are those of an experiment without factors, so that a folder of them is a sweep's: it is gone on
//! with, analysed, reported and made again like any other.

use crate::analyse;
use crate::analyse::members::{self, Found};
use crate::args::experiment::WorkArgs;
use crate::args::{EnsembleSize, RunArgs};
use crate::batch::End;
use crate::command_error::CommandError;
use crate::members::EnsembleFile;
use crate::text::number::of;
use crate::{engine, interrupt, recipe, sweep, terminal, version};
use sim_core::scenario::{Loaded, Scenario};
use sim_experiments::analysis::Responses;
use sim_experiments::comparison::outcomes;
use sim_experiments::experiment::{BaseScenario, Budget, Experiment, Method, Worlds};
use sim_experiments::plan::RunPlan;
use sim_experiments::record::{Record, Values};
use std::collections::BTreeMap;

/// Seeds of each member, if no number is asked for: the fewest that tell luck from what is unknown.
const SEEDS: u32 = 2;
/// The files of the folder that the experiment names.
const SCENARIO: &str = "scenario.ron";
const MEMBERS: &str = "ensemble.csv";
const PLACES: &str = "counties";

/// Runs the members that were asked for.
///
/// # Errors
/// If the scenario or the ensemble is wrong, runs fail, the user stops them, or results cannot be written.
pub fn run(args: &RunArgs, name: &str, size: EnsembleSize) -> Result<(), CommandError> {
    refuse_of_one_run(args)?;
    let loaded = engine::load(name, &args.changes.overrides())?;
    loaded.warnings.iter().for_each(|warning| terminal::note(&format!("warning: {warning}")));
    engine::estimate(&loaded)?;
    let ensemble = crate::members::read(&args.members)?;
    let worlds = crate::members::worlds(&ensemble, size.count(), &[&loaded])?;
    let plan = RunPlan::new(experiment(args, &loaded, worlds.clone()), &version::of_sweeps(), 1)
        .map_err(CommandError::input)?;
    let output = &args.output;
    let work = WorkArgs { jobs: args.execution.threads, json: output.json || args.csv, quiet: output.quiet };
    let Some(out) = output.out.as_deref() else {
        let records = held(&plan, &work)?;
        tell(args, &plan, &Responses::of(&plan, &records), None)?;
        return refuse_failed(&records);
    };
    let files = files(&plan, &loaded, &worlds, size, ensemble);
    let folder = sweep::in_folder(plan, &files, out, &work, output.format, &again(args, name, size))?;
    tell(args, &folder.plan, &analyse::responses(&folder)?, Some(out))?;
    sweep::refuse_failed(&folder, 0..folder.plan.runs())
}

/// Refuses what only a single run has.
fn refuse_of_one_run(args: &RunArgs) -> Result<(), CommandError> {
    let execution = &args.execution;
    let given = [
        ("--checkpoint-every", execution.checkpoint_every.is_some()),
        ("--checkpoint-at", execution.checkpoint_at.is_some()),
        ("--checkpoint", execution.checkpoint.is_some()),
        ("--fingerprints", args.output.fingerprints),
        ("--force", args.output.force),
        ("--memory-limit", execution.memory_limit.is_some()),
    ];
    match given.iter().find(|(_, is_given)| *is_given) {
        None => Ok(()),
        Some((option, _)) => Err(CommandError::input(format!(
            "{option} is for one run, and --ensemble makes many\n  help: leave {option} out; with --out DIR \
             finished runs are kept, and the same command goes on with the others"
        ))),
    }
}

/// The experiment: the scenario as it is, with every member and seed.
fn experiment(args: &RunArgs, loaded: &Loaded, worlds: Worlds) -> Experiment {
    let scenario = &loaded.scenario;
    Experiment {
        name: scenario.name.clone(),
        question: scenario.question.clone(),
        scenarios: vec![BaseScenario::of(scenario, loaded.table.as_deref())],
        factors: Vec::new(),
        method: Some(Method::Replicates),
        worlds: Some(worlds),
        replicates: args.seeds.unwrap_or(SEEDS),
        first_seed: scenario.seed.0,
        common_random_numbers: true,
        outcomes: outcomes(),
        budget: Budget::default(),
        goals: Vec::new(),
        search: None,
    }
}

/// The same as files, from which the folder can be made again.
fn files(
    plan: &RunPlan,
    loaded: &Loaded,
    worlds: &Worlds,
    size: EnsembleSize,
    ensemble: EnsembleFile,
) -> sweep::ExperimentFiles {
    let experiment = plan.experiment();
    let count = size.count().map_or_else(String::new, |count| format!("count: {count}, "));
    let names: Vec<String> = experiment.outcomes.iter().map(|one| format!("\"{}\"", one.name)).collect();
    let text = format!(
        "(\n    // What `countryside run --ensemble` ran: every member with every seed.\n    name: {},\n    \
         question: {},\n    base: \"{SCENARIO}\",\n    worlds: Ensemble({count}file: \"{MEMBERS}\"),\n    \
         replicates: {},\n    first_seed: {},\n    outcomes: [{}],\n)\n",
        experiment_text(&loaded.scenario, "name"),
        experiment_text(&loaded.scenario, "question"),
        experiment.replicates,
        experiment.first_seed,
        names.join(", "),
    );
    let mut scenario = loaded.scenario.clone();
    let mut beside = BTreeMap::from([(MEMBERS.to_owned(), ensemble.bytes)]);
    if let Some(table) = loaded.table.as_deref() {
        beside.insert(scenario.places.keep_as(PLACES).unwrap_or_default(), table.to_vec());
    }
    let open: Vec<&str> = worlds.changes(0, 0).map(|(path, _)| path).collect();
    beside.insert(SCENARIO.to_owned(), scenario.resolved_text_without(&open).into_bytes());
    sweep::ExperimentFiles::of(text, beside)
}

fn experiment_text(scenario: &Scenario, path: &str) -> String {
    scenario.get(path).unwrap_or_default()
}

/// The command that goes on with a folder.
fn again(args: &RunArgs, name: &str, size: EnsembleSize) -> String {
    let mut command = format!("countryside run {} --ensemble {}", recipe::file_word(name), size.text());
    if let Some(file) = &args.members.ensemble_file {
        command += &format!(" --ensemble-file {}", recipe::path(file));
    }
    if let Some(seeds) = args.seeds {
        command += &format!(" --seeds {seeds}");
    }
    for (path, value) in args.changes.overrides() {
        command += &format!(" --set {}", recipe::quoted(&format!("{path}={value}")));
    }
    command += &recipe::form(args.output.format);
    let out = args.output.out.as_deref().map(recipe::path);
    out.map_or(command.clone(), |out| format!("{command} --out {out}"))
}

const HELD: &str =
    "stopped; nothing was kept: with --out DIR finished runs are kept, and the same command goes on";

/// Runs all in memory.
fn held(plan: &RunPlan, work: &WorkArgs) -> Result<Vec<Record>, CommandError> {
    let batch = sweep::batch(plan, work)?;
    let mut records = Vec::new();
    interrupt::listen();
    let _given_up = interrupt::gives_up(HELD);
    let end = batch.run(
        plan.runs(),
        0..plan.runs(),
        |number| plan.job(number),
        |_, simulation| Values::of(simulation, &plan.experiment().outcomes),
        |finished| {
            records.push(Record::from(finished));
            Ok(())
        },
    )?;
    records.sort_by_key(|record| record.run);
    match end {
        End::Complete => Ok(records),
        End::Interrupted | End::OutOfTime => Err(CommandError::Interrupted(HELD.to_owned())),
    }
}

fn refuse_failed(records: &[Record]) -> Result<(), CommandError> {
    let failed = records.iter().filter_map(|record| record.result.as_ref().err());
    let failed: Vec<_> = failed.collect();
    match failed.first() {
        None => Ok(()),
        Some(first) => Err(CommandError::run(format!(
            "{} of {} failed and are left out; the first: {first}",
            failed.len(),
            of(records.len() as u64, "run", "runs")
        ))),
    }
}

/// Tells what was found.
fn tell(
    args: &RunArgs,
    plan: &RunPlan,
    responses: &Responses,
    folder: Option<&std::path::Path>,
) -> Result<(), CommandError> {
    let found = Found::of(responses);
    match () {
        () if args.output.json => terminal::print(&format!("{:#}\n", found.document(plan))),
        () if args.csv => terminal::print(&found.csv()?),
        () if args.output.quiet => Ok(()),
        () => {
            let mut text = members::heading(plan) + &found.text();
            if let Some(folder) = folder {
                let word = recipe::path(folder);
                text += &format!(
                    "\nTables in {}. What mattered: countryside analyse {word}\nAs a page: countryside \
                    report \
                     {word} -o ensemble.html\n",
                    folder.display()
                );
            }
            terminal::print(&text)
        }
    }
}
