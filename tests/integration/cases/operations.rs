//! Recorded commands, estimates and signals.
#![cfg(unix)]

use crate::program::{end, json, run, signal, start, wait_until};
use crate::recorded::shell;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of one's own with a case's files.
fn case(name: &str) -> (tempfile::TempDir, PathBuf) {
    let own = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases").join(name);
    for entry in fs::read_dir(from).unwrap().flatten() {
        fs::copy(entry.path(), own.path().join(entry.file_name())).unwrap();
    }
    let path = own.path().to_owned();
    (own, path)
}

fn good(folder: &Path, arguments: &[&str]) {
    let ended = run(folder, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.err);
}

/// The number behind a word of a script.
fn number(script: &str, before: &str) -> u64 {
    let after = script.split_once(before).unwrap().1;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

#[test]
fn case_14_a_job_array_has_no_more_tasks_than_slurm_takes() {
    let (_own, path) = case("14-slurm-array-limit");
    let plan = ["sweep", "plan", "big.ron", "--engine", "slurm"];
    let ended = run(&path, &[&plan[..], &["--task-minutes", "1", "--out", "limited"]].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let script = fs::read_to_string(path.join("limited/slurm.sh")).unwrap();
    assert_eq!(number(&script, "--array=1-"), 1000);
    assert!(number(&script, "--time=") > 5 + 2, "longer tasks: {script}");
    assert!(ended.err.contains("MaxArraySize") && ended.err.contains("1,000 tasks"), "{}", ended.err);
    good(&path, &[&plan[..], &["--task-minutes", "1", "--array-limit", "300", "--out", "small"]].concat());
    let script = fs::read_to_string(path.join("small/slurm.sh")).unwrap();
    assert_eq!(number(&script, "--array=1-"), 300);
    let refused = run(&path, &[&plan[..], &["--shards", "1001", "--out", "beyond"]].concat());
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(refused.err.contains("--array-limit 1001"), "{}", refused.err);
    good(&path, &[&plan[..], &["--shards", "1001", "--array-limit", "5000", "--out", "allowed"]].concat());
}

/// What engines and limits send at the end of time keeps what Ctrl-C keeps.
#[test]
fn case_15_every_request_to_stop_keeps_a_checkpoint() {
    for name in ["HUP", "USR1", "USR2", "XCPU"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let child = start(
            path,
            &[&["run", "--checkpoint-every", "1", "--checkpoint", "c", "-q"], &crate::program::LONG[..]]
                .concat(),
        );
        wait_until("the run is under way", || path.join("c").exists());
        signal(&child, name);
        // Systems send some again and again, and TERM after them: the checkpoint is written all the same.
        signal(&child, name);
        signal(&child, "TERM");
        let ended = end(child);
        assert_eq!(ended.code, Some(130), "{name}: {}", ended.err);
        assert!(ended.err.contains("countryside run --resume c"), "{name}: {}", ended.err);
    }
    let (_own, path) = case("15-signals");
    let written = fs::read_to_string(path.join("s.ron")).unwrap();
    fs::write(path.join("s.ron"), written.replace("household_sample: 1.0", "household_sample: 0.05"))
        .unwrap();
    for name in ["USR1", "XCPU"] {
        let out = format!("r-{name}");
        let child = start(&path, &["sweep", "s.ron", "--out", &out, "--jobs", "1"]);
        wait_until("a run is finished", || {
            fs::read_dir(path.join(&out).join("pieces")).is_ok_and(|mut entries| entries.next().is_some())
        });
        signal(&child, name);
        let ended = end(child);
        assert_eq!(ended.code, Some(130), "{name}: {}", ended.err);
        assert!(ended.err.contains("were finished and are kept"), "{name}: {}", ended.err);
    }
}

/// A limit of processor time that is reached: by a run that is under way, whose places take about a second.
#[test]
fn case_15_a_run_beyond_ulimit_t_keeps_a_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    let long = crate::program::LONG.map(|word| format!("'{word}'")).join(" ");
    let line = format!("ulimit -S -t 4; exec countryside run {long} --checkpoint c --threads 1 -q");
    let ended = shell(folder.path(), &line);
    let message = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(130), "{message}");
    assert!(folder.path().join("c").exists() && message.contains("--resume c"), "{message}");
}

