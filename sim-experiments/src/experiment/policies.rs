//! Whole policies: each a scenario of its own.

use super::BaseScenario;
use super::changes::changes;
use super::fields::POLICY;
use super::ground::{Ground, Resolved, resolve};
use super::issue::{ExperimentIssue, Listed, Named};
use super::names;
use super::sources::{Policy, Sources};
use sim_core::scenario::reading::{FileErrors, Group, ValueError};

/// Reads `policies: [(name: "roads", set: (…)), (name: "none", base: "no_programme")]`; the scenarios get one
/// more for each.
pub(super) fn read(
    reader: &Group<'_, '_>,
    ground: &Ground<'_>,
    scenarios: &mut Vec<BaseScenario>,
    sources: &mut Sources,
    faults: &mut FileErrors<'_>,
) -> Option<(Vec<String>, Vec<usize>)> {
    let nodes = reader.list("policies", faults)?;
    let mut known: Vec<String> = Vec::new();
    let mut indices = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let path = format!("{}[{at}]", reader.path("policies"));
        let Some(policy) = Group::of(&path, node, POLICY, faults) else {
            continue;
        };
        let Some(name) = policy.read("name", faults, names::plain) else {
            continue;
        };
        if known.contains(&name) {
            let issue = ExperimentIssue::GivenTwice { what: Named::Policy { name: name.clone() } };
            faults.add(&path, ValueError::of(node, issue));
        }
        let base = policy.text("base", faults);
        let own = policy.get("set").map(|node| changes(&policy.path("set"), node, &ground.scenario, faults));
        let own = own.unwrap_or_default();
        // What a policy sets lies over what the experiment sets.
        let under = |(path, _): &&(String, String)| own.iter().all(|change| change.path != *path);
        let mut all: Vec<(String, String)> = ground.changes.iter().filter(under).cloned().collect();
        all.extend(own.iter().map(|change| (change.path.clone(), change.value.clone())));
        let asked = base.clone().unwrap_or_else(|| ground.base.clone());
        match resolve(ground.source, &ground.folder, &asked, &all) {
            Ok(Resolved { scenario, kept, origins }) => {
                sources.policy(Policy {
                    name: name.clone(),
                    base,
                    sets: own.into_iter().map(|change| (change.path, change.at)).collect(),
                    at: node.at,
                    scenario,
                });
                indices.push(scenarios.len());
                known.push(name.clone());
                scenarios.push(BaseScenario { name, ..kept });
                sources.origins.push(origins);
            }
            Err(other) => {
                for fault in other.0.into_iter().take(1) {
                    let advice = fault.suggestion.clone();
                    let issue = ExperimentIssue::PolicyRefused { fault: Box::new(fault) };
                    faults.add(&path, ValueError::of(node, issue).advise(advice));
                }
            }
        }
    }
    if nodes.is_empty() {
        let issue = ExperimentIssue::ListIsEmpty { of: Listed::Policies };
        faults.add(&reader.path("policies"), ValueError::of(reader.node(), issue));
        return None;
    }
    Some((known, indices))
}
