//! Fingerprints: what two runs must share to be called the same.
//!
//! A running 128-bit hash of every event handled and every result drawn, like OMNeT++'s. Two lanes of
//! multiply and rotate (the mixing step of wyhash and xxHash): a few cycles a word, order-sensitive, and in
//! the hot loop. Not a cryptographic hash; files are hashed with xxh3 where they are read.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A running 128-bit fingerprint.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint {
    low: u64,
    high: u64,
}

impl Default for Fingerprint {
    fn default() -> Fingerprint {
        Fingerprint { low: 0x9E37_79B9_7F4A_7C15, high: 0xC2B2_AE3D_27D4_EB4F }
    }
}

impl Fingerprint {
    /// Adds a word; order matters.
    #[inline]
    pub fn mix(&mut self, word: u64) {
        self.low = (self.low ^ word).wrapping_mul(0x9FB2_1C65_1E98_DF25).rotate_left(29);
        self.high =
            self.high.rotate_left(23).wrapping_add(self.low ^ word).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    }

    /// Adds a float by its bits.
    pub fn mix_float(&mut self, value: f64) {
        self.mix(value.to_bits());
    }

    /// Adds a string, with its length, so that neighbours cannot run together.
    pub(crate) fn mix_text(&mut self, text: &str) {
        self.mix(text.len() as u64);
        self.mix(xxhash_rust::xxh3::xxh3_64(text.as_bytes()));
    }

    /// Adds another fingerprint; order matters.
    pub fn mix_fingerprint(&mut self, other: Fingerprint) {
        self.mix(other.low);
        self.mix(other.high);
    }

    /// The value.
    pub fn value(self) -> u128 {
        u128::from(self.high) << 64 | u128::from(self.low)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.value())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_every_bit_matter() {
        let of = |words: &[u64]| {
            let mut print = Fingerprint::default();
            words.iter().for_each(|&word| print.mix(word));
            print
        };
        assert_ne!(of(&[1, 2]), of(&[2, 1]));
        assert_ne!(of(&[0]), of(&[0, 0]));
        for bit in 0..64 {
            assert_ne!(of(&[5, 7]), of(&[5, 7 ^ (1 << bit)]), "bit {bit}");
        }
    }
}
