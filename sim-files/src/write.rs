//! Files and folders that are whole or absent: written beside their place under a name of chance, brought to
//! the disk, then named.
//!
//! A link that stands where a file is to be is replaced, and what it points to stays. Modes are those of
//! ordinary new files and folders: the user's mask restricts them, and nothing widens them.

use crate::fault::{self, Operation, before};
use crate::folder;
use crate::names::{PARTIAL, begins, hidden, parent};
use sim_core::base::FileError;
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use tempfile::{NamedTempFile, TempDir};

/// Writes a file whole or not at all, over what was there.
///
/// # Errors
/// What the system refused; nothing is then left of the new file, and an old one is untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, |file| file.write_all(bytes))
}

/// The same with a content that `fill` writes.
///
/// # Errors
/// What `fill` reports or the system refused; nothing is then left of the new file, and an old one is
/// untouched.
pub fn replace_with(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let file = filled(path, fill)?;
    named(file, path)
}

/// The same, and what was there stays under another name, where the one before it is given up. There is a
/// whole file at one of the two names at every moment, and never two names of one file that is the only one:
/// the new one is on the disk before the old one is touched.
///
/// # Errors
/// As for [`replace_with`]; the old file is then untouched.
pub fn replace_keeping(
    path: &Path,
    previous: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let file = filled(path, fill)?;
    if folder::is_taken(path) {
        match folder::remove_file(previous) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        folder::second_name(path, previous)?;
    }
    named(file, path)
}

fn named(file: NamedTempFile, path: &Path) -> io::Result<()> {
    before(Operation::Name)?;
    file.persist(path).map_err(|fault| fault.error)?;
    sync_folder(parent(path))
}

/// Writes a file whole or not at all, where there is nothing yet.
///
/// # Errors
/// If there is something, a link to nowhere included; what the system refused.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = filled(path, |file| file.write_all(bytes))?;
    before(Operation::Name)?;
    file.persist_noclobber(path).map_err(|fault| fault.error)?;
    sync_folder(parent(path))
}

