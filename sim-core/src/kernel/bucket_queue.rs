//! A calendar of buckets: the fast future-event list.
//!
//! Events of the next days lie in a ring of [`SLOTS`] buckets, each about an hour wide, as singly linked lists in
//! one slab of nodes with a free list: pushing is writing one node, and nothing is allocated in steady state.
//! When a bucket's turn comes it is drained into a vector, sorted once, and popped from its end; what is
//! pushed into the bucket while it is open goes to a small heap beside it. What lies beyond the ring waits
//! in a heap and moves into the ring as the ring turns. A bitmap of filled buckets makes idle gaps free.
//!
//! Rejected: a vector per bucket (a thousand idle queues would hold a thousand times 256 of them); buckets
//! that adapt their width (Brown's calendar queue), since an hour fits both busy and idle counties here.

use super::event_key::EventKey;
use super::queue::{self, Entry, Queue};
use crate::base::Time;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BinaryHeap;

/// Logarithm of a bucket's width \[minutes\]: 64 minutes.
const WIDTH_BITS: u32 = 6;
/// Buckets in the ring: 11 days of them.
const SLOTS: u32 = 256;
/// No node.
const NONE: u32 = u32::MAX;

/// A future-event list whose cost hardly grows with its length. About 1 KiB when empty.
#[derive(Clone, Debug)]
pub struct BucketQueue<E> {
    /// The open bucket's events, the first to happen last.
    open: Vec<Entry<E>>,
    /// Events before `next` that came after their bucket had been opened.
    late: BinaryHeap<Entry<E>>,
    /// Number of the first bucket not yet opened; the ring holds `next .. next + SLOTS`.
    next: u32,
    ring: Ring<E>,
    /// Events in bucket `next + SLOTS` or later.
    far: BinaryHeap<Entry<E>>,
    /// Time of the last event popped.
    last: Time,
}

/// The buckets of the near future, by number modulo [`SLOTS`].
#[derive(Clone, Debug)]
struct Ring<E> {
    /// First node of each bucket.
    heads: Box<[u32]>,
    /// One bit for each bucket that is not empty.
    filled: [u64; (SLOTS / 64) as usize],
    nodes: Vec<Node<E>>,
    /// First node of the free list.
    free: u32,
    len: usize,
}

#[derive(Clone, Copy, Debug)]
struct Node<E> {
    entry: Entry<E>,
    next: u32,
}

fn bucket(time: Time) -> u32 {
    time.minutes() >> WIDTH_BITS
}

impl<E: Copy> Ring<E> {
    fn new() -> Ring<E> {
        Ring {
            heads: vec![NONE; SLOTS as usize].into_boxed_slice(),
            filled: [0; (SLOTS / 64) as usize],
            nodes: Vec::new(),
            free: NONE,
            len: 0,
        }
    }

    #[inline]
    fn push(&mut self, bucket: u32, entry: Entry<E>) {
        let slot = (bucket % SLOTS) as usize;
        let next = self.heads[slot];
        self.heads[slot] = self.store(Node { entry, next });
        self.filled[slot / 64] |= 1 << (slot % 64);
        self.len += 1;
    }

    #[inline]
    fn store(&mut self, node: Node<E>) -> u32 {
        let at = self.free;
        if let Some(place) = self.nodes.get_mut(at as usize) {
            self.free = place.next;
            *place = node;
            return at;
        }
        self.nodes.push(node);
        (self.nodes.len() - 1) as u32
    }

    /// Moves a bucket's events into `open`, in no order.
    fn drain(&mut self, bucket: u32, open: &mut Vec<Entry<E>>) {
        let slot = (bucket % SLOTS) as usize;
        let mut at = self.heads[slot];
        self.heads[slot] = NONE;
        self.filled[slot / 64] &= !(1 << (slot % 64));
        while let Some(node) = self.nodes.get_mut(at as usize) {
            open.push(node.entry);
            let following = std::mem::replace(&mut node.next, self.free);
            self.free = at;
            at = following;
            self.len -= 1;
        }
    }

