//! A run's results as one JSON document.

use super::finished::FinishedRun;
use crate::command_error::CommandError;
use crate::engine::Headline;
use crate::output::manifest::Manifest;
use crate::payments;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    manifest: &'a Manifest,
    question: &'a str,
    /// The months of `monthly`, in order.
    months: Vec<MonthRow>,
    outcomes: Vec<OutcomeRow<'a>>,
    money: Vec<Payment<'a>>,
    folder: Option<String>,
}

#[derive(Serialize)]
struct MonthRow {
    month: String,
    /// Days of it that were simulated: fewer than its own where the run begins or ends within it.
    days: u32,
}

#[derive(Serialize)]
struct OutcomeRow<'a> {
    name: &'a str,
    unit: String,
    definition: &'a str,
    /// Whether the value is a sum over the run, rather than the last month's.
    is_sum: bool,
    /// `null` if missing: JSON has no other word for it.
    value: Option<f64>,
    monthly: Vec<Option<f64>>,
}

#[derive(Serialize)]
struct Payment<'a> {
    item: &'a str,
    from: &'a str,
    to: &'a str,
    yuan: f64,
}

/// The document.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn document(finished: &FinishedRun, folder: Option<&Path>) -> Result<String, CommandError> {
    let money = payments::by_item(&finished.outcome.tables);

    let document = Document {
        manifest: &finished.manifest,
        question: &finished.simulation.scenario().question,
        months: months(finished),
        outcomes: finished.outcome.headline.iter().map(outcome).collect(),
        money: money
            .into_iter()
            .map(|paid| Payment {
                item: paid.item,
                from: paid.from,
                to: paid.to,
                yuan: paid.fen as f64 / 100.0,
            })
            .collect(),
        folder: folder.map(|path| path.display().to_string()),
    };
    let text = serde_json::to_string_pretty(&document).map_err(CommandError::run)?;
    Ok(format!("{text}\n"))
}

fn months(finished: &FinishedRun) -> Vec<MonthRow> {
    let outcome = &finished.outcome;
    let each = outcome.months.iter().zip(&outcome.days);
    each.map(|(month, &days)| MonthRow { month: month.to_string(), days }).collect()
}

fn outcome(headline: &Headline) -> OutcomeRow<'static> {
    let present = |value: f64| value.is_finite().then_some(value);
    OutcomeRow {
        name: headline.name,
        unit: headline.unit.to_string(),
        definition: headline.definition,
        is_sum: headline.is_sum,
        value: present(headline.value),
        monthly: headline.series.iter().copied().map(present).collect(),
    }
}
