//! Folders and names: what stands somewhere, and making, renaming and removing it.
//!
//! Nothing here follows a link that stands at the end of a path: a link is something, but no folder.

use crate::fault::{Operation, before};
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

/// What an entry of a folder is, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, wherever it leads.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

impl EntryKind {
    fn of(kind: FileType) -> EntryKind {
        match kind {
            kind if kind.is_symlink() => EntryKind::Link,
            kind if kind.is_dir() => EntryKind::Folder,
            kind if kind.is_file() => EntryKind::File,
            _ => EntryKind::Other,
        }
    }
}

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderEntry {
    /// Its name, which need not be text.
    pub name: OsString,
    /// What it is.
    pub kind: EntryKind,
}

/// What is in a folder, in order of names.
///
/// # Errors
/// What the system refused.
pub fn list(folder: &Path) -> io::Result<Vec<FolderEntry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // One that is gone meanwhile is no entry.
        if let Ok(kind) = entry.file_type() {
            entries.push(FolderEntry { name: entry.file_name(), kind: EntryKind::of(kind) });
        }
    }
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(entries)
}

/// What stands at a path.
///
/// # Errors
/// If nothing does; what the system refused.
pub fn kind(path: &Path) -> io::Result<EntryKind> {
    fs::symlink_metadata(path).map(|known| EntryKind::of(known.file_type()))
}

/// Whether something stands at a path, a link to nowhere included.
pub fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a path is that of a folder in which nothing is.
pub fn is_empty(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// A path without links in it and from the root, or as it is if it leads nowhere.
pub fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Makes a folder that the user named, with those above it; one that is there already will do.
///
/// # Errors
/// What the system refused.
pub fn make(path: &Path) -> io::Result<()> {
    before(Operation::Grow)?;
    fs::create_dir_all(path)
}

/// Makes a folder where nothing is yet.
///
/// # Errors
/// If there is something, a link included; what the system refused.
pub fn make_new(path: &Path) -> io::Result<()> {
    before(Operation::Grow)?;
    fs::create_dir(path)
}

/// Gives a file or folder another name. A file or an empty folder of that name is replaced, a link too.
///
/// # Errors
/// If a folder of that name is not empty; what the system refused.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    before(Operation::Name)?;
    fs::rename(from, to)
}

/// Gives a file a second name, at which nothing is yet; where a file system has no second names, it is
/// renamed.
///
/// # Errors
/// What the system refused.
pub fn second_name(from: &Path, to: &Path) -> io::Result<()> {
    before(Operation::Name)?;
    fs::hard_link(from, to).or_else(|_| fs::rename(from, to))
}

/// Removes a file, or a link and not what it leads to.
///
/// # Errors
/// What the system refused.
pub fn remove_file(path: &Path) -> io::Result<()> {
    twice(|| before(Operation::Name).and_then(|()| fs::remove_file(path)))
}

/// Tries once more where a device failed: its error may pass, and what is not removed now stays for ever.
fn twice(remove: impl Fn() -> io::Result<()>) -> io::Result<()> {
    let is_final =
        |error: &io::Error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied);
    remove().or_else(|error| if is_final(&error) { Err(error) } else { remove() })
}

/// Removes a folder with all that is in it; of links the links alone.
///
/// # Errors
/// What the system refused.
pub fn remove(path: &Path) -> io::Result<()> {
    twice(|| before(Operation::Name).and_then(|()| fs::remove_dir_all(path)))
}

/// Removes the folders in a folder whose names begin so: what killed processes left. Links and files of such
/// names are nobody's work and stay.
///
/// # Errors
/// What the system refused.
pub fn clear(folder: &Path, prefix: &std::ffi::OsStr) -> io::Result<()> {
    for FolderEntry { name, kind } in list(folder)? {
        if kind == EntryKind::Folder && crate::names::begins(&name, prefix) {
            remove(&folder.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_listed_in_order_with_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert!(is_empty(path) && !is_taken(&path.join("b")));
        fs::write(path.join("b"), "x").unwrap();
        make(&path.join("a/below")).unwrap();
        assert!(make_new(&path.join("a")).is_err() && make_new(&path.join("b")).is_err());
        let kinds = |path: &Path| -> Vec<(String, EntryKind)> {
            let entries = list(path).unwrap().into_iter();
            entries.map(|entry| (entry.name.into_string().unwrap(), entry.kind)).collect()
        };
        assert_eq!(kinds(path), [("a".to_owned(), EntryKind::Folder), ("b".to_owned(), EntryKind::File)]);
        second_name(&path.join("b"), &path.join("c")).unwrap();
        rename(&path.join("c"), &path.join("d")).unwrap();
        assert_eq!(fs::read(path.join("d")).unwrap(), b"x");
        remove_file(&path.join("d")).unwrap();
        remove(&path.join("a")).unwrap();
        assert_eq!(kinds(path).len(), 1);
        assert!(list(&path.join("none")).is_err() && kind(&path.join("none")).is_err());
    }

    #[test]
    #[cfg(unix)]
    fn links_are_told_and_removed_and_what_they_lead_to_stays() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::create_dir_all(path.join("private")).unwrap();
        fs::write(path.join("private/own"), "dear").unwrap();
        fs::create_dir(path.join("sent")).unwrap();
        for name in ["sent/link", ".x-link", ".x-file"] {
            symlink(path.join("private"), path.join(name)).unwrap();
        }
        fs::create_dir(path.join(".x-left")).unwrap();
        assert_eq!(kind(&path.join("sent/link")).unwrap(), EntryKind::Link);
        clear(path, std::ffi::OsStr::new(".x-")).unwrap();
        assert!(!is_taken(&path.join(".x-left")) && is_taken(&path.join(".x-link")));
        remove(&path.join("sent")).unwrap();
        remove_file(&path.join(".x-link")).unwrap();
        symlink("nowhere", path.join("broken")).unwrap();
        assert!(is_taken(&path.join("broken")));
        assert_eq!(fs::read(path.join("private/own")).unwrap(), b"dear");
    }
}
