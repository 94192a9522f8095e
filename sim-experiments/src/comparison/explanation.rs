//! What differs between two scenarios, change by change.

use sim_core::params::{ParameterInfo, Parameters};
use sim_core::scenario::{FIELDS, Scenario};

/// A field that two scenarios set differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path.
    pub path: String,
    /// Its value in the first, as written in scenarios.
    pub first: String,
    /// Its value in the second.
    pub second: String,
}

/// The fields that two scenarios set differently; name, question, seed and limits apart, which change no
/// result.
pub fn changes(first: &Scenario, second: &Scenario) -> Vec<Change> {
    let fields = FIELDS.iter().map(|field| field.path.to_owned());
    let parameters = Parameters::catalogue();
    let parameters = parameters.iter().map(ParameterInfo::path);
    let idle = ["name", "question", "seed", "limits.memory"];
    let each = fields.chain(parameters).filter(|path| !idle.contains(&path.as_str()));
    each.filter_map(|path| {
        let (a, b) = (first.get(&path)?, second.get(&path)?);
        (a != b).then_some(Change { path, first: a, second: b })
    })
    .collect()
}
