//! Tables of a comparison.

use super::comparison::Comparison;
use super::places;
use sim_core::base::Unit;
use sim_core::base::unit::unit;
use sim_core::metrics::table::{Column, Table, TableError};
use sim_experiments::comparison::{Difference, RunObservation, VILLAGE_OUTCOMES, village_differences};

type Made = Result<Table, TableError>;

/// All tables; that of villages only if they were looked at.
///
/// # Errors
/// None in practice: their columns are fixed.
pub fn all(comparison: &Comparison, map: usize) -> Result<Vec<Table>, TableError> {
    let made = [
        differences(comparison),
        changes(comparison),
        runs(comparison),
        months(comparison),
        counties(comparison, map),
    ];
    made.into_iter().chain(villages(comparison)).collect()
}

fn differences(comparison: &Comparison) -> Made {
    let all: Vec<_> = (0..comparison.outcomes.len()).map(|at| comparison.difference(0, 1, at)).collect();
    let plain = |name: &str, unit: Unit, definition: &str, of: &dyn Fn(&Difference) -> f64| {
        Column::real(name, unit, definition, all.iter().map(of).collect::<Vec<f64>>()).may_miss()
    };
    let real = |name: &str, definition: &str, of: &dyn Fn(&Difference) -> f64| {
        plain(name, unit!(SeeUnit), definition, of)
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
                comparison.outcomes.iter().map(|outcome| outcome.unit().to_string()),
            ),
            Column::text(
                "definition",
                "What it is.",
                comparison.outcomes.iter().map(sim_experiments::experiment::KeptOutcome::definition),
            ),
            real("first", "Mean of the first scenario. Missing without a value.", &|one| one.first),
            real("second", "Mean of the second. Missing without a value.", &|one| one.second),
            real("change", "Second less first, seed by seed. Missing without a value.", &|one| one.change),
            real(
                "margin",
                "Half the width of the change's 95 % interval. Missing for fewer than 8 pairs.",
                &|one| one.margin,
            ),
            Column::integer(
                "pairs",
                unit!(Pairs),
                "Pairs of runs in which both have a value; the others are left out.",
                all.iter().map(|one| one.pairs as i64),
            ),
            plain(
                "correlation",
                unit!(Pure),
                "Of the two over seeds. Missing if one does not vary.",
                &|one| one.correlation,
            ),
            plain(
                "saved",
                unit!(Times),
                "How many times more runs with independent random numbers. Missing if nothing varies.",
                &|one| one.saved,
            ),
            Column::text(
                "since",
                "Month from which on the change is sure; empty if it is not.",
                all.iter().map(|one| one.since.map_or_else(String::new, |month| month.to_string())),
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
                unit!(SeeDifferences),
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
    let values = |all: &[&RunObservation], outcome: usize, at: usize| -> Vec<f64> {
        let each = all.iter();
        each.map(|one| one.months(outcome).get(at).map_or(f64::NAN, |month| month.1)).collect()
    };
    for (place, title) in comparison.outcomes.iter().enumerate() {
        let months = first.first().map_or(&[][..], |one| one.months(place));
        for (at, &(when, _)) in months.iter().enumerate() {
            outcome.push(title.name.clone());
            month.push(when);
            // Over the same seeds on both sides: a month that one of a pair lacks is left out of both.
            let found = Difference::of(&values(&first, place, at), &values(&second, place, at));
            before.push(found.first);
            after.push(found.second);
        }
    }
    Table::new(
        "months",
        "One row an outcome and month: means over the seeds in which both have a value.",
        vec![
            Column::text("outcome", "The outcome; its unit is in differences.", outcome),
            Column::months("month", "The month.", month),
            Column::real(
                "first",
                unit!(SeeDifferences),
                "Mean of the first scenario. Missing without a value.",
                before,
            )
            .may_miss(),
            Column::real(
                "second",
                unit!(SeeDifferences),
                "Mean of the second. Missing without a value.",
                after,
            )
            .may_miss(),
        ],
    )
}

fn counties(comparison: &Comparison, map: usize) -> Made {
    let found = places::counties(comparison, map);
    let real = |name: &str, definition: &str, of: &dyn Fn(&places::CountyDifference) -> f64| {
        let unit = comparison.outcomes[map].unit();
        Column::real(name, unit, definition, found.iter().map(of).collect::<Vec<f64>>()).may_miss()
    };
    Table::new(
        "counties",
        format!("One row a county: what the second scenario changes in {}.", comparison.outcomes[map].name),
        vec![
            Column::text("county", "6-digit code.", found.iter().map(|one| one.code.as_str())),
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
            real("first", "Mean of the first scenario. Missing without a value.", &|one| {
                one.difference.first
            }),
            real("second", "Mean of the second. Missing without a value.", &|one| one.difference.second),
            real("change", "Second less first. Missing without a value.", &|one| one.difference.change),
            real(
                "margin",
                "Half the width of the change's 95 % interval. Missing for fewer than 8 pairs.",
                &|one| one.difference.margin,
            ),
        ],
    )
}

fn changes(comparison: &Comparison) -> Made {
    let all = &comparison.changes;
    Table::new(
        "changes",
        "One row a field that the two scenarios set differently.",
        vec![
            Column::text("field", "Its path.", all.iter().map(|one| one.path.as_str())),
            Column::text(
                "first",
                "The first scenario's value, as a scenario file has it.",
                all.iter().map(|one| one.first.as_str()),
            ),
            Column::text("second", "The second's.", all.iter().map(|one| one.second.as_str())),
        ],
    )
}

/// What changed in every village, one row a village and outcome; nothing if villages were too many to be
/// looked at.
fn villages(comparison: &Comparison) -> Option<Made> {
    let (first, second) = comparison.pairs(0, 1);
    let found = village_differences(&first, &second);
    if found.is_empty() {
        return None;
    }
    let rows = || {
        let each = found.iter();
        each.flat_map(|village| village.differences.iter().enumerate().map(move |one| (village, one)))
    };
    let real = |name: &str, definition: &str, of: &dyn Fn(&Difference) -> f64| {
        let values: Vec<f64> = rows().map(|(_, (_, one))| of(one)).collect();
        Column::real(name, unit!(SeeUnit), definition, values).may_miss()
    };
    let outcome = |part: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        rows().map(move |(_, (at, _))| VILLAGE_OUTCOMES.get(at).map_or("", part))
    };
    Some(Table::new(
        "villages",
        "One row a village and outcome: what the second scenario changes at the end of the runs.",
        vec![
            Column::text("county", "6-digit code.", rows().map(|(village, _)| village.name.0.to_string())),
            Column::integer(
                "village",
                Unit::NONE,
                "Number in the county's full list.",
                rows().map(|(village, _)| i64::from(village.name.1)),
            ),
            Column::real(
                "longitude",
                unit!(DegreesEast),
                "Position, synthetic.",
                rows().map(|(village, _)| f64::from(village.position.0)),
            ),
            Column::real(
                "latitude",
                unit!(DegreesNorth),
                "Position, synthetic.",
                rows().map(|(village, _)| f64::from(village.position.1)),
            ),
            Column::text("outcome", "What is compared.", outcome(|one| one.0)),
            Column::text("unit", "Its unit.", outcome(|one| one.1)),
            Column::text("definition", "What it is.", outcome(|one| one.2)),
            real("first", "Mean of the first scenario.", &|one| one.first),
            real("second", "Mean of the second.", &|one| one.second),
            real("change", "Second less first.", &|one| one.change),
            real(
                "margin",
                "Half the width of the change's 95 % interval. Missing for fewer than 8 pairs.",
                &|one| one.margin,
            ),
        ],
    ))
}
