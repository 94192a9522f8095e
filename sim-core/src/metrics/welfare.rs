//! What cheaper, wider shopping is worth to a household.
//!
//! A household spreads its retail spending over *ways* of shopping (village shop, trip to town, service
//! centre, online alone) with a constant elasticity of substitution sigma. Its own spending shares then
//! reveal how much its retail cost of living changed (Feenstra, American Economic Review 1994, for new ways;
//! Sato and Vartia 1976 for those that stay; used so for rural e-commerce by Couture, Faber, Gu and Liu, AER:
//! Insights 2021). The more of its spending a household moves to a new way, the more that way is worth to it:
//!
//! `P1 / P0 = product over common ways of (p1 / p0)^w x (lambda1 / lambda0)^(1 / (sigma - 1))`
//!
//! with `lambda` the share of spending on the ways that exist both before and after, and `w` the Sato-Vartia
//! weights, the logarithmic means of the shares within them, made to sum to one.
//!
//! **Limits.** As sigma falls to 1 every way becomes indispensable and a new one infinitely valuable: the
//! formula with new or lost ways needs `sigma > 1` and is refused otherwise ([`WelfareError::Elasticity`]).
//! Without them, the index is the same for any sigma given shares, and [`ces_change`] tends to the
//! Cobb-Douglas index. As sigma grows, ways become alike and a new one is worth nothing beyond its price.
//!
//! A consumer surplus under a fitted demand curve was rejected: it needs prices that no survey has, where
//! shares are observed.

use crate::base::{Money, math};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One way of shopping, before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    /// Its share of the household's retail spending before \[0 to 1\]; 0 if it was not there.
    pub share_before: f64,
    /// Its share after \[0 to 1\]; 0 if it is not there any more.
    pub share_after: f64,
    /// Its price after over its price before, all costs of shopping included; ignored unless both shares are
    /// above zero.
    pub price_ratio: f64,
}

/// Why a change in the cost of living cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum WelfareError {
    /// The elasticity is not above 1 (or not a number) where a way is new or lost.
    #[error("the elasticity of substitution is {0}, but a new or lost way of shopping needs one above 1")]
    Elasticity(f64),
    /// A share is outside 0 to 1, or shares do not sum to one.
    #[error("the spending shares make {0} instead of 1, or one is outside 0 to 1")]
    Shares(f64),
    /// A price ratio is not above zero.
    #[error("the price ratio is {0}, not above zero")]
    Price(f64),
    /// No way exists both before and after, so that nothing can be compared.
    #[error("no way of shopping exists both before and after")]
    NothingCommon,
}

/// The cost of living after over before, if the only change is a new way that takes the share `share_new`:
/// `(1 - share_new)^(1 / (sigma - 1))`.
///
/// # Errors
/// [`WelfareError::Shares`] unless `share_new` is at least 0 and below 1; [`WelfareError::Elasticity`] unless
/// `sigma` is above 1.
pub fn new_way(share_new: f64, sigma: f64) -> Result<f64, WelfareError> {
    if !(0.0..1.0).contains(&share_new) {
        return Err(WelfareError::Shares(share_new));
    }
    variety(1.0 - share_new, sigma)
}

/// `(lambda1 / lambda0)^(1 / (sigma - 1))`.
fn variety(lambda_ratio: f64, sigma: f64) -> Result<f64, WelfareError> {
    if sigma > 1.0 {
        Ok(math::pow(lambda_ratio, 1.0 / (sigma - 1.0)))
    } else {
        Err(WelfareError::Elasticity(sigma))
    }
}

/// The cost of living after over before, from shares and prices of all ways (the module's formula).
///
/// # Errors
/// Any [`WelfareError`]; the elasticity is only needed where a way is new or lost.
pub fn cost_of_living(ways: &[Way], sigma: f64) -> Result<f64, WelfareError> {
    check_shares(ways.iter().map(|way| way.share_before))?;
    check_shares(ways.iter().map(|way| way.share_after))?;
    let common: Vec<Way> = ways.iter().copied().filter(|way| is_common(*way)).collect();
    if common.is_empty() {
        return Err(WelfareError::NothingCommon);
    }
    let prices = sato_vartia(&common)?;
    if common.len() == ways.iter().filter(|way| way.share_before > 0.0 || way.share_after > 0.0).count() {
        return Ok(prices);
    }
    let before: f64 = common.iter().map(|way| way.share_before).sum();
    let after: f64 = common.iter().map(|way| way.share_after).sum();
    Ok(prices * variety(after / before, sigma)?)
}

fn is_common(way: Way) -> bool {
    way.share_before > 0.0 && way.share_after > 0.0
}

fn check_shares(shares: impl Iterator<Item = f64>) -> Result<(), WelfareError> {
    let mut sum = 0.0;
    for share in shares {
        if !(0.0..=1.0).contains(&share) {
            return Err(WelfareError::Shares(share));
        }
        sum += share;
    }
    if (sum - 1.0).abs() > 1e-6 { Err(WelfareError::Shares(sum)) } else { Ok(()) }
}

