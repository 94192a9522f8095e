//! A run with its results.

use crate::engine::{Outcome, Simulation};
use crate::output::manifest::Manifest;

/// A run that has come to its end.
pub struct FinishedRun {
    /// The simulation.
    pub simulation: Simulation,
    /// What it found.
    pub outcome: Outcome,
    /// What is known of it.
    pub manifest: Manifest,
}
