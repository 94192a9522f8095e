//! Reading files that a user names: regular ones, within a limit, and without waiting for anybody.

use crate::open::{options, regular};
use sim_core::base::FileError;
use sim_core::base::file_error::Size;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The most that is read of a text written by hand, such as a scenario, an experiment or a table of counties
/// \[bytes\].
pub const WRITTEN: u64 = sim_core::scenario::LARGEST_FILE;
/// The most that is read of what the program writes of itself beside tables: manifests, pages, lists of files
/// \[bytes\].
pub const DOCUMENT: u64 = 64 << 20;
/// The most that is read of a plan with its scenarios and their tables, or of a pack of finished runs
/// \[bytes\].
pub const WORK: u64 = 1 << 30;

/// Opens a regular file. Anything else is refused before it is opened: a pipe would be waited for, and a
/// device may do something.
///
/// # Errors
/// What it is instead, or what the system refused.
pub fn open(path: &Path) -> io::Result<File> {
    regular(&fs::metadata(path)?)?;
    let file = options().open(path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

/// The bytes of a regular file of at most so many.
///
/// # Errors
/// If it is no regular file or longer, in words; what the system refused.
pub fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    all(open(path)?, most)
}

/// The text of a regular file of at most so many bytes.
///
/// # Errors
/// As for [`bytes()`], and if it is not text in UTF-8.
pub fn text(path: &Path, most: u64) -> io::Result<String> {
    as_text(bytes(path, most)?)
}

/// The bytes of an open file, of at most so many.
///
/// # Errors
/// If it is longer; what the system refused.
pub fn all(file: File, most: u64) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len();
    if length > most {
        return Err(too_long(Some(length), most));
    }
    // Files of the system say that they are empty, and a file may grow: the length is a hint.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_long(None, most));
    }
    Ok(bytes)
}

/// Bytes as text.
///
/// # Errors
/// If they are not UTF-8.
pub fn as_text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| FileError::NotUtf8.into())
}

fn too_long(found: Option<u64>, most: u64) -> io::Error {
    let most = Size::of(most);
    match found {
        Some(found) => FileError::TooLong { has: Size::of(found), most }.into(),
        None => FileError::LongerThan { most }.into(),
    }
}
