//! How online variety grows.

use crate::base::{Time, math};
use crate::params::HouseholdParameters;

/// The middle of 2014, to which `household.self_service_variety` and `station_variety` refer \[years since
/// the epoch\].
const VARIETY_BASE: f64 = 14.5;

/// Growth factor of online variety at a moment, the middle of 2014 being 1.
pub(super) fn variety(p: &HouseholdParameters, now: Time) -> f64 {
    let years = (now.years() - VARIETY_BASE).min(p.variety_years);
    math::pow(1.0 + p.variety_growth, years)
}
