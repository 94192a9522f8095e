//! What an experiment's runs teach.
//!
//! Each method works on plain numbers, so that it can be tested on functions whose answer is known;
//! [`Responses`] takes the numbers from a plan and its records.

pub mod boxes;
pub mod components;
pub mod morris;
pub mod pairs;
pub mod pawn;
pub mod policies;
pub mod sobol;
pub mod states;
pub mod tree;

mod replicated;
mod responses;

pub use replicated::{FEWEST_SEEDS, RowRuns};
pub use responses::{Responses, Threshold, by_row, draws};

#[cfg(test)]
mod tests;
