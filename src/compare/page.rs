//! What a comparison says, for people and for programs.

use super::comparison::Comparison;
use super::difference::{shown, value};
use super::{explain, members, places};
use crate::analyse::number;
use crate::terminal;
use crate::text::layout;
use crate::text::name::in_words;
use crate::text::number::{compact, count, figure, of};
use serde_json::{Value, json};
use sim_core::base::Unit;
use sim_core::base::unit::{Quantity, Sort};
use sim_core::metrics::ledger::Payer;
use sim_experiments::comparison::{Difference, UnitCost, unit_cost};
use sim_experiments::statistics::FEWEST;
use std::path::Path;

/// Bootstrap samples of an interval.
const RESAMPLES: usize = 1000;
/// Outcomes of which more is what money is spent for; of poor people, fewer.
const BOUGHT: [&str; 9] = [
    "stations_open",
    "station_orders",
    "buying_share",
    "households_better_off",
    "cost_of_living_saving",
    "shops",
    "shop_jobs",
    "poor_people",
    "partner_income_p50",
];
/// That of which fewer are bought.
const FEWER: &str = "poor_people";
/// Whose money.
const COSTS: [Payer; 4] = Payer::ALL;

/// The page.
pub fn text(comparison: &Comparison, map: usize, folder: Option<&Path>) -> String {
    let mut text = format!(
        "{} against {}: {}, from seed {}\n",
        comparison.names[1],
        comparison.names[0],
        comparison.pairing.text(),
        comparison.pairing.first_seed,
    );
    text += &changed(comparison);
    text += &if comparison.pairing.members() > 0 {
        members::text(comparison, &doubts(comparison))
    } else {
        differences(comparison)
    };
    text += &prices(comparison);
    text += &places::text(comparison, map);
    if comparison.seen.len() > 2 {
        text += &explain::text(comparison, map);
    }
    if let Some(folder) = folder {
        let (folder, word) = (folder.display(), crate::recipe::path(folder));
        text += &format!("\nTables in {folder}. As a page: countryside report {word} -o comparison.html\n");
    }
    text
}

fn changed(comparison: &Comparison) -> String {
    if comparison.changes.is_empty() {
        return "  They differ in nothing that changes results.\n".to_owned();
    }
    let most = 8;
    let mut text = String::new();
    for one in comparison.changes.iter().take(most) {
        text += &format!(
            "  {}: {} instead of {}\n",
            one.path,
            layout::shortened(&one.second),
            layout::shortened(&one.first)
        );
    }
    if comparison.changes.len() > most {
        text += &format!("  and {} more\n", comparison.changes.len() - most);
    }
    text
}

/// How many times more runs with independent random numbers it would have taken.
fn saved(difference: &Difference) -> String {
    match difference.saved {
        saved if saved.is_nan() || difference.margin.is_nan() => "-".to_owned(),
        saved if saved >= 1000.0 => "> 1,000 x".to_owned(),
        saved => format!("{} x", figure(saved)),
    }
}

/// What casts doubt on a comparison, in words; nothing if nothing does.
pub fn doubts(comparison: &Comparison) -> Vec<String> {
    let whole = comparison.pairs(0, 1).0.len();
    let is_ensemble = comparison.pairing.members() > 0;
    let mut doubts = if is_ensemble { members::doubts(comparison) } else { Vec::new() };
    if whole < FEWEST && !is_ensemble {
        doubts.push(format!(
            "{}: too few for an interval, which takes {FEWEST}; every change may be chance",
            of(whole as u64, "pair of runs", "pairs of runs")
        ));
    }
    let lacking: Vec<String> = (0..comparison.outcomes.len())
        .filter_map(|at| {
            let pairs = comparison.difference(0, 1, at).pairs;
            let name = in_words(&comparison.outcomes[at].name);
            (pairs < whole).then(|| format!("{name} in {} of {whole} pairs", count(pairs as u64)))
        })
        .collect();
    if !lacking.is_empty() {
        doubts
            .push(format!("not all pairs have a value, and the others are left out: {}", lacking.join(", ")));
    }
    doubts
}

fn differences(comparison: &Comparison) -> String {
    let [first, second] = &comparison.names;
    let header = ["Outcome [unit]", first, second, "change (95 %)", "since", "saved"];
    let mut table = layout::table(terminal::width(), &header);
    for (at, outcome) in comparison.outcomes.iter().enumerate() {
        let found = comparison.difference(0, 1, at);
        if found.pairs == 0 || (found.first == 0.0 && found.second == 0.0) {
            continue;
        }
        table.add_row([
            format!("{} [{}]", in_words(&outcome.name), outcome.unit()),
            compact(found.first),
            compact(found.second),
            shown(&found),
            found.since.map_or_else(String::new, |month| month.to_string()),
            saved(&found),
        ]);
    }
    layout::numbers(&mut table, 1..6);
    let doubts = doubts(comparison);
    let doubts: Vec<String> =
        doubts.iter().map(|doubt| layout::note(&format!("{doubt}."), terminal::width())).collect();
    format!(
        "\n{}{}{}\n",
        layout::text(&table, "  "),
        doubts.concat(),
        layout::wrapped(
            "Flows are summed over the run, stocks and rates are those of its last month. A change in \
             brackets may be chance. Since: the month from which on it is sure. Saved: how many times more \
             runs with independent random numbers the same certainty would have cost.",
            usize::from(terminal::width())
        )
    )
}

