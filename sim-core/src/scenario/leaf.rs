//! Readers of single values: what was expected, what was found, what to write instead.

use super::cursor::SyntaxFault;
use super::fields::FieldInfo;
use super::hostile::{escaped, shown};
use super::node::{Kind, Node};
use super::suggest::{did_you_mean, nearest};
use crate::base::Date;
use crate::params::ValueKind;

/// What is wrong with a value.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Offset in the text that was scanned.
    pub at: usize,
    /// The value as written.
    pub value: String,
    /// What is wrong and what was expected.
    pub message: String,
    /// What to do.
    pub suggestion: String,
    /// Further problems of the same value.
    pub also: Vec<Problem>,
}

impl Problem {
    /// A problem with a node.
    pub fn of(node: &Node<'_>, message: impl Into<String>) -> Problem {
        Problem {
            at: node.at,
            value: shown(node.text),
            message: escaped(&message.into()),
            suggestion: String::new(),
            also: Vec::new(),
        }
    }

    /// A problem with a text that holds nothing.
    pub fn nothing(message: &str) -> Problem {
        Problem {
            at: 0,
            value: String::new(),
            message: message.to_owned(),
            suggestion: String::new(),
            also: Vec::new(),
        }
    }

    /// The same so many bytes further on.
    #[must_use]
    pub fn moved(mut self, shift: usize) -> Problem {
        self.at += shift;
        self.also = self.also.into_iter().map(|problem| problem.moved(shift)).collect();
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn advise(mut self, suggestion: impl Into<String>) -> Problem {
        self.suggestion = escaped(&suggestion.into());
        self
    }
}

impl From<SyntaxFault> for Problem {
    fn from(fault: SyntaxFault) -> Problem {
        Problem {
            at: fault.at,
            value: String::new(),
            message: escaped(&fault.message),
            suggestion: escaped(&fault.suggestion),
            also: Vec::new(),
        }
    }
}

/// All the values, or all the problems at once.
pub fn all<T>(values: impl Iterator<Item = Result<T, Problem>>) -> Result<Vec<T>, Problem> {
    let (mut sound, mut first) = (Vec::new(), None::<Problem>);
    for value in values {
        match (value, &mut first) {
            (Ok(value), _) => sound.push(value),
            (Err(problem), None) => first = Some(problem),
            (Err(problem), Some(first)) => first.also.push(problem),
        }
    }
    first.map_or(Ok(sound), Err)
}

/// A value of another sort than expected, with what would make it right where that is plain.
pub fn mismatch(node: &Node<'_>, expected: &str) -> Problem {
    let found = match &node.kind {
        Kind::Number | Kind::Word => format!("`{}`", shown(node.text)),
        _ => node.describe().to_owned(),
    };
    let quoted =
        expected.starts_with("a text") || expected.starts_with("a date") || expected.starts_with("the path");
    let advice = match &node.kind {
        Kind::Text(_) if expected.contains("number") => "write it without quotes".to_owned(),
        Kind::Text(_) if expected.starts_with("one of") || expected.starts_with("true") => {
            "write it without quotes".to_owned()
        }
        Kind::Word | Kind::Number if quoted => format!("write it in quotes: \"{}\"", shown(node.text)),
        Kind::Letter if quoted => "texts stand in `\"`, not in `'`".to_owned(),
        Kind::Call("Some", _) => "write the value without `Some`".to_owned(),
        _ => String::new(),
    };
    Problem::of(node, format!("expected {expected}, found {found}")).advise(advice)
}

/// Reads a text.
pub fn text(node: &Node<'_>, expected: &str) -> Result<String, Problem> {
    match &node.kind {
        Kind::Text(content) => Ok(content.clone()),
        _ => Err(mismatch(node, expected)),
    }
}

/// Reads a date from 2000 to the end of a year.
pub fn date(node: &Node<'_>, last_year: i16) -> Result<Date, Problem> {
    let content = text(node, &ValueKind::Date.to_string())?;
    let day = content.parse::<Date>().ok().filter(|date| date.year() <= last_year);
    day.ok_or_else(|| {
        let message = format!("`{}` is no day from 2000-01-01 to {last_year}-12-31", shown(&content));
        Problem::of(node, message).advise("write year, month and day like \"2014-10-13\"")
    })
}

/// Reads one of some words.
pub fn choice<T: Copy>(node: &Node<'_>, choices: &[(&'static str, T)]) -> Result<T, Problem> {
    let chosen = choices.iter().find(|(name, _)| matches!(node.kind, Kind::Word) && *name == node.text);
    chosen.map(|(_, value)| *value).ok_or_else(|| wrong_choice(node, choices.iter().map(|(name, _)| *name)))
}

