//! The tables of a search: all plans tried, and the finalists.

use super::found::{self, SearchResult};
use crate::args::Format;
use crate::command_error::CommandError;
use crate::output::manifest::{NAME, PROGRAM};
use crate::output::{dictionary, file::write_atomically, write_table};
use crate::recipe;
use crate::sweep::{Folder, readable};
use crate::version;
use serde_json::{Value, json};
use sim_core::base::Unit;
use sim_core::base::unit::unit;
use sim_core::metrics::table::{Column, Table, TableError};
use sim_experiments::experiment::{FactorSetting, Search};
use sim_experiments::optimisation::FinalistVerdict;
use sim_experiments::tables::factor_column;
use sim_files::folder;
use sim_files::write::{clear_all, fresh_folder};
use std::ffi::OsStr;
use std::io;

/// How folders of tables begin that are being written. Who searches holds the lock, so that one which is
/// there before is what a killed process left.
const UNFINISHED: &str = ".tables-";

/// Writes the tables and the manifest. Returns the files' names.
///
/// # Errors
/// If they cannot be written; old ones are then untouched.
pub fn write(
    folder: &Folder,
    found: &SearchResult,
    search: &Search,
    format: Format,
) -> Result<Vec<String>, CommandError> {
    let tables = [plans(folder, found), finalists(folder, found)];
    let tables: Vec<Table> = tables.into_iter().collect::<Result<_, _>>().map_err(CommandError::run)?;
    let fault = |error: io::Error| CommandError::writing(&folder.path, &error, None);
    folder::clear(&folder.path, OsStr::new(UNFINISHED))
        .and_then(|()| clear_all(&folder.path))
        .map_err(fault)?;
    let fresh = fresh_folder(&folder.path, OsStr::new(UNFINISHED)).map_err(fault)?;
    let mut files = Vec::new();
    for table in &tables {
        files.push(write_table(table, format, fresh.path())?);
    }
    files.push(write_table(&dictionary(&tables), Format::Csv, fresh.path())?);
    for file in &files {
        folder::rename(&fresh.path().join(&file.name), &folder.path.join(&file.name)).map_err(fault)?;
    }
    let experiment = folder.plan.experiment();
    let goals: Vec<Value> =
        search.goals.iter().map(|goal| json!({ "outcome": goal.outcome, "more": goal.more })).collect();
    let bounds: Vec<Value> = search
        .bounds
        .iter()
        .map(|bound| json!({ "outcome": bound.outcome, "is_most": bound.is_most, "limit": bound.limit }))
        .collect();
    let manifest = json!({
        "program": PROGRAM, "version": folder.plan.stored().version,
            "model": version::of_model(), "kind": "search",
            "experiment": experiment.name, "question": experiment.question,
        "identity": format!("{:032x}", folder.identity), "plans": found.searching.tried().len(),
            "fresh_seeds": search.fresh_seeds, "failed_runs": found.failed,
        "goals": goals, "bounds": bounds, "reproduce": recipe::of_search(&readable(&folder.path), format),
            "files": files,
    });
    write_atomically(&folder.path.join(NAME), format!("{manifest:#}\n").as_bytes()).map_err(fault)?;
    Ok(files.into_iter().map(|file| file.name).collect())
}

fn lever_columns(folder: &Folder, settings: &[Vec<FactorSetting>]) -> Vec<Column> {
    let plan = &folder.plan;
    let factors = plan.experiment().factors.iter().enumerate();
    factors
        .map(|(at, factor)| factor_column(plan, factor, "Lever", settings.iter().map(|set| &set[at])))
        .collect()
}

fn plans(folder: &Folder, found: &SearchResult) -> Result<Table, TableError> {
    let tried = found.searching.tried();
    let settings: Vec<Vec<FactorSetting>> =
        tried.iter().map(|one| found::set(&folder.plan, &one.units)).collect();
    let mut columns =
        vec![Column::integer("plan", Unit::NONE, "In the order of the search.", 0..tried.len() as i64)];
    columns.extend(lever_columns(folder, &settings));
    for (at, name) in names(found) {
        let unit = sim_experiments::experiment::usual(name).map_or(Unit::NONE, |outcome| outcome.unit());
        let values: Vec<f64> = tried.iter().map(|one| one.outcomes[at]).collect();
        columns.push(
            Column::real(name, unit, "Mean over the search's seeds. Missing if a run failed.", values)
                .may_miss(),
        );
    }
    Table::new("plans", "One row a plan that was tried.", columns)
}

/// Outcomes once, also if one is goal and bound.
fn names(found: &SearchResult) -> impl Iterator<Item = (usize, &String)> {
    let first =
        |(at, name): &(usize, &String)| found.names.iter().position(|other| other == *name) == Some(*at);
    found.names.iter().enumerate().filter(first)
}

fn finalists(folder: &Folder, found: &SearchResult) -> Result<Table, TableError> {
    let plan = |tried: &Option<usize>| tried.map_or(f64::NAN, |at| at as f64);
    let mut columns = vec![
        Column::real(
            "plan",
            Unit::NONE,
            "The plan in the order of the search. Missing for the scenario as it is.",
            found.tried.iter().map(plan).collect::<Vec<f64>>(),
        )
        .may_miss(),
    ];
    columns.extend(lever_columns(folder, &found.settings));
    for (at, name) in names(found) {
        let unit = sim_experiments::experiment::usual(name).map_or(Unit::NONE, |outcome| outcome.unit());
        let of = |pick: fn(&(f64, f64)) -> f64| -> Vec<f64> {
            found.verdicts.iter().map(|verdict| pick(&verdict.outcomes[at])).collect()
        };
        columns.push(
            Column::real(
                name,
                unit,
                "Mean over the fresh seeds that have a value. Missing without any.",
                of(|pair| pair.0),
            )
            .may_miss(),
        );
        let margin = format!("{name}_margin");
        columns.push(
            Column::real(
                &margin,
                unit,
                "Half the width of its 95 % interval. Missing for fewer than 8 seeds with a value.",
                of(|pair| pair.1),
            )
            .may_miss(),
        );
    }
    let shares = |pick: fn(&FinalistVerdict) -> Option<f64>| -> Vec<f64> {
        let all = found.verdicts.iter();
        all.map(|one| pick(one).unwrap_or(f64::NAN)).collect()
    };
    let share = |name: &str, definition: &str, values: Vec<f64>| {
        let definition =
            format!("{definition} Missing where fewer than 8 seeds have values for all finalists.");
        Column::real(name, unit!(Share), &definition, values).may_miss()
    };
    columns.push(share(
        "sure",
        "Bootstrap samples in which it is best, or unbeaten for two goals.",
        shares(|one| one.sure),
    ));
    columns.push(share(
        "keeps_bounds",
        "Bootstrap samples in which it keeps the bounds.",
        shares(|one| one.keeps_bounds),
    ));
    columns.push(Column::text(
        "standing",
        "How it stands beside the others: best, ahead, within chance of the one ahead, behind, breaks the \
         bounds; for two goals unbeaten or beaten in both.",
        found.verdicts.iter().map(|one| one.standing.words()),
    ));
    Table::new("finalists", "One row a finalist, and the scenario as it is: fresh runs only.", columns)
}
