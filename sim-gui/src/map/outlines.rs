//! Province outlines, read once from the GeoJSON that ships: a background, not an authoritative boundary.

use serde_json::Value;
use sim_core::world::Geography;
use std::sync::OnceLock;

/// A closed line of longitude and latitude \[degrees\].
pub type Ring = Vec<(f32, f32)>;

/// All rings of all provinces.
pub fn rings() -> &'static [Ring] {
    static RINGS: OnceLock<Vec<Ring>> = OnceLock::new();
    RINGS.get_or_init(|| {
        let mut rings = Vec::new();
        if let Ok(value) = serde_json::from_str::<Value>(Geography::outlines()) {
            collect(&value, &mut rings);
        }
        rings
    })
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
        assert!(rings().len() >= 34);
        let places: usize = rings().iter().map(Vec::len).sum();
        assert_eq!(places, 16_917);
        assert!(
            rings().iter().flatten().all(|&(x, y)| (70.0..140.0).contains(&x) && (0.0..60.0).contains(&y))
        );
    }
}
