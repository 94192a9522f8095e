//! The region of a folder of results: where its places lie, and what is drawn behind them.

use super::folder::ResultFolder;
use crate::engine;
use serde_json::Value;
use sim_core::base::Currency;
use sim_core::region::Region;
use sim_core::world::Geography;
use std::sync::Arc;

/// The files that a folder may have its scenario in.
const SCENARIOS: [&str; 2] = [super::words::FILE, "first.ron"];

/// A region as a report needs it.
pub struct ReportRegion {
    region: Arc<Region>,
    /// Its places.
    pub geography: Arc<Geography>,
}

impl ReportRegion {
    /// That of a folder; the first region if its scenario cannot be read, which the report says elsewhere.
    pub fn of(folder: &ResultFolder) -> ReportRegion {
        let load = |name: &str| engine::load(&folder.path().join(name).display().to_string(), &[]).ok();
        let found = SCENARIOS.into_iter().find_map(load).map(|loaded| loaded.scenario.places.region);
        ReportRegion::from(found.unwrap_or_else(|| Region::home().clone()))
    }

    /// Its money.
    pub fn currency(&self) -> Currency {
        self.region.currency()
    }

    /// Whom a map of it has to name; empty for nobody.
    pub fn credit(&self) -> &str {
        &self.region.manifest.credit
    }

    /// All rings of its background \[degrees east and north\].
    pub fn rings(&self) -> Vec<Vec<(f64, f64)>> {
        let mut rings = Vec::new();
        let background = self.region.file("background.geojson").unwrap_or_default();
        if let Ok(value) = serde_json::from_slice::<Value>(background) {
            collect(&value, &mut rings);
        }
        rings
    }
}

impl From<Arc<Region>> for ReportRegion {
    fn from(region: Arc<Region>) -> ReportRegion {
        let geography = Geography::of_region(&region).unwrap_or_default();
        ReportRegion { region, geography }
    }
}

/// Finds rings at any depth: a list whose members are all places.
fn collect(value: &Value, rings: &mut Vec<Vec<(f64, f64)>>) {
    let place = |value: &Value| match value.as_array()?.as_slice() {
        [longitude, latitude] => Some((longitude.as_f64()?, latitude.as_f64()?)),
        _ => None,
    };
    match value {
        Value::Array(members) => match members.iter().map(place).collect::<Option<Vec<_>>>() {
            Some(ring) if ring.len() > 2 => rings.push(ring),
            _ => members.iter().for_each(|member| collect(member, rings)),
        },
        Value::Object(members) => members.values().for_each(|member| collect(member, rings)),
        _ => {}
    }
}
