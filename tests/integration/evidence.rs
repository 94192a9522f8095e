//! The evidence: the page is of these targets, verdicts follow from its numbers, a reduced run agrees with
//! it, and the command goes on where it was interrupted.

use crate::program::{run, small_validation};
use crate::support;
use serde_json::Value;
use sim_core::scenario::{BuiltinSource, Scenario};
use sim_experiments::evidence::fitted::FittedParameters;
use sim_experiments::evidence::targets::{Target, TargetUse, Targets};
use sim_experiments::evidence::trace::Trace;
use sim_experiments::evidence::verdict::value;
use sim_experiments::trial::{Panel, analyse};
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
    let fitted = FittedParameters::embedded(&targets).unwrap();
    let rows = recorded();
    let names: Vec<&str> = rows.iter().map(|row| row["target"].as_str()).collect();
    let known: Vec<&str> = targets.targets.iter().map(|target| target.name.as_str()).collect();
    assert_eq!(names, known, "make it anew: countryside validate --out docs/evidence.md");
    for (row, target) in rows.iter().zip(&targets.targets) {
        let role = format!("{:?}", target.role).to_lowercase();
        assert_eq!(row["role"], role, "{}", target.name);
        let text = target.published.as_ref().map_or("", |figure| figure.text.as_str());
        assert_eq!(row["published"], text, "{}", target.name);
        let (mean, low, high) =
            (number(row, "mean"), number(row, "accepted_low"), number(row, "accepted_high"));
        let inside = !(mean < low || mean > high);
        let in_view = if fitted.spoils(target) { fitted.with_in_view(&target.name) } else { Vec::new() };
        assert_eq!(row["in_view"], in_view.join(", "), "{}", target.name);
        if row["verdict"] != "not_testable" {
            let distance = target.yardstick().unwrap().distance(mean);
            assert!((number(row, "distance") - distance).abs() < 1e-6, "{}: {distance}", target.name);
            assert_eq!(distance <= 1.0, inside, "{}", target.name);
        }
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
    let nation = targets.run("history").unwrap();
    let reduced = [
        ("places.select", "Random(count: 40)"),
        ("programme.enabled", "false"),
        ("start", "2013-01-01"),
        ("end", "2014-12-31"),
    ];
    let reduced = reduced.map(|(path, value)| (path.to_owned(), value.to_owned()));
    let scenario: Scenario = nation.scenario(&BuiltinSource, true, &reduced).unwrap();
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
    assert_eq!(row("trial_first_stage")["remark"], "no run of `trial` has finished");
    assert!(row("taobao_villages_2013")["remark"].as_str().unwrap().contains("too rare"));
    assert!(row("parcels_2014")["mean"].as_f64().unwrap() > 0.0);
    assert!(row("parcels_2014")["distance"].as_f64().unwrap() >= 0.0);
    assert_eq!(row("stations_plateau")["role"], "test");
    assert!(row("stations_plateau")["in_view"].as_str().unwrap().contains("programme.loss_bound"));
    let page = fs::read_to_string(folder.path().join("page.md")).unwrap();
    assert!(page.contains("| P11 |") && page.contains("not testable: the runs end earlier"));
    assert!(
        page.contains("| `shop.entry` |")
            && page.contains("test, in view")
            && page.contains("Degrees of freedom: ")
    );
    for plot in ["stations", "taobao_villages", "overview"] {
        let plot = fs::read_to_string(folder.path().join(format!("page/{plot}.svg"))).unwrap();
        assert!(plot.starts_with("<svg") && plot.trim_end().ends_with("</svg>"));
    }
    // As if it had been stopped while the run's file was written, and that been torn.
    let kept: Vec<_> = fs::read_dir(folder.path().join("runs/evidence"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(kept.len(), 1);
    let whole = fs::read_to_string(&kept[0]).unwrap();
    fs::write(&kept[0], &whole[..whole.len() / 2]).unwrap();
    let again = run(folder.path(), &command);
    assert_eq!((again.code, again.out), (Some(0), first.out));
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), whole);
}

