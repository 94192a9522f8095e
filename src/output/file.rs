//! Files that are whole or absent: written beside their place, brought to the disk, then named.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// How the names of unfinished files and folders go on after that of the finished one.
pub const PARTIAL: &str = ".partial-";

/// Writes a file whole or not at all.
///
/// # Errors
/// What the system refused; nothing is then left of the new file, and an old one is untouched.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_atomically_with(path, |file| file.write_all(bytes))
}

/// The same with a content that `fill` writes; what `fill` does after its last byte happens just before the file is named.
///
/// # Errors
/// What `fill` reports or the system refused; nothing is then left of the new file, and an old one is untouched.
pub fn write_atomically_with(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let folder = parent(path);
    let prefix = hidden_prefix(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    // As of an ordinary new file, which the user's mask restricts; temporary files are private otherwise.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    let mut writer = BufWriter::with_capacity(1 << 18, file);
    fill(&mut writer)?;
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|fault| fault.error)?;
    sync_folder(folder)
}

/// The folder that holds a path.
pub fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// How the names of unfinished siblings of a path begin: hidden, so that a listing shows what is finished.
pub fn hidden_prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}{PARTIAL}")
}

/// Brings a folder's list of names to the disk.
///
/// # Errors
/// What the system refused.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// A file's size and content digest, for the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its size \[bytes\].
    pub bytes: u64,
    /// The xxh3-128 of its content.
    pub digest: u128,
}

/// A file that is digested as it is written. It must be [finished](Recorder::finish): a file that is dropped hides
/// a full disk.
pub struct Recorder {
    file: BufWriter<File>,
    digest: Xxh3,
    bytes: u64,
}

impl Recorder {
    /// A new file.
    ///
    /// # Errors
    /// What the system refused, also if there is such a file.
    pub fn create(path: &Path) -> io::Result<Recorder> {
        let file = BufWriter::with_capacity(1 << 18, File::create_new(path)?);
        let digest = Xxh3::new();
        Ok(Recorder {
            file,
            digest,
            bytes: 0,
        })
    }

    /// Brings everything to the disk.
    ///
    /// # Errors
    /// What the system refused, now or when it was to write what had been held back.
    pub fn finish(mut self) -> io::Result<Written> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(Written {
            bytes: self.bytes,
            digest: self.digest.digest128(),
        })
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
        assert!(
            Recorder::create(&path).is_err(),
            "an existing file is not written over"
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_noticed_however_little_is_written() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut file = Recorder {
            file: BufWriter::new(full),
            digest: Xxh3::new(),
            bytes: 0,
        };
        file.write_all(b"x").unwrap();
        assert_eq!(file.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn a_failed_write_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("taken")).unwrap();
        assert!(write_atomically(&folder.path().join("taken"), b"x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
