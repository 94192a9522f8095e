//! What a calibration found, for a terminal and for the page of evidence.

use super::fit::CalibrationFit;
use super::rows::{
    FIGURES, PARAMETERS, PREDICTIONS, changes, control, figure_rows, held, members, outline, parameter_rows,
    prediction_rows,
};
use crate::command_error::CommandError;
use crate::evidence::plot::{self, Indices};
use crate::text::layout;
use sim_experiments::calibration::refits::FigurePrediction;
use sim_experiments::calibration::sensitivity::sobol;
use std::path::Path;

/// Named parts of a page, and files beside it.
type CalibrationPage = (Vec<(&'static str, String)>, Vec<(String, String)>);

/// What was found, as tables for a terminal.
pub fn text(fit: &CalibrationFit, width: u16) -> String {
    let table = |header: &[&str], rows: Vec<Vec<String>>| {
        let mut table = layout::table(width, header);
        for row in rows {
            table.add_row(row);
        }
        layout::text(&table, "")
    };
    let mut text = format!("{}\n\n", outline(fit));
    text += &table(&PARAMETERS, lists(parameter_rows(fit)));
    text += &format!("\n{}\n", table(&FIGURES, lists(figure_rows(fit, |figure| &figure.name))));
    for (title, predictions) in tests(fit) {
        text += &format!(
            "{title} {}\n\n{}\n",
            held(predictions),
            table(&PREDICTIONS, lists(prediction_rows(predictions, |figure| &figure.name)))
        );
    }
    text += &format!("Wrong figures. {}\n\n{}\n", control(fit), members(fit));
    let which = if fit.ensemble.members.is_empty() { "least implausible point" } else { "best member" };
    text + &format!("\nThe {which}, as changes of a scenario:\n{}", changes(fit))
}

fn lists<const N: usize>(rows: Vec<[String; N]>) -> Vec<Vec<String>> {
    rows.into_iter().map(Vec::from).collect()
}

/// The predictions that could fail, with their titles; those that were not asked for are left away.
fn tests<'a>(fit: &'a CalibrationFit) -> Vec<(String, &'a [FigurePrediction])> {
    let mut tests: Vec<(String, &'a [FigurePrediction])> = Vec::new();
    if !fit.left_out.is_empty() {
        tests.push((
            "Figures left out with their series, and predicted from the others.".to_owned(),
            &fit.left_out,
        ));
    }
    if let Some(time) = fit.plan.out_of_time.filter(|_| !fit.later.is_empty()) {
        let title = format!(
            "Figures of {} to {}, predicted from those up to {}.",
            time.fitted_to + 1,
            time.predicted_to,
            time.fitted_to
        );
        tests.push((title, &fit.later));
    }
    tests
}

/// Parts and files of the page of evidence.
///
/// # Errors
/// If a plot cannot be drawn.
pub fn page(path: &Path, fits: &[CalibrationFit]) -> Result<CalibrationPage, CommandError> {
    let folder = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (mut calibration, mut refits) = (String::new(), String::new());
    let (mut sensitivity, mut files) = (String::new(), Vec::new());
    for fit in fits {
        calibration += &format!("{}\n\n{}\n", outline(fit), markdown(&PARAMETERS, parameter_rows(fit)));
        calibration +=
            &format!("{}\n{}\n\n", markdown(&FIGURES, figure_rows(fit, |figure| &figure.what)), members(fit));
        for (title, predictions) in tests(fit) {
            let rows = markdown(&PREDICTIONS, prediction_rows(predictions, |figure| &figure.what));
            refits += &format!("**{}.** {title} {}\n\n{rows}\n", fit.plan.name, held(predictions));
        }
        refits += &format!("**{}.** Wrong figures. {}\n\n", fit.plan.name, control(fit));
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
    Ok((vec![("calibration", calibration), ("refits", refits), ("sensitivity", sensitivity)], files))
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
