//! Which policies no other beats in all goals, and which beats which in how many worlds.

use super::baseline::percent;
use crate::analyse::part::{Sweep, number};
use crate::terminal;
use crate::text::layout;
use crate::text::name::in_words;
use crate::text::number::{compact, of};
use serde_json::{Value, json};
use sim_experiments::analysis::policies::{dominance, pareto, weighted_mean};
use sim_experiments::analysis::states::WorldStates;
use sim_experiments::comparison::{Difference, RunMember};

/// Policies in several goals, over the states in which all of them have values.
struct Front {
    /// By goal, policy and state.
    values: Vec<Vec<Vec<f64>>>,
    more: Vec<bool>,
    clusters: Vec<Option<RunMember>>,
    weights: Vec<f64>,
}

impl Front {
    fn of(sweep: &Sweep<'_>, states: &WorldStates, goals: &[(usize, bool)]) -> Front {
        let policies = 0..states.names.len();
        let of_goal = |&(goal, _): &(usize, bool)| -> Vec<Vec<f64>> {
            policies.clone().map(|policy| states.values(policy, &sweep.responses.by_run[goal])).collect()
        };
        let all: Vec<Vec<Vec<f64>>> = goals.iter().map(of_goal).collect();
        // Means over the same states for all: a policy is no better for failing where it is hard.
        let is_whole = |state: &usize| all.iter().flatten().all(|values| !values[*state].is_nan());
        let whole: Vec<usize> = (0..states.all.len()).filter(is_whole).collect();
        let kept = |values: &[f64]| -> Vec<f64> { whole.iter().map(|&state| values[state]).collect() };
        let (weights, clusters) = (states.weights(), states.clusters());
        Front {
            values: all.iter().map(|goal| goal.iter().map(|values| kept(values)).collect()).collect(),
            more: goals.iter().map(|goal| goal.1).collect(),
            clusters: whole.iter().map(|&state| clusters[state]).collect(),
            weights: if weights.is_empty() { weights } else { kept(&weights) },
        }
    }

    /// Each policy's mean in each goal.
    fn means(&self, policies: usize) -> Vec<Vec<f64>> {
        let mean = |goal: &Vec<Vec<f64>>, policy: usize| weighted_mean(&goal[policy], &self.weights);
        (0..policies).map(|policy| self.values.iter().map(|goal| mean(goal, policy)).collect()).collect()
    }

    /// Whether some policy is better beyond chance.
    fn is_surely_beaten(&self, policy: usize, policies: usize) -> bool {
        let difference = |other: usize, goal: &Vec<Vec<f64>>| {
            Difference::of_pairs(&goal[policy], &goal[other], &self.clusters)
        };
        let by = |other: usize| {
            let found = self.values.iter().map(|goal| difference(other, goal)).collect::<Vec<_>>();
            is_surely_better(&found, &self.more)
        };
        (0..policies).any(by)
    }
}

/// The policies that no other beats in every goal, as a table, and for programs: the front, and in what share
/// of the states each policy beats each other.
pub fn front(
    sweep: &Sweep<'_>,
    states: &WorldStates,
    goals: &[(usize, bool)],
    text: &mut String,
) -> (Value, Value) {
    if goals.len() < 2 {
        return (Value::Null, Value::Null);
    }
    let (front, policies) = (Front::of(sweep, states, goals), states.names.len());
    let rows = front.means(policies);
    let beats = dominance(&front.values, &front.more, &front.weights);
    let title = |&(goal, more): &(usize, bool)| {
        let name = in_words(&sweep.responses.outcomes[goal].name);
        format!("{name} ({})", if more { "more" } else { "less" })
    };
    let mut header = vec!["policy".to_owned()];
    header.extend(goals.iter().map(title));
    header.extend(["", "beaten in"].map(str::to_owned));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = layout::table(terminal::width(), &header);
    let mut values = Vec::new();
    for (at, ((name, row), unbeaten)) in
        states.names.iter().zip(&rows).zip(pareto(&rows, &front.more)).enumerate()
    {
        let mut cells = vec![name.clone()];
        cells.extend(row.iter().map(|value| compact(*value)));
        let standing = match unbeaten {
            None => "not known",
            Some(true) => "unbeaten",
            Some(false) if front.is_surely_beaten(at, policies) => "beaten",
            Some(false) => "beaten, may be chance",
        };
        cells.push(standing.to_owned());
        cells.push(most_by(at, &beats, &states.names));
        table.add_row(cells);
        let row: Vec<Value> = row.iter().map(|value| number(*value)).collect();
        values.push(json!({ "policy": name, "means": row, "unbeaten": unbeaten, "standing": standing }));
    }
    layout::numbers(&mut table, 1..header.len() - 2);
    *text += &format!(
        "\nWhich policies no other beats in all of these, by means over {} in which all have values; beaten \
         in: the states in which one other is better in one of these and worse in none\n{}",
        of(front.clusters.len() as u64, "state", "states"),
        layout::text(&table, "  ")
    );
    let shares = beats.iter().map(|row| row.iter().map(|share| number(*share)).collect::<Vec<Value>>());
    let dominance = json!({ "policies": states.names, "beats_in": shares.collect::<Vec<_>>() });
    (Value::Array(values), dominance)
}

/// By which policy one is beaten in most states, in words.
fn most_by(policy: usize, beats: &[Vec<f64>], names: &[String]) -> String {
    let others = beats.iter().map(|row| row[policy]).enumerate().filter(|(_, share)| *share > 0.0);
    let most = others.reduce(|best, next| if next.1 > best.1 { next } else { best });
    most.map_or_else(|| "-".to_owned(), |(by, share)| format!("{} by {}", percent(share), names[by]))
}

/// Whether differences by goal are better beyond chance: by more than the interval of the paired difference
/// in one, and worse in none.
fn is_surely_better(found: &[Difference], more: &[bool]) -> bool {
    let is_better = |(found, more): (&Difference, &bool)| found.is_sure() && (found.change > 0.0) == *more;
    let is_same = |found: &Difference| found.change == 0.0 && found.is_constant();
    let mut each = found.iter().zip(more);
    each.clone().any(is_better) && each.all(|pair| is_better(pair) || is_same(pair.0))
}
