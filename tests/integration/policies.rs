//! Policies crossed with worlds, derived outcomes, and what tells of them.

use crate::program::{json, run};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Three policies in nine worlds of a short run.
const STUDY: &str = "(
    name: \"study\",
    base: \"tiny\",
    set: (end: \"2014-12-31\"),
    policies: [
        (name: \"as planned\"),
        (name: \"none\", set: (programme: (enabled: false))),
        (name: \"trained\", set: (programme: (training_hours: 64.0))),
    ],
    baseline: \"none\",
    factors: [(path: \"household.elasticity\", range: (3.0, 4.0))],
    design: LatinHypercube(samples: 9),
    outcomes: [
        \"station_orders\",
        \"paid_by_programme\",
        \"self_service_orders\",
        (name: \"all_orders\", formula: \"station_orders + self_service_orders\"),
    ],
    maximise: \"all_orders\",
    minimise: \"paid_by_programme\",
)";

fn swept(path: &Path, text: &str) {
    fs::write(path.join("e.ron"), text).unwrap();
    let ended = run(path, &["sweep", "e.ron", "--out", "r", "--format", "csv", "-q"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

fn of<'v>(rows: &'v Value, policy: &str, outcome: &str) -> &'v Value {
    let found = rows.as_array().unwrap().iter();
    found.into_iter().find(|row| row["policy"] == policy && row["outcome"] == outcome).unwrap()
}

#[test]
fn policies_are_compared_over_the_same_worlds_of_a_sampled_design() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    swept(path, STUDY);
    let ended = run(path, &["check", "e.ron"]);
    assert_eq!(
        ended.out, "e.ron: sound; LatinHypercube of 1 factor, 9 points, 3 policies, 1 replicate: 27 runs\n",
        "{}",
        ended.err
    );
    let found = json(path, &["analyse", "r"]);
    let policies = &found["policies"];
    assert_eq!(policies["baseline"], "none");
    for policy in ["as planned", "none", "trained"] {
        let regret = of(&policies["regret"], policy, "all_orders");
        assert_eq!(regret["states"], 9, "{regret}");
        assert!(regret["regret_mean"].is_f64() && regret["regret_margin"].is_f64(), "{regret}");
    }
    let change = of(&policies["changes"], "as planned", "paid_by_programme");
    assert_eq!(
        (&change["more_share"], &change["sure"], &change["draws"]),
        (&1.0.into(), &true.into(), &9.into())
    );
    assert_eq!(of(&policies["changes"], "none", "paid_by_programme")["change"], 0.0);
    assert_eq!(policies["dominance"]["beats_in"].as_array().unwrap().len(), 3);
    let bands = found["bands"].as_array().unwrap();
    assert_eq!(bands.iter().filter(|band| band["policy"] == "trained").count(), 4);
    let text = run(path, &["analyse", "r", "--fails", "station_orders<1"]).out;
    assert!(!text.contains("NaN") && text.contains("over 9 states of the world"), "{text}");
    assert!(text.contains("Where station_orders<1 with none\n  At all of 9 points."), "{text}");
    let page = run(path, &["report", "r", "-o", "page.html"]);
    assert_eq!(page.code, Some(0), "{}", page.err);
    let page = fs::read_to_string(path.join("page.html")).unwrap();
    assert!(page.contains("Policies against each other") && page.contains("beaten by none in"));
}

/// The sum that a formula makes is that of the columns.
#[test]
fn a_derived_outcome_is_a_column_beside_what_it_is_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    swept(path, &STUDY.replace("samples: 9", "samples: 2"));
    let text = fs::read_to_string(path.join("r/runs.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|cell| cell == name).unwrap();
    let mut rows = 0;
    for record in reader.records().map(Result::unwrap) {
        let value = |name: &str| record[at(name)].parse::<f64>().unwrap();
        assert_eq!(value("all_orders"), value("station_orders") + value("self_service_orders"));
        rows += 1;
    }
    assert_eq!(rows, 6);
    // A sum of what was kept needs no new runs; what was not kept does.
    let more = STUDY.replace("samples: 9", "samples: 2").replace(
        "(name: \"all_orders\"",
        "(name: \"twice\", formula: \"2 * station_orders\"), (name: \"all_orders\"",
    );
    fs::write(path.join("more.ron"), &more).unwrap();
    let grown = run(path, &["sweep", "more.ron", "--out", "grown", "--grow", "r", "--format", "csv"]);
    assert!(grown.err.contains("6 of the 6 finished runs of r are kept; 0 runs are new"), "{}", grown.err);
    fs::write(
        path.join("lacking.ron"),
        STUDY.replace("\"self_service_orders\",", "\"self_service_orders\", \"shops\","),
    )
    .unwrap();
    let grown =
        run(path, &["sweep", "plan", "lacking.ron", "--out", "p", "--shards", "1", "--grow", "grown"]);
    assert!(grown.err.contains("shops"), "{}{}", grown.out, grown.err);
    let few = json(path, &["analyse", "r"]);
    let warnings = few["warnings"].to_string();
    assert!(warnings.contains("2 worlds that were drawn: too few for intervals of policies"), "{warnings}");
}

/// A design that draws the policy of each point has no world with two of them: it says so, and no figures.
#[test]
fn a_sampled_factor_of_policies_is_told_to_have_no_common_worlds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let factor =
        "factors: [(policies: [(name: \"on\"), (name: \"off\", set: (programme: (enabled: false)))]), ";
    let start = STUDY.find("policies: [").unwrap();
    let end = STUDY.find("factors: [").unwrap();
    let text = format!("{}{}", &STUDY[..start], &STUDY[end..]).replace("factors: [", factor);
    swept(path, &text.replace("samples: 9", "samples: 4"));
    let found = json(path, &["analyse", "r"]);
    assert!(
        found["warnings"].to_string().contains("`policies` beside `factors` runs every policy"),
        "{found}"
    );
    assert_eq!(found["policies"]["regret"], Value::Array(Vec::new()));
    assert!(!run(path, &["analyse", "r"]).out.contains("Regret"));
}

#[test]
fn check_tells_every_fault_of_an_experiment_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let text =
        STUDY.replace("elasticity", "elasticty").replace("\"none\",\n    factors", "\"non\",\n    factors");
    fs::write(path.join("e.ron"), text).unwrap();
    let ended = run(path, &["check", "tiny", "e.ron"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.out.starts_with("tiny: sound;"), "{}", ended.out);
    for said in ["e.ron:11:22: factors[0].path", "e.ron:10:15: baseline: there is no policy `non`"] {
        assert!(ended.err.contains(said), "{said}: {}", ended.err);
    }
}

#[test]
fn outcomes_are_listed_with_their_units() {
    let folder = tempfile::tempdir().unwrap();
    let listed = json(folder.path(), &["outcomes", "paid_by_programme"]);
    assert_eq!((&listed[0]["name"], &listed[0]["unit"]), (&"paid_by_programme".into(), &"yuan".into()));
    let text = run(folder.path(), &["outcomes", "shops", "--level", "village"]).out;
    assert!(text.starts_with("Name") && text.contains("village"), "{text}");
    let none = run(folder.path(), &["outcomes", "paid_by_programm"]);
    assert_eq!(none.code, Some(0), "a part of a name is found: {}", none.err);
    let none = run(folder.path(), &["outcomes", "station_oders"]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("did you mean `station_orders`?"), "{}", none.err);
}
