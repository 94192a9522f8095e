//! Stopping and going on: Ctrl-C, checkpoints, resuming, branching.
#![cfg(unix)]

use crate::program::{LONG, QUICK, end, json, names, run, signal, start, wait_until};
use std::fs;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

/// Starts a long run and waits until it is under way: its first checkpoint is there.
fn under_way(folder: &Path) -> Child {
    let child = start(folder, &[&["run", "--checkpoint-every", "1", "--out", "results"], &LONG[..]].concat());
    wait_until("the run is under way", || folder.join("results.checkpoint").exists());
    child
}

#[test]
fn the_first_interrupt_keeps_a_checkpoint_and_no_half_results() {
    for name in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let child = under_way(folder.path());
        let asked = Instant::now();
        signal(&child, name);
        let ended = end(child);
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
        assert_eq!((ended.code, ended.out.as_str()), (Some(130), ""), "{}", ended.err);
        assert!(ended.err.contains("countryside run --resume ./results.checkpoint"), "{}", ended.err);
        let left = names(folder.path());
        assert_eq!(left, ["results.checkpoint", "results.checkpoint.previous"]);
    }
}

#[test]
fn the_second_interrupt_stops_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let child = under_way(folder.path());
    signal(&child, "INT");
    signal(&child, "INT");
    assert_eq!(end(child).code, Some(130));
}

/// While places are made there is nothing to keep: the first request ends the command, and nothing is left.
#[test]
fn a_request_before_the_first_window_ends_at_once_and_leaves_nothing() {
    for name in ["INT", "TERM", "USR1"] {
        let folder = tempfile::tempdir().unwrap();
        let places = "places.select=Provinces([\"Zhejiang\", \"Hunan\", \"Sichuan\"])";
        let large = ["run", "county", "--set", places, "--sample", "0.02", "--out", "results"];
        let child = start(folder.path(), &large);
        wait_until("the run has its place", || folder.path().join(".results.lock").exists());
        let asked = Instant::now();
        signal(&child, name);
        let ended = end(child);
        assert!(asked.elapsed() < Duration::from_secs(2), "{name}: {:?}", asked.elapsed());
        assert_eq!((ended.code, ended.out.as_str()), (Some(130), ""), "{name}: {}", ended.err);
        assert_eq!(ended.err.trim(), "Stopped before there was anything to keep.", "{name}");
        assert_eq!(names(folder.path()), [""; 0], "{name}");
    }
}

/// One pipe takes what is printed and what is said, and nobody reads it.
#[test]
fn a_full_pipe_that_nobody_reads_delays_no_stop() {
    let folder = tempfile::tempdir().unwrap();
    let (_unread, full) = std::io::pipe().unwrap();
    let mut command = crate::program::countryside(folder.path());
    command.arg("params").stdout(full.try_clone().unwrap()).stderr(full);
    let mut child = command.spawn().unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    assert!(child.try_wait().unwrap().is_none(), "more is printed than the pipe holds");
    let asked = Instant::now();
    signal(&child, "INT");
    wait_until("the command ends", || child.try_wait().unwrap().is_some());
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

/// The same where runs are made that a stop gives up: while the places of a large one are made, no window's
/// end is waited for.
#[test]
fn a_run_that_is_given_up_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let large = "(
        name: \"large\", base: \"county\",
        set: (places: (select: All, villages_per_county: 100), household_sample: 0.02,
            end: \"2014-12-31\", report: (villages: Nothing)),
        factors: [(path: \"household.elasticity\", range: (2.5, 5.0))],
        design: LatinHypercube(samples: 2), outcomes: [\"station_orders\"],
    )";
    fs::write(folder.path().join("e.ron"), large).unwrap();
    let child = start(folder.path(), &["sweep", "e.ron", "--out", "made", "--jobs", "1"]);
    wait_until("the sweep has its folder", || folder.path().join("made/pieces").exists());
    std::thread::sleep(Duration::from_millis(500));
    let asked = Instant::now();
    signal(&child, "INT");
    let ended = end(child);
    assert!(asked.elapsed() < Duration::from_secs(4), "{:?}", asked.elapsed());
    assert_eq!(ended.code, Some(130), "{}", ended.err);
    assert!(ended.err.contains("\nstopped: finished runs are kept; go on with\n"), "{}", ended.err);
    // The control: in good order it is told how many runs there are.
    assert!(!ended.err.contains("missing runs"), "the run is not large enough: {}", ended.err);
    assert!(!names(folder.path()).iter().any(|name| name.ends_with(".lock")), "the lock is left");
}

/// The whole scenario in one go.
fn uninterrupted(folder: &Path) -> serde_json::Value {
    json(folder, &["run", QUICK])
}

#[test]
fn a_resumed_run_equals_an_uninterrupted_one_for_any_threads() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["run", QUICK, "--checkpoint-at", "2015-06-01", "--threads", "2", "--quiet"]);
    assert_eq!(names(folder.path()), ["tiny.checkpoint"]);
    let whole = uninterrupted(folder.path());
    for threads in ["1", "3"] {
        let resumed = json(folder.path(), &["run", "--resume", "tiny.checkpoint", "--threads", threads]);
        assert_ne!(resumed["execution"]["resumed_at"], serde_json::Value::Null);
        for same in ["fingerprint", "results", "outcomes", "counts", "scenario_hash"] {
            assert_eq!(whole[same], resumed[same], "{same}, {threads} threads");
        }
    }
}

#[test]
fn a_checkpoint_resumes_only_its_own_scenario() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["run", QUICK, "--checkpoint-at", "2015-06-01", "--quiet"]);
    let same = run(folder.path(), &["run", QUICK, "--resume", "tiny.checkpoint", "--quiet"]);
    assert_eq!(same.code, Some(0), "{}", same.err);
    let other = run(folder.path(), &["run", "county", "--resume", "tiny.checkpoint"]);
    assert_eq!(other.code, Some(2));
    assert!(
        other.err.contains("differs from county") && other.err.contains("countryside branch"),
        "{}",
        other.err
    );
}

