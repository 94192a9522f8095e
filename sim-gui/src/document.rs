//! A plan as something to send: a code of letters and digits, or a plan file. Both hold all of it, so that it
//! is the same plan on any machine: scenario and table of the user's own, changes, branch; and the version
//! that made it, because another version may have other results.

use crate::plan::{Own, Plan, own};
use crate::reason::Reason;
use crate::text::Say;
use serde::{Deserialize, Serialize};
use sim_core::base::Localised;
use sim_core::scenario::{InputErrors, Scenario, shown};
use std::path::Path;
use std::sync::Arc;

/// How the name of a plan file ends.
pub const ENDING: &str = "plan";

/// The form that is written; a greater one is of a later version.
const FORMAT: u32 = 2;

/// How a code begins, and how it began before it held the version.
const CODE: &str = "countryside2-";
const OLD_CODE: &str = "countryside-";

/// A code of more letters is sent by no mail and no chat \[letters\].
const LONGEST_CODE: usize = 60_000;

/// Longest text of a plan that is read \[bytes\]: some tables of counties.
const LONGEST: usize = 64 << 20;

/// A plan with all that it needs.
#[derive(Serialize, Deserialize)]
struct Document {
    format: u32,
    /// The results of the version that wrote it, see [`results`].
    results: String,
    plan: Plan,
    own: Option<Own>,
}

/// Only what says whether the rest can be read.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// A plan that somebody sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// The plan.
    pub plan: Plan,
    /// The results of the version that wrote it; unknown of the oldest codes.
    pub results: Option<String>,
}

/// Why there is no plan to be had.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// It is no code and no plan file.
    Nothing,
    /// It begins as one, and the rest cannot be read: why.
    Damaged(Reason),
    /// It was made by a later version, with this form.
    Later(u32),
    /// It names a file of the machine that it was made on.
    File(String),
    /// It is too long for a code, which has so many letters.
    TooLong(usize),
}

impl Refusal {
    /// In words.
    pub fn text(&self, say: Say) -> String {
        match self {
            Refusal::Nothing => say.of("document.nothing").to_owned(),
            Refusal::Damaged(reason) => say.with("document.damaged", &[&reason.localised(say.speaker())]),
            Refusal::Later(_) => say.of("document.later").to_owned(),
            Refusal::File(name) => say.with("document.file", &[name]),
            Refusal::TooLong(letters) => {
                say.with("document.too_long", &[&crate::number::grouped(*letters as i64)])
            }
        }
    }
}

impl Received {
    /// That its figures may be others here, in words; nothing if they are the same.
    pub fn warning(&self, say: Say) -> Option<String> {
        match &self.results {
            Some(made) if *made == results() => None,
            Some(made) => Some(say.with("document.other_results", &[made, &results()])),
            None => Some(say.with("document.unknown_results", &[&results()])),
        }
    }
}

/// The program's version, and a digest of the fingerprints that it must reproduce: versions of which both are
/// equal give the same results.
pub fn results() -> String {
    let known = include_bytes!("../../tests/golden/selftest.ron");
    let digest = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(known));
    format!("{}+{}", env!("CARGO_PKG_VERSION"), &digest[..8])
}

/// The plan as it can leave this machine: a scenario of the user's own by its name alone.
fn document(plan: &Plan) -> Result<Document, Refusal> {
    let mut plan = plan.clone();
    if plan.own.is_none() && !own::is_builtin(&plan.base) {
        return Err(Refusal::File(plan.base));
    }
    if plan.own.is_some() {
        plan.base = plan.stem();
    }
    let own = plan.own.take().map(|own| Own::clone(&own));
    Ok(Document { format: FORMAT, results: results(), plan, own })
}

