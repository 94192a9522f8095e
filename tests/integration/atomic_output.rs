//! A run's folder is whole or absent, one writer fills it, and nobody's work is lost.

use crate::program::{LONG, QUICK, end, json, names, run, start, wait_until};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A short run into a folder.
fn into(folder: &Path, arguments: &[&str]) -> crate::program::Ended {
    run(folder, &[&["run", QUICK, "--until", "2014-12-31"], arguments].concat())
}

fn manifest(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

#[test]
fn the_manifest_knows_every_file_and_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let ended = into(folder.path(), &["--out", "results"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let results = folder.path().join("results");
    let manifest = manifest(&results);
    let mut listed = vec!["manifest.json".to_owned()];
    for file in manifest["files"].as_array().unwrap() {
        let name = file["name"].as_str().unwrap();
        let content = fs::read(results.join(name)).unwrap();
        let digest = format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&content));
        assert_eq!(file["xxh3_128"].as_str(), Some(digest.as_str()), "{name}");
        assert_eq!(file["bytes"].as_u64(), Some(content.len() as u64), "{name}");
        listed.push(name.to_owned());
    }
    listed.sort();
    assert_eq!(names(&results), listed);
    assert_eq!(names(folder.path()), ["results"], "no lock, no temporary folder stays");
    assert!(
        ended.out.contains("Results in ./results") || ended.out.contains("Results in results"),
        "{}",
        ended.out
    );
}

#[test]
fn the_scenario_in_the_folder_makes_the_same_results_again() {
    let folder = tempfile::tempdir().unwrap();
    into(folder.path(), &["--out", "results", "--seed", "5", "--sample", "0.5"]);
    let again = json(folder.path(), &["run", "results/scenario.ron"]);
    let first = manifest(&folder.path().join("results"));
    for same in ["fingerprint", "results", "scenario_hash", "seed"] {
        assert_eq!(first[same], again[same], "{same}");
    }
}

/// A scenario's own table goes with the results, and its content, not its name, makes the scenario what it
/// is.
#[test]
fn a_table_of_ones_own_is_kept_with_the_results() {
    let folder = tempfile::tempdir().unwrap();
    let real =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/regions/china/counties.csv")).unwrap();
    let write = |name: &str, table: &str| fs::write(folder.path().join(name), table).unwrap();
    let scenario = |table: &str| {
        format!(
            "(name: \"own\", start: \"2014-10-01\", end: \"2014-11-30\", household_sample: 0.1, places: \
             (select: Codes([330122]), villages_per_county: 2, table: \"{table}\"))"
        )
    };
    write("mine.csv", &real);
    write("other.csv", &real.replace("119.6915,29.793,115", "119.6915,29.793,915"));
    write("mine.ron", &scenario("mine.csv"));
    write("other.ron", &scenario("other.csv"));
    let first = run(folder.path(), &["run", "mine.ron", "--out", "results"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    let first = manifest(&folder.path().join("results"));
    let again = json(folder.path(), &["run", "results/scenario.ron"]);
    let other = json(folder.path(), &["run", "other.ron"]);
    for same in ["fingerprint", "results", "scenario_hash"] {
        assert_eq!(first[same], again[same], "{same}");
        assert_ne!(first[same], other[same], "{same}");
    }
}

#[test]
fn tables_are_comma_separated_on_request_with_units_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    into(folder.path(), &["--out", "results", "--format", "csv"]);
    let results = folder.path().join("results");
    let columns = fs::read_to_string(results.join("columns.csv")).unwrap();
    assert!(columns.starts_with("\u{FEFF}table,column,unit,kind,missing,definition\n"));
    assert!(columns.lines().any(|line| line.starts_with("ledger,paid,fen,")), "{columns}");
    for name in names(&results).iter().filter(|name| name.ends_with(".csv")) {
        let mut reader = csv::Reader::from_path(results.join(name)).unwrap();
        for record in reader.records() {
            for cell in &record.unwrap() {
                let is_guarded = !cell.starts_with(['=', '+', '-', '@']) || cell.parse::<f64>().is_ok();
                assert!(is_guarded, "{name}: {cell}");
            }
        }
    }
}

#[test]
#[cfg(feature = "parquet")]
fn both_forms_hold_the_same_results() {
    let folder = tempfile::tempdir().unwrap();
    into(folder.path(), &["--out", "a"]);
    into(folder.path(), &["--out", "b", "--format", "csv"]);
    let [a, b] = ["a", "b"].map(|name| manifest(&folder.path().join(name)));
    assert_eq!(a["results"], b["results"]);
    let bytes = fs::read(folder.path().join("a/ledger.parquet")).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}

#[test]
fn a_run_is_not_written_over_by_accident() {
    let folder = tempfile::tempdir().unwrap();
    into(folder.path(), &["--out", "results"]);
    let before = fs::read(folder.path().join("results/manifest.json")).unwrap();
    let same = into(folder.path(), &["--out", "results"]);
    assert_eq!(same.code, Some(2));
    assert!(same.err.contains("holds this very run already"), "{}", same.err);
    let other = into(folder.path(), &["--out", "results", "--seed", "2"]);
    assert_eq!(other.code, Some(2));
    assert!(other.err.contains("holds another run (scenario tiny, seed 1"), "{}", other.err);
    assert_eq!(fs::read(folder.path().join("results/manifest.json")).unwrap(), before);
    let forced = into(folder.path(), &["--out", "results", "--seed", "2", "--force"]);
    assert_eq!(forced.code, Some(0), "{}", forced.err);
    assert_eq!(manifest(&folder.path().join("results"))["seed"].as_u64(), Some(2));
    assert_eq!(names(folder.path()), ["results"]);
}

#[test]
fn a_folder_that_is_no_runs_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("thesis")).unwrap();
    fs::write(folder.path().join("thesis/chapter.tex"), "dear").unwrap();
    for arguments in [&["--out", "thesis"] as &[&str], &["--out", "thesis", "--force"]] {
        let ended = into(folder.path(), arguments);
        assert_eq!(ended.code, Some(2));
        assert!(ended.err.contains("not a run's folder"), "{}", ended.err);
    }
    assert_eq!(fs::read(folder.path().join("thesis/chapter.tex")).unwrap(), b"dear");
    assert_eq!(names(folder.path()), ["thesis"]);
}

