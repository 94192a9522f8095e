//! What a search says, for people and for programs.

use super::found::SearchResult;
use crate::analyse::{number, typed};
use crate::sweep::Folder;
use crate::terminal;
use crate::text::layout;
use crate::text::number::{change, compact, count, of};
use serde_json::{Value, json};
use sim_core::base::Unit;
use sim_experiments::comparison::Difference;
use sim_experiments::experiment::Search;
use sim_experiments::optimisation::Standing;
use sim_experiments::statistics::FEWEST;

/// The page.
pub fn text(folder: &Folder, found: &SearchResult, search: &Search, files: &[String]) -> String {
    let experiment = folder.plan.experiment();
    let mut text = format!(
        "{}\n  {} tried with {} each; the best {} run again with {} beside the scenario as it is\n",
        experiment.heading(),
        of(found.searching.tried().len() as u64, "plan", "plans"),
        of(u64::from(experiment.replicates), "seed", "seeds"),
        found.finalists.len().saturating_sub(1),
        of(u64::from(search.fresh_seeds), "fresh seed", "fresh seeds"),
    );
    text += &left_out(found);
    text += &plans(folder, found, search);
    text += &conclusion(found, search);
    text += &format!("\nIn {}: {}\n", folder.path.display(), files.join(", "));
    text
}

/// What has no values, in words; empty if all have.
fn left_out(found: &SearchResult) -> String {
    let mut text = String::new();
    if found.failed > 0 {
        text += &format!("  {} failed\n", of(found.failed, "run", "runs"));
    }
    let without = found.without_value();
    if without > 0 {
        text += &format!(
            "  {} without a value of some goal or bound in some seed: not ranked\n",
            of(without as u64, "plan", "plans")
        );
    }
    for (at, verdict) in found.verdicts.iter().enumerate() {
        let all = found.finalists[at].runs.len();
        if verdict.seeds < all {
            text += &format!(
                "  {}: values in {} of {}; the others are left out for all plans\n",
                name(found, at),
                count(verdict.seeds as u64),
                of(all as u64, "fresh seed", "fresh seeds")
            );
        }
    }
    text
}

/// A share in per cent; a dash where it is not known.
fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{:.0}", share * 100.0))
}

/// A finalist's name: its number in the order of the search, as in the tables.
fn name(found: &SearchResult, at: usize) -> String {
    match found.tried.get(at).copied().flatten() {
        None => "as it is".to_owned(),
        Some(plan) => format!("plan {plan}"),
    }
}

