//! What each factor does to the whole distribution of an outcome (PAWN), in designs that are drawn.

use super::part::{AnalysisPart, Sweep, heading_of, missing, note_policy, number, of_each, of_policy};
use super::worlds::inputs_of;
use crate::terminal;
use crate::text::layout;
use serde_json::{Value, json};
use sim_experiments::analysis::pawn::{self, PawnIndex};
use sim_experiments::experiment::Method;

/// The indices of the chosen outcomes; nothing for designs that are chosen, and for Saltelli's, which has
/// indices of its own.
pub fn part(sweep: &Sweep<'_>) -> Option<AnalysisPart> {
    let method = sweep.folder.plan.experiment().method.as_ref()?;
    if !method.is_drawn() || matches!(method, Method::Saltelli { .. } | Method::Replicates) {
        return None;
    }
    let mut values = Vec::new();
    let mut text = of_each(sweep, |at, policy| indices_of(sweep, at, policy, &mut values));
    if text.is_empty() {
        return None;
    }
    text += &layout::note(
        "PAWN: by how much a factor moves the distribution of the outcome, 0 nothing and 1 everything: the \
         median over slices of its values. Chance is what nineteen of twenty factors that do nothing stay \
         below.",
        terminal::width(),
    );
    Some(AnalysisPart { name: "pawn", text, value: Value::Array(values), warnings: Vec::new() })
}

/// The indices of an outcome with a policy; nothing with too few points.
fn indices_of(sweep: &Sweep<'_>, at: usize, policy: usize, values: &mut Vec<Value>) -> String {
    let own = of_policy(sweep, policy, &sweep.responses.by_point(at));
    let inputs = inputs_of(sweep, &sweep.folder.plan.policies().points(policy));
    let indices = inputs.iter().enumerate();
    let mut found: Vec<(&str, PawnIndex)> = indices
        .filter_map(|(place, input)| Some((input.name.as_str(), pawn::index(input, &own, place)?)))
        .collect();
    if found.is_empty() {
        return String::new();
    }
    found.sort_by(|a, b| b.1.median.total_cmp(&a.1.median));
    let mut table = layout::table(terminal::width(), &["factor", "PAWN", "greatest", "chance", ""]);
    for (name, index) in &found {
        let parts = [index.median, index.most, index.chance].map(|part| format!("{part:.2}"));
        let told = if index.is_told() { "told" } else { "within chance" };
        table.add_row([(*name).to_owned()].into_iter().chain(parts).chain([told.to_owned()]));
        let mut value = json!({
            "outcome": sweep.responses.outcomes[at].name, "factor": name, "median": number(index.median),
            "greatest": number(index.most), "chance": number(index.chance), "slices": index.slices,
            "told": index.is_told(),
        });
        note_policy(sweep, policy, &mut value);
        values.push(value);
    }
    layout::numbers(&mut table, 1..4);
    heading_of("What moves its distribution", sweep, at, policy)
        + &layout::text(&table, "  ")
        + &missing(&own)
}
