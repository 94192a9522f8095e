//! The results of a run.

use super::ending::{Audit, Ending};
use super::run::Simulation;
use super::spending::spent;
use super::tables;
use crate::base::unit::unit;
use crate::base::{Month, Unit};
use crate::event::{Measure, MeasureKind};
use crate::metrics::ledger::Payer;
use crate::metrics::outcome::outcome;
use crate::metrics::table::Table;

/// One headline figure of the nation.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// Name, as in the tables.
    pub name: &'static str,
    /// Unit.
    pub unit: Unit,
    /// What it is.
    pub definition: &'static str,
    /// Its value: of the last month for stocks and rates, summed over the run for flows.
    pub value: f64,
    /// Whether the value is a sum over the run.
    pub is_sum: bool,
    /// Month by month.
    pub series: Vec<f64>,
}

/// The results of a run so far.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The closed months, and one that was not over at the run's end.
    pub months: Vec<Month>,
    /// Days of each month that were simulated: fewer than its own where the run begins or ends within it.
    pub days: Vec<u32>,
    /// Headline figures of the nation.
    pub headline: Vec<Headline>,
    /// All tables.
    pub tables: Vec<Table>,
    /// Events handled.
    pub events: u64,
    /// Orders placed; in a sample, bundles of orders.
    pub orders: u64,
    /// Whether the books balance.
    pub audit: Audit,
}

/// The names of headline figures, in the order of a summary; `true` for one that is summed over the run.
pub const HEADLINES: &[(&str, bool)] = &[
    ("centres_open", false),
    ("stations_open", false),
    ("stations_per_open_county", false),
    ("station_orders", true),
    ("self_service_orders", true),
    ("rival_orders", true),
    ("orders_per_open_station", false),
    ("parcels_per_village_day", false),
    ("mean_order_value", false),
    ("station_delivery_p50", false),
    ("station_delivery_p90", false),
    ("self_service_delivery_p50", false),
    ("services", true),
    ("partner_income_mean", false),
    ("partner_income_p50", false),
    ("partner_income_p99", false),
    ("refusals", true),
    ("partners_left", true),
    ("stations_closed", true),
    ("buying_share", false),
    ("better_off_share", false),
    ("cost_of_living_change_mean", false),
    ("shops", false),
    ("shop_jobs", false),
    ("jobs_per_shop", false),
    ("shop_sales", true),
    ("taobao_villages", false),
    ("taobao_towns", false),
    ("delivered_village_share", false),
    ("income_per_head", false),
    ("poverty_rate", false),
    ("income_gini", false),
    ("migrants_returned", true),
    ("incumbent_buyer_share", false),
    ("incumbent_shop_share", false),
    ("spent_by_programme", true),
    ("spent_by_platform", true),
    ("spent_by_government", true),
    ("spent_by_all", true),
];

impl Simulation {
    /// The results so far: headline figures, tables, audit.
    pub fn outcome(&self) -> Outcome {
        of(self, Ending::of(self))
    }
}

pub(super) fn of(simulation: &Simulation, ending: Ending) -> Outcome {
    let nation = &simulation.gathered().nation;
    Outcome {
        months: nation.iter().map(|month| month.month).collect(),
        days: nation.iter().map(|month| month.days).collect(),
        headline: HEADLINES.iter().filter_map(|&(name, is_sum)| headline(simulation, name, is_sum)).collect(),
        tables: tables::all(simulation, &ending.partners),
        events: ending.events,
        orders: ending.orders,
        audit: ending.audit,
    }
}

fn headline(simulation: &Simulation, name: &'static str, is_sum: bool) -> Option<Headline> {
    let nation = &simulation.gathered().nation;
    let found = Measure::ALL.iter().find(|measure| measure.name() == name);
    debug_assert!(found.is_none_or(|measure| !is_sum || measure.kind() == MeasureKind::Flow));
    let (unit, definition, series): (_, _, Vec<f64>) = match (found, outcome(name), Payer::named(name)) {
        (Some(&measure), ..) => {
            let (unit, scale) = measure.unit().in_yuan();
            let series = nation.iter().map(|month| month.real(measure) / scale).collect();
            (unit, measure.definition(), series)
        }
        (None, Some(outcome), _) => {
            (outcome.unit, outcome.definition, nation.iter().map(outcome.formula).collect())
        }
        (None, None, Some(payer)) => {
            let fen = spent(simulation, payer).into_iter();
            (unit!(Yuan), payer.definition(), fen.map(|fen| fen as f64 / 100.0).collect())
        }
        (None, None, None) => return None,
    };
    let unit = unit.in_currency(simulation.scenario().places.region.currency());
    let last = series.last().copied().unwrap_or(f64::NAN);
    let value = if is_sum { series.iter().sum() } else { last };
    Some(Headline { name, unit, definition, value, is_sum, series })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_headline_is_a_measure_or_an_outcome() {
        for &(name, is_sum) in HEADLINES {
            let measure = Measure::ALL.iter().find(|measure| measure.name() == name);
            let payer = Payer::named(name);
            assert!(measure.is_some() || outcome(name).is_some() || payer.is_some(), "{name}");
            if is_sum && payer.is_none() {
                assert_eq!(measure.map(|m| m.kind()), Some(MeasureKind::Flow), "{name}");
            }
        }
    }
}
