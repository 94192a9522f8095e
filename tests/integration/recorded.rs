//! Recorded commands: the command that a folder says makes it again is run there, and makes the same, byte
//! for byte.
#![cfg(unix)]

use crate::program::{QUICK, end, run, signal, start, wait_until};
use crate::support;
use serde_json::Value;
use sim_core::scenario::Scenario;
use sim_core::simulation::{Simulation, Threads};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

pub fn good(folder: &Path, arguments: &[&str]) {
    let ended = run(folder, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.err);
}

pub fn manifest(folder: &Path) -> Value {
    let text = fs::read(folder.join("manifest.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// Runs a line of a shell in a folder, where `countryside` is the command of this build.
pub fn shell(folder: &Path, line: &str) -> std::process::Output {
    let here = Path::new(env!("CARGO_BIN_EXE_countryside")).parent().unwrap();
    let path = format!("{}:{}", here.display(), std::env::var("PATH").unwrap());
    Command::new("bash")
        .args(["-euc", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "100")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Makes a folder of results again by its own word, started inside it, and holds both against each other.
/// What differs in every run (times, threads) is not looked at.
pub fn made_again(parent: &Path, name: &str) -> Value {
    let first = manifest(&parent.join(name));
    let command = first["reproduce"].as_str().unwrap();
    let ended = shell(&parent.join(name), command);
    let report = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{name}: {command}: {report}");
    let second = manifest(&parent.join("again"));
    for same in [
        "version",
        "scenario",
        "scenario_hash",
        "seed",
        "branched_from",
        "branches",
        "from",
        "until",
        "fingerprint",
        "results",
        "identity",
        "reproduce",
        "files",
        "counts",
        "runs",
        "goals",
        "bounds",
        "plans",
    ] {
        assert_eq!(first[same], second[same], "{name}: {same} after {command}");
    }
    for file in first["files"].as_array().unwrap() {
        let file = file["name"].as_str().unwrap();
        let [a, b] = [name, "again"].map(|folder| fs::read(parent.join(folder).join(file)).unwrap());
        assert!(a == b, "{name}: {file} differs after {command}");
    }
    for left in fs::read_dir(parent).unwrap().flatten() {
        if left.file_name().to_string_lossy().starts_with("again") {
            let path = left.path();
            let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            removed.unwrap();
        }
    }
    first
}

/// A scenario with a table of its own, and texts that a shell could take apart.
const OWN: &str = "(
    base: \"tiny\", name: \"mine\", question: \"What's in 'my' world: \\\"all\\\" $(of) it?\", seed: 7, end: \
                   \"2015-03-31\",
    places: (select: Codes([330122]), villages_per_county: 2, table: \"tables/my own.csv\"),
)";

/// Writes it and its table.
fn own_scenario(folder: &Path) {
    let real = concat!(env!("CARGO_MANIFEST_DIR"), "/regions/china/counties.csv");
    fs::create_dir(folder.join("tables")).unwrap();
    fs::copy(real, folder.join("tables/my own.csv")).unwrap();
    fs::write(folder.join("mine.ron"), OWN).unwrap();
}

#[test]
fn a_run_is_made_again_by_its_own_word() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    good(path, &["run", QUICK, "--until", "2015-03-31", "--out", "plain", "-q"]);
    made_again(path, "plain");
    own_scenario(path);
    good(path, &["run", "mine.ron", "--out", "own", "-q"]);
    fs::remove_dir_all(path.join("tables")).unwrap();
    made_again(path, "own");
    let set =
        ["--set", "programme.partner_kind=Returnees", "--seed", "9", "--sample", "0.5", "--format", "csv"];
    good(path, &[&["run", QUICK, "--until", "2015-03-31", "--out", "it's my run", "-q"][..], &set].concat());
    let message = made_again(path, "it's my run");
    assert!(message["reproduce"].as_str().unwrap().contains("--format csv"), "{message}");
}

/// Texts that a shell would take for something of its own: each would make a file `seized`.
#[test]
fn hostile_texts_in_a_recipe_are_words_and_run_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for (at, text) in [
        "-rf $(touch seized) `touch seized`",
        "'; touch seized; '",
        "a' && touch seized && 'b | tee seized > seized",
        "two lines\\ntouch seized\\n#",
    ]
    .into_iter()
    .enumerate()
    {
        let out = format!("o {at} $(touch seized)");
        let question = format!("question=\"{text}\"");
        let branch = ["branch", QUICK, "--at", "2014-11-01", "--until", "2014-12-31", "--set", &question];
        good(path, &[&branch[..], &["--out", &out, "-q"]].concat());
        let command = made_again(path, &out)["reproduce"].as_str().unwrap().to_owned();
        assert!(command.contains("touch seized"), "the control: the recipe has the text: {command}");
        assert!(!path.join("seized").exists() && !path.join(&out).join("seized").exists(), "{text}");
    }
}

/// What was interrupted and resumed is the run as if it had not been.
#[test]
fn a_resumed_run_is_made_again_by_its_own_word() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let short = ["run", QUICK, "--until", "2015-06-30", "--sample", "0.5"];
    good(path, &[&short[..], &["--checkpoint-at", "2015-02-01", "--checkpoint", "c", "-q"]].concat());
    good(path, &["run", "--resume", "c", "--out", "resumed", "-q"]);
    let message = made_again(path, "resumed");
    assert_ne!(message["execution"]["resumed_at"], Value::Null);
}

/// A branch is a recipe: until a day one scenario holds, from then on another.
#[test]
fn a_branch_is_made_again_from_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let short = ["run", QUICK, "--until", "2015-06-30", "--seed", "5"];
    good(path, &[&short[..], &["--checkpoint-at", "2015-02-01", "--out", "base", "-q"]].concat());
    let change =
        ["--set", "household.elasticity=8.0", "--set", "question=\"it's 'cut'\"", "--until", "2015-05-31"];
    good(path, &[&["branch", "base.checkpoint", "--out", "cut", "-q"][..], &change].concat());
    let message = made_again(path, "cut");
    let branch = &message["branches"][0];
    assert_eq!(branch["before"], "before.ron");
    assert!(branch["at"].as_str().unwrap().starts_with("2015-02-0"), "{branch}");
    let changes: Vec<(&str, &str, &str)> = branch["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| ["path", "before", "after"].map(|part| change[part].as_str().unwrap()))
        .map(|[path, before, after]| (path, before, after))
        .collect();
    assert!(changes.contains(&("end", "\"2015-06-30\"", "\"2015-05-31\"")), "{changes:?}");
    assert!(
        changes.iter().any(|change| change.0 == "household.elasticity" && change.2 == "8.0"),
        "{changes:?}"
    );
    let before = fs::read_to_string(path.join("cut/before.ron")).unwrap();
    assert!(before.contains("end: \"2015-06-30\"") && before.contains("name: \"tiny\""), "{before}");

    // The same without a checkpoint.
    let direct = ["branch", "base/scenario.ron", "--at", "2015-02-01", "--out", "direct", "-q"];
    good(path, &[&direct[..], &change].concat());
    let direct = made_again(path, "direct");
    for same in ["fingerprint", "results", "branches", "branched_from"] {
        assert_eq!(message[same], direct[same], "{same}");
    }
    let control = manifest(&path.join("base"));
    assert_ne!(message["results"], control["results"], "the control: the change matters");
}

/// A branch of a branch, and one that was stopped and resumed: the checkpoint knows how it came about.
#[test]
fn a_branch_of_a_branch_is_made_again_from_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    own_scenario(path);
    good(
        path,
        &[
            "branch",
            "mine.ron",
            "--at",
            "2014-12-01",
            "--set",
            "partner.commission=0.02",
            "--out",
            "own",
            "-q",
        ],
    );
    fs::remove_dir_all(path.join("tables")).unwrap();
    made_again(path, "own");
    let first =
        ["branch", QUICK, "--at", "2014-12-01", "--until", "2015-06-30", "--set", "household.elasticity=6.0"];
    good(path, &[&first[..], &["--checkpoint-at", "2015-02-01", "--checkpoint", "c", "-q"]].concat());
    good(path, &["branch", "c", "--set", "partner.commission=0.02", "--out", "second", "-q"]);
    let message = made_again(path, "second");
    assert_eq!(message["branches"].as_array().unwrap().len(), 2, "{message}");
    good(path, &["run", "--resume", "c", "--out", "resumed", "-q"]);
    let message = made_again(path, "resumed");
    assert_eq!(message["branches"].as_array().unwrap().len(), 1, "{message}");
}

/// A branch at the same moment replaces the one before it, which never held.
#[test]
fn a_branch_that_never_held_is_no_part_of_the_recipe() {
    let mut simulation = support::build(&Scenario::builtin("tiny").unwrap());
    for _ in 0..4 {
        simulation.step();
    }
    let branched = |bytes: &[u8], value: &str| {
        let change = ("household.elasticity".to_owned(), value.to_owned());
        Simulation::branch(bytes, &[change], Threads::Sequential).unwrap()
    };
    let mut first = branched(&simulation.checkpoint().unwrap(), "5.0");
    let at_once = branched(&first.checkpoint().unwrap(), "6.0");
    assert_eq!(at_once.earlier().len(), 1);
    assert_eq!(at_once.earlier()[0].fingerprint, simulation.fingerprint());
    first.step();
    assert_eq!(branched(&first.checkpoint().unwrap(), "6.0").earlier().len(), 2);
}

/// A checkpoint that Ctrl-C kept is branched from like any other.
#[test]
fn a_branch_from_where_a_run_was_stopped_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let child =
        start(path, &["run", QUICK, "--checkpoint-every", "1", "--checkpoint", "c", "--sample", "1.0", "-q"]);
    wait_until("the run is under way", || path.join("c").exists());
    signal(&child, "INT");
    let _ = end(child);
    good(path, &["branch", "c", "--set", "partner.commission=0.02", "--out", "rest", "-q"]);
    made_again(path, "rest");
}
