//! Morris' elementary effects: which factors matter at all, for few runs.
//!
//! mu* is the mean absolute effect of a factor over its whole range; sigma is the effects' deviation: large
//! where the factor acts together with others or not in a straight line. Every effect is divided by the
//! change that was made, as a share of the factor's range, and not by the grid's step: a switch that is
//! turned on makes its whole change. Of values without an order, such as policies, mu* is the mean absolute
//! effect of one instead of another, and has no direction: mu and sigma are then missing, unless there are
//! only two. (Morris 1991; mu* by Campolongo, Cariboni and Saltelli 2007.)
//!
//! With replicates, effects are of the mean response (`analysis/replicated.rs`). The absolute value
//! of an effect that holds chance is too large on average: a factor that does nothing has a mu* above
//! nothing. The interval knows: with d of one replicate and the sign of another's, E(sign d' · d) <= |E d|
//! <= E|d| whatever chance is like, so that its lower end is that of the mean of the first, and its upper end
//! that of the last. Where chance is small both are the same. (Rejected: taking off the bias that normal
//! chance would make of the effect that was found, which takes off too little where there is none.) Of one
//! replicate mu* and its interval are of the effects in single runs, chance included.

use super::replicated::{RowRuns, Spread, product};
use super::sobol::IndexEstimate;
use crate::design::Design;
use crate::experiment::{Factor, apart};
use crate::random::random_stream;
use crate::statistics::{FEWEST, Summary};

const PURPOSE: u32 = 8;

/// A factor's effects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effects {
    /// Mean effect, in the outcome's unit over the factor's range; not-a-number for more than two values
    /// without an order.
    pub mu: f64,
    /// Mean absolute effect, with its interval by Student's distribution: not-a-number for fewer than
    /// [`FEWEST`] effects.
    pub mu_star: IndexEstimate,
    /// Deviation of the effects; not-a-number for a single one, and where mu is.
    pub sigma: f64,
    /// Effects that could be computed.
    pub count: usize,
}

/// A step of a trajectory: which factor moved, and by what share of its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrajectoryStep {
    /// The factor.
    pub factor: usize,
    /// The change; not nothing.
    pub change: f64,
}

/// The steps of a design made by [`Method::Morris`](crate::experiment::Method::Morris), in its order: as many
/// for each trajectory as there are factors that it varies; policies that it is crossed with share them.
pub fn steps(design: &Design, factors: &[Factor]) -> Vec<TrajectoryStep> {
    let (factors, policies) = apart(factors);
    let policies = policies.map_or(1, Factor::levels);
    let count = factors.len();
    let rows = (0..design.len() / policies).filter(|row| row % (count + 1) < count);
    let moved = |row: usize| {
        let (before, after) = (design.units(row * policies)?, design.units((row + 1) * policies)?);
        let factor = (0..count).find(|&at| before[at] != after[at])?;
        let change = factors[factor].change(before[factor], after[factor]);
        Some(TrajectoryStep { factor, change })
    };
    let none = TrajectoryStep { factor: 0, change: f64::NAN };
    rows.map(|row| moved(row).unwrap_or(none)).collect()
}

/// The effects of every factor from the steps and the outcomes of every row of the design. Steps with a
/// missing outcome are left out.
pub fn effects(
    steps: &[TrajectoryStep],
    outcomes: &RowRuns,
    factors: &[Factor],
    confidence: f64,
) -> Vec<Effects> {
    let (count, replicates) = (factors.len(), outcomes.replicates);
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); count];
    let trajectories = outcomes.runs.chunks_exact((count + 1) * replicates);
    for (steps, values) in steps.chunks_exact(count).zip(trajectories) {
        for (at, step) in steps.iter().enumerate() {
            let row = |row: usize| values[row * replicates..(row + 1) * replicates].iter();
            let effect = row(at + 1).zip(row(at)).map(|(after, before)| (after - before) / step.change);
            let effect: Vec<f64> = effect.collect();
            if effect.iter().all(|value| value.is_finite()) {
                found[step.factor].extend(effect);
            }
        }
    }
    let each = factors.iter().zip(found);
    each.map(|(factor, runs)| {
        let summary = summary(&RowRuns { runs, ..*outcomes }, confidence);
        if factor.is_ordered() || factor.levels() < 3 {
            summary
        } else {
            Effects { mu: f64::NAN, sigma: f64::NAN, ..summary }
        }
    })
    .collect()
}

