//! Each factor alone: what an outcome changes by when one factor takes another value.

use crate::analyse::part::{
    AnalysisPart, Sweep, heading_of, missing, note_policy, number, of_each, of_policy, policies, typed,
};
use crate::terminal;
use crate::text::layout;
use crate::text::number::{change, compact, figure, of};
use serde_json::{Value, json};
use sim_experiments::analysis::by_row;
use sim_experiments::analysis::states::member;
use sim_experiments::comparison::{Difference, RunMember};
use sim_experiments::experiment::FactorSetting;
use sim_experiments::plan::RunPlan;
use sim_experiments::statistics::FEWEST;

/// An outcome's values in the runs of a point.
fn runs<'s>(sweep: &'s Sweep<'_>, outcome: usize, point: usize) -> &'s [f64] {
    let replicates = sweep.responses.replicates;
    let from = point * replicates;
    sweep.responses.by_run[outcome].get(from..from + replicates).unwrap_or_default()
}

/// The change at an end of a factor's values, with its interval over seeds where there is one; in brackets if
/// it may be chance.
fn end((found, value): &(Difference, String)) -> String {
    match () {
        () if found.change == 0.0 => format!("0 at {value}"),
        () if found.margin.is_nan() => format!("{} at {value}", change(found.change)),
        () if found.is_constant() => format!("{} in every pair at {value}", change(found.change)),
        () if found.is_sure() => format!("{} ± {} at {value}", change(found.change), compact(found.margin)),
        () => format!("({} ± {}) at {value}", change(found.change), compact(found.margin)),
    }
}

/// How sure changes are with so many replicates a point, or so many members, as a note and as warnings.
fn how_sure(sweep: &Sweep<'_>) -> (String, Vec<String>) {
    let members = sweep.responses.weights.len();
    let (sample, which) = match members {
        0 => (sweep.responses.replicates, of(sweep.responses.replicates as u64, "replicate", "replicates")),
        members => (members, of(members as u64, "member", "members")),
    };
    if sample >= FEWEST {
        let by = if members == 0 { "paired by seed" } else { "paired by member and seed" };
        let over = if members == 0 { "" } else { " over members" };
        let note = format!(
            "  Changes are {by}, each with its interval of 95 %{over}; one in brackets may be chance.\n"
        );
        return (note, Vec::new());
    }
    let doubt = format!(
        "{which} a point: too few for an interval, which takes {FEWEST}; small changes may be chance"
    );
    (layout::note(&format!("warning: {doubt}."), terminal::width()), vec![format!("{doubt}.")])
}

/// The member of each run at a point; none without an ensemble.
fn members_of_point(plan: &RunPlan) -> Vec<Option<RunMember>> {
    (0..plan.experiment().runs_at_point()).map(|run| member(plan, &plan.run(run))).collect()
}

/// The change that each factor alone makes to each outcome.
pub fn part(sweep: &Sweep<'_>) -> AnalysisPart {
    let mut values = Vec::new();
    let members = members_of_point(&sweep.folder.plan);
    let mut text = of_each(sweep, |at, policy| of_outcome(sweep, at, policy, &members, &mut values));
    let (note, warnings) = how_sure(sweep);
    text += &note;
    AnalysisPart { name: "one_at_a_time", text, value: Value::Array(values), warnings }
}

/// The changes of an outcome with a policy, as a table.
fn of_outcome(
    sweep: &Sweep<'_>,
    at: usize,
    policy: usize,
    members: &[Option<RunMember>],
    values: &mut Vec<Value>,
) -> String {
    let plan = &sweep.folder.plan;
    let points = sweep.responses.by_point(at);
    let own = of_policy(sweep, policy, &points);
    let base = by_row(plan, policy, &points).first().copied().unwrap_or(f64::NAN);
    let mut text = heading_of("Each factor alone", sweep, at, policy);
    text += &format!("  The scenario itself gives {}.\n", figure(base));
    let mut rows: Vec<(f64, String, String, String)> = Vec::new();
    for (place, factor) in plan.experiment().varied().iter().enumerate() {
        let mut ends = changes(sweep, at, (policy, place), members, values);
        ends.sort_by(|a, b| a.0.change.total_cmp(&b.0.change));
        if let (Some(low), Some(high)) = (ends.first(), ends.last()) {
            let swing = high.0.change - low.0.change;
            rows.push((swing, factor.name.clone(), end(low), end(high)));
        }
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut table = layout::table(terminal::width(), &["factor", "swing", "least", "greatest"]);
    for (swing, name, low, high) in rows {
        table.add_row([name, compact(swing), low, high]);
    }
    layout::numbers(&mut table, 1..4);
    text + &layout::text(&table, "  ") + &missing(&own)
}

/// The change that each value of the factor at a place makes, with a policy.
fn changes(
    sweep: &Sweep<'_>,
    at: usize,
    (policy, place): (usize, usize),
    members: &[Option<RunMember>],
    values: &mut Vec<Value>,
) -> Vec<(Difference, String)> {
    let plan = &sweep.folder.plan;
    let factor = &plan.experiment().factors[place];
    let by_point = sweep.responses.by_point(at);
    let worlds: Vec<usize> = plan.policies().points_by_world(policy).collect();
    let Some(&base) = worlds.first() else { return Vec::new() };
    let mut ends = Vec::new();
    // World by world: a value that is the scenario's own shares its point.
    for (world, &point) in worlds.iter().enumerate().skip(1) {
        let setting = plan.of_row(world * policies(sweep).len() + policy).swap_remove(place);
        let value = by_point.get(point).copied().unwrap_or(f64::NAN);
        if setting == FactorSetting::Unchanged || value.is_nan() {
            continue;
        }
        let value_of = plan.value(factor, &setting);
        let found = Difference::of_pairs(runs(sweep, at, base), runs(sweep, at, point), members);
        let mut told = json!({
            "outcome": sweep.responses.outcomes[at].name, "factor": factor.name,
                "value": typed(&value_of),
            "result": number(value), "change": number(found.change),
                "margin": number(found.margin), "pairs": found.pairs,
            "sure": found.is_sure(),
        });
        note_policy(sweep, policy, &mut told);
        values.push(told);
        if found.pairs > 0 {
            ends.push((found, value_of.to_string()));
        }
    }
    ends
}
