//! What is wrong with a scenario: where, what was written, what was expected, what to do.

use super::advice::Advice;
use super::excerpt::Excerpt;
use super::issue::Issue;
use std::fmt;

/// One fault of a scenario.
///
/// `file` and `line` are where the user can mend it: a scenario file, or `--set` with the number of the
/// override as line. All texts are safe to print: no control characters, nothing invisible, of bounded
/// length.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
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
pub fn whole_file(file: &str, message: impl Into<Issue>, suggestion: impl Into<Advice>) -> Fault {
    Fault {
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

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        if !self.path.is_empty() {
            write!(f, ": {}", self.path)?;
        }
        write!(f, ": {}", self.message)?;
        if !self.suggestion.is_nothing() {
            write!(f, "\n  help: {}", self.suggestion)?;
        }
        Ok(())
    }
}

/// All faults of a scenario, at least one, in the order of the files and lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Faults {
        Faults(vec![fault])
    }
}
