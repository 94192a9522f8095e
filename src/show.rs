//! `countryside show`: what a scenario contains, where each value comes from, and what it will take and tell.

use crate::args::ShowArgs;
use crate::engine::{self, Simulation, Threads};
use crate::failure::Failure;
use crate::report::layout;
use crate::report::number::{bytes, of};
use crate::terminal;
use sim_core::params::{ParameterInfo, Parameters};
use sim_core::scenario::{Loaded, Scenario};
use std::fmt::Write;

/// The scenario's own fields, with their units.
const FIELDS: [(&str, &str); 13] = [
    ("start", "date"),
    ("end", "date"),
    ("seed", ""),
    ("household_sample", "share"),
    ("window_days", "days"),
    ("places.select", ""),
    ("places.villages_per_county", "villages"),
    ("places.table", "file"),
    ("report.villages", ""),
    ("report.village_interval", "months"),
    ("report.household_interval", "months"),
    ("report.followed", "agents"),
    ("limits.memory", "MiB"),
];

/// Shows a scenario.
///
/// # Errors
/// Every fault of the scenario, or if standard output fails.
pub fn show(args: &ShowArgs) -> Result<(), Failure> {
    let loaded = engine::load(&args.scenario, &args.changes.overrides())?;
    if args.resolved {
        return terminal::print(&loaded.scenario.resolved_text());
    }
    loaded
        .warnings
        .iter()
        .for_each(|warning| terminal::note(&format!("warning: {warning}")));
    let width = terminal::width();
    let parts = [
        heading(&loaded.scenario, width),
        size(&loaded.scenario)?,
        fields(&loaded, width),
        parameters(&loaded, width),
        outcomes(&loaded.scenario, width)?,
    ];
    terminal::print(&terminal::harmless(&parts.join("\n")))
}

fn heading(scenario: &Scenario, width: u16) -> String {
    let text = format!("{}: {}", scenario.name, scenario.question);
    format!("{}\n", layout::wrapped(&text, usize::from(width)))
}

fn size(scenario: &Scenario) -> Result<String, Failure> {
    let estimate = Simulation::estimate(scenario).map_err(Failure::input)?;
    Ok(format!(
        "Size: {}, {}, {} ({}); about {} of memory, of {} allowed.\n",
        of(estimate.counties, "county", "counties"),
        of(estimate.villages, "village", "villages"),
        of(estimate.households, "household", "households"),
        of(estimate.records, "record kept", "records kept"),
        bytes(estimate.bytes),
        bytes(u64::from(scenario.limits.memory) << 20),
    ))
}

fn fields(loaded: &Loaded, width: u16) -> String {
    let mut table = layout::table(width, &["Field", "value", "unit", "written in"]);
    for (path, unit) in FIELDS {
        let value = loaded.scenario.get(path).unwrap_or_default();
        table.add_row([path, &value, unit, &origin(loaded, path)]);
    }
    layout::text(&table, "")
}

/// Parameters written somewhere come first: they are what makes this scenario.
fn parameters(loaded: &Loaded, width: u16) -> String {
    let (written, defaults): (Vec<_>, Vec<_>) = Parameters::catalogue().into_iter().partition(|row| {
        loaded
            .scenario
            .get(&row.path())
            .is_some_and(|value| value != row.default)
    });
    let mut text = String::new();
    if !written.is_empty() {
        let mut table = layout::table(
            width,
            &["Changed parameter", "value", "unit", "default", "written in"],
        );
        for row in &written {
            table.add_row([
                row.path(),
                value(loaded, row),
                row.unit.into(),
                layout::shortened(&row.default),
                origin(loaded, &row.path()),
            ]);
        }
        let _ = writeln!(text, "{}", layout::text(&table, ""));
    }
    let mut table = layout::table(width, &["Parameter at its default", "value", "unit", "source"]);
    for row in &defaults {
        table.add_row([row.path(), value(loaded, row), row.unit.into(), row.source.into()]);
    }
    text + &layout::text(&table, "")
}

fn value(loaded: &Loaded, row: &ParameterInfo) -> String {
    layout::shortened(&loaded.scenario.get(&row.path()).unwrap_or_default())
}

fn origin(loaded: &Loaded, path: &str) -> String {
    match loaded.origins.of(path) {
        None => "default".to_owned(),
        Some(origin) if origin.file == "--set" => "command line".to_owned(),
        Some(origin) => format!("{}:{}", origin.file, origin.line),
    }
}

/// What a run will report: asked of a run of one village a county that has not begun.
fn outcomes(scenario: &Scenario, width: u16) -> Result<String, Failure> {
    let mut small = scenario.clone();
    small.places.villages_per_county = Some(1);
    let outcome = Simulation::build(&small, Threads::Sequential)
        .map_err(Failure::input)?
        .outcome();
    let mut table = layout::table(width, &["Outcome reported", "unit", "what it is"]);
    for headline in &outcome.headline {
        table.add_row([&headline.name, &headline.unit, &headline.definition]);
    }
    for rows in &outcome.tables {
        table.add_row([&format!("table {}", rows.name), "", &rows.description]);
    }
    Ok(layout::text(&table, ""))
}
