//! Faults wherever they strike: kills, a disk that fills up, a device that fails, requests to stop and second
//! writers, in every command that writes, at an operation on a file that chance names.
//!
//! One seed decides all of it and is printed. `FAULT_SEED=fresh` takes another each time, `FAULT_SECONDS=N`
//! goes on for longer. Whatever happened, the command that is given once more must end well with the very
//! files of a run in which nothing happened, and nothing else may be left.
#![cfg(unix)]

mod kills;

use crate::program::{Ended, countryside, end, names, seed_of};
use crate::sweeps::experiment;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// The variable by which `sim-files` is told of a fault.
const FAULT: &str = "COUNTRYSIDE_FAULT";

/// A command that writes.
struct Case {
    name: &'static str,
    /// The command, and the same where its place is there already.
    first: &'static [&'static str],
    again: &'static [&'static str],
    /// What may stand in the folder in the end.
    left: &'static [&'static str],
}

const CASES: [Case; 5] = [
    Case {
        name: "run",
        first: &["run", "tiny", "--until", "2014-12-31", "--checkpoint-every", "40", "--out", "made"],
        again: &["run", "tiny", "--until", "2014-12-31", "--checkpoint-every", "40", "--out", "made"],
        left: &["made.checkpoint", "made.checkpoint.previous"],
    },
    Case {
        name: "branch",
        first: &["branch", "base.checkpoint", "--set", "household.elasticity=8.0", "--out", "made"],
        again: &["branch", "base.checkpoint", "--set", "household.elasticity=8.0", "--out", "made"],
        left: &["base.checkpoint", "made.checkpoint", "made.checkpoint.previous"],
    },
    Case {
        name: "sweep",
        first: &["sweep", "e.ron", "--out", "made", "--jobs", "2"],
        again: &["sweep", "e.ron", "--out", "made", "--jobs", "2", "--resume"],
        left: &["e.ron"],
    },
    Case {
        name: "optimise",
        first: &["optimise", "s.ron", "--out", "made", "--jobs", "2"],
        again: &["optimise", "s.ron", "--out", "made", "--jobs", "2", "--resume"],
        left: &["s.ron"],
    },
    Case {
        name: "calibrate",
        first: &["calibrate", "--plan", "c.ron", "--keep", "made/kept", "--out", "made/page.md"],
        again: &["calibrate", "--plan", "c.ron", "--keep", "made/kept", "--out", "made/page.md"],
        left: &["c.ron"],
    },
];

