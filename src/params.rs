//! `countryside params`: what can be set, in which unit and range, to what by default, and from where.

use crate::args::ParamsArgs;
use crate::command_error::CommandError;
use crate::terminal;
use crate::text::layout;
use crate::text::number::of;
use serde::Serialize;
use sim_core::base::Time;
use sim_core::params::{ParameterInfo, Parameters, Role};
use sim_core::scenario::{FIELDS, FieldInfo, Scenario};
use sim_experiments::evidence::fitted::FittedParameters;
use sim_experiments::evidence::targets::Targets;

const HEADER: [&str; 4] = ["Path", "default", "unit", "range"];

/// What can be set, as listed.
#[derive(Serialize)]
struct ParameterRow {
    path: String,
    group: String,
    unit: String,
    /// Lever, behaviour or structure.
    role: String,
    kind: String,
    range: String,
    default: String,
    description: String,
    source: String,
}

/// Lists what can be set.
///
/// # Errors
/// If nothing matches the filter, or standard output fails.
pub fn params(args: &ParamsArgs) -> Result<(), CommandError> {
    let mut rows = rows();
    rows.retain(|row| row.matches(args.filter.as_deref()));
    if rows.is_empty() {
        return Err(nothing(args.filter.as_deref().unwrap_or_default()));
    }
    terminal::print(&if args.json {
        json(&rows)?
    } else if args.markdown {
        markdown(&rows)
    } else {
        listing(&rows, terminal::width())
    })
}

/// The scenario's own fields, then the model's parameters.
fn rows() -> Vec<ParameterRow> {
    let fitted = Targets::embedded().and_then(|targets| FittedParameters::embedded(&targets)).ok();
    let parameters = Parameters::catalogue().into_iter().map(ParameterRow::of_parameter);
    let parameters = parameters.map(|mut row| {
        if let Some(fitted) = fitted.as_ref().and_then(|list| list.of(&row.path)) {
            row.source += &format!("; changed with these figures in view: {}", fitted.figures.join(", "));
        }
        row
    });
    FIELDS.iter().map(ParameterRow::of_field).chain(parameters).collect()
}

impl ParameterRow {
    fn of_field(field: &FieldInfo) -> ParameterRow {
        ParameterRow {
            path: field.path.to_owned(),
            group: "scenario".to_owned(),
            unit: field.unit.to_string(),
            role: Role::Lever.name().to_owned(),
            kind: field.kind.to_string(),
            range: field.range.map_or_else(|| "any".to_owned(), shown_range),
            default: field_default(field.path),
            description: field.description.to_owned(),
            source: format!("the scenario's own; {}", field.kind),
        }
    }

    fn of_parameter(info: ParameterInfo) -> ParameterRow {
        ParameterRow {
            path: info.path(),
            group: info.group.to_owned(),
            unit: info.unit.to_string(),
            role: info.role.name().to_owned(),
            kind: info.kind.to_string(),
            range: info.range.to_string(),
            default: info.default,
            description: info.description.to_owned(),
            source: info.source.to_owned(),
        }
    }

    fn matches(&self, filter: Option<&str>) -> bool {
        let Some(filter) = filter else { return true };
        let text = [&self.path, &self.description, &self.unit, &self.role, &self.source];
        let text = text.map(String::as_str).join(" ");
        text.to_lowercase().contains(&filter.to_lowercase())
    }

    fn about(&self) -> String {
        format!("{} ({}; {})", self.description, self.role, self.source)
    }
}

fn shown_range((low, high): (f64, f64)) -> String {
    if high >= u64::MAX as f64 { format!("{low} or more") } else { format!("{low} to {high}") }
}

/// The default of one of the scenario's own fields; name, question and days have none.
fn field_default(path: &str) -> String {
    if ["name", "question", "start", "end"].contains(&path) {
        return String::new();
    }
    let epoch = Time::START.date();
    Scenario::new("", epoch, epoch).get(path).unwrap_or_default()
}

fn nothing(filter: &str) -> CommandError {
    let groups = Parameters::groups().join(", ");
    CommandError::input(format!("no parameter mentions `{filter}`\n  help: the groups are {groups}"))
}

fn listing(rows: &[ParameterRow], width: u16) -> String {
    let mut text = String::new();
    for group in rows.chunk_by(|one, other| one.group == other.group) {
        let cells = |row: &ParameterRow| {
            [row.path.clone(), layout::shortened(&row.default), row.unit.clone(), row.range.clone()]
        };
        let entries: Vec<_> = group.iter().map(|row| (cells(row), row.about())).collect();
        text += &layout::listing(&HEADER, &entries, width);
        text.push('\n');
    }
    let count = of(rows.len() as u64, "parameter", "parameters");
    text + &format!("{count}; set one with --set PATH=VALUE or in a scenario file.\n")
}

fn markdown(rows: &[ParameterRow]) -> String {
    let mut text = String::from(
        "| path | role | unit | range | default | what it is | source |\n|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let code = |text: &str| {
            if text.is_empty() { String::new() } else { format!("`{text}`") }
        };
        let [path, default] = [code(&row.path), code(&row.default)];
        let cells = [&path, &row.role, &row.unit, &row.range, &default, &row.description, &row.source];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

fn json(rows: &[ParameterRow]) -> Result<String, CommandError> {
    let text = serde_json::to_string_pretty(rows).map_err(CommandError::run)?;
    Ok(format!("{text}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_finds_by_path_description_unit_and_source_in_any_case() {
        let rows = rows();
        let found = |filter: &str| rows.iter().filter(|row| row.matches(Some(filter))).count();
        assert_eq!(found("household.elasticity"), 1);
        assert!(found("ELASTICITY") >= 1);
        assert!(found("figures in view") > 50 && found("poverty_2013") == 2);
        assert_eq!(found("no such thing anywhere"), 0);
        assert_eq!(rows.iter().filter(|row| row.matches(None)).count(), rows.len());
    }

    #[test]
    fn markdown_has_a_row_for_each_with_seven_cells() {
        let rows = rows();
        let text = markdown(&rows);
        assert_eq!(text.lines().count(), rows.len() + 2);
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(text.lines().all(|line| bars(line) == 8));
    }
}