/// What `nohup` started outlives its terminal.
#[test]
fn case_15_a_run_of_nohup_goes_on_when_its_terminal_hangs_up() {
    let folder = tempfile::tempdir().unwrap();
    let line = "nohup countryside run tiny --checkpoint-every 1 --checkpoint c --json >out.json 2>err.txt & \
                for i in $(seq 500); do [ -e c ] && break; sleep 0.01; done; kill -HUP $!; wait $!";
    let ended = shell(folder.path(), line);
    let message = fs::read_to_string(folder.path().join("err.txt")).unwrap();
    assert_eq!(ended.status.code(), Some(0), "{message}");
    assert!(fs::read_to_string(folder.path().join("out.json")).unwrap().contains("fingerprint"));
}

#[test]
fn case_16_a_folder_holds_what_its_own_command_needs() {
    let (_own, path) = case("16-reproduce-from-folder");
    good(&path, &["sweep", "e.ron", "--out", "o", "-q"]);
    good(&path, &["optimise", "s.ron", "--out", "p", "-q"]);
    for (folder, command) in [("o", "sweep"), ("p", "optimise")] {
        let line = format!("countryside {command} experiment.ron --out ../again-{folder} -q");
        let ended = shell(&path.join(folder), &line);
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        let tables = if folder == "o" {
            ["runs.parquet", "outcomes.csv"]
        } else {
            ["plans.parquet", "finalists.parquet"]
        };
        for table in tables {
            let [a, b] = [folder.to_owned(), format!("again-{folder}")]
                .map(|folder| fs::read(path.join(folder).join(table)).unwrap());
            assert!(a == b, "{command}: {table}");
        }
    }
}

/// The dearest run takes many times the one in the middle, and the dry run says so.
#[test]
fn case_24_estimates_come_from_the_corners_of_a_design() {
    let (_own, path) = case("24-slurm-time-from-middle-run");
    for name in ["e.ron", "e2.ron"] {
        let output = json(&path, &["sweep", name, "--dry-run", "--jobs", "1"]);
        let seconds = |key: &str| output[key].as_f64().unwrap();
        assert!(seconds("seconds_of_dearest") > 3.0 * seconds("seconds_of_cheapest"), "{output}");
        // In time of processors, which other tests that run beside it do not lengthen; it was seven times as
        // much.
        let line = format!("TIMEFORMAT='%U %S'; time countryside sweep {name} --out r-{name} --jobs 1 -q");
        let ended = shell(&path, &line);
        let message = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success(), "{message}");
        let taken: f64 = message.split_whitespace().map(|part| part.parse::<f64>().unwrap()).sum();
        assert!((0.3..3.0).contains(&(taken / seconds("seconds"))), "{taken} s taken: {output}");
        let planned = json(
            &path,
            &["sweep", "plan", name, "--engine", "slurm", "--shards", "5", "--out", &format!("p-{name}")],
        );
        // Held against the same measurement: another one, beside other tests, may be half as long again.
        let all = planned["processor_seconds"].as_f64().unwrap();
        assert!(planned["task_seconds"].as_f64().unwrap() > 0.15 * all, "{planned}");
        assert!((0.3..3.0).contains(&(all / seconds("seconds"))), "{planned} {output}");
    }
    // Memory is that of the largest run, wherever it stands in the design.
    let small = json(&path, &["sweep", "e2.ron", "--dry-run", "--jobs", "1"]);
    let shown = json(&path, &["sweep", "e.ron", "--dry-run", "--jobs", "1"]);
    assert_eq!(small["memory_bytes"], shown["memory_bytes"]);
}

