//! What was sent, damaged: an experiment, a table of counties, an ensemble, a sweep's piece, a folder of
//! results. It is read or refused, soon and within little memory, and it is never a fault of the program.
//!
//! Valid files are damaged in ways that keep most of their structure; where a checksum guards them, it is
//! made anew as often as not. `FUZZ_SEED=fresh` takes other damage each time, `DAMAGE_CASES=N` more of it.
#![cfg(unix)]

use crate::program::{Ended, names, run, seed_of};
use crate::scenario_fuzz::{damage, damaged};
use crate::sweeps::experiment;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sim_core::scenario::{InputErrors, MemorySource, load_traced};
use sim_core::simulation::Simulation;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Damage, drawn from the printed seed.
struct Vandal(TestRunner);

impl Vandal {
    fn new() -> Vandal {
        let seed = seed_of("FUZZ_SEED").to_le_bytes().repeat(4);
        let stream = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        Vandal(TestRunner::new_with_rng(Config::default(), stream))
    }

    /// Strikes until something has changed: a blow that puts a byte in its own place is no damage.
    fn strike(&mut self, bytes: &[u8]) -> Vec<u8> {
        loop {
            let damages = proptest::collection::vec(damage(), 1..4).new_tree(&mut self.0).unwrap().current();
            let struck = damages.iter().fold(bytes.to_vec(), damaged);
            if struck != bytes {
                return struck;
            }
        }
    }

    fn below(&mut self, bound: usize) -> usize {
        (0..bound).new_tree(&mut self.0).unwrap().current()
    }
}

/// How many cases: these, or as many as the variable says.
fn cases(usual: usize) -> usize {
    std::env::var("DAMAGE_CASES").map_or(usual, |text| text.parse().expect("DAMAGE_CASES is a number"))
}

/// Reads damaged texts one after the other: some may still be sound, some are refused, and none takes long or
/// is told of at length. Before, each is read as it was.
fn read_each(kind: &str, texts: &[Vec<u8>], read: impl Fn(Vec<u8>) -> Result<(), InputErrors>) {
    let mut vandal = Vandal::new();
    let (mut sound, mut refused) = (0, 0);
    for text in texts {
        read(text.clone()).unwrap_or_else(|faults| panic!("{kind}: the control: {faults}"));
    }
    for case in 0..cases(400) {
        let began = Instant::now();
        match read(vandal.strike(&texts[case % texts.len()])) {
            Ok(()) => sound += 1,
            Err(faults) => {
                refused += 1;
                let text = faults.to_string();
                assert!(!faults.0.is_empty() && text.len() < 200_000, "{kind}, case {case}: {}", text.len());
                let hidden = |letter: char| letter.is_control() && letter != '\n';
                assert!(!text.contains(hidden), "{kind}, case {case}: {}", text.escape_debug());
            }
        }
        // Some milliseconds are usual; other work on the machine must not fail the test.
        assert!(began.elapsed() < Duration::from_secs(10), "{kind}, case {case}: {:?}", began.elapsed());
    }
    println!("{kind}: {sound} still sound, {refused} refused");
    assert!(refused > sound / 50, "{kind}: {sound} still sound, {refused} refused");
}

#[test]
fn damaged_experiments_are_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/experiments");
    let points = fs::read(folder.join("table_points.csv")).unwrap();
    let files = names(&folder).into_iter().filter(|name| name.ends_with(".ron"));
    let texts: Vec<Vec<u8>> = files.map(|name| fs::read(folder.join(name)).unwrap()).collect();
    read_each("experiments", &texts, |bytes| {
        let source = MemorySource::of("e.ron", bytes).with("table_points.csv", points.clone());
        sim_experiments::experiment::load(&source, "e.ron").map(drop)
    });
}

