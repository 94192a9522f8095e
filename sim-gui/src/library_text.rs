//! What the library says in English, in the window's language: definitions of parameters, where their
//! defaults come from, notes on published figures; and errors of scenarios, which the library itself tells
//! in both.
//!
//! Definitions and notes are in the library in English only. So each Chinese text stands beside the
//! English one that it was made from, and tests say which have become stale.

use crate::lever;
use crate::text::{Language, Say, Text};
use serde::Deserialize;
use sim_core::base::{Localised, Speaker};
use sim_core::params::Range;
use sim_core::scenario::InputError;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const PARAMETERS: &str = include_str!("../texts/parameters.ron");
const SOURCES: &str = include_str!("../texts/sources.ron");

/// The words of a parameter.
#[derive(Clone, Debug, Default, Deserialize)]
struct Words {
    /// Its Chinese title; empty where the levers on top have one.
    #[serde(default)]
    title: String,
    /// The English definition that the Chinese one was made from: a test holds it against the library's.
    #[cfg(test)]
    en: String,
    /// The Chinese definition.
    zh: String,
}

fn parameters() -> &'static BTreeMap<String, Words> {
    static WORDS: OnceLock<BTreeMap<String, Words>> = OnceLock::new();
    WORDS.get_or_init(|| ron::from_str(PARAMETERS).unwrap_or_default())
}

fn sources() -> &'static BTreeMap<String, String> {
    static WORDS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    WORDS.get_or_init(|| ron::from_str(SOURCES).unwrap_or_default())
}

/// The title of a parameter: its own words in English.
pub fn title(path: &str, english: String) -> Text {
    let zh = parameters().get(path).map(|words| words.title.clone());
    Text { en: english, zh: zh.unwrap_or_default() }
}

/// The definition of a parameter, of which the library gives the English.
pub fn definition(path: &str, english: &str) -> Text {
    let zh = parameters().get(path).map(|words| words.zh.clone());
    Text { en: english.to_owned(), zh: zh.unwrap_or_default() }
}

impl Say {
    /// Where a value comes from, or a note on a published figure.
    pub fn source(self, english: &str) -> &str {
        match self.0 {
            Language::English => english,
            Language::Chinese => sources().get(english).map_or(english, String::as_str),
        }
    }

    /// A range of values.
    pub fn range(self, range: Range) -> String {
        match range {
            Range::Between(low, high) => self.with("range.between", &[&low.to_string(), &high.to_string()]),
            Range::Any => self.of("range.any").to_owned(),
        }
    }

    /// How the library speaks in the window's language.
    pub fn speaker(self) -> Speaker {
        match self.0 {
            Language::English => Speaker::ENGLISH,
            Language::Chinese => {
                Speaker { language: sim_core::base::Language::Chinese, definition: chinese_definition }
            }
        }
    }

    /// A fault of a scenario: where it is, what is wrong, and what to do.
    pub fn fault(self, fault: &InputError) -> String {
        if self.0 == Language::English {
            return fault.to_string();
        }
        let mut text = fault.file.clone();
        if fault.line > 0 {
            text.push_str(&format!(":{}:{}", fault.line, fault.column));
        }
        if !fault.path.is_empty() {
            let title = lever::find(&fault.path).map(|lever| format!("（{}）", lever.title(self.0)));
            text.push_str(&format!("：{}{}", fault.path, title.unwrap_or_default()));
        }
        text.push_str(&format!("：{}", fault.message.localised(self.speaker())));
        if !fault.suggestion.is_nothing() {
            text.push('\n');
            text.push_str(&self.with("faults.help", &[&fault.suggestion.localised(self.speaker())]));
        }
        text
    }
}

