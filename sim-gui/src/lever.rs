//! Levers: every parameter of the catalogue, the most important with texts and named ranges of their own.

use crate::library_text;
use crate::text::{Language, Text, in_words};
use serde::Deserialize;
use sim_core::params::ValueKind;
use sim_core::params::{ParameterInfo, Parameters, Range, Role};
use std::sync::OnceLock;

/// What ships beside the catalogue.
const TEXTS: &str = include_str!("../levers/levers.ron");

/// The page of a lever, the same parts for each.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Page {
    /// The message in a sentence.
    pub message: Text,
    /// What it sets in motion.
    pub dynamics: Text,
    /// Who gains.
    pub gains: Text,
    /// Who loses or pays.
    pub loses: Text,
    /// What to notice when it is moved.
    pub notice: Text,
}

/// A lever on top, as written in `levers/levers.ron`.
#[derive(Clone, Debug, Deserialize)]
struct Written {
    path: String,
    title: Text,
    #[serde(default)]
    ends: Option<(f64, f64)>,
    /// Low, medium, high, very high.
    #[serde(default)]
    named: Option<[f64; 4]>,
    page: Page,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Book {
    groups: Vec<(String, Text)>,
    top: Vec<Written>,
}

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| ron::from_str(TEXTS).unwrap_or_default())
}

/// How a lever is moved.
#[derive(Clone, Debug, PartialEq)]
pub enum LeverKind {
    /// A slider between two ends.
    Number {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// Whether only whole numbers serve.
        is_whole: bool,
    },
    /// Yes or no.
    Flag,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A day.
    Day,
    /// A series of dates and values, multiplied as a whole.
    Factor,
    /// Anything else, as text.
    Written,
}

/// A lever.
#[derive(Clone, Debug)]
pub struct Lever {
    /// The parameter's row of the catalogue.
    pub row: ParameterInfo,
    /// Its path.
    pub path: String,
    /// How it is moved.
    pub kind: LeverKind,
    /// Its name.
    pub title: Text,
    /// What it is.
    pub definition: Text,
    /// Low, medium, high, very high; none where order means nothing.
    pub named: Option<[f64; 4]>,
    /// Its page; empty parts where only the catalogue speaks.
    pub page: Page,
    /// Whether it is among the first that are shown.
    pub is_top: bool,
}

/// The parameters that are shown: a planner has no use for what shapes the model's rules.
pub fn shown() -> Vec<ParameterInfo> {
    let rows = Parameters::catalogue().into_iter();
    rows.filter(|row| row.role != Role::Structure).collect()
}

/// All levers, those on top first, each group in the catalogue's order.
pub fn levers() -> &'static [Lever] {
    static LEVERS: OnceLock<Vec<Lever>> = OnceLock::new();
    LEVERS.get_or_init(|| {
        let rows = shown();
        let found = |path: &str| rows.iter().find(|row| row.path() == path);
        let top =
            book().top.iter().filter_map(|written| found(&written.path).map(|row| lever(row, Some(written))));
        let is_top = |row: &&ParameterInfo| book().top.iter().any(|written| written.path == row.path());
        let rest = rows.iter().filter(|row| !is_top(row)).map(|row| lever(row, None));
        top.chain(rest).collect()
    })
}

/// The lever of a path.
pub fn find(path: &str) -> Option<&'static Lever> {
    levers().iter().find(|lever| lever.path == path)
}

/// The name of a field for people: its lever's, or else the field itself.
pub fn title(path: &str, language: Language) -> String {
    find(path).map_or_else(|| path.to_owned(), |lever| lever.title(language).to_owned())
}

/// Groups of parameters: name and title.
pub fn groups() -> &'static [(String, Text)] {
    &book().groups
}

fn lever(row: &ParameterInfo, written: Option<&Written>) -> Lever {
    let ends = written.and_then(|written| written.ends);
    let kind = kind(row, ends);
    let named = written.and_then(|written| written.named).or_else(|| named(row, &kind));
    Lever {
        path: row.path(),
        named,
        title: written.map_or_else(
            || library_text::title(&row.path(), in_words(row.name)),
            |written| written.title.clone(),
        ),
        definition: library_text::definition(&row.path(), row.description),
        page: written.map(|written| written.page.clone()).unwrap_or_default(),
        is_top: written.is_some(),
        row: row.clone(),
        kind,
    }
}

fn kind(row: &ParameterInfo, ends: Option<(f64, f64)>) -> LeverKind {
    match row.kind {
        ValueKind::Number | ValueKind::Whole => {
            let (low, high) = ends.unwrap_or_else(|| natural_ends(row));
            LeverKind::Number { low, high, is_whole: row.kind == ValueKind::Whole }
        }
        ValueKind::Flag => LeverKind::Flag,
        ValueKind::Date => LeverKind::Day,
        ValueKind::Tranches | ValueKind::Schedule => LeverKind::Factor,
        ValueKind::Choice(names) => LeverKind::Choice(names),
        ValueKind::Shocks
        | ValueKind::Days
        | ValueKind::Text
        | ValueKind::TablePath
        | ValueKind::Places
        | ValueKind::Rules
        | ValueKind::Targets => LeverKind::Written,
    }
}

