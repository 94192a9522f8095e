//! The page of a comparison: what the second scenario changes, seed by seed.

mod members;
mod places;

use super::axis::Axis;
use super::chart::{Chart, Direction, Layer};
use super::folder::ResultFolder;
use super::provenance;
use super::series::{Line, MonthlyChart};
use super::shell::{Page, Section, cell, table};
use super::unit::{ShownUnit, capitalised, real_at, text_at, texts, words};
use super::words;
use crate::command_error::CommandError;
use crate::text::number::{change, compact, figure, of};
use maud::{Markup, html};
use sim_core::params::Parameters;
use std::collections::BTreeMap;

/// What is told first, as far as it changed.
const CHIEF: [&str; 14] = [
    "stations_open",
    "station_orders",
    "orders_per_open_station",
    "partner_income_p50",
    "station_delivery_p50",
    "delivered_village_share",
    "buying_share",
    "better_off_share",
    "cost_of_living_change_mean",
    "shops",
    "shop_jobs",
    "taobao_villages",
    "income_per_head",
    "poverty_rate",
];
/// Cards, charts by month and charts by seed, at most.
const MOST: usize = 9;

/// An outcome's difference, in shown units.
struct DifferenceRow {
    name: String,
    definition: String,
    unit: ShownUnit,
    first: f64,
    second: f64,
    change: f64,
    margin: f64,
    since: String,
    /// In how many members of an ensemble it holds, in words; none without an ensemble.
    holds: Option<String>,
}

impl DifferenceRow {
    /// Whether it is more than chance, as far as the interval tells; never without one.
    fn is_sure(&self) -> bool {
        self.change.abs() > self.margin
    }

    fn is_there(&self) -> bool {
        self.change.is_finite() && (self.first != 0.0 || self.second != 0.0)
    }

    fn changed(&self) -> String {
        match () {
            () if !self.margin.is_finite() => change(self.change),
            () if self.margin == 0.0 => format!("{} in every pair", change(self.change)),
            () => format!("{} ± {}", change(self.change), compact(self.margin)),
        }
    }

    /// Change and margin in per cent of the first scenario's value; nothing where that is zero.
    fn relative(&self) -> Option<(f64, f64)> {
        let base = self.first.abs();
        let margin = if self.margin.is_finite() { self.margin } else { 0.0 };
        (base > 0.0).then(|| (self.change / base * 100.0, margin / base * 100.0))
    }
}

/// The page.
///
/// # Errors
/// If a file of the folder is damaged or missing, or a chart cannot be drawn.
pub fn page(folder: &mut ResultFolder) -> Result<Page, CommandError> {
    let names = [folder.manifest_text("first"), folder.manifest_text("second")];
    let differences = differences(folder)?;
    let mut sections =
        vec![Section { id: "figures", title: "What changes", body: figures(&differences, &names) }];
    let mut add = |id, title, body: Option<Markup>| {
        if let Some(body) = body {
            sections.push(Section { id, title, body });
        }
    };
    add("members", "In how many members it holds", members::section(folder)?);
    add("scenarios", "What was changed", changes(folder, &names)?);
    add("charts", "Month by month", months(folder, &differences, &names)?);
    add("map", "On the map", places::section(folder)?);
    add("seeds", "Seed by seed", seeds(folder, &differences, &names)?);
    let details =
        [("version", "Version"), ("scenario_hash", "Digest of both scenarios"), ("seed", "First seed")];
    let about =
        "The same two scenarios, seeds and version give the same results to the last bit. In a shell:";
    add("again", "How to make it again", Some(provenance::of_folder(folder, &details, about)));
    let number = |name: &str| folder.manifest().get(name).and_then(serde_json::Value::as_u64);
    let (seeds, members) = (number("seeds").unwrap_or(0), number("members"));
    Ok(Page {
        kind: "Comparison",
        title: format!("{} against {}", names[1], names[0]),
        question: format!("What does {} change, compared with {}?", names[1], names[0]),
        facts: vec![
            match members {
                Some(members) => {
                    format!("{} x {}", of(members, "member", "members"), of(seeds, "seed", "seeds"))
                }
                None => of(seeds, "pair of runs", "pairs of runs"),
            },
            "each pair uses common random numbers, so that what differs is what the change caused".to_owned(),
        ],
        warnings: Vec::new(),
        sections,
    })
}

