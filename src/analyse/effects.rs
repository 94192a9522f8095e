//! What each factor does: Sobol indices, elementary effects, or effects one at a time, as the design allows.

use super::{Part, Sweep, heading, missing, number, typed};
use crate::report::layout;
use crate::report::number::{change, compact, figure};
use crate::terminal;
use serde_json::{Value, json};
use sim_experiments::analysis::morris;
use sim_experiments::analysis::sobol::{self, Estimate};
use sim_experiments::comparison::Difference;
use sim_experiments::experiment::{Method, Setting};

/// Bootstrap samples of an interval.
const RESAMPLES: usize = 500;
/// Confidence of intervals.
const CONFIDENCE: f64 = 0.95;

/// The effects that the sweep's design allows to tell.
pub fn part(sweep: &Sweep<'_>) -> Option<Part> {
    match sweep.folder.plan.experiment().method.as_ref()? {
        Method::Saltelli { .. } => Some(indices(sweep)),
        Method::Morris { .. } => Some(elementary(sweep)),
        Method::OneAtATime => Some(alone(sweep)),
        Method::Factorial
        | Method::LatinHypercube { .. }
        | Method::Sobol { .. }
        | Method::Replicates
        | Method::Table { .. } => None,
    }
}

fn interval(estimate: &Estimate) -> String {
    let [value, low, high] = [estimate.value, estimate.low, estimate.high].map(thousandths);
    format!("{value} ({low} to {high})")
}

/// Three decimals, and no minus before nothing.
fn thousandths(value: f64) -> String {
    let text = format!("{value:.3}");
    if text == "-0.000" {
        "0.000".to_owned()
    } else {
        text
    }
}

fn estimate(estimate: &Estimate) -> Value {
    json!({ "value": number(estimate.value), "low": number(estimate.low), "high": number(estimate.high) })
}

fn indices(sweep: &Sweep<'_>) -> Part {
    let factors = &sweep.folder.plan.experiment().factors;
    let (mut text, mut values) = (String::new(), Vec::new());
    for &at in &sweep.chosen {
        let points = sweep.responses.by_point(at);
        text += &heading("Sobol indices", sweep, at);
        let Some(found) = sobol::indices(&points, factors.len(), RESAMPLES, CONFIDENCE) else {
            text += "  It does not vary, or too few base samples are whole.\n";
            continue;
        };
        let mut rows: Vec<_> = factors.iter().zip(&found).collect();
        rows.sort_by(|a, b| b.1.total.value.total_cmp(&a.1.total.value));
        let mut table = layout::table(terminal::width(), &["factor", "first (95 %)", "total (95 %)"]);
        for (factor, index) in rows {
            table.add_row([
                factor.name.clone(),
                interval(&index.first),
                interval(&index.total),
            ]);
            values.push(json!({
                "outcome": sweep.responses.outcomes[at].name, "factor": factor.name,
                "first": estimate(&index.first), "total": estimate(&index.total),
            }));
        }
        layout::numbers(&mut table, 1..3);
        text += &layout::text(&table, "  ");
        let sum: f64 = found.iter().map(|index| index.first.value).sum();
        text += &format!(
            "  First indices sum to {}: what is missing to 1 is how factors act together, and luck.\n",
            figure(sum)
        );
        text += &missing(&points);
    }
    Part {
        name: "sobol",
        text,
        value: Value::Array(values),
    }
}

