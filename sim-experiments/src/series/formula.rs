//! Formulas over series: what is derived from several numbers of a run.
//!
//! ```text
//! sum     = product { ( "+" | "-" ) product }
//! product = part { ( "*" | "/" ) part }
//! part    = "-" part | "(" sum ")" | number | reading "(" name ")" | name
//! reading = "end" | "total" | "mean" | "greatest" | "least"
//! ```
//!
//! Every series is read to one number first, and the numbers are put together then:
//! `paid_by_programme / shops` is what was paid in all over the shops of the last month, not a mean of
//! monthly ratios. Rejected: a crate of expressions, which bring functions, variables and types of their
//! own, and tell of a fault without its place.
//!
//! ```
//! use sim_experiments::series::Formula;
//! let formula = Formula::read("(a + b) / 2").unwrap();
//! assert_eq!(formula.value(&|name, _| if name == "a" { 1.0 } else { 4.0 }), 2.5);
//! ```

use super::Reading;
use sim_core::base::{Per, Quantity, Unit};
use sim_core::messages;
use std::fmt;

/// The words by which a formula says how a series is read.
pub(super) const READINGS: [(&str, Reading); 5] = [
    ("end", Reading::End),
    ("total", Reading::Total),
    ("mean", Reading::Mean),
    ("greatest", Reading::Greatest),
    ("least", Reading::Least),
];

messages! {
    /// What is wrong with a formula.
    pub enum FormulaError {
        TooLong { length: usize } =
            "the formula has {length} characters: expected at most 1000", "公式有 {length} 个字符：至多 1000 个";
        TooDeep = "more than 16 parentheses within each other", "括号嵌套超过 16 层";
        Ends = "the formula ends where a name, a number or `(` is expected", "公式在应有名称、数或 `(` 的地方结束";
        Part { found: String } =
            "expected a name, a number or `(`, found `{found}`", "应为名称、数或 `(`，却是 `{found}`";
        Joint { found: String } =
            "expected +, -, *, / or the end, found `{found}`", "应为 +、-、*、/ 或结尾，却是 `{found}`";
        Close = "a `(` is not closed", "有 `(` 没有对应的 `)`";
        NoReading { found: String } =
            "`{found}` reads no series: expected end, total, mean, greatest or least",
            "`{found}` 不是读取方式：应为 end、total、mean、greatest 或 least";
        Character { found: String } = "`{found}` has no meaning in a formula", "`{found}` 在公式里没有意义";
    }
}

/// A fault of a formula, with the offset of what is wrong \[bytes\].
#[derive(Clone, Debug, PartialEq)]
pub struct FormulaFault {
    /// Where it is.
    pub at: usize,
    /// What is wrong.
    pub why: FormulaError,
}

/// Two numbers put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaSign {
    /// The sum.
    Plus,
    /// The difference.
    Minus,
    /// The product.
    Times,
    /// The ratio; not-a-number over nothing.
    Over,
}

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number.
    Number(f64),
    /// A series, and how it is read if the formula says so.
    Series(String, Option<Reading>),
    /// The negative of a part.
    Negative(Box<Formula>),
    /// Two parts put together.
    Both(Box<Formula>, FormulaSign, Box<Formula>),
}

impl Formula {
    /// The names of series, in the order of their mention.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Formula::Number(_) => Vec::new(),
            Formula::Series(name, _) => vec![name],
            Formula::Negative(part) => part.names(),
            Formula::Both(left, _, right) => [left.names(), right.names()].concat(),
        }
    }

    /// The series that it says how to read, in the order of their mention.
    pub fn readings(&self) -> Vec<(&str, Reading)> {
        match self {
            Formula::Series(name, Some(reading)) => vec![(name, *reading)],
            Formula::Number(_) | Formula::Series(_, None) => Vec::new(),
            Formula::Negative(part) => part.readings(),
            Formula::Both(left, _, right) => [left.readings(), right.readings()].concat(),
        }
    }

    /// Its value, from that of a series and how it is to be read.
    pub fn value(&self, of: &dyn Fn(&str, Option<Reading>) -> f64) -> f64 {
        match self {
            Formula::Number(number) => *number,
            Formula::Series(name, reading) => of(name, *reading),
            Formula::Negative(part) => -part.value(of),
            Formula::Both(left, operation, right) => {
                let (left, right) = (left.value(of), right.value(of));
                match operation {
                    FormulaSign::Plus => left + right,
                    FormulaSign::Minus => left - right,
                    FormulaSign::Times => left * right,
                    FormulaSign::Over if right == 0.0 => f64::NAN,
                    FormulaSign::Over => left / right,
                }
            }
        }
    }

    /// The same, where every series that it does not say how to read is read by `usual`.
    pub fn reading(&self, usual: &dyn Fn(&str) -> Reading) -> Formula {
        let of = |part: &Formula| Box::new(part.reading(usual));
        match self {
            Formula::Series(name, None) => Formula::Series(name.clone(), Some(usual(name))),
            Formula::Negative(part) => Formula::Negative(of(part)),
            Formula::Both(left, operation, right) => Formula::Both(of(left), *operation, of(right)),
            Formula::Number(_) | Formula::Series(_, Some(_)) => self.clone(),
        }
    }

    /// The unit of its value, from those of its series; none where no name is known for it.
    pub fn unit(&self, of: &dyn Fn(&str, Option<Reading>) -> Unit) -> Unit {
        match self {
            Formula::Number(_) => Unit::PURE,
            Formula::Series(name, reading) => of(name, *reading),
            Formula::Negative(part) => part.unit(of),
            Formula::Both(left, operation, right) => {
                let (left, right) = (left.unit(of), right.unit(of));
                match operation {
                    _ if left == Unit::NONE || right == Unit::NONE => Unit::NONE,
                    FormulaSign::Over => over(left, right),
                    _ if right == Unit::PURE => left,
                    _ if left == Unit::PURE => right,
                    FormulaSign::Plus | FormulaSign::Minus if left == right => left,
                    FormulaSign::Plus | FormulaSign::Minus | FormulaSign::Times => Unit::NONE,
                }
            }
        }
    }
}

