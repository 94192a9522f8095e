//! Parcels on their way, between villages and the world.

use super::agenda::{Agenda, phase};
use super::county_state::{ParcelCount, Weather};
use super::setting::Setting;
use super::village::PlacedOrder;
use crate::agents::consignment::Consignments;
use crate::base::random_stream::unit;
use crate::base::time::DAY;
use crate::base::{Delay, Time};
use crate::event::{Event, Goods, Parcel};
use serde::{Deserialize, Serialize};

/// Length of the slots in which trunk lorries arrive: noon and midnight \[minutes\].
pub(super) const LORRIES: u32 = 12 * 60;

/// Length of the slots in which what households have collected is looked at: once a day \[minutes\]. Each
/// parcel keeps its own time of collection.
pub(super) const COLLECTIONS: u32 = DAY;

/// A parcel on its way back to the merchant.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct SentBack {
    /// When it was sent back.
    pub sent: Time,
    /// When it arrives.
    pub due: Time,
    pub parcel: Parcel,
}

/// Parcels on their way, but for those that wait for a truck in their village's pile.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Transport {
    /// On the long haul.
    pub trunk: Consignments<Parcel>,
    /// With a time of collection.
    pub collections: Consignments<(Time, Parcel)>,
    /// On the way back to the merchant.
    pub returns: Consignments<SentBack>,
    /// Parcels sorted for stations in the month so far.
    pub station_parcels: u32,
    /// Parcels since the start.
    pub count: ParcelCount,
    /// Empty between events; kept for its memory.
    #[serde(skip)]
    pub taken: Vec<Parcel>,
    /// Empty between events; kept for its memory.
    #[serde(skip)]
    pub collected: Vec<(Time, Parcel)>,
}

impl Default for Transport {
    fn default() -> Transport {
        Transport {
            trunk: Consignments::new(LORRIES),
            collections: Consignments::new(COLLECTIONS),
            returns: Consignments::new(COLLECTIONS),
            station_parcels: 0,
            count: ParcelCount::default(),
            taken: Vec::new(),
            collected: Vec::new(),
        }
    }
}

impl Transport {
    /// Puts the parcel of an order on the long haul.
    #[inline]
    pub fn send(
        &mut self,
        setting: &Setting,
        now: Time,
        weather: &Weather,
        order: &PlacedOrder,
        agenda: &mut Agenda<'_>,
    ) {
        let p = &setting.parameters.logistics;
        let PlacedOrder { parcel, fate, transport_draw } = *order;
        let fate = unit(fate);
        let lost = fate < p.damage;
        let returned =
            parcel.goods() == Goods::Consumer && fate < p.damage + (1.0 - p.damage) * p.returns && !lost;
        let parcel = parcel.fated(lost, returned, transport_draw as u8);
        let haul = p.trunk_min + (p.trunk_max - p.trunk_min) * unit(transport_draw & 0xFFFF_FF00);
        let due = weather.after_pause(now + Delay::from_days(haul));
        self.count.sent += i64::from(setting.bundle);
        if let Some(end) = self.trunk.add(due, parcel) {
            agenda.schedule(end, phase::TRANSPORT, 0, Event::Trunk);
        }
    }

    pub(crate) fn await_collection(&mut self, due: Time, parcel: Parcel, agenda: &mut Agenda<'_>) {
        if let Some(end) = self.collections.add(due, (due, parcel)) {
            agenda.schedule(end, phase::COLLECTION, 0, Event::Collection);
        }
    }
}
