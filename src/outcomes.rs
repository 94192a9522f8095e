//! `countryside outcomes`: what can be asked of a run, of which places, in which unit.

use crate::args::{LevelArg, OutcomesArgs};
use crate::command_error::CommandError;
use crate::terminal;
use crate::text::layout;
use crate::text::number::of;
use serde::Serialize;
use sim_core::scenario::Advice;
use sim_experiments::series::{Level, Series};

const HEADER: [&str; 4] = ["Name", "unit", "months", "of"];

/// An outcome, as listed.
#[derive(Serialize)]
struct ListedOutcome {
    name: String,
    unit: String,
    /// `add up` for a flow, whose months are summed unless an experiment asks otherwise; else `last counts`.
    months: &'static str,
    levels: Vec<&'static str>,
    definition: String,
}

impl LevelArg {
    fn level(self) -> Level {
        match self {
            LevelArg::Nation => Level::Nation,
            LevelArg::Province => Level::Province,
            LevelArg::County => Level::County,
            LevelArg::Village => Level::Village,
        }
    }
}

/// Lists what can be asked.
///
/// # Errors
/// If nothing matches, or standard output fails.
pub fn outcomes(args: &OutcomesArgs) -> Result<(), CommandError> {
    let mut rows = rows();
    let level = args.level.map(|level| level.level().name());
    rows.retain(|row| level.is_none_or(|level| row.levels.contains(&level)));
    rows.retain(|row| row.matches(args.filter.as_deref()));
    if rows.is_empty() {
        let filter = args.filter.as_deref().unwrap_or_default();
        return Err(nothing(filter, args.level.map_or(Level::Nation, LevelArg::level)));
    }
    if args.json {
        let text = serde_json::to_string_pretty(&rows).map_err(CommandError::run)?;
        return terminal::print(&format!("{text}\n"));
    }
    terminal::print(&listing(&rows))
}

/// What is known of areas, then what is known of villages.
fn rows() -> Vec<ListedOutcome> {
    let areas = Series::names(Level::Nation).into_iter().filter_map(|name| {
        let series = Series::named(&name)?;
        let levels = if series.is_national() { &["nation"][..] } else { &["nation", "province", "county"] };
        Some(ListedOutcome::of(series, levels))
    });
    let villages = Series::names(Level::Village).into_iter();
    let villages =
        villages.filter_map(|name| Some(ListedOutcome::of(Series::of_villages(&name)?, &["village"])));
    areas.chain(villages).collect()
}

impl ListedOutcome {
    fn of(series: Series, levels: &[&'static str]) -> ListedOutcome {
        ListedOutcome {
            name: series.name(),
            unit: series.unit().to_string(),
            months: if series.is_flow() { "add up" } else { "last counts" },
            levels: levels.to_vec(),
            definition: series.definition(),
        }
    }

    fn matches(&self, filter: Option<&str>) -> bool {
        let Some(filter) = filter else { return true };
        let text = [&self.name, &self.unit, &self.definition].map(String::as_str).join(" ");
        text.to_lowercase().contains(&filter.to_lowercase())
    }
}

fn nothing(filter: &str, level: Level) -> CommandError {
    let help = match Series::advice(filter, level) {
        Advice::Nothing => "countryside outcomes lists all".to_owned(),
        advice => advice.to_string(),
    };
    CommandError::input(format!("no outcome of a {} mentions `{filter}`\n  help: {help}", level.name()))
}

fn listing(rows: &[ListedOutcome]) -> String {
    let cells = |row: &ListedOutcome| {
        [row.name.clone(), row.unit.clone(), row.months.to_owned(), row.levels.join(", ")]
    };
    let entries: Vec<_> = rows.iter().map(|row| (cells(row), row.definition.clone())).collect();
    let count = of(rows.len() as u64, "outcome", "outcomes");
    format!(
        "{}\n{count}; each may stand in `outcomes` of an experiment, and in formulas there.\n",
        layout::listing(&HEADER, &entries, terminal::width())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_a_unit_a_definition_and_places() {
        let rows = rows();
        for row in &rows {
            assert!(!row.definition.is_empty() && !row.levels.is_empty(), "{}", row.name);
        }
        let paid = rows.iter().find(|row| row.name == "paid_by_programme").unwrap();
        assert_eq!(
            (paid.unit.as_str(), paid.months, paid.levels.as_slice()),
            ("yuan", "add up", &["nation"][..])
        );
        let orders = rows.iter().filter(|row| row.name == "station_orders").count();
        assert_eq!(orders, 2, "of areas and of villages");
    }

    #[test]
    fn a_filter_finds_by_name_unit_and_definition() {
        let found = |filter: &str| rows().iter().filter(|row| row.matches(Some(filter))).count();
        assert!(found("STATION_ORDERS") >= 2 && found("yuan") > 20);
        assert_eq!(found("no such thing anywhere"), 0);
    }
}
