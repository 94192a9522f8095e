//! The way back of goods that are sent back: from the station or the pickup place to the county, and on to
//! the merchant. The money comes when they have arrived, the merchant pays the carriage, and the trouble
//! costs a little trust.

use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::transport::SentBack;
use super::super::village::{Village, way_back};
use crate::base::{Delay, Money, Purpose, Time};
use crate::event::{Event, Measure, Parcel};
use crate::metrics::ledger::Item;

impl CountyProcess {
    /// A household sends a parcel back.
    pub(super) fn send_back(
        &mut self,
        setting: &Setting,
        now: Time,
        parcel: Parcel,
        agenda: &mut Agenda<'_>,
    ) {
        let village = &self.villages[parcel.village.at()];
        let owner = village.owner.household(parcel.household.0 - village.first);
        let ordered = u64::from(parcel.ordered.minutes());
        let mut stream = setting.random_stream(owner, Purpose::Return, ordered);
        let route = village.station.as_deref().map_or(0, |station| usize::from(station.route));
        let interval = self.programme.centre.routes.get(route).map_or(1, |route| route.interval);
        let from = (parcel.way(), &village.arrivals);
        let p = &setting.parameters.logistics;
        let days = way_back(p, from, interval, stream.unit(), stream.unit());
        let due = self.weather.after_pause(now + Delay::from_days(days));
        if let Some(end) = self.transport.returns.add(due, SentBack { sent: now, due, parcel }) {
            agenda.schedule(end, phase::TRANSPORT, 0, Event::Returns);
        }
    }

    /// What was sent back has reached its merchants, who give the money back.
    pub(in crate::model) fn take_back(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        let mut arrived = Vec::new();
        self.transport.returns.take(now, &mut arrived);
        let bundle = i64::from(setting.bundle);
        for SentBack { sent, due, parcel } in arrived {
            self.transport.count.ended += bundle;
            let village = &mut self.villages[parcel.village.at()];
            let carriage = carriage_back(setting, village) * bundle;
            let book = &mut self.accounts.book;
            book.count(Measure::ParcelsReturned, bundle);
            book.pay(Item::Refund, parcel.value() * bundle);
            book.pay(Item::ReturnCarriage, carriage);
            let days = due.since(sent).as_days();
            village.mind_return(setting, now, &parcel, days, &self.market.news, agenda);
        }
    }
}

/// What carriage from the village to the merchant costs: as much as a shop of the village pays.
fn carriage_back(setting: &Setting, village: &Village) -> Money {
    let p = &setting.parameters.logistics;
    let remote = p.parcel_price_remote * (1.0 - village.arrivals.reached().village);
    Money::from_yuan(p.parcel_price + remote)
}
