//! What each single change does: alone, added to the first scenario; and last, as what the second loses
//! without it.
//!
//! The two differ where changes act together. Every order in between (Shapley) was rejected: it takes as many
//! runs as there are subsets, and the two ends already show whether they do.

use super::comparison::Comparison;
use super::difference::{shown, value};
use crate::terminal;
use crate::text::layout;
use crate::text::name::in_words;
use serde_json::{Value, json};
use sim_experiments::comparison::Difference;

/// Changes that can be explained: each takes two more runs for every seed.
pub const MOST: usize = 12;
/// Outcomes that are told of on the page, besides that of the map.
const SHOWN: [&str; 4] = ["stations_open", "station_orders", "partner_income_p50", "shops"];

/// The places of the variants of a change: the first scenario with it alone, the second without it.
fn variants(change: usize) -> (usize, usize) {
    (2 + 2 * change, 3 + 2 * change)
}

/// What a change does to an outcome: alone, and last.
fn effects(comparison: &Comparison, change: usize, outcome: usize) -> (Difference, Difference) {
    let (alone, without) = variants(change);
    (comparison.difference(0, alone, outcome), comparison.difference(without, 1, outcome))
}

/// For people.
pub fn text(comparison: &Comparison, map: usize) -> String {
    let mut headlines: Vec<usize> = SHOWN.iter().filter_map(|name| comparison.position(name)).collect();
    if !headlines.contains(&map) {
        headlines.insert(0, map);
    }
    let mut text = String::new();
    for outcome in headlines {
        let whole = comparison.difference(0, 1, outcome);
        if whole.change == 0.0 || whole.pairs == 0 {
            continue;
        }
        let title = &comparison.outcomes[outcome];
        text += &format!("\nWhy {} [{}] changed by {}\n", in_words(&title.name), title.unit(), shown(&whole));
        let mut table = layout::table(terminal::width(), &["change", "alone", "last, beside the others"]);
        for (at, change) in comparison.changes.iter().enumerate() {
            let (alone, last) = effects(comparison, at, outcome);
            table.add_row([change.path.clone(), shown(&alone), shown(&last)]);
        }
        layout::numbers(&mut table, 1..3);
        text += &layout::text(&table, "  ");
    }
    text
}

/// For programs.
pub fn json(comparison: &Comparison) -> Value {
    let mut rows = Vec::new();
    for (at, change) in comparison.changes.iter().enumerate() {
        for (outcome, title) in comparison.outcomes.iter().enumerate() {
            let (alone, last) = effects(comparison, at, outcome);
            rows.push(json!({ "path": change.path, "outcome": title.name, "alone": value(&alone),
                "last": value(&last) }));
        }
    }
    Value::Array(rows)
}
