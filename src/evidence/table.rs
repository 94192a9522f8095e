//! Judged targets as a table for people, as JSON and as CSV.

use crate::command_error::CommandError;
use crate::text::layout;
use serde::Serialize;
use sim_experiments::evidence::fitted::FittedParameters;
use sim_experiments::evidence::verdict::{Judged, Verdict};

/// A judged target, flat.
#[derive(Debug, Serialize)]
pub struct TargetTableRow {
    target: String,
    pattern: String,
    what: String,
    role: &'static str,
    in_view: Option<String>,
    published: Option<String>,
    grade: Option<String>,
    source: Option<String>,
    fact: Option<String>,
    run: Option<String>,
    reading: Option<String>,
    seeds: usize,
    mean: Option<f64>,
    interval_low: Option<f64>,
    interval_high: Option<f64>,
    accepted_low: Option<f64>,
    accepted_high: Option<f64>,
    tolerance: Option<String>,
    distance: Option<f64>,
    verdict: Verdict,
    remark: String,
}

impl TargetTableRow {
    /// The row of a judged target.
    pub fn of(judged: &Judged, fitted: &FittedParameters) -> TargetTableRow {
        let target = judged.target;
        let there = |value: f64| value.is_finite().then_some(value);
        let figure = judged.published();
        let text = |text: &String| (!text.is_empty()).then(|| text.clone());
        TargetTableRow {
            target: target.name.clone(),
            pattern: target.pattern.clone(),
            what: target.what.clone(),
            role: target.role.word(),
            in_view: text(&spoiling(judged, fitted)),
            published: figure.map(|figure| figure.text.clone()),
            grade: figure.map(|figure| figure.grade.clone()),
            source: figure.and_then(|figure| text(&figure.source)),
            fact: target.fact.as_ref().map(ToString::to_string),
            run: target.read.as_ref().map(|(run, _)| run.clone()),
            reading: target.read.as_ref().map(|(_, read)| read.to_string()),
            seeds: judged.values.len(),
            mean: there(judged.mean),
            interval_low: there(judged.interval.0),
            interval_high: there(judged.interval.1),
            accepted_low: there(judged.bounds.0),
            accepted_high: there(judged.bounds.1),
            tolerance: target.accept.map(|accept| accept.to_string()),
            distance: there(judged.distance),
            verdict: judged.verdict,
            remark: judged.remark.clone(),
        }
    }
}

/// A number in as many places as it deserves: about three that count.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let size = value.abs();
    match size {
        _ if value >= 10_000.0 => crate::text::number::count(value.round() as u64),
        _ if size >= 100.0 => format!("{value:.0}"),
        _ if size >= 10.0 => format!("{value:.1}"),
        _ if size >= 1.0 || size == 0.0 => format!("{value:.2}"),
        _ if size >= 0.001 => format!("{value:.4}"),
        _ if size >= 0.000_1 => format!("{value:.6}"),
        _ => format!("{value:.2e}"),
    }
}

/// What is published, with its grade.
pub fn published(judged: &Judged) -> String {
    match judged.published() {
        Some(figure) => format!("{} ({})", figure.text, figure.grade),
        None => "-".to_owned(),
    }
}

/// Mean and interval.
pub fn simulated(judged: &Judged) -> String {
    if judged.values.is_empty() {
        return "-".to_owned();
    }
    let (low, high) = judged.interval;
    format!("{} [{}, {}]", number(judged.mean), number(low), number(high))
}

/// What is accepted.
pub fn accepted(judged: &Judged) -> String {
    range(judged.bounds)
}

/// A range, open where it has no end.
pub fn range((low, high): (f64, f64)) -> String {
    match (low.is_finite(), high.is_finite()) {
        (true, true) => format!("{} to {}", number(low), number(high)),
        (true, false) => format!("{} or more", number(low)),
        (false, true) => format!("{} or less", number(high)),
        (false, false) => "-".to_owned(),
    }
}

/// The distance from the figure, in units of the tolerance; of a bound without a figure as its share.
pub fn distance(judged: &Judged) -> String {
    if judged.distance.is_nan() {
        return "-".to_owned();
    }
    let is_share = judged.target.yardstick().is_some_and(|yardstick| yardstick.reference.is_nan());
    let share = if is_share { " of bound" } else { "" };
    format!("{:.2}{share}", judged.distance)
}

/// The parameters that were changed with a test in view; empty for what is there to fit.
pub fn spoiling(judged: &Judged, fitted: &FittedParameters) -> String {
    let target = judged.target;
    if fitted.spoils(target) { fitted.with_in_view(&target.name).join(", ") } else { String::new() }
}

/// The table for a terminal.
pub fn text(judged: &[Judged], fitted: &FittedParameters, width: u16) -> String {
    let header = ["", "What", "published", "simulated [90 %]", "accepted", "distance", "use", "verdict"];
    let mut table = layout::table(width, &header);
    for row in judged {
        table.add_row([
            row.target.pattern.clone(),
            row.target.what.clone(),
            published(row),
            simulated(row),
            accepted(row),
            distance(row),
            role(row, fitted).to_owned(),
            row.verdict.words().to_owned(),
        ]);
    }
    let mut text = layout::text(&table, "");
    text.push('\n');
    for row in judged.iter().filter(|row| row.verdict == Verdict::NotTestable) {
        text += &format!("Not testable: {}: {}.\n", row.target.what, row.remark);
    }
    text + "\n"
}

/// The use of a target in a word.
pub fn role(judged: &Judged, fitted: &FittedParameters) -> &'static str {
    if fitted.spoils(judged.target) { "test, in view" } else { judged.target.role.word() }
}

/// One JSON array.
///
/// # Errors
/// None in practice: rows are plain data.
pub fn json(judged: &[Judged], fitted: &FittedParameters) -> Result<String, CommandError> {
    let rows: Vec<TargetTableRow> = judged.iter().map(|row| TargetTableRow::of(row, fitted)).collect();
    let text = serde_json::to_string_pretty(&rows).map_err(CommandError::run)?;
    Ok(format!("{text}\n"))
}

/// Comma-separated values with a header.
///
/// # Errors
/// None in practice: rows are plain data.
pub fn csv(judged: &[Judged], fitted: &FittedParameters) -> Result<String, CommandError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in judged {
        writer.serialize(TargetTableRow::of(row, fitted)).map_err(CommandError::run)?;
    }
    let bytes = writer.into_inner().map_err(CommandError::run)?;
    String::from_utf8(bytes).map_err(CommandError::run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown = [16_000.4, 852.3, 43.21, 4.012, 0.0123, 0.000_142, 0.0, f64::NAN].map(number);
        assert_eq!(shown, ["16,000", "852", "43.2", "4.01", "0.0123", "0.000142", "0.00", "-"]);
    }
}
