//! Values as text, in RON.

pub(super) fn quoted(text: &str) -> String {
    ron::to_string(text).unwrap_or_default()
}

pub(super) fn real(value: f64) -> String {
    ron::to_string(&value).unwrap_or_default()
}

/// The word that stands for a value.
pub(super) fn word<T: PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word)
}

pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}
