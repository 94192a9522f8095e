//! Published figures, as `data/facts/` has them, or tables of one's own in the same form.

use super::fault::{EvidenceFault, EvidenceFaults};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

macro_rules! shipped {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/", $name))
    };
}

const GRADES: [&str; 5] = ["R", "R2", "D", "M", "M-low"];

/// A table of published figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactTable {
    /// Yearly series of the nation.
    National,
    /// Stations and counties of the programme by day: gross openings.
    Rollout,
    /// Single figures.
    Parameters,
    /// The published trial.
    Trial,
}

impl FactTable {
    /// All of them.
    pub const ALL: [FactTable; 4] =
        [FactTable::National, FactTable::Rollout, FactTable::Parameters, FactTable::Trial];

    /// The name of its file.
    pub const fn file(self) -> &'static str {
        match self {
            FactTable::National => "national_series.csv",
            FactTable::Rollout => "programme_rollout.csv",
            FactTable::Parameters => "parameters.csv",
            FactTable::Trial => "trial.csv",
        }
    }

    const fn shipped(self) -> &'static str {
        match self {
            FactTable::National => shipped!("national_series.csv"),
            FactTable::Rollout => shipped!("programme_rollout.csv"),
            FactTable::Parameters => shipped!("parameters.csv"),
            FactTable::Trial => shipped!("trial.csv"),
        }
    }

    const fn header(self) -> &'static str {
        match self {
            FactTable::National => "series,unit,year,value,grade,source,note",
            FactTable::Rollout => "date,village_stations,counties,grade,note",
            FactTable::Parameters | FactTable::Trial => "quantity,value,unit,grade,note",
        }
    }
}

/// Where a published figure stands in the tables of facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fact {
    /// A year of a series in `national_series.csv`.
    National(String, u16),
    /// A column of a day in `programme_rollout.csv`: `village_stations` or `counties`.
    Rollout(String, String),
    /// A row of `parameters.csv`.
    Parameter(String),
    /// A row of `trial.csv`.
    Trial(String),
}

impl Fact {
    /// The series that it is a point of, if it is one of several that are not independent of each other.
    pub fn series(&self) -> Option<&str> {
        match self {
            Fact::National(series, _) => Some(series),
            Fact::Rollout(_, column) => Some(column),
            Fact::Parameter(_) | Fact::Trial(_) => None,
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::National(series, year) => write!(f, "national_series: {series} {year}"),
            Fact::Rollout(date, column) => write!(f, "programme_rollout: {column} {date}"),
            Fact::Parameter(quantity) => write!(f, "parameters: {quantity}"),
            Fact::Trial(quantity) => write!(f, "trial: {quantity}"),
        }
    }
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
    /// R read in the source, R2 read in notes on it, D derived, M widely known and not read again.
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

/// What a cell of a table says, number or not.
#[derive(Clone, Debug)]
struct FactRow {
    text: String,
    unit: String,
    grade: String,
    source: String,
    note: String,
}

/// All published figures.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    rows: BTreeMap<Fact, FactRow>,
}

impl Facts {
    /// The figures that ship with the program.
    ///
    /// # Errors
    /// Every fault of the tables, which a test keeps free of any.
    pub fn embedded() -> Result<Facts, EvidenceFaults> {
        Facts::read(&BTreeMap::new())
    }

    /// Tables of one's own, each with the name of its file for messages; what is not there is the one that
    /// ships.
    ///
    /// # Errors
    /// Every fault of every table: its header, cells that are missing, values that are no numbers.
    pub fn read(own: &BTreeMap<FactTable, (String, String)>) -> Result<Facts, EvidenceFaults> {
        let (mut facts, mut faults) = (Facts::default(), Vec::new());
        for table in FactTable::ALL {
            let shipped = (table.file().to_owned(), table.shipped().to_owned());
            let (name, text) = own.get(&table).unwrap_or(&shipped);
            facts.take(table, name, text, &mut faults);
        }
        if faults.is_empty() { Ok(facts) } else { Err(EvidenceFaults(faults)) }
    }

