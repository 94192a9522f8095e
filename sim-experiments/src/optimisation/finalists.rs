//! The finalists' fresh runs: how good they are, and how sure that is.

use super::bounds::worst_excess;
use crate::comparison::Difference;
use crate::experiment::Search;
use crate::random::{random_stream, resampled};
use crate::statistics::{FEWEST, Summary};

const PURPOSE: u32 = 7;

/// The fresh runs of a finalist.
#[derive(Clone, Debug, PartialEq)]
pub struct Finalist {
    /// Outcomes of the goals, then the bounds, by seed (`runs[seed][outcome]`).
    pub runs: Vec<Vec<f64>>,
}

/// What a finalist's fresh runs say.
#[derive(Clone, Debug, PartialEq)]
pub struct FinalistVerdict {
    /// Mean and half the interval's width of each goal, then bound, over the seeds that have a value;
    /// not-a-number without any, and the second for fewer than [`FEWEST`].
    pub outcomes: Vec<(f64, f64)>,
    /// Fresh seeds in which it has all values.
    pub seeds: usize,
    /// The share of bootstrap samples of the seeds in which it is the best (one goal) or unbeaten (two),
    /// among those that keep the bounds. Of the seeds in which all finalists have their values; nothing
    /// for fewer than [`FEWEST`].
    pub sure: Option<f64>,
    /// The share of bootstrap samples in which its means keep the bounds; nothing likewise.
    pub keeps_bounds: Option<f64>,
    /// How it stands beside the others.
    pub standing: Standing,
}

/// How a finalist stands beside the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Best, and beyond the interval of its difference to every other.
    Best,
    /// Best in more samples than any other, but within chance of some.
    Ahead,
    /// Its difference to the one ahead lies within its interval.
    WithinChance,
    /// Worse than the one ahead, beyond the interval of their difference.
    Behind,
    /// It hardly ever keeps the bounds.
    OutOfBounds,
    /// Unbeaten in both of two goals in most samples.
    Unbeaten,
    /// Some other is better in both of two goals in most samples.
    Beaten,
    /// Too few seeds have values to tell.
    Unknown,
}

impl Standing {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Standing::Best => "best",
            Standing::Ahead => "ahead, within chance of others",
            Standing::WithinChance => "within chance of the one ahead",
            Standing::Behind => "behind",
            Standing::OutOfBounds => "breaks the bounds",
            Standing::Unbeaten => "unbeaten",
            Standing::Beaten => "beaten in both",
            Standing::Unknown => "not known",
        }
    }
}

/// Confidence of intervals, and the share of samples from which something is called certain.
const CONFIDENCE: f64 = 0.95;

/// Judges finalists that were run with the same fresh seeds. A seed in which one of them has no value is left
/// out for all, so that none is judged by other random draws; a finalist without any value is left out
/// itself.
pub fn verdicts(finalists: &[Finalist], search: &Search, resamples: usize) -> Vec<FinalistVerdict> {
    let columns = search.goals.len() + search.bounds.len();
    let is_whole = |finalist: &Finalist, seed: usize| {
        let run = finalist.runs.get(seed);
        run.is_some_and(|run| run.len() >= columns && run.iter().all(|value| !value.is_nan()))
    };
    let seeds = |finalist: &Finalist| {
        let count = finalist.runs.len();
        (0..count).filter(|&seed| is_whole(finalist, seed)).count()
    };
    let judged: Vec<usize> = (0..finalists.len()).filter(|&at| seeds(&finalists[at]) > 0).collect();
    let longest = finalists.iter().map(|finalist| finalist.runs.len()).max();
    let common: Vec<usize> = (0..longest.unwrap_or(0))
        .filter(|&seed| judged.iter().all(|&at| is_whole(&finalists[at], seed)))
        .collect();
    let shares = (common.len() >= FEWEST).then(|| shares(finalists, &judged, &common, search, resamples));
    let summary = |finalist: &Finalist, column: usize| {
        let values: Vec<f64> = finalist.runs.iter().map(|run| run[column]).collect();
        let summary = Summary::of(&values);
        (summary.mean, summary.margin(CONFIDENCE))
    };
    let mut verdicts: Vec<FinalistVerdict> = finalists
        .iter()
        .enumerate()
        .map(|(at, finalist)| {
            let place = judged.iter().position(|&judged| judged == at);
            let share = place.and_then(|place| shares.as_ref()?.get(place).copied());
            FinalistVerdict {
                outcomes: (0..columns).map(|column| summary(finalist, column)).collect(),
                seeds: seeds(finalist),
                sure: share.map(|share| share.0),
                keeps_bounds: share.map(|share| share.1),
                standing: Standing::Unknown,
            }
        })
        .collect();
    stand(&mut verdicts, finalists, &common, search);
    verdicts
}

