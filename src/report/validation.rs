//! The page of a validation: verdicts first, misses included, then every figure against what was published.

mod target;
mod time;

use super::folder::ResultFolder;
use super::provenance;
use super::shell::{Page, Section, cell, table};
use super::unit::{capitalised, text_at};
use crate::command_error::CommandError;
use crate::text::number::{compact, of};
use maud::{Markup, html};
use serde_json::Value;
use sim_core::metrics::table::Table;
use sim_experiments::evidence::yardstick::NEAR;
use target::TargetRow;

/// Pictures reach from the reference over this factor to it times this factor.
const REACH: f64 = 4.0;

/// The page.
///
/// # Errors
/// If a file of the folder is damaged or missing, or a chart cannot be drawn.
pub fn page(folder: &mut ResultFolder) -> Result<Page, CommandError> {
    let found = folder.table("targets", &|_| true)?.ok_or_else(|| {
        CommandError::input(format!("{}: its table of targets is missing", folder.path().display()))
    })?;
    let targets = TargetRow::all(&found);
    let mut sections = vec![Section { id: "verdicts", title: "Verdicts", body: verdicts(&targets) }];
    if let Some(body) = time::section(folder, &targets)? {
        sections.push(Section { id: "time", title: "Over time", body });
    }
    sections.push(Section { id: "targets", title: "Every figure", body: every(&targets) });
    if let Some(runs) = folder.table("runs", &|_| true)? {
        sections.push(Section { id: "runs", title: "What was run", body: run(&runs) });
    }
    let details = [("version", "Version"), ("scenario_hash", "Digest of all runs")];
    let about = "The same version gives the same numbers to the last bit. In a shell:";
    sections.push(Section {
        id: "again",
        title: "How to make it again",
        body: provenance::of_folder(folder, &details, about),
    });
    let number = |name: &str| folder.manifest().get(name).and_then(Value::as_u64).unwrap_or(0);
    let (runs, failed) = (number("runs"), number("failed_runs"));
    let quick = folder.manifest().get("quick").and_then(Value::as_bool).unwrap_or(false);
    if quick {
        folder.warn(
            "This is a quick validation: fewer seeds and shorter runs, so that more cannot be tested. \
             Without --quick all is."
                .to_owned(),
        );
    }
    if failed > 0 {
        folder.warn(format!("{} failed and are left out", of(failed, "run", "runs")));
    }
    if folder.manifest_text("reproduce").contains(" --set ") {
        folder.warn("Parameters were set otherwise than the defaults: see what was run.".to_owned());
    }
    Ok(Page {
        kind: "Validation",
        title: "The model against what was published".to_owned(),
        question: "Which published figures does the model reproduce, and which does it miss?".to_owned(),
        facts: vec![
            of(targets.len() as u64, "figure or pattern", "figures and patterns"),
            of(runs, "run", "runs"),
        ],
        warnings: Vec::new(),
        sections,
    })
}

fn verdicts(targets: &[TargetRow]) -> Markup {
    let card = |fitted: bool, name: &str, meaning: &str| {
        let count =
            |verdict: &str| targets.iter().filter(|one| one.fitted == fitted && one.is(verdict)).count();
        let (met, missed, untold) = (count("met"), count("missed"), count("not testable"));
        let near = targets.iter().filter(|one| one.fitted == fitted && one.distance <= NEAR).count();
        html! {
            li {
                div class="name" { (name) }
                div class="value" { (met) " of " (met + missed) span class="unit" { "met" } }
                div class="change" { (near) " within a third of the tolerance; " (missed) " missed; " (untold)
                    " not testable by these runs" }
                div class="definition" { (meaning) }
            }
        }
    };
    let missed: Vec<&TargetRow> = targets.iter().filter(|one| one.is("missed")).collect();
    html! {
        ul class="cards" {
            (card(false, "Used to test", "Nothing is fitted to these: agreement is evidence, if a figure was \
                not in view when a parameter was changed."))
            (card(true, "Used to fit", "Parameters may be fitted to these: agreement is no evidence."))
        }
        p { "A figure is met if the mean over seeds is within what is accepted, which was laid down for each \
            before the runs, with its reason." }
        @if !missed.is_empty() {
            h3 { "What is missed" }
            ul { @for one in missed { li {
                (one.what) ": "
                @if one.published.is_empty() { "accepted " (range(one.accepted)) } @else { "published "
                    (published(one)) }
                ", simulated " strong { (compact(one.mean)) } (unit(one)) " (" (used(one)) ")"
            } } }
        }
    }
}

/// The unit after a number; nothing if the text beside it says it.
fn unit(one: &TargetRow) -> String {
    if one.unit.is_empty() || one.what.contains('[') { String::new() } else { format!(" {}", one.unit) }
}

fn used(one: &TargetRow) -> &'static str {
    match (one.fitted, one.in_view.is_empty()) {
        (true, _) => "fit",
        (false, true) => "test",
        (false, false) => "test, in view",
    }
}

/// How far the mean is from the figure in units of the tolerance.
fn distance(one: &TargetRow) -> String {
    if one.distance.is_nan() { "-".to_owned() } else { format!("{:.2}", one.distance) }
}

