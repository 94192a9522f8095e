//! Which machine holds which nodes.

use super::partition::contiguous;
use std::ops::Range;

/// A network's nodes dealt out to machines: each holds neighbours, so that what machines gather in their
/// order is in the nodes' order. A machine may hold none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Address after each machine's last node.
    ends: Vec<u32>,
}

impl Shares {
    /// Nodes with these weights on so many machines, about equally heavy.
    pub fn of(weights: &[u64], machines: usize) -> Shares {
        let mut ends: Vec<u32> =
            contiguous(weights, machines).into_iter().map(|group| group.end as u32).collect();
        ends.resize(machines.max(1), weights.len() as u32);
        Shares { ends }
    }

    /// The addresses of a machine's nodes.
    pub fn range(&self, machine: usize) -> Range<u32> {
        let start = machine.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[machine]
    }

    /// How many machines there are.
    pub fn machines(&self) -> usize {
        self.ends.len()
    }

    /// How many nodes there are on all machines.
    pub fn nodes(&self) -> usize {
        self.ends.last().map_or(0, |&end| end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_is_somewhere_however_many_machines_there_are() {
        for machines in 1..9 {
            let shares = Shares::of(&[1, 1000, 1, 1, 5], machines);
            let all: Vec<u32> = (0..machines).flat_map(|machine| shares.range(machine)).collect();
            assert_eq!(all, [0, 1, 2, 3, 4], "{machines} machines");
            assert_eq!((shares.machines(), shares.nodes()), (machines, 5));
        }
    }
}
