//! A tolerant scanner of RON that knows where everything stands and goes on after faults.
//!
//! It finds the structure (fields, lists, calls, texts); what a value means is read elsewhere, one field at a
//! time. Rejected: `ron` with `serde` for the whole file, which stops at the first fault and cannot name the
//! field; a grammar generator, for a language of eight sorts of value.
//!
//! Every loop consumes at least a byte or ends; nesting is limited, so that recursion is.

use super::advice::Advice;
use super::cursor::{Scanner, SyntaxError, instead_of, is_blank, is_word};
use super::issue::{Issue, Open};
use super::node::{Field, Kind, Node};
use super::text;

/// The deepest nesting that is read. Scenarios need six levels.
const DEEPEST: usize = 32;

/// What was found in a text: a value, if there is one, and faults.
pub struct Scanned<'t> {
    /// The value.
    pub root: Option<Node<'t>>,
    /// The faults.
    pub faults: Vec<SyntaxError>,
}

/// Scans a text that holds one value.
pub fn scan(text: &str) -> Scanned<'_> {
    let mut scanner = Scanner::new(text);
    scanner.skip_blank();
    let root = (!scanner.is_done()).then(|| scanner.value());
    scanner.skip_blank();
    if root.is_some() && !scanner.is_done() {
        let found = scanner.found();
        scanner.fault(Issue::ExpectedEnd { found }, Advice::Nothing);
    }
    Scanned { root, faults: scanner.faults }
}

impl<'t> Scanner<'t> {
    fn node(&self, at: usize, kind: Kind<'t>) -> Node<'t> {
        let text = self.text.get(at..self.at).unwrap_or("");
        Node { at, text, kind }
    }

    /// Reads a value; [`Kind::Broken`] where there is none.
    fn value(&mut self) -> Node<'t> {
        let at = self.at;
        let kind = match self.peek() {
            Some('(') => self.nested(Scanner::parentheses),
            Some('[') => self.nested(|scanner| Kind::List(scanner.values(']'))),
            Some('"') => text::quoted(self),
            Some('r') if text::is_raw(self.rest()) => text::raw(self),
            Some('\'') => text::letter(self),
            Some(first) if begins_number(first, self.rest()) => self.number(),
            Some(first) if is_word(first) => self.word_or_call(),
            _ => self.no_value(),
        };
        self.node(at, kind)
    }

