//! What can be charted, mapped and listed: every measure and every derived outcome of the library.

use crate::text::{Say, in_words};
use sim_core::event::{Measure, MeasureKind};
use sim_core::metrics::area::AreaMonth;
use sim_core::metrics::outcome::OUTCOMES;
use std::sync::OnceLock;

/// One outcome.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// The name used in tables.
    pub name: &'static str,
    /// Its unit, money in yuan.
    pub unit: &'static str,
    /// What it is, in English.
    pub definition: &'static str,
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Measure(Measure),
    Derived(fn(&AreaMonth) -> f64),
}

fn unit_of(measure: Measure) -> &'static str {
    match (measure.unit(), measure.kind()) {
        ("fen", _) => "yuan/month",
        ("fen/year", _) => "yuan/year",
        (unit, _) => unit,
    }
}

/// All outcomes: derived ones first, then measures.
pub fn all() -> &'static [Outcome] {
    static ALL: OnceLock<Vec<Outcome>> = OnceLock::new();
    ALL.get_or_init(|| {
        let derived = OUTCOMES.iter().map(|outcome| Outcome {
            name: outcome.name,
            unit: outcome.unit,
            definition: outcome.definition,
            source: Source::Derived(outcome.formula),
        });
        let measures = Measure::ALL.iter().map(|&measure| Outcome {
            name: measure.name(),
            unit: unit_of(measure),
            definition: measure.definition(),
            source: Source::Measure(measure),
        });
        derived.chain(measures).collect()
    })
}

/// The outcome of a name.
pub fn named(name: &str) -> Option<&'static Outcome> {
    all().iter().find(|outcome| outcome.name == name)
}

impl Outcome {
    /// Its value in a month, money in yuan; not-a-number where it has none.
    pub fn value(&self, month: &AreaMonth) -> f64 {
        match self.source {
            Source::Measure(measure) if measure.unit().starts_with("fen") => month.real(measure) / 100.0,
            Source::Measure(measure) => month.real(measure),
            Source::Derived(formula) => formula(month),
        }
    }

    /// Whether it adds up over months.
    pub fn is_flow(&self) -> bool {
        matches!(self.source, Source::Measure(measure) if measure.kind() == MeasureKind::Flow)
    }

    /// Its name for people.
    pub fn title(&self, say: Say) -> String {
        say.find(&format!("outcome.{}", self.name))
            .map_or_else(|| in_words(self.name), str::to_owned)
    }
}

/// The months of an area with counts scaled up from a sample to the whole: places by the first factor, county centres
/// and the like by the second.
pub fn scaled(month: &AreaMonth, places: f64, counties: f64) -> AreaMonth {
    let mut month = month.clone();
    for (&measure, value) in Measure::ALL.iter().zip(&mut month.values) {
        let factor = if measure.unit().contains("count") {
            counties
        } else {
            places
        };
        *value = (*value as f64 * factor).round() as i64;
    }
    month
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_unit_and_definition_and_is_found() {
        assert_eq!(all().len(), Measure::COUNT + OUTCOMES.len());
        for outcome in all() {
            assert!(
                !outcome.unit.is_empty() && !outcome.unit.contains("fen"),
                "{}",
                outcome.name
            );
            assert_eq!(named(outcome.name).map(|found| found.name), Some(outcome.name));
        }
        assert!(named("stations_open").is_some_and(|outcome| !outcome.is_flow()));
        assert!(named("station_orders").is_some_and(Outcome::is_flow));
    }
}
