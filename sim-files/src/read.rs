//! Reading files that a user names: regular ones, within a limit, and without waiting for anybody.

use crate::open::{options, regular};
use sim_core::base::FileError;
use sim_core::base::file_error::Size;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

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

/// The text of a file of the system's, such as those below `/proc`; nothing where there is none.
pub fn system(path: &Path) -> String {
    text(path, crate::limits::SYSTEM).unwrap_or_default()
}

/// The bytes of an open file, of at most so many.
///
/// # Errors
/// If it is longer; what the system refused.
pub fn all(file: File, most: u64) -> io::Result<Vec<u8>> {
    let length = length(&file, most)?;
    // Files of the system say that they are empty, and a file may grow: the length is a hint.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_long(None, most));
    }
    Ok(bytes)
}

/// The length of an open file, of at most so many bytes.
///
/// # Errors
/// If it is longer; what the system refused.
pub fn length(file: &File, most: u64) -> io::Result<u64> {
    match file.metadata()?.len() {
        length if length > most => Err(too_long(Some(length), most)),
        length => Ok(length),
    }
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
