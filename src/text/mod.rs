//! Numbers, tables and charts as text.

pub mod chart;
pub mod layout;
pub mod name;
pub mod number;
pub mod sample;
