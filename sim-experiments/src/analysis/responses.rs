//! Outcomes of a plan's runs, by run and by point, with the inputs that led to them.

use crate::design::of_a_sample;
use crate::experiment::{FactorKind, FactorSetting, KeptOutcome, Method, Worlds};
use crate::plan::RunPlan;
use crate::record::Record;
use crate::tables;
use crate::uncertainty::MemberRuns;

/// Outcomes of all runs. A run that failed or is missing, and one without a value, has not-a-number: these
/// are left out and counted, never taken for a value.
#[derive(Clone, Debug)]
pub struct Responses {
    /// The outcomes that are numbers.
    pub outcomes: Vec<KeptOutcome>,
    /// For each outcome, its value in each run, by the run's number.
    pub by_run: Vec<Vec<f64>>,
    /// Runs at a point: replicates, of each member if there are members.
    pub replicates: usize,
    /// The weights of the members that every point is run with; none without an ensemble.
    pub weights: Vec<f64>,
    /// Runs that failed.
    pub failed: u64,
    /// Runs that have not been made yet.
    pub missing: u64,
}

impl Responses {
    /// Of records, in any order.
    pub fn of(plan: &RunPlan, records: &[Record]) -> Responses {
        let outcomes: Vec<KeptOutcome> = tables::numbers(plan).cloned().collect();
        let mut by_run = vec![vec![f64::NAN; plan.runs() as usize]; outcomes.len()];
        for record in records {
            for (at, values) in by_run.iter_mut().enumerate() {
                if let Some(value) = values.get_mut(record.run as usize) {
                    *value = tables::number(record, at);
                }
            }
        }
        Responses {
            outcomes,
            by_run,
            replicates: plan.experiment().runs_at_point() as usize,
            weights: plan.experiment().worlds.iter().flat_map(Worlds::weights).collect(),
            failed: records.iter().filter(|record| record.result.is_err()).count() as u64,
            missing: plan.runs().saturating_sub(records.len() as u64),
        }
    }

    /// The place of an outcome.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.outcomes.iter().position(|outcome| outcome.name == name)
    }

    /// An outcome's mean over the replicates of each point, and over members by their weights; not-a-number
    /// if one of them is missing, because the others' mean would be of other random draws.
    pub fn by_point(&self, outcome: usize) -> Vec<f64> {
        let values = self.by_run.get(outcome).map_or(&[][..], Vec::as_slice);
        let mean = |runs: &[f64]| runs.iter().sum::<f64>() / runs.len() as f64;
        let point = |runs: &[f64]| match self.weights.len() {
            0 => mean(runs),
            members => {
                let each = runs.chunks((runs.len() / members).max(1)).map(mean).zip(&self.weights);
                each.map(|(mean, weight)| mean * weight).sum()
            }
        };
        values.chunks(self.replicates.max(1)).map(point).collect()
    }

    /// An outcome's runs at each point, by member; nothing without an ensemble.
    pub fn by_member(&self, outcome: usize) -> Vec<Vec<MemberRuns>> {
        let (values, members) = (self.by_run.get(outcome).map_or(&[][..], Vec::as_slice), self.weights.len());
        if members == 0 {
            return Vec::new();
        }
        let seeds = (self.replicates / members).max(1);
        let point = |runs: &[f64]| {
            let each = runs.chunks(seeds).zip(&self.weights);
            each.map(|(runs, &weight)| MemberRuns { weight, values: runs.to_vec() }).collect()
        };
        values.chunks(self.replicates.max(1)).map(point).collect()
    }
}

/// The values of a policy's points in the rows of the design that its worlds are, where equal worlds share
/// their point; of a plan that is not crossed with policies, of all rows.
pub fn by_row(plan: &RunPlan, policy: usize, points: &[f64]) -> Vec<f64> {
    let each = plan.policies().points_by_world(policy);
    each.map(|point| points.get(point).copied().unwrap_or(f64::NAN)).collect()
}

