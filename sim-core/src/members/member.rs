//! Members, and the choice of some that stand for all.

use crate::base::{Owner, Purpose, RandomStream, Seed};
use crate::scenario::Origins;
use serde::{Deserialize, Serialize};

/// No place has this number, and no run this seed: the one random number of the choice is the same for good.
const OWNER: Owner = Owner::other(0x5EED);
const SEED: Seed = Seed((15_u32.wrapping_mul(0x9E37_79B9) as u64) << 32);

/// The most members that are taken.
pub const MOST_MEMBERS: u32 = 10_000;

/// A set of parameters that the evidence does not rule out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Which of the times that it was taken, from 0.
    pub copy: u32,
    /// Its share of the whole; those of all members that were taken sum to 1.
    pub weight: f64,
    /// Its values as scenarios write them, in the order of the paths.
    pub values: Vec<String>,
}

/// All members of an ensemble.
#[derive(Clone, Debug, PartialEq)]
pub struct Members {
    /// The paths of the parameters that members set.
    pub paths: Vec<String>,
    members: Vec<Member>,
}

impl Members {
    /// Of members whose weights sum to 1, with a value for each path.
    pub(super) fn of(paths: Vec<String>, members: Vec<Member>) -> Members {
        Members { paths, members }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none; never, of a file that was read.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// So many members that stand for all, of equal weight and in the order of their numbers; or each once
    /// with its own weight.
    pub fn take(&self, count: Option<u32>) -> Vec<Member> {
        let Some(count) = count else { return self.members.clone() };
        let offset = RandomStream::new(SEED, OWNER, Purpose::Test, 0).unit();
        let share = 1.0 / f64::from(count.max(1));
        let (mut taken, mut below, mut point) = (Vec::new(), 0.0, 0);
        for (at, member) in self.members.iter().enumerate() {
            below += member.weight;
            let is_last = at + 1 == self.members.len();
            let first = point;
            // Rounding may leave the sum of weights below the last point: it is the last member's.
            while point < count && (is_last || (f64::from(point) + offset) * share < below) {
                taken.push(Member { copy: point - first, weight: share, ..member.clone() });
                point += 1;
            }
        }
        taken
    }
}

impl Member {
    /// What it sets, each path with its value, but for those that are stated.
    pub fn changes<'m>(
        &'m self,
        paths: &'m [String],
        stated: &'m [String],
    ) -> impl Iterator<Item = (&'m str, &'m str)> {
        let each = paths.iter().zip(&self.values).filter(|(path, _)| !stated.contains(path));
        each.map(|(path, value)| (path.as_str(), value.as_str()))
    }
}

/// Those of the paths that a scenario's file or its changes set: members leave them as they are. A member
/// fills in what the question leaves open; one that overruled it would answer another question.
pub fn stated(paths: &[String], origins: &Origins) -> Vec<String> {
    paths.iter().filter(|path| origins.of(path).is_some()).cloned().collect()
}
