//! The command as a user has it: the built binary, a folder of its own, and what came out.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A scenario of a second or less.
pub const QUICK: &str = "tiny";
/// A run of many seconds and windows, small enough to be stored often, to be interrupted.
pub const LONG: [&str; 7] = [
    "county",
    "--set",
    "places.select=Provinces([\"Zhejiang\"])",
    "--sample",
    "0.02",
    "--until",
    "2022-12-31",
];

/// The command, to be run in a folder, with a width of output that does not depend on the terminal.
pub fn countryside(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countryside"));
    command.current_dir(folder).env("COLUMNS", "100").stdin(Stdio::null());
    command
}

/// What a command left.
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Ended {
        Ended {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("results are text"),
            err: String::from_utf8(output.stderr).expect("messages are text"),
        }
    }
}

/// Runs the command to its end.
pub fn run(folder: &Path, arguments: &[&str]) -> Ended {
    countryside(folder).args(arguments).output().expect("the command starts").into()
}

/// Runs the command to its end, which must be a good one, and reads its JSON.
pub fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let ended = run(folder, &[arguments, &["--json"]].concat());
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.err);
    serde_json::from_str(&ended.out).expect("one JSON document")
}

/// Starts the command and leaves it running.
pub fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = countryside(folder);
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the command starts")
}

/// Waits until something is so; fails after half a minute.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(30), "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The arguments of a validation of two counties until January 2015, one seed, and these more.
pub fn small_validation<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let small = [
        "validate",
        "--quick",
        "--seeds",
        "1",
        "--only",
        "history",
        "--set",
        "places.select=Random(count: 2)",
        "--set",
        "end=2015-01-31",
    ];
    [&small, more].concat()
}

/// Waits for the end of a command that was left running.
pub fn end(mut child: Child) -> Ended {
    wait_until("the command ends", || child.try_wait().expect("it can be asked").is_some());
    child.wait_with_output().expect("its output can be read").into()
}

/// Sends a command that was left running a signal, as `TERM`.
pub fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status();
    assert!(sent.expect("kill starts").success());
}

/// The seed of a test that tries what chance names: as the variable says, `fresh` for one of the clock; a
/// known one without it, so that the suite does the same each time. It is printed.
pub fn seed_of(variable: &str) -> u64 {
    const KNOWN: u64 = 305_932_187;
    let clock = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seed = match std::env::var(variable).as_deref() {
        Err(_) => KNOWN,
        Ok("fresh") => clock().expect("a clock").as_nanos() as u64 % 1_000_000_007,
        Ok(text) => text.parse().expect("a whole number, or fresh"),
    };
    println!("{variable}={seed}");
    seed
}

/// Notes that a test cannot do here what it is for: what is missing, by a name that `.ci/run --optional`
/// knows, and why. It passes; the variable names a file from which CI counts such tests, and fails.
pub fn skipped(what: &str, why: &str) {
    use std::io::Write;
    eprintln!("SKIPPED: {why}");
    if let Some(file) = std::env::var_os("SKIPPED_TESTS") {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file).expect("a file");
        // In one piece: other tests write at the same time.
        file.write_all(format!("{what}: {why}\n").as_bytes()).expect("it can be written");
    }
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("an entry").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}
