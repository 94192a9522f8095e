//! What an ensemble says of a question: how many members agree, and what turns the answer.

use crate::comparison::{RunMember, by_member};
use crate::experiment::Worlds;
use crate::statistics::{Summary, correlation};
use crate::uncertainty::{Holding, Uncertainty, holding};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Weight of the members in which an answer must hold to be given without a doubt.
pub const SAFE: f64 = 0.9;
/// Chance of naming any parameter that does nothing.
const LEVEL: f64 = 0.05;

/// A parameter with which the answer goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Turning {
    /// Its path.
    pub path: String,
    /// Rank correlation (Spearman) of its value and the difference, over members.
    pub correlation: f64,
}

/// What members say of a difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Conclusion {
    /// Mean of the first scenario over members.
    pub first: f64,
    /// Mean of the second.
    pub second: f64,
    /// Mean difference, its interval, and the band that holds luck and what is unknown.
    pub change: Uncertainty,
    /// In how many members the difference has which sign.
    pub holding: Holding,
    /// Parameters with which the difference goes, the closest first.
    pub turns: Vec<Turning>,
}

impl Conclusion {
    /// Whether the members that agree weigh nine tenths or more.
    pub fn is_safe(&self) -> bool {
        self.holding.sign != 0 && self.holding.weight >= SAFE
    }
}

/// Concludes from numbers of both scenarios, pair by pair, each of a member. `worlds` has the members'
/// values.
pub fn conclude(first: &[f64], second: &[f64], of: &[Option<RunMember>], worlds: &Worlds) -> Conclusion {
    let whole = |a: f64, b: f64, value: f64| if (a + b).is_nan() { f64::NAN } else { value };
    let side = |number: fn(f64, f64) -> f64| {
        let each = first.iter().zip(second).map(|(&a, &b)| whole(a, b, number(a, b)));
        by_member(&each.collect::<Vec<f64>>(), of)
    };
    let changes = side(|a, b| b - a);
    let means: Vec<f64> = changes.iter().map(|runs| Summary::of(&runs.values).mean).collect();
    Conclusion {
        first: Uncertainty::of(&side(|a, _| a)).mean,
        second: Uncertainty::of(&side(|_, b| b)).mean,
        change: Uncertainty::of(&changes),
        holding: holding(&changes),
        turns: turns(&means, worlds),
    }
}

/// Parameters whose rank correlation with the difference is beyond chance, however many were looked at
/// (Bonferroni).
fn turns(means: &[f64], worlds: &Worlds) -> Vec<Turning> {
    let tests = worlds.paths.len() as f64;
    let known: Vec<usize> = (0..means.len()).filter(|&at| !means[at].is_nan()).collect();
    let freedom = known.len() as f64 - 2.0;
    let Some(edge) =
        StudentsT::new(0.0, 1.0, freedom).ok().map(|t| t.inverse_cdf(1.0 - LEVEL / (2.0 * tests)))
    else {
        return Vec::new();
    };
    let least = edge / (freedom + edge * edge).sqrt();
    let differences = ranks(&known.iter().map(|&at| means[at]).collect::<Vec<f64>>());
    let of_path = |(column, path): (usize, &String)| {
        let value = |&at: &usize| -> f64 {
            let member = worlds.members.get(at).and_then(|member| member.values.get(column));
            member.and_then(|value| value.parse().ok()).unwrap_or(f64::NAN)
        };
        let values: Vec<f64> = known.iter().map(value).collect();
        let found = correlation(&ranks(&values), &differences);
        (found.abs() >= least).then(|| Turning { path: path.clone(), correlation: found })
    };
    let mut found: Vec<Turning> = worlds.paths.iter().enumerate().filter_map(of_path).collect();
    found.sort_by(|a, b| b.correlation.abs().total_cmp(&a.correlation.abs()));
    found
}

/// Ranks from 0, those of equal values their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let below = |of: f64| values.iter().filter(|&&value| value < of).count() as f64;
    let equal = |of: f64| values.iter().filter(|&&value| value == of).count() as f64;
    values.iter().map(|&value| below(value) + 0.5 * (equal(value) - 1.0)).collect()
}