/// The unit of one over another.
fn over(above: Unit, below: Unit) -> Unit {
    if below == Unit::PURE {
        return above;
    }
    if above == below {
        return Unit::of(Quantity::Ratio);
    }
    let per = match below.quantity {
        Quantity::Orders => Per::Order,
        Quantity::Parcels => Per::Parcel,
        Quantity::Services => Per::Service,
        Quantity::People | Quantity::Persons => Per::Person,
        Quantity::Households => Per::Household,
        Quantity::Shops => Per::Shop,
        Quantity::Stations => Per::Station,
        Quantity::Villages => Per::Village,
        Quantity::Counties => Per::County,
        _ => return Unit::NONE,
    };
    // A unit is per two things at most.
    if below.is_ratio() || above.per[1].is_some() { Unit::NONE } else { above.per(per) }
}

/// As it is read again.
impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Formula::Number(number) => write!(f, "{number}"),
            Formula::Series(name, None) => f.write_str(name),
            Formula::Series(name, Some(reading)) => {
                let word = READINGS.iter().find(|(_, known)| known == reading).map_or("", |(word, _)| word);
                write!(f, "{word}({name})")
            }
            Formula::Negative(part) => write!(f, "-({part})"),
            Formula::Both(left, operation, right) => {
                let sign = match operation {
                    FormulaSign::Plus => '+',
                    FormulaSign::Minus => '-',
                    FormulaSign::Times => '*',
                    FormulaSign::Over => '/',
                };
                let within = |part: &Formula| match part {
                    Formula::Both(..) => format!("({part})"),
                    _ => part.to_string(),
                };
                write!(f, "{} {sign} {}", within(left), within(right))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        let of = |name: &str, reading: Option<Reading>| match (name, reading) {
            ("a", _) => 6.0,
            ("b", Some(Reading::Total)) => 20.0,
            ("b", _) => 4.0,
            _ => f64::NAN,
        };
        Formula::read(text).unwrap().value(&of)
    }

    #[test]
    fn products_bind_before_sums_and_signs_before_both() {
        for (text, expected) in [
            ("a + b * 2", 14.0),
            ("(a + b) * 2", 20.0),
            ("a - b - 1", 1.0),
            ("a / b / 2", 0.75),
            ("-a + b", -2.0),
            ("2*-b", -8.0),
            ("total(b) / a * 3", 10.0),
            ("1_000 / b", 250.0),
        ] {
            assert_eq!(value(text), expected, "{text}");
            let again = Formula::read(text).unwrap().to_string();
            assert_eq!(value(&again), expected, "{text} as {again}");
        }
        assert!(value("a / (b - 4)").is_nan(), "over nothing there is no value");
        assert!(value("a + missing").is_nan());
    }

    #[test]
    fn faults_are_told_with_their_place() {
        for (text, at, said) in [
            ("", 0, "ends where"),
            ("a +", 3, "ends where"),
            ("a b", 2, "found `b`"),
            ("a + * b", 4, "expected a name, a number or `(`, found `*`"),
            ("(a + b", 6, "not closed"),
            ("sum(a)", 0, "`sum` reads no series"),
            ("a ^ 2", 2, "`^` has no meaning"),
            ("total(3)", 6, "found `3`"),
        ] {
            let fault = Formula::read(text).unwrap_err();
            assert_eq!(fault.at, at, "{text}: {}", fault.why);
            assert!(fault.why.to_string().contains(said), "{text}: {}", fault.why);
        }
        assert_eq!(Formula::read(&"(".repeat(99)).unwrap_err().why, FormulaError::TooDeep);
        assert!(matches!(Formula::read(&"a".repeat(1001)).unwrap_err().why, FormulaError::TooLong { .. }));
    }

    #[test]
    fn units_follow_where_they_have_names() {
        let yuan = Unit::of(Quantity::Yuan);
        let of = |name: &str, _: Option<Reading>| match name {
            "paid" => yuan,
            "shops" => Unit::of(Quantity::Shops),
            _ => Unit::of(Quantity::Orders),
        };
        let unit = |text: &str| Formula::read(text).unwrap().unit(&of);
        assert_eq!(unit("paid / shops"), yuan.per(Per::Shop));
        assert_eq!(unit("2 * (paid + paid)"), yuan);
        assert_eq!(unit("paid / paid"), Unit::of(Quantity::Ratio));
        assert_eq!(unit("paid + shops"), Unit::NONE);
        assert_eq!(unit("paid / paid * orders"), Unit::NONE);
    }
}
