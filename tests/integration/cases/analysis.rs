//! What analyses say of few, equal, missing and discrete points.

use crate::program::{json, run};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of a case.
fn input(case: &str, file: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases");
    let path = folder.join(case).join(file);
    fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// Runs a case's sweep to a folder `r`.
fn sweep(path: &Path, case: &str, file: &str) {
    swept(path, &input(case, file));
}

fn swept(path: &Path, text: &str) {
    fs::write(path.join("e.ron"), text).unwrap();
    let ended = run(path, &["sweep", "e.ron", "--out", "r", "--format", "csv", "-q"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

/// The table of runs, column by column.
fn runs(path: &Path) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(path.join("r/runs.csv")).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in reader.records() {
        for (name, value) in header.iter().zip(record.unwrap().iter()) {
            columns.entry(name.to_owned()).or_default().push(value.to_owned());
        }
    }
    columns
}

/// The values of a factor that were run, in their order.
fn tried(path: &Path, factor: &str) -> Vec<f64> {
    let columns = runs(path);
    let mut values: Vec<f64> = columns[factor].iter().map(|value| value.parse().unwrap()).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

fn row<'v>(found: &'v Value, part: &str, factor: &str) -> &'v Value {
    let rows = found[part].as_array().unwrap();
    rows.iter().find(|row| row["factor"] == factor).unwrap()
}

#[test]
fn case_01_effects_of_discrete_factors_are_divided_by_the_change_made_and_every_value_is_tried() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    sweep(path, "01-morris-discrete", "m.ron");
    let columns = runs(path);
    let policies: BTreeSet<&str> = columns["policy"].iter().map(String::as_str).collect();
    assert_eq!(policies.into_iter().collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
    // In the very same runs, what switching the programme on did.
    let plan: Value = serde_json::from_str(&fs::read_to_string(path.join("r/plan.json")).unwrap()).unwrap();
    assert_eq!(plan["experiment"]["name"], "morris_discrete");
    let found = json(path, &["analyse", "r"]);
    let effect = row(&found, "morris", "programme.enabled");
    let star = effect["mu_star"]["value"].as_f64().unwrap();
    let (on, off) = on_and_off(&columns);
    let seen = on - off;
    assert!((0.7..1.3).contains(&(star / seen)), "mu* {star}, seen {seen}");
    assert_eq!(row(&found, "morris", "policy")["mu"], Value::Null, "policies have no direction");
    // Too few trajectories to try all five are refused.
    let few = input("01-morris-discrete", "m.ron").replace("trajectories: 40", "trajectories: 2");
    fs::write(path.join("few.ron"), few).unwrap();
    let ended = run(path, &["sweep", "few.ron", "--out", "few"]);
    assert_eq!(ended.code, Some(2), "{}", ended.out);
    assert!(ended.err.contains("`policy` has 5 values, and Morris(trajectories: 2) tries"), "{}", ended.err);
}

/// Mean orders of stations with and without the programme.
fn on_and_off(columns: &BTreeMap<String, Vec<String>>) -> (f64, f64) {
    let mean = |wanted: &str| {
        let rows = columns["programme.enabled"].iter().zip(&columns["station_orders"]);
        let values: Vec<f64> = rows
            .filter(|(enabled, _)| *enabled == wanted)
            .map(|(_, orders)| orders.parse().unwrap())
            .collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    (mean("true"), mean("false"))
}

#[test]
fn case_02_ranges_of_whole_numbers_reach_both_ends() {
    for (file, expected) in
        [("log_range.ron", [1.0, 3.0, 10.0, 32.0, 100.0]), ("range.ron", [1.0, 26.0, 51.0, 75.0, 100.0])]
    {
        let folder = tempfile::tempdir().unwrap();
        sweep(folder.path(), "02-whole-log-range", file);
        assert_eq!(tried(folder.path(), "places.villages_per_county"), expected, "{file}");
    }
    let folder = tempfile::tempdir().unwrap();
    sweep(folder.path(), "02-whole-log-range", "oat.ron");
    let found = json(folder.path(), &["analyse", "r"]);
    let rows = found["one_at_a_time"].as_array().unwrap();
    let values: Vec<u64> = rows.iter().map(|row| row["value"].as_u64().unwrap()).collect();
    assert_eq!(values, [1, 3, 10, 32, 100]);
}

#[test]
fn case_03_equal_values_are_refused_and_equal_points_are_run_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("e.ron"), input("03-duplicates", "dup_values.ron")).unwrap();
    let ended = run(path, &["sweep", "e.ron", "--out", "r"]);
    assert_eq!(ended.code, Some(2), "{}", ended.out);
    for said in [
        "the value 3 is given before, as 3.0",
        "the value 3.00 is given before, as 3.0",
        "the value true is given twice",
    ] {
        assert!(ended.err.contains(said), "{said}: {}", ended.err);
    }
    sweep(path, "03-duplicates", "salt.ron");
    let prints = &runs(path)["fingerprint"];
    let different: BTreeSet<&String> = prints.iter().collect();
    assert_eq!((prints.len(), different.len()), (254, 254));
    let rows = fs::read_to_string(path.join("r/design.csv")).unwrap();
    assert_eq!(rows.lines().count(), 1 + 320, "the point of every row of the design");
    let found = json(path, &["analyse", "r"]);
    let index = row(&found, "sobol", "programme.enabled");
    assert!(index["first"]["value"].as_f64().unwrap() > 0.3, "{index}");
    // The same on every machine, and after a stop.
    let plan = run(path, &["sweep", "plan", "e.ron", "--out", "p", "--shards", "3"]);
    assert_eq!(plan.code, Some(0), "{}", plan.err);
    for shard in ["3/3", "1/3", "2/3"] {
        let ended = run(path, &["sweep", "run", "p", "--shard", shard, "-q"]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
    }
    let gathered = run(path, &["sweep", "gather", "p", "--format", "csv"]);
    assert_eq!(gathered.code, Some(0), "{}", gathered.err);
    for file in ["runs.csv", "design.csv"] {
        let [alone, parted] = ["r", "p"].map(|folder| fs::read(path.join(folder).join(file)).unwrap());
        assert!(alone == parted, "{file}");
    }
}

#[test]
fn case_05_points_without_a_value_are_left_out_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    sweep(path, "05-missing-as-success", "e.ron");
    let ended = run(path, &["analyse", "r", "--fails", "partner_income_p50<104"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.contains("52 % of 40 points with a value; 40 have none"), "{}", ended.out);
    assert!(
        ended.out.contains("partner income p50: 40 of 80 points have no value and are left out.\n"),
        "{}",
        ended.out
    );
    let found = json(path, &["analyse", "r", "--fails", "partner_income_p50<104"]);
    assert_eq!((&found["box"]["points"], &found["box"]["without_value"]), (&40.into(), &40.into()));
    assert_eq!((&found["failed"], &found["missing"]), (&0.into(), &0.into()));
}

#[test]
fn case_05_runs_that_failed_are_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let text = "(
        name: \"half\", base: \"tiny\", set: (end: \"2014-12-31\"),
        factors: [(path: \"logistics.trunk_min\", values: [0.5, 20.0]), (path: \"household.elasticity\", \
                values: [3.0, 4.0])],
        design: Factorial, outcomes: [\"self_service_orders\"],
    )";
    fs::write(path.join("e.ron"), text).unwrap();
    let ended = run(path, &["sweep", "e.ron", "--out", "r", "-q"]);
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    let ended = run(path, &["analyse", "r"]);
    assert!(ended.out.contains("Of 4 runs 2 failed: they have no values and are left out."), "{}", ended.out);
    assert_eq!(json(path, &["analyse", "r"])["failed"], 2);
}

#[test]
fn case_25_designs_have_a_seed_and_outcomes_can_leave_out_a_warm_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mut designs = BTreeSet::new();
    for (at, design) in [
        "Saltelli(samples: 4)",
        "Saltelli(samples: 4, seed: 2)",
        "Sobol(samples: 8, seed: 2)",
        "Sobol(samples: 8, seed: 3)",
    ]
    .into_iter()
    .enumerate()
    {
        let text = input("25-design-seed-and-sizes", "d.ron").replace("Saltelli(samples: 100)", design);
        let inner = path.join(at.to_string());
        fs::create_dir(&inner).unwrap();
        swept(&inner, &text);
        designs.insert(format!("{:?}", runs(&inner)["household.elasticity"]));
    }
    assert_eq!(designs.len(), 4, "each is another");
    let text = input("25-design-seed-and-sizes", "w.ron");
    let text = text.replace(
        "(series: \"self_service_orders\", at: [\"2015-10-01\", \"2015-10-31\"])",
        "\"self_service_orders\", (series: \"self_service_orders\", from: \"2015-10-01\"), (series: \
            \"self_service_orders\", \
         until: \"2015-09-30\")",
    );
    swept(path, &text);
    let columns = runs(path);
    let numbers =
        |name: &str| -> Vec<f64> { columns[name].iter().map(|value| value.parse().unwrap()).collect() };
    let [whole, late, early] =
        ["self_service_orders", "self_service_orders_from_2015_10", "self_service_orders_until_2015_09"]
            .map(numbers);
    for at in 0..2 {
        assert!(late[at] > 0.0 && early[at] > 0.0);
        assert_eq!(late[at] + early[at], whole[at], "no month is lost or counted twice");
    }
}

#[test]
fn case_28_too_few_have_no_interval() {
    for (file, said) in [
        ("m1.ron", "1 effect of a factor: too few for an interval"),
        ("m2.ron", "2 effects of a factor: too few for an interval"),
        ("s.ron", "2 of 2 base samples are whole: too few for an interval"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        sweep(path, "28-intervals-from-too-few", file);
        let ended = run(path, &["analyse", "r"]);
        assert!(ended.out.contains(said), "{file}: {}", ended.out);
        let found = json(path, &["analyse", "r"]);
        let (part, estimate) = if file == "s.ron" { ("sobol", "first") } else { ("morris", "mu_star") };
        let effect = &row(&found, part, "household.elasticity")[estimate];
        assert!(effect["value"].is_number(), "{file}: {effect}");
        assert_eq!((&effect["low"], &effect["high"]), (&Value::Null, &Value::Null), "{file}");
        assert!(!found["warnings"].as_array().unwrap().is_empty(), "{file}");
        // No quantiles of points that were chosen.
        let band = &found["bands"][0];
        assert_eq!(band["p50"].is_null(), part == "morris", "{file}: {band}");
    }
    let folder = tempfile::tempdir().unwrap();
    sweep(folder.path(), "28-intervals-from-too-few", "s.ron");
    let out = run(folder.path(), &["analyse", "r"]).out;
    assert!(out.contains("Saltelli's estimator of 2010") && out.contains("Jansen's of 1999"), "{out}");
    let html = run(folder.path(), &["report", "r", "-o", "r.html"]);
    assert_eq!(html.code, Some(0), "{}", html.err);
    let page = fs::read_to_string(folder.path().join("r.html")).unwrap();
    assert!(page.contains("too few for an interval") && page.contains("Jansen"));
}

#[test]
fn pairs_of_factors_have_indices_where_the_design_has_points_for_them() {
    let text = input("28-intervals-from-too-few", "s.ron");
    let plain = tempfile::tempdir().unwrap();
    swept(plain.path(), &text);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    swept(path, &text.replace("samples: 2", "samples: 2, second_order: true"));
    let found = json(path, &["analyse", "r"]);
    let pairs = found["sobol_pairs"].as_array().unwrap();
    assert!(pairs.iter().all(|pair| pair["second"]["value"].is_number()), "{found}");
    assert_eq!(pairs[0]["factors"].as_array().unwrap().len(), 2);
    // The points for pairs do not change what is told of factors alone.
    let alone = json(plain.path(), &["analyse", "r"]);
    assert!(alone["sobol_pairs"].is_null() && alone["sobol"] == found["sobol"], "{alone}");
    let out = run(path, &["analyse", "r"]).out;
    assert!(out.contains("Pairs of factors") && out.contains("Saltelli's estimator of 2002"), "{out}");
}

#[test]
fn case_28_nothing_is_sure_of_few_pairs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let idle = "(base: \"tiny\", name: \"idle\", programme: (enabled: false))";
    fs::write(path.join("idle.ron"), idle).unwrap();
    let compared = |seeds: &str| {
        ["compare", "tiny", "idle.ron", "--seeds", seeds, "--until", "2015-03-31"].map(str::to_owned).to_vec()
    };
    let asked = compared("2");
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let ended = run(path, &asked);
    assert!(
        ended.out.contains("2 pairs of runs: too few for an interval") && !ended.out.contains("surely rose"),
        "{}",
        ended.out
    );
    assert!(!ended.out.contains("± 0"), "{}", ended.out);
    let found = json(path, &asked);
    for one in found["outcomes"].as_array().unwrap() {
        assert_eq!((&one["difference"]["sure"], &one["difference"]["margin"]), (&false.into(), &Value::Null));
    }
    assert_eq!(found["prices"], Value::Array(Vec::new()));
    let asked = compared("8");
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let found = json(path, &asked);
    let open = |name: &str| {
        let all = found["outcomes"].as_array().unwrap();
        all.iter().find(|one| one["outcome"] == name).unwrap()["difference"].clone()
    };
    assert_eq!(open("stations_open")["sure"], true);
}

#[test]
fn case_29_tails_are_cut_alike_wherever_values_are_stepped_through() {
    let ends = |file: &str| {
        let folder = tempfile::tempdir().unwrap();
        sweep(folder.path(), "29-morris-with-distributions", file);
        ["household.persuasion", "logistics.courier_fee"].map(|factor| {
            let values = tried(folder.path(), factor);
            [values[0], values[values.len() - 1]]
        })
    };
    let (morris, factorial) = (ends("m.ron"), ends("f.ron"));
    for (a, b) in morris.iter().flatten().zip(factorial.iter().flatten()) {
        assert!((a - b).abs() < 1e-9, "{morris:?} {factorial:?}");
    }
    let [low, high] = morris[0];
    assert!((low - 0.2102).abs() < 1e-4 && (high - 0.3498).abs() < 1e-4, "{morris:?}");
}

#[test]
fn equal_plans_of_a_search_are_one_and_few_seeds_crown_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let text = "(name: \"switch\", base: \"tiny\", set: (end: \"2014-12-31\"),
        factors: [(path: \"programme.enabled\", values: [true, false])],
        search: (maximise: \"station_orders\", plans: 10, finalists: 4, fresh_seeds: 2))";
    fs::write(path.join("e.ron"), text).unwrap();
    let found = json(path, &["optimise", "e.ron", "--out", "r", "--format", "csv"]);
    let finalists = found["finalists"].as_array().unwrap();
    assert_eq!(finalists.len(), 3, "as it is, on and off: {found}");
    for one in finalists {
        assert_eq!((&one["sure"], &one["standing"]), (&Value::Null, &"not known".into()));
    }
    let table = fs::read_to_string(path.join("r/finalists.csv")).unwrap();
    let first = table.lines().nth(1).unwrap();
    assert!(first.starts_with(','), "the scenario as it is has no plan number: {first}");
    let text = run(path, &["optimise", "e.ron", "--out", "r", "--resume"]).out;
    assert!(text.contains("fewer than 8 fresh seeds") && !text.contains("surely"), "{text}");
    let html = run(path, &["report", "r", "-o", "r.html"]);
    assert_eq!(html.code, Some(0), "{}", html.err);
    assert!(fs::read_to_string(path.join("r.html")).unwrap().contains("Which plan is best cannot be told."));
}
