//! Calibration by history matching: which parameters give what was published, and which do not matter.
//!
//! Simulations are dear and noisy, and no single best point is worth much: many sets of parameters may agree
//! with what was published. History matching (Craig, Goldstein, Seheult and Smith 1997; Vernon, Goldstein and
//! Bower 2010) finds the set that is *not ruled out* (non-implausible):
//!
//! 1. A [`plan`] names parameters with ranges, targets, a run, seeds and points.
//! 2. Points fill the ranges evenly (Latin hypercube); each is simulated with the same seeds (common random
//!    numbers).
//! 3. An [`emulator`] of each target, a Gaussian process on a linear trend, predicts the rest, with its own
//!    uncertainty.
//! 4. A point is implausible if some prediction is more than three standard deviations from what was
//!    published: of the emulator, of seeds, and of the target's tolerance, half of which counts as one. The
//!    next wave of points is drawn from what remains ([`matching`]).
//!
//! Emulators also tell cheaply what every target depends on: [`sensitivity`], first order and total (Sobol;
//! Saltelli and others 2010).
//!
//! Rejected: ABC-SMC, which needs tens of thousands of runs of half a minute each; Bayesian optimisation,
//! which returns one point.

pub mod emulator;
pub mod matching;
pub mod plan;
pub mod sensitivity;
#[cfg(test)]
mod tests;
