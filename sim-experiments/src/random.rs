//! Random numbers of designs and resampling: the same on every machine, and apart from those of runs.
//!
//! They are the core's one generator, under a key and an owner that no run has. `rand`'s own shuffling was
//! rejected for [`permutation`]: it draws otherwise, and every design would change.

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
        order.swap(at, stream.index(at + 1));
    }
    order
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
}
