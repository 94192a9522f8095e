//! The command line: what it says, to whom, and with which exit code.

use crate::program::{LONG, QUICK, countryside, json, names, run};
use std::fs;
use std::path::Path;
use std::process::Stdio;

/// Set this variable to write the expected help anew.
const RECORD: &str = "RECORD_GOLDEN";

#[test]
fn help_is_as_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::new();
    for command in [
        "",
        "run",
        "branch",
        "sweep",
        "sweep plan",
        "sweep run",
        "sweep status",
        "sweep retry",
        "sweep gather",
        "analyse",
        "compare",
        "optimise",
        "trial",
        "explain",
        "check",
        "show",
        "params",
        "validate",
        "calibrate",
        "report",
        "region",
        "region new",
        "region check",
        "region describe",
        "selftest",
    ] {
        let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let help = run(folder.path(), &arguments);
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
        text += &format!("$ countryside {}\n{}\n", arguments.join(" "), help.out);
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/help.txt");
    if std::env::var_os(RECORD).is_some() {
        fs::write(&golden, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(golden).unwrap(), "if the change is meant, set {RECORD}=1");
    assert!(text.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn version_and_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    let version = run(folder.path(), &["--version"]);
    assert_eq!(version.out, format!("countryside {}\n", env!("CARGO_PKG_VERSION")));
    for wrong in [
        &["run"] as &[&str],
        &["run", QUICK, "--sed", "1"],
        &["run", QUICK, "--seed", "-1"],
        &["run", QUICK, "--until", "2015-02-30"],
        &["run", QUICK, "--set", "no equals sign"],
        &["run", QUICK, "--threads", "0"],
        &["run", QUICK, "--memory-limit", "much"],
        &["run", "--resume", "x", "--seed", "2"],
        &["frobnicate"],
        &["params", "no such parameter anywhere"],
    ] {
        let ended = run(folder.path(), wrong);
        assert_eq!(ended.code, Some(2), "{wrong:?}: {}", ended.err);
        assert!(ended.out.is_empty() && !ended.err.is_empty(), "{wrong:?}");
    }
}

#[test]
fn a_stranger_can_read_the_summary() {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), &["run", QUICK]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    for part in [
        "tiny: What happens",
        "2014-10-01 to 2016-09-30, seed 1",
        "5 villages",
        "Books: money closes",
        "Fingerprint",
    ] {
        assert!(ended.out.contains(part), "`{part}` is not in\n{}", ended.out);
    }
    let longest = ended.out.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(100), "{}", ended.out);
    assert!(names(folder.path()).is_empty(), "nothing was asked to be written");
}

#[test]
fn quiet_is_quiet() {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), &["run", QUICK, "--quiet", "--until", "2014-12-31"]);
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(0), "", ""));
}

#[test]
fn every_fault_is_told_at_once_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let text = "(\n name: \"x\",\n start: \"2015-02-30\",\n end: \"2016-12-31\",\n household: (elasticty: \
                3.0),\n seed: -1,\n)";
    fs::write(folder.path().join("bad.ron"), text).unwrap();
    for command in
        [&["check", "bad.ron"] as &[&str], &["run", "bad.ron", "--out", "results"], &["show", "bad.ron"]]
    {
        let ended = run(folder.path(), command);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""));
        for part in ["bad.ron:3:", "bad.ron:5:", "bad.ron:6:", "elasticity"] {
            assert!(ended.err.contains(part), "`{part}` is not in\n{}", ended.err);
        }
        assert_eq!(names(folder.path()), ["bad.ron"]);
    }
}

#[test]
fn check_goes_on_after_a_bad_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.ron"), "(").unwrap();
    let ended = run(folder.path(), &["check", "bad.ron", QUICK, "missing.ron"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.out.starts_with("tiny: sound; ") && ended.out.lines().count() == 1, "{}", ended.out);
    assert!(ended.err.contains("bad.ron") && ended.err.contains("missing.ron"), "{}", ended.err);
}

#[test]
fn a_misspelt_name_is_answered_with_the_right_one() {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), &["run", "tinny"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("`tiny`") && ended.err.contains("programme_2014"), "{}", ended.err);
}

#[test]
fn names_cannot_steer_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), &["run", "a\u{1b}[2Jb\u{202e}.ron"]);
    assert_eq!(ended.code, Some(2));
    assert!(!ended.err.contains(['\u{1b}', '\u{202e}']), "{:?}", ended.err);
}

