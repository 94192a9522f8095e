//! What a calibration found, for a terminal and for the page of evidence.

use super::fit::CalibrationFit;
use crate::command_error::CommandError;
use crate::evidence::plot::{self, Indices};
use crate::evidence::table::number;
use crate::text::layout;
use sim_core::params::Parameters;
use sim_experiments::calibration::matching::{CUT, identified, implausibility};
use sim_experiments::calibration::plan::CalibrationPlan;
use sim_experiments::calibration::sensitivity::sobol;
use std::path::Path;

/// Named parts of a page, and files beside it.
type CalibrationPage = (Vec<(&'static str, String)>, Vec<(String, String)>);

/// What was found, as tables for a terminal.
pub fn text(fit: &CalibrationFit, width: u16) -> String {
    let mut text = format!("{}\n\n", outline(fit));
    let mut table = layout::table(width, &HEADER);
    for row in parameter_rows(fit) {
        table.add_row(row);
    }
    text += &layout::text(&table, "");
    text.push('\n');
    let mut table =
        layout::table(width, &["Target", "accepted", "at the least implausible point", "emulator explains"]);
    for row in target_rows(fit) {
        table.add_row(row);
    }
    text + &layout::text(&table, "") + "\n"
}

const HEADER: [&str; 6] =
    ["Parameter", "range", "not ruled out: 5 %, 50 %, 95 %", "default", "least implausible", "evidence"];

/// In sentences: how much was simulated and how much remains.
fn outline(fit: &CalibrationFit) -> String {
    let shares: Vec<String> = fit.waves.iter().map(|set| format!("{:.2} %", 100.0 * set.share)).collect();
    let plan = fit.plan;
    let mut text = format!(
        "Calibration `{}` of the run `{}`: {} points with {} of the same seeds each. Of the ranges' volume, \
         {} were not ruled out (each number after a wave).",
        plan.name,
        plan.run,
        fit.points.len(),
        plan.seeds,
        shares.join(", then ")
    );
    let default = implausibility(&fit.emulated, &defaults(plan));
    text += &format!(" The defaults have an implausibility of {default:.1} ({CUT:.0} is the limit).");
    if fit.not_ruled_out().is_none_or(|set| set.points.is_empty()) {
        text += " No point agrees with all targets: the model, the ranges or a tolerance is wrong.";
    }
    text
}

/// The default parameters as a point.
fn defaults(plan: &CalibrationPlan) -> Vec<f64> {
    let catalogue = Parameters::catalogue();
    let default =
        |path: &str| catalogue.iter().find(|row| row.path() == path).and_then(|row| row.default.parse().ok());
    let share =
        plan.parameters.iter().map(|row| default(&row.path).map_or(f64::NAN, |value: f64| row.share(value)));
    share.collect()
}

fn parameter_rows(fit: &CalibrationFit) -> Vec<[String; 6]> {
    let plan = fit.plan;
    let learnt = fit.not_ruled_out().map(|set| identified(plan, set)).unwrap_or_default();
    let best = fit.best().map(|(point, _)| point.clone());
    let rows = plan.parameters.iter().enumerate().map(|(at, row)| {
        let known = learnt.get(at);
        [
            row.path.clone(),
            format!("{} to {}", number(row.low), number(row.high)),
            known.map_or_else(|| "-".to_owned(), |known| known.quantiles.map(number).join(", ")),
            number(row.at(defaults(plan)[at])),
            best.as_ref().map_or_else(|| "-".to_owned(), |point| number(row.at(point[at]))),
            known
                .map_or_else(|| "-".to_owned(), |known| format!("{} ({:.2})", known.word(), known.shrinkage)),
        ]
    });
    rows.collect()
}

fn target_rows(fit: &CalibrationFit) -> Vec<[String; 4]> {
    let best = fit.best().and_then(|(best, _)| fit.points.iter().position(|point| point == best));
    let rows = fit.emulated.iter().map(|one| {
        let published =
            one.target.fact.as_ref().and_then(|fact| sim_experiments::evidence::facts::published(fact).ok());
        let bounds =
            one.target.accept.map_or((f64::NAN, f64::NAN), |accept| accept.bounds(published.as_ref()));
        let value = best.and_then(|at| fit.values(one.target).get(at).copied());
        [
            one.target.what.clone(),
            format!("{} to {}", number(bounds.0), number(bounds.1)),
            value.map_or_else(|| "-".to_owned(), number),
            format!("{:.0} %", 100.0 * one.emulator.explained.max(0.0)),
        ]
    });
    rows.collect()
}

/// Parts and files of the page of evidence.
///
/// # Errors
/// If a plot cannot be drawn.
pub fn page(path: &Path, fits: &[CalibrationFit]) -> Result<CalibrationPage, CommandError> {
    let folder = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (mut calibration, mut sensitivity, mut files) = (String::new(), String::new(), Vec::new());
    for fit in fits {
        calibration += &format!("{}\n\n{}\n", outline(fit), markdown(&HEADER, parameter_rows(fit)));
        let targets = ["target", "accepted", "at the least implausible point", "emulator explains"];
        calibration += &format!("{}\n", markdown(&targets, target_rows(fit)));
        let indices = indices(fit);
        let names: Vec<&str> = fit.plan.parameters.iter().map(|row| row.path.as_str()).collect();
        let file = format!("sensitivity_{}.svg", fit.plan.name);
        files.push((file.clone(), plot::heat(&names, &indices)?));
        sensitivity += &format!(
            "**{}**, over the ranges of the calibration; first order / total:\n\n{}\n![Total Sobol \
             indices]({folder}/{file})\n\n",
            fit.plan.name,
            sensitivity_table(&names, &indices)
        );
    }
    Ok((vec![("calibration", calibration), ("sensitivity", sensitivity)], files))
}

fn indices(fit: &CalibrationFit) -> Vec<Indices> {
    let dimensions = fit.plan.parameters.len();
    let of = fit.outcomes().into_iter().filter_map(|(name, emulator)| {
        let found = sobol(&emulator, dimensions)?;
        let pairs = found.iter().map(|index| (index.first.value.max(0.0), index.total.value));
        Some((name, emulator.explained.max(0.0), pairs.collect()))
    });
    of.collect()
}

fn sensitivity_table(names: &[&str], indices: &[Indices]) -> String {
    let mut header = vec!["outcome", "emulator explains"];
    header.extend(names);
    let rows = indices.iter().map(|(name, explained, pairs)| {
        let cell = |&(first, total): &(f64, f64)| {
            if total < 0.01 { String::new() } else { format!("{first:.2} / {total:.2}") }
        };
        let mut row = vec![name.clone(), format!("{:.0} %", 100.0 * explained)];
        row.extend(pairs.iter().map(cell));
        row
    });
    markdown(&header, rows)
}

fn markdown<R: AsRef<[String]>>(header: &[&str], rows: impl IntoIterator<Item = R>) -> String {
    let mut text = format!("| {} |\n|{}\n", header.join(" | "), "---|".repeat(header.len()));
    for row in rows {
        text += &format!("| {} |\n", row.as_ref().join(" | "));
    }
    text
}
