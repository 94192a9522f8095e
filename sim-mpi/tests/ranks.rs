//! The command on 1 to 4 ranks: the bits of the run in one memory, and an end to everything that goes wrong.
//!
//! Needs an MPI launcher: `mpirun`, or what `MPIRUN` names. All ranks run on this rank, more than it has
//! processors.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use sim_core::scenario::{BuiltinSource, load_with_places};
use sim_core::simulation::{RealPlaces, Simulation, Threads};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_countryside-mpi");

/// Three scenarios, small: five counties with every household and followed ones; a randomised trial;
/// villages of all counties.
const SCENARIOS: [&[&str]; 3] = [
    &[
        "programme_2014",
        "--set=places.select=Codes([330122,430626,450721,520624,371721])",
        "--set=places.villages_per_county=8",
        "--set=report.followed=9",
        "--sample=1.0",
        "--until=2015-06-30",
    ],
    &["trial", "--set=places.villages_per_county=20"],
    &["nation_2009", "--set=places.villages_per_county=1", "--until=2009-04-30"],
];

/// Enough windows for a fault in the middle, on five counties.
const LONG: &[&str] = SCENARIOS[0];

/// What a job left behind.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
    /// When each line of standard error came, and the end.
    lines: Vec<(Instant, String)>,
    at: Instant,
}

/// The launcher, told to bear more ranks than processors and a superuser, as in a container.
fn launcher() -> Command {
    let mut command = Command::new(std::env::var("MPIRUN").unwrap_or_else(|_| "mpirun".to_owned()));
    for name in [
        "OMPI_ALLOW_RUN_AS_ROOT",
        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM",
        "OMPI_MCA_rmaps_base_oversubscribe",
        "PRTE_ALLOW_RUN_AS_ROOT",
        "PRTE_ALLOW_RUN_AS_ROOT_CONFIRM",
    ] {
        command.env(name, "1");
    }
    command.env("PRTE_MCA_rmaps_default_mapping_policy", ":oversubscribe");
    command
}

/// Runs a job to its end: groups of ranks, each with its program and arguments.
fn job(folder: &Path, groups: &[(usize, &Path, &[&str])]) -> Ended {
    let mut command = launcher();
    for (at, (ranks, program, arguments)) in groups.iter().enumerate() {
        if at > 0 {
            command.arg(":");
        }
        command.args(["-n", &ranks.to_string()]).arg(program).args(*arguments);
    }
    let mut child = command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("there is no MPI launcher");
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let out = thread::spawn(move || {
        let mut text = String::new();
        BufReader::new(out).read_to_string(&mut text).unwrap();
        text
    });
    let lines = BufReader::new(err).lines();
    let lines: Vec<(Instant, String)> = lines.map(|line| (Instant::now(), line.unwrap())).collect();
    let code = child.wait().unwrap().code();
    Ended {
        code,
        at: Instant::now(),
        out: out.join().unwrap(),
        err: lines.iter().map(|(_, line)| format!("{line}\n")).collect(),
        lines,
    }
}

fn run(folder: &Path, ranks: usize, arguments: &[&str]) -> Ended {
    let arguments = [&["run"], arguments].concat();
    job(folder, &[(ranks, Path::new(PROGRAM), &arguments)])
}

/// The example that fails on purpose, which is built with the tests.
fn planted() -> PathBuf {
    let program = Path::new(PROGRAM).parent().unwrap().join("examples/planted_fault");
    assert!(program.is_file(), "{} is not built", program.display());
    program
}

/// The lines of `--fingerprints` that a run in one memory would print.
fn in_memory(arguments: &[&str]) -> Vec<String> {
    let mut changes = Vec::new();
    for argument in &arguments[1..] {
        let (name, value) = argument.trim_start_matches("--").split_once('=').unwrap();
        changes.push(match name {
            "set" => value.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap(),
            "until" => ("end".to_owned(), format!("\"{value}\"")),
            "sample" => ("household_sample".to_owned(), value.to_owned()),
            other => panic!("{other}"),
        });
    }
    let loaded = load_with_places(&BuiltinSource, arguments[0], &changes, &RealPlaces).unwrap();
    let mut simulation = Simulation::build(&loaded.scenario, None, Threads::Parallel(2)).unwrap();
    let mut lines = Vec::new();
    loop {
        let more = simulation.step();
        lines.push(format!("{} {}", simulation.now().date(), simulation.fingerprint()));
        if !more {
            return lines;
        }
    }
}

fn lines(out: &str) -> Vec<String> {
    out.lines().map(str::to_owned).collect()
}

/// A field of a folder's manifest, as text.
fn field(folder: &Path, name: &str) -> String {
    let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let after = text.split_once(&format!("\"{name}\": ")).unwrap().1;
    after.split([',', '\n']).next().unwrap().to_owned()
}

