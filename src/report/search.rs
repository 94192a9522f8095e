//! The page of a search: the finalists, how far the search went, and how to make it again.

use super::axis::Axis;
use super::chart::{Chart, Layer};
use super::folder::ResultFolder;
use super::provenance;
use super::shell::{Page, Section, table};
use super::unit::{ShownUnit, capitalised, meaning, shown, text_at, words};
use crate::command_error::CommandError;
use crate::text::number::{compact, figure, of};
use maud::{Markup, html};
use serde_json::Value;
use sim_core::metrics::table::{Column, ColumnData, Table};
use sim_experiments::optimisation::Standing;

/// Finalists that are shown side by side, at most.
const MOST: usize = 12;
/// Columns that are drawn over the search, at most.
const DRAWN: usize = 9;

/// A goal or bound.
struct Wanted {
    outcome: String,
    words: String,
}

/// The page.
///
/// # Errors
/// If a file of the folder is damaged or missing, or a chart cannot be drawn.
pub fn page(folder: &mut ResultFolder) -> Result<Page, CommandError> {
    let finalists = folder.table("finalists", &|_| true)?.ok_or_else(|| {
        CommandError::input(format!("{}: its table of finalists is missing", folder.path().display()))
    })?;
    let wanted = wanted(folder.manifest(), &finalists);
    let goals = folder.manifest().get("goals").and_then(Value::as_array).map_or(1, Vec::len);
    let mut sections = vec![Section {
        id: "finalists",
        title: "The best plans",
        body: html! {
            (best(&finalists, &wanted, goals))
            p { "Each of these was run anew with seeds that the search had not seen, so that chance in the \
                search does not flatter it." }
            (side_by_side(&finalists, &wanted))
            (meanings(&finalists))
        },
    }];
    if let Some(plans) = folder.table("plans", &|_| true)? {
        sections.push(Section {
            id: "plans",
            title: "All plans tried",
            body: html! {
                (against(&plans, &finalists, &wanted)?)
                h3 { "Plan by plan" }
                (tried(&plans)?)
            },
        });
    }
    if let Some(text) = folder.text("experiment.ron")? {
        sections.push(Section {
            id: "experiment",
            title: "The experiment",
            body: html! { p { "As it was written:" } pre { code { (text) } } },
        });
    }
    let details = [("version", "Version"), ("identity", "Digest of the plan")];
    let about = "The same experiment and version give the same search. In a shell:";
    sections.push(Section {
        id: "again",
        title: "How to make it again",
        body: provenance::of_folder(folder, &details, about),
    });
    let number = |name: &str| folder.manifest().get(name).and_then(Value::as_u64).unwrap_or(0);
    let mut facts: Vec<String> =
        wanted.iter().map(|one| format!("{} {}", words(&one.outcome), one.words)).collect();
    facts.push(of(number("plans"), "plan tried", "plans tried"));
    facts.push(of(number("fresh_seeds"), "fresh seed a finalist", "fresh seeds a finalist"));
    let failed = number("failed_runs");
    if failed > 0 {
        folder.warn(format!("{} failed", of(failed, "run", "runs")));
    }
    Ok(Page {
        kind: "Search",
        title: folder.manifest_text("experiment"),
        question: folder.manifest_text("question"),
        facts,
        warnings: Vec::new(),
        sections,
    })
}

/// Goals and bounds, each outcome once.
fn wanted(manifest: &Value, finalists: &Table) -> Vec<Wanted> {
    let listed = |name: &str| manifest.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let outcome = |entry: &Value| entry.get("outcome").and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_true = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_bool).unwrap_or(false);
    let mut all: Vec<Wanted> = Vec::new();
    let mut add = |outcome: String, words: String| match all.iter_mut().find(|one| one.outcome == outcome) {
        Some(known) => known.words += &format!(", {words}"),
        None => all.push(Wanted { outcome, words }),
    };
    for goal in &listed("goals") {
        let words = if is_true(goal, "more") { "as much as possible" } else { "as little as possible" };
        add(outcome(goal), words.to_owned());
    }
    for bound in &listed("bounds") {
        let name = outcome(bound);
        let unit =
            finalists.column(&name).map_or_else(|| ShownUnit::named(""), |column| ShownUnit::of(column.unit));
        let limit = bound.get("limit").and_then(Value::as_f64).unwrap_or(f64::NAN) * unit.scale;
        let side = if is_true(bound, "is_most") { "most" } else { "least" };
        add(name, format!("at {side} {} {}", compact(limit), unit.name));
    }
    all
}

