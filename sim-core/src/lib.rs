//! Countryside: a discrete-event, agent-based simulator of rural e-commerce.

pub mod base;
