//! Reads the rules of a scenario, every part of them at its own place in the text.

use super::fields::parameter as info;
use super::group::at_name;
use super::issue::{Expected, Issue};
use super::leaf::{self, ValueError};
use super::node::{Field, Kind, Node};
use super::rule_text::{REPEATS, SCALES};
use super::selection_reader::{codes, fields, only, provinces};
use super::suggest::nearest;
use super::{Advice, hostile, parameter};
use crate::base::Date;
use crate::base::harmless::shown;
use crate::params::{
    Condition, LeverReach, Parameters, Rule, RulePlaces, VILLAGE_FIGURES, ValueKind, WrittenCondition,
    is_of_village, lever_reach, levers,
};

pub(super) use super::rule_text::text;

/// The last year of dates in rules and targets.
const LAST_YEAR: i16 = 2999;

const FIELDS: [&str; 9] = ["name", "when", "in", "villages", "each", "from", "until", "repeat", "set"];
const PLACES: [&str; 8] =
    ["Nation", "Province", "Provinces", "County", "Counties", "Poverty", "NotPoverty", "Remote"];

/// Reads a list of rules.
pub(super) fn read(node: &Node<'_>) -> Result<Vec<Rule>, ValueError> {
    let nodes = leaf::list(node, ValueKind::Rules)?;
    let rules = leaf::all(nodes.iter().map(rule))?;
    unlike(nodes, rules, |rule| &rule.name)
}

