//! Files are opened, made, named, listed and removed at one door, `sim-files`: what it refuses is refused
//! everywhere, and what tests plant in it happens everywhere.

use super::{code, files, is_test_file, root, rust_files, shown};
use std::fs;

/// All that is built, but for the door itself.
const FOLDERS: [&str; 6] =
    ["src", "sim-core/src", "sim-experiments/src", "sim-gui/src", "sim-python/src", "sim-mpi/src"];

/// Words of which each is a way round the door: modules, types and methods of the standard library and of
/// others that touch files.
const WAYS: [&str; 8] = [
    "fs",
    "OpenOptions",
    "tempfile",
    "NamedTempFile",
    "read_dir",
    "canonicalize",
    "symlink_metadata",
    "read_link",
];

/// Ways round the door of the Python package.
const PYTHON_WAYS: [&str; 14] = [
    "open(",
    "read_text(",
    "write_text(",
    "read_bytes(",
    "write_bytes(",
    "unlink(",
    "os.remove",
    "os.rename",
    "os.replace",
    "os.listdir",
    "os.mkdir",
    "os.makedirs",
    "shutil",
    "tempfile",
];

/// Whether a line has a word, and not as a part of another.
fn has_word(line: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/');
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(is_letter) && !line[at + word.len()..].starts_with(is_letter))
}

/// Lines of code before a file's tests that go round the door.
fn round_the_door(path: &str, text: &str) -> Vec<String> {
    let opens = |line: &str| line.match_indices("File::").any(|(at, _)| has_word(&line[..at + 4], "File"));
    let goes_round = |line: &str| WAYS.iter().any(|way| has_word(line, way)) || opens(line);
    let lines = code(text).into_iter().filter(|(_, line)| goes_round(line));
    lines.map(|(number, line)| format!("{path}:{number}: {}", line.trim())).collect()
}

#[test]
fn files_are_touched_at_one_door() {
    let files = FOLDERS.into_iter().flat_map(rust_files);
    let found: Vec<String> = files
        .filter(|(path, _)| !is_test_file(path))
        .flat_map(|(path, text)| round_the_door(&path, &text))
        .collect();
    assert!(found.is_empty(), "go through sim-files:\n{}", found.join("\n"));
}

#[test]
fn the_python_package_touches_no_files_itself() {
    let mut looked = 0;
    for path in files(&root().join("sim-python/python")) {
        if path.extension().is_none_or(|ending| ending != "py") {
            continue;
        }
        looked += 1;
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        let found: Vec<&str> =
            lines.filter(|line| PYTHON_WAYS.iter().any(|way| line.contains(way))).collect();
        assert!(found.is_empty(), "{}: {found:?}", shown(&path));
    }
    assert!(looked > 5, "{looked} files");
}

#[test]
fn a_way_round_the_door_is_found_and_the_door_is_none() {
    for line in [
        "use std::fs;",
        "use std::{fs, io};",
        "let text = std::fs::read_to_string(path)?;",
        "File::open(path)",
        "std::fs::OpenOptions::new()",
        "path.symlink_metadata().is_ok()",
        "for entry in folder.read_dir()? {",
        "use std::os::unix::fs::PermissionsExt;",
        "let file = tempfile::tempfile()?;",
    ] {
        assert_eq!(round_the_door("x.rs", line).len(), 1, "{line}");
    }
    for line in [
        "use sim_files::{File, folder};",
        "fn read(file: &File) -> io::Result<()> {",
        "FileError::NotFound",
        "let offset = offsets.len();",
        "// std::fs",
        "#[cfg(test)]\nmod tests { use std::fs; }",
    ] {
        assert_eq!(round_the_door("x.rs", line), [""; 0], "{line}");
    }
}
