//! Which rank holds which nodes.

use super::partition::contiguous;
use std::ops::Range;

/// A network's nodes dealt out to ranks: each holds neighbours, so that what ranks gather in their
/// order is in the nodes' order. A rank may hold none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Address after each rank's last node.
    ends: Vec<u32>,
}

impl Shares {
    /// Nodes with these weights on so many ranks, about equally heavy.
    pub fn of(weights: &[u64], ranks: usize) -> Shares {
        let mut ends: Vec<u32> =
            contiguous(weights, ranks).into_iter().map(|group| group.end as u32).collect();
        ends.resize(ranks.max(1), weights.len() as u32);
        Shares { ends }
    }

    /// The addresses of a rank's nodes.
    pub fn range(&self, rank: usize) -> Range<u32> {
        let start = rank.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[rank]
    }

    /// How many ranks there are.
    pub fn ranks(&self) -> usize {
        self.ends.len()
    }

    /// How many nodes there are on all ranks.
    pub fn nodes(&self) -> usize {
        self.ends.last().map_or(0, |&end| end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_is_somewhere_however_many_machines_there_are() {
        for ranks in 1..9 {
            let shares = Shares::of(&[1, 1000, 1, 1, 5], ranks);
            let all: Vec<u32> = (0..ranks).flat_map(|rank| shares.range(rank)).collect();
            assert_eq!(all, [0, 1, 2, 3, 4], "{ranks} ranks");
            assert_eq!((shares.ranks(), shares.nodes()), (ranks, 5));
        }
    }
}
