//! Verdicts: the mean over seeds against what is accepted.

use super::facts::Published;
use super::targets::{Target, TargetUse, Targets};
use super::trace::Trace;
use super::yardstick::NEAR;
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
    /// The number of each seed's run, in order of seeds; failed runs are left out.
    pub values: Vec<f64>,
    /// Their mean; not-a-number without values.
    pub mean: f64,
    /// The 5 % and 95 % quantiles of single runs.
    pub interval: (f64, f64),
    /// The least and the most accepted.
    pub bounds: (f64, f64),
    /// How far the mean is from the figure, in units of the tolerance: 0 exact, 1 at the edge, above 1 missed
    /// ([`yardstick`](super::yardstick)); not-a-number if it is not testable.
    pub distance: f64,
    /// What came of it.
    pub verdict: Verdict,
    /// Why it cannot be tested, or is missed; empty if met.
    pub remark: String,
}

impl Judged<'_> {
    /// The published figure.
    pub fn published(&self) -> Option<&Published> {
        self.target.published.as_ref()
    }
}

/// Judges every target by the traces of runs, by the name of the run.
pub fn judge<'a>(targets: &'a Targets, traces: &BTreeMap<String, Vec<Trace>>) -> Vec<Judged<'a>> {
    targets.targets.iter().map(|target| one(target, traces)).collect()
}

fn one<'a>(target: &'a Target, traces: &BTreeMap<String, Vec<Trace>>) -> Judged<'a> {
    let none = Vec::new();
    let traces = target.read.as_ref().map_or(&none, |(run, _)| traces.get(run).unwrap_or(&none));
    let values = values(target, traces);
    let mut judged = Judged {
        target,
        mean: values.iter().sum::<f64>() / values.len() as f64,
        interval: (quantile(values.clone(), 0.05), quantile(values.clone(), 0.95)),
        values,
        bounds: target.bounds(),
        distance: f64::NAN,
        verdict: Verdict::NotTestable,
        remark: String::new(),
    };
    if let Some(reason) = untestable(&judged, traces) {
        judged.remark = reason;
        return judged;
    }
    judged.distance = target.yardstick().map_or(f64::NAN, |yardstick| yardstick.distance(judged.mean));
    let (low, high) = judged.bounds;
    if (low..=high).contains(&judged.mean) {
        judged.verdict = Verdict::Met;
    } else {
        judged.verdict = Verdict::Missed;
        judged.remark.clone_from(&target.tried);
    }
    judged
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
            judged.published().map_or(f64::INFINITY, Published::middle) * judged.target.per / trace.scale
        })
        .sum();
    if judged.target.scaled && events < FEWEST_EVENTS {
        return Some(format!(
            "too rare for so small a sample: {events:.1} expected in all runs together, were the figure true"
        ));
    }
    None
}

/// How many targets of a sort came to each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Within what is accepted.
    pub met: usize,
    /// Of these, within a third of the tolerance.
    pub near: usize,
    /// Outside.
    pub missed: usize,
    /// The runs cannot tell.
    pub not_testable: usize,
}

impl Tally {
    /// Of some targets.
    pub fn of<'a>(judged: impl IntoIterator<Item = &'a Judged<'a>>) -> Tally {
        let mut tally = Tally::default();
        for row in judged {
            match row.verdict {
                Verdict::Met => tally.met += 1,
                Verdict::Missed => tally.missed += 1,
                Verdict::NotTestable => tally.not_testable += 1,
            }
            tally.near += usize::from(row.verdict == Verdict::Met && row.distance <= NEAR);
        }
        tally
    }

    /// Of those of a use.
    pub fn of_use<'a>(judged: impl IntoIterator<Item = &'a Judged<'a>>, role: TargetUse) -> Tally {
        Tally::of(judged.into_iter().filter(|row| row.target.role == role))
    }
}
