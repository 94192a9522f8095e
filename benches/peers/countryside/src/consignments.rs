//! A county as the model builds it: parcels travel in consignments, each with its own times; orders are
//! events, and so is each truck and each
//! morning's or evening's collections.

use crate::Counted;
use crate::county::{ARRIVES, DAY, LEAVES, People, midnight, phase};
use sim_core::agents::consignment::Consignments;
use sim_core::base::{Delay, Time};
use sim_core::kernel::{EventKey, Outbox, Process};
use workload::{DECIDE, Tally};

/// Length of the slots in which collections are looked at: 08:00, 16:00 and midnight, before anybody decides
/// \[minutes\].
const COLLECTIONS: u32 = 8 * 60;

/// A parcel on its way.
#[derive(Clone, Copy)]
struct Parcel {
    household: u32,
    ordered: Time,
    hub: Time,
    /// How long it will lie on the shelf \[minutes\].
    leisure: u32,
}

/// A parcel whose way is known to its end.
#[derive(Clone, Copy)]
struct Collected {
    household: u32,
    /// Ordered to collected.
    took: Delay,
}

#[derive(Clone, Copy)]
pub enum Event {
    Order { village: u16 },
    Leave,
    Arrive,
    Collection,
    Decide,
}

type Out = Outbox<Event, ()>;

pub struct County {
    people: People,
    events: u32,
    /// Parcels by the day on which their truck leaves.
    trunk: Consignments<Parcel>,
    /// Parcels in today's trucks.
    loaded: Vec<Parcel>,
    collections: Consignments<Collected>,
    collected: Vec<Collected>,
}

impl County {
    #[inline]
    fn schedule(&mut self, time: Time, phase: u8, source: u32, event: Event, outbox: &mut Out) {
        outbox.schedule(EventKey::new(time, phase, source, self.events), event);
        self.events = self.events.wrapping_add(1);
    }

    #[inline]
    fn order(&mut self, now: Time, village: u16, outbox: &mut Out) {
        let luck = self.people.luck(u32::from(village));
        self.people.tally.orders += 1;
        let parcel =
            Parcel { household: luck.household, ordered: now, hub: now + luck.to_hub, leisure: luck.leisure };
        self.trunk.add(parcel.hub, parcel);
        self.schedule(
            now + luck.gap,
            phase::PEOPLE,
            u32::from(village) + 1,
            Event::Order { village },
            outbox,
        );
    }

    /// The trucks of all villages leave with what has reached the hub.
    fn leave(&mut self, now: Time, outbox: &mut Out) {
        self.people.tally.departures += u64::from(self.people.villages());
        self.trunk.take(now, &mut self.loaded);
        self.people.tally.hub_arrivals += self.loaded.len() as u64;
        self.schedule(now + Delay::minutes(ARRIVES - LEAVES), phase::TRANSPORT, 0, Event::Arrive, outbox);
        self.schedule(now + Delay::days(1), phase::TRANSPORT, 0, Event::Leave, outbox);
    }

    fn arrive(&mut self, now: Time, outbox: &mut Out) {
        self.people.tally.arrivals += u64::from(self.people.villages());
        let mut loaded = std::mem::take(&mut self.loaded);
        for parcel in loaded.drain(..) {
            let time = now + Delay::minutes(parcel.leisure);
            let collected = Collected { household: parcel.household, took: time.since(parcel.ordered) };
            if let Some(end) = self.collections.add(time, collected) {
                self.schedule(end, phase::COLLECTION, 0, Event::Collection, outbox);
            }
        }
        self.loaded = loaded;
    }

    fn collect(&mut self, now: Time) {
        let mut collected = std::mem::take(&mut self.collected);
        self.collections.take(now, &mut collected);
        for parcel in collected.drain(..) {
            self.people.collect(parcel.household, parcel.took);
        }
        self.collected = collected;
    }

    fn decide(&mut self, now: Time, outbox: &mut Out) {
        (0..self.people.villages()).for_each(|village| self.people.decide(village, now));
        self.schedule(now + Delay::days(DECIDE), phase::DECISION, 0, Event::Decide, outbox);
    }
}

impl Process for County {
    type Context = ();
    type Event = Event;
    type Message = ();

    fn receive(&mut self, _: &(), _now: Time, _from: u32, _message: &(), _outbox: &mut Out) {}

    #[inline]
    fn handle(&mut self, _: &(), key: EventKey, event: Event, outbox: &mut Out) {
        let now = key.time();
        match event {
            Event::Order { village } => self.order(now, village, outbox),
            Event::Leave => self.leave(now, outbox),
            Event::Arrive => self.arrive(now, outbox),
            Event::Collection => self.collect(now),
            Event::Decide => self.decide(now, outbox),
        }
    }

    fn close_window(&mut self, _: &(), _end: Time, _outbox: &mut Out) {}

    fn kind(event: &Event) -> u32 {
        match event {
            Event::Order { village } => u32::from(*village) << 8,
            Event::Leave => 1,
            Event::Arrive => 2,
            Event::Collection => 3,
            Event::Decide => 4,
        }
    }
}

impl Counted for County {
    fn new(seed: u64, first: u32, villages: u32) -> County {
        County {
            people: People::new(seed, first, villages),
            events: 0,
            trunk: Consignments::new(DAY),
            loaded: Vec::new(),
            collections: Consignments::new(COLLECTIONS),
            collected: Vec::new(),
        }
    }

    fn begin(&mut self, outbox: &mut Out) {
        let start = midnight(0);
        for village in 0..self.people.villages() {
            let gap = self.people.luck(village).gap;
            let event = Event::Order { village: village as u16 };
            self.schedule(start + gap, phase::PEOPLE, village + 1, event, outbox);
        }
        self.schedule(start + Delay::minutes(LEAVES), phase::TRANSPORT, 0, Event::Leave, outbox);
        self.schedule(midnight(DECIDE), phase::DECISION, 0, Event::Decide, outbox);
    }

    fn tally(&self, end: Time) -> Tally {
        let mut tally = self.people.counted();
        tally.hub_arrivals += self.trunk.iter().filter(|parcel| parcel.hub < end).count() as u64;
        // What was collected in the last slot, which ends with the run, was not looked at.
        for parcel in self.collections.iter() {
            tally.collections += 1;
            tally.delay += parcel.took.as_days();
        }
        tally
    }
}
