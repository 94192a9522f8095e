//! Rules by which platform and government decide in a run, and targets that a run is held against: what a
//! scenario says of them.

mod condition;
mod lever;

pub use condition::{Comparison, Condition, ConditionError, ConditionFault};
pub use lever::{LeverReach, is_of_village, lever_reach, levers};

use crate::base::{CountyCode, Date, Time};
use serde::{Deserialize, Serialize};

/// A rule: where and when what is decided anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name, which no other rule of the scenario has.
    pub name: String,
    /// What must hold at a month's end; always, if there is none.
    pub when: Option<WrittenCondition>,
    /// Where it is looked at.
    pub places: RulePlaces,
    /// For which of their villages its levers are set, by what villages are from the beginning; all, if there
    /// is none.
    pub villages: Option<WrittenCondition>,
    /// Which of those places it looks at each for itself.
    pub each: RuleScale,
    /// From this day on it is in force; from the beginning, if there is none.
    pub from: Option<Date>,
    /// From this day on it is not, and what it has set is undone; never, if there is none.
    pub until: Option<Date>,
    /// How often it sets its levers.
    pub repeat: Repeat,
    /// The levers that it sets: path and value in RON, in the order written.
    pub set: Vec<(String, String)>,
}

/// What a village is from the beginning, as conditions for villages name it: farm households, road minutes to
/// town and seat, income per head over the county's mean, strength of its craft tradition, and readiness for
/// couriers (0 best to 1 worst).
pub const VILLAGE_FIGURES: [&str; 6] =
    ["households", "to_town", "to_seat", "income_ratio", "craft_strength", "delivery_rank"];

/// A condition with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenCondition {
    /// As written.
    pub text: String,
    /// As read.
    pub condition: Condition,
}

/// Where a rule is looked at, or a target measured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RulePlaces {
    /// All places of the run.
    #[default]
    Nation,
    /// Those of some provinces: Chinese, pinyin or 2-digit codes.
    Provinces(Vec<String>),
    /// Counties with these codes.
    Counties(Vec<CountyCode>),
    /// Poverty counties.
    Poverty,
    /// Counties that are none.
    NotPoverty,
    /// The third of the run's counties farthest from their provincial capital.
    Remote,
}

/// What a rule looks at each for itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuleScale {
    /// All its places together.
    #[default]
    Together,
    /// Each province.
    Province,
    /// Each county.
    County,
}

/// How often a rule sets its levers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeat {
    /// The first time its condition holds; for good.
    #[default]
    Once,
    /// Whenever its condition begins to hold, over whatever other rules have set since.
    Again,
    /// While its condition holds; undone at the first month's end at which it does not.
    While,
}

impl Rule {
    /// Whether it is in force at a moment.
    pub fn is_in_force(&self, now: Time) -> bool {
        self.from.is_none_or(|from| from.midnight() <= now)
            && self.until.is_none_or(|until| now < until.midnight())
    }

    /// Whether it decides for the whole run at once, and so may set levers of the nation.
    pub fn is_national(&self) -> bool {
        self.places == RulePlaces::Nation
            && self.villages.is_none()
            && (self.each == RuleScale::Together || self.when.is_none())
    }

    /// Whether it sets a lever that counties read.
    pub fn reaches_places(&self) -> bool {
        self.set.iter().any(|(path, _)| lever_reach(path) == Some(LeverReach::Place))
    }
}

/// A target: how far a figure is to come, where, by when.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioTarget {
    /// Its name, which no other target of the scenario has.
    pub name: String,
    /// The measure or outcome.
    pub measure: String,
    /// Where.
    pub places: RulePlaces,
    /// The day in whose month it is measured against which a factor is held.
    pub baseline: Date,
    /// What it is to come to.
    pub goal: TargetGoal,
    /// The day by which.
    pub by: Date,
}

/// What a target's figure is to come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TargetGoal {
    /// So many times its baseline.
    Factor(f64),
    /// So much.
    Level(f64),
}
