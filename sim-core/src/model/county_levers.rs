//! A county's levers: the rules that hold in it, and the setting under them.

use super::setting::Setting;
use crate::base::Time;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The rules that hold in a county.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct CountyLevers {
    /// Rules with a condition, as the nation has told: since when, and which.
    pub(super) fired: Vec<(Time, u16)>,
    /// All that hold, in the order in which they came to.
    pub(super) holding: Vec<u16>,
    /// The setting under them; nothing if it is the run's, or not looked up since a checkpoint was read.
    #[serde(skip)]
    pub(super) own: Option<Arc<Setting>>,
    /// Until when they hold by what is known; nothing if not looked up yet.
    #[serde(skip)]
    pub(super) lasts: Option<Time>,
}

impl CountyLevers {
    /// Whether other rules hold at a moment than were looked up.
    #[inline]
    pub fn is_due(&self, now: Time) -> bool {
        self.lasts.is_none_or(|lasts| now >= lasts)
    }

    /// Takes the county's setting out, to be read while the county changes; to be given back.
    #[inline]
    pub fn take(&mut self) -> Option<Arc<Setting>> {
        self.own.take()
    }

    /// Gives it back.
    #[inline]
    pub fn give(&mut self, own: Option<Arc<Setting>>) {
        self.own = own;
    }

    /// The next day on which rules begin or end, as far as is known.
    pub fn lasts(&self) -> Time {
        self.lasts.unwrap_or(Time::END)
    }
}
