//! What the parts must do together; one module for each behaviour.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod phold;
mod phold_model;
mod places;
mod queue;
mod queueing;
