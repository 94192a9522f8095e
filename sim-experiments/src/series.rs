//! What can be looked at in a finished run: a series of months, by name, of the nation or of each place.
//!
//! Names are those of the tables: measures (`station_orders`), outcomes (`partner_income_p50`), and what is
//! paid: `paid_by_programme`, `paid_to_households` for every account, `paid_for_rural_recharge` for every
//! item of the ledger, and what a plan cost: `spent_by_programme`, `spent_by_platform`,
//! `spent_by_government`, `spent_by_all` (see [`Payer`](sim_core::metrics::ledger::Payer)). Money is in yuan
//! here, also of measures, which tables of a run give in fen: experiments hold real numbers, and a cost per
//! order in fen helps nobody.

mod formula;
mod formula_reader;
mod kind;
mod payments;
mod places;
mod reading;
#[cfg(test)]
mod tests;

pub use formula::{Formula, FormulaError, FormulaFault, FormulaSign};
pub use places::Level;
pub use reading::{Reading, Rows, read_series, read_series_in};

use kind::SeriesKind;
use sim_core::base::Unit;
use sim_core::event::{Measure, MeasureKind};
use sim_core::metrics::area::AreaMonth;
use sim_core::metrics::outcome::{outcome, renamed};
use sim_core::scenario::Advice;
use sim_core::scenario::reading::nearest;
use sim_core::unit;

/// A series of months.
#[derive(Clone, Copy, Debug)]
pub struct Series {
    kind: SeriesKind,
}

impl Series {
    /// The series of areas that a name means, if it means one.
    pub fn named(name: &str) -> Option<Series> {
        let measure = Measure::ALL.iter().find(|measure| measure.name() == name);
        let kind = measure
            .map(|&measure| SeriesKind::Measure(measure))
            .or_else(|| outcome(name).map(SeriesKind::Outcome))
            .or_else(|| payments::named(name))?;
        Some(Series { kind })
    }

    /// The series of villages that a name means, if it means one.
    pub fn of_villages(name: &str) -> Option<Series> {
        let kind = SeriesKind::Village(places::VillageSeries::named(name)?);
        Some(Series { kind })
    }

    /// All names at a level.
    pub fn names(level: Level) -> Vec<String> {
        match level {
            Level::Village => places::VillageSeries::names(),
            Level::Nation | Level::Province | Level::County => {
                let measures = Measure::ALL.iter().map(|measure| measure.name().to_owned());
                let outcomes = sim_core::metrics::outcome::OUTCOMES.iter();
                let outcomes = outcomes.map(|outcome| outcome.name.to_owned());
                let payments = payments::names().filter(|_| level == Level::Nation);
                measures.chain(outcomes).chain(payments).collect()
            }
        }
    }

    /// What to write instead of a name that means no series of a level: what it is called now, or the name
    /// that is spelt alike.
    pub fn advice(name: &str, level: Level) -> Advice {
        if let Some(name) = renamed(name) {
            return Advice::NowCalled { name: name.to_owned() };
        }
        let names = Series::names(level);
        Advice::meant(nearest(name, names.iter().map(String::as_str)))
    }

    /// That no series of the nation has a name, with advice, in words.
    pub fn missing(name: &str) -> String {
        let (advice, missing) = (Series::advice(name, Level::Nation), format!("there is no series `{name}`"));
        if advice == Advice::Nothing { missing } else { format!("{missing}: {advice}") }
    }

    /// Its name.
    pub fn name(self) -> String {
        match self.kind {
            SeriesKind::Measure(measure) => measure.name().to_owned(),
            SeriesKind::Outcome(outcome) => outcome.name.to_owned(),
            SeriesKind::PaidBy(account) => format!("paid_by_{}", account.name()),
            SeriesKind::PaidTo(account) => format!("paid_to_{}", account.name()),
            SeriesKind::PaidFor(item) => format!("paid_for_{}", item.name()),
            SeriesKind::SpentBy(payer) => payer.series().to_owned(),
            SeriesKind::Village(series) => series.name().to_owned(),
        }
    }

    /// The unit of a month's value.
    pub fn unit(self) -> Unit {
        match self.kind {
            SeriesKind::Measure(measure) => measure.unit().in_yuan().0,
            SeriesKind::Outcome(outcome) => outcome.unit,
            SeriesKind::PaidBy(_)
            | SeriesKind::PaidTo(_)
            | SeriesKind::PaidFor(_)
            | SeriesKind::SpentBy(_) => unit!(Yuan),
            SeriesKind::Village(series) => series.unit(),
        }
    }

    /// What it is.
    pub fn definition(self) -> String {
        match self.kind {
            SeriesKind::Measure(measure) => measure.definition().to_owned(),
            SeriesKind::Outcome(outcome) => outcome.definition.to_owned(),
            SeriesKind::PaidBy(account) => format!("Paid by: {}", account.definition()),
            SeriesKind::PaidTo(account) => format!("Received by: {}", account.definition()),
            SeriesKind::PaidFor(item) => item.definition().to_owned(),
            SeriesKind::SpentBy(payer) => payer.definition().to_owned(),
            SeriesKind::Village(series) => series.definition().to_owned(),
        }
    }

    /// Whether its months may be summed.
    pub fn is_flow(self) -> bool {
        match self.kind {
            SeriesKind::Measure(measure) => measure.kind() == MeasureKind::Flow,
            SeriesKind::Outcome(_) => false,
            SeriesKind::PaidBy(_)
            | SeriesKind::PaidTo(_)
            | SeriesKind::PaidFor(_)
            | SeriesKind::SpentBy(_) => true,
            SeriesKind::Village(series) => series.is_flow(),
        }
    }

    /// Whether it is known of the nation only.
    pub fn is_national(self) -> bool {
        matches!(
            self.kind,
            SeriesKind::PaidBy(_) | SeriesKind::PaidTo(_) | SeriesKind::PaidFor(_) | SeriesKind::SpentBy(_)
        )
    }

    /// Its value in a month of an area; not-a-number where it has none.
    fn of_area(self, month: &AreaMonth) -> f64 {
        match self.kind {
            SeriesKind::Measure(measure) => month.real(measure) / measure.unit().in_yuan().1,
            SeriesKind::Outcome(outcome) => (outcome.formula)(month),
            SeriesKind::PaidBy(_)
            | SeriesKind::PaidTo(_)
            | SeriesKind::PaidFor(_)
            | SeriesKind::SpentBy(_)
            | SeriesKind::Village(_) => f64::NAN,
        }
    }
}
