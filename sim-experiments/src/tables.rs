//! Tidy tables of records: runs, series, failures. The same records in the order of their runs give the same tables, wherever and in whatever order they were
//! made.

use crate::experiment::{Factor, FactorKind, Method, Outcome, Setting};
use crate::plan::Plan;
use crate::record::Record;
use sim_core::metrics::table::{Column, Table, TableError};

/// Rows of a run in the table of series, at most, that are made into one table: a chunk is some runs.
pub const CHUNK_ROWS: usize = 1 << 17;

/// One row a run: its number, point, replicate, seed and factors, whether it is done or failed, its fingerprint, and the outcomes that are
/// numbers. A failed run has all but the outcomes.
///
/// # Errors
/// If two columns have one name.
pub fn runs(plan: &Plan, records: &[Record]) -> Result<Table, TableError> {
    let each = || records.iter().map(|record| plan.run(record.run));
    let mut columns = vec![
        Column::integer(
            "run",
            "",
            "Number of the run.",
            each().map(|run| run.number as i64),
        ),
        Column::integer(
            "point",
            "",
            "Point of the design.",
            each().map(|run| run.point as i64),
        ),
        Column::integer(
            "replicate",
            "",
            "Which of the runs at that point.",
            each().map(|run| i64::from(run.replicate)),
        ),
        Column::text(
            "seed",
            "Seed of all luck.",
            each().map(|run| run.seed.to_string()),
        ),
    ];
    let settings: Vec<Vec<Setting>> = each().map(|run| plan.settings(run.point)).collect();
    for (at, factor) in plan.experiment().factors.iter().enumerate() {
        let shown = settings
            .iter()
            .map(|settings| plan.shown(factor, settings.get(at).unwrap_or(&Setting::Unchanged)));
        columns.push(factor_column(plan, factor, shown.collect()));
    }
    let status = |record: &Record| match &record.result {
        Ok(_) => "done",
        Err(failure) => failure.kind(),
    };
    columns.push(Column::text(
        "status",
        "done, or how it failed.",
        records.iter().map(status),
    ));
    let print = |record: &Record| match &record.result {
        Ok(values) => format!("{:032x}", values.fingerprint),
        Err(_) => String::new(),
    };
    columns.push(Column::text(
        "fingerprint",
        "Fingerprint of all events and results; empty if it failed.",
        records.iter().map(print),
    ));
    for (at, outcome) in numbers(plan).enumerate() {
        let values = records.iter().map(|record| number(record, at));
        let definition = format!(
            "{} Missing where the run failed or has no value.",
            sentence(&outcome.definition())
        );
        columns.push(Column::real(&outcome.name, &outcome.unit(), &definition, values).may_miss());
    }
    Table::new(
        "runs",
        "One row a run: all factors, and outcomes that are one number.",
        columns,
    )
}

/// The outcomes that are numbers.
pub fn numbers(plan: &Plan) -> impl Iterator<Item = &Outcome> {
    plan.experiment()
        .outcomes
        .iter()
        .filter(|outcome| outcome.kept.is_number())
}

/// A run's number of the outcome at a place among those that are numbers.
pub fn number(record: &Record, at: usize) -> f64 {
    let values = record.result.as_ref().ok();
    values
        .and_then(|values| values.numbers.get(at))
        .copied()
        .unwrap_or(f64::NAN)
}

