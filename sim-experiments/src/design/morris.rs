//! Morris' trajectories.

use crate::experiment::{Factor, FactorKind};
use crate::random::{permutation, random_stream};
use sim_core::base::RandomStream;

const PURPOSE: u32 = 2;
/// Of the values that lists begin and go on with.
const LISTS: u32 = 8;

/// Trajectories of one point more than there are factors: every step moves one factor, all factors once, in
/// random order. (Morris, *Technometrics* 33, 1991.)
///
/// A range or distribution has a grid of `levels` (even) from end to end, and a step is half of them: levels
/// / 2 / (levels - 1) of its range. Lists and whole numbers have their own values for a grid. All of these
/// are begun with equally often. Numbers move by half of their grid too, and where values have no order, to
/// any other value.
///
/// # Errors
/// If a factor has one value only: it cannot move.
pub(super) fn trajectories(
    trajectories: usize,
    factors: &[Factor],
    levels: u32,
    seed: u64,
) -> Result<Vec<f64>, String> {
    let mut stream = random_stream(seed, PURPOSE);
    let mut lists = random_stream(seed, LISTS);
    let mut tracks: Vec<Track> =
        factors.iter().map(|factor| Track::of(factor, levels, trajectories, &mut lists)).collect();
    if let Some((factor, _)) = factors.iter().zip(&tracks).find(|(_, track)| track.units.len() < 2) {
        return Err(format!(
            "`{}` has one value only: Morris' trajectories move every factor from one value to another",
            factor.name
        ));
    }
    let mut units = Vec::with_capacity(trajectories * (factors.len() + 1) * factors.len());
    for trajectory in 0..trajectories {
        let begun = tracks.iter().map(|track| track.start(trajectory, &mut stream));
        let mut place: Vec<usize> = begun.collect();
        let point = |place: &[usize], tracks: &[Track]| -> Vec<f64> {
            let each = tracks.iter().zip(place);
            each.map(|(track, &at)| track.units[at]).collect()
        };
        units.extend(point(&place, &tracks));
        for factor in permutation(&mut stream, factors.len()) {
            place[factor] = tracks[factor].moved(place[factor], &mut lists);
            units.extend(point(&place, &tracks));
        }
    }
    Ok(units)
}

/// The values between which a factor moves.
struct Track {
    /// Their unit coordinates, in their order if they have one.
    units: Vec<f64>,
    is_ordered: bool,
    /// For lists, where each trajectory begins.
    starts: Vec<usize>,
}

impl Track {
    fn of(factor: &Factor, levels: u32, trajectories: usize, stream: &mut RandomStream) -> Track {
        let mut units = factor.grid(levels);
        let is_ordered = factor.is_ordered();
        if is_ordered {
            // A list of numbers may be in any order.
            units.sort_by(|&a, &b| factor.change(b, a).total_cmp(&0.0));
        }
        let is_even = matches!(
            factor.kind,
            FactorKind::Range { whole: false, .. } | FactorKind::Distribution { whole: false, .. }
        );
        let mut starts = Vec::new();
        while !is_even && !units.is_empty() && starts.len() < trajectories {
            starts.extend(permutation(stream, units.len()));
        }
        Track { units, is_ordered, starts }
    }

    fn start(&self, trajectory: usize, stream: &mut RandomStream) -> usize {
        let half = self.units.len() / 2;
        // Whichever end it starts from, a step of half the levels stays on the grid.
        let any =
            |stream: &mut RandomStream| stream.index(half) + if stream.index(2) == 0 { 0 } else { half };
        self.starts.get(trajectory).copied().unwrap_or_else(|| any(stream))
    }

    /// Where a factor moves to.
    fn moved(&mut self, from: usize, stream: &mut RandomStream) -> usize {
        let (count, half) = (self.units.len(), self.units.len() / 2);
        if !self.is_ordered {
            return (from + 1 + stream.index(count - 1)) % count;
        }
        match (from >= half, from + half < count) {
            // In the middle of an odd number of values both ways are open.
            (true, true) if stream.index(2) == 0 => from + half,
            (true, _) => from - half,
            (false, _) => from + half,
        }
    }
}
