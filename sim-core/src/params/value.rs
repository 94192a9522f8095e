//! What a parameter's value may be: its text form, its kind and its range.

use super::catalogue::SetError;
use super::choices::Shock;
use crate::base::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// What sort of value a parameter or a field of a scenario takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A real number.
    Number,
    /// A whole number, 0 or more.
    Whole,
    /// Yes or no.
    Flag,
    /// A day.
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Dates and sums.
    Tranches,
    /// A series of dates and values.
    Schedule,
    /// Shocks.
    Shocks,
    /// Any text.
    Text,
    /// The path of a table.
    TablePath,
    /// A selection of places.
    Places,
}

impl ValueKind {
    /// Whether it is written in quotes.
    pub const fn is_quoted(self) -> bool {
        matches!(self, ValueKind::Date | ValueKind::Text | ValueKind::TablePath)
    }

    /// Whether it is one number.
    pub const fn is_number(self) -> bool {
        matches!(self, ValueKind::Number | ValueKind::Whole)
    }
}

/// In English, as messages ask for it.
impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ValueKind::Number => "a number",
            ValueKind::Whole => "a whole number",
            ValueKind::Flag => "true or false",
            ValueKind::Date => "a date like \"2014-10-13\"",
            ValueKind::Choice(names) => return write!(f, "one of {}", names.join(", ")),
            ValueKind::Tranches => "a list of dates and sums in million yuan like [(\"2014-10-13\", 500.0)]",
            ValueKind::Schedule => {
                "a list of dates and values like [(\"2014-01-01\", 1.0), (\"2016-01-01\", 2.0)]"
            }
            ValueKind::Shocks => {
                "a list of shocks like (kind: RoadsClosed, start: \"2016-01-20\", weeks: 3, provinces: [52])"
            }
            ValueKind::Text => "a text in quotes",
            ValueKind::TablePath => "the path of a csv file in quotes",
            ValueKind::Places => {
                "one of All, Provinces([\"Zhejiang\"]), Codes([330122]), Random(count: 100), \
                    Rule((min_villages: 100))"
            }
        })
    }
}

impl Serialize for ValueKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The values a parameter may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// From the first to the second, both included.
    Between(f64, f64),
    /// Any value of the type.
    Any,
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Range::Between(low, high) => write!(f, "{low} to {high}"),
            Range::Any => f.write_str("any"),
        }
    }
}

/// A type of parameter value.
pub trait Value: Clone + PartialEq + Serialize + DeserializeOwned {
    /// What sort of value it is.
    const KIND: ValueKind;

    /// Why the value is unacceptable, if it is.
    fn fault(&self, range: &Range) -> Option<String>;

    /// The value in RON.
    fn text(&self) -> String {
        ron::to_string(self).unwrap_or_default()
    }
}

/// Reads a value and checks it.
pub(super) fn read<T: Value>(text: &str, range: &Range) -> Result<T, SetError> {
    let value: T = ron::from_str(text)
        .map_err(|fault| SetError::Unreadable { expected: T::KIND, reason: fault.to_string() })?;
    match value.fault(range) {
        Some(reason) => Err(SetError::Unacceptable { reason }),
        None => Ok(value),
    }
}

/// Makes a default from what is convenient to write in a table.
pub(super) trait FromLiteral<L> {
    fn from_literal(literal: L) -> Self;
}

macro_rules! identity {
    ($($type:ty),+) => { $(impl FromLiteral<$type> for $type {
        fn from_literal(literal: $type) -> Self { literal }
    })+ };
}
identity!(f64, u32, bool);

impl FromLiteral<[Shock; 0]> for Vec<Shock> {
    fn from_literal(_: [Shock; 0]) -> Self {
        Vec::new()
    }
}

impl FromLiteral<&str> for Date {
    /// A faulty literal becomes 2999-12-31, which the catalogue's tests would show.
    fn from_literal(literal: &str) -> Self {
        literal.parse().ok().or_else(|| Date::new(2999, 12, 31)).unwrap_or_else(|| unreachable!())
    }
}

/// Why a number is unacceptable, if it is.
pub(super) fn outside_range(value: f64, range: &Range) -> Option<String> {
    if !value.is_finite() {
        return Some(format!("{value} is not a finite number"));
    }
    match *range {
        Range::Between(low, high) if value < low || value > high => {
            Some(format!("{value} is out of range: expected {low} to {high}"))
        }
        _ => None,
    }
}

impl Value for f64 {
    const KIND: ValueKind = ValueKind::Number;

    fn fault(&self, range: &Range) -> Option<String> {
        outside_range(*self, range)
    }
}

impl Value for u32 {
    const KIND: ValueKind = ValueKind::Whole;

    fn fault(&self, range: &Range) -> Option<String> {
        outside_range(f64::from(*self), range)
    }
}

impl Value for bool {
    const KIND: ValueKind = ValueKind::Flag;

    fn fault(&self, _: &Range) -> Option<String> {
        None
    }
}

impl Value for Date {
    const KIND: ValueKind = ValueKind::Date;

    fn fault(&self, _: &Range) -> Option<String> {
        None
    }
}
