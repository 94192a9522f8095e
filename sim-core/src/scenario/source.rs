//! Where scenario files come from, so that loading needs no file system: `sim_files::FileSource` is that one.

use crate::base::FileError;
use std::collections::BTreeMap;

/// The largest file that is read \[bytes\]: a table of counties may be longer than a scenario.
pub const LARGEST_FILE: u64 = 16 << 20;

/// Where files are read from: a folder, memory, a web page.
pub trait Source {
    /// The bytes of a file.
    ///
    /// # Errors
    /// If there is no such file or it cannot be read: the reason.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The bytes of a file that another file names: it stands at `inside` the folder, which is empty or ends
    /// in `/`. Where there are links, none of them may lead out of that folder.
    ///
    /// # Errors
    /// As for [`read`](Source::read), and if it does not lie in the folder.
    fn read_beside(&self, folder: &str, inside: &str) -> Result<Vec<u8>, FileError> {
        self.read(&format!("{folder}{inside}"))
    }
}

/// Files in memory, by path.
#[derive(Clone, Debug, Default)]
pub struct MemorySource(pub BTreeMap<String, Vec<u8>>);

impl MemorySource {
    /// A source of one file.
    pub fn of(path: &str, bytes: impl Into<Vec<u8>>) -> MemorySource {
        MemorySource::default().with(path, bytes)
    }

    /// The same source with one more file.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> MemorySource {
        self.0.insert(path.to_owned(), bytes.into());
        self
    }
}

impl Source for MemorySource {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(path).cloned().ok_or(FileError::NoSuchFile)
    }
}