#[test]
fn damaged_tables_are_read_or_refused() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("regions/china/counties.csv");
    let all = fs::read_to_string(file).unwrap();
    let few = all.lines().take(8).collect::<Vec<_>>().join("\n") + "\n";
    let scenario = "(base: \"tiny\", places: (select: All, table: \"own.csv\"))";
    read_each("tables of counties", &[few.into_bytes()], |bytes| {
        let source = MemorySource::of("s.ron", scenario).with("own.csv", bytes);
        let loaded = load_traced(&source, "s.ron", &[])?;
        Simulation::estimate(&loaded.scenario, loaded.table.as_deref()).map(drop)
    });
    let members = "member,weight,household.elasticity,shop.entry\n1,0.5,3.0,0.0002\n2,0.5,4.5,0.0003\n";
    read_each("ensembles", &[members.as_bytes().to_vec()], |bytes| {
        sim_core::members::read("m.csv", &bytes).map(drop)
    });
}

/// Runs the command with ten seconds of a processor and a GiB of addresses, in which it must say yes or no.
fn limited(folder: &Path, arguments: &[&str]) -> Ended {
    let limits = "ulimit -t 10; ulimit -v 1048576; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", limits, env!("CARGO_BIN_EXE_countryside")]).args(arguments);
    let ended: Ended = command.current_dir(folder).stdin(Stdio::null()).output().unwrap().into();
    assert!([Some(0), Some(1), Some(2)].contains(&ended.code), "{arguments:?}: {:?}", ended.err);
    assert!(!ended.err.contains("itself stopped"), "{arguments:?}: {}", ended.err);
    ended
}

/// A sweep's piece: its head, its records, and the checksum of both.
const HEAD: usize = 24;
const CHECKSUM: usize = 16;

#[test]
fn damaged_and_forged_pieces_are_no_fault_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 2, "");
    assert_eq!(run(path, &["sweep", "e.ron", "--out", "r", "-q"]).code, Some(0));
    let pieces = path.join("r/pieces");
    let piece = pieces.join(&names(&pieces)[0]);
    let whole = fs::read(&piece).unwrap();
    let (head, records) = whole[..whole.len() - CHECKSUM].split_at(HEAD);
    let mut vandal = Vandal::new();
    let mut ended = BTreeMap::new();
    for case in 0..cases(16) {
        let is_forged = case % 2 == 0;
        let mut bytes = match is_forged {
            true => [head, &vandal.strike(records)].concat(),
            false => vandal.strike(&whole),
        };
        if is_forged {
            bytes.extend(xxhash_rust::xxh3::xxh3_128(&bytes).to_le_bytes());
        }
        fs::write(&piece, bytes).unwrap();
        let gathered = limited(path, &["sweep", "gather", "r"]);
        *ended.entry((is_forged, gathered.code)).or_insert(0_u32) += 1;
    }
    println!("{ended:?}");
    assert!(!ended.contains_key(&(false, Some(0))), "damage was not noticed: {ended:?}");
    fs::write(&piece, &whole).unwrap();
    assert_eq!(limited(path, &["sweep", "gather", "r"]).code, Some(0), "the control");
}

#[test]
fn damaged_folders_of_results_are_no_fault_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut vandal = Vandal::new();
    for form in ["csv", "parquet"] {
        let short = ["run", "tiny", "--until", "2014-12-31", "--out", form, "--format", form, "-q"];
        if form == "parquet" && !cfg!(feature = "parquet") {
            continue;
        }
        assert_eq!(run(path, &short).code, Some(0));
        let page = format!("{form}.html");
        let report = ["report", form, "--out", &page, "--force"];
        let explain = ["explain", form];
        let files = names(&path.join(form));
        for case in 0..cases(16) {
            // The manifest, which names the others, as often as all of them.
            let name: &str = if case % 4 == 0 { "manifest.json" } else { &files[vandal.below(files.len())] };
            let file = path.join(form).join(name);
            let whole = fs::read(&file).unwrap();
            fs::write(&file, vandal.strike(&whole)).unwrap();
            let arguments: &[&str] = if case % 3 == 2 { &explain } else { &report };
            limited(path, arguments);
            fs::write(&file, whole).unwrap();
        }
        assert_eq!(limited(path, &report).code, Some(0), "the control");
    }
}
