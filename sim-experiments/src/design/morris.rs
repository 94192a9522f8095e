//! Morris' trajectories.

use crate::luck::Luck;

const PURPOSE: u32 = 2;

/// Trajectories of `factors` + 1 points each, on a grid of `levels` (even) from 0 to 1: every step moves one factor by
/// levels / 2 / (levels - 1), all factors once, in random order. (Morris, *Technometrics* 33, 1991.)
pub(super) fn trajectories(trajectories: usize, factors: usize, levels: u32, seed: u64) -> Vec<f64> {
    let mut luck = Luck::new(seed, PURPOSE);
    let half = (levels / 2) as usize;
    let grid = |level: usize| level as f64 / f64::from(levels - 1);
    let mut units = Vec::with_capacity(trajectories * (factors + 1) * factors);
    for _ in 0..trajectories {
        // Whichever end it starts from, a step of half the levels stays on the grid.
        let mut place: Vec<usize> = (0..factors)
            .map(|_| luck.below(half) + if luck.below(2) == 0 { 0 } else { half })
            .collect();
        units.extend(place.iter().map(|&level| grid(level)));
        for factor in luck.permutation(factors) {
            let level = place[factor];
            place[factor] = if level < half { level + half } else { level - half };
            units.extend(place.iter().map(|&level| grid(level)));
        }
    }
    units
}
