//! What a search looks for: goals, bounds, and how much it may spend on looking.

use super::Factor;
use super::factor::FactorKind;
use super::fields::Reader;
use super::outcome_reader::usual;
use crate::series::{Level, Series};
use serde::{Deserialize, Serialize};
use sim_core::scenario::reading::{FileFaults, Kind, Node, Problem, list, real, text, whole};

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

const NAMES: [&str; 6] = ["maximise", "minimise", "subject_to", "plans", "finalists", "fresh_seeds"];

/// Reads `search: (maximise: ["buying_share"], subject_to: [(outcome: "paid_by_programme", at_most: 1e9)],
/// plans: 60)`.
pub(super) fn read(node: &Node<'_>, factors: &[Factor], faults: &mut FileFaults<'_>) -> Option<Search> {
    let reader = Reader::of("search", node, &NAMES, faults)?;
    let mut goals = Vec::new();
    for (field, more) in [("maximise", true), ("minimise", false)] {
        let found = reader.read(field, faults, names).unwrap_or_default();
        goals.extend(found.into_iter().map(|outcome| Goal { outcome, more }));
    }
    if goals.is_empty() || goals.len() > 2 {
        let message = format!("expected one goal, or two for a trade-off: found {}", goals.len());
        faults.add("search", Problem::of(node, message).advise("write maximise: [\"buying_share\"]"));
    }
    let mut bounds = Vec::new();
    for (at, node) in reader
        .read("subject_to", faults, |node| list(node, "a list of bounds in brackets"))
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        bounds.extend(bound(&format!("search.subject_to[{at}]"), node, faults));
    }
    let number = |name: &str, low, high, usual: u64, faults: &mut FileFaults<'_>| {
        reader.read(name, faults, |node| whole(node, low, high, "")).unwrap_or(usual) as u32
    };
    let search = Search {
        goals,
        bounds,
        plans: number("plans", 4, 100_000, 60, faults),
        finalists: number("finalists", 1, 1000, 6, faults),
        fresh_seeds: number("fresh_seeds", 2, 10_000, 8, faults),
    };
    if factors.is_empty() {
        faults.add("factors", Problem::of(node, "missing: a search needs at least one lever"));
    }
    if let Some(factor) = factors.iter().find(|factor| factor.kind == FactorKind::Given) {
        let message = format!("the lever `{}` does not say how it varies", factor.name);
        faults.add("factors", Problem::of(node, message));
    }
    Some(search)
}

/// Names of outcomes of the nation.
fn names(node: &Node<'_>) -> Result<Vec<String>, Problem> {
    let one = |node: &Node<'_>| {
        let name = text(node, "the name of an outcome in quotes")?;
        known(node, name)
    };
    match &node.kind {
        Kind::List(nodes) => nodes.iter().map(one).collect(),
        _ => one(node).map(|name| vec![name]),
    }
}

fn known(node: &Node<'_>, name: String) -> Result<String, Problem> {
    if usual(&name).is_some() {
        return Ok(name);
    }
    let advice = Series::advice(&name, Level::Nation);
    Err(Problem::of(node, format!("there is no outcome `{name}`")).advise(advice))
}

fn bound(path: &str, node: &Node<'_>, faults: &mut FileFaults<'_>) -> Option<Bound> {
    let reader = Reader::of(path, node, &["outcome", "at_most", "at_least"], faults)?;
    let outcome = reader.need("outcome", "the name of an outcome in quotes", faults, |node| {
        let name = text(node, "the name of an outcome in quotes")?;
        known(node, name)
    })?;
    let most = reader.read("at_most", faults, |node| real(node, f64::MIN, f64::MAX, ""));
    let least = reader.read("at_least", faults, |node| real(node, f64::MIN, f64::MAX, ""));
    let (is_most, limit) = match (most, least) {
        (Some(most), None) => (true, most),
        (None, Some(least)) => (false, least),
        _ => {
            faults.add(path, Problem::of(node, "expected either `at_most` or `at_least`"));
            return None;
        }
    };
    Some(Bound { outcome, is_most, limit })
}