#[test]
fn the_second_writer_is_refused_at_once_and_told_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let first = start(folder.path(), &[&["run", "--out", "results"], &LONG[..]].concat());
    wait_until("the first takes its lock", || {
        !fs::read(folder.path().join(".results.lock")).unwrap_or_default().is_empty()
    });
    let second = into(folder.path(), &["--out", "results"]);
    assert_eq!(second.code, Some(2));
    let named = format!("process {} (scenario county, seed 1", first.id());
    assert!(second.err.contains(&named), "{}", second.err);
    let mut first = first;
    first.kill().unwrap();
    end(first);
    let after = into(folder.path(), &["--out", "results"]);
    assert_eq!(after.code, Some(0), "a killed writer's lock is free: {}", after.err);
    assert_eq!(names(folder.path()), ["results"]);
}

/// Runs a shell script in a world of mounts of its own; nothing where the system does not allow that.
#[cfg(target_os = "linux")]
pub fn in_own_mounts(folder: &Path, script: &str) -> Option<crate::program::Ended> {
    let program = env!("CARGO_BIN_EXE_countryside");
    let shell = |script: &str| {
        Command::new("unshare").args(["-Urm", "sh", "-c", script, program]).current_dir(folder).output()
    };
    let allowed = shell("mkdir -p probe && mount -t tmpfs tmpfs probe");
    if !allowed.is_ok_and(|output| output.status.success()) {
        let why = "this system allows no mounts of one's own, so full and read-only disks are not tested";
        crate::program::skipped("disks", why);
        return None;
    }
    Some(shell(script).unwrap().into())
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_one_message_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mkdir full && mount -t tmpfs -o size=8k tmpfs full && \"$0\" run tiny --out full/results \
                  --format csv; code=$?; ls -A full; exit $code";
    let Some(ended) = in_own_mounts(folder.path(), script) else {
        return;
    };
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert_eq!(ended.err.lines().count(), 3, "{}", ended.err);
    assert!(
        ended.err.ends_with("  countryside run --resume results.checkpoint --out DIR\n"),
        "{}",
        ended.err
    );
    assert!(ended.err.starts_with("error: cannot write full/results/"), "{}", ended.err);
    assert!(ended.err.contains("No space left on device (about "), "{}", ended.err);
    let after_summary = ended.out.rsplit("Fingerprint").next().unwrap();
    assert_eq!(after_summary.lines().count(), 1, "something is left: {after_summary}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_read_only_place_is_refused_before_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mkdir fixed && mount -t tmpfs -o ro tmpfs fixed && \"$0\" run tiny --out fixed/results";
    let Some(ended) = in_own_mounts(folder.path(), script) else {
        return;
    };
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert_eq!(ended.err, "error: cannot write fixed/results: Read-only file system\n");
}
