//! The one door to the file system, for the command, the window and the Python package.
//!
//! Folders of results and scenarios are sent from one person to another, and several people work in one
//! folder. So:
//!
//! 1. [`read`]: only regular files are read, within a limit, and nothing is waited for: a pipe, a device or a
//!    folder is refused at once, in words.
//! 2. [`within`]: a file of a folder that somebody may have sent is read only if it lies in that folder: no
//!    link leads out of it.
//! 3. [`write`](mod@write): files are whole or absent, and replace what was there, never what a link points
//!    to. Their modes follow the user's mask and nothing else.
//! 4. [`lock`]: locks are never opened through a link, and never truncate what is there.
//! 5. [`folder`]: what stands where, and what is made, renamed and removed.
//! 6. [`limits`]: the most that is read of a file, by its kind.
//! 7. [`names`]: hidden names of unfinished work, however long or odd the finished name is.
//!
//! [`marked`] shows what is wrong with a file that was read, with the line in question.
//!
//! Two helpers in the command and in the window, each with its own rules, were rejected: what one of them
//! learned, the other did not. So nothing else in the workspace opens, makes, names, lists or removes files
//! (`tests/integration/tidy/files.rs`); and tests can plant faults here, as of a full disk, in all that is
//! written.

mod fault;
pub mod folder;
pub mod limits;
pub mod marked;
pub mod names;
mod open;
pub mod read;
mod source;
pub mod within;

#[cfg(not(target_arch = "wasm32"))]
pub mod lock;
#[cfg(not(target_arch = "wasm32"))]
pub mod write;

pub use source::FileSource;
/// An open file, as this door gives it.
pub use std::fs::File;
