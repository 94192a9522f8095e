//! Countryside: a discrete-event, agent-based simulator of rural e-commerce.

pub mod agents;
pub mod base;
pub mod event;
pub mod kernel;
pub mod market;
pub mod metrics;
pub mod model;
pub mod params;
pub mod policy;
pub mod runner;
pub mod scenario;
pub mod simulation;
pub mod world;
