//! Reads formulas, by descent.

use super::formula::{Formula, FormulaError, FormulaFault, FormulaSign, READINGS};
use sim_core::scenario::shown;

/// Most characters of a formula.
const LONGEST: usize = 1000;
/// Most parentheses and signs within each other.
const DEEPEST: usize = 16;

impl Formula {
    /// Reads a formula. What its names mean is not looked at.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn read(text: &str) -> Result<Formula, FormulaFault> {
        let length = text.chars().count();
        if length > LONGEST {
            return Err(FormulaFault { at: 0, why: FormulaError::TooLong { length } });
        }
        let mut reader = FormulaReader { words: words(text)?, next: 0, end: text.len(), depth: 0 };
        let formula = reader.sum()?;
        match reader.peek() {
            None => Ok(formula),
            Some(found) => Err(reader.fault(FormulaError::Joint { found: shown(found) })),
        }
    }
}

/// A word of a formula, and where it begins.
type FormulaWord<'t> = (usize, &'t str);

fn words(text: &str) -> Result<Vec<FormulaWord<'_>>, FormulaFault> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let length = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '(' | ')' | '+' | '-' | '*' | '/' => 1,
            _ if is_of_word(first) => rest.chars().take_while(|&c| is_of_word(c)).map(char::len_utf8).sum(),
            _ => {
                return Err(FormulaFault {
                    at,
                    why: FormulaError::Character { found: shown(&first.to_string()) },
                });
            }
        };
        words.push((at, rest.get(..length).unwrap_or(rest)));
        at += length;
    }
    Ok(words)
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '.'
}

struct FormulaReader<'t> {
    words: Vec<FormulaWord<'t>>,
    next: usize,
    end: usize,
    depth: usize,
}

impl<'t> FormulaReader<'t> {
    fn peek(&self) -> Option<&'t str> {
        self.words.get(self.next).map(|(_, word)| *word)
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let is_it = self.peek() == Some(wanted);
        self.next += usize::from(is_it);
        is_it
    }

    /// A fault at the next word.
    fn fault(&self, why: FormulaError) -> FormulaFault {
        FormulaFault { at: self.words.get(self.next).map_or(self.end, |(at, _)| *at), why }
    }

    fn sum(&mut self) -> Result<Formula, FormulaFault> {
        self.joined(&[("+", FormulaSign::Plus), ("-", FormulaSign::Minus)], FormulaReader::product)
    }

    fn product(&mut self) -> Result<Formula, FormulaFault> {
        self.joined(&[("*", FormulaSign::Times), ("/", FormulaSign::Over)], FormulaReader::part)
    }

    fn joined(
        &mut self,
        signs: &[(&str, FormulaSign)],
        part: fn(&mut FormulaReader<'t>) -> Result<Formula, FormulaFault>,
    ) -> Result<Formula, FormulaFault> {
        let mut whole = part(self)?;
        while let Some(&(_, operation)) = signs.iter().find(|(sign, _)| self.eat(sign)) {
            whole = Formula::Both(Box::new(whole), operation, Box::new(part(self)?));
        }
        Ok(whole)
    }

    fn part(&mut self) -> Result<Formula, FormulaFault> {
        if self.depth >= DEEPEST {
            return Err(self.fault(FormulaError::TooDeep));
        }
        self.depth += 1;
        let part = self.shallow();
        self.depth -= 1;
        part
    }

    fn shallow(&mut self) -> Result<Formula, FormulaFault> {
        let Some(word) = self.peek() else { return Err(self.fault(FormulaError::Ends)) };
        if self.eat("-") {
            return self.part().map(|part| Formula::Negative(Box::new(part)));
        }
        if self.eat("(") {
            let inner = self.sum()?;
            return if self.eat(")") { Ok(inner) } else { Err(self.fault(FormulaError::Close)) };
        }
        if word.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
            let number = word.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite());
            let number = number.ok_or_else(|| self.fault(FormulaError::Part { found: shown(word) }))?;
            self.next += 1;
            return Ok(Formula::Number(number));
        }
        if !word.starts_with(|first: char| first.is_alphabetic()) {
            return Err(self.fault(FormulaError::Part { found: shown(word) }));
        }
        self.named(word)
    }

    /// A series, with how it is read before it or not.
    fn named(&mut self, word: &'t str) -> Result<Formula, FormulaFault> {
        let reading = READINGS.iter().find(|(known, _)| *known == word).map(|(_, reading)| *reading);
        let unread = self.fault(FormulaError::NoReading { found: shown(word) });
        self.next += 1;
        if !self.eat("(") {
            return Ok(Formula::Series(word.to_owned(), None));
        }
        let reading = reading.ok_or(unread)?;
        let is_name = |word: &&str| word.starts_with(|first: char| first.is_alphabetic());
        let Some(name) = self.peek().filter(is_name) else {
            let found = shown(self.peek().unwrap_or_default());
            return Err(self.fault(FormulaError::Part { found }));
        };
        self.next += 1;
        let series = Formula::Series(name.to_owned(), Some(reading));
        if self.eat(")") { Ok(series) } else { Err(self.fault(FormulaError::Close)) }
    }
}
