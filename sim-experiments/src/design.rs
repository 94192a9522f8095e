//! The points of a design, in unit coordinates: a factor's own values are found by [`Factor::at`].
//!
//! The same points on every machine and in every shard: integers, this crate's own random streams, and no
//! mathematics of the platform.

mod latin;
mod morris;
mod sequence;
mod shared;
#[cfg(test)]
mod tests;

pub use sequence::of_a_sample;
pub use shared::Shared;

use crate::experiment::{Factor, FactorKind, FactorSetting, Method, apart};

/// The points of a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    factors: usize,
    /// Unit coordinates, point by point; none for a table of points. Not-a-number leaves a factor as it is.
    units: Vec<f64>,
    /// Values as written, for a table of points.
    rows: Vec<Vec<String>>,
}

/// How many points a design has, by arithmetic alone.
pub fn count(method: &Method, factors: &[Factor]) -> u128 {
    let (factors, policies) = apart(factors);
    let policies = policies.map_or(1, |policies| policies.levels() as u128);
    count_varied(method, factors).saturating_mul(policies)
}

/// How many points the factors make that a design varies.
fn count_varied(method: &Method, factors: &[Factor]) -> u128 {
    let k = factors.len() as u128;
    match method {
        Method::Factorial => {
            factors.iter().fold(1_u128, |product, factor| product.saturating_mul(factor.levels() as u128))
        }
        Method::OneAtATime => 1 + factors.iter().map(|factor| factor.levels() as u128).sum::<u128>(),
        Method::LatinHypercube { samples, .. } | Method::Sobol { samples, .. } => u128::from(*samples),
        Method::Saltelli { samples, second_order, .. } => {
            u128::from(*samples) * sequence::of_a_sample(k as usize, *second_order) as u128
        }
        Method::Morris { trajectories, .. } => u128::from(*trajectories) * (k + 1),
        Method::Replicates => 1,
        Method::Table { rows } => rows.len() as u128,
    }
}

impl Design {
    /// Makes the points, each with every policy that the design is crossed with, the policy changing fastest.
    /// Whoever calls has held [`count`] against a
    /// budget.
    ///
    /// # Errors
    /// If there are more factors than the Sobol sequence has dimensions, or one that the design cannot move.
    pub fn new(method: &Method, factors: &[Factor]) -> Result<Design, String> {
        let (varied, policies) = apart(factors);
        let design = Design::varied(method, varied)?;
        Ok(match policies {
            Some(policies) => design.crossed(policies),
            None => design,
        })
    }

    /// The points of the factors that the design varies.
    fn varied(method: &Method, factors: &[Factor]) -> Result<Design, String> {
        let k = factors.len();
        let units = match method {
            Method::Factorial => factorial(factors),
            Method::OneAtATime => one_at_a_time(factors),
            Method::LatinHypercube { samples, seed } => latin::hypercube(*samples as usize, factors, *seed),
            Method::Sobol { samples, seed } => sequence::sobol(*samples as usize, k, *seed)?,
            Method::Saltelli { samples, seed, second_order } => {
                sequence::saltelli(*samples as usize, k, *seed, *second_order)?
            }
            Method::Morris { trajectories, levels, seed } => {
                morris::trajectories(*trajectories as usize, factors, *levels, *seed)?
            }
            Method::Replicates | Method::Table { .. } => Vec::new(),
        };
        let rows = match method {
            Method::Table { rows } => rows.clone(),
            Method::Replicates => vec![Vec::new()],
            _ => Vec::new(),
        };
        Ok(Design { factors: k, units, rows })
    }

    /// Every point with every policy.
    fn crossed(&self, policies: &Factor) -> Design {
        let steps = policies.steps();
        let mut crossed = Design { factors: self.factors + 1, units: Vec::new(), rows: Vec::new() };
        for point in 0..self.len() {
            for (at, &unit) in steps.iter().enumerate() {
                if let Some(row) = self.rows.get(point) {
                    let mut row = row.clone();
                    row.push(policies.policy(at).to_owned());
                    crossed.rows.push(row);
                } else {
                    crossed.units.extend(self.units(point).unwrap_or_default());
                    crossed.units.push(unit);
                }
            }
        }
        crossed
    }

