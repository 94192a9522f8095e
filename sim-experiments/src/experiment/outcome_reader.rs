//! Reads what is kept of a run.

use super::derived::series_at;
use super::fields::OUTCOME;
use super::issue::{Counted, ExperimentExpected, ExperimentIssue, Listed};
use super::names::{self, Taken};
use super::outcome::{Kept, KeptOutcome};
use crate::series::{Formula, Level, Reading, Series};
use sim_core::base::{Currency, Date, Month};
use sim_core::params::RulePlaces;
use sim_core::scenario::Scenario;
use sim_core::scenario::reading::{
    FileErrors, Group, Kind, Node, ValueError, choice, date, list, places, real, text,
};
use sim_core::simulation::check_places;

const READINGS: [(&str, Reading); 5] = [
    ("End", Reading::End),
    ("Total", Reading::Total),
    ("Mean", Reading::Mean),
    ("Greatest", Reading::Greatest),
    ("Least", Reading::Least),
];

/// What is kept if an experiment does not say: the headline figures of a run's page.
const USUAL: [&str; 14] = [
    "centres_open",
    "stations_open",
    "station_orders",
    "self_service_orders",
    "partner_income_p50",
    "partners_left",
    "buying_share",
    "better_off_share",
    "cost_of_living_change_mean",
    "shops",
    "shop_jobs",
    "taobao_villages",
    "poverty_rate",
    "paid_by_programme",
];

/// Reads the list of outcomes.
pub(super) fn read(
    node: Option<&Node<'_>>,
    scenario: &Scenario,
    taken: &mut Taken,
    faults: &mut FileErrors<'_>,
) -> Vec<KeptOutcome> {
    let currency = scenario.places.region.currency();
    let outcomes = match node {
        Some(node) => listed(node, scenario, taken, faults),
        None => USUAL.iter().filter_map(|name| usual(name)).collect(),
    };
    outcomes.into_iter().map(|outcome| KeptOutcome { currency, ..outcome }).collect()
}

fn listed(
    node: &Node<'_>,
    scenario: &Scenario,
    taken: &mut Taken,
    faults: &mut FileErrors<'_>,
) -> Vec<KeptOutcome> {
    let nodes = match list(node, ExperimentExpected::Outcomes) {
        Ok(nodes) => nodes,
        Err(problem) => {
            faults.add("outcomes", problem);
            return Vec::new();
        }
    };
    let mut outcomes: Vec<KeptOutcome> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let path = format!("outcomes[{at}]");
        for outcome in one(&path, node, scenario, faults) {
            if let Err(problem) = taken.outcome(node, &outcome) {
                faults.add(&path, problem);
            }
            outcomes.push(outcome);
        }
    }
    if nodes.is_empty() {
        faults.add("outcomes", ValueError::of(node, ExperimentIssue::ListIsEmpty { of: Listed::Outcomes }));
    }
    outcomes
}

/// A series of the nation, read as on the page: summed if it is a flow, else its last month.
pub fn usual(name: &str) -> Option<KeptOutcome> {
    let series = Series::named(name)?;
    let reading = usual_reading(series);
    Some(KeptOutcome {
        name: name.to_owned(),
        series: name.to_owned(),
        level: Level::Nation,
        places: None,
        within: None,
        kept: Kept::Number(reading),
        currency: Currency::YUAN,
    })
}

fn one(path: &str, node: &Node<'_>, scenario: &Scenario, faults: &mut FileErrors<'_>) -> Vec<KeptOutcome> {
    if let Kind::Text(name) = &node.kind {
        return match usual(name) {
            Some(outcome) => vec![outcome],
            None => {
                faults.add(path, unknown(node, name, Level::Nation));
                Vec::new()
            }
        };
    }
    Group::of(path, node, OUTCOME, faults)
        .and_then(|reader| described(&reader, scenario, faults))
        .unwrap_or_default()
}