/// The shares of bootstrap samples in which each of the judged finalists is best or unbeaten, and keeps the
/// bounds.
fn shares(
    finalists: &[Finalist],
    judged: &[usize],
    common: &[usize],
    search: &Search,
    resamples: usize,
) -> Vec<(f64, f64)> {
    let columns = search.goals.len() + search.bounds.len();
    let more: Vec<bool> = search.goals.iter().map(|goal| goal.more).collect();
    let (mut wins, mut kept) = (vec![0_usize; judged.len()], vec![0_usize; judged.len()]);
    let mut stream = random_stream(0, PURPOSE);
    for _ in 0..resamples {
        let drawn: Vec<usize> = resampled(&mut stream, common).collect();
        let means: Vec<Vec<f64>> = judged
            .iter()
            .map(|&at| {
                let mean = |column: usize| {
                    let runs = &finalists[at].runs;
                    drawn.iter().map(|&seed| runs[seed][column]).sum::<f64>() / drawn.len() as f64
                };
                (0..columns).map(mean).collect()
            })
            .collect();
        let keeps = |row: &Vec<f64>| worst_excess(row, search).is_some_and(|excess| excess <= 0.0);
        let rows: Vec<Vec<f64>> = means
            .iter()
            .map(|row| {
                let goals = &row[..search.goals.len()];
                if keeps(row) { goals.to_vec() } else { vec![f64::NAN; goals.len()] }
            })
            .collect();
        for (at, unbeaten) in crate::analysis::policies::pareto(&rows, &more).into_iter().enumerate() {
            wins[at] += usize::from(unbeaten == Some(true));
            kept[at] += usize::from(keeps(&means[at]));
        }
    }
    let share = |count: usize| count as f64 / resamples.max(1) as f64;
    wins.into_iter().zip(kept).map(|(wins, kept)| (share(wins), share(kept))).collect()
}

/// Says how each stands: for one goal, by the paired difference to the one ahead.
fn stand(verdicts: &mut [FinalistVerdict], finalists: &[Finalist], common: &[usize], search: &Search) {
    let sure = |verdict: &FinalistVerdict| verdict.sure.unwrap_or(0.0);
    if search.goals.len() > 1 {
        for verdict in verdicts.iter_mut().filter(|verdict| verdict.sure.is_some()) {
            verdict.standing = match () {
                () if verdict.keeps_bounds.is_some_and(|share| share < 1.0 - CONFIDENCE) => {
                    Standing::OutOfBounds
                }
                () if sure(verdict) > 0.5 => Standing::Unbeaten,
                () => Standing::Beaten,
            };
        }
        return;
    }
    let best = (0..verdicts.len())
        .filter(|&at| sure(&verdicts[at]) > 0.0)
        .reduce(|best, next| if sure(&verdicts[next]) > sure(&verdicts[best]) { next } else { best });
    let goal = |at: usize| -> Vec<f64> { common.iter().map(|&seed| finalists[at].runs[seed][0]).collect() };
    let mut is_alone = true;
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        let Some(keeps) = verdict.keeps_bounds else {
            // One without any value is no rival; without shares nobody is known.
            continue;
        };
        verdict.standing = match best {
            _ if keeps < 1.0 - CONFIDENCE => Standing::OutOfBounds,
            Some(best) if best != at => {
                if Difference::of(&goal(best), &goal(at)).is_sure() {
                    Standing::Behind
                } else {
                    is_alone = false;
                    Standing::WithinChance
                }
            }
            _ => Standing::Ahead,
        };
    }
    if let Some(best) = best {
        let verdict = &mut verdicts[best];
        let keeps = verdict.keeps_bounds.unwrap_or(0.0);
        if is_alone && sure(verdict) >= CONFIDENCE && keeps >= CONFIDENCE {
            verdict.standing = Standing::Best;
        }
    }
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
