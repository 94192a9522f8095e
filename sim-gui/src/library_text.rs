//! What the library says in English, in the window's language: definitions of parameters, where their
//! defaults come from, notes on published figures, and faults of scenarios.
//!
//! The library speaks English only, and knows nothing of windows. So each Chinese text stands beside the
//! English one that it was made from, and tests say which have become stale. Faults are made at run time:
//! they are known by templates.

use crate::lever;
use crate::text::{Language, Say, Text};
use serde::Deserialize;
use sim_core::params::Range;
use sim_core::scenario::Fault;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const PARAMETERS: &str = include_str!("../texts/parameters.ron");
const SOURCES: &str = include_str!("../texts/sources.ron");
const FAULTS: &str = include_str!("../texts/faults.ron");

/// How deep the values within a fault are themselves put into Chinese.
const DEEPEST: usize = 3;

/// The longest English text that is compared with templates \[bytes\]: what is longer stays as it is.
const LONGEST: usize = 2_000;

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

/// Templates of faults, as `{0} is above {1}`, with the Chinese; the first that fits is taken.
fn faults() -> &'static [(String, String)] {
    static WORDS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    WORDS.get_or_init(|| ron::from_str(FAULTS).unwrap_or_default())
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

    /// Why something could not be done; as it is if it is none of the known reasons.
    pub fn reason(self, english: &str) -> String {
        match self.0 {
            Language::English => english.to_owned(),
            Language::Chinese => chinese(english, DEEPEST),
        }
    }

    /// A fault of a scenario: where it is, what is wrong, and what to do.
    pub fn fault(self, fault: &Fault) -> String {
        if self.0 == Language::English {
            return fault.to_string();
        }
        let mut text = fault.file.clone();
        if fault.line > 0 {
            text.push_str(&format!(":{}:{}", fault.line, fault.column));
        }
        let lever = lever::find(&fault.path);
        if !fault.path.is_empty() {
            let title = lever.map_or_else(String::new, |lever| format!("（{}）", lever.title(self.0)));
            text.push_str(&format!("：{}{title}", fault.path));
        }
        let message = match lever {
            Some(lever) => self.without_english(lever, &fault.message),
            None => fault.message.clone(),
        };
        text.push_str(&format!("：{}", self.reason(&message)));
        if !fault.suggestion.is_empty() {
            text.push('\n');
            text.push_str(&self.with("faults.help", &[&self.reason(&fault.suggestion)]));
        }
        text
    }

    /// A message that ends with unit and definition of a parameter, with both in the window's language.
    fn without_english(self, lever: &lever::Lever, message: &str) -> String {
        let definition = |text: &str| {
            let text = text.trim_end_matches(['.', '。']);
            let mut letters = text.chars();
            let first = letters.next().map(|letter| letter.to_lowercase().to_string());
            first.unwrap_or_default() + letters.as_str()
        };
        let ends = |unit: String, text: &str| format!("{unit} ({})", definition(text));
        let english = ends(Say(Language::English).unit(lever.row.unit), &lever.definition.en);
        let own = ends(self.unit(lever.row.unit), lever.definition.of(self.0));
        message.replace(&english, &own)
    }
}

/// A text in Chinese, if a template fits it.
fn chinese(english: &str, depth: usize) -> String {
    if depth == 0 || english.len() > LONGEST {
        return english.to_owned();
    }
    let fitting = faults().iter().find_map(|(template, own)| Some((values(template, english)?, own)));
    let Some((values, own)) = fitting else {
        return english.to_owned();
    };
    let mut text = own.clone();
    for (at, value) in values.iter().enumerate() {
        text = text.replace(&format!("{{{at}}}"), &chinese(value, depth - 1));
    }
    text
}

/// What stands in a text where a template has `{0}`, `{1}` .., in this order; none if the text does not fit
/// it. Each value is as short as can be, the last as long.
fn values<'t>(template: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut literals = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(&format!("{{{}}}", literals.len())) {
        literals.push(before);
        rest = after;
    }
    let Some((first, others)) = literals.split_first() else {
        return (template == text).then(Vec::new);
    };
    let mut left = text.strip_prefix(first)?.strip_suffix(rest)?;
    let mut found = Vec::new();
    for literal in others {
        let (value, after) = left.split_once(literal)?;
        found.push(value);
        left = after;
    }
    found.push(left);
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{self, Covered};
    use crate::outcome;
    use crate::plan::Plan;
    use sim_core::params::Parameters;
    use std::collections::BTreeSet;

    const CHINESE: Say = Say(Language::Chinese);

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

    #[test]
    fn templates_are_sound() {
        let templates: Vec<(String, String)> = ron::from_str(FAULTS).unwrap();
        let mut seen = BTreeSet::new();
        for (english, own) in &templates {
            assert!(seen.insert(english), "{english} twice");
            let mut count = 0;
            for at in 0..6 {
                let place = format!("{{{at}}}");
                let counts = [english.matches(&place).count(), own.matches(&place).count()];
                assert!(counts == [0, 0] || counts == [1, 1], "{english}");
                count += counts[0];
            }
            assert_eq!(values(english, english).map(|values| values.len()), Some(count), "{english}");
        }
    }

    #[test]
    fn values_are_found_where_the_template_has_places() {
        let found = |template, text| values(template, text);
        assert_eq!(found("{0} is above {1}", "3 is above x is above"), Some(vec!["3", "x is above"]));
        assert_eq!(found("`{0}` is gone", "`a` is gone"), Some(vec!["a"]));
        assert_eq!(found("plain", "plain"), Some(Vec::new()));
        assert_eq!(found("plain {0}", "other 1"), None);
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
            let told = found.0.iter().map(|fault| CHINESE.fault(fault));
            missing.extend(told.filter(|told| is_english(told)));
        }
        assert_eq!(missing, Vec::<String>::new());
        let found = Plan::of("no/such.ron").prepare().unwrap_err();
        for fault in &found.0 {
            let told = CHINESE.fault(fault);
            assert!(!is_english(&told) && told.contains("no/such.ron"), "{told}");
            assert_eq!(Say(Language::English).fault(fault), fault.to_string());
        }
    }

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        assert_eq!(CHINESE.reason("something new"), "something new");
        assert_eq!(CHINESE.source("a new source"), "a new source");
        assert_eq!(CHINESE.range(Range::Between(0.0, 2.5)), "0 至 2.5");
    }
}
