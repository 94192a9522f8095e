//! Numbers that were stored, and may be anybody's: none is so large that adding it to others overflows.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// The largest amount or count that is believed of what was stored: a thousand times what the country turns
/// over in a century, in fen, and a sixteenth of what 64 bits hold.
pub const LARGEST: i64 = 1 << 59;
/// The same of sums in 128 bits.
pub const LARGEST_SUM: i128 = 1 << 100;

/// Whether an amount is believed.
pub const fn is_believed(amount: i64) -> bool {
    amount >= -LARGEST && amount <= LARGEST
}

/// Whether a sum in 128 bits is believed.
pub const fn is_believed_sum(sum: i128) -> bool {
    sum >= -LARGEST_SUM && sum <= LARGEST_SUM
}

/// What is said of what is not believed.
pub const TOO_LARGE: &str = "a stored number is beyond all reason";

/// Reads an amount.
///
/// # Errors
/// If it is not believed.
pub(crate) fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let amount = i64::deserialize(deserializer)?;
    if is_believed(amount) { Ok(amount) } else { Err(D::Error::custom(TOO_LARGE)) }
}

/// Reads so many amounts.
///
/// # Errors
/// If one is not believed.
pub(crate) fn amounts<'de, D, const COUNT: usize>(deserializer: D) -> Result<[i64; COUNT], D::Error>
where
    D: Deserializer<'de>,
    [i64; COUNT]: Deserialize<'de>,
{
    let amounts = <[i64; COUNT]>::deserialize(deserializer)?;
    if amounts.iter().all(|&amount| is_believed(amount)) {
        Ok(amounts)
    } else {
        Err(D::Error::custom(TOO_LARGE))
    }
}
