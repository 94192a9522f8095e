//! Names and paths that would harm whoever reads them: formulas, paths that leave their folder.

use super::issue::Issue;
pub use crate::base::harmless::shown;

/// Checks that a name can be the name of a folder or a cell of a table without harm: letters of any script,
/// digits, blanks, `_`, `-` and `.`, beginning with a letter or digit.
///
/// # Errors
/// What is wrong with it.
pub fn check_name(name: &str) -> Result<(), Issue> {
    let plain = |character: char| character.is_alphanumeric() || " _-.".contains(character);
    if let Some(other) = name.chars().find(|&character| !plain(character)) {
        let other = shown(&other.to_string());
        return Err(Issue::NameCharacter { character: other });
    }
    if !name.starts_with(char::is_alphanumeric) || name.ends_with([' ', '.']) {
        return Err(Issue::NameEnds);
    }
    Ok(())
}

/// Checks that a path is relative and plain; `..` is judged where it is known from where the path starts.
///
/// # Errors
/// What is wrong with it.
pub fn check_path(path: &str) -> Result<(), Issue> {
    match () {
        () if path.is_empty() => Err(Issue::PathIsEmpty),
        () if path.len() > 500 => Err(Issue::PathIsLong),
        () if path.contains(['\\', '\n', '\r', '\t']) => Err(Issue::PathSeparators),
        () if path.starts_with(['/', '~']) || path.contains(':') => Err(Issue::PathIsAbsolute),
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
