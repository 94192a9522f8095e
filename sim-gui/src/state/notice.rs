//! Something that the window tells.

use sim_core::scenario::InputError;
use std::path::PathBuf;

/// Something to tell the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What.
    pub text: String,
    /// Whether something went wrong.
    pub is_fault: bool,
    /// The folder of what was written, to be opened.
    pub folder: Option<PathBuf>,
    /// What it warns of in the present plan: it goes with that, and is told in the window's language.
    pub warning: Option<InputError>,
}