/// The recipe of docs/clusters.md twice, with a change between: Snakemake removes the output of a step before
/// it runs it again.
#[test]
fn case_31_a_recipe_is_run_again_after_a_change_and_loses_nothing() {
    let (_own, path) = case("31-snakemake-rerun");
    let plan = recipe_of_plan();
    let all = |shards: u32| {
        for shard in 1..=shards {
            good(&path, &["sweep", "run", "results/levers", "--shard", &format!("{shard}/{shards}"), "-q"]);
        }
        good(&path, &["sweep", "gather", "results/levers"]);
    };
    let planned = || {
        let _ = fs::remove_file(path.join("results/levers/plan.json"));
        let ended = shell(&path, &plan);
        assert!(ended.status.success(), "{plan}: {}", String::from_utf8_lossy(&ended.stderr));
        String::from_utf8_lossy(&ended.stderr).into_owned()
    };
    fs::create_dir_all(path.join("results/levers")).unwrap();
    planned();
    all(3);
    let table = || fs::read(path.join("results/levers/runs.parquet")).unwrap();
    let first = table();
    // Again without a change: nothing is run again.
    let message = planned();
    assert!(message.contains("15 finished runs of this experiment are kept"), "{message}");
    let done = |key: &str| json(&path, &["sweep", "status", "results/levers"])[key].as_u64().unwrap();
    assert_eq!((done("done"), done("missing")), (15, 0));
    // A change: the old runs are set aside, and all are run.
    let written = fs::read_to_string(path.join("levers.ron")).unwrap();
    fs::write(path.join("levers.ron"), written.replace("(3.0, 4.0)", "(3.0, 5.0)")).unwrap();
    let message = planned();
    assert!(message.contains("set aside in set-aside-1"), "{message}");
    assert_eq!((done("done"), done("missing")), (0, 15));
    all(3);
    assert_ne!(first, table());
    // Changed back: they are there again.
    fs::write(path.join("levers.ron"), &written).unwrap();
    let message = planned();
    assert!(message.contains("15 finished runs from before are back"), "{message}");
    assert_eq!((done("done"), done("missing")), (15, 0));
    good(&path, &["sweep", "gather", "results/levers"]);
    assert_eq!(first, table());
    // Without the word a folder is never taken over.
    let refused = run(&path, &["sweep", "plan", "levers.ron", "--out", "results/levers", "--shards", "3"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("--replan"), "{}", refused.err);
    fs::create_dir(path.join("thesis")).unwrap();
    fs::write(path.join("thesis/thesis.tex"), "").unwrap();
    let refused =
        run(&path, &["sweep", "plan", "levers.ron", "--out", "thesis", "--shards", "3", "--replan"]);
    assert_eq!(refused.code, Some(2), "another folder is not taken over");
}

/// The command that plans in the recipe for Snakemake of docs/clusters.md.
fn recipe_of_plan() -> String {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/clusters.md")).unwrap();
    let line = text.lines().find(|line| line.contains("shell: \"countryside sweep plan")).unwrap();
    let command = line.split('"').nth(1).unwrap();
    command.replace("{input}", "levers.ron").replace("{SHARDS}", "3")
}

#[test]
fn case_32_what_a_limit_of_address_space_would_kill_is_refused() {
    let (_own, path) = case("32-clock-disk-and-memory");
    for command in [
        "sweep m.ron --out o",
        "run programme_2014 --until 2014-12-31",
        "compare programme_2014 no_programme --seeds 1 --until 2014-12-31",
    ] {
        let ended = shell(&path, &format!("ulimit -v 400000; exec countryside {command}"));
        let message = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(2), "{command}: {message}");
        assert!(message.contains("left by ulimit -v"), "{command}: {message}");
    }
    let small = shell(&path, "ulimit -v 800000; exec countryside run tiny --until 2014-12-31 --threads 1 -q");
    assert!(small.status.success(), "{}", String::from_utf8_lossy(&small.stderr));
}
