//! Under what conditions: regression trees, and boxes in which something fails.

use super::part::{AnalysisPart, Sweep, heading, missing, note_policy, policies, position};
use crate::command_error::CommandError;
use crate::text::number::{compact, count, of};
use serde_json::{Value, json};
use sim_experiments::analysis::Threshold;
use sim_experiments::analysis::boxes;
use sim_experiments::analysis::tree::{Input, TreeNode, grow};
use sim_experiments::experiment::Method;

/// Points below which a tree tells nothing.
const FEWEST: usize = 20;
/// Points that meet a condition, below which a box is chance.
const FEWEST_HITS: usize = 5;
/// Cuts one after the other.
const DEPTH: usize = 3;

/// A tree for each outcome, after designs that fill the space.
pub fn tree(sweep: &Sweep<'_>) -> Option<AnalysisPart> {
    let plan = &sweep.folder.plan;
    let fills = !matches!(plan.experiment().method, Some(Method::OneAtATime | Method::Morris { .. }) | None);
    if plan.points() < FEWEST || !fills {
        return None;
    }
    let inputs = sweep.responses.inputs(plan);
    let least = (plan.points() / 20).max(3);
    let (mut text, mut values) = (String::new(), Vec::new());
    for &at in &sweep.chosen {
        let points = sweep.responses.by_point(at);
        let Some(tree) = grow(&inputs, &points, DEPTH, least) else {
            continue;
        };
        text += &heading("A tree", sweep, at);
        text += &format!("  {} in the mean of {} points\n", compact(tree.mean), count(tree.count as u64));
        if tree.cut.is_none() {
            text += "  No factor explains a hundredth of its variance.\n";
        }
        lines(&tree, 1, &mut text);
        text += &missing(&points);
        let without = points.iter().filter(|value| value.is_nan()).count();
        values.push(json!({
            "outcome": sweep.responses.outcomes[at].name, "tree": branch(&tree), "without_value": without,
        }));
    }
    Some(AnalysisPart { name: "tree", text, value: Value::Array(values), warnings: Vec::new() })
}

fn lines(part: &TreeNode, depth: usize, text: &mut String) {
    let Some(cut) = &part.cut else { return };
    for (condition, inner) in [(&cut.condition, &cut.met), (&cut.otherwise, &cut.unmet)] {
        let indent = "  ".repeat(depth + 1);
        *text +=
            &format!("{indent}{condition}: {} ({} points)\n", compact(inner.mean), count(inner.count as u64));
        lines(inner, depth + 1, text);
    }
}

fn branch(part: &TreeNode) -> Value {
    match &part.cut {
        None => json!({ "points": part.count, "mean": part.mean }),
        Some(cut) => json!({
            "points": part.count, "mean": part.mean, "condition": cut.condition, "explains": cut.explains,
            "met": branch(&cut.met), "unmet": branch(&cut.unmet),
        }),
    }
}

/// Of how many points is spoken.
fn among(met: usize, without: usize) -> String {
    let points = of(met as u64, "point", "points");
    if without == 0 { points } else { format!("{points} with a value") }
}

/// How many points have no value.
fn lacking(without: usize) -> String {
    match without {
        0 => String::new(),
        1 => "; 1 has none".to_owned(),
        _ => format!("; {} have none", count(without as u64)),
    }
}

