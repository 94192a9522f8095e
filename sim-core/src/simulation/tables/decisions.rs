//! Tables of what rules decided, and of how far targets have come.

use super::super::run::Simulation;
use super::super::targets::{self, TargetMonth};
use crate::base::Month;
use crate::base::Unit;
use crate::base::unit::unit;
use crate::metrics::table::{Column, Table, TableError};
use crate::model::{Decision, RuleUnit, RunRule};

/// Rules' decisions, if the scenario has rules.
pub(super) fn decisions(simulation: &Simulation) -> Option<Result<Table, TableError>> {
    let rules = simulation.setting().rules.rules();
    if rules.is_empty() {
        return None;
    }
    let made = &simulation.gathered().decisions;
    let known = |decision: &Decision| Some((decision.clone(), rules.get(usize::from(decision.rule))?));
    let rows: Vec<(Decision, &RunRule)> = made.iter().filter_map(known).collect();
    let text = |name: &str, definition: &str, value: &dyn Fn(&(Decision, &RunRule)) -> String| {
        Column::text(name, definition, rows.iter().map(value))
    };
    let columns = vec![
        Column::dates("date", "When.", rows.iter().map(|(decision, _)| decision.time.date())),
        Column::months("month", "The month.", rows.iter().map(|(decision, _)| Month::of(decision.time))),
        text("rule", "Name of the rule.", &|(_, rule)| rule.rule.name.clone()),
        text("decision", "Whether its levers were set, or what it had set was undone.", &|(decision, _)| {
            if decision.is_set { "set" } else { "undone" }.to_owned()
        }),
        text("place", "Code of the county or province; empty for all places of the rule.", &|row| {
            place(simulation, row)
        }),
        Column::integer(
            "counties",
            unit!(Counties),
            "Counties concerned.",
            rows.iter().map(|(decision, rule)| counties(simulation, decision, rule)),
        ),
        text("values", "Values of the condition's figures; empty for a rule without one.", &|row| {
            values(row)
        }),
        text("levers", "The levers and what they were set to.", &|(_, rule)| {
            let set = rule.rule.set.iter().map(|(path, value)| format!("{path} = {value}"));
            set.collect::<Vec<_>>().join("; ")
        }),
    ];
    let about = "What rules of the scenario decided: when, where and on what figures.";
    Some(Table::new("decision", about, columns))
}

fn unit(decision: &Decision, rule: &RunRule) -> Option<RuleUnit> {
    rule.units.get(usize::from(decision.unit?)).copied()
}

fn place(simulation: &Simulation, (decision, rule): &(Decision, &RunRule)) -> String {
    let atlas = &simulation.setting().atlas;
    match unit(decision, rule) {
        None | Some(RuleUnit::Together) => String::new(),
        Some(RuleUnit::Province(at)) => atlas.provinces[usize::from(at)].code.to_string(),
        Some(RuleUnit::County(at)) => atlas.counties[at as usize].code.to_string(),
    }
}

fn counties(simulation: &Simulation, decision: &Decision, rule: &RunRule) -> u32 {
    let all = 0..simulation.setting().atlas.counties.len();
    let concerned = all.filter(|&county| {
        let of = rule.unit_of(county);
        of.is_some() && decision.unit.is_none_or(|unit| of == Some(usize::from(unit)))
    });
    concerned.count() as u32
}

fn values((decision, rule): &(Decision, &RunRule)) -> String {
    let named = rule.figures.iter().zip(&decision.values);
    let shown = named.map(|((name, _), value)| format!("{name} = {}", shown(*value)));
    shown.collect::<Vec<_>>().join("; ")
}

/// A value with four digits or as many as it has before the point.
fn shown(value: f64) -> String {
    if value.abs() >= 1000.0 { format!("{value:.0}") } else { format!("{value:.4}") }
}

/// Progress of targets, if the scenario has any.
pub(super) fn progress(simulation: &Simulation) -> Option<Result<Table, TableError>> {
    let targets = &simulation.scenario().targets;
    if targets.is_empty() {
        return None;
    }
    let rows: Vec<TargetMonth> =
        targets.iter().flat_map(|target| targets::progress(simulation, target)).collect();
    let real = |name: &str, unit: Unit, definition: &str, value: fn(&TargetMonth) -> f64| {
        Column::real(name, unit, definition, rows.iter().map(value)).may_miss()
    };
    let columns = vec![
        Column::months("month", "The month.", rows.iter().map(|row| row.month)),
        Column::text("target", "Name of the target.", rows.iter().map(|row| &row.name)),
        Column::text("measure", "The measure or outcome.", rows.iter().map(|row| &row.measure)),
        real(
            "value",
            Unit::NONE,
            "Its value: for what is counted by month the twelve months to then, or as many as were \
             simulated at the pace of a year; in yuan where it is money. Missing where it has none.",
            |row| row.value,
        ),
        real("baseline", Unit::NONE, "Its value at the target's baseline. Missing before.", |row| {
            row.baseline
        }),
        real("goal", Unit::NONE, "What it is to come to. Missing before the baseline.", |row| row.goal),
        real(
            "progress",
            unit!(Share),
            "How much of the way from the baseline to the goal is done: 1 where it is met. Missing before \
             the baseline, and where there is no way to go.",
            |row| row.progress,
        ),
        Column::dates("by", "The day by which.", rows.iter().map(|row| row.by)),
        Column::flags("met", "Whether the goal is met in this month.", rows.iter().map(|row| row.is_met)),
    ];
    Some(Table::new("target", "How far each target of the scenario has come, month by month.", columns))
}
