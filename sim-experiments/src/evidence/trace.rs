//! What is kept of a run as evidence.

use super::probes;
use crate::series::{Level, Series, read_series};
use serde::{Deserialize, Serialize};
use sim_core::simulation::Simulation;
use std::collections::BTreeMap;

/// Monthly series of the nation and probes of a finished run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The run's seed.
    pub seed: u64,
    /// The first month, counted from January 2000.
    pub first: u16,
    /// Counties of the country over those simulated: what counts are multiplied by to stand for the country.
    pub scale: f64,
    /// Series by name, a value a month.
    pub series: BTreeMap<String, Vec<f64>>,
    /// Probes by name.
    pub probes: BTreeMap<String, f64>,
}

impl Trace {
    /// Reads the named series and probes; names that mean nothing give not-a-number.
    pub fn of(simulation: &Simulation, series: &[String], probes: &[String]) -> Trace {
        let months = &simulation.gathered().nation;
        let read = |name: &String| {
            let rows = Series::named(name).map(|series| read_series(simulation, series, Level::Nation));
            let rows = rows.and_then(|rows| rows.into_iter().next());
            rows.map_or_else(Vec::new, |rows| rows.months.into_iter().map(|(_, value)| value).collect())
        };
        Trace {
            seed: simulation.scenario().seed.0,
            first: months.first().map_or(0, |month| month.month.0),
            scale: simulation.setting().county_scale,
            series: series.iter().map(|name| (name.clone(), read(name))).collect(),
            probes: probes
                .iter()
                .map(|name| {
                    (name.clone(), probes::named(name).map_or(f64::NAN, |probe| (probe.formula)(simulation)))
                })
                .collect(),
        }
    }
}
