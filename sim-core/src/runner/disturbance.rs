//! Threads that are held up at random before a node's window, so that tasks are taken and ended in another
//! order each time. Only for tests of the crate: what is released has none of it.

use std::sync::atomic::{AtomicU64, Ordering};

/// What decides who gives way; zero holds nobody up.
static WORD: AtomicU64 = AtomicU64::new(0);
/// How often somebody has.
static TIMES: AtomicU64 = AtomicU64::new(0);

/// Holds threads up from here on, by a seed; zero ends it. Other tests at the same time are held up too,
/// which must not matter to them.
pub(crate) fn from_seed(seed: u64) {
    WORD.store(seed, Ordering::Relaxed);
}

/// How often somebody has given way so far.
pub(crate) fn times() -> u64 {
    TIMES.load(Ordering::Relaxed)
}

/// Gives way to other threads, up to some hundreds of times; every second time not at all.
pub(super) fn give_way() {
    let mut word = WORD.load(Ordering::Relaxed);
    if word == 0 {
        return;
    }
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    // Threads that come together may draw the same, or lose each other's draw: all the better.
    WORD.store(word, Ordering::Relaxed);
    if word & 1 == 0 {
        TIMES.fetch_add(1, Ordering::Relaxed);
        (0..word >> 55).for_each(|_| std::thread::yield_now());
    }
}
