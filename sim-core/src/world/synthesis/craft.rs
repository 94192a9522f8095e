//! Craft traditions: villages that already make or grow one thing.
//!
//! About one village in ten is a "one village, one product" village (some 60,000 of 596,450; ministry of
//! agriculture, grade M). More have one where the county's industrial base is strong; the product is drawn in
//! proportion to the county's base. Strength is exponential with mean 1: most traditions are slight.

use super::draws;
use crate::base::math::ln;
use crate::base::random_stream::unit;
use crate::base::{CountyCode, Product, Seed};

/// Share of villages with a craft in a county of average industry.
const CHANCE: f64 = 0.10;
/// Greatest share in any county.
const MOST: f64 = 0.45;

/// The craft of a village and its strength, if `word` falls among those that have one; strength 0 without
/// one.
pub(super) fn craft(
    industry: &[f32; Product::COUNT],
    word: u32,
    seed: Seed,
    code: CountyCode,
    number: u16,
) -> (Option<Product>, f32) {
    let total: f64 = industry.iter().map(|&base| f64::from(base)).sum();
    let chance = CHANCE * (total / Product::COUNT as f64).sqrt();
    if unit(word) >= chance.min(MOST) {
        return (None, 0.0);
    }
    let words = draws::village(seed, code, number, 2);
    let mut left = unit(words[0]) * total;
    let drawn = Product::ALL.into_iter().find(|product| {
        left -= f64::from(industry[product.at()]);
        left < 0.0
    });
    (drawn, -ln(unit(words[1])) as f32)
}
