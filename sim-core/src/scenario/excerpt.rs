//! The line in which something is wrong, with the part that is meant, for whoever shows it.

use crate::base::harmless::escaped;

/// Characters of a line that are shown before the part that is meant, and in all.
const BEFORE: usize = 60;
const SHOWN: usize = 160;

/// A line, safe to print, and the part of it that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, or what of it fits: no control characters, nothing invisible, at most 160 characters as
    /// written.
    pub text: String,
    /// Where the part begins \[bytes\].
    pub from: usize,
    /// Where it ends \[bytes\]; never before its beginning.
    pub to: usize,
}

impl Excerpt {
    /// The line of a text around a byte, with so many characters meant as `value` has, if it stands there, or
    /// else the word or character there.
    pub fn of(text: &str, at: usize, value: &str) -> Option<Excerpt> {
        let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
        let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let line = text.get(start..)?.split('\n').next()?.trim_end_matches('\r');
        let (before, after) = line.split_at_checked(at - start)?;
        let is_here = !value.is_empty() && after.starts_with(value);
        let meant = if is_here { value.lines().next().unwrap_or("").len() } else { word(after) };
        let (part, rest) = after.split_at_checked(meant)?;
        Some(Excerpt::cut(before, part, rest))
    }

    /// A whole line, with the first place meant at which a value stands.
    pub(crate) fn of_line(line: &str, value: &str) -> Excerpt {
        let at = Some(value).filter(|value| !value.is_empty()).and_then(|value| line.find(value));
        let (before, after) = line.split_at(at.unwrap_or(0));
        let (part, rest) = after.split_at(at.map_or(after.len(), |_| value.len()));
        Excerpt::cut(before, part, rest)
    }

    fn cut(before: &str, part: &str, rest: &str) -> Excerpt {
        let skipped = before.chars().count().saturating_sub(BEFORE);
        let mut text: String = if skipped > 0 { "…".to_owned() } else { String::new() };
        text.extend(before.chars().skip(skipped).map(safe));
        let from = text.len();
        text.extend(part.chars().take(SHOWN - BEFORE).map(safe));
        let to = text.len();
        let room = (SHOWN - BEFORE).saturating_sub(part.chars().count());
        text.extend(rest.chars().take(room).map(safe));
        if rest.chars().count() > room {
            text.push('…');
        }
        Excerpt { text, from, to }
    }

    /// The same line with another part of it meant, if that stands in what is shown.
    #[must_use]
    pub fn meaning(mut self, part: &str) -> Excerpt {
        if let Some(at) = self.text.find(part).filter(|_| !part.is_empty()) {
            (self.from, self.to) = (at, at + part.len());
        }
        self
    }
}

/// A character that may be printed; a blank for a tab, so that markers stand below what they mean.
fn safe(character: char) -> String {
    if character == '\t' { " ".to_owned() } else { escaped(&character.to_string()) }
}

/// The length of the word that stands first, or of the first character.
fn word(text: &str) -> usize {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-');
    let end = text.find(|letter| !is_word(letter)).unwrap_or(text.len());
    if end > 0 { end } else { text.chars().next().map_or(0, char::len_utf8) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, at: usize, value: &str) -> (String, String) {
        let excerpt = Excerpt::of(text, at, value).unwrap();
        (excerpt.text[excerpt.from..excerpt.to].to_owned(), excerpt.text)
    }

    #[test]
    fn the_line_and_the_part_are_found() {
        let text = "(\n\tseed: -1, \"桐庐\": x\r\n)";
        assert_eq!(meant(text, 9, "-1"), ("-1".into(), " seed: -1, \"桐庐\": x".into()));
        assert_eq!(meant(text, 3, "-1").0, "seed", "the word that stands there");
        assert_eq!(meant(text, 1000, ""), (String::new(), ")".into()), "the end of the text");
        assert_eq!(meant("", 0, "x"), (String::new(), String::new()));
    }

    #[test]
    fn long_and_hostile_lines_are_cut_and_escaped() {
        let long = format!("{}\u{202e}{}", "a".repeat(5000), "b".repeat(5000));
        let (part, text) = meant(&long, 5000, "");
        assert!(text.chars().count() < 200 && part == "\\u{202e}", "{text}");
        for at in 0..30 {
            let _ = Excerpt::of("浙江 x\n\u{feff}y \u{0}", at, "y");
        }
    }
}
