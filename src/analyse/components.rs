//! World and chance apart: where the variance of outcomes comes from, in designs that vary `world_seed`.

use super::part::{AnalysisPart, Sweep, number, policies};
use crate::terminal;
use crate::text::layout;
use crate::text::number::compact;
use serde_json::{Value, json};
use sim_experiments::analysis::components::Components;
use std::collections::BTreeMap;

/// The path of the seed of places and households.
const WORLD: &str = "world_seed";

/// Variance components of the chosen outcomes; nothing for designs that do not vary the world, and for
/// ensembles, where chance is told from what is unknown instead.
pub fn part(sweep: &Sweep<'_>) -> Option<AnalysisPart> {
    let experiment = sweep.folder.plan.experiment();
    let world = experiment.factors.iter().position(|factor| factor.path == WORLD)?;
    if experiment.worlds.is_some() {
        return None;
    }
    let points = crossed(sweep, world);
    let mut table = layout::table(
        terminal::width(),
        &["Outcome [unit]", "sd", "decided", "world", "world by decided", "chance"],
    );
    let (mut values, mut warnings, mut told) = (Vec::new(), Vec::new(), None);
    for &at in &sweep.chosen {
        let outcome = &sweep.responses.outcomes[at];
        let Some(found) = Components::of(&values_at(sweep, at, &points)) else {
            warnings.push(format!("{}: world and chance cannot be told apart: {NEEDS}.", outcome.name));
            continue;
        };
        let part = |variance: f64| format!("{:.0} %", 100.0 * variance / found.total());
        let parts = [found.decided, found.world, found.both, found.chance];
        let name = format!("{} [{}]", outcome.name.replace('_', " "), outcome.unit());
        table.add_row([name, compact(found.total().sqrt())].into_iter().chain(parts.map(part)));
        values.push(json!({
            "outcome": outcome.name, "decided": number(found.decided), "world": number(found.world),
            "world_by_decided": number(found.both), "chance": number(found.chance),
            "points": found.points, "worlds": found.worlds, "replicates": found.replicates,
        }));
        told = Some(found);
    }
    layout::numbers(&mut table, 1..6);
    let mut text = told.map_or_else(String::new, |found| shown(&table, &found));
    text.extend(warnings.iter().map(|warning| layout::note(warning, terminal::width())));
    Some(AnalysisPart { name: "variance_components", text, value: Value::Array(values), warnings })
}

/// What it takes to tell world and chance apart.
const NEEDS: &str = "it takes two values of world_seed and two replicates at each, all with a value";

fn shown(table: &comfy_table::Table, found: &Components) -> String {
    let Components { points, worlds, replicates, .. } = found;
    let about = format!(
        "Parts of the variance over {points} x {worlds} x {replicates} points, worlds and replicates: of \
         what is decided (factors and policies), of the world (places and households), of the world where \
         it makes what is decided work otherwise, and of chance. By analysis of variance with random \
         effects; with few worlds they are rough."
    );
    format!("\n{}{}", layout::text(table, "  "), layout::note(&about, terminal::width()))
}

/// The points of the plan, by what is decided and then by the world's seed.
fn crossed(sweep: &Sweep<'_>, world: usize) -> Vec<Vec<usize>> {
    let plan = &sweep.folder.plan;
    let factors = &plan.experiment().factors;
    let mut found: BTreeMap<Vec<String>, BTreeMap<String, usize>> = BTreeMap::new();
    for policy in policies(sweep) {
        for point in plan.policies().points(policy) {
            let settings = plan.settings(point);
            let shown: Vec<String> =
                factors.iter().zip(&settings).map(|(factor, setting)| plan.shown(factor, setting)).collect();
            let others = shown.iter().enumerate().filter(|(at, _)| *at != world);
            let decided = std::iter::once(policy.to_string()).chain(others.map(|(_, text)| text.clone()));
            found.entry(decided.collect()).or_default().insert(shown[world].clone(), point);
        }
    }
    found.into_values().map(|worlds| worlds.into_values().collect()).collect()
}

/// An outcome by point, world and replicate.
fn values_at(sweep: &Sweep<'_>, outcome: usize, points: &[Vec<usize>]) -> Vec<Vec<Vec<f64>>> {
    let replicates = sweep.responses.replicates.max(1);
    let runs = &sweep.responses.by_run[outcome];
    let of = |point: &usize| runs[point * replicates..(point + 1) * replicates].to_vec();
    points.iter().map(|worlds| worlds.iter().map(of).collect()).collect()
}
