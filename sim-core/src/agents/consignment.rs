//! Consignments: parcels that become due together, by slots of a few hours.
//!
//! Parcels travel in consignments (a trunk lorry, a truck, a morning's collections), while each keeps its own
//! times. One event a slot serves all that is in it. Rejected: an event for every step of every parcel, which
//! costs three queue operations more for each order.

use crate::base::Time;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Things due in future slots of equal length.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consignments<T> {
    /// Length of a slot \[minutes\].
    length: u32,
    /// Number of the first slot held.
    first: u32,
    slots: VecDeque<Vec<T>>,
    /// Emptied lists, kept for their memory.
    #[serde(skip, default = "Vec::new")]
    spare: Vec<Vec<T>>,
    held: usize,
}

impl<T> Consignments<T> {
    /// None yet, in slots of so many minutes.
    pub fn new(length: u32) -> Consignments<T> {
        Consignments { length, first: 0, slots: VecDeque::new(), spare: Vec::new(), held: 0 }
    }

    /// Adds something due at a time. If its slot was empty, returns the slot's end, at which
    /// [`Consignments::take`] should be called. The end lies after `due`.
    #[inline]
    pub fn add(&mut self, due: Time, thing: T) -> Option<Time> {
        let slot = due.minutes() / self.length;
        if self.slots.is_empty() {
            self.first = slot;
        }
        while slot < self.first {
            let list = self.spare.pop().unwrap_or_default();
            self.slots.push_front(list);
            self.first -= 1;
        }
        let at = (slot - self.first) as usize;
        while self.slots.len() <= at {
            let list = self.spare.pop().unwrap_or_default();
            self.slots.push_back(list);
        }
        self.held += 1;
        let list = &mut self.slots[at];
        list.push(thing);
        (list.len() == 1).then(|| Time::from_minutes((slot + 1).saturating_mul(self.length)))
    }

    /// Takes what is in slots that end at or before `now`, into `taken`, oldest slot first.
    pub fn take(&mut self, now: Time, taken: &mut Vec<T>) {
        let end = now.minutes() / self.length;
        while self.first < end {
            let Some(mut list) = self.slots.pop_front() else {
                break;
            };
            self.held -= list.len();
            taken.append(&mut list);
            self.spare.push(list);
            self.first += 1;
        }
    }

    /// Whether what was stored has slots of so many minutes, counts what it holds, and holds nothing beyond a
    /// moment.
    pub(crate) fn is_sound(&self, length: u32, until: Time) -> bool {
        let last = self.first.checked_add(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
        self.length == length
            && self.held == self.slots.iter().map(Vec::len).sum::<usize>()
            && last.is_some_and(|last| last <= until.minutes() / length + 2)
    }

    /// How many things are held.
    pub fn len(&self) -> usize {
        self.held
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.held == 0
    }

    /// All that is held, oldest slot first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_comes_out_once_at_its_slot_s_end() {
        let mut held = Consignments::new(60);
        assert_eq!(held.add(Time::from_minutes(130), 'a'), Some(Time::from_minutes(180)));
        assert_eq!(held.add(Time::from_minutes(179), 'b'), None);
        assert_eq!(held.add(Time::from_minutes(70), 'c'), Some(Time::from_minutes(120)));
        assert_eq!(held.add(Time::from_minutes(600), 'd'), Some(Time::from_minutes(660)));
        let mut taken = Vec::new();
        held.take(Time::from_minutes(119), &mut taken);
        assert!(taken.is_empty());
        held.take(Time::from_minutes(180), &mut taken);
        assert_eq!(taken, ['c', 'a', 'b']);
        assert_eq!(held.len(), 1);
        held.take(Time::from_minutes(10_000), &mut taken);
        assert_eq!(taken.len(), 4);
        assert_eq!(held.add(Time::from_minutes(10_001), 'e'), Some(Time::from_minutes(10_020)));
    }
}