/// What the two scenarios set differently.
fn changes(folder: &mut ResultFolder, [first, second]: &[String; 2]) -> Result<Option<Markup>, CommandError> {
    let Some(found) = folder.table("changes", &|_| true)? else {
        return Ok(None);
    };
    let catalogue = Parameters::catalogue();
    let row = |at: usize| -> Vec<Markup> {
        let path = text_at(&found, "field", at);
        let known = catalogue.iter().find(|row| row.path() == path);
        let unit = known.map_or(sim_core::base::Unit::NONE, |row| row.unit);
        let meaning = known.map_or_else(String::new, |row| capitalised(row.description));
        let value = |name: &str| words::shown(text_at(&found, name, at), unit);
        vec![
            html! { @if !meaning.is_empty() { (meaning) br; } code { (path) } },
            value("first"),
            value("second"),
        ]
    };
    let rows: Vec<Vec<Markup>> = (0..found.rows()).map(row).collect();
    Ok(Some(html! {
        @if rows.is_empty() { p { "The two set nothing differently that changes results." } }
        @else { div class="words" { (table("What the two scenarios set differently", &["what", first, second],
            3, &rows)) } }
        p class="definition" { "Both scenarios, every value resolved, are in the folder: " code { "first.ron"
            } " and " code { "second.ron" } "." }
    }))
}

fn differences(folder: &mut ResultFolder) -> Result<Vec<DifferenceRow>, CommandError> {
    let table = folder.table("differences", &|_| true)?.ok_or_else(|| {
        CommandError::input(format!("{}: its table of differences is missing", folder.path().display()))
    })?;
    let text = |name: &str, at: usize| text_at(&table, name, at).to_owned();
    let row = |at: usize| {
        let unit = ShownUnit::named(&text("unit", at));
        let scaled = |name: &str| real_at(&table, name, at) * unit.scale;
        DifferenceRow {
            name: text("outcome", at),
            definition: text("definition", at),
            first: scaled("first"),
            second: scaled("second"),
            change: scaled("change"),
            margin: scaled("margin"),
            since: text("since", at),
            holds: members::holds(&table, at),
            unit,
        }
    };
    Ok((0..table.rows()).map(row).filter(DifferenceRow::is_there).collect())
}

/// The differences to tell of first: the chief ones that are sure, then others that are.
fn chief(differences: &[DifferenceRow]) -> Vec<&DifferenceRow> {
    let rank = |difference: &&DifferenceRow| {
        CHIEF.iter().position(|name| *name == difference.name).unwrap_or(CHIEF.len())
    };
    let mut sure: Vec<&DifferenceRow> =
        differences.iter().filter(|one| one.is_sure() && one.change != 0.0).collect();
    sure.sort_by_key(rank);
    sure.truncate(MOST);
    sure
}

