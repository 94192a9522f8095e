//! Whole policies: each a scenario of its own.

use super::BaseScenario;
use super::fields::Reader;
use super::load::{Ground, changes, resolve};
use super::names;
use super::sources::{Policy, Sources};
use sim_core::scenario::reading::{FileFaults, Problem, list, text};

const NAMES: [&str; 3] = ["name", "base", "set"];

/// Reads `policies: [(name: "roads", set: (…)), (name: "none", base: "no_programme")]`; the scenarios get one
/// more for each.
pub(super) fn read(
    reader: &Reader<'_, '_>,
    ground: &Ground<'_>,
    scenarios: &mut Vec<BaseScenario>,
    sources: &mut Sources,
    faults: &mut FileFaults<'_>,
) -> Option<(Vec<String>, Vec<usize>)> {
    let nodes = reader.read("policies", faults, |node| list(node, "a list of policies in brackets"))?;
    let mut known: Vec<String> = Vec::new();
    let mut indices = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let path = format!("{}[{at}]", reader.path("policies"));
        let Some(policy) = Reader::of(&path, node, &NAMES, faults) else {
            continue;
        };
        let Some(name) = policy.need("name", "a name in quotes", faults, names::plain) else {
            continue;
        };
        if known.contains(&name) {
            faults.add(&path, Problem::of(node, format!("the policy `{name}` is given twice")));
        }
        let base = policy.read("base", faults, |node| text(node, "a text in quotes"));
        let own = policy.get("set").map(|node| changes(&policy.path("set"), node, &ground.scenario, faults));
        let own = own.unwrap_or_default();
        // What a policy sets lies over what the experiment sets.
        let under = |(path, _): &&(String, String)| own.iter().all(|(other, ..)| other != path);
        let mut all: Vec<(String, String)> = ground.changes.iter().filter(under).cloned().collect();
        all.extend(own.iter().map(|(path, value, _)| (path.clone(), value.clone())));
        let asked = base.clone().unwrap_or_else(|| ground.base.clone());
        match resolve(ground.source, &ground.folder, &asked, &all) {
            Ok((scenario, resolved)) => {
                sources.policy(Policy {
                    name: name.clone(),
                    base,
                    sets: own.into_iter().map(|(path, _, at)| (path, at)).collect(),
                    at: node.at,
                    scenario,
                });
                indices.push(scenarios.len());
                known.push(name.clone());
                scenarios.push(BaseScenario { name, ..resolved });
            }
            Err(other) => {
                let first = other.0.first().map(ToString::to_string).unwrap_or_default();
                let message = format!("the policy's scenario cannot be used: {first}");
                faults.add(&path, Problem::of(node, message));
            }
        }
    }
    if nodes.is_empty() {
        faults.add(&reader.path("policies"), Problem::of(reader.node(), "the list of policies is empty"));
        return None;
    }
    Some((known, indices))
}
