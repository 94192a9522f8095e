//! A scenario file as written: its bytes made into text, and its fields into a list of paths and values.

use super::advice::Advice;
use super::error::{InputError, whole_file};
use super::fields::{names_in, renamed, section_of, sections};
use super::file_errors::FileErrors;
use super::group::{Names, known, no_fields};
use super::issue::{Expected, Issue};
use super::leaf::{ValueError, mismatch};
use super::lines::Lines;
use super::node::{Field, Kind, Node};
use crate::base::harmless::{shown, unwelcome};

/// The largest scenario file \[bytes\].
pub(super) const LARGEST: usize = 1 << 20;

/// The text of a file's bytes.
///
/// # Errors
/// If they are too many, none, or no UTF-8 text.
pub fn decoded<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Box<InputError>> {
    let whole = |message: Issue, suggestion: Advice| Err(Box::new(whole_file(file, message, suggestion)));
    match bytes {
        _ if bytes.len() > LARGEST => whole(Issue::FileTooLong, Advice::IsItAScenario),
        [0xEF, 0xBB, 0xBF, ..] => whole(Issue::ByteOrderMark, Advice::SaveWithoutMark),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => whole(Issue::Utf16, Advice::SaveUtf8),
        _ if bytes.iter().all(u8::is_ascii_whitespace) => whole(Issue::FileIsEmpty, Advice::Nothing),
        _ if bytes.contains(&0) => whole(Issue::FileIsBinary, Advice::IsItAScenario),
        _ => std::str::from_utf8(bytes).map_err(|fault| Box::new(not_text(file, bytes, fault.valid_up_to()))),
    }
}

fn not_text(file: &str, bytes: &[u8], at: usize) -> InputError {
    let before = bytes.get(..at).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
    let (line, column) = Lines::of(before).place(at);
    let byte = bytes.get(at).copied().unwrap_or(0);
    InputError {
        line,
        column,
        ..whole_file(file, Issue::NotUtf8 { byte: format!("{byte:02X}") }, Advice::SaveNotGbk)
    }
}

/// Reports characters that may not stand in a scenario, raw.
pub fn refuse_unwelcome(text: &str, report: &mut FileErrors<'_>) {
    for (at, character) in text.char_indices() {
        if let Some(kind) = unwelcome(character) {
            let code = format!("{:04X}", u32::from(character));
            let problem = ValueError {
                at,
                value: shown(&character.to_string()),
                ..ValueError::nothing(Issue::Unwelcome { kind, code }).advise(Advice::DeleteIt)
            };
            report.add("", problem);
        }
    }
}

/// The values of a file by path, `base` among them; fields that cannot be are reported.
pub fn values<'n, 't>(root: &'n Node<'t>, report: &mut FileErrors<'_>) -> Vec<(String, &'n Node<'t>)> {
    let mut values = Vec::new();
    match &root.kind {
        Kind::Fields(fields) => section("", fields, &mut values, report),
        Kind::Broken => report.is_whole = false,
        Kind::Call(word, _) => {
            report.is_whole = false;
            let problem = ValueError::of(root, Issue::WordBefore);
            report.add("", problem.advise(Advice::Delete { word: (*word).to_owned() }));
        }
        _ => {
            report.is_whole = false;
            report.add("", mismatch(root, Expected::Scenario));
        }
    }
    values
}

/// The names of a section, or of the top if it is empty.
struct Section<'s>(&'s str);

impl Names for Section<'_> {
    fn all(&self) -> Vec<&'static str> {
        names_in(self.0)
    }

    fn renamed(&self, old: &str) -> Option<&'static str> {
        let path = if self.0.is_empty() { old.to_owned() } else { format!("{}.{old}", self.0) };
        renamed(&path)
    }

    /// The section that has a field of this name, or the fields here if they are few.
    fn elsewhere(&self, name: &str) -> Advice {
        match section_of(name) {
            Some(other) if other != self.0 => Advice::DidYouMean { name: format!("{other}: ({name}: …)") },
            _ => match self.all() {
                known if self.0.is_empty() || known.len() > 8 => Advice::Nothing,
                known => Advice::FieldsHere { known: known.into_iter().map(str::to_owned).collect() },
            },
        }
    }
}

fn section<'n, 't>(
    name: &str,
    fields: &'n [Field<'t>],
    values: &mut Vec<(String, &'n Node<'t>)>,
    report: &mut FileErrors<'_>,
) {
    for field in known(name, fields, &Section(name), report) {
        let path = if name.is_empty() { field.name.to_owned() } else { format!("{name}.{}", field.name) };
        match &field.value.kind {
            _ if !name.is_empty() || !sections().any(|section| section == field.name) => {
                values.push((path, &field.value));
            }
            Kind::Fields(inner) => section(field.name, inner, values, report),
            _ if field.value.is_broken() => {}
            _ => {
                let example = names_in(field.name).first().copied().unwrap_or_default();
                report.add(&path, no_fields(&field.value, example));
            }
        }
    }
}
