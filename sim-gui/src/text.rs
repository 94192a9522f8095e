//! Every word that the window shows, in English and Chinese: one catalogue, by key.

use serde::{Deserialize, Serialize};
use sim_core::base::{Currency, Unit};
use sim_core::metrics::ledger::Item;
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

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

/// The catalogue as it ships: words of the window; of what is kept, saved and shared; of lessons, presenter
/// and tour; names and units of outcomes; what outcomes and payments are; words of the model; names of plans.
const CATALOGUE: [&str; 7] = [
    include_str!("../texts/catalogue.ron"),
    include_str!("../texts/documents.ron"),
    include_str!("../texts/lessons.ron"),
    include_str!("../texts/outcomes.ron"),
    include_str!("../texts/definitions.ron"),
    include_str!("../texts/terms.ron"),
    include_str!("../texts/plans.ron"),
];

/// All texts by key. Empty if the file that ships were broken, which a test excludes.
pub fn catalogue() -> &'static BTreeMap<String, Text> {
    static TEXTS: OnceLock<BTreeMap<String, Text>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let files = CATALOGUE.iter().filter_map(|file| ron::from_str(file).ok());
        files.flat_map(|texts: BTreeMap<String, Text>| texts).collect()
    })
}

/// The yuan in texts of the catalogue. Other Chinese words with this character are not about money.
const YUAN: [&str; 2] = ["yuan", "元"];

/// Says things in a language, and amounts in a region's money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Say(pub Language, pub Currency);

impl Say {
    /// In a language, amounts in yuan.
    pub const fn in_language(language: Language) -> Say {
        Say(language, Currency::YUAN)
    }

    /// The text of a key; the key itself if there is none, which a test excludes for keys in the source.
    pub fn of(self, key: &'static str) -> &'static str {
        self.find(key).unwrap_or(key)
    }

    /// The same for a key made at run time; nothing if there is none.
    pub fn find(self, key: &str) -> Option<&'static str> {
        let text = catalogue().get(key)?.of(self.0);
        Some(if self.1 == Currency::YUAN { text } else { self.in_money(text) })
    }

