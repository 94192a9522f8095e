//! A run's folder: whole or absent, and nobody's work lost.
//!
//! 1. Before the run, [`Place::reserve`] takes the lock, clears what a killed run left, and refuses a folder
//!    that may not be replaced: better before an hour of simulation than after.
//! 2. After the run, [`Place::publish`] fills a hidden sibling, brings it to the disk and gives it the name.
//!
//! So whoever sees the folder sees all of it. Filling it in place was rejected: a reader cannot tell half
//! from whole.

use super::file::{parent, sync_folder};
use super::lock::FolderLock;
use super::manifest::{self, Identity};
use crate::command_error::CommandError;
use sim_files::folder::{self, EntryKind, FolderEntry};
use sim_files::names::{PARTIAL, begins, hidden};
use sim_files::write::fresh_folder;
use std::io;
use std::path::{Path, PathBuf};

/// How the names of replaced folders go on, between their replacement and their removal.
const REPLACED: &str = ".replaced-";

/// A place for a run's folder that is ours to fill.
#[derive(Debug)]
pub struct Place {
    target: PathBuf,
    _lock: FolderLock,
}

impl Place {
    /// Reserves the place for a run.
    ///
    /// # Errors
    /// If another process writes there, if something is there that may not be replaced, or if the place
    /// cannot be written to.
    pub fn reserve(target: &Path, run: &Identity, replace: bool) -> Result<Place, CommandError> {
        let target = named(target)?;
        let above = parent(&target);
        folder::make(above).map_err(|error| CommandError::writing(above, &error, None))?;
        let lock = FolderLock::take(&target, &run.to_string())?;
        clear(&target).map_err(|error| CommandError::writing(above, &error, None))?;
        refuse_if_taken(&target, run, replace)?;
        Ok(Place { target, _lock: lock })
    }

    /// The folder's path.
    pub fn path(&self) -> &Path {
        &self.target
    }

    /// Fills the folder and gives it its name.
    ///
    /// # Errors
    /// What `fill` reports, or what the system refused; nothing is then left of the new folder, and an old
    /// one is untouched.
    pub fn publish<T>(&self, fill: impl FnOnce(&Path) -> Result<T, CommandError>) -> Result<T, CommandError> {
        let fault = |error: io::Error| CommandError::writing(&self.target, &error, None);
        let parent = parent(&self.target);
        let partial = fresh_folder(parent, &hidden(&self.target, PARTIAL)).map_err(fault)?;
        let result = fill(partial.path()).map_err(|failure| failure.naming(partial.path(), &self.target))?;
        sync_folder(partial.path()).map_err(fault)?;
        rename_over(partial.path(), &self.target).map_err(fault)?;
        let _ = partial.keep();
        sync_folder(parent).map_err(fault)?;
        Ok(result)
    }
}

/// The path without a trailing `.` or slash; refused if it has no last name, as `/` or `..`.
fn named(target: &Path) -> Result<PathBuf, CommandError> {
    let name = target.file_name();
    let name = name
        .ok_or_else(|| CommandError::input(format!("{}: not a name for a new folder", target.display())))?;
    Ok(parent(target).join(name))
}

/// Removes unfinished siblings of killed runs, and finishes their replacements. We hold the lock, so they are
/// nobody's.
fn clear(target: &Path) -> io::Result<()> {
    let [replaced, partial] = [REPLACED, PARTIAL].map(|marker| hidden(target, marker));
    for FolderEntry { name, kind } in folder::list(parent(target))? {
        // A link is nobody's work: it is left where it is.
        if kind != EntryKind::Folder {
            continue;
        }
        let path = parent(target).join(&name);
        if begins(&name, &replaced) && !folder::is_taken(target) && !folder::is_empty(&path) {
            folder::rename(&path, target)?;
        } else if begins(&name, &replaced) || begins(&name, &partial) {
            folder::remove(&path)?;
        }
    }
    Ok(())
}

