//! Regressions as they are run on trials: least squares and two-stage least squares with clustered standard
//! errors, and the power of a design.
//!
//! The matrices are nalgebra's; what is here is the sandwich between them, tested against cases worked by
//! hand, against planted effects, and by how often a true null is rejected.

mod power;
mod regression;
#[cfg(test)]
mod tests;

pub use power::{ClusterDesign, icc, minimum_detectable, power};
pub use regression::{Estimate, Fit, Regression, RegressionError, Regressor};
