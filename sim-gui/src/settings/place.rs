//! Where settings are kept, and how they get there and back.

use crate::reason::Reason;
#[cfg(not(target_arch = "wasm32"))]
use sim_core::base::FileError;
use sim_files::folder::{self, EntryKind};
use sim_files::lock::{Lock, Refused};
use std::path::{Path, PathBuf};

/// Windows that may be open at once and keep their work apart.
#[cfg(not(target_arch = "wasm32"))]
const WINDOWS: u32 = 50;

/// A place for the settings of one window, as long as it is open.
#[derive(Debug)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// What says that it is taken.
    #[cfg(not(target_arch = "wasm32"))]
    _lock: Option<Lock>,
}

/// Where settings are kept: `countryside/window.ron` in the user's folder for settings, `window-2.ron` for a
/// second window that is open at the same time, and so on; nowhere if there is no such folder.
#[cfg(not(target_arch = "wasm32"))]
pub fn place() -> Option<Place> {
    let folder = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config"));
    let folder = folder.filter(|folder| folder.is_absolute()).or_else(home)?;
    Some(free(&folder.join("countryside")))
}

/// The first place in a folder that no other window has.
#[cfg(not(target_arch = "wasm32"))]
fn free(folder: &Path) -> Place {
    let first = folder.join("window.ron");
    for number in 1..=WINDOWS {
        let path = match number {
            1 => first.clone(),
            number => folder.join(format!("window-{number}.ron")),
        };
        match lock(&path) {
            Ok(lock) => {
                return Place { path, _lock: Some(lock) };
            }
            Err(Refused::Held(_)) => {}
            // A folder that allows no locks, or cannot be written: what is written there will say why.
            Err(Refused::Io(_)) => break,
        }
    }
    Place { path: first, _lock: None }
}

/// Takes a place, without waiting.
#[cfg(not(target_arch = "wasm32"))]
fn lock(path: &Path) -> Result<Lock, Refused> {
    if let Some(folder) = path.parent() {
        sim_files::folder::make(folder)?;
    }
    Lock::take(&path.with_extension("lock"), "window")
}

/// Where settings are kept: in the browser.
#[cfg(target_arch = "wasm32")]
pub fn place() -> Option<Place> {
    Some(Place { path: PathBuf::from("window.ron") })
}

/// What is in a place; nothing if there is nothing.
///
/// # Errors
/// Why it cannot be read, in words.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn load(place: &Path) -> Result<Option<String>, Reason> {
    match sim_files::read::text(place, sim_files::limits::SETTINGS) {
        Ok(text) => Ok(Some(text)),
        Err(reason) if reason.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(reason) => Err(reason.into()),
    }
}

#[cfg(target_arch = "wasm32")]
pub(super) fn load(_place: &Path) -> Result<Option<String>, Reason> {
    Ok(Some(crate::web::remembered()).filter(|text| !text.is_empty()))
}

/// Writes into a place, whole or not at all.
///
/// # Errors
/// Why it could not be written, in words.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn store(place: &Path, text: &str) -> Result<(), Reason> {
    if let Some(folder) = place.parent() {
        sim_files::folder::make(folder)?;
    }
    crate::export::write(place, text.as_bytes())
}

#[cfg(target_arch = "wasm32")]
pub(super) fn store(_place: &Path, text: &str) -> Result<(), Reason> {
    crate::web::remember(text)
}

/// Moves what is in a place to a name that is free. Where it is then.
///
/// # Errors
/// Why it cannot be moved, in words.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn set_aside(place: &Path) -> Result<PathBuf, Reason> {
    let stem = place.file_stem().unwrap_or_default().to_string_lossy();
    let aside = crate::export::place::beside(&place.with_file_name(format!("{stem}-set-aside.ron")));
    let is_file = folder::kind(place).is_ok_and(|kind| kind != EntryKind::Folder);
    if !is_file {
        return Err(Reason::File { why: FileError::NotRegular });
    }
    folder::rename(place, &aside)?;
    Ok(aside)
}

#[cfg(target_arch = "wasm32")]
pub(super) fn set_aside(_place: &Path) -> Result<PathBuf, Reason> {
    crate::web::set_aside()?;
    Ok(PathBuf::from("window-set-aside.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_that_are_open_at_once_have_places_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("deep");
        let first = free(&deep);
        let second = free(&deep);
        assert_eq!(first.path, deep.join("window.ron"));
        assert_eq!(second.path, deep.join("window-2.ron"));
        drop(first);
        assert_eq!(free(&deep).path, deep.join("window.ron"));
    }

    #[test]
    #[cfg(unix)]
    fn no_lock_is_taken_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let mine = folder.path().join("mine");
        std::fs::write(&mine, "mine").unwrap();
        std::os::unix::fs::symlink(&mine, folder.path().join("window.lock")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("window-2.lock")).unwrap();
        let place = free(folder.path());
        assert!(place._lock.is_none());
        assert_eq!(std::fs::read(&mine).unwrap(), b"mine");
        assert!(!folder.path().join("nowhere").exists());
    }
}
