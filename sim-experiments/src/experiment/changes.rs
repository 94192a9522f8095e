//! Changes to a scenario, each tried on it when it is read.

use super::issue::ExperimentIssue;
use sim_core::scenario::reading::{FileErrors, Node, ValueError, values};
use sim_core::scenario::{Issue, Scenario};

/// A field that is changed.
pub(super) struct ChangedField {
    /// Its path.
    pub path: String,
    /// Its value as written.
    pub value: String,
    /// The offset of the value.
    pub at: usize,
}

impl ChangedField {
    /// Path and value.
    pub fn setting(self) -> (String, String) {
        (self.path, self.value)
    }
}

/// The changes to a scenario that a `set: (…)` makes, each tried alone.
pub(super) fn changes(
    path: &str,
    node: &Node<'_>,
    scenario: &Scenario,
    faults: &mut FileErrors<'_>,
) -> Vec<ChangedField> {
    let mut found = Vec::new();
    for (field, node) in values(node, faults) {
        if node.is_broken() {
            continue;
        }
        let problem = match field.as_str() {
            "base" => Err(ValueError::of(node, ExperimentIssue::BaseInSet)),
            "seed" => Err(ValueError::of(node, ExperimentIssue::SeedInSet)),
            _ => tried(scenario, &field, node.text, node),
        };
        match problem {
            Ok(()) => found.push(ChangedField { path: field, value: node.text.to_owned(), at: node.at }),
            Err(problem) => faults.add(&format!("{path}.{field}"), problem),
        }
    }
    found
}

/// Tries a value on the scenario.
pub(super) fn tried(scenario: &Scenario, path: &str, value: &str, node: &Node<'_>) -> Result<(), ValueError> {
    let mut trial = scenario.clone();
    trial.set(path, value).map_err(|faults| match faults.0.into_iter().next() {
        Some(fault) => ValueError::of(node, fault.message).advise(fault.suggestion),
        None => ValueError::of(node, Issue::NoValue),
    })
}
