//! A tolerant scanner of RON that knows where everything stands and goes on after faults.
//!
//! It finds the structure (fields, lists, calls, texts); what a value means is read elsewhere, one field at a
//! time. Rejected: `ron` with `serde` for the whole file, which stops at the first fault and cannot name the
//! field; a grammar generator, for a language of eight sorts of value.
//!
//! Every loop consumes at least a byte or ends; nesting is limited, so that recursion is.

use super::hostile::{shown, unwelcome};
use super::node::{Field, Kind, Node};
use super::text;

/// The deepest nesting that is read. Scenarios need six levels.
const DEEPEST: usize = 32;

/// After so many faults of syntax the rest of a file is not worth scanning.
const MOST_FAULTS: usize = 40;

/// A fault of syntax.
#[derive(Clone, Debug)]
pub(super) struct SyntaxFault {
    /// Offset in the text.
    pub at: usize,
    /// The field in which it stands.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub suggestion: String,
}

/// What was found in a text: a value, if there is one, and faults.
pub(super) struct Scanned<'t> {
    /// The value.
    pub root: Option<Node<'t>>,
    /// The faults.
    pub faults: Vec<SyntaxFault>,
}

/// Scans a text that holds one value.
pub(super) fn scan(text: &str) -> Scanned<'_> {
    let mut scanner = Scanner {
        text,
        at: 0,
        depth: 0,
        path: Vec::new(),
        faults: Vec::new(),
    };
    scanner.skip_blank();
    let root = (!scanner.is_done()).then(|| scanner.value());
    scanner.skip_blank();
    if root.is_some() && !scanner.is_done() {
        let found = scanner.found();
        scanner.fault(format!("expected the end, found {found}"), "");
    }
    Scanned {
        root,
        faults: scanner.faults,
    }
}

pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    depth: usize,
    path: Vec<&'t str>,
    faults: Vec<SyntaxFault>,
}

impl<'t> Scanner<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    pub(super) fn eat(&mut self, wanted: &str) -> bool {
        let here = self.rest().starts_with(wanted);
        self.at += if here { wanted.len() } else { 0 };
        here
    }

    fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn fault(&mut self, message: String, suggestion: &str) {
        self.fault_at(self.at, message, suggestion);
    }

    pub(super) fn fault_at(&mut self, at: usize, message: String, suggestion: &str) {
        // One fault a place: what follows from it is no news.
        if self.faults.iter().any(|fault| fault.at == at) {
            return;
        }
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(SyntaxFault {
                at,
                path: self.path.join("."),
                message,
                suggestion: suggestion.to_owned(),
            });
        } else {
            self.at = self.text.len();
        }
    }

    /// What stands here, for messages.
    fn found(&self) -> String {
        match self.peek() {
            None => "the end of the text".to_owned(),
            Some(first) if is_word(first) => format!("`{}`", shown(self.word_here())),
            Some(first) => format!("`{}`", shown(&first.to_string())),
        }
    }

    fn word_here(&self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|character: char| !is_word(character)).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    }

    /// Skips blanks, comments, and characters that were refused when the file was opened.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let next = rest.find(|character: char| !is_blank(character)).unwrap_or(rest.len());
            self.at += next;
            if self.eat("//") {
                let rest = self.rest();
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if self.rest().starts_with("/*") {
                self.skip_block_comment();
            } else {
                return;
            }
        }
    }

    /// Comments in `/* */` nest in RON.
    fn skip_block_comment(&mut self) {
        let (start, mut open) = (self.at, 0_usize);
        loop {
            if self.eat("/*") {
                open += 1;
            } else if self.eat("*/") {
                open -= 1;
                if open == 0 {
                    return;
                }
            } else if self.bump().is_none() {
                self.fault_at(start, "the comment is never closed: expected `*/`".to_owned(), "");
                return;
            }
        }
    }

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
        let suggestion = self.peek().map_or("", instead_of);
        self.fault(format!("expected a value, found {found}"), suggestion);
        if !matches!(self.peek(), Some(',' | ')' | ']')) {
            self.skip_to_separator();
        }
        Kind::Broken
    }

    /// Reads one level deeper, unless that is too deep.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Kind<'t>) -> Kind<'t> {
        if self.depth == DEEPEST {
            self.fault(format!("nested deeper than {DEEPEST} levels"), "");
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
        let end = rest.find(|character: char| is_blank(character) || ",()[]{}:\"'/".contains(character));
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
            let suggestion = self.peek().map_or("", instead_of);
            self.fault(format!("expected the name of a field, found {found}"), suggestion);
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
            let suggestion = self.peek().map_or("", instead_of);
            self.fault(format!("expected `:` after the field's name, found {found}"), suggestion);
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
                    if !self.faults.iter().any(|fault| fault.message.contains("never closed")) {
                        let message = format!("`{opening}` is never closed: expected `{close}`");
                        self.fault_at(open, message, "");
                    }
                    return;
                }
                _ => item(self),
            }
            self.separator(close);
        }
        self.bump();
    }

    /// Passes the comma after an item; a closing bracket stays.
    fn separator(&mut self, close: char) {
        self.skip_blank();
        let next = self.peek();
        if next.is_none() || next == Some(close) || self.eat(",") {
            return;
        }
        let found = self.found();
        let suggestion = next.map_or("", instead_of);
        self.fault(format!("expected `,` or `{close}`, found {found}"), suggestion);
        if !next.is_some_and(is_word) {
            self.bump();
            self.skip_to_separator();
            self.eat(",");
        }
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

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r') || unwelcome(character).is_some()
}

fn is_word(character: char) -> bool {
    let beyond_ascii = character.is_alphanumeric() && unwelcome(character).is_none();
    beyond_ascii || matches!(character, '_' | '.' | '-')
}

fn begins_number(first: char, rest: &str) -> bool {
    let second = rest.chars().nth(1);
    first.is_ascii_digit()
        || matches!(first, '+' | '-')
        || (first == '.' && second.is_some_and(|second| second.is_ascii_digit()))
}

/// Punctuation that is meant but not RON, and what to write.
fn instead_of(found: char) -> &'static str {
    match found {
        '，' | '、' => "write a plain `,`",
        '：' => "write a plain `:`",
        '（' | '）' => "write plain `(` and `)`",
        '“' | '”' | '‘' | '’' | '「' | '」' => "write plain quotes `\"`",
        ';' | '；' => "fields are separated by `,`",
        '=' => "write `name: value`",
        '{' | '}' => "fields stand in `(` and `)`",
        '\u{a0}' | '\u{3000}' => "write a plain blank",
        '#' => "comments begin with `//`",
        _ => "",
    }
}
