//! A conflict between fields, each sound by itself.

use super::issue::Issue;

/// A conflict between fields.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ConflictError {
    /// The fields; the one to fix first.
    pub paths: [&'static str; 2],
    /// What is wrong.
    pub issue: Issue,
    /// Whether a run is still possible.
    pub is_warning: bool,
}

/// What makes a run impossible.
pub(super) fn fault(paths: [&'static str; 2], issue: Issue) -> ConflictError {
    ConflictError { paths, issue, is_warning: false }
}

/// What is allowed but probably not meant.
pub(super) fn warning(paths: [&'static str; 2], issue: Issue) -> ConflictError {
    ConflictError { is_warning: true, ..fault(paths, issue) }
}