/// Ends of a slider that nobody has chosen: the range where it is narrow, else from nothing to four times the
/// default.
fn natural_ends(row: &ParameterInfo) -> (f64, f64) {
    let default: f64 = row.default.parse().unwrap_or(1.0);
    let (low, high) = match row.range {
        Range::Between(low, high) => (low, high),
        Range::Any => (0.0, default.max(1.0) * 4.0),
    };
    let reach = (default.abs() * 4.0).max(if default == 0.0 { high.min(1000.0) } else { 0.0 });
    (low, high.min(reach.max(low + f64::EPSILON)))
}

fn named(row: &ParameterInfo, kind: &LeverKind) -> Option<[f64; 4]> {
    let LeverKind::Number { low, high, is_whole } = *kind else {
        return (*kind == LeverKind::Factor).then_some([0.5, 1.0, 1.5, 2.0]);
    };
    let default: f64 = row.default.parse().ok()?;
    let steps = if default > 0.0 {
        [0.5, 1.0, 1.5, 2.0].map(|factor| default * factor)
    } else {
        [0.1, 0.25, 0.5, 1.0].map(|share| low + (high - low) * share)
    };
    Some(steps.map(|step| {
        let step = step.clamp(low, high);
        if is_whole { step.round() } else { step }
    }))
}

impl Lever {
    /// Its name in a language.
    pub fn title(&self, language: Language) -> &str {
        self.title.of(language)
    }

    /// A number as RON of its type.
    pub fn written(&self, value: f64) -> String {
        match self.kind {
            LeverKind::Number { is_whole: true, .. } => format!("{}", value.round() as i64),
            _ => {
                // Six figures that matter: what a slider gives has more, and nobody means them.
                let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
                format!("{rounded:?}")
            }
        }
    }

    /// Whether it fits what was typed into the search field.
    pub fn fits(&self, search: &str, language: Language) -> bool {
        let text = format!(
            "{} {} {} {} {}",
            self.path,
            self.title(language),
            self.definition.of(language),
            self.row.description,
            self.row.unit
        )
        .to_lowercase();
        search.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
    }
}

/// A series of dates and values, as schedules and tranches are written.
type Series = Vec<(String, f64)>;

/// Multiplies every value of a series in RON; none if it is no series.
pub fn multiplied(series: &str, factor: f64) -> Option<String> {
    let mut points: Series = ron::from_str(series).ok()?;
    for point in &mut points {
        point.1 *= factor;
    }
    ron::to_string(&points).ok()
}

/// By how much a series is another's multiple, by their sums.
pub fn factor(base: &str, now: &str) -> f64 {
    let sum = |text: &str| {
        ron::from_str::<Series>(text).map(|points| points.iter().map(|point| point.1).sum::<f64>())
    };
    match (sum(base), sum(now)) {
        (Ok(base), Ok(now)) if base != 0.0 => now / base,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_a_lever_once_and_at_most_eighteen_are_on_top() {
        let book: Book = ron::from_str(TEXTS).unwrap();
        assert_eq!(levers().len(), shown().len());
        let hidden = "household.size_spread";
        assert!(find(hidden).is_none() && Parameters::default().get(hidden).is_some());
        let top = levers().iter().filter(|lever| lever.is_top).count();
        assert_eq!(top, book.top.len(), "a lever on top names no parameter");
        assert!((10..=18).contains(&top), "{top}");
        let groups: Vec<&str> = book.groups.iter().map(|(name, _)| name.as_str()).collect();
        assert!(Parameters::groups().iter().all(|group| groups.contains(group)));
    }

    #[test]
    fn both_ends_and_all_named_values_are_accepted() {
        for lever in levers() {
            let LeverKind::Number { low, high, .. } = lever.kind else {
                continue;
            };
            assert!(low < high, "{}", lever.path);
            let named = lever.named.into_iter().flatten();
            for value in [low, high].into_iter().chain(named) {
                let mut parameters = Parameters::default();
                let set = parameters.set(&lever.path, &lever.written(value));
                assert!(set.is_ok(), "{} = {value}: {set:?}", lever.path);
            }
        }
    }

    #[test]
    fn pages_on_top_are_complete() {
        for lever in levers().iter().filter(|lever| lever.is_top) {
            let page = &lever.page;
            for part in [&page.message, &page.dynamics, &page.gains, &page.loses, &page.notice] {
                assert!(part.en.len() > 20, "{}: {part:?}", lever.path);
            }
        }
    }

    #[test]
    fn a_series_is_multiplied_as_a_whole() {
        let base = "[(\"2014-01-01\",1.0),(\"2015-01-01\",3.0)]";
        let twice = multiplied(base, 2.0).unwrap();
        assert_eq!(factor(base, &twice), 2.0);
        assert_eq!(multiplied("[(kind: A)]", 2.0), None);
    }
}
