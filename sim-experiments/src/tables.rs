//! Tidy tables of records: runs, series, failures. The same records in the order of their runs give the same
//! tables, wherever and in whatever order they were made.

use crate::experiment::value::{self, Sort, Value};
use crate::experiment::{Factor, FactorKind, FactorSetting, KeptOutcome, Method};
use crate::plan::RunPlan;
use crate::record::Record;
use sim_core::base::unit::unit;
use sim_core::base::{Currency, Unit};
use sim_core::metrics::table::{Column, ColumnData, Table, TableError, Texts};

/// Rows of a run in the table of series, at most, that are made into one table: a chunk is some runs.
pub const CHUNK_ROWS: usize = 1 << 17;

/// One row a run: its number, point, replicate, seed and factors, whether it is done or failed, its
/// fingerprint, and the outcomes that are numbers. A failed run has all but the outcomes.
///
/// # Errors
/// If two columns have one name.
pub fn runs(plan: &RunPlan, records: &[Record]) -> Result<Table, TableError> {
    let each = || records.iter().map(|record| plan.run(record.run));
    let mut columns = vec![
        Column::integer("run", Unit::NONE, "Number of the run.", each().map(|run| run.number as i64)),
        Column::integer("point", Unit::NONE, "Point of the design.", each().map(|run| run.point as i64)),
        Column::integer(
            "replicate",
            Unit::NONE,
            "Which of the runs at that point.",
            each().map(|run| i64::from(run.replicate)),
        ),
        seeds(plan, each().map(|run| run.seed)),
    ];
    if plan.experiment().worlds.is_some() {
        columns.splice(2..2, members(plan, records));
    }
    let settings: Vec<Vec<FactorSetting>> = each().map(|run| plan.settings(run.point)).collect();
    for (at, factor) in plan.experiment().factors.iter().enumerate() {
        let settings = settings.iter().map(|settings| settings.get(at).unwrap_or(&FactorSetting::Unchanged));
        columns.push(factor_column(plan, factor, "Factor", settings));
    }
    let status = |record: &Record| match &record.result {
        Ok(_) => "done",
        Err(failure) => failure.kind(),
    };
    columns.push(Column::text("status", "done, or how it failed.", records.iter().map(status)));
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
        let definition =
            format!("{} Missing where the run failed or has no value.", sentence(&outcome.definition()));
        columns.push(Column::real(&outcome.name, outcome.unit(), &definition, values).may_miss());
    }
    // Outcomes are in the money of the region, and so are amounts that were varied.
    let currency = plan.experiment().outcomes.first().map_or(Currency::YUAN, |outcome| outcome.currency);
    let table = Table::new("runs", "One row a run: all factors, and outcomes that are one number.", columns)?;
    Ok(table.in_currency(currency))
}

/// The member of each run, with its weight.
fn members(plan: &RunPlan, records: &[Record]) -> [Column; 2] {
    let each = || records.iter().map(|record| plan.run(record.run));
    let numbers = each().map(|run| plan.member(&run).map_or(0, |member| i64::from(member.number)));
    let weights = each().map(|run| plan.member(&run).map_or(f64::NAN, |member| member.weight));
    [
        Column::integer("member", Unit::NONE, "Number of the ensemble's member.", numbers),
        Column::real(
            "weight",
            unit!(Share),
            "Share of the member's runs at a point in the whole.",
            weights.collect::<Vec<f64>>(),
        ),
    ]
}

/// Seeds as whole numbers; as text if the first is greater than tables can hold, as only a scenario's own may
/// be.
fn seeds(plan: &RunPlan, seeds: impl Iterator<Item = u64>) -> Column {
    let definition = "Seed of all random streams.";
    if i64::try_from(plan.experiment().first_seed).is_ok() {
        Column::integer("seed", Unit::NONE, definition, seeds.map(|seed| seed as i64))
    } else {
        Column::text("seed", definition, seeds.map(|seed| seed.to_string()))
    }
}

/// The outcomes that are numbers.
pub fn numbers(plan: &RunPlan) -> impl Iterator<Item = &KeptOutcome> {
    plan.experiment().outcomes.iter().filter(|outcome| outcome.kept.is_number())
}

/// A run's number of the outcome at a place among those that are numbers.
pub fn number(record: &Record, at: usize) -> f64 {
    let values = record.result.as_ref().ok();
    values.and_then(|values| values.numbers.get(at)).copied().unwrap_or(f64::NAN)
}

