//! `manifest.json`: what a run's folder holds, from what it was made, and how to make it again.

use serde::{Deserialize, Serialize};
use sim_files::{limits, within};
use std::fmt;
use std::path::Path;

/// The manifest's name in the folder.
pub const NAME: &str = "manifest.json";
/// What the manifest calls its maker.
pub const PROGRAM: &str = "countryside";

/// What makes two runs the same: their results are then equal to the bit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The program's version.
    pub version: String,
    /// The digest of the model's code and data, in hexadecimal; folders of before do not say.
    #[serde(default)]
    pub model: String,
    /// The scenario's name, for people.
    pub scenario: String,
    /// The scenario's fingerprint, in hexadecimal.
    #[serde(rename = "scenario_hash")]
    pub hash: String,
    /// The seed of all random streams.
    pub seed: u64,
    /// The moments at which it branched and the scenarios that held until then, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branched_from: Option<String>,
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "scenario {}, seed {}, version {}", self.scenario, self.seed, self.version)?;
        if let Some(model) = self.model.get(..8) {
            write!(f, ", model {model}")?;
        }
        self.branched_from.as_ref().map_or(Ok(()), |moment| write!(f, ", branched from {moment}"))
    }
}

/// Everything the manifest says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The program's name.
    pub program: String,
    /// What makes the run the same as another one.
    #[serde(flatten)]
    pub identity: Identity,
    /// How to make the folder again, started inside it.
    pub reproduce: String,
    /// How a branched run came about, by time; empty for one that has not branched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<Branch>,
    /// The run's first and last moment.
    pub from: String,
    /// The run's last moment.
    pub until: String,
    /// The share of households whose orders were simulated.
    pub household_sample: f64,
    /// The running fingerprint of all events and results, at the end.
    pub fingerprint: String,
    /// A digest of all tables' contents, whatever the form of their files.
    pub results: String,
    /// What was simulated.
    pub counts: Counts,
    /// Whether the books close.
    pub audit: Books,
    /// What the scenario's inputs do not cover, and what in it has no effect in this run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// How it was run: no result depends on it.
    pub execution: Execution,
    /// The other files of the folder.
    pub files: Vec<FileEntry>,
}

/// A moment at which a run went on with another scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// The first day with the change, as `branch --at` takes it.
    pub at: String,
    /// The file of the scenario that held until then.
    pub before: String,
    /// The running fingerprint at that moment.
    pub fingerprint: String,
    /// What changed.
    pub changes: Vec<Change>,
}

/// A field that a branch changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field.
    pub path: String,
    /// Its value until then, as in a scenario file.
    pub before: String,
    /// Its value from then on.
    pub after: String,
}

/// What was simulated.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Counts {
    /// Counties.
    pub counties: u64,
    /// Villages.
    pub villages: u64,
    /// Households of those villages.
    pub households: u64,
    /// Events handled.
    pub events: u64,
    /// Orders handled one by one; each stands for the inverse of the sample.
    pub orders: u64,
}

/// Whether the books close.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Books {
    /// Whether the sum of all accounts is zero to the fen.
    pub money_closes: bool,
    /// Whether every parcel sent is delivered, on its way, returned or lost.
    pub parcels_close: bool,
    /// Whether incomes of households are what the ledger paid them; older folders do not say.
    #[serde(default = "held")]
    pub incomes_close: bool,
    /// What does not close.
    pub messages: Vec<String>,
}

impl Books {
    /// Whether all of it closes.
    pub fn close(&self) -> bool {
        self.money_closes && self.parcels_close && self.incomes_close
    }
}

/// What is taken for granted of a folder that does not say.
const fn held() -> bool {
    true
}

/// How it was run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Execution {
    /// Machines that shared it.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub machines: usize,
    /// Threads, on each machine.
    pub threads: usize,
    /// Time taken, from the first window to the last \[seconds\].
    pub wall_seconds: f64,
    /// The moment of the checkpoint it went on from, if it did.
    pub resumed_at: Option<String>,
}

const fn one() -> usize {
    1
}

fn is_one(count: &usize) -> bool {
    *count == 1
}

/// A file of the folder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub description: String,
    /// Its rows, if it is a table.
    pub rows: Option<usize>,
    /// Its size \[bytes\].
    pub bytes: u64,
    /// The xxh3-128 of its content, in hexadecimal.
    pub xxh3_128: String,
}

/// Which run a folder holds; nothing if it holds none.
pub fn identity(folder: &Path) -> Option<Identity> {
    #[derive(Deserialize)]
    struct Known {
        program: String,
        #[serde(flatten)]
        identity: Identity,
    }
    let text = within::bytes(folder, NAME, limits::DOCUMENT).ok()?;
    let known: Known = serde_json::from_slice(&text).ok()?;
    (known.program == PROGRAM).then_some(known.identity)
}

/// A manifest of nothing, for tests.
#[cfg(test)]
pub fn sample(identity: Identity) -> Manifest {
    Manifest {
        program: PROGRAM.into(),
        identity,
        reproduce: String::new(),
        branches: Vec::new(),
        from: String::new(),
        until: String::new(),
        household_sample: 1.0,
        fingerprint: String::new(),
        results: String::new(),
        counts: Counts { counties: 0, villages: 0, households: 0, events: 0, orders: 0 },
        audit: Books { money_closes: true, parcels_close: true, incomes_close: true, messages: Vec::new() },
        warnings: Vec::new(),
        execution: Execution { machines: 1, threads: 1, wall_seconds: 0.0, resumed_at: None },
        files: Vec::new(),
    }
}
