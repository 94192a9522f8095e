//! Where scenario files come from, so that loading needs no file system.

use std::collections::BTreeMap;
use std::io::Read;

/// The largest file that is read \[bytes\]: a table of counties may be longer than a scenario.
pub const LARGEST_FILE: u64 = 16 << 20;

/// Where files are read from: a folder, memory, a web page.
pub trait Source {
    /// The bytes of a file.
    ///
    /// # Errors
    /// If there is no such file or it cannot be read: the reason, in words.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// The file system. Refuses what is no regular file (a pipe would hang) and what is too large.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileSource;

impl Source for FileSource {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let kind = std::fs::metadata(path).map_err(|fault| fault.to_string())?;
        if !kind.is_file() {
            return Err("not a regular file".to_owned());
        }
        let file = std::fs::File::open(path).map_err(|fault| fault.to_string())?;
        let mut bytes = Vec::new();
        let limited = &mut file.take(LARGEST_FILE + 1);
        limited
            .read_to_end(&mut bytes)
            .map_err(|fault| fault.to_string())?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(format!("longer than {} MiB", LARGEST_FILE >> 20));
        }
        Ok(bytes)
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
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).cloned().ok_or_else(|| "no such file".to_owned())
    }
}
