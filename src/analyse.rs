//! `countryside analyse`: what mattered in a sweep.

mod effects;
pub mod members;
mod part;
mod rivals;
mod worlds;

use crate::args::experiment::AnalyseArgs;
use crate::command_error::CommandError;
use crate::sweep::Folder;
use crate::terminal;
use crate::text::layout;
use crate::text::number::{compact, count, of};
use members::Found;
use part::{AnalysisPart, Sweep, position};
use serde_json::{Map, Value};
use sim_experiments::analysis::{Responses, draws};
use sim_experiments::experiment::Method;
use sim_experiments::statistics::{Summary, quantile};
use std::path::Path;

pub use part::{number, typed};

/// Outcomes that are told of if none are named.
const MOST: usize = 6;

/// Analyses a sweep.
///
/// # Errors
/// If the folder holds no sweep with finished runs, or an outcome is unknown.
pub fn analyse(args: &AnalyseArgs) -> Result<(), CommandError> {
    let folder = Folder::open(&args.folder)?;
    let responses = responses(&folder)?;
    let all = responses.outcomes.len();
    let chosen = match args.outcome.is_empty() {
        true => (0..all.min(MOST)).collect(),
        false => named(&responses, &args.outcome)?,
    };
    let sweep = Sweep { folder: &folder, responses, chosen };
    let mut parts = vec![bands_of(&sweep, (0..all).collect())];
    parts.extend(effects::part(&sweep));
    parts.extend(worlds::tree(&sweep));
    if let Some(condition) = &args.fails {
        parts.push(worlds::boxes(&sweep, condition)?);
    }
    parts.extend(rivals::part(&sweep, &args.maximise, &args.minimise)?);
    let (failed, missing) = (sweep.responses.failed, sweep.responses.missing);
    if args.json {
        let mut document = Map::new();
        let warnings: Vec<Value> =
            parts.iter().flat_map(|part| &part.warnings).map(|warning| warning.as_str().into()).collect();
        document.insert("experiment".into(), folder.plan.experiment().name.clone().into());
        document.insert("runs".into(), folder.plan.runs().into());
        document.insert("failed".into(), failed.into());
        document.insert("missing".into(), missing.into());
        document.insert("warnings".into(), warnings.into());
        document.extend(parts.into_iter().map(|part| (part.name.to_owned(), part.value)));
        return terminal::print(&format!("{:#}\n", Value::Object(document)));
    }
    let mut text = left_out(&sweep.responses, folder.plan.runs());
    text.extend(parts.iter().map(|part| part.text.as_str()));
    if args.outcome.is_empty() && all > MOST {
        text += &format!(
            "\nThe first {MOST} of {all} outcomes were told of in full; --outcome NAME chooses others.\n"
        );
    }
    terminal::print(&text)
}

/// Runs that failed or have not been made, in words; empty if there are none.
fn left_out(responses: &Responses, runs: u64) -> String {
    let mut absent = Vec::new();
    if responses.failed > 0 {
        absent.push(format!("{} failed", count(responses.failed)));
    }
    if responses.missing > 0 {
        absent.push(format!("{} not made yet", count(responses.missing)));
    }
    if absent.is_empty() {
        return String::new();
    }
    format!("\nOf {} {}: they have no values and are left out.\n", of(runs, "run", "runs"), absent.join(", "))
}

/// What each factor does to every outcome, as the design allows to tell; nothing for other designs.
///
/// # Errors
/// If the folder holds no sweep of this version with finished runs.
pub fn effects(path: &Path) -> Result<Option<AnalysisPart>, CommandError> {
    let folder = Folder::open(path)?;
    let responses = responses(&folder)?;
    let chosen = (0..responses.outcomes.len().min(MOST)).collect();
    let sweep = Sweep { folder: &folder, responses, chosen };
    Ok(effects::part(&sweep))
}

/// The bands of a sweep's outcomes, for its summary.
///
/// # Errors
/// If the pieces cannot be read.
pub fn bands(folder: &Folder) -> Result<String, CommandError> {
    let responses = responses(folder)?;
    let all = (0..responses.outcomes.len()).collect();
    let sweep = Sweep { folder, responses, chosen: Vec::new() };
    Ok(bands_of(&sweep, all).text)
}

/// Reads the numbers of all finished runs, file by file, without their series.
///
/// # Errors
/// If no run has finished, or a file cannot be read.
pub fn responses(folder: &Folder) -> Result<Responses, CommandError> {
    let pieces = folder.pieces();
    let index = pieces.index()?;
    if index.done() == 0 {
        return Err(CommandError::input(format!("{}: no run has finished yet", folder.path.display())));
    }
    let mut records = Vec::with_capacity(index.runs.len());
    for file in &index.files {
        for mut record in pieces.read(file)? {
            if let Ok(values) = &mut record.result {
                values.rows = Vec::new();
            }
            records.push(record);
        }
    }
    Ok(Responses::of(&folder.plan, &records))
}

fn named(responses: &Responses, names: &[String]) -> Result<Vec<usize>, CommandError> {
    names.iter().map(|name| position(responses, name)).collect()
}

