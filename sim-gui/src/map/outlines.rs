//! Outlines of a region's first level, from its GeoJSON: a background, not an authoritative boundary.

use serde_json::Value;
use sim_core::region::{Region, RegionCache};
use std::convert::Infallible;
use std::sync::Arc;

/// A closed line of longitude and latitude \[degrees\].
pub type Ring = Vec<(f32, f32)>;

/// All rings of the background of a region, read once.
pub fn rings(region: &Region) -> Arc<Vec<Ring>> {
    static READ: RegionCache<Vec<Ring>> = RegionCache::new();
    let read = || {
        let mut rings = Vec::new();
        let background = region.file("background.geojson").unwrap_or_default();
        if let Ok(value) = serde_json::from_slice::<Value>(background) {
            collect(&value, &mut rings);
        }
        Ok(rings)
    };
    READ.of(region, read).unwrap_or_else(|never: Infallible| match never {})
}

/// Finds rings at any depth: a list whose members are all places.
fn collect(value: &Value, rings: &mut Vec<Ring>) {
    match value {
        Value::Array(members) => match members.iter().map(place).collect::<Option<Ring>>() {
            Some(ring) if ring.len() > 2 => rings.push(ring),
            _ => members.iter().for_each(|member| collect(member, rings)),
        },
        Value::Object(members) => members.values().for_each(|member| collect(member, rings)),
        _ => {}
    }
}

fn place(value: &Value) -> Option<(f32, f32)> {
    match value.as_array()?.as_slice() {
        [longitude, latitude] => Some((longitude.as_f64()? as f32, latitude.as_f64()? as f32)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_has_its_outline() {
        assert!(rings(Region::home()).len() >= 34);
        let places: usize = rings(Region::home()).iter().map(Vec::len).sum();
        assert_eq!(places, 16_917);
        assert!(
            rings(Region::home())
                .iter()
                .flatten()
                .all(|&(x, y)| (70.0..140.0).contains(&x) && (0.0..60.0).contains(&y))
        );
    }
}
