//! No clock that can be set: what is done may depend on time that has passed, as of a budget, and never on
//! the time of day, which jumps. So a jump of the clock is no fault that has to be planted.

use super::{code, is_test_file, rust_files};

const FOLDERS: [&str; 7] = [
    "src",
    "sim-core/src",
    "sim-experiments/src",
    "sim-files/src",
    "sim-gui/src",
    "sim-python/src",
    "sim-mpi/src",
];

/// Ways to ask for the time of day: of the standard library, of the library of dates, and of files.
const CLOCKS: [&str; 8] = [
    "SystemTime",
    "UNIX_EPOCH",
    "Timestamp::now",
    "Zoned::now",
    "ClockId::Realtime",
    ".modified()",
    ".accessed()",
    ".created()",
];

/// Where the time of day is told to people, and decides nothing: on pictures that the window saves.
const TOLD: [&str; 1] = ["sim-gui/src/export/basis.rs"];

/// Whether code before a file's tests asks for the time of day.
fn asks(text: &str) -> bool {
    code(text).into_iter().any(|(_, line)| CLOCKS.iter().any(|clock| line.contains(clock)))
}

#[test]
fn nothing_depends_on_the_time_of_day() {
    let files = FOLDERS.into_iter().flat_map(rust_files).filter(|(path, _)| !is_test_file(path));
    let found: Vec<String> = files.filter(|(_, text)| asks(text)).map(|(path, _)| path).collect();
    assert_eq!(found, TOLD, "the first list asks for the time of day, the second may");
}

#[test]
fn the_time_of_day_is_noticed_and_time_that_passes_is_none() {
    for line in ["let now = SystemTime::now();", "use std::time::UNIX_EPOCH;", "file.metadata()?.modified()?"]
    {
        assert!(asks(line), "{line}");
    }
    for line in
        ["let started = Instant::now();", "// SystemTime jumps", "#[cfg(test)]\nmod tests { SystemTime }"]
    {
        assert!(!asks(line), "{line}");
    }
}
