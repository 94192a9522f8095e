//! Whether a plan keeps the bounds of a search.

use crate::experiment::{Bound, Search};

/// By how much the worst-broken bound is broken; nothing if an outcome is missing.
pub fn worst_excess(outcomes: &[f64], search: &Search) -> Option<f64> {
    if outcomes.iter().any(|value| value.is_nan()) {
        return None;
    }
    let bounds = outcomes.get(search.goals.len()..).unwrap_or_default();
    let each = search.bounds.iter().zip(bounds).map(|(bound, &value)| Bound::excess(bound, value));
    Some(each.fold(f64::NEG_INFINITY, f64::max))
}
