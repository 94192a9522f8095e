//! Tables of a comparison.

use super::comparison::Comparison;
use super::places;
use sim_core::base::Unit;
use sim_core::base::unit::unit;
use sim_core::metrics::table::{Column, Table, TableError};
use sim_experiments::comparison::{
    Difference, RunObservation, VILLAGE_OUTCOMES, members, village_differences,
};
use sim_experiments::uncertainty::{Holding, Uncertainty};

type Made = Result<Table, TableError>;

/// All tables; that of villages only if they were looked at.
///
/// # Errors
/// None in practice: their columns are fixed.
pub fn all(comparison: &Comparison, map: usize) -> Result<Vec<Table>, TableError> {
    let made = [
        differences(comparison),
        changes(comparison),
        runs(comparison),
        months(comparison),
        counties(comparison, map),
    ];
    made.into_iter().chain(villages(comparison)).collect()
}

fn differences(comparison: &Comparison) -> Made {
    let all: Vec<_> = (0..comparison.outcomes.len()).map(|at| comparison.difference(0, 1, at)).collect();
    let plain = |name: &str, unit: Unit, definition: &str, of: &dyn Fn(&Difference) -> f64| {
        Column::real(name, unit, definition, all.iter().map(of).collect::<Vec<f64>>()).may_miss()
    };
    let real = |name: &str, definition: &str, of: &dyn Fn(&Difference) -> f64| {
        plain(name, unit!(SeeUnit), definition, of)
    };
    let mut columns = vec![
        Column::text(
            "outcome",
            "The outcome.",
            comparison.outcomes.iter().map(|outcome| outcome.name.as_str()),
        ),
        Column::text(
            "unit",
            "Its unit.",
            comparison.outcomes.iter().map(|outcome| outcome.unit().to_string()),
        ),
        Column::text(
            "definition",
            "What it is.",
            comparison.outcomes.iter().map(sim_experiments::experiment::KeptOutcome::definition),
        ),
        real("first", "Mean of the first scenario. Missing without a value.", &|one| one.first),
        real("second", "Mean of the second. Missing without a value.", &|one| one.second),
        real("change", "Second less first, seed by seed. Missing without a value.", &|one| one.change),
        real(
            "margin",
            "Half the width of the change's 95 % interval. Missing for fewer than 8 pairs, \
                 or members of an ensemble.",
            &|one| one.margin,
        ),
        Column::integer(
            "pairs",
            unit!(Pairs),
            "Pairs of runs in which both have a value; the others are left out.",
            all.iter().map(|one| one.pairs as i64),
        ),
        plain(
            "correlation",
            unit!(Pure),
            "Of the two over seeds, or over members' means. Missing if one does not vary.",
            &|one| one.correlation,
        ),
        plain(
            "saved",
            unit!(Times),
            "How many times more runs with independent random numbers. Missing if nothing varies.",
            &|one| one.saved,
        ),
        Column::text(
            "since",
            "Month from which on the change is sure; empty if it is not.",
            all.iter().map(|one| one.since.map_or_else(String::new, |month| month.to_string())),
        ),
    ];
    columns.extend(over_members(comparison));
    Table::new("differences", "One row an outcome: what the second scenario changes.", columns)
}

