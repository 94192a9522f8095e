//! Villages of a run.

use crate::base::{Month, Product};
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
