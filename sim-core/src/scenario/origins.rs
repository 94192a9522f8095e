//! Where each value of a scenario came from.

use super::advice::Advice;
use super::error::InputError;
use super::excerpt::Excerpt;
use super::hostile::shown;
use super::issue::Issue;
use super::lines::Lines;
use std::collections::BTreeMap;

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file as it was asked for, or `--set`.
    pub file: String,
    /// Line, from 1; for `--set` the number of the override.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The value as written.
    pub text: String,
    /// Its line.
    pub excerpt: Option<Excerpt>,
}

/// The origins of all values that are not defaults, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(BTreeMap<String, Origin>);

impl Origins {
    /// Where the value at a path was written; nothing if it is the default.
    pub fn of(&self, path: &str) -> Option<&Origin> {
        self.0.get(path)
    }

    /// All paths that were written, with their origins.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Origin)> {
        self.0.iter().map(|(path, origin)| (path.as_str(), origin))
    }

    /// Notes where the value at a path was written, in place of any earlier note.
    pub(super) fn note(&mut self, path: &str, origin: Origin) {
        self.0.insert(path.to_owned(), origin);
    }

    /// Gives the note of a path the number of an override as its line.
    pub(super) fn renumber(&mut self, path: &str, file: &str, number: u32) {
        if let Some(origin) = self.0.get_mut(path).filter(|origin| origin.file == file) {
            origin.line = number;
        }
    }

    /// A fault of the value at a path, for checks that need more than the scenario: places, memory, files.
    pub fn fault(&self, path: &str, message: impl Into<Issue>, suggestion: impl Into<Advice>) -> InputError {
        let origin = self.of(path);
        InputError {
            file: origin.map_or_else(|| "default".to_owned(), |origin| origin.file.clone()),
            line: origin.map_or(0, |origin| origin.line),
            column: origin.map_or(0, |origin| origin.column),
            path: path.to_owned(),
            value: origin.map_or_else(String::new, |origin| shown(&origin.text)),
            message: message.into(),
            suggestion: suggestion.into(),
            excerpt: origin.and_then(|origin| origin.excerpt.clone()),
        }
    }

    /// The same for a part of the value, at the place where that stands.
    pub(crate) fn fault_within(
        &self,
        path: &str,
        part: &str,
        message: impl Into<Issue>,
        suggestion: impl Into<Advice>,
    ) -> InputError {
        let mut fault = self.fault(path, message, suggestion);
        let found = self.of(path).and_then(|origin| {
            let quoted = origin.text.find(&format!("\"{part}\""));
            Some((origin, quoted.or_else(|| origin.text.find(part))?))
        });
        if let Some((origin, at)) = found {
            let (line, column) = Lines::of(&origin.text).place(at);
            fault.line = origin.line + line - 1;
            fault.column = if line == 1 { origin.column + column - 1 } else { column };
            fault.value = shown(part);
            fault.excerpt = fault.excerpt.filter(|_| line == 1).map(|excerpt| excerpt.meaning(&shown(part)));
        }
        fault
    }
}
