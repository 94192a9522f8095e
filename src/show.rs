//! `countryside show`: what a scenario contains, where each value comes from, and what it will take and tell.

use crate::args::ShowArgs;
use crate::command_error::CommandError;
use crate::cost;
use crate::engine::{self, Threads};
use crate::terminal;
use crate::text::layout;
use crate::text::number::{bytes, of};
use sim_core::params::ParameterInfo;
use sim_core::scenario::{FIELDS, FieldInfo, Loaded, Scenario, region_catalogue};

/// Shows a scenario.
///
/// # Errors
/// Every fault of the scenario, or if standard output fails.
pub fn show(args: &ShowArgs) -> Result<(), CommandError> {
    let loaded = engine::load(&args.scenario, &args.changes.overrides())?;
    if args.resolved {
        return terminal::print(&loaded.scenario.resolved_text());
    }
    if args.cost {
        return cost::cost(args, &loaded);
    }
    loaded.warnings.iter().for_each(|warning| terminal::note(&format!("warning: {warning}")));
    let width = terminal::width();
    let parts = [
        heading(&loaded.scenario, width),
        size(&loaded)?,
        fields(&loaded, width),
        parameters(&loaded, width),
        outcomes(&loaded, width)?,
    ];
    terminal::print(&terminal::harmless(&parts.join("\n")))
}

fn heading(scenario: &Scenario, width: u16) -> String {
    let text = format!("{}: {}", scenario.name, scenario.question);
    format!("{}\n", layout::wrapped(&text, usize::from(width)))
}

fn size(loaded: &Loaded) -> Result<String, CommandError> {
    let estimate = engine::estimate(loaded)?;
    Ok(format!(
        "Size: {}, {}, about {} (about {}); about {} of memory, of {} allowed.\n",
        of(estimate.counties, "county", "counties"),
        of(estimate.villages, "village", "villages"),
        of(estimate.households, "household", "households"),
        of(estimate.records, "record kept", "records kept"),
        bytes(estimate.bytes),
        bytes(u64::from(loaded.scenario.limits.memory) << 20),
    ))
}

fn fields(loaded: &Loaded, width: u16) -> String {
    let is_shown = |field: &&FieldInfo| !["name", "question"].contains(&field.path);
    let cells = |path: &str| [path.to_owned(), value(loaded, path), origin(loaded, path)];
    let entries: Vec<_> = FIELDS
        .iter()
        .filter(is_shown)
        .map(|field| (cells(field.path), field.description.to_owned()))
        .collect();
    layout::listing(&["Field", "value", "written in"], &entries, width)
}

/// Parameters that differ from their defaults come first: they are what makes this scenario.
fn parameters(loaded: &Loaded, width: u16) -> String {
    let (changed, defaults): (Vec<_>, Vec<_>) = region_catalogue(&loaded.scenario.places.region)
        .into_iter()
        .partition(|row| loaded.scenario.get(&row.path()).is_some_and(|value| value != row.default));
    let mut text = String::new();
    if !changed.is_empty() {
        let header = ["Changed parameter", "value", "unit", "default", "written in"];
        let entries: Vec<_> =
            changed.iter().map(|row| (changed_cells(loaded, row), row.description.into())).collect();
        text += &layout::listing(&header, &entries, width);
        text.push('\n');
    }
    let cells = |row: &ParameterInfo| [row.path(), value(loaded, &row.path()), row.unit.to_string()];
    let entries: Vec<_> = defaults.iter().map(|row| (cells(row), row.source.to_owned())).collect();
    text + &layout::listing(&["Parameter at its default, source below", "value", "unit"], &entries, width)
}

fn changed_cells(loaded: &Loaded, row: &ParameterInfo) -> [String; 5] {
    let path = row.path();
    let (value, default) = (value(loaded, &path), layout::shortened(&row.default));
    [path.clone(), value, row.unit.to_string(), default, origin(loaded, &path)]
}

fn value(loaded: &Loaded, path: &str) -> String {
    layout::shortened(&loaded.scenario.get(path).unwrap_or_default())
}

fn origin(loaded: &Loaded, path: &str) -> String {
    match loaded.origins.of(path) {
        None => "default".to_owned(),
        Some(origin) if origin.file == "--set" => "command line".to_owned(),
        Some(origin) => format!("{}:{}", origin.file, origin.line),
    }
}

/// What a run will report: asked of a run of one village a county that has not begun.
fn outcomes(loaded: &Loaded, width: u16) -> Result<String, CommandError> {
    let mut small = loaded.clone();
    small.scenario.places.villages_per_county = Some(1);
    let outcome = engine::build(&small, Threads::Sequential)?.outcome();
    let headline = outcome.headline.iter();
    let entries: Vec<_> = headline
        .map(|figure| ([figure.name.to_owned(), figure.unit.to_string()], figure.definition.to_owned()))
        .collect();
    let text = layout::listing(&["Outcome reported by month", "unit"], &entries, width);
    let tables = outcome.tables.iter();
    let entries: Vec<_> = tables
        .map(|table| ([table.name.clone(), table.columns.len().to_string()], table.description.clone()))
        .collect();
    Ok(format!("{text}\n{}", layout::listing(&["Table in the folder", "columns"], &entries, width)))
}
