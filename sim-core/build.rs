//! Tells the crate a digest of what its results follow from: its code, its data, and the versions that the
//! workspace asks for of the libraries that compute for it. Lines of comment, indentation, tests and the form
//! of line ends are not part of it, so that the same model has the same digest wherever it is built.

// It runs while the crate is built, and is no part of it.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

/// Libraries whose versions results follow from, as the workspace names them.
const LIBRARIES: [&str; 3] = ["libm", "rand_core", "postcard"];
/// How files of data end.
const DATA: [&str; 3] = ["csv", "geojson", "topojson"];

fn main() {
    let own = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let above = own.parent().unwrap_or(&own).to_owned();
    let mut digest = Xxh3::new();
    let is_model = |path: &&PathBuf| has_ending(path, &["rs"]) && !path.ends_with("tests.rs");
    for path in files(&own.join("src")).iter().filter(is_model) {
        take(&mut digest, &named(&own, path), code(&text(path)).as_bytes());
    }
    for path in files(&above.join("data")).iter().filter(|path| has_ending(path, &DATA)) {
        take(&mut digest, &named(&above, path), text(path).replace('\r', "").as_bytes());
    }
    let of_regions = [DATA.as_slice(), &["ron"]].concat();
    for path in files(&above.join("regions")).iter().filter(|path| has_ending(path, &of_regions)) {
        take(&mut digest, &named(&above, path), text(path).replace('\r', "").as_bytes());
    }
    let manifest = above.join("Cargo.toml");
    let versions = text(&manifest);
    for library in LIBRARIES {
        let line = versions.lines().find(|line| line.starts_with(&format!("{library} =")));
        take(&mut digest, library, line.unwrap_or_default().as_bytes());
    }
    println!("cargo:rerun-if-changed={}", own.join("src").display());
    println!("cargo:rerun-if-changed={}", above.join("data").display());
    println!("cargo:rerun-if-changed={}", above.join("regions").display());
    println!("cargo:rerun-if-changed={}", manifest.display());
    println!("cargo:rustc-env=COUNTRYSIDE_MODEL={:032x}", digest.digest128());
}

/// Every file below a folder, in order of paths.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known))
}

/// A path below a folder, the same on every system.
fn named(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

fn text(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned()
}

/// What of a file becomes part of the program: no lines of comment, no indentation, and nothing from its
/// tests on.
fn code(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let begins_tests = |at: &usize| {
        let next = lines.get(at + 1).copied().unwrap_or_default();
        lines[*at] == "#[cfg(test)]" && next.starts_with("mod ") && next.ends_with('{')
    };
    let end = (0..lines.len()).find(begins_tests).unwrap_or(lines.len());
    let code = lines[..end].iter().filter(|line| !line.is_empty() && !line.starts_with("//"));
    code.copied().collect::<Vec<_>>().join("\n")
}

fn take(digest: &mut Xxh3, name: &str, content: &[u8]) {
    for part in [name.as_bytes(), content] {
        digest.update(&(part.len() as u64).to_le_bytes());
        digest.update(part);
    }
}
