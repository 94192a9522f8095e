//! Reads the model's parameters: simple kinds here, with the best messages, the rest through RON.

use super::fields::parameter;
use super::issue::{About, Issue};
use super::leaf::{self, ValueError};
use super::node::{Kind, Node};
use crate::params::{ParameterInfo, Parameters, Range, SetError, ValueKind};

/// The parameter that a region's file sets, and nobody else.
const PRICE_LEVEL: &str = "world.price_level";

/// Sets a parameter from a node.
pub(super) fn assign(parameters: &mut Parameters, path: &str, node: &Node<'_>) -> Result<(), ValueError> {
    let Some(row) = parameter(path) else {
        return Err(ValueError::of(node, Issue::NoSuchParameter));
    };
    if path == PRICE_LEVEL && parameters.get(path).as_deref() != Some(node.text) {
        return Err(ValueError::of(node, Issue::RegionSays));
    }
    check_plainly(row, node, parameters.world.price_level)?;
    parameters.set(path, node.text).map_err(|fault| translated(row, node, fault))
}

/// Checks kinds that are one number or word, so that the message can be exact.
fn check_plainly(row: &ParameterInfo, node: &Node<'_>, price_level: f64) -> Result<(), ValueError> {
    let range = if row.unit.is_money() { row.range.times(price_level) } else { row.range };
    let (low, high) = match range {
        Range::Between(low, high) => (low, high),
        Range::Any => (f64::MIN, f64::MAX),
    };
    match row.kind {
        ValueKind::Number => leaf::real(node, low, high, about(row)).map(drop),
        ValueKind::Whole => leaf::whole(node, low as u64, high as u64, about(row)).map(drop),
        ValueKind::Flag => leaf::flag(node).map(drop),
        ValueKind::Date => leaf::date(node, 2999).map(drop),
        ValueKind::Choice(names) => one_of(node, names),
        ValueKind::Text
        | ValueKind::TablePath
        | ValueKind::Places
        | ValueKind::Rules
        | ValueKind::Targets => Ok(()),
        kind @ (ValueKind::Tranches | ValueKind::Schedule | ValueKind::Shocks | ValueKind::Days) => {
            leaf::list(node, kind).map(drop)
        }
    }
}

fn one_of(node: &Node<'_>, names: &[&str]) -> Result<(), ValueError> {
    let known = matches!(node.kind, Kind::Word) && names.contains(&node.text);
    if known { Ok(()) } else { Err(leaf::wrong_choice(node, names.iter().copied())) }
}

fn about(row: &ParameterInfo) -> About {
    About::Path(row.path())
}

/// What RON or the parameter says of a value, at the place within the value that RON names.
fn translated(row: &ParameterInfo, node: &Node<'_>, fault: SetError) -> ValueError {
    match fault {
        SetError::Unknown => ValueError::of(node, Issue::NoSuchParameter),
        SetError::Unacceptable { why } => ValueError::of(node, Issue::Unfit { why }),
        SetError::Unreadable { expected, reason } => {
            let (offset, reason) = located(node.text, &reason);
            let reason = reason.to_owned();
            let mut problem = ValueError::of(node, Issue::Unreadable { expected: expected.into(), reason });
            problem.at = node.at + offset;
            debug_assert_eq!(row.kind, expected);
            problem
        }
    }
}

/// Splits RON's `line:column: reason` or `line:column-line:column: reason` into an offset and the reason.
fn located<'r>(text: &str, reason: &'r str) -> (usize, &'r str) {
    let split = || {
        let (place, rest) = reason.split_once(": ")?;
        let (line, column) = place.split('-').next()?.split_once(':')?;
        let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
        let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let within = text.get(before..)?.char_indices().nth(column.checked_sub(1)?)?.0;
        Some((before + within, rest))
    };
    split().unwrap_or((0, reason))
}