/// Refuses what is called like something before it.
pub(super) fn unlike<T>(
    nodes: &[Node<'_>],
    read: Vec<T>,
    name: impl Fn(&T) -> &String,
) -> Result<Vec<T>, ValueError> {
    for (at, node) in nodes.iter().enumerate() {
        let taken =
            read.iter().take(at).find(|other| read.get(at).is_some_and(|own| name(own) == name(other)));
        if let Some(taken) = taken {
            return Err(ValueError::of(node, Issue::NameTaken { name: name(taken).clone() }));
        }
    }
    Ok(read)
}

fn rule(node: &Node<'_>) -> Result<Rule, ValueError> {
    let given = fields(node, &FIELDS)?;
    let get = |name: &str| given.iter().find(|field| field.name == name).map(|field| &field.value);
    let optional = |name: &str| get(name).and_then(Node::optional);
    let rule = Rule {
        name: name(node, get("name"), "name")?,
        when: optional("when").map(when).transpose()?,
        places: optional("in").map(places).transpose()?.unwrap_or_default(),
        villages: optional("villages").map(villages).transpose()?,
        each: optional("each").map(|node| leaf::choice(node, &SCALES)).transpose()?.unwrap_or_default(),
        from: optional("from").map(day).transpose()?,
        until: optional("until").map(day).transpose()?,
        repeat: optional("repeat").map(|node| leaf::choice(node, &REPEATS)).transpose()?.unwrap_or_default(),
        set: set(get("set").ok_or_else(|| missing(node, Expected::Levers))?)?,
    };
    if let (Some(from), Some(until)) = (rule.from, rule.until)
        && until <= from
    {
        let issue = Issue::UntilBeforeFrom { until, from };
        return Err(ValueError::of(get("until").unwrap_or(node), issue));
    }
    if let Some(each) = optional("each").filter(|_| rule.when.is_none()) {
        return Err(ValueError::of(each, Issue::EachWithoutWhen));
    }
    let of_county = |path: &String| rule.villages.is_some() && !is_of_village(path);
    if let Some((path, _)) = rule.set.iter().find(|(path, _)| of_county(path)) {
        let issue = Issue::LeverOfCounty { path: path.clone() };
        return Err(ValueError::of(get("set").unwrap_or(node), issue));
    }
    let of_nation = |path: &String| lever_reach(path) == Some(LeverReach::Nation) && !rule.is_national();
    if let Some((path, _)) = rule.set.iter().find(|(path, _)| of_nation(path)) {
        let issue = Issue::LeverOfNation { path: path.clone() };
        return Err(ValueError::of(get("set").unwrap_or(node), issue));
    }
    Ok(rule)
}

pub(super) fn missing(node: &Node<'_>, expected: Expected) -> ValueError {
    ValueError::of(node, Issue::Incomplete { value: shown(node.text), expected })
}

/// The name of a rule or target, which must be given.
pub(super) fn name(node: &Node<'_>, given: Option<&Node<'_>>, field: &str) -> Result<String, ValueError> {
    let wanted = Expected::FieldsLike { example: field.to_owned() };
    let given = given.ok_or_else(|| missing(node, wanted))?;
    let name = leaf::text(given, ValueKind::Text)?;
    if name.is_empty() {
        return Err(ValueError::of(given, Issue::NameIsEmpty));
    }
    let length = name.chars().count();
    if length > 80 {
        return Err(ValueError::of(given, Issue::NameLength { length }));
    }
    hostile::check_name(&name).map_err(|fault| ValueError::of(given, fault))?;
    Ok(name)
}

pub(super) fn day(node: &Node<'_>) -> Result<Date, ValueError> {
    leaf::date(node, LAST_YEAR)
}

fn when(node: &Node<'_>) -> Result<WrittenCondition, ValueError> {
    let text = leaf::text(node, ValueKind::Text)?;
    match Condition::read(&text) {
        Ok(condition) => Ok(WrittenCondition { text, condition }),
        Err(fault) => {
            // Within the quotes, if nothing in them is escaped.
            let inside = node.text.find(&text).unwrap_or(0);
            let mut problem = ValueError::of(node, Issue::Condition { why: fault.why });
            problem.at = node.at + inside + fault.at;
            if !fault.found.is_empty() {
                problem.value = fault.found;
            }
            Err(problem)
        }
    }
}

/// Reads for which villages a rule sets its levers.
fn villages(node: &Node<'_>) -> Result<WrittenCondition, ValueError> {
    let villages = when(node)?;
    if villages.condition.lasting_parts() > 0 {
        return Err(ValueError::of(node, Issue::VillagesStay));
    }
    match villages.condition.names().into_iter().find(|name| !VILLAGE_FIGURES.contains(name)) {
        None => Ok(villages),
        Some(name) => {
            let issue = Issue::NoVillageFigure { name: name.to_owned() };
            let near = nearest(name, VILLAGE_FIGURES.into_iter());
            let mut problem = ValueError::of(node, issue).advise(Advice::meant(near));
            problem.at += node.text.find(name).unwrap_or(0);
            name.clone_into(&mut problem.value);
            Err(problem)
        }
    }
}

/// Reads where a rule is looked at, or a target measured.
pub fn places(node: &Node<'_>) -> Result<RulePlaces, ValueError> {
    match &node.kind {
        Kind::Word if node.text == "Nation" => Ok(RulePlaces::Nation),
        Kind::Word if node.text == "Poverty" => Ok(RulePlaces::Poverty),
        Kind::Word if node.text == "NotPoverty" => Ok(RulePlaces::NotPoverty),
        Kind::Word if node.text == "Remote" => Ok(RulePlaces::Remote),
        Kind::Call("Provinces", body) => only(body).and_then(provinces).map(RulePlaces::Provinces),
        Kind::Call("Counties", body) => only(body).and_then(codes).map(RulePlaces::Counties),
        Kind::Call("Province", body) => {
            let name = only(body)?;
            let name = match &name.kind {
                Kind::Number => name.text.to_owned(),
                _ => leaf::text(name, Expected::Province)?,
            };
            Ok(RulePlaces::Provinces(vec![name]))
        }
        Kind::Call("County", body) => {
            super::selection_reader::code(only(body)?).map(|code| RulePlaces::Counties(vec![code]))
        }
        kind => {
            let word = if let Kind::Call(word, _) = kind { word } else { node.text };
            let problem = leaf::mismatch(node, Expected::RulePlaces);
            Err(problem.advise(Advice::meant(nearest(word, PLACES.into_iter()))))
        }
    }
}

/// Reads the levers that a rule sets: sections with fields, as in a scenario.
fn set(node: &Node<'_>) -> Result<Vec<(String, String)>, ValueError> {
    let Kind::Fields(sections) = &node.kind else {
        return Err(leaf::mismatch(node, Expected::Levers));
    };
    let mut set = Vec::new();
    for section in sections {
        let Kind::Fields(inner) = &section.value.kind else {
            return Err(leaf::mismatch(&section.value, Expected::Levers));
        };
        set.extend(leaf::all(inner.iter().map(|field| lever(section.name, field)))?);
    }
    let repeated = |at: usize, path: &String| set.iter().take(at).any(|(other, _)| other == path);
    if let Some((_, (path, _))) = set.iter().enumerate().find(|(at, (path, _))| repeated(*at, path)) {
        return Err(ValueError { value: path.clone(), ..ValueError::of(node, Issue::Twice) });
    }
    if set.is_empty() { Err(ValueError::of(node, Issue::NothingSet)) } else { Ok(set) }
}

fn lever(section: &str, field: &Field<'_>) -> Result<(String, String), ValueError> {
    let path = format!("{section}.{}", field.name);
    match lever_reach(&path) {
        Some(LeverReach::Fixed) => Err(at_name(field, Issue::FixedLever { path })),
        Some(LeverReach::Place | LeverReach::Nation) => {
            // Read into parameters that are thrown away: only for its faults.
            parameter::assign(&mut Parameters::default(), &path, &field.value)?;
            Ok((path, field.value.text.to_owned()))
        }
        None if info(&path).is_some() => Err(at_name(field, Issue::NoLever { path })),
        None => {
            let known = levers();
            let near = nearest(&path, known.iter().map(String::as_str));
            Err(at_name(field, Issue::NoSuchParameter).advise(Advice::meant(near)))
        }
    }
}