/// The example of figures of one's own, as the documents show it: a scenario beside the targets, two runs.
#[test]
fn own_targets_facts_and_plan_are_fitted_screened_and_make_an_ensemble() {
    let folder = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/example_fit");
    let path = |name: &str| example.join(name).display().to_string();
    let [targets, facts, plan] = ["targets.ron", "facts", "plan.ron"].map(path);
    let own = ["--targets", &targets, "--facts", &facts];
    let validated = run(folder.path(), &[&["validate", "--csv"][..], &own].concat());
    assert_eq!(validated.code, Some(0), "{}", validated.err);
    assert!(validated.out.contains("station_orders,mine,") && validated.out.contains(",distance,"));
    let fit = [&["calibrate", "--points", "12", "--waves", "2", "--plan", &plan][..], &own].concat();
    let more = ["--ensemble", "ensemble.csv", "--members", "5", "--out", "page.md"];
    let first = run(folder.path(), &[&fit[..], &more].concat());
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(first.out.contains("--set household.persuasion=") && first.out.contains("Wrong figures."));
    let text = fs::read_to_string(folder.path().join("ensemble.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let header =
        "member,weight,household.station_variety,household.self_service_variety,household.persuasion";
    assert_eq!(lines[0], header);
    assert!(lines.len() > 1 && lines.len() <= 6, "{text}");
    let weight = |line: &&str| line.split(',').nth(1).unwrap().replace('.', "").parse::<u64>().unwrap();
    assert_eq!(lines.iter().skip(1).map(weight).sum::<u64>(), 1_000_000);
    let page = fs::read_to_string(folder.path().join("page.md")).unwrap();
    for part in ["generated: calibration", "generated: refits", "generated: sensitivity"] {
        assert!(page.contains(part), "{part}");
    }
    // All runs are kept: what is asked again is answered from them, the same.
    let kept = || fs::read_dir(folder.path().join("runs/evidence")).unwrap().count();
    let before = kept();
    let again = run(folder.path(), &[&fit[..], &more].concat());
    assert_eq!((again.code, &again.out, kept()), (Some(0), &first.out, before));
    let screened = run(folder.path(), &[&fit[..], &["--screen"]].concat());
    assert_eq!(screened.code, Some(0), "{}", screened.err);
    assert!(screened.out.contains("logistics.patience") && screened.out.contains("5 of 5 parameters matter"));
}

/// What a trial of two counties says as evidence is what its analysis says.
#[test]
fn the_trial_is_evidence() {
    let targets = targets();
    let of = targets.run("trial").unwrap();
    assert!(of.scenario == "trial" && of.changes.is_empty(), "the run is the scenario as it is");
    let simulation = support::run(&crate::trial::small(&[]));
    let (series, probes) = targets.wanted(of);
    let trace = Trace::of(&simulation, &series, &probes);
    let analysis = analyse(&Panel::of(&simulation));
    let number = |name: &str| value(targets.target(name).unwrap(), &trace);
    let first = analysis.first_stage.unwrap().estimate.coefficient;
    assert!((number("trial_first_stage") - 100.0 * first).abs() < 1e-9 && first > 0.3);
    assert_eq!(number("trial_minority"), analysis.fell[0]);
    let mut signs = 0;
    for (name, group) in [
        ("trial_gains_age", "younger"),
        ("trial_gains_income", "richer"),
        ("trial_gains_remoteness", "remoter"),
        ("trial_gains_prior_delivery", "no_delivery"),
    ] {
        let mut cells = analysis.groups.iter();
        let cell = cells.find(|cell| cell.outcome.name == "cost_of_living" && cell.group.name == group);
        let Ok(effect) = &cell.unwrap().effect else { continue };
        assert_eq!(number(name), f64::from(effect.difference.coefficient < 0.0), "{name}");
        signs += 1;
    }
    assert!(signs > 0);
}

#[test]
fn faults_of_own_files_are_told_with_their_lines_all_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("facts.csv", "");
    write(
        "targets.ron",
        "(runs: [(name: \"small\", about: \"\", scenario: \"closer.ron\", seeds: (1, 1))],\n\
         targets: [(name: \"a\",\n\
         pattern: \"x\", what: \"x\", role: Fit, why: \"w\",\nread: (\"smal\", Series(\"shop\", \
         At(\"2015-01-01\"))),\naccept: AtMost(3))])",
    );
    let refused = run(folder.path(), &["validate", "--targets", "targets.ron"]);
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    for part in [
        "targets.ron:1: small.scenario: `closer.ron`: expected a sound scenario",
        "targets.ron:4: a.read: `smal`: expected the name of a run",
        "did you mean `small`?",
        "targets.ron:4: a.read: `shop`: expected a series",
    ] {
        assert!(refused.err.contains(part), "{part} in\n{}", refused.err);
    }
    let refused = run(folder.path(), &["validate", "--facts", "."]);
    assert!(refused.code == Some(2) && refused.err.contains("expected one or more of national_series.csv"));
    let refused = run(folder.path(), &["calibrate", "--plan", "nowhere.ron"]);
    assert!(refused.code == Some(2) && refused.err.contains("nowhere.ron"), "{}", refused.err);
}

/// The page says of every figure what the list says, so that its counts are those of the files.
#[test]
fn roles_on_the_page_are_those_of_the_files() {
    let targets = targets();
    let fit = targets.targets.iter().filter(|target| target.role == TargetUse::Fit).count();
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/evidence.md")).unwrap();
    let counts = format!("{fit} to fit, {} to test", targets.targets.len() - fit);
    assert!(page.contains(&counts), "the page does not say `{counts}`");
    let fitted = FittedParameters::embedded(&targets).unwrap();
    for row in &fitted.parameters {
        assert!(page.contains(&format!("| `{}` |", row.path)), "{}", row.path);
    }
}
