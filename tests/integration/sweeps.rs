//! Sweeps: the same tables whatever shards, kills and order; one writer; nothing mixed.

use crate::program::{countryside, end, json, names, run, start, wait_until};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// An experiment of `samples` points on the small scenario cut short, some tenths of a second of work a
/// dozen.
pub fn experiment(folder: &Path, samples: u32, more: &str) {
    let text = format!(
        "(
            name: \"quick\",
            base: \"tiny\",
            set: (end: \"2015-01-31\"),
            factors: [
                (path: \"household.elasticity\", range: (2.5, 5.0)),
                (path: \"programme.partner_kind\", values: [Shopkeepers, Returnees]),
            ],
            design: LatinHypercube(samples: {samples}),
            replicates: 2,
            outcomes: [\"self_service_orders\", \"stations_open\", (series: \"station_orders\", months: 2), \
         (series: \"shops\", level: Village, months: 1)],
            {more}
        )"
    );
    fs::write(folder.join("e.ron"), text).unwrap();
}

fn tables(folder: &Path) -> Vec<Vec<u8>> {
    let files = ["runs.parquet", "series.parquet", "failures.csv", "outcomes.csv", "columns.csv"];
    files.iter().map(|file| fs::read(folder.join(file)).unwrap()).collect()
}

fn good(folder: &Path, arguments: &[&str]) {
    let ended = run(folder, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.err);
}

#[test]
fn shards_in_any_order_give_the_tables_of_one_machine() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 6, "");
    good(path, &["sweep", "e.ron", "--out", "whole"]);
    good(path, &["sweep", "plan", "e.ron", "--out", "parts", "--shards", "5"]);
    for shard in ["4/5", "1/5", "5/5", "2/5"] {
        good(path, &["sweep", "run", "parts", "--shard", shard, "-q"]);
    }
    let early = run(path, &["sweep", "gather", "parts"]);
    assert_eq!(early.code, Some(1));
    assert!(early.err.contains("2 of 12 runs are missing, of shard 3/5"), "{}", early.err);
    let status = json(path, &["sweep", "status", "parts"]);
    assert_eq!((status["done"].as_u64(), status["missing"].as_u64()), (Some(10), Some(2)));
    assert_eq!(status["shards"][2]["done"], 0);
    good(path, &["sweep", "run", "parts", "--shard", "3/5", "-q"]);
    good(path, &["sweep", "run", "parts", "--shard", "3/5", "-q"]);
    good(path, &["sweep", "gather", "parts"]);
    assert_eq!(tables(&path.join("whole")), tables(&path.join("parts")));
    let other = run(path, &["sweep", "run", "parts", "--shard", "1/4"]);
    assert_eq!(other.code, Some(2));
    assert!(other.err.contains("was planned with 5 shards, not 4"), "{}", other.err);
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 4, "");
    good(path, &["sweep", "e.ron", "--out", "one", "--jobs", "1", "-q"]);
    good(path, &["sweep", "e.ron", "--out", "four", "--jobs", "4", "-q"]);
    assert_eq!(tables(&path.join("one")), tables(&path.join("four")));
    let csv = run(path, &["sweep", "gather", "one", "--format", "csv"]);
    assert_eq!(csv.code, Some(0), "{}", csv.err);
    let text = fs::read_to_string(path.join("one/runs.csv")).unwrap();
    assert_eq!(text.lines().count(), 9);
    assert!(text.starts_with(
        "\u{FEFF}run,point,replicate,seed,household.elasticity,programme.partner_kind,status,fingerprint,\
         self_service_orders,"
    ));
}

#[test]
fn killed_ten_times_and_resumed_it_gives_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 60, "");
    good(path, &["sweep", "e.ron", "--out", "whole", "-q"]);
    let pieces = path.join("torn/pieces");
    let finished = || if pieces.exists() { names(&pieces).len() } else { 0 };
    good(path, &["sweep", "plan", "e.ron", "--out", "torn", "--shards", "1"]);
    for kill in 0..10_u64 {
        let before = finished();
        let mut child = start(path, &["sweep", "e.ron", "--out", "torn", "--resume", "-q"]);
        wait_until("a run is finished", || finished() > before || child.try_wait().unwrap().is_some());
        // At another moment of a run each time.
        std::thread::sleep(Duration::from_millis(kill * 7 % 31));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(finished() >= before, "no finished run is lost");
    }
    good(path, &["sweep", "e.ron", "--out", "torn", "--resume", "-q"]);
    assert_eq!(tables(&path.join("whole")), tables(&path.join("torn")));
    let left: Vec<String> =
        names(&path.join("torn")).into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(left, [""; 0], "nothing unfinished is left");
}

