//! Random numbers of designs and resampling: the same on every machine, and apart from those of runs.
//!
//! They are the core's one generator, under a key and an owner that no run has; `rand` draws from it. Only
//! its shuffling was rejected for [`permutation`]: it draws otherwise, and every design that was kept would
//! change.

use rand::RngExt;
use rand::seq::IndexedRandom;
use sim_core::base::{Owner, Purpose, RandomStream, Seed};

/// No place has this number: it keeps these numbers apart from those of runs.
const OWNER: Owner = Owner::other(0x5EED);

/// The stream of a seed for a use; uses are told apart by any number.
pub(crate) fn random_stream(seed: u64, purpose: u32) -> RandomStream {
    let key = seed ^ u64::from(purpose.wrapping_mul(0x9E37_79B9)) << 32;
    RandomStream::new(Seed(key), OWNER, Purpose::Test, 0)
}

/// The numbers below `count` in random order.
pub(crate) fn permutation(stream: &mut RandomStream, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, stream.random_range(..=at));
    }
    order
}

/// As many values as there are, drawn from them with replacement: a bootstrap sample. None of none.
pub(crate) fn resampled<T: Copy>(stream: &mut RandomStream, values: &[T]) -> impl Iterator<Item = T> {
    values.choose_iter(stream).into_iter().flatten().take(values.len()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::base::philox;

    /// Designs that are kept depend on it.
    #[test]
    fn the_numbers_are_what_they_were() {
        let mut stream = random_stream(7, 3);
        let key = [7, 3_u32.wrapping_mul(0x9E37_79B9)];
        for block in 0..3 {
            let words = philox([block, 0, 0x5EED, 0], key);
            assert_eq!([(); 4].map(|()| stream.word()), words);
        }
    }

    /// Bootstrap intervals and orders that were printed depend on it: one word a draw, by multiplication.
    #[test]
    fn rand_draws_what_the_stream_draws() {
        let values: Vec<usize> = (0..37).collect();
        let sample: Vec<usize> = resampled(&mut random_stream(5, 1), &values).collect();
        let mut stream = random_stream(5, 1);
        assert_eq!(sample, [(); 37].map(|()| stream.index(37)));
        let mut stream = random_stream(5, 2);
        let mut order = values;
        (1..37).rev().for_each(|at| order.swap(at, stream.index(at + 1)));
        assert_eq!(permutation(&mut random_stream(5, 2), 37), order);
        assert_ne!(permutation(&mut random_stream(5, 3), 37), order);
        assert_eq!(resampled::<u8>(&mut random_stream(5, 1), &[]).count(), 0);
    }
}
