//! Values of factors: as they are written in scenarios and in tables of points, and as tables, reports and
//! programs get them.
//!
//! A scenario writes a date in quotes; a table has the date. This is the one place that knows the types, for
//! the command and for Python.

use super::issue::CellError;
use sim_core::base::Date;
use sim_core::metrics::table::ColumnData;
use sim_core::params::ValueKind;
use sim_core::scenario::path_info;
use std::fmt;

/// The sort of values that a path takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Real numbers.
    Number,
    /// Whole numbers.
    Whole,
    /// True or false.
    Flag,
    /// Days.
    Date,
    /// Words and all else.
    Word,
}

impl Sort {
    /// What the path of a field or parameter takes; words for a path that there is not, as for policies.
    pub fn of(path: &str) -> Sort {
        let Some(info) = path_info(path) else {
            return Sort::Word;
        };
        match info.kind {
            ValueKind::Number => Sort::Number,
            ValueKind::Whole => Sort::Whole,
            ValueKind::Flag => Sort::Flag,
            ValueKind::Date => Sort::Date,
            ValueKind::Choice(_)
            | ValueKind::Tranches
            | ValueKind::Schedule
            | ValueKind::Shocks
            | ValueKind::Days
            | ValueKind::Text
            | ValueKind::TablePath
            | ValueKind::Places
            | ValueKind::Rules
            | ValueKind::Targets => Sort::Word,
        }
    }
}

/// A value, without the marks of the notation in which it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A real number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// A date as `2014-11-01`, or a word.
    Text(String),
}

impl Value {
    /// The value that a text in the notation of scenarios means. What is none of its sort, such as `None` for
    /// a limit that may be left out, is a text.
    pub fn of(sort: Sort, written: &str) -> Value {
        let digits = || written.trim().replace('_', "");
        let read = match sort {
            Sort::Number => super::factor::number(written).map(Value::Number),
            Sort::Whole => digits().parse().ok().map(Value::Whole),
            Sort::Flag => written.trim().parse().ok().map(Value::Flag),
            Sort::Date | Sort::Word => None,
        };
        read.unwrap_or_else(|| Value::Text(bare(written)))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(number) => f.write_str(&super::FactorSetting::Number(*number).text()),
            Value::Whole(number) => write!(f, "{number}"),
            Value::Flag(flag) => write!(f, "{flag}"),
            Value::Text(text) => f.write_str(text),
        }
    }
}

/// A text without its quotes, if it is one text in quotes.
fn bare(written: &str) -> String {
    let inner = written.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains(['"', '\\']) => inner.to_owned(),
        _ => written.trim().to_owned(),
    }
}

/// Values as a column has them: of one type if all are, else as text.
pub fn column(values: Vec<Value>) -> ColumnData {
    fn all<T>(values: &[Value], one: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
        values.iter().map(one).collect()
    }
    let whole = |value: &Value| match value {
        Value::Whole(number) => Some(*number),
        _ => None,
    };
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        _ => None,
    };
    let flag = |value: &Value| match value {
        Value::Flag(flag) => Some(*flag),
        _ => None,
    };
    if let Some(values) = all(&values, whole) {
        return ColumnData::Integer(values);
    }
    if let Some(values) = all(&values, number) {
        return ColumnData::Real(values);
    }
    if let Some(values) = all(&values, flag) {
        return ColumnData::Flag(values);
    }
    ColumnData::Text(values.iter().map(ToString::to_string).collect())
}

/// The text in the notation of scenarios that a cell of a table of points means: dates and booleans as
/// spreadsheets write them are taken too.
///
/// # Errors
/// What was expected instead.
pub fn written(sort: Sort, cell: &str) -> Result<String, CellError> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Err(CellError::Empty);
    }
    let plain = bare(cell);
    match sort {
        Sort::Flag => match plain.to_ascii_lowercase().as_str() {
            "true" | "1" => Ok("true".to_owned()),
            "false" | "0" => Ok("false".to_owned()),
            _ => Err(CellError::NoFlag { cell: cell.to_owned() }),
        },
        Sort::Date => match day(&plain) {
            Some(day) => Ok(format!("\"{day}\"")),
            None => Err(CellError::NoDate { cell: cell.to_owned() }),
        },
        // Programs that know real numbers only write 5 as 5.0.
        Sort::Whole => match super::factor::number(cell) {
            Some(number) if number.fract() == 0.0 && number.abs() < 1e15 => Ok(format!("{number:.0}")),
            _ => Ok(cell.to_owned()),
        },
        Sort::Number if cell.contains(',') => Err(CellError::Commas { cell: cell.to_owned() }),
        Sort::Number | Sort::Word => Ok(cell.to_owned()),
    }
}

/// A day as 2014-11-01, or as spreadsheets make of it, year first: 2014/11/1.
fn day(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split('/');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = [year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if parts.next().is_some() || !plain || year.len() != 4 {
        return None;
    }
    format!("{year}-{month:0>2}-{day:0>2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_follow_the_parameters() {
        assert_eq!(Sort::of("household.elasticity"), Sort::Number);
        assert_eq!(Sort::of("partner.patience"), Sort::of("places.villages_per_county"));
        assert_eq!(Sort::of("programme.enabled"), Sort::Flag);
        assert_eq!(Sort::of("programme.strategy_change"), Sort::Date);
        assert_eq!(Sort::of("programme.partner_kind"), Sort::Word);
        assert_eq!(Sort::of(""), Sort::Word);
    }

    #[test]
    fn columns_have_the_type_of_their_values() {
        let of = |sort, texts: &[&str]| column(texts.iter().map(|text| Value::of(sort, text)).collect());
        assert_eq!(of(Sort::Whole, &["5", "1_000"]), ColumnData::Integer(vec![5, 1000]));
        assert_eq!(of(Sort::Number, &["5", "0.5"]), ColumnData::Real(vec![5.0, 0.5]));
        assert_eq!(of(Sort::Flag, &["true", "false"]), ColumnData::Flag(vec![true, false]));
        let texts = |texts: &[&str]| ColumnData::Text(texts.iter().collect());
        assert_eq!(of(Sort::Date, &["\"2014-11-01\""]), texts(&["2014-11-01"]));
        assert_eq!(of(Sort::Word, &["Shopkeepers"]), texts(&["Shopkeepers"]));
        assert_eq!(of(Sort::Whole, &["5", "None"]), texts(&["5", "None"]));
    }

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        let flags = ["true", "TRUE", "True", "1", " true "].map(|cell| written(Sort::Flag, cell));
        assert!(flags.iter().all(|flag| flag.as_deref() == Ok("true")), "{flags:?}");
        assert_eq!(written(Sort::Flag, "FALSE").as_deref(), Ok("false"));
        assert!(written(Sort::Flag, "yes").is_err());
        for cell in ["2014-11-01", "\"2014-11-01\"", "2014/11/1", "2014/11/01"] {
            assert_eq!(written(Sort::Date, cell).as_deref(), Ok("\"2014-11-01\""), "{cell}");
        }
        assert!(written(Sort::Date, "11/1/2014").is_err() && written(Sort::Date, "2014-13-01").is_err());
        assert_eq!(written(Sort::Whole, "5.0").as_deref(), Ok("5"));
        assert_eq!(written(Sort::Whole, "5.5").as_deref(), Ok("5.5"));
        assert!(written(Sort::Number, " ").is_err() && written(Sort::Number, "3,5").is_err());
    }
}