const SEARCH: &str = "(
    name: \"s\", base: \"tiny\", set: (end: \"2014-11-30\"),
    factors: [(path: \"programme.promotion\", range: (0.0, 1000.0))],
    search: (maximise: \"station_orders\", plans: 6, finalists: 2, fresh_seeds: 2),
    replicates: 1,
)";

const PLAN: &str = "(plans: [(
    name: \"small\",
    runs: [(run: \"history\", seeds: 1, changes: [
        (\"end\", \"2014-12-31\"), (\"places.select\", \"Random(count: 2)\"),
        (\"household_sample\", \"0.01\"),
    ])],
    points: 6, waves: 1,
    parameters: [(path: \"shop.entry\", low: 0.0001, high: 0.0004, log: true)],
    headlines: [(run: \"history\", read: Series(\"shops\", At(\"2014-12-31\")))],
)])";

/// What chance decides, by one seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) % bound.max(1)
    }
}

/// What is to happen to a command.
#[derive(Clone, Debug)]
enum Mishap {
    /// A fault at an operation, in the words of `sim-files`.
    Fault(String),
    /// A request to stop, so many milliseconds after the start.
    Signal(&'static str, u64),
    /// Another process that does the same at the same time.
    SecondWriter,
}

impl Mishap {
    fn draw(chance: &mut Chance, operations: u64) -> Mishap {
        let at = 1 + chance.below(operations);
        match chance.below(8) {
            0 | 1 => Mishap::Fault(format!("kill@{at}")),
            2 => Mishap::Fault(format!("tear@{at}")),
            3 | 4 => Mishap::Fault(format!("full@{at}")),
            5 => Mishap::Fault(format!("io@{at}")),
            6 => Mishap::Signal(["INT", "TERM", "KILL"][chance.below(3) as usize], chance.below(400)),
            _ => Mishap::SecondWriter,
        }
    }

    fn kind(&self) -> &str {
        match self {
            Mishap::Fault(fault) => fault.split('@').next().unwrap(),
            Mishap::Signal(..) => "signal",
            Mishap::SecondWriter => "writers",
        }
    }
}

impl Case {
    fn prepare(&self, folder: &Path, base: &Path) {
        fs::create_dir(folder.join("tmp")).unwrap();
        match self.name {
            "branch" => drop(fs::copy(base, folder.join("base.checkpoint")).unwrap()),
            "sweep" => experiment(folder, 2, ""),
            "optimise" => fs::write(folder.join("s.ron"), SEARCH).unwrap(),
            "calibrate" => fs::write(folder.join("c.ron"), PLAN).unwrap(),
            _ => {}
        }
    }

    fn command(&self, folder: &Path, arguments: &[&str]) -> std::process::Command {
        let mut command = countryside(folder);
        command.args(arguments).arg("--quiet").env("TMPDIR", folder.join("tmp"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Does it once, with a mishap.
    fn with(&self, folder: &Path, mishap: &Mishap) -> Vec<Ended> {
        let start = |fault: &str| self.command(folder, self.first).env(FAULT, fault).spawn().unwrap();
        match mishap {
            Mishap::Fault(fault) => vec![end(start(fault))],
            Mishap::Signal(name, after) => {
                let mut child = start("");
                std::thread::sleep(Duration::from_millis(*after));
                if child.try_wait().unwrap().is_none() {
                    crate::program::signal(&child, name);
                }
                vec![end(child)]
            }
            Mishap::SecondWriter => {
                let both = [start(""), start("")];
                both.into_iter().map(end).collect()
            }
        }
    }

    /// Gives the command once more, until it has ended well: a run that was kept goes on from its checkpoint.
    fn mended(&self, folder: &Path, ended: &[Ended]) -> Result<(), String> {
        for ended in ended {
            if ended.err.contains("itself stopped") {
                return Err(format!("a fault of the program: {}", ended.err));
            }
        }
        if ended.iter().any(|ended| ended.code == Some(0)) {
            return Ok(());
        }
        let told = ended.iter().find_map(|ended| resumed_from(&ended.err));
        if let Some(checkpoint) = told {
            let resume = ["run", "--resume", &checkpoint, "--out", "made"];
            let resumed: Ended = self.command(folder, &resume).output().unwrap().into();
            let _ = fs::remove_file(folder.join(&checkpoint));
            return if resumed.code == Some(0) { Ok(()) } else { Err(resumed.err) };
        }
        let again: Ended = self.command(folder, self.again).output().unwrap().into();
        let is_there = again.err.contains("holds this very run already");
        if again.code == Some(0) || is_there { Ok(()) } else { Err(again.err) }
    }
}

/// The checkpoint that a message names to go on from.
fn resumed_from(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("countryside run --resume ")?;
    rest.split_whitespace().next().map(str::to_owned)
}

/// Everything below a folder: paths and content.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        if !folder.join(&inside).exists() {
            continue;
        }
        for name in names(&folder.join(&inside)) {
            let path = inside.join(name);
            if folder.join(&path).is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(folder.join(&path)).unwrap();
                found.insert(path.to_string_lossy().into_owned(), bytes);
            }
        }
    }
    found
}

/// What was made and is the same however it was made: of a folder of results the files of its manifest, of a
/// page all of it.
fn made(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = content(&folder.join("made"));
    let manifest = all.remove("manifest.json");
    if let Some(manifest) = manifest.and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok())
    {
        let listed = manifest["files"].as_array().cloned().unwrap_or_default();
        let listed: Vec<&str> = listed.iter().filter_map(|file| file["name"].as_str()).collect();
        all.retain(|name, _| listed.contains(&name.as_str()));
    }
    all
}

/// Whether what was made is what is made without a mishap, and nothing else is left.
fn check(case: &Case, folder: &Path, expected: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let found = made(folder);
    for (name, bytes) in expected {
        match found.get(name) {
            Some(found) if found == bytes => {}
            Some(_) => return Err(format!("made/{name} is another file")),
            None => return Err(format!("made/{name} is lost")),
        }
    }
    let allowed = |path: &str| {
        let first = path.split('/').next().unwrap_or_default();
        first == "made" || case.left.contains(&first)
    };
    for path in content(folder).into_keys() {
        let is_hidden = path.split('/').any(|name| name.starts_with('.'));
        if is_hidden || !allowed(&path) {
            return Err(format!("{path} is left"));
        }
    }
    let hidden = names(folder).into_iter().find(|name| name.starts_with('.'));
    hidden.map_or(Ok(()), |name| Err(format!("{name} is left")))
}

/// What a command makes without a mishap, and how many operations on files that takes.
struct Reference {
    made: BTreeMap<String, Vec<u8>>,
    operations: u64,
}

fn reference(case: &Case, base: &Path) -> Reference {
    let folder = tempfile::tempdir().unwrap();
    case.prepare(folder.path(), base);
    let counted = tempfile::NamedTempFile::new().unwrap();
    let count = format!("count@{}", counted.path().display());
    let ended: Ended = case.command(folder.path(), case.first).env(FAULT, count).output().unwrap().into();
    assert_eq!(ended.code, Some(0), "{}: {}", case.name, ended.err);
    let operations: u64 = fs::read_to_string(counted.path()).unwrap().parse().unwrap();
    let made = made(folder.path());
    assert!(made.len() > 1 && operations > 5, "{}: {operations} operations", case.name);
    check(case, folder.path(), &made).unwrap();
    Reference { made, operations }
}

/// A checkpoint to branch from.
fn base(folder: &Path) -> PathBuf {
    let path = folder.join("base.checkpoint");
    let arguments = ["run", "tiny", "--checkpoint-at", "2014-12-01", "--until", "2014-12-31", "-q"];
    let ended = crate::program::run(folder, &[&arguments[..], &["--checkpoint", "base.checkpoint"]].concat());
    assert!(path.exists(), "{}", ended.err);
    path
}

#[test]
fn nothing_is_lost_and_nothing_is_left_wherever_a_fault_strikes() {
    let own = tempfile::tempdir().unwrap();
    let base = base(own.path());
    let references = CASES.each_ref().map(|case| reference(case, &base));
    let seed = seed_of("FAULT_SEED");
    let seconds = std::env::var("FAULT_SECONDS").map_or(30, |text| text.parse().unwrap());
    let (mut chance, started) = (Chance(seed | 1), Instant::now());
    let mut tried: BTreeMap<(&str, String), u32> = BTreeMap::new();
    let mut lost = Vec::new();
    while started.elapsed() < Duration::from_secs(seconds) {
        let at = [0, 0, 0, 1, 1, 2, 2, 2, 3, 4][chance.below(10) as usize];
        let (case, reference) = (&CASES[at], &references[at]);
        let mishap = Mishap::draw(&mut chance, reference.operations);
        let folder = tempfile::tempdir().unwrap();
        case.prepare(folder.path(), &base);
        let ended = case.with(folder.path(), &mishap);
        let mended = case.mended(folder.path(), &ended);
        *tried.entry((case.name, mishap.kind().to_owned())).or_default() += 1;
        if let Err(why) = mended.and_then(|()| check(case, folder.path(), &reference.made)) {
            let said: Vec<&str> = ended.iter().map(|ended| ended.err.trim()).collect();
            lost.push(format!("{} with {mishap:?}: {why}\n  the command had said: {said:?}", case.name));
        }
    }
    println!("tried: {tried:#?}");
    assert!(lost.is_empty(), "FAULT_SEED={seed}: {} lost\n{}", lost.len(), lost.join("\n"));
}

/// The control: faults do strike, and what they would leave without a door that is guarded is noticed.
#[test]
fn a_torn_result_a_lost_one_and_what_is_left_are_noticed() {
    let own = tempfile::tempdir().unwrap();
    let base = base(own.path());
    let case = &CASES[0];
    let reference = reference(case, &base);
    for (fault, code) in [("full@1", Some(1)), ("io@1", Some(1)), ("kill@3", None), ("tear@2", None)] {
        let folder = tempfile::tempdir().unwrap();
        case.prepare(folder.path(), &base);
        let ended = case.with(folder.path(), &Mishap::Fault(fault.to_owned()));
        assert_eq!(ended[0].code, code, "{fault}: {}", ended[0].err);
        assert!(check(case, folder.path(), &reference.made).is_err(), "{fault}: nothing was made");
    }
    let folder = tempfile::tempdir().unwrap();
    case.prepare(folder.path(), &base);
    let good: Ended = case.command(folder.path(), case.first).output().unwrap().into();
    assert_eq!(good.code, Some(0), "{}", good.err);
    let noticed = || check(case, folder.path(), &reference.made);
    assert_eq!(noticed(), Ok(()));
    for stray in [".made.partial-x1", "made/.county.partial-x2", "tmp/made.checkpoint"] {
        fs::write(folder.path().join(stray), "half").unwrap();
        assert_eq!(noticed(), Err(format!("{stray} is left")));
        fs::remove_file(folder.path().join(stray)).unwrap();
    }
    let table = folder.path().join("made/nation.parquet");
    let whole = fs::read(&table).unwrap();
    fs::write(&table, &whole[..whole.len() / 2]).unwrap();
    assert!(noticed().unwrap_err().contains("another file"));
    fs::remove_file(&table).unwrap();
    assert!(noticed().unwrap_err().contains("is lost"));
}
