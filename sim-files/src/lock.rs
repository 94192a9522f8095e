//! Locks of the system's, so that they end with their process however that ends.
//!
//! A file that merely exists was rejected as a lock: a killed process would leave it, and refuse the next.
//! What is written down of who holds a lock goes into a file that is new: an existing one is never written
//! to, for it may be anybody's, and never reached by a link.

use crate::fault::{Operation, before};
use crate::folder;
use crate::limits::LOCK;
use crate::names::parent;
use crate::open::{Use, open_in};
use crate::{within, write};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Why a lock was not taken.
#[derive(Debug)]
pub enum Refused {
    /// Somebody holds it: who, as far as is known.
    Held(String),
    /// The system refused, or what is there is no lock.
    Io(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        Refused::Io(error)
    }
}

/// How what is written into a lock begins.
const HOLDER: &str = "process ";

/// Files of the locks that this process holds and removes.
static HELD: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Changes the list of locks held; where a panic has spoilt it, the next to lock clears what is left.
fn note_held(change: impl FnOnce(&mut BTreeSet<PathBuf>)) {
    if let Ok(mut held) = HELD.lock() {
        change(&mut held);
    }
}

/// Removes the files of all locks that this process holds, for who ends it at once: the system frees the
/// locks themselves.
pub fn release() {
    note_held(|held| {
        for path in std::mem::take(held) {
            let _ = fs::remove_file(path);
        }
    });
}

/// A lock whose file comes and goes with it.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes a lock and writes down what for.
    ///
    /// # Errors
    /// If another process holds it, who; if there is something of its name that is no lock; what the system
    /// refused.
    pub fn take(path: &Path, what: &str) -> Result<Lock, Refused> {
        loop {
            before(Operation::Grow)?;
            match File::options().read(true).write(true).create_new(true).open(path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => clear(path)?,
                Err(error) => return Err(error.into()),
                Ok(mut file) => match file.try_lock() {
                    // Who came in between took it for a dead one's, and removes it.
                    Err(TryLockError::WouldBlock) => std::thread::yield_now(),
                    Err(TryLockError::Error(error)) if !is_unsupported(&error) => return Err(error.into()),
                    _ if !is_at(&file, path) => {}
                    _ => {
                        let written = write::Asking(&mut file).write_all(holder(what).as_bytes());
                        note_held(|held| _ = held.insert(path.to_owned()));
                        let lock = Lock { file, path: path.to_owned() };
                        return written.map(|()| lock).map_err(Refused::Io);
                    }
                },
            }
        }
    }
}

impl Drop for Lock {
    /// Removes the file while its lock is held, so that nobody else's is removed.
    fn drop(&mut self) {
        note_held(|held| _ = held.remove(&self.path));
        if is_at(&self.file, &self.path) {
            let _ = folder::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

fn holder(what: &str) -> String {
    format!("{HOLDER}{} ({what})", std::process::id())
}

/// Removes the lock that a dead process left.
fn clear(path: &Path) -> Result<(), Refused> {
    let not_ours = || io::Error::other("it is no lock of this program; move it away");
    let name = path.file_name().ok_or_else(not_ours)?;
    let open = |purpose| open_in(parent(path), Path::new(name), purpose);
    // Some file systems lock alone only what may be written to; another user's lock can only be read.
    let file = match open(Use::Lock).or_else(|_| open(Use::Read)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Err(Refused::Held(content(&file))),
        Err(TryLockError::Error(error)) if !is_unsupported(&error) => return Err(error.into()),
        _ => {}
    }
    if !is_at(&file, path) {
        return Ok(());
    }
    let text = content(&file);
    if !text.is_empty() && !text.starts_with(HOLDER) {
        return Err(not_ours().into());
    }
    Ok(folder::remove_file(path)?)
}

/// What is written in a lock.
fn content(file: &File) -> String {
    let mut text = Vec::new();
    let _ = file.take(LOCK).read_to_end(&mut text);
    String::from_utf8_lossy(&text).trim().to_owned()
}

fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(mine), Ok(there)) => mine.ino() == there.ino() && mine.dev() == there.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// A lock in a folder that many may share. Its file stays: removing it would let a third process lock another
/// file of the same name.
#[derive(Debug)]
pub struct Shared {
    file: File,
}

impl Shared {
    /// Takes the lock at a place in a folder alone, and writes down for what, beside it. Where a file system
    /// has no locks, work goes on without.
    ///
    /// # Errors
    /// If somebody holds it: who; what the system refused.
    pub fn exclusive(folder: &Path, inside: &Path, what: &str) -> Result<Shared, Refused> {
        before(Operation::Grow)?;
        let file = open_in(folder, inside, Use::Lock)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(held(folder, inside)),
            Err(TryLockError::Error(error)) if !is_unsupported(&error) => return Err(error.into()),
            _ => {}
        }
        let note = folder.join(note(inside));
        write::clear(&note)?;
        write::replace(&note, holder(what).as_bytes())?;
        Ok(Shared { file })
    }

    /// Takes the lock beside others who share it.
    ///
    /// # Errors
    /// If somebody holds it alone: who; what the system refused.
    pub fn beside(folder: &Path, inside: &Path) -> Result<Shared, Refused> {
        let file = open_in(folder, inside, Use::Lock)?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Err(held(folder, inside)),
            Err(TryLockError::Error(error)) if !is_unsupported(&error) => Err(error.into()),
            _ => Ok(Shared { file }),
        }
    }

