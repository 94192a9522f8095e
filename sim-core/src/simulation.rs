//! A run: build, step, watch, finish.
//!
//! The caller steps window by window and stays in control: it can stop, look, take a checkpoint, or go on. No
//! threads are needed, no clock, no file system.

mod branching;
mod checkpoint;
mod checkpoint_error;
mod decisions;
mod ending;
mod faults;
mod gazetteer;
mod on_ranks;
mod outcome;
mod own_places;
mod places;
mod rule_check;
mod run;
mod spending;
mod stored;
mod tables;
mod targets;

pub use crate::model::soundness::StoredPart;
pub use checkpoint::changed;
pub use checkpoint_error::{BranchError, CheckpointError, Damage, Decided, MODEL, PastError};
pub use decisions::DecisionError;
pub use ending::Audit;
pub use gazetteer::RealPlaces;
pub use on_ranks::Prepared;
pub use outcome::{HEADLINES, Headline, Outcome};
pub use places::Threads;
pub use rule_check::check_places;
pub use run::{Earlier, Simulation, Snapshot};
pub use stored::Stored;
pub use targets::TargetMonth;
