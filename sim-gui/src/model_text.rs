//! The model's description, section by section, so that a chart and a lever lead to their equations and
//! assumptions.

use crate::text::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const DESCRIPTION: &str = include_str!("../../docs/odd.md");
const CHINESE: &str = include_str!("../texts/model.ron");

/// A section of the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its text, without subsections.
    pub text: &'static str,
}

/// A section in Chinese.
#[derive(Debug, Deserialize)]
struct ChineseSection {
    title: String,
    text: String,
}

/// Sections shown for one name, at most.
const MOST: usize = 5;

/// Sections of this length and above are tables of all names, which are searched and shown elsewhere
/// \[bytes\].
const TABLE: usize = 15_000;

fn chinese() -> &'static BTreeMap<String, ChineseSection> {
    static SECTIONS: OnceLock<BTreeMap<String, ChineseSection>> = OnceLock::new();
    SECTIONS.get_or_init(|| ron::from_str(CHINESE).unwrap_or_default())
}

impl Section {
    /// The section in a language; in English where it is in no other.
    pub fn in_language(self, language: Language) -> Section {
        match (language, chinese().get(self.title)) {
            (Language::Chinese, Some(message)) => Section { title: &message.title, text: &message.text },
            _ => self,
        }
    }
}

/// All sections, in order.
pub fn sections() -> &'static [Section] {
    static SECTIONS: OnceLock<Vec<Section>> = OnceLock::new();
    SECTIONS.get_or_init(|| {
        let parts = DESCRIPTION.split("\n#").skip(1);
        parts
            .filter_map(|part| {
                let (title, text) = part.split_once('\n')?;
                let title = title.trim_start_matches('#').trim();
                let text = text.trim();
                (!text.is_empty()).then_some(Section { title, text })
            })
            .collect()
    })
}

/// Sections that speak of a parameter, a measure or an outcome, by its name or the words of its name; tables
/// of all names left out.
pub fn about(name: &str) -> Vec<Section> {
    let words: Vec<&str> = name.split('_').filter(|word| word.len() > 3).collect();
    let readable = sections().iter().filter(|section| section.text.len() < TABLE);
    let mut scored: Vec<(usize, Section)> = readable
        .map(|section| {
            let text = section.text.to_lowercase();
            let named = if text.contains(name) { 10 } else { 0 };
            let spoken = words.iter().filter(|word| text.contains(word.trim_end_matches('s'))).count();
            let whole = if spoken == words.len() && !words.is_empty() { spoken } else { 0 };
            (named + whole, *section)
        })
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, section)| (std::cmp::Reverse(*score), section.text.len()));
    scored.into_iter().take(MOST).map(|(_, section)| section).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in backquotes.
    fn names(text: &str) -> impl Iterator<Item = &str> {
        text.split('`').skip(1).step_by(2)
    }

    #[test]
    fn every_section_that_is_shown_is_in_chinese_and_speaks_of_the_same_names() {
        let message: BTreeMap<String, ChineseSection> = ron::from_str(CHINESE).unwrap();
        let shown: Vec<&Section> = sections().iter().filter(|section| section.text.len() < TABLE).collect();
        for section in &shown {
            let own = message.get(section.title);
            let own = own.unwrap_or_else(|| panic!("{} is not in Chinese", section.title));
            let gone: Vec<&str> =
                names(&own.text).filter(|name| !section.text.contains(&format!("`{name}`"))).collect();
            assert!(gone.is_empty(), "{}: nothing there of {gone:?}", section.title);
            assert_eq!(section.in_language(Language::Chinese).text, own.text);
            assert_eq!(section.in_language(Language::English), **section);
        }
        let is_known = |title: &String| shown.iter().any(|section| section.title == title);
        assert!(message.keys().all(is_known), "a section that is no more");
    }

    #[test]
    fn the_description_has_sections_that_speak_of_what_is_shown() {
        assert!(sections().len() > 15, "{}", sections().len());
        for name in ["orders_per_open_station", "taobao_villages", "training_hours", "poverty_rate"] {
            assert!(!about(name).is_empty(), "{name}");
        }
        assert!(about("zzzz_yyyy").is_empty());
    }
}
