//! One number out of what was kept of a run.

use super::trace::Trace;
use crate::series::Formula;
use serde::{Deserialize, Serialize};
use sim_core::base::{Date, Month};
use std::fmt;

/// When a series is read, and what becomes of its months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// The month of a day: for stocks, its end.
    At(Date),
    /// The mean of the months from one day's to another's.
    Mean(Date, Date),
    /// The sum of the months from one day's to another's.
    Sum(Date, Date),
    /// The sum from the run's start to a day, its month counted by the share of its days that have passed.
    Until(Date),
}

/// What is read of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Read {
    /// A series of the nation, or a [formula](Formula) over several.
    Series(String, When),
    /// A series over another.
    Ratio(String, String, When),
    /// A series at one time over itself at an earlier one.
    Growth(String, When, When),
    /// A probe of the run's villages, by name.
    Probe(String),
}

impl Read {
    /// The names of all series that it needs.
    pub fn series(&self) -> Vec<String> {
        match self {
            Read::Series(sum, _) | Read::Growth(sum, _, _) => names(sum),
            Read::Ratio(above, below, _) => [names(above), names(below)].concat(),
            Read::Probe(_) => Vec::new(),
        }
    }

    /// The probe that it needs, if it is one.
    pub fn probe(&self) -> Option<&str> {
        match self {
            Read::Probe(name) => Some(name),
            _ => None,
        }
    }

    /// The number; not-a-number where the run has none.
    pub fn of(&self, trace: &Trace) -> f64 {
        match self {
            Read::Series(sum, when) => value(trace, sum, *when),
            Read::Ratio(above, below, when) => value(trace, above, *when) / value(trace, below, *when),
            Read::Growth(sum, from, to) => value(trace, sum, *to) / value(trace, sum, *from),
            Read::Probe(name) => trace.probes.get(name).copied().unwrap_or(f64::NAN),
        }
    }

    /// The last day that it needs.
    pub fn last_day(&self) -> Option<Date> {
        let day = |when: &When| match when {
            When::At(day) | When::Until(day) | When::Mean(_, day) | When::Sum(_, day) => *day,
        };
        match self {
            Read::Series(_, when) | Read::Ratio(_, _, when) | Read::Growth(_, _, when) => Some(day(when)),
            Read::Probe(_) => None,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::At(day) => write!(f, "month of {day}"),
            When::Mean(from, to) => write!(f, "mean of {from} to {to}"),
            When::Sum(from, to) => write!(f, "sum of {from} to {to}"),
            When::Until(day) => write!(f, "sum until {day}"),
        }
    }
}

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Read::Series(sum, when) => write!(f, "{sum}, {when}"),
            Read::Ratio(above, below, when) => write!(f, "({above}) / ({below}), {when}"),
            Read::Growth(sum, from, to) => write!(f, "{sum}, {to} over {from}"),
            Read::Probe(name) => write!(f, "{name}"),
        }
    }
}

/// The names in a formula; of one that cannot be read the whole of it, which is no series.
fn names(formula: &str) -> Vec<String> {
    let names = |formula: Formula| formula.names().into_iter().map(str::to_owned).collect();
    Formula::read(formula).map_or_else(|_| vec![formula.to_owned()], names)
}

/// A formula over series that are all read at the same time.
fn value(trace: &Trace, formula: &str, when: When) -> f64 {
    let of = |name: &str, _| trace.series.get(name).map_or(f64::NAN, |series| one(trace, series, when));
    Formula::read(formula).map_or(f64::NAN, |formula| formula.value(&of))
}

/// One series. Months without a value count as missing in a mean, and as nothing in a sum.
fn one(trace: &Trace, series: &[f64], when: When) -> f64 {
    let at = |day: Date| usize::from(day.month().0).checked_sub(usize::from(trace.first));
    let span = |from: Date, to: Date| Some(series.get(at(from)?..=at(to)?)?.iter().copied());
    let present = |span: Option<&mut dyn Iterator<Item = f64>>| -> (f64, f64) {
        let mut sum = (0.0, 0.0);
        if let Some(span) = span {
            for value in span.filter(|value| !value.is_nan()) {
                sum = (sum.0 + value, sum.1 + 1.0);
            }
        }
        sum
    };
    match when {
        When::At(day) => at(day).and_then(|at| series.get(at)).copied().unwrap_or(f64::NAN),
        When::Mean(from, to) => {
            let (sum, count) =
                present(span(from, to).as_mut().map(|span| span as &mut dyn Iterator<Item = f64>));
            sum / count
        }
        When::Sum(from, to) => {
            let (sum, count) =
                present(span(from, to).as_mut().map(|span| span as &mut dyn Iterator<Item = f64>));
            if count > 0.0 { sum } else { f64::NAN }
        }
        When::Until(day) => until(series, at(day), day),
    }
}

fn until(series: &[f64], at: Option<usize>, day: Date) -> f64 {
    let Some((at, last)) = at.and_then(|at| Some((at, *series.get(at)?))) else {
        return f64::NAN;
    };
    let start = Month(day.month().0).start();
    let days = day.month().next().start().since(start).as_days();
    let passed = f64::from(day.day_of_month()) / days;
    series.iter().take(at).filter(|value| !value.is_nan()).sum::<f64>() + last * passed
}
