//! Readers of single values: what was expected, what was found, what to write instead.

use super::advice::Advice;
use super::cursor::SyntaxError;
use super::fields::FieldInfo;
use super::issue::{About, Bound, Expected, Found, Issue};
use super::node::{Kind, Node};
use super::suggest::nearest;
use crate::base::Date;
use crate::base::harmless::shown;
use crate::params::ValueKind;

/// What is wrong with a value.
#[derive(Clone, Debug)]
pub struct ValueError {
    /// Offset in the text that was scanned.
    pub at: usize,
    /// The value as written.
    pub value: String,
    /// What is wrong and what was expected.
    pub message: Box<Issue>,
    /// What to do.
    pub suggestion: Box<Advice>,
    /// Further problems of the same value.
    pub also: Vec<ValueError>,
}

impl ValueError {
    /// A problem with a node.
    pub fn of(node: &Node<'_>, message: impl Into<Issue>) -> ValueError {
        ValueError { at: node.at, value: shown(node.text), ..ValueError::nothing(message) }
    }

    /// A problem with a text that holds nothing.
    pub fn nothing(message: impl Into<Issue>) -> ValueError {
        ValueError {
            at: 0,
            value: String::new(),
            message: Box::new(message.into()),
            suggestion: Box::new(Advice::Nothing),
            also: Vec::new(),
        }
    }

    /// The same so many bytes further on.
    #[must_use]
    pub fn moved(mut self, shift: usize) -> ValueError {
        self.at += shift;
        self.also = self.also.into_iter().map(|problem| problem.moved(shift)).collect();
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn advise(mut self, suggestion: impl Into<Advice>) -> ValueError {
        *self.suggestion = suggestion.into();
        self
    }
}

impl From<SyntaxError> for ValueError {
    fn from(fault: SyntaxError) -> ValueError {
        ValueError { at: fault.at, ..ValueError::nothing(fault.message).advise(fault.suggestion) }
    }
}

/// All the values, or all the problems at once.
pub fn all<T>(values: impl Iterator<Item = Result<T, ValueError>>) -> Result<Vec<T>, ValueError> {
    let (mut sound, mut first) = (Vec::new(), None::<ValueError>);
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
pub fn mismatch(node: &Node<'_>, expected: impl Into<Expected>) -> ValueError {
    let expected = expected.into();
    let advice = match &node.kind {
        Kind::Text(_) if expected.is_bare() => Advice::WithoutQuotes,
        Kind::Call("Some", _) => Advice::WithoutSome,
        _ => Advice::Nothing,
    };
    other_than(node, expected).advise(advice)
}

fn other_than(node: &Node<'_>, expected: Expected) -> ValueError {
    let found = match &node.kind {
        Kind::Number | Kind::Word => Found::This { text: shown(node.text) },
        _ => node.describe(),
    };
    ValueError::of(node, Issue::Mismatch { expected, found })
}

/// Reads a text.
pub fn text(node: &Node<'_>, expected: impl Into<Expected>) -> Result<String, ValueError> {
    let advice = match &node.kind {
        Kind::Text(content) => return Ok(content.clone()),
        Kind::Word | Kind::Number => Advice::InQuotes { value: shown(node.text) },
        Kind::Letter => Advice::TextQuotes,
        Kind::Call("Some", _) => Advice::WithoutSome,
        _ => Advice::Nothing,
    };
    Err(other_than(node, expected.into()).advise(advice))
}

/// Reads a date from 2000 to the end of a year.
pub fn date(node: &Node<'_>, last_year: i16) -> Result<Date, ValueError> {
    let content = text(node, ValueKind::Date)?;
    let day = content.parse::<Date>().ok().filter(|date| date.year() <= last_year);
    day.ok_or_else(|| {
        ValueError::of(node, Issue::NoDay { value: shown(&content), last_year }).advise(Advice::YearMonthDay)
    })
}

/// Reads one of some words.
pub fn choice<T: Copy>(node: &Node<'_>, choices: &[(&'static str, T)]) -> Result<T, ValueError> {
    let chosen = choices.iter().find(|(name, _)| matches!(node.kind, Kind::Word) && *name == node.text);
    chosen.map(|(_, value)| *value).ok_or_else(|| wrong_choice(node, choices.iter().map(|(name, _)| *name)))
}

