//! Conditions of rules: comparisons of an area's figures, joined by `and` and `or`, for some months on end.
//!
//! ```text
//! or         = and { "or" and }
//! and        = lasting { "and" lasting }
//! lasting    = single [ "for" whole ( "month" | "months" ) ]
//! single     = "(" or ")" | name comparison number [ "%" ] | "date" comparison day
//! comparison = "<" | "<=" | ">" | ">=" | "==" | "!="
//! ```
//!
//! What the names are is not known here: measures and outcomes are declared elsewhere.

use crate::base::Date;
use crate::base::harmless::shown;
use crate::messages;

/// Most characters of a condition.
const LONGEST: usize = 1000;
/// Most parentheses within each other.
const DEEPEST: usize = 16;
/// Most months of a `for`.
const MOST_MONTHS: u32 = 120;

messages! {
    /// What is wrong with a condition.
    pub enum ConditionError {
        Empty = "the condition is empty: expected one like \"orders_per_open_station < 120 for 3 months\"",
            "条件是空的：应形如 \"orders_per_open_station < 120 for 3 months\"";
        TooLong { length: usize } =
            "the condition has {length} characters: expected at most 1000", "条件有 {length} 个字符：至多 1000 个";
        TooDeep = "more than 16 parentheses within each other", "括号嵌套超过 16 层";
        Name { found: Standing } =
            "expected the name of a measure or an outcome, found {found}", "应为指标或结果的名称，却是 {found}";
        Comparison { found: Standing } =
            "expected one of <, <=, >, >=, ==, !=, found {found}", "应为 <、<=、>、>=、==、!= 之一，却是 {found}";
        Number { found: Standing } = "expected a number, found {found}", "应为一个数，却是 {found}";
        Day { found: Standing } =
            "expected a day like 2016-01-01, found {found}", "应为形如 2016-01-01 的日期，却是 {found}";
        Months { found: Standing } =
            "expected a whole number of months from 1 to 120, found {found}",
            "应为 1 至 120 的整月数，却是 {found}";
        MonthsWord { found: Standing } = "expected `months`, found {found}", "应为 `months`，却是 {found}";
        Close { found: Standing } =
            "expected `)`, `and`, `or` or `for`, found {found}", "应为 `)`、`and`、`or` 或 `for`，却是 {found}";
        Joint { found: Standing } =
            "expected `and`, `or`, `for` or the end, found {found}", "应为 `and`、`or`、`for` 或结尾，却是 {found}";
        Character { found: Standing } = "{found} has no meaning in a condition", "{found} 在条件里没有意义";
    }
}

messages! {
    /// What stands somewhere in a condition.
    pub enum Standing {
        End = "the end", "结尾";
        Word { word: String } = "`{word}`", "`{word}`";
    }
}

/// A fault of a condition, with the offset of what is wrong \[bytes\].
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionFault {
    /// Where it is.
    pub at: usize,
    /// What stands there; empty at the end.
    pub found: String,
    /// What is wrong.
    pub why: ConditionError,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Less than.
    Less,
    /// At most.
    AtMost,
    /// More than.
    More,
    /// At least.
    AtLeast,
    /// Equal.
    Equal,
    /// Not equal.
    Unequal,
}

const COMPARISONS: [(&str, Comparison); 6] = [
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("==", Comparison::Equal),
    ("!=", Comparison::Unequal),
    ("<", Comparison::Less),
    (">", Comparison::More),
];