    /// How many points.
    pub fn len(&self) -> usize {
        if self.rows.is_empty() { self.units.len() / self.factors.max(1) } else { self.rows.len() }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The unit coordinates of a point; none if it is from a table or beyond the last.
    pub fn units(&self, point: usize) -> Option<&[f64]> {
        let from = point.checked_mul(self.factors)?;
        self.units.get(from..from + self.factors)
    }

    /// What each factor is set to at a point.
    pub fn settings(&self, point: usize, factors: &[Factor]) -> Vec<FactorSetting> {
        if let Some(row) = self.rows.get(point) {
            let written = factors.iter().zip(row);
            return written.map(|(factor, value)| factor.written(value)).collect();
        }
        let units = self.units(point).unwrap_or_default();
        factors.iter().zip(units).map(|(factor, &unit)| factor.at(unit)).collect()
    }
}

/// Every combination, the last factor changing fastest.
fn factorial(factors: &[Factor]) -> Vec<f64> {
    let mut units = Vec::new();
    let steps: Vec<Vec<f64>> = factors.iter().map(Factor::steps).collect();
    let mut levels = vec![0_usize; factors.len()];
    if steps.iter().any(Vec::is_empty) {
        return units;
    }
    loop {
        units.extend(steps.iter().zip(&levels).map(|(steps, &level)| steps[level]));
        let mut at = factors.len();
        loop {
            let Some(before) = at.checked_sub(1) else {
                return units;
            };
            at = before;
            levels[at] += 1;
            if levels[at] < steps[at].len() {
                break;
            }
            levels[at] = 0;
        }
    }
}

/// The scenario itself, then each factor alone at each of its levels.
fn one_at_a_time(factors: &[Factor]) -> Vec<f64> {
    let mut units = vec![f64::NAN; factors.len()];
    for (at, factor) in factors.iter().enumerate() {
        for step in factor.steps() {
            let mut point = vec![f64::NAN; factors.len()];
            point[at] = step;
            units.extend(point);
        }
    }
    units
}

/// Refuses a design that leaves a listed value untried: nothing could be said of it.
///
/// # Errors
/// Which factor, and how many points would do.
pub fn refuse_untried(design: &Design, method: &Method, factors: &[Factor]) -> Result<(), String> {
    let (what, given) = match method {
        Method::LatinHypercube { samples, .. }
        | Method::Sobol { samples, .. }
        | Method::Saltelli { samples, .. } => ("samples", *samples),
        Method::Morris { trajectories, .. } => ("trajectories", *trajectories),
        Method::Factorial | Method::OneAtATime | Method::Replicates | Method::Table { .. } => return Ok(()),
    };
    for (at, factor) in apart(factors).0.iter().enumerate() {
        let count = match &factor.kind {
            FactorKind::Values(values) => values.len(),
            FactorKind::Policies { names, .. } => names.len(),
            FactorKind::Range { .. } | FactorKind::Distribution { .. } | FactorKind::Given => continue,
        };
        let mut tried = vec![false; count];
        for row in 0..design.len() {
            let unit = design.units(row).map_or(f64::NAN, |units| units[at]);
            let place = ((unit * count as f64) as usize).min(count.saturating_sub(1));
            if let Some(tried) = tried.get_mut(place) {
                *tried = true;
            }
        }
        let found = tried.iter().filter(|tried| **tried).count();
        if found < count {
            let enough = match method {
                Method::Sobol { .. } | Method::Saltelli { .. } => (2 * count).next_power_of_two(),
                _ => count,
            };
            return Err(format!(
                "`{}` has {count} values, and {}({what}: {given}) tries {found} of them\n  help: {what}: \
                 {enough} tries them all, or list fewer values",
                factor.name,
                method.name(),
            ));
        }
    }
    Ok(())
}
