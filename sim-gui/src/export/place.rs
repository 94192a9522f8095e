//! Where files go: the user's own folder for documents, and never over a file that nobody was asked about.

use crate::reason::Reason;
use std::path::{Path, PathBuf};
#[cfg(not(target_arch = "wasm32"))]
use std::sync::OnceLock;

/// Where files go unless something else is typed: the user's folder for documents, or for downloads; where
/// there is neither, the folder in which the window was started.
#[cfg(not(target_arch = "wasm32"))]
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(usual)
}

#[cfg(not(target_arch = "wasm32"))]
fn usual() -> PathBuf {
    let own = directories::UserDirs::new().and_then(|own| {
        let known = [own.document_dir(), own.download_dir()];
        known.into_iter().flatten().find(|path| path.is_dir()).map(Path::to_owned)
    });
    own.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}

/// A web page has no folders: the browser puts files among its downloads.
#[cfg(target_arch = "wasm32")]
pub fn folder() -> &'static Path {
    Path::new("")
}

/// A name in a folder, as a path from the root; on a web page the name alone.
pub fn within(folder: &str, name: &str) -> PathBuf {
    whole(&Path::new(folder.trim()).join(name.trim()))
}

/// A path from the root, so that what was written is found.
pub fn whole(path: &Path) -> PathBuf {
    if cfg!(target_arch = "wasm32") {
        return path.to_owned();
    }
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Those of some paths at which there is something already.
pub fn taken(paths: &[PathBuf]) -> Vec<PathBuf> {
    if cfg!(target_arch = "wasm32") {
        return Vec::new();
    }
    let taken = |path: &&PathBuf| sim_files::folder::is_taken(path);
    paths.iter().filter(taken).cloned().collect()
}

/// The same name with a number, the first at which there is nothing yet: `plan.csv`, `plan (2).csv`, ..
pub fn beside(path: &Path) -> PathBuf {
    let part = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
    let stem = part(path.file_stem()).unwrap_or_default();
    let end = part(path.extension()).map_or_else(String::new, |end| format!(".{end}"));
    let numbered = (2..10_000).map(|number| path.with_file_name(format!("{stem} ({number}){end}")));
    let mut free = std::iter::once(path.to_owned())
        .chain(numbered)
        .filter(|path| taken(std::slice::from_ref(path)).is_empty());
    free.next().unwrap_or_else(|| path.to_owned())
}

/// A name of a plan as that of a file: letters, digits and lines only.
pub fn file_name(plan: &str) -> String {
    let plain = plan.replace(" +", "_with_");
    let sound = |letter: char| match letter {
        letter if letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.') => letter,
        _ => '_',
    };
    plain.chars().map(sound).collect()
}

/// Opens a folder where the system shows folders.
///
/// # Errors
/// Why it cannot be shown, in words.
#[cfg(not(target_arch = "wasm32"))]
pub fn open(folder: &Path) -> Result<(), Reason> {
    open::that_detached(folder).map_err(Reason::from)
}

/// A web page opens no folders.
///
/// # Errors
/// Always.
#[cfg(target_arch = "wasm32")]
pub fn open(_folder: &Path) -> Result<(), Reason> {
    Err(Reason::NoFolders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.csv");
        assert_eq!(beside(&path), path);
        std::fs::write(&path, "x").unwrap();
        let second = folder.path().join("plan (2).csv");
        assert_eq!(beside(&path), second);
        std::fs::write(&second, "x").unwrap();
        assert_eq!(beside(&path), folder.path().join("plan (3).csv"));
        let free = folder.path().join("other.csv");
        assert_eq!(taken(&[path.clone(), free]), [path]);
    }

    #[test]
    fn paths_are_told_from_the_root_and_the_usual_folder_is_there() {
        assert!(folder().is_dir());
        let path = within(" results ", "plan.csv ");
        assert!(path.is_absolute() && path.ends_with("results/plan.csv"), "{path:?}");
        assert_eq!(file_name("county +2"), "county_with_2");
        assert_eq!(file_name("a/b: c"), "a_b__c");
    }
}
