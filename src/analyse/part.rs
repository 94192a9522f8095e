//! A sweep to be analysed, the parts of an analysis, and what they share.

use crate::command_error::CommandError;
use crate::sweep::Folder;
use crate::text::name::in_words;
use crate::text::number::count;
use serde_json::Value;
use sim_experiments::analysis::Responses;

/// What is analysed.
pub struct Sweep<'f> {
    /// The folder.
    pub folder: &'f Folder,
    /// Outcomes of all runs.
    pub responses: Responses,
    /// The outcomes to tell of, as indices.
    pub chosen: Vec<usize>,
}

/// A part of the analysis: for people, and for programs under a name.
pub struct AnalysisPart {
    /// Its name in JSON.
    pub name: &'static str,
    /// For people.
    pub text: String,
    /// For programs.
    pub value: Value,
    /// What casts doubt on it, a sentence each.
    pub warnings: Vec<String>,
}

/// The place of an outcome.
///
/// # Errors
/// If the sweep did not keep it: what it kept.
pub fn position(responses: &Responses, name: &str) -> Result<usize, CommandError> {
    responses.position(name).ok_or_else(|| {
        let known: Vec<&str> = responses.outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
        CommandError::input(format!(
            "`{name}` was not kept as a number in this sweep\n  help: kept were {}",
            known.join(", ")
        ))
    })
}

/// A number, or null where there is none.
pub fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// A factor's value with its type.
pub fn typed(value: &sim_experiments::experiment::value::Value) -> Value {
    use sim_experiments::experiment::value::Value as Typed;
    match value {
        Typed::Number(value) => number(*value),
        Typed::Whole(value) => (*value).into(),
        Typed::Flag(value) => (*value).into(),
        Typed::Text(value) => value.clone().into(),
    }
}

/// A heading with the outcome and its unit.
pub fn heading(what: &str, sweep: &Sweep<'_>, outcome: usize) -> String {
    let outcome = &sweep.responses.outcomes[outcome];
    format!("\n{what} on {} [{}]\n", in_words(&outcome.name), outcome.unit())
}

/// The same, of one of the policies that the design is crossed with.
pub fn heading_of(what: &str, sweep: &Sweep<'_>, outcome: usize, policy: usize) -> String {
    match sweep.folder.plan.policies().name(policy) {
        None => heading(what, sweep, outcome),
        Some(name) => {
            let outcome = &sweep.responses.outcomes[outcome];
            format!("\n{what} on {} [{}] with {name}\n", in_words(&outcome.name), outcome.unit())
        }
    }
}

/// The policies that a sweep's design is crossed with, as indices; of one that is not, one.
pub fn policies(sweep: &Sweep<'_>) -> std::ops::Range<usize> {
    0..sweep.folder.plan.policies().names().len()
}

/// What is told of each chosen outcome with each policy, one after the other.
pub fn of_each(sweep: &Sweep<'_>, mut tell: impl FnMut(usize, usize) -> String) -> String {
    let each = sweep.chosen.iter().flat_map(|&at| policies(sweep).map(move |policy| (at, policy)));
    each.map(|(at, policy)| tell(at, policy)).collect()
}

/// The values of a policy's points, each once.
pub fn of_policy(sweep: &Sweep<'_>, policy: usize, by_point: &[f64]) -> Vec<f64> {
    sweep.folder.plan.policies().points(policy).iter().map(|&point| by_point[point]).collect()
}

/// Notes for programs which policy a value is of, if there are any.
pub fn note_policy(sweep: &Sweep<'_>, policy: usize, value: &mut Value) {
    if let Some(name) = sweep.folder.plan.policies().name(policy) {
        value["policy"] = name.into();
    }
}

/// What casts doubt on an outcome, with the policy if there are any.
pub fn doubt_of(sweep: &Sweep<'_>, outcome: usize, policy: usize, doubt: &str) -> String {
    let outcome = sweep.responses.outcomes[outcome].name.as_str();
    match sweep.folder.plan.policies().name(policy) {
        None => format!("{outcome}: {doubt}."),
        Some(name) => format!("{outcome} with {name}: {doubt}."),
    }
}

/// How many values of an outcome are missing over points, in words; empty if none.
pub fn missing(points: &[f64]) -> String {
    match points.iter().filter(|value| value.is_nan()).count() {
        0 => String::new(),
        missing => format!(
            "  {} of {} points have no value and are left out.\n",
            count(missing as u64),
            count(points.len() as u64)
        ),
    }
}
