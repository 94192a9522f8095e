//! A column: its data, and what a reader must know about them.

use super::texts::Texts;
use crate::base::{Date, Fingerprint, Month, Unit};
use serde::{Deserialize, Serialize};

/// One variable, one value per row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The name, in snake case, without the unit.
    pub name: String,
    /// The unit; none for text, truths and numbers that only tell rows apart.
    pub unit: Unit,
    /// What a value means, in a sentence.
    pub definition: String,
    /// Whether values may be missing: not-a-number in a real column, none in a column of counted numbers.
    pub missing_allowed: bool,
    /// The values.
    pub data: ColumnData,
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ColumnData {
    /// Text; months as `2015-11`, dates as `2015-11-11`.
    Text(Texts),
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Whole numbers of which some are missing.
    Optional(Vec<Option<i64>>),
    /// Real numbers, finite or (where allowed) not-a-number for "missing".
    Real(Vec<f64>),
    /// Truths, none of them missing.
    Flag(Vec<bool>),
}

/// What not-a-number counts as in fingerprints, whatever its bits on this processor.
const MISSING_BITS: u64 = 0x7FF8_0000_0000_0000;

impl Column {
    fn new(name: &str, unit: Unit, definition: &str, data: ColumnData) -> Column {
        let [name, definition] = [name, definition].map(str::to_owned);
        Column { name, unit, definition, missing_allowed: false, data }
    }

    /// A column of texts.
    pub fn text<T: AsRef<str>>(name: &str, definition: &str, values: impl IntoIterator<Item = T>) -> Column {
        Column::new(name, Unit::NONE, definition, ColumnData::Text(values.into_iter().collect()))
    }

    /// A column of whole numbers.
    pub fn integer<T: Into<i64>>(
        name: &str,
        unit: Unit,
        definition: &str,
        values: impl IntoIterator<Item = T>,
    ) -> Column {
        let values = values.into_iter().map(Into::into).collect();
        Column::new(name, unit, definition, ColumnData::Integer(values))
    }

    /// A column of whole numbers of which some are missing; the definition must say when.
    pub fn optional(
        name: &str,
        unit: Unit,
        definition: &str,
        values: impl IntoIterator<Item = Option<i64>>,
    ) -> Column {
        let values = values.into_iter().collect();
        Column::new(name, unit, definition, ColumnData::Optional(values)).may_miss()
    }

    /// A column of real numbers.
    pub fn real<T: Into<f64>>(
        name: &str,
        unit: Unit,
        definition: &str,
        values: impl IntoIterator<Item = T>,
    ) -> Column {
        let values = values.into_iter().map(Into::into).collect();
        Column::new(name, unit, definition, ColumnData::Real(values))
    }

    /// A column of truths.
    pub fn flags(name: &str, definition: &str, values: impl IntoIterator<Item = bool>) -> Column {
        Column::new(name, Unit::NONE, definition, ColumnData::Flag(values.into_iter().collect()))
    }

    /// A column of months, as ISO text (`2015-11`).
    pub fn months(name: &str, definition: &str, values: impl IntoIterator<Item = Month>) -> Column {
        Column::text(name, definition, values.into_iter().map(|month| month.to_string()))
    }

    /// A column of dates, as ISO text (`2015-11-11`).
    pub fn dates(name: &str, definition: &str, values: impl IntoIterator<Item = Date>) -> Column {
        Column::text(name, definition, values.into_iter().map(|date| date.to_string()))
    }

    /// Allows not-a-number as "missing"; the definition must say when a value is missing.
    pub fn may_miss(mut self) -> Column {
        self.missing_allowed = true;
        self
    }

    /// The first real number that is not allowed, with its row.
    pub(super) fn first_refused(&self) -> Option<(usize, f64)> {
        let ColumnData::Real(values) = &self.data else {
            return None;
        };
        let refused = |value: f64| value.is_infinite() || (value.is_nan() && !self.missing_allowed);
        values.iter().copied().enumerate().find(|&(_, value)| refused(value))
    }

    /// Whether rows of the other column may follow this one's.
    pub(super) fn is_like(&self, other: &Column) -> bool {
        let kind = |column: &Column| std::mem::discriminant(&column.data);
        self.name == other.name
            && self.unit == other.unit
            && self.missing_allowed == other.missing_allowed
            && kind(self) == kind(other)
    }

    pub(super) fn mix_into(&self, print: &mut Fingerprint) {
        print.mix_text(&self.name);
        print.mix_text(&self.unit.to_string());
        self.data.mix_into(print);
    }
}

impl ColumnData {
    /// The number of values.
    pub fn len(&self) -> usize {
        match self {
            ColumnData::Text(values) => values.len(),
            ColumnData::Integer(values) => values.len(),
            ColumnData::Optional(values) => values.len(),
            ColumnData::Real(values) => values.len(),
            ColumnData::Flag(values) => values.len(),
        }
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a row for display, empty if it is missing or out of range. Real numbers are written so
    /// that they read back exactly.
    pub fn shown(&self, row: usize) -> String {
        match self {
            ColumnData::Text(values) => values.get(row).map(str::to_owned),
            ColumnData::Integer(values) => values.get(row).map(i64::to_string),
            ColumnData::Optional(values) => values.get(row).copied().flatten().map(|value| value.to_string()),
            ColumnData::Real(values) => values.get(row).filter(|value| !value.is_nan()).map(f64::to_string),
            ColumnData::Flag(values) => values.get(row).map(bool::to_string),
        }
        .unwrap_or_default()
    }

    /// Adds values of the same kind; of another kind, nothing (the table refuses it before).
    pub(super) fn append(&mut self, other: ColumnData) {
        match (self, other) {
            (ColumnData::Text(mine), ColumnData::Text(theirs)) => mine.extend(theirs.iter()),
            (ColumnData::Integer(mine), ColumnData::Integer(theirs)) => mine.extend(theirs),
            (ColumnData::Optional(mine), ColumnData::Optional(theirs)) => mine.extend(theirs),
            (ColumnData::Real(mine), ColumnData::Real(theirs)) => mine.extend(theirs),
            (ColumnData::Flag(mine), ColumnData::Flag(theirs)) => mine.extend(theirs),
            _ => {}
        }
    }

    fn mix_into(&self, print: &mut Fingerprint) {
        print.mix(self.len() as u64);
        match self {
            ColumnData::Text(values) => {
                print.mix(0);
                values.iter().for_each(|value| print.mix_text(value));
            }
            ColumnData::Integer(values) => {
                print.mix(1);
                values.iter().for_each(|&value| print.mix(value as u64));
            }
            ColumnData::Optional(values) => {
                print.mix(4);
                for value in values {
                    print.mix(u64::from(value.is_some()));
                    print.mix(value.unwrap_or_default() as u64);
                }
            }
            ColumnData::Real(values) => {
                print.mix(2);
                let canonical = |value: f64| {
                    if value.is_nan() { MISSING_BITS } else { value.to_bits() }
                };
                values.iter().for_each(|&value| print.mix(canonical(value)));
            }
            ColumnData::Flag(values) => {
                print.mix(3);
                values.iter().for_each(|&value| print.mix(u64::from(value)));
            }
        }
    }
}
