//! What is kept of a run: columns of one number, and rows of series.

use crate::series::{Level, Reading, Rows, Series, read_series_in};
use serde::{Deserialize, Serialize};
use sim_core::base::{Currency, Date, Month};
use sim_core::params::RulePlaces;
use sim_core::scenario::reading::places_text;
use sim_core::simulation::Simulation;

/// Something that is kept of every run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptOutcome {
    /// Its name: that of its column, or of its series.
    pub name: String,
    /// The name of the series that it is read from, or a [formula](crate::series::Formula) over several.
    pub series: String,
    /// Of what.
    pub level: Level,
    /// The places of which it is, if it is not of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<RulePlaces>,
    /// The first and the last month that count, if not all of the run do: a time of warming up can be left
    /// out.
    pub within: Option<(Month, Month)>,
    /// What of it.
    pub kept: Kept,
    /// The money of the region in which it is.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub currency: Currency,
}

/// Whether money is what the first region's is, of which nothing is written.
fn is_usual(currency: &Currency) -> bool {
    *currency == Currency::YUAN
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
    /// Spans of so many months, counted from the run's first: flows are summed, of all else the mean is
    /// taken. Rows.
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

impl KeptOutcome {
    /// The series that it is read from.
    pub fn source(&self) -> Option<Series> {
        match self.level {
            Level::Village => Series::of_villages(&self.series),
            Level::Nation | Level::Province | Level::County => Series::named(&self.series),
        }
    }

    /// What its numbers are.
    pub fn definition(&self) -> String {
        let of = match self.source() {
            Some(series) => series.definition(),
            None => format!("{}; each series is read to one number first", self.series),
        };
        let of = of.trim_end_matches('.');
        let mut part = self.within.map_or_else(String::new, |(first, last)| format!(", {first} to {last}"));
        if let Some(places) = &self.places {
            part += &format!(", of {}", places_text(places));
        }
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
            Kept::Number(_) if self.source().is_none() => format!("{of} ({level}{part})."),
            Kept::Number(reading) => format!("{of} ({level}, {}{part}).", how(reading)),
            Kept::Quantile { reading, share } => {
                format!("{of} (quantile {share} over each {level}: {}{part}).", how(reading))
            }
            Kept::Places(reading) => format!("{of} (each {level}, {}{part}).", how(reading)),
            Kept::Months(1) => format!("{of} ({}each month{part}).", self.each()),
            Kept::Months(step) => {
                let how = if self.source().is_some_and(Series::is_flow) { "summed over" } else { "mean of" };
                let first = if part.is_empty() { "run's first" } else { "first that counts" };
                format!(
                    "{of} ({}{how} {step} months, from the {first}; the last row is of fewer if the months \
                     are no multiple: see the column `months`{part}).",
                    self.each()
                )
            }
            Kept::Days(_) => format!("{of} ({}some months).", self.each()),
        }
    }

    fn each(&self) -> String {
        match self.level {
            Level::Nation => String::new(),
            level => format!("each {}, ", level.name()),
        }
    }

    /// The number of its column, from the series that it is read from.
    pub(super) fn number_of(&self, simulation: &Simulation, series: Series) -> f64 {
        let rows = || self.series_of_places(simulation, series);
        match &self.kept {
            Kept::Number(reading) => {
                rows().first().map_or(f64::NAN, |rows| reading.read_of(simulation, series, &rows.months))
            }
            Kept::Quantile { reading, share } => {
                let numbers =
                    rows().iter().map(|rows| reading.read_of(simulation, series, &rows.months)).collect();
                crate::statistics::quantile(numbers, *share)
            }
            Kept::Places(_) | Kept::Months(_) | Kept::Days(_) => f64::NAN,
        }
    }

    /// Its rows, from the series that it is read from. A number over months stands at the last of them.
    pub(super) fn rows_of(&self, simulation: &Simulation, series: Series) -> Vec<Rows> {
        let nation = &simulation.gathered().nation;
        let (Some(first), Some(last)) = (nation.first(), nation.last()) else {
            return Vec::new();
        };
        let mut rows = match self.kept {
            Kept::Number(_) | Kept::Quantile { .. } => return Vec::new(),
            Kept::Places(_) | Kept::Months(_) | Kept::Days(_) => self.series_of_places(simulation, series),
        };
        for place in &mut rows {
            let months = std::mem::take(&mut place.months);
            let months = match &self.kept {
                Kept::Places(reading) => reading.paced(simulation, series, months),
                _ => months,
            };
            let counted = self.within.unwrap_or((first.month, last.month));
            let kept = self.thinned(months, series, (counted.0.max(first.month), counted.1.min(last.month)));
            (place.months, place.spans) =
                kept.into_iter().map(|(month, value, span)| ((month, value), span)).unzip();
        }
        rows
    }

    /// The series of every place, of the months that count.
    pub(super) fn series_of_places(&self, simulation: &Simulation, series: Series) -> Vec<Rows> {
        let mut rows = read_series_in(simulation, series, self.level, self.places.as_ref());
        if let Some((first, last)) = self.within {
            for place in &mut rows {
                place.months.retain(|(month, _)| first <= *month && *month <= last);
            }
        }
        rows
    }

    /// Months with their values, and of how many months each value is; `run` is the first and the last month
    /// that count.
    fn thinned(
        &self,
        months: Vec<(Month, f64)>,
        series: Series,
        run: (Month, Month),
    ) -> Vec<(Month, f64, u16)> {
        let whole = run.1.0.saturating_sub(run.0.0) + 1;
        match &self.kept {
            Kept::Places(reading) => {
                let (month, span) = match reading {
                    Reading::At(date) => (Some(date.month()), 1),
                    Reading::End => (months.last().map(|&(month, _)| month), 1),
                    Reading::Total | Reading::Mean | Reading::Greatest | Reading::Least => {
                        (months.last().map(|&(month, _)| month), whole)
                    }
                };
                month.map(|month| (month, reading.read(&months), span)).into_iter().collect()
            }
            Kept::Months(1) => months.into_iter().map(|(month, value)| (month, value, 1)).collect(),
            Kept::Months(step) => {
                let step = u16::try_from(*step).unwrap_or(u16::MAX);
                let reading = if series.is_flow() { Reading::Total } else { Reading::Mean };
                let number = |month: &(Month, f64)| month.0.0.saturating_sub(run.0.0) / step;
                months
                    .chunk_by(|a, b| number(a) == number(b))
                    .map(|span| {
                        let first = run.0.0 + number(&span[0]) * step;
                        let last = first.saturating_add(step - 1).min(run.1.0);
                        (Month(last), reading.read(span), last - first + 1)
                    })
                    .collect()
            }
            Kept::Days(days) => {
                let asked = |month: Month| days.iter().any(|day| day.month() == month);
                let kept = months.into_iter().filter(|&(month, _)| asked(month));
                kept.map(|(month, value)| (month, value, 1)).collect()
            }
            Kept::Number(_) | Kept::Quantile { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(series: &str, step: u32) -> KeptOutcome {
        KeptOutcome {
            name: series.to_owned(),
            series: series.to_owned(),
            level: Level::Nation,
            places: None,
            kept: Kept::Months(step),
            within: None,
            currency: Currency::YUAN,
        }
    }

    /// Ten months of which each has its number, in spans of three: 1 + 2 + 3, ..., and the last alone.
    #[test]
    fn spans_of_a_flow_are_sums_and_of_a_stock_means_and_the_last_may_be_shorter() {
        let months = |from: u16| -> Vec<(Month, f64)> {
            (from..=10).map(|at| (Month(100 + at), f64::from(at))).collect()
        };
        let run = (Month(101), Month(110));
        let thinned = |series: &str, from| {
            let outcome = outcome(series, 3);
            outcome.thinned(months(from), outcome.source().unwrap(), run)
        };
        let at = |month, value, span| (Month(month), value, span);
        assert_eq!(
            thinned("self_service_orders", 1),
            [at(103, 6.0, 3), at(106, 15.0, 3), at(109, 24.0, 3), at(110, 10.0, 1)]
        );
        assert_eq!(
            thinned("stations_open", 1),
            [at(103, 2.0, 3), at(106, 5.0, 3), at(109, 8.0, 3), at(110, 10.0, 1)]
        );
        // A place that comes later keeps to the run's spans.
        assert_eq!(thinned("stations_open", 5)[0], at(106, 5.5, 3));
        assert!(outcome("self_service_orders", 3).definition().contains("summed over 3 months"));
        assert!(outcome("stations_open", 3).definition().contains("mean of 3 months"));
    }
}
