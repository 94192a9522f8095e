//! Results for people and for other programs.

pub mod chart;
pub mod json;
pub mod layout;
pub mod ledger;
pub mod number;
pub mod summary;
