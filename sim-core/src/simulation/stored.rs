//! What a checkpoint says of its run before anything of the run is read: enough to refuse it.

use super::checkpoint::{read_head, stored_scenario};
use super::checkpoint_error::CheckpointError;
use crate::base::Time;
use crate::scenario::Scenario;
use std::io::Read;

/// A run that a checkpoint holds.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its scenario.
    pub scenario: Scenario,
    /// The scenario's own table of counties, if it has one.
    pub table: Option<Vec<u8>>,
    /// The moment at which it was written.
    pub now: Time,
}

impl Stored {
    /// Reads the beginning of a checkpoint, no more.
    ///
    /// # Errors
    /// If the bytes are not those of a checkpoint of this version, or its scenario is not accepted.
    pub fn read(mut reader: impl Read) -> Result<Stored, CheckpointError> {
        let head = read_head(&mut reader)?;
        Ok(Stored { scenario: stored_scenario(&head)?, table: head.table, now: head.now })
    }
}
