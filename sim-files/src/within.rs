//! Files of a folder that somebody may have sent: only those that lie in it.
//!
//! The folder itself is the one that the user named, by a link or not. What is in it is followed nowhere
//! else: a link called `village.csv` may point to a private file of the reader, whose lines would then stand
//! in a page or an error message.

use crate::open::{Use, a_link, names, open_in};
use crate::read::{all, as_text};
use sim_core::base::FileError;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Opens a regular file of a folder.
///
/// # Errors
/// If a link is on the way, it leads out of the folder, it is no regular file; what the system refused.
pub fn open(folder: &Path, inside: impl AsRef<Path>) -> io::Result<File> {
    open_in(folder, inside.as_ref(), Use::Read)
}

/// The bytes of a file of a folder, of at most so many.
///
/// # Errors
/// As for [`open`], and if it is longer.
pub fn bytes(folder: &Path, inside: impl AsRef<Path>, most: u64) -> io::Result<Vec<u8>> {
    all(open(folder, inside)?, most)
}

/// The text of a file of a folder, of at most so many bytes.
///
/// # Errors
/// As for [`bytes()`], and if it is not text in UTF-8.
pub fn text(folder: &Path, inside: impl AsRef<Path>, most: u64) -> io::Result<String> {
    as_text(bytes(folder, inside, most)?)
}

/// Whether a folder has anything of a name, a link to nowhere included: what it is, is said when it is
/// opened.
pub fn has(folder: &Path, name: impl AsRef<Path>) -> bool {
    fs::symlink_metadata(folder.join(name)).is_ok()
}

/// The path of a folder in a folder.
///
/// # Errors
/// If it is a link or no folder, or the name leads out.
pub fn folder(folder: &Path, inside: impl AsRef<Path>) -> io::Result<PathBuf> {
    let mut path = folder.to_owned();
    for name in names(inside.as_ref())? {
        path.push(name);
        match fs::symlink_metadata(&path)? {
            known if known.is_symlink() => return Err(a_link()),
            known if known.is_dir() => {}
            _ => return Err(FileError::NotAFolder.into()),
        }
    }
    Ok(path)
}

/// What is in a folder in a folder, in order of names.
///
/// # Errors
/// As for [`folder()`]; what the system refused.
pub fn list(folder: &Path, inside: impl AsRef<Path>) -> io::Result<Vec<crate::folder::FolderEntry>> {
    crate::folder::list(&self::folder(folder, inside)?)
}

/// Makes a folder in a folder, with those above it; below the folder no link is followed.
///
/// # Errors
/// If a link or a file is on the way, or the path leads out; what the system refused.
#[cfg(not(target_arch = "wasm32"))]
pub fn make_folder(folder: &Path, inside: impl AsRef<Path>) -> io::Result<PathBuf> {
    let mut path = folder.to_owned();
    for name in names(inside.as_ref())? {
        path.push(name);
        match crate::folder::make_new(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => made?,
        }
        self::folder(path.parent().unwrap_or(folder), name)?;
    }
    Ok(path)
}

/// Opens the regular file that a user named. It may be a link of the user's, but not one that leads out of
/// its folder: in a folder that was sent, such a link names a file of the reader.
///
/// # Errors
/// If it leads out of its folder, or is no regular file; what the system refused.
pub fn open_named(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_symlink() {
        let target = fs::canonicalize(path)?;
        let own = fs::canonicalize(crate::names::parent(path))?;
        if !target.starts_with(&own) {
            return Err(FileError::LinkLeavesFolder.into());
        }
    }
    crate::read::open(path)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_and_ways_out_are_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let (own, secret) = (folder.path().join("sent"), folder.path().join("secret"));
        fs::create_dir_all(own.join("pieces")).unwrap();
        fs::create_dir(folder.path().join("other")).unwrap();
        fs::write(&secret, "secret").unwrap();
        fs::write(own.join("plain"), "plain").unwrap();
        symlink(&secret, own.join("link")).unwrap();
        symlink("plain", own.join("near")).unwrap();
        symlink("nowhere", own.join("broken")).unwrap();
        symlink(folder.path(), own.join("up")).unwrap();
        assert_eq!(text(&own, "plain", 9).unwrap(), "plain");
        for name in ["link", "near", "broken", "up/secret", "../secret", "/etc/passwd", ".", ""] {
            let error = text(&own, name, 100).unwrap_err();
            let words = error.to_string();
            let is_refused = words.contains("a link")
                || words.contains("out of its folder")
                || words.contains("not the name");
            assert!(is_refused, "{name}: {words}");
        }
        assert!(has(&own, "broken") && !has(&own, "absent"));
        assert!(make_folder(&own, "a/b").is_ok() && make_folder(&own, "a/b").is_ok());
        assert!(make_folder(&own, "up/made").is_err() && make_folder(&own, "plain/made").is_err());
        assert!(!folder.path().join("made").exists());
        assert!(self::folder(&own, "pieces").is_ok());
        assert!(self::folder(&own, "up").is_err() && self::folder(&own, "plain").is_err());
        assert!(open_named(&own.join("near")).is_ok() && open_named(&own.join("link")).is_err());
        symlink(&own, folder.path().join("mine")).unwrap();
        assert_eq!(
            text(&folder.path().join("mine"), "plain", 9).unwrap(),
            "plain",
            "a folder may be named by a link"
        );
    }

    #[test]
    fn pipes_folders_devices_and_long_files_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let made = std::process::Command::new("mkfifo").arg(path.join("pipe")).status();
        assert!(made.unwrap().success());
        std::os::unix::net::UnixListener::bind(path.join("socket")).unwrap();
        fs::create_dir(path.join("folder")).unwrap();
        let sparse = File::create(path.join("sparse")).unwrap();
        sparse.set_len(1 << 40).unwrap();
        for (name, words) in [
            ("pipe", "a pipe, not a regular file"),
            ("socket", "a socket, not a regular file"),
            ("folder", "a folder, not a regular file"),
            ("sparse", "it has 1048576 MiB, and at most 100 bytes are read"),
        ] {
            assert_eq!(bytes(path, name, 100).unwrap_err().to_string(), words);
            assert_eq!(crate::read::bytes(&path.join(name), 100).unwrap_err().to_string(), words);
        }
        let device = crate::read::bytes(Path::new("/dev/zero"), 100).unwrap_err();
        assert_eq!(device.to_string(), "a device, not a regular file");
        let endless = crate::read::bytes(Path::new("/proc/self/environ"), 1);
        assert!(!Path::new("/proc/self/environ").exists() || endless.is_err());
    }
}
