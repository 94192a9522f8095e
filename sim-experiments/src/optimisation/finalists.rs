//! The finalists' fresh runs: how good they are, and how sure that is.

use crate::experiment::Search;
use crate::luck::Luck;
use crate::statistics::Summary;

const PURPOSE: u32 = 7;

/// The fresh runs of a finalist.
#[derive(Clone, Debug, PartialEq)]
pub struct Finalist {
    /// Outcomes of the goals, then the bounds, by seed (`runs[seed][outcome]`).
    pub runs: Vec<Vec<f64>>,
}

/// What a finalist's fresh runs say.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Mean and half the interval's width of each goal, then bound.
    pub outcomes: Vec<(f64, f64)>,
    /// The share of bootstrap samples of the seeds in which it is the best (one goal) or unbeaten (two), among those that keep the bounds.
    pub sure: f64,
    /// The share of bootstrap samples in which its means keep the bounds.
    pub keeps_bounds: f64,
}

/// Judges finalists that were run with the same fresh seeds.
pub fn verdicts(finalists: &[Finalist], search: &Search, resamples: usize) -> Vec<Verdict> {
    let seeds = finalists
        .iter()
        .map(|finalist| finalist.runs.len())
        .min()
        .unwrap_or(0);
    let columns = search.goals.len() + search.bounds.len();
    let more: Vec<bool> = search.goals.iter().map(|goal| goal.more).collect();
    let (mut wins, mut kept) = (vec![0_usize; finalists.len()], vec![0_usize; finalists.len()]);
    let mut luck = Luck::new(0, PURPOSE);
    for _ in 0..resamples {
        let drawn: Vec<usize> = (0..seeds).map(|_| luck.below(seeds)).collect();
        let means: Vec<Vec<f64>> = finalists
            .iter()
            .map(|finalist| {
                let mean = |column: usize| {
                    drawn.iter().map(|&seed| finalist.runs[seed][column]).sum::<f64>() / seeds as f64
                };
                (0..columns).map(mean).collect()
            })
            .collect();
        let keeps = |row: &Vec<f64>| super::worst_excess(row, search).is_some_and(|excess| excess <= 0.0);
        let rows: Vec<Vec<f64>> = means
            .iter()
            .map(|row| {
                let goals = &row[..search.goals.len()];
                if keeps(row) {
                    goals.to_vec()
                } else {
                    vec![f64::NAN; goals.len()]
                }
            })
            .collect();
        for (at, unbeaten) in crate::analysis::policies::pareto(&rows, &more)
            .into_iter()
            .enumerate()
        {
            wins[at] += usize::from(unbeaten);
            kept[at] += usize::from(keeps(&means[at]));
        }
    }
    let share = |count: usize| count as f64 / resamples.max(1) as f64;
    let summary = |finalist: &Finalist, column: usize| {
        let values: Vec<f64> = finalist.runs.iter().map(|run| run[column]).collect();
        let summary = Summary::of(&values);
        (summary.mean, summary.margin(0.95))
    };
    let each = finalists.iter().zip(wins.iter().zip(&kept));
    each.map(|(finalist, (&wins, &kept))| Verdict {
        outcomes: (0..columns).map(|column| summary(finalist, column)).collect(),
        sure: share(wins),
        keeps_bounds: share(kept),
    })
    .collect()
}

/// At most so many of a row, spread evenly over it with both ends.
pub(super) fn spread(row: Vec<usize>, most: usize) -> Vec<usize> {
    let count = row.len();
    if count <= most {
        return row;
    }
    if most == 1 {
        return row.into_iter().skip(count / 2).take(1).collect();
    }
    (0..most).map(|at| row[at * (count - 1) / (most - 1)]).collect()
}
