//! The ensemble that ships with the program.

use super::member::Members;
use super::reading::read;
use sim_core::scenario::InputErrors;

/// The file, if this build has one: see `build.rs`.
const SHIPPED: Option<&str> = include!(concat!(env!("OUT_DIR"), "/ensemble.rs"));
/// Its name in messages.
const NAME: &str = "data/ensemble.csv";

/// The members that ship with the program; none if this build has none.
///
/// # Errors
/// Every fault of them, which a test keeps free of any.
pub fn shipped() -> Option<Result<Members, InputErrors>> {
    SHIPPED.map(|text| read(NAME, text.as_bytes()))
}

/// The file of these.
pub fn shipped_text() -> Option<&'static str> {
    SHIPPED
}