#[test]
fn a_damaged_piece_is_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 3, "");
    good(path, &["sweep", "e.ron", "--out", "r", "-q"]);
    let before = tables(&path.join("r"));
    let piece = path.join("r/pieces").join(&names(&path.join("r/pieces"))[0]);
    let mut bytes = fs::read(&piece).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&piece, bytes).unwrap();
    let ended = run(path, &["sweep", "e.ron", "--out", "r", "--resume", "-q"]);
    assert!(ended.code == Some(0) && ended.err.contains("cut short or changed"), "{}", ended.err);
    assert_eq!(before, tables(&path.join("r")));
}

#[test]
fn an_interrupt_keeps_what_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 400, "");
    let child = start(path, &["sweep", "e.ron", "--out", "r"]);
    let pieces = path.join("r/pieces");
    wait_until("runs are finished", || pieces.exists() && names(&pieces).len() > 3);
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.unwrap().success());
    let ended = end(child);
    assert_eq!(ended.code, Some(130), "{}", ended.err);
    assert!(ended.err.contains("countryside sweep e.ron --out r --resume"), "{}", ended.err);
    let status = json(path, &["sweep", "status", "r"]);
    assert!(status["done"].as_u64().unwrap() > 3 && status["missing"].as_u64().unwrap() > 0);
}

#[test]
fn a_second_sweep_is_refused_and_told_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 400, "");
    let mut first = start(path, &["sweep", "e.ron", "--out", "r", "-q"]);
    let pieces = path.join("r/pieces");
    wait_until("the first is at work", || pieces.exists() && !names(&pieces).is_empty());
    for second in [
        &["sweep", "e.ron", "--out", "r", "--resume"][..],
        &["sweep", "run", "r"],
        &["sweep", "run", "r", "--shard", "1/1"],
        &["sweep", "retry", "r"],
    ] {
        let refused = run(path, second);
        assert_eq!(refused.code, Some(2), "{second:?}");
        assert!(refused.err.contains(&format!("process {} (running all)", first.id())), "{}", refused.err);
    }
    let fresh = run(path, &["sweep", "e.ron", "--out", "r"]);
    assert!(fresh.code == Some(2) && fresh.err.contains("holds a sweep already"), "{}", fresh.err);
    first.kill().unwrap();
    first.wait().unwrap();
}

#[test]
fn another_experiment_or_version_does_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 2, "");
    good(path, &["sweep", "e.ron", "--out", "r", "-q"]);
    experiment(path, 3, "");
    let changed = run(path, &["sweep", "e.ron", "--out", "r", "--resume"]);
    assert_eq!(changed.code, Some(2));
    assert!(changed.err.contains("has changed since it was planned there (design)"), "{}", changed.err);
    experiment(path, 2, "budget: (runs: 50),");
    good(path, &["sweep", "e.ron", "--out", "r", "--resume", "-q"]);
    let plan = path.join("r/plan.json");
    let text = fs::read_to_string(&plan).unwrap().replacen("\"version\": \"", "\"version\": \"0.0.", 1);
    fs::write(&plan, text).unwrap();
    for step in ["status", "run", "gather", "retry"] {
        let old = run(path, &["sweep", step, "r"]);
        assert_eq!(old.code, Some(2), "{step}");
        assert!(old.err.contains("it was planned by version 0.0."), "{}", old.err);
    }
    let other = run(path, &["sweep", "status", "."]);
    assert!(other.code == Some(2) && other.err.contains("not a sweep's folder"), "{}", other.err);
}

#[test]
fn what_it_will_take_is_told_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 50, "");
    let report = json(path, &["sweep", "e.ron", "--dry-run"]);
    assert_eq!((report["points"].as_u64(), report["runs"].as_u64()), (Some(50), Some(100)));
    assert!(report["seconds"].as_f64().unwrap() > 0.0 && report["disk_bytes"].as_u64().unwrap() > 1000);
    assert_eq!(names(path), ["e.ron"], "nothing is written");
    experiment(path, 50, "budget: (runs: 99),");
    let refused = run(path, &["sweep", "e.ron", "--out", "r"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("100 runs, more than the 99 that budget.runs allows"), "{}", refused.err);
    assert_eq!(names(path), ["e.ron"]);
}