/// The values that stand for the distribution of an outcome over a design, with one of its policies. Where
/// points are drawn, one a draw, and of Saltelli's scheme only those of its two independent samples, not the
/// mixed ones that repeat them; where points are chosen, each once.
pub fn draws(plan: &RunPlan, policy: usize, points: &[f64]) -> Vec<f64> {
    match &plan.experiment().method {
        Some(Method::Saltelli { second_order, .. }) => {
            let block = of_a_sample(plan.experiment().varied().len(), *second_order);
            let rows = by_row(plan, policy, points).into_iter().enumerate();
            rows.filter(|(row, _)| row % block < 2).map(|(_, value)| value).collect()
        }
        Some(method) if method.is_drawn() => by_row(plan, policy, points),
        _ => plan.policies().points(policy).iter().map(|&point| points[point]).collect(),
    }
}

/// The inputs of each point, as numbers: what a tree or a box cuts.
pub fn inputs(plan: &RunPlan) -> Vec<super::tree::Input> {
    let factors = &plan.experiment().factors;
    let points: Vec<Vec<FactorSetting>> = (0..plan.points()).map(|point| plan.settings(point)).collect();
    let each = factors.iter().enumerate();
    each.map(|(at, factor)| {
        let shown: Vec<String> = points.iter().map(|settings| plan.shown(factor, &settings[at])).collect();
        let is_words =
            matches!(factor.kind, FactorKind::Policies { .. }) || !tables::is_numeric(plan, factor);
        if is_words {
            let mut words = shown.clone();
            words.sort_unstable();
            words.dedup();
            let place = |text: &String| words.iter().position(|word| word == text).unwrap_or(0) as f64;
            super::tree::Input { name: factor.name.clone(), values: shown.iter().map(place).collect(), words }
        } else {
            let number = |text: &String| text.parse().unwrap_or(f64::NAN);
            super::tree::Input {
                name: factor.name.clone(),
                values: shown.iter().map(number).collect(),
                words: Vec::new(),
            }
        }
    })
    .collect()
}

impl Responses {
    /// The inputs of each point.
    pub fn inputs(&self, plan: &RunPlan) -> Vec<super::tree::Input> {
        inputs(plan)
    }
}

/// A condition on an outcome, as `stations_open<1000`.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// The outcome.
    pub outcome: String,
    /// Whether values below the limit meet it, or those above.
    pub below: bool,
    /// The limit.
    pub limit: f64,
}

impl Threshold {
    /// Reads `outcome<limit` or `outcome>limit`.
    ///
    /// # Errors
    /// What was expected.
    pub fn read(text: &str) -> Result<Threshold, String> {
        let expected = || "expected an outcome, < or >, and a number, as in stations_open<1000".to_owned();
        let at = text.find(['<', '>']).ok_or_else(expected)?;
        let (outcome, rest) = text.split_at(at);
        let number = rest.get(1..).unwrap_or("").trim_start_matches('=').trim();
        let limit: f64 = number.parse().map_err(|_| expected())?;
        if outcome.trim().is_empty() || !limit.is_finite() {
            return Err(expected());
        }
        Ok(Threshold { outcome: outcome.trim().to_owned(), below: rest.starts_with('<'), limit })
    }

    /// Whether a value meets it; of a missing one that is not known.
    pub fn is_met(&self, value: f64) -> Option<bool> {
        if value.is_nan() {
            return None;
        }
        Some(if self.below { value < self.limit } else { value > self.limit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_read() {
        let read = Threshold::read("stations_open < 1000").unwrap();
        assert_eq!(
            [999.0, 1000.0, f64::NAN].map(|value| read.is_met(value)),
            [Some(true), Some(false), None]
        );
        assert_eq!(Threshold::read("a>2e3").unwrap().is_met(2001.0), Some(true));
        for text in ["a", "<3", "a<", "a<x", "a<inf"] {
            assert!(Threshold::read(text).is_err(), "{text}");
        }
    }
}
