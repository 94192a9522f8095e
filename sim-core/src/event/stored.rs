//! Measures as they are stored: one of each, and none beyond reason.

use super::Measure;
use crate::base::bounded::{TOO_LARGE, is_believed};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Reads the value of every measure, or none at all, as of a month of which only distributions are kept.
///
/// # Errors
/// Those of [`measures`].
pub(crate) fn measures_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<i64>, D::Error> {
    let values = Vec::<i64>::deserialize(deserializer)?;
    if values.is_empty() { Ok(values) } else { checked(values) }
}

/// Reads the value of every measure.
///
/// # Errors
/// If there are more or fewer, or one is not believed.
pub(crate) fn measures<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<i64>, D::Error> {
    checked(Vec::deserialize(deserializer)?)
}

fn checked<E: Error>(values: Vec<i64>) -> Result<Vec<i64>, E> {
    if values.len() != Measure::COUNT {
        return Err(E::custom("stored measures are not those of this version"));
    }
    if values.iter().all(|&value| is_believed(value)) { Ok(values) } else { Err(E::custom(TOO_LARGE)) }
}
