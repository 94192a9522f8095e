//! What is wrong with a scenario: where, what was written, what was expected, what to do.

use super::advice::Advice;
use super::excerpt::Excerpt;
use super::issue::Issue;
use crate::base::{Language, Localised, Speaker};
use std::fmt;

/// One fault of a scenario.
///
/// `file` and `line` are where the user can fix it: a scenario file, or `--set` with the number of the
/// override as line. All texts are safe to print: no control characters, nothing invisible, of bounded
/// length.
#[derive(Clone, Debug, PartialEq)]
pub struct InputError {
    /// The file as it was asked for, or `--set`.
    pub file: String,
    /// Line, from 1; 0 if the fault is of the file as a whole.
    pub line: u32,
    /// Column in characters, from 1; 0 if the fault is of the file as a whole.
    pub column: u32,
    /// The field, as in `household.elasticity`; empty if the fault is of none.
    pub path: String,
    /// The value as written, at most 60 characters of it; empty if there is none.
    pub value: String,
    /// What is wrong and what was expected.
    pub message: Issue,
    /// What to do about it.
    pub suggestion: Advice,
    /// The line as written, where there is one to show.
    pub excerpt: Option<Excerpt>,
}

/// A fault of a file as a whole.
pub fn whole_file(file: &str, message: impl Into<Issue>, suggestion: impl Into<Advice>) -> InputError {
    InputError {
        file: file.to_owned(),
        line: 0,
        column: 0,
        path: String::new(),
        value: String::new(),
        message: message.into(),
        suggestion: suggestion.into(),
        excerpt: None,
    }
}

/// In one line: where it is, and what is wrong.
impl Localised for InputError {
    fn localised(&self, speaker: Speaker) -> String {
        let mut text = self.file.clone();
        if self.line > 0 {
            text += &format!(":{}:{}", self.line, self.column);
        }
        if !self.path.is_empty() {
            text += &format!(": {}", self.path);
        }
        format!("{text}: {}", self.message.localised(speaker))
    }

    fn sample() -> InputError {
        whole_file("x.ron", Issue::NoValue, Advice::Nothing)
    }
}

impl InputError {
    /// The same, and what helps on a line of its own.
    fn with_help(&self, speaker: Speaker) -> String {
        let text = self.localised(speaker);
        let help = match speaker.language {
            _ if self.suggestion.is_nothing() => return text,
            Language::English => "help: ",
            Language::Chinese => "提示：",
        };
        format!("{text}\n  {help}{}", self.suggestion.localised(speaker))
    }
}

/// In English.
impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with_help(Speaker::ENGLISH))
    }
}

/// All faults of a scenario, at least one, in the order of the files and lines.
#[derive(Clone, Debug, PartialEq)]
pub struct InputErrors(pub Vec<InputError>);

/// One after the other, each with what helps on a line of its own.
impl Localised for InputErrors {
    fn localised(&self, speaker: Speaker) -> String {
        self.0.iter().map(|fault| fault.with_help(speaker)).collect::<Vec<_>>().join("\n")
    }

    fn sample() -> InputErrors {
        InputErrors(vec![InputError::sample()])
    }
}

/// In English.
impl fmt::Display for InputErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.localised(Speaker::ENGLISH))
    }
}

impl std::error::Error for InputErrors {}

impl From<InputError> for InputErrors {
    fn from(fault: InputError) -> InputErrors {
        InputErrors(vec![fault])
    }
}
