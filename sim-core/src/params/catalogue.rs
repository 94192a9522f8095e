//! The catalogue: what is known of every parameter, for people and for other programs.

use super::value::{Range, SetError, ValueKind};
use crate::base::Unit;
use serde::Serialize;

/// What part a parameter plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Somebody decides it: the platform, government, an organiser of a trial.
    Lever,
    /// It describes what people, firms and places do.
    Behaviour,
    /// It shapes a rule of the model. No planner's slider, but sweeps and calibration vary it like any other.
    Structure,
}

impl Role {
    /// In lower case, as exports write it.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Lever => "lever",
            Role::Behaviour => "behaviour",
            Role::Structure => "structure",
        }
    }
}

/// The role that a row of the `parameters!` table is marked with; behaviour, if it has no mark.
macro_rules! role {
    () => {
        crate::params::Role::Behaviour
    };
    (lever) => {
        crate::params::Role::Lever
    };
    (structure) => {
        crate::params::Role::Structure
    };
}
pub(super) use role;

/// One parameter, described.
#[derive(Clone, Debug, Serialize)]
pub struct ParameterInfo {
    /// Its group, the first part of its path.
    pub group: &'static str,
    /// Its name, the second part of its path.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What part it plays.
    pub role: Role,
    /// What sort of value it takes.
    pub kind: ValueKind,
    /// The values it may take.
    #[serde(serialize_with = "as_text")]
    pub range: Range,
    /// Its default, in RON.
    pub default: String,
    /// Where the default comes from.
    pub source: &'static str,
}

fn as_text<S: serde::Serializer>(range: &Range, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(range)
}

impl ParameterInfo {
    /// The path `group.name`.
    pub fn path(&self) -> String {
        format!("{}.{}", self.group, self.name)
    }
}

/// A group of parameters; implemented by the `parameters!` table.
pub(super) trait ParameterGroup {
    /// The first part of the path.
    const NAME: &'static str;
    /// The rows of the catalogue.
    fn rows() -> Vec<ParameterInfo>;
    /// A value in RON.
    fn get(&self, name: &str) -> Option<String>;
    /// Sets a value from RON; ranges of money are those of the price level.
    fn set(&mut self, name: &str, text: &str, price_level: f64) -> Result<(), SetError>;
    /// Multiplies what is money.
    fn scale_money(&mut self, factor: f64);
}
