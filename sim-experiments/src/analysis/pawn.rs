//! How much a factor changes the whole distribution of an outcome, from points of any design that is drawn.
//!
//! PAWN by Pianosi and Wagener (2018): a factor's values are cut into slices of equally many points, and the
//! distribution of the outcome in each is held against that of all points by the greatest distance of their
//! cumulative shares (Kolmogorov and Smirnov). The index is the median over slices: 0 where a factor does
//! nothing, 1 where it decides everything. Unlike indices of variance it needs no design of its own, and is
//! no worse for outcomes with long tails.
//!
//! With few points chance alone makes distributions differ. How much is found by shuffling the factor's
//! values: what nineteen of twenty shuffles do not exceed is the mark above which a factor is told from one
//! that does nothing.

use super::tree::Input;
use crate::random::{permutation, random_stream};
use crate::statistics::quantile;

/// Slices, if a factor has as many values and there are points for them.
const SLICES: usize = 10;
/// Points of a slice, at least.
const OF_A_SLICE: usize = 8;
/// Fewest points for which an index is told: two slices.
pub const FEWEST: usize = 2 * OF_A_SLICE;
/// Shuffles that tell what chance does.
const SHUFFLES: usize = 400;
/// The share of shuffles that the mark is not exceeded by.
const CONFIDENCE: f64 = 0.95;
const PURPOSE: u32 = 611;

/// The index of a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PawnIndex {
    /// Median over slices of the distance between distributions \[0 to 1\].
    pub median: f64,
    /// The greatest over slices.
    pub most: f64,
    /// What nineteen of twenty factors that do nothing stay below.
    pub chance: f64,
    /// Slices.
    pub slices: usize,
}

impl PawnIndex {
    /// Whether the factor is told from one that does nothing.
    pub fn is_told(&self) -> bool {
        self.median > self.chance
    }
}

/// The index of a factor for an outcome at the same points; points without a value are left out. Nothing
/// with fewer than [`FEWEST`], or where factor or outcome do not vary. `number` makes the shuffles of several
/// factors differ.
pub fn index(input: &Input, outcome: &[f64], number: usize) -> Option<PawnIndex> {
    let pairs =
        input.values.iter().zip(outcome).filter(|(value, outcome)| !value.is_nan() && !outcome.is_nan());
    let (values, outcome): (Vec<f64>, Vec<f64>) = pairs.map(|(value, outcome)| (*value, *outcome)).unzip();
    let is_flat = |values: &[f64]| values.windows(2).all(|pair| pair[0] == pair[1]);
    if values.len() < FEWEST || is_flat(&outcome) || is_flat(&values) {
        return None;
    }
    let slice_of = sliced(&values);
    let ranks = Ranks::of(&outcome);
    let slices = slice_of.iter().max().map_or(0, |last| last + 1);
    let found = ranks.distances(&slice_of, slices);
    let mut stream = random_stream(number as u64, PURPOSE);
    let shuffled = (0..SHUFFLES).map(|_| {
        let order = permutation(&mut stream, slice_of.len());
        let other: Vec<usize> = order.iter().map(|&at| slice_of[at]).collect();
        quantile(ranks.distances(&other, slices), 0.5)
    });
    Some(PawnIndex {
        chance: quantile(shuffled.collect(), CONFIDENCE),
        median: quantile(found.clone(), 0.5),
        most: found.into_iter().fold(0.0, f64::max),
        slices,
    })
}

/// The slice of each value: equally many values in each, equal values in one.
fn sliced(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let slices = (values.len() / OF_A_SLICE).clamp(2, SLICES);
    let mut slice_of = vec![0; values.len()];
    let (mut slice, mut taken, mut before) = (0, 0, f64::NAN);
    for (place, &at) in order.iter().enumerate() {
        // A slice ends when the values so far are its share, unless the next is equal to the last.
        let is_full = place * slices >= (slice + 1) * values.len();
        if is_full && values[at] != before && taken >= OF_A_SLICE {
            (slice, taken) = (slice + 1, 0);
        }
        slice_of[at] = slice;
        taken += 1;
        before = values[at];
    }
    slice_of
}

/// An outcome's points in order, those of equal values together.
struct Ranks {
    /// Points in order of the outcome.
    order: Vec<usize>,
    /// Whether a place is the last of equal values.
    is_last: Vec<bool>,
}

