//! A comparison's folder.

use super::{Comparison, places};
use crate::experiment_args::CompareArgs;
use crate::failure::Failure;
use crate::output::manifest::{self, FileEntry, Identity, PROGRAM};
use crate::output::{self, Place};
use crate::version;
use serde::Serialize;
use sim_core::metrics::table::{Column, Table};
use sim_core::scenario::Loaded;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

#[derive(Serialize)]
struct Manifest {
    program: &'static str,
    kind: &'static str,
    #[serde(flatten)]
    identity: Identity,
    first: String,
    second: String,
    seeds: u32,
    reproduce: String,
    files: Vec<FileEntry>,
}

fn identity(args: &CompareArgs, loaded: &[Loaded; 2], first_seed: u64) -> Identity {
    let [a, b] = [&loaded[0].scenario, &loaded[1].scenario];
    let content = format!(
        "{:032x} {:032x} {} {} {}",
        a.hash(),
        b.hash(),
        args.seeds,
        args.explain,
        args.map
    );
    Identity {
        version: version::of_results(),
        scenario: format!("{} against {}", b.name, a.name),
        hash: format!("{:032x}", xxh3_128(content.as_bytes())),
        seed: first_seed,
        branched_from: None,
    }
}

/// Takes the place of the folder, if one was asked for.
///
/// # Errors
/// If it is taken, or cannot be written.
pub fn reserve(
    args: &CompareArgs,
    loaded: &[Loaded; 2],
    first_seed: u64,
) -> Result<Option<(Place, Identity)>, Failure> {
    let Some(out) = args.out.as_deref() else {
        return Ok(None);
    };
    let identity = identity(args, loaded, first_seed);
    let place = Place::reserve(out, &identity, args.force)?;
    Ok(Some((place, identity)))
}

/// Fills the folder.
///
/// # Errors
/// If it cannot be written.
pub fn publish(
    (place, identity): &(Place, Identity),
    comparison: &Comparison,
    map: usize,
    args: &CompareArgs,
) -> Result<(), Failure> {
    let made = [
        differences(comparison),
        runs(comparison),
        months(comparison),
        counties(comparison, map),
    ];
    place.publish(|folder| {
        let tables: Vec<Table> = made.into_iter().collect::<Result<_, _>>().map_err(Failure::run)?;
        let files = output::write_tables(&tables, args.format, folder)?;
        write_manifest(folder, comparison, args, identity.clone(), files)
    })
}

