//! Outcomes that are derived from several series: read from a finished run.

use super::outcome::{Kept, KeptOutcome};
use crate::series::{Formula, Level, Reading, Rows, Series};
use crate::statistics::quantile;
use sim_core::base::{Month, Unit};
use sim_core::simulation::Simulation;
use std::collections::BTreeMap;

/// The series that a name means at a level.
pub(super) fn series_at(name: &str, level: Level) -> Option<Series> {
    match level {
        Level::Village => Series::of_villages(name),
        Level::Nation | Level::Province | Level::County => Series::named(name),
    }
}

impl KeptOutcome {
    /// The unit of its numbers.
    pub fn unit(&self) -> Unit {
        let derived = || self.derived().map_or(Unit::NONE, |derived| derived.unit());
        self.source().map_or_else(derived, Series::unit).in_currency(self.currency)
    }

    /// The formula of a derived number, and each of its series as the outcome that it would be alone: whoever
    /// has these numbers of a run has the derived one. Nothing for what is no formula or no number.
    pub fn parts(&self) -> Option<(Formula, Vec<KeptOutcome>)> {
        let Kept::Number(usual) = self.kept else { return None };
        let formula = self.derived()?.into_formula().reading(&|_| usual);
        let part = |(name, reading): (&str, Reading)| KeptOutcome {
            name: name.to_owned(),
            series: name.to_owned(),
            kept: Kept::Number(reading),
            ..self.clone()
        };
        let parts = formula.readings().into_iter().map(part).collect();
        Some((formula, parts))
    }

    /// What it is derived from, if it is a formula over several series.
    fn derived(&self) -> Option<Derived<'_>> {
        if self.source().is_some() { None } else { Derived::of(self) }
    }

    /// Reads a column's number from a finished run; not-a-number where there is none, or if it is kept as
    /// rows.
    pub fn number(&self, simulation: &Simulation) -> f64 {
        match self.source() {
            Some(series) => self.number_of(simulation, series),
            None => self.derived().map_or(f64::NAN, |derived| derived.number(simulation)),
        }
    }

    /// Reads its rows from a finished run; none if it is kept as a number. A number over months stands at the
    /// last of them.
    pub fn rows(&self, simulation: &Simulation) -> Vec<Rows> {
        match self.source() {
            Some(series) => self.rows_of(simulation, series),
            None => self.derived().map_or_else(Vec::new, |derived| derived.rows(simulation)),
        }
    }
}

/// An outcome that is a formula.
struct Derived<'o> {
    outcome: &'o KeptOutcome,
    formula: Formula,
    /// Its series, by name.
    series: BTreeMap<String, Series>,
}

/// The months of each series of a formula in one place.
type PlaceMonths = BTreeMap<String, Vec<(Month, f64)>>;

