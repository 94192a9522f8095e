//! Industrial base: what a county's workshops are good at.
//!
//! For each product a log-normal factor shared by the prefecture, one of the county's own, and rare deep
//! specialisation (a Pareto draw in one county of fifty, in prefectures that lean that way more often),
//! tilted by farm work for farm produce and against it for manufactures. Each factor has mean 1, so that the
//! nation's mean is about 1 for any seed. No published table of county industries is free to use; that
//! industrial clusters are few, deep and regional is common knowledge (costumes of Cao county: 70 % of a
//! market).

use super::draws;
use super::figures::Figures;
use crate::base::math::{exp, pow};
use crate::base::random_stream::unit;
use crate::base::{CountyCode, Product, Seed};

/// Spread of the log factor shared by a prefecture.
const PREFECTURE_SPREAD: f64 = 0.8;
/// Spread of the log factor of a county's own.
const COUNTY_SPREAD: f64 = 0.7;
/// Mean chance that a county is deeply specialised in a product.
const DEEP_CHANCE: f64 = 0.02;
/// Tail exponent and cap of the depth of specialisation.
const DEEP_TAIL: (f64, f64) = (1.5, 20.0);
/// Mean of the capped Pareto draw from 1: `(a - c^(1-a)) / (a - 1)` for tail `a` and cap `c`.
const DEEP_MEAN: f64 = 2.553;
/// What a draw among the best multiplies.
const DEEP_SCALE: f64 = 3.0;

/// The industrial base of a county, by product.
pub(super) fn industry(code: CountyCode, figures: &Figures, seed: Seed) -> [f32; Product::COUNT] {
    Product::ALL.map(|product| base(code, product, figures, seed) as f32)
}

fn base(code: CountyCode, product: Product, figures: &Figures, seed: Seed) -> f64 {
    let own = draws::industry(seed, code, product.at());
    let shared = draws::prefecture_industry(seed, code, product.at());
    let region = log_normal(shared[0], PREFECTURE_SPREAD);
    let deep = if unit(own[1]) < (DEEP_CHANCE * region).min(1.0) { depth(own[2]) } else { 0.0 };
    let expected_deep = DEEP_CHANCE * DEEP_SCALE * DEEP_MEAN;
    let ordinary = region * log_normal(own[0], COUNTY_SPREAD) * (1.0 - expected_deep);
    (ordinary + deep) * tilt(product, figures)
}

/// A log-normal factor with mean 1.
fn log_normal(word: u32, spread: f64) -> f64 {
    exp(spread * draws::normal(word) - 0.5 * spread * spread)
}

fn depth(word: u32) -> f64 {
    DEEP_SCALE * pow(unit(word), -1.0 / DEEP_TAIL.0).min(DEEP_TAIL.1)
}

/// Farm produce where people farm; manufactures where they do not; processed foods anywhere.
fn tilt(product: Product, figures: &Figures) -> f64 {
    let farming = figures.farm_employment;
    if product.is_farm_produce() {
        0.4 + 2.0 * farming
    } else if product == Product::ProcessedFoods {
        1.0
    } else {
        1.6 - 2.0 * farming.min(0.7)
    }
}