fn sentence(text: &str) -> String {
    if text.ends_with('.') {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Whether a factor's values are all numbers.
pub fn is_numeric(plan: &Plan, factor: &Factor) -> bool {
    let is_number = |text: &String| text.replace('_', "").parse::<f64>().is_ok();
    match (&factor.kind, &plan.experiment().method) {
        (FactorKind::Policies { .. }, _) => false,
        (FactorKind::Values(values), _) => values.iter().all(is_number),
        (FactorKind::Given, Some(Method::Table { rows })) => {
            let at = plan
                .experiment()
                .factors
                .iter()
                .position(|other| other.name == factor.name);
            rows.iter()
                .all(|row| at.and_then(|at| row.get(at)).is_some_and(is_number))
        }
        _ => true,
    }
}

fn factor_column(plan: &Plan, factor: &Factor, shown: Vec<String>) -> Column {
    let definition = if factor.path.is_empty() {
        "Factor: the whole policy.".to_owned()
    } else {
        format!("Factor: {}.", factor.path)
    };
    if is_numeric(plan, factor) {
        let numbers = shown
            .iter()
            .map(|text| text.replace('_', "").parse().unwrap_or(f64::NAN));
        Column::real(
            &factor.name,
            &factor.unit,
            &definition,
            numbers.collect::<Vec<f64>>(),
        )
        .may_miss()
    } else {
        Column::text(&factor.name, &definition, shown)
    }
}

/// One row a run, series, place and month.
///
/// # Errors
/// None in practice: its columns are fixed.
pub fn series(plan: &Plan, records: &[Record]) -> Result<Table, TableError> {
    let outcomes: Vec<&Outcome> = plan
        .experiment()
        .outcomes
        .iter()
        .filter(|outcome| !outcome.kept.is_number())
        .collect();
    let (mut run, mut name, mut level, mut place, mut month, mut value) = (
        Vec::new(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
        Vec::new(),
    );
    for record in records {
        let Ok(values) = &record.result else { continue };
        for (outcome, rows) in outcomes.iter().zip(&values.rows) {
            for rows in rows {
                for &(at, number) in &rows.months {
                    run.push(record.run as i64);
                    name.push(outcome.name.clone());
                    level.push(outcome.level.name());
                    place.push(rows.place.clone());
                    month.push(at);
                    value.push(number);
                }
            }
        }
    }
    Table::new(
        "series",
        "One row a run, series, place and month. What a series is: see outcomes.csv.",
        vec![
            Column::integer("run", "", "Number of the run.", run),
            Column::text("series", "The outcome.", name),
            Column::text("level", "nation, province, county or village.", level),
            Column::text("place", "The place's code; empty for the nation.", place),
            Column::months("month", "The month; of a number over the run, its last.", month),
            Column::real(
                "value",
                "see outcomes.csv",
                "The value. Missing where there is nothing to divide by or count.",
                value,
            )
            .may_miss(),
        ],
    )
}

/// Rows that a record has in the table of series.
pub fn series_rows(record: &Record) -> usize {
    let rows = record.result.as_ref().map_or(&[][..], |values| &values.rows);
    rows.iter().flatten().map(|rows| rows.months.len()).sum()
}

/// One row a failed run, with why.
///
/// # Errors
/// None in practice: its columns are fixed.
pub fn failures(records: &[Record]) -> Result<Table, TableError> {
    let failed = || {
        records
            .iter()
            .filter_map(|record| Some((record.run, record.result.as_ref().err()?)))
    };
    Table::new(
        "failures",
        "One row a failed run, with why.",
        vec![
            Column::integer(
                "run",
                "",
                "Number of the run.",
                failed().map(|(run, _)| run as i64),
            ),
            Column::text(
                "kind",
                "refused, panicked, unbalanced or too_long.",
                failed().map(|(_, failure)| failure.kind()),
            ),
            Column::text(
                "error",
                "What was wrong.",
                failed().map(|(_, failure)| failure.to_string()),
            ),
        ],
    )
}

/// What every outcome is: one row an outcome.
///
/// # Errors
/// None in practice: its columns are fixed.
pub fn outcomes(plan: &Plan) -> Result<Table, TableError> {
    let all = &plan.experiment().outcomes;
    let file = |outcome: &Outcome| {
        if outcome.kept.is_number() {
            "runs"
        } else {
            "series"
        }
    };
    Table::new(
        "outcomes",
        "What is kept of every run.",
        vec![
            Column::text(
                "outcome",
                "Its name.",
                all.iter().map(|outcome| outcome.name.as_str()),
            ),
            Column::text(
                "table",
                "Where it is: a column of runs, or rows of series.",
                all.iter().map(file),
            ),
            Column::text("unit", "Its unit.", all.iter().map(Outcome::unit)),
            Column::text("definition", "What it is.", all.iter().map(Outcome::definition)),
        ],
    )
}

/// Checks that no two columns of the table of runs have one name.
///
/// # Errors
/// Which name.
pub fn check_names(plan: &Plan) -> Result<(), String> {
    runs(plan, &[]).map(drop).map_err(|fault| match fault {
        TableError::Duplicate { column, .. } => {
            format!("two columns of the table of runs would be called `{column}`: give one a `name`")
        }
        other => other.to_string(),
    })
}
