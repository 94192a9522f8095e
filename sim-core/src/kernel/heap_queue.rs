//! A binary heap: the oracle.

use super::event_key::EventKey;
use super::queue::{self, Queue, QueuedEvent};
use crate::base::Time;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BinaryHeap;

/// A future-event list in a binary heap: simple, with a cost that grows with the logarithm of its length.
#[derive(Clone, Debug)]
pub struct HeapQueue<E> {
    heap: BinaryHeap<QueuedEvent<E>>,
    last: Time,
}

impl<E> Default for HeapQueue<E> {
    fn default() -> HeapQueue<E> {
        HeapQueue { heap: BinaryHeap::new(), last: Time::START }
    }
}

impl<E: Copy> Queue<E> for HeapQueue<E> {
    fn starting_at(_start: Time) -> HeapQueue<E> {
        HeapQueue::default()
    }

    #[inline]
    fn push(&mut self, key: EventKey, event: E) {
        debug_assert!(key.time() >= self.last, "{key:?} is before {}", self.last);
        self.heap.push(QueuedEvent { key, event });
    }

    #[inline]
    fn pop_before(&mut self, limit: Time) -> Option<(EventKey, E)> {
        if self.heap.peek()?.key.time() >= limit {
            return None;
        }
        let QueuedEvent { key, event } = self.heap.pop()?;
        self.last = key.time();
        Some((key, event))
    }

    fn len(&self) -> usize {
        self.heap.len()
    }

    fn entries(&self) -> Vec<(EventKey, E)> {
        queue::sorted(self.heap.iter().copied())
    }
}

impl<E: Copy + Serialize> Serialize for HeapQueue<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        queue::serialize(self, serializer)
    }
}

impl<'de, E: Copy + Deserialize<'de>> Deserialize<'de> for HeapQueue<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<HeapQueue<E>, D::Error> {
        queue::deserialize(deserializer)
    }
}
