//! Masterclasses: the county's most successful seller teaches villagers, and is paid for it.

use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use crate::agents::service_centre::CentreState;
use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::{Money, Time};
use crate::event::Measure;
use crate::metrics::ledger::Item;

impl CountyProcess {
    /// Masterclasses in a month, if the programme pays for any here and somebody can give them.
    fn masterclasses(&self, setting: &Setting, now: Time) -> Option<f64> {
        let programme = &setting.parameters.programme;
        let wanted = programme.masterclasses;
        let open = self.programme.centre.state == CentreState::Open && setting.supported(now);
        (wanted > 0.0 && open && self.teacher(setting).is_some()).then_some(wanted)
    }

    /// The shop whose owner teaches: the most successful of those that are worth imitating, by village and
    /// position.
    fn teacher(&self, setting: &Setting) -> Option<(usize, usize)> {
        let p = &setting.parameters.shop;
        let mut best: Option<(f32, (usize, usize))> = None;
        for (at, village) in self.villages.iter().enumerate() {
            for (position, shop) in village.shops().iter().enumerate() {
                let better = best.is_none_or(|(success, _)| shop.success > success);
                if better && shop.imitation_pull(p) > 0.0 {
                    best = Some((shop.success, (at, position)));
                }
            }
        }
        best.map(|(_, teacher)| teacher)
    }

    /// Entry of shops by masterclasses \[per household able to sell and year\].
    pub(super) fn masterclass_entry(&self, setting: &Setting, now: Time) -> f64 {
        let p = &setting.parameters;
        self.masterclasses(setting, now).map_or(0.0, |classes| {
            let attend = classes * MONTHS_IN_YEAR * p.programme.masterclass_reach;
            let able = p.shop.able_share * self.place(setting).households().max(1) as f64;
            attend * p.programme.masterclass_effect / able
        })
    }

    /// Pays for the month's masterclasses: the seller, and what they cost besides.
    pub(super) fn hold_masterclasses(&mut self, setting: &Setting, now: Time) {
        let Some(classes) = self.masterclasses(setting, now) else { return };
        let Some((at, position)) = self.teacher(setting) else { return };
        let programme = &setting.parameters.programme;
        let held = classes * self.month.part(now);
        let fee = Money::from_yuan(programme.masterclass_fee * held);
        if let Some(sellers) = self.villages[at].sellers.as_deref_mut() {
            sellers.shops[position].cash += fee;
        }
        self.accounts.run(Item::MasterclassFee, fee);
        self.accounts.run(Item::MasterclassCost, Money::from_yuan(programme.masterclass_cost * held));
        self.accounts
            .book
            .count(Measure::MasterclassAttendances, (held * programme.masterclass_reach + 0.5) as i64);
    }
}
