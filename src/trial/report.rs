//! A trial's findings as tables, as economists print them.

use crate::text::layout;
use crate::text::number::{figure, of};
use sim_core::scenario::Scenario;
use sim_experiments::econometrics::{Estimate, RegressionError};
use sim_experiments::statistics::FEWEST;
use sim_experiments::trial::{
    Analysis, ArmCount, Effect, GROUPS, OUTCOMES, Recurrence, Replications, TrialOutcome, outcome,
};

/// Outcomes by group, in the order of columns.
const BY_GROUP: [&str; 4] = ["cost_of_living", "online_share", "station_share", "station_use"];

/// The findings: of the first seed in full, and how often they return with others.
pub fn text(scenario: &Scenario, replications: &Replications, width: u16) -> String {
    let Some((seed, analysis)) = replications.trials.first() else {
        return "No trial was run.\n".to_owned();
    };
    let mut parts = vec![
        heading(scenario, *seed, analysis),
        balance(analysis, width),
        effects(analysis, width),
        groups(analysis, width),
        designs(analysis, width),
    ];
    if replications.trials.len() > 1 {
        parts.push(recurrences(replications, width));
        parts.push(recurring_groups(replications, width));
    }
    parts.push(warnings(analysis, width));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn percent(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    format!("{:.0} %", 100.0 * f64::from(part) / f64::from(whole))
}

fn heading(scenario: &Scenario, seed: u64, analysis: &Analysis) -> String {
    let p = &scenario.parameters.trial;
    let (assigned, control) = (&analysis.assigned, &analysis.control);
    let lost = |arm: &ArmCount| percent(arm.households - arm.found, arm.households);
    let households = assigned.households + control.households;
    let [with, without] = analysis.fell.map(|share| format!("{:.1} %", 100.0 * share));
    format!(
        "{}: {}\n  seed {seed}; baseline {}, follow-up {}\n  {} in {}: {} assigned a station, {} held back \
         ({} of them let in late)\n  a station opened in {} of {} assigned villages ({}) and {} of {} \
         control villages ({})\n  {} at the baseline; not found again: {} of the assigned, {} of the \
         controls\n  retail cost of living at least 0.5 % lower than at the baseline: {with} of households \
         where a station opened, {without} elsewhere\n",
        scenario.name,
        scenario.question,
        p.baseline,
        p.follow_up,
        of(u64::from(assigned.villages + control.villages), "village", "villages"),
        of(u64::from(analysis.counties), "county", "counties"),
        assigned.villages,
        control.villages,
        analysis.let_in,
        assigned.opened,
        assigned.villages,
        percent(assigned.opened, assigned.villages),
        control.opened,
        control.villages,
        percent(control.opened, control.villages),
        of(u64::from(households), "household", "households"),
        lost(assigned),
        lost(control),
    )
}

/// The arms before anything opened.
fn balance(analysis: &Analysis, width: u16) -> String {
    let header = ["At the baseline", "control mean", "assigned less\ncontrol", "normalised", "p,\nadjusted"];
    let mut table = layout::table(width, &header);
    for row in &analysis.balance {
        let difference = row.difference.map_or_else(|| "-".to_owned(), |found| figure(found.coefficient));
        table.add_row([
            format!("{} [{}]", row.of.name.replace('_', " "), row.of.unit),
            figure(row.control_mean),
            difference,
            figure(row.normalised),
            adjusted(row.p),
        ]);
    }
    numbers(&mut table, header.len());
    let notes = "Of everybody surveyed, also those not found again. Normalised: the difference of means over \
                 the root of the arms' mean variance; below 0.25 counts as alike. p: of the difference with \
                 a constant for each county, clustered by village, among all traits (Holm).";
    format!("{}{}", layout::text(&table, "  "), indented(notes, width))
}

/// A p-value among others.
fn adjusted(p: Option<f64>) -> String {
    match p {
        Some(p) if p < 0.001 => "< 0.001".to_owned(),
        Some(p) => format!("{p:.3}"),
        None => "-".to_owned(),
    }
}

/// A coefficient with its stars; without them if the villages are too few to bear tests.
fn starred(estimate: &Estimate, bears_tests: bool) -> String {
    let stars = match estimate.p().filter(|_| bears_tests) {
        Some(p) if p < 0.01 => "***",
        Some(p) if p < 0.05 => "**",
        Some(p) if p < 0.1 => "*",
        _ => "",
    };
    format!("{}{stars:3}", figure(estimate.coefficient))
}

/// Its standard error, in brackets.
fn bracketed(estimate: &Estimate) -> String {
    match estimate.error {
        Some(error) => format!("({})   ", figure(error)),
        None => "(exact)   ".to_owned(),
    }
}

fn cells(estimate: &Result<Estimate, RegressionError>, bears_tests: bool) -> [String; 2] {
    match estimate {
        Ok(estimate) => [starred(estimate, bears_tests), bracketed(estimate)],
        Err(_) => ["-   ".to_owned(), String::new()],
    }
}

fn titled(outcome: &TrialOutcome) -> String {
    format!("{} [{}]", outcome.name.replace('_', " "), outcome.unit)
}

/// Name and unit, below each other.
fn two_lines(outcome: &TrialOutcome) -> String {
    format!("{}\n[{}]", outcome.name.replace('_', " "), outcome.unit)
}

fn effects(analysis: &Analysis, width: u16) -> String {
    let header = [
        "Effect at the follow-up",
        "control mean",
        "assigned   ",
        "p,\nadjusted",
        "bounds of\nassigned",
        "treated   ",
    ];
    let mut table = layout::table(width, &header);
    let first = analysis.first_stage.as_ref();
    let tests = analysis.bears_tests();
    let [coefficient, error] = cells(&first.map(|first| first.estimate).map_err(Clone::clone), tests);
    table.add_row(["station opened [share of villages]", "", &coefficient, "", "", ""]);
    table.add_row(["", "", &error, "", "", ""]);
    for effect in &analysis.effects {
        let Effect { outcome, control_mean, intended, treated, .. } = effect;
        let ([assigned, assigned_error], [treated, treated_error]) =
            (cells(intended, tests), cells(treated, tests));
        let [low, high] = effect.bounds.map_or([f64::NAN; 2], |bounds| bounds).map(figure);
        let p = adjusted(effect.adjusted.filter(|_| tests));
        table.add_row([&titled(outcome), &figure(*control_mean), &assigned, &p, &low, &treated]);
        table.add_row(["", "", &assigned_error, "", &high, &treated_error]);
    }
    layout::numbers(&mut table, 1..header.len());
    let found = analysis.assigned.found + analysis.control.found;
    let villages = analysis.assigned.villages + analysis.control.villages;
    let f = first.map_or_else(|_| "-".to_owned(), |first| figure(first.f));
    let stars = if tests {
        format!(
            "*** p < 0.01, ** p < 0.05, * p < 0.1, by Student's t with {} degrees of freedom.",
            villages.saturating_sub(1)
        )
    } else {
        "No stars: the villages are too few for tests.".to_owned()
    };
    let notes = format!(
        "Observations: {} households; clusters: {villages} villages; first-stage F: {f}. Assigned: effect \
         of assignment (intention to treat), follow-up regressed on assignment, the baseline and a constant \
         for each county. Treated: effect of a station on villages that have one because they were assigned \
         (two-stage least squares). p, adjusted: among all outcomes (Holm). Bounds: the least and the \
         greatest effect of assignment whatever those lost would have answered (Lee 2009). In brackets: \
         standard errors clustered by village; `exact`: the outcome follows from its baseline, which leaves \
         nothing to test. {stars}",
        figure(f64::from(found)),
    );
    format!("{}{}\n", layout::text(&table, "  "), indented(&notes, width))
}

fn indented(text: &str, width: u16) -> String {
    let wrapped = layout::wrapped(text, usize::from(width).saturating_sub(4));
    wrapped.lines().map(|line| format!("  {line}\n")).collect()
}

fn groups(analysis: &Analysis, width: u16) -> String {
    let names = BY_GROUP.map(|name| outcome(name).map_or_else(String::new, two_lines));
    let mut header = vec!["Treated: group less others"];
    header.extend(names.iter().map(String::as_str));
    let mut table = layout::table(width, &header);
    for group in &GROUPS {
        let found = BY_GROUP.map(|name| {
            let mut all = analysis.groups.iter();
            let cell = all.find(|cell| cell.outcome.name == name && cell.group.name == group.name);
            cell.and_then(|cell| cell.effect.clone().ok())
        });
        let share = found.iter().flatten().next().map_or(f64::NAN, |effect| effect.share);
        let differences = found.map(|effect| {
            let difference = effect.map(|e| e.difference).ok_or(RegressionError::NotIdentified);
            cells(&difference, analysis.bears_tests())
        });
        let mut rows =
            [vec![group.definition.to_owned()], vec![format!("  ({:.0} % of households)", 100.0 * share)]];
        for [coefficient, error] in differences {
            rows[0].push(coefficient);
            rows[1].push(error);
        }
        table.add_rows(rows);
    }
    numbers(&mut table, header.len());
    let notes = "How much more a station does for the group than for the others: two-stage least squares \
                 with assignment, and assignment times the group, as instruments. A larger fall of the cost \
                 of living is a lower number.";
    format!("{}{}", layout::text(&table, "  "), indented(notes, width))
}

/// Numbers to the right, in headers of two lines.
fn numbers(table: &mut comfy_table::Table, columns: usize) {
    for index in 1..columns {
        if let Some(column) = table.column_mut(index) {
            column.set_cell_alignment(comfy_table::CellAlignment::Right);
            column.set_constraint(comfy_table::ColumnConstraint::ContentWidth);
        }
    }
    if let Some(names) = table.column_mut(0) {
        names.remove_constraint();
    }
}

/// What the design could find, known before anything opened.
fn designs(analysis: &Analysis, width: u16) -> String {
    let header = ["Detectable by design", "deviation", "intraclass\ncorrelation", "effect of\nassignment"];
    let mut table = layout::table(width, &header);
    for effect in &analysis.effects {
        let Some(found) = effect.detectable else { continue };
        table.add_row([
            titled(effect.outcome),
            figure(found.design.deviation),
            format!("{:.3}", found.design.icc),
            figure(found.intended),
        ]);
    }
    numbers(&mut table, header.len());
    let notes = "The smallest effect that a two-sided test of 5 % finds with power 80 %, by answers at the \
                 baseline: deviation and intraclass correlation within counties. The baseline as a regressor \
                 finds smaller ones. Outcomes in which nobody differed before are left out.";
    format!("{}{}", layout::text(&table, "  "), indented(notes, width))
}

fn recurrences(replications: &Replications, width: u16) -> String {
    let title = format!("Over {} seeds", replications.trials.len());
    let header = [
        title.as_str(),
        "assigned,\nmean",
        "deviation",
        "mean\nerror",
        "found",
        "above\nzero",
        "treated,\nmean",
    ];
    let mut table = layout::table(width, &header);
    let mut row = |name: String, assigned: Recurrence, treated: Option<Recurrence>| {
        let count = |count: u32| format!("{count} of {}", assigned.seeds);
        table.add_row([
            name,
            figure(assigned.mean),
            figure(if (assigned.seeds as usize) < FEWEST { f64::NAN } else { assigned.deviation }),
            figure(assigned.error),
            count(assigned.found),
            count(assigned.positive),
            treated.map_or_else(String::new, |treated| figure(treated.mean)),
        ]);
    };
    row("station opened [share of villages]".to_owned(), replications.first_stage(), None);
    for outcome in &OUTCOMES {
        let treated = replications.treated(outcome.name);
        row(titled(outcome), replications.intended(outcome.name), Some(treated));
    }
    numbers(&mut table, header.len());
    let notes = format!(
        "Found: |t| of 2 or more; its share is the power of such a trial to find what the model holds. \
         Deviation: of the coefficients over seeds, which is what standard errors should be like; of fewer \
         than {FEWEST} seeds it is not told."
    );
    format!("{}{}", layout::text(&table, "  "), indented(&notes, width))
}

fn recurring_groups(replications: &Replications, width: u16) -> String {
    let names = BY_GROUP.map(|name| outcome(name).map_or_else(String::new, two_lines));
    let mut header = vec!["Treated: group less others"];
    header.extend(names.iter().map(String::as_str));
    let mut table = layout::table(width, &header);
    for group in &GROUPS {
        let cells = BY_GROUP.map(|outcome| {
            let (difference, signs) =
                (replications.difference(outcome, group.name), replications.signs(outcome, group.name));
            let (side, count) =
                if difference.mean < 0.0 { ("below", signs.smaller) } else { ("above", signs.larger) };
            format!("{}\n{side} in {count} of {}", figure(difference.mean), difference.seeds)
        });
        let mut row = vec![group.definition.to_owned()];
        row.extend(cells);
        table.add_row(row);
    }
    numbers(&mut table, header.len());
    let notes = "Mean over seeds of the difference, and in how many of them it lies on that side of zero.";
    format!("{}{}", layout::text(&table, "  "), indented(notes, width))
}

fn warnings(analysis: &Analysis, width: u16) -> String {
    analysis.warnings.iter().map(|warning| indented(&format!("warning: {warning}"), width)).collect()
}
