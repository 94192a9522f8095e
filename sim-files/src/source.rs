//! Scenario files from the file system.

use crate::limits::WRITTEN;
use crate::read::all;
use crate::within;
use sim_core::base::FileError;
use sim_core::scenario::Source;
use std::path::Path;

/// The file system. Refuses what is no regular file, what is too long, and links that lead out of the
/// scenario's folder.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileSource;

impl Source for FileSource {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let read = within::open_named(Path::new(path)).and_then(|file| all(file, WRITTEN));
        Ok(read?)
    }

    fn read_beside(&self, folder: &str, inside: &str) -> Result<Vec<u8>, FileError> {
        let folder = if folder.is_empty() { "." } else { folder };
        Ok(within::bytes(Path::new(folder), inside, WRITTEN)?)
    }
}
