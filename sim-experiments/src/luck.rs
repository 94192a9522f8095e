//! Luck of designs and resampling: the same on every machine, and apart from that of runs.

use sim_core::base::{philox, unit};

/// A stream of random numbers, keyed by a seed and a use.
pub(crate) struct Luck {
    key: [u32; 2],
    count: u64,
    block: [u32; 4],
}

impl Luck {
    /// The stream of a seed for a use; uses are told apart by any number.
    pub fn new(seed: u64, purpose: u32) -> Luck {
        Luck {
            key: [seed as u32, (seed >> 32) as u32 ^ purpose.wrapping_mul(0x9E37_79B9)],
            count: 0,
            block: [0; 4],
        }
    }

    /// 32 random bits.
    pub fn word(&mut self) -> u32 {
        let at = (self.count % 4) as usize;
        if at == 0 {
            let index = self.count / 4;
            self.block = philox([index as u32, (index >> 32) as u32, 0x5EED, 0], self.key);
        }
        self.count += 1;
        self.block[at]
    }

    /// A number from 0 to 1, neither included.
    pub fn unit(&mut self) -> f64 {
        unit(self.word())
    }

    /// A whole number below `bound`, which is at least 1; even for bounds far below 2^32.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u64::from(self.word()) * bound as u64) >> 32) as usize
    }

    /// The numbers below `count` in random order.
    pub fn permutation(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            order.swap(at, self.below(at + 1));
        }
        order
    }
}
