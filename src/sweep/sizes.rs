//! How large the runs of a plan are, by arithmetic: which is the cheapest, which the dearest, and how much
//! memory the largest needs.

use crate::command_error::CommandError;
use sim_core::params::Parameters;
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;
use sim_experiments::experiment::Factor;
use sim_experiments::plan::RunPlan;
use std::collections::BTreeMap;

/// Different sizes that are worked out; points between them take that of the one before.
const MOST: usize = 1_000;

/// The size of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunSize {
    /// Memory that it is estimated to need \[bytes\].
    pub memory: u64,
    /// Household records times days: what its time grows with, as far as arithmetic tells.
    pub work: f64,
}

/// The sizes of a plan's points.
#[derive(Clone, Debug)]
pub struct Sizes {
    of_point: Vec<RunSize>,
}

impl Sizes {
    /// Those of a plan.
    ///
    /// # Errors
    /// If no point has a sound scenario: why.
    pub fn of(plan: &RunPlan) -> Result<Sizes, CommandError> {
        let catalogue = Parameters::catalogue();
        let is_parameter = |path: &str| catalogue.iter().any(|known| known.path() == path);
        // Places, sample, days and reports decide the size; parameters do not.
        let decides = |factor: &&Factor| !is_parameter(&factor.path);
        let factors = &plan.experiment().factors;
        let deciding: Vec<usize> = (0..factors.len()).filter(|&at| decides(&&factors[at])).collect();
        let mut places: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut firsts = Vec::new();
        let kinds: Vec<usize> = (0..plan.points())
            .map(|point| {
                let settings = plan.settings(point);
                let key = deciding.iter().map(|&at| settings[at].text()).collect();
                *places.entry(key).or_insert_with(|| {
                    firsts.push(point);
                    firsts.len() - 1
                })
            })
            .collect();
        let sizes = worked_out(plan, &firsts)?;
        Ok(Sizes { of_point: kinds.into_iter().map(|kind| sizes[kind]).collect() })
    }

    /// The most memory that a run needs \[bytes\].
    pub fn memory(&self) -> u64 {
        self.of_point.iter().map(|size| size.memory).max().unwrap_or(0)
    }

    /// The work of a point.
    pub fn work(&self, point: usize) -> f64 {
        self.of_point.get(point).map_or(0.0, |size| size.work)
    }

    /// The cheapest point, one in the middle and the dearest; among equals the first and the last. Each once.
    pub fn corners(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.of_point.len()).collect();
        order.sort_by(|&a, &b| self.work(a).total_cmp(&self.work(b)).then(a.cmp(&b)));
        let last = order.len().saturating_sub(1);
        let mut corners: Vec<usize> =
            [0, last / 2, last].iter().filter_map(|&at| order.get(at).copied()).collect();
        corners.dedup();
        corners
    }
}

/// The sizes of some points: of all, or of so many that it takes a moment.
fn worked_out(plan: &RunPlan, points: &[usize]) -> Result<Vec<RunSize>, CommandError> {
    let step = points.len().div_ceil(MOST).max(1);
    let mut sizes: Vec<Option<RunSize>> = Vec::new();
    let mut refused = None;
    for (at, &point) in points.iter().enumerate() {
        let is_due = at % step == 0 || at + 1 == points.len();
        let size = if is_due {
            match size(plan, point) {
                Ok(size) => Some(size),
                Err(reason) => {
                    refused.get_or_insert(reason);
                    None
                }
            }
        } else {
            None
        };
        let before = sizes.last().copied().flatten();
        sizes.push(size.or(before));
    }
    let Some(first) = sizes.iter().flatten().next().copied() else {
        return Err(CommandError::input(refused.unwrap_or_default()));
    };
    Ok(sizes.into_iter().map(|size| size.unwrap_or(first)).collect())
}

fn size(plan: &RunPlan, point: usize) -> Result<RunSize, String> {
    let run = point as u64 * plan.experiment().runs_at_point();
    let job = plan.job(run).map_err(|fault| fault.to_string())?;
    let estimate = Simulation::estimate(&job.scenario, job.table.as_deref());
    let estimate = estimate.map_err(|faults| faults.to_string())?;
    Ok(RunSize { memory: estimate.bytes, work: estimate.records as f64 * days(&job.scenario) })
}

fn days(scenario: &Scenario) -> f64 {
    scenario.end_time().since(scenario.start_time()).as_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_and_the_dearest_are_found_wherever_they_stand() {
        let sizes = |works: &[f64]| Sizes {
            of_point: works.iter().map(|&work| RunSize { memory: work as u64, work }).collect(),
        };
        assert_eq!(sizes(&[2.0, 9.0, 1.0, 3.0, 4.0]).corners(), [2, 3, 1]);
        assert_eq!(sizes(&[1.0; 9]).corners(), [0, 4, 8]);
        assert_eq!(sizes(&[1.0, 1.0]).corners(), [0, 1]);
        assert_eq!(sizes(&[1.0]).corners(), [0]);
        assert_eq!(sizes(&[2.0, 9.0, 1.0]).memory(), 9);
    }
}
