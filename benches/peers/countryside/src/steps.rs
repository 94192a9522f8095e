//! A county in which every step of every parcel is an event.

use crate::Counted;
use crate::county::{ARRIVES, LEAVES, People, midnight, phase};
use sim_core::base::{Delay, Time};
use sim_core::kernel::{EventKey, Outbox, Process};
use workload::{DECIDE, HOUSEHOLDS, Tally};

/// A parcel at the hub or in a truck.
#[derive(Clone, Copy)]
struct Parcel {
    household: u32,
    ordered: Time,
    /// How long it will lie on the shelf \[minutes\].
    leisure: u16,
}

/// Fields rather than a [`Parcel`], so that an event is of 12 bytes: the queue moves it often.
#[derive(Clone, Copy)]
pub enum Event {
    Order { village: u16 },
    Hub { leisure: u16, household: u32, ordered: Time },
    Leave { village: u16 },
    Arrive { village: u16 },
    Collect { household: u32, ordered: Time },
    Decide { village: u16 },
}

type Out = Outbox<Event, ()>;

pub struct County {
    people: People,
    events: u32,
    waiting: Vec<Vec<Parcel>>,
    loaded: Vec<Vec<Parcel>>,
}

impl County {
    #[inline]
    fn schedule(&mut self, time: Time, phase: u8, source: u32, event: Event, outbox: &mut Out) {
        outbox.schedule(EventKey::new(time, phase, source, self.events), event);
        self.events = self.events.wrapping_add(1);
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
            Event::Order { village } => {
                let source = u32::from(village) + 1;
                let luck = self.people.luck(u32::from(village));
                self.people.tally.orders += 1;
                let (household, leisure) = (luck.household, luck.leisure as u16);
                let reaches = Event::Hub { leisure, household, ordered: now };
                self.schedule(now + luck.to_hub, phase::TRANSPORT, source, reaches, outbox);
                self.schedule(now + luck.gap, phase::PEOPLE, source, Event::Order { village }, outbox);
            }
            Event::Hub { leisure, household, ordered } => {
                self.people.tally.hub_arrivals += 1;
                let parcel = Parcel { household, ordered, leisure };
                self.waiting[(household / HOUSEHOLDS) as usize].push(parcel);
            }
            Event::Leave { village } => {
                self.people.tally.departures += 1;
                let (at, source) = (usize::from(village), u32::from(village) + 1);
                std::mem::swap(&mut self.waiting[at], &mut self.loaded[at]);
                let arrives = now + Delay::minutes(ARRIVES - LEAVES);
                self.schedule(arrives, phase::TRANSPORT, source, Event::Arrive { village }, outbox);
                self.schedule(
                    now + Delay::days(1),
                    phase::TRANSPORT,
                    source,
                    Event::Leave { village },
                    outbox,
                );
            }
            Event::Arrive { village } => {
                self.people.tally.arrivals += 1;
                let mut loaded = std::mem::take(&mut self.loaded[usize::from(village)]);
                for parcel in loaded.drain(..) {
                    let collected = now + Delay::minutes(u32::from(parcel.leisure));
                    let collect = Event::Collect { household: parcel.household, ordered: parcel.ordered };
                    self.schedule(collected, phase::COLLECTION, u32::from(village) + 1, collect, outbox);
                }
                self.loaded[usize::from(village)] = loaded;
            }
            Event::Collect { household, ordered } => self.people.collect(household, now.since(ordered)),
            Event::Decide { village } => {
                self.people.decide(u32::from(village), now);
                let next = now + Delay::days(DECIDE);
                self.schedule(
                    next,
                    phase::DECISION,
                    u32::from(village) + 1,
                    Event::Decide { village },
                    outbox,
                );
            }
        }
    }

    fn close_window(&mut self, _: &(), _end: Time, _outbox: &mut Out) {}

    fn kind(event: &Event) -> u32 {
        match event {
            Event::Order { village } => u32::from(*village) << 8,
            Event::Hub { household, .. } => household << 8 | 1,
            Event::Leave { village } => u32::from(*village) << 8 | 2,
            Event::Arrive { village } => u32::from(*village) << 8 | 3,
            Event::Collect { household, .. } => household << 8 | 4,
            Event::Decide { village } => u32::from(*village) << 8 | 5,
        }
    }
}

impl Counted for County {
    fn new(seed: u64, first: u32, villages: u32) -> County {
        County {
            people: People::new(seed, first, villages),
            events: 0,
            waiting: vec![Vec::new(); villages as usize],
            loaded: vec![Vec::new(); villages as usize],
        }
    }

    fn begin(&mut self, outbox: &mut Out) {
        let start = midnight(0);
        for village in 0..self.people.villages() as u16 {
            let source = u32::from(village) + 1;
            let gap = self.people.luck(u32::from(village)).gap;
            self.schedule(start + gap, phase::PEOPLE, source, Event::Order { village }, outbox);
            let leaves = start + Delay::minutes(LEAVES);
            self.schedule(leaves, phase::TRANSPORT, source, Event::Leave { village }, outbox);
            self.schedule(midnight(DECIDE), phase::DECISION, source, Event::Decide { village }, outbox);
        }
    }

    fn tally(&self, _end: Time) -> Tally {
        self.people.counted()
    }
}
