//! Text that would harm whoever reads it: control characters, reversed and invisible writing, paths that
//! leave their folder.

/// Why a character may not stand in a scenario, if it may not.
pub(super) fn unwelcome(character: char) -> Option<&'static str> {
    match character {
        '\t' | '\n' | '\r' => None,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some("a control character"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some("a character that reverses writing")
        }
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' => {
            Some("an invisible character")
        }
        '\u{200b}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' => {
            Some("an invisible character")
        }
        '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => {
            Some("an invisible character")
        }
        _ => None,
    }
}

/// Most characters of a value that a message repeats.
const SHOWN: usize = 60;

/// A text as messages may show it: unwelcome characters escaped, on one line, at most 60 characters.
pub fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == SHOWN {
            shown.push('…');
            break;
        }
        push_safe(&mut shown, character);
    }
    shown
}

/// A text of any length with unwelcome characters escaped, line ends included.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::new();
    text.chars().for_each(|character| push_safe(&mut safe, character));
    safe
}

fn push_safe(text: &mut String, character: char) {
    match character {
        '\t' | '\n' | '\r' => text.extend(character.escape_default()),
        _ if unwelcome(character).is_some() => text.extend(character.escape_unicode()),
        _ => text.push(character),
    }
}
