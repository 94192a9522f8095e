//! Who is running in a sweep's folder: one process for the whole, or many for a shard each.
//!
//! Locks are the system's, so that they end with their process however that ends. Where a file system has none (some cluster ones), work goes on
//! without: pieces are whole or absent and the same whoever makes them, so that two who do the same only waste time.

use crate::failure::Failure;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// A lock, held until dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes a lock alone, and writes down for what.
    ///
    /// # Errors
    /// If somebody holds it: who.
    pub fn exclusive(folder: &Path, name: &str, what: &str) -> Result<Lock, Failure> {
        let path = path(folder, name);
        let mut file = open(&path).map_err(|error| Failure::writing(&path, &error, None))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(held(folder, &mut file)),
            Err(TryLockError::Error(error)) if is_unsupported(&error) => Ok(Lock { file }),
            Err(TryLockError::Error(error)) => Err(Failure::writing(&path, &error, None)),
            Ok(()) => {
                note(&mut file, what).map_err(|error| Failure::writing(&path, &error, None))?;
                Ok(Lock { file })
            }
        }
    }

    /// Takes a lock beside others who share it.
    ///
    /// # Errors
    /// If somebody holds it alone: who.
    pub fn shared(folder: &Path, name: &str) -> Result<Lock, Failure> {
        let path = path(folder, name);
        let mut file = open(&path).map_err(|error| Failure::writing(&path, &error, None))?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Err(held(folder, &mut file)),
            Err(TryLockError::Error(error)) if !is_unsupported(&error) => {
                Err(Failure::writing(&path, &error, None))
            }
            Err(TryLockError::Error(_)) | Ok(()) => Ok(Lock { file }),
        }
    }

    /// Whether somebody holds the lock of a name alone.
    pub fn is_held(folder: &Path, name: &str) -> bool {
        let file = File::open(path(folder, name));
        file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

impl Drop for Lock {
    /// The file stays: removing it would let a third process lock another file of the same name.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join("locks").join(name)
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

fn note(file: &mut File, what: &str) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "process {} ({what})", std::process::id())?;
    file.flush()
}

fn held(folder: &Path, file: &mut File) -> Failure {
    let mut holder = String::new();
    let _ = file.take(400).read_to_string(&mut holder);
    let holder = if holder.trim().is_empty() {
        "another process"
    } else {
        holder.trim()
    };
    Failure::input(format!(
        "{}: {holder} is at work there; wait for it, or choose another folder",
        folder.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_stand_beside_each_other_and_the_whole_stands_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        std::fs::create_dir(path.join("locks")).unwrap();
        let first = Lock::shared(path, "sweep").unwrap();
        let second = Lock::shared(path, "sweep").unwrap();
        assert!(Lock::exclusive(path, "sweep", "running").is_err());
        drop((first, second));
        let whole = Lock::exclusive(path, "sweep", "running all").unwrap();
        assert!(Lock::is_held(path, "sweep"));
        let refused = Lock::shared(path, "sweep").unwrap_err();
        assert_eq!(refused.code(), 2);
        assert!(
            refused
                .to_string()
                .contains(&format!("process {} (running all)", std::process::id())),
            "{refused}"
        );
        drop(whole);
        assert!(!Lock::is_held(path, "sweep"));
    }
}
