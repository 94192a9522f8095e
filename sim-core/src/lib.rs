//! Countryside: a discrete-event, agent-based simulator of rural e-commerce.

pub mod base;
pub mod kernel;
pub mod metrics;
pub mod params;
pub mod runner;
pub mod scenario;
pub mod world;
