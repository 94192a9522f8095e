//! Government measures in a county.

use super::super::agenda::Agenda;
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use crate::agents::shop::Surroundings;
use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::{Date, Money, Month, Purpose, Time};
use crate::event::{Happening, Measure};
use crate::metrics::ledger::Item;
use crate::params::GovernmentTarget;

impl CountyProcess {
    /// Whether a measure with this target reaches the county, from its start on.
    pub(in crate::model) fn targeted(
        &self,
        setting: &Setting,
        target: GovernmentTarget,
        start: Date,
        now: Time,
    ) -> bool {
        let place = self.place(setting);
        let reached = match target {
            GovernmentTarget::Nobody => false,
            GovernmentTarget::Everywhere => true,
            GovernmentTarget::PovertyCounties => place.poverty_county,
            GovernmentTarget::DemonstrationCounties => self.grant.since.is_some_and(|since| since <= now),
            GovernmentTarget::RemoteCounties => place.to_capital >= setting.remote_km,
        };
        reached && now >= start.midnight()
    }

    /// The county is named a demonstration county.
    pub(in crate::model) fn become_demonstration(&mut self, setting: &Setting, now: Time, grant: Money) {
        let months = (setting.parameters.government.demonstration_years * MONTHS_IN_YEAR).max(1.0);
        self.grant.since = Some(now);
        self.grant.left = grant;
        self.grant.monthly = Money::from_fen((grant.fen() as f64 / months).ceil() as i64);
        self.chronicle.record(now, None, Happening::Demonstration);
        self.accounts.book.stock(Measure::DemonstrationCounties, 1);
    }

    /// Whether demonstration money is being spent.
    fn demonstrates(&self) -> bool {
        self.grant.left > Money::ZERO
    }

    /// Whether parcels of couriers to villages are subsidised.
    fn subsidises_couriers(&self, setting: &Setting, now: Time) -> bool {
        let p = &setting.parameters.government;
        self.targeted(setting, p.courier_target, p.courier_start, now) && now < p.courier_end.midnight()
    }

    /// Whether classes in selling are given.
    fn trains(&self, setting: &Setting, now: Time) -> bool {
        let p = &setting.parameters.government;
        self.targeted(setting, p.training_target, p.training_start, now) && now < p.training_end.midnight()
    }

    /// Subsidy for each parcel handed over in a village by couriers: by the measure, and out of a
    /// demonstration county's grant \[yuan\].
    pub(in crate::model) fn courier_subsidies(&self, setting: &Setting, now: Time) -> [f64; 2] {
        let p = &setting.parameters.government;
        let lever = if self.subsidises_couriers(setting, now) { p.courier_subsidy } else { 0.0 };
        let grant = if self.demonstrates() { 2.0 * p.demonstration_logistics } else { 0.0 };
        [lever, grant]
    }

    /// Whether courier networks are helped to join their rounds.
    pub(super) fn joins_rounds(&self, setting: &Setting, now: Time) -> bool {
        let p = &setting.parameters.government;
        self.targeted(setting, p.joint_target, p.joint_start, now) && now < p.joint_end.midnight()
    }

    /// Entry by training \[per household able to sell and year\].
    pub(in crate::model) fn training(&self, setting: &Setting, now: Time) -> f64 {
        let p = &setting.parameters.government;
        let lever = self.trains(setting, now);
        let pace = if lever { p.training_pace } else { 0.0 };
        // A demonstration county spends part of its grant on classes like these.
        let classes = if self.demonstrates() {
            let households = self.place(setting).households().max(1) as f64;
            let yearly = self.grant.monthly.yuan() * MONTHS_IN_YEAR * p.demonstration_training;
            yearly / p.training_cost.max(1.0) / households
        } else {
            0.0
        };
        (pace + classes) * p.training_effect + self.masterclass_entry(setting, now)
    }

