//! `countryside conclude`: questions that two scenarios answer, asked of an ensemble.

mod answered;
mod page;

use crate::args::{ConcludeArgs, EnsembleSize};
use crate::command_error::CommandError;
use crate::engine;
use crate::evidence::page as marked;
use crate::evidence::runs::{self, RunPace, WantedRuns};
use crate::interrupt;
use crate::members;
use crate::terminal;
use answered::{Answered, answer};
use sim_core::scenario::Loaded;
use sim_experiments::conclusions::Questions;
use sim_experiments::evidence::fault::EvidenceFile;
use sim_experiments::evidence::trace::Trace;
use sim_experiments::experiment::Worlds;
use sim_experiments::plan::member_seed;
use sim_files::{limits, read};
use std::collections::BTreeMap;

/// Asks the questions, and tells which answers hold.
///
/// # Errors
/// If questions, scenarios or the ensemble are faulty, the user stops it, or the page cannot be written.
pub fn conclude(args: &ConcludeArgs) -> Result<(), CommandError> {
    let questions = questions(args)?;
    let ensemble = members::read(&args.members)?;
    let names = questions.scenarios();
    let loaded = loaded(&questions, &names, args)?;
    let size = args.members.ensemble.unwrap_or(EnsembleSize::All);
    let worlds = members::worlds(&ensemble, size.count(), &loaded.iter().collect::<Vec<&Loaded>>())?;
    let wanted = wanted(&questions, &names, &loaded, &worlds, args.seeds)?;
    interrupt::listen();
    let (_, threads) = engine::threads(args.runs.threads);
    let made = runs::make(&wanted, &args.runs.keep, threads, args.runs.quiet, &mut RunPace::default())?;
    let of_scenario = worlds.members.len() * args.seeds as usize;
    let traces: BTreeMap<&str, &[Option<Trace>]> =
        names.iter().copied().zip(made.chunks(of_scenario)).collect();
    let answered: Vec<Answered> =
        questions.questions.iter().map(|question| answer(question, &traces, &worlds, args.seeds)).collect();
    if let Some(path) = &args.out {
        marked::write(path, &[("conclusions", page::markdown(&answered, &worlds, args.seeds))], &[])?;
    }
    if args.json {
        terminal::print(&page::json(&answered)?)
    } else {
        terminal::print(&page::text(&answered, &worlds, args.seeds, terminal::width()))
    }
}

/// The questions that were asked for.
fn questions(args: &ConcludeArgs) -> Result<Questions, CommandError> {
    let (name, text) = match &args.questions {
        None => ("conclusions.ron".to_owned(), Questions::shipped().to_owned()),
        Some(path) => {
            let text = read::text(path, limits::WRITTEN);
            (path.display().to_string(), text.map_err(|error| CommandError::reading(path, &error))?)
        }
    };
    let file = EvidenceFile { name: &name, text: &text };
    let mut questions = Questions::read(&file).map_err(CommandError::input)?;
    let known: Vec<String> = questions.questions.iter().map(|question| question.name.clone()).collect();
    if let Some(unknown) = args.names.iter().find(|name| !known.contains(name)) {
        return Err(CommandError::input(format!(
            "there is no question `{unknown}`\n  help: there are {}",
            known.join(", ")
        )));
    }
    questions.questions.retain(|one| args.names.is_empty() || args.names.contains(&one.name));
    Ok(questions)
}

fn loaded(questions: &Questions, names: &[&str], args: &ConcludeArgs) -> Result<Vec<Loaded>, CommandError> {
    let is_over = |path: &str| args.set.iter().any(|(over, _)| over == path);
    let common = questions.changes.iter().filter(|(path, _)| !is_over(path));
    let changes: Vec<(String, String)> = common.chain(&args.set).cloned().collect();
    let load = |name: &&str| {
        let loaded = engine::load(name, &changes)?;
        if loaded.table.is_some() {
            return Err(CommandError::input(format!(
                "{name}: has a table of places of its own, which questions cannot have yet\n  help: compare \
                 the two with `countryside compare --ensemble`"
            )));
        }
        engine::estimate(&loaded)?;
        Ok(loaded)
    };
    names.iter().map(load).collect()
}

/// All runs: by scenario, member and seed.
fn wanted(
    questions: &Questions,
    names: &[&str],
    loaded: &[Loaded],
    worlds: &Worlds,
    seeds: u32,
) -> Result<Vec<WantedRuns>, CommandError> {
    let mut wanted = Vec::new();
    for (at, (name, loaded)) in names.iter().zip(loaded).enumerate() {
        let what = questions.wanted(name);
        for (place, member) in worlds.members.iter().enumerate() {
            let mut scenario = loaded.scenario.clone();
            worlds.set(&mut scenario, place, at).map_err(CommandError::scenario)?;
            for seed in 0..u64::from(seeds) {
                let seed = member_seed(loaded.scenario.seed.0, member, seed);
                wanted.push(WantedRuns::new(&loaded.scenario.name, &scenario, seed, what.clone()));
            }
        }
    }
    Ok(wanted)
}