fn unknown(node: &Node<'_>, name: &str, level: Level) -> ValueError {
    let problem = ValueError::of(node, ExperimentIssue::NoSeries { name: name.to_owned(), level });
    problem.advise(Series::advice(name, level))
}

/// An outcome in parentheses: one for each day or quantile that it asks for.
fn described(
    reader: &Group<'_, '_>,
    scenario: &Scenario,
    faults: &mut FileErrors<'_>,
) -> Option<Vec<KeptOutcome>> {
    let level = reader.read("level", faults, |node| choice(node, &Level::ALL));
    let level = level.unwrap_or(Level::Nation);
    let own = reader.read("name", faults, names::plain);
    let read = source(reader, level, faults);
    let places = places_of(reader, level, scenario, read.as_ref(), faults)?;
    let series = read?;
    let reading = reader.read("read", faults, |node| choice(node, &READINGS));
    let days = reader.read("at", faults, |node| days(node, scenario)).unwrap_or_default();
    let quantiles = reader.read("quantiles", faults, shares).unwrap_or_default();
    let months = reader.whole("months", faults);
    let within = within(reader, scenario, faults)?;
    let fault = match () {
        () if months.is_some() && (reading.is_some() || !days.is_empty() || !quantiles.is_empty()) => {
            Some(ExperimentIssue::MonthsAlone)
        }
        () if reading.is_some() && !days.is_empty() => Some(ExperimentIssue::ReadOrAt),
        () if within.is_some() && !days.is_empty() => Some(ExperimentIssue::AtOrSpan),
        () if !quantiles.is_empty() && level == Level::Nation => Some(ExperimentIssue::QuantilesOverPlaces),
        () if reading == Some(Reading::Total) && !series.adds_up() => Some(ExperimentIssue::NoFlow),
        () if own.is_none() && series.is_formula() => Some(ExperimentIssue::FormulaName),
        () => None,
    };
    if let Some(fault) = fault {
        faults.add(&reader.path("series"), ValueError::of(reader.node(), fault));
        return None;
    }
    let usual = series.usual();
    // A formula of which nothing else is asked says itself how its series are read.
    let said = series.written(reading.is_none() && days.is_empty() && months.is_none());
    let readings: Vec<Reading> = match (reading, days.is_empty()) {
        (Some(reading), _) => vec![reading],
        (None, true) => vec![usual],
        (None, false) => days.iter().map(|&day| Reading::At(day)).collect(),
    };
    let base = own.clone().unwrap_or_else(|| format!("{}{}", said, part(reader, within)));
    let alone = own.is_some();
    let outcome = |name: String, kept: Kept| KeptOutcome {
        name,
        series: said.clone(),
        level,
        places: places.clone(),
        within,
        kept,
        currency: Currency::YUAN,
    };
    if let Some(step) = months {
        let name = if alone { base } else { levelled(&base, level) };
        return Some(vec![outcome(name, Kept::Months(step as u32))]);
    }
    if level != Level::Nation && quantiles.is_empty() {
        let name = if alone { base } else { levelled(&base, level) };
        let kept = if days.is_empty() { Kept::Places(readings[0]) } else { Kept::Days(days) };
        return Some(vec![outcome(name, kept)]);
    }
    let mut all = Vec::new();
    for &reading in &readings {
        let suffix = match reading {
            reading if reading == usual => String::new(),
            Reading::At(_) if alone && readings.len() == 1 => String::new(),
            Reading::At(day) => format!("_{}", day.month()).replace('-', "_"),
            _ if alone => String::new(),
            reading => format!("_{}", word(reading)),
        };
        if quantiles.is_empty() {
            all.push(outcome(format!("{base}{suffix}"), Kept::Number(reading)));
        }
        for &share in &quantiles {
            let percent = plain_percent(share);
            let name = format!("{}{suffix}_p{percent}", levelled(&base, level));
            all.push(outcome(name, Kept::Quantile { reading, share }));
        }
    }
    Some(all)
}

/// What an outcome is read from.
enum SourceOfOutcome {
    One(Series),
    Derived(Formula, Level),
}

