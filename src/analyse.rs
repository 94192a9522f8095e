//! `countryside analyse`: what mattered in a sweep.

mod effects;
mod rivals;
mod worlds;

use crate::experiment_args::AnalyseArgs;
use crate::failure::Failure;
use crate::report::layout;
use crate::report::number::{compact, count};
use crate::sweep::Folder;
use crate::terminal;
use serde_json::{Map, Value};
use sim_experiments::analysis::Responses;
use sim_experiments::statistics::{Summary, quantile};
use std::path::Path;

/// Outcomes that are told of if none are named.
const MOST: usize = 6;

/// What is analysed.
pub struct Sweep<'f> {
    /// The folder.
    pub folder: &'f Folder,
    /// Outcomes of all runs.
    pub responses: Responses,
    /// The outcomes to tell of, as indices.
    pub chosen: Vec<usize>,
}

/// A part of the analysis: for people, and for programs under a name.
pub struct Part {
    /// Its name in JSON.
    pub name: &'static str,
    /// For people.
    pub text: String,
    /// For programs.
    pub value: Value,
}

/// Analyses a sweep.
///
/// # Errors
/// If the folder holds no sweep with finished runs, or an outcome is unknown.
pub fn analyse(args: &AnalyseArgs) -> Result<(), Failure> {
    let folder = Folder::open(&args.folder)?;
    let responses = responses(&folder)?;
    let all = responses.outcomes.len();
    let chosen = match args.outcome.is_empty() {
        true => (0..all.min(MOST)).collect(),
        false => named(&responses, &args.outcome)?,
    };
    let sweep = Sweep {
        folder: &folder,
        responses,
        chosen,
    };
    let mut parts = vec![bands_of(&sweep, (0..all).collect())];
    parts.extend(effects::part(&sweep));
    parts.extend(worlds::tree(&sweep));
    if let Some(condition) = &args.fails {
        parts.push(worlds::boxes(&sweep, condition)?);
    }
    parts.extend(rivals::part(&sweep, &args.maximise, &args.minimise)?);
    if args.json {
        let mut document = Map::new();
        document.insert("experiment".into(), folder.plan.experiment().name.clone().into());
        document.extend(parts.into_iter().map(|part| (part.name.to_owned(), part.value)));
        return terminal::print(&format!("{:#}\n", Value::Object(document)));
    }
    let mut text: String = parts.iter().map(|part| part.text.as_str()).collect();
    if args.outcome.is_empty() && all > MOST {
        text += &format!(
            "\nThe first {MOST} of {all} outcomes were told of in full; --outcome NAME chooses others.\n"
        );
    }
    terminal::print(&text)
}

/// What each factor does to every outcome, as the design allows to tell; nothing for other designs.
///
/// # Errors
/// If the folder holds no sweep of this version with finished runs.
pub fn effects(path: &Path) -> Result<Option<Part>, Failure> {
    let folder = Folder::open(path)?;
    let responses = responses(&folder)?;
    let chosen = (0..responses.outcomes.len().min(MOST)).collect();
    let sweep = Sweep {
        folder: &folder,
        responses,
        chosen,
    };
    Ok(effects::part(&sweep))
}

/// The bands of a sweep's outcomes, for its summary.
///
/// # Errors
/// If the pieces cannot be read.
pub fn bands(folder: &Folder) -> Result<String, Failure> {
    let responses = responses(folder)?;
    let all = (0..responses.outcomes.len()).collect();
    let sweep = Sweep {
        folder,
        responses,
        chosen: Vec::new(),
    };
    Ok(bands_of(&sweep, all).text)
}