#[test]
fn json_is_one_document_with_values_units_and_fingerprint() {
    let folder = tempfile::tempdir().unwrap();
    let document = json(folder.path(), &["run", QUICK, "--seed", "7"]);
    assert_eq!((document["scenario"].as_str(), document["seed"].as_u64()), (Some(QUICK), Some(7)));
    assert_eq!(document["fingerprint"].as_str().map(str::len), Some(32));
    let outcomes = document["outcomes"].as_array().unwrap();
    assert!(!outcomes.is_empty());
    for outcome in outcomes {
        assert!(outcome["unit"].is_string() && outcome["definition"].is_string(), "{outcome}");
        assert!(!outcome["monthly"].as_array().unwrap().is_empty(), "{outcome}");
    }
    let other = json(folder.path(), &["run", QUICK, "--seed", "8"]);
    assert_ne!(document["fingerprint"], other["fingerprint"], "the seed matters");
}

#[test]
fn threads_change_nothing_but_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let of = |threads| {
        let document = json(folder.path(), &["run", QUICK, "--threads", threads]);
        (document["fingerprint"].clone(), document["results"].clone(), document["outcomes"].clone())
    };
    assert_eq!(of("1"), of("3"));
}

#[test]
fn too_large_a_run_is_refused_before_it_is_built() {
    let folder = tempfile::tempdir().unwrap();
    let refused = run(folder.path(), &["run", LONG[0], "--memory-limit", "1MiB", "--out", "results"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("--memory-limit allows 1.0 MiB"), "{}", refused.err);
    assert!(names(folder.path()).is_empty());
}

#[test]
fn parameters_are_listed_in_three_forms() {
    let folder = tempfile::tempdir().unwrap();
    let text = run(folder.path(), &["params", "household.elasticity"]).out;
    assert!(text.contains("household.elasticity") && text.ends_with("scenario file.\n"), "{text}");
    let rows = run(folder.path(), &["params", "--json"]).out;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&rows).unwrap();
    assert!(rows.len() > 100 && rows.iter().all(|row| row["path"].is_string() && row["source"].is_string()));
    let markdown = run(folder.path(), &["params", "--markdown"]).out;
    assert_eq!(markdown.lines().count(), rows.len() + 2);
}

#[test]
fn show_tells_values_origins_and_outcomes_and_its_copy_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let shown = run(folder.path(), &["show", QUICK, "--set", "household.elasticity=4.5"]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    for part in ["household.elasticity", "4.5", "command line", "Outcome reported", "of memory"] {
        assert!(shown.out.contains(part), "`{part}` is not in\n{}", shown.out);
    }
    let copy = run(folder.path(), &["show", QUICK, "--resolved"]).out;
    fs::write(folder.path().join("copy.ron"), &copy).unwrap();
    let again = run(folder.path(), &["show", "copy.ron", "--resolved"]).out;
    assert_eq!(copy, again);
}

#[test]
fn this_machine_computes_what_was_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), &["selftest"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{}", ended.out);
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_quiet() {
    let folder = tempfile::tempdir().unwrap();
    for command in [&["params"] as &[&str], &["run", QUICK], &["show", QUICK], &["run", QUICK, "--json"]] {
        let mut child = countryside(folder.path());
        let mut child = child.args(command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{command:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn results_that_cannot_be_printed_are_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = countryside(folder.path()).args(["run", QUICK]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message, "error: cannot write to standard output: No space left on device\n");
}

#[test]
fn what_a_run_costs_is_told_for_as_many_machines_as_there_are_counties() {
    let folder = tempfile::tempdir().unwrap();
    let place = "places.select=Codes([330122,430626,450721])";
    let arguments = ["show", "programme_2014", "--cost", "--set", place, "--until", "2014-12-31"];
    let words = run(folder.path(), &arguments);
    assert_eq!((words.code, words.err.as_str()), (Some(0), ""));
    let machines: Vec<&str> = words
        .out
        .lines()
        .filter(|line| line.contains("iB") && line.starts_with("    "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(machines, ["1", "2"], "{}", words.out);
    for part in ["nanoseconds for an event", "3 counties, 300 villages", "a checkpoint takes about"] {
        assert!(words.out.contains(part), "{part}: {}", words.out);
    }
    let wrong = run(folder.path(), &["show", "tiny", "--machines", "2"]);
    assert_eq!(wrong.code, Some(2), "--machines without --cost: {}", wrong.err);
}