impl Comparison {
    /// Whether it holds. Nothing holds of what has no value (not-a-number).
    #[expect(clippy::double_comparisons, reason = "what has no value is not unequal either")]
    fn holds<T: PartialOrd>(self, value: &T, bound: &T) -> bool {
        match self {
            Comparison::Less => value < bound,
            Comparison::AtMost => value <= bound,
            Comparison::More => value > bound,
            Comparison::AtLeast => value >= bound,
            Comparison::Equal => value == bound,
            Comparison::Unequal => value < bound || value > bound,
        }
    }
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A figure against a number.
    Figure(String, Comparison, f64),
    /// The last day of the month against a day.
    Day(Comparison, Date),
    /// A condition in so many months on end.
    Lasting(Box<Condition>, u32),
    /// All of them.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn read(text: &str) -> Result<Condition, ConditionFault> {
        let length = text.chars().count();
        let whole = |why| Err(ConditionFault { at: 0, found: String::new(), why });
        if length > LONGEST {
            return whole(ConditionError::TooLong { length });
        }
        let words = words(text)?;
        if words.is_empty() {
            return whole(ConditionError::Empty);
        }
        let mut reader = Reader { words, next: 0, end: text.len(), depth: 0 };
        let condition = reader.any()?;
        match reader.peek() {
            None => Ok(condition),
            Some(_) => Err(reader.fault(|found| ConditionError::Joint { found })),
        }
    }

    /// The names of figures, each once, in the order of first mention.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.gather(&mut names);
        names
    }

    fn gather<'c>(&'c self, names: &mut Vec<&'c str>) {
        match self {
            Condition::Figure(name, ..) if !names.contains(&name.as_str()) => names.push(name),
            Condition::Figure(..) | Condition::Day(..) => {}
            Condition::Lasting(inner, _) => inner.gather(names),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.gather(names));
            }
        }
    }

    /// How many of its parts count months.
    pub fn lasting_parts(&self) -> usize {
        match self {
            Condition::Figure(..) | Condition::Day(..) => 0,
            Condition::Lasting(inner, _) => 1 + inner.lasting_parts(),
            Condition::All(parts) | Condition::Any(parts) => parts.iter().map(Condition::lasting_parts).sum(),
        }
    }

    /// Whether it holds at a month's end, given the value of each figure (not-a-number for none), the month's
    /// last day, and the months in which each lasting part has held so far, which are brought up to date: of
    /// every part, whether it decides anything or not.
    pub fn holds(&self, value: &dyn Fn(&str) -> f64, day: Date, months: &mut [u32]) -> bool {
        let mut rest = months;
        self.look(value, day, &mut rest)
    }

    fn look(&self, value: &dyn Fn(&str) -> f64, day: Date, months: &mut &mut [u32]) -> bool {
        match self {
            Condition::Figure(name, comparison, bound) => comparison.holds(&value(name), bound),
            Condition::Day(comparison, bound) => comparison.holds(&day, bound),
            Condition::Lasting(inner, wanted) => {
                let Some((count, rest)) = std::mem::take(months).split_first_mut() else {
                    return false;
                };
                *months = rest;
                let holds = inner.look(value, day, months);
                *count = if holds { count.saturating_add(1) } else { 0 };
                *count >= *wanted
            }
            // Without shortcuts: every part must count its months.
            Condition::All(parts) => {
                let failing = parts.iter().filter(|part| !part.look(value, day, months)).count();
                failing == 0
            }
            Condition::Any(parts) => {
                let holding = parts.iter().filter(|part| part.look(value, day, months)).count();
                holding > 0
            }
        }
    }
}

/// A word of a condition, and where it begins.
type Word<'t> = (usize, &'t str);

fn words(text: &str) -> Result<Vec<Word<'_>>, ConditionFault> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let length = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '(' | ')' | '%' => 1,
            '<' | '>' | '=' | '!' => rest.chars().take_while(|c| "<>=!".contains(*c)).count().min(2),
            _ if is_of_word(first) => rest.chars().take_while(|&c| is_of_word(c)).map(char::len_utf8).sum(),
            _ => {
                let word: String = rest.chars().take(1).collect();
                let why = ConditionError::Character { found: Standing::Word { word: word.clone() } };
                return Err(ConditionFault { at, found: word, why });
            }
        };
        words.push((at, rest.get(..length).unwrap_or(rest)));
        at += length;
    }
    Ok(words)
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || "_.-+".contains(character)
}

