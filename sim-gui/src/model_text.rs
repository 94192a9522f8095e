//! The model's description, section by section, so that a chart and a lever lead to their equations and assumptions.

use std::sync::OnceLock;

const DESCRIPTION: &str = include_str!("../../docs/odd.md");

/// A section of the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its text, without subsections.
    pub text: &'static str,
}

/// Sections shown for one name, at most.
const MOST: usize = 5;

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

/// Sections that speak of a parameter, a measure or an outcome, by its name or the words of its name; tables of all
/// names left out.
pub fn about(name: &str) -> Vec<Section> {
    let words: Vec<&str> = name.split('_').filter(|word| word.len() > 3).collect();
    let readable = sections().iter().filter(|section| section.text.len() < 9_000);
    let mut scored: Vec<(usize, Section)> = readable
        .map(|section| {
            let text = section.text.to_lowercase();
            let named = if text.contains(name) { 10 } else { 0 };
            let spoken = words
                .iter()
                .filter(|word| text.contains(word.trim_end_matches('s')))
                .count();
            let whole = if spoken == words.len() && !words.is_empty() {
                spoken
            } else {
                0
            };
            (named + whole, *section)
        })
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, section)| (std::cmp::Reverse(*score), section.text.len()));
    scored
        .into_iter()
        .take(MOST)
        .map(|(_, section)| section)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_has_sections_that_speak_of_what_is_shown() {
        assert!(sections().len() > 15, "{}", sections().len());
        for name in [
            "orders_per_open_station",
            "taobao_villages",
            "training_hours",
            "poverty_rate",
        ] {
            assert!(!about(name).is_empty(), "{name}");
        }
        assert!(about("zzzz_yyyy").is_empty());
    }
}
