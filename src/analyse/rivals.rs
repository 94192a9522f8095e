//! Policies against each other: means, regret over the same states of the world, Pareto.

use super::members::run_member;
use super::part::{AnalysisPart, Sweep, number, position};
use crate::command_error::CommandError;
use crate::terminal;
use crate::text::layout;
use crate::text::name::in_words;
use crate::text::number::{compact, of};
use serde_json::{Value, json};
use sim_experiments::analysis::policies::{pareto, regret, weighted_mean};
use sim_experiments::comparison::{Difference, RunMember};
use sim_experiments::experiment::{FactorKind, FactorSetting};
use std::collections::BTreeMap;

/// Tables of policies, if the sweep has a factor of them and goals are named.
///
/// # Errors
/// If a goal was not kept, or goals are named and there are no policies.
pub fn part(
    sweep: &Sweep<'_>,
    maximise: &[String],
    minimise: &[String],
) -> Result<Option<AnalysisPart>, CommandError> {
    let mut goals: Vec<(usize, bool)> = Vec::new();
    for (names, more) in [(maximise, true), (minimise, false)] {
        for name in names {
            goals.push((position(&sweep.responses, name)?, more));
        }
    }
    if goals.is_empty() {
        return Ok(None);
    }
    let factors = &sweep.folder.plan.experiment().factors;
    let found = factors.iter().enumerate().find_map(|(at, factor)| match &factor.kind {
        FactorKind::Policies { names, .. } => Some((at, names)),
        _ => None,
    });
    let Some((place, names)) = found else {
        return Err(CommandError::input(
            "--maximise and --minimise compare policies, and this sweep has no factor of policies",
        ));
    };
    let worlds = worlds(sweep, place, names.len());
    let mut text = String::new();
    let mut regrets = Vec::new();
    for &(goal, more) in &goals {
        text += &regrets_in(sweep, goal, more, &worlds, names, &mut regrets);
    }
    let front = front(sweep, &goals, &worlds, names, &mut text);
    Ok(Some(AnalysisPart {
        name: "policies",
        text,
        value: json!({ "regret": regrets, "pareto": front }),
        warnings: Vec::new(),
    }))
}

/// Every policy's regret in an outcome, as a table, and in `regrets` for programs.
fn regrets_in(
    sweep: &Sweep<'_>,
    goal: usize,
    more: bool,
    worlds: &[State],
    names: &[String],
    regrets: &mut Vec<Value>,
) -> String {
    let outcomes = by_policy(sweep, goal, worlds, names.len());
    let found = regret(&outcomes, more, &weights(worlds));
    let outcome = &sweep.responses.outcomes[goal];
    let states = found.first().map_or(0, |regret| regret.states);
    let without = worlds.len() - states;
    let lacking = match without {
        0 => String::new(),
        without => {
            format!("; {} left out, in which some policy has no value", of(without as u64, "state", "states"))
        }
    };
    let mut text = format!(
        "\nRegret in {} [{}] over {} in which all policies have a value{lacking}\n",
        in_words(&outcome.name),
        outcome.unit(),
        of(states as u64, "state of the world", "states of the world"),
    );
    let mut table =
        layout::table(terminal::width(), &["policy", "mean", "regret: mean", "90 %", "worst", "best in"]);
    for (name, regret) in names.iter().zip(&found) {
        let mean = regret.outcome;
        table.add_row([
            name.clone(),
            compact(mean),
            compact(regret.mean),
            compact(regret.p90),
            compact(regret.worst),
            if regret.states == 0 { "-".to_owned() } else { format!("{:.0} %", regret.best_share * 100.0) },
        ]);
        regrets.push(json!({
            "policy": name, "outcome": outcome.name, "mean": number(mean), "states": regret.states,
                "states_without_value": without, "regret_mean": number(regret.mean),
            "regret_p90": number(regret.p90), "regret_worst": number(regret.worst),
                "best_share": number(regret.best_share),
        }));
    }
    layout::numbers(&mut table, 1..6);
    text += &layout::text(&table, "  ");
    text
}

/// A state of the world: all other factors, the member and the seed.
struct State {
    /// The run of each policy.
    runs: Vec<Option<u64>>,
    /// The member of an ensemble, if there is one.
    member: Option<RunMember>,
}

/// The weights of states; none without an ensemble.
fn weights(worlds: &[State]) -> Vec<f64> {
    worlds.iter().filter_map(|state| state.member.map(|member| member.weight)).collect()
}