fn sentence(text: &str) -> String {
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

/// Whether a factor's values are all numbers, over the whole design.
pub fn is_numeric(plan: &RunPlan, factor: &Factor) -> bool {
    matches!(type_of(plan, factor), ColumnData::Integer(_) | ColumnData::Real(_))
}

/// An empty column of the type that all values of a factor have, over the whole design, so that tables in
/// parts have the same types.
fn type_of(plan: &RunPlan, factor: &Factor) -> ColumnData {
    let experiment = plan.experiment();
    let sort = Sort::of(&factor.path);
    // Only these leave a factor as the scenario has it.
    let leaves = matches!(experiment.method, None | Some(Method::OneAtATime));
    let of = |texts: &mut dyn Iterator<Item = &String>| {
        let base = leaves.then(|| plan.value(factor, &FactorSetting::Unchanged));
        value::column(texts.map(|text| Value::of(sort, text)).chain(base).collect())
    };
    let data = match (&factor.kind, &experiment.method) {
        (FactorKind::Policies { .. }, _) => ColumnData::Text(Texts::default()),
        (_, Some(Method::Table { rows })) => {
            let at = experiment.factors.iter().position(|other| other.name == factor.name);
            of(&mut rows.iter().filter_map(|row| row.get(at?)))
        }
        (FactorKind::Values(values), _) => of(&mut values.iter()),
        (FactorKind::Range { whole: true, .. } | FactorKind::Distribution { whole: true, .. }, _) => {
            of(&mut std::iter::empty())
        }
        _ => ColumnData::Real(Vec::new()),
    };
    match data {
        ColumnData::Text(_) => ColumnData::Text(Texts::default()),
        ColumnData::Integer(_) => ColumnData::Integer(Vec::new()),
        ColumnData::Optional(_) => ColumnData::Optional(Vec::new()),
        ColumnData::Real(_) => ColumnData::Real(Vec::new()),
        ColumnData::Flag(_) => ColumnData::Flag(Vec::new()),
    }
}

/// The column of a factor's values, of their own type: numbers, whole numbers, truths, dates and words.
pub fn factor_column<'s>(
    plan: &RunPlan,
    factor: &Factor,
    what: &str,
    settings: impl Iterator<Item = &'s FactorSetting>,
) -> Column {
    let values = settings.map(|setting| plan.value(factor, setting));
    let definition = if factor.path.is_empty() {
        format!("{what}: the whole policy.")
    } else {
        format!("{what}: {}.", factor.path)
    };
    let (name, unit) = (&factor.name, factor.unit);
    match type_of(plan, factor) {
        ColumnData::Integer(_) => {
            Column::integer(name, unit, &definition, values.map(whole).collect::<Vec<i64>>())
        }
        ColumnData::Optional(_) => {
            Column::optional(name, unit, &definition, values.map(|value| Some(whole(value))))
        }
        ColumnData::Real(_) => {
            Column::real(name, unit, &definition, values.map(real).collect::<Vec<f64>>()).may_miss()
        }
        ColumnData::Flag(_) => {
            Column::flags(name, &definition, values.map(|value| value == Value::Flag(true)))
        }
        ColumnData::Text(_) => Column::text(name, &definition, values.map(|value| value.to_string())),
    }
}

fn real(value: Value) -> f64 {
    match value {
        Value::Number(number) => number,
        Value::Whole(number) => number as f64,
        Value::Flag(_) | Value::Text(_) => f64::NAN,
    }
}

fn whole(value: Value) -> i64 {
    match value {
        Value::Whole(number) => number,
        other => real(other) as i64,
    }
}

/// One row a run, series, place and month.
///
/// # Errors
/// None in practice: its columns are fixed.
pub fn series(plan: &RunPlan, records: &[Record]) -> Result<Table, TableError> {
    let outcomes: Vec<&KeptOutcome> =
        plan.experiment().outcomes.iter().filter(|outcome| !outcome.kept.is_number()).collect();
    let (mut run, mut name, mut unit, mut level, mut place, mut month, mut span, mut value) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for record in records {
        let Ok(values) = &record.result else { continue };
        for (outcome, rows) in outcomes.iter().zip(&values.rows) {
            let own = outcome.unit();
            for rows in rows {
                for (index, &(at, number)) in rows.months.iter().enumerate() {
                    span.push(i64::from(rows.spans.get(index).copied().unwrap_or(1)));
                    run.push(record.run as i64);
                    name.push(outcome.name.clone());
                    unit.push(own.to_string());
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
            Column::integer("run", Unit::NONE, "Number of the run.", run),
            Column::text("series", "The outcome.", name),
            Column::text("unit", "Unit of the value.", unit),
            Column::text("level", "nation, province, county or village.", level),
            Column::text("place", "The place's code; empty for the nation.", place),
            Column::months("month", "The month; of a value of several months, their last.", month),
            Column::integer(
                "months",
                unit!(Months),
                "Of how many months of the run the value is; fewer in the last row of a place than in the \
                 others where the run ends within a span.",
                span,
            ),
            Column::real(
                "value",
                unit!(SeeUnit),
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
    let failed = || records.iter().filter_map(|record| Some((record.run, record.result.as_ref().err()?)));
    Table::new(
        "failures",
        "One row a failed run, with why.",
        vec![
            Column::integer("run", Unit::NONE, "Number of the run.", failed().map(|(run, _)| run as i64)),
            Column::text(
                "kind",
                "refused, panicked, unbalanced or too_long.",
                failed().map(|(_, failure)| failure.kind()),
            ),
            Column::text("error", "What was wrong.", failed().map(|(_, failure)| failure.to_string())),
        ],
    )
}

/// What every outcome is: one row an outcome.
///
/// # Errors
/// None in practice: its columns are fixed.
pub fn outcomes(plan: &RunPlan) -> Result<Table, TableError> {
    let all = &plan.experiment().outcomes;
    let file = |outcome: &KeptOutcome| {
        if outcome.kept.is_number() { "runs" } else { "series" }
    };
    Table::new(
        "outcomes",
        "What is kept of every run.",
        vec![
            Column::text("outcome", "Its name.", all.iter().map(|outcome| outcome.name.as_str())),
            Column::text("table", "Where it is: a column of runs, or rows of series.", all.iter().map(file)),
            Column::text("unit", "Its unit.", all.iter().map(|outcome| outcome.unit().to_string())),
            Column::text("definition", "What it is.", all.iter().map(KeptOutcome::definition)),
        ],
    )
}
