//! Calibration by history matching: which parameters give what was published, and which do not matter.
//!
//! Simulations are dear and noisy, and no single best point is worth much: many sets of parameters may agree
//! with what was published. History matching (Craig, Goldstein, Seheult and Smith 1997; Vernon, Goldstein and
//! Bower 2010) finds the set that is *not ruled out* (non-implausible):
//!
//! 1. A [`plan`] names parameters with ranges, the runs that tell of them, seeds and points. Which parameters
//!    matter at all is found beforehand by [`screening`].
//! 2. Points fill the ranges evenly (Latin hypercube); each is simulated with the same seeds (common random
//!    numbers).
//! 3. An [`emulator`] of each figure, a Gaussian process on a linear trend, predicts the rest, with its own
//!    uncertainty. One that does not predict left-out points rules nothing out.
//! 4. A point is implausible if some prediction is more than three standard deviations from what was
//!    published: of the emulator, of seeds, and of the figure's tolerance, half of which counts as one
//!    ([`emulated`]). The next wave of points is drawn from what remains ([`matching`], [`sampling`]).
//! 5. Points of the last wave that are not ruled out become [`members`] of an ensemble, with weights.
//! 6. [`refits`] test the fit by what could fail: figures left out, years left out, wrong figures.
//!
//! Emulators also tell cheaply what every target depends on: [`sensitivity`], first order and total (Sobol;
//! Saltelli and others 2010).
//!
//! Rejected: ABC-SMC, which needs tens of thousands of runs of half a minute each; Bayesian optimisation,
//! which returns one point.

pub mod emulated;
pub mod emulator;
pub mod figure;
pub mod matching;
pub mod members;
mod parameter;
pub mod plan;
pub mod refits;
pub mod sampling;
pub mod screening;
pub mod sensitivity;
#[cfg(test)]
mod tests;
mod trend;
