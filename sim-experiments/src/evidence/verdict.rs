//! Verdicts: the mean over seeds against what is accepted.

use super::facts::{self, Published};
use super::targets::{Target, Targets};
use super::trace::Trace;
use crate::statistics::quantile;
use serde::Serialize;
use std::collections::BTreeMap;

/// Fewest events that a count must be expected to have over all seeds, were the published figure true, to
/// tell anything.
const FEWEST_EVENTS: f64 = 5.0;

/// What came of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The mean over seeds is within what is accepted.
    Met,
    /// It is not.
    Missed,
    /// The runs cannot tell.
    NotTestable,
}

impl Verdict {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Missed => "MISSED",
            Verdict::NotTestable => "not testable",
        }
    }
}

/// A target with what the runs say.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<'a> {
    /// The target.
    pub target: &'a Target,
    /// Its published figure.
    pub published: Option<Published>,
    /// The number of each seed's run, in order of seeds; failed runs are left out.
    pub values: Vec<f64>,
    /// Their mean; not-a-number without values.
    pub mean: f64,
    /// The 5 % and 95 % quantiles of single runs.
    pub interval: (f64, f64),
    /// The least and the most accepted.
    pub bounds: (f64, f64),
    /// What came of it.
    pub verdict: Verdict,
    /// Why it cannot be tested, or is missed; empty if met.
    pub remark: String,
}

/// Judges every target by the traces of runs, by the name of the run.
///
/// # Errors
/// If a published figure is missing in the tables.
pub fn judge<'a>(
    targets: &'a Targets,
    traces: &BTreeMap<String, Vec<Trace>>,
) -> Result<Vec<Judged<'a>>, String> {
    targets.targets.iter().map(|target| one(target, traces)).collect()
}

fn one<'a>(target: &'a Target, traces: &BTreeMap<String, Vec<Trace>>) -> Result<Judged<'a>, String> {
    let published = target.fact.as_ref().map(facts::published).transpose()?;
    let bounds = target.accept.map_or((f64::NAN, f64::NAN), |accept| accept.bounds(published.as_ref()));
    let none = Vec::new();
    let traces = target.read.as_ref().map_or(&none, |(run, _)| traces.get(run).unwrap_or(&none));
    let values = values(target, traces);
    let mut judged = Judged {
        target,
        mean: values.iter().sum::<f64>() / values.len() as f64,
        interval: (quantile(values.clone(), 0.05), quantile(values.clone(), 0.95)),
        values,
        published,
        bounds,
        verdict: Verdict::NotTestable,
        remark: String::new(),
    };
    match untestable(&judged, traces) {
        Some(reason) => judged.remark = reason,
        None if (bounds.0..=bounds.1).contains(&judged.mean) => judged.verdict = Verdict::Met,
        None => judged.verdict = Verdict::Missed,
    }
    Ok(judged)
}

fn values(target: &Target, traces: &[Trace]) -> Vec<f64> {
    let values = traces.iter().map(|trace| value(target, trace));
    values.filter(|value| value.is_finite()).collect()
}

/// A target's number in a run, in the published unit; not-a-number where the run has none.
pub fn value(target: &Target, trace: &Trace) -> f64 {
    let scale = if target.scaled { trace.scale } else { 1.0 };
    target.read.as_ref().map_or(f64::NAN, |(_, read)| read.of(trace) * scale / target.per)
}

/// Why the runs cannot tell, if they cannot.
fn untestable(judged: &Judged, traces: &[Trace]) -> Option<String> {
    let Some((run, read)) = &judged.target.read else {
        return Some(judged.target.why.clone());
    };
    if traces.is_empty() {
        return Some(format!("no run of `{run}` has finished"));
    }
    if judged.values.is_empty() {
        let ends = read.last_day().is_some_and(|day| {
            let known = traces.iter().flat_map(|trace| {
                trace.series.values().map(|series| usize::from(trace.first) + series.len())
            });
            known.max().unwrap_or(0) <= usize::from(day.month().0)
        });
        let reason = if ends { "the runs end earlier" } else { "the runs have no such value" };
        return Some(reason.to_owned());
    }
    let events: f64 = traces
        .iter()
        .map(|trace| {
            judged.published.as_ref().map_or(f64::INFINITY, Published::middle) * judged.target.per
                / trace.scale
        })
        .sum();
    if judged.target.scaled && events < FEWEST_EVENTS {
        return Some(format!(
            "too rare for so small a sample: {events:.1} expected in all runs together, were the figure true"
        ));
    }
    None
}

/// How many targets of a sort came to each verdict: met, missed, not testable.
pub fn tally<'a>(judged: impl IntoIterator<Item = &'a Judged<'a>>) -> [usize; 3] {
    let mut counts = [0; 3];
    for judged in judged {
        counts[judged.verdict as usize] += 1;
    }
    counts
}
