//! Evidence: published figures, what the model makes of them, and a verdict by a stated tolerance.
//!
//! 1. [`facts`] reads the published figures of `data/facts/`; no figure stands in code.
//! 2. [`targets`] reads `data/facts/targets.ron`: which figure is held against which number of which run,
//!    whether it was used to fit (`Calibration`) or to test (`Validation`), and how near is near enough, with
//!    the reason.
//! 3. [`trace`] is what is kept of a run: monthly series of the nation, and [`probe`]s of its villages.
//! 4. [`verdict`] holds the runs' numbers against the figure.
//!
//! A target that a run cannot produce is *not testable*, with the reason, and never passed.

pub mod facts;
pub mod probe;
pub mod reading;
pub mod targets;
#[cfg(test)]
mod tests;
pub mod trace;
pub mod verdict;
