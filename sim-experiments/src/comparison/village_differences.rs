//! Villages of two scenarios beside each other.

use super::difference::Difference;
use super::observation::{RunMember, RunObservation};
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
    #[derive(Default)]
    struct Seen<'a> {
        first: Vec<&'a VillageSeen>,
        second: Vec<&'a VillageSeen>,
        members: Vec<Option<RunMember>>,
    }
    let mut found: BTreeMap<VillageName, Seen<'_>> = BTreeMap::new();
    for (a, b) in first.iter().zip(second) {
        let of_b: BTreeMap<VillageName, &VillageSeen> =
            b.villages.iter().map(|seen| (seen.name, seen)).collect();
        for seen in &a.villages {
            if let Some(other) = of_b.get(&seen.name) {
                let entry = found.entry(seen.name).or_default();
                entry.first.push(seen);
                entry.second.push(other);
                entry.members.push(a.member);
            }
        }
    }
    let each = found.into_iter().map(|(name, seen)| {
        let of =
            |all: &[&VillageSeen], at: usize| all.iter().map(|seen| seen.values[at]).collect::<Vec<f64>>();
        VillageDifference {
            name,
            position: seen.first.first().map_or((f32::NAN, f32::NAN), |seen| seen.position),
            differences: (0..VILLAGE_OUTCOMES.len())
                .map(|at| Difference::of_pairs(&of(&seen.first, at), &of(&seen.second, at), &seen.members))
                .collect(),
        }
    });
    each.collect()
}