fn figures(differences: &[DifferenceRow], [first, second]: &[String; 2]) -> Markup {
    let chief = chief(differences);
    let reach = differences
        .iter()
        .filter_map(DifferenceRow::relative)
        .map(|(change, margin)| change.abs() + margin)
        .filter(|reach| *reach <= 100.0)
        .fold(5.0, f64::max);
    let header = ["outcome [unit]", first, second, "change ± 95 %", "change in %", "verdict"];
    let rows: Vec<Vec<Markup>> = differences.iter().map(|one| row(one, reach)).collect();
    html! {
        @if differences.iter().all(|one| !one.margin.is_finite()) {
            p { "There are too few pairs of runs for intervals: every change may be chance. Eight or more \
                pairs have intervals." }
        } @else if chief.is_empty() {
            p { "Nothing changes beyond chance: no interval leaves out zero. More seeds would narrow the \
                intervals." }
        } @else {
            ul class="cards" { @for one in chief { (card(one, first)) } }
        }
        (table(&format!("All outcomes: means over seeds, {second} less {first}, with 95 % intervals"),
            &header, 1, &rows))
        p class="definition" {
            "Flows are summed over the run; stocks and rates are those of its last month. M: million. The \
                lines in the column of per cent reach from "
            "the lower to the upper end of the interval, on a scale from -" (figure(reach)) " to +"
                (figure(reach)) " %; the upright line is no change."
        }
    }
}

fn card(one: &DifferenceRow, first: &str) -> Markup {
    let arrow = if one.change > 0.0 { "▲" } else { "▼" };
    html! {
        li {
            div class="name" { (capitalised(&words(&one.name))) }
            div class="value" { (arrow) " " (change(one.change)) span class="unit" { (one.unit.of_change()) }
                }
            div class="change" {
                @if one.margin == 0.0 { "in every pair; " } @else if one.margin.is_finite() { "± "
                    (compact(one.margin)) "; " }
                @if let Some((relative, _)) = one.relative() { (change(relative)) " % of " (first) "'s "
                    (compact(one.first)) }
                @else { "from " (compact(one.first)) }
            }
            @if let Some(holds) = &one.holds { div class="change" { (capitalised(holds)) "." } }
            div class="definition" { (one.definition) @if !one.since.is_empty() { " Sure since " (one.since)
                "." } }
        }
    }
}

fn row(one: &DifferenceRow, reach: f64) -> Vec<Markup> {
    let verdict = match () {
        () if one.change == 0.0 && one.margin == 0.0 => "the same",
        () if !one.margin.is_finite() => "too few pairs",
        () if one.is_sure() => "sure",
        () => "may be chance",
    };
    vec![
        html! { span title=(one.definition) { (capitalised(&words(&one.name))) } " " span class="unit" { "["
        (one.unit.name) "]" } },
        cell(compact(one.first)),
        cell(compact(one.second)),
        cell(one.changed()),
        one.relative().map_or_else(|| cell("-"), |(change, margin)| interval(change, margin, reach)),
        cell(verdict),
    ]
}

/// A change with its interval as a line beside its number.
fn interval(middle: f64, margin: f64, reach: f64) -> Markup {
    let place = |value: f64| format!("{:.1}", 50.0 + (value / reach).clamp(-1.0, 1.0) * 48.0);
    html! {
        (change(middle)) " %" br;
        svg class="interval" viewBox="0 0 100 10" aria-hidden="true" {
            line class="zero" x1="50" y1="0" x2="50" y2="10" {}
            line x1=(place(middle - margin)) y1="5" x2=(place(middle + margin)) y2="5" {}
            circle cx=(place(middle)) cy="5" r="2.6" {}
        }
    }
}

fn months(
    folder: &mut ResultFolder,
    differences: &[DifferenceRow],
    names: &[String; 2],
) -> Result<Option<Markup>, CommandError> {
    let Some(table) = folder.table("months", &|_| true)? else {
        return Ok(None);
    };
    let outcomes = texts(&table, "outcome");
    let (all_months, first, second) = (
        texts(&table, "month"),
        table.reals("first").unwrap_or_default(),
        table.reals("second").unwrap_or_default(),
    );
    let mut figures = Vec::new();
    for one in chief(differences) {
        let rows: Vec<usize> = (0..outcomes.len())
            .filter(|&at| outcomes.get(at).is_some_and(|name| *name == one.name))
            .collect();
        let taken = |values: &[f64]| -> Vec<f64> {
            let value = |at: &usize| values.get(*at).map_or(f64::NAN, |value| value * one.unit.scale);
            rows.iter().map(value).collect()
        };
        let months: Vec<String> =
            rows.iter().filter_map(|&at| all_months.get(at).map(|month| (*month).to_owned())).collect();
        let line = |name: &String, values: &[f64]| Line { name: name.clone(), values: taken(values) };
        let series = MonthlyChart {
            title: capitalised(&words(&one.name)),
            unit: one.unit.name.clone(),
            definition: format!("{} Means over seeds, month by month.", monthly(&one.definition)),
            lines: vec![line(&names[1], second), line(&names[0], first)],
            bands: Vec::new(),
        };
        if months.len() > 1 && series.is_eventful() {
            figures.push(series.figure(&months)?);
        }
    }
    Ok((!figures.is_empty()).then(|| html! { div class="plots" { @for figure in &figures { (figure) } } }))
}