impl SourceOfOutcome {
    fn is_formula(&self) -> bool {
        matches!(self, SourceOfOutcome::Derived(..))
    }

    /// Whether months add up; of a formula, of all its series.
    fn adds_up(&self) -> bool {
        self.each().iter().all(|series| series.is_flow())
    }

    fn each(&self) -> Vec<Series> {
        match self {
            SourceOfOutcome::One(series) => vec![*series],
            SourceOfOutcome::Derived(formula, level) => {
                formula.names().into_iter().filter_map(|name| series_at(name, *level)).collect()
            }
        }
    }

    fn usual(&self) -> Reading {
        match self {
            SourceOfOutcome::One(series) => usual_reading(*series),
            SourceOfOutcome::Derived(..) => Reading::End,
        }
    }

    /// The name of the series, or the formula, with the usual reading of every series in it if asked for.
    fn written(&self, with_readings: bool) -> String {
        match self {
            SourceOfOutcome::One(series) => series.name(),
            SourceOfOutcome::Derived(formula, _) if !with_readings => formula.to_string(),
            SourceOfOutcome::Derived(formula, level) => {
                let usual = |name: &str| series_at(name, *level).map_or(Reading::End, usual_reading);
                formula.reading(&usual).to_string()
            }
        }
    }
}

/// How a series is read if nothing is said: summed if it is a flow, else its last month.
fn usual_reading(series: Series) -> Reading {
    if series.is_flow() { Reading::Total } else { Reading::End }
}

/// Reads `series` or `formula`.
fn source(reader: &Group<'_, '_>, level: Level, faults: &mut FileErrors<'_>) -> Option<SourceOfOutcome> {
    if reader.has("series") == reader.has("formula") {
        let fault = ValueError::of(reader.node(), ExperimentIssue::SeriesOrFormula);
        faults.add(&reader.path("series"), fault);
        return None;
    }
    if reader.has("formula") {
        return reader.read("formula", faults, |node| formula(node, level));
    }
    reader.read("series", faults, |node| {
        let name = text(node, ExperimentExpected::Series)?;
        one_series(node, &name, level).map(SourceOfOutcome::One)
    })
}

/// The series that a name means at a level.
fn one_series(node: &Node<'_>, name: &str, level: Level) -> Result<Series, ValueError> {
    let found = series_at(name, level).ok_or_else(|| unknown(node, name, level))?;
    if found.is_national() && level != Level::Nation {
        return Err(ValueError::of(node, ExperimentIssue::NationOnly { name: name.to_owned() }));
    }
    Ok(found)
}

/// Reads a formula; every name in it that means nothing is told.
fn formula(node: &Node<'_>, level: Level) -> Result<SourceOfOutcome, ValueError> {
    let written = text(node, ExperimentExpected::Formula)?;
    let formula = Formula::read(&written).map_err(|fault| {
        // The quote stands before the text.
        let at = node.at + 1 + fault.at;
        ValueError { at, ..ValueError::of(node, ExperimentIssue::Formula { what: fault.why }) }
    })?;
    let mut faults = formula.names().into_iter().filter_map(|name| one_series(node, name, level).err());
    if let Some(first) = faults.next() {
        return Err(ValueError { also: faults.collect(), ..first });
    }
    Ok(SourceOfOutcome::Derived(formula, level))
}

