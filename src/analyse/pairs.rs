//! What pairs of factors do together: second-order Sobol indices, where the design has points for them.

use super::chance;
use super::effects::{CONFIDENCE, RESAMPLES, estimate, interval};
use super::part::{AnalysisPart, Sweep, heading_of, note_policy, of_each};
use crate::terminal;
use crate::text::layout;
use serde_json::{Value, json};
use sim_experiments::analysis::{RowRuns, pairs};

/// Pairs that are shown for an outcome, at most; JSON has all.
const SHOWN: usize = 10;

/// The indices of the chosen outcomes; nothing for other designs.
pub fn part(sweep: &Sweep<'_>) -> Option<AnalysisPart> {
    let method = sweep.folder.plan.experiment().method.as_ref()?;
    if !method.has_pairs() {
        return None;
    }
    let mut values = Vec::new();
    let mut text = of_each(sweep, |at, policy| indices_of(sweep, at, policy, &mut values));
    let about =
        format!("By {}. Intervals by bootstrap of base samples. {}", pairs::ESTIMATOR, chance::about(sweep));
    text += &layout::note(&about, terminal::width());
    Some(AnalysisPart { name: "sobol_pairs", text, value: Value::Array(values), warnings: Vec::new() })
}

/// The indices of an outcome with a policy, the greatest first.
fn indices_of(sweep: &Sweep<'_>, at: usize, policy: usize, values: &mut Vec<Value>) -> String {
    let plan = &sweep.folder.plan;
    let factors = plan.experiment().varied();
    let rows = RowRuns::of(plan, &sweep.responses, at, policy);
    let heading = heading_of("Pairs of factors", sweep, at, policy);
    let Some(mut found) = pairs::pairs(&rows, factors.len(), RESAMPLES, CONFIDENCE) else {
        return heading + "  It does not vary beyond chance, or too few base samples are whole.\n";
    };
    found.sort_by(|a, b| b.second.value.total_cmp(&a.second.value));
    let mut table = layout::table(terminal::width(), &["factors", "second (95 %)"]);
    for (place, one) in found.iter().enumerate() {
        let names = one.factors.map(|factor| factors[factor].name.as_str());
        if place < SHOWN {
            table.add_row([names.join(" and "), interval(&one.second)]);
        }
        let mut value = json!({
            "outcome": sweep.responses.outcomes[at].name, "factors": names, "second": estimate(&one.second),
            "estimator": pairs::ESTIMATOR,
        });
        note_policy(sweep, policy, &mut value);
        values.push(value);
    }
    layout::numbers(&mut table, 1..2);
    let more = found.len().saturating_sub(SHOWN);
    let more = if more == 0 { String::new() } else { format!("  {more} smaller ones are in --json.\n") };
    heading + &layout::text(&table, "  ") + &more
}
