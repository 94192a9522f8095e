//! Faults of tables: their place, what stands there, what was expected.

use std::fmt;

/// One fault of a table, with what is needed to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFault {
    /// The file's name as the caller gave it.
    pub file: String,
    /// The line of the file, from 1 (0: the file as a whole).
    pub line: u64,
    /// The column's name; empty when the whole row or file is at fault.
    pub column: String,
    /// What stands there, escaped and cut to 60 characters.
    pub value: String,
    /// What was expected.
    pub expected: String,
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", shown(&self.file), self.line)?;
        if !self.column.is_empty() {
            write!(f, "{} is `{}`; ", self.column, self.value)?;
        }
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for TableFault {}

/// Faults listed before the rest is only counted: a hostile file must not fill the memory with complaints.
pub(super) const MOST_FAULTS: usize = 200;

/// The faults of one file so far.
pub(super) struct Faults {
    file: String,
    list: Vec<TableFault>,
    unlisted: u64,
}

impl Faults {
    pub(super) fn new(file: &str) -> Faults {
        Faults { file: file.to_owned(), list: Vec::new(), unlisted: 0 }
    }

    pub(super) fn add(&mut self, line: u64, column: &str, value: &str, expected: impl Into<String>) {
        if self.list.len() >= MOST_FAULTS {
            self.unlisted += 1;
            return;
        }
        self.list.push(TableFault {
            file: self.file.clone(),
            line,
            column: column.to_owned(),
            value: shown(value),
            expected: expected.into(),
        });
    }

    pub(super) fn any(&self) -> bool {
        !self.list.is_empty()
    }

    /// The list, closed by a count of what it leaves out.
    pub(super) fn finish(mut self) -> Vec<TableFault> {
        if self.unlisted > 0 {
            self.list.push(TableFault {
                file: self.file,
                line: 0,
                column: String::new(),
                value: String::new(),
                expected: format!("the faults above mended first: {} more are not listed", self.unlisted),
            });
        }
        self.list
    }
}

/// A text fit to be shown: control and direction characters escaped, cut to 60 characters.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == 60 {
            out.push('…');
            break;
        }
        if is_hostile(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a character could deceive a reader or a terminal: controls, zero-width, direction overrides.
pub(super) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' |
            '\u{E0000}'..='\u{E007F}')
}