    fn no_value(&mut self) -> Kind<'t> {
        let found = self.found();
        let suggestion = self.peek().map_or(Advice::Nothing, instead_of);
        self.fault(Issue::ExpectedValue { found }, suggestion);
        if !matches!(self.peek(), Some(',' | ')' | ']')) {
            self.skip_to_separator();
        }
        Kind::Broken
    }

    /// Reads one level deeper, unless that is too deep.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Kind<'t>) -> Kind<'t> {
        if self.depth == DEEPEST {
            self.fault(Issue::TooDeep { levels: DEEPEST }, Advice::Nothing);
            self.skip_to_separator();
            return Kind::Broken;
        }
        self.depth += 1;
        let kind = read(self);
        self.depth -= 1;
        kind
    }

    fn number(&mut self) -> Kind<'t> {
        let rest = self.rest();
        let end = rest.find(|character: char| !is_word(character) && !"+%".contains(character));
        self.at += end.unwrap_or(rest.len());
        Kind::Number
    }

    fn word_or_call(&mut self) -> Kind<'t> {
        let word = self.word_here();
        self.at += word.len();
        let after = self.at;
        self.skip_blank();
        if self.peek() == Some('(') {
            let at = self.at;
            let kind = self.nested(Scanner::parentheses);
            return Kind::Call(word, Box::new(self.node(at, kind)));
        }
        self.at = after;
        Kind::Word
    }

    /// Reads `( … )`: fields if the first thing is a name with a colon, values otherwise.
    fn parentheses(&mut self) -> Kind<'t> {
        let open = self.at;
        self.bump();
        self.skip_blank();
        if self.peek() == Some(')') || self.begins_field() {
            self.at = open;
            Kind::Fields(self.fields())
        } else {
            self.at = open;
            Kind::Tuple(self.values(')'))
        }
    }

    fn begins_field(&mut self) -> bool {
        let here = self.at;
        let word = self.word_here().len();
        self.at += word;
        // No `skip_blank` here: a fault of a comment would be noted twice.
        let rest = self.rest().trim_start_matches(is_blank);
        self.at = here;
        word > 0 && (rest.starts_with(':') || rest.starts_with('='))
    }

    fn values(&mut self, close: char) -> Vec<Node<'t>> {
        let mut nodes = Vec::new();
        self.items(close, |scanner| nodes.push(scanner.value()));
        nodes
    }

    fn fields(&mut self) -> Vec<Field<'t>> {
        let mut fields = Vec::new();
        self.items(')', |scanner| fields.extend(scanner.field()));
        fields
    }

    fn field(&mut self) -> Option<Field<'t>> {
        let (at, name) = (self.at, self.word_here());
        if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
            let found = self.found();
            let suggestion = self.peek().map_or(Advice::Nothing, instead_of);
            let is_digits = !name.is_empty();
            let suggestion = if is_digits { Advice::DigitGroups } else { suggestion };
            self.fault(Issue::ExpectedName { found }, suggestion);
            self.skip_to_separator();
            return None;
        }
        self.at += name.len();
        self.path.push(name);
        let value = self.field_value();
        self.path.pop();
        Some(Field { name, at, value })
    }

    fn field_value(&mut self) -> Node<'t> {
        self.skip_blank();
        if !self.eat(":") {
            let found = self.found();
            let suggestion = self.peek().map_or(Advice::Nothing, instead_of);
            self.fault(Issue::ExpectedColon { found }, suggestion);
            if !self.eat("=") && !self.eat("：") {
                self.skip_to_separator();
                return self.node(self.at, Kind::Broken);
            }
        }
        self.skip_blank();
        self.value()
    }

    /// Reads items with commas between them up to a closing bracket, the opening one being here.
    fn items(&mut self, close: char, mut item: impl FnMut(&mut Self)) {
        let open = self.at;
        let opening = self.bump().unwrap_or('(');
        loop {
            self.skip_blank();
            match self.peek() {
                Some(next) if next == close => break,
                None => {
                    if !self.faults.iter().any(|fault| matches!(fault.message, Issue::NeverClosed { .. })) {
                        let what = Open::Bracket { bracket: opening };
                        let issue = Issue::NeverClosed { what, close: close.to_string() };
                        self.fault_at(open, issue, Advice::Nothing);
                    }
                    return;
                }
                _ => item(self),
            }
            if self.separator(close) {
                return;
            }
        }
        self.bump();
    }

    /// Passes the comma after an item; the closing bracket stays. Says whether another bracket closed
    /// instead.
    fn separator(&mut self, close: char) -> bool {
        self.skip_blank();
        let next = self.peek();
        if next.is_none() || next == Some(close) || self.eat(",") {
            return false;
        }
        let found = self.found();
        let suggestion = next.map_or(Advice::Nothing, instead_of);
        self.fault(Issue::ExpectedComma { close, found }, suggestion);
        match next {
            Some(')' | ']' | '}') => return self.bump().is_some(),
            Some('，' | '、' | ';' | '；') => drop(self.bump()),
            Some(next) if is_word(next) => {}
            _ => {
                self.bump();
                self.skip_to_separator();
                self.eat(",");
            }
        }
        false
    }

    /// Goes on to the next comma or closing bracket of this level.
    fn skip_to_separator(&mut self) {
        let mut open = 0_usize;
        loop {
            self.skip_blank();
            match self.peek() {
                None => return,
                Some(',' | ')' | ']' | '}') if open == 0 => return,
                Some('(' | '[' | '{') => open += 1,
                Some(')' | ']' | '}') => open -= 1,
                Some('"') => {
                    text::quoted(self);
                    continue;
                }
                Some(_) => {}
            }
            self.bump();
        }
    }
}

fn begins_number(first: char, rest: &str) -> bool {
    let second = rest.chars().nth(1);
    first.is_ascii_digit()
        || matches!(first, '+' | '-')
        || (first == '.' && second.is_some_and(|second| second.is_ascii_digit()))
}
