//! Latin hypercubes.

use crate::experiment::Factor;
use crate::random::{permutation, random_stream};

const PURPOSE: u32 = 1;

/// A Latin hypercube: every factor has one point in each of `samples` equal parts of its range, in random
/// order, at a random place within the part. (McKay, Beckman and Conover, *Technometrics* 21, 1979.) Of a
/// list, every value has as many points as any other, or one more.
pub(super) fn hypercube(samples: usize, factors: &[Factor], seed: u64) -> Vec<f64> {
    let mut units = vec![0.0; samples * factors.len()];
    let mut stream = random_stream(seed, PURPOSE);
    for (at, factor) in factors.iter().enumerate() {
        let listed = if factor.is_discrete() { factor.steps() } else { Vec::new() };
        for (point, part) in permutation(&mut stream, samples).into_iter().enumerate() {
            let within = stream.unit();
            let value = listed.get(part * listed.len() / samples);
            units[point * factors.len() + at] =
                value.copied().unwrap_or((part as f64 + within) / samples as f64);
        }
    }
    units
}
