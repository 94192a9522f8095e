//! Files that are whole or absent, as [`sim_files`] writes them, and files that are digested as they are
//! written.

use sim_files::write::NewFile;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

pub use sim_files::names::parent;
pub use sim_files::write::{replace as write_atomically, sync_folder};

/// A file's size and content digest, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its size \[bytes\].
    pub bytes: u64,
    /// The xxh3-128 of its content.
    pub digest: u128,
}

/// A file that is digested as it is written. It must be [finished](Recorder::finish): a file that is dropped
/// hides a full disk.
pub struct Recorder {
    file: BufWriter<NewFile>,
    digest: Xxh3,
    bytes: u64,
}

impl Recorder {
    /// A new file.
    ///
    /// # Errors
    /// What the system refused, also if there is such a file.
    pub fn create(path: &Path) -> io::Result<Recorder> {
        let file = BufWriter::with_capacity(1 << 18, NewFile::create(path)?);
        let digest = Xxh3::new();
        Ok(Recorder { file, digest, bytes: 0 })
    }

    /// Brings everything to the disk.
    ///
    /// # Errors
    /// What the system refused, now or when it was to write what had been held back.
    pub fn finish(mut self) -> io::Result<Written> {
        self.file.flush()?;
        self.file.get_ref().sync()?;
        Ok(Written { bytes: self.bytes, digest: self.digest.digest128() })
    }
}

impl Write for Recorder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_recorder_knows_what_it_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let mut file = Recorder::create(&path).unwrap();
        file.write_all(b"some text").unwrap();
        let written = file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"some text");
        assert_eq!(written.bytes, 9);
        assert_eq!(written.digest, xxhash_rust::xxh3::xxh3_128(b"some text"));
        assert!(Recorder::create(&path).is_err(), "an existing file is not written over");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_noticed_however_little_is_written() {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut file = Recorder { file: BufWriter::new(NewFile::of(full)), digest: Xxh3::new(), bytes: 0 };
        file.write_all(b"x").unwrap();
        assert_eq!(file.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
