//! Engines that run a sweep's shards: their scripts, what is asked for, and what happens when a plan changes
//! under its shards.
#![cfg(unix)]

use crate::program::{json, names, run, skipped};
use crate::sweeps::experiment;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A folder whose name a careless script would take apart.
const FOLDER: &str = "it's 50% \"so\"";

fn good(folder: &Path, arguments: &[&str]) {
    let ended = run(folder, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.err);
}

fn same_tables(path: &Path, first: &str, second: &str) {
    for file in ["runs.parquet", "series.parquet", "failures.csv", "outcomes.csv", "columns.csv"] {
        let [first, second] = [first, second].map(|folder| fs::read(path.join(folder).join(file)).unwrap());
        assert_eq!(first, second, "{file}");
    }
}

/// A task as Slurm starts it: the script in a folder of Slurm's, the task's number in the environment.
fn task(path: &Path, number: u32) -> bool {
    let mut bash = Command::new("bash");
    bash.arg(path.join(FOLDER).join("slurm.sh"))
        .current_dir("/")
        .env("SLURM_ARRAY_TASK_ID", number.to_string())
        .env("SLURM_CPUS_PER_TASK", "1")
        .stdin(Stdio::null());
    bash.status().unwrap().success()
}

#[test]
fn the_job_array_asks_for_what_was_measured_and_runs_its_shards() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 6, "");
    let arguments = ["sweep", "plan", "e.ron", "--out", FOLDER, "--shards", "4", "--engine", "slurm"];
    let text = json(path, &arguments);
    assert!(text["task_seconds"].as_f64().unwrap() > 0.0, "{text}");
    let memory = text["task_memory_bytes"].as_u64().unwrap();
    assert!((4 << 20..1 << 30).contains(&memory), "a small run holds some MiB: {text}");
    let script = fs::read_to_string(path.join(FOLDER).join("slurm.sh")).unwrap();
    assert!(script.contains("#SBATCH --array=1-4\n"), "{script}");
    let asked: u64 =
        script.split("--mem-per-cpu=").nth(1).unwrap().split('M').next().unwrap().parse().unwrap();
    assert!(asked << 20 >= 2 * memory && asked << 20 <= (2 * memory) + (64 << 20), "{script}");
    assert_eq!(run(path, &["sweep", "status", FOLDER, "--unfinished"]).out, "1-4\n");
    for number in [3, 1] {
        assert!(task(path, number));
    }
    assert_eq!(run(path, &["sweep", "status", FOLDER, "--unfinished"]).out, "2,4\n");
    assert!(!task(path, 5), "there is no fifth shard");
    for number in [2, 4, 4] {
        assert!(task(path, number));
    }
    assert_eq!(run(path, &["sweep", "status", FOLDER, "--unfinished"]).out, "\n");
    good(path, &["sweep", "gather", FOLDER]);
    good(path, &["sweep", "e.ron", "--out", "whole", "-q"]);
    same_tables(path, "whole", FOLDER);
}