struct Reader<'t> {
    words: Vec<Word<'t>>,
    next: usize,
    end: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<&'t str> {
        self.words.get(self.next).map(|(_, word)| *word)
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let is_it = self.peek() == Some(wanted);
        self.next += usize::from(is_it);
        is_it
    }

    /// A fault at the next word.
    fn fault(&self, why: impl FnOnce(Standing) -> ConditionError) -> ConditionFault {
        match self.words.get(self.next) {
            Some(&(at, word)) => {
                let word = shown(word);
                ConditionFault { at, found: word.clone(), why: why(Standing::Word { word }) }
            }
            None => ConditionFault { at: self.end, found: String::new(), why: why(Standing::End) },
        }
    }

    fn any(&mut self) -> Result<Condition, ConditionFault> {
        self.joined("or", Reader::all, Condition::Any)
    }

    fn all(&mut self) -> Result<Condition, ConditionFault> {
        self.joined("and", Reader::lasting, Condition::All)
    }

    fn joined(
        &mut self,
        joint: &str,
        part: fn(&mut Reader<'t>) -> Result<Condition, ConditionFault>,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Result<Condition, ConditionFault> {
        let first = part(self)?;
        let mut parts = vec![first];
        while self.eat(joint) {
            parts.push(part(self)?);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { join(parts) })
    }

    fn lasting(&mut self) -> Result<Condition, ConditionFault> {
        let inner = self.single()?;
        if !self.eat("for") {
            return Ok(inner);
        }
        let months = self.peek().and_then(|word| word.parse().ok()).filter(|m| (1..=MOST_MONTHS).contains(m));
        let Some(months) = months else {
            return Err(self.fault(|found| ConditionError::Months { found }));
        };
        self.next += 1;
        if !self.eat("months") && !self.eat("month") {
            return Err(self.fault(|found| ConditionError::MonthsWord { found }));
        }
        Ok(Condition::Lasting(Box::new(inner), months))
    }

    fn single(&mut self) -> Result<Condition, ConditionFault> {
        if self.peek() == Some("(") {
            if self.depth >= DEEPEST {
                return Err(self.fault(|_| ConditionError::TooDeep));
            }
            self.next += 1;
            self.depth += 1;
            let inner = self.any()?;
            self.depth -= 1;
            if !self.eat(")") {
                return Err(self.fault(|found| ConditionError::Close { found }));
            }
            return Ok(inner);
        }
        let is_name = |word: &&str| {
            word.starts_with(|c: char| c.is_ascii_alphabetic()) && !["and", "or", "for"].contains(word)
        };
        let Some(name) = self.peek().filter(is_name) else {
            return Err(self.fault(|found| ConditionError::Name { found }));
        };
        self.next += 1;
        let known = COMPARISONS.iter().find(|(sign, _)| self.peek() == Some(*sign));
        let Some(&(_, comparison)) = known else {
            return Err(self.fault(|found| ConditionError::Comparison { found }));
        };
        self.next += 1;
        if name == "date" { self.day(comparison) } else { self.number(name, comparison) }
    }

    fn day(&mut self, comparison: Comparison) -> Result<Condition, ConditionFault> {
        let day = self.peek().and_then(|word| word.parse::<Date>().ok());
        let Some(day) = day else {
            return Err(self.fault(|found| ConditionError::Day { found }));
        };
        self.next += 1;
        Ok(Condition::Day(comparison, day))
    }

    fn number(&mut self, name: &str, comparison: Comparison) -> Result<Condition, ConditionFault> {
        let number = self.peek().and_then(|word| word.replace('_', "").parse::<f64>().ok());
        let Some(number) = number.filter(|number| number.is_finite()) else {
            return Err(self.fault(|found| ConditionError::Number { found }));
        };
        self.next += 1;
        let number = if self.eat("%") { number / 100.0 } else { number };
        Ok(Condition::Figure(name.to_owned(), comparison, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (usize, String) {
        let fault = Condition::read(text).unwrap_err();
        (fault.at, fault.why.to_string())
    }

    #[test]
    fn and_binds_before_or_and_for_before_both() {
        let figure = |name: &str| Condition::Figure(name.to_owned(), Comparison::Less, 1.0);
        let read = Condition::read("a < 1 or b < 1 and c < 1 for 3 months").unwrap();
        let lasting = Condition::Lasting(Box::new(figure("c")), 3);
        let and = Condition::All(vec![figure("b"), lasting]);
        assert_eq!(read, Condition::Any(vec![figure("a"), and]));
        assert_eq!(read.names(), ["a", "b", "c"]);
        let read = Condition::read("(a<1 or b<100%)for 1 month").unwrap();
        let or = Condition::Any(vec![figure("a"), figure("b")]);
        assert_eq!(read, Condition::Lasting(Box::new(or), 1));
    }

    #[test]
    fn months_on_end_are_counted_in_every_part_and_a_gap_begins_anew() {
        let condition = Condition::read("a < 10 for 2 months and b > 0").unwrap();
        let day = Date::new(2016, 1, 31).unwrap();
        let mut months = vec![0; condition.lasting_parts()];
        let mut look =
            |a: f64, b: f64| condition.holds(&|name| if name == "a" { a } else { b }, day, &mut months);
        // The first part counts although the second does not hold.
        assert!(!look(5.0, 0.0));
        assert!(look(5.0, 1.0));
        assert!(!look(f64::NAN, 1.0), "what has no value is not below 10");
        assert!(!look(5.0, 1.0));
        assert!(look(5.0, 1.0));
    }

    #[test]
    fn days_are_compared_with_the_months_last_day() {
        let condition = Condition::read("date >= 2016-01-31").unwrap();
        let holds = |day: &str| condition.holds(&|_| f64::NAN, day.parse().unwrap(), &mut []);
        assert!(holds("2016-01-31") && !holds("2015-12-31"));
    }

    #[test]
    fn faults_say_where_and_what_was_expected() {
        assert_eq!(fault("").0, 0);
        assert_eq!(fault("orders << 3").0, 7);
        assert_eq!(fault("orders < x"), (9, "expected a number, found `x`".to_owned()));
        assert_eq!(fault("orders < 3 for 0 months").0, 15);
        assert_eq!(fault("orders < 3 for 3 years").0, 17);
        assert_eq!(fault("(orders < 3").0, 11);
        assert_eq!(fault("orders < 3 but a < 1").0, 11);
        assert_eq!(fault("and < 3").0, 0);
        assert_eq!(fault("date > 12").0, 7);
        assert_eq!(fault("a < 1 & b < 2").0, 6);
        assert!(fault(&"(".repeat(40)).1.contains("16"));
        assert!(fault(&"a".repeat(1001)).1.contains("1001"));
    }
}
