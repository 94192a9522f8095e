//! What a parameter's value may be: its text form, its kind and its range.

use super::catalogue::SetError;
use super::choices::Shock;
use crate::base::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

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
    /// The type in words, for messages: "a number", "a date like \"2014-10-13\"".
    fn kind() -> &'static str;

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
        .map_err(|fault| SetError::Unreadable { expected: T::kind(), reason: fault.to_string() })?;
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
    fn kind() -> &'static str {
        "a number"
    }
    fn fault(&self, range: &Range) -> Option<String> {
        outside_range(*self, range)
    }
}

impl Value for u32 {
    fn kind() -> &'static str {
        "a whole number"
    }
    fn fault(&self, range: &Range) -> Option<String> {
        outside_range(f64::from(*self), range)
    }
}

impl Value for bool {
    fn kind() -> &'static str {
        "true or false"
    }
    fn fault(&self, _: &Range) -> Option<String> {
        None
    }
}

impl Value for Date {
    fn kind() -> &'static str {
        "a date like \"2014-10-13\""
    }
    fn fault(&self, _: &Range) -> Option<String> {
        None
    }
}
