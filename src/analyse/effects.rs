//! What each factor does: Sobol indices, elementary effects, or effects one at a time, as the design allows.

use super::members::run_member;
use super::part::{AnalysisPart, Sweep, heading, missing, number, typed};
use crate::terminal;
use crate::text::layout;
use crate::text::number::{change, compact, count, figure, of};
use serde_json::{Value, json};
use sim_experiments::analysis::sobol::{self, IndexEstimate};
use sim_experiments::analysis::{by_row, morris};
use sim_experiments::comparison::{Difference, RunMember};
use sim_experiments::experiment::{Factor, FactorSetting, Method};
use sim_experiments::plan::RunPlan;
use sim_experiments::statistics::FEWEST;

/// Bootstrap samples of an interval.
const RESAMPLES: usize = 500;
/// Confidence of intervals.
const CONFIDENCE: f64 = 0.95;

/// The effects that the sweep's design allows to tell.
pub fn part(sweep: &Sweep<'_>) -> Option<AnalysisPart> {
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

/// An estimate with its interval; a dash where there is none.
fn interval(estimate: &IndexEstimate) -> String {
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

fn estimate(estimate: &IndexEstimate) -> Value {
    json!({ "value": number(estimate.value), "low": number(estimate.low), "high": number(estimate.high) })
}

fn indices(sweep: &Sweep<'_>) -> AnalysisPart {
    let plan = &sweep.folder.plan;
    let factors = &plan.experiment().factors;
    let (mut text, mut values, mut warnings) = (String::new(), Vec::new(), Vec::new());
    for &at in &sweep.chosen {
        let points = sweep.responses.by_point(at);
        let rows = by_row(plan, &points);
        let outcome = sweep.responses.outcomes[at].name.as_str();
        text += &heading("Sobol indices", sweep, at);
        let Some(found) = sobol::indices(&rows, factors.len(), RESAMPLES, CONFIDENCE) else {
            text += "  It does not vary, or too few base samples are whole.\n";
            text += &missing(&points);
            continue;
        };
        let mut rows_of: Vec<_> = factors.iter().zip(&found).collect();
        rows_of.sort_by(|a, b| b.1.total.value.total_cmp(&a.1.total.value));
        let mut table = layout::table(terminal::width(), &["factor", "first (95 %)", "total (95 %)"]);
        for (factor, index) in rows_of {
            table.add_row([factor.name.clone(), interval(&index.first), interval(&index.total)]);
            values.push(json!({
                "outcome": outcome, "factor": factor.name, "first": estimate(&index.first),
                    "total": estimate(&index.total),
                "estimator": sobol::ESTIMATOR,
            }));
        }
        layout::numbers(&mut table, 1..3);
        text += &layout::text(&table, "  ");
        let doubts = doubts_of_indices(&rows, factors, &found, &mut text);
        for doubt in doubts {
            text += &layout::note(&format!("warning: {doubt}."), terminal::width());
            warnings.push(format!("{outcome}: {doubt}."));
        }
        text += &missing(&points);
    }
    text += &layout::note(
        &format!("By {}. Intervals by bootstrap of base samples.", sobol::ESTIMATOR),
        terminal::width(),
    );
    AnalysisPart { name: "sobol", text, value: Value::Array(values), warnings }
}

/// Why indices may not be what they seem; what is known of them besides goes to the text.
fn doubts_of_indices(
    rows: &[f64],
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
    let factors = &plan.experiment().factors;
    let steps = morris::steps(plan.design(), factors);
    let (mut text, mut values, mut warnings) = (String::new(), Vec::new(), Vec::new());
    for &at in &sweep.chosen {
        let points = sweep.responses.by_point(at);
        let outcome = sweep.responses.outcomes[at].name.as_str();
        let found = morris::effects(&steps, &by_row(plan, &points), factors, CONFIDENCE);
        let mut rows: Vec<_> = factors.iter().zip(&found).collect();
        rows.sort_by(|a, b| b.1.mu_star.value.total_cmp(&a.1.mu_star.value));
        text += &heading("Elementary effects", sweep, at);
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
            values.push(json!({
                "outcome": outcome, "factor": factor.name, "mu_star": estimate(star),
                "mu": number(effects.mu), "sigma": number(effects.sigma), "effects": effects.count,
            }));
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
            warnings.push(format!("{outcome}: {doubt}."));
        }
        text += &missing(&points);
    }
    text += &layout::note(
        "mu* is the mean effect of a factor over its whole range, whatever its sign; sigma is large where \
         it acts together with others, or not in a straight line. Each effect is divided by the change that \
         was made. Where values have no order, as policies have none, mu* is the mean effect of one instead \
         of another. Distributions are stepped through from their 1 % to their 99 % quantile.",
        terminal::width(),
    );
    AnalysisPart { name: "morris", text, value: Value::Array(values), warnings }
}

/// An outcome's values in the runs of a point.
fn runs<'s>(sweep: &'s Sweep<'_>, outcome: usize, point: usize) -> &'s [f64] {
    let replicates = sweep.responses.replicates;
    let from = point * replicates;
    sweep.responses.by_run[outcome].get(from..from + replicates).unwrap_or_default()
}

/// The change at an end of a factor's values, with its interval over seeds where there is one; in brackets if
/// it may be chance.
fn end((found, value): &(Difference, String)) -> String {
    match () {
        () if found.change == 0.0 => format!("0 at {value}"),
        () if found.margin.is_nan() => format!("{} at {value}", change(found.change)),
        () if found.is_constant() => format!("{} in every pair at {value}", change(found.change)),
        () if found.is_sure() => format!("{} ± {} at {value}", change(found.change), compact(found.margin)),
        () => format!("({} ± {}) at {value}", change(found.change), compact(found.margin)),
    }
}

/// How sure changes are with so many replicates a point, or so many members, as a note and as warnings.
fn how_sure(sweep: &Sweep<'_>) -> (String, Vec<String>) {
    let members = sweep.responses.weights.len();
    let (sample, which) = match members {
        0 => (sweep.responses.replicates, of(sweep.responses.replicates as u64, "replicate", "replicates")),
        members => (members, of(members as u64, "member", "members")),
    };
    if sample >= FEWEST {
        let by = if members == 0 { "paired by seed" } else { "paired by member and seed" };
        let over = if members == 0 { "" } else { " over members" };
        let note = format!(
            "  Changes are {by}, each with its interval of 95 %{over}; one in brackets may be chance.\n"
        );
        return (note, Vec::new());
    }
    let doubt = format!(
        "{which} a point: too few for an interval, which takes {FEWEST}; small changes may be chance"
    );
    (layout::note(&format!("warning: {doubt}."), terminal::width()), vec![format!("{doubt}.")])
}

/// The member of each run at a point; none without an ensemble.
fn members_of_point(plan: &RunPlan) -> Vec<Option<RunMember>> {
    (0..plan.experiment().runs_at_point()).map(|run| run_member(plan, &plan.run(run))).collect()
}

fn alone(sweep: &Sweep<'_>) -> AnalysisPart {
    let plan = &sweep.folder.plan;
    let factors = &plan.experiment().factors;
    let (mut text, mut values) = (String::new(), Vec::new());
    let members = members_of_point(plan);
    for &at in &sweep.chosen {
        let points = sweep.responses.by_point(at);
        let base = points.first().copied().unwrap_or(f64::NAN);
        text += &heading("Each factor alone", sweep, at);
        text += &format!("  The scenario itself gives {}.\n", figure(base));
        let mut rows: Vec<(f64, String, String, String)> = Vec::new();
        for (place, factor) in factors.iter().enumerate() {
            let mut ends: Vec<(Difference, String)> = Vec::new();
            // Row by row: a value that is the scenario's own shares its point.
            for (row, &point) in plan.shared().points().iter().enumerate().skip(1) {
                let setting = plan.of_row(row).swap_remove(place);
                let value = points.get(point).copied().unwrap_or(f64::NAN);
                if setting != FactorSetting::Unchanged && !value.is_nan() {
                    let value_of = plan.value(factor, &setting);
                    let shown = value_of.to_string();
                    let found = Difference::of_pairs(runs(sweep, at, 0), runs(sweep, at, point), &members);
                    values.push(json!({
                        "outcome": sweep.responses.outcomes[at].name, "factor": factor.name,
                            "value": typed(&value_of),
                        "result": number(value), "change": number(found.change),
                            "margin": number(found.margin), "pairs": found.pairs,
                        "sure": found.is_sure(),
                    }));
                    if found.pairs > 0 {
                        ends.push((found, shown));
                    }
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
    let (note, warnings) = how_sure(sweep);
    text += &note;
    AnalysisPart { name: "one_at_a_time", text, value: Value::Array(values), warnings }
}
