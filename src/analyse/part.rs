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
