//! The near future of the bucket queue.
//!
//! Buckets are linked lists of chunks in one slab. The links lie apart from the entries, so that following
//! a long list waits for the cache, not for memory; a chunk of several entries is fetched at once.

use super::queue::QueuedEvent;

/// Buckets in the ring: a month and a half. 256 sent most events of a sampled county through the heap of the
/// far future, which cost more than eight bytes a bucket.
pub(super) const SLOTS: u32 = 1024;
/// Entries in a chunk: a line of cache at 16 bytes each. 4 and 8 measured alike; 4 wastes less in idle
/// queues.
const CHUNK: usize = 4;
/// No chunk.
const NONE: u32 = u32::MAX;

/// Unsorted buckets by number modulo [`SLOTS`], for [`SLOTS`] successive numbers.
#[derive(Clone, Debug)]
pub(super) struct Ring<E> {
    buckets: Box<[Bucket]>,
    /// One bit for each bucket that is not empty.
    filled: [u64; (SLOTS / 64) as usize],
    /// The slab: chunk `c` is at `c * CHUNK ..`; what is not in use holds what was there before.
    entries: Vec<QueuedEvent<E>>,
    /// By chunk, the next one of its bucket or of the free list.
    links: Vec<u32>,
    /// First chunk of the free list.
    free: u32,
    len: usize,
}

/// A list of chunks, all full but the first.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    first: u32,
    /// Entries in the first chunk, 1 to [`CHUNK`]; [`CHUNK`] if there is none.
    used: u32,
}

const EMPTY: Bucket = Bucket { first: NONE, used: CHUNK as u32 };

impl<E: Copy> Ring<E> {
    pub fn new() -> Ring<E> {
        Ring {
            buckets: vec![EMPTY; SLOTS as usize].into_boxed_slice(),
            filled: [0; (SLOTS / 64) as usize],
            entries: Vec::new(),
            links: Vec::new(),
            free: NONE,
            len: 0,
        }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub fn push(&mut self, number: u32, entry: QueuedEvent<E>) {
        let slot = (number % SLOTS) as usize;
        let mut bucket = self.buckets[slot];
        if bucket.used as usize == CHUNK {
            let first = self.take_chunk(bucket.first, entry);
            bucket = Bucket { first, used: 0 };
            self.filled[slot / 64] |= 1 << (slot % 64);
        }
        self.entries[bucket.first as usize * CHUNK + bucket.used as usize] = entry;
        bucket.used += 1;
        self.buckets[slot] = bucket;
        self.len += 1;
    }

    /// A chunk in front of `next`. A new one is filled with `entry`, since there must be something.
    fn take_chunk(&mut self, next: u32, entry: QueuedEvent<E>) -> u32 {
        let chunk = self.free;
        if let Some(link) = self.links.get_mut(chunk as usize) {
            self.free = std::mem::replace(link, next);
            return chunk;
        }
        self.links.push(next);
        self.entries.extend([entry; CHUNK]);
        (self.links.len() - 1) as u32
    }

    /// Moves a bucket's events into `open`, in no order.
    pub fn drain(&mut self, number: u32, open: &mut Vec<QueuedEvent<E>>) {
        let slot = (number % SLOTS) as usize;
        let bucket = std::mem::replace(&mut self.buckets[slot], EMPTY);
        self.filled[slot / 64] &= !(1 << (slot % 64));
        let before = open.len();
        let (mut chunk, mut used) = (bucket.first, bucket.used as usize);
        while let Some(link) = self.links.get_mut(chunk as usize) {
            let begin = chunk as usize * CHUNK;
            open.extend_from_slice(&self.entries[begin..begin + used]);
            let next = std::mem::replace(link, self.free);
            self.free = chunk;
            (chunk, used) = (next, CHUNK);
        }
        self.len -= open.len() - before;
    }

    /// The number of the first bucket from `next` on that is not empty.
    pub(crate) fn first_filled(&self, next: u32) -> Option<u32> {
        let mut ahead = if self.len == 0 { SLOTS } else { 0 };
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

    /// Memory held on the heap \[bytes\].
    #[cfg(test)]
    pub(crate) fn footprint(&self) -> usize {
        size_of_val(&*self.buckets)
            + self.entries.capacity() * size_of::<QueuedEvent<E>>()
            + self.links.capacity() * 4
    }

    pub fn entries(&self) -> impl Iterator<Item = QueuedEvent<E>> + '_ {
        let filled = self.buckets.iter().filter(|bucket| bucket.first != NONE);
        filled.flat_map(|bucket| self.bucket_entries(*bucket)).copied()
    }

    fn bucket_entries(&self, bucket: Bucket) -> impl Iterator<Item = &QueuedEvent<E>> {
        let next = |chunk: &u32| self.links.get(*chunk as usize).copied();
        let chunks = std::iter::successors(Some(bucket.first), next).take_while(|&chunk| chunk != NONE);
        chunks.flat_map(move |chunk| {
            let used = if chunk == bucket.first { bucket.used as usize } else { CHUNK };
            &self.entries[chunk as usize * CHUNK..][..used]
        })
    }
}