/// What the plans give and set: a row an outcome or lever, a column a plan.
fn plans(folder: &Folder, found: &SearchResult, search: &Search) -> String {
    let mut header = vec![String::new()];
    header.extend((0..found.verdicts.len()).map(|at| name(found, at)));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = layout::table(terminal::width(), &header);
    let mut row = |title: String, cell: &dyn Fn(usize) -> String| {
        table.add_row(std::iter::once(title).chain((0..found.verdicts.len()).map(cell)));
    };
    for (at, outcome) in found.names.iter().enumerate() {
        row(title(outcome, at, search), &|plan| compact(found.verdicts[plan].outcomes[at].0));
        row("  ± (95 %)".to_owned(), &|plan| compact(found.verdicts[plan].outcomes[at].1));
    }
    let beside = |plan: usize, of: fn(&Difference) -> String| {
        if plan == 0 { String::new() } else { of(&gain(found, plan)) }
    };
    row("more than as it is, seed by seed".to_owned(), &|plan| beside(plan, |gain| change(gain.change)));
    row("  ± (95 %)".to_owned(), &|plan| beside(plan, |gain| compact(gain.margin)));
    let sure = if search.goals.len() > 1 { "unbeaten in" } else { "best in" };
    row(format!("{sure} [% of resamples]"), &|plan| percent(found.verdicts[plan].sure));
    if !search.bounds.is_empty() {
        row("keeps the bounds in [%]".to_owned(), &|plan| percent(found.verdicts[plan].keeps_bounds));
    }
    for (at, factor) in folder.plan.experiment().factors.iter().enumerate() {
        let unit = if factor.unit == Unit::NONE { String::new() } else { format!(" [{}]", factor.unit) };
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
    let unit = sim_experiments::experiment::usual(outcome).map_or(Unit::NONE, |outcome| outcome.unit());
    let wanted = match at.checked_sub(search.goals.len()) {
        None if search.goals[at].more => "most".to_owned(),
        None => "least".to_owned(),
        Some(bound) => {
            let bound = &search.bounds[bound];
            format!("at {} {}", if bound.is_most { "most" } else { "least" }, compact(bound.limit))
        }
    };
    format!("{} [{unit}], {wanted}", outcome.replace('_', " "))
}

/// What a finalist gives of the first goal more than the scenario as it is, seed by seed.
fn gain(found: &SearchResult, at: usize) -> Difference {
    let values = |at: usize| -> Vec<f64> { found.finalists[at].runs.iter().map(|run| run[0]).collect() };
    Difference::of(&values(0), &values(at))
}

fn conclusion(found: &SearchResult, search: &Search) -> String {
    let standing = |wanted: Standing| -> Vec<usize> {
        let all = found.verdicts.iter().enumerate();
        all.filter(|(_, verdict)| verdict.standing == wanted).map(|(at, _)| at).collect()
    };
    let names = |places: &[usize]| -> String {
        let names: Vec<String> = places.iter().map(|&at| name(found, at)).collect();
        names.join(", ")
    };
    let message = if found.verdicts.iter().all(|verdict| verdict.sure.is_none()) {
        format!(
            "Which is best cannot be told: fewer than {FEWEST} fresh seeds have values for all. More are \
             run with `fresh_seeds`."
        )
    } else if found.verdicts.iter().all(|verdict| verdict.sure.is_none_or(|share| share == 0.0)) {
        "No plan keeps the bounds.".to_owned()
    } else if search.goals.len() > 1 {
        "The plans are the frontier between the two goals: where its share is low, some other was better in \
         both in most samples."
            .to_owned()
    } else if let [best] = standing(Standing::Best)[..] {
        format!(
            "{} is surely the best of these: its difference to every other is beyond chance.",
            name(found, best)
        )
    } else if let [ahead] = standing(Standing::Ahead)[..] {
        let near = standing(Standing::WithinChance);
        let share = percent(found.verdicts[ahead].sure);
        if near.is_empty() {
            format!(
                "{} is the best of these in {share} % of bootstrap samples of the fresh seeds.",
                name(found, ahead)
            )
        } else {
            format!(
                "None is surely the best: {} is ahead in {share} % of bootstrap samples, but within chance \
                 of {}.",
                name(found, ahead),
                names(&near)
            )
        }
    } else {
        "None is surely the best.".to_owned()
    };
    format!("\n{}\n", layout::wrapped(&message, usize::from(terminal::width())))
}

/// The document.
pub fn json(folder: &Folder, found: &SearchResult, search: &Search) -> String {
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
                .map(|(name, (mean, margin))| {
                    json!({ "outcome": name, "mean": number(*mean),
                    "margin": number(*margin) })
                })
                .collect();
            let gain = gain(found, at);
            json!({
                "plan": name(found, at), "levers": levers, "outcomes": outcomes, "sure": verdict.sure,
                    "keeps_bounds": verdict.keeps_bounds,
                "standing": verdict.standing.words(), "seeds": verdict.seeds,
                "gain": number(gain.change), "gain_margin": number(gain.margin),
            })
        })
        .collect();
    let goals: Vec<Value> =
        search.goals.iter().map(|goal| json!({ "outcome": goal.outcome, "more": goal.more })).collect();
    let document = json!({
        "experiment": plan.experiment().name, "goals": goals, "plans_tried": found.searching.tried().len(),
            "failed_runs": found.failed, "plans_without_value": found.without_value(),
        "finalists": finalists,
    });
    format!("{document:#}\n")
}
