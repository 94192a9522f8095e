//! Sobol sequences, and Saltelli's scheme on them.
//!
//! The sequence is shifted digit by digit, each dimension by a random word of its own (Cranley and
//! Patterson's shift in base 2): its first point is then no corner, and it stays a net. Another seed gives
//! other words, so that a design can be repeated and its own error be seen. Leaving out the first point was
//! rejected: what is left is no net.

use crate::random::random_stream;
use sobol::Sobol;
use sobol::params::JoeKuoD6;

const PURPOSE: u32 = 3;

/// Most dimensions of the crate's table.
const DIMENSIONS: usize = 1000;

/// The first points of the sequence.
pub(super) fn sobol(samples: usize, dimensions: usize, seed: u64) -> Result<Vec<f64>, String> {
    if dimensions > DIMENSIONS {
        return Err(format!(
            "a Sobol sequence has at most {DIMENSIONS} dimensions, and {dimensions} are needed"
        ));
    }
    let parameters = JoeKuoD6::standard();
    let mut stream = random_stream(seed, PURPOSE);
    let shifts: Vec<u32> = (0..dimensions).map(|_| stream.word()).collect();
    let mut units = Vec::with_capacity(samples * dimensions);
    for point in Sobol::<u32>::new(dimensions, &parameters).take(samples) {
        let shifted = point.iter().zip(&shifts).map(|(word, shift)| word ^ shift);
        units.extend(shifted.map(|word| (f64::from(word) + 0.5) / 4_294_967_296.0));
    }
    Ok(units)
}

/// Points that Saltelli's scheme takes of a base sample.
pub fn of_a_sample(factors: usize, second_order: bool) -> usize {
    if second_order { 2 * factors + 2 } else { factors + 2 }
}

/// Saltelli's scheme: for each base sample the points A, B, and A with one factor from B, factor by factor;
/// for indices of pairs also B with one factor from A. (Saltelli, *Computer Physics Communications* 145,
/// 2002; Saltelli et al., there 181, 2010.)
pub(super) fn saltelli(
    samples: usize,
    factors: usize,
    seed: u64,
    second_order: bool,
) -> Result<Vec<f64>, String> {
    let both = sobol(samples, 2 * factors, seed)?;
    let mut units = Vec::with_capacity(samples * of_a_sample(factors, second_order) * factors);
    for row in both.chunks_exact(2 * factors) {
        let (a, b) = row.split_at(factors);
        units.extend_from_slice(a);
        units.extend_from_slice(b);
        for (most, one) in [(a, b), (b, a)].into_iter().take(1 + usize::from(second_order)) {
            for factor in 0..factors {
                units.extend((0..factors).map(|at| if at == factor { one[at] } else { most[at] }));
            }
        }
    }
    Ok(units)
}
