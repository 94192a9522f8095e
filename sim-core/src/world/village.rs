//! Villages of a run.

use crate::base::{Fingerprint, Month, Product};
use serde::{Deserialize, Serialize};

/// What the road that leads to a village is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
#[serde(rename_all = "snake_case")]
pub enum RoadClass {
    /// Earth.
    Dirt = 0,
    /// Gravel or sand.
    Gravel = 1,
    /// Concrete or asphalt.
    Paved = 2,
}

/// An administrative village (the area of one village committee). Synthetic, 36 bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Village {
    /// Longitude \[degrees east\].
    pub longitude: f32,
    /// Latitude \[degrees north\].
    pub latitude: f32,
    /// Readiness for commercial parcel delivery by density and access: 0 best to 1 worst, roughly uniform
    /// over the nation's villages. Couriers reach villages in this order.
    pub delivery_rank: f32,
    /// Strength of the craft tradition: 0 without one, else above 0 with a mean about 1.
    pub craft_strength: f32,
    /// Mean income per head over the county's mean \[above 0\].
    pub income_ratio: f32,
    /// Its number in the county's full list, stable whatever is selected.
    pub number: u16,
    /// Its town, as an index into [`County::towns`](super::County::towns).
    pub town: u16,
    /// Farm households.
    pub households: u16,
    /// Time to the town's centre \[road minutes\].
    pub to_town: u16,
    /// Time to the county seat \[road minutes\].
    pub to_seat: u16,
    /// When a fixed broadband line is available without any policy.
    pub broadband: Month,
    /// The road that leads to it, at the start of the run.
    pub road: RoadClass,
    /// The product of its craft tradition, if it has one.
    pub craft: Option<Product>,
}

impl Village {
    /// Adds every figure to a fingerprint.
    pub(super) fn mix_into(&self, print: &mut Fingerprint) {
        let pair = |a: f32, b: f32| u64::from(a.to_bits()) << 32 | u64::from(b.to_bits());
        let four = |a: u16, b: u16, c: u16, d: u16| {
            u64::from(a) << 48 | u64::from(b) << 32 | u64::from(c) << 16 | u64::from(d)
        };
        print.mix(pair(self.longitude, self.latitude));
        print.mix(pair(self.delivery_rank, self.craft_strength));
        print.mix(four(self.number, self.town, self.households, self.to_town));
        let craft = self.craft.map_or(u16::MAX, |product| product as u16);
        print.mix(four(self.to_seat, self.broadband.0, self.road as u16, craft));
        print.mix(u64::from(self.income_ratio.to_bits()));
    }
}