fn write_manifest(
    folder: &Path,
    comparison: &Comparison,
    args: &CompareArgs,
    identity: Identity,
    files: Vec<FileEntry>,
) -> Result<(), Failure> {
    let manifest = Manifest {
        program: PROGRAM,
        kind: "comparison",
        identity,
        first: comparison.names[0].clone(),
        second: comparison.names[1].clone(),
        seeds: comparison.seeds,
        reproduce: format!(
            "countryside compare {} {} --seeds {} --first-seed {}",
            args.first, args.second, comparison.seeds, comparison.first_seed
        ),
        files,
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(Failure::run)?;
    output::write_text(folder, manifest::NAME, "This file.", &format!("{text}\n")).map(drop)
}

type Made = Result<Table, sim_core::metrics::table::TableError>;

fn differences(comparison: &Comparison) -> Made {
    let all: Vec<_> = (0..comparison.outcomes.len())
        .map(|at| comparison.difference(0, 1, at))
        .collect();
    let real =
        |name: &str, definition: &str, of: &dyn Fn(&sim_experiments::comparison::Difference) -> f64| {
            Column::real(
                name,
                "see unit",
                definition,
                all.iter().map(of).collect::<Vec<f64>>(),
            )
            .may_miss()
        };
    Table::new(
        "differences",
        "One row an outcome: what the second scenario changes.",
        vec![
            Column::text(
                "outcome",
                "The outcome.",
                comparison.outcomes.iter().map(|outcome| outcome.name.as_str()),
            ),
            Column::text(
                "unit",
                "Its unit.",
                comparison
                    .outcomes
                    .iter()
                    .map(sim_experiments::experiment::Outcome::unit),
            ),
            Column::text(
                "definition",
                "What it is.",
                comparison
                    .outcomes
                    .iter()
                    .map(sim_experiments::experiment::Outcome::definition),
            ),
            real(
                "first",
                "Mean of the first scenario. Missing without a value.",
                &|one| one.first,
            ),
            real("second", "Mean of the second. Missing without a value.", &|one| {
                one.second
            }),
            real(
                "change",
                "Second less first, seed by seed. Missing without a value.",
                &|one| one.change,
            ),
            real(
                "margin",
                "Half the width of the change's 95 % interval. Missing for a single pair.",
                &|one| one.margin,
            ),
            real(
                "correlation",
                "Of the two over seeds. Missing if one does not vary.",
                &|one| one.correlation,
            ),
            real(
                "saved",
                "How many times more runs with separate luck. Missing if nothing varies.",
                &|one| one.saved,
            ),
            Column::text(
                "since",
                "Month from which on the change is sure; empty if it is not.",
                all.iter()
                    .map(|one| one.since.map_or_else(String::new, |month| month.to_string())),
            ),
        ],
    )
}

fn runs(comparison: &Comparison) -> Made {
    let (mut outcome, mut scenario, mut seed, mut value) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (at, title) in comparison.outcomes.iter().enumerate() {
        for (name, seen) in comparison.names.iter().zip(&comparison.seen) {
            for (pair, seen) in seen.iter().enumerate() {
                outcome.push(title.name.clone());
                scenario.push(name.clone());
                seed.push(comparison.first_seed.wrapping_add(pair as u64).to_string());
                value.push(seen.as_ref().map_or(f64::NAN, |seen| seen.number(at)));
            }
        }
    }
    Table::new(
        "runs",
        "One row an outcome, scenario and seed.",
        vec![
            Column::text("outcome", "The outcome; its unit is in differences.", outcome),
            Column::text("scenario", "The scenario.", scenario),
            Column::text("seed", "The seed.", seed),
            Column::real(
                "value",
                "see differences",
                "Its value. Missing where the run failed or has none.",
                value,
            )
            .may_miss(),
        ],
    )
}

fn months(comparison: &Comparison) -> Made {
    let (first, second) = comparison.pairs(0, 1);
    let (mut outcome, mut month, mut before, mut after) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mean = |all: &[&sim_experiments::comparison::Observation], outcome: usize, at: usize| {
        let values: Vec<f64> = all
            .iter()
            .filter_map(|one| one.months(outcome).get(at).map(|month| month.1))
            .collect();
        sim_experiments::statistics::Summary::of(&values).mean
    };
    for (place, title) in comparison.outcomes.iter().enumerate() {
        let months = first.first().map_or(&[][..], |one| one.months(place));
        for (at, &(when, _)) in months.iter().enumerate() {
            outcome.push(title.name.clone());
            month.push(when);
            before.push(mean(&first, place, at));
            after.push(mean(&second, place, at));
        }
    }
    Table::new(
        "months",
        "One row an outcome and month: means over seeds.",
        vec![
            Column::text("outcome", "The outcome; its unit is in differences.", outcome),
            Column::months("month", "The month.", month),
            Column::real(
                "first",
                "see differences",
                "Mean of the first scenario. Missing without a value.",
                before,
            )
            .may_miss(),
            Column::real(
                "second",
                "see differences",
                "Mean of the second. Missing without a value.",
                after,
            )
            .may_miss(),
        ],
    )
}

fn counties(comparison: &Comparison, map: usize) -> Made {
    let found = places::counties(comparison, map);
    let real = |name: &str, definition: &str, of: &dyn Fn(&places::Found) -> f64| {
        let unit = comparison.outcomes[map].unit();
        Column::real(
            name,
            &unit,
            definition,
            found.iter().map(of).collect::<Vec<f64>>(),
        )
        .may_miss()
    };
    Table::new(
        "counties",
        format!(
            "One row a county: what the second scenario changes in {}.",
            comparison.outcomes[map].name
        ),
        vec![
            Column::text(
                "county",
                "6-digit code.",
                found.iter().map(|one| one.code.as_str()),
            ),
            Column::text(
                "county_name_en",
                "Name in Latin letters.",
                found.iter().map(|one| one.name.as_str()),
            ),
            Column::text(
                "province_name_en",
                "Name of its province in Latin letters.",
                found.iter().map(|one| one.province.as_str()),
            ),
            real(
                "first",
                "Mean of the first scenario. Missing without a value.",
                &|one| one.difference.first,
            ),
            real("second", "Mean of the second. Missing without a value.", &|one| {
                one.difference.second
            }),
            real("change", "Second less first. Missing without a value.", &|one| {
                one.difference.change
            }),
            real(
                "margin",
                "Half the width of the change's 95 % interval. Missing for a single pair.",
                &|one| one.difference.margin,
            ),
        ],
    )
}
