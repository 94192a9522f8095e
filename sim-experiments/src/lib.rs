//! Experiments with Countryside: many runs at once, and what they teach.
//!
//! Nothing here writes a file or prints a line: the command does, and a notebook may.
//!
//! 1. [`ensemble`] runs many simulations at once, each on one thread, and hands back what was looked at in
//!    each.
//! 2. [`series`] names what can be looked at: measures and outcomes, of the nation, provinces, counties or
//!    villages.
//! 3. [`experiment`] reads what is varied, how, and what is kept; [`design`] makes the points.
//! 4. [`plan`] numbers the runs, deals them to shards, and makes the job of each; [`record`] is what is kept
//!    of one; [`tables`] makes tidy tables of records.
//! 5. [`analysis`] finds what mattered: sensitivity, bands, boxes, trees, regret, Pareto.
//! 6. [`comparison`] holds two scenarios against each other, seed by seed; [`optimisation`] searches for the
//!    plan that buys most.
//! 7. [`econometrics`] regresses: clustered standard errors, instruments, power; [`trial`] analyses a
//!    randomised trial inside the model as economists analyse a real one; [`shapley`] shares a difference
//!    between two runs out among the fields that differ.
//! 8. [`uncertainty`] tells luck from what is unknown in the runs of an ensemble's members
//!    ([`sim_core::members`]).
//! 9. [`evidence`] holds runs against what was published; [`calibration`] finds the parameters that agree
//!    with it; [`conclusions`] asks an ensemble questions, and tells what the answers turn on.

pub mod analysis;
pub mod calibration;
pub mod comparison;
pub mod conclusions;
pub mod design;
pub mod econometrics;
pub mod ensemble;
pub mod evidence;
pub mod experiment;
pub mod optimisation;
pub mod plan;
mod random;
pub mod record;
pub mod series;
pub mod shapley;
pub mod statistics;
pub mod tables;
pub mod trial;
pub mod uncertainty;
