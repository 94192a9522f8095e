//! What a search looks for: goals, bounds, and how much it may spend on looking.

use super::factor::FactorKind;
use super::fields::{BOUND, SEARCH};
use super::issue::{ExperimentAdvice, ExperimentExpected, ExperimentIssue};
use super::outcome_reader::usual;
use super::{Factor, KeptOutcome};
use crate::series::{Level, Series};
use serde::{Deserialize, Serialize};
use sim_core::scenario::Advice;
use sim_core::scenario::reading::{FileErrors, Group, Kind, Node, ValueError, nearest, text};

/// What a search looks for. Its levers are the experiment's factors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Search {
    /// One goal, or two between which there is a trade-off.
    pub goals: Vec<Goal>,
    /// What a plan must keep to.
    pub bounds: Vec<Bound>,
    /// Plans that are tried \[4 to 100,000\].
    pub plans: u32,
    /// The best plans that are run again with fresh seeds \[1 to 1,000\].
    pub finalists: u32,
    /// Fresh seeds for each finalist \[2 to 10,000\].
    pub fresh_seeds: u32,
}

/// An outcome to be made large or small.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// The outcome.
    pub outcome: String,
    /// Whether more is better.
    pub more: bool,
}

/// A limit of an outcome's mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// The outcome.
    pub outcome: String,
    /// Whether it is the most (true) or the least that is allowed.
    pub is_most: bool,
    /// The limit, in the outcome's unit.
    pub limit: f64,
}

impl Bound {
    /// By how much a value breaks the bound, as a share of the limit; nothing or less if it does not.
    pub fn excess(&self, value: f64) -> f64 {
        let scale = self.limit.abs().max(1e-9);
        if self.is_most { (value - self.limit) / scale } else { (self.limit - value) / scale }
    }
}

/// Reads `search: (maximise: ["buying_share"], subject_to: [(outcome: "paid_by_programme", at_most: 1e9)],
/// plans: 60)`.
pub(super) fn read(
    node: &Node<'_>,
    factors: &[Factor],
    outcomes: &[KeptOutcome],
    faults: &mut FileErrors<'_>,
) -> Option<Search> {
    let reader = Group::of("search", node, SEARCH, faults)?;
    let mut goals = Vec::new();
    for (field, more) in [("maximise", true), ("minimise", false)] {
        let found = reader.read(field, faults, |node| names(node, outcomes)).unwrap_or_default();
        goals.extend(found.into_iter().map(|outcome| Goal { outcome, more }));
    }
    if goals.is_empty() || goals.len() > 2 {
        let issue = ExperimentIssue::Goals { count: goals.len() };
        faults.add("search", ValueError::of(node, issue).advise(ExperimentAdvice::WriteGoal));
    }
    let mut bounds = Vec::new();
    for (at, node) in reader.list("subject_to", faults).unwrap_or_default().iter().enumerate() {
        bounds.extend(bound(&format!("search.subject_to[{at}]"), node, outcomes, faults));
    }
    let mut number = |name: &str, usual: u64| reader.whole(name, faults).unwrap_or(usual) as u32;
    let search = Search {
        goals,
        bounds,
        plans: number("plans", 60),
        finalists: number("finalists", 6),
        fresh_seeds: number("fresh_seeds", 8),
    };
    if factors.is_empty() {
        faults.add("factors", ValueError::of(node, ExperimentIssue::SearchNeedsLever));
    }
    if let Some(factor) = factors.iter().find(|factor| factor.kind == FactorKind::Given) {
        let issue = ExperimentIssue::LeverNotVaried { name: factor.name.clone() };
        faults.add("factors", ValueError::of(node, issue));
    }
    Some(search)
}

/// Reads the experiment's own `maximise` and `minimise`: outcomes that are kept as numbers.
pub(super) fn kept_goals(
    reader: &Group<'_, '_>,
    outcomes: &[KeptOutcome],
    faults: &mut FileErrors<'_>,
) -> Vec<Goal> {
    let numbers = outcomes.iter().filter(|outcome| outcome.kept.is_number());
    let kept: Vec<&str> = numbers.map(|outcome| outcome.name.as_str()).collect();
    let of_kept = |node: &Node<'_>| {
        let name = text(node, ExperimentExpected::Outcome)?;
        if kept.contains(&name.as_str()) {
            return Ok(name);
        }
        let near = Advice::meant(nearest(&name, kept.iter().copied()));
        let known = kept.iter().map(|&name| name.to_owned()).collect();
        Err(ValueError::of(node, ExperimentIssue::GoalNotKept { name, known }).advise(near))
    };
    let mut goals = Vec::new();
    for (field, more) in [("maximise", true), ("minimise", false)] {
        let found = reader.read(field, faults, |node| one_or_more(node, of_kept)).unwrap_or_default();
        goals.extend(found.into_iter().map(|outcome| Goal { outcome, more }));
    }
    goals
}

/// Reads one value, or a list of such.
fn one_or_more<T>(
    node: &Node<'_>,
    one: impl Fn(&Node<'_>) -> Result<T, ValueError>,
) -> Result<Vec<T>, ValueError> {
    match &node.kind {
        Kind::List(nodes) => nodes.iter().map(one).collect(),
        _ => one(node).map(|value| vec![value]),
    }
}

/// Names of outcomes that are kept as numbers, or of the nation.
fn names(node: &Node<'_>, outcomes: &[KeptOutcome]) -> Result<Vec<String>, ValueError> {
    one_or_more(node, |node| {
        let name = text(node, ExperimentExpected::Outcome)?;
        known(node, name, outcomes)
    })
}

fn known(node: &Node<'_>, name: String, outcomes: &[KeptOutcome]) -> Result<String, ValueError> {
    let is_kept = outcomes.iter().any(|outcome| outcome.name == name && outcome.kept.is_number());
    if is_kept || usual(&name).is_some() {
        return Ok(name);
    }
    let advice = Series::advice(&name, Level::Nation);
    Err(ValueError::of(node, ExperimentIssue::NoOutcome { name }).advise(advice))
}

fn bound(
    path: &str,
    node: &Node<'_>,
    outcomes: &[KeptOutcome],
    faults: &mut FileErrors<'_>,
) -> Option<Bound> {
    let reader = Group::of(path, node, BOUND, faults)?;
    let outcome = reader.read("outcome", faults, |node| {
        let name = text(node, ExperimentExpected::Outcome)?;
        known(node, name, outcomes)
    })?;
    let most = reader.real("at_most", faults);
    let least = reader.real("at_least", faults);
    let (is_most, limit) = match (most, least) {
        (Some(most), None) => (true, most),
        (None, Some(least)) => (false, least),
        _ => {
            faults.add(path, ValueError::of(node, ExperimentIssue::OneLimit));
            return None;
        }
    };
    Some(Bound { outcome, is_most, limit })
}
