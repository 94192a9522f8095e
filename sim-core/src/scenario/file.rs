//! A scenario file as written: its bytes made into text, and its fields into a list of paths and values.

use super::error::Fault;
use super::fields::{names_in, section_of, sections};
use super::file_faults::FileFaults;
use super::hostile::{escaped, shown, unwelcome};
use super::leaf::{Problem, mismatch};
use super::lines::Lines;
use super::node::{Field, Kind, Node};
use super::suggest::{did_you_mean, nearest};
use std::collections::BTreeMap;

/// The largest scenario file \[bytes\].
pub(super) const LARGEST: usize = 1 << 20;

/// A fault of a file as a whole.
pub fn whole_file(file: &str, message: impl Into<String>, suggestion: &str) -> Fault {
    Fault {
        file: file.to_owned(),
        line: 0,
        column: 0,
        path: String::new(),
        value: String::new(),
        message: escaped(&message.into()),
        suggestion: suggestion.to_owned(),
    }
}

/// The text of a file's bytes.
///
/// # Errors
/// If they are too many, none, or no UTF-8 text.
pub fn decoded<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Fault>> {
    let save = "save it as UTF-8";
    let whole = |message: &str, suggestion: &str| Err(Box::new(whole_file(file, message, suggestion)));
    match bytes {
        _ if bytes.len() > LARGEST => whole("the file is longer than 1 MiB", "is it a scenario?"),
        [0xEF, 0xBB, 0xBF, ..] => whole(
            "the file begins with a byte-order mark, an invisible character",
            "save it as UTF-8 without byte-order mark (BOM)",
        ),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => whole("the file is written in UTF-16: expected UTF-8", save),
        _ if bytes.iter().all(u8::is_ascii_whitespace) => {
            whole("the file is empty: expected a scenario in `(` and `)`", "")
        }
        _ if bytes.contains(&0) => whole("the file is binary: expected text", "is it a scenario?"),
        _ => std::str::from_utf8(bytes).map_err(|fault| Box::new(not_text(file, bytes, fault.valid_up_to()))),
    }
}

fn not_text(file: &str, bytes: &[u8], at: usize) -> Fault {
    let before = bytes.get(..at).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
    let (line, column) = Lines::of(before).place(at);
    let byte = bytes.get(at).copied().unwrap_or(0);
    Fault {
        line,
        column,
        ..whole_file(
            file,
            format!("byte 0x{byte:02X} is not UTF-8 text"),
            "save it as UTF-8; GBK is not read",
        )
    }
}

/// Reports characters that may not stand in a scenario, raw.
pub fn refuse_unwelcome(text: &str, report: &mut FileFaults<'_>) {
    for (at, character) in text.char_indices() {
        if let Some(kind) = unwelcome(character) {
            let code = u32::from(character);
            let message = format!("{kind} (U+{code:04X}) may not stand in a scenario");
            let problem = Problem {
                at,
                value: shown(&character.to_string()),
                message,
                suggestion: "delete it".to_owned(),
                also: Vec::new(),
            };
            report.add("", problem);
        }
    }
}

/// The values of a file by path, `base` among them; fields that cannot be are reported.
pub fn values<'n, 't>(root: &'n Node<'t>, report: &mut FileFaults<'_>) -> Vec<(String, &'n Node<'t>)> {
    let mut values = Vec::new();
    match &root.kind {
        Kind::Fields(fields) => section("", fields, &mut values, report),
        Kind::Broken => report.is_whole = false,
        Kind::Call(word, _) => {
            report.is_whole = false;
            let problem = Problem::of(root, "expected `(`, found a word before it");
            report.add("", problem.advise(format!("delete `{word}`")));
        }
        _ => {
            report.is_whole = false;
            report.add("", mismatch(root, "fields in parentheses like (name: \"…\")"));
        }
    }
    values
}

fn section<'n, 't>(
    name: &str,
    fields: &'n [Field<'t>],
    values: &mut Vec<(String, &'n Node<'t>)>,
    report: &mut FileFaults<'_>,
) {
    let known = names_in(name);
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for field in fields {
        let path = if name.is_empty() { field.name.to_owned() } else { format!("{name}.{}", field.name) };
        if !known.contains(&field.name) {
            report.add_with(&path, || unknown(name, field, &known));
            continue;
        }
        if let Some(&at) = first.get(field.name) {
            let (line, _) = report.place(at);
            report.add(&path, at_name(field, format!("the field is given twice, first in line {line}")));
            continue;
        }
        first.insert(field.name, field.at);
        match &field.value.kind {
            _ if !name.is_empty() || !sections().any(|section| section == field.name) => {
                values.push((path, &field.value));
            }
            Kind::Fields(inner) => section(field.name, inner, values, report),
            _ if field.value.is_broken() => {}
            _ => report.add(&path, not_a_section(field)),
        }
    }
}

fn not_a_section(field: &Field<'_>) -> Problem {
    let example = names_in(field.name).first().copied().unwrap_or_default();
    mismatch(&field.value, &format!("fields in parentheses like ({example}: …)"))
}

fn at_name(field: &Field<'_>, message: impl Into<String>) -> Problem {
    let mut problem = Problem::of(&field.value, message);
    problem.at = field.at;
    problem
}

fn unknown(section: &str, field: &Field<'_>, known: &[&'static str]) -> Problem {
    let problem = at_name(field, "there is no such field");
    let suggestion = match field.name.split_once('.') {
        Some((group, rest)) if section.is_empty() => {
            format!("write `{}: ({}: …)`", shown(group), shown(rest))
        }
        _ => elsewhere(section, field.name, known),
    };
    problem.advise(suggestion)
}

/// A field of the same section that is spelt alike, or the section that has a field of this name.
fn elsewhere(section: &str, name: &str, known: &[&'static str]) -> String {
    if let Some(near) = nearest(name, known.iter().copied()) {
        return did_you_mean(Some(near));
    }
    match section_of(name) {
        Some(other) if other != section => format!("did you mean `{other}: ({name}: …)`?"),
        _ if section.is_empty() || known.len() > 8 => String::new(),
        _ => format!("the fields here are {}", known.join(", ")),
    }
}
