//! What follows from an event of a county: further events, and messages to the nation.

use crate::base::{Delay, Time};
use crate::event::{Event, Message};
use crate::kernel::{EventKey, Outbox};

pub(super) type CountyOutbox = Outbox<Event, Message>;

/// Order of events of one minute.
pub(super) mod phase {
    /// Seasons and months change first.
    pub const CALENDAR: u8 = 0;
    /// Then lorries and trucks arrive and leave.
    pub const TRANSPORT: u8 = 1;
    /// Then households collect.
    pub const COLLECTION: u8 = 2;
    /// Then stations and centres open.
    pub const PROGRAMME: u8 = 3;
    /// Then people act.
    pub const PEOPLE: u8 = 4;
    /// Last, in a month's last minute, the month is settled and its books close.
    pub const CLOSING: u8 = PEOPLE + 1;
}

/// Horizon of order clocks, in order time: they are looked at on the first of every month, and no month,
/// festivals included, holds the orders of so many mean days.
pub(super) const MONTHLY: Delay = Delay::days(90);

/// Horizon of learning and entry clocks, which are looked at twice a year at least.
pub(super) const SLOW: Delay = Delay::days(200);

/// The agenda of a county while it handles an event: gives events their keys. A county is sequential, so its
/// counter does not depend on threads.
pub(super) struct Agenda<'o> {
    events: u32,
    outbox: &'o mut CountyOutbox,
}

impl<'o> Agenda<'o> {
    /// An agenda that goes on from so many events scheduled.
    #[inline]
    pub(super) fn after(events: u32, outbox: &'o mut CountyOutbox) -> Agenda<'o> {
        Agenda { events, outbox }
    }

    /// Events scheduled so far, modulo 2^32.
    #[inline]
    pub(super) fn events(&self) -> u32 {
        self.events
    }

    /// Schedules an event of the county. `source` is 0 for the county's own, else the village's index plus
    /// one.
    #[inline]
    pub(super) fn schedule(&mut self, time: Time, phase: u8, source: u32, event: Event) {
        if time == Time::END {
            return;
        }
        self.outbox.schedule(EventKey::new(time, phase, source, self.events), event);
        self.events = self.events.wrapping_add(1);
    }

    /// Sends a message to the process with this address.
    pub(super) fn send(&mut self, to: u32, message: Message) {
        self.outbox.send(to, message);
    }
}

/// Months after which a village is looked at again where nothing has changed: a sixth of the villages each
/// month.
pub(super) const HALF_YEAR: u16 = 6;
