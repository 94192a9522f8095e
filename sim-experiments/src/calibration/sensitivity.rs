//! What a target depends on: Sobol indices of its emulator, first order and total.
//!
//! First order: the share of variance that knowing a parameter would remove. Total: the share that is left
//! when all others are known. Saltelli's scheme on the emulator, over the parameters' ranges taken as even;
//! the emulator's own error is not in them, and `explained` says how far it can be trusted.

use super::emulator::Emulator;
use crate::analysis::RowRuns;
use crate::analysis::sobol::{Index, indices};
use crate::random::random_stream;

/// Base samples, and resamples of their intervals.
const SAMPLES: usize = 1_000;
const RESAMPLES: usize = 20;
const PURPOSE: u32 = 902;

/// The indices of each parameter; nothing if the emulator is flat.
pub fn sobol(emulator: &Emulator, dimensions: usize) -> Option<Vec<Index>> {
    let mut stream = random_stream(0, PURPOSE);
    let mut draw = || -> Vec<f64> { (0..dimensions).map(|_| stream.unit()).collect() };
    let mut outcomes = Vec::with_capacity(SAMPLES * (dimensions + 2));
    for _ in 0..SAMPLES {
        let (a, b) = (draw(), draw());
        outcomes.extend([emulator.mean(&a), emulator.mean(&b)]);
        for (at, &other) in b.iter().enumerate() {
            let mut mixed = a.clone();
            mixed[at] = other;
            outcomes.push(emulator.mean(&mixed));
        }
    }
    indices(&RowRuns::single(&outcomes), dimensions, RESAMPLES, 0.9)
}
