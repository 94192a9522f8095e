//! Faults of a scenario that are found beside its text.

use crate::scenario::{Advice, InputError, InputErrors, Issue};
use crate::world::WorldError;

pub(super) fn fault(path: &str, message: impl Into<Issue>) -> InputError {
    InputError {
        file: "scenario".to_owned(),
        line: 0,
        column: 0,
        path: path.to_owned(),
        value: String::new(),
        message: message.into(),
        suggestion: Advice::Nothing,
        excerpt: None,
    }
}

pub(super) fn world_faults(error: &WorldError) -> InputErrors {
    let each = error.each().into_iter();
    InputErrors(each.map(|what| fault("places.select", Issue::Beyond { what })).collect())
}