/// The definition of a parameter in Chinese.
fn chinese_definition(path: &str) -> Option<String> {
    lever::find(path).map(|lever| lever.definition.of(Language::Chinese).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{self, Covered};
    use crate::outcome;
    use crate::plan::Plan;
    use sim_core::params::Parameters;
    use std::collections::BTreeSet;

    const CHINESE: Say = Say::in_language(Language::Chinese);

    #[test]
    fn every_parameter_has_a_chinese_title_and_definition_and_none_is_stale() {
        let words: BTreeMap<String, Words> = ron::from_str(PARAMETERS).unwrap();
        let rows = Parameters::catalogue();
        let current: BTreeSet<String> = rows.iter().map(|row| row.path()).collect();
        let gone: Vec<&String> = words.keys().filter(|path| !current.contains(*path)).collect();
        assert!(gone.is_empty(), "no parameters any more: {gone:?}");
        for lever in lever::levers() {
            let path = &lever.path;
            let own = words.get(path).unwrap_or_else(|| panic!("{path} has no Chinese"));
            assert_eq!(own.en, lever.row.description, "{path}: its Chinese is of another definition");
            assert!(!own.zh.is_empty() && !lever.title.zh.is_empty(), "{path}");
            assert!(own.title.is_empty() == lever.is_top, "{path} has two titles or none");
        }
    }

    #[test]
    fn titles_tell_parameters_of_a_group_apart() {
        let mut seen = BTreeSet::new();
        for lever in lever::levers() {
            let title = (lever.row.group, lever.title.zh.as_str());
            assert!(seen.insert(title), "{title:?} twice");
        }
    }

    #[test]
    fn every_source_and_note_is_in_chinese_and_none_is_stale() {
        let words: BTreeMap<String, String> = ron::from_str(SOURCES).unwrap();
        let covered = Covered::everything();
        let notes = outcome::all().iter().flat_map(|outcome| facts::of(outcome.name, &covered));
        let notes = notes.map(|fact| fact.source.trim().to_owned());
        let rows = lever::shown();
        let all: BTreeSet<String> = rows
            .iter()
            .map(|row| row.source.to_owned())
            .chain(notes)
            .filter(|note| !note.is_empty())
            .collect();
        let missing: Vec<&String> = all.iter().filter(|text| !words.contains_key(*text)).collect();
        assert!(missing.is_empty(), "not in Chinese: {missing:#?}");
        let stale: Vec<&String> = words.keys().filter(|text| !all.contains(*text)).collect();
        assert!(stale.is_empty(), "said by nobody any more: {stale:#?}");
    }

    /// Whether a text has four Latin words in a row.
    fn is_english(text: &str) -> bool {
        let words = |part: &str| part.split_whitespace().filter(|word| word.len() > 1).count() > 3;
        let is_plain = |letter: char| letter.is_ascii_alphabetic() || letter == ' ' || letter == '\'';
        text.split(|letter| !is_plain(letter)).any(words)
    }

    #[test]
    fn faults_that_levers_and_files_can_cause_are_told_in_chinese() {
        let mut missing = Vec::new();
        for (path, value) in [
            ("household_sample", "7"),
            ("household_sample", "x"),
            ("seed", "-1"),
            ("end", "\"2001-01-01\""),
            ("end", "\"2014-02-31\""),
            ("window_days", "40"),
            ("programe.pace", "1"),
            ("programme.teamz", "1"),
            ("programme.teams", "-1.0"),
            ("programme.teams", "NaN"),
            ("programme.teams", "\"many\""),
            ("programme.first_batch", "2.5"),
            ("programme.enabled", "yes"),
            ("programme.county_rule", "Nearest"),
            ("programme.tranches", "3"),
            ("programme.tranches", "[(\"2014-10-13\", -1.0)]"),
            ("programme.start", "(1"),
            ("logistics.trunk_min", "20.0"),
            ("income.farm_share", "0.9"),
            ("places.select", "Provinces([\"Nowhere\"])"),
            ("places.select", "Codes([110000])"),
            ("places.table", "\"no.csv\""),
            ("limits.memory", "64"),
        ] {
            let plan = Plan::of("tiny").with(path, value);
            let Err(found) = plan.prepare() else { continue };
            let report = found.0.iter().map(|fault| CHINESE.fault(fault));
            missing.extend(report.filter(|report| is_english(report)));
        }
        assert_eq!(missing, Vec::<String>::new());
        let found = Plan::of("no/such.ron").prepare().unwrap_err();
        for fault in &found.0 {
            let report = CHINESE.fault(fault);
            assert!(!is_english(&report) && report.contains("no/such.ron"), "{report}");
            assert_eq!(Say::in_language(Language::English).fault(fault), fault.to_string());
        }
    }

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        assert_eq!(CHINESE.source("a new source"), "a new source");
        assert_eq!(CHINESE.range(Range::Between(0.0, 2.5)), "0 至 2.5");
    }
}
