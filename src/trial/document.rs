//! A trial's findings for machines: JSON, and comma-separated values with a row an estimate.

use crate::command_error::CommandError;
use crate::output::manifest::PROGRAM;
use serde::Serialize;
use serde_json::{Value, json};
use sim_core::base::Unit;
use sim_core::scenario::Scenario;
use sim_core::unit;
use sim_experiments::econometrics::{Estimate, RegressionError};
use sim_experiments::trial::{Analysis, GROUPS, OUTCOMES, OutcomeByGroup, Recurrence, Replications};

/// One estimate of one seed. Missing values are empty cells, and `null` in JSON.
#[derive(Serialize)]
struct EstimateRow<'a> {
    seed: u64,
    /// `first_stage`, `assigned`, `treated`, `treated_others`, `treated_group`, `treated_difference`,
    /// `assigned_difference`.
    effect: &'a str,
    outcome: &'a str,
    unit: String,
    group: &'a str,
    coefficient: Option<f64>,
    standard_error: Option<f64>,
    t: Option<f64>,
    p: Option<f64>,
    low_95: Option<f64>,
    high_95: Option<f64>,
    /// The p-value among all tests of the family (Holm).
    p_adjusted: Option<f64>,
    /// Between what an effect of assignment lies whatever those lost would have answered.
    bound_low: Option<f64>,
    bound_high: Option<f64>,
    control_mean: Option<f64>,
    detectable: Option<f64>,
    observations: u32,
    clusters: u32,
    /// Why there is no estimate.
    fault: String,
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn row<'a>(
    seed: u64,
    analysis: &Analysis,
    names: [&'a str; 3],
    unit: Unit,
    estimate: Result<Estimate, RegressionError>,
) -> EstimateRow<'a> {
    let [effect, outcome, group] = names;
    let found = estimate.as_ref().ok();
    let interval = found.and_then(|estimate| estimate.interval(0.95));
    EstimateRow {
        seed,
        effect,
        outcome,
        unit: unit.to_string(),
        group,
        coefficient: found.and_then(|estimate| finite(estimate.coefficient)),
        standard_error: found.and_then(|estimate| estimate.error),
        t: found.and_then(Estimate::t),
        p: found.and_then(Estimate::p),
        low_95: interval.map(|[low, _]| low),
        high_95: interval.map(|[_, high]| high),
        p_adjusted: None,
        bound_low: None,
        bound_high: None,
        control_mean: None,
        detectable: None,
        observations: analysis.assigned.found + analysis.control.found,
        clusters: analysis.assigned.villages + analysis.control.villages,
        fault: estimate.as_ref().err().map_or_else(String::new, ToString::to_string),
    }
}

fn rows(seed: u64, analysis: &Analysis) -> Vec<EstimateRow<'_>> {
    let first = analysis.first_stage.clone().map(|first| first.estimate);
    let mut rows =
        vec![row(seed, analysis, ["first_stage", "station_opened", ""], unit!(ShareOfVillages), first)];
    for effect in &analysis.effects {
        let (name, unit) = (effect.outcome.name, effect.outcome.unit);
        let control_mean = finite(effect.control_mean);
        rows.push(EstimateRow {
            control_mean,
            p_adjusted: effect.adjusted,
            bound_low: effect.bounds.map(|[low, _]| low),
            bound_high: effect.bounds.map(|[_, high]| high),
            detectable: effect.detectable.map(|found| found.intended),
            ..row(seed, analysis, ["assigned", name, ""], unit, effect.intended.clone())
        });
        rows.push(EstimateRow {
            control_mean,
            ..row(seed, analysis, ["treated", name, ""], unit, effect.treated.clone())
        });
    }
    for OutcomeByGroup { outcome, group, effect, adjusted } in &analysis.groups {
        let part = |of: fn(&sim_experiments::trial::GroupEffect) -> Estimate| {
            effect.as_ref().map(of).map_err(Clone::clone)
        };
        for (kind, estimate, p_adjusted) in [
            ("treated_others", part(|effect| effect.others), None),
            ("treated_group", part(|effect| effect.group), None),
            ("treated_difference", part(|effect| effect.difference), *adjusted),
            ("assigned_difference", part(|effect| effect.intended), None),
        ] {
            let names = [kind, outcome.name, group.name];
            rows.push(EstimateRow { p_adjusted, ..row(seed, analysis, names, outcome.unit, estimate) });
        }
    }
    rows
}