/// Reads `where`: the places that an outcome is of. Nothing, and a fault, if they are wrong.
fn places_of(
    reader: &Group<'_, '_>,
    level: Level,
    scenario: &Scenario,
    source: Option<&SourceOfOutcome>,
    faults: &mut FileErrors<'_>,
) -> Option<Option<RulePlaces>> {
    let Some(node) = reader.get("where") else { return Some(None) };
    let found = reader.read("where", faults, places)?;
    let each: Vec<Series> = source.map_or_else(Vec::new, SourceOfOutcome::each);
    let mut refuse = |issue: ExperimentIssue| faults.add(&reader.path("where"), ValueError::of(node, issue));
    if level == Level::Province {
        refuse(ExperimentIssue::WhereOfProvinces);
        return None;
    }
    if let Some(series) = each.iter().find(|series| series.is_national()) {
        refuse(ExperimentIssue::NationOnly { name: series.name() });
        return None;
    }
    let names: Vec<String> = each.iter().map(|series| series.name()).collect();
    // Distributions add up over no set of counties; each of them alone has its own.
    let names: Vec<&str> = names.iter().filter(|_| level == Level::Nation).map(String::as_str).collect();
    if let Err(refused) = check_places(scenario, &found, &names) {
        for fault in refused.0 {
            let advice = fault.suggestion;
            faults.add(&reader.path("where"), ValueError::of(node, fault.message).advise(advice));
        }
        return None;
    }
    Some(Some(found))
}

/// Reads `from` and `until`: the first and the last month that count, both included. Nothing, and a fault, if
/// they are wrong.
fn within(
    reader: &Group<'_, '_>,
    scenario: &Scenario,
    faults: &mut FileErrors<'_>,
) -> Option<Option<(Month, Month)>> {
    let mut ends = [scenario.start.month(), scenario.end.month()];
    for (end, name) in ends.iter_mut().zip(["from", "until"]) {
        if reader.has(name) {
            *end = reader.read(name, faults, |node| day_within(node, scenario))?.month();
        }
    }
    let [first, last] = ends;
    if first > last {
        let issue = ExperimentIssue::NoMonthBetween { first, last };
        faults.add(&reader.path("from"), ValueError::of(reader.node(), issue));
        return None;
    }
    Some((reader.has("from") || reader.has("until")).then_some((first, last)))
}

/// The part of the run that is read, for the name of an outcome that was given none.
fn part(reader: &Group<'_, '_>, within: Option<(Month, Month)>) -> String {
    let Some((first, last)) = within else {
        return String::new();
    };
    let mut text = String::new();
    for (name, month) in [("from", first), ("until", last)] {
        if reader.has(name) {
            text += &format!("_{name}_{month}").replace('-', "_");
        }
    }
    text
}

fn word(reading: Reading) -> &'static str {
    match reading {
        Reading::End => "end",
        Reading::At(_) => "at",
        Reading::Total => "total",
        Reading::Mean => "mean",
        Reading::Greatest => "greatest",
        Reading::Least => "least",
    }
}

fn levelled(base: &str, level: Level) -> String {
    match level {
        Level::Nation => base.to_owned(),
        Level::Province | Level::County | Level::Village => format!("{base}_by_{}", level.name()),
    }
}

fn plain_percent(share: f64) -> String {
    let percent = (share * 1000.0).round() / 10.0;
    percent.to_string().replace('.', "_")
}

/// A day in a month of the run.
fn day_within(node: &Node<'_>, scenario: &Scenario) -> Result<Date, ValueError> {
    let day = date(node, 2099)?;
    if day.month() < scenario.start.month() || day.month() > scenario.end.month() {
        let (start, end) = (scenario.start, scenario.end);
        return Err(ValueError::of(node, ExperimentIssue::OutsideRun { day, start, end }));
    }
    Ok(day)
}

fn days(node: &Node<'_>, scenario: &Scenario) -> Result<Vec<Date>, ValueError> {
    let one = |node: &Node<'_>| {
        let day = date(node, 2099)?;
        if day < scenario.start || day > scenario.end {
            let (start, end) = (scenario.start, scenario.end);
            return Err(ValueError::of(node, ExperimentIssue::NotReached { day, start, end }));
        }
        Ok(day)
    };
    match &node.kind {
        Kind::List(nodes) => nodes.iter().map(one).collect(),
        _ => one(node).map(|day| vec![day]),
    }
}

fn shares(node: &Node<'_>) -> Result<Vec<f64>, ValueError> {
    let nodes = list(node, ExperimentExpected::Shares)?;
    nodes.iter().map(|node| real(node, 0.0, 1.0, Counted::OfPlaces)).collect()
}