/// Reads the numbers of all finished runs, file by file, without their series.
fn responses(folder: &Folder) -> Result<Responses, Failure> {
    let pieces = folder.pieces();
    let index = pieces.index()?;
    if index.done() == 0 {
        return Err(Failure::input(format!(
            "{}: no run has finished yet",
            folder.path.display()
        )));
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

fn named(responses: &Responses, names: &[String]) -> Result<Vec<usize>, Failure> {
    names.iter().map(|name| position(responses, name)).collect()
}

/// The place of an outcome.
///
/// # Errors
/// If the sweep did not keep it: what it kept.
pub fn position(responses: &Responses, name: &str) -> Result<usize, Failure> {
    responses.position(name).ok_or_else(|| {
        let known: Vec<&str> = responses
            .outcomes
            .iter()
            .map(|outcome| outcome.name.as_str())
            .collect();
        Failure::input(format!(
            "`{name}` was not kept as a number in this sweep\n  help: kept were {}",
            known.join(", ")
        ))
    })
}

/// Bands over points, and luck within them.
fn bands_of(sweep: &Sweep<'_>, outcomes: Vec<usize>) -> Part {
    let header = ["Outcome [unit]", "mean", "5 %", "median", "95 %", "luck"];
    let mut table = layout::table(terminal::width(), &header);
    let mut values = Vec::new();
    for at in outcomes {
        let outcome = &sweep.responses.outcomes[at];
        let points = sweep.responses.by_point(at);
        let summary = Summary::of(&points);
        let [low, median, high] = [0.05, 0.5, 0.95].map(|share| quantile(points.clone(), share));
        let luck = luck(&sweep.responses.by_run[at], sweep.responses.replicates);
        let name = format!("{} [{}]", outcome.name.replace('_', " "), outcome.unit());
        table.add_row([
            name,
            compact(summary.mean),
            compact(low),
            compact(median),
            compact(high),
            compact(luck),
        ]);
        values.push(serde_json::json!({
            "outcome": outcome.name, "unit": outcome.unit(), "points": summary.count, "mean": summary.mean,
            "deviation": number(summary.deviation), "p05": number(low), "p50": number(median), "p95": number(high), "luck": number(luck),
        }));
    }
    layout::numbers(&mut table, 1..6);
    let about = if sweep.responses.replicates > 1 {
        "Bands are over the points, each the mean of its replicates; luck is the standard deviation of replicates within points.\n"
    } else {
        "Bands are over the points; there is one run a point, so that luck is not known.\n"
    };
    Part {
        name: "bands",
        text: format!(
            "\n{}{}",
            layout::text(&table, "  "),
            layout::wrapped(about, usize::from(terminal::width())) + "\n"
        ),
        value: Value::Array(values),
    }
}

/// The standard deviation of replicates within points, over all points.
fn luck(runs: &[f64], replicates: usize) -> f64 {
    let variances: Vec<f64> = runs
        .chunks(replicates.max(1))
        .map(|point| Summary::of(point).deviation)
        .map(|deviation| deviation * deviation)
        .collect();
    Summary::of(&variances).mean.sqrt()
}

/// A number, or null where there is none.
pub fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// A factor's value with its type.
pub fn typed(value: &sim_experiments::experiment::value::Value) -> Value {
    use sim_experiments::experiment::value::Value as Typed;
    match value {
        Typed::Number(value) => number(*value),
        Typed::Whole(value) => (*value).into(),
        Typed::Flag(value) => (*value).into(),
        Typed::Text(value) => value.clone().into(),
    }
}

/// A heading with the outcome and its unit.
pub fn heading(what: &str, sweep: &Sweep<'_>, outcome: usize) -> String {
    let outcome = &sweep.responses.outcomes[outcome];
    format!(
        "\n{what} on {} [{}]\n",
        outcome.name.replace('_', " "),
        outcome.unit()
    )
}

/// How many values of an outcome are missing over points, in words; empty if none.
pub fn missing(points: &[f64]) -> String {
    match points.iter().filter(|value| value.is_nan()).count() {
        0 => String::new(),
        missing => format!(
            "  {} of {} points have no value and are left out.\n",
            count(missing as u64),
            count(points.len() as u64)
        ),
    }
}
