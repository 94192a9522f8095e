//! Every word that the window shows, in English and Chinese: one catalogue, by key.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

/// A text in both languages; an empty Chinese one falls back to English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Text {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    #[serde(default)]
    pub zh: String,
}

impl Text {
    /// In a language.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Chinese if !self.zh.is_empty() => &self.zh,
            _ => &self.en,
        }
    }
}

/// The catalogue as it ships.
const CATALOGUE: &str = include_str!("../texts/catalogue.ron");

/// Words of lessons, presenter and tour: a part of the catalogue in a file of its own.
const LESSONS: &str = include_str!("../texts/lessons.ron");

/// All texts by key. Empty if the file that ships were broken, which a test excludes.
pub fn catalogue() -> &'static BTreeMap<String, Text> {
    static TEXTS: OnceLock<BTreeMap<String, Text>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut texts: BTreeMap<String, Text> = ron::from_str(CATALOGUE).unwrap_or_default();
        let lessons: BTreeMap<String, Text> = ron::from_str(LESSONS).unwrap_or_default();
        texts.extend(lessons);
        texts
    })
}

/// Says things in a language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Say(pub Language);

impl Say {
    /// The text of a key; the key itself if there is none, which a test excludes for keys in the source.
    pub fn of(self, key: &'static str) -> &'static str {
        catalogue().get(key).map_or(key, |text| text.of(self.0))
    }

    /// The same for a key made at run time; nothing if there is none.
    pub fn find(self, key: &str) -> Option<&'static str> {
        catalogue().get(key).map(|text| text.of(self.0))
    }

    /// The text of a key with `{0}`, `{1}` .. replaced.
    pub fn with(self, key: &'static str, values: &[&str]) -> String {
        let mut text = self.of(key).to_owned();
        for (at, value) in values.iter().enumerate() {
            text = text.replace(&format!("{{{at}}}"), value);
        }
        text
    }
}

/// A name of tables in words: `orders_per_open_station` as `Orders per open station`.
pub fn in_words(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    fn sources(folder: &Path, found: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else {
                found.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    /// The keys in the source: texts like `group.name` that are handed to `of` or `with`, or listed as keys.
    fn keys() -> Vec<String> {
        let mut source = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        let parts = source.split("say.of(\"").skip(1);
        let with = source.split("say.with(\"").skip(1);
        let told = source.split("key!(\"").skip(1);
        parts
            .chain(with)
            .chain(told)
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect()
    }

    #[test]
    fn the_catalogue_is_sound_and_has_every_key_of_the_source() {
        let mut texts: BTreeMap<String, Text> = ron::from_str(CATALOGUE).unwrap();
        let lessons: BTreeMap<String, Text> = ron::from_str(LESSONS).unwrap();
        assert!(lessons.keys().all(|key| !texts.contains_key(key)));
        texts.extend(lessons);
        assert!(texts.values().all(|text| !text.en.is_empty()));
        let keys = keys();
        assert!(keys.len() > 50, "{}", keys.len());
        let missing: Vec<&String> = keys.iter().filter(|key| !texts.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn places_are_filled_and_chinese_falls_back() {
        let text = Text {
            en: "a".to_owned(),
            zh: String::new(),
        };
        assert_eq!(text.of(Language::Chinese), "a");
        assert_eq!(in_words("orders_per_station"), "Orders per station");
    }
}
