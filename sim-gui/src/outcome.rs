//! What can be charted, mapped and listed: every measure and every derived outcome of the library.

use crate::text::{Say, in_words};
use sim_core::base::{Per, Quantity, Unit};
use sim_core::event::{Measure, MeasureKind};
use sim_core::metrics::area::AreaMonth;
use sim_core::metrics::outcome::OUTCOMES;
use sim_core::unit;
use std::sync::OnceLock;

/// What a county has cost and brought since the start of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CountyMoney {
    /// What the programme has paid there \[yuan\].
    pub programme: f64,
    /// What government has paid there, without pensions and relief \[yuan\].
    pub government: f64,
    /// Orders through stations.
    pub orders: f64,
}

/// One outcome.
#[derive(Clone, Copy, Debug)]
pub struct ShownOutcome {
    /// The name used in tables.
    pub name: &'static str,
    /// Its unit, money in yuan.
    pub unit: Unit,
    /// What it is, in English.
    pub definition: &'static str,
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Measure(Measure),
    Derived(fn(&AreaMonth) -> f64),
    Money(fn(&CountyMoney) -> f64),
}

/// What only recorded counties have: money and orders since the start.
const OF_MONEY: [ShownOutcome; 4] = [
    ShownOutcome {
        name: "programme_cost_per_order",
        unit: unit!(Yuan / Order),
        definition: "What the programme has paid in the county since the start, centre and stations \
                     included, over the orders through its stations since the start.",
        source: Source::Money(|money| money.programme / money.orders),
    },
    ShownOutcome {
        name: "programme_paid",
        unit: unit!(Yuan),
        definition: "What the programme has paid in the county since the start.",
        source: Source::Money(|money| money.programme),
    },
    ShownOutcome {
        name: "government_paid",
        unit: unit!(Yuan),
        definition: "What government has paid in the county since the start, without pensions, allowances \
                     and relief.",
        source: Source::Money(|money| money.government),
    },
    ShownOutcome {
        name: "station_orders_since_start",
        unit: unit!(Orders),
        definition: "Orders through the county's stations since the start.",
        source: Source::Money(|money| money.orders),
    },
];

/// Its unit, money in yuan; what is paid and sold is of a month.
fn unit_of(measure: Measure) -> Unit {
    let (unit, fen) = measure.unit().in_yuan();
    if fen > 1.0 && !unit.is_ratio() { unit.per(Per::Month) } else { unit }
}

/// All outcomes that have a series: derived ones first, then measures.
pub fn all() -> &'static [ShownOutcome] {
    static ALL: OnceLock<Vec<ShownOutcome>> = OnceLock::new();
    ALL.get_or_init(|| {
        let derived = OUTCOMES.iter().map(|outcome| ShownOutcome {
            name: outcome.name,
            unit: outcome.unit,
            definition: outcome.definition,
            source: Source::Derived(outcome.formula),
        });
        let measures = Measure::ALL.iter().map(|&measure| ShownOutcome {
            name: measure.name(),
            unit: unit_of(measure),
            definition: measure.definition(),
            source: Source::Measure(measure),
        });
        derived.chain(measures).collect()
    })
}

/// All outcomes that maps and tables of counties show: those that have a series, and money since the start.
pub fn of_counties() -> impl Iterator<Item = &'static ShownOutcome> {
    OF_MONEY.iter().chain(all())
}

/// The outcome of a name.
pub fn named(name: &str) -> Option<&'static ShownOutcome> {
    of_counties().find(|outcome| outcome.name == name)
}

impl ShownOutcome {
    /// Its value in a month, money in yuan; not-a-number where it has none.
    pub fn value(&self, month: &AreaMonth) -> f64 {
        match self.source {
            Source::Measure(measure) => month.real(measure) / measure.unit().in_yuan().1,
            Source::Derived(formula) => formula(month),
            Source::Money(_) => f64::NAN,
        }
    }

