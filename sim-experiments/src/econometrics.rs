//! Regressions as they are run on trials: least squares and two-stage least squares with clustered standard
//! errors, what a design can detect, and p-values of many tests.
//!
//! The matrices are nalgebra's; what is here is the sandwich between them, tested against cases worked by
//! hand, against planted effects, and by how often a true null is rejected.

mod multiple;
mod power;
mod regression;
#[cfg(test)]
mod tests;

pub use multiple::holm;
pub use power::{ClusterDesign, icc, minimum_detectable};
pub use regression::{Estimate, Fit, Regression, RegressionError, Regressor};
