//! A plan as it is stored.

use crate::experiment::Experiment;
use serde::{Deserialize, Serialize};
use sim_core::members::MOST_MEMBERS;
use std::fmt;
use xxhash_rust::xxh3::xxh3_128;

/// A plan as it is stored, in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// The version of the program, whose results it holds.
    pub version: String,
    /// How many shards its runs are dealt to.
    pub shards: u32,
    /// The experiment.
    pub experiment: Experiment,
}

/// How runs are numbered: by different points, equal rows of a design sharing theirs.
const NUMBERING: &str = "points that differ\n";

/// The most shards that runs are dealt to.
const MOST_SHARDS: u64 = 1_000_000;

/// Why a stored plan cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredError {
    /// It was stored by another version: which.
    Version(String),
    /// It is no plan: why.
    Unreadable(String),
}

impl fmt::Display for StoredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoredError::Version(version) => write!(f, "it was planned by version {version}"),
            StoredError::Unreadable(reason) => write!(f, "it cannot be read: {reason}"),
        }
    }
}

impl Stored {
    /// The plan in JSON.
    ///
    /// # Errors
    /// None in practice: every number in a checked experiment is finite.
    pub fn json(&self) -> Result<String, String> {
        serde_json::to_string_pretty(self).map_err(|fault| fault.to_string())
    }

    /// Reads a plan.
    ///
    /// # Errors
    /// If it is of another version than asked for, or no plan.
    pub fn read(text: &str, version: &str) -> Result<Stored, StoredError> {
        #[derive(Deserialize)]
        struct Known {
            version: String,
        }
        let unreadable = |fault: serde_json::Error| StoredError::Unreadable(fault.to_string());
        let known: Known = serde_json::from_str(text).map_err(unreadable)?;
        if known.version != version {
            return Err(StoredError::Version(known.version));
        }
        let stored: Stored = serde_json::from_str(text).map_err(unreadable)?;
        match stored.beyond_limits() {
            Some(reason) => Err(StoredError::Unreadable(reason)),
            None => Ok(stored),
        }
    }

    /// What no experiment's file may say, and a stored plan says: it was changed, and nothing is allocated
    /// for it.
    fn beyond_limits(&self) -> Option<String> {
        let experiment = &self.experiment;
        let limits = [
            ("shards", u64::from(self.shards), MOST_SHARDS),
            ("replicates", u64::from(experiment.replicates), 100_000),
            ("the number of members", experiment.members() as u64, u64::from(MOST_MEMBERS)),
            ("budget.runs", experiment.budget.runs, 10_000_000),
        ];
        let beyond = limits.iter().find(|(_, value, most)| !(1..=*most).contains(value));
        beyond.map(|(name, value, most)| format!("{name} is {value}: expected 1 to {most}"))
    }

    /// What makes two plans the same: their runs may then stand together. The number of shards and the budget
    /// are not part of it; how runs are numbered is.
    ///
    /// # Errors
    /// None in practice, as for [`Stored::json`].
    pub fn identity(&self) -> Result<u128, String> {
        let mut content = self.clone();
        content.shards = 1;
        content.experiment.budget = crate::experiment::Budget::default();
        content.json().map(|text| xxh3_128(format!("{NUMBERING}{text}").as_bytes()))
    }
}
