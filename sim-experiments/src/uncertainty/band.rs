//! The band that holds a further member with a further seed.
//!
//! Quantiles of few values lie too close together: of 20 values, nine in ten of the next ones do not lie
//! between the 5 % and the 95 % quantile of type 7. The share that lies below the j-th of n values is
//! j / (n + 1) on average (type 6 of Hyndman and Fan 1996); so it is here, with weights. As runs of one
//! member are alike, n is the number of independent values that tell as much (Kish 1965: weights and
//! clusters).

use super::member_runs::MemberRuns;

/// A value with its weight; all sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WeightedValue {
    value: f64,
    weight: f64,
}

/// The values of all members in order, a member's weight shared out among its values.
pub(super) fn values(runs: &[MemberRuns]) -> Vec<WeightedValue> {
    let mut found = Vec::new();
    for one in runs {
        let present = || one.values.iter().copied().filter(|value| !value.is_nan());
        let weight = one.weight / present().count() as f64;
        found.extend(present().map(|value| WeightedValue { value, weight }));
    }
    let sum: f64 = found.iter().map(|one| one.weight).sum();
    found.iter_mut().for_each(|one| one.weight /= sum);
    found.sort_by(|a, b| a.value.total_cmp(&b.value));
    found
}

/// How many independent values of equal weight tell as much.
pub(super) fn effective(values: &[WeightedValue], luck: f64, unknown: f64, members: usize) -> f64 {
    let by_weight = 1.0 / values.iter().map(|one| one.weight * one.weight).sum::<f64>();
    let alike = unknown / (luck + unknown);
    let each = values.len() as f64 / members as f64;
    if alike.is_nan() { by_weight } else { by_weight / (1.0 + (each - 1.0) * alike) }
}

/// The value below which a further one lies with some probability; the least or greatest where values are too
/// few to say. Not-a-number without values.
pub(super) fn quantile(values: &[WeightedValue], effective: f64, share: f64) -> f64 {
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return f64::NAN;
    };
    let mut below = 0.0;
    let mut before = (f64::NEG_INFINITY, first.value);
    for one in values {
        let middle = below + one.weight / 2.0;
        let place = (middle * effective + 0.5) / (effective + 1.0);
        if place >= share {
            let (low, value) = before;
            let part = if low.is_finite() { (share - low) / (place - low) } else { 1.0 };
            return value + part * (one.value - value);
        }
        below += one.weight;
        before = (place, one.value);
    }
    last.value
}