    fn take(&mut self, table: FactTable, name: &str, text: &str, faults: &mut Vec<EvidenceFault>) {
        let mut note = |line: usize, field: &str, value: &str, expected: &str| {
            faults.push(EvidenceFault {
                file: name.to_owned(),
                line,
                field: field.to_owned(),
                value: value.to_owned(),
                expected: expected.to_owned(),
                suggestion: String::new(),
            });
        };
        let header = text.lines().next().unwrap_or_default();
        if header.trim() != table.header() {
            note(1, "header", header, &format!("`{}`", table.header()));
            return;
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, |place| place.line() as usize);
                    note(line, "", "", &format!("comma-separated values ({error})"));
                    continue;
                }
            };
            let line = record.position().map_or(0, |place| place.line() as usize);
            let mut cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            cells.resize(cells.len().max(7), String::new());
            for (fact, row) in table.figures(&cells) {
                table.check(&fact, &row, line, &mut note);
                let (name, text) = (fact.to_string(), row.text.clone());
                if self.rows.insert(fact, row).is_some() {
                    note(line, &name, &text, "each figure once: it is there before");
                }
            }
        }
    }

    /// All figures, in order of tables and names.
    pub fn all(&self) -> impl Iterator<Item = &Fact> {
        self.rows.keys()
    }

    /// Whether the tables have a figure, number or not.
    pub fn has(&self, fact: &Fact) -> bool {
        self.rows.contains_key(fact)
    }

    /// The published figure.
    ///
    /// # Errors
    /// If the tables have no such figure, or it is no number or range: what was expected.
    pub fn published(&self, fact: &Fact) -> Result<Published, String> {
        let row =
            self.rows.get(fact).ok_or_else(|| format!("a figure of data/facts, which have no `{fact}`"))?;
        let (low, high) = range(&row.text)
            .ok_or_else(|| format!("a number or a range: `{fact}` in data/facts is `{}`", row.text))?;
        Ok(Published {
            text: row.text.clone(),
            unit: row.unit.clone(),
            low,
            high,
            grade: row.grade.clone(),
            source: row.source.clone(),
            note: row.note.clone(),
        })
    }

    /// The names of the sort of a fact, for suggestions.
    pub fn names_like(&self, fact: &Fact) -> BTreeSet<String> {
        let name = |other: &Fact| match (fact, other) {
            (Fact::National(..), Fact::National(name, _))
            | (Fact::Parameter(_), Fact::Parameter(name))
            | (Fact::Trial(_), Fact::Trial(name))
            | (Fact::Rollout(..), Fact::Rollout(name, _)) => Some(name.clone()),
            _ => None,
        };
        self.rows.keys().filter_map(name).collect()
    }
}

type Note<'a> = &'a mut dyn FnMut(usize, &str, &str, &str);

impl FactTable {
    /// The figures of a row of seven cells or more.
    fn figures(self, cells: &[String]) -> Vec<(Fact, FactRow)> {
        let row = |value: &str, unit: &str, grade: usize, source: &str, note: usize| FactRow {
            text: value.to_owned(),
            unit: unit.to_owned(),
            grade: cells[grade].clone(),
            source: source.to_owned(),
            note: cells[note].clone(),
        };
        match self {
            FactTable::National => {
                // A year that is none is told by `check`.
                let year = cells[2].parse().unwrap_or(0);
                vec![(Fact::National(cells[0].clone(), year), row(&cells[3], &cells[1], 4, &cells[5], 6))]
            }
            FactTable::Rollout => {
                let of = |column: &str, at: usize| {
                    let unit = column.replace("village_", "");
                    let fact = Fact::Rollout(cells[0].clone(), column.to_owned());
                    (!cells[at].is_empty())
                        .then(|| (fact, row(&cells[at], &unit, 3, "the platform and press", 4)))
                };
                [of("village_stations", 1), of("counties", 2)].into_iter().flatten().collect()
            }
            FactTable::Parameters => {
                vec![(Fact::Parameter(cells[0].clone()), row(&cells[1], &cells[2], 3, "", 4))]
            }
            FactTable::Trial => vec![(Fact::Trial(cells[0].clone()), row(&cells[1], &cells[2], 3, "", 4))],
        }
    }

    fn check(self, fact: &Fact, row: &FactRow, line: usize, note: Note<'_>) {
        let name = fact.to_string();
        match fact {
            Fact::National(_, 0) => note(line, "year", "", "a year"),
            Fact::Rollout(day, _) if day.parse::<sim_core::base::Date>().is_err() => {
                note(line, "date", day, "a day as in 2015-03-31");
            }
            _ => {}
        }
        let is_number = matches!(self, FactTable::National | FactTable::Rollout);
        if is_number && range(&row.text).is_none() {
            note(line, &name, &row.text, "a number or a range, as in 12.5 or 10-20");
        }
        if !GRADES.contains(&row.grade.as_str()) {
            note(line, &format!("{name}, grade"), &row.grade, "R, R2, D, M or M-low");
        }
    }
}

/// A number, or the two of a range in their order.
fn range(text: &str) -> Option<(f64, f64)> {
    let both = match text.parse::<f64>() {
        Ok(value) => (value, value),
        Err(_) => {
            let (low, high) = text.split_once('-')?;
            (low.trim().parse().ok()?, high.trim().parse().ok()?)
        }
    };
    let (low, high): (f64, f64) = both;
    (low.is_finite() && high.is_finite() && low <= high).then_some((low, high))
}
