//! Two scenarios beside each other, seed by seed.
//!
//! Both run with the same seeds, so that what differs is what the change caused, and most of the noise goes
//! out in the difference. How much, is told: by how many times more runs with independent random numbers the
//! same certainty would have cost.

mod difference;
mod explanation;
mod observation;
#[cfg(test)]
mod tests;
mod village_differences;
mod villages;

pub use difference::{CONFIDENCE, Difference, by_member};
pub use explanation::{Change, changes};
pub use observation::{RunMember, RunObservation, observe, outcomes};
pub use village_differences::{VillageDifference, village_differences};
pub use villages::{MOST_VILLAGES, VILLAGE_OUTCOMES, VillageName, VillageSeen, villages};

use crate::random::{random_stream, resampled};
use crate::statistics::{Summary, quantile_of_sorted};
use sim_core::base::Month;

const PURPOSE: u32 = 6;

/// The member of each run.
pub fn members(runs: &[&RunObservation]) -> Vec<Option<RunMember>> {
    runs.iter().map(|run| run.member).collect()
}

/// What the change made of the outcome at a place among [`outcomes`], from the observations of both scenarios
/// by seed.
pub fn difference(first: &[&RunObservation], second: &[&RunObservation], outcome: usize) -> Difference {
    let values = |all: &[&RunObservation]| all.iter().map(|one| one.number(outcome)).collect::<Vec<f64>>();
    let since = since(first, second, outcome);
    Difference { since, ..Difference::of_pairs(&values(first), &values(second), &members(first)) }
}

/// The first month from which on the change is beyond its interval to the end.
fn since(first: &[&RunObservation], second: &[&RunObservation], outcome: usize) -> Option<Month> {
    let months = first.first()?.months(outcome);
    let mut found = None;
    for (at, &(month, _)) in months.iter().enumerate().rev() {
        let values = |all: &[&RunObservation]| -> Vec<f64> {
            all.iter().map(|one| one.months(outcome).get(at).map_or(f64::NAN, |month| month.1)).collect()
        };
        if !Difference::of_pairs(&values(first), &values(second), &members(first)).is_sure() {
            break;
        }
        found = Some(month);
    }
    found
}

/// What a unit of an outcome cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitCost {
    /// Change of the cost over change of the outcome.
    pub value: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

/// What a unit more of an outcome cost, over pairs by seed: the mean change of the cost over that of the
/// outcome, with a bootstrap interval. Nothing if the outcome's change is not surely other than nothing, as
/// of too few pairs: the ratio then says nothing.
pub fn unit_cost(cost: &[(f64, f64)], outcome: &[(f64, f64)], resamples: usize) -> Option<UnitCost> {
    let changes: Vec<(f64, f64)> = cost
        .iter()
        .zip(outcome)
        .map(|(cost, outcome)| (cost.1 - cost.0, outcome.1 - outcome.0))
        .filter(|(cost, outcome)| !cost.is_nan() && !outcome.is_nan())
        .collect();
    let outcomes: Vec<f64> = changes.iter().map(|pair| pair.1).collect();
    let summary = Summary::of(&outcomes);
    let sure = summary.mean.abs() > summary.margin(CONFIDENCE);
    if !sure {
        return None;
    }
    let ratio = |pairs: &mut dyn Iterator<Item = (f64, f64)>| {
        let (cost, outcome) = pairs.fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
        cost / outcome
    };
    let mut stream = random_stream(0, PURPOSE);
    let mut drawn: Vec<f64> = (0..resamples)
        .map(|_| ratio(&mut resampled(&mut stream, &changes)))
        .filter(|ratio| ratio.is_finite())
        .collect();
    drawn.sort_by(f64::total_cmp);
    let tail = (1.0 - CONFIDENCE) / 2.0;
    Some(UnitCost {
        value: ratio(&mut changes.iter().copied()),
        low: quantile_of_sorted(&drawn, tail),
        high: quantile_of_sorted(&drawn, 1.0 - tail),
    })
}
