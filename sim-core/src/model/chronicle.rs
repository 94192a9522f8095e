//! A county's chronicle: episodes, rows of villages, months of followed households.

use super::county_state::{FollowedRow, VillageRow};
use crate::base::{CountyIndex, Time, VillageIndex};
use crate::event::{Cause, Episode, Happening};
use serde::{Deserialize, Serialize};

/// What is told of a county, until it is gathered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Chronicle {
    county: CountyIndex,
    /// Episodes, in order of time.
    pub episodes: Vec<Episode>,
    /// Rows of the village table.
    pub rows: Vec<VillageRow>,
    /// Records that are followed, as subscripts of the county.
    pub followed: Vec<u32>,
    /// Months of followed households.
    pub lives: Vec<FollowedRow>,
}

impl Chronicle {
    /// An empty chronicle of a county.
    pub fn of(county: CountyIndex) -> Chronicle {
        Chronicle { county, episodes: Vec::new(), rows: Vec::new(), followed: Vec::new(), lives: Vec::new() }
    }

    /// Records an episode, of the whole county unless a village is named.
    pub fn record(&mut self, time: Time, village: Option<VillageIndex>, happening: Happening) {
        self.record_cause(time, village, happening, Cause::Unstated);
    }

    /// Records an episode and its cause.
    pub(crate) fn record_cause(
        &mut self,
        time: Time,
        village: Option<VillageIndex>,
        happening: Happening,
        cause: Cause,
    ) {
        self.episodes.push(Episode { time, county: self.county, village, happening, cause });
    }
}
