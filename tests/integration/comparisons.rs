//! Comparisons and searches from the command line.

use crate::program::{json, names, run, start, wait_until};
use std::fs;

#[test]
fn a_comparison_tells_differences_prices_and_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let other =
        "(base: \"tiny\", name: \"other\", programme: (promotion: 1000.0), partner: (commission: 0.15))";
    fs::write(path.join("other.ron"), other).unwrap();
    let arguments =
        ["compare", "tiny", "other.ron", "--seeds", "12", "--until", "2015-09-30", "--explain", "--out", "r"];
    let found = json(path, &arguments);
    let outcome = |name: &str| {
        let all = found["outcomes"].as_array().unwrap();
        all.iter().find(|one| one["outcome"] == name).unwrap()["difference"].clone()
    };
    let income = outcome("partner_income_mean");
    assert!(income["change"].as_f64().unwrap() > 0.0 && income["sure"] == true, "{income}");
    assert!(income["since"].is_string());
    let saved: f64 = ["self_service_orders", "station_orders"]
        .iter()
        .map(|name| outcome(name)["saved"].as_f64().unwrap())
        .sum();
    assert!(saved > 4.0, "common random numbers at least halves the variance: {saved}");
    assert_eq!(found["changes"].as_array().unwrap().len(), 2);
    let reasons = found["explanation"].as_array().unwrap();
    let reason = |path: &str| {
        let found =
            reasons.iter().find(|one| one["path"] == path && one["outcome"] == "partner_income_p50").unwrap();
        found["alone"]["change"].as_f64().unwrap()
    };
    assert!(
        reason("partner.commission").abs() > reason("programme.promotion").abs(),
        "commission is what pays"
    );
    assert_eq!(
        names(&path.join("r")),
        [
            "changes.parquet",
            "columns.csv",
            "counties.parquet",
            "differences.parquet",
            "first.ron",
            "manifest.json",
            "months.parquet",
            "runs.parquet",
            "second.ron",
            "villages.parquet"
        ]
    );
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(path.join("r/manifest.json")).unwrap()).unwrap();
    let command: Vec<&str> = manifest["reproduce"].as_str().unwrap().split(' ').skip(1).collect();
    let made_again = run(&path.join("r"), &[&command[..], &["-q"]].concat());
    assert_eq!(made_again.code, Some(0), "{}", made_again.err);
    for table in ["changes", "counties", "differences", "months", "runs", "villages"] {
        let [first, second] = ["r", "again"]
            .map(|folder| fs::read(path.join(folder).join(format!("{table}.parquet"))).unwrap());
        assert!(first == second, "the folder makes {table} again");
    }
    let again = run(path, &arguments);
    assert!(again.code == Some(2) && again.err.contains("this very run"), "{}", again.err);
    let same = run(path, &["compare", "tiny", "tiny", "--seeds", "2", "--until", "2014-12-31"]);
    assert!(same.code == Some(0) && same.out.contains("They differ in nothing"), "{}", same.err);
}

#[test]
fn a_search_killed_and_resumed_finds_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let text = "(
        name: \"s\", base: \"tiny\", set: (end: \"2015-06-30\"),
        factors: [(path: \"programme.promotion\", range: (0.0, 1000.0)), (path: \"partner.commission\", \
                range: (0.0, 0.2))],
        search: (maximise: \"station_orders\", subject_to: [(outcome: \"paid_by_programme\", at_most: \
                2500000.0)], plans: 24, finalists: 2, fresh_seeds: 3),
        replicates: 2,
    )";
    fs::write(path.join("s.ron"), text).unwrap();
    let whole = json(path, &["optimise", "s.ron", "--out", "whole"]);
    assert_eq!(whole["plans_tried"], 24);
    assert_eq!(whole["finalists"].as_array().unwrap().len(), 3);
    let mut child = start(path, &["optimise", "s.ron", "--out", "torn", "-q"]);
    let pieces = path.join("torn/pieces");
    wait_until("runs are finished", || pieces.exists() && names(&pieces).len() > 8);
    child.kill().unwrap();
    child.wait().unwrap();
    let torn = json(path, &["optimise", "s.ron", "--out", "torn", "--resume"]);
    assert_eq!(whole, torn);
    for file in ["plans.parquet", "finalists.parquet"] {
        assert_eq!(
            fs::read(path.join("whole").join(file)).unwrap(),
            fs::read(path.join("torn").join(file)).unwrap()
        );
    }
    let sweep = run(path, &["sweep", "s.ron", "--out", "x"]);
    assert!(sweep.code == Some(2) && sweep.err.contains("countryside optimise"), "{}", sweep.err);
}
