//! What a calibration found, as rows and sentences that terminal and page share.

use super::fit::CalibrationFit;
use crate::evidence::table::{number, range};
use crate::text::number::of;
use sim_core::params::Parameters;
use sim_experiments::calibration::emulated::implausibility;
use sim_experiments::calibration::figure::FitFigure;
use sim_experiments::calibration::matching::{CUT, identified};
use sim_experiments::calibration::plan::CalibrationPlan;
use sim_experiments::calibration::refits::FigurePrediction;

/// What a figure is called: its name where there is little room, what it is on the page.
pub type FigureLabel = fn(&FitFigure) -> &str;

/// Columns of the table of parameters.
pub const PARAMETERS: [&str; 6] =
    ["Parameter", "range", "not ruled out: 5 %, 50 %, 95 %", "default", "best member", "evidence"];
/// Columns of the table of figures.
pub const FIGURES: [&str; 5] = ["Figure", "accepted", "best member", "distance", "emulator explains"];
/// Columns of the tables of predictions.
pub const PREDICTIONS: [&str; 5] = ["Figure", "published", "predicted by the others", "by none", "holds"];

/// In sentences: how much was simulated, how much remains, which figures rule nothing out.
pub fn outline(fit: &CalibrationFit) -> String {
    let plan = fit.plan;
    let runs: Vec<String> = plan
        .runs
        .iter()
        .map(|run| format!("{} of `{}`", of(u64::from(run.seeds), "seed", "seeds"), run.run))
        .collect();
    let shares: Vec<String> =
        fit.history.sets.iter().map(|set| format!("{} %", number(100.0 * set.share))).collect();
    let mut text = format!(
        "Calibration `{}`: {} in {} ({} each). Of the ranges' volume, {} were not ruled out (each number \
         after a wave).",
        plan.name,
        of(fit.history.simulated.points.len() as u64, "point", "points"),
        of(fit.history.sets.len() as u64, "wave", "waves"),
        runs.join(" and "),
        shares.join(", then ")
    );
    let ruling = fit.history.ruling();
    let default = implausibility(&ruling, &defaults(plan));
    text += &format!(" The defaults have an implausibility of {default:.1} ({CUT:.0} is the limit).");
    if fit.history.set().is_none_or(|set| set.points.is_empty()) {
        text += " No point agrees with all figures: the model, the ranges or a tolerance is wrong.";
    }
    let unused: Vec<&str> = fit
        .figures
        .iter()
        .filter(|figure| figure.is_fit() && !ruling.iter().any(|one| one.figure.name == figure.name))
        .map(|figure| figure.name.as_str())
        .collect();
    if !unused.is_empty() {
        text += &format!(
            " Not used to rule out, as no emulator explains enough of {}: {}.",
            if unused.len() == 1 { "it" } else { "them" },
            unused.join(", ")
        );
    }
    text
}

/// In sentences: the ensemble.
pub fn members(fit: &CalibrationFit) -> String {
    let ensemble = &fit.ensemble;
    let Some(best) = ensemble.members.first() else {
        return "No simulated point of the last wave is within three standard deviations of every figure: \
                there is no ensemble."
            .to_owned();
    };
    let worst = best.worst.as_ref().map_or_else(String::new, |worst| {
        format!(
            " The best one is farthest from {} ({:.1} standard deviations; 2 are a tolerance).",
            worst.figure, worst.distance
        )
    });
    format!(
        "Of the last wave {} {} not ruled out. The ensemble has {}, which hold {:.0} % of the weight and \
         count as {:.1} of equal weight.{worst}",
        of(ensemble.candidates as u64, "point", "points"),
        if ensemble.candidates == 1 { "is" } else { "are" },
        of(ensemble.members.len() as u64, "member", "members"),
        100.0 * ensemble.kept,
        ensemble.effective()
    )
}