#[test]
fn a_run_goes_on_from_the_checkpoint_before_a_damaged_one_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let every = ["run", QUICK, "--checkpoint-every", "200", "--quiet"];
    assert_eq!(run(folder.path(), &every).code, Some(0));
    let path = folder.path().join("tiny.checkpoint");
    let (whole, fingerprint) =
        (fs::read(&path).unwrap(), uninterrupted(folder.path())["fingerprint"].clone());
    let damaged = |at: usize| {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        damaged
    };
    let bytes = [0, 17, 22, 30, whole.len() / 2, whole.len() - 1].map(damaged);
    for content in bytes.into_iter().chain([whole[..whole.len() / 2].to_vec()]) {
        fs::write(&path, content).unwrap();
        let ended = run(folder.path(), &["run", "--resume", "tiny.checkpoint", "--json"]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        assert!(ended.err.starts_with("warning: tiny.checkpoint: "), "{}", ended.err);
        let said = "going on from the one before it, tiny.checkpoint.previous";
        assert!(ended.err.contains(said), "{}", ended.err);
        let resumed: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        assert_eq!(resumed["fingerprint"], fingerprint);
    }
    let branch = run(folder.path(), &["branch", "tiny.checkpoint", "--json"]);
    assert_eq!(branch.code, Some(0), "{}", branch.err);
    // A change that is refused at the moment of a sound checkpoint is not tried at the one before it.
    fs::write(&path, &whole).unwrap();
    let ended_before = ["branch", "tiny.checkpoint", "--set", "end=\"2016-01-31\""];
    let refused = run(folder.path(), &ended_before);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(refused.err.starts_with("error: end: "), "{}", refused.err);
    fs::write(&path, &whole[..99]).unwrap();
    fs::write(folder.path().join("tiny.checkpoint.previous"), &whole[..99]).unwrap();
    for command in [&["run", "--resume"][..], &["branch"]] {
        let refused = run(folder.path(), &[command, &["tiny.checkpoint"]].concat());
        assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{command:?}");
        assert!(refused.err.starts_with("error: tiny.checkpoint: "), "{}", refused.err);
    }
}

#[test]
fn a_branch_without_change_is_the_same_run_and_with_one_another() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["run", QUICK, "--checkpoint-at", "2015-06-01", "--quiet"]);
    let whole = uninterrupted(folder.path());
    let same = json(folder.path(), &["branch", "tiny.checkpoint"]);
    assert_eq!(same["fingerprint"], whole["fingerprint"]);
    assert!(same["branched_from"].as_str().unwrap().starts_with("2015-06-"), "{same}");
    let changed = ["branch", "tiny.checkpoint", "--set", "household.elasticity=8.0", "--out", "changed"];
    let changed = json(folder.path(), &changed);
    assert_ne!(changed["fingerprint"], whole["fingerprint"]);
    assert!(folder.path().join("changed/manifest.json").exists());
    let wrong = run(folder.path(), &["branch", "tiny.checkpoint", "--set", "household.elasticty=8.0"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("elasticty"), "{}", wrong.err);
}

#[test]
fn a_checkpoint_that_cannot_be_written_does_not_stop_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["run", QUICK, "--checkpoint-at", "2015-06-01", "--checkpoint", "missing/x.checkpoint"];
    let ended = run(folder.path(), &arguments);
    assert_eq!(ended.code, Some(0));
    assert!(ended.out.contains("Fingerprint"));
    assert!(ended.err.starts_with("warning: no checkpoint at 2015-06-"), "{}", ended.err);
    assert_eq!(ended.err.lines().count(), 1);
}