fn filled(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<NamedTempFile> {
    if path.file_name().is_none() {
        return Err(FileError::NoFileName.into());
    }
    let prefix = hidden(path, PARTIAL);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    // As of an ordinary new file, which the user's mask restricts; temporary files are private otherwise.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = held(&builder, parent(path))?;
    let mut writer = BufWriter::with_capacity(1 << 18, Asking(file));
    fill(&mut writer)?;
    let Asking(file) = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    before(Operation::Sync)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A writer whose every write may be a planted fault.
pub(crate) struct Asking<W>(pub(crate) W);

impl<W: Write> Write for Asking<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        fault::write(&mut self.0, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A new file that is open for writing, for content that comes little by little into a folder that is not
/// named yet.
pub struct NewFile {
    file: Asking<File>,
}

impl NewFile {
    /// A new file.
    ///
    /// # Errors
    /// If there is something of its name, a link included; what the system refused.
    pub fn create(path: &Path) -> io::Result<NewFile> {
        before(Operation::Grow)?;
        File::create_new(path).map(NewFile::of)
    }

    /// A file that is open already.
    pub fn of(file: File) -> NewFile {
        NewFile { file: Asking(file) }
    }

    /// Brings its content to the disk.
    ///
    /// # Errors
    /// What the system refused.
    pub fn sync(&self) -> io::Result<()> {
        before(Operation::Sync)?;
        self.file.0.sync_all()
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A new temporary file that is locked while it is written, so that [`clear`] knows it from what a dead
/// process left.
fn held(builder: &tempfile::Builder<'_, '_>, folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        before(Operation::Grow)?;
        let file = builder.tempfile_in(folder)?;
        match file.as_file().try_lock() {
            // Who clears came in between, and removes it.
            Err(TryLockError::WouldBlock) => {}
            _ if fs::symlink_metadata(file.path()).is_err() => {}
            _ => return Ok(file),
        }
    }
}

/// Removes what killed processes left of unfinished files of a path's name. What somebody is writing stays.
///
/// # Errors
/// What the system refused.
pub fn clear(path: &Path) -> io::Result<()> {
    let prefix = hidden(path, PARTIAL);
    clear_those(parent(path), |name| begins(name, &prefix))
}

/// The same for all unfinished files of a folder that is the program's own, whatever is written there.
///
/// # Errors
/// What the system refused.
pub fn clear_all(folder: &Path) -> io::Result<()> {
    clear_those(folder, |name| {
        let name = name.to_string_lossy();
        name.starts_with('.') && name.contains(PARTIAL)
    })
}

fn clear_those(above: &Path, is_unfinished: impl Fn(&OsStr) -> bool) -> io::Result<()> {
    for folder::FolderEntry { name, .. } in folder::list(above)? {
        if !is_unfinished(&name) {
            continue;
        }
        let Ok(file) = crate::within::open(above, &name) else {
            continue;
        };
        if file.try_lock().is_ok() {
            folder::remove_file(&above.join(&name))?;
        }
    }
    Ok(())
}

/// A new folder in a folder, whose name begins so and which is removed unless it is kept.
///
/// # Errors
/// What the system refused.
pub fn fresh_folder(folder: &Path, prefix: &OsStr) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    before(Operation::Grow)?;
    builder.tempdir_in(folder)
}

/// Brings a folder's list of names to the disk.
///
/// # Errors
/// What the system refused.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    before(Operation::Sync)?;
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_nothing_and_a_new_file_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::create_dir(path.join("taken")).unwrap();
        assert!(replace(&path.join("taken"), b"x").is_err());
        assert!(replace(Path::new("/"), b"x").is_err());
        create(&path.join("new"), b"first").unwrap();
        assert!(create(&path.join("new"), b"second").is_err());
        assert_eq!(fs::read(path.join("new")).unwrap(), b"first");
        assert_eq!(fs::read_dir(path).unwrap().count(), 2);
    }

    #[test]
    fn what_a_killed_process_left_is_cleared_and_what_is_being_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(folder.path().join(".a.partial-dead"), "half").unwrap();
        fs::write(folder.path().join(".b.partial-other"), "half").unwrap();
        replace_with(&path, |file| {
            clear(&path)?;
            file.write_all(b"whole")
        })
        .unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".b.partial-other", "a"]);
        fs::write(folder.path().join(".mine"), "mine").unwrap();
        clear_all(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "what is no unfinished file stays");
    }

    #[test]
    fn the_one_before_is_kept_and_a_failed_one_touches_neither() {
        let folder = tempfile::tempdir().unwrap();
        let [path, previous] = ["a", "a.previous"].map(|name| folder.path().join(name));
        for content in [b"one", b"two", b"six"] {
            replace_keeping(&path, &previous, |file| file.write_all(content)).unwrap();
        }
        let failed = replace_keeping(&path, &previous, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!([&path, &previous].map(|path| fs::read(path).unwrap()), [b"six", b"two"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_replaced_and_its_target_stays() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let [mine, link] = ["mine", "link"].map(|name| folder.path().join(name));
        fs::write(&mine, "dear").unwrap();
        symlink(&mine, &link).unwrap();
        assert!(create(&link, b"new").is_err());
        replace(&link, b"new").unwrap();
        assert_eq!(fs::read(&mine).unwrap(), b"dear");
        assert_eq!(fs::read(&link).unwrap(), b"new");
        let ordinary = |made: &Path| fs::metadata(made).unwrap().permissions().mode() & 0o777;
        fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o777)).unwrap();
        let made = fresh_folder(folder.path(), OsStr::new(".x")).unwrap();
        fs::create_dir(folder.path().join("plain")).unwrap();
        assert_eq!(ordinary(made.path()), ordinary(&folder.path().join("plain")));
        assert_eq!(ordinary(&link), ordinary(&mine));
    }
}
