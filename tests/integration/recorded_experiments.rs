//! Recorded commands of experiments: sweeps, searches, comparisons, validations, trials.
#![cfg(unix)]

use crate::program::{QUICK, names, run, small_validation};
use crate::recorded::{good, made_again};
use std::fs;
use std::path::Path;

/// An experiment with a base and a table of points of its own.
fn own_experiment(folder: &Path) {
    for (name, text) in [
        ("mine.ron", "(base: \"tiny\", name: \"mine\", end: \"2014-12-31\")"),
        ("pts.csv", "household.elasticity\n3.0\n3.5\n"),
        (
            "e.ron",
            "(name: \"own_files\", base: \"mine.ron\", factors: [(path: \"household.elasticity\")], design: \
             Table(\"pts.csv\"), outcomes: [\"self_service_orders\"])",
        ),
        (
            "s.ron",
            "(name: \"s\", base: \"mine.ron\", factors: [(path: \"programme.training_hours\", range: (0.0, \
             80.0))], search: (maximise: \"self_service_orders\", plans: 6, finalists: 2, fresh_seeds: 2), \
             outcomes: [\"self_service_orders\"])",
        ),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn a_sweep_is_made_again_from_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    own_experiment(path);
    good(path, &["sweep", "e.ron", "--out", "whole", "-q"]);
    good(path, &["sweep", "plan", "e.ron", "--out", "parts", "--shards", "2"]);
    // What the folder is made again from is in it, and not where the experiment was.
    for name in ["e.ron", "mine.ron", "pts.csv"] {
        fs::remove_file(path.join(name)).unwrap();
    }
    made_again(path, "whole");
    good(path, &["sweep", "run", "parts", "--shard", "2/2", "-q"]);
    good(path, &["sweep", "run", "parts", "-q"]);
    good(path, &["sweep", "gather", "parts", "--format", "csv"]);
    made_again(path, "parts");
}

/// Names that the folder needs itself do not collide with the experiment's files.
#[test]
fn a_sweep_whose_files_bear_names_of_its_folder_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    own_experiment(path);
    let text = fs::read_to_string(path.join("e.ron")).unwrap();
    fs::write(
        path.join("my plan.ron"),
        text.replace("mine.ron", "experiment.ron").replace("pts.csv", "runs.csv"),
    )
    .unwrap();
    fs::rename(path.join("mine.ron"), path.join("experiment.ron")).unwrap();
    fs::rename(path.join("pts.csv"), path.join("runs.csv")).unwrap();
    good(path, &["sweep", "my plan.ron", "--out", "taken", "--format", "csv", "-q"]);
    let output = made_again(path, "taken");
    assert!(output["reproduce"].as_str().unwrap().contains("'inputs/my plan.ron'"), "{output}");
}

#[test]
fn a_search_is_made_again_from_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    own_experiment(path);
    good(path, &["optimise", "s.ron", "--out", "found", "-q"]);
    fs::remove_file(path.join("mine.ron")).unwrap();
    made_again(path, "found");
}

#[test]
fn a_comparison_is_made_again_from_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("mine.ron"), "(base: \"tiny\", name: \"mine\", partner: (commission: 0.02))")
        .unwrap();
    let more = [
        "--seeds",
        "2",
        "--first-seed",
        "3",
        "--until",
        "2014-12-31",
        "--set",
        "household.elasticity=5.0",
        "--explain",
    ];
    good(
        path,
        &[
            &[
                "compare",
                QUICK,
                "mine.ron",
                "--map",
                "self_service_orders",
                "--out",
                "against",
                "--format",
                "csv",
                "-q",
            ][..],
            &more,
        ]
        .concat(),
    );
    fs::remove_file(path.join("mine.ron")).unwrap();
    made_again(path, "against");
}

#[test]
fn a_validation_is_made_again_by_its_own_word_and_leaves_nothing_in_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    good(path, &small_validation(&["--out", "evidence", "-q"]));
    let before = names(&path.join("evidence"));
    made_again(path, "evidence");
    assert_eq!(names(&path.join("evidence")), before);
}

/// A trial prints and keeps no folder: the command itself is what is recorded.
#[test]
fn a_trial_is_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let trial =
        ["trial", "--seeds", "2", "--sample", "0.05", "--set", "places.villages_per_county=20", "--csv"];
    let [first, second] = [0, 1].map(|_| run(folder.path(), &trial));
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert_eq!(first.out, second.out);
}
