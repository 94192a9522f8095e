//! Texts and characters in quotes, as RON writes them.

use super::advice::Advice;
use super::cursor::Scanner;
use super::issue::{Issue, Open};
use super::node::Kind;
use crate::base::harmless::unwelcome;

/// Reads `"…"` with escapes.
pub(super) fn quoted<'t>(scanner: &mut Scanner<'t>) -> Kind<'t> {
    let open = scanner.at;
    scanner.bump();
    let (mut content, mut sound) = (String::new(), true);
    loop {
        let at = scanner.at;
        match scanner.bump() {
            Some('"') if sound => return Kind::Text(content),
            Some('"') => return Kind::Broken,
            Some('\\') => match escape(scanner) {
                Ok(character) => content.push(character),
                Err(message) => {
                    scanner.fault_at(at, message, Advice::Nothing);
                    sound = false;
                }
            },
            Some(character) => {
                // Refused when the file was opened.
                sound &= unwelcome(character).is_none();
                content.push(character);
            }
            None => {
                scanner.fault_at(open, never_closed("\""), Advice::Nothing);
                return Kind::Broken;
            }
        }
    }
}

/// Reads what follows a backslash.
fn escape(scanner: &mut Scanner<'_>) -> Result<char, Issue> {
    let character = match scanner.bump() {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('0') => '\0',
        Some(same @ ('\\' | '"' | '\'')) => same,
        Some('x') => hexadecimal(scanner, 2)?,
        Some('u') if scanner.eat("{") => {
            let character = hexadecimal(scanner, 6)?;
            if !scanner.eat("}") {
                return Err(Issue::EscapeNotClosed);
            }
            character
        }
        _ => return Err(Issue::NoSuchEscape),
    };
    match unwelcome(character) {
        Some(kind) => Err(Issue::Unwelcome { kind, code: format!("{:04X}", u32::from(character)) }),
        None => Ok(character),
    }
}

fn hexadecimal(scanner: &mut Scanner<'_>, most: usize) -> Result<char, Issue> {
    let rest = scanner.rest();
    let digits: &str = {
        let end = rest.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
        rest.get(..end).unwrap_or("")
    };
    scanner.at += digits.len();
    let code = u32::from_str_radix(digits, 16).ok();
    code.and_then(char::from_u32).ok_or(Issue::EscapeOfNothing)
}

/// Whether a raw text `r"…"` or `r#"…"#` begins here.
pub(super) fn is_raw(rest: &str) -> bool {
    rest.strip_prefix('r').is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
}

/// Reads a raw text.
pub(super) fn raw<'t>(scanner: &mut Scanner<'t>) -> Kind<'t> {
    let open = scanner.at;
    scanner.bump();
    let hashes = scanner.rest().bytes().take_while(|&byte| byte == b'#').count();
    scanner.at += hashes + 1;
    let rest = scanner.rest();
    let close = format!("\"{}", "#".repeat(hashes));
    let Some(end) = rest.find(&close) else {
        scanner.fault_at(open, never_closed(short(&close)), Advice::Nothing);
        scanner.at = scanner.text.len();
        return Kind::Broken;
    };
    scanner.at += end + close.len();
    let content = rest.get(..end).unwrap_or("");
    let is_sound = content.chars().all(|character| unwelcome(character).is_none());
    if is_sound { Kind::Text(content.to_owned()) } else { Kind::Broken }
}

fn never_closed(close: &str) -> Issue {
    Issue::NeverClosed { what: Open::Text, close: close.to_owned() }
}

fn short(close: &str) -> &str {
    close.get(..20).unwrap_or(close)
}

/// Reads `'…'`.
pub(super) fn letter<'t>(scanner: &mut Scanner<'t>) -> Kind<'t> {
    let open = scanner.at;
    scanner.bump();
    if scanner.eat("\\") {
        if let Err(message) = escape(scanner) {
            scanner.fault_at(open, message, Advice::Nothing);
        }
    } else {
        scanner.bump();
    }
    if scanner.eat("'") {
        return Kind::Letter;
    }
    scanner.fault_at(open, Issue::OneCharacter, Advice::DoubleQuotes);
    // Most likely a text in the wrong quotes: go on behind it, if it ends in this line.
    let line = scanner.rest().split('\n').next().unwrap_or("");
    scanner.at += line.find('\'').map_or(0, |quote| quote + 1);
    Kind::Broken
}
