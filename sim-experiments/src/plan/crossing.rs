//! The policies that a design is crossed with: the part of the runs that each of them has.
//!
//! Policies stand last among the factors and change fastest, so that row r of the design is of policy r
//! modulo their number, in world r divided by it.

use super::RunPlan;
use crate::experiment::{FactorKind, apart};

/// The policies of which each is run at every point of a design. A design without any counts as one policy
/// without a name, so that whatever is told by policy is told of all designs in the same way.
#[derive(Clone, Copy, Debug)]
pub struct Crossing<'p> {
    plan: &'p RunPlan,
    names: &'p [String],
    baseline: usize,
}

impl<'p> Crossing<'p> {
    /// Those of a plan.
    pub(super) fn of(plan: &'p RunPlan) -> Crossing<'p> {
        const ALONE: &[String] = &[String::new()];
        match apart(&plan.experiment().factors).1.map(|factor| &factor.kind) {
            Some(FactorKind::Policies { names, baseline, .. }) => {
                Crossing { plan, names, baseline: *baseline }
            }
            _ => Crossing { plan, names: ALONE, baseline: 0 },
        }
    }

    /// Their names; one empty name if the design is crossed with none.
    pub fn names(self) -> &'p [String] {
        self.names
    }

    /// Whether there are policies.
    pub fn is_crossed(self) -> bool {
        self.names.iter().any(|name| !name.is_empty())
    }

    /// The policy that the others are held against.
    pub fn baseline(self) -> usize {
        self.baseline
    }

    /// The name of a policy; none without policies.
    pub fn name(self, policy: usize) -> Option<&'p str> {
        self.names.get(policy).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// The points of a policy, world by world in the order of the design; equal worlds share theirs.
    pub fn points_by_world(self, policy: usize) -> impl Iterator<Item = usize> {
        self.plan.shared().points().iter().skip(policy).step_by(self.names.len()).copied()
    }

    /// The points of a policy, each once, in the order of their numbers.
    pub fn points(self, policy: usize) -> Vec<usize> {
        let mut points: Vec<usize> = self.points_by_world(policy).collect();
        points.sort_unstable();
        points.dedup();
        points
    }
}
