//! Evidence: published figures, what the model makes of them, and a verdict by a stated tolerance.
//!
//! 1. [`facts`] reads the published figures of `data/facts/`; no figure stands in code.
//! 2. [`targets`] reads `data/facts/targets.ron`: which figure is held against which number of which run,
//!    whether it is there to fit (`Fit`) or to test (`Test`), and how near is near enough, with the reason;
//!    [`roles`] says which figures are given to the runs instead, and which are not used.
//! 3. [`fitted`] reads `data/facts/fitted.ron`: which parameters were changed with which figure in view.
//! 4. [`trace`] is what is kept of a run: monthly series of the nation, and [`probe`]s of its villages
//!    or of its trial ([`trial_probes`]).
//! 5. [`yardstick`] measures how far a number is from a figure, and [`verdict`] holds the runs' numbers
//!    against it; [`mod@slice`] holds runs of a part of the country against one of the whole.
//!
//! Nothing is compiled in but as the default: tables of facts, targets and plans can be the user's own. A
//! target that a run cannot produce is *not testable*, with the reason, and never passed.

pub mod facts;
pub mod fault;
pub mod fitted;
pub mod probe;
pub mod probes;
pub mod reading;
pub mod roles;
pub mod slice;
pub mod targets;
#[cfg(test)]
mod tests;
pub mod trace;
pub mod trial_probes;
pub mod verdict;
pub mod yardstick;