    /// The first bucket at or after `next` that is not empty.
    fn first_filled(&self, next: u32) -> Option<u32> {
        if self.len == 0 {
            return None;
        }
        let mut ahead = 0;
        while ahead < SLOTS {
            let slot = (next + ahead) % SLOTS;
            let word = self.filled[(slot / 64) as usize] >> (slot % 64);
            if word != 0 {
                return Some(next + ahead + word.trailing_zeros());
            }
            ahead += 64 - slot % 64;
        }
        None
    }

    fn entries(&self) -> impl Iterator<Item = Entry<E>> + '_ {
        let chain = |head: u32| {
            let first = self.nodes.get(head as usize);
            std::iter::successors(first, |node| self.nodes.get(node.next as usize))
        };
        self.heads
            .iter()
            .flat_map(move |&head| chain(head).map(|node| node.entry))
    }
}

impl<E: Copy> BucketQueue<E> {
    /// Opens the next bucket that is not empty, if it begins before `limit`.
    fn open_next(&mut self, limit: Time) -> Option<()> {
        let near = self.ring.first_filled(self.next);
        let far = || self.far.peek().map(|entry| bucket(entry.key.time()));
        let opened = near.or_else(far)?;
        if opened << WIDTH_BITS >= limit.minutes() {
            return None;
        }
        self.next = opened + 1;
        self.ring.drain(opened, &mut self.open);
        self.turn(opened);
        self.open.sort_unstable();
        Some(())
    }

    /// Moves what the ring now reaches out of the far future.
    fn turn(&mut self, opened: u32) {
        while let Some(entry) = self.far.peek() {
            let bucket = bucket(entry.key.time());
            if bucket >= self.next + SLOTS {
                return;
            }
            let entry = *entry;
            self.far.pop();
            if bucket == opened {
                self.open.push(entry);
            } else {
                self.ring.push(bucket, entry);
            }
        }
    }
}

impl<E: Copy> Default for BucketQueue<E> {
    fn default() -> BucketQueue<E> {
        BucketQueue::starting_at(Time::START)
    }
}

impl<E: Copy> Queue<E> for BucketQueue<E> {
    fn starting_at(start: Time) -> BucketQueue<E> {
        BucketQueue {
            open: Vec::new(),
            late: BinaryHeap::new(),
            next: bucket(start),
            ring: Ring::new(),
            far: BinaryHeap::new(),
            last: Time::START,
        }
    }

    #[inline]
    fn push(&mut self, key: EventKey, event: E) {
        debug_assert!(key.time() >= self.last, "{key:?} is before {}", self.last);
        let bucket = bucket(key.time());
        let entry = Entry { key, event };
        if bucket < self.next {
            self.late.push(entry);
        } else if bucket < self.next + SLOTS {
            self.ring.push(bucket, entry);
        } else {
            self.far.push(entry);
        }
    }

    #[inline]
    fn pop_before(&mut self, limit: Time) -> Option<(EventKey, E)> {
        let entry = loop {
            // The greater entry is the earlier event; an empty list is less than any entry.
            let late = self.late.peek();
            let is_late = late > self.open.last();
            let first = if is_late { late } else { self.open.last() };
            match first {
                Some(entry) if entry.key.time() >= limit => return None,
                Some(_) if is_late => break self.late.pop()?,
                Some(_) => break self.open.pop()?,
                None => self.open_next(limit)?,
            }
        };
        self.last = entry.key.time();
        Some((entry.key, entry.event))
    }

    fn len(&self) -> usize {
        self.open.len() + self.late.len() + self.ring.len + self.far.len()
    }

    fn entries(&self) -> Vec<(EventKey, E)> {
        let near = self.open.iter().chain(&self.late).copied();
        queue::sorted(near.chain(self.ring.entries()).chain(self.far.iter().copied()))
    }
}

impl<E: Copy + Serialize> Serialize for BucketQueue<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        queue::serialize(self, serializer)
    }
}

impl<'de, E: Copy + Deserialize<'de>> Deserialize<'de> for BucketQueue<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<BucketQueue<E>, D::Error> {
        queue::deserialize(deserializer)
    }
}
