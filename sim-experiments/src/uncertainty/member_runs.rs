//! An outcome in the runs of one member.

/// An outcome's values in the runs of one member.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberRuns {
    /// The member's weight.
    pub weight: f64,
    /// The values, one a seed; not-a-number where a run has none.
    pub values: Vec<f64>,
}