/// What is unknown of each difference, and in how many members it holds; nothing without an ensemble.
fn over_members(comparison: &Comparison) -> Vec<Column> {
    if comparison.pairing.members() == 0 {
        return Vec::new();
    }
    let found: Vec<(Uncertainty, Holding)> =
        (0..comparison.outcomes.len()).map(|at| comparison.over_members(at)).collect();
    let real = |name: &str, unit: Unit, definition: &str, of: &dyn Fn(&Uncertainty) -> f64| {
        Column::real(name, unit, definition, found.iter().map(|one| of(&one.0)).collect::<Vec<f64>>())
            .may_miss()
    };
    let whole = |name: &str, definition: &str, of: &dyn Fn(&Holding) -> usize| {
        Column::integer(name, Unit::NONE, definition, found.iter().map(|one| of(&one.1) as i64))
    };
    let own = unit!(SeeUnit);
    vec![
        real("margin_90", own, "Half the width of the mean change's 90 % interval.", &|one| one.margin),
        real("p05", own, "Lower end of the change's 90 % band over members and seeds.", &|one| one.low),
        real("p95", own, "Upper end of the change's 90 % band over members and seeds.", &|one| one.high),
        real("luck_sd", own, "Standard deviation of changes between seeds.", &|one| one.luck.sqrt()),
        real("unknown_sd", own, "The same between members, beyond luck.", &|one| one.unknown.sqrt()),
        real("unknown_share", unit!(Share), "Share of the variance that is unknown.", &|one| {
            one.unknown_share()
        }),
        whole("members", "Members with a value.", &|one| one.members()),
        whole("holds", "Members whose change has the sign of the mean change.", &|one| one.holds()),
        whole("more", "Members in which the second scenario has more.", &|one| one.more),
        whole("less", "Members in which it has less.", &|one| one.less),
        whole("same", "Members in which both have the same.", &|one| one.same),
    ]
}

fn runs(comparison: &Comparison) -> Made {
    let (mut outcome, mut scenario, mut seed, mut value) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut member, mut weight) = (Vec::new(), Vec::new());
    for (at, title) in comparison.outcomes.iter().enumerate() {
        for (name, seen) in comparison.names.iter().zip(&comparison.seen) {
            for (pair, seen) in seen.iter().enumerate() {
                outcome.push(title.name.clone());
                scenario.push(name.clone());
                member.push(i64::from(comparison.pairing.number(pair)));
                weight.push(comparison.pairing.member(pair).map_or(f64::NAN, |member| member.weight));
                seed.push(comparison.pairing.seed(pair).to_string());
                value.push(seen.as_ref().map_or(f64::NAN, |seen| seen.number(at)));
            }
        }
    }
    let mut columns = vec![
        Column::text("outcome", "The outcome; its unit is in differences.", outcome),
        Column::text("scenario", "The scenario.", scenario),
        Column::text("seed", "The seed.", seed),
        Column::real(
            "value",
            unit!(SeeDifferences),
            "Its value. Missing where the run failed or has none.",
            value,
        )
        .may_miss(),
    ];
    if comparison.pairing.members() > 0 {
        let number = Column::integer("member", Unit::NONE, "Number of the ensemble's member.", member);
        let share = Column::real("weight", unit!(Share), "The member's share in the whole.", weight);
        columns.splice(2..2, [number, share]);
    }
    Table::new("runs", "One row an outcome, scenario and seed.", columns)
}

fn months(comparison: &Comparison) -> Made {
    let (first, second) = comparison.pairs(0, 1);
    let members = members(&first);
    let (mut outcome, mut month, mut before, mut after) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let values = |all: &[&RunObservation], outcome: usize, at: usize| -> Vec<f64> {
        let each = all.iter();
        each.map(|one| one.months(outcome).get(at).map_or(f64::NAN, |month| month.1)).collect()
    };
    for (place, title) in comparison.outcomes.iter().enumerate() {
        let months = first.first().map_or(&[][..], |one| one.months(place));
        for (at, &(when, _)) in months.iter().enumerate() {
            outcome.push(title.name.clone());
            month.push(when);
            // Over the same seeds on both sides: a month that one of a pair lacks is left out of both.
            let (a, b) = (values(&first, place, at), values(&second, place, at));
            let found = Difference::of_pairs(&a, &b, &members);
            before.push(found.first);
            after.push(found.second);
        }
    }
    Table::new(
        "months",
        "One row an outcome and month: means over the seeds in which both have a value.",
        vec![
            Column::text("outcome", "The outcome; its unit is in differences.", outcome),
            Column::months("month", "The month.", month),
            Column::real(
                "first",
                unit!(SeeDifferences),
                "Mean of the first scenario. Missing without a value.",
                before,
            )
            .may_miss(),
            Column::real(
                "second",
                unit!(SeeDifferences),
                "Mean of the second. Missing without a value.",
                after,
            )
            .may_miss(),
        ],
    )
}