/// The best point as changes of a scenario.
pub fn changes(fit: &CalibrationFit) -> String {
    let Some(best) = fit.best() else { return String::new() };
    let values = fit.plan.parameters.iter().zip(best.point);
    values.map(|(row, &share)| format!("  --set {}={}\n", row.path, row.written(share))).collect()
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

/// A row a parameter.
pub fn parameter_rows(fit: &CalibrationFit) -> Vec<[String; 6]> {
    let plan = fit.plan;
    let learnt = fit.history.set().map(|set| identified(&plan.parameters, set)).unwrap_or_default();
    let (best, defaults) = (fit.best(), defaults(plan));
    let dash = || "-".to_owned();
    let rows = plan.parameters.iter().enumerate().map(|(at, row)| {
        let known = learnt.get(at);
        [
            row.path.clone(),
            format!("{} to {}", number(row.low), number(row.high)),
            known.map_or_else(dash, |known| known.quantiles.map(number).join(", ")),
            number(row.at(defaults[at])),
            best.as_ref().map_or_else(dash, |best| number(row.at(best.point[at]))),
            known.map_or_else(dash, |known| format!("{} ({:.2})", known.word(), known.shrinkage)),
        ]
    });
    rows.collect()
}

/// A row a figure that may be fitted.
pub fn figure_rows(fit: &CalibrationFit, named: FigureLabel) -> Vec<[String; 5]> {
    let best = fit.best();
    let rows = fit.figures.iter().enumerate().filter(|(_, figure)| figure.is_fit()).map(|(at, figure)| {
        let value = best.as_ref().map_or(f64::NAN, |best| best.numbers[at]);
        let emulated = fit.history.emulated.iter().find(|one| one.figure.name == figure.name);
        let explained = emulated.map_or_else(
            || "-".to_owned(),
            |one| {
                let share = format!("{:.0} %", 100.0 * one.emulator.explained.max(0.0));
                if one.is_usable() { share } else { format!("{share}: not used") }
            },
        );
        let yardstick = &figure.yardstick;
        [
            named(figure).to_owned(),
            range((yardstick.low, yardstick.high)),
            number(value),
            format!("{:.2}", yardstick.distance(value)),
            explained,
        ]
    });
    rows.collect()
}

/// A row a prediction.
pub fn prediction_rows(predictions: &[FigurePrediction], named: FigureLabel) -> Vec<[String; 5]> {
    let row = |one: &FigurePrediction| {
        let published = match one.figure.yardstick.reference.is_nan() {
            true => range((one.figure.yardstick.low, one.figure.yardstick.high)),
            false => number(one.figure.middle()),
        };
        let holds = match (one.holds, one.is_sharper()) {
            (false, _) => "NO",
            (true, true) => "yes",
            (true, false) => "yes, widely",
        };
        [named(&one.figure).to_owned(), published, range(one.interval), range(one.unfitted), holds.to_owned()]
    };
    predictions.iter().map(row).collect()
}

/// In a sentence: how many predictions hold.
pub fn held(predictions: &[FigurePrediction]) -> String {
    let held = predictions.iter().filter(|one| one.holds).count();
    let sharper = predictions.iter().filter(|one| one.holds && one.is_sharper()).count();
    format!(
        "{held} of {} hold, {sharper} of them with an interval (90 % of what would be published) that is \
         clearly narrower than by no figure at all.",
        predictions.len()
    )
}

/// In sentences: right figures against wrong ones.
pub fn control(fit: &CalibrationFit) -> String {
    let control = &fit.control;
    let verdict = if control.is_noticed() {
        "wrong figures are noticed"
    } else {
        "WRONG FIGURES FIT NEARLY AS WELL: agreement of this fit is little evidence"
    };
    format!(
        "Each figure was given the place of another, and the fit repeated by the emulators of the first \
         wave. The published figures leave {} % of the ranges' volume, {} of wrong ones {} % in the middle; \
         {} of them as much as the published ones: {verdict}.",
        number(100.0 * control.right),
        of(control.wrong.len() as u64, "set", "sets"),
        number(100.0 * control.median()),
        control.as_much(),
    )
}
