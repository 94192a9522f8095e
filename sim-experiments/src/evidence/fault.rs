//! What is wrong with a file of figures, targets or plans: where, what was written, what was expected, what
//! to do. All faults of a file are told at once.

use ron::error::{Error, SpannedError};
use sim_core::scenario::reading::nearest;
use sim_core::scenario::shown;
use std::fmt;

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFault {
    /// The file, as the user named it.
    pub file: String,
    /// The line, from 1; 0 if the fault is of the file as a whole.
    pub line: usize,
    /// The field, with what it belongs to: `taobao_villages_2014.accept`.
    pub field: String,
    /// The value as written; empty if there is none.
    pub value: String,
    /// What was expected instead.
    pub expected: String,
    /// What to do about it; empty if that is plain.
    pub suggestion: String,
}

/// All faults, in the order of files and lines. Displayed one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceFaults(pub Vec<EvidenceFault>);

impl fmt::Display for EvidenceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.field.is_empty() {
            write!(f, ": {}", shown(&self.field))?;
        }
        if !self.value.is_empty() {
            write!(f, ": `{}`", shown(&self.value))?;
        }
        write!(f, ": expected {}", self.expected)?;
        if self.suggestion.is_empty() { Ok(()) } else { write!(f, "\n  help: {}", self.suggestion) }
    }
}

impl fmt::Display for EvidenceFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&texts.join("\n"))
    }
}

/// A file of RON as text, which finds the lines of its fields.
#[derive(Clone, Copy, Debug)]
pub struct EvidenceFile<'a> {
    /// Its name for the user.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl EvidenceFile<'_> {
    /// The line of a field of the part that has this name (`name: "..."` or `path: "..."`): that of the name
    /// if the field is not written, 0 if there is no such name.
    pub fn line(&self, owner: &str, field: &str) -> usize {
        self.line_of(owner, 0, field)
    }

    /// As [`line`](Self::line), of the part of that name after so many others of it.
    pub fn line_of(&self, owner: &str, before: usize, field: &str) -> usize {
        let quoted = format!("\"{owner}\"");
        let is_name = |at: &usize| {
            let head = self.text[..*at].trim_end();
            head.ends_with("name:") || head.ends_with("path:")
        };
        let places = self.text.match_indices(&quoted).map(|(at, _)| at);
        let Some(start) = places.filter(is_name).nth(before) else { return 0 };
        let body = &self.text[start..];
        let end = body.find(" name:").or_else(|| body.find("(name:")).unwrap_or(body.len());
        let found = body[..end].find(&format!("{field}:")).unwrap_or(0);
        1 + self.text[..start + found].matches('\n').count()
    }

    /// A fault of a field of a named part.
    pub fn fault(&self, owner: &str, field: &str, value: &str, expected: impl Into<String>) -> EvidenceFault {
        EvidenceFault {
            file: self.name.to_owned(),
            line: self.line(owner, field),
            field: if field.is_empty() { owner.to_owned() } else { format!("{owner}.{field}") },
            value: value.to_owned(),
            expected: expected.into(),
            suggestion: String::new(),
        }
    }

    /// What keeps the text from being read at all.
    pub fn unreadable(&self, error: &SpannedError) -> EvidenceFaults {
        let plain = |expected: String| (String::new(), expected, String::new());
        let (value, expected, suggestion) = match &error.code {
            Error::NoSuchStructField { expected, found, .. }
            | Error::NoSuchEnumVariant { expected, found, .. } => {
                (found.clone(), format!("one of {}", expected.join(", ")), meant(found, expected))
            }
            Error::MissingStructField { field, .. } => {
                plain(format!("the field `{field}`, which is missing"))
            }
            other => plain(format!("RON as in data/facts ({other})")),
        };
        EvidenceFaults(vec![EvidenceFault {
            file: self.name.to_owned(),
            line: error.span.start.line,
            field: String::new(),
            value,
            expected,
            suggestion,
        }])
    }
}

impl EvidenceFault {
    /// The same, with the nearest of the names that could have been meant.
    #[must_use]
    pub fn meaning<'n>(mut self, known: impl IntoIterator<Item = &'n str>) -> EvidenceFault {
        let known: Vec<&str> = known.into_iter().collect();
        self.suggestion = meant(&self.value, &known);
        self
    }

    /// The same, with what helps.
    #[must_use]
    pub fn help(mut self, suggestion: impl Into<String>) -> EvidenceFault {
        self.suggestion = suggestion.into();
        self
    }
}

/// The nearest name as a question; all of them if they are few and none is near.
fn meant(written: &str, known: &[&str]) -> String {
    const FEW: usize = 12;
    match nearest(written, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None if !known.is_empty() && known.len() <= FEW => format!("there are {}", known.join(", ")),
        None => String::new(),
    }
}
