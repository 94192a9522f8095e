//! Reads the targets of a scenario.

use super::issue::{About, Expected, Issue};
use super::leaf::{self, ValueError};
use super::node::Node;
use super::ron_text::{quoted, real};
use super::rule_reader::{day, missing, name, places, unlike};
use super::rule_text;
use super::selection_reader::fields;
use crate::params::{ScenarioTarget, TargetGoal, ValueKind};

const FIELDS: [&str; 7] = ["name", "measure", "in", "baseline", "factor", "level", "by"];
/// Greatest factor or level.
const MOST: f64 = 1.0e15;

/// Reads a list of targets.
pub(super) fn read(node: &Node<'_>) -> Result<Vec<ScenarioTarget>, ValueError> {
    let nodes = leaf::list(node, ValueKind::Targets)?;
    let targets = leaf::all(nodes.iter().map(target))?;
    unlike(nodes, targets, |target| &target.name)
}

fn target(node: &Node<'_>) -> Result<ScenarioTarget, ValueError> {
    let given = fields(node, &FIELDS)?;
    let get = |name: &str| given.iter().find(|field| field.name == name).map(|field| &field.value);
    let optional = |name: &str| get(name).and_then(Node::optional);
    let wanted = |name: &str| {
        get(name).ok_or_else(|| missing(node, Expected::FieldsLike { example: name.to_owned() }))
    };
    let number = |node: &Node<'_>| leaf::real(node, 0.0, MOST, About::Nothing);
    let goal = match (optional("factor"), optional("level")) {
        (Some(factor), None) => TargetGoal::Factor(number(factor)?),
        (None, Some(level)) => TargetGoal::Level(number(level)?),
        _ => return Err(ValueError::of(node, Issue::FactorAndLevel)),
    };
    let target = ScenarioTarget {
        name: name(node, get("name"), "name")?,
        measure: leaf::text(wanted("measure")?, ValueKind::Text)?,
        places: optional("in").map(places).transpose()?.unwrap_or_default(),
        baseline: day(wanted("baseline")?)?,
        goal,
        by: day(wanted("by")?)?,
    };
    if target.by <= target.baseline {
        let issue = Issue::UntilBeforeFrom { until: target.by, from: target.baseline };
        return Err(ValueError::of(get("by").unwrap_or(node), issue));
    }
    Ok(target)
}

/// A target in RON, as a scenario has it.
pub(super) fn text(target: &ScenarioTarget) -> String {
    let goal = match target.goal {
        TargetGoal::Factor(factor) => format!("factor: {}", real(factor)),
        TargetGoal::Level(level) => format!("level: {}", real(level)),
    };
    format!(
        "(name: {}, measure: {}, in: {}, baseline: \"{}\", {goal}, by: \"{}\")",
        quoted(&target.name),
        quoted(&target.measure),
        rule_text::places(&target.places),
        target.baseline,
        target.by,
    )
}