#[test]
fn every_example_is_sound() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/experiments");
    let mut count = 0;
    for name in names(&examples).iter().filter(|name| name.ends_with(".ron")) {
        let path = examples.join(name);
        let source = sim_files::FileSource;
        let experiment = sim_experiments::experiment::load(&source, path.to_str().unwrap());
        let experiment = experiment.unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!(format!("{}.ron", experiment.name), *name);
        sim_experiments::plan::RunPlan::new(experiment, "test", 1).unwrap();
        count += 1;
    }
    assert!(count >= 8, "one for every method");
}

/// The share of what a factor covers that lies below a value; nothing if the value is not among those that it
/// takes.
fn position(factor: &sim_experiments::experiment::Factor, column: &[String], value: &str) -> Option<f64> {
    use sim_core::base::math;
    use sim_experiments::experiment::FactorKind;
    let number = || value.parse::<f64>().ok();
    let among = |values: &[String]| {
        let listed: Vec<f64> = values.iter().filter_map(|text| text.parse().ok()).collect();
        match number() {
            Some(own) if listed.len() == values.len() => {
                let below = listed.iter().filter(|other| **other < own).count() as f64;
                let upto = listed.iter().filter(|other| **other <= own).count() as f64;
                (below < upto).then_some((below + upto) / (2.0 * listed.len() as f64))
            }
            _ => values.iter().any(|other| other == value).then_some(0.5),
        }
    };
    match &factor.kind {
        FactorKind::Values(values) => among(values),
        FactorKind::Range { low, high, is_log: true, .. } => {
            let number = number()?;
            Some(math::ln(number / low) / math::ln(high / low))
        }
        FactorKind::Range { low, high, .. } => Some((number()? - low) / (high - low)),
        FactorKind::Distribution { shape, .. } => Some(shape.below(number()?)),
        FactorKind::Policies { .. } => Some(0.5),
        FactorKind::Given => among(column),
    }
}

/// An example that explores a world which a recalibration has left behind teaches what is no longer so.
#[test]
fn every_example_explores_the_world_around_todays_defaults() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/experiments");
    let mut count = 0;
    for name in names(&examples).iter().filter(|name| name.ends_with(".ron")) {
        let source = sim_files::FileSource;
        let experiment =
            sim_experiments::experiment::load(&source, examples.join(name).to_str().unwrap()).unwrap();
        let rows = match &experiment.method {
            Some(sim_experiments::experiment::Method::Table { rows }) => rows.clone(),
            _ => Vec::new(),
        };
        let plan = sim_experiments::plan::RunPlan::new(experiment, "test", 1).unwrap();
        // A seed is no range around anything.
        let varied = plan.experiment().factors.iter().enumerate();
        for (at, factor) in varied.filter(|(_, factor)| factor.path != "world_seed") {
            let default = plan.base_scenario().get(&factor.path).unwrap_or_default();
            let column: Vec<String> = rows.iter().map(|row| row[at].clone()).collect();
            let position = position(factor, &column, &default);
            assert!(
                position.is_some_and(|share| (0.1..=0.9).contains(&share)),
                "{name}: {} covers {:?} {column:?}, today's default is {default}: position {position:?}",
                factor.name,
                factor.kind
            );
            count += 1;
        }
    }
    assert!(count > 30, "{count} factors");
}

#[test]
fn a_wrong_experiment_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 2, "outcome: [\"x\"],");
    let text = fs::read_to_string(path.join("e.ron")).unwrap().replace("elasticity", "elasticty");
    fs::write(path.join("e.ron"), text).unwrap();
    let ended = countryside(path).args(["sweep", "e.ron", "--out", "r"]).output().unwrap();
    let message = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(
        message.contains("e.ron:6:24: factors[0].path")
            && message.contains("did you mean `household.elasticity`?"),
        "{message}"
    );
    assert!(message.contains("did you mean `outcomes`?"), "{message}");
    assert_eq!(names(path), ["e.ron"]);
}
