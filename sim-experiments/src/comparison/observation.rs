//! What is looked at in each run of a comparison.

use super::villages::{VillageSeen, villages};
use crate::experiment::{Kept, KeptOutcome, usual};
use crate::series::{Level, Reading, Rows, read_series};
use sim_core::base::Month;
use sim_core::simulation::Simulation;

/// The outcomes that every comparison looks at, in the order of a run's page; the costs last.
const NAMES: [&str; 34] = [
    "centres_open",
    "stations_open",
    "station_orders",
    "self_service_orders",
    "rival_orders",
    "orders_per_open_station",
    "station_delivery_p50",
    "self_service_delivery_p50",
    "services",
    "partner_income_mean",
    "partner_income_p50",
    "refusals",
    "partners_left",
    "stations_closed",
    "buying_share",
    "better_off_share",
    "households_better_off",
    "cost_of_living_change_mean",
    "cost_of_living_saving",
    "shops",
    "shop_jobs",
    "shop_sales",
    "taobao_villages",
    "delivered_village_share",
    "income_per_head",
    "poverty_rate",
    "poor_people",
    "income_gini",
    "migrants_returned",
    "incumbent_buyer_share",
    "spent_by_programme",
    "spent_by_platform",
    "spent_by_government",
    "spent_by_all",
];

/// The outcomes that every comparison looks at.
pub fn outcomes() -> Vec<KeptOutcome> {
    NAMES.iter().filter_map(|name| usual(name)).collect()
}

/// The member of an ensemble that a run is of: runs of one are alike, and count as one in intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunMember {
    /// Its place among those that were taken.
    pub place: usize,
    /// Its weight; those of all members sum to 1.
    pub weight: f64,
}

/// What was seen of a run: for each outcome its months in the nation, and its number in each county; and the
/// villages at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct RunObservation {
    /// The member that it was run with; none without an ensemble.
    pub member: Option<RunMember>,
    readings: Vec<Reading>,
    nation: Vec<Vec<(Month, f64)>>,
    /// Codes of the counties, in order.
    pub counties: Vec<String>,
    /// Each outcome's numbers by county; none for one that is known of the nation only.
    pub by_county: Vec<Vec<f64>>,
    /// Each village at the end; none where there are too many.
    pub villages: Vec<VillageSeen>,
}

impl RunObservation {
    /// The number of the outcome at a place among those observed.
    pub fn number(&self, outcome: usize) -> f64 {
        match (self.readings.get(outcome), self.nation.get(outcome)) {
            (Some(reading), Some(months)) => reading.read(months),
            _ => f64::NAN,
        }
    }

    /// The outcome's months.
    pub fn months(&self, outcome: usize) -> &[(Month, f64)] {
        self.nation.get(outcome).map_or(&[], Vec::as_slice)
    }
}

/// Looks at outcomes of the nation, the counties and the villages in a finished run.
pub fn observe(simulation: &Simulation, outcomes: &[KeptOutcome]) -> RunObservation {
    let mut seen = RunObservation {
        member: None,
        readings: Vec::new(),
        nation: Vec::new(),
        counties: simulation.setting().atlas.counties.iter().map(|county| county.code.to_string()).collect(),
        by_county: Vec::new(),
        villages: villages(simulation),
    };
    for outcome in outcomes {
        let reading = match outcome.kept {
            Kept::Number(reading) => reading,
            _ => Reading::End,
        };
        let rows = |level: Level| -> Vec<Rows> {
            outcome.source().map_or_else(Vec::new, |series| read_series(simulation, series, level))
        };
        let is_national = outcome.source().is_none_or(crate::series::Series::is_national);
        let counties = if is_national { Vec::new() } else { rows(Level::County) };
        seen.readings.push(reading);
        seen.nation.push(rows(Level::Nation).pop().map_or_else(Vec::new, |rows| rows.months));
        seen.by_county.push(counties.iter().map(|rows| reading.read(&rows.months)).collect());
    }
    seen
}