fn number(table: &Table, name: &str, at: usize) -> f64 {
    let values = table.column(name).and_then(shown).unwrap_or_default();
    values.get(at).copied().unwrap_or(f64::NAN)
}

fn plan(finalists: &Table, at: usize) -> String {
    let plans = finalists.reals("plan").unwrap_or_default();
    match plans.get(at) {
        Some(plan) if plan.is_finite() => format!("plan {plan:.0}"),
        Some(_) | None => "as it is".to_owned(),
    }
}

/// What the best plan gives, beside the scenario as it is, and how sure it is that it is the best.
fn best(finalists: &Table, wanted: &[Wanted], goals: usize) -> Markup {
    if goals > 1 {
        return html! {
            p { "These plans are the frontier between the two goals. One is worth a look where it is \
                unbeaten in most bootstrap samples of the fresh seeds: in the others some other plan was \
                better in both." }
        };
    }
    let sure = |at: usize| number(finalists, "sure", at);
    let rows = || 0..finalists.rows();
    if rows().all(|at| sure(at).is_nan()) {
        return html! {
            p { strong { "Which plan is best cannot be told." }
                " Too few fresh seeds have values for all: the search's " code { "fresh_seeds" }
                " gives more." }
        };
    }
    let best = rows()
        .filter(|&at| sure(at) > 0.0)
        .reduce(|best, next| if sure(next) > sure(best) { next } else { best });
    let Some(best) = best else {
        return html! { p { strong { "No plan keeps the bounds." }
        " More plans or wider bounds would be needed." } };
    };
    let stands = |at: usize, standing: Standing| text_at(finalists, "standing", at) == standing.words();
    let near: Vec<String> =
        rows().filter(|&at| stands(at, Standing::WithinChance)).map(|at| plan(finalists, at)).collect();
    let as_it_is = (0..finalists.rows()).find(|&at| plan(finalists, at) == "as it is");
    let card = |one: &Wanted| {
        let column = finalists.column(&one.outcome);
        let unit = ShownUnit::of(column.map_or(sim_core::base::Unit::NONE, |column| column.unit));
        let margin = number(finalists, &format!("{}_margin", one.outcome), best);
        html! {
            li {
                div class="name" { (capitalised(&words(&one.outcome))) ", " (one.words) }
                div class="value" { (compact(number(finalists, &one.outcome, best))) span class="unit" {
                    (unit.name) } }
                div class="change" {
                    @if margin.is_finite() { "± " (compact(margin)) "; " }
                    @if let Some(at) = as_it_is { "as it is: " (compact(number(finalists, &one.outcome, at)))
                        }
                }
            }
        }
    };
    let name = capitalised(&plan(finalists, best));
    html! {
        p {
            @if stands(best, Standing::Best) {
                strong { (name) } " is surely the best of these: its difference to every other is beyond \
                    chance."
            } @else if near.is_empty() {
                strong { (name) } " is the best of these in " (figure(sure(best).round()))
                    " % of bootstrap samples of the fresh seeds."
            } @else {
                strong { "None is surely the best." } " " (name) " is ahead in " (figure(sure(best).round()))
                " % of bootstrap samples of the fresh seeds, but within chance of " (near.join(", ")) "."
            }
        }
        ul class="cards" {
            @for one in wanted { (card(one)) }
        }
    }
}

/// A row a lever or outcome, a column a plan.
fn side_by_side(finalists: &Table, wanted: &[Wanted]) -> Markup {
    let shown_plans = finalists.rows().min(MOST);
    let mut header = vec!["what [unit]".to_owned()];
    header.extend((0..shown_plans).map(|at| plan(finalists, at)));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let is_told = |column: &&Column| column.name != "plan" && !column.name.ends_with("_margin");
    let row = |column: &Column| -> Vec<Markup> {
        let unit = ShownUnit::of(column.unit).name;
        let margin = finalists.column(&format!("{}_margin", column.name)).and_then(shown);
        let aim = wanted.iter().find(|one| one.outcome == column.name);
        let name = html! {
            (titled(column)) @if !unit.is_empty() { " " span class="unit" { "[" (unit) "]" } }
            @if let Some(aim) = aim { br; small { (aim.words) } }
        };
        let cell_of = |at: usize| {
            html! {
                (value(column, at))
                @if let Some(margin) = margin.as_ref().and_then(|margin| margin.get(at)).filter(|margin|
                    margin.is_finite()) {
                    br; small { "± " (compact(*margin)) }
                }
            }
        };
        std::iter::once(name).chain((0..shown_plans).map(cell_of)).collect()
    };
    let rows: Vec<Vec<Markup>> = finalists.columns.iter().filter(is_told).map(row).collect();
    html! {
        (table("The scenario as it is and the best plans, by fresh seeds only; ±: half of the 95 % interval",
            &header, 1, &rows))
        @if finalists.rows() > MOST { p class="note" { (of((finalists.rows() - MOST) as u64, "further plan",
            "further plans")) " in the table of finalists." } }
    }
}

