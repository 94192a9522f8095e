//! Every table says what its columns mean, and every number its unit.

use crate::program::{names, run};
use std::fs;
use std::path::Path;

fn good(folder: &Path, arguments: &[&str]) {
    let ended = run(folder, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.err);
}

/// A CSV file's rows.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    let row =
        |record: Result<csv::StringRecord, csv::Error>| record.unwrap().iter().map(str::to_owned).collect();
    reader.records().map(row).collect()
}

/// Numbers that only tell rows apart.
const APART: [&str; 14] = [
    "owner",
    "run",
    "row",
    "point",
    "replicate",
    "seed",
    "plan",
    "village",
    "household",
    "shop",
    "founder",
    "copied_village",
    "copied_shop",
    "pair",
];

#[test]
fn every_column_of_every_table_has_its_meaning_and_every_number_its_unit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let short = ["--until", "2014-11-30", "--format", "csv", "-q", "--out"];
    good(path, &[&["run", "tiny"][..], &short, &["run"]].concat());
    good(
        path,
        &[
            &[
                "compare",
                "tiny",
                "no_programme",
                "--sample",
                "0.01",
                "--set",
                "places.select=Codes([330122])",
            ][..],
            &["--seeds", "2"],
            &short,
            &["compare"],
        ]
        .concat(),
    );
    let sweep = "(name: \"x\", base: \"tiny\", set: (end: \"2014-10-31\"),
        factors: [(path: \"places.villages_per_county\", range: (3, 5)), (path: \"household.elasticity\", \
                 log_range: (3.0, 4.0)), (path: \"household_sample\", values: [1.0])],
        design: Sobol(samples: 2), outcomes: [\"shops\", (series: \"shop_sales\", level: Village, months: \
                 1), (series: \"paid_by_programme\", months: 2)])";
    let sweep = sweep.replace("shop_sales\", level: Village", "yearly_sales\", level: Village");
    fs::write(path.join("x.ron"), sweep).unwrap();
    good(path, &["sweep", "x.ron", "--out", "sweep", "--format", "csv", "-q"]);
    let search = "(name: \"y\", base: \"tiny\", set: (end: \"2014-10-31\"), factors: [(path: \
                  \"programme.training_hours\", range: (0.0, 80.0)), (path: \"programme.enabled\", values: \
                  [true, false])],
        search: (maximise: \"self_service_orders\", plans: 4, finalists: 1, fresh_seeds: 2), outcomes: \
                  [\"self_service_orders\"])";
    fs::write(path.join("y.ron"), search).unwrap();
    good(path, &["optimise", "y.ron", "--out", "search", "--format", "csv", "-q"]);
    let mut tables = 0;
    for folder in ["run", "compare", "sweep", "search"] {
        let columns = rows(&path.join(folder).join("columns.csv"));
        for file in names(&path.join(folder)) {
            let Some(table) =
                file.strip_suffix(".csv").filter(|name| !["columns", "outcomes"].contains(name))
            else {
                continue;
            };
            for name in &rows(&path.join(folder).join(&file))[0] {
                let row = columns.iter().find(|row| row[0] == table && row[1] == *name);
                let row = row.unwrap_or_else(|| panic!("{folder}/{file}: {name} is not in columns.csv"));
                let is_number = row[3].contains("number");
                assert!(!row[5].is_empty(), "{folder}/{file}: {name} has no meaning");
                assert!(
                    !is_number || !row[2].is_empty() || APART.contains(&name.as_str()),
                    "{folder}/{file}: {name} is a number without a unit"
                );
            }
            tables += 1;
        }
    }
    assert!(tables >= 15, "{tables} tables");
}