fn counties(comparison: &Comparison, map: usize) -> Made {
    let found = places::counties(comparison, map);
    let real = |name: &str, definition: &str, of: &dyn Fn(&places::CountyDifference) -> f64| {
        let unit = comparison.outcomes[map].unit();
        Column::real(name, unit, definition, found.iter().map(of).collect::<Vec<f64>>()).may_miss()
    };
    Table::new(
        "counties",
        format!("One row a county: what the second scenario changes in {}.", comparison.outcomes[map].name),
        vec![
            Column::text("county", "6-digit code.", found.iter().map(|one| one.code.as_str())),
            Column::text(
                "county_name_en",
                "Name in Latin letters.",
                found.iter().map(|one| one.name.as_str()),
            ),
            Column::text(
                "province_name_en",
                "Name of its province in Latin letters.",
                found.iter().map(|one| one.province.as_str()),
            ),
            real("first", "Mean of the first scenario. Missing without a value.", &|one| {
                one.difference.first
            }),
            real("second", "Mean of the second. Missing without a value.", &|one| one.difference.second),
            real("change", "Second less first. Missing without a value.", &|one| one.difference.change),
            real(
                "margin",
                "Half the width of the change's 95 % interval. Missing for fewer than 8 pairs, \
                 or members of an ensemble.",
                &|one| one.difference.margin,
            ),
        ],
    )
}

fn changes(comparison: &Comparison) -> Made {
    let all = &comparison.changes;
    Table::new(
        "changes",
        "One row a field that the two scenarios set differently.",
        vec![
            Column::text("field", "Its path.", all.iter().map(|one| one.path.as_str())),
            Column::text(
                "first",
                "The first scenario's value, as a scenario file has it.",
                all.iter().map(|one| one.first.as_str()),
            ),
            Column::text("second", "The second's.", all.iter().map(|one| one.second.as_str())),
        ],
    )
}

/// What changed in every village, one row a village and outcome; nothing if villages were too many to be
/// looked at.
fn villages(comparison: &Comparison) -> Option<Made> {
    let (first, second) = comparison.pairs(0, 1);
    let found = village_differences(&first, &second);
    if found.is_empty() {
        return None;
    }
    let rows = || {
        let each = found.iter();
        each.flat_map(|village| village.differences.iter().enumerate().map(move |one| (village, one)))
    };
    let real = |name: &str, definition: &str, of: &dyn Fn(&Difference) -> f64| {
        let values: Vec<f64> = rows().map(|(_, (_, one))| of(one)).collect();
        Column::real(name, unit!(SeeUnit), definition, values).may_miss()
    };
    let outcome = |part: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        rows().map(move |(_, (at, _))| VILLAGE_OUTCOMES.get(at).map_or("", part))
    };
    Some(Table::new(
        "villages",
        "One row a village and outcome: what the second scenario changes at the end of the runs.",
        vec![
            Column::text("county", "6-digit code.", rows().map(|(village, _)| village.name.0.to_string())),
            Column::integer(
                "village",
                Unit::NONE,
                "Number in the county's full list.",
                rows().map(|(village, _)| i64::from(village.name.1)),
            ),
            Column::real(
                "longitude",
                unit!(DegreesEast),
                "Position, synthetic.",
                rows().map(|(village, _)| f64::from(village.position.0)),
            ),
            Column::real(
                "latitude",
                unit!(DegreesNorth),
                "Position, synthetic.",
                rows().map(|(village, _)| f64::from(village.position.1)),
            ),
            Column::text("outcome", "What is compared.", outcome(|one| one.0)),
            Column::text("unit", "Its unit.", outcome(|one| one.1)),
            Column::text("definition", "What it is.", outcome(|one| one.2)),
            real("first", "Mean of the first scenario.", &|one| one.first),
            real("second", "Mean of the second.", &|one| one.second),
            real("change", "Second less first.", &|one| one.change),
            real(
                "margin",
                "Half the width of the change's 95 % interval. Missing for fewer than 8 pairs, \
                 or members of an ensemble.",
                &|one| one.margin,
            ),
        ],
    ))
}
