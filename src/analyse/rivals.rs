//! Policies against each other, over the same states of the world: changes against a baseline, regret,
//! Pareto.

mod baseline;
mod front;

use super::part::{AnalysisPart, Sweep, number, position};
use crate::command_error::CommandError;
use crate::terminal;
use crate::text::layout;
use crate::text::name::in_words;
use crate::text::number::{compact, of};
use serde_json::{Value, json};
use sim_experiments::analysis::policies::{Regret, regret};
use sim_experiments::analysis::states::WorldStates;
use sim_experiments::comparison::{CONFIDENCE, by_member};
use sim_experiments::uncertainty::mean_and_margin;

/// Tables of policies: against the baseline if the design is crossed with them, and by the goals that are
/// named here or in the experiment.
///
/// # Errors
/// If a goal was not kept, or goals are named and there are no policies.
pub fn part(
    sweep: &Sweep<'_>,
    maximise: &[String],
    minimise: &[String],
) -> Result<Option<AnalysisPart>, CommandError> {
    let goals = goals(sweep, maximise, minimise)?;
    let plan = &sweep.folder.plan;
    let is_crossed = plan.policies().is_crossed();
    if goals.is_empty() && !is_crossed {
        return Ok(None);
    }
    let Some(states) = WorldStates::of(plan) else {
        return Err(CommandError::input(
            "--maximise and --minimise compare policies, and this sweep has no policies",
        ));
    };
    if !states.all.iter().any(|state| state.runs.iter().all(Option::is_some)) {
        return Ok(Some(AnalysisPart {
            name: "policies",
            text: format!("\n{}", layout::note(&format!("warning: {NO_COMMON_STATE}."), terminal::width())),
            value: json!({
                "baseline": null, "changes": [], "regret": [], "pareto": null, "dominance": null,
            }),
            warnings: vec![format!("{NO_COMMON_STATE}.")],
        }));
    }
    let (mut text, mut changes, mut warnings) = (String::new(), Vec::new(), Vec::new());
    if is_crossed {
        text += &baseline::tables(sweep, &states, &mut changes);
    }
    let mut regrets = Vec::new();
    for &(goal, more) in &goals {
        text += &regrets_in(sweep, goal, more, &states, &mut regrets);
    }
    let (front, dominance) = front::front(sweep, &states, &goals, &mut text);
    if is_crossed {
        let (note, doubt) = baseline::about(sweep, &states);
        if !note.is_empty() {
            text += &layout::note(&note, terminal::width());
        }
        if let Some(doubt) = doubt {
            text += &layout::note(&format!("warning: {doubt}."), terminal::width());
            warnings.push(format!("{doubt}."));
        }
    }
    Ok(Some(AnalysisPart {
        name: "policies",
        text,
        value: json!({
            "baseline": is_crossed.then(|| states.names[states.baseline].clone()), "changes": changes,
            "regret": regrets, "pareto": front, "dominance": dominance,
        }),
        warnings,
    }))
}

/// Why policies cannot be compared that a sampled design varies as a factor.
const NO_COMMON_STATE: &str = "no two policies were run in the same state of the world: this design draws \
                               the policy of each point; `policies` beside `factors` runs every policy in \
                               every world";

/// The outcomes by which policies are judged, and whether more of each is better: those that are named, else
/// the experiment's own.
fn goals(
    sweep: &Sweep<'_>,
    maximise: &[String],
    minimise: &[String],
) -> Result<Vec<(usize, bool)>, CommandError> {
    let named = [(maximise, true), (minimise, false)];
    let mut named: Vec<(&str, bool)> =
        named.iter().flat_map(|(names, more)| names.iter().map(|name| (name.as_str(), *more))).collect();
    if named.is_empty() {
        let own = sweep.folder.plan.experiment().goals.iter();
        named.extend(own.map(|goal| (goal.outcome.as_str(), goal.more)));
    }
    named.into_iter().map(|(name, more)| Ok((position(&sweep.responses, name)?, more))).collect()
}

/// Every policy's regret in an outcome, as a table, and in `regrets` for programs.
fn regrets_in(
    sweep: &Sweep<'_>,
    goal: usize,
    more: bool,
    states: &WorldStates,
    regrets: &mut Vec<Value>,
) -> String {
    let by_run = &sweep.responses.by_run[goal];
    let outcomes: Vec<Vec<f64>> =
        (0..states.names.len()).map(|policy| states.values(policy, by_run)).collect();
    let found = regret(&outcomes, more, &states.weights());
    let outcome = &sweep.responses.outcomes[goal];
    let common = found.first().map_or(0, |regret| regret.states);
    let without = states.all.len() - common;
    let lacking = match without {
        0 => String::new(),
        without => {
            format!("; {} left out, in which some policy has no value", of(without as u64, "state", "states"))
        }
    };
    let header = ["policy", "mean", "regret: mean", "90 %", "worst", "best in"];
    let mut table = layout::table(terminal::width(), &header);
    for (name, regret) in states.names.iter().zip(&found) {
        let margin = mean_and_margin(&by_member(&regret.each, &states.clusters()), CONFIDENCE).1;
        table.add_row(row(name, regret, margin));
        regrets.push(json!({
            "policy": name, "outcome": outcome.name, "mean": number(regret.outcome), "states": regret.states,
            "states_without_value": without, "regret_mean": number(regret.mean),
            "regret_margin": number(margin), "regret_p90": number(regret.p90),
            "regret_worst": number(regret.worst), "best_share": number(regret.best_share),
        }));
    }
    layout::numbers(&mut table, 1..header.len());
    format!(
        "\nRegret in {} [{}] over {} in which all policies have a value{lacking}\n{}",
        in_words(&outcome.name),
        outcome.unit(),
        of(common as u64, "state of the world", "states of the world"),
        layout::text(&table, "  "),
    )
}

/// A policy's row in a table of regret.
fn row(name: &str, regret: &Regret, margin: f64) -> [String; 6] {
    let mean = match margin.is_nan() {
        true => compact(regret.mean),
        false => format!("{} ± {}", compact(regret.mean), compact(margin)),
    };
    let best = if regret.states == 0 { f64::NAN } else { regret.best_share };
    [
        name.to_owned(),
        compact(regret.outcome),
        mean,
        compact(regret.p90),
        compact(regret.worst),
        baseline::percent(best),
    ]
}