/// The outcomes over points, and the spread of replicates within them. Quantiles only where points are drawn:
/// chosen ones have no distribution.
fn bands_of(sweep: &Sweep<'_>, outcomes: Vec<usize>) -> AnalysisPart {
    let plan = &sweep.folder.plan;
    let is_drawn = plan.experiment().method.as_ref().is_some_and(Method::is_drawn);
    let is_replicated = plan.experiment().method == Some(Method::Replicates);
    if is_replicated && plan.experiment().worlds.is_some() {
        return Found::of(&sweep.responses).part();
    }
    let is_ensemble = plan.experiment().worlds.is_some();
    let mut header = vec!["Outcome [unit]", "mean"];
    header.extend(if is_drawn { &["5 %", "median", "95 %"][..] } else { &["least", "greatest"] });
    header.extend(if is_ensemble { &["luck sd", "unknown sd"][..] } else { &["replicate sd"] });
    let mut table = layout::table(terminal::width(), &header);
    let (mut values, mut lacking) = (Vec::new(), Vec::new());
    for at in outcomes {
        let outcome = &sweep.responses.outcomes[at];
        let by_point =
            if is_replicated { sweep.responses.by_run[at].clone() } else { sweep.responses.by_point(at) };
        let points = if is_replicated { by_point.clone() } else { draws(plan, &by_point) };
        let summary = Summary::of(&points);
        let shares = if is_drawn { [0.05, 0.5, 0.95] } else { [0.0, 0.5, 1.0] };
        let [low, median, high] = shares.map(|share| quantile(points.clone(), share));
        let replicate_sd = replicate_sd(&sweep.responses.by_run[at], sweep.responses.replicates);
        let name = outcome.name.replace('_', " ");
        let [luck, unknown] =
            if is_ensemble { members::variances(&sweep.responses, at) } else { [f64::NAN; 2] };
        let mut cells = vec![format!("{name} [{}]", outcome.unit()), compact(summary.mean), compact(low)];
        cells.extend(is_drawn.then(|| compact(median)));
        cells.push(compact(high));
        if is_ensemble {
            cells.extend([luck, unknown].map(members::deviation));
        } else {
            cells.push(compact(replicate_sd));
        }
        table.add_row(cells);
        let without = by_point.iter().filter(|value| value.is_nan()).count();
        if without > 0 {
            lacking.push(format!(
                "{name}: {} of {} have no value and are left out.",
                count(without as u64),
                if is_replicated {
                    of(by_point.len() as u64, "run", "runs")
                } else {
                    of(by_point.len() as u64, "point", "points")
                }
            ));
        }
        let only = |is_told: bool, value: f64| if is_told { number(value) } else { Value::Null };
        values.push(serde_json::json!({
            "outcome": outcome.name, "unit": outcome.unit(), "points": by_point.len() - without,
                "without_value": without, "mean": number(summary.mean),
            "deviation": only(is_drawn, summary.deviation), "p05": only(is_drawn, low), "p50": only(is_drawn,
                median), "p95": only(is_drawn, high),
            "least": number(quantile(points.clone(), 0.0)), "greatest": number(quantile(points, 1.0)),
                "replicate_sd": number(replicate_sd),
        }));
        if let (true, Some(value)) = (is_ensemble, values.last_mut()) {
            value["luck_sd"] = number(luck.sqrt());
            value["unknown_sd"] = number(unknown.sqrt());
        }
    }
    layout::numbers(&mut table, 1..header.len());
    let replicated = sweep.responses.replicates > 1;
    let over = if is_replicated { OVER_RUNS } else { over_points(is_drawn, replicated) };
    let spread = match (is_ensemble, replicated) {
        (true, _) => SPREAD_OF_MEMBERS,
        (false, true) => "replicate sd is the standard deviation of replicates within points.",
        (false, false) => "there is one run a point, so that the replicate sd is not known.",
    };
    let about = std::iter::once(format!("{over}; {spread}")).chain(lacking);
    let about: Vec<String> =
        about.map(|text| layout::wrapped(&text, usize::from(terminal::width()))).collect();
    AnalysisPart {
        name: "bands",
        text: format!("\n{}{}", layout::text(&table, "  "), about.join("\n") + "\n"),
        value: Value::Array(values),
        warnings: Vec::new(),
    }
}

const OVER_RUNS: &str = "Bands are over the runs, which differ only in their random draws";

const SPREAD_OF_MEMBERS: &str = "luck sd is the standard deviation between seeds of one member at one point, \
                                 unknown sd that between members beyond luck, over all points.";

/// Over what bands are, of a design that draws its points or chooses them.
fn over_points(is_drawn: bool, replicated: bool) -> &'static str {
    match (is_drawn, replicated) {
        (true, true) => "Bands are over the points, each the mean of its replicates",
        (true, false) => "Bands are over the points",
        (false, true) => {
            "Least and greatest are of the points, each the mean of its replicates; the design chooses its \
             points, so that quantiles over them would mean nothing"
        }
        (false, false) => {
            "Least and greatest are of the points; the design chooses them, so that quantiles over them \
             would mean nothing"
        }
    }
}

/// The standard deviation of replicates within points, over all points.
fn replicate_sd(runs: &[f64], replicates: usize) -> f64 {
    let variances: Vec<f64> = runs
        .chunks(replicates.max(1))
        .map(|point| Summary::of(point).deviation)
        .map(|deviation| deviation * deviation)
        .collect();
    Summary::of(&variances).mean.sqrt()
}