/// The absolute value of each effect, and the least that its absolute value can be on average: each
/// replicate with the sign of the others' mean.
fn absolute(effects: &RowRuns) -> [Vec<f64>; 2] {
    let each = effects.runs.chunks(effects.replicates).map(|runs| {
        let (sum, count) = (runs.iter().sum::<f64>(), runs.len() as f64);
        let least = runs.iter().map(|&one| if sum - one < 0.0 { -one } else { one });
        let mean = (sum / count).abs();
        (mean, if runs.len() < 2 { mean } else { least.sum::<f64>() / count })
    });
    let (mean, least) = each.unzip();
    [mean, least]
}

/// mu* with its interval, which is not-a-number for fewer than [`FEWEST`] effects.
fn star(effects: &RowRuns, confidence: f64) -> IndexEstimate {
    let [most, least] = absolute(effects).map(|values| Summary::of(&values));
    if most.count < FEWEST {
        return IndexEstimate { value: most.mean, low: f64::NAN, high: f64::NAN };
    }
    let mut spreads = [least, most].map(|summary| Spread {
        variance: summary.deviation * summary.deviation / summary.count as f64,
        freedom: (summary.count - 1) as f64,
    });
    if effects.adds_seeds() {
        let means = |runs: &RowRuns| {
            let [most, least] = absolute(runs).map(|values| Summary::of(&values).mean);
            Some(vec![least, most])
        };
        let between = effects.between_seeds(1, &mut random_stream(0, PURPOSE), means);
        spreads.iter_mut().zip(between.into_iter().flatten()).for_each(|(spread, between)| {
            *spread = spread.with_seeds(between, effects.replicates);
        });
    }
    let [low, high] = spreads.map(|spread| spread.margin(confidence));
    IndexEstimate { value: most.mean, low: (least.mean - low).max(0.0), high: most.mean + high }
}

fn summary(effects: &RowRuns, confidence: f64) -> Effects {
    let means: Vec<f64> =
        effects.runs.chunks(effects.replicates).map(|runs| Summary::of(runs).mean).collect();
    let plain = Summary::of(&means);
    Effects {
        mu: plain.mean,
        mu_star: star(effects, confidence),
        sigma: if plain.count < 2 { f64::NAN } else { sigma(effects) },
        count: plain.count,
    }
}

