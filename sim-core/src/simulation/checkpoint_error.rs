//! Why a checkpoint is refused, or a branch from it.

use crate::scenario::Faults;
use std::io;
use thiserror::Error;

/// Version of the form of checkpoints; a checkpoint of another version is refused by name.
pub(super) const FORM: u8 = 6;

/// Why a checkpoint cannot be written or resumed.
#[derive(Debug, Error)]
pub enum CheckpointError {
    /// It was written by a version that stores other things.
    #[error(
        "the checkpoint has form {found}; this version reads form {FORM}: resume it with the version that \
         wrote it"
    )]
    Form {
        /// The form found.
        found: u8,
    },
    /// Its bytes are not those of a checkpoint.
    #[error("the checkpoint is damaged, none at all, or of a version that stored other things: {0}")]
    Damaged(String),
    /// It could not be written.
    #[error("the checkpoint cannot be written: {0}")]
    Writing(io::Error),
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
    /// A change lies before the moment from which the run branches.
    #[error("{path}: {message}")]
    Past {
        /// The field.
        path: String,
        /// Which day lies before which moment.
        message: String,
    },
}
