//! Money in whole fen.
//!
//! An integer, so that sums are exact and do not depend on their order: the ledger closes to the fen for
//! any number of threads. Floats were rejected for that reason.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

/// An amount of money \[fen; 100 fen = 1 yuan\]. Negative amounts are debts or outflows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money(#[serde(deserialize_with = "super::bounded::amount")] i64);

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);

    /// An amount of whole fen.
    pub const fn from_fen(fen: i64) -> Money {
        Money(fen)
    }

    /// An amount in yuan, rounded to the nearest fen (halves away from zero).
    ///
    /// Saturates at the bounds of `i64`; not-a-number becomes zero.
    pub(crate) fn from_yuan(yuan: f64) -> Money {
        let fen = yuan * 100.0;
        Money(if fen < 0.0 { fen - 0.5 } else { fen + 0.5 } as i64)
    }

    /// The amount in whole fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The amount in yuan, for display and for formulas.
    pub fn yuan(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// A share of the amount, rounded to the nearest fen.
    pub fn share(self, share: f64) -> Money {
        Money::from_yuan(self.yuan() * share)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02} yuan", fen / 100, fen % 100)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(-self.0)
    }
}

impl Mul<i64> for Money {
    type Output = Money;
    fn mul(self, times: i64) -> Money {
        Money(self.0 * times)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        self.0 -= other.0;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_round_to_the_nearest_fen_in_both_directions() {
        assert_eq!(Money::from_yuan(1.005).fen(), 100, "1.005 is stored as slightly less");
        assert_eq!(Money::from_yuan(0.125).fen(), 13);
        assert_eq!(Money::from_yuan(-0.125).fen(), -13);
        assert_eq!(Money::from_yuan(f64::NAN).fen(), 0);
        assert_eq!(Money::from_yuan(f64::INFINITY).fen(), i64::MAX);
    }

    #[test]
    fn display_keeps_the_sign_of_small_debts() {
        assert_eq!(Money::from_fen(-5).to_string(), "-0.05 yuan");
        assert_eq!(Money::from_fen(123_456).to_string(), "1234.56 yuan");
    }

    #[test]
    fn a_share_and_its_complement_lose_at_most_a_fen() {
        let amount = Money::from_fen(9_999);
        let both = amount.share(0.035) + amount.share(0.965);
        assert!((both - amount).fen().abs() <= 1);
    }
}
