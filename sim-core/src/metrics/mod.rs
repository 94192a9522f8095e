//! What a run is judged by: money, distributions, inequality, and the tables they are written to.
//!
//! Listens to observations only; nothing here reaches back into the model.

pub mod area;
pub mod book;
pub mod distribution;
pub mod inequality;
pub mod ledger;
pub mod outcome;
pub mod sample_bias;
pub mod spread;
pub mod table;