/// The deviation of effects over trajectories, without what chance adds to it.
fn sigma(effects: &RowRuns) -> f64 {
    let replicates = effects.replicates;
    let trajectories = (effects.runs.len() / replicates) as f64;
    let of = |replicate: usize| effects.runs.iter().skip(replicate).step_by(replicates);
    let centres: Vec<f64> =
        (0..replicates).map(|replicate| of(replicate).sum::<f64>() / trajectories).collect();
    let squares = effects.runs.chunks(replicates).map(|runs| {
        product(runs.iter().zip(&centres).map(|(value, centre)| (value - centre, value - centre)))
    });
    (squares.sum::<f64>() / (trajectories - 1.0)).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{FactorKind, FactorSetting, Method};

    #[test]
    fn straight_lines_have_their_slopes_and_no_sigma_and_products_have_sigma() {
        let factor = |at: usize| Factor {
            name: at.to_string(),
            unit: sim_core::base::Unit::NONE,
            path: at.to_string(),
            kind: FactorKind::Range { low: 0.0, high: 1.0, is_log: false, whole: false, levels: 5 },
        };
        let factors: Vec<Factor> = (0..4).map(factor).collect();
        let method = Method::Morris { trajectories: 40, levels: 4, seed: 1 };
        let design = Design::new(&method, &factors).unwrap();
        let outcomes: Vec<f64> = (0..design.len())
            .map(|row| design.units(row).unwrap())
            .map(|x| 3.0 * x[0] - 2.0 * x[1] + 4.0 * x[2] * x[3])
            .collect();
        let found = effects(&steps(&design, &factors), &RowRuns::single(&outcomes), &factors, 0.95);
        assert!((found[0].mu - 3.0).abs() < 1e-9 && found[0].sigma < 1e-9);
        assert!((found[1].mu + 2.0).abs() < 1e-9 && (found[1].mu_star.value - 2.0).abs() < 1e-9);
        // The effect of one of a product is four times the other, whose grid has mean 1/2 and deviation
        // 0.373.
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

    fn listed(name: &str, values: &[&str]) -> Factor {
        Factor {
            name: name.to_owned(),
            unit: sim_core::base::Unit::NONE,
            path: name.to_owned(),
            kind: FactorKind::Values(values.iter().map(|&value| value.to_owned()).collect()),
        }
    }

    #[test]
    fn effects_are_divided_by_the_change_that_was_made() {
        let whole = Factor {
            kind: FactorKind::Range { low: 3.0, high: 5.0, is_log: false, whole: true, levels: 5 },
            ..listed("whole", &[])
        };
        let factors = [
            listed("switch", &["false", "true"]),
            listed("numbers", &["4", "1", "2"]),
            listed("words", &["All", "Some", "None"]),
            whole,
        ];
        let method = Method::Morris { trajectories: 60, levels: 4, seed: 3 };
        let design = Design::new(&method, &factors).unwrap();
        let value = |setting: &FactorSetting| match setting {
            FactorSetting::Number(number) => *number,
            setting => f64::from(u8::from(["true", "Some"].contains(&setting.text().as_str()))),
        };
        let outcomes: Vec<f64> = (0..design.len())
            .map(|row| {
                let settings: Vec<f64> = design.settings(row, &factors).iter().map(value).collect();
                10.0 * settings[0] + settings[1] + 6.0 * settings[2] + 0.5 * settings[3]
            })
            .collect();
        let found = effects(&steps(&design, &factors), &RowRuns::single(&outcomes), &factors, 0.95);
        assert!((found[0].mu - 10.0).abs() < 1e-9 && found[0].sigma < 1e-9, "{:?}", found[0]);
        assert!((found[1].mu - 3.0).abs() < 1e-9 && found[1].sigma < 1e-9, "{:?}", found[1]);
        assert!((found[3].mu - 1.0).abs() < 1e-9 && found[3].sigma < 1e-9, "{:?}", found[3]);
        // Two of the three changes between words are to or from the one that counts.
        assert!((found[2].mu_star.value - 4.0).abs() < 0.8, "{:?}", found[2]);
        assert!(found[2].mu.is_nan() && found[2].sigma.is_nan());
    }

    #[test]
    fn few_effects_have_no_interval() {
        let factors = [listed("a", &["1", "2"]), listed("b", &["1", "2"])];
        for (trajectories, has_interval) in [(1, false), (2, false), (8, true)] {
            let method = Method::Morris { trajectories, levels: 4, seed: 1 };
            let design = Design::new(&method, &factors).unwrap();
            let outcomes: Vec<f64> = (0..design.len()).map(|row| (row * row) as f64).collect();
            let found = effects(&steps(&design, &factors), &RowRuns::single(&outcomes), &factors, 0.95);
            assert_eq!(found[0].mu_star.low.is_finite(), has_interval, "{trajectories}");
            assert!(found[0].mu_star.value.is_finite());
        }
    }
}