    /// A text of the catalogue, which is written in yuan, in the region's money: made once for each.
    fn in_money(self, text: &'static str) -> &'static str {
        static MADE: Mutex<BTreeMap<(&'static str, Currency), &'static str>> = Mutex::new(BTreeMap::new());
        if !text.contains(YUAN[0]) && !text.contains(YUAN[1]) {
            return text;
        }
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry((text, self.1)).or_insert_with(|| {
            let text = text.replace(YUAN[0], self.1.english()).replace(YUAN[1], self.1.chinese());
            Box::leak(text.into_boxed_str())
        })
    }

    /// A unit, as `yuan/month`; nothing for a pure number.
    pub fn unit(self, unit: Unit) -> String {
        match self.0 {
            _ if unit.is_silent() => String::new(),
            Language::English => unit.in_currency(self.1).to_string(),
            Language::Chinese => unit.in_currency(self.1).chinese(),
        }
    }

    /// A word of the model, as `fresh_produce`; as it is, in words, if there is no text for it.
    pub fn term(self, word: &str) -> String {
        let found = self.find(&format!("term.{word}"));
        found.map_or_else(|| word.replace('_', " "), str::to_owned)
    }

    /// What a payment is for.
    pub fn item(self, item: Item) -> String {
        let found = self.find(&format!("item.{}", item.name()));
        found.map_or_else(|| in_words(item.name()), str::to_owned)
    }

    /// What a payment is for, in a sentence.
    pub fn payment(self, item: Item) -> &'static str {
        self.find(&format!("payment.{}", item.name())).unwrap_or(item.definition())
    }

    /// A built-in scenario, or any other name as it is.
    pub fn scenario(self, name: &str) -> String {
        let found = self.find(&format!("scenario.{name}"));
        found.map_or_else(|| name.replace('_', " "), str::to_owned)
    }

    /// A choice of a lever, as `PovertyCounties`.
    pub fn choice(self, name: &str) -> String {
        let found = self.find(&format!("choice.{name}"));
        found.map_or_else(|| name.to_owned(), str::to_owned)
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
    use crate::work::sample::Level;
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
        let keys = source.split("key!(\"").skip(1);
        parts.chain(with).chain(keys).filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
    }

    #[test]
    fn the_catalogue_is_sound_and_has_every_key_of_the_source() {
        for file in CATALOGUE {
            let texts: BTreeMap<String, Text> = ron::from_str(file).unwrap();
            assert!(texts.values().all(|text| !text.en.is_empty()));
        }
        let texts = catalogue();
        let keys = keys();
        assert!(keys.len() > 50, "{}", keys.len());
        let missing: Vec<&String> = keys.iter().filter(|key| !texts.contains_key(*key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    /// Placeholders of a text, in order.
    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = (0..9)
            .flat_map(|at| text.matches(["{0}", "{1}", "{2}", "{3}", "{4}", "{5}", "{6}", "{7}", "{8}"][at]))
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_text_is_in_chinese_with_the_same_placeholders() {
        for (key, text) in catalogue() {
            assert!(!text.zh.is_empty(), "{key} has no Chinese text");
            assert_eq!(placeholders(&text.en), placeholders(&text.zh), "{key}");
        }
    }

    #[test]
    fn every_outcome_has_a_name_in_both_languages() {
        for outcome in crate::outcome::of_counties() {
            let name = format!("outcome.{}", outcome.name);
            assert!(catalogue().contains_key(&name), "{name}");
        }
    }

    #[test]
    fn every_definition_is_in_chinese_and_none_is_stale() {
        let outcomes = crate::outcome::of_counties()
            .map(|outcome| (format!("definition.{}", outcome.name), outcome.definition));
        let items = Item::ALL.into_iter().map(|item| (format!("payment.{}", item.name()), item.definition()));
        let current: BTreeMap<String, &str> = outcomes.chain(items).collect();
        for (key, english) in &current {
            let text = catalogue().get(key).unwrap_or_else(|| panic!("{key} is missing"));
            assert_eq!(text.en, *english, "{key}: its Chinese is of another definition");
        }
        let is_definition = |key: &&String| key.starts_with("definition.") || key.starts_with("payment.");
        let gone: Vec<&String> =
            catalogue().keys().filter(is_definition).filter(|key| !current.contains_key(*key)).collect();
        assert!(gone.is_empty(), "of nothing any more: {gone:?}");
    }

    #[test]
    fn every_word_of_the_model_has_a_text() {
        let has = |key: String| assert!(catalogue().contains_key(&key), "{key}");
        for item in Item::ALL {
            has(format!("item.{}", item.name()));
        }
        for level in Level::SAMPLES.into_iter().chain([Level::Whole]) {
            has(level.key().to_owned());
        }
        for product in sim_core::base::Product::ALL {
            has(format!("term.{}", product.name()));
        }
        for (name, _) in sim_core::scenario::builtin() {
            let own = crate::plan::Plan::of(name).prepare().unwrap().scenario.question.clone();
            let keys = Say::in_language(Language::English).find(&format!("question.{name}"));
            assert_eq!(keys, Some(own.as_str()), "{name}");
            has(format!("scenario.{name}"));
        }
        for lever in crate::lever::levers() {
            if let crate::lever::LeverKind::Choice(names) = &lever.kind {
                names.iter().for_each(|name| has(format!("choice.{name}")));
            }
        }
    }

    #[test]
    fn places_are_filled_and_chinese_falls_back() {
        let text = Text { en: "a".to_owned(), zh: String::new() };
        assert_eq!(text.of(Language::Chinese), "a");
        assert_eq!(in_words("orders_per_station"), "Orders per station");
    }
}
