//! `countryside validate`: the model held against what was published.

mod folder;
mod tables;

use crate::args::ValidateArgs;
use crate::command_error::CommandError;
use crate::engine;
use crate::evidence::own::EvidenceBase;
use crate::evidence::runs::{self, RunPace, WantedRuns};
use crate::evidence::summary::{agreement, summary};
use crate::evidence::{page, table};
use crate::interrupt;
use crate::recipe;
use crate::terminal;
use crate::text::number::of;
use sim_experiments::evidence::slice::gaps;
use sim_experiments::evidence::trace::Trace;
use sim_experiments::evidence::verdict::judge;
use std::collections::BTreeMap;
use std::path::Path;

/// Makes the runs that evidence needs, judges every target, and prints the table.
///
/// # Errors
/// If changes are faulty, the user stops it, or results cannot be written. A missed target is a result, not
/// an error.
pub fn validate(args: &ValidateArgs) -> Result<(), CommandError> {
    let base = EvidenceBase::read(&args.own)?;
    let wanted = wanted(&base, args)?;
    let place = match args.out.as_deref().filter(|out| !is_page(out)) {
        Some(out) => Some(folder::reserve(out, &wanted, args)?),
        None => None,
    };
    interrupt::listen();
    let (_, threads) = engine::threads(args.runs.threads);
    if !args.runs.quiet && !terminal::shows_progress() {
        terminal::note(&format!(
            "{} on {}, kept in {} as they finish",
            of(wanted.len() as u64, "run", "runs"),
            of(threads as u64, "thread", "threads"),
            args.runs.keep.display()
        ));
    }
    let made = runs::make(&wanted, &args.runs.keep, threads, args.runs.quiet, &mut RunPace::default())?;
    let mut traces: BTreeMap<String, Vec<Trace>> = BTreeMap::new();
    for (run, trace) in wanted.iter().zip(made) {
        traces.entry(run.run.clone()).or_default().extend(trace);
    }
    let judged = judge(&base.targets, &traces);
    let gaps = gaps(&base.targets, &traces);
    let mut summary = summary(&base, &judged);
    if !gaps.is_empty() {
        summary += &agreement(&gaps);
    }
    if let Some(place) = &place {
        folder::publish(place, &base, &judged, &traces, args)?;
    } else if let Some(path) = &args.out {
        let mut files = page::drawings(&judged, &traces)?;
        files.push(("targets.csv".to_owned(), table::csv(&judged, &base.fitted)?));
        page::write(path, &page::parts(path, &base, (&judged, &gaps), args.quick), &files)?;
    }
    if args.json {
        terminal::print(&table::json(&judged, &base.fitted)?)
    } else if args.csv {
        terminal::print(&table::csv(&judged, &base.fitted)?)
    } else {
        let mut text = table::text(&judged, &base.fitted, terminal::width()) + &summary;
        if let Some(out) = args.out.as_deref().filter(|_| place.is_some()) {
            let (shown, word) = (out.display(), recipe::path(out));
            text += &format!("\nIn {shown}. As a page: countryside report {word} -o evidence.html\n");
        }
        terminal::print(&text)
    }
}

/// Whether a name is that of a page and not of a folder.
fn is_page(out: &Path) -> bool {
    out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

/// All runs, those of a seed together, so that an interrupted validation has whole seeds.
fn wanted(base: &EvidenceBase, args: &ValidateArgs) -> Result<Vec<WantedRuns>, CommandError> {
    let targets = &base.targets;
    let known = || targets.runs.iter().map(|run| run.name.as_str());
    if let Some(unknown) = args.only.iter().find(|only| known().all(|name| name != only.as_str())) {
        let known: Vec<&str> = known().collect();
        return Err(CommandError::input(format!(
            "--only: there is no run `{unknown}`\n  help: there are {}",
            known.join(", ")
        )));
    }
    let mut wanted = Vec::new();
    let is_wanted = |name: &String| args.only.is_empty() || args.only.contains(name);
    for run in targets.runs.iter().filter(|run| is_wanted(&run.name)) {
        let scenario = run.scenario(base.scenarios(), args.quick, &args.set).map_err(CommandError::input)?;
        let planned = run.seeds(args.quick);
        let asked = args.seeds.unwrap_or(planned);
        // A whole is there to be held against, not to be made often.
        let seeds = if targets.is_whole(run) { asked.min(planned) } else { asked };
        for seed in 1..=u64::from(seeds) {
            // What takes longest begins first.
            let order = (!targets.is_whole(run), seed);
            wanted.push((order, WantedRuns::new(&run.name, &scenario, seed, targets.wanted(run))));
        }
    }
    wanted.sort_by_key(|(order, _)| *order);
    Ok(wanted.into_iter().map(|(_, run)| run).collect())
}