/// A word that is none of the choices.
pub fn wrong_choice<'n>(node: &Node<'_>, names: impl Iterator<Item = &'n str>) -> Problem {
    let names: Vec<&str> = names.collect();
    let expected = format!("one of {}", names.join(", "));
    let problem = mismatch(node, &expected);
    match (&node.kind, nearest(node.text, names.iter().copied())) {
        (Kind::Word, Some(near)) => problem.advise(did_you_mean(Some(near))),
        _ => problem,
    }
}

/// Reads `true` or `false`.
pub fn flag(node: &Node<'_>) -> Result<bool, Problem> {
    match (&node.kind, node.text) {
        (Kind::Word, "true") => Ok(true),
        (Kind::Word, "false") => Ok(false),
        _ => Err(wrong_flag(node)),
    }
}

/// Something that is neither `true` nor `false`.
pub fn wrong_flag(node: &Node<'_>) -> Problem {
    let meant = match node.text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some("true"),
        "false" | "no" | "off" | "0" => Some("false"),
        _ => None,
    };
    let problem = mismatch(node, "true or false");
    if meant.is_some() { problem.advise(did_you_mean(meant)) } else { problem }
}

/// Reads a list.
pub fn list<'n, 't>(node: &'n Node<'t>, expected: &str) -> Result<&'n [Node<'t>], Problem> {
    match &node.kind {
        Kind::List(nodes) => Ok(nodes),
        _ => Err(mismatch(node, expected)),
    }
}

/// A number outside its range.
fn out_of_range(node: &Node<'_>, expected: String) -> Problem {
    Problem::of(node, format!("{} is out of range: expected {expected}", shown(node.text)))
}

/// What a field is, in parentheses, to end a message with.
pub fn about(field: &FieldInfo) -> String {
    format!(" ({})", field.description)
}

/// What is wrong with a value that says it is infinite or no number.
fn not_finite(node: &Node<'_>, expected: &str) -> Option<Problem> {
    let word = node.text.trim_start_matches(['+', '-']).to_lowercase();
    let is =
        matches!(node.kind, Kind::Word | Kind::Number) && ["nan", "inf", "infinity"].contains(&word.as_str());
    is.then(|| Problem::of(node, format!("{} is not a finite number: expected {expected}", node.text)))
}

/// Reads a real number in a range.
pub fn real(node: &Node<'_>, low: f64, high: f64, about: &str) -> Result<f64, Problem> {
    if let Some(problem) = not_finite(node, &format!("{low} to {high}{about}")) {
        return Err(problem);
    }
    let plain = node.text.replace('_', "");
    let value = plain.parse::<f64>().ok().filter(|_| matches!(node.kind, Kind::Number));
    let value = value.ok_or_else(|| mismatch(node, "a number"))?;
    if value >= low && value <= high {
        Ok(value)
    } else {
        Err(out_of_range(node, format!("{low} to {high}{about}")))
    }
}

/// Reads a whole number in a range.
pub fn whole(node: &Node<'_>, low: u64, high: u64, about: &str) -> Result<u64, Problem> {
    let expected = format!("{low} to {high}{about}");
    if let Some(problem) = not_finite(node, &expected) {
        return Err(problem);
    }
    let plain = node.text.replace('_', "");
    let digits = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole || !matches!(node.kind, Kind::Number) {
        return Err(not_whole(node, &plain));
    }
    let value = plain.parse::<u64>().ok().filter(|value| (low..=high).contains(value));
    value.ok_or_else(|| out_of_range(node, expected))
}

/// A number with a point or an exponent where a whole one is needed.
fn not_whole(node: &Node<'_>, plain: &str) -> Problem {
    let problem = mismatch(node, "a whole number");
    match plain.parse::<f64>() {
        Ok(value) if matches!(node.kind, Kind::Number) && value.fract() == 0.0 && value.abs() < 1e16 => {
            problem.advise(format!("write {value}"))
        }
        _ => problem,
    }
}
