//! What is kept of a run: columns of one number, and rows of series.

use crate::series::{Level, Reading, Rows, Series, look};
use serde::{Deserialize, Serialize};
use sim_core::base::{Date, Month};
use sim_core::simulation::Simulation;

/// Something that is kept of every run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its name: that of its column, or of its series.
    pub name: String,
    /// The name of the series that it is read from.
    pub series: String,
    /// Of what.
    pub level: Level,
    /// What of it.
    pub kept: Kept,
}

/// What is kept of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kept {
    /// One number for the nation: a column.
    Number(Reading),
    /// A quantile over places of each place's number: a column.
    Quantile {
        /// Each place's number.
        reading: Reading,
        /// The share of places below \[0 to 1\].
        share: f64,
    },
    /// A number for each place: rows.
    Places(Reading),
    /// Every `step`-th month, and the last: rows.
    Months(u32),
    /// The months of some days: rows.
    Days(Vec<Date>),
}

impl Kept {
    /// Whether it is a column of one number.
    pub fn is_number(&self) -> bool {
        matches!(self, Kept::Number(_) | Kept::Quantile { .. })
    }
}

impl Outcome {
    /// The series that it is read from.
    pub fn source(&self) -> Option<Series> {
        match self.level {
            Level::Village => Series::of_villages(&self.series),
            Level::Nation | Level::Province | Level::County => Series::named(&self.series),
        }
    }

    /// The unit of its numbers.
    pub fn unit(&self) -> String {
        self.source().map_or_else(String::new, Series::unit)
    }

    /// What its numbers are.
    pub fn definition(&self) -> String {
        let of = self.source().map_or_else(String::new, Series::definition);
        let of = of.trim_end_matches('.');
        let how = |reading: &Reading| match reading {
            Reading::End => "last month".to_owned(),
            Reading::At(date) => format!("month of {date}"),
            Reading::Total => "summed over the run".to_owned(),
            Reading::Mean => "mean of the months".to_owned(),
            Reading::Greatest => "greatest month".to_owned(),
            Reading::Least => "least month".to_owned(),
        };
        let level = self.level.name();
        match &self.kept {
            Kept::Number(reading) => format!("{of} ({level}, {}).", how(reading)),
            Kept::Quantile { reading, share } => {
                format!("{of} (quantile {share} over each {level}: {}).", how(reading))
            }
            Kept::Places(reading) => format!("{of} (each {level}, {}).", how(reading)),
            Kept::Months(step) => format!("{of} (each {level}, every {step} months)."),
            Kept::Days(_) => format!("{of} (each {level}, some months)."),
        }
    }

    /// Reads a column's number from a finished run; not-a-number where there is none, or if it is kept as rows.
    pub fn number(&self, simulation: &Simulation) -> f64 {
        let Some(series) = self.source() else {
            return f64::NAN;
        };
        let rows = || look(simulation, series, self.level);
        match &self.kept {
            Kept::Number(reading) => rows().first().map_or(f64::NAN, |rows| reading.read(&rows.months)),
            Kept::Quantile { reading, share } => {
                let numbers = rows().iter().map(|rows| reading.read(&rows.months)).collect();
                crate::statistics::quantile(numbers, *share)
            }
            Kept::Places(_) | Kept::Months(_) | Kept::Days(_) => f64::NAN,
        }
    }

    /// Reads its rows from a finished run; none if it is kept as a number. A number over months stands at the last month.
    pub fn rows(&self, simulation: &Simulation) -> Vec<Rows> {
        let Some(series) = self.source() else {
            return Vec::new();
        };
        let mut rows = match self.kept {
            Kept::Number(_) | Kept::Quantile { .. } => return Vec::new(),
            Kept::Places(_) | Kept::Months(_) | Kept::Days(_) => look(simulation, series, self.level),
        };
        for place in &mut rows {
            let months = std::mem::take(&mut place.months);
            place.months = self.thinned(months);
        }
        rows
    }

    fn thinned(&self, months: Vec<(Month, f64)>) -> Vec<(Month, f64)> {
        let last = months.len().saturating_sub(1);
        match &self.kept {
            Kept::Places(reading) => {
                let month = match reading {
                    Reading::At(date) => Some(date.month()),
                    _ => months.last().map(|&(month, _)| month),
                };
                month
                    .map(|month| (month, reading.read(&months)))
                    .into_iter()
                    .collect()
            }
            Kept::Months(step) => {
                let step = (*step).max(1) as usize;
                let kept = months.into_iter().enumerate();
                kept.filter(|&(at, _)| at % step == 0 || at == last)
                    .map(|(_, month)| month)
                    .collect()
            }
            Kept::Days(days) => {
                let asked = |month: Month| days.iter().any(|day| day.month() == month);
                months.into_iter().filter(|&(month, _)| asked(month)).collect()
            }
            Kept::Number(_) | Kept::Quantile { .. } => Vec::new(),
        }
    }
}
