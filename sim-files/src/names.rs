//! Names of what stands beside a file or folder while it is made: hidden, its own, and never too long for the
//! file system.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// How the names of unfinished files and folders go on after that of the finished one.
pub const PARTIAL: &str = ".partial-";

/// The longest name that file systems take \[bytes\], less what a temporary name adds.
const LONGEST: usize = 255 - 16;
/// What is kept of a name that would become too long \[bytes\], before its digest.
const KEPT: usize = 120;

/// The folder that holds a path.
pub fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A hidden name for what belongs to a path, such as `.results.lock`.
pub fn hidden(path: &Path, ending: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(fitting(path.file_name().unwrap_or_default(), ending.len() + 1));
    name.push(ending);
    name
}

/// A path beside another one, with an ending more, such as `results.checkpoint`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = fitting(path.file_name().unwrap_or_default(), ending.len());
    name.push(ending);
    path.with_file_name(name)
}

/// The name, or the beginning of it with its digest, if with so many bytes more it would be too long.
fn fitting(name: &OsStr, more: usize) -> OsString {
    if name.len() + more <= LONGEST {
        return name.to_owned();
    }
    let digest = xxh3_64(name.as_encoded_bytes());
    let whole = name.to_string_lossy();
    let mut end = KEPT.min(whole.len());
    while !whole.is_char_boundary(end) {
        end -= 1;
    }
    OsString::from(format!("{}~{digest:016x}", whole.get(..end).unwrap_or_default()))
}

/// Whether a name begins with that text, byte by byte, so that names which are no text are told apart too.
pub fn begins(name: &OsStr, with: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(with.as_encoded_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_names_have_hidden_ones_of_their_own() {
        let [a, b] = ["a", "b"].map(|last| "县".repeat(84) + last);
        let names = [&a, &b].map(|name| hidden(Path::new(name), ".lock"));
        assert_ne!(names[0], names[1]);
        assert!(names.iter().all(|name| name.len() <= 255));
        assert_eq!(hidden(Path::new("x/results"), ".lock"), ".results.lock");
        assert_eq!(beside(Path::new("x/a.b"), ".checkpoint"), Path::new("x/a.b.checkpoint"));
        assert!(beside(Path::new(&a), ".checkpoint").file_name().is_some_and(|name| name.len() <= 255));
    }
}
