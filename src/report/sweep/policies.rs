//! Policies against each other over the same worlds: from the analysis, as tables with intervals.

use crate::analyse;
use crate::command_error::CommandError;
use crate::report::folder::ResultFolder;
use crate::report::shell::{cell, table};
use crate::report::unit::{ShownUnit, capitalised, words};
use crate::text::number::{change, compact};
use maud::{Markup, html};
use serde_json::Value;

/// The section; nothing for designs that are not crossed with policies. `units` are those of the outcomes, by
/// name.
///
/// # Errors
/// None: what cannot be analysed is a warning.
pub fn section(
    folder: &mut ResultFolder,
    units: &[(&str, ShownUnit)],
) -> Result<Option<Markup>, CommandError> {
    let part = match analyse::policies(folder.path()) {
        Ok(Some(part)) => part,
        Ok(None) => return Ok(None),
        Err(failure) => {
            let text = failure.to_string();
            let first = text.lines().next().unwrap_or_default();
            folder.warn(format!("Policies cannot be compared: {first}"));
            return Ok(None);
        }
    };
    for warning in &part.warnings {
        folder.warn(warning.clone());
    }
    let value = &part.value;
    let baseline = value["baseline"].as_str().unwrap_or_default();
    Ok(Some(html! {
        p { "Every policy was run in the same worlds with the same seeds. A change is the mean over them of \
            what a policy differs by from " strong { (baseline) } ", with its 95 % interval where there are \
            enough draws; one in brackets may be chance." }
        @for outcome in outcomes(&value["changes"]) {
            (changes(outcome, &unit_of(outcome, units), &value["changes"]))
        }
        @if !list(&value["regret"]).is_empty() {
            p { "Regret is how much worse a policy is than the best one in the same world. Best in: the \
                share of worlds and seeds in which no policy is better." }
        }
        @for outcome in outcomes(&value["regret"]) {
            (regrets(outcome, &unit_of(outcome, units), &value["regret"]))
        }
        @if let Some(front) = front(value) { (front) }
    }))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The outcomes of rows, each once.
fn outcomes(rows: &Value) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for outcome in list(rows).iter().filter_map(|row| row["outcome"].as_str()) {
        if !found.contains(&outcome) {
            found.push(outcome);
        }
    }
    found
}

fn unit_of(outcome: &str, units: &[(&str, ShownUnit)]) -> ShownUnit {
    let found = units.iter().find(|(name, _)| *name == outcome);
    found.map_or_else(|| ShownUnit::named(""), |(_, unit)| unit.clone())
}

fn of_outcome<'v>(outcome: &str, rows: &'v Value) -> impl Iterator<Item = &'v Value> {
    list(rows).iter().filter(move |row| row["outcome"] == outcome)
}

fn real(row: &Value, name: &str, scale: f64) -> f64 {
    row[name].as_f64().unwrap_or(f64::NAN) * scale
}

/// A share in percent; a dash where there is none.
fn percent(share: f64) -> String {
    if share.is_nan() { "-".to_owned() } else { format!("{:.0} %", share * 100.0) }
}

fn changes(outcome: &str, unit: &ShownUnit, rows: &Value) -> Markup {
    let row = |row: &Value| {
        let (policy, baseline) = (row["policy"].as_str(), row["baseline"].as_str());
        let mut cells = vec![cell(policy.unwrap_or_default()), cell(compact(real(row, "mean", unit.scale)))];
        if policy == baseline {
            cells.extend(["baseline", "", ""].map(cell));
            return cells;
        }
        let (own, margin) = (real(row, "change", unit.scale), real(row, "margin", unit.scale));
        let shown = match () {
            () if own == 0.0 || margin.is_nan() => change(own),
            () if own.abs() > margin => format!("{} ± {}", change(own), compact(margin)),
            () => format!("({} ± {})", change(own), compact(margin)),
        };
        cells.push(cell(shown));
        cells.extend(["more_share", "less_share"].map(|name| cell(percent(real(row, name, 1.0)))));
        cells
    };
    let rows: Vec<Vec<Markup>> = of_outcome(outcome, rows).map(row).collect();
    let title = format!("{} [{}] by policy", capitalised(&words(outcome)), unit.name);
    table(&title, &["policy", "mean", "change", "more in", "less in"], 1, &rows)
}

fn regrets(outcome: &str, unit: &ShownUnit, rows: &Value) -> Markup {
    let row = |row: &Value| {
        let mean = compact(real(row, "regret_mean", unit.scale));
        let margin = real(row, "regret_margin", unit.scale);
        let mean = if margin.is_nan() { mean } else { format!("{mean} ± {}", compact(margin)) };
        vec![
            cell(row["policy"].as_str().unwrap_or_default()),
            cell(mean),
            cell(compact(real(row, "regret_p90", unit.scale))),
            cell(compact(real(row, "regret_worst", unit.scale))),
            cell(percent(real(row, "best_share", 1.0))),
        ]
    };
    let rows: Vec<Vec<Markup>> = of_outcome(outcome, rows).map(row).collect();
    let title = format!("Regret in {} [{}]", words(outcome), unit.of_change());
    table(&title, &["policy", "mean", "90 %", "worst", "best in"], 1, &rows)
}

/// Which policies no other beats, and in what share of states each beats each other.
fn front(value: &Value) -> Option<Markup> {
    let front = value["pareto"].as_array()?;
    let names: Vec<&str> = front.iter().filter_map(|row| row["policy"].as_str()).collect();
    let beats = list(&value["dominance"]["beats_in"]);
    let rows: Vec<Vec<Markup>> = front
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let mut cells = vec![
                cell(row["policy"].as_str().unwrap_or_default()),
                cell(row["standing"].as_str().unwrap_or_default()),
            ];
            cells.extend((0..names.len()).map(|by| match by == at {
                true => cell(""),
                false => cell(percent(beats.get(by).map_or(f64::NAN, |row| real_at(row, at)))),
            }));
            cells
        })
        .collect();
    let by: Vec<String> = names.iter().map(|name| format!("beaten by {name} in")).collect();
    let mut header = vec!["policy", "by means"];
    header.extend(by.iter().map(String::as_str));
    Some(html! {
        p { "One policy beats another in a world if it is better in one goal and worse in none." }
        (table("Which policies others beat in all goals, and in what share of worlds", &header, 2, &rows))
    })
}

fn real_at(row: &Value, at: usize) -> f64 {
    row.get(at).and_then(Value::as_f64).unwrap_or(f64::NAN)
}
