//! Whole policies: each a scenario of its own.

use super::BaseScenario;
use super::fields::Reader;
use super::load::{Ground, changes, resolve};
use sim_core::scenario::reading::{FileFaults, Problem, list, text};

const NAMES: [&str; 3] = ["name", "base", "set"];

/// Reads `policies: [(name: "roads", set: (…)), (name: "none", base: "no_programme")]`; the scenarios get one more for
/// each.
pub(super) fn read(
    reader: &Reader<'_, '_>,
    ground: &Ground<'_>,
    scenarios: &mut Vec<BaseScenario>,
    faults: &mut FileFaults<'_>,
) -> Option<(Vec<String>, Vec<usize>)> {
    let nodes = reader.read("policies", faults, |node| {
        list(node, "a list of policies in brackets")
    })?;
    let mut names: Vec<String> = Vec::new();
    let mut indices = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let path = format!("{}[{at}]", reader.path("policies"));
        let Some(policy) = Reader::of(&path, node, &NAMES, faults) else {
            continue;
        };
        let Some(name) = policy.need("name", "a text in quotes", faults, |node| {
            text(node, "a text in quotes")
        }) else {
            continue;
        };
        if names.contains(&name) {
            faults.add(
                &path,
                Problem::of(node, format!("the policy `{name}` is given twice")),
            );
        }
        let base = policy.read("base", faults, |node| text(node, "a text in quotes"));
        let own = policy
            .get("set")
            .map(|node| changes(&policy.path("set"), node, &ground.scenario, faults));
        let mut all = ground.changes.clone();
        all.extend(own.unwrap_or_default());
        let base = base.unwrap_or_else(|| ground.base.clone());
        match resolve(ground.source, &ground.folder, &base, &all) {
            Ok((_, resolved)) => {
                indices.push(scenarios.len());
                names.push(name.clone());
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
        faults.add(
            &reader.path("policies"),
            Problem::of(reader.node(), "the list of policies is empty"),
        );
        return None;
    }
    Some((names, indices))
}