    /// Whether somebody holds it alone.
    pub fn is_held(folder: &Path, inside: &Path) -> bool {
        let file = open_in(folder, inside, Use::Read);
        file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// Where who holds a lock is written down.
fn note(inside: &Path) -> PathBuf {
    crate::names::beside(inside, ".holder")
}

fn held(folder: &Path, inside: &Path) -> Refused {
    let file = within::open(folder, note(inside));
    Refused::Held(file.map_or_else(|_| String::new(), |file| content(&file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_one_process_s_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".results.lock");
        let first = Lock::take(&path, "run").unwrap();
        let own = holder("run");
        assert!(matches!(Lock::take(&path, "x"), Err(Refused::Held(who)) if who == own));
        drop(first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        fs::write(&path, "process 1 (a dead one)").unwrap();
        drop(Lock::take(&path, "x").unwrap());
        fs::write(&path, "dear").unwrap();
        assert!(matches!(Lock::take(&path, "x"), Err(Refused::Io(_))));
        assert_eq!(fs::read(&path).unwrap(), b"dear", "what is no lock is nobody's to remove");
    }

    #[test]
    #[cfg(unix)]
    fn a_lock_is_never_reached_by_a_link_and_never_truncates() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mine = path.join("mine");
        fs::write(&mine, "process of thought").unwrap();
        std::os::unix::fs::symlink(&mine, path.join("lock")).unwrap();
        assert!(matches!(Lock::take(&path.join("lock"), "x"), Err(Refused::Io(_))));
        assert!(matches!(Shared::exclusive(path, Path::new("lock"), "x"), Err(Refused::Io(_))));
        assert!(matches!(Shared::beside(path, Path::new("lock")), Err(Refused::Io(_))));
        fs::hard_link(&mine, path.join("hard")).unwrap();
        drop(Shared::exclusive(path, Path::new("hard"), "x").unwrap());
        drop(Lock::take(&path.join("hard"), "x"));
        assert_eq!(fs::read(&mine).unwrap(), b"process of thought");
    }

    #[test]
    fn many_who_share_stand_beside_each_other_and_one_stands_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, inside) = (folder.path(), Path::new("locks/sweep"));
        fs::create_dir(path.join("locks")).unwrap();
        let both = [Shared::beside(path, inside).unwrap(), Shared::beside(path, inside).unwrap()];
        assert!(Shared::exclusive(path, inside, "all").is_err());
        drop(both);
        let whole = Shared::exclusive(path, inside, "all").unwrap();
        assert!(Shared::is_held(path, inside));
        let own = holder("all");
        assert!(matches!(Shared::beside(path, inside), Err(Refused::Held(who)) if who == own));
        drop(whole);
        assert!(!Shared::is_held(path, inside));
    }
}
