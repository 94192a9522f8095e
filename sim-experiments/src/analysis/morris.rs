//! Morris' elementary effects: which factors matter at all, for few runs.
//!
//! mu* is the mean absolute effect of a step over the whole range; sigma is the effects' deviation: large where the factor acts together with others or
//! not in a straight line. (Morris 1991; mu* by Campolongo, Cariboni and Saltelli 2007.)

use crate::luck::Luck;
use crate::statistics::{Summary, quantile_of_sorted};

use super::sobol::Estimate;

const PURPOSE: u32 = 5;

/// A factor's effects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effects {
    /// Mean effect, in the outcome's unit over the factor's range.
    pub mu: f64,
    /// Mean absolute effect, with its bootstrap interval.
    pub mu_star: Estimate,
    /// Deviation of the effects.
    pub sigma: f64,
    /// Effects that could be computed.
    pub count: usize,
}

/// The effects of every factor from unit coordinates and outcomes in the order of [`Method::Morris`](crate::experiment::Method::Morris). Steps with a missing
/// outcome are left out.
pub fn effects(
    units: &[f64],
    outcomes: &[f64],
    factors: usize,
    resamples: usize,
    confidence: f64,
) -> Vec<Effects> {
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); factors];
    for (points, values) in units
        .chunks_exact((factors + 1) * factors)
        .zip(outcomes.chunks_exact(factors + 1))
    {
        for step in 0..factors {
            let (before, after) = (&points[step * factors..], &points[(step + 1) * factors..]);
            for factor in 0..factors {
                let change = after[factor] - before[factor];
                let effect = (values[step + 1] - values[step]) / change;
                if change != 0.0 && !effect.is_nan() {
                    found[factor].push(effect);
                }
            }
        }
    }
    let mut luck = Luck::new(0, PURPOSE);
    found
        .iter()
        .map(|effects| summary(effects, resamples, confidence, &mut luck))
        .collect()
}

fn summary(effects: &[f64], resamples: usize, confidence: f64, luck: &mut Luck) -> Effects {
    let plain = Summary::of(effects);
    let absolute: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / absolute.len() as f64;
    let mut means: Vec<f64> = (0..if absolute.is_empty() { 0 } else { resamples })
        .map(|_| mean(&mut absolute.iter().map(|_| absolute[luck.below(absolute.len())])))
        .collect();
    means.sort_by(f64::total_cmp);
    let tail = (1.0 - confidence) / 2.0;
    Effects {
        mu: plain.mean,
        mu_star: Estimate {
            value: Summary::of(&absolute).mean,
            low: quantile_of_sorted(&means, tail),
            high: quantile_of_sorted(&means, 1.0 - tail),
        },
        sigma: plain.deviation,
        count: plain.count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::experiment::{Factor, FactorKind, Method};

    #[test]
    fn straight_lines_have_their_slopes_and_no_sigma_and_products_have_sigma() {
        let factor = |at: usize| Factor {
            name: at.to_string(),
            unit: String::new(),
            path: at.to_string(),
            kind: FactorKind::Range {
                low: 0.0,
                high: 1.0,
                is_log: false,
                whole: false,
                levels: 5,
            },
        };
        let factors: Vec<Factor> = (0..4).map(factor).collect();
        let method = Method::Morris {
            trajectories: 40,
            levels: 4,
            seed: 1,
        };
        let design = Design::new(&method, &factors).unwrap();
        let units: Vec<f64> = (0..design.len())
            .flat_map(|point| design.units(point).unwrap().to_vec())
            .collect();
        let outcomes: Vec<f64> = units
            .chunks(4)
            .map(|x| 3.0 * x[0] - 2.0 * x[1] + 4.0 * x[2] * x[3])
            .collect();
        let found = effects(&units, &outcomes, 4, 100, 0.95);
        assert!((found[0].mu - 3.0).abs() < 1e-9 && found[0].sigma < 1e-9);
        assert!((found[1].mu + 2.0).abs() < 1e-9 && (found[1].mu_star.value - 2.0).abs() < 1e-9);
        // The effect of one of a product is four times the other, whose grid has mean 1/2 and deviation 0.373.
        assert!(
            (found[2].mu - 2.0).abs() < 0.5 && (found[2].sigma - 4.0 * 0.373).abs() < 0.3,
            "{:?}",
            found[2]
        );
        assert_eq!(found[3].count, 40);
        assert!(
            found[2].mu_star.low < found[2].mu_star.value && found[2].mu_star.value < found[2].mu_star.high
        );
    }
}