/// For each state of the world, the run of each policy.
fn worlds(sweep: &Sweep<'_>, place: usize, policies: usize) -> Vec<State> {
    let plan = &sweep.folder.plan;
    let mut found: BTreeMap<String, State> = BTreeMap::new();
    for number in 0..plan.runs() {
        let run = plan.run(number);
        let mut settings = plan.settings(run.point);
        let FactorSetting::Policy(policy) = std::mem::replace(&mut settings[place], FactorSetting::Unchanged)
        else {
            continue;
        };
        let texts: Vec<String> = settings.iter().map(FactorSetting::text).collect();
        let key = format!("{}|{}|{}", texts.join("|"), run.member, run.seed);
        let state = || State { runs: vec![None; policies], member: run_member(plan, &run) };
        let state = found.entry(key).or_insert_with(state);
        if let Some(slot) = state.runs.get_mut(policy) {
            *slot = Some(number);
        }
    }
    found.into_values().collect()
}

fn by_policy(sweep: &Sweep<'_>, goal: usize, worlds: &[State], policies: usize) -> Vec<Vec<f64>> {
    let value = |run: Option<u64>| run.map_or(f64::NAN, |run| sweep.responses.by_run[goal][run as usize]);
    (0..policies).map(|policy| worlds.iter().map(|state| value(state.runs[policy])).collect()).collect()
}

/// The policies that no other beats in every goal.
fn front(
    sweep: &Sweep<'_>,
    goals: &[(usize, bool)],
    worlds: &[State],
    names: &[String],
    text: &mut String,
) -> Value {
    if goals.len() < 2 {
        return Value::Null;
    }
    let by_goal: Vec<Vec<Vec<f64>>> =
        goals.iter().map(|&(goal, _)| by_policy(sweep, goal, worlds, names.len())).collect();
    // Means over the same states for all: a policy is no better for failing where it is hard.
    let is_whole = |state: &usize| {
        by_goal.iter().flatten().all(|values| values.get(*state).is_some_and(|value| !value.is_nan()))
    };
    let whole: Vec<usize> = (0..worlds.len()).filter(is_whole).collect();
    let of_policy = |goal: usize, policy: usize| -> Vec<f64> {
        whole.iter().map(|&state| by_goal[goal][policy][state]).collect()
    };
    let members: Vec<Option<RunMember>> = whole.iter().map(|&state| worlds[state].member).collect();
    let weights: Vec<f64> = members.iter().flatten().map(|member| member.weight).collect();
    let rows: Vec<Vec<f64>> = (0..names.len())
        .map(|policy| {
            let means = (0..goals.len()).map(|goal| weighted_mean(&of_policy(goal, policy), &weights));
            means.collect()
        })
        .collect();
    let more: Vec<bool> = goals.iter().map(|goal| goal.1).collect();
    let unbeaten = pareto(&rows, &more);
    let is_surely_beaten = |policy: usize| {
        let is_beaten_by = |other: usize| {
            let difference = |goal: usize| {
                Difference::of_pairs(&of_policy(goal, policy), &of_policy(goal, other), &members)
            };
            is_surely_better(&(0..goals.len()).map(difference).collect::<Vec<_>>(), &more)
        };
        (0..names.len()).any(is_beaten_by)
    };
    let title = |&(goal, more): &(usize, bool)| {
        let name = in_words(&sweep.responses.outcomes[goal].name);
        format!("{name} ({})", if more { "more" } else { "less" })
    };
    let mut header = vec!["policy".to_owned()];
    header.extend(goals.iter().map(title));
    header.push(String::new());
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = layout::table(terminal::width(), &header);
    let mut values = Vec::new();
    for (at, ((name, row), unbeaten)) in names.iter().zip(&rows).zip(unbeaten).enumerate() {
        let mut cells = vec![name.clone()];
        cells.extend(row.iter().map(|value| compact(*value)));
        let standing = match unbeaten {
            None => "not known",
            Some(true) => "unbeaten",
            Some(false) if is_surely_beaten(at) => "beaten",
            Some(false) => "beaten, may be chance",
        };
        cells.push(standing.to_owned());
        table.add_row(cells);
        let row: Vec<Value> = row.iter().map(|value| number(*value)).collect();
        values.push(json!({ "policy": name, "means": row, "unbeaten": unbeaten, "standing": standing }));
    }
    layout::numbers(&mut table, 1..header.len() - 1);
    *text += &format!(
        "\nWhich policies no other beats in all of these, by means over {} in which all have values\n{}",
        of(whole.len() as u64, "state", "states"),
        layout::text(&table, "  ")
    );
    Value::Array(values)
}

/// Whether differences by goal are better beyond chance: by more than the interval of the paired difference
/// in one, and worse in none.
fn is_surely_better(found: &[Difference], more: &[bool]) -> bool {
    let is_better = |(found, more): (&Difference, &bool)| found.is_sure() && (found.change > 0.0) == *more;
    let is_same = |found: &Difference| found.change == 0.0 && found.is_constant();
    let mut each = found.iter().zip(more);
    each.clone().any(is_better) && each.all(|pair| is_better(pair) || is_same(pair.0))
}
