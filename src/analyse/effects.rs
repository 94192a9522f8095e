//! What each factor does: Sobol indices, elementary effects, or effects one at a time, as the design allows.

mod changes;

use super::chance;
use super::part::{
    AnalysisPart, Sweep, doubt_of, heading_of, missing, note_policy, number, of_each, of_policy,
};
use crate::terminal;
use crate::text::layout;
use crate::text::number::{change, compact, count, figure, of};
use serde_json::{Value, json};
use sim_experiments::analysis::RowRuns;
use sim_experiments::analysis::morris::{self, TrajectoryStep};
use sim_experiments::analysis::sobol::{self, IndexEstimate};
use sim_experiments::experiment::{Factor, Method};
use sim_experiments::statistics::FEWEST;

/// Bootstrap samples of an interval.
pub(super) const RESAMPLES: usize = 500;
/// Confidence of intervals.
pub(super) const CONFIDENCE: f64 = 0.95;

/// The effects that the sweep's design allows to tell.
pub fn part(sweep: &Sweep<'_>) -> Option<AnalysisPart> {
    match sweep.folder.plan.experiment().method.as_ref()? {
        Method::Saltelli { .. } => Some(indices(sweep)),
        Method::Morris { .. } => Some(elementary(sweep)),
        Method::OneAtATime => Some(changes::part(sweep)),
        Method::Factorial
        | Method::LatinHypercube { .. }
        | Method::Sobol { .. }
        | Method::Replicates
        | Method::Table { .. } => None,
    }
}

/// An estimate with its interval; a dash where there is none.
pub(super) fn interval(estimate: &IndexEstimate) -> String {
    if estimate.low.is_nan() {
        return format!("{} (-)", thousandths(estimate.value));
    }
    let [value, low, high] = [estimate.value, estimate.low, estimate.high].map(thousandths);
    format!("{value} ({low} to {high})")
}

/// Three decimals, and no minus before nothing.
fn thousandths(value: f64) -> String {
    let text = format!("{value:.3}");
    if text == "-0.000" { "0.000".to_owned() } else { text }
}

/// An estimate for programs.
pub(super) fn estimate(estimate: &IndexEstimate) -> Value {
    json!({ "value": number(estimate.value), "low": number(estimate.low), "high": number(estimate.high) })
}

fn indices(sweep: &Sweep<'_>) -> AnalysisPart {
    let (mut values, mut warnings) = (Vec::new(), Vec::new());
    let mut text = of_each(sweep, |at, policy| indices_of(sweep, at, policy, &mut values, &mut warnings));
    text += &layout::note(
        &format!("By {}. Intervals by bootstrap of base samples. {}", sobol::ESTIMATOR, chance::about(sweep)),
        terminal::width(),
    );
    AnalysisPart { name: "sobol", text, value: Value::Array(values), warnings }
}

/// The indices of an outcome with a policy.
fn indices_of(
    sweep: &Sweep<'_>,
    at: usize,
    policy: usize,
    values: &mut Vec<Value>,
    warnings: &mut Vec<String>,
) -> String {
    let plan = &sweep.folder.plan;
    let factors = plan.experiment().varied();
    let points = sweep.responses.by_point(at);
    let rows = RowRuns::of(plan, &sweep.responses, at, policy);
    let has_pairs = plan.experiment().method.as_ref().is_some_and(Method::has_pairs);
    let rows = if has_pairs { sobol::without_pairs(&rows, factors.len()) } else { rows };
    let points = of_policy(sweep, policy, &points);
    let outcome = sweep.responses.outcomes[at].name.as_str();
    let mut text = heading_of("Sobol indices", sweep, at, policy);
    let Some(found) = sobol::indices(&rows, factors.len(), RESAMPLES, CONFIDENCE) else {
        text += "  It does not vary beyond chance, or too few base samples are whole.\n";
        return text + &missing(&points);
    };
    let mut rows_of: Vec<_> = factors.iter().zip(&found).collect();
    rows_of.sort_by(|a, b| b.1.total.value.total_cmp(&a.1.total.value));
    let mut table = layout::table(terminal::width(), &["factor", "first (95 %)", "total (95 %)"]);
    for (factor, index) in rows_of {
        table.add_row([factor.name.clone(), interval(&index.first), interval(&index.total)]);
        let mut value = json!({
            "outcome": outcome, "factor": factor.name, "first": estimate(&index.first),
                "total": estimate(&index.total),
            "estimator": sobol::ESTIMATOR,
        });
        note_policy(sweep, policy, &mut value);
        values.push(value);
    }
    layout::numbers(&mut table, 1..3);
    text += &layout::text(&table, "  ");
    for doubt in doubts_of_indices(&rows, factors, &found, &mut text) {
        text += &layout::note(&format!("warning: {doubt}."), terminal::width());
        warnings.push(doubt_of(sweep, at, policy, &doubt));
    }
    text + &missing(&points)
}

