//! Scenarios that are wrong in one way each, and the exact message each gets.
//!
//! Fixtures lie in `tests/fixtures/scenarios/`, messages in its `expected.txt`. A comment `// --set
//! path=value` in a fixture is an override. After a change of messages that is meant, write the file anew
//! with `UPDATE_EXPECTED=1 cargo test --test integration bad_scenarios` and read the difference.

use sim_core::scenario::{InputErrors, Source, builtin, load_with_places};
use sim_core::simulation::RealPlaces;
use sim_files::FileSource;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scenarios")
}

struct Fixtures;

impl Source for Fixtures {
    fn read(&self, path: &str) -> Result<Vec<u8>, sim_core::base::FileError> {
        std::fs::read(folder().join(path)).map_err(|_| sim_core::base::FileError::NoSuchFile)
    }
}

fn names() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| name.ends_with(".ron") || name.ends_with(".bin")).collect();
    names.sort();
    names
}

fn overrides(name: &str) -> Vec<(String, String)> {
    let bytes = Fixtures.read(name).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let lines = text.lines().filter_map(|line| line.strip_prefix("// --set ")?.split_once('='));
    lines.map(|(path, value)| (path.to_owned(), value.to_owned())).collect()
}

/// The faults of a fixture, of its text or of its places.
fn faults(name: &str) -> Option<InputErrors> {
    load_with_places(&Fixtures, name, &overrides(name), &RealPlaces).err()
}

fn found() -> String {
    let of = |name: &String| {
        let message = faults(name).map_or_else(|| "NO FAULT".to_owned(), |faults| faults.to_string());
        format!("== {name}\n{message}\n")
    };
    names().iter().map(of).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_fixture_gets_its_exact_message() {
    let (path, found) = (folder().join("expected.txt"), found());
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    for (found, expected) in found.split("\n\n").zip(expected.split("\n\n")) {
        assert_eq!(found, expected);
    }
    assert_eq!(found, expected);
}

/// The fixture in which two marks, one to begin and one to end, are refused.
const TWO_MARKS: &str = "hostile_comment_reversed.ron";

#[test]
fn a_fixture_has_one_fault_with_a_place_and_a_field() {
    let names = names();
    assert!(names.len() >= 60, "{}", names.len());
    for name in names.iter().filter(|name| *name != TWO_MARKS) {
        let faults = faults(name).unwrap_or_else(|| panic!("{name} is sound"));
        assert_eq!(faults.0.len(), 1, "{name}: {faults}");
        let fault = &faults.0[0];
        let is_of_a_place = fault.line > 0 && fault.column > 0;
        let is_of_a_file =
            name.starts_with("file_") || matches!(fault.message, sim_core::scenario::Issue::Missing { .. });
        assert!(is_of_a_place || is_of_a_file, "{fault}");
        let is_of_a_field =
            name.starts_with("file_") || name.starts_with("syntax_") || !fault.path.is_empty();
        assert!(is_of_a_field || name.starts_with("hostile_"), "{fault}");
    }
}

#[test]
fn messages_are_short_and_safe_to_print() {
    for name in names() {
        let text = faults(&name).map_or_else(String::new, |faults| faults.to_string());
        let hidden =
            |c: char| c.is_control() && c != '\n' || "\u{200b}\u{202e}\u{2066}\u{2069}\u{feff}".contains(c);
        assert!(!text.contains(hidden), "{name}: {}", text.escape_debug());
        assert!(text.len() < 600, "{name}: {text}");
    }
}

#[test]
fn every_scenario_file_is_built_in_and_loads_from_its_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> =
        files.filter_map(|file| Some(file.strip_suffix(".ron")?.to_owned())).collect();
    files.sort();
    let mut names: Vec<String> = builtin().iter().map(|(name, _)| (*name).to_owned()).collect();
    names.sort();
    assert_eq!(files, names);
    for name in names {
        load_with_places(&FileSource, &format!("{folder}/{name}.ron"), &[], &RealPlaces)
            .unwrap_or_else(|faults| panic!("{faults}"));
    }
}