/// One row an estimate, of every seed.
pub fn csv(replications: &Replications) -> Result<String, CommandError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (seed, analysis) in &replications.trials {
        for row in rows(*seed, analysis) {
            writer.serialize(row).map_err(CommandError::run)?;
        }
    }
    let bytes = writer.into_inner().map_err(CommandError::run)?;
    String::from_utf8(bytes).map_err(CommandError::run)
}

/// Everything as one document.
pub fn json(scenario: &Scenario, replications: &Replications) -> Result<String, CommandError> {
    let trials: Vec<Value> =
        replications.trials.iter().map(|(seed, analysis)| trial(*seed, analysis)).collect();
    let document = json!({
        "program": PROGRAM,
        "version": env!("CARGO_PKG_VERSION"),
        "model": crate::version::of_model(),
        "scenario": scenario.name,
        "scenario_hash": format!("{:032x}", scenario.hash()),
        "baseline": scenario.parameters.trial.baseline.to_string(),
        "follow_up": scenario.parameters.trial.follow_up.to_string(),
        "outcomes": OUTCOMES.iter().map(|outcome| json!({
            "name": outcome.name, "unit": outcome.unit, "definition": outcome.definition,
        })).collect::<Vec<_>>(),
        "groups": GROUPS.iter().map(|group| json!({
            "name": group.name, "definition": group.definition, "others": group.others,
        })).collect::<Vec<_>>(),
        "trials": trials,
        "over_seeds": over_seeds(replications),
    });
    let text = serde_json::to_string_pretty(&document).map_err(CommandError::run)?;
    Ok(format!("{text}\n"))
}

fn trial(seed: u64, analysis: &Analysis) -> Value {
    let [with, without] = analysis.fell.map(finite);
    json!({
        "seed": seed,
        "counties": analysis.counties,
        "assigned": analysis.assigned,
        "control": analysis.control,
        "control_let_in_late": analysis.let_in,
        "first_stage_f": analysis.first_stage.as_ref().ok().and_then(|first| finite(first.f)),
        "balance": analysis.balance.iter().map(|row| json!({
            "trait": row.of.name,
            "unit": row.of.unit,
            "control_mean": finite(row.control_mean),
            "difference": row.difference.map(|found| found.coefficient),
            "standard_error": row.difference.and_then(|found| found.error),
            "normalised": finite(row.normalised),
            "p_adjusted": row.p,
        })).collect::<Vec<_>>(),
        "cost_of_living_fell": { "with_station": with, "without_station": without },
        "designs": analysis.effects.iter().filter_map(|effect| Some(json!({
            "outcome": effect.outcome.name,
            "design": effect.detectable?.design,
            "detectable": effect.detectable?.intended,
        }))).collect::<Vec<_>>(),
        "estimates": rows(seed, analysis),
        "warnings": analysis.warnings,
    })
}

fn over_seeds(replications: &Replications) -> Value {
    let recurrence = |recurrence: Recurrence| {
        json!({
            "seeds": recurrence.seeds,
            "mean": finite(recurrence.mean),
            "deviation": finite(recurrence.deviation),
            "mean_standard_error": finite(recurrence.error),
            "t_of_2_or_more": recurrence.found,
            "above_zero": recurrence.positive,
        })
    };
    let outcomes: Vec<Value> = OUTCOMES
        .iter()
        .map(|outcome| {
            json!({
                "outcome": outcome.name,
                "assigned": recurrence(replications.intended(outcome.name)),
                "treated": recurrence(replications.treated(outcome.name)),
            })
        })
        .collect();
    let shown =
        OUTCOMES.iter().filter(|outcome| replications.difference(outcome.name, GROUPS[0].name).seeds > 0);
    let groups: Vec<Value> = shown
        .flat_map(|outcome| GROUPS.iter().map(move |group| (outcome, group)))
        .map(|(outcome, group)| {
            json!({
                "outcome": outcome.name,
                "group": group.name,
                "treated_difference": recurrence(replications.difference(outcome.name, group.name)),
            })
        })
        .collect();
    json!({ "first_stage": recurrence(replications.first_stage()), "outcomes": outcomes, "groups": groups })
}
