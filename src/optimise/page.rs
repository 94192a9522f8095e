//! What a search says, for people and for programs.

use super::Found;
use crate::analyse::{number, typed};
use crate::report::layout;
use crate::report::number::{change, compact, of};
use crate::sweep::Folder;
use crate::terminal;
use serde_json::{Value, json};
use sim_experiments::comparison::Difference;
use sim_experiments::experiment::Search;

/// The page.
pub fn text(folder: &Folder, found: &Found, search: &Search, files: &[String]) -> String {
    let experiment = folder.plan.experiment();
    let mut text = format!(
        "{}\n  {} tried with {} each; the best {} run again with {} beside the scenario as it is\n",
        experiment.heading(),
        of(found.searching.tried().len() as u64, "plan", "plans"),
        of(u64::from(experiment.replicates), "seed", "seeds"),
        found.finalists.len().saturating_sub(1),
        of(u64::from(search.fresh_seeds), "fresh seed", "fresh seeds"),
    );
    if found.failed > 0 {
        text += &format!(
            "  {} failed, and their plans were passed over\n",
            of(found.failed, "run", "runs")
        );
    }
    text += &plans(folder, found, search);
    text += &conclusion(found, search);
    text += &format!("\nIn {}: {}\n", folder.path.display(), files.join(", "));
    text
}

/// A finalist's name: its number in the order of the search, as in the tables.
fn name(found: &Found, at: usize) -> String {
    match found.tried.get(at).copied().flatten() {
        None => "as it is".to_owned(),
        Some(plan) => format!("plan {plan}"),
    }
}

/// What the plans give and set: a row an outcome or lever, a column a plan.
fn plans(folder: &Folder, found: &Found, search: &Search) -> String {
    let mut header = vec![String::new()];
    header.extend((0..found.verdicts.len()).map(|at| name(found, at)));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = layout::table(terminal::width(), &header);
    let mut row = |title: String, cell: &dyn Fn(usize) -> String| {
        table.add_row(std::iter::once(title).chain((0..found.verdicts.len()).map(cell)));
    };
    for (at, outcome) in found.names.iter().enumerate() {
        row(title(outcome, at, search), &|plan| {
            compact(found.verdicts[plan].outcomes[at].0)
        });
        row("  ± (95 %)".to_owned(), &|plan| {
            compact(found.verdicts[plan].outcomes[at].1)
        });
    }
    let beside = |plan: usize, of: fn(&Difference) -> String| {
        if plan == 0 {
            String::new()
        } else {
            of(&gain(found, plan))
        }
    };
    row("more than as it is, seed by seed".to_owned(), &|plan| {
        beside(plan, |gain| change(gain.change))
    });
    row("  ± (95 %)".to_owned(), &|plan| {
        beside(plan, |gain| compact(gain.margin))
    });
    let sure = if search.goals.len() > 1 {
        "unbeaten in"
    } else {
        "best in"
    };
    row(format!("{sure} [% of resamples]"), &|plan| {
        format!("{:.0}", found.verdicts[plan].sure * 100.0)
    });
    if !search.bounds.is_empty() {
        row("keeps the bounds in [%]".to_owned(), &|plan| {
            format!("{:.0}", found.verdicts[plan].keeps_bounds * 100.0)
        });
    }
    for (at, factor) in folder.plan.experiment().factors.iter().enumerate() {
        let unit = if factor.unit.is_empty() {
            String::new()
        } else {
            format!(" [{}]", factor.unit)
        };
        row(format!("{}{unit}", factor.name), &|plan| {
            let shown = folder.plan.shown(factor, &found.settings[plan][at]);
            shown.parse::<f64>().map_or(shown, compact)
        });
    }
    layout::numbers(&mut table, 1..header.len());
    format!("\n{}", layout::text(&table, "  "))
}

/// A goal or bound, with its unit and what is wanted of it.
fn title(outcome: &str, at: usize, search: &Search) -> String {
    let unit = sim_experiments::experiment::usual(outcome).map_or_else(String::new, |outcome| outcome.unit());
    let wanted = match at.checked_sub(search.goals.len()) {
        None if search.goals[at].more => "most".to_owned(),
        None => "least".to_owned(),
        Some(bound) => {
            let bound = &search.bounds[bound];
            format!(
                "at {} {}",
                if bound.is_most { "most" } else { "least" },
                compact(bound.limit)
            )
        }
    };
    format!("{} [{unit}], {wanted}", outcome.replace('_', " "))
}

/// What a finalist gives of the first goal more than the scenario as it is, seed by seed.
fn gain(found: &Found, at: usize) -> Difference {
    let values = |at: usize| -> Vec<f64> { found.finalists[at].runs.iter().map(|run| run[0]).collect() };
    Difference::of(&values(0), &values(at))
}

fn conclusion(found: &Found, search: &Search) -> String {
    let best = found
        .verdicts
        .iter()
        .enumerate()
        .reduce(|best, next| if next.1.sure > best.1.sure { next } else { best });
    let Some((at, verdict)) = best.filter(|(_, verdict)| verdict.sure > 0.0) else {
        return "\nNo plan keeps the bounds.\n".to_owned();
    };
    if search.goals.len() > 1 {
        return "\nThe plans are the frontier between the two goals: none of them is surely beaten in both where its share is high.\n".to_owned();
    }
    let sure = match verdict.sure {
        sure if sure >= 0.95 => "surely",
        sure if sure >= 0.7 => "probably",
        _ => "perhaps",
    };
    format!(
        "\n{} is {sure} the best of these: in {:.0} % of bootstrap samples of the fresh seeds.\n",
        name(found, at),
        verdict.sure * 100.0
    )
}

/// The document.
pub fn json(folder: &Folder, found: &Found, search: &Search) -> String {
    let plan = &folder.plan;
    let finalists: Vec<Value> = found
        .verdicts
        .iter()
        .enumerate()
        .map(|(at, verdict)| {
            let levers: serde_json::Map<String, Value> = plan
                .experiment()
                .factors
                .iter()
                .zip(&found.settings[at])
                .map(|(factor, setting)| (factor.name.clone(), typed(&plan.value(factor, setting))))
                .collect();
            let outcomes: Vec<Value> = found
                .names
                .iter()
                .zip(&verdict.outcomes)
                .map(|(name, (mean, margin))| json!({ "outcome": name, "mean": number(*mean), "margin": number(*margin) }))
                .collect();
            let gain = gain(found, at);
            json!({
                "plan": name(found, at), "levers": levers, "outcomes": outcomes, "sure": verdict.sure, "keeps_bounds": verdict.keeps_bounds,
                "gain": number(gain.change), "gain_margin": number(gain.margin),
            })
        })
        .collect();
    let goals: Vec<Value> = search
        .goals
        .iter()
        .map(|goal| json!({ "outcome": goal.outcome, "more": goal.more }))
        .collect();
    let document = json!({
        "experiment": plan.experiment().name, "goals": goals, "plans_tried": found.searching.tried().len(), "failed_runs": found.failed, "finalists": finalists,
    });
    format!("{document:#}\n")
}
