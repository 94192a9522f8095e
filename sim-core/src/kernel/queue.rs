//! The future-event list.
//!
//! Two of them behind one trait: [`super::HeapQueue`], plain enough to trust, and [`super::BucketQueue`],
//! fast. Tests run every model on both.

use super::event_key::EventKey;
use crate::base::Time;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::cmp::Ordering;

/// Pending events in the order of their keys.
///
/// Keys are unique. The order of insertion does not matter. Pushing an event before the time of the last
/// one popped is a causality error of the caller: debug builds panic; release builds pop it next.
/// Events at [`Time::END`] are never popped, since a limit is exclusive.
pub trait Queue<E: Copy>: Default {
    /// An empty queue for events from `start` on; earlier ones are correct but slow.
    fn starting_at(start: Time) -> Self;

    /// Adds an event.
    fn push(&mut self, key: EventKey, event: E);

    /// Takes the least event if it happens strictly before `limit`.
    fn pop_before(&mut self, limit: Time) -> Option<(EventKey, E)>;

    /// How many events are pending.
    fn len(&self) -> usize;

    /// Whether nothing is pending.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All pending events in key order, for checkpoints and for tests.
    fn entries(&self) -> Vec<(EventKey, E)>;
}

/// An event with its key, ordered so that the greatest is the first to happen (for `BinaryHeap`).
#[derive(Clone, Copy, Debug)]
pub(super) struct QueuedEvent<E> {
    pub key: EventKey,
    pub event: E,
}

impl<E> PartialEq for QueuedEvent<E> {
    fn eq(&self, other: &QueuedEvent<E>) -> bool {
        self.key == other.key
    }
}

impl<E> Eq for QueuedEvent<E> {}

impl<E> Ord for QueuedEvent<E> {
    #[inline]
    fn cmp(&self, other: &QueuedEvent<E>) -> Ordering {
        other.key.cmp(&self.key)
    }
}

impl<E> PartialOrd for QueuedEvent<E> {
    #[inline]
    fn partial_cmp(&self, other: &QueuedEvent<E>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
    #[inline]
    fn lt(&self, other: &QueuedEvent<E>) -> bool {
        other.key < self.key
    }
    #[inline]
    fn le(&self, other: &QueuedEvent<E>) -> bool {
        other.key <= self.key
    }
}

/// Entries as key and event, in key order.
pub(super) fn sorted<E: Copy>(entries: impl Iterator<Item = QueuedEvent<E>>) -> Vec<(EventKey, E)> {
    let mut entries: Vec<(EventKey, E)> = entries.map(|entry| (entry.key, entry.event)).collect();
    entries.sort_unstable_by_key(|entry| entry.0);
    entries
}

/// Writes a queue as its sorted entries, so that a checkpoint depends on neither the kind nor the history of
/// the queue.
pub(super) fn serialize<E, Q, S>(queue: &Q, serializer: S) -> Result<S::Ok, S::Error>
where
    E: Copy + Serialize,
    Q: Queue<E>,
    S: Serializer,
{
    queue.entries().serialize(serializer)
}

/// Reads a queue from its sorted entries.
pub(super) fn deserialize<'de, E, Q, D>(deserializer: D) -> Result<Q, D::Error>
where
    E: Copy + Deserialize<'de>,
    Q: Queue<E>,
    D: Deserializer<'de>,
{
    let entries = Vec::<(EventKey, E)>::deserialize(deserializer)?;
    let start = entries.first().map_or(Time::START, |entry| entry.0.time());
    let mut queue = Q::starting_at(start);
    entries.into_iter().for_each(|(key, event)| queue.push(key, event));
    Ok(queue)
}