/// A column's name in words: a lever by its group and name.
fn titled(column: &Column) -> String {
    match column.name.as_str() {
        "sure" => "Best or unbeaten in so many bootstrap samples".to_owned(),
        "keeps_bounds" => "Keeps the bounds in so many".to_owned(),
        "standing" => "How it stands".to_owned(),
        name => capitalised(&words(&name.replace('.', ": "))),
    }
}

/// The first two outcomes that are wanted against each other: all plans tried, and those that were run again.
fn against(plans: &Table, finalists: &Table, wanted: &[Wanted]) -> Result<Markup, CommandError> {
    let [up, across, ..] = wanted else {
        return Ok(html! {});
    };
    let points = |table: &Table| -> Vec<(f64, f64)> {
        (0..table.rows())
            .map(|at| (number(table, &across.outcome, at), number(table, &up.outcome, at)))
            .filter(|(x, y)| x.is_finite() && y.is_finite())
            .collect()
    };
    let (tried, again) = (points(plans), points(finalists));
    let all = || tried.iter().chain(&again);
    let unit = |name: &str| {
        ShownUnit::of(plans.column(name).map_or(sim_core::base::Unit::NONE, |column| column.unit)).name
    };
    let [up_name, across_name] = [up, across].map(|one| capitalised(&words(&one.outcome)));
    let chart = Chart {
        about: format!("{up_name} against {across_name} of {} plans tried.", tried.len()),
        across: Axis::round(all().map(|point| point.0)),
        up: Axis::round(all().map(|point| point.1)),
        layers: vec![Layer::Dots(0, tried.clone()), Layer::Dots(1, again.clone())],
        height: None,
    };
    Ok(html! {
        div class="maps" {
            figure class="plot" {
                figcaption {
                    strong { (up_name) } " " span class="unit" { "[" (unit(&up.outcome)) "]" } " against "
                    strong { (across_name) } " " span class="unit" { "[" (unit(&across.outcome)) "]" }
                }
                ul class="keys" {
                    li { span class="mark-1" { "●" } " a plan tried, mean over the search's seeds" }
                    li { span class="mark-2" { "▲" } " as it is and the best, mean over fresh seeds" }
                }
                (chart.svg()?)
            }
        }
    })
}

fn value(column: &Column, at: usize) -> String {
    match (&column.data, shown(column)) {
        (ColumnData::Text(texts), _) => texts.get(at).unwrap_or_default().to_owned(),
        (ColumnData::Flag(_), _) => column.data.shown(at),
        (_, Some(values)) => values.get(at).map_or_else(String::new, |value| compact(*value)),
        (_, None) => String::new(),
    }
}

fn meanings(all: &Table) -> Markup {
    html! {
        details {
            summary { "What the columns mean" }
            dl { @for column in &all.columns { dt { (words(&column.name)) } dd { (meaning(&column.definition))
                } } }
        }
    }
}

/// What was tried, in the order of the search.
fn tried(plans: &Table) -> Result<Markup, CommandError> {
    let mut figures = Vec::new();
    let real = plans.columns.iter().filter(|column| column.name != "plan" && shown(column).is_some());
    for column in real.take(DRAWN) {
        let values = shown(column).unwrap_or_default();
        let unit = ShownUnit::of(column.unit).name;
        let name = titled(column);
        let chart = Chart {
            about: format!("{name} [{unit}] of {} plans in the order of the search.", values.len()),
            across: Axis::spread([0.0, values.len().saturating_sub(1) as f64].into_iter()),
            up: Axis::round(values.iter().copied()),
            layers: vec![Layer::Dots(
                0,
                values.iter().enumerate().map(|(at, &value)| (at as f64, value)).collect(),
            )],
            height: Some(150),
        };
        figures.push(html! {
            figure class="plot" {
                figcaption { strong { (name) } @if !unit.is_empty() { " " span class="unit" { "[" (unit) "]" }
                    } }
                (chart.svg()?)
                p class="definition" { "From left to right: plans in the order of the search. "
                    (meaning(&column.definition)) }
            }
        });
    }
    Ok(html! { div class="plots" { @for figure in &figures { (figure) } } })
}