fn refuse_if_taken(target: &Path, run: &Identity, replace: bool) -> Result<(), CommandError> {
    let refuse = |reason: String| Err(CommandError::input(format!("{}: {reason}", target.display())));
    if !folder::is_taken(target) || folder::is_empty(target) {
        return Ok(());
    }
    match manifest::identity(target) {
        None => {
            refuse("exists and is not a run's folder; choose another name (it is never replaced)".to_owned())
        }
        Some(_) if replace => Ok(()),
        Some(there) if there == *run => refuse(format!(
            "holds this very run already ({there}); nothing to do, or --force to run it again"
        )),
        Some(there) => {
            refuse(format!("holds another run ({there}); choose another name, or --force to replace it"))
        }
    }
}

/// Renames a folder over another one, which is first moved aside, under a name of chance, and then removed.
fn rename_over(from: &Path, to: &Path) -> io::Result<()> {
    if !folder::is_taken(to) {
        return folder::rename(from, to);
    }
    if folder::is_empty(to) && folder::rename(from, to).is_ok() {
        return Ok(());
    }
    let aside = fresh_folder(parent(to), &hidden(to, REPLACED))?.keep();
    folder::rename(to, &aside)?;
    if let Err(error) = folder::rename(from, to) {
        folder::rename(&aside, to)?;
        return Err(error);
    }
    // The new one is there: an old one that cannot be removed now is removed when somebody writes here again.
    let _ = folder::remove(&aside);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn run(seed: u64) -> Identity {
        Identity {
            version: "1".into(),
            model: String::new(),
            scenario: "demo".into(),
            hash: "00".into(),
            seed,
            branched_from: None,
        }
    }

    fn fill(seed: u64) -> impl FnOnce(&Path) -> Result<(), CommandError> {
        move |folder| {
            let text = serde_json::to_string(&manifest::sample(run(seed))).map_err(CommandError::run)?;
            fs::write(folder.join(manifest::NAME), text).map_err(CommandError::run)
        }
    }

    #[test]
    fn a_run_is_published_once_and_replaced_only_on_purpose() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("deep/results");
        Place::reserve(&target, &run(1), false).unwrap().publish(fill(1)).unwrap();
        let same = Place::reserve(&target, &run(1), false).unwrap_err().to_string();
        assert!(same.contains("this very run"), "{same}");
        let other = Place::reserve(&target, &run(2), false).unwrap_err().to_string();
        assert!(other.contains("another run") && other.contains("seed 1"), "{other}");
        Place::reserve(&target, &run(2), true).unwrap().publish(fill(2)).unwrap();
        assert_eq!(manifest::identity(&target), Some(run(2)));
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1, "nothing else is left");
    }

    #[test]
    fn a_folder_that_is_no_runs_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("precious");
        fs::create_dir(&target).unwrap();
        Place::reserve(&target, &run(1), false).unwrap();
        fs::write(target.join("thesis.tex"), "").unwrap();
        assert!(Place::reserve(&target, &run(1), true).is_err());
        assert!(Place::reserve(Path::new("/"), &run(1), true).is_err());
    }

    #[test]
    fn what_killed_runs_left_is_cleared_or_restored() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("results");
        fs::create_dir(folder.path().join(".results.partial-x1")).unwrap();
        fs::create_dir(folder.path().join(".results2.partial-x1")).unwrap();
        let replaced = folder.path().join(".results.replaced-9");
        fs::create_dir(&replaced).unwrap();
        fill(1)(&replaced).unwrap();
        assert!(Place::reserve(&target, &run(2), false).is_err(), "the old run is back");
        assert_eq!(manifest::identity(&target), Some(run(1)));
        assert!(!folder.path().join(".results.partial-x1").exists());
        assert!(folder.path().join(".results2.partial-x1").exists(), "another folder's is not ours");
    }

    #[test]
    fn a_failure_while_filling_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::reserve(&folder.path().join("results"), &run(1), false).unwrap();
        assert!(place.publish(|_| Err::<(), _>(CommandError::run("full"))).is_err());
        drop(place);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