/// The published figure with its grade; a dash if only a direction or an order is published.
fn published(one: &TargetRow) -> String {
    let large = one.published.parse().ok().filter(|value: &f64| *value >= 1000.0);
    let figure = large.map_or_else(|| one.published.clone(), compact);
    match (one.published.is_empty(), one.grade.is_empty()) {
        (true, _) => "-".to_owned(),
        (false, true) => figure,
        (false, false) => format!("{figure}\u{a0}({})", one.grade),
    }
}

/// A range that stays on one line.
fn range((low, high): (f64, f64)) -> String {
    let text = match (low.is_finite(), high.is_finite()) {
        (true, true) => format!("{} to {}", compact(low), compact(high)),
        (true, false) => format!("{} or more", compact(low)),
        (false, true) => format!("{} or less", compact(high)),
        (false, false) => "-".to_owned(),
    };
    text.replace(' ', "\u{a0}")
}

fn every(targets: &[TargetRow]) -> Markup {
    let header = [
        "what [unit]",
        "verdict",
        "use",
        "published (grade)",
        "simulated",
        "90 % of runs",
        "accepted",
        "distance",
        "simulated over published",
    ];
    let rows: Vec<Vec<Markup>> = targets.iter().map(row).collect();
    html! {
        div class="words" { (table("All figures: means over seeds against what was published", &header, 3,
            &rows)) }
        p class="definition" {
            "The pictures are on a logarithmic scale from a quarter of the published figure to four times \
                it; the upright line is the figure itself (or the "
            "middle or edge of what is accepted). The bar is what is accepted, the line 90 % of runs; the \
                mean is a disc where it is met and a cross where it is "
            "missed, at the edge if it is beyond. Grades: R read in the source, R2 in notes on it, D \
                derived, M widely known and not read again. "
            "Distance: from the figure to the mean in units of the tolerance: 0 exact, 1 at the edge of what \
                is accepted, above 1 missed; of a bound without a figure, how much of the bound is used. "
            "Use: fit, if parameters may be fitted to it; test, if nothing is; in view, if a parameter was \
                changed with it in view. M beside a number: million."
        }
        details {
            summary { "Why each is accepted within so much, why some cannot be tested, and the sources" }
            dl { @for one in targets { dt { (one.what) } dd {
                @if !one.tolerance.is_empty() { (capitalised(&one.tolerance)) ": " }
                (one.why)
                @if !one.remark.is_empty() && one.remark != one.why { " Here: " (one.remark) "." }
                @if !one.source.is_empty() { " Source: " (one.source) "." }
                " Pattern " (one.pattern) "."
            } } }
        }
    }
}

fn row(one: &TargetRow) -> Vec<Markup> {
    let verdict = if one.is("missed") {
        html! { strong { "missed" } }
    } else {
        cell(&one.verdict)
    };
    let simulated = |text: String| cell(if one.mean.is_finite() { text } else { "-".to_owned() });
    vec![
        html! { (one.what) @if !unit(one).is_empty() { " " span class="unit" { "[" (one.unit) "]" } } },
        verdict,
        cell(used(one)),
        cell(published(one)),
        simulated(compact(one.mean)),
        simulated(range(one.interval)),
        cell(range(one.accepted)),
        cell(distance(one)),
        picture(one),
    ]
}

/// Accepted, interval and mean on a logarithmic scale around the reference.
fn picture(one: &TargetRow) -> Markup {
    let reference = one.reference();
    if !(reference > 0.0 && one.mean.is_finite()) || one.is("not testable") {
        return cell("-");
    }
    let place = |value: f64| {
        let ratio = (value / reference).max(1e-9);
        let share = sim_core::base::math::ln(ratio) / sim_core::base::math::ln(REACH);
        50.0 + 47.0 * share.clamp(-1.0, 1.0)
    };
    let (low, high) = one.accepted;
    let from = if low.is_finite() { place(low) } else { 0.0 };
    let to = if high.is_finite() { place(high) } else { 100.0 };
    let text = |value: f64| format!("{value:.1}");
    let mean = place(one.mean);
    html! {
        svg class="interval" viewBox="0 0 100 10" aria-hidden="true" {
            rect class="accepted" x=(text(from)) y="0.5" width=(text((to - from).max(1.0))) height="9" {}
            line class="zero" x1="50" y1="0" x2="50" y2="10" {}
            line x1=(text(place(one.interval.0))) y1="5" x2=(text(place(one.interval.1))) y2="5" {}
            @if one.is("missed") {
                path class="cross" d=(format!("M{0:.1} 2l6 6m0 -6l-6 6", mean - 3.0)) {}
            } @else {
                circle cx=(text(mean)) cy="5" r="2.8" {}
            }
        }
    }
}

fn run(runs: &Table) -> Markup {
    let seeds = runs.integers("seeds").unwrap_or_default();
    let rows: Vec<Vec<Markup>> = (0..runs.rows())
        .map(|at| {
            vec![
                cell(text_at(runs, "run", at)),
                html! { code { (text_at(runs, "scenario", at)) } },
                cell(seeds.get(at).map_or_else(String::new, ToString::to_string)),
                html! { code { (text_at(runs, "changed", at)) } },
                cell(text_at(runs, "about", at)),
            ]
        })
        .collect();
    html! { div class="words" { (table("What was run, from seed 1 on", &["run", "scenario", "seeds", "set",
    "what for"], 5, &rows)) } }
}
