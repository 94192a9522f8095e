//! The scenario's rules in a county: which of them hold, and the setting under them.

use super::super::agenda::Agenda;
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use crate::base::{Delay, Time};
use std::sync::Arc;

impl CountyProcess {
    /// Looks up which rules hold. `setting` is the run's.
    pub(in crate::model) fn look_up_rules(&mut self, setting: &Setting, now: Time) {
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
    pub(in crate::model) fn heed_rules(
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

    /// Rules were added of which the first holds from a moment on.
    pub(crate) fn expect_rules(&mut self, from: Time) {
        self.levers.lasts = self.levers.lasts.map(|lasts| lasts.min(from));
    }

    /// The setting that holds in the county at a moment by what is known now, if it is not the run's.
    pub(crate) fn setting_on(&self, setting: &Setting, now: Time) -> Option<Arc<Setting>> {
        let (holding, _) = setting.rules.in_county(self.index.at(), &self.levers.fired, now);
        setting.under(Some(self.index), &holding)
    }

    /// The setting that holds in the county, if it is not the run's.
    pub(in crate::model) fn own_setting(&self, setting: &Setting) -> Option<Arc<Setting>> {
        setting.under(Some(self.index), &self.levers.holding)
    }
}
