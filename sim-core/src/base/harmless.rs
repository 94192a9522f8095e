//! Characters that would harm whoever reads a text: controls, reversed and invisible writing.

crate::messages! {
    /// Why a character may not stand in what is read.
    pub enum Harm {
        Control = "a control character", "控制字符";
        Reversing = "a character that reverses writing", "使文字反向的字符";
        Invisible = "an invisible character", "看不见的字符";
    }
}

/// Why a character may not stand in what is read, if it may not.
pub(crate) fn unwelcome(character: char) -> Option<Harm> {
    match character {
        '\t' | '\n' | '\r' => None,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some(Harm::Control),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(Harm::Reversing)
        }
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' => Some(Harm::Invisible),
        '\u{200b}'..='\u{200d}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}' => Some(Harm::Invisible),
        '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => {
            Some(Harm::Invisible)
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
pub fn escaped(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shown_can_move_the_cursor_or_reverse_the_line() {
        let hostile = "a\u{1b}[31m\u{202e}b\u{200b}\u{feff}\n\u{0}c\u{9b}";
        let safe = shown(hostile);
        assert!(safe.chars().all(|character| unwelcome(character).is_none() && character != '\n'), "{safe}");
        assert_eq!(safe, "a\\u{1b}[31m\\u{202e}b\\u{200b}\\u{feff}\\n\\u{0}c\\u{9b}");
        assert_eq!(shown(&"x".repeat(1000)).chars().count(), 61);
    }
}
