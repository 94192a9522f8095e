//! Experiments with Countryside: many runs at once, and what they teach.
//!
//! Nothing here writes a file or prints a line: the command does, and a notebook may.
//!
//! 1. [`ensemble`] runs many simulations at once, each on one thread, and hands back what was looked at in each.
//! 2. [`series`] names what can be looked at: measures and outcomes, of the nation, provinces, counties or villages.

//! 3. [`econometrics`] regresses: clustered standard errors, instruments, power.
//! 4. [`trial`] analyses a randomised trial inside the model as economists analyse a real one.

pub mod econometrics;
pub mod ensemble;
pub mod series;
pub mod trial;
