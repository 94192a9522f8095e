//! Shapley values: a difference between two runs, shared out among the levers that differ.
//!
//! A lever's share is its marginal contribution averaged over the orders in which levers can be moved
//! (Shapley 1953). Shares add up to the whole difference, whatever the levers do to each other. With few
//! levers all subsets are run; with many, orders are drawn, each with its reverse, and the shares of every
//! order add up as well.

use rand::RngExt;
use sim_core::base::{Owner, Purpose, RandomStream, Seed};
use std::collections::{BTreeMap, BTreeSet};

/// Most levers of which all subsets are run.
pub const EXACT: usize = 6;
/// Most levers at all: subsets are the bits of a number.
pub const MOST: usize = 64;

/// A set of levers that have been moved, one bit each.
pub type Subset = u64;

/// Which orders of levers are looked at for a seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShapleyPlan {
    /// All of them, through all subsets of so many levers.
    Exact(usize),
    /// These.
    Orders(Vec<Vec<usize>>),
}

impl ShapleyPlan {
    /// All orders of up to [`EXACT`] levers; of more, `pairs` orders and their reverses, drawn for this seed.
    pub fn new(levers: usize, pairs: usize, seed: u64) -> ShapleyPlan {
        if levers <= EXACT {
            return ShapleyPlan::Exact(levers);
        }
        let orders = (0..pairs.max(1)).flat_map(|pair| {
            let mut stream = RandomStream::new(Seed(seed), Owner::NATION, Purpose::Test, pair as u64);
            let mut remaining: Vec<usize> = (0..levers).collect();
            let order: Vec<usize> =
                (0..levers).map(|_| remaining.swap_remove(stream.random_range(..remaining.len()))).collect();
            let reverse = order.iter().rev().copied().collect();
            [order, reverse]
        });
        ShapleyPlan::Orders(orders.collect())
    }

    /// The subsets that must be run, in order.
    pub fn subsets(&self) -> BTreeSet<Subset> {
        match self {
            ShapleyPlan::Exact(levers) => (0..1 << levers).collect(),
            ShapleyPlan::Orders(orders) => orders.iter().flat_map(|order| path(order)).collect(),
        }
    }

    /// Each lever's share of the difference between all levers moved and none, from the values of the
    /// subsets. Nothing if a value is missing.
    pub fn shares(&self, values: &BTreeMap<Subset, f64>) -> Option<Vec<f64>> {
        match self {
            ShapleyPlan::Exact(levers) => exact(*levers, values),
            ShapleyPlan::Orders(orders) => {
                let mut shares = vec![0.0; orders.first()?.len()];
                for order in orders {
                    let mut before = *values.get(&0)?;
                    for (&lever, subset) in order.iter().zip(path(order).skip(1)) {
                        let after = *values.get(&subset)?;
                        shares[lever] += (after - before) / orders.len() as f64;
                        before = after;
                    }
                }
                Some(shares)
            }
        }
    }
}

/// The subsets on the way of an order, from none to all.
fn path(order: &[usize]) -> impl Iterator<Item = Subset> {
    let moved = order.iter().scan(0, |subset, &lever| {
        *subset |= 1 << lever;
        Some(*subset)
    });
    std::iter::once(0).chain(moved)
}

fn exact(levers: usize, values: &BTreeMap<Subset, f64>) -> Option<Vec<f64>> {
    let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
    let mut shares = vec![0.0; levers];
    for (lever, share) in shares.iter_mut().enumerate() {
        for subset in (0..1 << levers).filter(|subset: &Subset| subset & (1 << lever) == 0) {
            let size = subset.count_ones() as usize;
            let weight = factorial(size) * factorial(levers - size - 1) / factorial(levers);
            *share += weight * (values.get(&(subset | 1 << lever))? - values.get(&subset)?);
        }
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(plan: &ShapleyPlan, value: impl Fn(Subset) -> f64) -> BTreeMap<Subset, f64> {
        plan.subsets().into_iter().map(|subset| (subset, value(subset))).collect()
    }

    #[test]
    fn a_game_worked_by_hand() {
        // Three gloves: levers 0 and 1 are left ones, 2 a right one; a pair is worth 1. Shares 1/6, 1/6, 2/3.
        let plan = ShapleyPlan::new(3, 0, 1);
        let pair = |subset: Subset| f64::from(subset & 4 != 0 && subset & 3 != 0);
        let shares = plan.shares(&values(&plan, pair)).unwrap();
        for (share, by_hand) in shares.iter().zip([1.0 / 6.0, 1.0 / 6.0, 2.0 / 3.0]) {
            assert!((share - by_hand).abs() < 1e-12, "{shares:?}");
        }
    }

    #[test]
    fn shares_add_up_whatever_levers_do_to_each_other() {
        for levers in [1, 2, 5, 6, 7, 12] {
            let plan = ShapleyPlan::new(levers, 5, 9);
            let tangled = |subset: Subset| {
                let mixed = subset.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
                mixed as f64 / 1024.0
            };
            let values = values(&plan, tangled);
            let all = (1 << levers) - 1;
            let shares = plan.shares(&values).unwrap();
            assert_eq!(shares.len(), levers);
            let whole = tangled(all) - tangled(0);
            assert!((shares.iter().sum::<f64>() - whole).abs() < 1e-9 * (1.0 + whole.abs()), "{levers}");
        }
    }

    #[test]
    fn levers_that_do_nothing_to_each_other_get_what_they_do_alone() {
        for levers in [4, 9] {
            let plan = ShapleyPlan::new(levers, 3, 2);
            let sum = |subset: Subset| {
                (0..levers).filter(|l| subset & (1 << l) != 0).map(|l| l as f64).sum::<f64>()
            };
            let shares = plan.shares(&values(&plan, sum)).unwrap();
            assert!(
                shares.iter().enumerate().all(|(l, share)| (share - l as f64).abs() < 1e-9),
                "{shares:?}"
            );
        }
    }

    #[test]
    fn many_levers_take_few_runs_and_a_missing_one_is_noticed() {
        let plan = ShapleyPlan::new(20, 4, 3);
        let ShapleyPlan::Orders(orders) = &plan else { panic!("{plan:?}") };
        assert_eq!(orders.len(), 8);
        assert!(plan.subsets().len() <= 8 * 19 + 2);
        assert_eq!(plan.shares(&BTreeMap::from([(0, 1.0)])), None);
        assert_ne!(
            ShapleyPlan::new(20, 4, 3),
            ShapleyPlan::new(20, 4, 4),
            "every seed has orders of its own"
        );
    }
}