impl<'o> Derived<'o> {
    /// Of an outcome; nothing if it is no formula, or one of its names means nothing.
    pub fn of(outcome: &'o KeptOutcome) -> Option<Derived<'o>> {
        let formula = Formula::read(&outcome.series).ok()?;
        let named = |name: &str| Some((name.to_owned(), series_at(name, outcome.level)?));
        let series = formula.names().into_iter().map(named).collect::<Option<_>>()?;
        Some(Derived { outcome, formula, series })
    }

    /// The formula.
    pub fn into_formula(self) -> Formula {
        self.formula
    }

    /// The unit of its value.
    pub fn unit(&self) -> Unit {
        let unit = |name: &str, reading: Option<Reading>| {
            let Some(series) = self.series.get(name) else { return Unit::NONE };
            match reading.or(self.reading()) {
                Some(Reading::Total) => series.unit().summed_over_months(),
                _ => series.unit(),
            }
        };
        self.formula.unit(&unit)
    }

    /// How series are read of which the formula does not say it; none for spans and days.
    fn reading(&self) -> Option<Reading> {
        match &self.outcome.kept {
            Kept::Number(reading) | Kept::Quantile { reading, .. } | Kept::Places(reading) => Some(*reading),
            Kept::Months(_) | Kept::Days(_) => None,
        }
    }

    /// Every place with the months of each series.
    fn places(&self, simulation: &Simulation) -> BTreeMap<String, PlaceMonths> {
        let mut found: BTreeMap<String, PlaceMonths> = BTreeMap::new();
        for (name, &series) in &self.series {
            for rows in self.outcome.series_of_places(simulation, series) {
                found.entry(rows.place).or_default().insert(name.clone(), rows.months);
            }
        }
        found
    }

    /// Its value in a place, whose months may be cut.
    fn value(&self, simulation: &Simulation, months: &dyn Fn(&str) -> Vec<(Month, f64)>) -> f64 {
        let of = |name: &str, reading: Option<Reading>| {
            let Some(&series) = self.series.get(name) else { return f64::NAN };
            let usual = if series.is_flow() { Reading::Total } else { Reading::Mean };
            let reading = reading.or(self.reading()).unwrap_or(usual);
            reading.read_of(simulation, series, &months(name))
        };
        self.formula.value(&of)
    }

    fn whole(&self, simulation: &Simulation, place: &PlaceMonths) -> f64 {
        self.value(simulation, &|name| place.get(name).cloned().unwrap_or_default())
    }

    /// The number of its column.
    pub fn number(&self, simulation: &Simulation) -> f64 {
        let places = self.places(simulation);
        match self.outcome.kept {
            Kept::Number(_) => places.values().next().map_or(f64::NAN, |place| self.whole(simulation, place)),
            Kept::Quantile { share, .. } => {
                quantile(places.values().map(|place| self.whole(simulation, place)).collect(), share)
            }
            Kept::Places(_) | Kept::Months(_) | Kept::Days(_) => f64::NAN,
        }
    }

    /// Its rows.
    pub fn rows(&self, simulation: &Simulation) -> Vec<Rows> {
        let nation = &simulation.gathered().nation;
        let (Some(first), Some(last)) = (nation.first(), nation.last()) else {
            return Vec::new();
        };
        let counted = self.outcome.within.unwrap_or((first.month, last.month));
        let run = (counted.0.max(first.month), counted.1.min(last.month));
        let spans: Vec<(Month, Month)> = match &self.outcome.kept {
            Kept::Number(_) | Kept::Quantile { .. } => return Vec::new(),
            Kept::Places(Reading::At(day)) => vec![(day.month(), day.month())],
            Kept::Places(_) => vec![run],
            Kept::Months(step) => spans(run, u16::try_from(*step).unwrap_or(u16::MAX)),
            Kept::Days(days) => days.iter().map(|day| (day.month(), day.month())).collect(),
        };
        let row = |(place, months): (String, PlaceMonths)| {
            let value = |&(from, until): &(Month, Month)| {
                let cut = |name: &str| -> Vec<(Month, f64)> {
                    let months = months.get(name).into_iter().flatten().copied();
                    months.filter(|(month, _)| from <= *month && *month <= until).collect()
                };
                (until, self.value(simulation, &cut))
            };
            Rows {
                place,
                months: spans.iter().map(value).collect(),
                spans: spans.iter().map(|(from, until)| until.0 - from.0 + 1).collect(),
            }
        };
        self.places(simulation).into_iter().map(row).collect()
    }
}

/// The spans of so many months from the first to the last, which may be shorter.
fn spans(run: (Month, Month), step: u16) -> Vec<(Month, Month)> {
    let firsts = (run.0.0..=run.1.0).step_by(usize::from(step.max(1)));
    firsts.map(|first| (Month(first), Month(first.saturating_add(step - 1).min(run.1.0)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_reach_to_the_last_month() {
        let of = |step| spans((Month(101), Month(110)), step);
        assert_eq!(of(4), [(101, 104), (105, 108), (109, 110)].map(|(a, b)| (Month(a), Month(b))));
        assert_eq!(of(1).len(), 10);
        assert_eq!(of(50), [(Month(101), Month(110))]);
    }

    fn outcomes(body: &str) -> Result<Vec<KeptOutcome>, String> {
        let text = format!("(name: \"x\", base: \"tiny\", replicates: 2, outcomes: [{body}])");
        let source = sim_core::scenario::MemorySource::of("e.ron", text);
        let loaded = crate::experiment::load(&source, "e.ron");
        loaded.map(|experiment| experiment.outcomes).map_err(|faults| faults.to_string())
    }

    #[test]
    fn a_formula_puts_numbers_together_that_are_each_read_first() {
        let found = outcomes(
            "\"paid_by_programme\", \"shops\", (name: \"each\", formula: \"paid_by_programme / shops\"), \
             (name: \"spring\", formula: \"total(station_orders) - mean(shops)\", from: \"2015-01-01\", \
             until: \"2015-06-30\"), (name: \"by_county\", formula: \"station_orders / shops\", level: \
             County), (name: \"quarters\", formula: \"2 * station_orders\", months: 3), (series: \
             \"station_orders\", months: 3), (name: \"poor\", formula: \"shops + 0\", where: NotPoverty), \
             (series: \"shops\", name: \"poor_shops\", where: Poverty)",
        )
        .unwrap();
        use sim_core::scenario::Scenario;
        use sim_core::simulation::Threads;
        let scenario = Scenario::builtin("tiny").unwrap();
        let mut simulation = Simulation::build(&scenario, None, Threads::Sequential).unwrap();
        while simulation.step() {}
        let number = |at: usize| found[at].number(&simulation);
        assert!(number(0) > 0.0 && number(1) > 0.0);
        assert_eq!(number(2), number(0) / number(1));
        assert_eq!(found[2].unit().to_string(), "yuan/shop");
        assert_eq!(found[2].series, "total(paid_by_programme) / end(shops)");
        assert!(number(3) > 0.0 && number(3) < number(0));
        let rows = found[4].rows(&simulation);
        assert_eq!((rows.len(), rows[0].place.as_str()), (1, "330122"));
        let [doubled, once] = [5, 6].map(|at| found[at].rows(&simulation));
        assert_eq!(doubled[0].spans, once[0].spans);
        assert!(doubled[0].months.iter().zip(&once[0].months).all(|(two, one)| two.1 == 2.0 * one.1));
        // Tonglu is no poverty county.
        assert_eq!((number(7), number(8).is_nan()), (number(1), true));
    }

    #[test]
    fn faults_of_formulas_are_told_where_they_are() {
        for (body, said) in [
            (
                "(name: \"a\", formula: \"shops / (shop_jobs\")",
                "e.ron:1:93: outcomes[0].formula: a `(` is not",
            ),
            ("(name: \"a\", formula: \"shop / shop_job\")", "there is no series `shop` of a nation"),
            ("(name: \"a\", formula: \"shop / shop_job\")", "there is no series `shop_job` of a nation"),
            ("(formula: \"shops / shop_jobs\")", "an outcome by a formula needs a `name`"),
            ("(name: \"a\", formula: \"shops\", series: \"shops\")", "either `series` or `formula`"),
            ("(name: \"a\", formula: \"paid_by_programme\", where: Poverty)", "known of the nation only"),
            ("(series: \"income_gini\", where: Poverty)", "`income_gini` does not add up over counties"),
            ("(series: \"shops\", where: Rich)", "where"),
        ] {
            let fault = outcomes(body).unwrap_err();
            assert!(fault.contains(said), "{said}: {fault}");
        }
    }
}
