//! A conflict between fields, each sound by itself.

use super::issue::Issue;

/// A conflict between fields.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Conflict {
    /// The fields; the one to mend first.
    pub paths: [&'static str; 2],
    /// What is wrong.
    pub issue: Issue,
    /// Whether a run is still possible.
    pub is_warning: bool,
}

/// What makes a run impossible.
pub(super) fn fault(paths: [&'static str; 2], issue: Issue) -> Conflict {
    Conflict { paths, issue, is_warning: false }
}

/// What is allowed but probably not meant.
pub(super) fn warning(paths: [&'static str; 2], issue: Issue) -> Conflict {
    Conflict { is_warning: true, ..fault(paths, issue) }
}
