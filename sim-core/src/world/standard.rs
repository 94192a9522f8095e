//! Mean and standard deviation over a region's villages of the scores that decide who is reached first.

use crate::region::Score;

/// Mean and standard deviation of each score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Standard {
    /// Hardship of a site.
    pub(super) site: Score,
    /// Log households per square kilometre.
    pub(super) density: Score,
    /// Log income of the county over the mean.
    pub(super) income: Score,
}
