//! The reader of scenario files for other files of the same kind, such as experiments: one scanner, one
//! manner of faults.
//!
//! 1. [`decoded`] makes text of bytes, [`refuse_unwelcome`] refuses what would harm a reader, [`scan`] finds
//!    values and their places.
//! 2. [`text`], [`real`], [`whole`] and the like read one value each, or say what is wrong with it: a
//!    [`ValueError`].
//! 3. [`Group`] holds fields in parentheses against their description, [`FieldInfo`], and reads them.
//! 4. [`FileErrors`] collects problems, and turns them into [`InputError`](super::InputError)s with lines
//!    and columns.

pub use super::advice::Advice;
pub use super::cursor::SyntaxError;
pub use super::error::whole_file;
pub use super::fields::{FieldInfo, FieldKind};
pub use super::file::{decoded, refuse_unwelcome, values};
pub use super::file_errors::FileErrors;
pub use super::group::Group;
pub use super::hostile::{check_name, check_path, joined};
pub use super::issue::{About, Expected, Issue};
pub use super::leaf::{ValueError, choice, date, flag, list, mismatch, real, text, whole, wrong_choice};
pub use super::node::{Field, Kind, Node};
pub use super::rule_reader::places;
pub use super::rule_text::places as places_text;
pub use super::scanner::{Scanned, scan};
pub use super::suggest::nearest;
