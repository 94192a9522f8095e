//! One writer for a results folder at a time: a lock on a small file beside the folder.

use super::file::parent;
use crate::command_error::CommandError;
use sim_files::lock::{self, Refused};
use sim_files::names::hidden;
use std::path::Path;

/// A lock, held until dropped.
#[derive(Debug)]
pub struct FolderLock {
    _lock: lock::Lock,
}

impl FolderLock {
    /// Takes the lock of what is to be written at a path, and writes down for what.
    ///
    /// # Errors
    /// If another process holds it, who that is; if the folder's place cannot be written to, or something
    /// else stands where the lock is to be.
    pub fn take(target: &Path, what: &str) -> Result<FolderLock, CommandError> {
        let path = parent(target).join(hidden(target, ".lock"));
        match lock::Lock::take(&path, what) {
            Ok(lock) => Ok(FolderLock { _lock: lock }),
            Err(Refused::Held(holder)) => {
                Err(CommandError::input(format!("{}: {} is writing there", target.display(), named(&holder))))
            }
            Err(Refused::Io(error)) if is_in_words(&error) => Err(CommandError::writing(&path, &error, None)),
            Err(Refused::Io(error)) => Err(CommandError::writing(target, &error, None)),
        }
    }
}

/// Removes the lock of what was to be written at a path, if one is there that a dead process left.
pub fn forget_dead(target: &Path) {
    if sim_files::folder::is_taken(&parent(target).join(hidden(target, ".lock"))) {
        // Who takes it removes it; one that somebody holds stays.
        drop(FolderLock::take(target, "nothing"));
    }
}

/// Whether it is ours to say, about the lock, and not the system's, about the place.
fn is_in_words(error: &std::io::Error) -> bool {
    error.raw_os_error().is_none()
}

/// Who holds a lock, or that somebody does.
pub fn named(holder: &str) -> &str {
    if holder.is_empty() { "another process" } else { holder }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_second_writer_is_refused_and_told_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("results");
        let first = FolderLock::take(&target, "scenario demo").unwrap();
        let refused = FolderLock::take(&target, "another").unwrap_err();
        assert_eq!(refused.code(), 2);
        let expected = format!("results: process {} (scenario demo) is writing there", std::process::id());
        assert!(refused.to_string().ends_with(&expected), "{refused}");
        drop(first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left of a lock");
        FolderLock::take(&target, "another").unwrap();
        fs::write(folder.path().join(".results.lock"), "process 1 (a dead one)").unwrap();
        forget_dead(&target);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let held = FolderLock::take(&target, "another").unwrap();
        forget_dead(&target);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "one that is held stays");
        drop(held);
    }
}
