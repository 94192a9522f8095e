//! Countryside: a discrete-event, agent-based simulator of rural e-commerce.

pub mod base;
pub mod params;
pub mod kernel;
pub mod runner;
pub mod metrics;
