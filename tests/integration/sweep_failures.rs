//! Sweeps in which runs fail, disks fill up and folders refuse: what is finished stays, and one message says
//! what to do.
#![cfg(target_os = "linux")]

use crate::atomic_output::in_own_mounts;
use crate::program::{countryside, json, names, run};
use crate::sweeps::experiment;
use std::fs;
use std::path::Path;

/// Every second point contradicts itself.
fn half_failing(path: &Path) {
    let text = "(
        name: \"half\", base: \"tiny\", set: (end: \"2014-12-31\"),
        factors: [(path: \"logistics.trunk_min\", values: [0.5, 20.0]), (path: \"household.elasticity\", \
                values: [3.0, 4.0])],
        design: Factorial, outcomes: [\"self_service_orders\"],
    )";
    fs::write(path.join("half.ron"), text).unwrap();
}

#[test]
fn a_failed_run_is_kept_with_its_error_and_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    half_failing(path);
    let ended = run(path, &["sweep", "half.ron", "--out", "r", "--format", "csv", "-q"]);
    assert_eq!(ended.code, Some(1), "scripts see it: {}", ended.err);
    assert!(
        ended.err.starts_with("error: r: 2 of 4 runs failed; the first, run 2: ")
            && ended.err.contains("sweep retry r"),
        "{}",
        ended.err
    );
    let resumed = run(path, &["sweep", "half.ron", "--out", "r", "--resume", "--format", "csv", "-q"]);
    assert_eq!(resumed.code, Some(1), "nothing is missing, but the failures stay: {}", resumed.err);
    let runs = fs::read_to_string(path.join("r/runs.csv")).unwrap();
    assert_eq!(runs.matches(",refused,").count(), 2, "{runs}");
    assert_eq!(runs.matches(",done,").count(), 2);
    let failures = fs::read_to_string(path.join("r/failures.csv")).unwrap();
    assert!(failures.contains("logistics.trunk_min"), "{failures}");
    assert_eq!(json(path, &["sweep", "status", "r"])["failed"], 2);
    assert_eq!(json(path, &["sweep", "retry", "r"])["forgotten"], 2);
    let status = json(path, &["sweep", "status", "r"]);
    assert_eq!((status["failed"].as_u64(), status["missing"].as_u64()), (Some(0), Some(2)));
    let again = run(path, &["sweep", "run", "r", "-q"]);
    assert_eq!(again.code, Some(1), "they fail again: {}", again.err);
    assert!(again.err.contains("2 of 4 runs failed"), "{}", again.err);
    let analysis = run(path, &["analyse", "r"]);
    assert_eq!(analysis.code, Some(0), "{}", analysis.err);
}

#[test]
fn a_full_disk_keeps_what_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 30, "");
    let script = "mkdir full && mount -t tmpfs -o size=160k tmpfs full && \"$0\" sweep plan e.ron --out \
                  full/r --shards 1 >/dev/null && \"$0\" sweep run full/r -q; code=$?; cp -r full/r kept; \
                  exit $code";
    let Some(ended) = in_own_mounts(path, script) else {
        return;
    };
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert!(ended.err.starts_with("error: cannot write full/r/pieces/run-"), "{}", ended.err);
    assert!(
        ended.err.contains("No space left on device (about ") && ended.err.contains("finished runs are kept"),
        "{}",
        ended.err
    );
    assert_eq!(ended.err.matches("error: ").count(), 1, "{}", ended.err);
    let kept = json(path, &["sweep", "status", "kept"])["done"].as_u64().unwrap();
    assert!((5..60).contains(&kept), "{kept}");
    assert!(
        names(&path.join("kept/pieces")).iter().all(|name| !name.starts_with('.')),
        "nothing half is left"
    );
    let resumed = run(path, &["sweep", "e.ron", "--out", "kept", "--resume", "-q"]);
    assert_eq!(resumed.code, Some(0), "{}", resumed.err);
    let whole = run(path, &["sweep", "e.ron", "--out", "whole", "-q"]);
    assert_eq!(whole.code, Some(0), "{}", whole.err);
    for file in ["runs.parquet", "series.parquet"] {
        let [resumed, whole] =
            ["kept", "whole"].map(|folder| fs::read(path.join(folder).join(file)).unwrap());
        assert_eq!(resumed, whole, "{file}");
    }
}

#[test]
fn a_read_only_place_is_refused_before_the_first_run() {
    let folder = tempfile::tempdir().unwrap();
    experiment(folder.path(), 3, "");
    let script = "mkdir fixed && mount -t tmpfs -o ro tmpfs fixed && \"$0\" sweep e.ron --out fixed/r";
    let Some(ended) = in_own_mounts(folder.path(), script) else {
        return;
    };
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert_eq!(ended.err, "error: cannot write fixed/r: Read-only file system\n");
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 3, "");
    let ended = countryside(path).args(["sweep", "e.ron", "--out", "/proc/r"]).output().unwrap();
    let message = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert!(message.starts_with("error: cannot write /proc/r"), "{message}");
    fs::write(path.join("taken"), "thesis").unwrap();
    let taken = run(path, &["sweep", "e.ron", "--out", "taken"]);
    assert_eq!(taken.code, Some(2));
    assert!(taken.err.contains("never replaced"), "{}", taken.err);
}