    /// What government adds to shops' surroundings; the rest is filled in for each shop.
    pub(in crate::model) fn shop_support(&self, setting: &Setting, now: Time) -> Surroundings {
        let p = &setting.parameters.government;
        let shop = &setting.parameters.shop;
        let credit = self.targeted(setting, p.credit_target, p.credit_start, now);
        let rent = self.targeted(setting, p.rent_target, p.rent_start, now);
        let quality = self.targeted(setting, p.quality_target, p.quality_start, now);
        let export = self.targeted(setting, p.export_target, p.export_start, now);
        Surroundings {
            unit_sales: 0.0,
            neighbours: 1.0,
            county: 0.0,
            season: 1.0,
            parcel_price: 0.0,
            lost: 0.0,
            wage: 0.0,
            outside_wage: 0.0,
            fee: 0.0,
            credit: credit.then_some((p.credit_line, p.credit_rate)),
            seller_subsidy: 0.0,
            platform_credit: 0.0,
            rent_index: 1.0,
            export_support: if export { p.export_cost / MONTHS_IN_YEAR } else { 0.0 },
            rent_support: if rent { p.rent_support } else { 0.0 },
            mark: if quality { p.quality_gain } else { 0.0 },
            export_start: shop.export_start * if export { p.export_gain } else { 1.0 },
            labour: 0,
            help: None,
        }
    }

    /// The month's government spending in the county, and what it builds.
    pub(in crate::model) fn govern(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        self.spend_grant(setting, now);
        self.pay_for_measures(setting, now);
        self.upgrade_roads(setting, now, agenda);
        self.bring_broadband(setting, now);
    }

    /// What is paid by the month: classes, marks. Parcels are paid for with couriers' accounts.
    pub(super) fn pay_for_measures(&mut self, setting: &Setting, now: Time) {
        let p = &setting.parameters.government;
        let part = self.month.part(now);
        let yearly = |rate: f64, count: f64| Money::from_yuan(rate * count / MONTHS_IN_YEAR * part);
        if self.trains(setting, now) {
            let trained = p.training_pace * self.place(setting).households() as f64;
            self.accounts.book.pay(Item::PublicTraining, yearly(p.training_cost, trained));
        }
        if self.targeted(setting, p.quality_target, p.quality_start, now) {
            self.accounts.book.pay(Item::QualityMarks, yearly(p.quality_cost, self.shops().count() as f64));
        }
    }

    fn upgrade_roads(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        let p = &setting.parameters.government;
        if !self.targeted(setting, p.road_target, p.road_start, now) || now >= p.road_end.midnight() {
            return;
        }
        let mut waiting: Vec<usize> =
            (0..self.villages.len()).filter(|&at| !self.villages[at].upgraded).collect();
        waiting.sort_by_key(|&at| (std::cmp::Reverse(self.villages[at].to_town), at));
        let place = self.place(setting);
        let mut stream = setting.random_stream(place.owner(), Purpose::Government, u64::from(now.day()));
        let count = stream.round(p.road_pace * self.villages.len() as f64 / MONTHS_IN_YEAR) as usize;
        for at in waiting.into_iter().take(count) {
            let village = &mut self.villages[at];
            let cost = Money::from_yuan(p.road_cost * f64::from(village.to_town));
            let saved = f64::from(village.to_town) * p.road_saving;
            village.to_town -= saved as u16;
            village.to_seat -= (saved as u16).min(village.to_seat);
            village.upgraded = true;
            self.accounts.book.pay(Item::RoadWorks, cost);
            self.chronicle.record(now, Some(village.index), Happening::RoadUpgraded);
            village.refresh(setting, now, &self.month, agenda);
        }
    }

    fn bring_broadband(&mut self, setting: &Setting, now: Time) {
        let p = &setting.parameters.government;
        if !self.targeted(setting, p.broadband_target, p.broadband_start, now) || p.broadband_months == 0 {
            return;
        }
        let month = Month::of(now);
        let places = &self.place(setting).villages;
        for (village, place) in self.villages.iter_mut().zip(places) {
            let planned = village.broadband;
            let untouched = planned == place.broadband;
            // The line comes earlier by the lever's months, but not before the works have begun.
            if untouched && planned > month {
                let earlier = Month(planned.0.saturating_sub(p.broadband_months as u16).max(month.0 + 1));
                if earlier < planned {
                    village.broadband = earlier;
                    self.accounts.book.pay(Item::Broadband, Money::from_yuan(p.broadband_cost));
                    self.chronicle.record(now, Some(village.index), Happening::Broadband);
                }
            }
        }
    }
}