impl Ranks {
    fn of(outcome: &[f64]) -> Ranks {
        let mut order: Vec<usize> = (0..outcome.len()).collect();
        order.sort_by(|&a, &b| outcome[a].total_cmp(&outcome[b]));
        let is_last = (0..order.len())
            .map(|place| order.get(place + 1).is_none_or(|&next| outcome[next] != outcome[order[place]]));
        Ranks { is_last: is_last.collect(), order }
    }

    /// For each slice the greatest distance of its cumulative share from that of all points.
    fn distances(&self, slice_of: &[usize], slices: usize) -> Vec<f64> {
        let mut sizes = vec![0_usize; slices];
        slice_of.iter().for_each(|&slice| sizes[slice] += 1);
        let (mut seen, mut greatest) = (vec![0_usize; slices], vec![0.0_f64; slices]);
        let all = self.order.len() as f64;
        for (place, &at) in self.order.iter().enumerate() {
            seen[slice_of[at]] += 1;
            if self.is_last[place] {
                let share = (place + 1) as f64 / all;
                for slice in 0..slices {
                    let own = seen[slice] as f64 / sizes[slice].max(1) as f64;
                    greatest[slice] = greatest[slice].max((own - share).abs());
                }
            }
        }
        greatest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(values: Vec<f64>) -> Input {
        Input { name: "x".to_owned(), values, words: Vec::new() }
    }

    fn uniform(number: u64, count: usize) -> Vec<f64> {
        let mut stream = random_stream(number, 612);
        (0..count).map(|_| stream.unit()).collect()
    }

    /// Worked by hand: where the outcome is the factor, slice k of ten lies between k / 10 and (k + 1) / 10,
    /// and its distance from all is 0.9, 0.8, 0.7, 0.6, 0.5 and back: 0.7 in the median.
    #[test]
    fn a_factor_that_decides_everything_has_the_index_worked_by_hand() {
        let values: Vec<f64> = (0..1000).map(f64::from).collect();
        let found = index(&input(values.clone()), &values, 0).unwrap();
        assert!((found.median - 0.7).abs() < 0.01 && (found.most - 0.9).abs() < 0.01, "{found:?}");
        assert!(found.is_told() && found.slices == 10);
    }

    /// Of factors that do nothing, some 5 % are told: between 2 and 9 of 100 in nineteen of twenty cases. The
    /// wrong twin, a mark of nothing, tells all of them.
    #[test]
    fn a_factor_that_does_nothing_is_told_as_often_as_is_said() {
        let each = (0..100).map(|number| {
            index(&input(uniform(number, 64)), &uniform(number + 1000, 64), number as usize).unwrap()
        });
        let each: Vec<PawnIndex> = each.collect();
        let told = each.iter().filter(|one| one.is_told()).count();
        assert!((1..=10).contains(&told), "{told} of 100");
        assert!(each.iter().all(|one| one.median > 0.0));
    }

    #[test]
    fn factors_that_matter_come_before_those_that_do_not() {
        let (first, second, third) = (uniform(1, 200), uniform(2, 200), uniform(3, 200));
        let outcome: Vec<f64> = (0..200).map(|at| 4.0 * first[at] + second[at] * second[at]).collect();
        let [first, second, third] =
            [first, second, third].map(|values| index(&input(values), &outcome, 0).unwrap());
        assert!(first.median > second.median && second.median > third.median);
        assert!(first.is_told() && !third.is_told(), "{third:?}");
    }

    #[test]
    fn words_few_values_and_gaps_are_sliced_and_what_does_not_vary_is_not_told() {
        let few: Vec<f64> = (0..60).map(|at| f64::from(at % 3)).collect();
        let mut outcome: Vec<f64> = few.iter().map(|value| value * 10.0).collect();
        outcome[7] = f64::NAN;
        let found = index(&input(few.clone()), &outcome, 0).unwrap();
        assert_eq!(found.slices, 3);
        assert!(index(&input(few.clone()), &[1.0; 60], 0).is_none());
        assert!(index(&input(vec![2.0; 60]), &outcome, 0).is_none());
        assert!(index(&input(few[..12].to_vec()), &outcome[..12], 0).is_none());
    }
}
