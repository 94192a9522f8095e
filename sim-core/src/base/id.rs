//! Names of things.
//!
//! Two kinds: a *code* or *owner* is stable whatever a scenario selects (it keys the random streams), an
//! *index* is a
//! position in this run's tables (it is fast). A county's results therefore do not depend on its place in
//! the list.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The 6-digit code of a county (GB/T 2260, 2023).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CountyCode(pub u32);

impl CountyCode {
    /// The 2-digit code of its province.
    pub const fn province(self) -> u32 {
        const COUNTIES: u32 = 10_000;
        self.0 / COUNTIES
    }
}

/// A county's position among the counties of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CountyIndex(pub u32);

/// A village's position within its county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VillageIndex(pub u16);

/// A household record's position within its county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HouseholdIndex(pub u32);

impl CountyIndex {
    /// As a subscript.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

impl VillageIndex {
    /// As a subscript.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

impl HouseholdIndex {
    /// As a subscript.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for CountyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// Who owns a random stream: nation, county, village or household, by stable names.
///
/// Packed as code (24 bits), village in county plus one (16 bits), household in village plus one (24 bits);
/// zero in a field means the whole. The map is injective, so no two owners share a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Owner(u64);

impl Owner {
    /// The nation as a whole.
    pub const NATION: Owner = Owner(0);

    /// A county.
    pub const fn county(code: CountyCode) -> Owner {
        Owner((code.0 as u64) << 40)
    }

    /// A village of a county, by its number in the county's full list.
    pub const fn village(code: CountyCode, number: u16) -> Owner {
        Owner((code.0 as u64) << 40 | (number as u64 + 1) << 24)
    }

    /// A household of this village, by its number in the village (below 2^24 - 1).
    pub const fn household(self, number: u32) -> Owner {
        Owner(self.0 | (number as u64 + 1))
    }

    /// Any other owner, for uses outside the countryside such as benchmarks.
    pub const fn other(number: u64) -> Owner {
        Owner(number)
    }

    /// The packed form.
    pub const fn packed(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn owners_never_collide() {
        let mut seen = BTreeSet::from([Owner::NATION]);
        for code in [110_105, 659_012] {
            assert!(seen.insert(Owner::county(CountyCode(code))));
            for village in [0, 1, u16::MAX - 1] {
                let owner = Owner::village(CountyCode(code), village);
                assert!(seen.insert(owner));
                for household in [0, 1, (1 << 24) - 3] {
                    assert!(seen.insert(owner.household(household)));
                }
            }
        }
    }
}
