//! The money of a region, by the three letters of ISO 4217.
//!
//! Amounts are whole hundredths of it everywhere ([`Money`](super::Money)), whatever its name; only what
//! people read says which money it is. China's keeps its usual words, yuan and fen.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A currency: three capital letters, as in ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The yuan of China, in which the model's own defaults are told.
    pub const YUAN: Currency = Currency(*b"CNY");

    /// The currency of a code; nothing if it has not three capital letters.
    pub fn of_code(code: &str) -> Option<Currency> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Currency(letters))
    }

    /// Its code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// What one of it is called behind a number, in English.
    pub fn english(&self) -> &str {
        if *self == Currency::YUAN { "yuan" } else { self.code() }
    }

    /// The same in Chinese.
    pub fn chinese(&self) -> &str {
        if *self == Currency::YUAN { "元" } else { self.code() }
    }
}

impl Default for Currency {
    fn default() -> Currency {
        Currency::YUAN
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
        let code = String::deserialize(deserializer)?;
        Currency::of_code(&code).ok_or_else(|| serde::de::Error::custom(format!("no currency is {code:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_three_capital_letters() {
        assert_eq!(Currency::of_code("KES").map(|one| one.english().to_owned()), Some("KES".to_owned()));
        assert_eq!(Currency::of_code("CNY").map(|one| one.english().to_owned()), Some("yuan".to_owned()));
        for wrong in ["", "KE", "kes", "KESH", "元", "K1S"] {
            assert_eq!(Currency::of_code(wrong), None, "{wrong}");
        }
    }
}
