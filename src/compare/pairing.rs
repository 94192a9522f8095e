//! Which pairs of runs are made: each with one seed, and with one member of an ensemble, on both sides.

use sim_core::members::Member;
use sim_experiments::comparison::RunMember;
use sim_experiments::experiment::Worlds;
use sim_experiments::plan::member_seed;

/// The pairs of a comparison, member by member and seed by seed.
pub struct Pairing {
    /// The first seed.
    pub first_seed: u64,
    /// Seeds, of each member if there are members.
    pub seeds: u32,
    /// The members, for the first scenario and the second; none without an ensemble.
    pub worlds: Option<Worlds>,
}

impl Pairing {
    /// How many pairs.
    pub fn len(&self) -> usize {
        self.members().max(1) * self.seeds as usize
    }

    /// How many members; 0 without an ensemble.
    pub fn members(&self) -> usize {
        self.worlds.as_ref().map_or(0, |worlds| worlds.members.len())
    }

    /// The member of a pair.
    pub fn member(&self, pair: usize) -> Option<RunMember> {
        let member = self.of(pair)?;
        Some(RunMember { place: pair / self.seeds as usize, weight: member.weight })
    }

    /// The number of a pair's member in the ensemble's file; 0 without an ensemble.
    pub fn number(&self, pair: usize) -> u32 {
        self.of(pair).map_or(0, |member| member.number)
    }

    /// The seed of a pair: counted on from the first; with an ensemble those that
    /// [`member_seed`] gives the member in `run --ensemble`, too.
    pub fn seed(&self, pair: usize) -> u64 {
        match self.of(pair) {
            Some(member) => member_seed(self.first_seed, member, pair as u64 % u64::from(self.seeds)),
            None => self.first_seed.wrapping_add(pair as u64),
        }
    }

    fn of(&self, pair: usize) -> Option<&Member> {
        self.worlds.as_ref()?.members.get(pair / self.seeds as usize)
    }

    /// The pairs in words.
    pub fn text(&self) -> String {
        use crate::text::number::of;
        let pairs = of(self.len() as u64, "pair of runs", "pairs of runs");
        match self.members() {
            0 => pairs,
            members => format!(
                "{} x {} = {pairs}",
                of(members as u64, "member", "members"),
                of(u64::from(self.seeds), "seed", "seeds")
            ),
        }
    }
}
