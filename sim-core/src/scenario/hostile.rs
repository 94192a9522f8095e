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
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' => Some("an invisible character"),
        '\u{200b}'..='\u{200d}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}' => Some("an invisible character"),
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

/// Checks that a name can be the name of a folder or a cell of a table without harm: letters of any script,
/// digits, blanks, `_`, `-` and `.`, beginning with a letter or digit.
///
/// # Errors
/// What is wrong with it.
pub fn check_name(name: &str) -> Result<(), String> {
    let plain = |character: char| character.is_alphanumeric() || " _-.".contains(character);
    if let Some(other) = name.chars().find(|&character| !plain(character)) {
        let other = shown(&other.to_string());
        return Err(format!(
            "`{other}` may not stand in a name: expected letters, digits, blanks, `_`, `-` or `.`"
        ));
    }
    if !name.starts_with(char::is_alphanumeric) || name.ends_with([' ', '.']) {
        return Err("a name begins with a letter or digit and does not end with a blank or `.`".to_owned());
    }
    Ok(())
}

/// Checks that a path is relative and plain; `..` is judged where it is known from where the path starts.
///
/// # Errors
/// What is wrong with it.
pub fn check_path(path: &str) -> Result<(), String> {
    match () {
        () if path.is_empty() => Err("the path is empty".to_owned()),
        () if path.len() > 500 => Err("the path is longer than 500 bytes".to_owned()),
        () if path.contains(['\\', '\n', '\r', '\t']) => {
            Err("folders in a path are separated by `/`".to_owned())
        }
        () if path.starts_with(['/', '~']) || path.contains(':') => {
            Err("the path must be relative: it must stay inside the scenario's folder".to_owned())
        }
        () => Ok(()),
    }
}

/// Where a path leads from a folder; both use `/`. Nothing if it leaves the topmost folder.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
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

    #[test]
    fn chinese_names_are_welcome_and_formulas_are_not() {
        assert!(check_name("programme 2014-桐庐县_v1.2").is_ok());
        for name in ["=1+1", "../up", "a/b", ".hidden", "-rf", "a ", "+a", "@a", "a\nb", "a|b"] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn paths_stay_below_their_folder() {
        assert_eq!(joined("", "a.ron").as_deref(), Some("a.ron"));
        assert_eq!(joined("a/b", "../c.ron").as_deref(), Some("a/c.ron"));
        assert_eq!(joined("a", "../../c.ron"), None);
        assert_eq!(joined("", "x/../../c.ron"), None);
        for path in ["/etc/passwd", "~/x", "C:/x", "a\\b", ""] {
            assert!(check_path(path).is_err(), "{path}");
        }
    }
}
