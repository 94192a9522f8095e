//! Recorded commands, estimates and signals.
