//! Villages of two scenarios beside each other.

use super::difference::Difference;
use super::observation::RunObservation;
use super::villages::{VILLAGE_OUTCOMES, VillageName, VillageSeen};
use std::collections::BTreeMap;

/// A village that both scenarios have, with what changed in it.
#[derive(Clone, Debug, PartialEq)]
pub struct VillageDifference {
    /// Which.
    pub name: VillageName,
    /// Longitude and latitude, synthetic \[degrees\].
    pub position: (f32, f32),
    /// A difference for each of [`VILLAGE_OUTCOMES`].
    pub differences: Vec<Difference>,
}

/// What changed in each village that both scenarios have, from their observations by seed, in order of codes
/// and numbers.
pub fn village_differences(first: &[&RunObservation], second: &[&RunObservation]) -> Vec<VillageDifference> {
    type Values<'a> = (Vec<&'a VillageSeen>, Vec<&'a VillageSeen>);
    let mut found: BTreeMap<VillageName, Values<'_>> = BTreeMap::new();
    for (a, b) in first.iter().zip(second) {
        let of_b: BTreeMap<VillageName, &VillageSeen> =
            b.villages.iter().map(|seen| (seen.name, seen)).collect();
        for seen in &a.villages {
            if let Some(other) = of_b.get(&seen.name) {
                let entry = found.entry(seen.name).or_default();
                entry.0.push(seen);
                entry.1.push(other);
            }
        }
    }
    let each = found.into_iter().map(|(name, (a, b))| {
        let of =
            |all: &[&VillageSeen], at: usize| all.iter().map(|seen| seen.values[at]).collect::<Vec<f64>>();
        VillageDifference {
            name,
            position: a.first().map_or((f32::NAN, f32::NAN), |seen| seen.position),
            differences: (0..VILLAGE_OUTCOMES.len())
                .map(|at| Difference::of(&of(&a, at), &of(&b, at)))
                .collect(),
        }
    });
    each.collect()
}
