//! Couriers: which villages they serve, by their published spread or by what a round earns.

use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::Village;
use crate::agents::courier::FIRST_YEAR;
use crate::agents::courier::{self, Coverage, Prospect};
use crate::base::Time;
use crate::base::factor::DAYS_IN_MONTH;
use crate::base::time::DAY;
use crate::event::{Cause, Happening, Measure};
use crate::market::choice::Delivery;
use crate::world;

/// What couriers count with in a county, whatever the village.
struct Terms {
    /// Subsidy for each parcel delivered to a village \[yuan\].
    subsidy: f64,
    /// Cost of a round over that of 2010.
    cost_ratio: f64,
    /// Days over which parcels were counted.
    days: f64,
}

impl Terms {
    fn prospect(&self, village: &Village, place: &world::Village, parcels: u32) -> Prospect {
        Prospect {
            parcels: f64::from(parcels) / self.days,
            to_town: f64::from(village.to_town),
            subsidy: self.subsidy,
            cost_ratio: self.cost_ratio,
            rank: f64::from(place.delivery_rank),
        }
    }
}

impl CountyProcess {
    /// Couriers decide at a month's end which villages they serve.
    pub(super) fn review_couriers(&mut self, setting: &Setting, now: Time) {
        let p = &setting.parameters.logistics;
        let days = f64::from(now.since(self.month.start).as_minutes()) / f64::from(DAY);
        let terms = Terms {
            subsidy: self.courier_subsidy(setting, now),
            cost_ratio: courier::cost_ratio(p, now.years_since(FIRST_YEAR)),
            days: days.max(1.0),
        };
        let places = &self.place(setting).villages;
        for (village, place) in self.villages.iter_mut().zip(places) {
            let prospect = terms.prospect(village, place, village.self_service_parcels + village.sent_last);
            let next = courier::decide(p, &prospect, village.delivery);
            if next == village.delivery {
                continue;
            }
            let entered = next == Delivery::Village;
            if entered || village.delivery == Delivery::Village {
                let measure = if entered { Measure::CourierEntries } else { Measure::CourierExits };
                self.accounts.book.count(measure, 1);
                let happening = if entered { Happening::CourierEntered } else { Happening::CourierLeft };
                let cause = match entered {
                    true if village.sent_last > village.self_service_parcels => Cause::SellersParcels,
                    true => Cause::BuyersParcels,
                    false => Cause::TooFewParcels,
                };
                self.chronicle.record_cause(now, Some(village.index), happening, cause);
            }
            village.delivery = next;
            village.stale = true;
        }
    }

    /// Before the run couriers come as their published spread has it, and to villages whose shops pay for a
    /// round.
    pub(super) fn earlier_couriers(&mut self, setting: &Setting, now: Time) {
        let p = &setting.parameters.logistics;
        let years = now.years_since(FIRST_YEAR);
        let coverage = Coverage::at(p, years);
        let terms =
            Terms { subsidy: 0.0, cost_ratio: courier::cost_ratio(p, years), days: f64::from(DAYS_IN_MONTH) };
        let places = &self.place(setting).villages;
        for (village, place) in self.villages.iter_mut().zip(places) {
            village.delivery = coverage.reaches(f64::from(place.delivery_rank));
            if village.sent_last > 0 {
                let prospect = terms.prospect(village, place, village.sent_last);
                if courier::decide(p, &prospect, village.delivery) == Delivery::Village {
                    village.delivery = Delivery::Village;
                }
            }
        }
    }
}
