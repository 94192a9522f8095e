//! Checkpoints: everything that a run is at a window's end, as bytes.
//!
//! A checkpoint carries its scenario (as text) and its table of counties, so that it can be resumed anywhere.
//! Places are not stored: they are made again from the seed. The caller writes the bytes and guards them by a
//! checksum; what is inside is nevertheless checked, and never trusted with an allocation.

use super::{Simulation, Threads, geography, world_faults};
use crate::base::{Fingerprint, Time};
use crate::model::assembly::{self, MadePlaces};
use crate::model::{Gathered, ModelNode};
use crate::runner::Network;
use crate::scenario::{Faults, MemorySource, Scenario, load};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use thiserror::Error;

/// Version of the form below; a checkpoint of another version is refused by name.
const FORM: u32 = 2;

/// Why a checkpoint cannot be written or resumed.
#[derive(Debug, Error)]
pub enum CheckpointError {
    /// It was written by a version that stores other things.
    #[error(
        "the checkpoint has form {found}; this version reads form {FORM}: resume it with the version that wrote it"
    )]
    Form {
        /// The form found.
        found: u32,
    },
    /// Its bytes are not those of a checkpoint.
    #[error("the checkpoint is damaged or none at all: {0}")]
    Damaged(String),
    /// Its scenario is not accepted.
    #[error("the scenario in the checkpoint is not accepted:\n{0}")]
    Scenario(Faults),
}

/// Why a run cannot branch from a checkpoint.
#[derive(Debug, Error)]
pub enum BranchError {
    /// The checkpoint cannot be resumed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A change is faulty.
    #[error("{0}")]
    Change(Faults),
    /// A change would unmake the past.
    #[error("{path} cannot change in the middle of a run: it decides {what}")]
    Fixed {
        /// The field.
        path: String,
        /// What it decides.
        what: &'static str,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    form: u32,
    scenario: String,
    table: &'a Option<Vec<u8>>,
    now: Time,
    fingerprint: Fingerprint,
    network: &'a Network<ModelNode>,
    gathered: &'a Gathered,
}

#[derive(Deserialize)]
struct Head {
    form: u32,
}

#[derive(Deserialize)]
struct Read {
    #[allow(dead_code, reason = "checked through `Head` before the rest is read")]
    form: u32,
    scenario: String,
    table: Option<Vec<u8>>,
    now: Time,
    fingerprint: Fingerprint,
    network: Network<ModelNode>,
    gathered: Gathered,
}

/// Fields that a branch may not change, and what they decide.
const FIXED: [(&str, &str); 6] = [
    ("start", "when the run began"),
    ("seed", "all luck so far"),
    ("household_sample", "how many households a record stands for"),
    ("window_days", "when counties and the nation speak"),
    ("places", "where the run takes place"),
    ("base", "what the scenario was made from"),
];

impl Simulation {
    /// Everything the run is now, as bytes.
    ///
    /// # Errors
    /// If it cannot be written down, which would be a fault of the program.
    pub fn checkpoint(&self) -> Result<Vec<u8>, CheckpointError> {
        let written = Written {
            form: FORM,
            scenario: self.scenario.resolved_text(),
            table: &self.table,
            now: self.now,
            fingerprint: self.fingerprint,
            network: &self.network,
            gathered: &self.gathered,
        };
        postcard::to_stdvec(&written).map_err(|error| CheckpointError::Damaged(error.to_string()))
    }

    /// Goes on from a checkpoint.
    ///
    /// # Errors
    /// If the bytes are not those of a checkpoint of this version.
    pub fn resume(bytes: &[u8], threads: Threads) -> Result<Simulation, CheckpointError> {
        let read = read(bytes)?;
        let scenario = stored_scenario(&read)?;
        rebuild(read, scenario, threads).map_err(CheckpointError::Scenario)
    }

    /// Goes on from a checkpoint with changes (path, value in RON), sharing the luck until then.
    ///
    /// # Errors
    /// If the checkpoint cannot be resumed, a change is faulty, or it would unmake the past.
    pub fn branch(
        bytes: &[u8],
        changes: &[(String, String)],
        threads: Threads,
    ) -> Result<Simulation, BranchError> {
        let read = read(bytes)?;
        stored_scenario(&read)?;
        for (path, _) in changes {
            let fixed = FIXED
                .iter()
                .find(|(name, _)| path == name || path.starts_with(&format!("{name}.")));
            if let Some((_, what)) = fixed {
                return Err(BranchError::Fixed {
                    path: path.clone(),
                    what,
                });
            }
        }
        let source = source(&read);
        let scenario = load(&source, STORED, changes).map_err(BranchError::Change)?;
        rebuild(read, scenario, threads).map_err(BranchError::Change)
    }
}

const STORED: &str = "checkpoint.ron";

fn source(read: &Read) -> MemorySource {
    let source = MemorySource::of(STORED, read.scenario.clone().into_bytes());
    match &read.table {
        Some(table) => source.with(&stored_table(&read.scenario), table.clone()),
        None => source,
    }
}

/// The name of the table in a stored scenario, which is needed to answer the reader's question for it.
fn stored_table(text: &str) -> String {
    let after = text.split_once("table:").map_or("", |(_, rest)| rest);
    after.split('"').nth(1).unwrap_or("table.csv").to_owned()
}

fn read(bytes: &[u8]) -> Result<Read, CheckpointError> {
    let damaged = |error: postcard::Error| CheckpointError::Damaged(error.to_string());
    let (head, _) = postcard::take_from_bytes::<Head>(bytes).map_err(damaged)?;
    if head.form != FORM {
        return Err(CheckpointError::Form { found: head.form });
    }
    postcard::from_bytes(bytes).map_err(damaged)
}

fn stored_scenario(read: &Read) -> Result<Scenario, CheckpointError> {
    load(&source(read), STORED, &[]).map_err(CheckpointError::Scenario)
}

fn rebuild(read: Read, scenario: Scenario, threads: Threads) -> Result<Simulation, Faults> {
    let own = geography(&scenario, read.table.as_deref())?;
    let geography = own
        .as_ref()
        .unwrap_or_else(|| crate::world::Geography::embedded());
    let places = MadePlaces::of(geography, &scenario).map_err(|error| world_faults(&error))?;
    let setting = Arc::new(assembly::setting(geography, &scenario, &places));
    let mut network = read.network;
    if network.nodes().len() != setting.atlas.counties.len() + 1 {
        return Err(super::fault(
            "places",
            "the checkpoint holds other counties than its scenario names",
        )
        .into());
    }
    for node in network.nodes_mut() {
        if let Some(county) = node.county_mut() {
            county.attach(setting.clone());
        } else if let Some(nation) = node.nation_mut() {
            nation.attach(setting.clone());
        }
    }
    Ok(Simulation {
        scenario,
        table: read.table,
        setting,
        network,
        runner: threads.runner()?,
        now: read.now,
        fingerprint: read.fingerprint,
        gathered: read.gathered,
    })
}