/// The box of the design in which a condition is met most, with each policy.
///
/// # Errors
/// If the condition cannot be read, or its outcome was not kept.
pub fn boxes(sweep: &Sweep<'_>, condition: &str) -> Result<AnalysisPart, CommandError> {
    let threshold = Threshold::read(condition)
        .map_err(|reason| CommandError::input(format!("--fails {condition}: {reason}")))?;
    let at = position(&sweep.responses, &threshold.outcome)?;
    let values = sweep.responses.by_point(at);
    let plan = &sweep.folder.plan;
    let mut found = policies(sweep).map(|policy| {
        // Whether a point without a value meets it is not known: such points are left out.
        let points = plan.policies().points(policy);
        let met = points.iter().map(|&point| threshold.is_met(values[point])).collect();
        let title = match plan.policies().name(policy) {
            None => format!("\nWhere {condition}\n"),
            Some(name) => format!("\nWhere {condition} with {name}\n"),
        };
        let mut found = one_box(&inputs_of(sweep, &points), met);
        note_policy(sweep, policy, &mut found.value);
        found.value["condition"] = condition.into();
        WorldBox { text: title + &found.text, ..found }
    });
    if !plan.policies().is_crossed() {
        let found = found.next().unwrap_or_else(|| plain("No point has a value.", [0; 3]));
        return Ok(AnalysisPart { name: "box", text: found.text, value: found.value, warnings: Vec::new() });
    }
    let (texts, values): (Vec<String>, Vec<Value>) = found.map(|found| (found.text, found.value)).unzip();
    Ok(AnalysisPart { name: "box", text: texts.concat(), value: values.into(), warnings: Vec::new() })
}

/// The factors of some points, but for the policies that the design is crossed with.
pub(super) fn inputs_of(sweep: &Sweep<'_>, points: &[usize]) -> Vec<Input> {
    let plan = &sweep.folder.plan;
    let mut inputs = sweep.responses.inputs(plan);
    inputs.truncate(plan.experiment().varied().len());
    for input in &mut inputs {
        input.values = points.iter().map(|&point| input.values[point]).collect();
    }
    inputs
}

/// A box in words and for programs.
struct WorldBox {
    text: String,
    value: Value,
}

/// What is said where there is no box; `counts` are points with a value, without one, and those that meet the
/// condition.
fn plain(said: &str, counts: [usize; 3]) -> WorldBox {
    let [points, without, met] = counts;
    let value = json!({ "points": points, "without_value": without, "met": met });
    WorldBox { text: format!("  {said}\n"), value }
}

/// The box in which a condition is met most, among points of which some meet it.
fn one_box(inputs: &[Input], of_points: Vec<Option<bool>>) -> WorldBox {
    let met: Vec<bool> = of_points.iter().copied().flatten().collect();
    let without = of_points.len() - met.len();
    let (among, lacking) = (among(met.len(), without), lacking(without));
    let least = (met.len() / 20).max(3);
    let hits = met.iter().filter(|met| **met).count();
    let counts = [met.len(), without, hits];
    if met.is_empty() {
        return plain("No point has a value.", counts);
    }
    if (1..FEWEST_HITS).contains(&hits) {
        let hits = count(hits as u64);
        return plain(&format!("At {hits} of {among} only: too few to say where{lacking}."), counts);
    }
    let mut inputs = inputs.to_vec();
    for input in &mut inputs {
        let values = input.values.iter().zip(&of_points);
        input.values = values.filter_map(|(value, met)| met.map(|_| *value)).collect();
    }
    let Some(found) = boxes::find(&inputs, &met, least) else {
        let whether = if hits == 0 { "At none" } else { "At all" };
        return plain(&format!("{whether} of {among}{lacking}."), counts);
    };
    let mut text = format!(
        "  Everywhere in {:.0} % of {among}{lacking}. In this box in {:.0} % of its {}, which are \
         {:.0} % of all such points:\n",
        found.everywhere * 100.0,
        found.density * 100.0,
        count(found.count as u64),
        found.coverage * 100.0,
    );
    for limit in &found.limits {
        text += &format!("    {} (without it {:.0} %)\n", limit.words, limit.density_without * 100.0);
    }
    if found.limits.is_empty() {
        text += "    no limits: no part of the design is worse than the whole\n";
    }
    let limits: Vec<Value> = found
        .limits
        .iter()
        .map(|limit| json!({ "limit": limit.words, "density_without": limit.density_without }))
        .collect();
    let value = json!({
        "points": met.len(), "without_value": without, "met": hits,
            "everywhere": found.everywhere, "in_box": found.count,
        "density": found.density, "coverage": found.coverage, "limits": limits,
    });
    WorldBox { text, value }
}
