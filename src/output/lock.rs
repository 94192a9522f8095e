//! One writer for a results folder at a time.
//!
//! The lock is the system's, on a small file beside the folder, so that it ends with its process however that ends. A
//! file that merely exists was rejected: a killed run would leave it, and refuse the next.

use super::file::parent;
use crate::failure::Failure;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// A lock, held until dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock of a results folder, and writes down who holds it.
    ///
    /// # Errors
    /// If another process holds it, who that is; if the folder's place cannot be written to.
    pub fn take(target: &Path, holder: &str) -> Result<Lock, Failure> {
        let path = lock_path(target);
        loop {
            let mut file = open(&path).map_err(|error| Failure::writing(target, &error, None))?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Err(held(target, &mut file)),
                Err(TryLockError::Error(error)) => return Err(Failure::writing(&path, &error, None)),
                Ok(()) if !is_at(&file, &path) => {} // its holder removed it between our opening and locking
                Ok(()) => {
                    let written = note(&mut file, holder);
                    let lock = Lock { file, path };
                    return match written {
                        Ok(()) => Ok(lock),
                        Err(error) => Err(Failure::writing(target, &error, None)),
                    };
                }
            }
        }
    }
}

impl Drop for Lock {
    /// Removes the file while its lock is held, so that nobody else's is removed.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

fn lock_path(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    parent(target).join(format!(".{name}.lock"))
}

fn open(path: &Path) -> io::Result<File> {
    File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

fn note(file: &mut File, holder: &str) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(holder.as_bytes())?;
    file.flush()
}

fn held(target: &Path, file: &mut File) -> Failure {
    let mut holder = String::new();
    let _ = file.take(400).read_to_string(&mut holder);
    let holder = if holder.is_empty() {
        "another process"
    } else {
        holder.trim()
    };
    Failure::input(format!("{}: {holder} is writing there", target.display()))
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(mine), Ok(there)) => mine.ino() == there.ino() && mine.dev() == there.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_writer_is_refused_and_told_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("results");
        let first = Lock::take(&target, "process 17 (scenario demo)").unwrap();
        let refused = Lock::take(&target, "process 18").unwrap_err();
        assert_eq!(refused.code(), 2);
        assert!(
            refused
                .to_string()
                .ends_with("results: process 17 (scenario demo) is writing there"),
            "{refused}"
        );
        drop(first);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            0,
            "nothing is left of a lock"
        );
        Lock::take(&target, "process 18").unwrap();
    }
}
