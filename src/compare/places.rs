//! Where on the map two scenarios differ.

use super::comparison::Comparison;
use super::difference::{self, shown};
use crate::command_error::CommandError;
use crate::terminal;
use crate::text::layout;
use crate::text::number::compact;
use serde_json::{Value, json};
use sim_core::world::Geography;
use sim_experiments::comparison::{Difference, RunMember, VILLAGE_OUTCOMES, village_differences};
use sim_experiments::experiment::KeptOutcome;
use std::collections::BTreeMap;

/// Places that are listed on the page.
const LISTED: usize = 6;

/// The place of the outcome that is to be told by place.
///
/// # Errors
/// If it is unknown, or known of the nation only.
pub fn outcome(outcomes: &[KeptOutcome], name: &str) -> Result<usize, CommandError> {
    let local = |outcome: &&KeptOutcome| outcome.source().is_some_and(|series| !series.is_national());
    let found = outcomes.iter().position(|outcome| outcome.name == name && local(&outcome));
    found.ok_or_else(|| {
        let known: Vec<&str> = outcomes.iter().filter(local).map(|outcome| outcome.name.as_str()).collect();
        CommandError::input(format!("--map {name}: expected one of {}", known.join(", ")))
    })
}

/// A place and its difference.
pub struct CountyDifference {
    /// The county's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its province's name.
    pub province: String,
    /// Its difference.
    pub difference: Difference,
}

/// A county's values in pairs of runs.
#[derive(Default)]
struct CountyValues {
    first: Vec<f64>,
    second: Vec<f64>,
    members: Vec<Option<RunMember>>,
}

/// The differences of all counties that both scenarios have, in order of their codes.
pub fn counties(comparison: &Comparison, outcome: usize) -> Vec<CountyDifference> {
    let (first, second) = comparison.pairs(0, 1);
    let mut values: BTreeMap<&str, CountyValues> = BTreeMap::new();
    for (a, b) in first.iter().zip(&second) {
        let of_b: BTreeMap<&str, f64> =
            b.counties.iter().map(String::as_str).zip(b.by_county[outcome].iter().copied()).collect();
        for (code, &value) in a.counties.iter().zip(&a.by_county[outcome]) {
            if let Some(&other) = of_b.get(code.as_str()) {
                let entry = values.entry(code).or_default();
                entry.first.push(value);
                entry.second.push(other);
                entry.members.push(a.member);
            }
        }
    }
    // Its tables were read to run it.
    let geography = Geography::of_region(&comparison.region).unwrap_or_default();
    let found = values.into_iter().map(|(code, values)| {
        let county = geography.counties().iter().find(|county| county.code.to_string() == code);
        let province = county.and_then(|county| geography.provinces().get(usize::from(county.province)));
        CountyDifference {
            code: code.to_owned(),
            name: county.map_or_else(|| code.to_owned(), |county| county.name_en.clone()),
            province: province.map_or_else(String::new, |province| province.name_en.clone()),
            difference: Difference::of_pairs(&values.first, &values.second, &values.members),
        }
    });
    found.filter(|found| found.difference.pairs > 0).collect()
}

/// In how many places it rose and fell beyond chance, of those with pairs enough to tell: a place that a seed
/// left out has fewer.
fn moved<'d>(differences: impl Iterator<Item = &'d Difference>, places: &str) -> String {
    let (mut all, mut known, mut up, mut down) = (0, 0, 0, 0);
    for one in differences {
        all += 1;
        known += usize::from(!one.margin.is_nan());
        up += usize::from(one.is_sure() && one.change > 0.0);
        down += usize::from(one.is_sure() && one.change < 0.0);
    }
    match all - known {
        _ if known == 0 => format!("in {all} {places}, too few pairs to say where it surely changed"),
        0 => format!("surely rose in {up} and fell in {down} of {all} {places}"),
        few => format!(
            "surely rose in {up} and fell in {down} of {known} {places}, and {few} have too few pairs to \
             tell"
        ),
    }
}

/// The most changed villages of a single county, in words; nothing if villages were not looked at. What is
/// told is the outcome itself where villages have it, else who buys online.
fn villages_text(comparison: &Comparison, outcome: usize) -> String {
    let asked = comparison.outcomes[outcome].name.trim_end_matches("_p50");
    let at = VILLAGE_OUTCOMES.iter().position(|(name, ..)| asked.starts_with(name)).unwrap_or(0);
    let (name, unit, _) = VILLAGE_OUTCOMES[at];
    let (first, second) = comparison.pairs(0, 1);
    let mut all = village_differences(&first, &second);
    if all.is_empty() {
        return String::new();
    }
    all.sort_by(|a, b| b.differences[at].change.abs().total_cmp(&a.differences[at].change.abs()));
    let header = ["village", &comparison.names[0], &comparison.names[1], "change (95 %)"];
    let mut table = layout::table(terminal::width(), &header);
    for village in all.iter().take(LISTED) {
        let difference = &village.differences[at];
        table.add_row([
            format!("{}/{}", village.name.0, village.name.1),
            compact(difference.first),
            compact(difference.second),
            shown(difference),
        ]);
    }
    layout::numbers(&mut table, 1..4);
    format!(
        "\nWhere: {} [{unit}] {}; most in\n{}",
        name.replace('_', " "),
        moved(all.iter().map(|village| &village.differences[at]), "villages"),
        layout::text(&table, "  ")
    )
}

/// The most changed counties, in words, or the villages of a single one.
pub fn text(comparison: &Comparison, outcome: usize) -> String {
    let mut all = counties(comparison, outcome);
    if all.len() < 2 {
        return villages_text(comparison, outcome);
    }
    let name = &comparison.outcomes[outcome].name;
    all.sort_by(|a, b| b.difference.change.abs().total_cmp(&a.difference.change.abs()));
    let mut table = layout::table(
        terminal::width(),
        &["county", "province", &comparison.names[0], &comparison.names[1], "change (95 %)"],
    );
    for found in all.iter().take(LISTED) {
        let difference = &found.difference;
        table.add_row([
            format!("{} {}", found.code, found.name),
            found.province.clone(),
            compact(difference.first),
            compact(difference.second),
            shown(difference),
        ]);
    }
    layout::numbers(&mut table, 2..5);
    format!(
        "\nWhere: {} [{}] {}; most in\n{}",
        name.replace('_', " "),
        comparison.outcomes[outcome].unit(),
        moved(all.iter().map(|found| &found.difference), "counties"),
        layout::text(&table, "  ")
    )
}

/// The outcome's differences by county, in JSON.
pub fn value(comparison: &Comparison, outcome: usize) -> Value {
    let row = |found: &CountyDifference| {
        json!({ "county": found.code, "name": found.name, "province": found.province,
        "difference": difference::value(&found.difference) })
    };
    let rows: Vec<Value> = counties(comparison, outcome).iter().map(row).collect();
    json!({ "outcome": comparison.outcomes[outcome].name, "counties": rows })
}
