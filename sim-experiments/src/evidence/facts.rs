//! Published figures, as `data/facts/` has them.

use serde::{Deserialize, Serialize};
use std::fmt;

const NATIONAL: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/national_series.csv"));
const ROLLOUT: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/programme_rollout.csv"));
const PARAMETERS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/parameters.csv"));

/// Where a published figure stands in the tables of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// A year of a series in `national_series.csv`.
    National(String, u16),
    /// A column of a day in `programme_rollout.csv`: `village_stations` or `counties`.
    Rollout(String, String),
    /// A row of `parameters.csv`.
    Parameter(String),
}

/// A published figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// As it is written: a number or a range.
    pub text: String,
    /// Its unit.
    pub unit: String,
    /// The least that it says.
    pub low: f64,
    /// The most that it says.
    pub high: f64,
    /// R read in the source, R2 in notes on it, D derived, M widely known and not read again.
    pub grade: String,
    /// Who published it, as far as the tables say.
    pub source: String,
    /// What the tables say about it.
    pub note: String,
}

impl Published {
    /// The middle of what it says.
    pub fn middle(&self) -> f64 {
        0.5 * (self.low + self.high)
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::National(series, year) => write!(f, "national_series: {series} {year}"),
            Fact::Rollout(date, column) => write!(f, "programme_rollout: {column} {date}"),
            Fact::Parameter(quantity) => write!(f, "parameters: {quantity}"),
        }
    }
}

/// The published figure.
///
/// # Errors
/// If the tables have no such figure, or it is no number or range.
pub fn published(fact: &Fact) -> Result<Published, String> {
    let missing = || format!("data/facts has no `{fact}`");
    match fact {
        Fact::National(series, year) => {
            let year = year.to_string();
            let row = row(NATIONAL, |row| row.get(0) == Some(series) && row.get(2) == Some(&year))
                .ok_or_else(missing)?;
            figure(fact, [&row[3], &row[1], &row[4], &row[5], &row[6]])
        }
        Fact::Rollout(date, column) => {
            let row = row(ROLLOUT, |row| row.get(0) == Some(date)).ok_or_else(missing)?;
            let value = match column.as_str() {
                "village_stations" => &row[1],
                "counties" => &row[2],
                _ => return Err(missing()),
            };
            let unit = column.replace("village_", "");
            figure(fact, [value, &unit, &row[3], "the platform and press", &row[4]])
        }
        Fact::Parameter(quantity) => {
            let row = row(PARAMETERS, |row| row.get(0) == Some(quantity)).ok_or_else(missing)?;
            figure(fact, [&row[1], &row[2], &row[3], "", &row[4]])
        }
    }
}

/// The first row of a table whose cells are as wanted; empty cells fill it up to eight.
fn row(table: &str, wanted: impl Fn(&csv::StringRecord) -> bool) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
    let found = reader.records().filter_map(Result::ok).find(|record| wanted(record))?;
    let mut cells: Vec<String> = found.iter().map(|cell| cell.trim().to_owned()).collect();
    cells.resize(cells.len().max(8), String::new());
    Some(cells)
}

fn figure(fact: &Fact, [text, unit, grade, source, note]: [&str; 5]) -> Result<Published, String> {
    let range = |text: &str| -> Option<(f64, f64)> {
        if let Ok(value) = text.parse() {
            return Some((value, value));
        }
        let (low, high) = text.split_once('-')?;
        Some((low.trim().parse().ok()?, high.trim().parse().ok()?))
    };
    let (low, high) = range(text)
        .filter(|(low, high)| low.is_finite() && high.is_finite() && low <= high)
        .ok_or_else(|| format!("`{fact}` in data/facts is `{text}`: expected a number or a range"))?;
    Ok(Published {
        text: text.to_owned(),
        unit: unit.to_owned(),
        low,
        high,
        grade: grade.to_owned(),
        source: source.to_owned(),
        note: note.to_owned(),
    })
}
