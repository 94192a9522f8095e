//! What places a run wants.

use super::selection::Selection;
use crate::base::{Date, Seed};
use crate::params::Schedule;

/// What places a run wants.
#[derive(Clone, Debug, PartialEq)]
pub struct AtlasRequest {
    /// Which counties.
    pub selection: Selection,
    /// At most so many villages in each county, chosen by a draw of each village's own, so that a larger
    /// number contains the smaller; all of them if not given.
    pub villages_per_county: Option<u32>,
    /// The run's seed.
    pub seed: Seed,
    /// When the run starts: decides what roads are paved.
    pub start: Date,
    /// Share of villages that a fixed line reaches, at dates \[0 to 1\].
    pub broadband: Schedule,
    /// Share of villages with a hardened road, at dates \[0 to 1\].
    pub paved: Schedule,
}
