//! How inputs go on where their series end before the run does.
//!
//! A series is level beyond its last point, which for a run of decades is an assumption like any other: wages
//! and incomes that stand still for thirteen years. Here a scenario may state another: a growth a year. It
//! is put into the parameters where the run begins, as further points of the series, a year apart; the file
//! keeps what was published and what was assumed apart.

use crate::base::Date;
use crate::params::{Parameters, Range, Schedule};

/// Inputs that may be continued: the scenario's field, and the input.
pub(crate) const CONTINUED: [(&str, &str); 7] = [
    ("inputs.rural_income", "income.rural_income"),
    ("inputs.migrant_wage", "income.migrant_wage"),
    ("inputs.poverty_line", "income.poverty_line"),
    ("inputs.online_retail", "market.online_retail"),
    ("inputs.internet", "world.internet"),
    ("inputs.smartphone", "world.smartphone"),
    ("inputs.elsewhere", "market.elsewhere"),
];

/// Growth of every input beyond its end \[share per year\]; all 0 at first, which is level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inputs([f64; CONTINUED.len()]);

impl Inputs {
    /// The growth that is stated at a scenario's field, as `inputs.rural_income`; nothing if there is no such
    /// field.
    pub(super) fn stated(&self, field: &str) -> Option<f64> {
        CONTINUED.iter().position(|row| row.0 == field).map(|at| self.0[at])
    }

    /// States the growth at a scenario's field. Returns whether there is such a field.
    pub(super) fn state(&mut self, field: &str, growth: f64) -> bool {
        let found = CONTINUED.iter().position(|row| row.0 == field);
        if let Some(at) = found {
            self.0[at] = growth;
        }
        found.is_some()
    }

    /// By how much an input grows a year beyond its end, as `income.rural_income`; 0 for one that stays
    /// level.
    pub fn growth(&self, input: &str) -> f64 {
        CONTINUED.iter().position(|row| row.1 == input).map_or(0.0, |at| self.0[at])
    }

    /// The parameters with every input continued until a day, within its range.
    pub fn continued(&self, parameters: &Parameters, until: Date) -> Parameters {
        let mut all = parameters.clone();
        if self.0.iter().all(|&growth| growth == 0.0) {
            return all;
        }
        for (path, schedule) in all.schedules_mut() {
            let growth = self.growth(path);
            let range = super::fields::parameter(path).map_or(Range::Any, |row| row.range);
            if growth != 0.0 {
                *schedule = continued(schedule, growth, &range, until);
            }
        }
        all
    }
}

/// A series with further points, a year apart, until one lies beyond a day. What ends with 0 is over.
fn continued(schedule: &Schedule, growth: f64, range: &Range, until: Date) -> Schedule {
    let mut points: Vec<(Date, f64)> = schedule.clone().into();
    while let Some(&(day, value)) = points.last() {
        let next = day.next_year().filter(|_| day < until && value != 0.0);
        let Some(next) = next else { break };
        let grown = value * (1.0 + growth);
        points.push((
            next,
            match *range {
                Range::Between(low, high) => grown.clamp(low, high),
                Range::Any => grown,
            },
        ));
    }
    points.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 100 in July 2022, and 3 % a year: 103 in July 2023, 106.09 in July 2024, and half way between
    /// them 104.5; before the end as it was. The twin without growth is level.
    #[test]
    fn an_input_goes_on_at_the_growth_that_is_stated() {
        let at = |schedule: &Schedule, day: &str| schedule.at(day.parse::<Date>().unwrap().midnight());
        let given: Schedule =
            vec![("2021-07-01".parse().unwrap(), 90.0), ("2022-07-01".parse().unwrap(), 100.0)].into();
        let until = "2024-01-01".parse().unwrap();
        let grown = continued(&given, 0.03, &Range::Between(0.0, 1000.0), until);
        assert_eq!(at(&grown, "2022-01-01"), at(&given, "2022-01-01"));
        assert!((at(&grown, "2023-07-01") - 103.0).abs() < 1e-9);
        assert!((at(&grown, "2024-07-01") - 106.09).abs() < 1e-9);
        assert!((at(&grown, "2024-01-01") - 104.545).abs() < 0.02);
        assert_eq!(at(&given, "2024-01-01"), 100.0);
        let shares = continued(&given, 0.03, &Range::Between(0.0, 101.0), until);
        assert_eq!(at(&shares, "2024-07-01"), 101.0, "within its range");
        let over: Schedule = vec![("2021-07-01".parse().unwrap(), 0.0)].into();
        assert_eq!(continued(&over, 0.03, &Range::Any, until), over, "what is over stays over");
    }

    #[test]
    fn every_series_may_be_continued_or_ends_with_nothing() {
        let parameters = Parameters::default();
        for (path, schedule) in parameters.schedules() {
            let listed = CONTINUED.iter().any(|row| row.1 == path);
            let last = schedule.ends().map_or(0.0, |[_, (_, last)]| last);
            assert_ne!(listed, last == 0.0, "{path}");
        }
        let fields: Vec<&str> = super::super::FIELDS.iter().map(|field| field.path).collect();
        assert!(CONTINUED.iter().all(|row| fields.contains(&row.0)));
        let mut inputs = Inputs::default();
        assert_eq!(inputs.continued(&parameters, "2040-01-01".parse().unwrap()), parameters);
        assert!(inputs.state("inputs.migrant_wage", 0.05) && !inputs.state("inputs.nothing", 0.05));
        let grown = inputs.continued(&parameters, "2040-01-01".parse().unwrap());
        assert_ne!(grown.income.migrant_wage, parameters.income.migrant_wage);
        assert_eq!(grown.income.rural_income, parameters.income.rural_income);
    }
}
