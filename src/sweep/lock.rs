//! Who is running in a sweep's folder: one process for the whole, or many for a shard each.
//!
//! Locks are the system's, so that they end with their process however that ends. Where a file system has
//! none (some cluster ones), work goes on without: pieces are whole or absent and the same whoever makes
//! them, so that two who do the same only waste time.

use crate::command_error::CommandError;
use crate::output::lock::named;
use sim_files::lock::{Refused, Shared};
use std::path::{Path, PathBuf};

/// A lock, held until dropped.
#[derive(Debug)]
pub struct SweepLock {
    _lock: Shared,
}

impl SweepLock {
    /// Takes a lock alone, and writes down for what.
    ///
    /// # Errors
    /// If somebody holds it: who.
    pub fn exclusive(folder: &Path, name: &str, what: &str) -> Result<SweepLock, CommandError> {
        taken(folder, name, Shared::exclusive(folder, &inside(name), what))
    }

    /// Takes a lock beside others who share it.
    ///
    /// # Errors
    /// If somebody holds it alone: who.
    pub fn shared(folder: &Path, name: &str) -> Result<SweepLock, CommandError> {
        taken(folder, name, Shared::beside(folder, &inside(name)))
    }

    /// Whether somebody holds the lock of a name alone.
    pub fn is_held(folder: &Path, name: &str) -> bool {
        Shared::is_held(folder, &inside(name))
    }
}

/// The folder of locks, in a sweep's folder.
pub const LOCKS: &str = "locks";

fn inside(name: &str) -> PathBuf {
    Path::new(LOCKS).join(name)
}

fn taken(folder: &Path, name: &str, lock: Result<Shared, Refused>) -> Result<SweepLock, CommandError> {
    match lock {
        Ok(lock) => Ok(SweepLock { _lock: lock }),
        Err(Refused::Held(holder)) => Err(CommandError::input(format!(
            "{}: {} is at work there; wait for it, or choose another folder",
            folder.display(),
            named(&holder)
        ))),
        Err(Refused::Io(error)) => Err(CommandError::writing(&folder.join(inside(name)), &error, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_stand_beside_each_other_and_the_whole_stands_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        std::fs::create_dir(path.join(LOCKS)).unwrap();
        let first = SweepLock::shared(path, "sweep").unwrap();
        let second = SweepLock::shared(path, "sweep").unwrap();
        assert!(SweepLock::exclusive(path, "sweep", "running").is_err());
        drop((first, second));
        let whole = SweepLock::exclusive(path, "sweep", "running all").unwrap();
        assert!(SweepLock::is_held(path, "sweep"));
        let refused = SweepLock::shared(path, "sweep").unwrap_err();
        assert_eq!(refused.code(), 2);
        assert!(
            refused.to_string().contains(&format!("process {} (running all)", std::process::id())),
            "{refused}"
        );
        drop(whole);
        assert!(!SweepLock::is_held(path, "sweep"));
    }
}
