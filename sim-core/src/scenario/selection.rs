//! Which counties a scenario asks for, as data.
//!
//! The same choices as the world's own selection, which this module may not import: places and scenarios
//! are leaves beside each other, and the assembly translates.

use crate::base::CountyCode;

/// Which counties to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceSelection {
    /// All of them.
    All,
    /// Those of some provinces: Chinese, pinyin or 2-digit codes.
    Provinces(Vec<String>),
    /// Those with these codes.
    Codes(Vec<CountyCode>),
    /// So many at random.
    Random {
        /// How many \[1 to 10,000\].
        count: u32,
    },
    /// Those that fit a rule.
    Rule(PlaceRule),
}

/// A rule for counties: all conditions that are given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceRule {
    /// In one of these provinces: Chinese, pinyin or 2-digit codes.
    pub provinces: Option<Vec<String>>,
    /// Of one of these kinds.
    pub kinds: Option<Vec<PlaceKind>>,
    /// A poor county (true), or none (false).
    pub poverty: Option<bool>,
    /// At least so many villages \[0 to 10,000\].
    pub min_villages: Option<u32>,
    /// At most so many villages \[1 to 10,000\].
    pub max_villages: Option<u32>,
    /// Of those left, so many by rank \[1 to 10,000\]; all if not given.
    pub top: Option<u32>,
    /// What ranks them; at random if not given.
    pub rank_by: Option<PlaceRank>,
}

/// What sort of county-level unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// An urban district that still has villages.
    District,
    /// A city at county level.
    CountyLevelCity,
    /// A county, autonomous ones included.
    County,
    /// A banner of Inner Mongolia, autonomous ones included.
    Banner,
}

/// What ranks counties, greatest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceRank {
    /// A draw of each county's own.
    Random,
    /// Hardship of the place.
    Hardship,
    /// Distance to the provincial capital.
    Remoteness,
    /// Number of villages.
    Villages,
    /// Relief around the seat.
    Relief,
}
