//! Reads a selection of places, every part of it at its own place in the text.

use super::advice::Advice;
use super::group::at_name;
use super::issue::{About, Expected, Issue};
use super::leaf::{self, ValueError};
use super::node::{Field, Kind, Node};
use super::selection::{PlaceKind, PlaceRank, PlaceRule, PlaceSelection};
use super::suggest::nearest;
use crate::base::CountyCode;
use crate::params::ValueKind;

const SELECT: ValueKind = ValueKind::Places;

/// The words of [`PlaceKind`].
pub(super) const KINDS: [(&str, PlaceKind); 4] = [
    ("District", PlaceKind::District),
    ("CountyLevelCity", PlaceKind::CountyLevelCity),
    ("County", PlaceKind::County),
    ("Banner", PlaceKind::Banner),
];

/// The words of [`PlaceRank`].
pub(super) const RANKS: [(&str, PlaceRank); 5] = [
    ("Random", PlaceRank::Random),
    ("Hardship", PlaceRank::Hardship),
    ("Remoteness", PlaceRank::Remoteness),
    ("Villages", PlaceRank::Villages),
    ("Relief", PlaceRank::Relief),
];

const WAYS: [&str; 5] = ["All", "Provinces", "Codes", "Random", "Rule"];
const CONDITIONS: [&str; 7] =
    ["provinces", "kinds", "poverty", "min_villages", "max_villages", "top", "rank_by"];

/// Reads a selection.
pub(super) fn read(node: &Node<'_>) -> Result<PlaceSelection, ValueError> {
    match &node.kind {
        Kind::Word if node.text == "All" => Ok(PlaceSelection::All),
        Kind::Call("Provinces", body) => only(body).and_then(provinces).map(PlaceSelection::Provinces),
        Kind::Call("Codes", body) => only(body).and_then(codes).map(PlaceSelection::Codes),
        Kind::Call("Random", body) => random(body),
        Kind::Call("Rule", body) => rule(body).map(PlaceSelection::Rule),
        Kind::Word if WAYS.contains(&node.text) => Err(ValueError::of(
            node,
            Issue::Incomplete { value: node.text.to_owned(), expected: SELECT.into() },
        )),
        Kind::Word | Kind::Call(..) => Err(unknown_way(node)),
        _ => Err(leaf::mismatch(node, SELECT)),
    }
}

fn unknown_way(node: &Node<'_>) -> ValueError {
    let word = match &node.kind {
        Kind::Call(word, _) => word,
        _ => node.text,
    };
    let problem = leaf::mismatch(node, SELECT);
    problem.advise(Advice::meant(nearest(word, WAYS.into_iter())))
}

/// The one value in parentheses.
pub(super) fn only<'n, 't>(body: &'n Node<'t>) -> Result<&'n Node<'t>, ValueError> {
    match &body.kind {
        Kind::Tuple(nodes) if nodes.len() == 1 => {
            nodes.first().ok_or_else(|| leaf::mismatch(body, Expected::OneValue))
        }
        _ => Err(leaf::mismatch(body, Expected::OneList)),
    }
}

pub(super) fn provinces(node: &Node<'_>) -> Result<Vec<String>, ValueError> {
    let names = leaf::list(node, Expected::Provinces)?.iter().map(|name| match &name.kind {
        Kind::Number => Ok(name.text.to_owned()),
        _ => leaf::text(name, Expected::Province),
    });
    not_empty(node, leaf::all(names)?, Expected::Provinces)
}

pub(super) fn codes(node: &Node<'_>) -> Result<Vec<CountyCode>, ValueError> {
    let codes = leaf::list(node, Expected::Codes)?.iter().map(code);
    not_empty(node, leaf::all(codes)?, Expected::Codes)
}

/// Reads the code of a county.
pub(super) fn code(node: &Node<'_>) -> Result<CountyCode, ValueError> {
    let code = leaf::whole(node, 1, 999_999, About::CountyCode)?;
    Ok(CountyCode(code as u32))
}