    /// Its value for a county: in its last closed month, or since the start.
    pub fn of_county(&self, month: Option<&AreaMonth>, money: &CountyMoney) -> f64 {
        match self.source {
            Source::Money(formula) => Some(formula(money)).filter(|value| value.is_finite()),
            _ => month.map(|month| self.value(month)),
        }
        .unwrap_or(f64::NAN)
    }

    /// Whether less of it is better, so that the least come first: what something costs, and how long it
    /// takes.
    pub fn is_cost(&self) -> bool {
        self.unit == unit!(Yuan / Order) || matches!(self.unit.quantity, Quantity::Days | Quantity::Minutes)
    }

    /// How many orders a county's value rests on, if it is one of orders.
    pub fn orders_behind(&self, month: Option<&AreaMonth>, money: &CountyMoney) -> Option<f64> {
        let is_of_orders = self.unit.is_of_orders()
            || matches!(self.name, "station_delivery_p50" | "station_delivery_p90" | "late_share");
        match self.source {
            Source::Money(_) if is_of_orders => Some(money.orders),
            Source::Measure(_) | Source::Derived(_) if is_of_orders => {
                month.map(|month| month.real(Measure::StationOrders))
            }
            _ => None,
        }
    }

    /// Whether it has a series that can be charted.
    pub fn has_series(&self) -> bool {
        !matches!(self.source, Source::Money(_))
    }

    /// Whether it adds up over months.
    pub fn is_flow(&self) -> bool {
        matches!(self.source, Source::Measure(measure) if measure.kind() == MeasureKind::Flow)
    }

    /// Its unit where months are shown: that of a flow is by the month.
    pub fn monthly_unit(&self, say: Say) -> String {
        let unit = say.unit(self.unit);
        if self.is_flow() && !self.unit.is_ratio() {
            format!("{unit}{}", say.of("unit.a_month"))
        } else {
            unit
        }
    }

    /// Its unit where a whole run is shown, and whether it is a sum or what stands at the end.
    pub fn whole_unit(&self, say: Say) -> String {
        let when = say.of(if self.is_flow() { "compare.sum" } else { "compare.end" });
        format!("{}{when}", say.unit(self.unit))
    }

    /// What it is, in the window's language.
    pub fn definition_in(&self, say: Say) -> &'static str {
        say.find(&format!("definition.{}", self.name)).unwrap_or(self.definition)
    }

    /// Its name for people.
    pub fn title(&self, say: Say) -> String {
        say.find(&format!("outcome.{}", self.name)).map_or_else(|| in_words(self.name), str::to_owned)
    }
}

/// The months of an area with counts scaled up from a sample to the whole: places by the first factor, county
/// centres and the like by the second.
pub fn scaled(month: &AreaMonth, places: f64, counties: f64) -> AreaMonth {
    let mut month = month.clone();
    for (&measure, value) in Measure::ALL.iter().zip(&mut month.values) {
        let factor = if matches!(measure.unit().quantity, Quantity::Counties | Quantity::CountyCentres) {
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
            assert!(!outcome.unit.is_silent() && outcome.unit.quantity != Quantity::Fen, "{}", outcome.name);
            assert_eq!(named(outcome.name).map(|found| found.name), Some(outcome.name));
        }
        let money = CountyMoney { programme: 900.0, orders: 30.0, ..CountyMoney::default() };
        let cost = named("programme_cost_per_order").unwrap();
        assert_eq!(cost.of_county(None, &money), 30.0);
        assert!(cost.of_county(None, &CountyMoney::default()).is_nan());
        assert!(cost.is_cost() && !named("shops").unwrap().is_cost());
        assert_eq!(cost.orders_behind(None, &money), Some(30.0));
        assert_eq!(named("programme_paid").unwrap().orders_behind(None, &money), None);
        assert!(!cost.has_series() && all().iter().all(ShownOutcome::has_series));
        assert!(named("stations_open").is_some_and(|outcome| !outcome.is_flow()));
        assert!(named("station_orders").is_some_and(ShownOutcome::is_flow));
    }
}
