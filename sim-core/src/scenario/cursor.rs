//! The scanner's place in a text: characters, words, blanks and comments, and the faults met so far.

use super::advice::Advice;
use super::issue::{Found, Issue, Open};
use crate::base::harmless::{shown, unwelcome};

/// After so many faults of syntax the rest of a file is not worth scanning.
const MOST_FAULTS: usize = 40;

/// A fault of syntax.
#[derive(Clone, Debug)]
pub struct SyntaxError {
    /// Offset in the text.
    pub at: usize,
    /// The field in which it stands.
    pub path: String,
    /// What is wrong.
    pub message: Issue,
    /// What to do.
    pub suggestion: Advice,
}

/// A place in a text, the fields around it, and the faults met on the way.
pub(super) struct Scanner<'t> {
    /// The text.
    pub text: &'t str,
    /// Offset of the next byte.
    pub at: usize,
    /// How deep the place is nested.
    pub depth: usize,
    /// The fields around the place.
    pub path: Vec<&'t str>,
    /// The faults.
    pub faults: Vec<SyntaxError>,
}

impl<'t> Scanner<'t> {
    /// The beginning of a text.
    pub fn new(text: &'t str) -> Scanner<'t> {
        Scanner { text, at: 0, depth: 0, path: Vec::new(), faults: Vec::new() }
    }

    /// What is still to be read.
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes the next character.
    pub(crate) fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Passes a text, if it stands here.
    pub(crate) fn eat(&mut self, wanted: &str) -> bool {
        let here = self.rest().starts_with(wanted);
        self.at += if here { wanted.len() } else { 0 };
        here
    }

    /// Whether everything is read.
    pub fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Notes a fault here.
    pub fn fault(&mut self, message: Issue, suggestion: Advice) {
        self.fault_at(self.at, message, suggestion);
    }

    /// Notes a fault at an offset.
    pub(crate) fn fault_at(&mut self, at: usize, message: Issue, suggestion: Advice) {
        // One fault a place: what follows from it is no news.
        if self.faults.iter().any(|fault| fault.at == at) {
            return;
        }
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(SyntaxError { at, path: self.path.join("."), message, suggestion });
        } else {
            self.at = self.text.len();
        }
    }

    /// What stands here, for messages.
    pub fn found(&self) -> Found {
        match self.peek() {
            None => Found::EndOfText,
            Some(first) if is_word(first) => Found::This { text: shown(self.word_here()) },
            Some(first) => Found::This { text: shown(&first.to_string()) },
        }
    }

    /// The word that stands here; empty if none does.
    pub(crate) fn word_here(&self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|character: char| !is_word(character)).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    }

    /// Skips blanks, comments, and characters that were refused when the file was opened.
    pub(crate) fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let next = rest.find(|character: char| !is_blank(character)).unwrap_or(rest.len());
            self.at += next;
            if self.eat("//") {
                let rest = self.rest();
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if self.rest().starts_with("/*") {
                self.skip_block_comment();
            } else if self.rest().starts_with('#') {
                self.refuse_hash();
            } else {
                return;
            }
        }
    }

    /// `#` begins a comment elsewhere, and an extension in RON.
    fn refuse_hash(&mut self) {
        if self.rest().starts_with("#!") {
            self.fault(Issue::Extension, Advice::DeleteLine);
        } else {
            self.fault(Issue::Hash, Advice::Comments);
        }
        let rest = self.rest();
        self.at += rest.find('\n').unwrap_or(rest.len());
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
                let issue = Issue::NeverClosed { what: Open::Comment, close: "*/".to_owned() };
                self.fault_at(start, issue, Advice::Nothing);
                return;
            }
        }
    }
}

/// Whether a character only separates, those that were refused included.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r') || unwelcome(character).is_some()
}

/// Whether a character may stand in a word; `.` and `-` may, so that misspelt names stay whole.
pub(super) fn is_word(character: char) -> bool {
    let beyond_ascii = character.is_alphanumeric() && unwelcome(character).is_none();
    beyond_ascii || matches!(character, '_' | '.' | '-')
}

/// Punctuation that is meant but not RON, and what to write.
pub(super) fn instead_of(found: char) -> Advice {
    match found {
        '，' | '、' => Advice::Plain { character: ',' },
        '：' => Advice::Plain { character: ':' },
        '（' | '）' => Advice::PlainParentheses,
        '“' | '”' | '‘' | '’' | '「' | '」' => Advice::PlainQuotes,
        ';' | '；' => Advice::Commas,
        '=' => Advice::NameAndValue,
        '{' | '}' => Advice::Parentheses,
        '\u{a0}' | '\u{3000}' => Advice::PlainBlank,
        _ => Advice::Nothing,
    }
}