#[test]
fn one_to_four_ranks_give_the_bits_of_a_run_in_one_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut results = Vec::new();
    for (at, arguments) in SCENARIOS.iter().enumerate() {
        let expected = in_memory(arguments);
        assert!(expected.len() > 12, "{arguments:?}: {} windows", expected.len());
        let mut digests = Vec::new();
        for ranks in 1..=4 {
            let out = format!("{at}-{ranks}");
            let asked = ["--fingerprints", "--quiet", "--threads=2", "--out", &out];
            let ended = run(folder.path(), ranks, &[arguments, &asked[..]].concat());
            assert_eq!(ended.code, Some(0), "{}", ended.err);
            assert_eq!(expected, lines(&ended.out), "{arguments:?} on {ranks} ranks");
            digests.push(field(&folder.path().join(&out), "results"));
        }
        assert!(digests.windows(2).all(|pair| pair[0] == pair[1]), "{digests:?}");
        results.push(expected.last().cloned());
    }
    results.dedup();
    assert_eq!(results.len(), 3, "the control: scenarios differ");
}

#[test]
fn a_checkpoint_goes_on_with_another_number_of_ranks() {
    let folder = tempfile::tempdir().unwrap();
    let whole = in_memory(LONG);
    let asked = ["--checkpoint-at=2015-01-10", "--checkpoint=middle", "--quiet"];
    let ended = run(folder.path(), 3, &[LONG, &asked[..]].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    for ranks in [1, 2, 4] {
        let ended = run(folder.path(), ranks, &["--resume=middle", "--fingerprints", "--quiet"]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        let rest = lines(&ended.out);
        assert!(rest.len() > 10 && rest.len() < whole.len(), "{} windows", rest.len());
        assert!(whole.ends_with(&rest), "resumed on {ranks} ranks");
    }
}

#[test]
fn what_is_wrong_is_said_once_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let ended_with = |ended: &Ended, text: &str| {
        assert_eq!(ended.code, Some(2), "{}", ended.err);
        assert_eq!(ended.err.matches(text).count(), 1, "{text}: {}", ended.err);
    };
    let many = run(folder.path(), 6, &[LONG, &["--out=x"]].concat());
    ended_with(&many, "6 ranks cannot share 5 counties");
    ended_with(&run(folder.path(), 2, &["missing.ron", "--out=x"]), "missing.ron: cannot be read");
    ended_with(&run(folder.path(), 2, &["tiny", "--fast", "--out=x"]), "unexpected argument '--fast'");
    let program = Path::new(PROGRAM);
    let other = [&["run"], LONG, &["--seed=2", "--out=x"]].concat();
    let own = [&["run"], LONG, &["--out=x"]].concat();
    let unequal = job(folder.path(), &[(1, program, &own), (2, program, &other)]);
    ended_with(&unequal, "the ranks would not run the same");
    ended_with(&unequal, "rank 1: version");
    let gone = job(folder.path(), &[(2, program, &own), (1, program, &["run", "gone.ron", "--out=x"])]);
    ended_with(&gone, "rank 2: ");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "something is left");
}

/// Runs with a fault on rank 1 in the twentieth window, when there is a checkpoint of before.
fn with_fault(folder: &Path, what: &str) -> Ended {
    let asked = ["--checkpoint-every=70", "--out=results", "--quiet"];
    let arguments = [&[what, "1", "20"], LONG, &asked[..]].concat();
    let ended = job(folder, &[(3, &planted(), &arguments)]);
    let struck = ended.lines.iter().find(|(_, line)| line.contains("the planted fault strikes"));
    let struck = struck.unwrap_or_else(|| panic!("no fault struck: {}", ended.err)).0;
    // What the program itself notices ends the job in two seconds; a death is for the launcher to notice.
    let allowed = if ["panic", "thread"].contains(&what) { 2 } else { 10 };
    let taken = ended.at - struck;
    println!("{what}: the job ended after {taken:?}");
    assert!(taken < Duration::from_secs(allowed), "{what}: {taken:?} to the end");
    assert!(ended.code != Some(0), "{what}: {}", ended.err);
    ended
}

#[test]
fn a_rank_that_fails_ends_the_job_at_once_and_nothing_is_lost() {
    let whole = in_memory(LONG);
    let cases = [
        ("panic", "rank 1 of 3 stopped the job: a fault that was planted (examples/planted_fault.rs"),
        ("thread", "rank 1 of 3 stopped the job: a fault that was planted in a thread"),
        ("memory", "memory allocation of 70368744177664 bytes failed"),
        ("killed", "signal 9"),
    ];
    for (what, message) in cases {
        let folder = tempfile::tempdir().unwrap();
        let ended = with_fault(folder.path(), what);
        assert!(ended.err.contains(message), "{what}: {}", ended.err);
        assert!(!folder.path().join("results").exists(), "{what}: half of the results");
        let rest = run(
            folder.path(),
            2,
            &["--resume=results.checkpoint", "--fingerprints", "--quiet", "--out=results"],
        );
        assert_eq!(rest.code, Some(0), "{what}: {}", rest.err);
        assert!(whole.ends_with(&lines(&rest.out)), "{what}: what was resumed differs");
        assert!(folder.path().join("results/manifest.json").is_file());
    }
}
