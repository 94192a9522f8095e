//! A county's levers: the rules that hold in it, and the setting under them.

use super::agenda::Agenda;
use super::county_process::CountyProcess;
use super::setting::Setting;
use crate::base::{Delay, Time};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The rules that hold in a county.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct CountyLevers {
    /// Rules with a condition, as the nation has told: since when, and which.
    fired: Vec<(Time, u16)>,
    /// All that hold, in the order in which they came to.
    holding: Vec<u16>,
    /// The setting under them; nothing if it is the run's, or not looked up since a checkpoint was read.
    #[serde(skip)]
    own: Option<Arc<Setting>>,
    /// Until when they hold by what is known; nothing if not looked up yet.
    #[serde(skip)]
    lasts: Option<Time>,
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

impl CountyProcess {
    /// Looks up which rules hold. `setting` is the run's.
    pub(super) fn look_up_rules(&mut self, setting: &Setting, now: Time) {
        let (holding, lasts) = setting.rules.in_county(self.index.at(), &self.levers.fired, now);
        self.levers.lasts = Some(lasts);
        self.levers.own = setting.under(Some(self.index), &holding);
        if holding != self.levers.holding {
            if setting.is_seen(&self.levers.holding, &holding) {
                self.villages.iter_mut().for_each(|village| village.stale = true);
            }
            self.levers.holding = holding;
        }
    }

    /// The nation tells which rules with a condition hold.
    pub(super) fn heed_rules(
        &mut self,
        setting: &Setting,
        now: Time,
        fired: &[(Time, u16)],
        agenda: &mut Agenda<'_>,
    ) {
        self.levers.fired = fired.to_vec();
        self.look_up_rules(setting, now);
        // Batches that were held may go on.
        self.programme.schedule_batch(now + Delay::days(1), agenda);
    }

    /// The setting that holds in the county, if it is not the run's.
    pub(super) fn own_setting(&self, setting: &Setting) -> Option<Arc<Setting>> {
        setting.under(Some(self.index), &self.levers.holding)
    }
}
