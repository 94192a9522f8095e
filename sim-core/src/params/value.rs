//! What a parameter's value may be: its text form, its kind and its range.

use crate::base::{Date, Language, Localised, Speaker};
use crate::messages;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use thiserror::Error;

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
    /// Days of the year, by rule or date.
    Days,
    /// Any text.
    Text,
    /// The path of a table.
    TablePath,
    /// A selection of places.
    Places,
    /// Rules by which platform and government decide.
    Rules,
    /// Targets.
    Targets,
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

impl Localised for ValueKind {
    fn localised(&self, speaker: Speaker) -> String {
        let [english, chinese] = match self {
            ValueKind::Number => ["a number", "一个数"],
            ValueKind::Whole => ["a whole number", "一个整数"],
            ValueKind::Flag => ["true or false", " true 或 false"],
            ValueKind::Date => ["a date like \"2014-10-13\"", "形如 \"2014-10-13\" 的日期"],
            ValueKind::Choice(names) => {
                let names = names.join(", ");
                return match speaker.language {
                    Language::English => format!("one of {names}"),
                    Language::Chinese => format!("以下之一：{names}"),
                };
            }
            ValueKind::Tranches => [
                "a list of dates and sums in million yuan like [(\"2014-10-13\", 500.0)]",
                "日期和金额（百万元）的列表，形如 [(\"2014-10-13\", 500.0)]",
            ],
            ValueKind::Schedule => [
                "a list of dates and values like [(\"2014-01-01\", 1.0), (\"2016-01-01\", 2.0)]",
                "日期和数值的列表，形如 [(\"2014-01-01\", 1.0), (\"2016-01-01\", 2.0)]",
            ],
            ValueKind::Shocks => [
                "a list of shocks like (kind: RoadsClosed, start: \"2016-01-20\", weeks: 3, provinces: [52])",
                "意外事件的列表，形如 (kind: RoadsClosed, start: \"2016-01-20\", weeks: 3, provinces: [52])",
            ],
            ValueKind::Days => [
                "a list of days like [\"11-11\", \"2016-02-08\", \"easter\"]",
                "日子的列表，形如 [\"11-11\", \"2016-02-08\", \"easter\"]",
            ],
            ValueKind::Text => ["a text in quotes", "引号中的文字"],
            ValueKind::TablePath => ["the path of a csv file in quotes", "引号中的 csv 文件路径"],
            ValueKind::Rules => [
                "a list of rules like (name: \"stop\", when: \"orders_per_open_station < 60 for 6 months\", \
                 each: County, set: (programme: (hold_batches: true)))",
                "规则的列表，形如 (name: \"stop\", when: \"orders_per_open_station < 60 for 6 months\", \
                 each: County, set: (programme: (hold_batches: true)))",
            ],
            ValueKind::Targets => [
                "a list of targets like (name: \"sales\", measure: \"shop_sales\", in: Poverty, factor: 4.0, \
                 by: \"2020-12-31\")",
                "目标的列表，形如 (name: \"sales\", measure: \"shop_sales\", in: Poverty, factor: 4.0, \
                 by: \"2020-12-31\")",
            ],
            ValueKind::Places => [
                "one of All, Provinces([\"Zhejiang\"]), Codes([330122]), Random(count: 100), \
                 Rule((min_villages: 100))",
                "以下之一：All、Provinces([\"Zhejiang\"])、Codes([330122])、Random(count: 100)、\
                 Rule((min_villages: 100))",
            ],
        };
        match speaker.language {
            Language::English => english.to_owned(),
            Language::Chinese => chinese.to_owned(),
        }
    }

    fn sample() -> ValueKind {
        ValueKind::Number
    }
}

/// In English.
impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.localised(Speaker::ENGLISH))
    }
}

impl Serialize for ValueKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

messages! {
    /// Why a value of the right kind may not be used.
    pub enum Unacceptable {
        NotFinite { value: f64 } = "{value} is not a finite number", "{value} 不是有限的数";
        OutOfRange { value: f64, low: f64, high: f64 } =
            "{value} is out of range: expected {low} to {high}", "{value} 超出范围：应为 {low} 至 {high}";
        EmptySeries =
            "the list is empty: expected at least one date and value", "列表是空的：至少应有一个日期和数值";
        TooManyDays { most: usize } = "there are more than {most} days", "日子超过 {most} 个";
        DisorderedDates = "dates must rise from one entry to the next", "日期必须逐项递增";
        Shock { start: Date, why: ShockError } = "the shock of {start}: {why}", "{start} 的意外事件：{why}";
    }
}

messages! {
    /// What may be wrong with a shock.
    pub enum ShockError {
        Strength = "strength must lie above 0 and at most 1", "strength 必须大于 0 且不超过 1";
        Weeks = "weeks must lie between 1 and 520", "weeks 必须在 1 与 520 之间";
        Provinces = "provinces must be codes from 1 to 99", "provinces 必须是 1 至 99 的代码";
    }
}

/// Why a parameter could not be set.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SetError {
    /// There is no parameter at that path.
    #[error("there is no such parameter")]
    Unknown,
    /// The text is not a value of the parameter's type.
    #[error("expected {expected}: {reason}")]
    Unreadable {
        /// What was expected.
        expected: ValueKind,
        /// What the reader said.
        reason: String,
    },
    /// The value is of the right type but may not be used.
    #[error("{why}")]
    Unacceptable {
        /// What is wrong with it.
        why: Unacceptable,
    },
}

/// The values a parameter may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// From the first to the second, both included.
    Between(f64, f64),
    /// Any value of the type.
    Any,
}

impl Range {
    /// The same range of amounts at another price level.
    #[must_use]
    pub fn times(self, factor: f64) -> Range {
        match self {
            Range::Between(low, high) => Range::Between(low * factor, high * factor),
            Range::Any => Range::Any,
        }
    }
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
    fn fault(&self, range: &Range) -> Option<Unacceptable>;

    /// The same amount of money at another price level; what is no amount stays as it is.
    #[must_use]
    fn times(&self, _factor: f64) -> Self {
        self.clone()
    }

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
        Some(why) => Err(SetError::Unacceptable { why }),
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

impl FromLiteral<&str> for Date {
    /// A faulty literal becomes 2999-12-31, which the catalogue's tests would show.
    fn from_literal(literal: &str) -> Self {
        literal.parse().ok().or_else(|| Date::new(2999, 12, 31)).unwrap_or_else(|| unreachable!())
    }
}

/// Why a number is unacceptable, if it is.
pub(super) fn outside_range(value: f64, range: &Range) -> Option<Unacceptable> {
    if !value.is_finite() {
        return Some(Unacceptable::NotFinite { value });
    }
    match *range {
        Range::Between(low, high) if value < low || value > high => {
            Some(Unacceptable::OutOfRange { value, low, high })
        }
        _ => None,
    }
}

impl Value for f64 {
    const KIND: ValueKind = ValueKind::Number;

    fn fault(&self, range: &Range) -> Option<Unacceptable> {
        outside_range(*self, range)
    }

    fn times(&self, factor: f64) -> f64 {
        self * factor
    }
}

impl Value for u32 {
    const KIND: ValueKind = ValueKind::Whole;

    fn fault(&self, range: &Range) -> Option<Unacceptable> {
        outside_range(f64::from(*self), range)
    }
}

impl Value for bool {
    const KIND: ValueKind = ValueKind::Flag;

    fn fault(&self, _: &Range) -> Option<Unacceptable> {
        None
    }
}

impl Value for Date {
    const KIND: ValueKind = ValueKind::Date;

    fn fault(&self, _: &Range) -> Option<Unacceptable> {
        None
    }
}