/// `1 % of households` for `share of households`.
fn of_one_percent(unit: Unit) -> String {
    unit.to_string().replacen(Quantity::Share.english(), "1 %", 1)
}

/// Who paid how much for a unit of an outcome.
struct Price {
    payer: Payer,
    outcome: String,
    unit: String,
    cost: UnitCost,
}

fn price_list(comparison: &Comparison) -> Vec<Price> {
    let mut prices = Vec::new();
    for payer in COSTS {
        let Some(cost) = comparison.position(payer.series()) else {
            continue;
        };
        if !comparison.difference(0, 1, cost).is_sure() {
            continue;
        }
        for name in BOUGHT {
            let Some(at) = comparison.position(name) else {
                continue;
            };
            if let Some(cost) = unit_cost(&comparison.values(cost), &comparison.values(at), RESAMPLES) {
                let unit = comparison.outcomes[at].unit();
                let is_share = unit.quantity.sort() == Sort::Share;
                let sign = if name == FEWER { -1.0 } else { 1.0 };
                let scale = if is_share { 0.01 } else { sign };
                let outcome = name.replace('_', " ");
                prices.push(Price {
                    payer,
                    outcome: if name == FEWER { format!("fewer {outcome}") } else { outcome },
                    unit: if is_share { of_one_percent(unit) } else { unit.to_string() },
                    cost: UnitCost {
                        value: cost.value * scale,
                        low: (cost.low * scale).min(cost.high * scale),
                        high: (cost.low * scale).max(cost.high * scale),
                    },
                });
            }
        }
    }
    prices
}

fn prices(comparison: &Comparison) -> String {
    let prices = price_list(comparison);
    if prices.is_empty() {
        return String::new();
    }
    let costs = format!("costs [{}]", comparison.region.currency().english());
    let mut table = layout::table(terminal::width(), &["One more", &costs, "(95 %)", "account of"]);
    for price in &prices {
        table.add_row([
            format!("{} [{}]", price.outcome, price.unit),
            compact(price.cost.value),
            format!("{} to {}", compact(price.cost.low), compact(price.cost.high)),
            price.payer.name().to_owned(),
        ]);
    }
    layout::numbers(&mut table, 1..3);
    format!(
        "\nWhat it cost, by whose account (all: programme, platform and government together): change of \
         what was spent over change of the outcome; where both fell, what was saved a unit given up\n{}",
        layout::text(&table, "  ")
    )
}

/// The document.
pub fn json(comparison: &Comparison, map: usize, version: &str) -> String {
    let outcomes: Vec<Value> = comparison
        .outcomes
        .iter()
        .enumerate()
        .map(|(at, outcome)| {
            json!({ "outcome": outcome.name, "unit": outcome.unit(),
                "difference": value(&comparison.difference(0, 1, at)) })
        })
        .collect();
    let changes: Vec<Value> = comparison
        .changes
        .iter()
        .map(|change| json!({ "path": change.path, "first": change.first, "second": change.second }))
        .collect();
    let prices: Vec<Value> = price_list(comparison)
        .iter()
        .map(|price| {
            json!({
                "payer": price.payer.series(), "outcome": price.outcome, "unit": price.unit,
                comparison.region.currency().english(): number(price.cost.value),
                "low": number(price.cost.low), "high": number(price.cost.high),
            })
        })
        .collect();
    let mut document = json!({
        "first": comparison.names[0], "second": comparison.names[1], "seeds": comparison.pairing.seeds,
            "first_seed": comparison.pairing.first_seed, "version": version,
        "changes": changes, "outcomes": outcomes, "prices": prices, "warnings": doubts(comparison),
            "map": places::value(comparison, map), "failures": comparison.failures,
    });
    if comparison.pairing.members() > 0 {
        document["members"] = comparison.pairing.members().into();
        let each = document["outcomes"].as_array_mut().into_iter().flatten().enumerate();
        each.for_each(|(at, outcome)| outcome["over_members"] = members::value(comparison, at));
    }
    if comparison.seen.len() > 2 {
        document["explanation"] = explain::json(comparison);
    }
    format!("{document:#}\n")
}