/// The plan of a document.
fn received(text: &str) -> Result<Received, Refusal> {
    let damaged = |reason: String| Refusal::Damaged(reason.into());
    let head: Head = ron::from_str(text).map_err(|reason| damaged(reason.to_string()))?;
    if head.format > FORMAT {
        return Err(Refusal::Later(head.format));
    }
    let document: Document = ron::from_str(text).map_err(|reason| damaged(reason.to_string()))?;
    let mut plan = document.plan;
    plan.own = document.own.map(Arc::new);
    if plan.own.is_none() && !own::is_builtin(&plan.base) {
        return Err(Refusal::File(plan.base));
    }
    Ok(Received { plan, results: Some(document.results) })
}

/// The plan as a code: letters and digits, and a line in between.
///
/// # Errors
/// If it is too long for one, or names a file that is not there.
pub fn code(plan: &Plan) -> Result<String, Refusal> {
    let text =
        ron::to_string(&document(plan)?).map_err(|reason| Refusal::Damaged(reason.to_string().into()))?;
    let code =
        format!("{CODE}{}", own::to_hex(&miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), 9)));
    match code.len() {
        letters if letters > LONGEST_CODE => Err(Refusal::TooLong(letters)),
        _ => Ok(code),
    }
}

/// The plan of a code. Blanks and line ends in it, as mails put there, do not matter.
///
/// # Errors
/// Why there is none.
pub fn of_code(code: &str) -> Result<Received, Refusal> {
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let bytes = |digits| own::of_hex(digits).ok_or(Refusal::Damaged(Reason::LetterIsWrong));
    if let Some(digits) = code.strip_prefix(CODE) {
        let text = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&bytes(digits)?, LONGEST);
        let text = text.map_err(|_| Refusal::Damaged(Reason::EndIsMissing))?;
        return received(&String::from_utf8_lossy(&text));
    }
    let digits = code.strip_prefix(OLD_CODE).ok_or(Refusal::Nothing)?;
    let text = bytes(digits)?;
    let plan: Plan = ron::from_str(&String::from_utf8_lossy(&text))
        .map_err(|reason| Refusal::Damaged(reason.to_string().into()))?;
    match own::is_builtin(&plan.base) {
        true => Ok(Received { plan, results: None }),
        false => Err(Refusal::File(plan.base)),
    }
}

/// The plan as a file of the window.
///
/// # Errors
/// If it names a file that is not there.
pub fn file(plan: &Plan) -> Result<String, Refusal> {
    let form = ron::ser::PrettyConfig::default();
    let text = ron::ser::to_string_pretty(&document(plan)?, form);
    let text = text.map_err(|reason| Refusal::Damaged(reason.to_string().into()))?;
    Ok(format!("// A plan of the Countryside window: open it there.\n{text}\n"))
}

/// The plan of a file of the window.
///
/// # Errors
/// Why there is none.
pub fn of_file(text: &str) -> Result<Received, Refusal> {
    received(text)
}

/// The plan as a scenario file, which gives the same results, with what the window changed on top for people;
/// and its table of counties, which must lie beside it under the name that is given. What changes from a
/// branch on is not in it.
///
/// # Errors
/// The faults that keep the plan from running.
pub fn scenario(plan: &Plan, table: Option<&str>) -> Result<(String, Option<Vec<u8>>), InputErrors> {
    let prepared = plan.prepare()?;
    let mut text = format!("// Made in the window from {}.\n", shown(&plan.stem()));
    for edit in plan.edits.iter().filter(|edit| !edit.is_later) {
        text.push_str(&format!("// {} = {}\n", edit.path, edit.value.replace('\n', " ")));
    }
    let mut scenario = Scenario::clone(&prepared.scenario);
    let bytes = prepared.table.as_deref().filter(|_| table.is_some());
    if bytes.is_some() {
        scenario.places.table = table.map(str::to_owned);
    }
    Ok((text + &scenario.resolved_text(), bytes.cloned()))
}

/// Whether a path is that of a plan file.
pub fn is_plan_file(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == ENDING)
}

#[cfg(test)]
mod tests;
