//! The evidence: the page is of these targets, verdicts follow from its numbers, a reduced run agrees with
//! it, and the command goes on where it was interrupted.

use crate::program::{run, small_validation};
use crate::support;
use serde_json::Value;
use sim_core::scenario::Scenario;
use sim_experiments::evidence::facts;
use sim_experiments::evidence::targets::{Target, Targets};
use sim_experiments::evidence::trace::Trace;
use sim_experiments::evidence::verdict::value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn targets() -> Targets {
    Targets::embedded().unwrap()
}

/// The rows of the table beside the page, by target, in its order.
fn recorded() -> Vec<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/evidence/targets.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or(f64::NAN)
}

#[test]
fn the_page_is_of_the_targets_that_ship() {
    let targets = targets();
    let rows = recorded();
    let names: Vec<&str> = rows.iter().map(|row| row["target"].as_str()).collect();
    let known: Vec<&str> = targets.targets.iter().map(|target| target.name.as_str()).collect();
    assert_eq!(names, known, "make it anew: countryside validate --out docs/evidence.md");
    for (row, target) in rows.iter().zip(&targets.targets) {
        let role = format!("{:?}", target.role).to_lowercase();
        assert_eq!(row["role"], role, "{}", target.name);
        let published = target.fact.as_ref().map(|fact| facts::published(fact).unwrap());
        let text = published.as_ref().map_or("", |figure| figure.text.as_str());
        assert_eq!(row["published"], text, "{}", target.name);
        let (mean, low, high) =
            (number(row, "mean"), number(row, "accepted_low"), number(row, "accepted_high"));
        let inside = !(mean < low || mean > high);
        match row["verdict"].as_str() {
            "met" => assert!(inside && mean.is_finite(), "{}", target.name),
            "missed" => assert!(!inside, "{}", target.name),
            "not_testable" => assert!(!row["remark"].is_empty(), "{}", target.name),
            other => panic!("{}: {other}", target.name),
        }
    }
}

/// Parcels and jobs of a reduced run: forty counties to the end of 2014. Means over counties differ by their
/// number and by chance, hence a factor.
#[test]
fn a_reduced_run_agrees_with_the_page() {
    let targets = targets();
    let nation = targets.run("nation").unwrap();
    let reduced = [("places.select", "Random(count: 40)"), ("start", "2013-01-01"), ("end", "2014-12-31")];
    let reduced = reduced.map(|(path, value)| (path.to_owned(), value.to_owned()));
    let scenario: Scenario = nation.scenario(true, &reduced).unwrap();
    let simulation = support::run(&scenario);
    let (series, probes) = targets.wanted(nation);
    let trace = Trace::of(&simulation, &series, &probes);
    let rows = recorded();
    for (name, factor) in [("parcels_2014", 1.5), ("poverty_2013", 1.25), ("poverty_2014", 1.25)] {
        let target: &Target = targets.target(name).unwrap();
        let row = rows.iter().find(|row| row["target"] == name).unwrap();
        let (found, known) = (value(target, &trace), number(row, "mean"));
        assert!(
            (known / factor..=known * factor).contains(&found),
            "{name}: {found} here, {known} on the page"
        );
    }
}

#[test]
fn an_interrupted_validation_goes_on_and_says_what_it_cannot_tell() {
    let folder = tempfile::tempdir().unwrap();
    let command = small_validation(&["--out", "page.md", "--json"]);
    let first = run(folder.path(), &command);
    assert_eq!(first.code, Some(0), "{}", first.err);
    let rows: Vec<Value> = serde_json::from_str(&first.out).unwrap();
    assert_eq!(rows.len(), targets().targets.len());
    let row = |name: &str| rows.iter().find(|row| row["target"] == name).unwrap();
    assert_eq!(row("stations_2015_03")["remark"], "the runs end earlier");
    assert_eq!(row("stations_2015_03")["verdict"], "not_testable");
    assert!(row("taobao_villages_2013")["remark"].as_str().unwrap().contains("too rare"));
    assert!(row("parcels_2014")["mean"].as_f64().unwrap() > 0.0);
    let page = fs::read_to_string(folder.path().join("page.md")).unwrap();
    assert!(page.contains("| P11 |") && page.contains("not testable: the runs end earlier"));
    for plot in ["stations", "taobao_villages", "overview"] {
        let plot = fs::read_to_string(folder.path().join(format!("page/{plot}.svg"))).unwrap();
        assert!(plot.starts_with("<svg") && plot.trim_end().ends_with("</svg>"));
    }
    // As if it had been stopped before the last run, and that run's file been torn.
    let kept: Vec<_> = fs::read_dir(folder.path().join("runs/evidence"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(kept.len(), 2);
    let whole = fs::read_to_string(&kept[0]).unwrap();
    fs::write(&kept[0], &whole[..whole.len() / 2]).unwrap();
    let again = run(folder.path(), &command);
    assert_eq!((again.code, again.out), (Some(0), first.out));
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), whole);
}
