//! Rules as text again.

use super::ron_text::{list, quoted, word};
use crate::params::{Repeat, Rule, RulePlaces, RuleScale};

/// The words of [`RuleScale`].
pub(super) const SCALES: [(&str, RuleScale); 3] =
    [("Together", RuleScale::Together), ("Province", RuleScale::Province), ("County", RuleScale::County)];

/// The words of [`Repeat`].
pub(super) const REPEATS: [(&str, Repeat); 3] =
    [("Once", Repeat::Once), ("Again", Repeat::Again), ("While", Repeat::While)];

/// A rule in RON, as a scenario has it.
pub(super) fn text(rule: &Rule) -> String {
    let mut parts = vec![format!("name: {}", quoted(&rule.name))];
    parts.extend(rule.when.as_ref().map(|when| format!("when: {}", quoted(&when.text))));
    parts.push(format!("in: {}", places(&rule.places)));
    parts.extend(rule.villages.as_ref().map(|villages| format!("villages: {}", quoted(&villages.text))));
    if rule.each != RuleScale::default() {
        parts.push(format!("each: {}", word(&SCALES, rule.each)));
    }
    parts.extend(rule.from.map(|day| format!("from: \"{day}\"")));
    parts.extend(rule.until.map(|day| format!("until: \"{day}\"")));
    if rule.repeat != Repeat::default() {
        parts.push(format!("repeat: {}", word(&REPEATS, rule.repeat)));
    }
    parts.push(format!("set: ({})", set(&rule.set)));
    format!("({})", parts.join(", "))
}

/// Levers by section, each section where it is first named.
fn set(set: &[(String, String)]) -> String {
    let mut sections: Vec<(&str, Vec<String>)> = Vec::new();
    for (path, value) in set {
        let (section, name) = path.split_once('.').unwrap_or(("", path));
        let written = format!("{name}: {value}");
        match sections.iter_mut().find(|(known, _)| *known == section) {
            Some((_, fields)) => fields.push(written),
            None => sections.push((section, vec![written])),
        }
    }
    let sections = sections.into_iter().map(|(name, fields)| format!("{name}: ({})", fields.join(", ")));
    sections.collect::<Vec<_>>().join(", ")
}

/// Places in RON.
pub fn places(places: &RulePlaces) -> String {
    match places {
        RulePlaces::Nation => "Nation".to_owned(),
        RulePlaces::Provinces(names) => format!("Provinces({})", list(names.iter().map(|name| quoted(name)))),
        RulePlaces::Counties(codes) => format!("Counties({})", list(codes.iter().map(ToString::to_string))),
        RulePlaces::Poverty => "Poverty".to_owned(),
        RulePlaces::NotPoverty => "NotPoverty".to_owned(),
        RulePlaces::Remote => "Remote".to_owned(),
    }
}