fn not_empty<T>(node: &Node<'_>, list: Vec<T>, expected: Expected) -> Result<Vec<T>, ValueError> {
    if list.is_empty() { Err(ValueError::of(node, Issue::EmptyList { expected })) } else { Ok(list) }
}

fn random(body: &Node<'_>) -> Result<PlaceSelection, ValueError> {
    match fields(body, &["count"])? {
        [field] => Ok(PlaceSelection::Random { count: counties(&field.value)? }),
        _ => Err(leaf::mismatch(body, Expected::Count)),
    }
}

fn counties(node: &Node<'_>) -> Result<u32, ValueError> {
    leaf::whole(node, 1, 10_000, About::Counties).map(|count| count as u32)
}

fn villages(node: &Node<'_>, least: u64) -> Result<u32, ValueError> {
    leaf::whole(node, least, 10_000, About::Villages).map(|count| count as u32)
}

/// The fields in parentheses, each of a known name and none twice.
pub(super) fn fields<'n, 't>(body: &'n Node<'t>, known: &[&str]) -> Result<&'n [Field<'t>], ValueError> {
    let fields: &[Field<'t>] = match &body.kind {
        Kind::Fields(fields) => fields,
        _ => {
            return Err(leaf::mismatch(body, Expected::FieldsLike { example: known.join(": …, ") }));
        }
    };
    for (index, field) in fields.iter().enumerate() {
        if !known.contains(&field.name) {
            return Err(unknown_name(field, known));
        }
        if fields.iter().take(index).any(|other| other.name == field.name) {
            return Err(at_name(field, Issue::Twice));
        }
    }
    Ok(fields)
}

fn unknown_name(field: &Field<'_>, known: &[&str]) -> ValueError {
    let known_names = known.iter().map(|&name| name.to_owned()).collect();
    let message = Issue::NoFieldHere { name: field.name.to_owned(), known: known_names };
    at_name(field, message).advise(Advice::meant(nearest(field.name, known.iter().copied())))
}

/// Reads a rule, with or without a second pair of parentheses.
fn rule(body: &Node<'_>) -> Result<PlaceRule, ValueError> {
    let inner = match &body.kind {
        Kind::Tuple(nodes) if nodes.len() == 1 => nodes.first().unwrap_or(body),
        _ => body,
    };
    let mut rule = PlaceRule::default();
    let given = fields(inner, &CONDITIONS)?.iter();
    let given = given.filter_map(|field| Some((field.name, field.value.optional()?)));
    leaf::all(given.map(|(name, value)| condition(&mut rule, name, value)))?;
    match (rule.min_villages, rule.max_villages) {
        (Some(least), Some(most)) if least > most => {
            Err(ValueError::of(inner, Issue::NoCountyFits { least, most }))
        }
        _ => Ok(rule),
    }
}

fn condition(rule: &mut PlaceRule, name: &str, value: &Node<'_>) -> Result<(), ValueError> {
    match name {
        "provinces" => rule.provinces = Some(provinces(value)?),
        "kinds" => rule.kinds = Some(kinds(value)?),
        "poverty" => rule.poverty = Some(leaf::flag(value)?),
        "min_villages" => rule.min_villages = Some(villages(value, 0)?),
        "max_villages" => rule.max_villages = Some(villages(value, 1)?),
        "top" => rule.top = Some(counties(value)?),
        _ => rule.rank_by = Some(leaf::choice(value, &RANKS)?),
    }
    Ok(())
}

fn kinds(node: &Node<'_>) -> Result<Vec<PlaceKind>, ValueError> {
    let kinds = leaf::list(node, Expected::Kinds)?.iter().map(|kind| leaf::choice(kind, &KINDS));
    not_empty(node, leaf::all(kinds)?, Expected::Kinds)
}
