//! Latin hypercubes.

use crate::luck::Luck;

const PURPOSE: u32 = 1;

/// A Latin hypercube: every factor has one point in each of `samples` equal parts of its range, in random order, at a random place
/// within the part. (McKay, Beckman and Conover, *Technometrics* 21, 1979.)
pub(super) fn hypercube(samples: usize, factors: usize, seed: u64) -> Vec<f64> {
    let mut units = vec![0.0; samples * factors];
    let mut luck = Luck::new(seed, PURPOSE);
    for factor in 0..factors {
        for (point, part) in luck.permutation(samples).into_iter().enumerate() {
            units[point * factors + factor] = (part as f64 + luck.unit()) / samples as f64;
        }
    }
    units
}
