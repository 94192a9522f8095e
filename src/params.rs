//! `countryside params`: what can be set, in which unit and range, to what by default, and from where.

use crate::args::ParamsArgs;
use crate::failure::Failure;
use crate::report::layout;
use crate::report::number::of;
use crate::terminal;
use sim_core::params::{ParameterInfo, Parameters};

const HEADER: [&str; 5] = ["path", "unit", "range", "default", "what it is (source)"];

/// Lists the parameters.
///
/// # Errors
/// If none matches the filter, or standard output fails.
pub fn params(args: &ParamsArgs) -> Result<(), Failure> {
    let rows: Vec<ParameterInfo> = Parameters::catalogue();
    let rows: Vec<ParameterInfo> = rows
        .into_iter()
        .filter(|row| matches(row, args.filter.as_deref()))
        .collect();
    if rows.is_empty() {
        return Err(nothing(args.filter.as_deref().unwrap_or_default()));
    }
    terminal::print(&if args.json {
        json(&rows)?
    } else if args.markdown {
        markdown(&rows)
    } else {
        table(&rows)
    })
}

fn matches(row: &ParameterInfo, filter: Option<&str>) -> bool {
    let Some(filter) = filter else { return true };
    let text = format!("{} {} {} {}", row.path(), row.description, row.unit, row.source);
    text.to_lowercase().contains(&filter.to_lowercase())
}

fn nothing(filter: &str) -> Failure {
    let groups = Parameters::groups().join(", ");
    Failure::input(format!(
        "no parameter mentions `{filter}`\n  help: the groups are {groups}"
    ))
}

fn table(rows: &[ParameterInfo]) -> String {
    let mut table = layout::table(terminal::width(), &HEADER);
    for row in rows {
        let about = format!("{} ({})", row.description, row.source);
        let default = layout::shortened(&row.default);
        table.add_row([
            row.path(),
            row.unit.to_owned(),
            row.range.to_string(),
            default,
            about,
        ]);
    }
    format!(
        "{table}\n\n{} parameters; set one with --set PATH=VALUE or in a scenario file.\n",
        rows.len()
    )
}

fn markdown(rows: &[ParameterInfo]) -> String {
    let mut text =
        String::from("| path | unit | range | default | what it is | source |\n|---|---|---|---|---|---|\n");
    for row in rows {
        let default = format!("`{}`", row.default);
        let path = format!("`{}`", row.path());
        let cells = [
            path.as_str(),
            row.unit,
            &row.range.to_string(),
            &default,
            row.description,
            row.source,
        ];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

fn json(rows: &[ParameterInfo]) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(rows).map_err(Failure::run)?;
    Ok(format!("{text}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_finds_by_path_description_unit_and_source_in_any_case() {
        let rows = Parameters::catalogue();
        let found = |filter: &str| rows.iter().filter(|row| matches(row, Some(filter))).count();
        assert_eq!(found("household.elasticity"), 1);
        assert!(found("ELASTICITY") >= 1);
        assert_eq!(found("no such thing anywhere"), 0);
        assert_eq!(rows.iter().filter(|row| matches(row, None)).count(), rows.len());
    }

    #[test]
    fn markdown_has_a_row_for_each_with_six_cells() {
        let rows = Parameters::catalogue();
        let text = markdown(&rows);
        assert_eq!(text.lines().count(), rows.len() + 2);
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(text.lines().all(|line| bars(line) == 7));
    }
}