#[test]
fn parallel_runs_all_shards() {
    if Command::new("parallel").arg("--version").output().is_err() {
        return skipped("parallel", "GNU parallel is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 6, "");
    good(path, &["sweep", "plan", "e.ron", "--out", "parts", "--shards", "5", "--engine", "parallel"]);
    let ended = Command::new("bash").arg(path.join("parts/parallel.sh")).current_dir("/").output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    good(path, &["sweep", "gather", "parts"]);
    good(path, &["sweep", "e.ron", "--out", "whole", "-q"]);
    same_tables(path, "whole", "parts");
}

/// Names that bash, GNU parallel or Slurm would take for something of their own if they got to read them:
/// each would make a file `seized`.
const HOSTILE: [&str; 10] = [
    "x{= system(\"touch seized\") =}y",
    "{} {.} {#} {%} {1} {= $_=9 =}",
    "$(touch seized)",
    "`touch seized`",
    "a'; touch seized; '",
    "a\"; touch seized; \"",
    "line\ntouch seized\n#",
    "%A_%a %j \\",
    "-rf --help",
    " ends with a space ",
];

#[test]
fn hostile_names_of_folders_reach_tasks_as_they_are_and_run_nothing() {
    let has_parallel = Command::new("parallel").arg("--version").output().is_ok();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 2, "");
    for name in HOSTILE {
        let out = format!("./{name}");
        for engine in ["slurm", "parallel"] {
            if engine == "parallel" && !has_parallel {
                skipped("parallel", "GNU parallel is not installed");
                continue;
            }
            let plan =
                ["sweep", "plan", "e.ron", "--out", &out, "--shards", "2", "--engine", engine, "--replan"];
            good(path, &plan);
            let mut bash = Command::new("bash");
            bash.arg(path.join(name).join(format!("{engine}.sh")))
                .current_dir(path)
                .env("SLURM_ARRAY_TASK_ID", "2")
                .env("SLURM_ARRAY_JOB_ID", "7")
                .stdin(Stdio::null());
            let ended = bash.output().unwrap();
            let message = String::from_utf8_lossy(&ended.stderr);
            assert!(ended.status.success(), "{engine}: {name}: {message}");
        }
        assert!(path.join(name).join("logs/7_2.txt").exists(), "what a task says is in the folder: {name}");
        let unfinished = run(path, &["sweep", "status", &out, "--unfinished"]).out;
        assert_eq!(unfinished, if has_parallel { "\n" } else { "1\n" }, "{name}");
    }
    let mut expected: Vec<String> = HOSTILE.iter().map(|name| (*name).to_owned()).collect();
    expected.push("e.ron".to_owned());
    expected.sort();
    assert_eq!(names(path), expected, "nothing was run");
}

#[test]
fn without_shards_tasks_last_minutes_and_short_ones_are_noted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 6, "");
    let text = json(path, &["sweep", "plan", "e.ron", "--out", "packed", "--engine", "slurm"]);
    assert_eq!(text["shards"], 1, "twelve short runs are one task");
    let ended =
        run(path, &["sweep", "plan", "e.ron", "--out", "short", "--shards", "12", "--engine", "slurm"]);
    assert!(ended.err.contains("note: a task lasts about"), "{}", ended.err);
    let none = run(path, &["sweep", "plan", "e.ron", "--out", "none"]);
    assert_eq!(none.code, Some(2));
    assert_eq!(names(path), ["e.ron", "packed", "short"]);
}

/// Another seed makes another plan: what stands there already is of the old one.
#[test]
fn a_plan_that_changed_under_its_shards_is_refused_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 2, "");
    good(path, &["sweep", "plan", "e.ron", "--out", "r", "--shards", "2"]);
    good(path, &["sweep", "run", "r", "--shard", "1/2", "-q"]);
    let plan = path.join("r/plan.json");
    let old = fs::read_to_string(&plan).unwrap();
    fs::write(&plan, old.replacen("\"first_seed\": 1", "\"first_seed\": 2", 1)).unwrap();
    assert_ne!(fs::read_to_string(&plan).unwrap(), old, "the control: it was changed");
    let pieces = names(&path.join("r/pieces"));
    for step in [
        &["sweep", "status", "r"][..],
        &["sweep", "run", "r", "--shard", "2/2"],
        &["sweep", "gather", "r"],
        &["sweep", "retry", "r"],
    ] {
        let refused = run(path, step);
        assert_eq!(refused.code, Some(2), "{step:?}: {}", refused.err);
        assert!(
            refused.err.contains("the plan was changed under its pieces")
                && refused.err.contains("put the old plan.json back"),
            "{}",
            refused.err
        );
    }
    assert_eq!(names(&path.join("r/pieces")), pieces);
    fs::write(&plan, old).unwrap();
    good(path, &["sweep", "run", "r", "--shard", "2/2", "-q"]);
    good(path, &["sweep", "gather", "r"]);
}
