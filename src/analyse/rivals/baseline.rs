//! Policies against the one that they are held against, over the same worlds and seeds.

use crate::analyse::part::{Sweep, number};
use crate::terminal;
use crate::text::layout;
use crate::text::name::in_words;
use crate::text::number::{change, compact, of};
use serde_json::{Value, json};
use sim_experiments::analysis::policies::weighted_mean;
use sim_experiments::analysis::states::WorldStates;
use sim_experiments::comparison::{Difference, RunMember};
use sim_experiments::statistics::FEWEST;

/// What every policy makes of the told outcomes, against the baseline, for people; and in `found` for
/// programs.
pub fn tables(sweep: &Sweep<'_>, states: &WorldStates, found: &mut Vec<Value>) -> String {
    let mut text = String::new();
    for &at in &sweep.chosen {
        text += &of_outcome(sweep, states, at, found);
    }
    text
}

fn of_outcome(sweep: &Sweep<'_>, states: &WorldStates, outcome: usize, found: &mut Vec<Value>) -> String {
    let by_run = &sweep.responses.by_run[outcome];
    let (clusters, weights) = (states.clusters(), states.weights());
    let base = states.values(states.baseline, by_run);
    let (outcome, name) = (&sweep.responses.outcomes[outcome], &states.names[states.baseline]);
    let header = ["policy", "mean", "change", "more in", "less in"];
    let mut table = layout::table(terminal::width(), &header);
    for (policy, own) in states.names.iter().enumerate() {
        let values = states.values(policy, by_run);
        let difference = Difference::of_pairs(&base, &values, &clusters);
        let changes: Vec<f64> = base.iter().zip(&values).map(|(base, value)| value - base).collect();
        let [more, less] = [1.0, -1.0].map(|sign| share(&changes, &weights, sign));
        let is_base = policy == states.baseline;
        let mean = weighted_mean(&values, &weights);
        let shown = |text: String| if is_base { "-".to_owned() } else { text };
        table.add_row([
            own.clone(),
            compact(mean),
            shown(interval(&difference)),
            shown(percent(more)),
            shown(percent(less)),
        ]);
        found.push(json!({
            "policy": own, "outcome": outcome.name, "unit": outcome.unit(), "baseline": name,
            "mean": number(mean), "change": number(difference.change), "margin": number(difference.margin),
            "sure": difference.is_sure(), "pairs": difference.pairs, "draws": draws(&clusters),
            "more_share": number(more), "less_share": number(less),
        }));
    }
    layout::numbers(&mut table, 1..header.len());
    format!(
        "\nPolicies against {name} in {} [{}], over {}\n{}",
        in_words(&outcome.name),
        outcome.unit(),
        of(states.all.len() as u64, "state of the world", "states of the world"),
        layout::text(&table, "  "),
    )
}

/// The share of states in which a change has a sign.
fn share(changes: &[f64], weights: &[f64], sign: f64) -> f64 {
    let is_so =
        |change: &f64| if change.is_nan() { *change } else { f64::from(u8::from(change * sign > 0.0)) };
    weighted_mean(&changes.iter().map(is_so).collect::<Vec<f64>>(), weights)
}

/// A share of states, in words; a dash where there are none.
pub fn percent(share: f64) -> String {
    if share.is_nan() { "-".to_owned() } else { format!("{:.0} %", share * 100.0) }
}

/// A change with its interval, where there is one; in brackets if it may be chance.
fn interval(found: &Difference) -> String {
    match () {
        () if found.change == 0.0 => "0".to_owned(),
        () if found.margin.is_nan() => change(found.change),
        () if found.is_sure() => format!("{} ± {}", change(found.change), compact(found.margin)),
        () => format!("({} ± {})", change(found.change), compact(found.margin)),
    }
}

/// How many independent draws states are of.
fn draws(clusters: &[Option<RunMember>]) -> usize {
    let mut places: Vec<usize> = clusters.iter().flatten().map(|cluster| cluster.place).collect();
    places.sort_unstable();
    places.dedup();
    places.len()
}

/// Over what the intervals of policies are, as a note; and a doubt where there are too few draws for them.
pub fn about(sweep: &Sweep<'_>, states: &WorldStates) -> (String, Option<String>) {
    let plan = &sweep.folder.plan;
    let experiment = plan.experiment();
    let is_drawn = experiment.method.as_ref().is_some_and(|method| {
        method.is_drawn() && *method != sim_experiments::experiment::Method::Replicates
    });
    let (draws, one, many) = match (experiment.worlds.is_some(), is_drawn) {
        (true, _) => (draws(&states.clusters()), "member", "members of the ensemble"),
        (false, true) => (draws(&states.clusters()), "world", "worlds that were drawn"),
        (false, false) => (draws(&states.clusters()), "replicate", "replicates: the worlds were chosen"),
    };
    if draws < FEWEST {
        let doubt = format!(
            "{}: too few for intervals of policies, which take {FEWEST}; small differences may be chance",
            of(draws as u64, one, many.split(':').next().unwrap_or(many))
        );
        return (String::new(), Some(doubt));
    }
    let note = format!(
        "Policies are paired in the same worlds and seeds. Intervals of 95 % are over {}; a change in \
         brackets may be chance.",
        of(draws as u64, one, many)
    );
    (note, None)
}