/// Why indices may not be what they seem; what is known of them besides goes to the text.
fn doubts_of_indices(
    rows: &RowRuns,
    factors: &[Factor],
    found: &[sobol::Index],
    text: &mut String,
) -> Vec<String> {
    let impossible = sobol::impossible(found);
    let mut doubts = Vec::new();
    let (whole, all) = sobol::whole(rows, factors.len());
    if whole < sobol::FEWEST {
        doubts.push(format!(
            "{} of {} are whole: too few for an interval, which takes {}",
            count(whole as u64),
            of(all as u64, "base sample", "base samples"),
            sobol::FEWEST
        ));
    } else if whole < all {
        *text += &format!(
            "  {} of {} are whole; the others are left out.\n",
            count(whole as u64),
            of(all as u64, "base sample", "base samples"),
        );
    }
    match impossible.sum {
        Some(sum) => doubts.push(format!(
            "first-order indices sum to {}, and true ones to 1 at most: the base samples are too few",
            figure(sum)
        )),
        None => {
            let sum: f64 = found.iter().map(|index| index.first.value).sum();
            *text += &format!(
                "  First indices sum to {}: what is missing to 1 is how factors act together, and \
                 noise.\n",
                figure(sum)
            );
        }
    }
    let above = impossible.first_above_total.iter();
    let above: Vec<&str> = above.map(|&at| factors[at].name.as_str()).collect();
    if !above.is_empty() {
        doubts.push(format!(
            "the first index of {} is above the total one, which a true one never is: take them as \
             equal, or more base samples",
            above.join(" and ")
        ));
    }
    doubts
}

fn elementary(sweep: &Sweep<'_>) -> AnalysisPart {
    let plan = &sweep.folder.plan;
    let steps = morris::steps(plan.design(), &plan.experiment().factors);
    let (mut values, mut warnings) = (Vec::new(), Vec::new());
    let mut text =
        of_each(sweep, |at, policy| elementary_of(sweep, at, policy, &steps, &mut values, &mut warnings));
    let about = format!(
        "mu* is the mean effect of a factor over its whole range, whatever its sign; sigma is large where \
         it acts together with others, or not in a straight line. Each effect is divided by the change that \
         was made. Where values have no order, as policies have none, mu* is the mean effect of one instead \
         of another. Distributions are stepped through from their 1 % to their 99 % quantile. {}",
        chance::about(sweep)
    );
    text += &layout::note(&about, terminal::width());
    AnalysisPart { name: "morris", text, value: Value::Array(values), warnings }
}

/// The elementary effects on an outcome with a policy.
fn elementary_of(
    sweep: &Sweep<'_>,
    at: usize,
    policy: usize,
    steps: &[TrajectoryStep],
    values: &mut Vec<Value>,
    warnings: &mut Vec<String>,
) -> String {
    let plan = &sweep.folder.plan;
    let factors = plan.experiment().varied();
    let points = sweep.responses.by_point(at);
    let outcome = sweep.responses.outcomes[at].name.as_str();
    let rows = RowRuns::of(plan, &sweep.responses, at, policy);
    let found = morris::effects(steps, &rows, factors, CONFIDENCE);
    let mut rows: Vec<_> = factors.iter().zip(&found).collect();
    rows.sort_by(|a, b| b.1.mu_star.value.total_cmp(&a.1.mu_star.value));
    let mut text = heading_of("Elementary effects", sweep, at, policy);
    let mut table = layout::table(terminal::width(), &["factor", "mu*", "(95 %)", "mu", "sigma"]);
    for (factor, effects) in rows {
        let star = &effects.mu_star;
        let interval = if star.low.is_nan() {
            "-".to_owned()
        } else {
            format!("{} to {}", compact(star.low), compact(star.high))
        };
        table.add_row([
            factor.name.clone(),
            compact(star.value),
            interval,
            change(effects.mu),
            compact(effects.sigma),
        ]);
        let mut value = json!({
            "outcome": outcome, "factor": factor.name, "mu_star": estimate(star),
            "mu": number(effects.mu), "sigma": number(effects.sigma), "effects": effects.count,
        });
        note_policy(sweep, policy, &mut value);
        values.push(value);
    }
    layout::numbers(&mut table, 1..5);
    text += &layout::text(&table, "  ");
    let least = found.iter().map(|effects| effects.count).min().unwrap_or(0);
    if least < FEWEST {
        let doubt = format!(
            "{} of a factor: too few for an interval, which takes {FEWEST}",
            of(least as u64, "effect", "effects")
        );
        text += &layout::note(&format!("warning: {doubt}."), terminal::width());
        warnings.push(doubt_of(sweep, at, policy, &doubt));
    }
    text + &missing(&of_policy(sweep, policy, &points))
}
