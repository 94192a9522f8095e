//! What is unknown of a scenario's outcomes, told from luck, of the runs of an ensemble.

use super::outcome::SweptOutcome;
use crate::report::members::{HEADINGS, TwoBands, legend, mean};
use crate::report::shell::table;
use crate::report::unit::{capitalised, words};
use crate::text::number::{compact, of};
use maud::{Markup, html};
use sim_core::metrics::table::Table;
use sim_experiments::uncertainty::{MemberRuns, Uncertainty};
use std::collections::BTreeMap;

/// The section; nothing without an ensemble or if there are points to be told apart, too.
pub fn section(runs: &Table, outcomes: &[SweptOutcome<'_>], points: u64, replicates: u64) -> Option<Markup> {
    let (numbers, weights) = (runs.integers("run")?, runs.reals("weight")?);
    if points != 1 {
        return None;
    }
    let seeds = i64::try_from(replicates.max(1)).ok()?;
    let member = |at: usize| numbers.get(at).map(|number| number / seeds);
    let rows: Vec<Vec<Markup>> = outcomes
        .iter()
        .filter_map(|outcome| {
            let mut found: BTreeMap<i64, MemberRuns> = BTreeMap::new();
            for (at, (&value, &weight)) in outcome.values.iter().zip(weights).enumerate() {
                let own = found.entry(member(at)?);
                own.or_insert(MemberRuns { weight, values: Vec::new() }).values.push(value);
            }
            row(outcome, &found.into_values().collect::<Vec<_>>())
        })
        .collect();
    let members = numbers.iter().map(|number| number / seeds).collect::<std::collections::BTreeSet<_>>();
    let about = format!(
        "Outcomes over {} with {} each",
        of(members.len() as u64, "member", "members"),
        of(replicates, "seed", "seeds")
    );
    let header: Vec<&str> = ["outcome [unit]", "mean ± 90 %"].into_iter().chain(HEADINGS).collect();
    Some(html! {
        (table(&about, &header, 1, &rows))
        (legend("the outcome"))
        @if replicates < 2 {
            p class="definition" { "There is one seed a member: luck cannot be told from what is unknown." }
        }
    })
}

fn row(outcome: &SweptOutcome<'_>, runs: &[MemberRuns]) -> Option<Vec<Markup>> {
    let found = Uncertainty::of(runs);
    if found.values == 0 || (found.mean == 0.0 && found.low == 0.0 && found.high == 0.0) {
        return None;
    }
    let bands = TwoBands::of(found.mean, [found.low, found.high], found.unknown_share());
    let mut row = vec![
        html! {
            span title=(outcome.definition) { (capitalised(&words(outcome.name))) }
            " " span class="unit" { "[" (outcome.unit.name) "]" }
        },
        mean(found.mean, found.margin, compact),
    ];
    row.extend(bands.cells(false, compact));
    Some(row)
}