/// The exact CES price index of ways that stay.
fn sato_vartia(common: &[Way]) -> Result<f64, WelfareError> {
    let before: f64 = common.iter().map(|way| way.share_before).sum();
    let after: f64 = common.iter().map(|way| way.share_after).sum();
    let (mut weights, mut sum) = (0.0, 0.0);
    for way in common {
        check_price(way.price_ratio)?;
        let weight = logarithmic_mean(way.share_before / before, way.share_after / after);
        weights += weight;
        sum += weight * math::ln(way.price_ratio);
    }
    Ok(math::exp(sum / weights))
}

fn check_price(ratio: f64) -> Result<(), WelfareError> {
    if ratio > 0.0 && ratio.is_finite() { Ok(()) } else { Err(WelfareError::Price(ratio)) }
}

/// `(a - b) / (ln a - ln b)`, or `a` where they are (nearly) equal; both above zero.
fn logarithmic_mean(a: f64, b: f64) -> f64 {
    let apart = (a - b) / b;
    if apart.abs() < 1e-6 {
        // Its series, where the quotient would lose digits.
        b * (1.0 + 0.5 * apart)
    } else {
        (a - b) / (math::ln(a) - math::ln(b))
    }
}

/// The cost of living after over before, from shares *before* and price ratios of ways that all stay:
/// `(sum of share x ratio^(1 - sigma))^(1 / (1 - sigma))`, Cobb-Douglas at sigma 1. An infinite ratio is a
/// way lost. For what prices will do before shares are seen; [`cost_of_living`] is for what shares have done.
///
/// # Errors
/// [`WelfareError::Shares`], [`WelfareError::Price`]; [`WelfareError::Elasticity`] if sigma is below zero or
/// not a number, or if a way is lost at sigma 1 or less.
pub fn ces_change(shares_and_ratios: &[(f64, f64)], sigma: f64) -> Result<f64, WelfareError> {
    check_shares(shares_and_ratios.iter().map(|&(share, _)| share))?;
    if sigma.is_nan() || sigma < 0.0 || sigma.is_infinite() {
        return Err(WelfareError::Elasticity(sigma));
    }
    for &(share, ratio) in shares_and_ratios.iter().filter(|(share, _)| *share > 0.0) {
        match ratio {
            f64::INFINITY if sigma > 1.0 && share < 1.0 => {}
            f64::INFINITY => return Err(WelfareError::Elasticity(sigma)),
            _ => check_price(ratio)?,
        }
    }
    let spent = shares_and_ratios.iter().filter(|(share, _)| *share > 0.0);
    Ok(if (sigma - 1.0).abs() < 1e-9 {
        math::exp(spent.map(|&(share, ratio)| share * math::ln(ratio)).sum::<f64>())
    } else {
        let sum: f64 = spent.map(|&(share, ratio)| share * math::pow(ratio, 1.0 - sigma)).sum();
        math::pow(sum, 1.0 / (1.0 - sigma))
    })
}

/// The change over several groups of goods (durables, others) whose budget shares are fixed, Cobb-Douglas:
/// the product of each group's change to the power of its share.
///
/// # Errors
/// [`WelfareError::Shares`], [`WelfareError::Price`].
pub fn across_groups(shares_and_changes: &[(f64, f64)]) -> Result<f64, WelfareError> {
    ces_change(shares_and_changes, 1.0)
}

/// What a change in the retail cost of living is worth at the old prices (the equivalent variation):
/// `spending x (P0 / P1 - 1)`, in the unit of `spending`, negative for a loss.
pub fn gain(retail_spending: Money, change: f64) -> Money {
    Money::from_yuan(retail_spending.yuan() * (1.0 / change - 1.0))
}

/// What a programme cost and what households gained by it.
///
/// Integers, so that counties and months add up in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostEffectiveness {
    /// What was paid.
    pub cost: Money,
    /// What households gained, in cost of living or income, over all months counted.
    pub gain: Money,
    /// Months of households that were better off.
    pub household_months: u64,
}

impl CostEffectiveness {
    /// Counts one household's month; it is better off if its gain is above zero.
    pub fn add_month(&mut self, gain: Money) {
        self.gain += gain;
        self.household_months += u64::from(gain > Money::ZERO);
    }

    /// Adds another place's or period's cost and gains.
    pub fn merge(&mut self, other: CostEffectiveness) {
        self.cost += other.cost;
        self.gain += other.gain;
        self.household_months += other.household_months;
    }

    /// The cost of one household being better off for a year; `None` if none was.
    pub fn per_household_year(&self) -> Option<Money> {
        let years = self.household_months as f64 / 12.0;
        (self.household_months > 0).then(|| Money::from_yuan(self.cost.yuan() / years))
    }

    /// Gain over cost; `None` without cost.
    pub fn benefit_cost_ratio(&self) -> Option<f64> {
        (self.cost > Money::ZERO).then(|| self.gain.yuan() / self.cost.yuan())
    }
}

#[cfg(test)]
mod tests;
