//! Standard output and error: widths, closed pipes, and text that may not command a terminal.

use crate::command_error::CommandError;
use std::io::{self, IsTerminal, Write};

/// Columns of text where no terminal tells its width, as in a file or a pipe.
const WIDTH_ELSEWHERE: u16 = 100;
/// The widest text worth reading in one line.
const WIDEST: u16 = 120;
/// The narrowest width that is laid out for; below it lines wrap.
const NARROWEST: u16 = 60;

/// The width to lay results out for \[columns\]: the terminal's, within 60 to 120.
pub fn width() -> u16 {
    let of_terminal = terminal_size::terminal_size().map(|(width, _)| width.0);
    let asked = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    of_terminal.or(asked).unwrap_or(WIDTH_ELSEWHERE).clamp(NARROWEST, WIDEST)
}

/// Writes results to standard output.
///
/// # Errors
/// [`CommandError::ClosedPipe`] if nobody reads any more; a failed run otherwise.
pub fn print(text: &str) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| CommandError::standard_output(&error))
}

/// Writes a line to standard error. That nobody can read it is no reason to fail.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", harmless(text));
}

/// Whether standard error is a terminal, on which progress may be drawn.
pub fn shows_progress() -> bool {
    io::stderr().is_terminal()
}

/// The text without control characters other than line ends, so that a name or path in a message cannot steer
/// the terminal.
pub fn harmless(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\n' => letter,
        '\t' => ' ',
        _ if letter.is_control() || is_steering(letter) => '\u{FFFD}',
        _ => letter,
    };
    text.chars().map(shown).collect()
}

/// Bidirectional overrides and isolates, and characters of no width.
fn is_steering(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_overrides_are_shown_not_obeyed() {
        assert_eq!(harmless("a\u{1b}[2Jb\r\u{202e}c\nd"), "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c\nd");
        assert_eq!(harmless("桐庐 Tonglu"), "桐庐 Tonglu");
    }
}