fn elementary(sweep: &Sweep<'_>) -> Part {
    let plan = &sweep.folder.plan;
    let factors = &plan.experiment().factors;
    let units: Vec<f64> = (0..plan.points())
        .flat_map(|point| plan.design().units(point).unwrap_or_default().to_vec())
        .collect();
    let (mut text, mut values) = (String::new(), Vec::new());
    for &at in &sweep.chosen {
        let points = sweep.responses.by_point(at);
        let found = morris::effects(&units, &points, factors.len(), RESAMPLES, CONFIDENCE);
        let mut rows: Vec<_> = factors.iter().zip(&found).collect();
        rows.sort_by(|a, b| b.1.mu_star.value.total_cmp(&a.1.mu_star.value));
        text += &heading("Elementary effects", sweep, at);
        let mut table = layout::table(terminal::width(), &["factor", "mu*", "(95 %)", "mu", "sigma"]);
        for (factor, effects) in rows {
            let star = &effects.mu_star;
            table.add_row([
                factor.name.clone(),
                compact(star.value),
                format!("{} to {}", compact(star.low), compact(star.high)),
                change(effects.mu),
                compact(effects.sigma),
            ]);
            values.push(json!({
                "outcome": sweep.responses.outcomes[at].name, "factor": factor.name, "mu_star": estimate(star),
                "mu": number(effects.mu), "sigma": number(effects.sigma), "effects": effects.count,
            }));
        }
        layout::numbers(&mut table, 1..5);
        text += &layout::text(&table, "  ");
        text += &missing(&points);
    }
    text += "  mu* is the mean effect of a factor over its whole range, whatever its sign; sigma is large where it acts together with others, or not in \
             a straight line.\n";
    Part {
        name: "morris",
        text,
        value: Value::Array(values),
    }
}

/// An outcome's values in the runs of a point.
fn runs<'s>(sweep: &'s Sweep<'_>, outcome: usize, point: usize) -> &'s [f64] {
    let replicates = sweep.responses.replicates;
    let from = point * replicates;
    sweep.responses.by_run[outcome]
        .get(from..from + replicates)
        .unwrap_or_default()
}

/// The change at an end of a factor's values, with its interval over seeds where there is one.
fn end((found, value): &(Difference, String)) -> String {
    if found.margin.is_nan() || found.margin == 0.0 {
        return format!("{} at {value}", change(found.change));
    }
    format!("{} ± {} at {value}", change(found.change), compact(found.margin))
}

fn alone(sweep: &Sweep<'_>) -> Part {
    let plan = &sweep.folder.plan;
    let factors = &plan.experiment().factors;
    let (mut text, mut values) = (String::new(), Vec::new());
    for &at in &sweep.chosen {
        let points = sweep.responses.by_point(at);
        let base = points.first().copied().unwrap_or(f64::NAN);
        text += &heading("Each factor alone", sweep, at);
        text += &format!("  The scenario itself gives {}.\n", figure(base));
        let mut rows: Vec<(f64, String, String, String)> = Vec::new();
        for (place, factor) in factors.iter().enumerate() {
            let mut ends: Vec<(Difference, String)> = Vec::new();
            for (point, &value) in points.iter().enumerate().skip(1) {
                let setting = plan.settings(point).swap_remove(place);
                if setting != Setting::Unchanged && !value.is_nan() {
                    let value_of = plan.value(factor, &setting);
                    let shown = value_of.to_string();
                    let found = Difference::of(runs(sweep, at, 0), runs(sweep, at, point));
                    values.push(json!({
                        "outcome": sweep.responses.outcomes[at].name, "factor": factor.name, "value": typed(&value_of),
                        "result": number(value), "change": number(found.change), "margin": number(found.margin),
                    }));
                    ends.push((found, shown));
                }
            }
            ends.sort_by(|a, b| a.0.change.total_cmp(&b.0.change));
            if let (Some(low), Some(high)) = (ends.first(), ends.last()) {
                let swing = high.0.change - low.0.change;
                rows.push((swing, factor.name.clone(), end(low), end(high)));
            }
        }
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut table = layout::table(terminal::width(), &["factor", "swing", "least", "greatest"]);
        for (swing, name, low, high) in rows {
            table.add_row([name, compact(swing), low, high]);
        }
        layout::numbers(&mut table, 1..4);
        text += &layout::text(&table, "  ");
        text += &missing(&points);
    }
    if sweep.responses.replicates > 1 {
        text += "  Changes are paired by seed, each with its interval of 95 %.\n";
    }
    Part {
        name: "one_at_a_time",
        text,
        value: Value::Array(values),
    }
}
