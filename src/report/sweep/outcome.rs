//! An outcome of a sweep, as the page shows it.

use crate::report::unit::ShownUnit;

/// An outcome of a sweep.
pub struct SweptOutcome<'a> {
    pub name: &'a str,
    pub unit: ShownUnit,
    pub definition: String,
    /// Values of the runs that have one, as shown, by row.
    pub values: Vec<f64>,
}
