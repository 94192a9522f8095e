//! A calendar of buckets: the fast future-event list.
//!
//! Events of the next days lie in a ring of [`SLOTS`] buckets, each about an hour wide: pushing is writing
//! one entry to its bucket's list, and nothing is allocated in steady state. When a bucket's turn comes it is
//! drained into a vector, sorted once, and popped from its end; what is pushed into the bucket while it is
//! open goes to a small heap beside it. What lies beyond the ring waits in a heap and moves into the ring
//! as the ring turns. A bitmap of filled buckets makes idle gaps free.
//!
//! Rejected: a vector per bucket (a thousand idle queues would hold a thousand times 1,024 of them); lists of
//! single entries (a million events: 388 ns a hold, each waiting for memory; in chunks 45 ns); buckets
//! that adapt their width (Brown's calendar queue), since an hour fits both busy and idle counties here.

use super::event_key::EventKey;
use super::queue::{self, Queue, QueuedEvent};
use super::ring::{Ring, SLOTS};
use crate::base::Time;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BinaryHeap;

/// Logarithm of a bucket's width \[minutes\]: 64 minutes.
const WIDTH_BITS: u32 = 6;

/// A future-event list whose cost hardly grows with its length. About 8 KiB when empty.
#[derive(Clone, Debug)]
pub struct BucketQueue<E> {
    /// The open bucket's events, the first to happen last.
    open: Vec<QueuedEvent<E>>,
    /// Events before `next` that came after their bucket had been opened.
    late: BinaryHeap<QueuedEvent<E>>,
    /// Number of the first bucket not yet opened; the ring holds `next .. next + SLOTS`.
    next: u32,
    ring: Ring<E>,
    /// Events in bucket `next + SLOTS` or later.
    far: BinaryHeap<QueuedEvent<E>>,
    /// Time of the last event popped.
    last: Time,
}

fn bucket(time: Time) -> u32 {
    time.minutes() >> WIDTH_BITS
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
        let entry = QueuedEvent { key, event };
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
        self.open.len() + self.late.len() + self.ring.len() + self.far.len()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random_stream::{Purpose, RandomStream, Seed};
    use crate::base::{Delay, Owner};

    impl<E: Copy> BucketQueue<E> {
        /// Memory held \[bytes\].
        fn footprint(&self) -> usize {
            let lists = self.open.capacity() + self.late.capacity() + self.far.capacity();
            size_of::<Self>() + lists * size_of::<QueuedEvent<E>>() + self.ring.footprint()
        }
    }

    fn hold(queue: &mut BucketQueue<u64>, stream: &mut RandomStream, times: u32) {
        for count in 0..times {
            let (key, event) = queue.pop_before(Time::END).expect("a constant length");
            let delay = Delay::minutes((stream.exponential() * 2_000.0) as u32);
            queue.push(EventKey::new(key.time() + delay, 0, 0, count), event);
        }
    }

    fn filled(len: u32, stream: &mut RandomStream) -> BucketQueue<u64> {
        let start = Time::from_minutes(7_779_000);
        let mut queue = BucketQueue::starting_at(start);
        for count in 0..len {
            let delay = Delay::minutes((stream.exponential() * 2_000.0) as u32);
            queue.push(EventKey::new(start + delay, 0, 1, count), 0);
        }
        hold(&mut queue, stream, 400 * len);
        queue
    }

    #[test]
    fn steady_state_takes_no_more_memory() {
        let mut stream = RandomStream::new(Seed(5), Owner::NATION, Purpose::Test, 0);
        let mut queue = filled(1_000, &mut stream);
        let before = queue.footprint();
        hold(&mut queue, &mut stream, 200_000);
        assert!(queue.footprint() <= before + before / 8, "{} after {before}", queue.footprint());
        assert!(before < 256 * 1_024, "{before} bytes for 1,000 events");
    }

    #[test]
    fn an_idle_queue_is_small() {
        let mut stream = RandomStream::new(Seed(6), Owner::NATION, Purpose::Test, 0);
        assert!(BucketQueue::<u64>::default().footprint() < 9_000);
        let queue = filled(20, &mut stream);
        assert!(queue.footprint() < 14 * 1_024, "{}", queue.footprint());
    }
}
