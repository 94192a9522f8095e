//! What each factor does, as the sweep's design allows to tell: from the analysis, as tables with intervals.

use crate::analyse;
use crate::command_error::CommandError;
use crate::report::folder::ResultFolder;
use crate::report::shell::{cell, table};
use crate::report::unit::{ShownUnit, words};
use crate::text::number::{change, compact};
use maud::{Markup, html};
use serde_json::Value;
use sim_experiments::analysis::sobol::ESTIMATOR;

/// The section; nothing for designs that tell of no effects. `units` are those of the outcomes, by name.
///
/// # Errors
/// None: what cannot be analysed is a warning.
pub fn section(
    folder: &mut ResultFolder,
    units: &[(&str, ShownUnit)],
) -> Result<Option<Markup>, CommandError> {
    let part = match analyse::effects(folder.path()) {
        Ok(Some(part)) => part,
        Ok(None) => return Ok(None),
        Err(failure) => {
            let text = failure.to_string();
            let first = text.lines().next().unwrap_or_default();
            folder.warn(format!("What mattered cannot be told: {first}"));
            return Ok(None);
        }
    };
    let rows: Vec<&Value> = part.value.as_array().into_iter().flatten().collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let (about, columns): (&str, &[&str]) = match part.name {
        "sobol" => (
            "Sobol indices: the share of an outcome's variance that a factor causes alone (first) and \
             together with others (total), with 95 % intervals by bootstrap.",
            &["first", "total"],
        ),
        "morris" => (
            "Elementary effects: mu* is the mean effect of a factor over its whole range, whatever its \
             sign, with its 95 % interval; sigma is large where it acts together with others, or not in a \
             straight line. Each effect is divided by the change that was made. Where values have no order, \
             as policies have none, mu* is the mean effect of one instead of another.",
            &["mu_star", "mu", "sigma"],
        ),
        _ => (
            "Each factor alone: the change of an outcome when one factor takes another value and all others \
             stay.",
            &["value", "change", "margin"],
        ),
    };
    let mut outcomes: Vec<&str> = Vec::new();
    for outcome in rows.iter().filter_map(|row| row.get("outcome")?.as_str()) {
        if !outcomes.contains(&outcome) {
            outcomes.push(outcome);
        }
    }
    // Indices are shares of a variance: without unit.
    let is_pure = part.name == "sobol";
    let unit = |outcome: &str| {
        let found = units.iter().find(|(name, _)| !is_pure && *name == outcome);
        found.map_or_else(|| ShownUnit::named(""), |(_, unit)| unit.clone())
    };
    for warning in &part.warnings {
        folder.warn(warning.clone());
    }
    Ok(Some(html! {
        p { (about) @if is_pure { " By " (ESTIMATOR) "." }
            " A dash stands where there is too little for an interval." }
        @for outcome in outcomes { (of_outcome(outcome, &unit(outcome), &rows, columns)) }
    }))
}

fn of_outcome(outcome: &str, unit: &ShownUnit, rows: &[&Value], columns: &[&str]) -> Markup {
    let mut own: Vec<&&Value> =
        rows.iter().filter(|row| row.get("outcome").and_then(Value::as_str) == Some(outcome)).collect();
    // By the greatest effect.
    let key = match columns.first().copied() {
        Some("mu_star") => "mu_star",
        Some("value") => "change",
        _ => columns.last().copied().unwrap_or_default(),
    };
    let size = |row: &Value| middle(row.get(key)).abs();
    own.sort_by(|a, b| size(b).total_cmp(&size(a)));
    own.sort_by_key(|row| size(row).is_nan());
    let reach = own.iter().map(|row| size(row)).fold(0.0, f64::max);
    let cells: Vec<Vec<Markup>> = own
        .iter()
        .map(|row| {
            let factor = row.get("factor").and_then(Value::as_str).unwrap_or_default();
            let share = if reach > 0.0 && size(row).is_finite() { size(row) / reach * 100.0 } else { 0.0 };
            let mut cells = vec![cell(factor)];
            cells.extend(columns.iter().map(|column| shown(row.get(*column), column, unit.scale)));
            cells.push(
                html! { div class="bar" aria-hidden="true" { span style=(format!("width:{share:.1}%")) {} } },
            );
            cells
        })
        .collect();
    let names: Vec<String> =
        columns.iter().map(|column| column.replace("mu_star", "mu*").replace("margin", "± 95 %")).collect();
    let mut header = vec!["factor"];
    header.extend(names.iter().map(String::as_str));
    header.push("size");
    let unit = if unit.name.is_empty() { String::new() } else { format!(" [{}]", unit.of_change()) };
    table(&format!("Effects on {}{unit}", words(outcome)), &header, 1, &cells)
}

/// A number, or the middle of an interval.
fn middle(value: Option<&Value>) -> f64 {
    let number = |value: &Value| value.as_f64().or_else(|| value.get("value")?.as_f64());
    value.and_then(number).unwrap_or(f64::NAN)
}

fn shown(value: Option<&Value>, column: &str, scale: f64) -> Markup {
    let end = |name: &str| value.and_then(|value| value.get(name)?.as_f64());
    match (value, end("low"), end("high")) {
        (Some(Value::String(text)), ..) => cell(text),
        (Some(_), Some(low), Some(high)) => {
            html! { (compact(middle(value) * scale)) " " span class="unit" { "(" (compact(low * scale)) " to "
            (compact(high * scale)) ")" } }
        }
        (Some(Value::Object(_)), ..) if middle(value).is_finite() => {
            html! { (compact(middle(value) * scale)) " " span class="unit" { "(-)" } }
        }
        (Some(Value::Null) | None, ..) => cell("-"),
        _ if ["change", "mu"].contains(&column) => cell(change(middle(value) * scale)),
        _ => cell(compact(middle(value) * scale)),
    }
}