/// A word that is none of the choices.
pub fn wrong_choice<'n>(node: &Node<'_>, names: impl Iterator<Item = &'n str>) -> ValueError {
    let names: Vec<&str> = names.collect();
    let expected = Expected::OneOf { names: names.iter().map(|&name| name.to_owned()).collect() };
    let problem = mismatch(node, expected);
    match (&node.kind, nearest(node.text, names.iter().copied())) {
        (Kind::Word, Some(near)) => problem.advise(Advice::meant(Some(near))),
        _ => problem,
    }
}

/// Reads `true` or `false`.
pub fn flag(node: &Node<'_>) -> Result<bool, ValueError> {
    match (&node.kind, node.text) {
        (Kind::Word, "true") => Ok(true),
        (Kind::Word, "false") => Ok(false),
        _ => Err(wrong_flag(node)),
    }
}

/// Something that is neither `true` nor `false`.
pub(crate) fn wrong_flag(node: &Node<'_>) -> ValueError {
    let meant = match node.text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some("true"),
        "false" | "no" | "off" | "0" => Some("false"),
        _ => None,
    };
    let problem = mismatch(node, ValueKind::Flag);
    if meant.is_some() { problem.advise(Advice::meant(meant)) } else { problem }
}

/// Reads a list.
pub fn list<'n, 't>(node: &'n Node<'t>, expected: impl Into<Expected>) -> Result<&'n [Node<'t>], ValueError> {
    match &node.kind {
        Kind::List(nodes) => Ok(nodes),
        _ => Err(mismatch(node, expected)),
    }
}

/// What a field is, to end a message with.
pub fn about(field: &FieldInfo) -> About {
    About::Path(field.path.to_owned())
}

/// Whether a value says that it is infinite or no number.
fn is_not_finite(node: &Node<'_>) -> bool {
    let word = node.text.trim_start_matches(['+', '-']).to_lowercase();
    matches!(node.kind, Kind::Word | Kind::Number) && ["nan", "inf", "infinity"].contains(&word.as_str())
}

/// A number outside its range, or none that is finite.
fn unfit(node: &Node<'_>, [low, high]: [Bound; 2], about: About) -> ValueError {
    let value = shown(node.text);
    ValueError::of(
        node,
        if is_not_finite(node) {
            Issue::NotFinite { value, low, high, about }
        } else {
            Issue::OutOfRange { value, low, high, about }
        },
    )
}

/// Reads a real number in a range.
pub fn real(node: &Node<'_>, low: f64, high: f64, about: impl Into<About>) -> Result<f64, ValueError> {
    let bounds = [low, high].map(Bound::Real);
    if is_not_finite(node) {
        return Err(unfit(node, bounds, about.into()));
    }
    let plain = node.text.replace('_', "");
    let value = plain.parse::<f64>().ok().filter(|_| matches!(node.kind, Kind::Number));
    let value = value.ok_or_else(|| mismatch(node, ValueKind::Number))?;
    if value >= low && value <= high { Ok(value) } else { Err(unfit(node, bounds, about.into())) }
}

/// Reads a whole number in a range.
pub fn whole(node: &Node<'_>, low: u64, high: u64, about: impl Into<About>) -> Result<u64, ValueError> {
    let bounds = [low, high].map(Bound::Whole);
    if is_not_finite(node) {
        return Err(unfit(node, bounds, about.into()));
    }
    let plain = node.text.replace('_', "");
    let digits = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole || !matches!(node.kind, Kind::Number) {
        return Err(not_whole(node, &plain));
    }
    let value = plain.parse::<u64>().ok().filter(|value| (low..=high).contains(value));
    value.ok_or_else(|| unfit(node, bounds, about.into()))
}

/// A number with a point or an exponent where a whole one is needed.
fn not_whole(node: &Node<'_>, plain: &str) -> ValueError {
    let problem = mismatch(node, ValueKind::Whole);
    match plain.parse::<f64>() {
        Ok(value) if matches!(node.kind, Kind::Number) && value.fract() == 0.0 && value.abs() < 1e16 => {
            problem.advise(Advice::Write { value: value.to_string() })
        }
        _ => problem,
    }
}
