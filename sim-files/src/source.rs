//! Scenario files from the file system.

use crate::read::{WRITTEN, all};
use crate::within;
use sim_core::scenario::Source;
use std::io;
use std::path::Path;

/// The file system. Refuses what is no regular file, what is too long, and links that lead out of the
/// scenario's folder.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileSource;

impl Source for FileSource {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let read = within::open_named(Path::new(path)).and_then(|file| all(file, WRITTEN));
        read.map_err(|error| in_words(&error))
    }

    fn read_beside(&self, folder: &str, inside: &str) -> Result<Vec<u8>, String> {
        let folder = if folder.is_empty() { "." } else { folder };
        within::bytes(Path::new(folder), inside, WRITTEN).map_err(|error| in_words(&error))
    }
}

/// The system's words without its number, which tells a reader nothing.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}
