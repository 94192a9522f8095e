//! The ensemble that ships with the program.

use super::member::Members;
use super::reading::read;
use crate::scenario::InputErrors;

/// The file.
const SHIPPED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/ensemble.csv"));
/// Its name in messages.
const NAME: &str = "data/ensemble.csv";

/// The members that ship with the program.
///
/// # Errors
/// Every fault of them, which a test keeps free of any.
pub fn shipped() -> Result<Members, InputErrors> {
    read(NAME, SHIPPED.as_bytes())
}

/// The file of these.
pub const fn shipped_text() -> &'static str {
    SHIPPED
}
