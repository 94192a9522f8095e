//! A difference, for people and for programs.

use crate::analyse::number;
use crate::text::number::{change, compact};
use serde_json::{Value, json};
use sim_experiments::comparison::Difference;

/// A change with its interval; in brackets if it may be chance, and a word if every pair is the same. Of too
/// few pairs the change alone.
pub fn shown(difference: &Difference) -> String {
    match () {
        () if difference.change == 0.0 && difference.is_constant() => "same".to_owned(),
        () if difference.margin.is_nan() => format!("({})", change(difference.change)),
        () if difference.is_constant() => format!("{} in every pair", change(difference.change)),
        () if difference.is_sure() => {
            format!("{} ± {}", change(difference.change), compact(difference.margin))
        }
        () => format!("({} ± {})", change(difference.change), compact(difference.margin)),
    }
}

/// A difference in JSON.
pub fn value(difference: &Difference) -> Value {
    json!({
        "first": number(difference.first), "second": number(difference.second),
            "change": number(difference.change),
        "margin": number(difference.margin), "pairs": difference.pairs,
            "correlation": number(difference.correlation),
        "saved": number(difference.saved), "since": difference.since.map(|month| month.to_string()),
            "sure": difference.is_sure(),
    })
}