/// A definition without the remark on how months become one number, which those of a chart do not.
fn monthly(definition: &str) -> String {
    match definition.rsplit_once(" (") {
        Some((what, how)) if how.ends_with(").") => format!("{what}."),
        _ => definition.to_owned(),
    }
}

fn seeds(
    folder: &mut ResultFolder,
    differences: &[DifferenceRow],
    names: &[String; 2],
) -> Result<Option<Markup>, CommandError> {
    let Some(table) = folder.table("runs", &|_| true)? else {
        return Ok(None);
    };
    let values = table.reals("value").unwrap_or_default();
    let mut figures = Vec::new();
    for one in chief(differences) {
        let mut by_seed: BTreeMap<(usize, String), [f64; 2]> = BTreeMap::new();
        for (at, value) in values.iter().enumerate() {
            let scenario = text_at(&table, "scenario", at);
            // Two scenarios of one name are told apart by their order.
            let Some(side) = names.iter().position(|name| *name == scenario) else {
                continue;
            };
            if text_at(&table, "outcome", at) == one.name {
                let seed = text_at(&table, "seed", at).to_owned();
                by_seed.entry((seed.len(), seed)).or_insert([f64::NAN; 2])[side] = value * one.unit.scale;
            }
        }
        let changes: Vec<f64> = by_seed.values().map(|[first, second]| second - first).collect();
        if changes.len() > 1 && names[0] != names[1] {
            figures.push(by_seed_figure(one, &changes)?);
        }
    }
    Ok((!figures.is_empty()).then(|| {
        html! {
            p { "Each point is a pair of runs with one seed: " (names[1]) " less " (names[0])
                ". Points on one side of the dashed line of no change mean that chance does not decide." }
            div class="plots" { @for figure in &figures { (figure) } }
        }
    }))
}

fn by_seed_figure(one: &DifferenceRow, changes: &[f64]) -> Result<Markup, CommandError> {
    let last = changes.len() as f64 + 0.5;
    let step = changes.len().div_ceil(6).max(1);
    let ticks = (1..=changes.len()).step_by(step).map(|at| (at as f64, at.to_string()));
    let chart = Chart {
        about: format!(
            "Change of {} seed by seed: from {} to {} {}.",
            words(&one.name),
            change(changes.iter().copied().fold(f64::INFINITY, f64::min)),
            change(changes.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
            one.unit.of_change()
        ),
        across: Axis { low: 0.5, high: last, ticks: ticks.collect() },
        up: Axis::round(changes.iter().copied().chain([0.0])),
        layers: vec![
            Layer::Level(Direction::Across, 0.0),
            Layer::Dots(0, changes.iter().enumerate().map(|(at, &value)| (at as f64 + 1.0, value)).collect()),
        ],
        height: Some(150),
    };
    Ok(html! {
        figure class="plot" {
            figcaption { strong { (capitalised(&words(&one.name))) } " " span class="unit" { "["
                (one.unit.of_change()) "]" } }
            (chart.svg()?)
            p class="definition" { "From left to right: pairs in the order of their seeds." }
        }
    })
}
