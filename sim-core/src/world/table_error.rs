//! Faults of tables: their place, what stands there, what was expected.

use crate::base::Wanted;
use crate::base::harmless::{shown, unwelcome};
use std::fmt;

/// One fault of a table, with what is needed to fix it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceTableError {
    /// The file's name as the caller gave it.
    pub file: String,
    /// The line of the file, from 1 (0: the file as a whole).
    pub line: u64,
    /// The column's name; empty when the whole row or file is at fault.
    pub column: String,
    /// What stands there, escaped and cut to 60 characters.
    pub value: String,
    /// What was expected.
    pub expected: Wanted,
}

impl fmt::Display for PlaceTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", shown(&self.file), self.line)?;
        if !self.column.is_empty() {
            write!(f, "{} is `{}`; ", self.column, self.value)?;
        }
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for PlaceTableError {}

/// Faults listed before the rest is only counted: a hostile file must not fill the memory with complaints.
pub(super) const MOST_FAULTS: usize = 200;

/// The faults of one file so far.
pub(super) struct TableFaults {
    file: String,
    list: Vec<PlaceTableError>,
    unlisted: u64,
}

impl TableFaults {
    pub(super) fn new(file: &str) -> TableFaults {
        TableFaults { file: file.to_owned(), list: Vec::new(), unlisted: 0 }
    }

    pub(super) fn add(&mut self, line: u64, column: &str, value: &str, expected: Wanted) {
        if self.list.len() >= MOST_FAULTS {
            self.unlisted += 1;
            return;
        }
        self.list.push(PlaceTableError {
            file: self.file.clone(),
            line,
            column: column.to_owned(),
            value: shown(value),
            expected,
        });
    }

    pub(super) fn any(&self) -> bool {
        !self.list.is_empty()
    }

    /// The list, closed by a count of what it leaves out.
    pub(super) fn finish(mut self) -> Vec<PlaceTableError> {
        if self.unlisted > 0 {
            self.list.push(PlaceTableError {
                file: self.file,
                line: 0,
                column: String::new(),
                value: String::new(),
                expected: Wanted::MendedFirst { unlisted: self.unlisted },
            });
        }
        self.list
    }
}

/// Whether a character could deceive a reader or a terminal, or breaks a line.
pub(super) fn is_hostile(c: char) -> bool {
    c.is_control() || unwelcome(c).is_some()
}
