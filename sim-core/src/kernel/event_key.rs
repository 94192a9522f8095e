//! The total order of events.
//!
//! Time, then phase, then source, then the source's own counter. Every part is known to the one who
//! schedules, so the order depends on neither threads nor the order of insertion. Rejected: one global
//! counter of insertions, which would depend on both.

use crate::base::Time;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// When an event happens, and where it stands among the events of the same minute.
///
/// Ordered by time, phase, source and count. A source never uses a count twice at one time and phase, so no
/// two keys of a process are equal. 12 bytes: the queue moves keys more often than it compares them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EventKey {
    time: u32,
    /// Phase in the high 8 bits, source in the low 24.
    rank: u32,
    count: u32,
}

impl EventKey {
    /// Sources are below this.
    pub const SOURCES: u32 = 1 << 24;

    /// The key of the `count`-th event that `source` schedules for this time and phase.
    ///
    /// `phase` orders kinds of events within a minute, lower first. `source` numbers the owners of counters
    /// within a process. `count` is the source's own counter; it may wrap, as long as no two pending events
    /// of one source, time and phase share it.
    ///
    /// # Panics
    ///
    /// If `source` is not below [`EventKey::SOURCES`]: it would pass for another source's event.
    #[inline]
    pub const fn new(time: Time, phase: u8, source: u32, count: u32) -> EventKey {
        assert!(source < EventKey::SOURCES, "an event's source must be below 2^24");
        EventKey { time: time.minutes(), rank: (phase as u32) << 24 | source, count }
    }

    /// When the event happens.
    #[inline]
    pub const fn time(self) -> Time {
        Time::from_minutes(self.time)
    }

    /// The order among kinds of events within a minute.
    #[inline]
    pub const fn phase(self) -> u8 {
        (self.rank >> 24) as u8
    }

    /// Who scheduled the event, below [`EventKey::SOURCES`].
    #[inline]
    pub const fn source(self) -> u32 {
        self.rank & (EventKey::SOURCES - 1)
    }

    /// The source's own counter.
    #[inline]
    pub const fn count(self) -> u32 {
        self.count
    }

    /// Time, phase and source in one word, which orders like the three.
    #[inline]
    pub const fn high(self) -> u64 {
        (self.time as u64) << 32 | self.rank as u64
    }
}

impl Ord for EventKey {
    #[inline]
    fn cmp(&self, other: &EventKey) -> Ordering {
        (self.high(), self.count).cmp(&(other.high(), other.count))
    }
}

impl PartialOrd for EventKey {
    #[inline]
    fn partial_cmp(&self, other: &EventKey) -> Option<Ordering> {
        Some(self.cmp(other))
    }
    #[inline]
    fn lt(&self, other: &EventKey) -> bool {
        (self.high(), self.count) < (other.high(), other.count)
    }
}

impl fmt::Debug for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (phase, source, count) = (self.phase(), self.source(), self.count);
        write!(f, "{} phase {phase} source {source} count {count}", self.time())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(time: u32, phase: u8, source: u32, count: u32) -> EventKey {
        EventKey::new(Time::from_minutes(time), phase, source, count)
    }

    #[test]
    fn the_order_is_time_phase_source_count() {
        let top = EventKey::SOURCES - 1;
        let keys = [
            key(0, 0, 0, 0),
            key(0, 0, 0, u32::MAX),
            key(0, 0, top, 0),
            key(0, 255, 0, 0),
            key(0, 255, top, u32::MAX),
            key(1, 0, 0, 0),
            key(u32::MAX, 0, 0, 0),
        ];
        assert!(keys.is_sorted_by(|a, b| a < b));
        assert!(keys.is_sorted_by(|a, b| a.cmp(b) == Ordering::Less));
    }

    #[test]
    fn parts_come_back_as_given() {
        let key = key(u32::MAX, 200, 0x00AB_CDEF, 77);
        assert_eq!((key.time(), key.phase()), (Time::END, 200));
        assert_eq!((key.source(), key.count()), (0x00AB_CDEF, 77));
        assert_eq!(size_of::<EventKey>(), 12);
    }

    #[test]
    #[should_panic(expected = "below 2^24")]
    fn a_source_too_large_is_refused() {
        let _ = key(0, 0, EventKey::SOURCES, 0);
    }
}
